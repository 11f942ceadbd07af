"""Cells in rows and columns: the heat map of assembly by mineral, and the rank strip."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF, QResizeEvent

from bomexposure.gui.charts.base import HitArea
from bomexposure.gui.charts.text import fit, width_of
from bomexposure.gui.charts.waterfall import SpecChart
from bomexposure.gui.looks import Looks
from bomexposure.gui.theme import Theme
from bomexposure.present.specs import Cell
from bomexposure.present.words import tr

ROW, LOW, HEAD, TALL, SIDE = 23, 20, 36, 52, 120
"""Heads of one line, of two, and of three; the width of names."""
LEAST_WIDE = 58
"""Narrowest column that still holds its figure."""
KEY_SPLIT = "\t"
"""Between the row's and the column's key in the key of a cell."""


class Heat(SpecChart):
    """One figure in every cell; colour only repeats it. A click selects the row's mineral."""

    GRID = True

    refitted = Signal()
    """Another number of rows may have room now."""

    def __init__(self, looks: Looks, name: str = "heat", *, most_rows: int = 0) -> None:
        self._most = most_rows
        super().__init__(looks, name)

    def measure(self) -> None:
        s = self.looks.type.s
        columns = 0 if self._most or self.spec is None else len(self.spec.column_labels)
        self.setMinimumSize(
            max(s(280), self.side_width() + columns * s(LEAST_WIDE) + s(14)),
            self.ideal_height(self.width()),
        )

    def side_width(self) -> int:
        return 0 if self._most else self.looks.type.s(SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refitted.emit()

    def rows_shown(self) -> int:
        """How many rows there is room for."""
        rows = len(self.spec.row_labels) if self.spec is not None else 0
        if not self._most:
            return rows
        s = self.looks.type.s
        fits = (self.height() - self.head_height() - s(8)) // s(ROW)
        return min(rows, max(self._most, fits))

    def ideal_height(self, width: int) -> int:
        del width
        s = self.looks.type.s
        rows = len(self.spec.row_labels) if self.spec is not None else 0
        wanted = min(rows, self._most) if self._most else rows
        return self._head(tall=not self._most) + max(2, wanted) * s(ROW) + s(8)

    def head_height(self) -> int:
        s = self.looks.type.s
        low = self._most and self.height() < s(TALL) + (self._most + 2) * s(ROW)
        return self._head(tall=not low)

    def _columns(self, width: float) -> int:
        """How many columns hold their figures in a width."""
        return max(1, int((width - self.looks.type.s(SIDE + 14)) // self.looks.type.s(LEAST_WIDE)))

    def _wide(self, columns: int, width: float) -> float:
        """How wide each of so many columns is."""
        s = self.looks.type.s
        if self._most:
            columns = min(columns, self._columns(width))
        return min(float(s(120)), max(float(s(LEAST_WIDE)), (width - s(SIDE + 14)) / columns))

    def _head(self, *, tall: bool) -> int:
        """Room for names in three lines or two, in one where that is enough for all."""
        s, font = self.looks.type.s, self.looks.type.font("caption")
        heads = self.spec.column_labels if self.spec is not None else ()
        room = self._wide(len(heads), float(self.width())) if heads else 0.0
        if all(width_of(one, font) <= room - 4 for one in heads):
            return s(LOW)
        return s(TALL if tall else HEAD)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        if self.spec is None:
            return []
        rows, columns = self.rows_shown(), len(self.spec.column_labels)
        if not rows or not columns:
            self.say_empty(painter, rect, theme)
            return []
        s, type_ = self.looks.type.s, self.looks.type
        small, caption = type_.font("small"), type_.font("caption")
        left, head = rect.left() + s(16), self.head_height()
        names = s(SIDE - 16)
        shown = list(range(columns))
        if self._most:
            shown = self._telling(rows, min(columns, self._columns(rect.width())))
        columns = len(shown)
        wide = self._wide(columns, rect.width())
        for number, at in enumerate(shown):
            words = self.spec.column_labels[at]
            box = QRectF(left + names + number * wide + 2, rect.top(), wide - 4, head - 2)
            most = {s(LOW): 1, s(TALL): 3}.get(head, 2)
            _head(painter, box, words, caption, theme.text_2, most)
        for number in range(rows):
            top = rect.top() + head + number * s(ROW)
            chosen = self.spec.row_keys[number] == self.selected
            if chosen:
                end = left + names + wide * columns
                back = QRectF(rect.left() + 6, top, end - rect.left() - 4, s(ROW))
                painter.fillRect(back, QColor(theme.select))
            fit(painter, QRectF(left, top, names - 6, s(ROW)), self.spec.row_labels[number],
                type_.font("small", bold=True) if chosen else small, theme.text)  # fmt: skip
        areas, places = [], {at: number for number, at in enumerate(shown)}
        for cell in self.spec.cells:
            if cell.row >= rows or cell.column not in places:
                continue
            across, down = places[cell.column] * wide, head + cell.row * s(ROW)
            box = QRectF(left + names + across + 1, rect.top() + down + 1, wide - 2, s(ROW) - 2)
            self._cell(painter, cell, box, theme)
            row, column = self.spec.row_labels[cell.row], self.spec.column_labels[cell.column]
            tip = tr("{row} in {column}: {tooltip}", row=row, column=column, tooltip=cell.tooltip)
            if cell.unknown:
                tip += "\n" + tr("Some of its lines are not recognised.")
            key = self.spec.row_keys[cell.row] + KEY_SPLIT + self.spec.column_keys[cell.column]
            areas.append(HitArea(box, key, tip, tip))
        return areas

    def _telling(self, rows: int, most: int) -> list[int]:
        """The few columns on show: those that leave fewest of the first rows empty, in order."""
        assert self.spec is not None
        held: dict[int, set[int]] = {at: set() for at in range(len(self.spec.column_labels))}
        much = dict.fromkeys(held, 0.0)
        for cell in self.spec.cells:
            if cell.row < rows and cell.step >= 0:
                held[cell.column].add(cell.row)
                much[cell.column] += cell.high if cell.high == cell.high else 0.0
        chosen: list[int] = []
        bare = set(range(rows))
        while len(chosen) < most and len(chosen) < len(held):
            rest = [at for at in held if at not in chosen]
            best = max(rest, key=lambda at: (len(held[at] & bare), much[at], -at))
            chosen.append(best)
            bare -= held[best]
        return sorted(chosen)

    def _cell(self, painter: QPainter, cell: Cell, box: QRectF, theme: Theme) -> None:
        small = self.looks.type.font("small")
        if cell.step < 0:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.seq[cell.step]))
            painter.drawRoundedRect(box, 1.5, 1.5)
            ink = theme.surface if theme.seq_label[cell.step] == "surface" else theme.text
            fit(painter, box.adjusted(2, 0, -2, 0), cell.label, small, ink, "center")
        if cell.unknown:
            corner = QPolygonF([box.topRight(), box.topRight() + QPointF(-6, 0),
                                box.topRight() + QPointF(0, 6)])  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.line_strong))
            painter.drawPolygon(corner)


