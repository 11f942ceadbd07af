"""A TableSpec as a table on screen: sortable, copyable, words made on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bomexposure.gui.charts.text import two_lines
from bomexposure.gui.looks import Looks
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SOURCE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Figure ids behind a cell, joined by ';'."""
KEY_ROLE = SOURCE_ROLE + 1
SIDE = 8
"""Air left and right of a cell's words, px; heads have the same, so that both stand in line."""
INSET = 8
"""More of it before the first column of a table in a card: its words stand below the title, px."""
HEAD_MARGIN = 12
"""What a head keeps free beside its padding before it cuts its words, px."""
WIDEST = 460
"""The most that a column asks for, px."""
SAMPLED = 160
"""Rows that are measured for the widths, spread over the whole table."""


class SpecModel(QAbstractTableModel):
    """Rows of a TableSpec in an order of their own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec: TableSpec | None = None
        self.order = np.zeros(0, dtype=np.int64)
        self.keep: Any = None
        self.stacked = False
        """Whether heads stand in several lines."""
        self._sorted: tuple[int, bool] | None = None

    def show_spec(self, spec: TableSpec | None) -> None:
        """Show another table, in its own order."""
        self.beginResetModel()
        self.spec, self._sorted = spec, None
        self.order = np.arange(len(spec) if spec is not None else 0, dtype=np.int64)
        self.endResetModel()

    def only(self, keep: Any) -> None:
        """Show the rows of a boolean mask over the spec's rows."""
        self.beginResetModel()
        self.order = np.flatnonzero(keep)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        if self.spec is None or not self.spec.key or not 0 <= row < len(self.order):
            return ""
        return str(self.spec.rows[self.spec.key].iat[int(self.order[row])])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self.spec is None else len(self.spec.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if self.spec is None or not index.isValid() or index.row() >= len(self.order):
            return None
        column, row = self.spec.columns[index.column()], int(self.order[index.row()])
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return tr(self.spec.text(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headed(column)}: {tr(self.spec.text(row, column))}"
        if role == SOURCE_ROLE:
            return str(self.spec.rows[column.key_source].iat[row]) if column.key_source else ""
        if role == KEY_ROLE:
            return self.key_at(index.row())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # fmt: skip
        if self.spec is None or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self.spec.columns):
            return None
        column = self.spec.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = ""
            if self._sorted is not None and self._sorted[0] == section:
                mark = " ↓" if self._sorted[1] else " ↑"
            headed = self.headed(column)
            if self.stacked:  # a unit is not left alone on a line
                headed = headed.replace(", %", ",\N{NO-BREAK SPACE}%")
            return headed + mark
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.tooltip) or self.headed(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None

    @staticmethod
    def headed(column: ColumnSpec) -> str:
        """The head of a column in the user's language."""
        return f"{tr(column.heading)}, {tr(column.unit)}" if column.unit else tr(column.heading)

    def sort_by(self, section: int) -> None:
        """First click falls for figures and rises for words; the third restores the order."""
        if self.spec is None:
            return
        column = self.spec.columns[section]
        first = column.numeric
        if self._sorted is None or self._sorted[0] != section:
            self._sorted = (section, first)
        elif self._sorted[1] == first:
            self._sorted = (section, not first)
        else:
            self._sorted = None
        self.beginResetModel()
        shown = np.sort(self.order)
        if self._sorted is not None:
            cells = self.spec.rows[column.key].iloc[shown]
            keys = cells if column.numeric else cells.astype("str").str.casefold()
            ranked = pd.Series(keys.to_numpy()).sort_values(
                ascending=not self._sorted[1], kind="stable", na_position="last"
            )
            shown = shown[ranked.index.to_numpy()]
        self.order = shown
        self.endResetModel()


class _Cell(QStyledItemDelegate):
    """Words that do not fit their column stand in two smaller lines before they are cut."""

    def __init__(self, looks: Looks, table: SpecTable) -> None:
        super().__init__(table)
        self._looks, self._table = looks, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told: Any = QStyleOptionViewItem(option)
        self.initStyleOption(told, index)
        type_, theme = self._looks.type, self._looks.theme
        chosen = bool(told.state & QStyle.StateFlag.State_Selected)
        if not chosen and index.row() == self._table.hovered:
            painter.fillRect(told.rect, theme.color("canvas"))
        first = self._table.horizontalHeader().visualIndex(index.column()) == 0
        left = not told.displayAlignment & Qt.AlignmentFlag.AlignRight
        # words stand below the title; figures end where their head does
        inset = INSET if first and left and self._table.in_card else 0
        words, room = str(told.text), told.rect.width() - 2 * SIDE - inset
        fits = told.fontMetrics.horizontalAdvance(words) <= room or " " not in words
        if fits and not inset:
            super().paint(painter, option, index)
        else:
            told.text = ""
            style = told.widget.style() if told.widget is not None else QApplication.style()
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, told, painter, told.widget)
            box = QRectF(told.rect).adjusted(SIDE + inset, 1, -SIDE, -2)
            painter.save()
            two_lines(
                painter, box, words, type_.font("small"), type_.font("caption"), theme.text,
                whole=True,
            )  # fmt: skip
            painter.restore()
        if chosen and first:
            bar = QRectF(told.rect.left(), told.rect.top(), 3, told.rect.height())
            painter.fillRect(bar, theme.color("accent"))


