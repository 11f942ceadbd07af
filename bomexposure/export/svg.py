"""A figure as SVG text: the vector charts of the PDF and the files a user exports.

One drawer per kind, all from the same few primitives, in a fixed order and with rounded numbers,
so that the same figure always gives the same bytes. Nothing is measured with a font: widths of
texts are estimated, and labels keep a margin.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from bomexposure.export import palette
from bomexposure.present.specs import Axis, FigureRow, FigureSpec

HEAT_HEAD_LINES = 4
FONT = "Inter, 'Noto Sans CJK JP', sans-serif"


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


class Canvas:
    """Collects SVG elements; `bottom` is the lowest point drawn."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.bottom = 0.0
        self._parts: list[str] = []
        self._hatches: dict[str, str] = {}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = palette.TEXT,
        size: float = 9.0,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Words with their baseline at y."""
        weight = ' font-weight="600"' if bold else ""
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" fill="{colour}" font-size="{_n(size)}"{weight}{side}>'
            f"{escape(words)}</text>"
        )
        self.bottom = max(self.bottom, y + size * 0.3)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, wide: float = 1.0,
        dash: str = "",
    ) -> None:  # fmt: skip
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
            f'stroke-width="{_n(wide)}"{dashes}/>'
        )
        self.bottom = max(self.bottom, y1, y2)

    def box(self, x: float, y: float, wide: float, high: float, style: str, colour: str) -> None:
        """A bar in one of the certainty styles."""
        fill, stroke, dash = colour, "none", ""
        if style == "hatch":
            fill, stroke = self._hatch(colour), colour
        elif style in ("outline", "dashed", "dotted"):
            fill, stroke = "none", colour
            dash = {"outline": "", "dashed": "3 2", "dotted": "1 2"}[style]
        elif style == "pale":
            fill = palette.SUNKEN
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        edge = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="0.8"{dashes}'
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(wide, 0.8))}" height="{_n(high)}" '
            f'fill="{fill}"{edge}/>'
        )
        self.bottom = max(self.bottom, y + high)

    def dot(self, x: float, y: float, radius: float, style: str, colour: str) -> None:
        fill = palette.SURFACE if style != "solid" else colour
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" '
            f'stroke="{colour}" stroke-width="1.2"/>'
        )
        self.bottom = max(self.bottom, y + radius)

    def bubble(self, x: float, y: float, radius: float, colour: str) -> None:
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{colour}" '
            f'fill-opacity="0.16" stroke="{colour}" stroke-width="1"/>'
        )

    def diamond(self, x: float, y: float, radius: float, style: str, colour: str) -> None:
        fill = palette.SURFACE if style != "solid" else colour
        r = radius
        points = f"{_n(x)},{_n(y - r)} {_n(x + r)},{_n(y)} {_n(x)},{_n(y + r)} {_n(x - r)},{_n(y)}"
        self._parts.append(
            f'<polygon points="{points}" fill="{fill}" stroke="{colour}" stroke-width="1.1"/>'
        )

    def path(self, points: list[tuple[float, float]], colour: str, wide: float, dash: str) -> None:
        told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{_n(wide)}"'
            f"{dashes}/>"
        )

    def area(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A plain filled rectangle."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}" '
            f'fill="{colour}"/>'
        )
        self.bottom = max(self.bottom, y + high)

    def _hatch(self, colour: str) -> str:
        name = f"h{colour[1:]}"
        self._hatches[name] = (
            f'<pattern id="{name}" width="3.6" height="3.6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="3.6" height="3.6" fill="#FFFFFF"/>'
            f'<line x1="0" y1="0" x2="0" y2="3.6" stroke="{colour}" stroke-width="1.8"/></pattern>'
        )
        return f"url(#{name})"

    def finished(self, alt: str, title: str = "", caption: str = "") -> str:
        """The whole document, with a title above and a caption below where they are given."""
        body, height = "".join(self._parts), self.bottom + 2
        if title:
            self._parts = []
            self.text(0, 14, title, size=12, bold=True)
            y = height + 40
            for line in wrapped(caption, self.width):
                self.text(0, y, line, palette.QUIET, 8.5)
                y += 12
            body = f'{"".join(self._parts)}<g transform="translate(0 24)">{body}</g>'
            height = y
        hatches = "".join(self._hatches[name] for name in sorted(self._hatches))
        defs = f"<defs>{hatches}</defs>" if hatches else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(height)}" '
            f'width="{_n(self.width)}" height="{_n(height)}" font-family={quoteattr(FONT)} '
            f'role="img"><title>{escape(alt)}</title>{defs}{body}</svg>\n'
        )


def _n(value: float) -> str:
    """A coordinate with two decimals at most."""
    words = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if words == "-0" else words


def text_width(words: str, size: float = 9.0) -> float:
    """About how wide words are set: wide letters of East Asia a full em, others 0.56 em."""
    ems = sum(
        1.0 if unicodedata.east_asian_width(one) in "WF" else 0.3 if one in "iljtf.,:;' |" else 0.58
        for one in words
    )
    return ems * size


def wrapped(words: str, width: float, size: float = 8.5) -> list[str]:
    """Words broken into lines of a width."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def clip(words: str, width: float, size: float = 9.0) -> str:
    """Words cut to a width, with an ellipsis where something was cut."""
    if text_width(words, size) <= width:
        return words
    cut = words
    while cut and text_width(f"{cut}…", size) > width:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _legend(canvas: Canvas, spec: FigureSpec) -> None:
    """One line of shapes and words below the figure, wrapped where it is too long."""
    x, y = 0.0, canvas.bottom + 14
    for shape, style, role, words in spec.legend:
        wide = text_width(words, 8.5) + 32
        if x and x + wide > canvas.width:
            x, y = 0.0, y + 13
        colour = palette.ROLES[role]
        if shape == "dot":
            canvas.dot(x + 4, y - 3, 3, style, colour)
        elif shape == "diamond":
            canvas.diamond(x + 4, y - 3, 3.6, style, colour)
        elif shape == "whisker":
            _whisker(canvas, x, x + 14, y - 3, colour)
        else:
            canvas.box(x, y - 6.5, 14, 7, style, colour)
        canvas.text(x + (12 if shape in ("dot", "diamond") else 19), y, words, palette.QUIET, 8.5)
        x += wide
    if spec.legend:
        canvas.bottom = y + 4


