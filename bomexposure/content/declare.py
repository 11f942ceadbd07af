"""Compositions that a supplier declares in a cell: `Ta 12 wt%`, `CAS 7440-25-7 3 g`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bomexposure.model.knowledge import Knowledge

CAS = {
    "7429-90-5": "Al", "7440-36-0": "Sb", "7440-38-2": "As", "7440-39-3": "Ba", "7440-41-7": "Be",
    "7440-69-9": "Bi", "7440-42-8": "B", "7440-45-1": "Ce", "7440-46-2": "Cs", "7440-47-3": "Cr",
    "7440-48-4": "Co", "7440-50-8": "Cu", "7429-91-6": "Dy", "7440-52-0": "Er", "7440-53-1": "Eu",
    "7440-54-2": "Gd", "7440-55-3": "Ga", "7440-56-4": "Ge", "7782-42-5": "C", "7440-58-6": "Hf",
    "7440-60-0": "Ho", "7440-74-6": "In", "7439-88-5": "Ir", "7439-91-0": "La", "7439-92-1": "Pb",
    "7439-93-2": "Li", "7439-94-3": "Lu", "7439-95-4": "Mg", "7439-96-5": "Mn", "7440-00-8": "Nd",
    "7440-02-0": "Ni", "7440-03-1": "Nb", "7440-05-3": "Pd", "7440-06-4": "Pt", "7440-10-0": "Pr",
    "7440-15-5": "Re", "7440-16-6": "Rh", "7440-17-7": "Rb", "7440-18-8": "Ru", "7440-19-9": "Sm",
    "7440-20-2": "Sc", "7440-21-3": "Si", "7440-22-4": "Ag", "7440-25-7": "Ta", "13494-80-9": "Te",
    "7440-27-9": "Tb", "7440-30-4": "Tm", "7440-31-5": "Sn", "7440-32-6": "Ti", "7440-33-7": "W",
    "7440-61-1": "U", "7440-62-2": "V", "7440-64-4": "Yb", "7440-65-5": "Y", "7440-66-6": "Zn",
    "7440-67-7": "Zr", "7440-57-5": "Au", "7439-98-7": "Mo", "7439-89-6": "Fe", "7440-43-9": "Cd",
    "7782-49-2": "Se", "7440-24-6": "Sr", "7439-97-6": "Hg", "7723-14-0": "P",
}  # fmt: skip
"""CAS registry numbers of the elements (CAS Registry; public identifiers)."""
_PERCENT = {"%": 1.0, "wt%": 1.0, "wt.%": 1.0, "wt.-%": 1.0, "gew%": 1.0, "gew.-%": 1.0,
            "gew.%": 1.0, "w%": 1.0, "%w/w": 1.0, "mass%": 1.0, "ppm": 1e-4, "mg/kg": 1e-4,
            "g/kg": 0.1}  # fmt: skip
_GRAMS = {"g": 1.0, "mg": 1e-3, "µg": 1e-6, "ug": 1e-6, "kg": 1e3}
_UNITS = "|".join(
    sorted((re.escape(unit) for unit in {**_PERCENT, **_GRAMS}), key=len, reverse=True)
)
_PART = re.compile(
    rf"(?:CAS\s*(?:no\.?|nr\.?|:)?\s*)?(?P<cas>\d{{2,7}}-\d{{2}}-\d)\D{{0,40}}?(?P<amount_c>\d+(?:[.,]\d+)?)\s*(?P<unit_c>{_UNITS})(?![\w%])"
    rf"|(?P<name>[A-Za-z][A-Za-z-]{{0,20}})\s*[:=]?\s*(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<unit>{_UNITS})(?![\w%])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Declared:
    """One mineral as declared: percent of the part's mass, or grams in one piece (the other NaN).

    `whole`: the declaration is the whole composition, not one of several contents.
    """

    mineral: str
    percent: float
    grams: float
    text: str
    start: int
    end: int
    whole: bool = False


def declared_in(text: str, knowledge: Knowledge) -> tuple[Declared, ...]:
    """What one cell declares; () where it says nothing that can be read.

    >>> from bomexposure.reference import load_knowledge
    >>> [(one.mineral, one.percent) for one in declared_in("Ta 12 wt%", load_knowledge())]
    [('tantalum', 12.0)]
    """
    elements = dict(
        zip(
            knowledge.tables["elements"]["element"],
            knowledge.tables["elements"]["mineral"],
            strict=True,
        )
    )
    minerals = {mineral: mineral for mineral in elements.values() if mineral}
    minerals |= {"aluminium": "aluminum", "sulphur": "", "wolfram": "tungsten"}
    found = []
    for hit in _PART.finditer(text):
        if hit["cas"]:
            mineral = elements.get(CAS.get(hit["cas"], ""), "")
            amount, unit = hit["amount_c"], hit["unit_c"]
        else:
            name = hit["name"]
            mineral = elements.get(name, "") or minerals.get(name.lower(), "")
            amount, unit = hit["amount"], hit["unit"]
        if not mineral:
            continue
        number, unit = float(amount.replace(",", ".")), unit.lower()
        percent = number * _PERCENT[unit] if unit in _PERCENT else float("nan")
        grams = number * _GRAMS[unit] if unit in _GRAMS else float("nan")
        if percent > 100:
            continue
        found.append(Declared(mineral, percent, grams, hit.group(0), *hit.span()))
    total = sum(one.percent for one in found if one.percent == one.percent)
    if total >= 95:
        found = [
            Declared(one.mineral, one.percent, one.grams, one.text, one.start, one.end, True)
            for one in found
        ]
    return tuple(found)
