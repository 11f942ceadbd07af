"""Which policy events touch a BOM on a day, and whether directly or through the raw material.

docs/method.md, section "Policy events".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import strongest
from bomexposure.exposure.reliance import coded
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import PRESENCE, Contents, counting
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import CONTROLS
from bomexposure.model.supply import Reference
from bomexposure.scenario.bearing import Bearing


def events_as_set(reference: Reference, choices: Choices) -> tuple[PolicyEvent, ...]:
    """The events with the statuses that the user set for them."""
    wanted = {one.event: one.status for one in choices.event_statuses}
    return tuple(
        replace(event, status_set=wanted[event.id]) if event.id in wanted else event
        for event in reference.events
    )


def reaches_us(event: PolicyEvent) -> bool:
    """Whether the measure bears on supply to the United States.

    U.S. measures name the countries of origin as destination and always do; others do when they
    apply to all destinations or name the United States.
    """
    if event.iso3 == "USA":
        return True
    to = event.destination.casefold()
    return to in ("", "all") or "usa" in to or "u.s." in to or "united states" in to


def line_reach(bom: BillOfMaterials, contents: Contents, reference: Reference) -> pd.Series[Any]:
    """Per line the policy reach words of its class and materials, as a category; '' unknown.

    Whole columns: the work is done once per distinct recognition.
    """
    words = reference.knowledge.subjects.drop_duplicates("id").set_index("id")["reach"].to_dict()
    found = contents.recognitions
    classes, class_names = pd.factorize(found["component_class"])
    materials, material_names = pd.factorize(found["materials"])
    pairs, at = np.unique(classes * max(len(material_names), 1) + materials, return_inverse=True)
    reach = []
    for pair in pairs.tolist():
        key = (
            f"{class_names[pair // max(len(material_names), 1)]};"
            f"{material_names[pair % max(len(material_names), 1)]}"
        )
        known = {str(words[one]) for one in key.split(";") if one in words}
        reach.append(";".join(sorted(known - {""})))
    kind = pd.CategoricalDtype(sorted(set(reach)))
    codes = pd.Categorical(reach, dtype=kind).codes
    return pd.Series(pd.Categorical.from_codes(codes[at], dtype=kind), index=bom.lines.index)


def held_pairs(bom: BillOfMaterials, contents: Contents) -> pd.DataFrame:
    """Distinct (line, mineral) of counted lines that hold it certainly or likely."""
    rows = contents.contents
    line = rows["line"].to_numpy()
    sure = rows["presence"].cat.codes.to_numpy() >= PRESENCE.index("likely")
    counted = bom.lines["counted"].to_numpy(dtype=bool)
    keep = np.flatnonzero(sure & counting(rows) & counted[line])
    codes, names = coded(rows["mineral"].iloc[keep])
    once = strongest(line[keep], codes, np.ones(len(codes), dtype=np.int8), len(names))
    occurs = np.bincount(once.code, minlength=len(names)) > 0
    place = np.cumsum(occurs) - 1
    held = pd.Categorical.from_codes(place[once.code], categories=names[occurs])
    return pd.DataFrame({"line": once.line, "mineral": held})


def _lines_by_reach(pairs: pd.DataFrame, reach: pd.Series[Any]) -> dict[str, dict[str, int]]:
    """Mineral -> policy reach words -> how many lines of that reach hold it."""
    kinds, minerals = reach.cat.categories, pairs["mineral"].cat
    words = reach.cat.codes.to_numpy()[pairs["line"].to_numpy()]
    sizes = np.bincount(
        minerals.codes.to_numpy().astype(np.int64) * len(kinds) + words,
        minlength=len(minerals.categories) * len(kinds),
    ).reshape(len(minerals.categories), len(kinds))
    return {
        str(mineral): {str(kinds[at]): int(row[at]) for at in np.flatnonzero(row).tolist()}
        for mineral, row in zip(minerals.categories, sizes, strict=True)
    }


def controls_on(
    bom: BillOfMaterials, contents: Contents, reference: Reference, choices: Choices
) -> pd.DataFrame:
    """A CONTROLS table: events that bear on U.S. supply of the minerals this BOM holds."""
    by_reach = _lines_by_reach(held_pairs(bom, contents), line_reach(bom, contents, reference))
    held = sorted(by_reach)
    rows = []
    bearing = Bearing.of(reference)
    for event in events_as_set(reference, choices):
        if not reaches_us(event):
            continue
        covered = set(event.reach)
        for mineral in held:
            if mineral not in event.minerals:
                continue
            counts = by_reach[mineral]
            direct = sum(
                count for words, count in counts.items() if covered.intersection(words.split(";"))
            )
            rows.append(
                {
                    "mineral": mineral,
                    "event": event.id,
                    "status": event.status(choices.as_of),
                    "reach": "direct" if direct else "upstream",
                    "lines_direct": direct,
                    "lines_upstream": sum(counts.values()) - direct,
                    "aside": bearing.aside(event, mineral),
                }
            )
    table = pd.DataFrame(rows, columns=CONTROLS.names)
    return CONTROLS.conform(table.sort_values(["mineral", "event"], kind="stable"))
