"""What a scenario has switched on, one chip a move; a press takes it off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bomexposure.gui.blocks import FilterChip, label, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.wrapping import Wrapping
from bomexposure.model.analysis import Analysis
from bomexposure.model.scenario import Scenario
from bomexposure.present.scenario_tables import moves_of, names_in
from bomexposure.present.words import tr

OWN = "own"
"""Id of the scenario that the user is putting together."""
CHIPS = 4
"""Moves that stand as chips of their own; more are counted in one."""
LONGEST, ALONE = 44, 80
"""Letters of a move beside others, and of the one chip that stands alone, at 100 % text."""


class SwitchedOn(QWidget):
    """Hidden while nothing is on."""

    off = Signal(str, str)
    """Kind and key of a move to take off."""
    all_off = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.chips = Wrapping()
        line = row(label("Switched on", "key"), gap=8, margins=(20, 0, 16, 0))
        line.addWidget(self.chips, 1)
        self.setLayout(line)
        self.hide()

    def show_moves(self, scenario: Scenario, active: bool, analysis: Analysis | None) -> None:
        """The moves of a scenario; a ready-made one stands under its title."""
        self.setVisible(active and analysis is not None)
        if analysis is None or not active:
            self.chips.fill([])
            return
        moves = moves_of(scenario, names_in(analysis, scenario))
        if scenario.id != OWN or len(moves) > CHIPS:
            words = scenario.title if scenario.id != OWN else tr("{moves} moves", moves=len(moves))
            letters = ALONE * 100 // self._looks.type.s(100)
            self.chips.fill([self._chip(words, "scenario", self.all_off.emit, letters)])
            return
        self.chips.fill(
            [self._chip(words, kind, partial(self.off.emit, kind, key))
             for kind, key, words in moves]
        )  # fmt: skip

    def _chip(
        self, words: str, kind: str, act: Callable[[], object], letters: int = LONGEST
    ) -> FilterChip:
        chip = FilterChip(words, self._looks, kind, letters)
        chip.setToolTip(tr("{words}. Press to switch it off", words=words))
        chip.clicked.connect(lambda _c=False: act())
        return chip
