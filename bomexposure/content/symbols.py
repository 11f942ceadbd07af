"""Alloy names that spell their composition: 42CrMo4, X5CrNi18-10, 12Х18Н10Т, Ti-6Al-4V.

EN 10027-1, GB/T 221, GOST 4543 and GOST 5632, EN 1412, EN 573-2 and EN 1754 form names by rule;
reading the rule covers the thousands of grades that no table of ours lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bomexposure.content.compounds import COMPOUND, compound

Part = tuple[str, float, float, float]
"""Element, percent low, typical, high."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name that spells its composition, and the material it is a kind of."""

    name: str
    subject: str
    parts: tuple[Part, ...]


_STEEL = r"(?:Cr|Ni|Mo|Mn|Si|Ti|Nb|Cu|Al|Co|Pb|V|W|B|N|S)"
_EN_HIGH = re.compile(
    rf"(?:G|GX-?|G-)?X-?(\d{{1,3}})-?({_STEEL}{{1,7}})-?(\d+(?:[.,]\d+)?(?:-\d+(?:[.,]\d+)?)*)?",
    re.I,
)
_EN_LOW = re.compile(rf"(?:GS?-?)?(\d{{1,3}})({_STEEL}{{1,6}})(\d+(?:-\d+)*)?(?:\+\w+)*", re.I)
_GB = re.compile(rf"(?:ZG|G|H)?(\d{{0,3}})((?:{_STEEL}\d{{0,2}}(?:\.\d)?){{1,7}})", re.I)
_GB_PART = re.compile(rf"({_STEEL})(\d{{0,2}}(?:\.\d)?)", re.I)
_GOST = re.compile(r"(\d{2,3})?((?:[ХНМТГСЮДФВБКР]\d{0,2}){1,7})(А{0,2})(?:Л|Ш|-Ш|-ВД|-ВИ)?", re.I)
_GOST_PART = re.compile(r"([ХНМТГСЮДФВБКР])(\d{0,2})", re.I)
_GOST_ELEMENTS = {
    "Х": "Cr", "Н": "Ni", "М": "Mo", "Т": "Ti", "Г": "Mn", "С": "Si", "Ю": "Al", "Д": "Cu",
    "Ф": "V", "В": "W", "Б": "Nb", "К": "Co", "Р": "B",
}  # fmt: skip
_FACTOR = {"Cr": 4, "Co": 4, "Mn": 4, "Ni": 4, "Si": 4, "W": 4, "Al": 10, "Cu": 10, "Mo": 10,
           "Nb": 10, "Pb": 10, "Ti": 10, "V": 10, "B": 1000, "N": 100, "S": 100}  # fmt: skip
"""EN 10027-1: what the numbers of an alloyed steel are multiplied with."""
_LOW = {"Cr": (0.2, 0.5, 1.5), "Ni": (0.2, 0.5, 1.8), "Mo": (0.1, 0.2, 0.6), "Mn": (0.5, 0.9, 1.6),
        "Si": (0.15, 0.4, 1.5), "V": (0.05, 0.12, 0.4), "W": (0.2, 0.6, 2.5),
        "Ti": (0.02, 0.3, 0.8), "Nb": (0.02, 0.3, 1.0), "Cu": (0.2, 0.8, 4.0),
        "Al": (0.05, 0.6, 1.5), "Co": (0.2, 1.0, 6.0), "B": (0.0005, 0.002, 0.005),
        "Pb": (0.1, 0.2, 0.35), "N": (0.05, 0.1, 0.3), "S": (0.1, 0.2, 0.4)}  # fmt: skip
