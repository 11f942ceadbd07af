"""A figure as SVG text: the vector charts of the PDF and the files a user exports.

One drawer per kind, all from the same few primitives, in a fixed order and with rounded numbers,
so that the same figure always gives the same bytes. Nothing is measured with a font: widths of
texts are estimated, and labels keep a margin.
"""

from __future__ import annotations

from collections.abc import Callable

from bomexposure.export import palette
from bomexposure.export.canvas import Canvas, along, clip, text_width, whisker, wrapped
from bomexposure.export.quadrant_svg import quadrant
from bomexposure.present.specs import Axis, FigureRow, FigureSpec

HEAT_HEAD_LINES = 4
LEGEND_GAP = 11
NAMES = (9.5, 8.8, 8.2, 7.6)
"""Sizes that a name of a mineral is tried in."""


def figure_svg(spec: FigureSpec, width: float = 720.0, titled: bool = False) -> str:
    """The figure as a standalone SVG, `width` user units (points) wide and as high as it needs.

    `titled` sets its title above and its caption below, for a chart that stands alone.
    """
    canvas = Canvas(width)
    if _is_empty(spec):
        canvas.text(0, 14, spec.empty, palette.QUIET)
        canvas.bottom = 22
    else:
        _DRAWERS[spec.kind](canvas, spec)
        _legend(canvas, spec)
    if titled:
        return canvas.finished(spec.alt or spec.title, spec.title, spec.caption)
    return canvas.finished(spec.alt or spec.title)


def _is_empty(spec: FigureSpec) -> bool:
    return not (spec.rows or spec.points or spec.rug or spec.series or spec.cells)


def _legend(canvas: Canvas, spec: FigureSpec) -> None:
    """One line of shapes and words below the figure, wrapped where it is too long."""
    x, y = 0.0, canvas.bottom + 14
    for shape, style, role, words in spec.legend:
        start = 12 if shape in ("dot", "diamond") else 19
        wide = text_width(words, 8.5) + start + LEGEND_GAP
        if x and x + wide - LEGEND_GAP > canvas.width:  # the gap behind the last is nobody's
            x, y = 0.0, y + 13
        colour = palette.ROLES[role]
        if shape == "dot":
            canvas.dot(x + 4, y - 3, 3, style, colour)
        elif shape == "diamond":
            canvas.diamond(x + 4, y - 3, 3.6, style, colour)
        elif shape == "whisker":
            whisker(canvas, x, x + 14, y - 3, colour)
        else:
            canvas.box(x, y - 6.5, 14, 7, style, colour)
        canvas.text(x + start, y, words, palette.QUIET, 8.5)
        x += wide
    if spec.legend:
        canvas.bottom = y + 4


def _dumbbell(canvas: Canvas, spec: FigureSpec) -> None:
    """Symbol, name, percent plot, stage, spend bars with their figures."""
    percent, spend = spec.axes
    width = canvas.width
    left, plot = 126.0, (width - 126.0) * 0.30
    stage = left + plot + 16
    bars = stage + (width - stage) * 0.44
    bar_width = (width - bars) * 0.58
    row_height, top = 17.0, 30.0
    canvas.text(0, 10, "Mineral", palette.QUIET)
    _dumbbell_head(canvas, left, spec)
    canvas.text(bars, 10, ", ".join(one for one in (spend.title, spend.unit) if one), palette.QUIET)
    canvas.text(stage, 24, "China, stage", palette.QUIET)
    bottom = top + row_height * len(spec.rows)
    for axis, start, wide in ((percent, left, plot), (spend, bars, bar_width)):
        for value, words in axis.ticks:
            x = along(axis, start, wide, value)
            canvas.line(x, top - 2, x, bottom, palette.LINE, 0.8)
            canvas.text(x, 24, words, palette.QUIET, anchor="middle")
    for at, row in enumerate(spec.rows):
        y = top + row_height * (at + 0.5)
        canvas.text(0, y + 3.2, row.symbol, bold=True)
        # a name with its form is set smaller before it is cut
        size = next((one for one in NAMES if text_width(row.label, one) <= left - 30), NAMES[-1])
        canvas.text(24, y + 3.2, clip(row.label, left - 30, size), size=size)
        _dumbbell_marks(canvas, row, percent, left, plot, y)
        _stage_words(canvas, stage, y + 3.2, row.notes[0], bars - stage - 8)
        end = bars
        for mark in row.marks:
            if mark.panel == 1:
                low, high = (along(spend, bars, bar_width, one) for one in (mark.low, mark.high))
                canvas.box(low, y - 4.5, high - low, 9, mark.style, palette.ROLES[mark.role])
                end = max(end, high)
        canvas.text(end + 5, y + 3.2, row.notes[1], palette.QUIET)


