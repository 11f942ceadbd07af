"""The screen behind the sourcing options: countries not offered, and what each term weighs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from bomexposure.gui.blocks import Combo, FilterChip, button, column, label, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.wrapping import Wrapping
from bomexposure.model.choices import Choices
from bomexposure.present.sourcing_rows import TERM_WORDS
from bomexposure.present.words import tr
from bomexposure.scenario.sourcing import shipped_terms, terms_for

MOST = 100


class Screening(QFrame):
    """Every change is one signal, so that it can be one step that undo takes back."""

    excluded = Signal(str, bool)
    """A country, and whether it is left out from now on."""
    weighed = Signal(object)
    """Term -> weight; empty takes the weights as shipped."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("card")
        self._looks = looks
        self.offered = Wrapping()
        self.country = Combo()
        self.country.setAccessibleName(tr("Leave another country out"))
        self.country.activated.connect(self._leave_out)
        self.weights: dict[str, QLineEdit] = {}
        weights = row(label("Weights", "key"), gap=12)
        for term, words in TERM_WORDS.items():
            field = QLineEdit()
            field.setValidator(QIntValidator(0, MOST, field))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(looks.type.s(60))
            field.setAccessibleName(tr("Weight of {words}", words=words))
            reason = next((one.reason for one in shipped_terms() if one.name == term), "")
            field.setToolTip(reason)
            field.editingFinished.connect(self._weigh)
            self.weights[term] = field
            weights.addLayout(column(label(words, "caption"), field, gap=2))
        self.reset = button(
            "As shipped", lambda: self.weighed.emit({}), link=True,
            tip="Take the weights that come with the program",
        )  # fmt: skip
        weights.addWidget(self.reset)
        weights.addStretch(1)
        named = label("Not offered", "key")
        named.setMinimumHeight(looks.type.s(28))
        first = row(gap=8)
        first.addWidget(named, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.offered, 1)
        self.setLayout(column(first, weights, gap=6, margins=(16, 8, 16, 8)))
        self._told: dict[str, float] = {}

    def show_choices(self, choices: Choices, names: dict[str, str], makers: list[str]) -> None:
        """What is chosen now; `names` are countries by code, `makers` those to offer first."""
        chips: list[QWidget] = []
        for code in choices.excluded:
            chip = FilterChip(names.get(code, code), self._looks, "excluded country")
            chip.setToolTip(tr("Offer {names} as a source again", names=names.get(code, code)))
            chip.clicked.connect(partial(self._take_back, code))
            chips.append(chip)
        self.offered.fill([*chips, self.country])
        self.country.clear()
        self.country.addItem(tr("Leave out…"), "")
        rest = [code for code in makers if code not in choices.excluded and code != "USA"]
        others = sorted(set(names) - set(choices.excluded) - set(rest) - {"USA"}, key=names.get)  # type: ignore[arg-type]
        for code in (*rest, *others):
            self.country.addItem(names.get(code, code), code)
        self._told = {one.name: one.weight for one in terms_for(choices)}
        for term, field in self.weights.items():
            field.setText(f"{self._told.get(term, 0.0):.0f}")
        self.reset.setEnabled(bool(choices.weights))

    def _take_back(self, code: str, _checked: bool = False) -> None:
        self.excluded.emit(code, False)

    def _leave_out(self, at: int) -> None:
        code = str(self.country.itemData(at) or "")
        if code:
            self.excluded.emit(code, True)

    def _weigh(self) -> None:
        now = {term: float(field.text() or 0) for term, field in self.weights.items()}
        same = all(round(self._told.get(term, 0.0)) == value for term, value in now.items())
        if not same and sum(now.values()) > 0:
            self._told = now
            self.weighed.emit(now)
