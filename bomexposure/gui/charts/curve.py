"""The one-country-out curve: step lines with a threshold that can be moved."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.plots import Plot
from bomexposure.gui.charts.text import fit, put, say, width_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.theme import Theme
from bomexposure.present import numbers
from bomexposure.present.specs import FigureSpec, Series, TableSpec
from bomexposure.present.words import tr

DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 3.0), (1.2, 2.0), (7.0, 2.0, 1.2, 2.0))


class OneOut(Chart):
    """Lines fall from left to right; names and values at the threshold stand at the right."""

    ROOM = (300, 230)

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "one-out")
        self.spec: FigureSpec | None = None
        self.threshold = 25.0
        self._dragging = False
        self.plot: Plot | None = None
        self._box = QRectF()

    def show_spec(self, spec: FigureSpec) -> None:
        """Draw another figure; the threshold stays where the user put it."""
        self.spec = spec
        self._at = -1
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.alt or spec.empty)
        self.update()

    def table(self) -> TableSpec | None:
        return self.spec.table if self.spec is not None else None

    def value_at(self, series: Series) -> tuple[float, float]:
        """Certain, and with likely lines, at the threshold: losses at least that large."""
        at = bisect_left(series.xs, self.threshold) - 1
        return series.low[max(0, at)], series.high[max(0, at)]

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        type_, s = self.looks.type, self.looks.type.s
        caption = type_.font("caption")
        if not self.spec.series:
            say(painter, rect.adjusted(16, 0, -16, 0), self.spec.empty, type_.font("small"),
                theme.text_2)  # fmt: skip
            return []
        # whole names and figures, as long as the curve keeps most of the room
        small = type_.font("small")
        widest = max(
            max(width_of(one.label, small), width_of(self._at_threshold(one), caption))
            for one in self.spec.series
        )
        names = min(max(s(112), widest + s(24)), max(s(112), 0.4 * rect.width()))
        self.plot = self.plot or Plot(self)
        margins = QMarginsF(s(40), s(10), names + s(14), s(46))
        self.plot.begin(rect, margins, self.spec.axes, caption, theme)
        for series in sorted(self.spec.series, key=lambda one: one.key == self.selected):
            self._line(self.plot, series, theme)
        self.plot.handle(self.threshold, theme.text)
        self.plot.render(painter)
        self._box = box = self.plot.box
        axis = self.spec.axes[0]
        fit(
            painter,
            QRectF(box.left(), box.bottom() + s(20), rect.right() - box.left() - 8, s(18)),
            f"{axis.title}, {axis.unit}", caption, theme.text_2, "left",
        )  # fmt: skip
        return self._names(painter, box, rect, theme)

    def _pen(self, series: Series, theme: Theme) -> QPen:
        assert self.spec is not None
        if series.role == "china":
            return QPen(QColor(theme.china), 2.4)
        first = next((one for one in self.spec.series if one.role != "china"), None)
        pen = QPen(QColor(theme.text if series is first else theme.text_2), 1.6)
        if series is not first and DASHES[series.dash]:
            pen.setDashPattern(list(DASHES[series.dash]))
        return pen

    def _line(self, plot: Plot, series: Series, theme: Theme) -> None:
        """One country's steps; the selected one with the band of its likely lines."""
        pen = self._pen(series, theme)
        if self.selected and series.key != self.selected and self._has(self.selected):
            color = pen.color()
            color.setAlphaF(0.35)
            pen.setColor(color)
        low = plot.steps(series.xs, series.low, 100.0, pen)
        if series.key == self.selected and series.low != series.high:
            color = pen.color()
            color.setAlphaF(0.16)
            high = plot.steps(series.xs, series.high, 100.0, QPen(Qt.PenStyle.NoPen))
            plot.band(low, high, color)

    def _has(self, key: str) -> bool:
        return self.spec is not None and any(one.key == key for one in self.spec.series)

    def _at_threshold(self, series: Series) -> str:
        low, high = self.value_at(series)
        share = numbers.percent(low, high)
        return tr("{share} at {threshold:.0f}", share=share, threshold=self.threshold)

    def _names(self, painter: QPainter, plot: QRectF, rect: QRectF, theme: Theme) -> list[HitArea]:
        assert self.spec is not None
        s, type_ = self.looks.type.s, self.looks.type
        caption, small = type_.font("caption"), type_.font("small")
        step = min(s(38), plot.height() / max(1, len(self.spec.series)))
        areas = []
        for number, series in enumerate(self.spec.series):
            low, high = self.value_at(series)
            words = self._at_threshold(series)
            top = plot.top() + number * step
            box = QRectF(plot.right() + s(8), top, rect.right() - plot.right() - s(10), step)
            if series.key == self.selected:
                painter.fillRect(box, QColor(theme.select))
            painter.setPen(self._pen(series, theme))
            middle = top + s(9)
            painter.drawLine(QPointF(box.left() + 2, middle), QPointF(box.left() + s(18), middle))
            left = box.left() + s(23)
            if step >= s(33):
                fit(painter, QRectF(left, top, box.right() - left, s(18)), series.label, small,
                    theme.text)  # fmt: skip
                put(painter, left, top + s(15), s(16), words, caption, theme.text_2)
            else:  # too low for two lines: the figure takes the place of "at 25"
                line = f"{series.label} {numbers.percent(low, high)}"
                fit(painter, QRectF(left, top, box.right() - left, s(18)), line, caption,
                    theme.text)  # fmt: skip
            tip = tr(
                "{axis}: {share} without {series}, where that is at least {threshold:.0f} % of the "
                "world output of a mineral in them.",
                axis=tr(self.spec.axes[1].title),
                series=series.label,
                share=numbers.percent(low, high),
                threshold=self.threshold,
            )
            areas.append(HitArea(box, series.key, tip, f"{series.label}: {words}"))
        return areas

    # --- the threshold ----------------------------------------------------------------------

    def set_threshold(self, value: float) -> None:
        """Move the threshold, 0 to 100 percent."""
        self.threshold = float(min(100, max(0, round(value))))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.plot and self._box.adjusted(-6, -6, 6, 24).contains(event.position()):
            self._dragging = True
            self.set_threshold(self.plot.x_at(event.position()))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging and self.plot:
            self.set_threshold(self.plot.x_at(event.position()))
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the countries; left and right move the threshold."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if event.key() == Qt.Key.Key_Right else -1
            many = 5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.set_threshold(self.threshold + by * many)
            return
        super().keyPressEvent(event)
