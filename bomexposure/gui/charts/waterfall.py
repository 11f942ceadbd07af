"""Before and after as steps, and supply lost as two bars a mineral."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.text import fit, say, width_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import hatch
from bomexposure.gui.theme import Theme
from bomexposure.present.specs import FigureSpec, Mark, TableSpec


class SpecChart(Chart):
    """A chart of one FigureSpec."""

    def __init__(self, looks: Looks, name: str) -> None:
        self.spec: FigureSpec | None = None
        super().__init__(looks, name)

    def show_spec(self, spec: FigureSpec | None) -> None:
        """Draw another figure, or nothing."""
        self.spec = spec
        self._at = -1
        if spec is not None:
            self.setAccessibleName(spec.title)
            self.setAccessibleDescription(spec.alt or spec.empty)
        self.measure()
        self.updateGeometry()
        self.update()

    def table(self) -> TableSpec | None:
        return self.spec.table if self.spec is not None else None

    def say_empty(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """The sentence that stands where there is nothing to draw."""
        if self.spec is not None:
            say(
                painter, rect.adjusted(16, 0, -16, 0), self.spec.empty,
                self.looks.type.font("small"), theme.text_2,
            )  # fmt: skip


class Waterfall(SpecChart):
    """Columns from left to right: today, one step a cause, with it."""

    ROOM = (280, 130)

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "before-after")

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        rows = self.spec.rows
        s, type_ = self.looks.type.s, self.looks.type
        small, bold = type_.font("small"), type_.font("small", bold=True)
        axis = self.spec.axes[0]
        widest = max((width_of(words, type_.font("caption")) for _, words in axis.ticks), default=0)
        plot = rect.adjusted(max(s(54), widest + s(20)), s(22), -s(14), -s(30))

        def y(value: float) -> float:
            return plot.bottom() - plot.height() * (value - axis.low) / (axis.high - axis.low)

        for at, words in axis.ticks:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y(at)), QPointF(plot.right(), y(at)))
            box = QRectF(rect.left() + 4, y(at) - s(8), plot.left() - rect.left() - s(12), s(16))
            fit(painter, box, words, type_.font("caption"), theme.text_2, "right")
        pitch = plot.width() / max(1, len(rows))
        wide = min(s(62), pitch * 0.66)
        areas = []
        for number, row in enumerate(rows):
            middle = plot.left() + pitch * (number + 0.5)
            end = row.key in ("today", "then")
            top = plot.bottom()
            for mark in row.marks:
                bar = QRectF(middle - wide / 2, y(mark.high), wide, y(mark.low) - y(mark.high))
                self._bar(painter, mark, bar, theme)
                top = min(top, bar.top())
            if all(mark.high <= mark.low for mark in row.marks):
                painter.setPen(QPen(QColor(theme.text), 2))
                level = y(row.marks[0].high) if row.marks else plot.bottom()
                painter.drawLine(
                    QPointF(middle - wide / 2, level), QPointF(middle + wide / 2, level)
                )
            box = QRectF(middle - pitch / 2 - 4, top - s(20), pitch + 8, s(18))
            font = bold if end else small
            if width_of(row.notes[0], font) > box.width():
                font = type_.font("caption", bold=end)
            fit(painter, box, row.notes[0], font, theme.text, "center")
            below = QRectF(middle - pitch / 2 + 2, plot.bottom() + s(6), pitch - 4, s(18))
            fit(painter, below, row.label, bold if end else small, theme.text, "center")
            areas.append(
                HitArea(QRectF(middle - pitch / 2, plot.top(), pitch, plot.height() + s(28)),
                        "" if end else row.key, row.tooltip, row.tooltip)
            )  # fmt: skip
        return areas

    @staticmethod
    def _bar(painter: QPainter, mark: Mark, bar: QRectF, theme: Theme) -> None:
        if bar.height() <= 0:
            return
        color = {"worse": theme.div[1], "better": theme.div[5]}.get(mark.role, theme.text_2)
        if mark.style == "solid":
            painter.fillRect(bar, QColor(color))
            return
        painter.fillRect(bar, hatch(color, 2.0))
        painter.setPen(QPen(QColor(color), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)


class SupplyLost(SpecChart):
    """Two bars a mineral: lost of U.S. supply, and of world output; the reckoning below each."""

    ROW, HEAD = 46, 26

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "supply-lost")

    def measure(self) -> None:
        self.setMinimumSize(self.looks.type.s(320), self.ideal_height(self.width()))

    def head_height(self) -> int:
        return self.looks.type.s(self.HEAD)

    def ideal_height(self, width: int) -> int:
        del width
        rows = len(self.spec.rows) if self.spec is not None else 0
        return self.looks.type.s(self.HEAD) + max(1, rows) * self.looks.type.s(self.ROW)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        if not self.spec.rows:
            self.say_empty(painter, rect, theme)
            return []
        s, type_ = self.looks.type.s, self.looks.type
        caption, small = type_.font("caption"), type_.font("small")
        bold = type_.font("small", bold=True)
        left = rect.left() + s(16)
        names = s(106)
        half = (rect.width() - s(32) - names) / 2
        panels = [left + names, left + names + half]
        for panel, axis in zip(panels, self.spec.axes, strict=True):
            fit(painter, QRectF(panel, rect.top(), half - 6, s(20)), f"{axis.title}, %", bold,
                theme.text_2)  # fmt: skip
        areas = []
        for number, row in enumerate(self.spec.rows):
            box = QRectF(rect.left(), rect.top() + s(self.HEAD) + number * s(self.ROW),
                         rect.width(), s(self.ROW))  # fmt: skip
            if row.key == self.selected:
                painter.fillRect(box, QColor(theme.select))
            painter.fillRect(QRectF(left, box.top(), rect.width() - s(32), 1), QColor(theme.line))
            fit(painter, QRectF(left, box.top() + s(4), s(26), s(20)), row.symbol, bold, theme.text)
            fit(painter, QRectF(left + s(26), box.top() + s(4), names - s(30), s(20)), row.label,
                small, theme.text)  # fmt: skip
            for panel, start in enumerate(panels):
                trough = QRectF(start, box.top() + s(10), max(s(16), half - s(74)), s(9))
                painter.fillRect(trough, QColor(theme.sunken))
                for mark in row.marks:
                    if mark.panel != panel or mark.high <= mark.low:
                        continue
                    bar = QRectF(
                        trough.left() + trough.width() * mark.low / 100, trough.top(),
                        trough.width() * (mark.high - mark.low) / 100, trough.height(),
                    )  # fmt: skip
                    fill = (
                        QColor(theme.text_2) if mark.style == "solid" else hatch(theme.text_2, 2.0)
                    )
                    painter.fillRect(bar, fill)
                words = QRectF(trough.right() + s(6), box.top() + s(4), s(66), s(20))
                fit(painter, words, row.notes[2 * panel], bold, theme.text)
                below = QRectF(start, box.top() + s(23), half - s(8), s(18))
                fit(painter, below, row.notes[2 * panel + 1], caption, theme.text_2)
            areas.append(HitArea(box, row.key, row.tooltip, row.tooltip))
        return areas
