"""Substitutes: what could stand in for a part or material, side by side, with or without a BOM."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bomexposure.gui.blocks import Combo, EmptyState, Segments, button, column, label, row, scroller
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.sidebyside import CITED, SideBySideChart
from bomexposure.gui.charts.tradeoff import Tradeoff
from bomexposure.gui.context import Context
from bomexposure.gui.finder import Finder
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.browsing import Browsing
from bomexposure.gui.places.optionbox import OptionBox
from bomexposure.gui.places.ownmaterial import OwnMaterials
from bomexposure.gui.places.trying import (
    Holders,
    Offer,
    as_scenario,
    effect_of,
    holders_of,
    offer_of,
    set_lines,
    subject_of,
)
from bomexposure.gui.subjects import subjects_of
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.browse import materials_table
from bomexposure.present.sidebyside import Choice, SideBySide, compare, side_by_side
from bomexposure.present.specs import TableSpec
from bomexposure.present.tradeoff import properties_of, tradeoff
from bomexposure.present.words import tr

LEAST_HIGH = 240
VIEWS = (("side", "Side by side"), ("tradeoff", "Trade-off"), ("browse", "All materials"))


class SubstitutesPlace(Place):
    """A subject chosen at the top, its options as columns, the chosen one explained below."""

    name = "substitutes"
    title = "Substitutes"
    hint = "Ranges overlap where a change is not certain. Trying an option never edits your BOM."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.told: SideBySide | None = None
        self._wanted: tuple[str, ...] = ()
        self._file = ""
        self._known: dict[tuple[str, ...], SideBySide] = {}
        self._offer: Offer | None = None
        self._followed: Subject | None = None
        self._materials: TableSpec | None = None
        self.own = OwnMaterials(context, self)
        self.jobs, self._effects, self._lists = Jobs(self), Jobs(self), Jobs(self)
        for one in (self.jobs, self._effects, self._lists):
            one.failed.connect(context.messages.fault)
        self._make_header()
        self._make_pages()
        context.analyst.reference_loaded.connect(self._take_reference)
        self._own = context.document.project.choices.own_materials
        context.document.project_changed.connect(self._take_project)

    # --- building ---------------------------------------------------------------------------

    def _make_header(self) -> None:
        s = self.context.looks.type.s
        self.subjects = Finder(also=self._by_other_words)
        self.subjects.setAccessibleName(tr("Part or material to replace"))
        self.subjects.setToolTip(tr("Type to find a part or material with substitutes on record"))
        self.subjects.setMinimumWidth(s(230))
        self.subjects.setMaximumWidth(s(420))
        self.subjects.setSizeAdjustPolicy(
            Finder.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.subjects.setMinimumContentsLength(30)
        self.subjects.activated.connect(self._take_subject)
        self.views = Segments(VIEWS)
        self.views.chosen.connect(self.show_page)
        self.header.addWidget(self.subjects)
        self.header.addWidget(self.views)
        self.acts.addWidget(
            button("Export", lambda: self.context.action("exports.export_here").trigger())
        )

    def _make_pages(self) -> None:
        looks = self.context.looks
        self.chart = SideBySideChart(looks)
        self.chart.chosen.connect(self._pick)
        self.card = ChartCard(self.chart, self.context, scrolls=True)
        self.tradeoff = Tradeoff(looks)
        self.tradeoff.chosen.connect(self.choose)
        self.tradeoff_card = ChartCard(self.tradeoff, self.context)
        self.measured = Combo()
        self.measured.setAccessibleName(tr("Property on the x axis"))
        self.measured.activated.connect(lambda _at: self._draw_tradeoff())
        against = QWidget()
        against.setLayout(
            column(
                row(label("Set the exposure against"), self.measured, None, gap=8),
                self.tradeoff_card, gap=10, margins=(20, 0, 16, 0),
            )
        )  # fmt: skip
        side = QWidget()
        side.setLayout(column(self.card, margins=(20, 0, 16, 0)))
        self.browsing = Browsing(looks)
        self.browsing.opened.connect(self._open_browsed)
        self.browsing.added.connect(lambda: self.own.edit())
        self.browsing.changed.connect(self.own.edit)
        self.browsing.dropped.connect(self.own.drop)
        self.browsing.compared.connect(lambda ids: self.show_compared(tuple(ids)))
        self.empty = EmptyState(looks, "substitutes")
        self.pages = QStackedWidget()
        for one in (self.empty, side, against, self.browsing):
            self.pages.addWidget(one)
        self.box = OptionBox()
        self.box.try_it.clicked.connect(lambda _c=False: self._try(self._shown, ""))
        self.box.menu.aboutToShow.connect(self._fill_more)
        both = column(gap=14)
        both.addWidget(self.pages, 1)
        both.addLayout(column(self.box, margins=(20, 0, 16, 0)))
        both.setContentsMargins(0, 0, 0, 16)
        self.body.addWidget(scroller(both), 1)
        looks.changed.connect(self._keep_height)
        self._keep_height()

    def _keep_height(self) -> None:
        """With large text the place scrolls before the options are squeezed."""
        self.pages.setMinimumHeight(self.context.looks.type.s(LEAST_HIGH))

    # --- what can be chosen -----------------------------------------------------------------

    def _take_reference(self, _reference: Reference) -> None:
        self._offer = self._materials = None
        if self.context.view.view.place == self.name:
            self.show_view(self.context.view.view)

    def _take_project(self, project: Project) -> None:
        """Own materials changed: what was compared before may read differently now."""
        if project.choices.own_materials == self._own:
            return
        self._own = project.choices.own_materials
        self._known.clear()
        self._materials = None
        if self.context.view.view.place == self.name and self.context.document.analysis is None:
            self.show_page(self.views.current)

    def _ask_offer(self, analysis: Analysis | None, reference: Reference) -> None:
        """Which parts have substitutes; a pass over all lines, so not done here."""
        self._busy("Looking for parts with substitutes…")

        def work(progress: Progress) -> Offer:
            progress.step("Looking for parts with substitutes", 0, 0)
            return offer_of(analysis, reference)

        self.jobs.start("Looking for parts with substitutes", work, self._take_offer)

    def _take_offer(self, offer: Offer) -> None:
        if offer.analysis is not self.context.document.analysis:
            return
        self._offer = offer
        rows = offer.rows
        order = {subject: at for at, subject in enumerate(rows)}
        self.subjects.clear()
        for subject, name, count in sorted(
            offer.every, key=lambda one: order.get(one[0], len(order))
        ):
            row_ = rows.get(subject)
            words = name if row_ is None else tr("Row {row}: {name}", row=row_, name=name)
            self.subjects.addItem(words, subject)
            options = numbers.count(count, "option")
            tip = tr("{name}: {options} on record", name=name, options=options)
            self.subjects.setItemData(self.subjects.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        at = self.subjects.findData(self._wanted[0]) if len(self._wanted) == 1 else -1
        self.subjects.setCurrentIndex(at)
        self.show_view(self.context.view.view)

    def _by_other_words(self, words: str) -> list[str]:
        """Entries by what parts lists call them: "brushless" finds its motor."""
        reference = self.context.analyst.reference
        keys = subjects_of(reference).keys(words) if reference is not None else []
        at = (self.subjects.findData(key) for key in keys)
        return [self.subjects.itemText(one) for one in at if one >= 0]

    def _busy(self, words: str) -> None:
        if self.told is None and self.views.current != "browse":
            self.empty.tell(words)
            self.pages.setCurrentIndex(0)

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._known.clear()
        self._offer = self.told = None
        self.box.hide()
        file = analysis.bom.file if analysis is not None else ""
        if not file or file != self._file:  # else the same parts, judged anew
            self._wanted, self._followed = (), None
            self.views.choose("side" if analysis is not None else "browse")
        self._file = file
        if self.context.view.view.place == self.name:
            self.show_view(self.context.view.view)

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        reference = self.context.analyst.reference
        if reference is None:
            self._busy("Loading the materials…")
            return
        analysis = self.context.document.analysis
        if self._offer is None or self._offer.analysis is not analysis:
            self._ask_offer(analysis, reference)
        elif analysis is not None and view.subject != self._followed:
            self._followed = view.subject
            on_record = {str(self.subjects.itemData(n)) for n in range(self.subjects.count())}
            subject, said = subject_of(view, analysis, on_record, self._offer.mine)
            if subject or self.told is None:
                self._show_first(subject, said)
            elif said:
                self.card.tell(self.card.title.text(), said)
        elif self.told is None:
            self._show_first("", "")
        self.show_page(self.views.current)

    def _show_first(self, subject: str, said: str) -> None:
        """The subject asked for, else what was compared before, else the part of this BOM with
        most spend, else the first."""
        if not subject and self._wanted:
            self._show(self._wanted, said)
            return
        wanted = subject or str(self.subjects.itemData(0) or "")
        offer = self._offer
        if not subject and offer is not None and offer.analysis is not None and not offer.rows:
            said = "No part of this BOM has a substitute on record; this is the first on record"
        if wanted:
            self.show_subject(wanted, said)
        else:
            self.empty.tell("No substitute is on record in this edition of the data.")

    def show_page(self, key: str) -> None:
        """Turn to one of VIEWS."""
        self.views.choose(key)
        at = {"side": 1, "tradeoff": 2, "browse": 3}[key]
        self.pages.setCurrentIndex(at if key == "browse" or self.told is not None else 0)
        self.box.setVisible(key != "browse" and self._shown is not None)
        if key == "browse":
            self._list_materials()
        elif key == "tradeoff":
            self._draw_tradeoff()

    def _list_materials(self) -> None:
        reference = self.context.analyst.reference
        if self._materials is not None or reference is None or self._lists.busy:
            return
        own = self._own

        def work(progress: Progress) -> TableSpec:
            progress.step("Listing materials", 0, 0)
            return materials_table(reference, own)

        def take(spec: TableSpec) -> None:
            self._materials = spec if own == self._own else None
            self.browsing.show_spec(spec)
            self.browsing.select(self.own.take_kept())

        self._lists.start("Listing materials", work, take)

    def show_subject(self, subject: str, said: str = "") -> None:
        """Compare the options of a material or class; computed beside the GUI thread."""
        self.subjects.setCurrentIndex(self.subjects.findData(subject))
        self.subjects.setToolTip(self.subjects.currentText())
        self._show((subject,), said)

    def show_compared(self, subjects: tuple[str, ...]) -> None:
        """Put any materials and parts beside each other."""
        self.subjects.setCurrentIndex(-1)
        self.views.choose("side")
        self._show(subjects, "")

    def _show(self, wanted: tuple[str, ...], said: str) -> None:
        reference = self.context.analyst.reference
        if reference is None:
            return
        self._wanted = wanted
        if wanted in self._known:
            self._take(wanted, self._known[wanted], said)
            return
        self._busy("Comparing…")
        choices = self.context.document.project.choices

        def work(progress: Progress) -> SideBySide:
            progress.step("Comparing materials", 0, 0)
            if len(wanted) > 1:
                return compare(wanted, reference, choices)
            return side_by_side(wanted[0], reference, choices)

        self.jobs.start("Comparing materials", work, lambda told: self._take(wanted, told, said))

    def _take(self, wanted: tuple[str, ...], told: SideBySide, said: str = "") -> None:
        if wanted != self._wanted:
            return
        self._known[wanted] = self.told = told
        if len(wanted) > 1:
            note = tr("{count} materials; the first is the measure", count=len(wanted))
            self.card.tell("Side by side", note)
        else:
            count = numbers.count(len(told.choices) - 1, "option")
            note = said or tr("{count}; those that lower the exposure first", count=count)
            self.card.tell(tr("Instead of {told}", told=told.name), note)
        self.chart.show_told(told)
        self.card.refresh()
        self._offer_properties(told)
        first = next((one.id for one in told.choices if one.id), "")
        self.choose(self.chart.selected if self._shown else first)
        self.show_page(self.views.current)

    def _offer_properties(self, told: SideBySide) -> None:
        self.measured.clear()
        for key, words in properties_of(told):
            self.measured.addItem(words, key)
        self.measured.setEnabled(self.measured.count() > 1)
        self.measured.setVisible(self.measured.count() > 0)

    def _draw_tradeoff(self) -> None:
        if self.told is None:
            return
        key = self.measured.currentData() or ("", "", None)
        plain = self.told if "options" in self.told.plain else _without_options(self.told)
        spec = tradeoff(plain, tuple(key))
        self.tradeoff_card.tell(spec.title, spec.caption)
        self.tradeoff.show_spec(spec)
        self.tradeoff.select(self.chart.selected)
        self.tradeoff_card.refresh()

    # --- the option in hand -----------------------------------------------------------------

    def _choice(self, key: str) -> Choice | None:
        if self.told is None or not key:
            return None
        return next((one for one in self.told.choices if one.id == key), None)

    def _pick(self, key: str) -> None:
        """A column chooses its option; an underlined figure shows its source in the panel too."""
        option, _, figures = key.partition(CITED)
        if option:
            self.choose(option)
        if figures:
            first = figures.partition(";")[0]
            self.context.view.select(Subject("figure", first, first), filtering=False)

    def choose(self, key: str) -> None:
        """Explain one option below: the alarm comes before the advantages."""
        choice = self._choice(key)
        self.box.setVisible(choice is not None and self.views.current != "browse")
        if choice is None:
            return
        self.chart.select(key)
        self.tradeoff.select(key)
        held = self._holders()
        reason = ""
        if held is None:
            reason = "Open a bill of materials first"
        elif not held.rows:
            reason = "No line of this BOM holds it"
        self.box.tell(choice, reason)
        if held is not None:
            self._tell_effect(choice, held)

    def _holders(self) -> Holders | None:
        """Lines of the BOM that hold the subject in hand; None without a BOM."""
        analysis = self.context.document.analysis
        if analysis is None or self.told is None:
            return None
        subject = self.context.view.view.subject
        wanted = subject.key if subject is not None and subject.kind == "line" else ""
        return holders_of(self.told.subject, analysis, wanted)

    def _tell_effect(self, choice: Choice, held: Holders) -> None:
        """What the swap would change in the whole BOM, computed beside the GUI thread."""
        analysis = self.context.document.analysis
        if analysis is None or not held.rows:
            self.box.tell_effect("No line of this BOM holds it, so nothing would change here.")
            return
        where = held.words()
        self.box.tell_effect(tr("{where}: working out what would change…", where=where))
        scenario = as_scenario(self.told, choice, "")

        def work(progress: Progress) -> tuple[str, str]:
            progress.step("Trying the substitute", 0, 0)
            return choice.id, effect_of(scenario, analysis)

        def take(told: tuple[str, str]) -> None:
            if told[0] == self.chart.selected:
                self.box.tell_effect(f"{where}: {told[1]}")

        self._effects.start("Trying the substitute", work, take)

    def _fill_more(self) -> None:
        self.box.menu.clear()
        choice, held = self._shown, self._holders()
        reference = self.context.analyst.reference
        if choice is None or held is None or not held.rows or reference is None:
            return
        one, many = tr("row {row}", row=held.first_row), numbers.count(len(held.rows), "line")
        menu = self.box.menu
        for words, line in (
            (tr("Scenario: {row} only", row=one), held.first_id),
            (tr("Scenario: all {lines} that hold it", lines=many), ""),
        ):
            menu.addAction(words, partial(self._try, choice, line))
        menu.addSeparator()
        known = choice.subject in set(reference.knowledge.subjects["id"]) | {
            one.id for one in self._own
        }
        for words, rows in (
            (tr("Decide: set {row} to it", row=one), held.rows[:1]),
            (tr("Decide: set all {lines} to it", lines=many), held.rows),
        ):
            act = menu.addAction(words, partial(self._decide, choice, rows))
            act.setEnabled(known)
            act.setToolTip(
                tr("Changes the analysis, is written in the decisions log, and can be undone")
                if known else tr("Its composition is not among the materials: try it as a scenario")
            )  # fmt: skip

    @property
    def _shown(self) -> Choice | None:
        return self._choice(self.chart.selected)

    def _try(self, choice: Choice | None, line: str) -> None:
        """Play the swap in Scenarios, for one line or for all that hold the subject."""
        places: dict[str, Any] = getattr(self.window(), "places", {})
        scenarios = places.get("scenarios")
        if choice is None or self.told is None or scenarios is None:
            return
        self.context.view.go("scenarios")
        scenarios.add_swap(as_scenario(self.told, choice, line))

    def _decide(self, choice: Choice, rows: tuple[int, ...]) -> None:
        """Set lines to the substitute for good: one step that can be undone."""
        document, book = self.context.document, self.context.document.book
        reference = self.context.analyst.reference
        if self.told is None or book is None or reference is None:
            return
        lines = numbers.count(len(rows), "line")
        text = tr("Set {lines} to {choice}", lines=lines, choice=choice.name)
        document.edit(text, set_lines(document.project, book, rows, choice, self.told, reference))
        self.context.messages.can_undo(text)

    # --- what the user does -----------------------------------------------------------------

    def _take_subject(self, at: int) -> None:
        if self.views.current == "browse":
            self.views.choose("side")
        self.show_subject(str(self.subjects.itemData(at) or ""))
        self.show_page(self.views.current)

    def _open_browsed(self, subject: str) -> None:
        if not subject:
            return
        self.views.choose("side")
        self.show_subject(subject)
        self.show_page("side")

    def stop(self) -> None:
        for one in (self.jobs, self._effects, self._lists):
            one.shut_down()

    def focus_target(self) -> QWidget:
        if self.views.current == "browse":
            return self.browsing.field
        return self.charts()[0] if self.told is not None else self.subjects

    def find_field(self) -> QWidget | None:
        return self.browsing.field if self.views.current == "browse" else self.subjects.lineEdit()

    def copy_text(self, *, headers: bool) -> str:
        if self.views.current != "browse":
            return ""
        return self.browsing.table.copy_text(headers=headers)

    def charts(self) -> list[Chart]:
        """The chart on show."""
        return [self.tradeoff if self.views.current == "tradeoff" else self.chart]

    def export_choices(self) -> list[tuple[str, str]]:
        if self.told is None or self.views.current == "browse":
            return []
        return [("png", "Picture as PNG"), ("svg", "Picture as SVG"), ("csv", "Table as CSV")]


def _without_options(told: SideBySide) -> SideBySide:
    """A comparison of materials has no options on record, so nothing to trade off."""
    return replace(told, plain={"subject": told.plain["subjects"][0], "options": []})
