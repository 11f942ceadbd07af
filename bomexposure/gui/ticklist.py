"""A pop-up with a list of ticks and a field to find one; it stays while they are set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from bomexposure.gui.blocks import button, column, label, row, tip
from bomexposure.gui.looks import Looks
from bomexposure.present.words import tr

MOST_ROWS = 18
"""Rows of the list on show at once."""
SEARCHED_FROM = 16
"""Rows from which there is a field to find one."""
AT = Qt.ItemDataRole.UserRole
"""What a row stands for; heads between rows stand for nothing."""


class TickList(QFrame):
    """Filled by `add` before it is opened; `count` tells how much is ticked.

    Signals:
        ticked: what a row stands for, and whether its tick is now set.
    """

    ticked = Signal(object, bool)

    def __init__(self, parent: QWidget, looks: Looks, *, find: str, name: str) -> None:
        """`find` stands in the empty field, `name` is what a screen reader calls the list."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("raisedBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._looks = looks
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr(find))
        self.field.setAccessibleName(tr(find))
        self.field.textChanged.connect(self.narrow)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("ticks")
        self.list.setAccessibleName(tr(name))
        self.list.setMouseTracking(True)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self.turn)
        self.count = label("", "caption")
        self.back = button("", link=True)
        self.setLayout(
            column(
                self.field, self.list, row(self.count, None, self.back),
                gap=8, margins=(10, 10, 10, 8),
            )
        )  # fmt: skip
        self.setFixedWidth(looks.type.s(290))

    def offer_back(self, words: str, meaning: str, act: Callable[[], object]) -> None:
        """Name the link below the list, and what it does."""
        self.back.setText(tr(words))
        tip(self.back, meaning)
        self.back.clicked.connect(lambda _checked=False: act())

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner there, or as near as the screen allows."""
        self.field.setVisible(self.list.count() >= SEARCHED_FROM)
        self._fit()
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )
        self.show()
        (self.list if self.field.isHidden() else self.field).setFocus()

    def add(self, words: str, at: object, on: bool) -> None:
        """A row that stands for `at`."""
        item = QListWidgetItem(words.replace("\n", " "))
        item.setData(AT, at)
        # the whole row answers a click, so its box must not answer one of its own
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(_ticked(on))
        item.setToolTip(words)
        self.list.addItem(item)

    def add_head(self, words: str) -> None:
        """Words between rows."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._looks.type.font("caption", bold=True))
        self.list.addItem(item)

    def turn(self, item: QListWidgetItem | None) -> None:
        """Turn the tick of a row."""
        if item is None or item.data(AT) is None:
            return
        on = item.checkState() != Qt.CheckState.Checked
        item.setCheckState(_ticked(on))
        self.ticked.emit(item.data(AT), on)

    def narrow(self, text: str) -> None:
        """Show the rows that hold all words."""
        words = text.casefold().split()
        first = -1
        for at in range(self.list.count()):
            item = self.list.item(at)
            kept = all(word in item.text().casefold() for word in words)
            item.setHidden(bool(words) and (item.data(AT) is None or not kept))
            if first < 0 and not item.isHidden() and item.data(AT) is not None:
                first = at
        self.list.setCurrentRow(first)

    def _fit(self) -> None:
        height = self._looks.type.s(26)
        # large text on a small screen: fewer rows, never a list that ends below its edge
        room = self.screen().availableGeometry().height() - self._looks.type.s(130)
        rows = max(4, min(MOST_ROWS, self.list.count(), room // height))
        self.list.setFixedHeight(height * rows + 4)
        self.list.setCurrentRow(0)

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
