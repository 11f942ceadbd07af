"""Plots with two continuous axes, on pyqtgraph: the one module that names its untyped objects.

A `Plot` is a pyqtgraph scene that is never shown as a widget of its own: the chart that owns it
renders it with its own painter. So the picture in a file is the picture on screen, in the file's
theme and size, without pyqtgraph's exporters (its SVG exporter fails with current PySide6), and
mouse, keys and focus stay with the chart as everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PySide6.QtCore import QMarginsF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QWidget

from bomexposure.gui.theme import Theme
from bomexposure.present.specs import Axis

Item = Any
"""A graphics item of pyqtgraph, which has no types."""
WHISKER_END = 7.0
"""Length of the bars at the ends of a range, px."""


@cache
def pyqtgraph() -> Any:
    """The library, loaded when first asked for: it takes about half a second of computing."""
    import pyqtgraph as library

    return library


@dataclass(frozen=True, slots=True)
class Bubble:
    """A disc at (x, y) of the axes with a radius in px; x also has a range."""

    x: float
    y: float
    x_low: float
    x_high: float
    radius: float
    pen: QPen
    brush: QBrush


class Plot:
    """Two axes and what lies between them; everything is put in anew for each picture."""

    def __init__(self, owner: QWidget, air: float = 0.0) -> None:
        """`air` is the room around the axes' ends, in their units."""
        pg = pyqtgraph()
        self._air = air
        self._view: Any = pg.GraphicsView(parent=owner, background=None)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.hide()
        self._item: Any = pg.PlotItem(enableMenu=False)
        self._item.hideButtons()
        self._item.setMouseEnabled(x=False, y=False)
        self._item.disableAutoRange()
        self._view.setCentralItem(self._item)
        # a tree of places would outlive the items that each picture replaces, and crash
        self._view.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._origin = QPointF()

    def begin(
        self, rect: QRectF, margins: QMarginsF, axes: Sequence[Axis], font: QFont, theme: Theme
    ) -> None:
        """An empty plot that fills `rect`; `margins` are the room for ticks and titles, px."""
        self._origin = rect.topLeft()
        size = rect.size().toSize()
        if self._view.size() != size:
            self._view.resize(size)
            self._view.resizeEvent(None)  # Qt tells a hidden widget its size only when shown
        self._item.clear()
        self._item.layout.setContentsMargins(0, margins.top(), margins.right(), 0)
        for side, axis in (("bottom", axes[0]), ("left", axes[1])):
            self._axis(self._item.getAxis(side), axis, font, theme)
        self._item.getAxis("bottom").setHeight(margins.bottom())
        self._item.getAxis("left").setWidth(margins.left())
        x, y = axes
        self._item.setRange(
            xRange=(x.low - self._air, x.high + self._air),
            yRange=(y.low - self._air, y.high + self._air),
            padding=0,
        )
        self._item.layout.activate()
        self._grid(axes, theme)

    @staticmethod
    def _axis(made: Any, axis: Axis, font: QFont, theme: Theme) -> None:
        made.setPen(QPen(Qt.PenStyle.NoPen))
        made.setTextPen(QPen(QColor(theme.text_2)))
        made.setTicks([list(axis.ticks)])
        made.setTickFont(font)
        # a tick of length 0 would still draw a dot
        made.setStyle(tickLength=0, tickAlpha=0, hideOverlappingLabels=False, tickTextOffset=5,
                      autoExpandTextSpace=False)  # fmt: skip

    def _grid(self, axes: Sequence[Axis], theme: Theme) -> None:
        """One line a tick; the axes' own grid would lie on top of the marks."""
        pen = QPen(QColor(theme.line), 1)
        pen.setCosmetic(True)
        for angle, axis in ((90, axes[0]), (0, axes[1])):
            for at, _words in axis.ticks:
                line = pyqtgraph().InfiniteLine(pos=at, angle=angle, pen=pen)
                line.setZValue(-50)
                self._item.addItem(line)

    # --- what can lie in it -----------------------------------------------------------------

    def tint(self, x: float, y: float, color: str) -> None:
        """Shade all that is at least (x, y)."""
        (_, right), (_, top) = self._item.viewRange()
        box = QGraphicsRectItem(QRectF(x, y, right - x, top - y))
        box.setPen(QPen(Qt.PenStyle.NoPen))
        box.setBrush(QColor(color))
        box.setZValue(-100)
        self._item.addItem(box)

    def bubbles(self, many: Sequence[Bubble]) -> None:
        """Discs in the order given, the last on top, and their ranges in x behind them."""
        pg = pyqtgraph()
        _, height = self._item.getViewBox().viewPixelSize()
        for one in many:
            one.pen.setCosmetic(True)  # else a pen grows with the symbol
        wide = [one for one in many if one.x_high > one.x_low]
        for color in dict.fromkeys(one.pen.color().rgba() for one in wide):
            same = [one for one in wide if one.pen.color().rgba() == color]
            pen = QPen(QColor.fromRgba(color), 1.2)
            pen.setCosmetic(True)
            x = np.array([one.x for one in same])
            self._item.addItem(
                pg.ErrorBarItem(
                    x=x,
                    y=np.array([one.y for one in same]),
                    left=x - [one.x_low for one in same],
                    right=[one.x_high for one in same] - x,
                    beam=WHISKER_END * height,
                    pen=pen,
                )
            )
        self._item.addItem(
            pg.ScatterPlotItem(
                x=[one.x for one in many],
                y=[one.y for one in many],
                size=[2 * one.radius for one in many],
                pen=[one.pen for one in many],
                brush=[one.brush for one in many],
                symbol="o",
                pxMode=True,
                antialias=True,
                useCache=False,  # the cached pixmaps would be coarse in a file of twice the size
            )
        )

    def steps(self, xs: Sequence[float], ys: Sequence[float], end: float, pen: QPen) -> Item:
        """A line whose value holds from each x to the next, the last one to `end`."""
        drawn = QPen(pen)
        drawn.setCosmetic(True)
        drawn.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        made = pyqtgraph().PlotCurveItem(
            x=np.array([*xs, end]), y=np.array(ys), stepMode="center", pen=drawn, antialias=True
        )
        self._item.addItem(made)
        return made

    def band(self, low: Item, high: Item, color: QColor) -> None:
        """Shade what lies between two step lines."""
        self._item.addItem(pyqtgraph().FillBetweenItem(low, high, brush=QBrush(color)))

    def handle(self, x: float, color: str) -> None:
        """An upright line with a triangle at its foot: the reader can move it."""
        pen = QPen(QColor(color), 1.2)
        pen.setCosmetic(True)
        line = pyqtgraph().InfiniteLine(pos=x, angle=90, pen=pen)
        line.addMarker("^", position=0.0, size=13.0)
        line.setZValue(50)
        self._item.addItem(line)

    # --- where things are -------------------------------------------------------------------

    @property
    def box(self) -> QRectF:
        """The room between the axes, where the chart paints."""
        found: Any = self._item.getViewBox()
        return QRectF(found.mapRectToScene(found.boundingRect())).translated(self._origin)

    def at(self, x: float, y: float) -> QPointF:
        """From the axes' units to where the chart paints."""
        return QPointF(self._item.getViewBox().mapViewToScene(QPointF(x, y))) + self._origin

    def x_at(self, where: QPointF) -> float:
        """From where the chart paints to the x axis."""
        return float(self._item.getViewBox().mapSceneToView(where - self._origin).x())

    def render(self, painter: QPainter) -> None:
        """Paint the plot where `begin` put it."""
        size = self._view.size()
        whole = QRect(QPoint(0, 0), size)
        self._view.render(painter, QRectF(self._origin, QRectF(whole).size()), whole)
