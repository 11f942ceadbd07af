"""Options side by side, painted as one chart: the present part first, facts as rows."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.charts.text import fit, height_of, width_of, wrap
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import Axis, Chip, lay_chips, paint_chip, paint_range
from bomexposure.gui.theme import Theme
from bomexposure.present.sidebyside import FactCell, FactRow, SideBySide, as_table
from bomexposure.present.specs import TableSpec
from bomexposure.present.words import tr

HEAD, GROUP, LEAST = 66, 26, 40
NAMES, COLUMN, WIDEST = 174, 172, 460
"""Widths: of the names of facts, and the least and the most of an option."""


CITED = "\t"
"""Between the option and the figure ids in the key of a cell whose figures have a source."""


class SideBySideChart(Chart):
    """A click on a column selects the option, one on an underlined figure also its source."""

    GRID = True

    def __init__(self, looks: Looks) -> None:
        self.told: SideBySide | None = None
        super().__init__(looks, "substitutes")
        self._wide = 0.0

    def show_told(self, told: SideBySide | None) -> None:
        """Draw another comparison."""
        self.told = told
        self._at = -1
        if told is not None:
            self.setAccessibleName(tr("Substitutes for {told}", told=told.name))
            self.setAccessibleDescription(
                ". ".join(f"{one.name}: {one.below} {one.alarm}" for one in told.choices[1:])
            )
        self.measure()
        self.update()

    def measure(self) -> None:
        s = self.looks.type.s
        columns = len(self.told.choices) if self.told is not None else 0
        self.setMinimumSize(s(NAMES) + columns * s(COLUMN), self.ideal_height(self.width()))

    def resizeEvent(self, event: object) -> None:
        del event
        self.measure()

    def side_width(self) -> int:
        return self.looks.type.s(NAMES)

    def head_height(self) -> int:
        return self.looks.type.s(HEAD)

    def table(self) -> TableSpec | None:
        return as_table(self.told) if self.told is not None else None

    # --- measures ---------------------------------------------------------------------------

    def _column(self, width: float) -> float:
        count = len(self.told.choices) if self.told is not None else 1
        s = self.looks.type.s
        return min(float(s(WIDEST)), max(float(s(COLUMN)), (width - s(NAMES)) / count))

    def _height(self, row: FactRow, column: float) -> float:
        type_, s = self.looks.type, self.looks.type.s
        if row.kind == "chips":
            return s(44)
        if row.kind == "range":
            noted = any(cell.note for cell in row.cells)
            return s(60 if noted else 48)
        font = type_.font("small")
        highest = max(height_of(cell.words, font, column - s(18)) for cell in row.cells)
        return max(float(s(LEAST)), highest + s(14))

    def ideal_height(self, width: int) -> int:
        if self.told is None:
            return 120
        s, column = self.looks.type.s, self._column(width)
        rows = sum(self._height(row, column) + (s(GROUP) if row.group else 0)
                   for row in self.told.rows)  # fmt: skip
        return math.ceil(s(HEAD) + rows + s(10))

    # --- painting ---------------------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.told is None:
            return []
        s, column = self.looks.type.s, self._column(rect.width())
        left = rect.left() + s(NAMES)
        bottom = rect.top() + self.ideal_height(int(rect.width())) - s(10)
        areas = []
        for number, choice in enumerate(self.told.choices):
            box = QRectF(left + number * column, rect.top(), column, bottom - rect.top())
            if number == 0:
                painter.fillRect(box, QColor(theme.canvas))
            elif choice.id == self.selected:
                painter.fillRect(box, QColor(theme.select))
                painter.fillRect(QRectF(box.left(), box.top(), column, 3), QColor(theme.accent))
            self._head(painter, number, box, theme)
            if number:
                words = "\n".join(
                    one for one in (choice.alarm, choice.tradeoff, *choice.said) if one
                )
                areas.append(
                    HitArea(box, choice.id, words, f"{choice.name}: {choice.below}. {words}")
                )
        y = rect.top() + s(HEAD)
        for row in self.told.rows:
            if row.group:
                strip = QRectF(rect.left(), y, rect.width(), s(GROUP))
                painter.fillRect(strip, QColor(theme.sunken))
                fit(painter, strip.adjusted(s(16), 0, -8, 0), row.group,
                    self.looks.type.font("small", bold=True), theme.text_2)  # fmt: skip
                y += s(GROUP)
            high = self._height(row, column)
            self._row(painter, row, QRectF(rect.left(), y, rect.width(), high), left, column, theme)
            areas += self._cited(row, QRectF(left, y, column, high))
            y += high
        return areas

    def _cited(self, row: FactRow, first: QRectF) -> list[HitArea]:
        """The cells of a row that lead to a source; `first` is the box of its first cell."""
        assert self.told is not None
        made = []
        for number, cell in enumerate(row.cells):
            if cell.figures:
                name = self.told.choices[number].name
                words = tr(
                    "{row} of {name}: {cell} {unit}",
                    row=row.name,
                    name=name,
                    cell=cell.words,
                    unit=row.unit,
                ).strip()
                made.append(
                    HitArea(
                        first.translated(number * first.width(), 0),
                        self.told.choices[number].id + CITED + ";".join(cell.figures),
                        tr("{words}\nSelect to see where it is from.", words=words), words,
                    )
                )  # fmt: skip
        return made

    def _head(self, painter: QPainter, number: int, box: QRectF, theme: Theme) -> None:
        assert self.told is not None
        s, type_ = self.looks.type.s, self.looks.type
        choice = self.told.choices[number]
        bold = type_.font("body", bold=True)
        inner = QRectF(box.left() + s(10), box.top() + s(9), box.width() - s(16), s(36))
        used = min(float(s(36)), height_of(choice.name, bold, inner.width()))
        painter.save()
        painter.setClipRect(inner)
        wrap(painter, inner, choice.name, bold, theme.text)
        painter.restore()
        line = QRectF(inner.left(), inner.top() + used + 1, inner.width(), s(18))
        ink = theme.warn if choice.alarm else theme.text_2
        words = choice.below
        if choice.alarm:
            words = (
                f"⚠ {words}"
                if choice.change == "unknown"
                else tr("⚠ itself acute, {words}", words=words)
            )
        fit(painter, line, words, type_.font("caption", bold=bool(choice.alarm)), ink)

    def _row(
        self, painter: QPainter, row: FactRow, box: QRectF, left: float, column: float,
        theme: Theme,
    ) -> None:  # fmt: skip
        s, type_ = self.looks.type.s, self.looks.type
        painter.fillRect(
            QRectF(box.left(), box.bottom() - 1, box.width(), 1),
            QColor(theme.line),
        )
        bold = type_.font("small", bold=True)
        room = s(NAMES - 24)
        high = min(height_of(row.name, bold, room), float(s(34)))
        name = QRectF(box.left() + s(16), box.top() + s(5), room, high)
        painter.save()
        painter.setClipRect(name)
        wrap(painter, name, row.name, bold, theme.text)
        painter.restore()
        unit = QRectF(name.left(), name.bottom() - 1, room, s(17))
        if unit.bottom() <= box.bottom() + 1:
            fit(painter, unit, row.unit, type_.font("caption"), theme.text_2)
        axis = _axis(row)
        for number, cell in enumerate(row.cells):
            inner = QRectF(left + number * column + s(10), box.top(), column - s(18), box.height())
            self._cell(painter, row, cell, inner, axis, theme)

    def _cell(
        self, painter: QPainter, row: FactRow, cell: FactCell, inner: QRectF, axis: Axis,
        theme: Theme,
    ) -> None:  # fmt: skip
        s, type_ = self.looks.type.s, self.looks.type
        small = type_.font("small")
        faint = cell.words in ("not stated", "not known", "composition not known", "none", "–")
        ink = theme.text_2 if faint else theme.text
        if cell.minerals:
            bold = type_.font("small", bold=True)
            chips = [Chip(m.mineral, m.symbol, m.supply, m.presence) for m in cell.minerals]
            placed, rest = lay_chips(chips, inner, bold, s(100) / 100)
            for where, chip in placed:
                paint_chip(painter, where, chip, theme, bold)
            if rest and placed:
                at = QRectF(placed[-1][0].right() + 5, inner.top(), s(40), inner.height())
                fit(painter, at, f"+{rest}", small, theme.text_2)
            return
        if row.kind == "range" and math.isfinite(cell.low):
            bar = QRectF(inner.left(), inner.top() + s(8), min(inner.width() * 0.78, s(240)), s(12))
            high = cell.high if math.isfinite(cell.high) else axis.end
            point = cell.low if cell.low == high else float("nan")
            role = "china" if row.name == "Highest index" else "text"
            paint_range(painter, bar, cell.low, point, high, axis, theme, role=role)
            words = QRectF(inner.left(), inner.top() + s(22), inner.width(), s(17))
            fit(painter, words, cell.words, small, ink)
            if cell.figures:
                end = words.left() + min(width_of(cell.words, small), words.width())
                painter.setPen(QPen(QColor(theme.accent), 1.2, Qt.PenStyle.DotLine))
                painter.drawLine(
                    QPointF(words.left(), words.bottom()), QPointF(end, words.bottom())
                )
            if cell.note:
                fit(painter, words.translated(0, s(16)), cell.note, type_.font("caption"),
                    theme.text_2)  # fmt: skip
            return
        if row.kind == "effort" and cell.level:
            for step in range(3):
                block = QRectF(inner.left() + step * s(9), inner.center().y() - s(6), s(6), s(12))
                painter.setPen(QPen(QColor(theme.text_2), 1))
                painter.setBrush(
                    QColor(theme.text_2) if step < cell.level else Qt.BrushStyle.NoBrush
                )
                painter.drawRect(block)
            fit(painter, inner.adjusted(s(34), 0, 0, 0), cell.words, small, ink)
            return
        if row.kind == "words":
            wrap(painter, inner.adjusted(0, s(7), 0, 0), cell.words, small, ink)
        else:
            fit(painter, inner, cell.words, small, ink)


def _axis(row: FactRow) -> Axis:
    """One axis a row, from nought where nothing is below it."""
    ends = [one for cell in row.cells for one in (cell.low, cell.high) if math.isfinite(one)]
    if row.name == "Highest index":
        return Axis(0.0, 100.0, log=False)
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if high <= low:
        high = low + 1.0
    positive = [one for one in ends if one > 0]
    if positive and low >= 0 and max(positive) / min(positive) > 200:
        return Axis.around(positive)
    return Axis(low, high * 1.04 if high > 0 else high, log=False)