def _at(axis: Axis, left: float, width: float, value: float) -> float:
    span = axis.high - axis.low
    share = (min(max(value, axis.low), axis.high) - axis.low) / span if span else 0.0
    return left + share * width


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
            x = _at(axis, start, wide, value)
            canvas.line(x, top - 2, x, bottom, palette.LINE, 0.8)
            canvas.text(x, 24, words, palette.QUIET, anchor="middle")
    for at, row in enumerate(spec.rows):
        y = top + row_height * (at + 0.5)
        canvas.text(0, y + 3.2, row.symbol, bold=True)
        canvas.text(24, y + 3.2, clip(row.label, left - 34), size=9.5)
        _dumbbell_marks(canvas, row, percent, left, plot, y)
        _stage_words(canvas, stage, y + 3.2, row.notes[0], bars - stage - 8)
        end = bars
        for mark in row.marks:
            if mark.panel == 1:
                low, high = (_at(spend, bars, bar_width, one) for one in (mark.low, mark.high))
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
        low, high = (_at(axis, left, plot, one) for one in (mark.low, mark.high))
        if mark.shape == "line":
            canvas.line(low, y, high, y, palette.LINE_STRONG, 1.0)
        elif mark.shape == "whisker":
            _whisker(canvas, low, high, y, colour)
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


def _whisker(canvas: Canvas, low: float, high: float, y: float, colour: str) -> None:
    canvas.line(low, y, high, y, colour, 2.0)
    for x in (low, high):
        canvas.line(x, y - 3.5, x, y + 3.5, colour, 2.0)


def _stage_words(canvas: Canvas, x: float, y: float, note: str, width: float) -> None:
    figure, blank, rest = note.partition(" ")
    if not blank or not figure[:1].isdigit():
        canvas.text(x, y, clip(note, width), palette.QUIET)
        return
    canvas.text(x, y, figure)
    offset = text_width(figure, 9.3) + 5
    canvas.text(x + offset, y, clip(rest, width - offset), palette.QUIET)


