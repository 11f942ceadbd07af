"""The world map of one mineral's producers at one stage: wheel zooms, drag moves, 0 resets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import pandas as pd
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
    QWheelEvent,
)

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.labels import Spot, place_labels
from bomexposure.gui.charts.text import put, width_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import hatch
from bomexposure.gui.theme import Theme
from bomexposure.model.resources import resource
from bomexposure.present.specs import ColumnSpec, MapCountry, MapSpec, TableSpec
from bomexposure.present.words import tr

WORLD = QRectF(-2.66, -1.32, 5.32, 2.36)
"""What the outlines cover, in units of the sphere's radius; Antarctica is left out."""
LEAST, MOST = 1.0, 14.0
"""Zoom."""
LABELLED = 3
LEGEND = ("none listed", "below 1 %", "1–5", "5–10", "10–25", "25 and more")


@dataclass(frozen=True, slots=True)
class Land:
    """One country's outline and the point for its label (the middle of its largest part)."""

    iso3: str
    name: str
    path: QPainterPath
    middle: QPointF
    size: float


@cache
def lands() -> tuple[Land, ...]:
    """Every country of the outline file, once a program run."""
    told = json.loads(resource("geo", "world.json").read_text(encoding="utf-8"))
    return tuple(_land(one) for one in told["countries"])


def _land(told: dict[str, object]) -> Land:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    best, middle = 0.0, QPointF()
    outlines = told["outlines"]
    assert isinstance(outlines, list)
    for flat in outlines:
        whole = [QPointF(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)]
        for points in _cut_at_edge(whole):
            path.addPolygon(QPolygonF(points))
            path.closeSubpath()
            area, center = _center(points)
            if area > best:
                best, middle = area, center
    return Land(str(told["iso3"]), str(told["name"]), path, middle, best)


def _cut_at_edge(points: list[QPointF]) -> list[list[QPointF]]:
    """An outline across the date line as one part a side; else it would cross the whole map."""
    sides: list[list[QPointF]] = [[]]
    for point in points:
        if sides[-1] and abs(point.x() - sides[-1][-1].x()) > WORLD.width() / 2:
            sides.append([])
        sides[-1].append(point)
    if len(sides) == 1:
        return sides
    east = [point for side in sides for point in side if point.x() >= 0]
    west = [point for side in sides for point in side if point.x() < 0]
    return [side for side in (east, west) if len(side) > 2]


def _center(points: list[QPointF]) -> tuple[float, QPointF]:
    """Area and centre of gravity of a polygon (the shoelace formula)."""
    area = x = y = 0.0
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        cross = a.x() * b.y() - b.x() * a.y()
        area += cross
        x += (a.x() + b.x()) * cross
        y += (a.y() + b.y()) * cross
    if abs(area) < 1e-12:
        return 0.0, points[0] if points else QPointF()
    return abs(area) / 2, QPointF(x / (3 * area), y / (3 * area))