def _dumbbell_head(canvas: Canvas, x: float, spec: FigureSpec) -> None:
    colour = palette.ROLES
    canvas.dot(x + 3, 7, 3, "solid", colour["reliance"])
    canvas.text(x + 10, 10, "Net import reliance", colour["reliance"], bold=True)
    at = x + 14 + text_width("Net import reliance", 9.6)
    canvas.text(at, 10, "and", palette.QUIET)
    canvas.diamond(at + 25, 7, 3.6, "solid", colour["china"])
    canvas.text(at + 32, 10, f"China share, {spec.axes[0].unit}", colour["china"], bold=True)


def _dumbbell_marks(
    canvas: Canvas, row: FigureRow, axis: Axis, left: float, plot: float, y: float
) -> None:
    """Dot and diamond apart where they would cover each other; whiskers for ranges."""
    marks = [mark for mark in row.marks if mark.panel == 0]
    dots = [one for one in marks if one.shape == "dot" and one.style == "solid"]
    gems = [one for one in marks if one.shape == "diamond" and one.style == "solid"]
    close = bool(dots and gems and abs(dots[0].low - gems[0].low) < 3)
    for mark in marks:
        colour = palette.ROLES[mark.role]
        low, high = (along(axis, left, plot, one) for one in (mark.low, mark.high))
        if mark.shape == "line":
            canvas.line(low, y, high, y, palette.LINE_STRONG, 1.0)
        elif mark.shape == "whisker":
            whisker(canvas, low, high, y, colour)
        elif mark.shape == "dot":
            canvas.dot(low, y - (4 if close else 0), 3.4, mark.style, colour)
            if mark.label == "E":
                canvas.text(low + 7, y + 3, "E", palette.QUIET, 8)
        elif mark.shape == "diamond":
            canvas.diamond(low, y + (4 if close and mark.style == "solid" else 0), 3.8,
                           mark.style, colour)  # fmt: skip
        elif mark.shape == "tick":
            canvas.line(left, y, left + plot, y, palette.LINE_STRONG, 0.8, "1 3")
            canvas.text(left + 4, y - 2, mark.label, palette.QUIET, 7.5)


def _stage_words(canvas: Canvas, x: float, y: float, note: str, width: float) -> None:
    figure, blank, rest = note.partition(" ")
    if not blank or not figure[:1].isdigit():
        canvas.text(x, y, clip(note, width), palette.QUIET)
        return
    canvas.text(x, y, figure)
    offset = text_width(figure, 9.3) + 5
    if text_width(rest) > width - offset:
        rest = rest.partition(" (")[0]  # what explains the stage goes before it is cut
    canvas.text(x + offset, y, clip(rest, width - offset), palette.QUIET)


def _bars(canvas: Canvas, spec: FigureSpec) -> None:
    """Rows of bars on one axis: Pareto, waterfall, supply lost, scores, calendar."""
    axis = spec.axes[0]
    longest = max((text_width(row.label, 9.5) for row in spec.rows), default=60.0)
    symbol = 26.0 if any(row.symbol and len(row.symbol) < 4 for row in spec.rows) else 0.0
    left = min(longest + 14, canvas.width * 0.48) + symbol
    count = max((len(row.notes) for row in spec.rows), default=0)
    columns = [
        max(text_width(row.notes[at]) for row in spec.rows if len(row.notes) > at) + 12
        for at in range(count)
    ]
    notes = sum(columns)
    right = canvas.width - min(notes + 10, canvas.width * 0.38)
    bars = right - left
    row_height, top = 17.0, 30.0
    bottom = top + row_height * len(spec.rows)
    title = f"{axis.title}, {axis.unit}" if axis.unit else axis.title
    canvas.text(left, 10, title, palette.QUIET)
    for value, words in axis.ticks:
        x = along(axis, left, bars, value)
        canvas.line(x, top - 2, x, bottom, palette.LINE, 0.8)
        canvas.text(x, 24, words, palette.QUIET, anchor="middle")
    for at, row in enumerate(spec.rows):
        y = top + row_height * (at + 0.5)
        if symbol:
            canvas.text(0, y + 3.2, row.symbol, bold=True)
        canvas.text(symbol, y + 3.2, clip(row.label, left - symbol - 8, 9.5), size=9.5)
        _row_bars(canvas, row, axis, left, bars, y)
        x = right + 8
        for note, wide in zip(row.notes, columns, strict=False):
            canvas.text(x, y + 3.2, clip(note, canvas.width - x), palette.QUIET)
            x += wide
    for value, words in spec.lines_x:
        x = along(axis, left, bars, value)
        canvas.line(x, top - 2, x, bottom, palette.ROLES["accent"], 2)
        canvas.text(x, bottom + 11, words, palette.ROLES["accent"], 8, "middle")


