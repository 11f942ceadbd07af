"""The menus of the Lines table: of a column's head, of a row, and the list of columns."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from bomexposure.gui.columnmenu import column_menu
from bomexposure.gui.context import Context
from bomexposure.gui.places.columnchooser import ColumnChooser
from bomexposure.gui.places.linescolumns import ShownColumns
from bomexposure.gui.places.linestable import LinesTable
from bomexposure.gui.places.linesvalues import ColumnFilters
from bomexposure.present.words import tr

OF_A_ROW = (
    "review.accept", "lines.edit_here", "review.correct", "review.state_contents",
    "review.apply_alike", "review.take_back", "", "copy_with_headers", "copy_plain",
    "lines.choose_columns",
)  # fmt: skip
"""Actions by name; '' is a rule between them."""


class LinesMenus(QObject):
    """Opens them where the mouse or the menu key asks."""

    def __init__(
        self, context: Context, table: LinesTable, columns: ShownColumns, values: ColumnFilters
    ) -> None:
        super().__init__(table)
        self._context, self._table = context, table
        self._columns, self._values = columns, values
        heads = table.horizontalHeader()
        for widget, act in ((heads, self._open_of_head), (table, self._open_of_row)):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            widget.customContextMenuRequested.connect(act)
        table.column_menu.connect(self._add_column_acts)

    def choose_columns(self, corner: QPoint) -> None:
        """A list with a tick a column, at a point of the screen."""
        book = self._table.lines.book
        if book is not None:
            ColumnChooser(self._table, self._columns, book, self._context.looks).open_at(corner)

    def of_row(self, where: QPoint) -> QMenu:
        """What can be done with the selected lines, and with the cell at a point of the table."""
        menu, table = QMenu(self._table), self._table
        for name in OF_A_ROW:
            if name:
                menu.addAction(self._context.action(name))
            else:
                menu.addSeparator()
        table.add_minerals(menu)
        index, book = table.indexAt(where), table.lines.book
        line = table.lines.line_at(index.row())
        if book is not None and line >= 0:
            self._values.add_for_cell(menu, book, line, index)
        return menu

    def _open_of_row(self, where: QPoint) -> None:
        run(self.of_row(where), self._table.viewport().mapToGlobal(where))

    def _open_of_head(self, where: QPoint) -> None:
        heads = self._table.horizontalHeader()
        at = heads.logicalIndexAt(where)
        if self._table.lines.book is not None and at >= 0:
            run(column_menu(self._table, at), heads.mapToGlobal(where))

    def _add_column_acts(self, menu: QMenu, at: int) -> None:
        """What the menu of a column's head offers beside order and width."""
        book, heads = self._table.lines.book, self._table.horizontalHeader()
        if book is None:
            return
        corner = heads.mapToGlobal(QPoint(heads.sectionViewportPosition(at), heads.height()))
        self._values.add_for_column(menu, book, at, corner)
        menu.addSeparator()
        hide = menu.addAction(tr("&Hide this column"))
        hide.setEnabled(len(self._columns.in_order()) > 1)
        hide.triggered.connect(lambda _c=False: self._columns.show(at, False))
        every = menu.addAction(tr("Colu&mns…"))
        every.triggered.connect(lambda _c=False: self.choose_columns(corner))


def run(menu: QMenu, where: QPoint) -> None:
    """Open a menu there, until something is chosen or not."""
    menu.exec(where)
    menu.deleteLater()
