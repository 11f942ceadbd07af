"""Browsing materials and component classes without a bill of materials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bomexposure.model.content import COUNTING_RELATIONS
from bomexposure.model.knowledge import Knowledge


def materials_found(knowledge: Knowledge, words: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Subjects whose id, name, family, designations or minerals hold every word; else all of them.

    Each: {"id", "name", "family", "kind", "density_g_cm3", "known", "minerals"}; `known` says that
    a composition is known, `minerals` are ids of what it contains. Unknown is None.
    """
    subjects = knowledge.subjects
    named = knowledge.tables.get("materials")
    texts = subjects["id"] + " " + subjects["name"] + " " + subjects["family"]
    if named is not None:
        exact = dict(zip(named["id"].tolist(), named["designations"].tolist(), strict=True))
        texts = texts + " " + subjects["id"].map(exact).fillna("")
    parts = knowledge.compositions
    parts = parts[parts["relation"].isin(COUNTING_RELATIONS)]
    minerals = parts.groupby("subject")["mineral"].agg(lambda own: sorted(set(own))).to_dict()
    texts = texts + " " + subjects["id"].map(minerals).str.join(" ").fillna("")
    folded = texts.str.casefold()
    hit = subjects["id"] != ""
    for word in words:
        hit &= folded.str.contains(word.casefold(), regex=False)
    made = set(knowledge.compositions["subject"])
    return [
        {
            "id": str(row["id"]),
            "name": str(row["name"]),
            "family": str(row["family"]) or None,
            "kind": str(row["kind"]),
            "density_g_cm3": None
            if row["density_g_cm3"] != row["density_g_cm3"]
            else float(row["density_g_cm3"]),
            "known": row["id"] in made,
            "minerals": minerals.get(row["id"], []) if row["id"] in made else None,
        }
        for row in subjects[hit].to_dict("records")
    ]