"""Content of an element that the name gives without a number."""
_BASES = {
    "Cu": ("BRONZE_GENERIC", 100.0), "Al": ("AL_GENERIC", 100.0), "Zn": ("ZN_GENERIC", 100.0),
    "Mg": ("MG_GENERIC", 100.0), "Ni": ("NI_GENERIC", 100.0), "Co": ("CO_GENERIC", 100.0),
    "Ti": ("TI_GENERIC", 100.0), "Sn": ("SN_PURE", 100.0), "Pb": ("PB_PURE", 100.0),
    "Ag": ("AG_PURE", 100.0), "Pt": ("PT_PURE", 100.0), "Fe": ("STEEL_GENERIC", 100.0),
    "Au": ("AU_PURE", 100.0), "Pd": ("PD_PURE", 100.0), "Bi": ("BI_PURE", 100.0),
    "In": ("IN_PURE", 100.0), "W": ("W_GENERIC", 100.0), "Mo": ("MO_PURE", 100.0),
    "Nb": ("NB_PURE", 100.0), "Ta": ("TA_PURE", 100.0), "Zr": ("ZR_PURE", 100.0),
}  # fmt: skip
_ANY = (
    r"(?:Ag|Al|Au|Be|Bi|Cd|Co|Cr|Cu|Fe|Ga|Ge|Hf|In|Ir|La|Li|Mg|Mn|Mo|Nb|Nd|Ni|Pb|Pd|Pt|Re|Rh|Ru"
    r"|Sb|Sc|Si|Sn|Sr|Ta|Te|Ti|Zn|Zr|B|P|V|W|Y)"
)
_FORMULA = re.compile(
    rf"(?:G-|GD-|GK-|EN-?)?((?:{_ANY}-?\d{{0,2}}(?:[.,]\d{{1,2}})?-?){{2,7}})"
    r"(?:\([A-Za-z]+\))?(?:[- ](?:C|T\d+|R\d+|F\d+|H\d+)[\w]*)?"
)
_FORMULA_PART = re.compile(rf"({_ANY})-?(\d{{0,2}}(?:[.,]\d{{1,2}})?)")
_GLASS_FILLED = re.compile(r"(?:[A-Z]{2,4}\d{0,3}T?[-+/]?)?GF[-]?([1-6][05])%?", re.I)
_E_GLASS_BORON = (1.0, 1.8, 3.0)
"""Percent boron in E-glass: 3 to 10 % B2O3 (ASTM D578), of which 31 % is boron."""
_TITANIUM = re.compile(rf"Ti-?((?:\d+(?:[.,]\d+)?{_ANY}-?){{1,5}})(?:-?ELI)?", re.I)
_TITANIUM_PART = re.compile(rf"(\d+(?:[.,]\d+)?)({_ANY})", re.I)
_CASE = {one.lower(): one for one in re.findall(r"[A-Z][a-z]?", _ANY + " N S")}
_NOT_ALLOYS = frozenset(
    ["InP", "GaP", "SiC", "AlN", "GaN", "BN", "TiN", "CrN", "NiP", "CoP", "SiB", "SiN", "VSi",
     "PCB", "PV", "VW", "WP", "BP", "PB", "VP", "SnP", "SiP", "BSP", "InSb", "GaSb", "AlSi"]
)  # fmt: skip


_HYPHENED = re.compile(rf"{_ANY}(?:-{_ANY}){{1,4}}")

_CHEMISTRIES = frozenset(["Ni-Cd", "Ni-Zn", "Ag-Zn", "Zn-C", "Li-S", "Li-Mn", "Zn-Mn"])
"""Kinds of cells: beside a holder or a charger they say what it is for."""
_MAY_SPELL = re.compile(
    r"[A-Za-z]-[A-Z]|GF\d|gf\d|[a-z]OH|\d#|[a-z]\d?O\d|/[A-Zγ]|O\d[./]|[A-Z]O\d$|[a-z](?:O|S|Se|Te|F|As|C|N)$|[A-Z][a-z]\d|B\d$|:[A-Z][a-z]|"
    r"Cr|Ni|Mo|Mn|Al|Cu|Sn|Zn|Ti|Co|Ag|Pt|Mg|Pb|Au|Pd|CR\d|MN\d|NI\d|CRNI|CRMO|[ХНГ]\d|\d[ХНГ]"
)
"""A cheap first look: most words of a bill spell nothing."""


def spelled(tokens: Iterable[str]) -> dict[str, Spelled]:
    """Of the tokens (words of the original texts) those that spell an alloy."""
    found = {}
    for token in tokens:
        bare = token.strip("[]{},;:.\"'")
        if bare.startswith("(") or bare.count("(") < bare.count(")"):
            bare = bare.strip("()")
        if not 3 <= len(bare) <= 32 or not _MAY_SPELL.search(bare):
            continue
        made = _read(bare)
        if made:
            found[bare] = made
    return found


