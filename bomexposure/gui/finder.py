"""A list that is searched by typing: any words of an entry, in any order, narrow it down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from bomexposure.content.fold import fold
from bomexposure.gui.blocks import Combo

SHOWN = 20

Search = Callable[[str], list[str]]


class _Words(QLineEdit):
    """Words that name an entry are taken as a whole, so that typing asks anew."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.isModified() and not self.hasSelectedText():
            self.take_all()

    def take_all(self) -> None:
        """Select all with the cursor at the front: long words show their beginning."""
        self.end(False)
        self.home(True)

    def rest(self) -> None:
        """Show the beginning; who has the keyboard here types over it."""
        if self.hasFocus():
            self.take_all()
        else:
            self.setCursorPosition(0)


class Finder(Combo):
    """A combo box to type into. Enter takes the nearest entry; leaving it gives the words back.

    `activated` tells of a choice as for every combo box. `also` may find entries by other words
    for them; what it gives that is no entry is left out.
    """

    def __init__(self, parent: QWidget | None = None, *, also: Search | None = None) -> None:
        super().__init__(parent)
        self._also = also
        self._field = _Words()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setLineEdit(self._field)
        self.setCompleter(None)  # type: ignore[arg-type]
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(SHOWN)
        self._popup = self._completer.popup()
        if self._popup is not None:
            self._popup.setObjectName("completer")
        self._field.setCompleter(self._completer)
        self._completer.activated[str].connect(self._take)  # type: ignore[index]
        self._field.textEdited.connect(lambda text: self._offered.setStringList(self.offered(text)))
        self._field.returnPressed.connect(self._take_nearest)
        self._field.editingFinished.connect(lambda: QTimer.singleShot(0, self, self._restore))
        self.currentIndexChanged.connect(lambda _at: self._field.rest())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._field.setAccessibleName(name)

    def setToolTip(self, text: str) -> None:
        super().setToolTip(text)
        self._field.setToolTip(text)

    def offered(self, words: str) -> list[str]:
        """Entries for what is typed so far, the nearest first."""
        parts = fold(" ".join(words.split())).split()
        if not parts:
            return []
        entries = [self.itemText(at) for at in range(self.count())]
        starts: list[str] = []
        inside: list[str] = []
        for one in entries:
            told = fold(one).split()
            if all(any(word.startswith(part) for word in told) for part in parts):
                starts.append(one)
            elif all(part in fold(one) for part in parts):
                inside.append(one)
        known = set(entries)
        also = [one for one in self._also(words) if one in known] if self._also else []
        return list(dict.fromkeys([*starts, *inside, *also]))

    def _take(self, words: str) -> None:
        at = self.findText(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        if at >= 0:
            self.setCurrentIndex(at)
            self.setEditText(words)
            self._field.rest()
            self.activated.emit(at)

    def _take_nearest(self) -> None:
        if (
            self._popup is not None
            and self._popup.isVisible()
            and self._popup.currentIndex().isValid()
        ):
            return  # the list itself takes what is marked in it
        words = self._field.text()
        if words != self.itemText(self.currentIndex()):
            self._take(next(iter(self.offered(words)), ""))

    def _restore(self) -> None:
        open_ = self._popup is not None and self._popup.isVisible()
        if not open_ and self._field.text() != self.itemText(self.currentIndex()):
            self.setEditText(self.itemText(self.currentIndex()))
            self._field.rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words stand in the field: the box alone is drawn."""
        QComboBox.paintEvent(self, event)
