"""Which columns of the Lines table are on show: what has room at first, then the user's choice."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QByteArray, QSettings

from bomexposure.gui.linebook import NEXT_VIEW, LineBook
from bomexposure.gui.places.linestable import LinesTable

NARROW_SHEET = 5
"""A sheet of no more columns shows them all."""
READABLE = 290
"""What a description has before more of the sheet's columns stand beside it, px of the design."""
STUMP = 190
"""A description is not made narrower than this while figures can make way, px of the design."""


class ShownColumns:
    """Shows, hides and remembers the columns of one table, for files with the same headers."""

    def __init__(self, table: LinesTable, settings: QSettings) -> None:
        self._table, self._settings = table, settings
        self._chosen = False
        self._with_class = False

    def start(self, book: LineBook) -> None:
        """The columns of another sheet: as remembered, else the first view."""
        table, header = self._table, self._table.horizontalHeader()
        key = settings_key(book)
        hidden = self._settings.value(f"{key}/hidden", None)
        gone = set(hidden) if isinstance(hidden, list) else None
        self._chosen = gone is not None
        for number, one in enumerate(book.columns):
            shown = one.shown if gone is None else one.key not in gone
            table.setColumnHidden(number, not shown)
            header.moveSection(header.visualIndex(number), number)
        table.widths_are_own = False
        if gone is None and sum(one.key.startswith("own:") for one in book.columns) > NARROW_SHEET:
            self._add(book)
        table.fit_columns()
        state = self._settings.value(f"{key}/state", None)
        if isinstance(state, QByteArray):
            header.restoreState(state)
            table.widths_are_own = True

    def show_class(self, book: LineBook, wanted: bool) -> None:
        """What a line was taken for stands beside it while lines are reviewed."""
        table = self._table
        self._with_class = wanted
        at = class_column(book)
        if self._chosen or table.isColumnHidden(at) != wanted:
            return
        table.fitting = True
        if wanted:
            self._make_room(book, at)
        else:
            for number, one in enumerate(book.columns):
                table.setColumnHidden(number, not one.shown)
            if len(book.cells) > NARROW_SHEET:
                self._add(book)
        table.fitting = False
        if not table.widths_are_own:
            table.fit_columns()

    def refit(self) -> None:
        """More columns in a wider table, fewer in a narrower one, until the user chose some."""
        table, book = self._table, self._table.lines.book
        if book is None or self._chosen or len(book.cells) <= NARROW_SHEET:
            return
        # hiding a column tells of a new width, which must not pass for the user's own
        table.fitting = True
        for number, one in enumerate(book.columns):
            table.setColumnHidden(number, not one.shown)
        if self._with_class:
            self._make_room(book, class_column(book))
        else:
            self._add(book)
        table.fitting = False

    def show(self, number: int, shown: bool) -> None:
        """Switch one column, and remember it for files with these headers."""
        table, book = self._table, self._table.lines.book
        self._chosen = True
        table.fitting = True
        table.setColumnHidden(number, not shown)
        table.fitting = False
        if not table.widths_are_own:
            table.fit_columns()
        if book is not None:
            gone = [one.key for at, one in enumerate(book.columns) if table.isColumnHidden(at)]
            self._settings.setValue(f"{settings_key(book)}/hidden", gone)

    def reveal(self, book: LineBook, at: int) -> None:
        """Bring a column on show to write into it; others make way until the lines are renewed."""
        if self._chosen or at != class_column(book):
            self.show(at, True)
            return
        self._with_class = True  # a new width of the table must not take it away
        self._table.fitting = True
        self._make_room(book, at)
        self._table.fitting = False
        if not self._table.widths_are_own:
            self._table.fit_columns()

    def remember(self) -> None:
        """Keep the widths and the order that the user gave the columns."""
        table, book = self._table, self._table.lines.book
        if book is None or table.fitting:
            return
        table.widths_are_own = True
        self._settings.setValue(f"{settings_key(book)}/state", table.horizontalHeader().saveState())

    def in_order(self) -> list[int]:
        """The columns on show, left to right."""
        header = self._table.horizontalHeader()
        order = (header.logicalIndex(visual) for visual in range(header.count()))
        return [number for number in order if not self._table.isColumnHidden(number)]

    def first_view(self, book: LineBook) -> None:
        """Forget what the user chose for these headers, and begin as with a new sheet."""
        for name in ("hidden", "state"):
            self._settings.remove(f"{settings_key(book)}/{name}")
        self._table.fitting = True  # what moves now is not the user's doing
        self.start(book)
        self._table.fitting = False

    def _make_room(self, book: LineBook, at: int) -> None:
        """Show a column; while the table is too narrow, figures of the sheet make way."""
        table = self._table
        table.setColumnHidden(at, False)
        widths = table.wanted_widths()
        for role in ("value", "level", *reversed(NEXT_VIEW), "quantity", "extended_cost"):
            if table.room_left(widths) >= 0:
                return
            for number, one in enumerate(book.columns):
                if one.role == role:
                    table.setColumnHidden(number, True)

    def _add(self, book: LineBook) -> None:
        """Show more of the user's columns while there is room for them."""
        table = self._table
        widths = table.wanted_widths()
        room = table.room_left(widths)
        shown = [number for number in range(len(book.columns)) if not table.isColumnHidden(number)]
        # where nothing describes a line, its value (220nF) is what it is known by
        described = any(book.columns[number].role == "description" for number in shown)
        for number, one in enumerate(book.columns):
            narrow = number in shown and one.role in ("level", "value")[: 1 + described]
            if room < 0 and narrow:
                table.setColumnHidden(number, True)
                room += widths[number]
        # what was found stays on show: figures of the sheet, which the panel has too, make way
        for role in ("quantity", "extended_cost", "unit_cost"):
            for number, one in enumerate(book.columns):
                if one.role == role and table.room_left(widths, STUMP) < 0:
                    table.setColumnHidden(number, True)
        room = table.room_left(widths, READABLE)
        for role in NEXT_VIEW:
            for number, one in enumerate(book.columns):
                hidden = one.role == role and table.isColumnHidden(number)
                wanted = table.least_width(widths, number)
                if hidden and wanted <= room and any(book.cells[int(one.key[4:])]):
                    table.setColumnHidden(number, False)
                    room -= wanted


def class_column(book: LineBook) -> int:
    """The column that says what a line was taken for."""
    return next(number for number, one in enumerate(book.columns) if one.key == "class")


def settings_key(book: LineBook) -> str:
    """Where the columns of files with these headers are remembered."""
    heads = "|".join(one.heading for one in book.columns)
    # Python's own hash differs between runs
    return f"lines/{crc32(heads.encode()):x}"
