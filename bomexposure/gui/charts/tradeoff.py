"""Exposure against a property: which substitute gives up least for how much less exposure."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from bomexposure.gui.charts.base import HitArea
from bomexposure.gui.charts.labels import Spot, paint_labels, place_labels
from bomexposure.gui.charts.plots import Plot
from bomexposure.gui.charts.text import fit
from bomexposure.gui.charts.waterfall import SpecChart
from bomexposure.gui.looks import Looks
from bomexposure.gui.theme import Theme
from bomexposure.present.specs import Point
from bomexposure.present.words import tr

MARK = 5.5
END = 4.0
"""Half the length of the strokes at the ends of a range, px."""


class Tradeoff(SpecChart):
    """One mark an option; filled on the front, hollow where another beats it, square as it is."""

    ROOM = (320, 240)

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "trade-off")
        self.plot: Plot | None = None

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        if not self.spec.points:
            self.say_empty(painter, rect, theme)
            return []
        s, type_ = self.looks.type.s, self.looks.type
        caption = type_.font("caption")
        self.plot = plot = self.plot or Plot(self)
        inner = rect.adjusted(s(20), 0, 0, 0)
        plot.begin(inner, QMarginsF(s(34), s(14), s(24), s(44)), self.spec.axes, caption, theme)
        plot.render(painter)
        box = plot.box
        self._titles(painter, rect, box, theme)
        self._front(painter, plot, theme)
        areas, spots, lines = [], [], []
        for point in self.spec.points:
            at = self._mark(painter, plot, point, theme)
            lines += self._ranges(plot, point)
            side = s(20)
            areas.append(
                HitArea(QRectF(at.x() - side / 2, at.y() - side / 2, side, side), point.key,
                        point.tooltip, point.tooltip)
            )  # fmt: skip
            chosen = point.key == self.selected and point.key != ""
            words = point.label if point.key else tr("{point}, as it is", point=point.label)
            font = type_.font("small", bold=chosen)
            spots.append(Spot(words, at, MARK + 1, font, above=True))
        room = box.adjusted(-4, -6, 18, 4)
        paint_labels(painter, place_labels(spots, room, s(17), lines), theme)
        return areas

    @staticmethod
    def _ranges(plot: Plot, point: Point) -> list[QRectF]:
        """The lines of a mark's ranges, which no name may cover."""
        middle = (point.x_low + point.x_high) / 2
        ends = ((point.x_low, point.y_high, point.x_high, point.y_high),
                (middle, point.y_high, middle, point.y_low))  # fmt: skip
        return [
            QRectF(plot.at(a, b), plot.at(c, d)).normalized().adjusted(-1, -1, 1, 1)
            for a, b, c, d in ends
            if (a, b) != (c, d)
        ]

    def _titles(self, painter: QPainter, rect: QRectF, box: QRectF, theme: Theme) -> None:
        assert self.spec is not None
        s, font = self.looks.type.s, self.looks.type.font("caption")
        x, y = self.spec.axes
        fit(painter, QRectF(box.left(), box.bottom() + s(22), box.width(), s(18)), x.title, font,
            theme.text_2, "center")  # fmt: skip
        painter.save()
        painter.translate(rect.left() + s(14), box.center().y())
        painter.rotate(-90)
        fit(painter, QRectF(-box.height() / 2, -s(9), box.height(), s(18)),
            f"{y.title}, {y.unit}", font, theme.text_2, "center")  # fmt: skip
        painter.restore()

    def _middle(self, plot: Plot, point: Point) -> QPointF:
        return plot.at((point.x_low + point.x_high) / 2, point.y_high)

    def _front(self, painter: QPainter, plot: Plot, theme: Theme) -> None:
        """A thin line through the options that none beats."""
        assert self.spec is not None
        front = [point for point in self.spec.points if point.role == "accent"]
        at = sorted((self._middle(plot, point) for point in front), key=lambda one: one.x())
        if len(at) > 1:
            painter.setPen(QPen(QColor(theme.line_strong), 1, Qt.PenStyle.DotLine))
            painter.drawPolyline(at)

    def _mark(self, painter: QPainter, plot: Plot, point: Point, theme: Theme) -> QPointF:
        at = self._middle(plot, point)
        chosen = point.key == self.selected and point.key != ""
        ink = QColor(theme.accent if chosen else theme.text_2)
        painter.setPen(QPen(ink, 1.4))
        low, high = plot.at(point.x_low, point.y_high), plot.at(point.x_high, point.y_high)
        if high.x() - low.x() > 2:
            painter.drawLine(low, high)
            for end in (low, high):
                painter.drawLine(end + QPointF(0, -END), end + QPointF(0, END))
        foot = plot.at((point.x_low + point.x_high) / 2, point.y_low)
        if foot.y() - at.y() > 2:
            painter.drawLine(at, foot)
            painter.drawLine(foot + QPointF(-END, 0), foot + QPointF(END, 0))
        full = point.role == "accent"
        color = QColor(theme.accent if chosen else theme.china)
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(QBrush(color if full else QColor(theme.surface)))
        box = QRectF(at.x() - MARK, at.y() - MARK, 2 * MARK, 2 * MARK)
        if point.key:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return at