class WorldMap(Chart):
    """Countries coloured by their share; a click selects one."""

    ROOM = (380, 196)

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "map")
        self.spec: MapSpec | None = None
        self._by_code: dict[str, MapCountry] = {}
        self._zoom, self._shift = 1.0, QPointF(0, 0)
        self._from: QPointF | None = None
        self._moved = False
        self._below = ""

    def show_spec(self, spec: MapSpec | None) -> None:
        """Draw another mineral or stage; the place on the map stays."""
        self.spec = spec
        self._at = -1
        self._by_code = {one.iso3: one for one in spec.countries} if spec is not None else {}
        if spec is not None:
            self.setAccessibleName(tr("World map: {spec}", spec=spec.title))
            self.setAccessibleDescription(
                "; ".join(one.tooltip for one in self._ranked()[:8]) or spec.empty
            )
        self.update()

    def _ranked(self) -> list[MapCountry]:
        return sorted(self._by_code.values(), key=lambda one: (-(one.share_high or 0.0), one.name))

    def table(self) -> TableSpec | None:
        if self.spec is None:
            return None
        ranked = self._ranked()
        rows = pd.DataFrame(
            {
                "iso3": [one.iso3 for one in ranked],
                "country": [one.name for one in ranked],
                "low": [one.share_low for one in ranked],
                "high": [one.share_high for one in ranked],
                "excluded": ["excluded" if one.excluded else "" for one in ranked],
                "source": [one.source for one in ranked],
            }
        )
        columns = (
            ColumnSpec("country", "Country", width=22),
            ColumnSpec("low", "Share of world output", "%", "percent", "high", "", "source", 12),
            ColumnSpec("excluded", "Offered", width=12),
        )
        return TableSpec("map", self.spec.title, columns, rows, "iso3", self.spec.caption)

    # --- where things are -------------------------------------------------------------------

    def _transform(self, rect: QRectF) -> QTransform:
        """From the outline file's units to the widget."""
        fit = min(rect.width() / WORLD.width(), rect.height() / WORLD.height())
        made = QTransform()
        made.translate(rect.center().x() + self._shift.x(), rect.center().y() + self._shift.y())
        made.scale(fit * self._zoom, fit * self._zoom)
        made.translate(-WORLD.center().x(), -WORLD.center().y())
        return made

    def _plot(self, rect: QRectF) -> QRectF:
        """The map's part of the widget: all but the line of words below."""
        return rect.adjusted(4, 2, -4, -self.looks.type.s(24))

    def area_at(self, where: QPoint) -> HitArea | None:
        """The country below a point, by its outline."""
        back, fine = self._transform(self._plot(QRectF(self.rect()))).inverted()
        if not fine:
            return None
        point = back.map(where.toPointF())
        for land in lands():
            if land.iso3 and land.path.contains(point):
                known = self._by_code.get(land.iso3)
                tip = (
                    known.tooltip
                    if known is not None
                    else tr("{land}: none listed", land=land.name)
                )
                if known is not None and known.excluded:
                    tip += "\n" + tr("Not offered as a source.")
                return HitArea(QRectF(), land.iso3, tip, tip)
        return None

    # --- painting ---------------------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        plot = self._plot(rect)
        place = self._transform(plot)
        painter.save()
        painter.setClipRect(plot)
        found: dict[str, HitArea] = {}
        chosen: QPainterPath | None = None
        hovered: QPainterPath | None = None
        for land in lands():
            path = place.map(land.path)
            if not path.boundingRect().intersects(plot):
                continue
            known = self._by_code.get(land.iso3) if land.iso3 else None
            self._fill(painter, path, known, theme)
            if land.iso3 and land.iso3 == self.selected:
                chosen = path
            if land.iso3 and land.iso3 == self._below:
                hovered = path
            if known is not None:
                found[land.iso3] = HitArea(
                    path.boundingRect(), land.iso3, known.tooltip, known.tooltip
                )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if hovered is not None:
            painter.setPen(QPen(QColor(theme.text), 1.4))
            painter.drawPath(hovered)
        if chosen is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawPath(chosen)
        self._labels(painter, plot, place, theme)
        painter.restore()
        self._legend(painter, plot, theme)
        self._beside(painter, rect, plot, theme)
        if not self._by_code:
            self._nothing(painter, plot, theme)
        return [found[one.iso3] for one in self._ranked() if one.iso3 in found]

    @staticmethod
    def _fill(
        painter: QPainter, path: QPainterPath, known: MapCountry | None, theme: Theme
    ) -> None:
        if known is None:
            painter.setPen(QPen(QColor(theme.nodata), 0.7))
            painter.setBrush(QColor(theme.canvas))
            painter.drawPath(path)
            return
        painter.setPen(QPen(QColor(theme.line_strong if known.excluded else theme.surface), 0.7))
        painter.setBrush(QColor(theme.seq[known.step]))
        painter.drawPath(path)
        if known.excluded:
            ink = theme.surface if theme.seq_label[known.step] == "surface" else theme.line_strong
            pen = QPen(QColor(theme.line_strong), 1.1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(hatch(ink, 2.0))
            painter.drawPath(path)

    def _labels(self, painter: QPainter, plot: QRectF, place: QTransform, theme: Theme) -> None:
        """Figures on the largest; a name never lies over another listed country."""
        font = self.looks.type.font("small", bold=True)
        height = float(self.looks.type.s(20))
        by_code = {land.iso3: land for land in lands()}
        paths = {code: place.map(by_code[code].path) for code in self._by_code if code in by_code}
        named = [
            one for one in self._ranked()
            if one.share_high and one.share_high > 0 and one.iso3 in by_code
            and plot.contains(place.map(by_code[one.iso3].middle))
        ][:LABELLED]  # fmt: skip
        spots = []
        for one in named:
            land, words = by_code[one.iso3], f" {one.name} {one.label} "
            # a land that holds its own name bears it in its middle
            holds = land.size * place.m11() ** 2 > width_of(words, font) * height * 1.2
            radius = (width_of(words, font) + 8) / 2 if holds else 3.0
            spots.append(Spot(words, place.map(land.middle), radius, font, inside=holds))

        def barred(at: int, box: QRectF) -> bool:
            own = named[at].iso3
            return any(path.intersects(box) for code, path in paths.items() if code != own)

        legend = QRectF(plot.left(), plot.bottom() - self._legend_high(), self._legend_wide(),
                        self._legend_high())  # fmt: skip
        for label in place_labels(spots, plot, height, [legend], barred):
            if label.leader is not None or not label.spot.inside:
                painter.setPen(QPen(QColor(theme.text_2), 1))
                painter.drawLine(
                    label.spot.at, label.leader[1] if label.leader else label.box.center()
                )
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(label.box, 3, 3)
            put(painter, label.box.left() + 2, label.box.top(), height, label.spot.words, font,
                theme.text)  # fmt: skip

    def _legend_high(self) -> float:
        return float((len(LEGEND) + 1) * self.looks.type.s(17) + self.looks.type.s(8))

    def _legend_wide(self) -> float:
        font = self.looks.type.font("caption")
        return max(
            width_of(words, font) for words in map(tr, (*LEGEND, "excluded"))
        ) + self.looks.type.s(46)

    def _legend(self, painter: QPainter, plot: QRectF, theme: Theme) -> None:
        s, font = self.looks.type.s, self.looks.type.font("caption")
        step = s(17)
        rows = [*enumerate(map(tr, LEGEND)), (-1, tr("excluded"))]
        x, y = plot.left() + s(8), plot.bottom() - len(rows) * step - s(4)
        widest = max(width_of(words, font) for _, words in rows)
        back = QColor(theme.surface)
        back.setAlphaF(0.82)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(QRectF(x - 6, y - 4, widest + s(36), len(rows) * step + 8), 4, 4)
        for number, words in rows:
            box = QRectF(x, y + step / 2 - s(5), s(16), s(10))
            painter.setPen(QPen(QColor(theme.line_strong if number < 1 else theme.line), 0.8))
            painter.setBrush(QColor(theme.canvas if number < 1 else theme.seq[number]))
            painter.drawRoundedRect(box, 1.5, 1.5)
            if number < 0:
                painter.setPen(QPen(QColor(theme.line_strong), 1, Qt.PenStyle.DashLine))
                painter.setBrush(hatch(theme.line_strong, 2.0))
                painter.drawRect(box)
            put(painter, x + s(22), y, step, words, font, theme.text_2)
            y += step

    def _beside(self, painter: QPainter, rect: QRectF, plot: QRectF, theme: Theme) -> None:
        """What has no place on the map, in words below it."""
        assert self.spec is not None
        drawn = {land.iso3 for land in lands()}
        off = [f"{one.name} {one.label}" for one in self._ranked() if one.iso3 not in drawn]
        words = " · ".join([*self.spec.beside, *off])
        line = tr("Not on the map: {words}", words=words) if words else ""
        if self._zoom > LEAST:
            line = tr("Press 0 to see the whole world. {line}", line=line)
        put(
            painter, plot.left() + self.looks.type.s(8), plot.bottom(),
            rect.bottom() - plot.bottom(),
            line, self.looks.type.font("caption"), theme.text_2,
        )  # fmt: skip

    def _nothing(self, painter: QPainter, plot: QRectF, theme: Theme) -> None:
        assert self.spec is not None
        font = self.looks.type.font("small")
        width = width_of(self.spec.empty, font) + 28
        box = QRectF(plot.center().x() - width / 2, plot.center().y() - 18, width, 36)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(box, 6, 6)
        put(painter, box.left() + 14, box.top(), box.height(), self.spec.empty, font, theme.text)

    # --- mouse and keys ---------------------------------------------------------------------

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Zoom in or out so that the point below `where` stays below it."""
        before = self._zoom
        self._zoom = min(MOST, max(LEAST, before * factor))
        ratio = self._zoom / before
        center = self._plot(QRectF(self.rect())).center() + self._shift
        self._shift += (where - center) * (1 - ratio)
        self._keep_inside()
        self.update()

    def reset(self) -> None:
        """Show the whole world again."""
        self._zoom, self._shift = 1.0, QPointF(0, 0)
        self.update()

    @property
    def zoom(self) -> float:
        """1 shows the whole world."""
        return self._zoom

    def _keep_inside(self) -> None:
        """Never lose the world: at most half of the zoomed map may leave."""
        plot = self._plot(QRectF(self.rect()))
        across = plot.width() * self._zoom / 2
        down = plot.height() * self._zoom / 2
        if self._zoom <= 1.0:
            self._shift = QPointF(0, 0)
        self._shift = QPointF(
            min(across, max(-across, self._shift.x())), min(down, max(-down, self._shift.y()))
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_at(event.position(), 1.25**steps)
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from, self._moved = event.position(), False
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            self._hover(event.position().toPoint())
            return
        by = event.position() - self._from
        if self._moved or by.manhattanLength() > 4:
            self._moved = True
            self._shift += by
            self._from = event.position()
            self._keep_inside()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def _hover(self, where: QPoint) -> None:
        """Outline the country below the pointer, at most once per country."""
        area = self.area_at(where)
        below = area.key if area is not None else ""
        shape = Qt.CursorShape.PointingHandCursor if below else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if below != self._below:
            self._below = below
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._below = ""
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._from = self._moved, None
        self._moved = False
        if event.button() != Qt.MouseButton.LeftButton or dragged:
            return
        area = self.area_at(event.position().toPoint())
        if area is not None:
            self._at = next((n for n, one in enumerate(self.areas) if one.key == area.key), -1)
            self.chosen.emit(area.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the producers by share, plus and minus zoom, 0 shows the world."""
        key = event.key()
        # zoom goes to the producer in hand, if there is one
        at = self.areas[self._at].rect.center() if 0 <= self._at < len(self.areas) else None
        middle = at or self._plot(QRectF(self.rect())).center()
        if key == Qt.Key.Key_0:
            self.reset()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_at(middle, 1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom_at(middle, 0.8)
        else:
            super().keyPressEvent(event)
