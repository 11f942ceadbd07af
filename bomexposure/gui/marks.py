"""Painted marks as widgets: a chip, an evidence ball, rows of ranges on one axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import (
    Axis,
    Chip,
    chip_width,
    paint_chip,
    paint_evidence,
    paint_focus,
    paint_range,
)
from bomexposure.present import numbers
from bomexposure.present.words import tr


class ChipMark(QWidget):
    """One chip; `big` is the mark beside a mineral's name."""

    def __init__(self, chip: Chip, looks: Looks, *, big: bool = False) -> None:
        super().__init__()
        self._chip, self._looks, self._big = chip, looks, big
        self.setToolTip(chip.spoken)
        self.setAccessibleName(chip.spoken)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        type_ = self._looks.type
        if self._big:
            return QSize(type_.s(40), type_.s(38))
        font = type_.font("small", bold=True)
        return QSize(math.ceil(chip_width(self._chip, font, type_.s(100) / 100)), type_.s(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        style = "subject" if self._big else "small"
        paint_chip(
            painter, QRectF(self.rect()), self._chip, self._looks.theme,
            self._looks.type.font(style, bold=True),
        )  # fmt: skip
        painter.end()


class Ball(QWidget):
    """One evidence mark."""

    def __init__(self, evidence: str, looks: Looks) -> None:
        super().__init__()
        self._evidence, self._looks = evidence, looks
        self.setAccessibleName(tr("Evidence: {evidence}", evidence=tr(evidence)))
        side = looks.type.s(17)
        self.setFixedSize(side, side + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_evidence(painter, QRectF(self.rect()), self._evidence, self._looks.theme)
        painter.end()


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One mineral's content: grams low, typical, high; NaN unknown."""

    key: str
    chip: Chip
    name: str
    low: float
    typical: float
    high: float
    tip: str = ""


class RangeRows(QWidget):
    """Rows of chip, name, range and figure on one log axis; arrows move, Enter selects."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[RangeRow], unit: str, looks: Looks) -> None:
        super().__init__()
        self._rows, self._unit, self._looks = tuple(rows), unit, looks
        self._at = -1
        values = [v for one in rows for v in (one.low, one.typical, one.high)]
        self._axis = Axis.around(values)
        self._known = any(math.isfinite(v) and v > 0 for v in values)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Mineral content"))
        self.setAccessibleDescription(
            "; ".join(f"{one.name} {one.chip.presence} {self._figure(one)}" for one in self._rows)
        )

    def _figure(self, one: RangeRow) -> str:
        return numbers.mass(one.typical) if math.isfinite(one.typical) else numbers.UNKNOWN

    @property
    def _height(self) -> int:
        return self._looks.type.s(24)

    def sizeHint(self) -> QSize:
        foot = self._looks.type.s(16) if self._known else 0
        return QSize(240, self._height * len(self._rows) + foot)

    def _plot(self) -> tuple[float, float]:
        type_ = self._looks.type
        metrics = QFontMetricsF(type_.font("small"))
        longest = max((metrics.horizontalAdvance(one.name) for one in self._rows), default=0.0)
        # the ranges begin beyond the longest name, as far as that leaves them a third of the width
        left = max(type_.s(128), min(type_.s(40) + longest + type_.s(14), self.width() * 0.45))
        return left, max(left + 30.0, self.width() - type_.s(66))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        painter = QPainter(self)
        left, right = self._plot()
        bold, plain = type_.font("small", bold=True), type_.font("small")
        center = int(Qt.AlignmentFlag.AlignVCenter)
        for number, one in enumerate(self._rows):
            top = number * self._height
            side = type_.s(20)
            width = chip_width(one.chip, bold, type_.s(100) / 100)
            paint_chip(
                painter, QRectF(0, top + (self._height - side) / 2, width, side), one.chip,
                theme, bold,
            )  # fmt: skip
            painter.setFont(plain)
            painter.setPen(QColor(theme.text))
            room = left - type_.s(40) - 4
            name = QFontMetricsF(plain).elidedText(one.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(type_.s(40), top, room, self._height), center, name)
            if self._known:
                paint_range(
                    painter, QRectF(left, top, right - left, self._height), one.low,
                    one.typical, one.high, self._axis, theme,
                )  # fmt: skip
            painter.setFont(plain)
            known = math.isfinite(one.typical)
            painter.setPen(QColor(theme.text if known else theme.text_2))
            painter.drawText(
                QRectF(right, top, self.width() - right, self._height),
                center | int(Qt.AlignmentFlag.AlignRight),
                self._figure(one),
            )
            if self.hasFocus() and number == self._at:
                paint_focus(painter, QRectF(0, top, self.width(), self._height), theme)
        if self._known:
            self._ticks(painter, left, right)
        painter.end()

    def _ticks(self, painter: QPainter, left: float, right: float) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        font = type_.font("caption")
        painter.setFont(font)
        painter.setPen(QColor(theme.text_2))
        top = self._height * len(self._rows)
        start, end = round(math.log10(self._axis.start)), round(math.log10(self._axis.end))
        metrics = QFontMetricsF(font)
        widest = max(
            metrics.horizontalAdvance(numbers.mass(10.0**power)) for power in range(start, end + 1)
        )
        decade = (right - left) / max(1, end - start)
        for power in range(start, end + 1, max(1, math.ceil((widest + type_.s(10)) / decade))):
            x = left + self._axis.at(10.0**power) * (right - left)
            words = numbers.mass(10.0**power)
            painter.drawText(
                QRectF(x - widest / 2 - 2, top, widest + 4, type_.s(16)),
                int(Qt.AlignmentFlag.AlignCenter), words,
            )  # fmt: skip

    def _row_at(self, y: float) -> int:
        at = int(y // self._height)
        return at if 0 <= at < len(self._rows) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().y())
        if at >= 0:
            self.chosen.emit(self._rows[at].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self._row_at(event.position().y()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the rows, Enter selects."""
        match event.key():
            case Qt.Key.Key_Down:
                self._at = min(len(self._rows) - 1, self._at + 1)
            case Qt.Key.Key_Up:
                self._at = max(0, self._at - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self._at >= 0:
                self.chosen.emit(self._rows[self._at].key)
            case _:
                super().keyPressEvent(event)
                return
        self._say()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row is marked at once: a stop without a mark would not be seen."""
        self._at = min(max(0, self._at), len(self._rows) - 1)
        self._say()
        super().focusInEvent(event)

    def _say(self) -> None:
        """The row that the arrows stand on, for those who hear the window."""
        if 0 <= self._at < len(self._rows):
            one = self._rows[self._at]
            self.setAccessibleDescription(f"{one.name} {one.chip.presence} {self._figure(one)}")
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._row_at(event.pos().y())
            if at >= 0:
                QToolTip.showText(event.globalPos(), self._rows[at].tip, self)
            return True
        return super().event(event)
