"""Where names go on a plot: beside their marks, never over each other, else on a leader line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from bomexposure.gui.charts.text import put, width_of
from bomexposure.gui.theme import Theme

REACHES = (16.0, 28.0, 42.0, 58.0, 78.0, 100.0)
"""Distances beyond a mark's edge at which a place is tried when none beside it is free, px."""
TURNS = 16
NEAR = 6.0
"""A name further from its mark than this gets a leader line, px."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark that wants its name written: where it is, how large, and in which font."""

    words: str
    at: QPointF
    radius: float
    font: QFont
    inside: bool = False
    """Whether the name may stand inside the mark."""
    above: bool = False
    """Whether places above and below come before those beside it, as for marks with ranges in x."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its place; `leader` runs from the mark's edge to the box, None where near."""

    spot: Spot
    box: QRectF
    leader: tuple[QPointF, QPointF] | None


def place_labels(
    spots: Sequence[Spot],
    plot: QRectF,
    height: float,
    taken: Sequence[QRectF] = (),
    barred: Callable[[int, QRectF], bool] = lambda _at, _box: False,
) -> list[Label]:
    """A free place for each name, in the order given; one that finds none is left out.

    `taken` are boxes that no name may cover, `barred` says so of the box of the spot at a
    position. Small marks are kept free as well.
    """
    blocked = list(taken)
    marks = [
        QRectF(s.at.x() - s.radius, s.at.y() - s.radius, 2 * s.radius, 2 * s.radius) for s in spots
    ]
    made: list[Label] = []
    for number, spot in enumerate(spots):
        width = width_of(spot.words, spot.font) + 4
        others = [
            mark for at, mark in enumerate(marks) if at != number and spots[at].radius < height
        ]
        for box in _candidates(spot, width, height):
            if not plot.contains(box):
                continue
            if any(box.intersects(one) for one in (*blocked, *others)) or barred(number, box):
                continue
            blocked.append(box)
            made.append(Label(spot, box, _leader(spot, box)))
            break
    return made


def _candidates(spot: Spot, width: float, height: float) -> list[QRectF]:
    r, x, y = spot.radius, spot.at.x(), spot.at.y()
    made = []
    if spot.inside and 2 * r > width + 2:
        made.append(QRectF(x - width / 2, y - height / 2, width, height))
    corner = r * 0.72 + 1
    beside = [
        QRectF(x + r + 2, y - height / 2, width, height),
        QRectF(x - r - width - 2, y - height / 2, width, height),
    ]
    level = [
        QRectF(x - width / 2, y - r - height - 1, width, height),
        QRectF(x - width / 2, y + r + 1, width, height),
        QRectF(x - r, y - r - height - 1, width, height),
        QRectF(x - r, y + r + 1, width, height),
    ]
    made += [*level, *beside] if spot.above else [*beside, *level[:2]]
    made += [
        QRectF(x + corner, y - corner - height, width, height),
        QRectF(x - corner - width, y - corner - height, width, height),
        QRectF(x + corner, y + corner, width, height),
        QRectF(x - corner - width, y + corner, width, height),
    ]
    for reach in REACHES:
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            cx = x + math.cos(angle) * (r + reach + width / 2)
            cy = y + math.sin(angle) * (r + reach)
            made.append(QRectF(cx - width / 2, cy - height / 2, width, height))
    return made


def _leader(spot: Spot, box: QRectF) -> tuple[QPointF, QPointF] | None:
    end = QPointF(
        min(max(spot.at.x(), box.left()), box.right()),
        min(max(spot.at.y(), box.top() + 2), box.bottom() - 2),
    )
    reach = math.hypot(end.x() - spot.at.x(), end.y() - spot.at.y())
    if reach <= spot.radius + NEAR:
        return None
    part = spot.radius / reach
    return spot.at + (end - spot.at) * part, end


def paint_labels(painter: QPainter, labels: Sequence[Label], theme: Theme) -> None:
    """Leader lines first, then the names, each on a shade of the ground to keep lines behind."""
    painter.save()
    painter.setPen(QPen(QColor(theme.text_2), 0.8))
    for one in labels:
        if one.leader is not None:
            painter.drawLine(*one.leader)
    back = QColor(theme.surface)
    back.setAlphaF(0.72)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    for one in labels:
        if not one.spot.inside or one.leader is not None:
            painter.drawRoundedRect(one.box.adjusted(0, 2, 0, -1), 2, 2)
    for one in labels:
        put(painter, one.box.left() + 2, one.box.top(), one.box.height(), one.spot.words,
            one.spot.font, theme.text)  # fmt: skip
    painter.restore()
