"""Browsing materials and component classes without a bill of materials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bomexposure.model.knowledge import Knowledge


def materials_found(knowledge: Knowledge, words: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Subjects whose id, name, family or designations hold every word; all of them without words.

    Each: {"id", "name", "family", "kind", "density_g_cm3", "known"}; `known` says that a
    composition is known. Unknown is None.
    """
    subjects = knowledge.subjects
    named = knowledge.tables.get("materials")
    texts = subjects["id"] + " " + subjects["name"] + " " + subjects["family"]
    if named is not None:
        exact = dict(zip(named["id"].tolist(), named["designations"].tolist(), strict=True))
        texts = texts + " " + subjects["id"].map(exact).fillna("")
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
        }
        for row in subjects[hit].to_dict("records")
    ]
