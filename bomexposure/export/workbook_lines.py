"""The sheets By line (the user's own columns first) and Facts (one row per line and mineral)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from bomexposure.export.sheets import ROW_LIMIT, Field, Placed
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.glossary import EVIDENCE_WORDS, MASS_BASIS_WORDS
from bomexposure.present.lines import taken_for

FACT_SPEND = "Spend of the line"
REAL_TABLE_LIMIT = 5_000
"""Rows up to which a sheet is a real Excel table; above, an autofilter keeps it quick."""

_FLAGS = (
    ("acute", "Acute", "Acts acute"),
    ("nir_50", "Line on ≥ 50 % reliance", "≥ 50 % reliant"),
    ("nir_100", "Line on 100 % reliance", "100 % reliant"),
    ("china_led", "Line is China-led", "China-led"),
)
"""LINE_EXPOSURES column, its heading on By line, and the column of Facts that decides it."""


def fact_fields(analysis: Analysis, frame: pd.DataFrame) -> list[Field]:
    """Columns of Facts: one row per line, mineral and source."""
    lines = analysis.bom.lines
    at = frame["line"].to_numpy()
    figures = analysis.reference.sources.table(frame["source"].unique().tolist())
    titles = dict(zip(figures["id"], figures["title"].astype("str"), strict=True))
    places = dict(zip(figures["id"], figures["locator"], strict=True))
    worth = analysis.exposures.lines["spend"].to_numpy()[at]
    yes = {True: "yes", False: "no"}
    return [
        Field("Line", lines["id"].to_numpy()[at].tolist(), "code", 12),
        Field("Row", lines["row"].to_numpy()[at].tolist(), "integer", 7),
        Field("Part number", lines["part_number"].to_numpy()[at].tolist(), "code", 16),
        Field("Description", lines["description"].to_numpy()[at].tolist(), "text", 34),
        Field("Mineral", frame["mineral"].map(_names(frame)).tolist(), "text", 16),
        Field("Mineral id", frame["mineral"].tolist(), "text", 16),
        Field("Form", frame["form"].tolist(), "text", 16),
        Field("Presence", _words(frame["presence"]), "text", 10),
        Field("Function", _words(frame["function"]), "text", 10),
        Field("Relation", _words(frame["relation"]), "text", 14),
        Field("Evidence", _words(frame["evidence"]), "text", 11),
        Field("Counts", frame["counts"].map(yes).tolist(), "text", 8),
        Field("Acts acute", (frame["acute"] & frame["counting"]).map(yes).tolist(), "text", 8),
        *(
            Field(name, (frame[flag] & frame["counting"]).map(yes).tolist(), "text", 8)
            for flag, _, name in _FLAGS[1:]
        ),
        *(
            Field(f"Content {end}, % of mass", frame[f"wt_pct_{end}"].tolist(), "number", 10)
            for end in ("low", "typical", "high")
        ),
        *(
            Field(f"Mass {end}, mg", frame[f"mass_mg_{end}"].tolist(), "mass", 11)
            for end in ("low", "typical", "high")
        ),
        Field(FACT_SPEND, worth.tolist(), "money", 11),
        Field("Source", frame["source"].tolist(), "text", 26),
        Field("Publication", frame["source"].map(titles).fillna("").tolist(), "text", 30),
        Field("Where in it", frame["source"].map(places).fillna("").tolist(), "text", 30),
    ]  # fmt: skip


def with_spend(fields: list[Field], frame: pd.DataFrame, lines: Placed) -> list[Field]:
    """The same columns with the spend of the line as a formula to By line."""
    at = frame["line"].tolist()
    return [
        replace(
            field,
            formulas=[
                f"={lines.cell('Spend', line)}" if np.isfinite(value) else ""
                for line, value in zip(at, field.values, strict=True)
            ],
        )
        if field.heading == FACT_SPEND
        else field
        for field in fields
    ]


def is_real(count: int) -> bool:
    """Whether a sheet of so many rows is an Excel table or has an autofilter only."""
    return count <= REAL_TABLE_LIMIT


def _names(frame: pd.DataFrame) -> dict[str, str]:
    return {mineral: numbers.mineral_name(mineral) for mineral in frame["mineral"].unique()}


def _words(column: pd.Series[Any]) -> list[str]:
    made: list[str] = column.astype("str").replace("nan", "").tolist()
    return made


def own_fields(analysis: Analysis) -> list[Field]:
    """The user's own columns, as they stand."""
    return [
        Field(str(name), cells.tolist(), "code", _width(str(name), cells))
        for name, cells in analysis.bom.original.items()
    ]


