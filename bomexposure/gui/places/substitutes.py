"""Substitutes: what could stand in for a part or material, side by side, with or without a BOM."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QScrollArea, QWidget

from bomexposure.gui.blocks import EmptyState, button, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.sidebyside import SideBySideChart
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.exposure import selected_mineral
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.scenario import Scenario
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.sidebyside import SideBySide, side_by_side, subjects_with_options
from bomexposure.present.substitutes import LineOption, line_options


class SubstitutesPlace(Place):
    """A subject chosen at the top, its options as columns, the chosen one explained below."""

    name = "substitutes"
    title = "Substitutes"
    hint = "Ranges overlap where a change is not certain. Trying an option never edits your BOM."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.told: SideBySide | None = None
        self._wanted = ""
        self._known: dict[str, SideBySide] = {}
        self._mine: list[LineOption] | None = None
        self._followed: Subject | None = None
        self.subjects = QComboBox()
        self.subjects.setEditable(True)
        self.subjects.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.subjects.setAccessibleName("Part or material to replace")
        self.subjects.setMinimumWidth(context.looks.type.s(330))
        completer = self.subjects.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.subjects.activated.connect(self._take_subject)
        self.header.addWidget(self.subjects)
        self._where = label("", "caption")
        self.header.addWidget(self._where)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.chart = SideBySideChart(context.looks)
        self.chart.chosen.connect(self.choose)
        self.card = ChartCard(self.chart, context, scrolls=True)
        area = self.chart.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.box = QFrame()
        self.box.setObjectName("noteBox")
        self._alarm = label("", "strong", wrap=True)
        self._about = label("", "small", wrap=True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.try_it = button("Try it as a scenario", self._try, primary=True)
        words = column(self._alarm, self._about, gap=3)
        line = row(gap=16, margins=(16, 10, 14, 10))
        line.addLayout(words, 1)
        line.addWidget(self.try_it)
        self.box.setLayout(line)
        self.box.hide()
        self.empty = EmptyState(context.looks, "substitutes")
        self.body.addLayout(column(self.card, margins=(20, 0, 16, 0)), 1)
        self.body.addLayout(column(self.box, margins=(20, 0, 16, 0)))
        self.body.addWidget(self.empty, 1)
        self.body.addSpacing(2)
        self.card.hide()
        context.analyst.reference_loaded.connect(self._offer)
        if context.analyst.reference is not None:
            self._offer(context.analyst.reference)

    # --- what is shown ----------------------------------------------------------------------

    def _offer(self, reference: Reference) -> None:
        """Every subject with a substitute on record, those of this BOM first."""
        mine: dict[str, int] = {}
        for one in self._mine or ():
            mine.setdefault(one.subject, one.row)
        every = subjects_with_options(reference)
        order = {subject: at for at, subject in enumerate(mine)}
        every.sort(key=lambda one: order.get(one[0], len(order)))
        chosen = self.subjects.currentData()
        self.subjects.clear()
        for subject, name, count in every:
            place = f"Row {mine[subject]}: " if subject in mine else ""
            words = f"{place}{name} ({numbers.count(count, 'option')})"
            self.subjects.addItem(words, subject)
        self.subjects.setCurrentIndex(self.subjects.findData(chosen))
        if not every:
            self.empty.tell("No substitute is on record in this edition of the data.")
        elif self.told is None:
            self.empty.tell(
                "Choose a part or material above to see what could stand in for it.",
            )

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._known.clear()
        self._followed = self._mine = None
        reference = self.context.analyst.reference
        if reference is not None:
            self._offer(reference)
        if analysis is not None and self.told is not None:
            self.show_subject(self.told.subject)
        if self.context.view.view.place == self.name:
            self.show_view(self.context.view.view)

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        analysis = self.context.document.analysis
        if analysis is not None and self._mine is None:
            self._look_for_mine(analysis)
            return
        if analysis is not None and view.subject != self._followed:
            self._followed = view.subject
            self._where.setText("")
            subject = self._subject_of(view, analysis)
            if subject:
                self.show_subject(subject)
        if self.told is None and self.subjects.count() and analysis is not None:
            self.show_subject(str(self.subjects.itemData(0)))

    def _look_for_mine(self, analysis: Analysis) -> None:
        """Which parts of this BOM have substitutes; a pass over all lines, so not done here."""

        def work(progress: Progress) -> tuple[Analysis, list[LineOption]]:
            progress.step("Looking for parts with substitutes", 0, 0)
            return analysis, line_options(analysis)

        self.context.analyst.play("Looking for parts with substitutes", work, self._take_mine)

    def _take_mine(self, told: tuple[Analysis, list[LineOption]]) -> None:
        analysis, self._mine = told
        reference = self.context.analyst.reference
        if analysis is self.context.document.analysis and reference is not None:
            self._offer(reference)
            self.show_view(self.context.view.view)

    def _subject_of(self, view: View, analysis: Analysis) -> str:
        """The replaceable subject behind the selection: a line's, or one that holds a mineral."""
        on_record = {str(self.subjects.itemData(n)) for n in range(self.subjects.count())}
        chosen = view.subject
        if chosen is not None and chosen.kind == "line":
            at = (analysis.bom.lines["id"] == chosen.key).to_numpy().nonzero()[0]
            if len(at):
                found = analysis.contents.recognitions.iloc[int(at[0])]
                held = [*str(found["materials"]).split(";"), str(found["component_class"])]
                exact = next((one for one in held if one in on_record), "")
                return exact or self._of_family([one for one in held if one], on_record, analysis)
        mineral = selected_mineral(view)
        if chosen is not None and chosen.kind == "mineral" and mineral:
            ranked = [one for one in self._mine or () if mineral in one.removed]
            return ranked[0].subject if ranked else ""
        return ""

    def _of_family(self, held: list[str], on_record: set[str], analysis: Analysis) -> str:
        """A subject with options of the same family as the line's own; says so, or that none is."""
        known = analysis.reference.knowledge.subjects.drop_duplicates("id").set_index("id")
        for one in held:
            family = str(known["family"].get(one, ""))
            alike = [
                other for other in sorted(on_record)
                if family and str(known["family"].get(other, "")) == family
            ]  # fmt: skip
            if alike:
                # the id that shares most letters from its start is the nearest relative
                best = max(alike, key=lambda other: (_alike(one, other), other))
                name = str(known["name"].get(one, one))
                self._where.setText(f"Nothing on record for {name}; shown: its relative")
                return best
        if held:
            name = str(known["name"].get(held[0], held[0]))
            self._where.setText(f"No substitute on record for {name}")
        return ""

    def show_subject(self, subject: str) -> None:
        """Compare the options of a material or class; computed beside the GUI thread."""
        reference = self.context.analyst.reference
        if reference is None or not subject:
            return
        self.subjects.setCurrentIndex(self.subjects.findData(subject))
        self._wanted = subject
        if subject in self._known:
            self._take(self._known[subject])
            return
        choices = self.context.document.project.choices

        def work(progress: Progress) -> SideBySide:
            progress.step("Comparing substitutes", 0, 0)
            return side_by_side(subject, reference, choices)

        self.context.analyst.play("Comparing substitutes", work, self._take)

    def _take(self, told: SideBySide) -> None:
        if told.subject != self._wanted:
            return
        self._known[told.subject] = self.told = told
        count = numbers.count(len(told.choices) - 1, "option")
        self.card.tell(f"Instead of {told.name}", f"{count}; those that lower the exposure first")
        self.chart.show_told(told)
        self.card.refresh()
        self.card.show()
        self.empty.hide()
        first = next((one.id for one in told.choices if one.id), "")
        self.choose(self.chart.selected if self._choice(self.chart.selected) else first)

    def _choice(self, key: str) -> Any:
        if self.told is None or not key:
            return None
        return next((one for one in self.told.choices if one.id == key), None)

    def choose(self, key: str) -> None:
        """Explain one option below: the alarm comes before the advantages."""
        choice = self._choice(key)
        self.box.setVisible(choice is not None)
        if choice is None:
            return
        self.chart.select(key)
        self.box.setObjectName("warnBox" if choice.alarm else "noteBox")
        self.box.style().polish(self.box)
        self._alarm.setText(
            f"⚠ {choice.alarm}" if choice.alarm else f"{choice.name}: {choice.below}"
        )
        said = " ".join(choice.said)
        about = [
            f"{choice.tradeoff}." if choice.tradeoff else "",
            said,
            f"Source: {choice.source}.",
        ]
        self._about.setText(" ".join(one for one in about if one))
        can = self.context.document.analysis is not None
        self.try_it.setEnabled(can)
        self.try_it.setToolTip(
            "Play the BOM with this substitute; nothing is edited"
            if can
            else "Open a bill of materials first"
        )

    # --- what the user does -----------------------------------------------------------------

    def _take_subject(self, at: int) -> None:
        self.show_subject(str(self.subjects.itemData(at) or ""))

    def _try(self) -> None:
        """Play the swap in Scenarios."""
        choice = self._choice(self.chart.selected)
        places: dict[str, Any] = getattr(self.window(), "places", {})
        scenarios = places.get("scenarios")
        if choice is None or self.told is None or scenarios is None:
            return
        swap = (self.told.subject, choice.subject)
        played = replace(
            Scenario("swap", f"{choice.name} instead of {self.told.name}"), substitutions=(swap,)
        )
        self.context.view.go("scenarios")
        scenarios.play(played)

    def focus_target(self) -> QWidget:
        return self.chart if self.told is not None else self.subjects

    def find_field(self) -> QWidget | None:
        return self.subjects.lineEdit()

    def charts(self) -> list[Chart]:
        """The comparison."""
        return [self.chart]

    def export_choices(self) -> list[tuple[str, str]]:
        if self.told is None:
            return []
        return [("png", "Picture as PNG"), ("svg", "Picture as SVG"), ("csv", "Table as CSV")]


def _alike(one: str, other: str) -> int:
    """How many letters two ids share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
