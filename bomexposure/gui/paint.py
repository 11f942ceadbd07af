"""Small marks drawn the same everywhere: in cells, panels, charts and exported pictures.

Each function takes a painter, a rectangle, plain values and a Theme; none reads a widget. Certain
is solid, likely hatched or outlined, possible dashed; unknown is a word, never an empty cell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from bomexposure.gui.theme import Theme, Type


@dataclass(frozen=True, slots=True)
class Chip:
    """One mineral of a line, ready to draw.

    Attributes:
        supply: 'acute' (index at least the threshold), 'maybe' (only its high bound),
            'reliant' (reliance at least 50 %), or 'plain'.
        presence: 'certain', 'likely' or 'possible'.
        partly: part of the element comes from the listed commodity.
        spoken: accessible text, such as "Dysprosium, certain, index 100".
    """

    mineral: str
    symbol: str
    supply: str
    presence: str
    partly: bool = False
    spoken: str = ""


@lru_cache(maxsize=64)
def hatch(color: str, ratio: float = 1.0, bold: bool = False) -> QBrush:
    """A 45 degree hatch with a 4 px pitch; Qt's own patterns have a fixed coarse one."""
    pitch = 4
    size = max(4, round(pitch * ratio))
    tile = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), (1.9 if bold else 1.25) * size / pitch))
    for shift in (-size, 0, size):
        painter.drawLine(QPointF(shift - 1, size + 1), QPointF(shift + size + 1, -1))
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(pitch / size, pitch / size))
    return brush


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return float(device.devicePixelRatioF()) if device is not None else 1.0


def chip_width(chip: Chip, font: QFont, scale: float = 1.0) -> float:
    """Width that `paint_chip` needs; at least 26 px of the 100 % design."""
    text = chip.symbol + ("½" if chip.partly else "")
    return max(26.0 * scale, QFontMetricsF(font).horizontalAdvance(text) + 14 * scale)


def paint_chip(
    painter: QPainter, rect: QRectF, chip: Chip, theme: Theme, font: QFont, *, faded: bool = False
) -> None:
    """One mineral chip: fill and left bar say supply, the border says presence."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if faded:
        painter.setOpacity(0.35)
    shape = QPainterPath()
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    shape.addRoundedRect(inner, 4, 4)
    fill = {
        "acute": theme.china_tint,
        "maybe": theme.china_tint,
        "reliant": theme.reliance_tint,
    }.get(chip.supply, theme.chip_plain)
    if chip.presence == "certain":
        painter.fillPath(shape, QColor(fill))
    else:
        painter.fillPath(shape, QColor(theme.surface))
        pen = QPen(QColor(theme.line_strong), 1.2)
        if chip.presence == "possible":
            pen.setDashPattern([2.5, 2.0])
        painter.strokePath(shape, pen)
    if chip.supply in ("acute", "maybe"):
        painter.save()
        painter.setClipPath(shape)
        bar = QRectF(inner.left(), inner.top(), 3.5, inner.height())
        if chip.supply == "acute":
            painter.fillRect(bar, QColor(theme.china))
        else:
            step = inner.height() / 5
            for part in (0, 2, 4):
                painter.fillRect(
                    QRectF(bar.left(), bar.top() + part * step, bar.width(), step),
                    QColor(theme.china),
                )
        painter.restore()
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    shift = 2.0 if chip.supply in ("acute", "maybe") else 0.0
    painter.drawText(
        rect.adjusted(shift, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignCenter),
        chip.symbol + ("½" if chip.partly else ""),
    )
    painter.restore()


def lay_chips(
    chips: Sequence[Chip], rect: QRectF, font: QFont, scale: float = 1.0, limit: int = 99
) -> tuple[list[tuple[QRectF, Chip]], int]:
    """Places of the chips that fit, and how many do not; the rest is written as "+6"."""
    gap, height = 4 * scale, 20 * scale
    top = rect.center().y() - height / 2
    more = QFontMetricsF(font).horizontalAdvance("+88") + 6 * scale
    placed: list[tuple[QRectF, Chip]] = []
    left = rect.left()
    for number, chip in enumerate(chips):
        width = chip_width(chip, font, scale)
        room = rect.right() - (0 if number == len(chips) - 1 else more)
        if left + width > room or number >= limit:
            break
        placed.append((QRectF(left, top, width, height), chip))
        left += width + gap
    return placed, len(chips) - len(placed)


def paint_chips(
    painter: QPainter,
    rect: QRectF,
    chips: Sequence[Chip],
    theme: Theme,
    font: QFont,
    plain: QFont,
    *,
    scale: float = 1.0,
    limit: int = 99,
) -> None:
    """A row of chips; what does not fit becomes "+6"."""
    placed, rest = lay_chips(chips, rect, font, scale, limit)
    for where, chip in placed:
        paint_chip(painter, where, chip, theme, font)
    if rest:
        left = placed[-1][0].right() + 5 * scale if placed else rect.left()
        painter.setFont(plain)
        painter.setPen(QColor(theme.text_2))
        painter.drawText(
            QRectF(left, rect.top(), rect.right() - left + 1, rect.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            f"+{rest}",
        )


EVIDENCE_FILL = {"declared": 1.0, "designated": 0.75, "inferred": 0.5, "assumed": 0.25}


def paint_evidence(painter: QPainter, rect: QRectF, evidence: str, theme: Theme) -> None:
    """A Harvey ball: full declared, three quarters designated, half inferred, quarter assumed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height())
    ball = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    ball.adjust(1, 1, -1, -1)
    pen = QPen(QColor(theme.text_2), 1.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    share = EVIDENCE_FILL.get(evidence, 0.0)
    if not share:
        pen.setDashPattern([1.6, 1.7])
    painter.setPen(pen)
    painter.drawEllipse(ball)
    if share:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text_2))
        if share == 1.0:
            painter.drawEllipse(ball)
        else:
            painter.drawPie(ball, 90 * 16, -round(share * 360 * 16))
    painter.restore()


