"""The NAM pair for one BOM: import reliance and China's share per mineral, with the spend."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.text import two_lines
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import diamond, hatch
from bomexposure.gui.theme import Theme
from bomexposure.present.specs import FigureRow, FigureSpec, Mark, TableSpec
from bomexposure.present.words import tr

ROW, HEAD, LINE = 27, 40, 18
MOST = 40
"""The height that rows grow to where few of them stand in a tall window, px of the design."""
INSET, SYMBOL, NAME = 15, 43, 84
"""Where the words start, which is below the card's title; where names do, and their least room."""
WANTED = 180
"""Room for both charts for which the stage gives some of its own, px of the design."""
LEAST = 130
"""Least room for both charts, px of the design."""
STAGE = 0.23
"""Part of the width that the stage may take, where it does not fit its least room."""


class Dumbbell(Chart):
    """One row a mineral; a click selects it."""

    def __init__(self, looks: Looks) -> None:
        self.spec: FigureSpec | None = None
        super().__init__(looks, "dumbbell")

    def show_spec(self, spec: FigureSpec) -> None:
        """Draw another figure."""
        self.spec = spec
        self._at = -1
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.alt)
        self.measure()
        self.update()

    def measure(self) -> None:
        self.setMinimumHeight(self.ideal_height(self.width()))
        rows = len(self.spec.rows) if self.spec is not None else 0
        self.setMaximumHeight(self.looks.type.s(HEAD) + rows * self.looks.type.s(MOST))

    def table(self) -> TableSpec | None:
        return self.spec.table if self.spec is not None else None

    def ideal_height(self, width: int) -> int:
        del width
        rows = len(self.spec.rows) if self.spec is not None else 0
        return self.looks.type.s(HEAD) + rows * self.looks.type.s(ROW)

    def head_height(self) -> int:
        return self.looks.type.s(HEAD)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        type_ = self.looks.type
        s = type_.s
        names = self._widest((row.label for row in self.spec.rows), NAME, 0.16 * rect.width())
        left = rect.left() + s(SYMBOL) + names + s(16)
        # what stands in brackets can go
        firsts = (row.notes[0].partition(" (")[0] for row in self.spec.rows if row.notes)
        stage = self._widest(firsts, 100, STAGE * rect.width()) + s(14)
        notes = (row.notes[1] for row in self.spec.rows if len(row.notes) > 1)
        label_room = self._widest(notes, 50, float(s(140))) + s(10)
        # what words leave is the charts', three parts to two; with large text in a small window
        # the stage goes to its figure, then the spend goes
        room = rect.right() - left - s(22) - stage - label_room
        back = min(s(WANTED) - room, stage - s(114))
        if back > 0:  # words of the stage go on in a second line before the charts are squeezed
            room, stage = room + back, stage - back
        if room < s(LEAST):
            room, stage = room + stage - s(40), float(s(40))
        both = room >= s(LEAST)
        plot = QRectF(
            left, rect.top(), room * 0.6 if both else max(room + label_room, s(40)), rect.height()
        )
        stage_left = plot.right() + s(22)  # clear of the last tick of the axis
        spend = QRectF(stage_left + stage, rect.top(), room * 0.4 if both else 0.0, 1)
        self._heads(painter, rect, plot, stage_left, spend, theme)
        areas = []
        high = self._row_height(rect)
        for number, row in enumerate(self.spec.rows):
            top = rect.top() + s(HEAD) + number * high
            box = QRectF(rect.left(), top, rect.width(), high)
            areas.append(HitArea(box, row.key, self._tip(row), self._spoken(row)))
            if row.key == self.selected:
                painter.fillRect(box, QColor(theme.select))
                painter.fillRect(QRectF(box.left(), top, 3, high), QColor(theme.accent))
            self._row(painter, row, box, plot, stage_left, spend, theme)
        return areas

    def _row_height(self, rect: QRectF) -> int:
        """Rows share the height there is, between ROW and MOST."""
        s, rows = self.looks.type.s, len(self.spec.rows) if self.spec is not None else 0
        share = int(rect.height() - s(HEAD)) // max(1, rows)
        return max(s(ROW), min(s(MOST), share))

    def _widest(self, words: Iterable[str], least: int, most: float) -> float:
        """Room for the longest of some words, at least px of the design, at most px."""
        metrics = QFontMetricsF(self.looks.type.font("small"))
        widest = max((metrics.horizontalAdvance(one) for one in words), default=0.0)
        return max(float(self.looks.type.s(least)), min(math.ceil(widest), most))

    def _heads(
        self, painter: QPainter, rect: QRectF, plot: QRectF, stage_left: float, spend: QRectF,
        theme: Theme,
    ) -> None:  # fmt: skip
        assert self.spec is not None
        type_, s = self.looks.type, self.looks.type.s
        caption, bold = type_.font("caption"), type_.font("caption", bold=True)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grey = QColor(theme.text_2)
        line = s(17)
        painter.setFont(caption)
        painter.setPen(grey)
        painter.drawText(
            QRectF(rect.left() + s(INSET), rect.top(), s(90), line), flags, tr("Mineral")
        )
        x = plot.left() - s(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("reliance"))
        painter.drawEllipse(QPointF(x, rect.top() + line / 2), s(8) / 2, s(8) / 2)
        x += s(8)
        x = _words(painter, x, rect.top(), line, tr("Net import reliance"), bold, theme.reliance)
        x = _words(painter, x + 4, rect.top(), line, tr("and"), caption, theme.text_2) + s(10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("china"))
        painter.drawPolygon(diamond(QPointF(x, rect.top() + line / 2), s(10) / 2))
        x += s(9)
        x = _words(painter, x, rect.top(), line, tr("China share"), bold, theme.china)
        x = _words(painter, x, rect.top(), line, ", %", caption, theme.text_2)
        _words(
            painter, stage_left, rect.top() + s(18), line, tr("China, stage"), caption, theme.text_2
        )
        top = rect.top() + s(18)
        painter.setFont(caption)
        bottom = rect.top() + s(HEAD) + len(self.spec.rows) * self._row_height(rect)
        for axis, area in zip(self.spec.axes[:2], (plot, spend), strict=False):
            if not area.width():
                continue
            widest = max(QFontMetricsF(caption).horizontalAdvance(words) for _, words in axis.ticks)
            apart = area.width() / max(1, len(axis.ticks) - 1) >= widest + s(4)
            ends = (axis.ticks[0], axis.ticks[-1])
            for at, words in axis.ticks if apart else ends[: 1 + (area.width() > 1.2 * widest)]:
                place = area.left() + area.width() * (at - axis.low) / (axis.high - axis.low)
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawLine(QPointF(place, rect.top() + s(HEAD) - 3), QPointF(place, bottom))
                painter.setPen(grey)
                center = int(Qt.AlignmentFlag.AlignCenter)
                painter.drawText(QRectF(place - s(40), top, s(80), line), center, words)
        if len(self.spec.axes) > 1 and spend.width():
            axis = self.spec.axes[1]
            title = f"{axis.title}, {axis.unit}" if axis.unit else axis.title
            painter.setFont(caption)
            width = QFontMetricsF(caption).horizontalAdvance(title)
            start = max(x + s(14), min(spend.left(), rect.right() - width - 4))
            if start + width > rect.right():
                code = axis.unit.partition(" ")[0]
                title = f"Spend, {code}" if code.isupper() else "Spend"
            head = QRectF(start, rect.top(), rect.right() - start - 2, line)
            _fitted(painter, head, title, caption, theme.text_2)

    def _row(
        self, painter: QPainter, row: FigureRow, box: QRectF, plot: QRectF, stage_left: float,
        spend: QRectF, theme: Theme,
    ) -> None:  # fmt: skip
        assert self.spec is not None
        type_, s = self.looks.type, self.looks.type.s
        small, bold = type_.font("small"), type_.font("small", bold=True)
        _words(
            painter, box.left() + s(INSET), box.top(), box.height(), row.symbol, bold, theme.text
        )
        room = plot.left() - s(SYMBOL + 10) - box.left()
        name = QRectF(box.left() + s(SYMBOL), box.top(), room, box.height())
        two_lines(painter, name, row.label, small, type_.font("caption"), theme.text, whole=True)
        self._percent(painter, row, box, plot, theme)
        note = row.notes[0] if row.notes else ""
        figure, _, words = note.partition(" ")
        if figure[:1].isdigit() or figure[:1] in "<>":
            x = _words(painter, stage_left, box.top(), box.height(), figure, small, theme.text)
        else:
            x, words = stage_left - 4, note
        end = spend.left() - s(8)
        words = words if end - x > s(40) else ""
        two_lines(
            painter, QRectF(x + 4, box.top(), end - x - 4, box.height()), words, small,
            type_.font("caption"), theme.text_2,
        )  # fmt: skip
        self._spend(painter, row, box, spend, theme)

    def _percent(
        self, painter: QPainter, row: FigureRow, box: QRectF, plot: QRectF, theme: Theme
    ) -> None:
        assert self.spec is not None
        axis, scale = self.spec.axes[0], self.looks.type.s(100) / 100
        middle = box.center().y()

        def x(value: float) -> float:
            share = (value - axis.low) / (axis.high - axis.low)
            return plot.left() + plot.width() * min(1.0, max(0.0, share))

        marks = [mark for mark in row.marks if mark.panel == 0]
        points = [m for m in marks if m.shape in ("dot", "diamond") and m.style == "solid"]
        dots = [m for m in points if m.shape == "dot"]
        diamonds = [m for m in points if m.shape == "diamond"]
        close = bool(dots and diamonds and abs(dots[0].low - diamonds[0].low) < 3.0)
        ends = [m.low for m in points]
        if len(ends) > 1:
            painter.setPen(QPen(QColor(theme.line_strong), 1))
            painter.drawLine(QPointF(x(min(ends)), middle), QPointF(x(max(ends)), middle))
        for mark in marks:
            if mark.shape in ("whisker", "line", "arrow"):
                self._whisker(painter, mark, x(mark.low), x(mark.high), middle, theme)
        for mark in sorted(points, key=lambda m: m.shape) + [
            m for m in marks if m.style != "solid"
        ]:
            if mark.shape not in ("dot", "diamond"):
                continue
            y = middle
            if close and mark.style == "solid":
                y += -4.5 * scale if mark.shape == "dot" else 4.8 * scale
            color = theme.color(mark.role if mark.role in ("reliance", "china") else "text_2")
            hollow = mark.style != "solid"
            painter.setPen(QPen(color, 1.4) if hollow else QPen(QColor(theme.surface), 0.8))
            painter.setBrush(QBrush(QColor(theme.surface)) if hollow else QBrush(color))
            if mark.shape == "dot":
                painter.drawEllipse(QPointF(x(mark.low), y), 4.6 * scale, 4.6 * scale)
            else:
                half = (4.6 if hollow else 5.2) * scale
                painter.drawPolygon(diamond(QPointF(x(mark.low), y), half))
        if not points and not any(m.shape == "whisker" for m in marks):
            painter.setPen(QPen(QColor(theme.line_strong), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle))
        for mark in marks:
            if mark.label and mark.shape == "tick":
                start = x(mark.low)
                # clear of a mark that stands at the same place
                close_by = [
                    x(end) for other in marks if other is not mark
                    for end in (other.low, other.high) if abs(x(end) - start) < 12 * scale
                ]  # fmt: skip
                start = max([start + 3, *(end + 8 * scale for end in close_by)])
                _words(
                    painter, start, box.top(), box.height(), mark.label,
                    self.looks.type.font("caption"), theme.text_2,
                )  # fmt: skip

    @staticmethod
    def _whisker(
        painter: QPainter, mark: Mark, low: float, high: float, middle: float, theme: Theme
    ) -> None:
        color = theme.color(mark.role if mark.role in ("reliance", "china") else "text_2")
        plain = mark.shape == "line"
        painter.setPen(QPen(QColor(theme.line_strong), 1) if plain else QPen(color, 2.4))
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        if mark.shape == "whisker":
            for end in (low, high):
                painter.drawLine(QPointF(end, middle - 4), QPointF(end, middle + 4))

    def _spend(
        self, painter: QPainter, row: FigureRow, box: QRectF, spend: QRectF, theme: Theme
    ) -> None:
        assert self.spec is not None
        if len(self.spec.axes) < 2 or not spend.width():
            return
        axis = self.spec.axes[1]
        span = axis.high - axis.low or 1.0
        end = spend.left()
        height = self.looks.type.s(9)
        top = box.center().y() - height / 2
        for mark in row.marks:
            if mark.panel != 1 or not math.isfinite(mark.high):
                continue
            start = spend.left() + spend.width() * (mark.low - axis.low) / span
            stop = spend.left() + spend.width() * min(1.0, (mark.high - axis.low) / span)
            bar = QRectF(start, top, max(1.0, stop - start), height)
            if mark.style == "solid":
                painter.fillRect(bar, QColor(theme.text_2))
            else:
                painter.fillRect(bar, hatch(theme.text_2, 2.0))
                painter.setPen(QPen(QColor(theme.text_2), 0.8))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar)
            end = max(end, bar.right())
        note = row.notes[1] if len(row.notes) > 1 else ""
        _fitted(
            painter, QRectF(end + 6, box.top(), box.right() - end - 6, box.height()), note,
            self.looks.type.font("small"), theme.text_2,
        )  # fmt: skip

    def _legend(self, width: float) -> list[tuple[float, int]]:
        """Where each entry of the legend starts: its x, and its line from the top."""
        s, metrics = self.looks.type.s, QFontMetricsF(self.looks.type.font("caption"))
        legend = self.spec.legend if self.spec is not None else ()
        wide = [s(21) + metrics.horizontalAdvance(words) for *_, words in legend]
        lines: list[list[int]] = [[]]
        x = float(s(16))
        for number, one in enumerate(wide):
            if lines[-1] and x + one > width - s(8):
                lines.append([])
                x = float(s(16))
            lines[-1].append(number)
            x += one + s(14)
        if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
            lines[-1].insert(0, lines[-2].pop())  # "likely" does not stand there alone
        made = []
        for line, held in enumerate(lines):
            x = float(s(16))
            for number in held:
                made.append((x, line))
                x += wide[number] + s(14)
        return made

    def foot_height(self, width: int) -> int:
        places = self._legend(width)
        return self.looks.type.s(8) + (places[-1][1] + 1) * self.looks.type.s(LINE) if places else 0

    def draw_foot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        if self.spec is None:
            return
        s = self.looks.type.s
        caption = self.looks.type.font("caption")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(theme.line))
        for place, (shape, style, role, words) in zip(
            self._legend(rect.width()), self.spec.legend, strict=True
        ):
            x, top = rect.left() + place[0], rect.top() + s(6) + place[1] * s(LINE)
            middle = top + s(LINE) / 2
            color = theme.color(role if role in ("reliance", "china") else "text_2")
            if shape == "whisker":
                painter.setPen(QPen(color, 2.2))
                painter.drawLine(QPointF(x, middle), QPointF(x + s(16), middle))
                for end in (x, x + s(16)):
                    painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))
            elif shape == "bar":
                bar = QRectF(x, middle - s(4), s(16), s(8))
                painter.fillRect(bar, color if style == "solid" else hatch(color.name(), 2.0))
            else:
                hollow = style != "solid"
                painter.setPen(QPen(color, 1.4) if hollow else Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(QColor(theme.surface)) if hollow else QBrush(color))
                where = QPointF(x + s(8), middle)
                if shape == "diamond":
                    painter.drawPolygon(diamond(where, s(92) / 20))
                else:
                    painter.drawEllipse(where, s(8) / 2, s(8) / 2)
            _words(painter, x + s(21), top, s(LINE), words, caption, theme.text_2)

    @staticmethod
    def _tip(row: FigureRow) -> str:
        tips = [row.tooltip, *(mark.tooltip for mark in row.marks)]
        return "\n".join(dict.fromkeys(tip for tip in tips if tip))

    def _spoken(self, row: FigureRow) -> str:
        notes = list(row.notes)
        if self.spec is not None and len(notes) > 1 and len(self.spec.axes) > 1:
            axis = self.spec.axes[1]
            notes[1] = " ".join(one for one in (axis.title, notes[1], axis.unit) if one)
        return f"{row.label}: {'; '.join(note for note in notes if note)}"


def _words(
    painter: QPainter, x: float, top: float, height: float, words: str, font: QFont, color: str
) -> float:
    """Draw words at the left; gives where they end."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    width = QFontMetricsF(font).horizontalAdvance(words)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QRectF(x, top, width + 4, height), flags, words)
    return x + width


def _fitted(painter: QPainter, rect: QRectF, words: str, font: QFont, color: str) -> None:
    """Draw words, cut with an ellipsis where they do not fit."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(rect, flags, shown)
