"""Lines filtered by the values of a column, as a spreadsheet's own filter does.

What is chosen is written into the filter field, so that it can be read, changed and taken out
there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from bomexposure.gui.linebook import Bools, LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.places.filterfield import FilterField
from bomexposure.gui.query import QueryError, term_for
from bomexposure.gui.queryterms import Term, parse, replaced
from bomexposure.gui.ticklist import TickList
from bomexposure.model.content import EVIDENCE
from bomexposure.present import numbers
from bomexposure.present.words import shortened, tr

MOST_VALUES = 500
"""Values listed at once, the commonest first; the others are found by filtering the table."""
LETTERS = 36
"""Of a value in a menu."""


def can_choose(book: LineBook, column: int) -> bool:
    """Whether a column has values to choose from and a name to filter by."""
    one = book.columns[column]
    if not (one.key.startswith("own:") or one.key in ("class", "evidence")):
        return False
    try:
        term_for(book, column, ())
    except QueryError:
        return False
    return True


def value_counts(book: LineBook, column: int, keep: Bools) -> list[tuple[str, str, int]]:
    """Values of a column as the filter writes and as the table shows them, with their lines.

    The commonest first; only of the lines in `keep`.
    """
    if book.columns[column].key == "evidence":
        found = np.bincount(book.evidence[keep & book.counted], minlength=len(EVIDENCE))
        names = [(word, tr(word).capitalize()) for word in EVIDENCE]
    else:
        places, plain, _folded = book.words(column)
        found = np.bincount(places[keep], minlength=len(plain))
        names = [(word, word or tr("(empty)")) for word in plain]
    order = np.argsort(-found, kind="stable")
    return [(*names[at], int(found[at])) for at in order.tolist() if found[at]]


class ValueChooser(TickList):
    """A tick a value; lines with any of the ticked ones stay, all of them while none is ticked."""

    def __init__(
        self, parent: QWidget, looks: Looks, field: FilterField, blank: Term,
        values: list[tuple[str, str, int]],
    ) -> None:  # fmt: skip
        """`blank` is the column's term without values."""
        super().__init__(parent, looks, find="Find a value", name="Values of the column")
        self._text, self._blank, self._all = field, blank, values
        self._chosen = list(_chosen(field.text(), blank.key))
        self.ticked.connect(self._turned)
        self.offer_back("All values", "Take this filter away", self._take_all)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        folded = [value.casefold() for value in self._chosen]
        for value, shown, count in self._all[:MOST_VALUES]:
            words = tr("{value} · {count}", value=shown, count=numbers.whole(count))
            self.add(words, value, value.casefold() in folded)
        self._tell()

    def _turned(self, value: str, on: bool) -> None:
        self._chosen = [one for one in self._chosen if one.casefold() != value.casefold()]
        if on:
            self._chosen.append(value)
        term = Term(self._blank.key, "=", tuple(self._chosen)) if self._chosen else None
        self._text.setText(replaced(self._text.text(), self._blank.key, term))
        self._tell()

    def _take_all(self) -> None:
        self._chosen = []
        self._text.setText(replaced(self._text.text(), self._blank.key, None))
        self._fill()
        self.narrow(self.field.text())

    def _tell(self) -> None:
        count, more = len(self._all), len(self._all) > MOST_VALUES
        text = tr(
            "{chosen} of {count} chosen",
            chosen=numbers.whole(len(self._chosen)), count=numbers.whole(count),
        )  # fmt: skip
        if more:
            text = tr(
                "The {most} commonest of {count}",
                most=numbers.whole(MOST_VALUES), count=numbers.whole(count),
            )  # fmt: skip
        self.count.setText(text)
        self.back.setEnabled(bool(self._chosen))


class ColumnFilters:
    """What the menus of heads and cells offer for the values of a column."""

    def __init__(
        self, parent: QWidget, looks: Looks, field: FilterField, kept: Callable[[str], Bools]
    ) -> None:
        """`kept` gives the lines that segment, chips and a filter text keep."""
        self._parent, self._looks, self._field, self._kept = parent, looks, field, kept

    def add_for_column(self, menu: QMenu, book: LineBook, column: int, corner: QPoint) -> None:
        """The list of its values, and all of them again."""
        can = can_choose(book, column)
        choose = menu.addAction(tr("&Choose values…"))
        choose.setEnabled(can)
        choose.triggered.connect(lambda _c=False: self.choose(book, column, corner))
        if can:
            key = term_for(book, column, ()).key
            again = menu.addAction(tr("&All values"))
            again.setEnabled(bool(_chosen(self._field.text(), key)))
            again.triggered.connect(lambda _c=False: self._put(key, None))

    def add_for_cell(
        self, menu: QMenu, book: LineBook, line: int, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Only lines with the value of this cell, or all but them."""
        column = index.column()
        if not can_choose(book, column):
            return
        shown = " ".join(book.text(line, column).split())
        value = EVIDENCE[book.evidence[line]] if book.columns[column].key == "evidence" else shown
        name = shortened(shown, LETTERS).replace("&", "&&") if shown else tr("(empty)")
        only, but = term_for(book, column, (value,)), term_for(book, column, (value,), True)
        menu.addSeparator()
        menu.addAction(tr("&Only “{value}”", value=name)).triggered.connect(
            lambda _c=False: self._put(only.key, only)
        )
        menu.addAction(tr("All &but “{value}”", value=name)).triggered.connect(
            lambda _c=False: self._field.setText(
                f"{self._field.text().strip()} {but.text()}".strip()
            )
        )

    def choose(self, book: LineBook, column: int, corner: QPoint) -> None:
        """Open the list of values at a point of the screen."""
        blank = term_for(book, column, ())
        try:
            others = self._kept(replaced(self._field.text(), blank.key, None))
        except QueryError:  # of another term, which the field tells of
            others = self._kept("")
        values = value_counts(book, column, others)
        ValueChooser(self._parent, self._looks, self._field, blank, values).open_at(corner)

    def _put(self, key: str, term: Term | None) -> None:
        self._field.setText(replaced(self._field.text(), key, term))
        self._field.home(False)


def filtered_columns(book: LineBook, text: str) -> frozenset[int]:
    """The columns of which a filter text chooses exact values."""
    keys = {term.key for term in parse(text) if term.sign == "=" and term.values}
    return frozenset(
        column
        for column in range(len(book.columns) if keys else 0)
        if can_choose(book, column) and term_for(book, column, ()).key in keys
    )


def _chosen(text: str, key: str) -> tuple[str, ...]:
    """The values of a column that a filter text keeps."""
    return tuple(
        value
        for term in parse(text)
        if term.key == key and term.sign == "=" and not term.negated
        for value in term.values
    )
