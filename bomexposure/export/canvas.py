"""What the charts of files are drawn with: lines, bars, marks and words as SVG elements.

Nothing is measured with a font: widths of texts are estimated, and labels keep a margin. Numbers
are rounded, so that the same figure always gives the same bytes.
"""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from bomexposure.export import palette
from bomexposure.present.specs import Axis

FONT = "Inter, 'Noto Sans CJK JP', sans-serif"


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


def along(axis: Axis, left: float, width: float, value: float) -> float:
    """Where a value lies on an axis that starts at `left` and is `width` long."""
    span = axis.high - axis.low
    share = (min(max(value, axis.low), axis.high) - axis.low) / span if span else 0.0
    return left + share * width


def whisker(canvas: Canvas, low: float, high: float, y: float, colour: str) -> None:
    canvas.line(low, y, high, y, colour, 2.0)
    for x in (low, high):
        canvas.line(x, y - 3.5, x, y + 3.5, colour, 2.0)
