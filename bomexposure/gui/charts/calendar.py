"""The policy calendar: one row an event, its status over the years, and the as-of line."""

from __future__ import annotations

import math
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.text import fit, height_of, put, width_of, wrap
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import hatch
from bomexposure.gui.theme import Theme, Type
from bomexposure.present import numbers
from bomexposure.present.specs import FigureRow, FigureSpec, Mark, TableSpec
from bomexposure.present.words import tr

ROW, HEAD, FOOT = 27, 30, 26
"""Heights px of the design; a row of two lines is taller."""
BOX, EDGE, GAP = 15, 16, 9
"""The tick box, what stands before it, and between it and the words, px of the design."""
WORDS = {"end date passed, not verified": "not known"}
"""Status words as the calendar shortens them."""


class Calendar(Chart):
    """Ticking a row switches its event on; dragging the line moves the as-of date."""

    ticked = Signal(str, bool)
    moved = Signal(object)
    """The as-of date after the line was dragged."""

    def __init__(self, looks: Looks) -> None:
        self.spec: FigureSpec | None = None
        self._known: tuple[FigureSpec | None, tuple[Type, float, frozenset[str]] | None, list[int]]
        self._known = (None, None, [])
        self.on: frozenset[str] = frozenset()
        super().__init__(looks, "calendar")
        self._plot = QRectF()
        self._drag = 0.0

    def show_spec(self, spec: FigureSpec) -> None:
        """Draw other events or another date."""
        self.spec = spec
        self._at, self._drag = -1, 0.0
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.caption)
        self.measure()
        self.update()

    def measure(self) -> None:
        self.setFixedHeight(self.ideal_height(self.width()))

    def switch(self, on: frozenset[str]) -> None:
        """Tick these events, and no other."""
        self.on = on
        self.measure()
        self.update()

    def table(self) -> TableSpec | None:
        return self.spec.table if self.spec is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()  # titles take more lines in less width

    def ideal_height(self, width: int) -> int:
        return self.looks.type.s(HEAD) + sum(self._heights(float(width)))

    def _words_room(self, width: float) -> float:
        """Where the years begin: what the longest title and its status take, at most half."""
        s, rows = self.looks.type.s, self.spec.rows if self.spec is not None else ()
        bold = self.looks.type.font("small", bold=True)
        longest = max(
            (width_of(row.label, bold) + self._status_room(row) for row in rows), default=0
        )
        wanted = s(EDGE + BOX + GAP) + longest + s(14)
        return min(wanted, max(s(250), width * 0.51))

    def _status_room(self, row: FigureRow) -> float:
        return width_of(_status(row), self.looks.type.font("caption")) + self.looks.type.s(14)

    def _heights(self, width: float) -> list[int]:
        """Height of every row: as many lines as its title takes."""
        spec, drawn_with, heights = self._known
        now = (self.looks.type, width, self.on)
        if spec is not self.spec or drawn_with != now:
            heights = self._measured(width)
            self._known = (self.spec, now, heights)
        return heights

    def _measured(self, width: float) -> list[int]:
        s, room = self.looks.type.s, self._words_room(width)
        room -= s(EDGE + BOX + GAP + 14)
        made = []
        for row in self.spec.rows if self.spec is not None else ():
            font = self.looks.type.font("small", bold=row.key in self.on)
            high = height_of(row.label, font, room - self._status_room(row))
            made.append(max(s(ROW), math.ceil(high) + s(8)))
        return made

    def head_height(self) -> int:
        return self.looks.type.s(HEAD)

    # --- painting ---------------------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        s = self.looks.type.s
        rows = self.spec.rows
        words, heights = self._words_room(rect.width()), self._heights(rect.width())
        plot = QRectF(
            rect.left() + words, rect.top() + s(HEAD), rect.width() - words - s(18), sum(heights)
        )
        self._plot = plot
        self._years(painter, plot, theme)
        areas, top = [], plot.top()
        for row, high in zip(rows, heights, strict=True):
            box = QRectF(rect.left(), top, rect.width(), high)
            top += high
            self._row(painter, row, box, plot, theme)
            status = row.notes[0] if row.notes else ""
            state = tr("switched on") if row.key in self.on else tr("not switched on")
            tip = "\n".join([row.tooltip, *dict.fromkeys(m.tooltip for m in row.marks)])
            areas.append(HitArea(box, row.key, tip, f"{row.label}: {tr(status)}, {state}"))
        self._today(painter, plot, theme)
        return areas

    def _x(self, day: float) -> float:
        assert self.spec is not None
        axis = self.spec.axes[0]
        return self._plot.left() + self._plot.width() * (day - axis.low) / (axis.high - axis.low)

    def _years(self, painter: QPainter, plot: QRectF, theme: Theme) -> None:
        assert self.spec is not None
        font = self.looks.type.font("caption")
        for day, words in self.spec.axes[0].ticks:
            x = self._x(day)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom()))
            now = self._drag or (self.spec.lines_x[0][0] if self.spec.lines_x else 0.0)
            if now and abs(self._x(now) - x) < self.looks.type.s(64):
                continue  # the flag of the as-of date lies there
            s = self.looks.type.s
            box = QRectF(x - s(24), plot.top() - s(22), s(48), s(16))
            fit(painter, box, words, font, theme.text_2, "center")

    def _row(
        self, painter: QPainter, row: FigureRow, box: QRectF, plot: QRectF, theme: Theme
    ) -> None:
        s, type_ = self.looks.type.s, self.looks.type
        on = row.key in self.on
        if row.key == self.selected:
            painter.fillRect(box, QColor(theme.select))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(theme.accent))
        tick = self._tick_box(box)
        painter.setPen(QPen(QColor(theme.accent if on else theme.line_strong), 1))
        painter.setBrush(QColor(theme.accent if on else theme.surface))
        painter.drawRoundedRect(tick, 3.5, 3.5)
        if on:
            painter.setPen(QPen(QColor(theme.accent_on), 2))
            side = tick.width()
            painter.drawPolyline(
                [tick.topLeft() + QPointF(side * x, side * y)
                 for x, y in ((0.22, 0.52), (0.43, 0.72), (0.8, 0.3))]
            )  # fmt: skip
        room, left = self._status_room(row), tick.right() + s(GAP)
        words = QRectF(left, box.top(), plot.left() - left - room - s(14), box.height())
        font = type_.font("small", bold=on)
        high = height_of(row.label, font, words.width())
        wrap(painter, words.adjusted(0, (box.height() - high) / 2, 0, 0), row.label, font,
             theme.text)  # fmt: skip
        fit(
            painter, QRectF(plot.left() - room - s(10), box.top(), room, box.height()),
            _status(row), type_.font("caption"), theme.text_2, "right",
        )  # fmt: skip
        for mark in row.marks:
            self._bar(painter, mark, box, theme)
        if on:
            self._forced(painter, box, theme)

    def _tick_box(self, box: QRectF) -> QRectF:
        side = self.looks.type.s(BOX)
        return QRectF(box.left() + self.looks.type.s(EDGE), box.center().y() - side / 2, side, side)

    def _bar(self, painter: QPainter, mark: Mark, box: QRectF, theme: Theme) -> None:
        high = self.looks.type.s(11)
        low_x, high_x = self._x(mark.low), self._x(mark.high)
        bar = QRectF(low_x, box.center().y() - high / 2, max(2.0, high_x - low_x), high)
        color = theme.color("warn" if mark.role == "warn" else "text_2")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        match mark.style:
            case "solid":
                painter.fillRect(bar, color)
            case "hatch":
                painter.fillRect(bar, hatch(color.name(), 2.0))
                painter.setPen(QPen(color, 1))
                painter.drawRect(bar)
            case "pale":
                painter.setPen(QPen(QColor(theme.line_strong), 0.8))
                painter.setBrush(QBrush(QColor(theme.sunken)))
                painter.drawRect(bar)
            case "outline" if mark.low <= self._now():
                # the end of the suspension has passed and no notice was found
                pen = QPen(QColor(theme.text_2), 1.3)
                pen.setDashPattern([1.2, 2.2])
                painter.setPen(pen)
                words, font = "not known", self.looks.type.font("caption")
                if width_of(words, font) + 10 < bar.width():
                    bar.adjust(0, -3, 0, 3)
                    fit(painter, bar, words, font, theme.text_2, "center")
                painter.setPen(pen)
                painter.drawRect(bar)
            case "outline":
                painter.setPen(QPen(color, 1.4))
                painter.setBrush(QBrush(QColor(theme.warn_tint)))
                painter.drawRoundedRect(bar, 2, 2)
                words, font = (
                    tr("returns, if not renewed"),
                    self.looks.type.font("caption", bold=True),
                )
                if width_of(words, font) + 10 < bar.width():
                    grown = bar.adjusted(0, -3, 0, 3)
                    painter.drawRoundedRect(grown, 3, 3)
                    fit(painter, grown, words, font, theme.warn, "center")
            case _:
                pen = QPen(color, 1.3)
                pen.setDashPattern([4.0, 3.0] if mark.style == "dashed" else [1.2, 2.2])
                painter.setPen(pen)
                painter.drawRect(bar)

    def _now(self) -> float:
        """The as-of date as an ordinal day."""
        return self.spec.lines_x[0][0] if self.spec is not None and self.spec.lines_x else 0.0

    def _forced(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Switched on: an accent line over the row's future, whatever its status."""
        assert self.spec is not None
        left = self._x(self.spec.lines_x[0][0]) if self.spec.lines_x else self._plot.left()
        painter.fillRect(
            QRectF(left, box.bottom() - 4, self._plot.right() - left, 2.5), QColor(theme.accent)
        )

    def _today(self, painter: QPainter, plot: QRectF, theme: Theme) -> None:
        assert self.spec is not None
        for day, words in self.spec.lines_x:
            shown = self._drag or day
            label = numbers.day(date.fromordinal(round(shown))) if self._drag else words
            x = self._x(shown)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom()))
            font = self.looks.type.font("caption", bold=True)
            width, high = width_of(label, font) + 14, self.looks.type.s(19)
            flag = QRectF(x - width / 2, plot.top() - high - 5, width, high)
            flag.moveLeft(min(flag.left(), plot.right() - width + 12))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(flag, 4, 4)
            fit(painter, flag, label, font, theme.accent_on, "center")

    def foot_height(self, width: int) -> int:
        del width
        return self.looks.type.s(FOOT) if self.spec is not None and self.spec.legend else 0

    def draw_foot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        if self.spec is None:
            return
        s, font = self.looks.type.s, self.looks.type.font("caption")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(theme.line))
        x, top = rect.left() + s(16), rect.top() + s(6)
        for _shape, style, role, words in self.spec.legend:
            if x + s(24) + width_of(words, font) > rect.right():
                break
            sample = QRectF(x, top + s(5), s(18), s(9))
            color = theme.color("warn" if role == "warn" else "text_2")
            if style == "solid":
                painter.fillRect(sample, color)
            else:
                pen = QPen(color, 1.2)
                if style in ("dashed", "dotted"):
                    pen.setDashPattern([3.0, 2.0] if style == "dashed" else [1.2, 2.2])
                painter.setPen(pen)
                fill = {"hatch": hatch(color.name(), 2.0), "pale": QBrush(QColor(theme.sunken)),
                        "outline": QBrush(QColor(theme.warn_tint))}.get(style)  # fmt: skip
                painter.setBrush(fill if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
                painter.drawRect(sample)
            x = put(painter, x + s(24), top, s(18), words, font, theme.text_2) + s(16)

    # --- mouse and keys ---------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self.spec is not None and self.spec.lines_x:
            x = self._x(self.spec.lines_x[0][0])
            flag = at.y() - self.scrolled < self._plot.top() and abs(at.x() - x) < 60
            if flag or (abs(at.x() - x) < 4 and self._plot.top() <= at.y() <= self._plot.bottom()):
                self._drag = self.spec.lines_x[0][0]
                return
        area = self.area_at(at.toPoint())
        if area is not None and self._tick_box(area.rect).adjusted(-6, -6, 6, 6).contains(at):
            self._at = self.areas.index(area)
            self.ticked.emit(area.key, area.key not in self.on)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag and self.spec is not None:
            axis = self.spec.axes[0]
            part = (event.position().x() - self._plot.left()) / self._plot.width()
            self._drag = min(axis.high, max(axis.low, axis.low + part * (axis.high - axis.low)))
            self.update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag:
            day, self._drag = date.fromordinal(round(self._drag)), 0.0
            self.update()
            self.moved.emit(day)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the events, Space switches one on or off, Enter explains it."""
        if event.key() == Qt.Key.Key_Space and 0 <= self._at < len(self.areas):
            key = self.areas[self._at].key
            self.ticked.emit(key, key not in self.on)
            return
        super().keyPressEvent(event)


def _status(row: FigureRow) -> str:
    return tr(WORDS.get(row.notes[0], row.notes[0])) if row.notes else ""
