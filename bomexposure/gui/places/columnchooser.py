"""The pop-up that says which columns of the Lines table show; it stays while they are set."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from bomexposure.gui.blocks import button, column, label, row
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.places.linescolumns import ShownColumns
from bomexposure.present.words import tr

MOST_ROWS = 18
"""Rows of the list on show at once."""
SEARCHED_FROM = 16
"""Columns from which there is a field to find one."""
_AT = Qt.ItemDataRole.UserRole


class ColumnChooser(QFrame):
    """A tick a column: the sheet's own first, then what the program found."""

    def __init__(self, parent: QWidget, columns: ShownColumns, book: LineBook, looks: Looks):
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("raisedBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns, self._book, self._looks = columns, book, looks
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find a column"))
        self.field.setAccessibleName(tr("Find a column"))
        self.field.setVisible(len(book.columns) >= SEARCHED_FROM)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("ticks")
        self.list.setAccessibleName(tr("Columns on show"))
        self.list.setMouseTracking(True)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self.turn)
        self._count = label("", "caption")
        self.back = button("First view", self._reset, link=True, tip="The columns as at first")
        self._fill()
        self.setLayout(
            column(
                self.field, self.list, row(self._count, None, self.back),
                gap=8, margins=(10, 10, 10, 8),
            )
        )  # fmt: skip
        self.setFixedWidth(looks.type.s(290))

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner there, or as near as the screen allows."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )
        self.show()
        (self.list if self.field.isHidden() else self.field).setFocus()

    def _fill(self) -> None:
        self.list.clear()
        shown = set(self._columns.in_order())
        found = False
        for number, one in enumerate(self._book.columns):
            if not found and number and not one.key.startswith("own:") and one.key != "row":
                found = True
                self._head(tr("Found by the program"))
            item = QListWidgetItem(one.heading.replace("\n", " "))
            item.setData(_AT, number)
            # the whole row answers a click, so its box must not answer one of its own
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(_ticked(number in shown))
            item.setToolTip(one.heading)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        height = self._looks.type.s(26)
        # large text on a small screen: fewer rows, never a list that ends below its edge
        room = self.screen().availableGeometry().height() - self._looks.type.s(130)
        rows = max(4, min(MOST_ROWS, self.list.count(), room // height))
        self.list.setFixedHeight(height * rows + 4)
        self._tell()

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._looks.type.font("caption", bold=True))
        self.list.addItem(item)

    def _tell(self) -> None:
        self._count.setText(f"{len(self._columns.in_order())} of {len(self._book.columns)} on show")

    def turn(self, item: QListWidgetItem | None) -> None:
        """Show the column of a row, or hide it."""
        if item is None or item.data(_AT) is None:
            return
        on = item.checkState() != Qt.CheckState.Checked
        item.setCheckState(_ticked(on))
        self._columns.show(int(item.data(_AT)), on)
        self._tell()

    def _find(self, text: str) -> None:
        words = text.casefold().split()
        first = -1
        for at in range(self.list.count()):
            item = self.list.item(at)
            kept = all(word in item.text().casefold() for word in words)
            item.setHidden(bool(words) and (item.data(_AT) is None or not kept))
            if first < 0 and not item.isHidden() and item.data(_AT) is not None:
                first = at
        self.list.setCurrentRow(first)

    def _reset(self) -> None:
        self._columns.first_view(self._book)
        self._fill()
        self._find(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field to the list; Space and Enter turn the tick of the row."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or (event.key() == Qt.Key.Key_Space and watched is self.list):
            self.turn(self.list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Down and watched is self.field:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)


def _ticked(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
