"""Which policy events touch a BOM on a day, and whether directly or through the raw material.

docs/method.md, section "Policy events".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE, Contents
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import CONTROLS
from bomexposure.model.supply import Reference


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
    """Per line the policy reach word of its class or materials, ';' between; '' unknown.

    Whole columns: the work is done once per distinct recognition.
    """
    words = reference.knowledge.subjects.drop_duplicates("id").set_index("id")["reach"]
    found = contents.recognitions
    keys = found["component_class"] + ";" + found["materials"]
    codes, distinct = pd.factorize(keys)
    reach = []
    for key in distinct:
        known = {str(words[one]) for one in str(key).split(";") if one and one in words.index}
        reach.append(";".join(sorted(known - {""})))
    return pd.Series(
        np.array([*reach, ""], dtype=object)[codes], index=bom.lines.index, dtype="str"
    )


def held_pairs(bom: BillOfMaterials, contents: Contents) -> pd.DataFrame:
    """Distinct (line, mineral) of counted lines that hold it certainly or likely."""
    rows = contents.contents
    sure = rows["presence"].cat.codes.to_numpy() >= PRESENCE.index("likely")
    counts = rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool)
    counted = bom.lines["counted"].to_numpy(dtype=bool)[rows["line"].to_numpy()]
    keep = sure & counts & counted
    pairs = pd.DataFrame(
        {"line": rows["line"][keep], "mineral": rows["mineral"][keep].astype("str")}
    )
    return pairs.drop_duplicates(ignore_index=True)


def controls_on(
    bom: BillOfMaterials, contents: Contents, reference: Reference, choices: Choices
) -> pd.DataFrame:
    """A CONTROLS table: events that bear on U.S. supply of the minerals this BOM holds."""
    pairs = held_pairs(bom, contents)
    reach = line_reach(bom, contents, reference)
    pairs["reach"] = reach.to_numpy(dtype=object)[pairs["line"]] if len(pairs) else ""
    by_reach = pairs.groupby(["mineral", "reach"], sort=True).size()
    held = sorted(set(pairs["mineral"]))
    rows = []
    for event in events_as_set(reference, choices):
        if not reaches_us(event):
            continue
        covered = set(event.reach)
        for mineral in held:
            if mineral not in event.minerals:
                continue
            counts = by_reach.loc[mineral]
            direct = sum(
                int(count)
                for words, count in counts.items()
                if covered.intersection(str(words).split(";"))
            )
            rows.append(
                {
                    "mineral": mineral,
                    "event": event.id,
                    "status": event.status(choices.as_of),
                    "reach": "direct" if direct else "upstream",
                    "lines_direct": direct,
                    "lines_upstream": int(counts.sum()) - direct,
                }
            )
    table = pd.DataFrame(rows, columns=CONTROLS.names)
    return CONTROLS.conform(table.sort_values(["mineral", "event"], kind="stable"))
