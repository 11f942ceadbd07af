"""A field that finds: a magnifier before its words, a cross behind them."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from bomexposure.gui.icons import icon
from bomexposure.gui.looks import Looks
from bomexposure.present.words import tr


class SearchField(QLineEdit):
    """`words` stand in it while it is empty; `name` is read aloud."""

    def __init__(self, looks: Looks, words: str, name: str) -> None:
        super().__init__()
        self._looks = looks
        self.setPlaceholderText(tr(words))
        self.setAccessibleName(tr(name))
        self.setClearButtonEnabled(True)
        self._mark = QAction(tr(name), self)
        self._mark.triggered.connect(lambda _on=False: self.setFocus())
        self.setTextMargins(-5, 0, 0, 0)  # Qt keeps the words far from the mark
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        looks.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self._mark.setIcon(icon("search", self._looks.theme))
