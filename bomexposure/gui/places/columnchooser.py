"""The pop-up that says which columns of the Lines table show."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bomexposure.gui.linebook import LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.places.linescolumns import ShownColumns
from bomexposure.gui.ticklist import TickList
from bomexposure.present import numbers
from bomexposure.present.words import tr


class ColumnChooser(TickList):
    """A tick a column: the sheet's own first, then what the program found."""

    def __init__(self, parent: QWidget, columns: ShownColumns, book: LineBook, looks: Looks):
        super().__init__(parent, looks, find="Find a column", name="Columns on show")
        self._columns, self._book = columns, book
        self.offer_back("First view", "The columns as at first", self._reset)
        self.ticked.connect(self._turned)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        shown = set(self._columns.in_order())
        found = False
        for number, one in enumerate(self._book.columns):
            if not found and number and not one.key.startswith("own:") and one.key != "row":
                found = True
                self.add_head(tr("Found by the program"))
            self.add(one.heading, number, number in shown)
        self._tell()

    def _turned(self, number: int, on: bool) -> None:
        self._columns.show(number, on)
        self._tell()

    def _reset(self) -> None:
        self._columns.first_view(self._book)
        self._fill()
        self.narrow(self.field.text())

    def _tell(self) -> None:
        self.count.setText(
            tr(
                "{shown} of {all} on show",
                shown=numbers.whole(len(self._columns.in_order())),
                all=numbers.whole(len(self._book.columns)),
            )
        )
