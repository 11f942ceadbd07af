"""How to read the figures: where the answers stand, and each measure in a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from bomexposure.gui.blocks import Tall, column, label, rule
from bomexposure.gui.looks import Looks
from bomexposure.gui.marks import Ball, ChipMark
from bomexposure.gui.paint import Chip
from bomexposure.present import glossary
from bomexposure.present.words import tr

QUESTIONS = (
    ("Which minerals matter most?",
     "The panel at the right names five as soon as a file is open. Exposure ranks them all."),
    ("Why is a line flagged, and on whose word?",
     "Select it under Lines. The panel marks the words that matched, names the evidence and cites "
     "a source for each content."),
    ("Who could supply instead?",
     "Press the mineral, then Sources: other countries with reasons, and what limits them."),
    ("What changes if a ban returns?",
     "Scenarios: switch an event on; before and after stand side by side, and the figures at the "
     "top follow until you switch it off."),
    ("What if we used another material?",
     "Substitutes: options side by side with what each costs in performance. Try one on a line."),
)  # fmt: skip
CHIPS = (
    (Chip("dysprosium", "Dy", "acute", "certain"), "filled: at least 95 % of such parts hold it"),
    (Chip("dysprosium", "Dy", "acute", "likely"), "outlined: likely, 50 to 95 %"),
    (Chip("dysprosium", "Dy", "acute", "possible"), "dashed: possible, 5 to 50 %"),
    (Chip("dysprosium", "Dy", "acute", "certain"), "orange bar: acute, index at or above 50"),
    (Chip("silicon", "Si", "maybe", "certain"), "broken bar: acute only if a range is high"),
    (Chip("copper", "Cu", "reliant", "certain"), "blue: at least 50 % import reliant"),
)
BALLS = (
    ("declared", "declared by a supplier or in the material column"),
    ("designated", "an alloy or a series is named in the line"),
    ("inferred", "the kind of part was recognised"),
    ("assumed", "only a general family was recognised"),
    ("none", "not recognised: counts as unknown, not as zero"),
)


class HelpPage(QDialog):
    """Questions with their places, the marks, and terms with their definitions."""

    def __init__(self, parent: QWidget, looks: Looks) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How to read the figures"))
        self._looks = looks
        layout = QVBoxLayout()
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(4)
        layout.addWidget(label("Where the answers stand", "subject"))
        layout.addSpacing(4)
        self._terms(layout, QUESTIONS)
        self._heading(layout, "What the marks say")
        layout.addLayout(self._marks())
        self._heading(layout, "What each measure means")
        terms = [(glossary.headed(one), words) for one, words in glossary.DEFINITIONS.items()]
        self._terms(layout, tuple(terms))
        holder = Tall()
        holder.setLayout(layout)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("How to read the figures"))
        self.setLayout(column(area))
        self.resize(looks.type.s(640), looks.type.s(680))

    @staticmethod
    def _heading(layout: QVBoxLayout, words: str) -> None:
        layout.addSpacing(8)
        layout.addWidget(rule())
        layout.addSpacing(8)
        layout.addWidget(label(words, "subject"))
        layout.addSpacing(4)

    @staticmethod
    def _terms(layout: QVBoxLayout, terms: tuple[tuple[str, str], ...]) -> None:
        for term, words in terms:
            layout.addWidget(label(term, "strong", wrap=True))
            layout.addWidget(label(words, "small2", wrap=True))
            layout.addSpacing(6)

    def _marks(self) -> QGridLayout:
        """Chips left, evidence right, each beside its meaning."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        for number, (chip, words) in enumerate(CHIPS):
            grid.addWidget(ChipMark(chip, self._looks), number, 0)
            grid.addWidget(label(words, "small2", wrap=True), number, 1)
        for number, (evidence, words) in enumerate(BALLS):
            grid.addWidget(Ball(evidence, self._looks), number, 2)
            grid.addWidget(label(words, "small2", wrap=True), number, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid
