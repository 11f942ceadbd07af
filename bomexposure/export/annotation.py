"""What is added to a copy of the user's own workbook: a few columns of words per line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bomexposure.export.workbook_lines import held_names
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.facts import facts_frame
from bomexposure.present.glossary import EVIDENCE_WORDS
from bomexposure.present.lines import ACUTE_WORDS, taken_for

HEADINGS = (
    "Taken for", "Minerals, certain", "Minerals, likely", "Worst mineral",
    "Its net import reliance, %", "China share, %, stage", "Index, 0–100", "Acute", "Evidence",
)  # fmt: skip
FIGURES = frozenset({"Its net import reliance, %", "Index, 0–100"})
"""Columns in which a single figure is a number, so that it sorts and filters as one."""
WIDTHS = (34, 40, 40, 16, 25, 34, 13, 9, 18)


def added_columns(analysis: Analysis) -> list[list[str]]:
    """The columns of HEADINGS, one text per line; "" where there is nothing to say."""
    lines, found = analysis.bom.lines, analysis.exposures.lines
    counted = lines["counted"]
    certain, likely = held_names(analysis, facts_frame(analysis))
    top = found["top_mineral"]
    supply = {
        mineral: (
            numbers.reliance(low, high, printed),
            " ".join(part for part in (numbers.span(share, peak, numbers.percent_figure),
                                       numbers.stage(stage))
                     if part),
        )
        for mineral, low, high, printed, share, peak, stage in drawn_minerals(analysis)[
            ["mineral", "nir_low", "nir_high", "nir_printed", "china_peak_low", "china_peak_high",
             "china_peak_stage"]
        ].itertuples(index=False, name=None)
    }  # fmt: skip
    blank = ("", "")
    index = [
        numbers.index(low, high) if mineral else ""
        for low, high, mineral in zip(found["index_low"], found["index_high"], top, strict=True)
    ]
    evidence = analysis.contents.recognitions["evidence"].astype("str").map(EVIDENCE_WORDS)
    told = evidence.where(counted, "not counted: " + lines["not_counted_why"])
    acute = found["acute"].astype("str").map(ACUTE_WORDS)
    return [
        _where(taken_for(analysis), counted),
        certain,
        likely,
        [numbers.mineral_name(one) if one else "" for one in top],
        [supply.get(one, blank)[0] for one in top],
        [supply.get(one, blank)[1] for one in top],
        index,
        _where(acute, counted),
        told.tolist(),
    ]


def _where(words: pd.Series[Any], counted: pd.Series[Any]) -> list[str]:
    """The words of counted lines, "" for the others."""
    made: list[str] = words.where(counted, "").tolist()
    return made
