"""Open questions: the lines that are not recognised or only assumed, and what to ask about them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present.glossary import EVIDENCE_WORDS
from bomexposure.present.lines import subject_names, taken_for
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr

WEAK = ("none", "assumed")


def open_questions(analysis: Analysis) -> TableSpec:
    """Counted lines with weak evidence, those that carry most spend first; `line` is the key."""
    lines, taken = analysis.bom.lines, analysis.contents.recognitions
    weak = (lines["counted"] & taken["evidence"].isin(WEAK)).to_numpy()
    at = np.flatnonzero(weak)
    spend = analysis.exposures.lines["spend"].to_numpy()[at]
    order = np.lexsort((at, -np.nan_to_num(spend, nan=-1.0)))
    at = at[order]
    rows = lines.iloc[at][
        ["id", "row", "part_number", "mpn", "manufacturer", "description", "supplier"]
    ].reset_index(drop=True)
    named = taken_for(analysis).to_numpy()[at]
    evidence = taken["evidence"].astype("str").to_numpy()[at]
    rows = rows.assign(
        line=at,
        spend=spend[order],
        evidence=[EVIDENCE_WORDS[one] for one in evidence],
        nearest=_nearest(analysis, at),
        question=[question(kind, str(name)) for kind, name in zip(evidence, named, strict=True)],
    )
    currency = analysis.exposures.headline.currency or ""
    columns = (
        ColumnSpec("row", "Row", "", "integer", width=6),
        ColumnSpec("part_number", "Part number", width=16),
        ColumnSpec("mpn", "Manufacturer's number", width=18),
        ColumnSpec("description", "Description", width=36),
        ColumnSpec("supplier", "Supplier", width=18),
        ColumnSpec("spend", "Spend", currency, "money", width=11),
        ColumnSpec("evidence", "Evidence", "", "evidence", width=14),
        ColumnSpec("nearest", "Nearest known", width=30),
        ColumnSpec("question", "Question", width=60),
    )
    return TableSpec(
        "questions",
        "Open questions",
        columns,
        rows,
        "line",
        "Lines that carry most spend first.",
        "Every counted line was recognised on its own words.",
    )


def question(evidence: str, name: str) -> str:
    """The question to ask about one line."""
    if evidence == "assumed":
        return tr(
            "The part is assumed to be: {name}. Which alloy, grade or type is it, "
            "and what is its mass per piece?",
            name=name,
        )
    return "Which kind of part is it, of which materials, and what is its mass per piece?"


def _nearest(analysis: Analysis, at: np.ndarray) -> list[str]:
    """Names of the suggestions kept for the reviewer, per line."""
    suggestions = analysis.contents.recognitions["suggestions"].to_numpy()[at].tolist()
    ids = sorted({part for cell in suggestions for part in cell.split(";") if part})
    names = subject_names(analysis, pd.Series(ids, dtype="str")).tolist()
    known = dict(zip(ids, names, strict=True))
    return [
        ", ".join(known[part] for part in cell.split(";") if part in known) for cell in suggestions
    ]
