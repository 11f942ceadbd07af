"""Minerals by spend as bars, with the share of spend so far as figures at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bomexposure.gui.charts.base import HitArea
from bomexposure.gui.charts.text import fit, width_of
from bomexposure.gui.charts.waterfall import SpecChart
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import hatch
from bomexposure.gui.theme import Theme
from bomexposure.present.words import tr

ROW, HEAD = 27, 44


class Pareto(SpecChart):
    """One bar a mineral, falling; what was cut off stands in the last."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "pareto")

    def measure(self) -> None:
        self.setMinimumHeight(self.ideal_height(self.width()))

    def ideal_height(self, width: int) -> int:
        del width
        s = self.looks.type.s
        return s(HEAD + 10) + (len(self.spec.rows) if self.spec is not None else 0) * s(ROW)

    def head_height(self) -> int:
        return self.looks.type.s(HEAD)

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
        roomy = rect.width() >= s(620)
        share = "Share so far"
        if roomy:  # a count of lines has no unit
            unit = self.spec.axes[0].unit
            share = "Share of spend so far" if unit else "Share of lines so far"
        # what the longest words leave is the bars'
        names = max(
            width_of(row.label, small) + s(32 if row.symbol else 0) for row in self.spec.rows
        )
        names = min(names + s(18), s(190))
        spends = max(
            (width_of(row.notes[0], small) for row in self.spec.rows if row.notes), default=0
        )
        figures = min(spends, s(140)) + s(24) + width_of(share, bold)
        plot = QRectF(left + names, rect.top() + s(HEAD), rect.width() - s(32) - names - figures,
                      len(self.spec.rows) * s(ROW))  # fmt: skip
        axis = self.spec.axes[0]
        for at, words in axis.ticks:
            x = plot.left() + plot.width() * (at - axis.low) / (axis.high - axis.low)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, plot.top() - 3), QPointF(x, plot.bottom()))
            fit(painter, QRectF(x - 40, plot.top() - s(20), 80, s(16)), words, caption,
                theme.text_2, "center")  # fmt: skip
        title = f"{axis.title}, {axis.unit}" if axis.unit else axis.title
        if not roomy and axis.unit:  # the currency alone, where there is one
            code = axis.unit.partition(" ")[0]
            title = f"Spend, {code}" if code.isupper() else "Spend"
        fit(
            painter, QRectF(plot.left(), rect.top(), plot.width(), s(20)), title, bold, theme.text_2
        )
        right = plot.right() + s(8)
        fit(painter, QRectF(right, rect.top(), rect.right() - right - s(16), s(20)),
            share, bold, theme.text_2, "right")  # fmt: skip
        areas = []
        for number, row in enumerate(self.spec.rows):
            box = QRectF(rect.left(), plot.top() + number * s(ROW), rect.width(), s(ROW))
            if row.key and row.key == self.selected:
                painter.fillRect(box, QColor(theme.select))
                painter.fillRect(
                    QRectF(box.left(), box.top(), 3, box.height()), QColor(theme.accent)
                )
            fit(painter, QRectF(left, box.top(), s(30), s(ROW)), row.symbol, bold, theme.text)
            indent = s(32) if row.symbol else 0
            fit(painter, QRectF(left + indent, box.top(), names - indent - 8, s(ROW)), row.label,
                small, theme.text if row.key else theme.text_2)  # fmt: skip
            end = plot.left()
            for mark in row.marks:
                start = plot.left() + plot.width() * mark.low / axis.high
                stop = plot.left() + plot.width() * mark.high / axis.high
                bar = QRectF(start, box.center().y() - s(6), max(1.0, stop - start), s(12))
                if mark.style == "solid":
                    painter.fillRect(bar, QColor(theme.text_2))
                else:
                    painter.fillRect(bar, hatch(theme.text_2, 2.0))
                    painter.setPen(QPen(QColor(theme.text_2), 0.8))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(bar)
                end = max(end, bar.right())
            spend = row.notes[0] if row.notes else ""
            share = row.notes[1] if len(row.notes) > 1 else ""
            fit(painter, QRectF(end + 6, box.top(), s(118), s(ROW)), spend, small, theme.text_2)
            fit(painter, QRectF(rect.right() - s(96), box.top(), s(80), s(ROW)), share, bold,
                theme.text, "right")  # fmt: skip
            words = tr(
                "{row}: spend {spend}, share so far {share}",
                row=row.label,
                spend=spend,
                share=share or "not counted",
            )
            tip = f"{words}\n{row.tooltip}" if row.tooltip else words
            areas.append(HitArea(box, row.key, tip, words))
        return areas
