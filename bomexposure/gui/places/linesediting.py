"""Editing in the Lines table: what a line is, and what one piece weighs, in the cell itself."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from bomexposure.gui.blocks import complete_by
from bomexposure.gui.looks import Looks
from bomexposure.gui.places.linescells import CellDelegate
from bomexposure.gui.places.linesmodel import LINE_ROLE, Index
from bomexposure.gui.places.linestable import LinesTable
from bomexposure.gui.subjects import Subjects, decision, grams
from bomexposure.model.choices import Override
from bomexposure.model.errors import UsageError
from bomexposure.present.words import tr


class EditingDelegate(CellDelegate):
    """Paints like every cell; edits the class with completion and the mass with its unit.

    Signals:
        decided: (line, Override) that the user wrote into a cell.
        refused: what is wrong with what was written; the editor stays open.
    """

    decided = Signal(int, object)
    refused = Signal(object)

    def __init__(self, looks: Looks, table: LinesTable) -> None:
        super().__init__(looks, table)
        self.subjects: Subjects | None = None

    def _key(self, index: Index) -> str:
        book = self._table.lines.book
        return book.columns[index.column()].key if book is not None else ""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        field = QLineEdit(parent)
        field.setObjectName("celledit")
        field.setFrame(False)
        if self._key(index) == "mass":
            field.setPlaceholderText(tr("one piece, such as 22 g"))
            field.setAccessibleName(tr("Mass of one piece"))
            return field
        field.setPlaceholderText(tr("kind of part or material"))
        field.setAccessibleName(tr("What the line is"))
        if self.subjects is not None:
            complete_by(field, self.subjects.offered, width=self._looks.type.s(330))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not isinstance(editor, QLineEdit):
            return
        book, line = self._table.lines.book, index.data(LINE_ROLE)
        if book is None or line is None:
            return
        if self._key(index) == "class":
            editor.setText(book.recognised_as[line].split(", ")[0])
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model
        line = index.data(LINE_ROLE)
        answer = self._read(editor, index)
        if answer is not None and line is not None:
            self.decided.emit(int(line), answer)

    def _read(self, editor: QWidget, index: Index) -> Override | None:
        words = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        if not words or self.subjects is None:
            return None
        try:
            self._blame(editor, False)
            if self._key(index) == "mass":
                return Override(fingerprint="", mass_g=grams(words))
            book, line = self._table.lines.book, index.data(LINE_ROLE)
            if book is not None and words == book.recognised_as[line].split(", ")[0]:
                return None
            return decision(self.subjects.find(words))
        except UsageError as fault:
            self._blame(editor, True)
            self.refused.emit(fault)
            return None

    def _blame(self, editor: QWidget, faulty: bool) -> None:
        """Ring the editor red, or no longer."""
        if bool(editor.property("fault")) != faulty:
            editor.setProperty("fault", faulty)
            editor.style().unpolish(editor)
            editor.style().polish(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter on words that mean nothing keeps the editor open, so that they can be mended."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(editor, QLineEdit)
        ):
            completer = editor.completer()
            popup = completer.popup() if completer is not None else None
            if popup is not None and popup.isVisible():
                if popup.currentIndex().isValid():
                    editor.setText(str(popup.currentIndex().data()))
                popup.hide()
            self.commitData.emit(editor)
            if not editor.property("fault"):
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)