def _hyphened(word: str, width: float, font: QFont) -> list[str]:
    """A word in two parts of which the first fits, with a hyphen where it is cut."""
    first = next(
        (end for end in range(len(word) - 3, 2, -1) if width_of(f"{word[:end]}-", font) <= width),
        0,
    )
    return [f"{word[:first]}-", word[first:]] if first else [word]


def _head(painter: QPainter, box: QRectF, words: str, font: QFont, color: str, most: int) -> None:
    """A column's name in up to `most` lines, standing on the column."""
    parts = words.split()
    if len(parts) > 1 and any(letter.isdigit() for letter in parts[0]):
        parts = parts[1:]  # a part number before a name: the tooltip has both
    gap = " "
    if len(parts) == 1 and width_of(words, font) > box.width():
        parts, gap = re.split(r"(?<=[_.-])", words), ""  # a file's name may break after its marks
    if len(parts) == 1 and most > 1 and width_of(words, font) > box.width():
        parts = _hyphened(words, box.width(), font)
    lines: list[str] = []
    for word in parts:
        longer = f"{lines[-1]}{gap}{word}" if lines else word
        full = len(lines) == most
        if lines and (full or width_of(longer, font) <= box.width()):
            lines[-1] = longer
        else:
            lines.append(word)
    high = box.height() / most
    for number, line in enumerate(reversed(lines), start=1):
        place = QRectF(box.left(), box.bottom() - number * high, box.width(), high)
        fit(painter, place, line, font, color, "center")