def _quadrant(canvas: Canvas, spec: FigureSpec) -> None:
    """Bubbles with whiskers; labels placed where they do not cover each other."""
    x_axis, y_axis = spec.axes
    left, top, margin = 44.0, 18.0, 16.0
    wide = canvas.width - left - 36
    high = min(wide * 0.62, 330.0)
    right, bottom = left + wide, top + high
    plot_left, plot_wide = left + margin, wide - 2 * margin
    plot_top, plot_high = top + margin, high - 2 * margin

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _at(x_axis, plot_left, plot_wide, x),
            plot_top + plot_high - (_at(y_axis, 0, plot_high, y)),
        )

    middle = place(50, 50)
    canvas.area(middle[0], top, right - middle[0], middle[1] - top, "#FBE9DC")
    for value, words in x_axis.ticks:
        x, _ = place(value, 0)
        canvas.line(x, top, x, bottom, palette.LINE, 0.8)
        canvas.text(x, bottom + 12, words, palette.QUIET, anchor="middle")
    for value, words in y_axis.ticks:
        _, y = place(0, value)
        canvas.line(left, y, right, y, palette.LINE, 0.8)
        canvas.text(left - 6, y + 3, words, palette.QUIET, anchor="end")
    canvas.text(left, 10, f"{y_axis.title}, {y_axis.unit}", palette.ROLES["china"], bold=True)
    canvas.text(right, bottom + 26, f"{x_axis.title}, {x_axis.unit}", palette.ROLES["reliance"],
                anchor="end", bold=True)  # fmt: skip
    largest = max((point.size for point in spec.points), default=0.0) or 1.0
    for point in sorted(spec.points, key=lambda one: -one.size):
        (x1, y1), (x2, y2) = place(point.x_low, point.y_low), place(point.x_high, point.y_high)
        if x2 > x1:
            _whisker(canvas, x1, x2, y1, palette.LINE_STRONG)
        if y1 > y2:
            canvas.line(x1, y1, x1, y2, palette.LINE_STRONG, 2.0)
        canvas.bubble(x1, y1, max(2.2, 20 * (point.size / largest) ** 0.5), palette.QUIET)
    _labels(
        canvas,
        [
            (
                *place(one.x_low, one.y_low),
                max(2.2, 20 * (one.size / largest) ** 0.5),
                one.label,
                one.x_high > one.x_low,
            )
            for one in spec.points
        ],
    )
    for _, label, x in spec.rug:
        at = place(x, 0)[0]
        canvas.line(at, bottom, at, bottom - 6, palette.QUIET, 1.2)
        canvas.text(at, bottom - 8, label, palette.QUIET, 7.5, "middle")
    canvas.bottom = bottom + 30


def _labels(canvas: Canvas, wanted: list[tuple[float, float, float, str, bool]]) -> None:
    """Labels (x, y, radius, words, ranged) beside their points; those that clash are joined.

    A point with a whisker to its right has its label above the whisker.
    """
    groups: list[tuple[float, float, float, list[str], bool]] = []
    for x, y, radius, label, ranged in wanted:
        for at, (other_x, other_y, other_radius, labels, other) in enumerate(groups):
            if abs(other_x - x) < 24 and abs(other_y - y) < 11:
                joined = (max(radius, other_radius), [*labels, label], ranged or other)
                groups[at] = (other_x, other_y, *joined)
                break
        else:
            groups.append((x, y, radius, [label], ranged))
    for x, y, radius, labels, ranged in groups:
        lines = [" ".join(labels[at : at + 4]) for at in range(0, len(labels), 4)]
        size = max(text_width(one, 8.5) for one in lines)
        left = x + radius + size + 8 > canvas.width - 4
        anchor, shift = ("end", -radius - 4) if left else ("start", radius + 4)
        lift = -7 if ranged else 0
        for at, words in enumerate(lines):
            down = 3 + lift + 10 * (at - (len(lines) - 1) / 2)
            canvas.text(x + shift, y + down, words, size=8.5, anchor=anchor)


