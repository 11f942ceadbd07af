"""Materials of the user's own, beside the shipped ones: checked, then known like any other.

docs/method.md, section "Own materials".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from bomexposure.model.choices import OwnMaterial, OwnPart
from bomexposure.model.content import FUNCTIONS, RELATIONS
from bomexposure.model.errors import UsageError
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.sources import FIGURES
from bomexposure.model.supply import Reference
from bomexposure.reference.knowledge import UNLISTED, guide
from bomexposure.reference.listing import find_mineral

SET = "own"
REACHES = ("raw", "compound", "alloy", "magnet", "cell", "part")
ROUNDING = 0.05
"""Percent by which typical contents may pass 100: certificates round each element."""
DENSEST = 25.0
_ID = re.compile(r"^[A-Z][A-Z0-9_]*$")


def material_id(name: str, taken: Iterable[str]) -> str:
    """An id for a new material: OWN_ and the name in capitals, numbered where it is taken."""
    plain = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "MATERIAL"
    known, made, number = set(taken), f"OWN_{plain}", 1
    while made in known:
        number += 1
        made = f"OWN_{plain}_{number}"
    return made


def mineral_or_symbol(text: str, reference: Reference) -> str:
    """The mineral id that a name, id or symbol stands for; the symbol of what is no commodity.

    Carbon is the element, not graphite: the carbon of a steel draws on no graphite. Raises
    UsageError for a name that nothing bears.
    """
    elements = _elements(reference.knowledge)
    wanted = text.strip()
    symbol = wanted if wanted in elements else wanted.capitalize()
    if symbol in ("C", "Carbon"):
        return "C"
    if len(wanted) <= 2 and symbol in elements:
        return elements[symbol] or symbol
    return find_mineral(reference, wanted)


def forms_of(mineral: str, reference: Reference) -> list[str]:
    """Traded forms of a mineral that have a row of their own or stand on its headline row."""
    rows = reference.supply[reference.supply["mineral"] == mineral]
    return [str(one) for one in rows["form"] if one]


def families(knowledge: Knowledge) -> list[str]:
    """Families of the shipped materials, for a list to choose from."""
    return sorted({str(one) for one in knowledge.tables["materials"]["family"] if one})


def checked(material: OwnMaterial, reference: Reference) -> OwnMaterial:
    """The material with minerals by id; every figure, name and sum has been looked at.

    Raises UsageError, naming what is wrong and what mends it, for the first fault found.
    """
    name = material.name.strip()
    if not name:
        raise UsageError("The material has no name.", "Give it the name that your lines use.")
    if not _ID.match(material.id):
        raise UsageError(
            f"“{material.id}” cannot be the id of {name}.", "Use capitals, digits and _."
        )
    if material.id in set(reference.knowledge.subjects["id"]) and not _is_own(
        material.id, reference.knowledge
    ):
        raise UsageError(
            f"{material.id} is the id of a shipped material.", "Choose another, such as OWN_1."
        )
    if not material.source.strip():
        raise UsageError(
            f"{name} names no source.", "Say where its composition comes from: who, what, when."
        )
    known_families = families(reference.knowledge)
    if material.family and material.family not in known_families:
        raise UsageError(
            f"{name}: there is no family “{material.family}”.",
            f"Choose one of: {', '.join(known_families)}.",
        )
    if material.reach not in REACHES:
        raise UsageError(
            f"{name}: “{material.reach}” is not known as a kind of good.",
            f"Choose one of: {', '.join(REACHES)}.",
        )
    dense = material.density_g_cm3
    if dense is not None and not 0.0 < dense <= DENSEST:
        raise UsageError(
            f"{name}: a density of {dense:g} g/cm³ has no meaning.",
            f"Give more than 0 and at most {DENSEST:g}, or leave it unknown.",
        )
    parts = tuple(_part(one, name, reference) for one in material.parts)
    _sums(parts, name)
    return replace(
        material,
        name=name,
        source=material.source.strip(),
        parts=parts,
        designations=tuple(
            dict.fromkeys(one.strip() for one in material.designations if one.strip())
        ),
    )


def _is_own(material: str, knowledge: Knowledge) -> bool:
    rows = knowledge.subjects.loc[knowledge.subjects["id"] == material, "source"]
    return bool(len(rows)) and str(rows.iloc[0]).startswith(f"{SET}/")


def _part(part: OwnPart, name: str, reference: Reference) -> OwnPart:
    mineral = mineral_or_symbol(part.mineral, reference)
    where = f"{name}, {part.mineral.strip()}"
    ends = (part.low, part.typical, part.high)
    if not all(0.0 <= one <= 100.0 for one in ends):
        raise UsageError(
            f"{where}: {' / '.join(f'{one:g}' for one in ends)} % is not within 0 to 100.",
            "Give percent of mass.",
        )
    if not part.low <= part.typical <= part.high:
        raise UsageError(
            f"{where}: low {part.low:g}, typical {part.typical:g} and high {part.high:g} % do not "
            "rise.",
            "Give the lowest, the usual and the highest content, in this order.",
        )
    for word, allowed, what in (
        (part.function, FUNCTIONS, "function"),
        (part.relation, RELATIONS, "relation"),
    ):
        if word and word not in allowed:
            raise UsageError(
                f"{where}: there is no {what} “{word}”.", f"Choose one of: {', '.join(allowed)}."
            )
    forms = forms_of(mineral, reference)
    if part.form and part.form not in forms:
        raise UsageError(
            f"{where}: there is no traded form “{part.form}”.",
            f"Choose one of: {', '.join(forms)}." if forms else "Leave the form empty.",
        )
    return replace(part, mineral=mineral)


def _sums(parts: Sequence[OwnPart], name: str) -> None:
    if not parts:
        raise UsageError(f"{name} has no composition.", "Give at least one element with percent.")
    seen: set[str] = set()
    for part in parts:
        if part.mineral in seen:
            raise UsageError(
                f"{name} names {part.mineral} twice.", "Give each element one row, summed up."
            )
        seen.add(part.mineral)
    for end, words in (("typical", "usual"), ("low", "lowest")):
        total = sum(float(getattr(one, end)) for one in parts)
        if total > 100.0 + ROUNDING:
            raise UsageError(
                f"The {words} contents of {name} add up to {total:g} %.",
                "Give at most 100 % in all.",
            )


def with_own_materials(reference: Reference, materials: Sequence[OwnMaterial]) -> Reference:
    """The reference with the user's materials known like shipped ones; as it is without any.

    A material that the reference has already is not added again. Raises UsageError for a material
    that does not pass `checked` (a project edited by hand, or an edition that lacks a mineral).
    """
    held = set(reference.knowledge.subjects["id"])
    fresh = tuple(one for one in materials if one.id not in held)
    if not fresh:
        for one in materials:
            if not _is_own(one.id, reference.knowledge):
                checked(one, reference)
        return reference
    cached = reference.knowledge.cache.get("own_materials")
    if isinstance(cached, tuple) and cached[0] == fresh:
        made: Reference = cached[1]
        return made
    passed = [checked(one, reference) for one in fresh]
    knowledge = reference.knowledge
    rows = [row for one in passed for row in _rows(one, knowledge)]
    tables = dict(knowledge.tables)
    tables["materials"] = pd.concat(
        [tables["materials"], pd.DataFrame([_table_row(one) for one in passed])],
        ignore_index=True,
    ).fillna("")
    extended = added(
        replace(knowledge, tables=tables),
        pd.DataFrame([_subject(one) for one in passed]),
        pd.DataFrame(rows, columns=COMPOSITIONS.names),
    )
    made = replace(
        reference,
        knowledge=extended,
        sources=reference.sources.joined(_figures(passed)),
    )
    # one set of own materials is at work at a time: the words are compiled once for it
    knowledge.cache["own_materials"] = (fresh, made)
    return made


def added(knowledge: Knowledge, subjects: pd.DataFrame, parts: pd.DataFrame) -> Knowledge:
    """The knowledge with more subjects and composition rows; nothing compiled is carried over."""
    plain = {"relation": "str", "presence": "object", "function": "object"}
    return replace(
        knowledge,
        subjects=SUBJECTS.conform(
            pd.concat([knowledge.subjects.astype({"kind": "str"}), subjects], ignore_index=True)
        ),
        compositions=COMPOSITIONS.conform(
            pd.concat(
                [knowledge.compositions.astype(plain), parts.astype(plain)], ignore_index=True
            ).sort_values("subject", kind="stable", ignore_index=True)
        ),
        cache={},
    )


def _elements(knowledge: Knowledge) -> dict[str, str]:
    table = knowledge.tables["elements"]
    return dict(zip(table["element"].tolist(), table["mineral"].tolist(), strict=True))


def _rows(material: OwnMaterial, knowledge: Knowledge) -> list[dict[str, Any]]:
    """COMPOSITIONS rows of what is a tracked commodity; form and function as the family has them.

    Without a family and without a word of the user an element counts as `primary`: whoever gives a
    composition of their own is not told that a mineral does not matter.
    """
    symbols = {mineral: element for element, mineral in _elements(knowledge).items() if mineral}
    _, forms = guide(knowledge.tables)
    made = []
    for part in material.parts:
        element = symbols.get(part.mineral, "")
        if not element and len(part.mineral) <= 2:
            continue  # no commodity: it counts in the sum only
        form, function = forms.get(
            (material.family, element), forms.get(("", element), ("metal", ""))
        )
        if not function and material.family:
            function = "primary" if part.typical >= 40 else "alloying"
        made.append(
            {
                "subject": material.id,
                "element": element or part.mineral,
                "mineral": part.mineral,
                "relation": part.relation or ("not_listed" if element in UNLISTED else "contained"),
                "presence": "certain"
                if part.low > 0
                else "likely"
                if part.typical > 0
                else "possible",
                "function": part.function or function or "primary",
                "form": part.form or form,
                "wt_pct_low": part.low,
                "wt_pct_typical": part.typical,
                "wt_pct_high": part.high,
                "source": f"{SET}/{material.id}/{part.mineral}",
            }
        )
    return made


def _subject(material: OwnMaterial) -> dict[str, Any]:
    return {
        "id": material.id,
        "kind": "material",
        "name": material.name,
        "family": material.family or SET,
        "density_g_cm3": float("nan") if material.density_g_cm3 is None else material.density_g_cm3,
        "reach": material.reach,
        "source": f"{SET}/{material.id}/density",
    }


def _table_row(material: OwnMaterial) -> dict[str, str]:
    """The row that a maintainer would write in materials.csv: weighing and words read it."""
    dense = material.density_g_cm3
    return {
        "id": material.id,
        "name": material.name,
        "family": material.family,
        "designations": "; ".join(material.designations),
        "density_g_cm3": "" if dense is None else f"{dense:g}",
        "reach": material.reach,
    }


def _figures(materials: Sequence[OwnMaterial]) -> pd.DataFrame:
    rows = []
    for one in materials:
        figures = [
            (part.mineral, f"{part.low:g} to {part.high:g}, typical {part.typical:g} % of mass")
            for part in one.parts
        ]
        if one.density_g_cm3 is not None:
            figures.append(("density", f"{one.density_g_cm3:g} g/cm3"))
        rows += [(one, name, printed) for name, printed in figures]
    return FIGURES.conform(
        pd.DataFrame(
            {
                "id": [f"{SET}/{one.id}/{name}" for one, name, _ in rows],
                "set": SET,
                "title": [f"Own material: {one.name}" for one, _, _ in rows],
                "publisher": "you",
                "locator": [one.source for one, _, _ in rows],
                "year": "",
                "printed": [printed for _, _, printed in rows],
                "url": "",
                "kind": "declared",
            }
        )
    )
