"""Scenarios: export controls on a calendar, switched on to see what they would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QStackedWidget,
    QWidget,
)

from bomexposure.gui import explain
from bomexposure.gui.blocks import Combo, Segments, button, card, column, label, row, scroller
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.calendar import Calendar
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.waterfall import SupplyLost, Waterfall
from bomexposure.gui.context import Context
from bomexposure.gui.explain_event import event_page
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.comparing import TODAY, Comparing
from bomexposure.gui.places.owncut import OwnCut
from bomexposure.gui.places.played import Played, cut_words, played
from bomexposure.gui.places.scenarioidle import ScenarioIdle
from bomexposure.gui.places.switchedon import OWN, SwitchedOn
from bomexposure.gui.spectable import SpecTable
from bomexposure.gui.strip import Strip
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.scenario import Cut, Scenario, ScenarioResult, Shift, Tariff
from bomexposure.present import numbers, policy, whatif
from bomexposure.present.scenario_tables import (
    moves_of,
    names_in,
    scenario_tiles,
    without_move,
)
from bomexposure.present.words import plural, tr
from bomexposure.project import edits
from bomexposure.scenario.ready_made import ready_made

explain.BUILDERS["event"] = event_page

_ORDER = {
    "suspended": 0, "announced": 1, "end date passed, not verified": 1, "in force": 2, "ended": 3,
}  # fmt: skip
"""What may change next stands first; within a status the order of the dates stays."""
VIEWS = (
    ("steps", "Before and after"), ("lost", "Supply lost"), ("lines", "Lines and stock"),
    ("compare", "Compare"),
)  # fmt: skip
LEAST_CALENDAR, LEAST_BELOW = 200, 345
"""Heights below which neither part shrinks: the place scrolls instead."""
ROOMY = 1250
"""Width from which the head has room for the whole title of a scenario."""
NARROW, WIDE = 900, 1700
"""Widths below which steps and losses take turns, and from which all stands beside the calendar."""


class ScenariosPlace(Place):
    """Calendar above; below it what could be played, or what is changed by what is on."""

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
        self._played_for: object = None
        self._strip_wired = False
        self._make_header()
        self._make_pages()
        context.document.analysis_changed.connect(self._follow_document)

    # --- building ---------------------------------------------------------------------------

    def _make_header(self) -> None:
        context, s = self.context, self.context.looks.type.s
        self.ready = Combo()
        self.ready.setAccessibleName(tr("Ready-made scenario"))
        self.ready.setMaximumWidth(s(560))
        self.ready.setMinimumContentsLength(26)
        self.ready.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.ready.activated.connect(self._take_ready)
        self.header.addWidget(self.ready)
        self.cut_button = button(
            "Own moves…", self._show_cut,
            tip="Cut a country's supply, buy elsewhere, another material or demand, a tariff",
        )  # fmt: skip
        self.header.addWidget(self.cut_button)
        self.keep = button("Keep", self._keep, tip="Keep it with the project and in the report")
        self.acts.addWidget(self.keep)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.switched = SwitchedOn(context.looks)
        self.switched.all_off.connect(self._switch_off)
        self.switched.off.connect(self._take_off)
        self.body.addWidget(self.switched)

    def _make_pages(self) -> None:
        context, looks = self.context, self.context.looks
        self.own_cut = OwnCut(looks)
        self.own_cut.wanted.connect(self.add_cut)
        self.own_cut.shifted.connect(self.add_shift)
        self.own_cut.demanded.connect(self.set_demand)
        self.own_cut.taxed.connect(self.add_tariff)
        self.own_cut.swap_asked.connect(lambda: context.view.go("substitutes"))
        self.own_cut.hide()
        self.calendar = Calendar(looks)
        self.calendar.chosen.connect(self._choose)
        self.calendar.ticked.connect(self.switch)
        self.calendar.moved.connect(self._move_day)
        self.calendar_card = ChartCard(self.calendar, context, scrolls=True)
        self.before = Waterfall(looks)
        self.before.chosen.connect(self._choose_mineral)
        self.before_card = ChartCard(self.before, context, title="Before and after")
        self.lost = SupplyLost(looks)
        self.lost.chosen.connect(self._choose_mineral)
        self.lost_card = ChartCard(self.lost, context, scrolls=True, title="What supply is lost")
        self._said = label("", "small2", wrap=True)
        self._said.setContentsMargins(16, 0, 16, 4)
        self.before_card.layout().addWidget(self._said)  # type: ignore[union-attr]
        self.views = Segments(VIEWS)
        self.views.chosen.connect(self.show_page)
        self.idle = ScenarioIdle(looks)
        self.idle.wanted.connect(self.play)
        self.idle.chosen.connect(self._choose)
        self.idle.compared.connect(self.put_beside)
        both = QWidget()
        self._both = row(self.before_card, self.lost_card, gap=14)
        both.setLayout(self._both)
        self.touched = SpecTable(looks, in_card=True)
        self.touched.chosen.connect(self._choose_line)
        self._touched_title, lines = _titled(self.touched)
        self.comparing = Comparing(context)
        self.shown = QStackedWidget()
        for one in (both, lines, self.comparing):
            self.shown.addWidget(one)
        playing = QWidget()
        playing.setLayout(column(row(self.views, None), self.shown, gap=8))
        self.below = QStackedWidget()
        self.below.addWidget(self.idle)
        self.below.addWidget(playing)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.own_cut, 0, 0, 1, 2)
        self._arrange()
        self.body.addWidget(scroller(self.grid), 1)

    def _arrange(self) -> None:
        width, s = self.width() - self.covered, self.context.looks.type.s
        wide, narrow = width >= s(WIDE), width < s(NARROW)
        self.ready.setMinimumContentsLength(26 if self.width() < s(ROOMY) else 62)
        self.grid.setRowMinimumHeight(1, s(LEAST_CALENDAR if not wide else LEAST_BELOW))
        self.grid.setRowMinimumHeight(2, 0 if wide else s(LEAST_BELOW))
        for one in (self.calendar_card, self.below):
            self.grid.removeWidget(one)
        self.grid.addWidget(self.calendar_card, 1, 0, 1, 1 if wide else 2)
        self.grid.addWidget(self.below, 1 if wide else 2, 1 if wide else 0, 1, 1 if wide else 2)
        self.grid.setRowStretch(1, 5)
        self.grid.setRowStretch(2, 0 if wide else 5)
        for at in (0, 1):
            self.grid.setColumnStretch(at, 1)
        # beside the calendar they stand over each other: as tall as the window bars say no more
        direction = QBoxLayout.Direction.TopToBottom if wide else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(direction)
        self.views.button("lost").setVisible(narrow)
        if not narrow and self.views.current == "lost":
            self.views.choose("steps")
        self.before_card.setVisible(not narrow or self.views.current != "lost")
        self.lost_card.setVisible(not narrow or self.views.current == "lost")

    def cover(self, width: int) -> None:
        """Calendar and charts keep to what the panel leaves free."""
        super().cover(width)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- what is shown ----------------------------------------------------------------------

    def _follow_document(self, analysis: Analysis | None) -> None:
        """The strip tells of a scenario in every place, so a new analysis is played at once."""
        self._today = None
        if analysis is None:
            self.scenario, self.result = TODAY, None
            self.comparing.beside = ()
            self._played_for = None
            self._tell_strip()
        elif self.active:
            self._run()

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        if analysis is None:
            self.own_cut.forget()
            return
        self.own_cut.offer(analysis)
        self._offer(analysis)
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

    def show_page(self, key: str) -> None:
        """Turn to one of VIEWS."""
        self.views.choose(key)
        self.shown.setCurrentIndex({"steps": 0, "lost": 0, "lines": 1, "compare": 2}[key])
        self._arrange()
        if key == "compare":
            self._compare()

    def every(self) -> tuple[Scenario, ...]:
        """Ready-made scenarios and those that the project keeps."""
        return (*ready_made(), *self.context.document.project.choices.own_scenarios)

    def _offer(self, analysis: Analysis) -> None:
        self.ready.clear()
        self.ready.addItem(tr("Ready-made scenarios"), "")
        for one in self.every():
            self.ready.addItem(one.title, one.id)
            self.ready.setItemData(self.ready.count() - 1, one.note, Qt.ItemDataRole.ToolTipRole)
        self.ready.setCurrentIndex(max(0, self.ready.findData(self.scenario.id)))
        self.idle.show_changes(policy.changes_ahead(analysis))
        self.idle.show_scenarios(self.every())

    def _draw_calendar(self, analysis: Analysis) -> None:
        spec = policy.calendar(analysis)
        ranked = sorted(spec.rows, key=lambda one: _ORDER.get(one.notes[0] if one.notes else "", 9))
        spec = replace(spec, rows=tuple(ranked))
        self.calendar.show_spec(spec)
        self.calendar.switch(frozenset(self.scenario.events))
        note = tr(
            "{rows} of {events} events touch this BOM; tick one to switch it on, "
            "drag the line to another day",
            rows=len(spec.rows),
            events=len(analysis.events),
        )
        self.calendar_card.tell("Policy calendar", note if spec.rows else spec.empty, spec.caption)
        self.calendar_card.refresh()

    def _take_off(self, kind: str, key: str) -> None:
        self.play(replace(without_move(self.scenario, kind, key), id=OWN, title="Own scenario"))

    def _tell_strip(self) -> None:
        """Before and after in the strip, or the figures of today."""
        strip, showing = getattr(self.window(), "strip", None), self.context.document.showing
        if not isinstance(strip, Strip):
            return
        if not self._strip_wired:
            self._strip_wired = True
            strip.scenario_off.connect(self._switch_off)
        tiles = showing.tiles if showing is not None else ()
        if self.result is not None and self._today is not None:
            strip.set_scenario(self.scenario.title, scenario_tiles(tiles, self._today, self.result))
        else:
            strip.set_scenario("", tiles)

    def _switch_off(self) -> None:
        self.play(TODAY)

    def _run(self) -> None:
        """Play what is switched on, beside the GUI thread."""
        analysis = self.context.document.analysis
        on = self.active
        self.keep.setEnabled(on)
        self.below.setCurrentIndex(1 if on or self.views.current == "compare" else 0)
        self.switched.show_moves(self.scenario, self.active, analysis)
        if analysis is None or not on:
            self.result, self._played_for = None, None
            self._tell_strip()
            return
        if self._played_for == (self.scenario, id(analysis)):
            return
        self._played_for = (self.scenario, id(analysis))
        scenario, before = self.scenario, self._today

        def work(progress: Progress) -> Played:
            return played(scenario, analysis, before, progress)

        self.context.analyst.play("Playing the scenario", work, self._take)

    def _take(self, told: Played) -> None:
        scenario, today, then = told.scenario, told.today, told.then
        if scenario != self.scenario or told.analysis is not self.context.document.analysis:
            return
        self._today, self.result = today, then
        self._tell_strip()
        steps = told.steps
        axis = steps.axes[0]
        self.before_card.tell(
            "Before and after",
            tr("{axis} whose material is cut, {unit}", axis=axis.title, unit=axis.unit),
            steps.caption,
        )
        figures = whatif.before_after(today, then)
        self.before.show_spec(replace(steps, table=figures))
        # a swap or another demand cuts nothing: then the figures say more than the steps
        self.before_card.show_table(bool(scenario.substitutions) or not then.losses)
        self.before_card.refresh()
        lost = told.lost
        self.lost_card.tell(
            "What supply is lost", "Direct and world losses are never added", lost.caption
        )
        self.lost.show_spec(lost)
        self.lost_card.refresh()
        self.touched.show_spec(told.lines)
        count = len(told.lines)
        touched = plural("{count} line touched.", "{count} lines touched.", count,
                         count=numbers.whole(count))  # fmt: skip
        self._touched_title.setText(
            f"{touched} {tr(told.lines.caption)}" if count else tr(told.lines.empty)
        )
        self._said.setText(" ".join([cut_words(told), *then.notes[:1]]))
        self._said.setToolTip("\n".join(then.notes))
        self.show_view(self.context.view.view)
        if self.views.current == "compare":
            self._compare()

    def put_beside(self, scenarios: Sequence[Scenario]) -> None:
        """Show these scenarios beside today and the one that is on."""
        self.comparing.beside = tuple(scenarios)
        self.below.setCurrentIndex(1)
        self.show_page("compare")

    def _compare(self) -> None:
        self.comparing.show_with(self.scenario if self.active else None, self.every())

    # --- what the user does -----------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether anything is switched on."""
        return replace(self.scenario, id="", title="Today", note="") != TODAY

    def play(self, scenario: Scenario) -> None:
        """Switch a scenario on in place of what was on; TODAY switches off."""
        self.scenario = scenario
        self.calendar.switch(frozenset(scenario.events))
        at = self.ready.findData(scenario.id) if scenario.id not in ("", OWN) else 0
        self.ready.setCurrentIndex(max(0, at))
        if self.views.current == "compare" and scenario != TODAY:
            self.views.choose("steps")
            self.show_page("steps")
        elif scenario == TODAY:
            self.views.choose("steps")
            self.shown.setCurrentIndex(0)
        self._run()

    def _more(self, scenario: Scenario) -> None:
        self.play(replace(scenario, id=OWN, title="Own scenario", note=""))

    def switch(self, event: str, on: bool) -> None:
        """Switch one event on or off."""
        events = [one for one in self.scenario.events if one != event]
        if on:
            events.append(event)
        self._more(replace(self.scenario, events=tuple(events)))

    def add_cut(self, cut: Cut) -> None:
        """Take part of a country's supply away."""
        self._more(replace(self.scenario, cuts=(*self.scenario.cuts, cut)))

    def add_shift(self, shift: Shift) -> None:
        """Buy part of a mineral from a named country; a later word on it replaces the earlier."""
        rest = tuple(
            one for one in self.scenario.shifts
            if (one.mineral, one.to_iso3) != (shift.mineral, shift.to_iso3)
        )  # fmt: skip
        self._more(replace(self.scenario, shifts=(*rest, shift)))

    def add_tariff(self, tariff: Tariff) -> None:
        """A duty on parts from a country; a later word on it replaces the earlier."""
        rest = tuple(one for one in self.scenario.tariffs if one.iso3 != tariff.iso3)
        self._more(replace(self.scenario, tariffs=(*rest, tariff)))

    def set_demand(self, factor: float) -> None:
        """Another demand, as a multiple of today's."""
        if self.context.document.project.choices.volume is None:
            self.context.messages.say(
                "Demand changes figures a year: give the products a year first.", "info",
                "ask_volume", "Volume…",
            )  # fmt: skip
        self._more(replace(self.scenario, demand_factor=round(factor, 4)))

    def add_swap(self, scenario: Scenario) -> None:
        """Try a substitute: alone, or with what is switched on already."""
        if not self.active or self.scenario.id == scenario.id:
            self.play(scenario)
            return
        swaps = dict((*self.scenario.substitutions, *scenario.substitutions))
        self._more(replace(self.scenario, substitutions=tuple(swaps.items())))

    def _show_cut(self) -> None:
        if self.own_cut.isVisible():
            self.own_cut.hide()
        else:
            self.show_own_moves()

    def show_own_moves(self) -> None:
        """Open the form, with the keyboard in its first field."""
        self.own_cut.show()
        self.own_cut.setFocus()

    def _take_ready(self, at: int) -> None:
        wanted = str(self.ready.itemData(at))
        self.play(next((one for one in self.every() if one.id == wanted), TODAY))

    def _keep(self) -> None:
        document = self.context.document
        project = document.project
        kept = self.scenario
        if kept.id in (OWN, "swap"):
            number = 1 + len(project.choices.own_scenarios)
            analysis = document.analysis
            names = names_in(analysis, kept) if analysis is not None else {}
            with numbers.spoken(numbers.FIXED):  # the title goes into the project and the report
                moves = ", ".join(words for _, _, words in moves_of(kept, names))
            title = kept.title if kept.id == "swap" else f"Own scenario {number}: {moves}"
            kept = replace(kept, id=f"own-{number}", title=title[:80])
            project = edits.keep_scenario(project, kept)
            self.scenario = kept
        ids = (*project.choices.scenarios, kept.id)
        title = kept.title
        document.edit(
            tr("Keep {title}", title=title), edits.run_scenarios(project, dict.fromkeys(ids))
        )
        said = tr("Kept: {title}. It is part of the report now.", title=title)
        self.context.messages.say(said, "done")

    def _move_day(self, day: date) -> None:
        document = self.context.document
        text = tr("As of {day}", day=numbers.day(day))
        document.edit(text, edits.set_as_of(document.project, day))

    def _choose(self, event: str) -> None:
        self.context.view.select(Subject("event", event, event), filtering=False)

    def _choose_mineral(self, mineral: str) -> None:
        if mineral:
            self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def _choose_line(self, line: str) -> None:
        self.context.view.select(Subject("line", line, line), filtering=False)

    def stop(self) -> None:
        self.comparing.stop()

    def focus_target(self) -> QWidget:
        return self.calendar

    def copy_text(self, *, headers: bool) -> str:
        table = {"lines": self.touched, "compare": self.comparing.table}.get(self.views.current)
        return table.copy_text(headers=headers) if table is not None else ""

    def charts(self) -> list[Chart]:
        """The charts on show, the one with the keyboard first."""
        shown: list[Chart] = [self.calendar]
        if self.active:
            shown += [self.before, self.lost]
        return sorted(shown, key=lambda one: not one.hasFocus())

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Chart as PNG"), ("svg", "Chart as SVG"), ("csv", "Chart data as CSV")]


def _titled(table: SpecTable) -> tuple[QLabel, QFrame]:
    """A table in a card below a sentence that can wrap, with buttons at the right."""
    words, holder = label("", "caption", wrap=True), card()
    head = row(gap=12, margins=(16, 10, 12, 8))
    head.addWidget(words, 1)
    holder.setLayout(column(head, table, gap=0, margins=(0, 0, 0, 6)))
    return words, holder
