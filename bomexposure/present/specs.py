"""Tables, figures and maps as plain data: what the window, the PDF and the workbook draw alike.

Nothing here knows Qt, typst or Excel. A spec names *roles* for colour (`"reliance"`, `"china"`),
*styles* for certainty (`"solid"`, `"hatch"`, `"outline"`) and *shapes*; who draws it maps these
onto its own palette. Unknown is NaN in figures and a word in texts, never an empty cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from bomexposure.present import numbers
from bomexposure.present.speech import marks
from bomexposure.present.words import tr

Role = Literal["reliance", "china", "neutral", "accent", "warn", "worse", "better", "nodata"]
"""What a mark speaks of. `accent` marks the selected or the as-of line, never a quantity."""

Style = Literal["solid", "hatch", "outline", "dashed", "pale", "dotted"]
"""How sure it is: solid certain or in force, hatch likely or suspended, outline another stage,
dashed possible or planned, pale ended, dotted not known."""

Shape = Literal["bar", "dot", "diamond", "whisker", "line", "tick", "arrow"]
"""`bar` fills low to high; `whisker` is a line low to high with end strokes; `line` one without;
`dot` and `diamond` stand at `low`; `arrow` is a whisker whose low end is open (log axis)."""

Kind = Literal["text", "integer", "number", "percent", "money", "mass", "index", "reliance",
               "date", "evidence", "presence", "chips", "score"]  # fmt: skip
"""How a table cell is worded and drawn. `chips` holds mineral ids joined by ';', `mass` grams."""

MOST_KEPT = 20_000
"""Rows of a table whose columns are kept as lists for looking single cells up."""

FigureKind = Literal[
    "dumbbell", "quadrant", "pareto", "heat", "one-out", "calendar", "waterfall", "supply-lost",
    "rank-strip", "scores", "tradeoff",
]  # fmt: skip


def _speak(spec: Any, *fields: str) -> None:
    """Word a spec in the language spoken here: it is made anew for every screen and every file."""
    if marks().language:
        for name in fields:
            object.__setattr__(spec, name, tr(getattr(spec, name)))


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a table on show.

    Attributes:
        key: column of `TableSpec.rows` that holds the value (the low end of a range).
        heading: words of the head, without the unit.
        unit: unit of every cell of the column, "" for texts and counts.
        kind: how cells are worded; see Kind.
        key_high: column with the high end of a range; "" where the value is a point.
        key_mark: column with the mark as printed ('>75', 'W', 'E'); "" where there is none.
        key_source: column with figure ids joined by ';'; "" where cells carry none.
        width: characters wide, for a first layout.
        tooltip: definition of the column in a sentence.
        shown: False for columns that are off until the user asks for them.
    """

    key: str
    heading: str
    unit: str = ""
    kind: Kind = "text"
    key_high: str = ""
    key_mark: str = ""
    key_source: str = ""
    width: int = 14
    tooltip: str = ""
    shown: bool = True

    @property
    def numeric(self) -> bool:
        """Whether cells are right-aligned figures."""
        return self.kind in _NUMERIC

    @property
    def head(self) -> str:
        """Heading with its unit, as written above the column."""
        return f"{self.heading}, {self.unit}" if self.unit else self.heading


