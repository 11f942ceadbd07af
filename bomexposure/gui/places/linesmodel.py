"""The Lines table's model: a window onto a LineBook through an array of line positions.

Sorting, filtering and folding only replace that array, so the cost does not grow with columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from bomexposure.gui.blocks import tipped
from bomexposure.gui.linebook import BookColumn, Ints, LineBook
from bomexposure.gui.paint import Chip
from bomexposure.model.content import EVIDENCE, PRESENCE
from bomexposure.present import numbers
from bomexposure.present.words import tr

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Row position in LINES."""
CHIPS_ROLE = LINE_ROLE + 1

EDITABLE = ("class", "mass")
"""Keys of the columns that can be edited in place, on lines that count."""

_ROOT = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LinesModel(QAbstractTableModel):
    """Rows are lines on show; columns are all of the book's, hidden ones too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book: LineBook | None = None
        self.rows: Ints = np.zeros(0, dtype=np.int64)
        self.folded: set[int] = set()
        self.sorted_by: tuple[int, bool] | None = None
        """(column, descending), None in BOM order."""
        self.filtered: frozenset[int] = frozenset()
        """Columns of which only chosen values are on show."""
        self.filter_mark: QIcon | None = None

    def set_book(self, book: LineBook | None) -> None:
        """Show another book, all lines in BOM order."""
        self.beginResetModel()
        self.book = book
        self.rows = np.arange(book.count if book else 0, dtype=np.int64)
        self.endResetModel()

    def set_rows(self, rows: Ints) -> None:
        """Show these lines in this order."""
        if not np.array_equal(rows, self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def line_at(self, row: int) -> int:
        return int(self.rows[row]) if 0 <= row < len(self.rows) else -1

    def row_of(self, line: int) -> int:
        """The row that shows a line, -1 when it is filtered away."""
        found = np.flatnonzero(self.rows == line)
        return int(found[0]) if found.size else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self.book is None else len(self.book.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        book = self.book
        if book is None or not index.isValid() or index.row() >= len(self.rows):
            return None
        line, column = int(self.rows[index.row()]), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return book.text(line, column)
        if role == LINE_ROLE:
            return line
        if role == CHIPS_ROLE:
            return chips_of(book, line)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if book.columns[column].right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return tipped(self._tip(book, line, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self._head(book.columns[column])
            return f"{head}: {book.text(line, column) or tr('empty')}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = super().flags(index)
        book = self.book
        if book is None or not index.isValid() or index.row() >= len(self.rows):
            return known
        if book.columns[index.column()].key in EDITABLE and book.counted[self.rows[index.row()]]:
            return known | Qt.ItemFlag.ItemIsEditable
        return known

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if self.book is None or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self.book.columns):
            return None
        column = self.book.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = ""
            if self.sorted_by is not None and self.sorted_by[0] == section:
                mark = " ↓" if self.sorted_by[1] else " ↑"
            return self._head(column) + mark
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = tr(column.tip).removesuffix(".")
            return tipped(
                tr(
                    "{tip}. Click to sort; a third click goes back to BOM order. Right-click to "
                    "choose values.",
                    tip=tip,
                )
            )
        if role == Qt.ItemDataRole.DecorationRole and section in self.filtered:
            return self.filter_mark
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    @staticmethod
    def _head(column: BookColumn) -> str:
        """The user's own headers stay as they are."""
        heading = column.heading.replace("\n", " ")
        return heading if column.key.startswith("own:") else tr(heading)

    def _tip(self, book: LineBook, line: int, column: int) -> str:
        key = book.columns[column].key
        if key == "minerals":
            words = [f"{chip.spoken}" for chip in chips_of(book, line)]
            return "\n".join(words) or book.text(line, column)
        if key == "evidence":
            return EVIDENCE_TIPS[EVIDENCE[book.evidence[line]]]
        if key == "index" and not book.assembly[line]:
            top = numbers.mineral_name(book.top_mineral[line]) if book.top_mineral[line] else ""
            if top:
                return tr(
                    "Import-China index of {top}: {line}", top=top, line=book.text(line, column)
                )
            if not book.has_chips(line):
                return tr(EVIDENCE_TIPS["none"]) if book.evidence[line] == 0 else tr(NO_MINERAL)
            return tr(NONE_CERTAIN)
        return book.text(line, column)


NONE_CERTAIN = (
    "No mineral of this line is certain, so it has no index. That is not the same as none: "
    "the minerals beside say what is likely or possible."
)
NO_MINERAL = "What this line was taken for holds no critical mineral that is known."
EVIDENCE_TIPS = {
    "declared": "Declared: a supplier's declaration or the material column says so.",
    "designated": "Designated: a grade, chemistry or series named in the line says so.",
    "inferred": "Inferred: the component class was recognised.",
    "assumed": "Assumed: only a generic family was recognised.",
    "none": "None: nothing in this line was recognised. It counts as unknown, not as zero.",
}


def chips_of(book: LineBook, line: int) -> list[Chip]:
    """The chips of one line, ready to draw and to speak."""
    return [
        Chip(
            book.minerals[code],
            book.symbols[code],
            book.form_supply[form] if form >= 0 else book.supply[code],
            PRESENCE[presence],
            partly,
            _spoken(book, code, PRESENCE[presence], partly, form),
        )
        for code, presence, partly, form in book.chips(line)
    ]


def _spoken(book: LineBook, code: int, presence: str, partly: bool, form: int) -> str:
    name, held = book.names[code], tr(presence)
    index = book.form_index[form] if form >= 0 else book.index_words[code]
    if partly:
        return tr(
            "{name}, {presence}, ½: in part from the listed commodity, index {index}",
            name=name, presence=held, index=index,
        )  # fmt: skip
    return tr("{name}, {presence}, index {index}", name=name, presence=held, index=index)
