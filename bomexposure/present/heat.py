"""The heat map of minerals by assembly, supplier, origin, category or kind of part; its table."""

from __future__ import annotations

import math

from bomexposure.model.analysis import Analysis
from bomexposure.model.exposure import GROUP_KINDS
from bomexposure.present import numbers
from bomexposure.present.charts import listed_minerals
from bomexposure.present.specs import Cell, ColumnSpec, FigureSpec, TableSpec
from bomexposure.present.weight import weight_of
from bomexposure.present.words import tr

HEAT_STEPS = (0.5, 20.0, 40.0, 60.0, 80.0)
"""Lower ends of steps 1 to 5 of the sequential ramp, in percent."""

ONE_FOR_ALL = 0.9
"""Share of the lines from which a group says no more than the whole BOM."""

_SPEND_TITLES = {
    "assembly": "Share of each assembly's spend in lines that hold the mineral, %",
    "supplier": "Share of each supplier's spend in lines that hold the mineral, %",
    "origin": "Share of each origin's spend in lines that hold the mineral, %",
    "category": "Share of each category's spend in lines that hold the mineral, %",
    "family": "Share of the spend on each kind of part in lines that hold the mineral, %",
}
_LINE_TITLES = {
    "assembly": "Lines of each assembly that hold the mineral; shaded by their share",
    "supplier": "Lines of each supplier that hold the mineral; shaded by their share",
    "origin": "Lines of each origin that hold the mineral; shaded by their share",
    "category": "Lines of each category that hold the mineral; shaded by their share",
    "family": "Lines of each kind of part that hold the mineral; shaded by their share",
}
_EMPTY = {
    "assembly": "This BOM names no assembly.",
    "supplier": "This BOM names no supplier.",
    "origin": "This BOM names no origin.",
    "category": "This BOM names no category.",
    "family": "No line of this BOM was recognised.",
}
_BY = {
    "assembly": "Exposure by assembly",
    "supplier": "Exposure by supplier",
    "origin": "Exposure by country of origin",
    "category": "Exposure by category",
    "family": "Exposure by kind of part",
}


def best_grouping(analysis: Analysis) -> str:
    """The first of GROUP_KINDS that tells the lines of this BOM apart; 'family' where none does.

    It names two groups or more, most lines stand in one that is named, and not nearly all in one.
    """
    groups = analysis.exposures.groups
    counted = int(analysis.bom.lines["counted"].sum())
    for kind in GROUP_KINDS[:-1]:
        named = groups[(groups["kind"] == kind) & (groups["key"] != "")]
        if len(named) < 2:
            continue
        most, told = int(named["lines"].max()), 2 * int(named["lines"].sum()) > counted
        if kind == "assembly" or (told and most <= ONE_FOR_ALL * counted):
            return kind
    return GROUP_KINDS[-1]


