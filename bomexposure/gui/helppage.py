"""How to read the figures: each measure in a sentence, from the shared glossary."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from bomexposure.gui.blocks import Tall, column, label
from bomexposure.gui.looks import Looks
from bomexposure.present import glossary


class HelpPage(QDialog):
    """Terms and their definitions."""

    def __init__(self, parent: QWidget, looks: Looks) -> None:
        super().__init__(parent)
        self.setWindowTitle("How to read the figures")
        layout = QVBoxLayout()
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(4)
        for term, words in glossary.DEFINITIONS.items():
            layout.addWidget(label(term.replace("-", " ").capitalize(), "strong"))
            layout.addWidget(label(words, "small2", wrap=True))
            layout.addSpacing(6)
        holder = Tall()
        holder.setLayout(layout)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        self.setLayout(column(area))
        self.resize(looks.type.s(560), looks.type.s(600))
