"""Several scenarios side by side: one column each, beside today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QMenu, QToolButton

from bomexposure.gui.blocks import column, label, row
from bomexposure.gui.context import Context
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.spectable import SpecTable
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.present.scenario_tables import compared
from bomexposure.present.specs import TableSpec
from bomexposure.present.words import tr
from bomexposure.scenario.play import play_one

TODAY = Scenario("", "Today")


def play_on(scenario: Scenario, analysis: Analysis) -> ScenarioResult:
    """A scenario played on an analysis."""
    return play_one(
        scenario, analysis.bom, analysis.contents, analysis.exposures, analysis.reference,
        analysis.choices,
    )  # fmt: skip


class Comparing(QFrame):
    """`beside` are the scenarios chosen to stand beside the one that is on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self.beside: tuple[Scenario, ...] = ()
        self._on: Scenario | None = None
        self._every: tuple[Scenario, ...] = ()
        self.jobs = Jobs(self)
        self.jobs.failed.connect(context.messages.fault)
        self.table = SpecTable(context.looks, in_card=True)
        self._words = label("", "caption", wrap=True)
        chooser = QToolButton()
        chooser.setText(tr("Choose scenarios…"))
        chooser.setProperty("flat", False)
        chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(chooser)
        self.menu.aboutToShow.connect(self._fill)
        chooser.setMenu(self.menu)
        head = row(gap=12, margins=(16, 10, 12, 8))
        head.addWidget(self._words, 1)
        head.addWidget(chooser)
        self.setLayout(column(head, self.table, gap=0, margins=(0, 0, 0, 6)))

    def _fill(self) -> None:
        self.menu.clear()
        for one in self._every:
            act = self.menu.addAction(one.title)
            act.setCheckable(True)
            act.setChecked(one in self.beside or one == self._on)
            act.setEnabled(one != self._on)
            # PySide hands no state to a partial
            act.toggled.connect(lambda on, one=one: self._set(one, on))

    def _set(self, scenario: Scenario, on: bool) -> None:
        rest = tuple(one for one in self.beside if one != scenario)
        self.beside = (*rest, scenario) if on else rest
        self.show_with(self._on, self._every)

    def show_with(self, on: Scenario | None, every: Sequence[Scenario]) -> None:
        """Play today, the scenario that is on and those chosen, beside the GUI thread."""
        self._on, self._every = on, tuple(every)
        analysis = self._context.document.analysis
        wanted = tuple(dict.fromkeys((*((on,) if on is not None else ()), *self.beside)))
        if analysis is None:
            return
        if not wanted:
            self._words.setText(tr("Choose the scenarios to put beside today."))
            self.table.show_spec(None)
            return

        def work(progress: Progress) -> tuple[Analysis, TableSpec]:
            played = []
            for at, one in enumerate((TODAY, *wanted)):
                progress.step("Playing the scenarios", at, len(wanted) + 1)
                played.append(play_on(one, analysis))
            return analysis, compared(analysis, played[0], played[1:])

        self._words.setText(tr("Playing the scenarios…"))
        self.jobs.start("Playing the scenarios", work, self._take)

    def _take(self, told: tuple[Analysis, TableSpec]) -> None:
        if told[0] is self._context.document.analysis:
            self.table.show_spec(told[1])
            # the heads name the scenarios
            self._words.setText(
                tr(
                    "Figures that differ stand first. Ranges run from certain lines to certain "
                    "with likely lines."
                )
            )

    def stop(self) -> None:
        """End the work under way."""
        self.jobs.shut_down()