def _row_bars(
    canvas: Canvas, row: FigureRow, axis: Axis, left: float, bars: float, y: float
) -> None:
    """The bars of one row; bars with names of their own (direct, world) stand under each other."""
    named = list(dict.fromkeys(mark.label for mark in row.marks if mark.label))
    high = 9.0 if len(named) < 2 else 9.0 / len(named)
    for mark in row.marks:
        low, end = (along(axis, left, bars, one) for one in (mark.low, mark.high))
        shift = named.index(mark.label) * (high + 1) if len(named) > 1 and mark.label else 0.0
        if mark.shape == "bar":
            canvas.box(low, y - 4.5 + shift, end - low, high, mark.style, palette.ROLES[mark.role])
        elif mark.shape == "whisker":
            whisker(canvas, low, end, y, palette.ROLES[mark.role])


def _heat(canvas: Canvas, spec: FigureSpec) -> None:
    """Cells with a figure in each; heads slanted by room, never cut without an ellipsis."""
    left = min(max((text_width(one, 9.5) for one in spec.row_labels), default=60) + 12, 130.0)
    count = max(len(spec.column_labels), 1)
    wide = min((canvas.width - left) / count, 92.0)
    high = 18.0
    heads = [wrapped(label, wide - 6, 8)[:HEAT_HEAD_LINES] for label in spec.column_labels]
    top = 8.0 + 10 * max((len(lines) for lines in heads), default=1)
    for at, lines in enumerate(heads):
        for offset, words in enumerate(lines):
            y = top - 8 - 10 * (len(lines) - 1 - offset)
            middle = left + wide * (at + 0.5)
            canvas.text(middle, y, clip(words, wide - 4, 8), palette.QUIET, 8, "middle")
    for at, label in enumerate(spec.row_labels):
        canvas.text(0, top + high * (at + 0.5) + 3.2, clip(label, left - 10, 9.5), size=9.5)
    for cell in spec.cells:
        x, y = left + wide * cell.column, top + high * cell.row
        if cell.step < 0:
            canvas.box(x + 1, y + 1, wide - 2, high - 2, "outline", palette.LINE)
        else:
            canvas.area(x + 1, y + 1, wide - 2, high - 2, palette.SEQUENCE[cell.step])
            canvas.text(x + wide / 2, y + high / 2 + 3, clip(cell.label, wide - 4, 8.5),
                        palette.SEQUENCE_TEXT[cell.step], 8.5, "middle")  # fmt: skip
        if cell.unknown:
            canvas.line(x + wide - 8, y + 3, x + wide - 3, y + 3, palette.QUIET, 1, "1 1")
    canvas.bottom = top + high * len(spec.row_labels) + 2


def _curves(canvas: Canvas, spec: FigureSpec) -> None:
    """Step lines, labelled at their right end."""
    x_axis, y_axis = spec.axes
    left, top, right = 40.0, 26.0, canvas.width - 110
    high = 220.0
    bottom = top + high
    for value, words in x_axis.ticks:
        x = along(x_axis, left, right - left, value)
        canvas.line(x, top, x, bottom, palette.LINE, 0.8)
        canvas.text(x, bottom + 12, words, palette.QUIET, anchor="middle")
    for value, words in y_axis.ticks:
        y = bottom - along(y_axis, 0, high, value)
        canvas.line(left, y, right, y, palette.LINE, 0.8)
        canvas.text(left - 6, y + 3, words, palette.QUIET, anchor="end")
    canvas.text(left, 12, f"{y_axis.title}, {y_axis.unit}", palette.QUIET)
    canvas.text(right, bottom + 26, f"{x_axis.title}, {x_axis.unit}", palette.QUIET, anchor="end")
    dashes = ("", "5 2", "2 2", "7 2 2 2")
    taken: list[float] = []
    for series in spec.series:
        points: list[tuple[float, float]] = []
        for x, value in zip(series.xs, series.low, strict=True):
            at = (along(x_axis, left, right - left, x), bottom - along(y_axis, 0, high, value))
            if series.step and points:
                points.append((at[0], points[-1][1]))
            points.append(at)
        colour = palette.ROLES[series.role]
        canvas.path(points, colour, 2.2 if series.role == "china" else 1.4, dashes[series.dash])
        y = points[-1][1] + 3
        while any(abs(y - other) < 11 for other in taken):
            y -= 11
        taken.append(y)
        canvas.text(right + 6, y, clip(series.label, 104), colour)
    for value, words in spec.lines_x:
        x = along(x_axis, left, right - left, value)
        canvas.line(x, top, x, bottom, palette.ROLES["accent"], 1.6)
        canvas.text(x + 4, top + 9, words, palette.ROLES["accent"], 8)
    canvas.bottom = bottom + 30


_DRAWERS: dict[str, Callable[[Canvas, FigureSpec], None]] = {
    "dumbbell": _dumbbell,
    "quadrant": quadrant,
    "pareto": _bars,
    "waterfall": _bars,
    "supply-lost": _bars,
    "scores": _bars,
    "calendar": _bars,
    "heat": _heat,
    "rank-strip": _heat,
    "one-out": _curves,
}
