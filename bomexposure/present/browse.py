"""Every material and component class on record as one table: for browsing without a BOM."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from bomexposure.model.choices import OwnMaterial
from bomexposure.model.content import COUNTING_RELATIONS
from bomexposure.model.knowledge import Knowledge
from bomexposure.model.supply import Reference
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.reference.own_materials import with_own_materials
from bomexposure.scenario.options_data import options

SYMBOLS_SHOWN = 9


def materials_table(reference: Reference, own_materials: Sequence[OwnMaterial] = ()) -> TableSpec:
    """One row a material or class: what it is, the listed minerals in it, substitutes on record.

    Those with substitutes come first, then by name. `text` holds all words of a row in lower case,
    for a filter; `own` marks the user's own materials, which stand at the top.
    """
    reference = with_own_materials(reference, own_materials)
    own = {one.id for one in own_materials}
    knowledge = reference.knowledge
    subjects = knowledge.subjects
    counts: dict[str, int] = {}
    for option in options():
        counts[option.subject] = counts.get(option.subject, 0) + 1
    held, named, how_many = _held(knowledge, reference.supply)
    ids = subjects["id"].astype("str")
    rows = pd.DataFrame(
        {
            "id": ids,
            "name": subjects["name"].astype("str"),
            "kind": subjects["kind"].astype("str").map({"material": "material", "class": "part"}),
            "family": subjects["family"].astype("str").replace("", "–"),
            "minerals": [held.get(one, "none on the list") for one in ids],
            "count": [how_many.get(one, 0) for one in ids],
            "density": subjects["density_g_cm3"].astype(float),
            "options": [counts.get(one, 0) for one in ids],
            "own": [one in own for one in ids],
        }
    )
    rows.loc[rows["own"], "kind"] = "own material"
    known = set(knowledge.compositions["subject"].unique())
    rows.loc[~rows["id"].isin(known), "minerals"] = "composition not known"
    words = rows["name"] + " " + rows["id"] + " " + rows["family"] + " " + rows["kind"]
    rows["text"] = [
        f"{one} {named.get(key, '')}".casefold() for one, key in zip(words, ids, strict=True)
    ]
    rows = rows.sort_values(
        ["own", "options", "name"], ascending=[False, False, True], kind="stable"
    ).reset_index(drop=True)
    columns = (
        ColumnSpec("name", "Material or part", width=34),
        ColumnSpec("family", "Family", width=22),
        ColumnSpec("minerals", "Critical minerals, certain or likely", width=34),
        ColumnSpec("options", "Substitutes", "", "integer", width=12,
                   tooltip="How many substitutes are on record for it."),
        ColumnSpec("count", "Of the 2025 list", "", "integer", width=10),
        ColumnSpec("kind", "Kind", width=10),
        ColumnSpec("density", "Density", "g/cm³", "number", width=10, shown=False),
    )  # fmt: skip
    return TableSpec(
        "materials", "Materials and parts on record", columns, rows, "id",
        "Compositions from published standards, handbooks and declared estimates.",
    )  # fmt: skip


def _held(
    knowledge: Knowledge, supply: pd.DataFrame
) -> tuple[dict[str, str], dict[str, str], dict[str, int]]:
    """Per subject: symbols of its listed minerals, their names, and how many there are."""
    heads = supply[supply["headline"] & supply["critical_2025"]]
    symbols = dict(zip(heads["mineral"], heads["symbol"], strict=True))
    own = knowledge.compositions
    own = own[
        own["relation"].isin(COUNTING_RELATIONS)
        & own["presence"].isin(("certain", "likely"))
        & own["mineral"].isin(list(symbols))
    ]
    order = own.sort_values("wt_pct_typical", ascending=False, kind="stable")
    by_subject: dict[str, list[str]] = {}
    for subject, mineral in zip(order["subject"], order["mineral"], strict=True):
        listed = by_subject.setdefault(str(subject), [])
        if mineral not in listed:
            listed.append(str(mineral))
    shown, named, counts = {}, {}, {}
    for subject, minerals in by_subject.items():
        words = [str(symbols[one]) or one for one in minerals]
        rest = len(words) - SYMBOLS_SHOWN
        shown[subject] = ", ".join(words[:SYMBOLS_SHOWN]) + (f" +{rest}" if rest > 0 else "")
        named[subject] = " ".join([*words, *minerals])
        counts[subject] = len(minerals)
    return shown, named, counts