def _read(name: str) -> Spelled | None:
    if not name.isascii():
        return _gost(name) or _compound(name)
    return (
        _glass_filled(name)
        or _titanium(name)
        or _en_high(name)
        or _en_low(name)
        or _formula(name)
        or _hyphened(name)
        or _compound(name)
        or _numbered(name)
        or _gb(name)
    )


_CARBON = re.compile(r"(08|10|15|20|25|30|35|40|45|50|55|60)#")


def _numbered(name: str) -> Spelled | None:
    """45#: carbon steel by hundredths of a percent carbon, with its hash (GB/T 699)."""
    hit = _CARBON.fullmatch(name)
    if not hit:
        return None
    manganese = (0.35, 0.5, 0.65) if int(hit[1]) < 30 else (0.5, 0.65, 0.8)
    parts = (("Mn", *manganese), ("Si", 0.17, 0.27, 0.37), ("Cr", 0.0, 0.1, 0.25))
    return Spelled(name, "STEEL_GENERIC", (*parts, ("Fe", 97.5, 98.5, 99.3)))


def _compound(name: str) -> Spelled | None:
    made = compound(name)
    return Spelled(name, *made) if made else None


def _proper(elements: str) -> list[str]:
    return [_CASE[one.lower()] for one in re.findall(_STEEL, elements, re.I)]


def _around(value: float) -> tuple[float, float, float]:
    """A nominal content with the usual width of a specification."""
    return (round(value * 0.85, 4), value, round(value * 1.15, 4))


def _steel(name: str, parts: dict[str, tuple[float, float, float]]) -> Spelled:
    chromium = parts.get("Cr", (0.0, 0.0, 0.0))[1]
    nickel = parts.get("Ni", (0.0, 0.0, 0.0))[1]
    subject = "SS_GENERIC" if chromium >= 10.5 else "STEEL_ALLOY_GENERIC"
    if nickel > 40.0:
        subject = "NI_GENERIC"
    parts.setdefault("Mn", (0.2, 0.8, 2.0))
    parts.setdefault("Si", (0.0, 0.4, 1.0))
    rest = 100.0 - sum(one[1] for one in parts.values())
    parts["Fe"] = (max(rest - 8.0, 20.0), max(rest, 30.0), min(rest + 5.0, 99.5))
    return Spelled(name, subject, tuple((element, *band) for element, band in parts.items()))


def _en_high(name: str) -> Spelled | None:
    hit = _EN_HIGH.fullmatch(name)
    if not hit:
        return None
    elements = _proper(hit[2])
    numbers = [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:[.,]\d+)?", hit[3] or "")]
    if "Cr" not in elements and "Ni" not in elements and "Mn" not in elements:
        return None
    parts = {}
    for place, element in enumerate(elements):
        known = _around(numbers[place]) if place < len(numbers) else _LOW[element]
        parts[element] = known
    return _steel(name, parts)


def _en_low(name: str) -> Spelled | None:
    hit = _EN_LOW.fullmatch(name)
    if not hit:
        return None
    elements = _proper(hit[2])
    strong = {"Cr", "Ni", "Mo", "Mn"} & set(elements)
    if not strong or (len(elements) == 1 and not hit[3] and elements[0] != "Cr"):
        return None
    numbers = [float(one) for one in re.findall(r"\d+", hit[3] or "")]
    parts = {}
    for place, element in enumerate(elements):
        if place < len(numbers) and numbers[place] > 0:
            parts[element] = _around(numbers[place] / _FACTOR[element])
        else:
            parts[element] = _LOW[element]
    return _steel(name, parts)


def _gb(name: str) -> Spelled | None:
    hit = _GB.fullmatch(name)
    if not hit:
        return None
    parts = {}
    for symbol, amount in _GB_PART.findall(hit[2]):
        element = _CASE[symbol.lower()]
        parts[element] = _around(float(amount)) if amount else _LOW[element]
    if not any(map(str.isdigit, name)):
        return None
    if "Cr" not in parts and not ({"Mn", "Ni"} & set(parts) and len(parts) > 1):
        return None
    if name.startswith("G") and hit[1] == "" and parts.get("Cr", (0, 0, 0))[1] in (9.0, 15.0):
        parts["Cr"] = _around(parts["Cr"][1] / 10.0)  # GCr15: tenths of a percent (GB/T 18254)
    return _steel(name, parts)


