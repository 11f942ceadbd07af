"""China's share by import reliance as SVG: bubbles whose names do not cover each other."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.export import palette
from bomexposure.export.canvas import Canvas, along, text_width, whisker
from bomexposure.present.specs import FigureSpec

SIZE, LINE = 8.5, 10.0
"""Of the names, and the height of a line of them."""
NEAR = 9.0
"""Bubbles closer than this in both directions are named together."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def quadrant(canvas: Canvas, spec: FigureSpec) -> None:
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
            along(x_axis, plot_left, plot_wide, x),
            plot_top + plot_high - (along(y_axis, 0, plot_high, y)),
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
    spots = []
    for point in sorted(spec.points, key=lambda one: -one.size):
        (x1, y1), (x2, y2) = place(point.x_low, point.y_low), place(point.x_high, point.y_high)
        if x2 > x1:
            whisker(canvas, x1, x2, (y1 + y2) / 2, palette.LINE_STRONG)
        if y1 > y2:
            canvas.line((x1 + x2) / 2, y1, (x1 + x2) / 2, y2, palette.LINE_STRONG, 2.0)
        radius = max(2.2, 20 * (point.size / largest) ** 0.5)
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        canvas.bubble(x, y, radius, palette.QUIET)
        spots.append(Spot(x, y, radius, [point.label], x2 > x1))
    _names(canvas, _joined(spots), (left, top, canvas.width - 2, bottom))
    for _, label, at_x in spec.rug:
        at = place(at_x, 0)[0]
        canvas.line(at, bottom, at, bottom - 6, palette.QUIET, 1.2)
        canvas.text(at, bottom - 8, label, palette.QUIET, 7.5, "middle")
    canvas.bottom = bottom + 30


@dataclass(slots=True)
class Spot:
    """One bubble, or several in one place under one name; `ranged` has a whisker in x."""

    x: float
    y: float
    radius: float
    labels: list[str]
    ranged: bool


def _joined(spots: list[Spot]) -> list[Spot]:
    """Bubbles that nearly cover each other share a name."""
    made: list[Spot] = []
    for spot in spots:
        for other in made:
            if abs(other.x - spot.x) < NEAR and abs(other.y - spot.y) < NEAR:
                other.labels += spot.labels
                other.ranged = other.ranged or spot.ranged
                break
        else:
            made.append(spot)
    return made


def _names(canvas: Canvas, spots: list[Spot], room: Box) -> None:
    """Each name in the first place beside its bubble that covers nothing, else the least bad.

    The crowd at the right goes first: it has the fewest places to choose from.
    """
    marks = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    taken: list[Box] = []
    for spot in sorted(spots, key=lambda one: (-one.x, one.y)):
        words = " ".join(spot.labels[:6]) + (f" +{len(spot.labels) - 6}" * (len(spot.labels) > 6))
        wide = text_width(words, SIZE)
        others = [one for one, own in zip(marks, spots, strict=True) if own is not spot]

        def cost(box: Box, others: list[Box] = others) -> float:
            outside = max(0.0, room[0] - box[0]) + max(0.0, box[2] - room[2])
            outside += max(0.0, room[1] - box[1]) + max(0.0, box[3] - room[3])
            covered = sum(_overlap(box, one) for one in taken) * 4
            return covered + sum(_overlap(box, one) for one in others) + outside * 50

        best = min(_places(spot, wide), key=cost)
        taken.append(best)
        canvas.text(best[0], best[3] - 2.5, words, size=SIZE)


def _places(spot: Spot, wide: float) -> list[Box]:
    """Where a name can stand, best first: in a large bubble, beside, above, below, at corners."""
    x, y, r = spot.x, spot.y, spot.radius
    half, corner = LINE / 2, r * 0.75
    beside = [(x + r + 3, y - half), (x - r - 3 - wide, y - half)]
    level = [(x - wide / 2, y - r - LINE - 1), (x - wide / 2, y + r + 1)]
    corners = [
        (x + corner, y - corner - LINE), (x - corner - wide, y - corner - LINE),
        (x + corner, y + corner), (x - corner - wide, y + corner),
    ]  # fmt: skip
    starts = [*level, *corners, *beside] if spot.ranged else [*beside, *level, *corners]
    if 2 * r > max(wide + 4, LINE + 4) and not spot.ranged and len(spot.labels) == 1:
        starts.insert(0, (x - wide / 2, y - half))
    return [(left, top, left + wide, top + LINE) for left, top in starts]


def _overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