def _in_two_lines(words: str, metrics: QFontMetrics) -> int:
    """Width of words that are broken once, where the longer line is shortest."""
    parts = words.split()
    cuts = ((" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, max(2, len(parts))))
    return min(max(metrics.horizontalAdvance(line) for line in lines) for lines in cuts)


def _shares(room: int, widths: Mapping[int, int]) -> dict[int, int]:
    """Room parted among columns by their widths, so that all stand equally far apart."""
    whole, made = sum(widths.values()), {}
    for number, width in widths.items():
        made[number] = round(room * width / whole)
        room, whole = room - made[number], whole - width
    return made


class SpecTable(QTableView):
    """The view of a SpecModel."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, looks: Looks, parent: QWidget | None = None, *, in_card: bool = False
    ) -> None:
        super().__init__(parent)
        self._looks, self.in_card = looks, in_card
        self.setProperty("inCard", in_card)
        self._wanted: dict[int, int] = {}
        self._most: dict[int, int] = {}
        self._least: dict[int, int] = {}
        """Widths with heads in two lines."""
        self.hovered = -1
        self._fitting = self._own_widths = False
        self.cells = SpecModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Cell(looks, self))
        self.setObjectName("spec")
        self.setAccessibleName(tr("Table"))  # until it shows one that has a title
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(looks.row_height)
        header = self.horizontalHeader()
        header.setAccessibleName(tr("Column heads"))
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.sectionClicked.connect(self.cells.sort_by)
        header.sectionResized.connect(self._resized)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))
        self.clicked.connect(lambda index: self._tell(index.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.cells.key_at(index.row())))
        looks.changed.connect(self._restyle)

    def show_spec(self, spec: TableSpec | None) -> None:
        """Show another table; widths follow its columns."""
        self.cells.show_spec(spec)
        if spec is None:
            return
        self.setAccessibleName(tr(spec.title))
        self._widths(spec)

    def _widths(self, spec: TableSpec) -> None:
        type_ = self._looks.type
        plain = QFontMetrics(type_.font("small"))
        bold = QFontMetrics(type_.font("small", bold=True))
        rows = np.unique(np.linspace(0, max(0, len(spec) - 1), SAMPLED).astype(int))
        wanted: dict[int, int] = {}
        for number, column in enumerate(spec.columns):
            self.setColumnHidden(number, not column.shown)
            sample = [spec.text(int(row), column) for row in rows] if len(spec) else []
            # in a long table a few long cells, which stand in two lines, do not make a column wide
            lengths = sorted(plain.horizontalAdvance(text) for text in sample) or [0]
            # what a row is called stands whole
            whole = column.numeric or len(lengths) <= 40 or not number
            words = lengths[-1] if whole else lengths[len(lengths) * 17 // 20]
            width = max(words, bold.horizontalAdvance(self._heading(number)) + HEAD_MARGIN)
            low = max(words, _in_two_lines(self._heading(number), bold) + HEAD_MARGIN)
            self._least[number] = min(type_.s(WIDEST), low) + 2 * SIDE + 4
            self._most[number] = min(type_.s(WIDEST), max(width, lengths[-1])) + 2 * SIDE + 4
            wanted[number] = min(type_.s(WIDEST), width) + 2 * SIDE + 4
        if wanted and self.in_card:
            wanted[0] += INSET
            self._most[0] += INSET
            self._least[0] += INSET
        self._fit(spec, wanted)

    def _heading(self, number: int) -> str:
        return str(self.cells.headerData(number, Qt.Orientation.Horizontal) or "").rstrip(" ↓↑")

    def _fit(self, spec: TableSpec, wanted: dict[int, int]) -> None:
        """Every column as wide as its words; the room left over goes to columns of words.

        Where all do not fit, the widest columns of words give way, down to a readable width.
        """
        self._wanted = wanted
        metrics = QFontMetrics(self._looks.type.font("small", bold=True))
        shown = [n for n in wanted if spec.columns[n].shown]
        over = sum(wanted[n] for n in shown) - self.viewport().width()
        # where there is little room heads stand in two lines
        stacked = over > 0 and any(self._least[n] < wanted[n] for n in shown)
        if stacked:
            wanted = self._least
            over = sum(wanted[n] for n in shown) - self.viewport().width()
        widths = dict(wanted)
        s = self._looks.type.s
        least = {
            n: min(
                wanted[n],
                max(s(96), min(s(140), metrics.horizontalAdvance(self._heading(n))) + 24),
            )
            for n in shown
            if not spec.columns[n].numeric
        }
        if least:  # what a row is called gives way last
            least[min(least)] = max(least[min(least)], min(s(200), wanted[min(least)]))
        slack = sum(max(0, widths[n] - one) for n, one in least.items())
        # where that is far from enough, the table scrolls anyhow, and its words stay whole
        over = min(over, slack) if over <= 1.5 * slack else min(over, 0)
        while over > 0:
            widest = max(least, key=lambda n: widths[n] - least[n])
            take = min(over, 8, widths[widest] - least[widest])
            widths[widest] -= take
            over -= take
        free = max(0, -over)
        if stacked:  # words that lack little of one line come first
            for number in sorted(least, key=lambda n: self._most[n] - widths[n]):
                more = min(free, max(0, self._most[number] - widths[number]))
                widths[number] += more
                free -= more
        for number in shown:  # first the longest words, and the arrow of a sorted column
            headed = (
                metrics.horizontalAdvance(f"{self._heading(number)} ↓") + 2 * SIDE + HEAD_MARGIN
            )
            more = min(free, max(0, max(headed, self._most[number]) - widths[number]))
            widths[number] += more
            free -= more
        if free and least:
            words = {n: widths[n] for n in least}
            if not spec.columns[max(shown)].numeric:  # the rest is the last one's, by itself
                free = min(free, sum(words.values()) // 3)
            for number, more in _shares(free, words).items():
                widths[number] += more
        header, high = self.horizontalHeader(), 0
        self.cells.stacked = stacked
        if stacked:  # a column that gave way may need more lines than two
            boxes = (
                metrics.boundingRect(
                    QRect(0, 0, widths[n] - 2 * SIDE - HEAD_MARGIN, 999),
                    int(Qt.TextFlag.TextWordWrap), self._heading(n),
                )
                for n in shown
            )  # fmt: skip
            high = max(box.height() for box in boxes) + 8
        header.setMinimumHeight(high)
        cut = Qt.TextElideMode.ElideNone if stacked else Qt.TextElideMode.ElideRight
        header.setTextElideMode(cut)
        self._fitting = True
        for number, width in widths.items():
            self.setColumnWidth(number, width)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again until the user sets a width."""
        super().resizeEvent(event)
        if self.cells.spec is not None and not self._own_widths:
            self._fit(self.cells.spec, self._wanted)

    def _resized(self, number: int, _old: int, _new: int) -> None:
        last = max((n for n in self._wanted if not self.isColumnHidden(n)), default=-1)
        if not self._fitting and number != last and self.isVisible():
            self._own_widths = True

    def _hover(self, row: int) -> None:
        """The row below the pointer, across all its columns."""
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def select_key(self, key: str) -> None:
        """Select the row of a key without telling anyone."""
        for row in range(self.cells.rowCount()):
            if self.cells.key_at(row) == key:
                self.selectRow(row)
                return
        self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.currentIndex().row()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.opened.emit(self.cells.key_at(row))
            else:
                self._tell(row)
            return
        super().keyPressEvent(event)

    def copy_text(self, *, headers: bool) -> str:
        """Selected rows as tab-separated words."""
        spec = self.cells.spec
        if spec is None:
            return ""
        columns = [n for n in range(len(spec.columns)) if not self.isColumnHidden(n)]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        made = [
            "\t".join(str(self.cells.index(row, n).data() or "") for n in columns) for row in rows
        ]
        if headers:
            made.insert(0, "\t".join(spec.columns[n].head for n in columns))
        return "\n".join(made)

    def _tell(self, row: int) -> None:
        key = self.cells.key_at(row)
        if key:
            self.chosen.emit(key)

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._looks.row_height)
        if self.cells.spec is not None:
            self._widths(self.cells.spec)
