"""Browse every material and part on record, and put any of them side by side."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bomexposure.gui.blocks import button, card, column, label, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.searchfield import SearchField
from bomexposure.gui.spectable import SpecTable
from bomexposure.present import numbers
from bomexposure.present.specs import TableSpec
from bomexposure.present.words import tr

MOST = 8
"""How many can stand side by side and still be read."""


class Browsing(QWidget):
    """A searchable table; double click or Enter shows substitutes, the button compares several."""

    opened = Signal(str)
    """Subject id whose substitutes are asked for."""
    compared = Signal(object)
    """Subject ids to put side by side."""

    added = Signal()
    """A material of the user's own is wanted."""
    changed = Signal(str)
    dropped = Signal(str)
    """Own material to edit, or to take away."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.field = SearchField(
            looks, "Material, kind of part, or a mineral in it", "Find a material or part"
        )
        self.field.setMinimumWidth(looks.type.s(300))
        self.field.textChanged.connect(self._filter)
        self.compare = button(
            "Compare", self._compare,
            tip=tr("Select up to {count} rows with Ctrl or Shift, then put them side by side",
                   count=MOST),
        )  # fmt: skip
        self.options = button("Show substitutes", self._open, tip="What could stand in for it")
        self.add = button(
            "Add own material…", self.added.emit,
            tip="A material with its own composition, kept in the project",
        )  # fmt: skip
        self.edit = button("Edit…", lambda: self._own(self.changed))
        self.drop = button("Take away", lambda: self._own(self.dropped))
        self._count = label("", "caption")
        self.bar: QHBoxLayout = row(
            self.field,
            self._count,
            None,
            self.edit,
            self.drop,
            self.options,
            self.compare,
            self.add,
            margins=(16, 10, 12, 8),
        )
        self.table = SpecTable(looks, in_card=True)
        self.table.opened.connect(self.opened)
        frame = card()
        frame.setLayout(column(self.bar, self.table, gap=0, margins=(0, 0, 0, 6)))
        self.setLayout(column(frame, margins=(20, 0, 16, 0)))
        self._spec: TableSpec | None = None

    def show_spec(self, spec: TableSpec) -> None:
        """Show another table; the words in the field stay."""
        self._spec = spec
        self.table.show_spec(spec)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self._filter(self.field.text())

    def select(self, subject: str) -> None:
        """Mark a material and bring it in sight, whatever the field says; '' for none."""
        if not subject:
            return
        self.table.select_key(subject)
        if self.chosen != [subject]:
            self.field.clear()
            self.table.select_key(subject)
        self.table.scrollTo(self.table.currentIndex())

    @property
    def chosen(self) -> list[str]:
        """Subject ids of the selected rows, top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.table.cells.key_at(at) for at in rows]

    def _filter(self, text: str) -> None:
        if self._spec is None:
            return
        keep = np.ones(len(self._spec), dtype=bool)
        for word in text.casefold().split():
            keep &= self._spec.rows["text"].str.contains(word, regex=False).to_numpy(dtype=bool)
        self.table.cells.only(keep)
        self._tell()

    def _tell(self) -> None:
        shown, chosen = self.table.cells.rowCount(), len(self.chosen)
        words = tr(
            "{count} of {all} on record",
            count=numbers.whole(shown),
            all=numbers.whole(len(self._spec) if self._spec is not None else 0),
        )
        if not shown:
            words = "Nothing on record by these words; try fewer"
        elif chosen:
            words = tr("{rows} selected", rows=numbers.count(chosen, "row"))
        self._count.setText(words)
        self.compare.setEnabled(2 <= chosen <= MOST)
        self.options.setEnabled(chosen == 1)
        own = chosen == 1 and self._is_own(self.chosen[0])
        self.edit.setVisible(own)
        self.drop.setVisible(own)

    def _is_own(self, subject: str) -> bool:
        if self._spec is None:
            return False
        rows = self._spec.rows
        return bool(rows.loc[rows["id"] == subject, "own"].any())

    def _own(self, signal: SignalInstance) -> None:
        for one in self.chosen[:1]:
            signal.emit(one)

    def _open(self) -> None:
        for one in self.chosen[:1]:
            self.opened.emit(one)

    def _compare(self) -> None:
        self.compared.emit(self.chosen[:MOST])