def paint_index(
    painter: QPainter, trough: QRectF, low: float, high: float, theme: Theme, *, role: str = "china"
) -> None:
    """A bar on 0 to 100: filled to the low bound, hatched on to the high one. NaN draws nothing."""
    if math.isnan(high):
        return
    low = 0.0 if math.isnan(low) else low
    painter.save()
    painter.fillRect(trough, QColor(theme.sunken if not theme.dark else theme.canvas))
    width = trough.width() / 100.0
    solid = QRectF(trough.left(), trough.top(), width * min(low, 100), trough.height())
    painter.fillRect(solid, theme.color(role))
    if high - low > 0.5:
        rest = QRectF(
            solid.right(), trough.top(), width * (min(high, 100) - min(low, 100)), trough.height()
        )
        painter.fillRect(rest, hatch(getattr(theme, role), _ratio(painter)))
    painter.restore()


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis for a group of range bars; values run from `start` to `end`."""

    start: float
    end: float
    log: bool = True

    def at(self, value: float) -> float:
        """Place on 0 to 1, clipped; values at or below zero on a log axis read 0."""
        if self.log:
            if value <= 0:
                return 0.0
            span = math.log10(self.end) - math.log10(self.start)
            place = (math.log10(value) - math.log10(self.start)) / span
        else:
            place = (value - self.start) / (self.end - self.start)
        return min(1.0, max(0.0, place))

    @classmethod
    def around(cls, values: Sequence[float]) -> Axis:
        """A log axis of whole decades around all positive values."""
        positive = [value for value in values if value > 0 and math.isfinite(value)]
        if not positive:
            return cls(1.0, 10.0)
        start, end = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
        return cls(10.0**start, 10.0 ** max(end, start + 1))


def paint_range(
    painter: QPainter,
    rect: QRectF,
    low: float,
    typical: float,
    high: float,
    axis: Axis,
    theme: Theme,
    *,
    role: str = "text",
) -> None:
    """Low to high as a line with ends, a dot at typical; a low of zero ends in an open arrow."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = rect.center().y()
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    color = theme.color(role)

    def x(value: float) -> float:
        return rect.left() + axis.at(value) * rect.width()

    if math.isfinite(low) and math.isfinite(high) and high > low:
        line = QColor(color)
        line.setAlphaF(0.75)
        painter.setPen(QPen(line, 1.6))
        painter.drawLine(QPointF(x(low), middle), QPointF(x(high), middle))
        painter.drawLine(QPointF(x(high), middle - 4), QPointF(x(high), middle + 4))
        if axis.log and low <= 0:
            left = rect.left()
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(left + 4, middle - 4),
                        QPointF(left, middle),
                        QPointF(left + 4, middle + 4),
                    ]
                )
            )
        else:
            painter.drawLine(QPointF(x(low), middle - 4), QPointF(x(low), middle + 4))
    if math.isfinite(typical) and (typical > 0 or not axis.log):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(x(typical), middle), 3.4, 3.4)
    painter.restore()


def diamond(center: QPointF, radius: float) -> QPolygonF:
    """The mark of China's share."""
    return QPolygonF(
        [
            QPointF(center.x(), center.y() - radius),
            QPointF(center.x() + radius, center.y()),
            QPointF(center.x(), center.y() + radius),
            QPointF(center.x() - radius, center.y()),
        ]
    )


def paint_spend(
    painter: QPainter, rect: QRectF, certain: float, likely: float, full: float, theme: Theme
) -> float:
    """Spend as a bar: solid certain, hatched likely. Gives its right end, for the label."""
    certain = certain if math.isfinite(certain) else 0.0
    likely = likely if math.isfinite(likely) else 0.0
    if full <= 0:
        return rect.left()
    solid = QRectF(rect.left(), rect.top(), rect.width() * certain / full, rect.height())
    painter.fillRect(solid, QColor(theme.text_2))
    end = solid.right()
    if likely > 0:
        rest = QRectF(end, rect.top(), rect.width() * likely / full, rect.height())
        painter.fillRect(rest, hatch(theme.text_2, _ratio(painter)))
        painter.setPen(QPen(QColor(theme.text_2), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rest.adjusted(0.5, 0.5, -0.5, -0.5))
        end = rest.right()
    if end - rect.left() < 1.0:
        painter.fillRect(QRectF(rect.left(), rect.top(), 1.0, rect.height()), QColor(theme.text_2))
        end = rect.left() + 1.0
    return end


def paint_tag(painter: QPainter, rect: QRectF, text: str, theme: Theme, type_: Type) -> None:
    """A word on a sunken ground, such as a stage or a plant's status."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(rect, 3, 3)
    painter.fillPath(path, QColor(theme.sunken))
    painter.setFont(type_.font("caption"))
    painter.setPen(QColor(theme.text_2))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def paint_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The focus ring inside a cell, 2 px."""
    painter.save()
    painter.setPen(QPen(QColor(theme.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    painter.restore()