_NUMERIC = ("integer", "number", "percent", "money", "mass", "index", "reliance", "score")


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table on show: columns in order, and a frame with one row each.

    Attributes:
        name: stable short name, used for files and settings, such as "minerals".
        rows: a frame with RangeIndex that holds at least every `key`, `key_high`, `key_mark` and
            `key_source` named by the columns; figures stay figures so that sorting is right.
        key: column of `rows` that tells rows apart (mineral id, line position, ...).
        caption: one sentence below the table.
        empty: the sentence shown instead when there are no rows.
    """

    name: str
    title: str
    columns: tuple[ColumnSpec, ...]
    rows: pd.DataFrame
    key: str = ""
    caption: str = ""
    empty: str = "Nothing to show."
    kept: dict[str, list[Any]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: ColumnSpec) -> str:
        """The words of one cell, made on demand so that a table of a million rows costs nothing."""
        cell = self._cell(column.key, row)
        high = self._cell(column.key_high, row) if column.key_high else cell
        mark = self._cell(column.key_mark, row) if column.key_mark else ""
        return numbers.cell(column.kind, cell, high, str(mark))

    def _cell(self, key: str, row: int) -> Any:
        """One value; a table of some pages is looked into so often that its columns are kept."""
        if len(self.rows) > MOST_KEPT:
            return self.rows[key].iat[row]
        if key not in self.kept:
            self.kept[key] = self.rows[key].tolist()
        return self.kept[key][row]

    def texts(self, column: ColumnSpec) -> list[str]:
        """The words of a whole column, top to bottom."""
        cells = self.rows[column.key].tolist()
        highs = self.rows[column.key_high].tolist() if column.key_high else cells
        marks = self.rows[column.key_mark].tolist() if column.key_mark else [""] * len(cells)
        return [
            numbers.cell(column.kind, cell, high, str(mark))
            for cell, high, mark in zip(cells, highs, marks, strict=True)
        ]

    def head(self, count: int) -> TableSpec:
        """The same table with its first `count` rows."""
        rows = self.rows.head(count).reset_index(drop=True)
        return TableSpec(
            self.name, self.title, self.columns, rows, self.key, self.caption, self.empty
        )


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of a figure: linear from `low` to `high` unless `log`.

    Attributes:
        ticks: (position, words) pairs; empty lets the drawer choose none.
        width: share of the figure's width when panels stand side by side.
    """

    title: str
    unit: str = ""
    low: float = 0.0
    high: float = 100.0
    ticks: tuple[tuple[float, str], ...] = ()
    log: bool = False
    width: float = 1.0

    def __post_init__(self) -> None:
        _speak(self, "title", "unit")


PERCENT_TICKS = ((0.0, "0"), (25.0, "25"), (50.0, "50"), (75.0, "75"), (100.0, "100"))


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn thing in a row; `low == high` for a point.

    Attributes:
        panel: index into `FigureSpec.axes` of the scale it stands on.
        label: words beside the mark, "" for none.
        tooltip: full sentence with source and year.
        source: figure ids joined by ';'.
    """

    shape: Shape
    role: Role
    low: float
    high: float
    panel: int = 0
    style: Style = "solid"
    label: str = ""
    tooltip: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _speak(self, "label", "tooltip")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of a figure: what it is called and the marks on it.

    Attributes:
        key: mineral id, event id, assembly key, ...: what a click selects.
        symbol: short name drawn before the label, "" for none.
        notes: words right of each panel, in the order of the axes, such as "100 separation".
        ticked: for the calendar: whether the event is switched on; None where no box is drawn.
    """

    key: str
    label: str
    symbol: str = ""
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    tooltip: str = ""
    ticked: bool | None = None

    def __post_init__(self) -> None:
        _speak(self, "label", "tooltip")


@dataclass(frozen=True, slots=True)
class Point:
    """A bubble of the quadrant; x and y are ranges, `size` sets the area (0 draws the least)."""

    key: str
    label: str
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    size: float
    tooltip: str = ""
    role: Role = "neutral"

    def __post_init__(self) -> None:
        _speak(self, "tooltip")


