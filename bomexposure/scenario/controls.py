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
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE, Contents
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
    sure = rows["presence"].cat.codes.to_numpy() >= PRESENCE.index("likely")
    counts = rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool)
    counted = bom.lines["counted"].to_numpy(dtype=bool)[rows["line"].to_numpy()]
    keep = sure & counts & counted
    codes, names = coded(rows["mineral"][keep])
    once = strongest(rows["line"].to_numpy()[keep], codes, np.ones(len(codes)), len(names))
    kind = pd.CategoricalDtype(names[np.unique(once.code)]) if len(once.code) else "category"
    return pd.DataFrame({"line": once.line, "mineral": pd.Series(names[once.code], dtype=kind)})


def controls_on(
    bom: BillOfMaterials, contents: Contents, reference: Reference, choices: Choices
) -> pd.DataFrame:
    """A CONTROLS table: events that bear on U.S. supply of the minerals this BOM holds."""
    pairs = held_pairs(bom, contents)
    reach = line_reach(bom, contents, reference)
    pairs["reach"] = reach.iloc[pairs["line"]].to_numpy()
    by_reach: dict[str, dict[str, int]] = {}
    sizes = pairs.groupby(["mineral", "reach"], sort=True, observed=True).size()
    for mineral, words, count in sizes.reset_index().itertuples(index=False):
        by_reach.setdefault(str(mineral), {})[str(words)] = int(count)
    held = sorted(str(one) for one in pairs["mineral"].cat.categories)
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