def _bars(canvas: Canvas, spec: FigureSpec) -> None:
    """Rows of bars on one axis: Pareto, waterfall, supply lost, scores, calendar."""
    axis = spec.axes[0]
    longest = max((text_width(row.label, 9.5) for row in spec.rows), default=60.0)
    symbol = 26.0 if any(row.symbol and len(row.symbol) < 4 for row in spec.rows) else 0.0
    left = min(longest + 14, canvas.width * 0.42) + symbol
    notes = max((sum(text_width(one) + 12 for one in row.notes) for row in spec.rows), default=0)
    right = canvas.width - min(notes + 10, canvas.width * 0.34)
    bars = right - left
    row_height, top = 17.0, 30.0
    bottom = top + row_height * len(spec.rows)
    title = f"{axis.title}, {axis.unit}" if axis.unit else axis.title
    canvas.text(left, 10, title, palette.QUIET)
    for value, words in axis.ticks:
        x = _at(axis, left, bars, value)
        canvas.line(x, top - 2, x, bottom, palette.LINE, 0.8)
        canvas.text(x, 24, words, palette.QUIET, anchor="middle")
    for at, row in enumerate(spec.rows):
        y = top + row_height * (at + 0.5)
        if symbol:
            canvas.text(0, y + 3.2, row.symbol, bold=True)
        canvas.text(symbol, y + 3.2, clip(row.label, left - symbol - 8, 9.5), size=9.5)
        _row_bars(canvas, row, axis, left, bars, y)
        x = right + 8
        for note in row.notes:
            canvas.text(x, y + 3.2, note, palette.QUIET)
            x += text_width(note) + 12
    for value, words in spec.lines_x:
        x = _at(axis, left, bars, value)
        canvas.line(x, top - 2, x, bottom, palette.ROLES["accent"], 2)
        canvas.text(x, bottom + 11, words, palette.ROLES["accent"], 8, "middle")


def _row_bars(
    canvas: Canvas, row: FigureRow, axis: Axis, left: float, bars: float, y: float
) -> None:
    """The bars of one row; bars with names of their own (direct, world) stand under each other."""
    named = list(dict.fromkeys(mark.label for mark in row.marks if mark.label))
    high = 9.0 if len(named) < 2 else 9.0 / len(named)
    for mark in row.marks:
        low, end = (_at(axis, left, bars, one) for one in (mark.low, mark.high))
        shift = named.index(mark.label) * (high + 1) if len(named) > 1 and mark.label else 0.0
        if mark.shape == "bar":
            canvas.box(low, y - 4.5 + shift, end - low, high, mark.style, palette.ROLES[mark.role])
        elif mark.shape == "whisker":
            _whisker(canvas, low, end, y, palette.ROLES[mark.role])


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
        x = _at(x_axis, left, right - left, value)
        canvas.line(x, top, x, bottom, palette.LINE, 0.8)
        canvas.text(x, bottom + 12, words, palette.QUIET, anchor="middle")
    for value, words in y_axis.ticks:
        y = bottom - _at(y_axis, 0, high, value)
        canvas.line(left, y, right, y, palette.LINE, 0.8)
        canvas.text(left - 6, y + 3, words, palette.QUIET, anchor="end")
    canvas.text(left, 12, f"{y_axis.title}, {y_axis.unit}", palette.QUIET)
    canvas.text(right, bottom + 26, f"{x_axis.title}, {x_axis.unit}", palette.QUIET, anchor="end")
    dashes = ("", "5 2", "2 2", "7 2 2 2")
    taken: list[float] = []
    for series in spec.series:
        points: list[tuple[float, float]] = []
        for x, value in zip(series.xs, series.low, strict=True):
            at = (_at(x_axis, left, right - left, x), bottom - _at(y_axis, 0, high, value))
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
        x = _at(x_axis, left, right - left, value)
        canvas.line(x, top, x, bottom, palette.ROLES["accent"], 1.6)
        canvas.text(x + 4, top + 9, words, palette.ROLES["accent"], 8)
    canvas.bottom = bottom + 30


_DRAWERS: dict[str, Callable[[Canvas, FigureSpec], None]] = {
    "dumbbell": _dumbbell,
    "quadrant": _quadrant,
    "pareto": _bars,
    "waterfall": _bars,
    "supply-lost": _bars,
    "scores": _bars,
    "calendar": _bars,
    "heat": _heat,
    "rank-strip": _heat,
    "one-out": _curves,
}