@dataclass(frozen=True, slots=True)
class Series:
    """A line of points (x, y), or a band where y has two ends.

    Attributes:
        xs, low, high: of equal length; `high` equals `low` for a plain line.
        step: True draws steps (the value holds to the next x).
        dash: 0 solid, 1 to 3 the dash patterns.
    """

    key: str
    label: str
    xs: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    role: Role = "neutral"
    dash: int = 0
    step: bool = False

    def __post_init__(self) -> None:
        _speak(self, "label")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the heat map: certain share `low`, with likely `high`; `step` 0 to 5 colours it.

    `step` -1 is "none": an outlined cell. `unknown` draws the dotted corner.
    """

    row: int
    column: int
    low: float
    high: float
    step: int
    label: str
    tooltip: str = ""
    unknown: bool = False

    def __post_init__(self) -> None:
        _speak(self, "tooltip")


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure as plain data. Which payload a kind uses:

    * dumbbell: `axes` (percent, spend), `rows` with marks on both panels;
    * quadrant: `axes` (x, y), `points`, and `rug`: points without a share, as (key, label, x);
    * pareto: `axes` (spend), `rows`; `notes` hold the cumulative share;
    * heat: `row_labels`, `column_labels`, `row_keys`, `column_keys`, `cells`;
    * one-out: `axes` (x, y), `series`, `lines_x` (the threshold);
    * calendar: `axes` (time as ordinal days), `rows`, `lines_x` (the as-of date);
    * waterfall, supply-lost, scores: `axes` (one), `rows`;
    * rank-strip: `column_labels` (ranks), `row_labels`, `cells`;
    * tradeoff: `axes` (property, index), `points`; role `accent` marks the Pareto front, key ""
      the part as it is.

    Attributes:
        legend: (shape, style, role, words) entries in order, drawn as one line.
        caption: what a reader must know, one or two sentences.
        table: the same data as a table ("Show as table", CSV of a chart).
        empty: the sentence shown instead when there is nothing to draw.
        alt: the figure in a sentence for a screen reader and the tagged PDF.
    """

    kind: FigureKind
    title: str
    axes: tuple[Axis, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    points: tuple[Point, ...] = ()
    rug: tuple[tuple[str, str, float], ...] = ()
    series: tuple[Series, ...] = ()
    cells: tuple[Cell, ...] = ()
    row_labels: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()
    row_keys: tuple[str, ...] = ()
    column_keys: tuple[str, ...] = ()
    lines_x: tuple[tuple[float, str], ...] = ()
    legend: tuple[tuple[Shape, Style, Role, str], ...] = ()
    caption: str = ""
    table: TableSpec | None = None
    empty: str = "Nothing to show."
    alt: str = ""

    def __post_init__(self) -> None:
        _speak(self, "title", "caption", "empty", "alt")
        if marks().language:
            told = tuple((*one[:3], tr(one[3])) for one in self.legend)
            object.__setattr__(self, "legend", told)


@dataclass(frozen=True, slots=True)
class MapCountry:
    """A producer country on the map; `step` 0 to 5 of the sequential ramp."""

    iso3: str
    name: str
    share_low: float
    share_high: float
    step: int
    label: str = ""
    excluded: bool = False
    tooltip: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class MapSpec:
    """Shares of world output of one mineral at one stage.

    Attributes:
        buckets: upper ends of the steps in percent, such as (1, 5, 10, 25).
        beside: sentences for what has no place on the map ("Other countries 12 %", withheld).
    """

    title: str
    mineral: str
    stage: str
    year: str
    publisher: str
    countries: tuple[MapCountry, ...]
    buckets: tuple[float, ...] = (1.0, 5.0, 10.0, 25.0)
    beside: tuple[str, ...] = ()
    caption: str = ""
    empty: str = "No publication gives this mineral by country at this stage."

    def __post_init__(self) -> None:
        _speak(self, "title", "caption", "empty")


@dataclass(frozen=True, slots=True)
class Bar:
    """A short bar of a tile: its name, percent (NaN draws none) and the figure in words."""

    name: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure of the strip and of page one.

    Attributes:
        key: 'coverage', 'acute', 'spend-acute', ...: what a click on the tile opens.
        caption: what it is; figure: the words of the figure; unit: after a thin gap.
        below: the line under it. bars: for coverage.
        tooltip: definition in a sentence.
        brief: caption and line under it where there is little room; '' stands for the caption
            itself, and for the first clause of the line.
    """

    key: str
    caption: str
    figure: str
    unit: str = ""
    below: str = ""
    bars: tuple[Bar, ...] = ()
    tooltip: str = ""
    brief: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        _speak(self, "caption", "figure", "unit", "below", "tooltip")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a detail panel: a name, its words, and the figures behind them.

    Attributes:
        sources: figure ids, in the order of the footnotes.
        low, typical, high: the figure itself where there is one to draw, else NaN.
    """

    name: str
    words: str
    sources: tuple[str, ...] = ()
    low: float = float("nan")
    typical: float = float("nan")
    high: float = float("nan")
    unit: str = ""

    def __post_init__(self) -> None:
        _speak(self, "name", "words")


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the panel says about one mineral or line.

    Attributes:
        title: its name; subtitle: one sentence; facts: in reading order.
        sections: (heading, facts) groups after them; notes: sentences at the foot.
        tables: small tables, such as producers by stage.
    """

    key: str
    title: str
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    sections: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    tables: tuple[TableSpec, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        _speak(self, "subtitle")
