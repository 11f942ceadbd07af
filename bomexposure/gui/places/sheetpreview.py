"""The sheet as it looks, with what each row and column was taken for marked on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bomexposure.gui.linebook import CENTS, MONEY, NUMERIC_ROLES, decimals_of, one_line
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import paint_focus
from bomexposure.gui.places.roleheader import RoleHeader
from bomexposure.intake.letters import column_of, letter
from bomexposure.model.bom import BillOfMaterials, SheetRead
from bomexposure.present.words import tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
TITLE_ROWS = 40
FIGURES = 0.8
"""Share of a column's cells from which it counts as one of figures."""
LINE, ASSEMBLY, OTHER = 1, 2, 0
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class PreviewModel(QAbstractTableModel):
    """First rows of a sheet as they stand, then every later row that was taken as a line."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.rows: list[list[str]] = []
        self.header_row = 0
        self.marked: dict[tuple[int, int], str] = {}
        self._right: set[int] = set()
        self._money: set[int] = set()
        self._excel = self._place = np.zeros(0, dtype=np.int64)
        self._places: dict[int, int] = {}
        self._above = np.zeros(0, dtype=np.bool_)
        self._cells: dict[int, pd.Series] = {}
        self._width = self._height = 0

    def show_sheet(
        self,
        bom: BillOfMaterials,
        read: SheetRead,
        sheet: str,
        marked: dict[tuple[int, int], str],
    ) -> None:
        """Show a sheet; `marked` is (row, column), 0-based -> what an issue says of the cell."""
        self.beginResetModel()
        self.rows = bom.preview.get(sheet, [])
        self.header_row = read.header_row if read.sheet == sheet else 0
        self.marked = marked
        self._right = {
            column_of(ref.letter)
            for role, ref in read.columns.items()
            if role in NUMERIC_ROLES and role != "level"
        }
        self._money = {column_of(ref.letter) for role, ref in read.columns.items() if role in MONEY}
        place = np.flatnonzero((bom.lines["sheet"] == sheet).to_numpy())
        excel = bom.lines["row"].to_numpy(np.int64)[place] - 1
        order = np.argsort(excel, kind="stable")
        self._excel, self._place, self._places = excel[order], place[order], {}
        self._above = bom.lines["has_children"].to_numpy(np.bool_)
        self._cells = _cells(bom, read)
        self._width = max((len(one) for one in self.rows), default=max(self._cells, default=-1) + 1)
        self._height = max(len(self.rows), int(excel.max(initial=-1)) + 1)
        self._right |= self._figures(
            set(range(self._width)) - {column_of(ref.letter) for ref in read.columns.values()}
        )
        self.endResetModel()

    def _figures(self, columns: set[int]) -> set[int]:
        """Columns without a role whose cells are figures, for a sheet has these at the right."""
        lines = [row for row in range(len(self.rows)) if self.kind(row)]
        found = set()
        for column in columns:
            cells = [text for text in (self.text(row, column) for row in lines) if text]
            figures = sum(decimals_of(text) is not None for text in cells)
            if cells and figures >= FIGURES * len(cells):
                found.add(column)
        return found

    def text(self, row: int, column: int) -> str:
        """The words of a cell; rows below the preview are known where they are lines."""
        if row < len(self.rows):
            cells = self.rows[row]
            return cells[column] if column < len(cells) else ""
        place, texts = self._line_in(row), self._cells.get(column)
        return str(texts.iat[place]) if place >= 0 and texts is not None else ""

    def kind(self, row: int) -> int:
        """What a 0-based row was taken for: LINE, ASSEMBLY or OTHER."""
        place = self._line_in(row)
        return OTHER if place < 0 else ASSEMBLY if self._above[place] else LINE

    def _line_in(self, row: int) -> int:
        """Position in LINES of a row's line, -1 where it has none."""
        known = self._places.get(row)
        if known is None:  # painting a cell asks seven times
            at = int(np.searchsorted(self._excel, row))
            found = at < len(self._excel) and self._excel[at] == row
            known = self._places[row] = int(self._place[at]) if found else -1
        return known

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._height

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row, at = index.row(), index.column()
        excel = row + 1
        kind = self.kind(row)
        head = bool(self.header_row) and excel == self.header_row
        theme, type_ = self._looks.theme, self._looks.type
        match role:
            case Qt.ItemDataRole.DisplayRole:
                words = one_line(self.text(row, at))
                return _with_cents(words) if kind and at in self._money else words
            case Qt.ItemDataRole.ToolTipRole:
                words = self.text(row, at)
                told = self.marked.get((row, at), "")
                below = "" if kind or head else tr("This row is not read as a line.")
                return "\n".join(one for one in (words, told, below) if one)
            case Qt.ItemDataRole.BackgroundRole:
                if (row, at) in self.marked:
                    return QBrush(QColor(theme.warn_tint))
                if head:
                    return QBrush(QColor(theme.accent_tint))
                return QBrush(QColor(theme.surface if kind == LINE else theme.canvas))
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(QColor(theme.text if kind or head else theme.text_2))
            case Qt.ItemDataRole.FontRole:
                return type_.font("small", bold=head or kind == ASSEMBLY)
            case Qt.ItemDataRole.TextAlignmentRole:
                figure = kind or head or decimals_of(self.text(row, at)) is not None
                return _RIGHT if at in self._right and figure else _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{letter(at)}{excel}: {self.text(row, at) or 'empty'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # fmt: skip
        if orientation == Qt.Orientation.Horizontal:
            return letter(section) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return section + 1
        if role == Qt.ItemDataRole.ToolTipRole and section + 1 == self.header_row:
            return "The header of the table"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole:
            head = section + 1 == self.header_row
            theme = self._looks.theme
            return QBrush(QColor(theme.accent_tint if head else theme.canvas))
        return None


def _with_cents(words: str) -> str:
    """A price as a sheet shows it: '8.4', as it is stored, reads '8.40'."""
    has = decimals_of(words)
    if has is None or has >= CENTS:
        return words
    return f"{words}{'' if has else '.'}{'0' * (CENTS - has)}"


def _cells(bom: BillOfMaterials, read: SheetRead) -> dict[int, pd.Series]:
    """Texts of the lines by 0-based column of the sheet."""
    found = {}
    at = {str(label): number for number, label in enumerate(bom.original.columns)}
    for column, header in enumerate(read.headers):
        number = at.get(header, at.get(f"{header} ({letter(column)})".strip(), -1))
        if number >= 0:
            found[column] = bom.original.iloc[:, number]
    return found


class CellPainter(QStyledItemDelegate):
    """Ground, words and hairlines of a cell; a marked one is underlined, the header ruled."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if not isinstance(model, PreviewModel):
            return
        rect: QRect = option.rect
        theme = self._looks.theme
        if (index.row(), index.column()) in model.marked:
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, QColor(theme.warn))
        if index.row() + 1 == model.header_row:
            painter.fillRect(
                rect.left(), rect.bottom() - 1, rect.width() + 1, 2, QColor(theme.accent)
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect.toRectF(), theme)


class SheetTable(QTableView):
    """The preview: cells can be selected to make a range, rows to make a header."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.cells = PreviewModel(looks, self)
        self.setModel(self.cells)
        self.roles = RoleHeader(looks, self)
        self.setHorizontalHeader(self.roles)
        self.roles.setAccessibleName(tr("Roles of the columns"))
        self.roles.reached.connect(self._show_column)
        self.selectionModel().currentChanged.connect(lambda now: self.roles.stop_at(now.column()))
        self.horizontalScrollBar().valueChanged.connect(lambda _at: self.roles.place_all())
        self.setItemDelegate(CellPainter(looks, self))
        self.setObjectName("sheet")
        self.setAccessibleName(tr("The sheet as it looks"))
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = self.verticalHeader()
        rows.setAccessibleName(tr("Rows of the sheet"))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.setHighlightSections(False)
        self.restyle()

    def restyle(self) -> None:
        type_ = self._looks.type
        digits = len(str(max(999, self.cells.rowCount())))
        metrics = QFontMetrics(type_.font("small", bold=True))
        self.verticalHeader().setFixedWidth(metrics.horizontalAdvance("0" * digits) + 18)
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setDefaultSectionSize(type_.s(26))
        self.roles.restyle()

    def fit(self) -> None:
        """Widths after the words of header and lines; a title block does not widen a column."""
        type_ = self._looks.type
        plain = QFontMetrics(type_.font("small"))
        bold = QFontMetrics(type_.font("small", bold=True))
        model = self.cells
        sample = [row for row in range(min(60, model.rowCount())) if model.kind(row)]
        if not sample:
            sample = list(range(min(30, model.rowCount())))
        widths, cut = [], []
        for number in range(model.columnCount()):
            widest = max(
                (plain.horizontalAdvance(model.text(row, number)[:120]) for row in sample),
                default=0,
            )
            if model.header_row:
                head = model.text(model.header_row - 1, number)
                widest = max(widest, bold.horizontalAdvance(head[:28]))
            role = ""
            if number < len(self.roles.combos):
                role = self.roles.combos[number].currentText()
            field = bold.horizontalAdvance(role) + type_.s(46)
            wanted = max(field, widest + type_.s(24))
            widths.append(min(type_.s(290), wanted))
            cut.append(wanted - widths[-1])
        # in a narrow sheet no words are cut beside empty ground
        spare = max(0, self.viewport().width() - sum(widths))
        for number, width in enumerate(widths):
            more = min(cut[number], spare)
            spare -= more
            self.setColumnWidth(number, width + more)
        self._spread_titles()
        self.roles.place_all()

    def _spread_titles(self) -> None:
        """Words above the table run on over the empty cells beside them, as in the sheet."""
        self.clearSpans()
        model = self.cells
        plain = QFontMetrics(self._looks.type.font("small"))
        count = model.columnCount()
        for row in range(min(len(model.rows), max(0, model.header_row - 1), TITLE_ROWS)):
            for column in range(count):
                words = model.text(row, column)
                if not words:
                    continue
                wanted, last, room = plain.horizontalAdvance(words) + 16, column, 0
                room = self.columnWidth(column)
                while room < wanted and last + 1 < count and not model.text(row, last + 1):
                    last += 1
                    room += self.columnWidth(last)
                if last > column:
                    self.setSpan(row, column, 1, last - column + 1)

    def go_to(self, row: int, column: int) -> bool:
        """Show and select a cell (0-based); False where the preview does not have it."""
        if not (0 <= row < self.cells.rowCount() and 0 <= column < self.cells.columnCount()):
            return False
        index = self.cells.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_column(self, column: int) -> None:
        """Put the cursor in a column, selecting nothing."""
        index = self.cells.index(max(0, self.currentIndex().row()), column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def chosen_area(self) -> tuple[int, int, int, int] | None:
        """(top, left, bottom, right) of more than one selected cell, 0-based; else None."""
        chosen = self.selectionModel().selection()
        found = [chosen.at(number) for number in range(chosen.count())]
        if not found:
            return None
        top = min(one.top() for one in found)
        left = min(one.left() for one in found)
        bottom = max(one.bottom() for one in found)
        right = max(one.right() for one in found)
        return (top, left, bottom, right) if (top, left) != (bottom, right) else None

    def ask_for_menu(self, open_menu: Callable[[int, QPoint], None]) -> None:
        """Call `open_menu(row, where on screen)` for a right click on a cell or a row number."""
        self.customContextMenuRequested.connect(
            lambda at: open_menu(self.rowAt(at.y()), self.viewport().mapToGlobal(at))
        )
        rows = self.verticalHeader()
        rows.customContextMenuRequested.connect(
            lambda at: open_menu(rows.logicalIndexAt(at), rows.mapToGlobal(at))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        # the ground beyond the last row and column belongs to the sheet, not to the lines
        canvas, room = QColor(self._looks.theme.canvas), self.viewport().size()
        bottom = self.rowViewportPosition(self.cells.rowCount() - 1) + self.rowHeight(0)
        if self.cells.rowCount() and bottom < room.height():
            painter.fillRect(0, bottom, room.width(), room.height() - bottom, canvas)
        right = self.horizontalHeader().length() - self.horizontalHeader().offset()
        if right < room.width():
            painter.fillRect(right, 0, room.width() - right, room.height(), canvas)
        painter.end()
