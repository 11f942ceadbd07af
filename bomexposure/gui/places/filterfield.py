"""The filter field of Lines: completes keys, minerals and values, and explains its language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QCompleter, QFrame, QGridLayout, QLineEdit, QPushButton

from bomexposure.gui import query
from bomexposure.gui.blocks import button, column, label
from bomexposure.gui.icons import icon
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.queryterms import quoted
from bomexposure.gui.searchfield import SearchField
from bomexposure.model.content import EVIDENCE, PRESENCE
from bomexposure.present.words import tr

SHOWN = 12
"""Suggestions offered at once."""
_LAST = " \t"


def suggestions(book: LineBook, text: str) -> list[str]:
    """Whole filter texts that the last term of `text` could become, the likeliest first."""
    at = max(text.rfind(blank) for blank in _LAST) + 1
    head, term = text[:at], text[at:]
    minus = "-" if term.startswith("-") else ""
    term = term.removeprefix("-")
    if '"' in term and term.count('"') % 2:
        return []
    sign = "=" if "=" in term.partition(":")[0] else ":"
    key, sign, value = term.partition(sign)
    folded = key.casefold()
    if sign:
        before, bar, last = value.rpartition("|")
        words = _fitting(_values(book, folded), last.casefold())
        return [f"{head}{minus}{key}{sign}{before}{bar}{quoted(one)}" for one in words]
    if not folded:
        return [f"{head}{minus}{one}" for one in FIRST]
    minerals = [
        f"mineral:{mineral}"
        for mineral, name, symbol in zip(book.minerals, book.names, book.symbols, strict=True)
        if name.casefold().startswith(folded) or symbol.casefold() == folded
    ]
    keys = [one for one in _keys(book) if one.casefold().startswith(folded)]
    states = [f"is:{one}" for one in query.STATES if one.startswith(folded)]
    return [f"{head}{minus}{one}" for one in [*keys, *minerals, *states]][:SHOWN]


FIRST = ("mineral:", "is:review", "evidence:", "spend>", "index>=50", "class:", "supplier:")


def _keys(book: LineBook) -> list[str]:
    own = [one.role for one in book.columns if one.role and one.role != "level"]
    figures = ("spend>", "index>=", "mass>", "minerals>")
    words = ("mineral:", "evidence:", "presence:", "class:", "is:")
    return [*words, *figures, *(f"{role}:" for role in own)]


def _values(book: LineBook, key: str) -> Iterable[str]:
    match key:
        case "mineral":
            return book.minerals
        case "evidence":
            return EVIDENCE
        case "presence":
            return PRESENCE
        case "is":
            return query.STATES
        case "class":
            return dict.fromkeys(one for one in book.recognised_as if one)
    for at, one in enumerate(book.columns):
        if one.key.startswith("own:") and key in (one.role, one.heading.casefold()):
            return (cell for cell in book.words(at)[1] if cell)
    return ()


def _fitting(values: Iterable[str], wanted: str) -> list[str]:
    """Values that start with what was written, then those that hold it."""
    starts: list[str] = []
    holds: list[str] = []
    for value in values:
        folded = value.casefold()
        if folded.startswith(wanted):
            starts.append(value)
            if len(starts) >= SHOWN:
                break
        elif wanted in folded and len(holds) < SHOWN:
            holds.append(value)
    found = [*starts, *holds][:SHOWN]
    return [] if [one.casefold() for one in found] == [wanted] else found


class FilterField(SearchField):
    """See the module; the place filters its table by the text."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, "Filter lines, parts, minerals", "Filter lines")
        self._book: LineBook | None = None
        self._found = QStringListModel(self)
        made = QCompleter(self._found, self)
        made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        made.setMaxVisibleItems(SHOWN)
        self.setCompleter(made)
        popup = made.popup()
        if popup is not None:
            popup.setObjectName("completer")
        self.textEdited.connect(self._suggest)
        self._explain = QAction(tr("How to filter"), self)
        self._explain.setToolTip(tr("How to filter (Alt+Down)"))
        self._explain.triggered.connect(self.show_help)
        self.addAction(self._explain, QLineEdit.ActionPosition.TrailingPosition)
        self._help: QFrame | None = None
        looks.changed.connect(self._restyle)
        self._restyle()

    def set_book(self, book: LineBook | None) -> None:
        """Complete with the words of this book."""
        self._book = book

    def _restyle(self) -> None:
        self._explain.setIcon(icon("info", self._looks.theme))

    def _suggest(self, text: str) -> None:
        found = suggestions(self._book, text) if self._book is not None else []
        self._found.setStringList(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._suggest(self.text())

    def show_help(self) -> None:
        """Examples with their meaning; pressing one writes it into the field."""
        if self._help is not None:
            self._help.deleteLater()
        box = QFrame(self, Qt.WindowType.Popup)
        box.setObjectName("raisedBox")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(1)
        for number, (words, meaning) in enumerate(query.HELP):
            example: QPushButton = button(words, link=True, tip="Filter by this")
            example.clicked.connect(lambda _c=False, one=words: self._take(one))
            grid.addWidget(example, number, 0)
            grid.addWidget(label(meaning, "small2"), number, 1)
        box.setLayout(
            column(
                label("Filter by words, or by what is known of a line", "heading"), grid,
                label("Terms are joined by “and”; | means “or”.", "caption"),
                gap=8, margins=(16, 12, 16, 12),
            )
        )  # fmt: skip
        box.adjustSize()
        corner, room = self.mapToGlobal(QPoint(0, self.height() + 3)), self.screen().geometry()
        box.move(max(room.left(), min(corner.x(), room.right() - box.width())), corner.y())
        box.show()
        self._help = box

    def _take(self, words: str) -> None:
        if self._help is not None:
            self._help.close()
        text = self.text().strip()
        self.setText(f"{text} {words}".strip())
        self.setFocus(Qt.FocusReason.PopupFocusReason)