def heat_map(analysis: Analysis, kind: str = "assembly", count: int = 15) -> FigureSpec:
    """Minerals by group, one of GROUP_KINDS: share of its spend in percent, or lines.

    Rows are minerals by index, columns groups in BOM order. Where few lines have a price the
    figures are lines.
    """
    groups = analysis.exposures.groups
    groups = groups[groups["kind"] == kind].reset_index(drop=True).head(count)
    minerals = listed_minerals(analysis)["mineral"].tolist()[:count]
    cells_frame = analysis.exposures.group_minerals
    cells_frame = cells_frame[cells_frame["kind"] == kind]
    in_lines = weight_of(analysis).lines
    spends = dict(zip(groups["key"], groups["spend"], strict=True))
    sizes = dict(zip(groups["key"], groups["lines"], strict=True))
    columns = {key: at for at, key in enumerate(groups["key"])}
    unknown = dict(zip(groups["key"], groups["lines_unknown"] > 0, strict=True))
    rows = {mineral: at for at, mineral in enumerate(minerals)}
    found: dict[tuple[int, int], Cell] = {}
    # a large BOM has thousands of groups, of which a few are shown
    cells_frame = cells_frame[cells_frame["key"].isin(list(columns))]
    for key, mineral, lines, sure, certain, likely in cells_frame[
        ["key", "mineral", "lines", "lines_certain", "spend_certain", "spend_likely"]
    ].itertuples(index=False, name=None):
        if key not in columns or mineral not in rows:
            continue
        at = (rows[mineral], columns[key])
        if in_lines:
            found[at] = _line_cell(at, int(sure), int(lines), int(sizes[key]), unknown[key])
        else:
            found[at] = _heat_cell(at, spends[key], lines, certain, likely, unknown[key])
    cells = tuple(
        found.get(
            (row, column),
            Cell(row, column, math.nan, math.nan, -1, "", "none found", unknown[key]),
        )
        for row in range(len(minerals))
        for column, key in enumerate(groups["key"])
    )
    return FigureSpec(
        "heat",
        tr((_LINE_TITLES if in_lines else _SPEND_TITLES)[kind]),
        cells=cells,
        row_labels=tuple(numbers.mineral_name(mineral) for mineral in minerals),
        column_labels=tuple(groups["label"]),
        row_keys=tuple(minerals),
        column_keys=tuple(groups["key"]),
        caption="Two figures: certain – with likely ones. A dotted corner: lines not recognised."
        if in_lines
        else "Two figures: certain – with likely lines. A dotted corner: lines not recognised.",
        table=groups_table(analysis, kind),
        empty=tr(_EMPTY[kind]),
    )


def _line_cell(at: tuple[int, int], sure: int, lines: int, of: int, unknown: bool) -> Cell:
    words = numbers.span(sure, lines, numbers.whole)
    step = sum(100 * sure / max(of, 1) >= end for end in HEAT_STEPS)
    told = tr("{lines} of {all}", lines=words, all=numbers.count(of, "line"))
    return Cell(*at, sure, lines, step, words, told, unknown)


def _heat_cell(
    at: tuple[int, int], spend: float, lines: int, certain: float, likely: float, unknown: bool
) -> Cell:
    held = numbers.count(int(lines), "line")
    if not numbers.known(spend) or spend <= 0 or not numbers.known(certain):
        return Cell(
            *at, math.nan, math.nan, 0, held, tr("{lines}, spend unknown", lines=held), unknown
        )
    low = 100 * certain / spend
    high = low + 100 * (likely if numbers.known(likely) else 0.0) / spend
    words = numbers.percent_span(low, high)
    step = sum(low >= end for end in HEAT_STEPS)
    return Cell(
        *at,
        low,
        high,
        step,
        words,
        tr("{share} % of spend, {lines}", share=words, lines=held),
        unknown,
    )


def groups_table(analysis: Analysis, kind: str) -> TableSpec:
    """Exposure of each group of one of GROUP_KINDS."""
    frame = analysis.exposures.groups
    rows = frame[frame["kind"] == kind].reset_index(drop=True)
    rows = rows.assign(
        acute_high=rows["spend_acute_certain"].add(rows["spend_acute_likely"], fill_value=0.0)
    )
    currency = analysis.exposures.headline.currency or ""
    names = {"assembly": "Assembly", "supplier": "Supplier", "origin": "Country of origin",
             "category": "Category", "family": "Kind of part"}  # fmt: skip
    columns = (
        ColumnSpec("label", names[kind], width=28),
        ColumnSpec("lines", "Counted lines", "", "integer", width=9),
        ColumnSpec("lines_unknown", "Not recognised", "", "integer", width=9),
        ColumnSpec("spend", "Known spend", currency, "money", width=12),
        ColumnSpec("spend_acute_certain", "Spend in acute lines", currency, "money", "acute_high",
                   width=16),
        ColumnSpec("minerals", "Minerals of the 2025 list", "", "integer", width=10),
        ColumnSpec("minerals_acute", "Of these acute", "", "integer", width=9),
    )  # fmt: skip
    return TableSpec(
        f"by-{kind}", tr(_BY[kind]), columns, rows, "key",
        "", tr(_EMPTY[kind]),
    )  # fmt: skip