def _gost(name: str) -> Spelled | None:
    hit = _GOST.fullmatch(name)
    if not hit or not (hit[1] or "Н" in hit[2].upper()):
        return None
    parts = {}
    pairs = _GOST_PART.findall(hit[2].upper())
    for letter, amount in pairs:
        element = _GOST_ELEMENTS[letter]
        parts[element] = _around(float(amount)) if amount and int(amount) else _LOW[element]
        if not amount and letter in "ХНГ":
            parts[element] = (0.5, 1.0, 1.6)
    if parts.get("Ni", (0.0, 0.0, 0.0))[1] > 40.0 and hit[2].upper().startswith("ХН"):
        parts["Cr"] = (12.0, 19.0, 30.0)  # GOST 5632 gives no number for chromium in ХН alloys
    if not {"Cr", "Ni", "Mn"} & set(parts):
        return None
    if len(pairs) == 1 and pairs[0][1] not in ("", "2", "13", "17", "18"):
        return None  # 40х20 is a size
    return _steel(name, parts)


def _glass_filled(name: str) -> Spelled | None:
    """PA6-GF50, GF15: percent of glass fibre by mass (ISO 1043-2), with the boron of E-glass."""
    hit = _GLASS_FILLED.fullmatch(name)
    if not hit:
        return None
    share = float(hit[1]) / 100.0
    made = {"O": (46.0, 47.0, 48.0), "B": _E_GLASS_BORON}
    parts: tuple[Part, ...] = tuple(
        (element, round(share * low, 4), round(share * typical, 4), round(share * high, 4))
        for element, (low, typical, high) in made.items()
    )
    return Spelled(name, "POLYMER", parts)


def _titanium(name: str) -> Spelled | None:
    hit = _TITANIUM.fullmatch(name)
    if not hit:
        return None
    parts = {
        _CASE[symbol.lower()]: _around(float(amount.replace(",", ".")))
        for amount, symbol in _TITANIUM_PART.findall(hit[1])
    }
    return _based(name, "Ti", parts)


def _formula(name: str) -> Spelled | None:
    hit = _FORMULA.fullmatch(name)
    if not hit or name in _NOT_ALLOYS or not re.search(r"[a-z]", name):
        return None
    pairs = _FORMULA_PART.findall(hit[1])
    base, first = pairs[0]
    if base not in _BASES or len({element for element, _ in pairs}) < 2:
        return None
    if not any(amount for _, amount in pairs) and len(pairs) < 3 and base not in ("Cu", "Al"):
        return None
    parts = {
        element: _around(float(amount.replace(",", "."))) if amount else (0.1, 0.8, 3.0)
        for element, amount in pairs[1:]
    }
    del first
    return _based(name, base, parts)


def _hyphened(name: str) -> Spelled | None:
    """Zr-V-Fe, Mn-Zn, Ag-Pd: what an alloy or a ferrite is made of, the amounts unsaid."""
    if not _HYPHENED.fullmatch(name) or name in _CHEMISTRIES:
        return None
    elements = list(dict.fromkeys(name.split("-")))
    if sum(len(one) == 2 for one in elements) < min(2, len(elements) - 1) or len(elements) < 2:
        return None
    subject = _BASES.get(elements[0], (COMPOUND, 0.0))[0]
    share = 100.0 / len(elements)
    return Spelled(name, subject, tuple((one, 0.0, share, 95.0) for one in elements))


def _based(name: str, base: str, parts: dict[str, tuple[float, float, float]]) -> Spelled | None:
    if base in parts or not parts:
        return None
    rest = 100.0 - sum(one[1] for one in parts.values())
    if rest < 20.0:
        return None
    subject = _BASES[base][0]
    if base == "Cu" and parts.get("Zn", (0.0, 0.0, 0.0))[1] >= 10.0:
        subject = "BRASS_GENERIC"
    elif base == "Cu" and parts.get("Al", (0.0, 0.0, 0.0))[1] >= 5.0:
        subject = "AL_BRONZE_GENERIC"
    elif base == "Cu" and max(one[1] for one in parts.values()) < 3.0:
        subject = "CU_GENERIC"
    whole = {base: (max(rest - 6.0, 10.0), rest, min(rest + 4.0, 99.9)), **parts}
    return Spelled(name, subject, tuple((element, *band) for element, band in whole.items()))
