"""Lines: the BOM as its owner knows it, with the minerals found in it and how we know."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStackedLayout, QWidget

from bomexposure.gui.blocks import button, column
from bomexposure.gui.context import Context
from bomexposure.gui.icons import icon
from bomexposure.gui.linebook import Ints, LineBook, followed
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.legend import ChipLegend
from bomexposure.gui.places.linescolumns import ShownColumns, class_column
from bomexposure.gui.places.linesediting import EditingDelegate
from bomexposure.gui.places.linesfilters import LinesFilter
from bomexposure.gui.places.linesmenus import LinesMenus
from bomexposure.gui.places.linesmodel import EDITABLE
from bomexposure.gui.places.linestable import LinesTable
from bomexposure.gui.places.linesvalues import ColumnFilters, filtered_columns
from bomexposure.gui.subjects import subjects_of
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.shown import ShownTable
from bomexposure.present.words import tr

MOST_KEPT = 500
"""Selected lines that stay selected when a new analysis comes."""
TYPING_MS = 140
"""Typing settles for this long before the table is filtered."""
STOPPED_MS = 60
"""A key that is held down has stopped when no row went by for this long."""
PAINTED_MS = 10
"""The table shows where the cursor went before the panel tells of it."""


class LinesPlace(Place):
    """The table, its filter field, its views and its legend."""

    name = "lines"
    title = "Lines"
    hint = (
        "Choose a line to see why it is flagged · press a chip to follow its mineral · "
        "F2 says what a line is"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._book: LineBook | None = None
        self._facts: object = None
        self.filter = LinesFilter(context, self)
        self.segments, self.field = self.filter.segments, self.filter.field
        self.segments.chosen.connect(self._turn_to)
        self.filter.dropped.connect(self.refresh)
        self.header.addWidget(self.segments)
        self.header.addWidget(self.field)
        self.columns_button = button("Columns", self.choose_columns, tip="Which columns show")
        self.acts.addWidget(self.columns_button)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.table = LinesTable(context.looks)
        self.editing = EditingDelegate(context.looks, self.table)
        self.editing.decided.connect(context.edit_line)
        self.editing.refused.connect(context.messages.fault)
        self.table.setItemDelegate(self.editing)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.table.mineral_chosen.connect(self._choose_mineral)
        self.table.review_key.connect(lambda act: context.action(f"review.{act}").trigger())
        self.columns = ShownColumns(self.table, context.settings)
        values = ColumnFilters(self, context.looks, self.field, self.filter.kept)
        self.menus = LinesMenus(context, self.table, self.columns, values)
        self.table.resized.connect(self.columns.refit)
        self.table.fold_toggled.connect(self._toggle_fold)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._sum_up())
        # the line that the cursor is on already, while the panel tells of something else
        self.table.clicked.connect(
            lambda index: self._explain(self.table.lines.line_at(index.row()))
        )
        self.table.doubleClicked.connect(self._drill)
        heads = self.table.horizontalHeader()
        heads.sectionClicked.connect(self._sort)
        heads.sectionResized.connect(lambda *_: self._remember())
        heads.sectionMoved.connect(lambda *_: self._remember())
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.filter.empty)
        self.legend = ChipLegend(context.looks)
        frame = QFrame()
        frame.setObjectName("cardplain")
        inner = column(self.filter.fault, gap=0)
        holder = QWidget()
        holder.setLayout(self._stack)
        inner.addWidget(holder, 1)
        inner.addWidget(self.legend)
        frame.setLayout(inner)
        self.body.addWidget(frame, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self.refresh)
        self._stopping = QTimer(self)
        self._stopping.setSingleShot(True)
        self._stopping.timeout.connect(self._explain_here)
        self.field.textChanged.connect(lambda _text: self._typing.start(TYPING_MS))
        self.field.returnPressed.connect(self._search_now)
        self._settling = False
        context.looks.changed.connect(self._restyle)
        self._restyle()

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        same = (
            book is not None and self._book is not None
            and [c.key for c in book.columns] == [c.key for c in self._book.columns]
            and book.count == self._book.count
        )  # fmt: skip
        line, chosen = self._current_line(), self.selected_lines()
        row = self.table.currentIndex().row()
        before, self._book = self._book, book
        self._settling = True
        if not same:
            self.table.lines.folded = set()
            self.table.lines.sorted_by = None
        self.table.lines.set_book(book)
        self.filter.set_book(book)  # without one another document begins
        if book is not None and analysis is not None:
            if self._facts is not analysis.reference:
                self._facts = analysis.reference
                self.editing.subjects = subjects_of(analysis.reference)
            if not same:
                self.columns.start(book)
        self._settling = False
        self.refresh()
        if same and line >= 0 and self.table.lines.row_of(line) >= 0:
            self._go_to(line)
            self._select(chosen)
        elif same and line >= 0:
            self._go_on(row)
        self._follow(before, book)

    def _follow(self, before: LineBook | None, after: LineBook | None) -> None:
        """The panel keeps to its part where the sheet has rows more or less."""
        subject = self.context.view.view.subject
        if before is None or after is None or subject is None:
            return
        if subject.kind not in ("line", "assembly") or before.lines is after.lines:
            return
        key = followed(before, after, subject.key)
        if key != subject.key:
            self.context.view.select(replace(subject, key=key) if key else None, filtering=False)
        elif (line := self._line_of(key)) >= 0 and line != self._current_line():
            self._go_to(line)

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        self.refresh()
        if view.subject is not None and view.subject.kind in ("line", "assembly"):
            line = self._line_of(view.subject.key)
            if line >= 0 and line != self._current_line():
                self._go_to(line)

    def _turn_to(self, segment: str) -> None:
        """A queue begins at its top, wherever the cursor stood among all lines."""
        self.refresh()
        rows = self.table.lines.rows
        if segment != "all" and len(rows):
            self.go_to(int(rows[0]))

    def refresh(self) -> None:
        """Apply segment, filter field, chips, folds and order to the table."""
        book = self._book
        self.table.reviewing = self.segments.current == "review"
        if book is None or self._settling:
            return
        self.columns.show_class(book, self.segments.current != "all")
        self._typing.stop()
        row = self.table.currentIndex().row()
        line = self._current_line()
        keep = self.filter.chosen()
        model = self.table.lines
        model.filtered = filtered_columns(book, self.field.text())
        if self.segments.current == "review":
            rows: Ints = book.review[keep[book.review]]
        elif model.sorted_by is not None:
            rank = book.rank(model.sorted_by[0])
            rows = np.flatnonzero(keep)
            rows = rows[np.argsort(rank[rows], kind="stable")]
            if model.sorted_by[1]:
                rows = rows[::-1]
        else:
            if self.table.tree_on:
                keep = book.with_parents(keep) & book.unfolded(model.folded)
            rows = np.flatnonzero(keep)
        self._settling = True
        model.set_rows(rows.astype(np.int64))
        self._settling = False
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, model.columnCount() - 1))
        self._sum_up()
        self._stack.setCurrentIndex(0 if len(rows) else 1)
        if not len(rows):
            self.filter.tell_empty()
        if line >= 0 and model.row_of(line) >= 0:
            # several selected lines stay so while nothing moved
            if line != self._current_line():
                self._go_to(line)
        elif row >= 0:
            self._go_on(row)

    def _go_on(self, row: int) -> None:
        """The line was decided and left the queue: the next one takes its place."""
        rows = self.table.lines.rows
        if self.table.reviewing and len(rows) and self.context.view.view.place == self.name:
            self.go_to(int(rows[min(row, len(rows) - 1)]))

    def edit_here(self) -> None:
        """Edit the mass or the minerals where the cursor stands on them, else what the line is."""
        book, index = self._book, self.table.currentIndex()
        line = self._current_line()
        if book is None or line < 0:
            return
        if not book.counted[line]:
            self.context.messages.say("Select a line that counts: assemblies sum up their parts.")
            return
        at = index.column()
        if book.columns[at].key == "minerals":
            self.context.action("review.state_contents").trigger()
            return
        if book.columns[at].key not in EDITABLE:
            at = class_column(book)
        if self.table.isColumnHidden(at):
            self.columns.reveal(book, at)
            self.table.updateGeometries()  # else it scrolls as far as the old columns went
        cell = self.table.lines.index(index.row(), at)
        self.table.selectionModel().setCurrentIndex(
            cell, QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.table.scrollTo(cell)
        self.table.edit(cell)

    # --- selection --------------------------------------------------------------------------

    def _current_line(self) -> int:
        return self.table.lines.line_at(self.table.currentIndex().row())

    def _line_of(self, line_id: str) -> int:
        if self._book is None:
            return -1
        found = np.flatnonzero((self._book.lines["id"] == line_id).to_numpy())
        return int(found[0]) if found.size else -1

    def _go_to(self, line: int) -> None:
        row = self.table.lines.row_of(line)
        if row < 0:
            return
        self._settling = True
        index = self.table.lines.index(row, self.table.first_column())
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)
        self._settling = False

    def _select(self, lines: list[int]) -> None:
        """Select more lines beside the current one, as far as they are on show."""
        flags = QItemSelectionModel.SelectionFlag
        self._settling = True
        for row in (self.table.lines.row_of(line) for line in lines[:MOST_KEPT]):
            if row >= 0:
                index = self.table.lines.index(row, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)
        self._settling = False

    def go_to(self, line: int) -> None:
        """Select a line and explain it."""
        self._go_to(line)
        self._explain(line)

    def _moved(self) -> None:
        act = self.context.action("review.apply_alike")
        alike = self.context.alike(self._current_line())
        act.setText(
            tr("Apply to all {alike} a&like", alike=alike)
            if alike > 1
            else tr("Apply to all a&like")
        )
        if self._settling or self.table.arriving:
            return
        # while a key is held down the rows go by; the panel tells of the one it stops at
        self._stopping.start(STOPPED_MS if self.table.repeating else PAINTED_MS)

    def _explain_here(self) -> None:
        if self.isVisible():
            self._explain(self._current_line())

    def _explain(self, line: int) -> None:
        book = self._book
        if book is None or line < 0:
            return
        kind = "assembly" if book.assembly[line] else "line"
        subject = Subject(kind, str(book.lines["id"].iat[line]), line_name(book, line))
        self.context.view.select(subject, filtering=False)

    def selected_lines(self) -> list[int]:
        """Positions of the selected lines, top to bottom."""
        # by ranges: Qt's list of rows asks the model about every cell of them
        chosen = cast("list[QItemSelectionRange]", self.table.selectionModel().selection())
        parts = [np.arange(part.top(), part.bottom() + 1) for part in chosen]
        rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        if len(parts) > 1:
            rows = np.unique(rows)
        lines: list[int] = self.table.lines.rows[rows].tolist()
        return lines

    def _sum_up(self) -> None:
        selected = np.array(self.selected_lines(), dtype=np.int64)
        self.legend.tell(self._book, self.table.lines.rows, selected)

    def _choose_mineral(self, mineral: str) -> None:
        self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def _drill(self) -> None:
        """A double click on an assembly filters everything to it; on a line it edits the cell."""
        line, book = self._current_line(), self._book
        if book is not None and line >= 0 and book.assembly[line]:
            key = str(book.lines["id"].iat[line])
            self.context.view.select(Subject("assembly", key, line_name(book, line)))

    # --- order, folds, columns --------------------------------------------------------------

    def _sort(self, column: int) -> None:
        """Figures fall first, words rise first; the third click goes back to BOM order."""
        book, model = self._book, self.table.lines
        if book is None:
            return
        falls = book.columns[column].right or book.columns[column].key in ("minerals", "evidence")
        steps: list[tuple[int, bool] | None] = [(column, falls), (column, not falls), None]
        at = steps.index(model.sorted_by) if model.sorted_by in steps[:2] else -1
        model.sorted_by = steps[(at + 1) % 3] if at >= 0 else steps[0]
        self.refresh()

    def bom_order(self) -> None:
        """Back to the order of the sheet."""
        self.table.lines.sorted_by = None
        self.refresh()

    def toggle_tree(self) -> None:
        """Assemblies that fold, or a flat list."""
        self.table.tree_on = not self.table.tree_on
        self.context.action("lines.toggle_tree").setChecked(self.table.tree_on)
        self.refresh()
        self.table.viewport().update()

    def _toggle_fold(self, line: int) -> None:
        self.table.lines.folded ^= {line}
        self.refresh()

    def fold_all(self) -> None:
        """Close every assembly but the product itself."""
        if self._book is not None:
            self.table.lines.folded = {
                int(at) for at in np.flatnonzero(self._book.assembly & (self._book.depth > 0))
            }
            self.refresh()

    def unfold_all(self) -> None:
        """Open every assembly."""
        self.table.lines.folded = set()
        self.refresh()

    def _remember(self) -> None:
        if not self._settling:
            self.columns.remember()

    def choose_columns(self) -> None:
        """A list with a tick a column."""
        where = self.columns_button
        self.menus.choose_columns(where.mapToGlobal(QPoint(0, where.height() + 3)))

    # --- the frame asks ---------------------------------------------------------------------

    def stop(self) -> None:
        self._typing.stop()
        self._stopping.stop()

    def focus_target(self) -> QWidget:
        return self.table

    def find_field(self) -> QWidget | None:
        return self.field

    def set_query(self, text: str, segment: str = "all") -> None:
        """Show the lines that a filter text keeps, such as those that a tile counts."""
        self.segments.choose(segment)
        self.field.setText(text)
        self.refresh()

    def copy_text(self, *, headers: bool) -> str:
        book = self._book
        if book is None:
            return ""
        shown = self.columns.in_order()
        lines = np.array(self.selected_lines(), dtype=np.int64)
        made = []
        for number in shown:
            cells = book.texts(number, lines)
            if headers:
                cells.insert(0, book.columns[number].heading)
            if "\n" in "".join(cells):
                cells = [cell.replace("\n", " ") for cell in cells]
            made.append(cells)
        return "\n".join(map("\t".join, zip(*made, strict=True)))

    def shown_table(self) -> ShownTable | None:
        """All rows on show, in the order of the screen."""
        book = self._book
        if book is None:
            return None
        shown, lines = self.columns.in_order(), self.table.lines.rows.tolist()
        return ShownTable(
            self.title,
            [book.columns[number].heading for number in shown],
            len(lines),
            lambda: ([book.text(line, number) for number in shown] for line in lines),
        )

    def export_choices(self) -> list[tuple[str, str]]:
        return [("csv", "These rows as CSV"), ("xlsx", "These rows as Excel")]

    def _search_now(self) -> None:
        self.refresh()
        self.table.setFocus()

    def cover(self, width: int) -> None:
        """The columns keep to what the panel leaves free: what was found is what one looks at."""
        self.body.setContentsMargins(0, 0, width, 0)

    def _restyle(self) -> None:
        self.field.setMinimumWidth(self.context.looks.type.s(244))
        self.table.lines.filter_mark = icon("filter", self.context.looks.theme, role="accent")
        if self._book is not None:
            self.table.fit_columns()


def line_name(book: LineBook, line: int) -> str:
    """A line in few words: its description, or its part number, or its row."""
    lines = book.lines
    for role in ("description", "value", "part_number", "mpn", "item"):
        words = str(lines[role].iat[line]).strip()
        if words:
            return words.replace("\n", " ")
    return tr("Row {row}", row=lines["row"].iat[line])