def line_fields(analysis: Analysis, frame: pd.DataFrame, facts: Placed | None) -> list[Field]:
    """Our columns of By line; flags are formulas over the line's facts where Facts is written."""
    lines, taken = analysis.bom.lines, analysis.contents.recognitions
    found = analysis.exposures.lines
    certain, likely = held_names(analysis, frame)
    spend, holds = _spend(analysis)
    flags = []
    for column, heading, flag in _FLAGS:
        words = found[column].astype("str").tolist()
        formulas = _flag_formulas(frame, facts, flag, column, words) if facts else None
        flags.append(Field(heading, words, "text", 10, formulas=formulas))
    return [
        Field("Line id", lines["id"].tolist(), "code", 12),
        Field("Excel row", lines["row"].tolist(), "integer", 7),
        Field("Counted", np.where(lines["counted"], "yes", "no").tolist(), "text", 8),
        Field("Not counted because", lines["not_counted_why"].tolist(), "text", 18),
        Field("Taken for", taken_for(analysis).tolist(), "text", 24),
        Field("Evidence", taken["evidence"].astype("str").map(EVIDENCE_WORDS).tolist(), "text", 13),
        Field("Minerals, certain", certain, "text", 30),
        Field("Minerals, likely", likely, "text", 24),
        *flags,
        Field("Acute in a lesser role", found["acute_minor"].astype("str").tolist(), "text", 10),
        Field("Highest index low", found["index_low"].tolist(), "index", 9),
        Field("Highest index high", found["index_high"].tolist(), "index", 9),
        Field("Of mineral", [numbers.mineral_name(one) if one else ""
                             for one in found["top_mineral"]], "text", 14),
        Field("Quantity in product", lines["quantity_total"].tolist(), "number", 10),
        Field("Unit", lines["quantity_unit"].tolist(), "text", 6),
        Field("Unit cost", lines["unit_cost"].tolist(), "money", 10),
        Field("Currency", lines["currency"].tolist(), "text", 8),
        Field("Spend", spend, "money", 11, "=[Quantity in product]*[Unit cost]", holds),
        Field("Mass low, g", taken["mass_g_low"].tolist(), "mass", 10),
        Field("Mass high, g", taken["mass_g_high"].tolist(), "mass", 10),
        Field("Mass from", taken["mass_basis"].astype("str").map(MASS_BASIS_WORDS)
              .fillna("unknown").tolist(), "text", 20),
    ]  # fmt: skip


def _spend(analysis: Analysis) -> tuple[list[float], list[bool]]:
    """Spend per line, and where it is exactly quantity times unit cost."""
    lines = analysis.bom.lines
    spend = analysis.exposures.lines["spend"]
    product = lines["quantity_total"] * lines["unit_cost"]
    return spend.tolist(), np.isclose(product, spend, rtol=1e-9, atol=1e-9).tolist()


def _flag_formulas(
    frame: pd.DataFrame, facts: Placed, flag: str, column: str, words: list[str]
) -> list[str]:
    """Per line a formula over its own facts, where it gives just what the computation gave."""
    deciding = frame[column] & frame["counting"]
    strength = frame["presence"].cat.codes.where(deciding, -1)
    best = strength.groupby(frame["line"]).max()
    wanted = {"certain": 2, "likely": 1}
    cuts = np.searchsorted(frame["line"].to_numpy(), np.arange(len(words) + 1)).tolist()
    made = []
    for line, word in enumerate(words):
        start, stop = cuts[line], cuts[line + 1]
        if start == stop or max(int(best.get(line, -1)), 0) != wanted.get(word, 0):
            made.append("")
            continue
        where = f'{facts.part(flag, start, stop)},"yes",{facts.part("Presence", start, stop)}'
        made.append(
            f'=IF(COUNTIFS({where},"certain")>0,"certain",'
            f'IF(COUNTIFS({where},"likely")>0,"likely","no"))'
        )
    return made


def held_names(analysis: Analysis, frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Per line the names of the minerals it holds certainly, and likely."""
    count = len(analysis.bom.lines)
    made = []
    held = frame[frame["counting"] & ~frame.duplicated(["line", "mineral"])]
    names = held["mineral"].map(_names(frame))
    for word in ("certain", "likely"):
        pick = (held["presence"] == word).to_numpy()
        joined = names[pick].groupby(held.loc[pick, "line"].to_numpy()).agg(", ".join)
        made.append(joined.reindex(range(count), fill_value="").tolist())
    return made[0], made[1]


def _width(heading: str, cells: pd.Series[Any]) -> float:
    """A width that shows most cells of a column, 8 to 40 characters."""
    first = cells.head(200)
    longest = float(first.map(_columns_of).quantile(0.9)) if len(first) else 0.0
    return float(min(max(_columns_of(heading) * 0.8, longest, 8) + 1, 40))


def _columns_of(words: Any) -> int:
    """Widths of a letter that words take; the letters of East Asia take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in str(words))


def too_long(frame: pd.DataFrame) -> bool:
    """Whether a table with this many rows would pass the end of an Excel sheet."""
    return len(frame) + 1 > ROW_LIMIT
