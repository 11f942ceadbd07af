"""Every figure that a report shows, as a list that leads to its table in the publication."""

from __future__ import annotations

import pandas as pd

from bomexposure.model.analysis import Analysis

_MINERAL_SOURCES = ("nir_source", "china_share_source", "china_peak_source", "leading_source",
                    "hhi_source", "price_source", "consumption_source")  # fmt: skip


def ids_used(analysis: Analysis, contents: bool = True) -> list[str]:
    """Figure ids behind minerals, sourcing, controls and (unless left out) contents, in that order.

    Each id once.
    """
    minerals, forms = analysis.exposures.minerals, analysis.exposures.forms
    cells: list[str] = []
    for frame in (minerals, forms):
        for column in _MINERAL_SOURCES:
            cells += frame[column].tolist()
    for ids in analysis.sourcing["sources"]:
        cells += list(ids)
    touched = set(analysis.controls["event"])
    for event in analysis.events:
        if event.id in touched:
            cells += list(event.sources)
    substitutes = analysis.reference.substitutes
    named = substitutes["mineral"].isin(minerals["mineral"])
    cells += substitutes.loc[named, "source"].tolist()
    if contents:
        held = analysis.contents.contents["source"]
        cells += sorted(str(one) for one in held.dropna().unique())
    split = (part.strip() for cell in cells for part in str(cell).split(";"))
    return list(dict.fromkeys(part for part in split if part))


def sources_used(analysis: Analysis, contents: bool = True) -> pd.DataFrame:
    """A FIGURES table of `ids_used`, by publication and place in it."""
    frame = analysis.reference.sources.table(ids_used(analysis, contents))
    order = pd.DataFrame({name: frame[name].astype("str") for name in ("set", "title", "id")})
    at = order.sort_values(["set", "title", "id"], kind="stable").index
    return frame.loc[at].reset_index(drop=True)
