"""China's share by import reliance; the area of a bubble is spend, ranges are whiskers."""

from __future__ import annotations

import math

from PySide6.QtCore import QMarginsF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPen

from bomexposure.gui.charts.base import HitArea
from bomexposure.gui.charts.labels import Spot, paint_labels, place_labels
from bomexposure.gui.charts.plots import Bubble, Plot
from bomexposure.gui.charts.text import fit
from bomexposure.gui.charts.waterfall import SpecChart
from bomexposure.gui.looks import Looks
from bomexposure.gui.theme import Theme
from bomexposure.present.specs import Point
from bomexposure.present.words import tr

MARGIN = 8.0
"""Percent points of air around 0 to 100: room for large bubbles at the ends."""
LEAST, MOST = 2.6, 21.0
"""Radii."""


class Quadrant(SpecChart):
    """Bubbles of minerals; labels are placed greedily, clusters share one label."""

    ROOM = (280, 220)

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "quadrant")
        self.plot: Plot | None = None

    def area_at(self, where: QPoint) -> HitArea | None:
        """The smallest bubble below a point; its tooltip names all of them."""
        point = where.toPointF()
        below = [
            area
            for area in self.areas
            if math.hypot(point.x() - area.rect.center().x(), point.y() - area.rect.center().y())
            <= max(6.0, area.rect.width() / 2)
        ]
        if not below:
            return None
        first = min(below, key=lambda one: one.rect.width())
        tip = "\n".join(one.tip for one in sorted(below, key=lambda one: one.rect.width()))
        return first if len(below) == 1 else HitArea(first.rect, first.key, tip, first.spoken)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        if not self.spec.points and not self.spec.rug:
            self.say_empty(painter, rect, theme)
            return []
        s, type_ = self.looks.type.s, self.looks.type
        caption = type_.font("caption")
        self.plot = self.plot or Plot(self, MARGIN)
        plot = self.plot
        below = s(16) if self.spec.rug else 0
        inner = rect.adjusted(s(18), 0, 0, -below)
        plot.begin(inner, QMarginsF(s(30), s(8), s(18), s(40)), self.spec.axes, caption, theme)
        plot.tint(50, 50, theme.china_tint)
        # a bubble at an end of an axis stays within the air around it
        most = min(s(MOST), plot.box.height() * MARGIN / (100 + 2 * MARGIN))
        largest = max((point.size for point in self.spec.points), default=0.0) or 1.0
        areas: list[HitArea] = []
        spots: list[tuple[Point, QPointF, float]] = []
        bubbles: list[Bubble] = []
        for point in sorted(self.spec.points, key=lambda one: (-one.size, one.label)):
            x, y = (point.x_low + point.x_high) / 2, (point.y_low + point.y_high) / 2
            radius = max(LEAST, most * math.sqrt(max(0.0, point.size) / largest))
            pen, brush = self._colors(point, theme)
            bubbles.append(Bubble(x, y, point.x_low, point.x_high, radius, pen, brush))
            middle = plot.at(x, y)
            spots.append((point, middle, radius))
            box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            areas.append(HitArea(box, point.key, point.tooltip, point.tooltip))
        plot.bubbles(bubbles)
        plot.render(painter)
        box = plot.box
        self._titles(painter, rect, box, theme)
        self._labels(painter, box, spots, theme)
        self._rug(painter, rect, box, theme)
        return areas

    def _titles(self, painter: QPainter, rect: QRectF, box: QRectF, theme: Theme) -> None:
        """What the axes measure."""
        s, font = self.looks.type.s, self.looks.type.font("caption")
        fit(painter, QRectF(box.left(), box.bottom() + s(20), box.width(), s(18)),
            tr("Net import reliance, %"), font, theme.text_2, "center")  # fmt: skip
        painter.save()
        painter.translate(rect.left() + s(14), box.center().y())
        painter.rotate(-90)
        fit(painter, QRectF(-box.height() / 2, -s(9), box.height(), s(18)),
            tr("China share at its highest stage, %"), font, theme.text_2, "center")  # fmt: skip
        painter.restore()

    def _colors(self, point: Point, theme: Theme) -> tuple[QPen, QBrush]:
        """Rim and filling of a bubble: grey, the selected one in the accent."""
        chosen = point.key == self.selected
        color = QColor(theme.accent if chosen else theme.text_2)
        if self.selected and not chosen and self._there():
            color.setAlphaF(0.45)
        fill = QColor(color)
        fill.setAlphaF(0.45 if chosen else 0.16)
        return QPen(color, 2.0 if chosen else 1.1), QBrush(fill)

    def _there(self) -> bool:
        return self.spec is not None and any(p.key == self.selected for p in self.spec.points)

    def _labels(
        self, painter: QPainter, plot: QRectF, spots: list[tuple[Point, QPointF, float]],
        theme: Theme,
    ) -> None:  # fmt: skip
        """Symbols inside large bubbles, else beside or on a leader; one label for one place."""
        font, bold = self.looks.type.font("caption"), self.looks.type.font("caption", bold=True)
        clusters: list[tuple[list[Point], QPointF, float]] = []
        for point, middle, radius in spots:
            for names, center, reach in clusters:
                near = math.hypot(center.x() - middle.x(), center.y() - middle.y()) < 9
                if near and abs(reach - radius) < 14:
                    names.append(point)
                    break
            else:
                clusters.append(([point], middle, radius))
        named = []
        # the crowd at the right edge goes first: it has the fewest places to choose from
        for names, middle, radius in sorted(clusters, key=lambda one: -one[1].x()):
            words = " ".join(point.label for point in names[:6])
            words += f" +{len(names) - 6}" if len(names) > 6 else ""
            chosen = any(point.key == self.selected for point in names)
            ranged = any(point.x_high > point.x_low for point in names)
            named.append(
                Spot(words, middle, radius, bold if chosen else font,
                     inside=len(names) == 1 and not ranged, above=ranged)
            )  # fmt: skip
        room = plot.adjusted(-4, -6, 14, 4)
        paint_labels(painter, place_labels(named, room, self.looks.type.s(14)), theme)

    def _rug(self, painter: QPainter, rect: QRectF, box: QRectF, theme: Theme) -> None:
        """Minerals without a published share: ticks on the x axis, named in the line below."""
        if self.spec is None or self.plot is None or not self.spec.rug:
            return
        bottom = box.bottom()
        painter.setPen(QPen(QColor(theme.text_2), 1.4))
        for _key, _label, x in self.spec.rug:
            at = self.plot.at(x, 0).x()
            painter.drawLine(QPointF(at, bottom - 5), QPointF(at, bottom + 3))
        names = ", ".join(label for _key, label, _x in self.spec.rug)
        fit(
            painter, QRectF(rect.left() + 12, rect.bottom() - self.looks.type.s(16),
                            rect.width() - 24, self.looks.type.s(16)),
            tr("Ticks on the axis: no China share published ({names})", names=names),
            self.looks.type.font("caption"), theme.text_2,
        )  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position().toPoint())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if area is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = next((n for n, one in enumerate(self.areas) if one.key == area.key), -1)
            self.chosen.emit(area.key)
