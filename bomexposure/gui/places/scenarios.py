"""Scenarios: export controls on a calendar, switched on to see what they would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QStackedWidget, QWidget

from bomexposure.gui import explain
from bomexposure.gui.blocks import EmptyState, FilterChip, button, card, clear, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.calendar import Calendar
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.waterfall import SupplyLost, Waterfall
from bomexposure.gui.context import Context
from bomexposure.gui.explain_event import event_page
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.owncut import OwnCut
from bomexposure.gui.strip import Strip
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.scenario import Cut, Scenario, ScenarioResult
from bomexposure.present import numbers, policy, whatif
from bomexposure.present.specs import FigureSpec
from bomexposure.project import edits
from bomexposure.scenario.play import play_one
from bomexposure.scenario.ready_made import ready_made

explain.BUILDERS["event"] = event_page

_ORDER = {
    "suspended": 0, "announced": 1, "end date passed, not verified": 1, "in force": 2, "ended": 3,
}  # fmt: skip
"""What may change next stands first; within a status the order of the dates stays."""
TODAY = Scenario("", "Today")
OWN = "own"


@dataclass(frozen=True, slots=True)
class _Played:
    """What the worker hands back: results, and the figures drawn from them."""

    scenario: Scenario
    analysis: Analysis
    today: ScenarioResult
    then: ScenarioResult
    steps: FigureSpec
    lost: FigureSpec


class ScenariosPlace(Place):
    """Calendar above; before and after, and supply lost, below."""

    name = "scenarios"
    title = "Scenarios"
    hint = (
        "Statuses are as last confirmed. Where a date has passed without a notice the program says "
        "“not known” and lets you decide."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.scenario = TODAY
        self.result: ScenarioResult | None = None
        self._today: ScenarioResult | None = None
        self.ready = QComboBox()
        self.ready.setAccessibleName("Ready-made scenario")
        self.ready.setMaximumWidth(context.looks.type.s(330))
        self.ready.addItem("Ready-made scenarios", "")
        for one in ready_made():
            self.ready.addItem(one.title, one.id)
            self.ready.setItemData(self.ready.count() - 1, one.note, Qt.ItemDataRole.ToolTipRole)
        self.ready.activated.connect(self._take_ready)
        self.header.addWidget(self.ready)
        self.cut_button = button("Own cut…", self._show_cut, tip="Take away a country's supply")
        self.header.addWidget(self.cut_button)
        self._on_chip = row(gap=6)
        self.header.addLayout(self._on_chip)
        self.keep = button("Keep", self._keep, tip="Keep it with the project and in the report")
        self.acts.addWidget(self.keep)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.own_cut = OwnCut(context.looks)
        self.own_cut.wanted.connect(self.add_cut)
        self.own_cut.hide()
        self.calendar = Calendar(context.looks)
        self.calendar.chosen.connect(self._choose)
        self.calendar.ticked.connect(self.switch)
        self.calendar.moved.connect(self._move_day)
        self.calendar_card = ChartCard(self.calendar, context, scrolls=True)
        self.calendar_card.setMinimumHeight(context.looks.type.s(190))
        self.before = Waterfall(context.looks)
        self.before.chosen.connect(self._choose_mineral)
        self.before_card = ChartCard(self.before, context, title="Before and after")
        self.lost = SupplyLost(context.looks)
        self.lost.chosen.connect(self._choose_mineral)
        self.lost_card = ChartCard(self.lost, context, scrolls=True, title="What supply is lost")
        self._said = label("", "small2", wrap=True)
        self._said.setContentsMargins(16, 0, 16, 4)
        self.idle = EmptyState(context.looks, "scenarios")
        self.idle.tell(
            "Tick an event, or choose a ready-made scenario, to see what would change.",
        )
        self.idle_card = card()
        self.idle_card.setLayout(column(self.idle))
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.own_cut, 0, 0)
        self.grid.addWidget(self.calendar_card, 1, 0)
        both = QWidget()
        both.setLayout(row(self.before_card, self.lost_card, gap=14))
        self.below = QStackedWidget()
        self.below.addWidget(self.idle_card)
        self.below.addWidget(both)
        self.grid.addWidget(self.below, 2, 0)
        self.grid.setRowStretch(1, 5)
        self.grid.setRowStretch(2, 4)
        self.body.addLayout(self.grid, 1)
        self.before_card.layout().addWidget(self._said)  # type: ignore[union-attr]

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._today = None
        if analysis is None:
            self.scenario, self.result = TODAY, None
            return
        self.own_cut.offer(analysis)
        self._draw_calendar(analysis)
        self._run()

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        self.calendar.select(
            view.subject.key if view.subject and view.subject.kind == "event" else ""
        )
        mineral = view.subject.key if view.subject and view.subject.kind == "mineral" else ""
        self.before.select(mineral)
        self.lost.select(mineral)

    def _draw_calendar(self, analysis: Analysis) -> None:
        spec = policy.calendar(analysis)
        ranked = sorted(spec.rows, key=lambda one: _ORDER.get(one.notes[0] if one.notes else "", 9))
        spec = replace(spec, rows=tuple(ranked))
        self.calendar.show_spec(spec)
        self.calendar.switch(frozenset(self.scenario.events))
        note = (
            f"{len(spec.rows)} of {len(analysis.events)} events touch this BOM; tick one to switch "
            "it on, drag the line to another day"
        )
        self.calendar_card.tell("Policy calendar", note if spec.rows else spec.empty, spec.caption)
        self.calendar_card.refresh()

    def _run(self) -> None:
        """Play what is switched on, beside the GUI thread."""
        analysis = self.context.document.analysis
        clear(self._on_chip)
        on = self.active
        self.keep.setEnabled(on)
        self.below.setCurrentIndex(1 if on else 0)
        strip = getattr(self.window(), "strip", None)
        if isinstance(strip, Strip):
            strip.set_scenario(on)
        if analysis is None or not on:
            self.result = None
            return
        chip = FilterChip(self._title(), self.context.looks, "scenario")
        chip.setToolTip("Switch the scenario off")
        chip.clicked.connect(lambda _c=False: self.play(TODAY))
        self._on_chip.addWidget(chip)
        scenario, before = self.scenario, self._today

        def work(progress: Progress) -> _Played:
            progress.step("Playing the scenario", 0, 2)
            parts = (
                analysis.bom, analysis.contents, analysis.exposures, analysis.reference,
                analysis.choices,
            )  # fmt: skip
            today = before if before is not None else play_one(TODAY, *parts)
            progress.step("Playing the scenario", 1, 2)
            then = play_one(scenario, *parts)
            return _Played(
                scenario, analysis, today, then, whatif.waterfall(analysis, today, then),
                whatif.supply_lost(analysis, then),
            )  # fmt: skip

        self.context.analyst.play("Playing the scenario", work, self._take)

    def _take(self, told: _Played) -> None:
        scenario, today, then = told.scenario, told.today, told.then
        if scenario != self.scenario or told.analysis is not self.context.document.analysis:
            return
        self._today, self.result = today, then
        steps = told.steps
        unit = steps.axes[0].unit
        self.before_card.tell(
            "Before and after", f"Spend in lines whose material is cut, {unit}", steps.caption
        )
        figures = whatif.before_after(today, then)
        self.before.show_spec(replace(steps, table=figures))
        # a swap or another demand cuts nothing: then the figures say more than the steps
        self.before_card.show_table(bool(scenario.substitutions))
        self.before_card.refresh()
        lost = told.lost
        self.lost_card.tell(
            "What supply is lost", "Direct and world losses are never added", lost.caption
        )
        self.lost.show_spec(lost)
        self.lost_card.refresh()
        before, after = today.before, then.after
        words = [
            f"Minerals surely cut: {before['minerals_cut_surely']} → "
            f"{after['minerals_cut_surely']}; possibly: {before['minerals_cut']} → "
            f"{after['minerals_cut']}. Controls in force: {before['controls_in_force']} → "
            f"{after['controls_in_force']}."
        ]
        self._said.setText(" ".join([*words, *then.notes[:1]]))
        self._said.setToolTip("\n".join(then.notes))
        self.show_view(self.context.view.view)

    # --- what the user does -----------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether anything is switched on."""
        return replace(self.scenario, id="", title="Today", note="") != TODAY

    def _title(self) -> str:
        if self.scenario.id != OWN:
            return "Scenario on"
        count = len(self.scenario.events) + len(self.scenario.cuts)
        return f"{count} switched on"

    def play(self, scenario: Scenario) -> None:
        """Switch a scenario on in place of what was on."""
        self.scenario = scenario
        self.calendar.switch(frozenset(scenario.events))
        at = self.ready.findData(scenario.id) if scenario.id not in ("", OWN) else 0
        self.ready.setCurrentIndex(max(0, at))
        self._run()

    def switch(self, event: str, on: bool) -> None:
        """Switch one event on or off."""
        events = [one for one in self.scenario.events if one != event]
        if on:
            events.append(event)
        self.play(replace(self.scenario, id=OWN, title="Own scenario", events=tuple(events)))

    def add_cut(self, cut: Cut) -> None:
        """Take part of a country's supply away."""
        self.play(
            replace(self.scenario, id=OWN, title="Own scenario", cuts=(*self.scenario.cuts, cut))
        )

    def _show_cut(self) -> None:
        self.own_cut.setVisible(not self.own_cut.isVisible())
        if self.own_cut.isVisible():
            self.own_cut.setFocus()

    def _take_ready(self, at: int) -> None:
        wanted = str(self.ready.itemData(at))
        self.play(next((one for one in ready_made() if one.id == wanted), TODAY))

    def _keep(self) -> None:
        document = self.context.document
        project = document.project
        kept = self.scenario
        if kept.id == OWN:
            number = 1 + len(project.choices.own_scenarios)
            events = ", ".join(kept.events)
            kept = replace(kept, id=f"own-{number}", title=f"Own scenario {number}: {events}"[:80])
            project = edits.keep_scenario(project, kept)
            self.scenario = kept
        ids = (*project.choices.scenarios, kept.id)
        document.edit(f"Keep {kept.title}", edits.run_scenarios(project, dict.fromkeys(ids)))
        self.context.messages.say(f"Kept: {kept.title}. It is part of the report now.", "done")

    def _move_day(self, day: date) -> None:
        document = self.context.document
        document.edit(f"As of {numbers.day(day)}", edits.set_as_of(document.project, day))

    def _choose(self, event: str) -> None:
        self.context.view.select(Subject("event", event, event), filtering=False)

    def _choose_mineral(self, mineral: str) -> None:
        if mineral:
            self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def focus_target(self) -> QWidget:
        return self.calendar

    def charts(self) -> list[Chart]:
        """The charts on show, the one with the keyboard first."""
        shown: list[Chart] = [self.calendar]
        if self.active:
            shown += [self.before, self.lost]
        return sorted(shown, key=lambda one: not one.hasFocus())

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Chart as PNG"), ("svg", "Chart as SVG"), ("csv", "Chart data as CSV")]
