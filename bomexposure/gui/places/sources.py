"""Sources: who makes a mineral, stage by stage, and who could supply it instead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QTabBar, QWidget

from bomexposure.gui import explain
from bomexposure.gui.blocks import (
    Combo,
    EmptyState,
    Segments,
    button,
    card,
    column,
    label,
    row,
    scroller,
)
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.curve import OneOut
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.options import OptionsTable, TermLegend
from bomexposure.gui.charts.worldmap import WorldMap
from bomexposure.gui.context import Context
from bomexposure.gui.explain_option import option_page
from bomexposure.gui.finder import Finder
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.exposure import selected_mineral
from bomexposure.gui.places.screening import Screening
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.drawn import acute_first
from bomexposure.present.sourcing import producer_map
from bomexposure.present.sourcing_rows import (
    StageOptions,
    best_stages,
    options_by_stage,
    options_table,
    stage_words,
)
from bomexposure.present.words import tr
from bomexposure.project import edits
from bomexposure.reference.editions import shipped_folder
from bomexposure.reference.names import folded, mineral_names
from bomexposure.reference.sets import open_set
from bomexposure.scenario.sourcing import Stage, terms_for

explain.BUILDERS["country"] = option_page

ALWAYS_OFFERED = ("CHN", "RUS", "IRN", "PRK", "BLR", "VEN", "COD", "MMR")
"""Countries that are named first among those to leave out."""
LEAST_OPTIONS = 220
"""Height below which the table of options does not shrink: the place scrolls instead."""
NARROW = 900
"""Below this width the map and the curve take turns."""


class SourcesPlace(Place):
    """Map and curve above, options below."""

    LEAST_FREE = 800

    name = "sources"
    title = "Sources"
    hint = "Shares of different stages are never added. The stage is named on every figure."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._mineral, self._shown_for = "", ""
        self._stages: list[Stage] = []
        self._called: dict[str, tuple[str, ...]] | None = None
        self.minerals = Finder(also=self._by_other_names)
        self.minerals.setAccessibleName(tr("Mineral"))
        self.minerals.setToolTip(
            tr("Type a mineral to find it; also one that this BOM does not hold")
        )
        self.minerals.setMinimumWidth(context.looks.type.s(130))
        self.minerals.activated.connect(self._take_mineral)
        self.stage = Combo()
        self.stage.setAccessibleName(tr("Stage, year and publisher of the map"))
        self.stage.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.stage.setMinimumWidth(context.looks.type.s(180))
        self.stage.activated.connect(lambda _at: self._draw_map())
        self.header.addWidget(self.minerals)
        self.views = Segments((("map", "Map"), ("curve", "One country out")))
        self.views.chosen.connect(lambda _key: self._arrange())
        self.header.addWidget(self.views)
        self.excluded = button("", self._show_screening)
        self.excluded.setToolTip(tr("Which countries are not offered, and what each term weighs"))
        self.acts.addWidget(self.excluded)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.screening = Screening(context.looks)
        self.screening.excluded.connect(self._toggle_excluded)
        self.screening.weighed.connect(self._weigh)
        self.screening.hide()
        self.map = WorldMap(context.looks)
        self.map.chosen.connect(self._choose_country)
        self.map_card = ChartCard(self.map, context)
        self.map_card.head.insertWidget(1, self.stage, 0, Qt.AlignmentFlag.AlignTop)
        self.curve = OneOut(context.looks)
        self.curve.chosen.connect(self._choose_country)
        self.curve_card = ChartCard(self.curve, context)
        self.options = OptionsTable(context.looks)
        self.options.chosen.connect(self._choose_country)
        self.legend = TermLegend(context.looks)
        self._options_title = label("", "heading")
        self._options_note = label("screening order, not advice", "caption")
        self.stages = QTabBar()
        self.stages.setExpanding(False)
        self.stages.setDrawBase(False)
        self.stages.setUsesScrollButtons(True)
        self.stages.setElideMode(Qt.TextElideMode.ElideNone)
        self.stages.setAccessibleName(tr("Stage of the options"))
        self.stages.currentChanged.connect(self._show_options)
        self._by_stage: list[StageOptions] = []
        self._none = label("", "text2", wrap=True)
        self._none.setContentsMargins(16, 8, 16, 8)
        self._alike = label("", "small2", wrap=True)
        self._alike.setContentsMargins(16, 8, 16, 8)
        self._rest = QWidget()  # holds the words at the top where there is no table
        self._rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.options_card = card()
        self.options_card.setLayout(
            column(
                row(self._options_title, None, self._options_note, margins=(16, 12, 16, 8)),
                row(self.stages, None, margins=(12, 0, 12, 0)),
                self._none,
                self._alike,
                self.options,
                self.legend,
                self._rest,
                gap=0,
                margins=(0, 0, 0, 4),
            )
        )
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.screening, 0, 0, 1, 2)
        self.grid.addWidget(self.map_card, 1, 0)
        self.grid.addWidget(self.curve_card, 1, 1)
        self.grid.addWidget(self.options_card, 2, 0, 1, 2)
        self.grid.setColumnStretch(0, 17)
        self.grid.setColumnStretch(1, 10)
        self.grid.setRowStretch(1, 10)
        self.grid.setRowStretch(2, 11)
        self.room = scroller(self.grid)
        self.body.addWidget(self.room, 1)
        self.empty = EmptyState(context.looks, "sources")
        self.empty.tell(
            "No line of this BOM holds a mineral of the 2025 list, as far as recognised.",
            "See the lines", lambda: context.action("go:lines").trigger(),
        )  # fmt: skip
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._shown_for = ""
        if analysis is None:
            return
        self.minerals.clear()
        held = acute_first(analysis)
        for mineral, symbol in zip(held["mineral"], held["symbol"], strict=True):
            self.minerals.addItem(f"{symbol}  {numbers.mineral_name(mineral)}", mineral)
        # a mineral that is only possible can be selected elsewhere, so it can be asked about here
        known = analysis.exposures.minerals
        rest = known[known["critical_2025"] & ~known["mineral"].isin(held["mineral"])]
        for mineral, symbol in zip(rest["mineral"], rest["symbol"], strict=True):
            name = numbers.mineral_name(mineral)
            self.minerals.addItem(
                tr("{symbol}  {name}, only possible", symbol=symbol, name=name), mineral
            )
        there = self.minerals.count() > 0
        if there:
            self._offer_others(analysis)
        self.options_card.setVisible(there)
        self._arrange()
        self.empty.setVisible(not there)
        self.room.setVisible(there)
        codes = analysis.choices.excluded
        words = numbers.count(len(codes), "country", "countries")
        self.excluded.setText(tr("{words} excluded…", words=words.capitalize()))
        countries = analysis.reference.countries
        names = dict(zip(countries["iso3"].tolist(), countries["country"].tolist(), strict=True))
        self.screening.show_choices(analysis.choices, names, list(ALWAYS_OFFERED))
        if not there:
            return
        self._draw_curve()
        if self.context.view.view.place == self.name:
            self.show_view(self.context.view.view)

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        analysis = self.context.document.analysis
        if analysis is None or not self.minerals.count():
            return
        mineral = selected_mineral(view) or self._mineral
        at = self.minerals.findData(mineral)
        if at < 0 and mineral:
            at = self._offer_other(analysis, mineral)
        self.minerals.setCurrentIndex(max(0, at))
        self._show_mineral(analysis, str(self.minerals.currentData()))
        country = view.subject.key if view.subject and view.subject.kind == "country" else ""
        self.map.select(country)
        self.curve.select(country)
        self.options.select_key(country)

    def _by_other_names(self, words: str) -> list[str]:
        """Entries by what publications call them: "rare earth" finds all of that group."""
        wanted = folded(words)
        if self._called is None:
            self._called = mineral_names(open_set(shipped_folder("rules"))).members
        found = [ids for name, ids in self._called.items() if name.startswith(wanted)]
        keys = dict.fromkeys(one for ids in sorted(found, key=len) for one in ids)
        at = [self.minerals.findData(key) for key in keys]
        return [self.minerals.itemText(one) for one in at if one >= 0]

    def _offer_others(self, analysis: Analysis) -> None:
        """Minerals that no line holds: who makes them can be looked at too."""
        supply = analysis.reference.supply
        heads = supply[supply["headline"]].drop_duplicates("mineral")
        heads = heads[heads["critical_2025"]]
        there = {self.minerals.itemData(at) for at in range(self.minerals.count())}
        others = [
            (numbers.mineral_name(str(mineral)), str(mineral), str(symbol))
            for mineral, symbol in zip(heads["mineral"], heads["symbol"], strict=True)
            if mineral not in there
        ]
        for name, mineral, symbol in sorted(others):
            words = tr("{mineral}, not in this BOM", mineral=name)
            self.minerals.addItem(f"{symbol}  {words}".strip(), mineral)

    def _offer_other(self, analysis: Analysis, mineral: str) -> int:
        """One beyond the 2025 list, selected elsewhere."""
        supply = analysis.reference.supply
        heads = supply[supply["headline"] & (supply["mineral"] == mineral)]
        if heads.empty:
            return -1
        words = tr("{mineral}, not in this BOM", mineral=numbers.mineral_name(mineral))
        self.minerals.addItem(f"{heads['symbol'].iloc[0]}  {words}".strip(), mineral)
        return self.minerals.count() - 1

    def _show_mineral(self, analysis: Analysis, mineral: str) -> None:
        if mineral == self._shown_for:
            return
        self._mineral = self._shown_for = mineral
        self._stages = best_stages(analysis, mineral)
        self.stage.clear()
        for at, stage in enumerate(self._stages):
            self.stage.addItem(stage_words(stage))
            self.stage.setItemData(at, stage.name, Qt.ItemDataRole.ToolTipRole)
        self.stage.setVisible(bool(self._stages))
        self._draw_map()
        self._by_stage = options_by_stage(analysis, mineral)
        self.stages.blockSignals(True)
        while self.stages.count():
            self.stages.removeTab(0)
        for one in self._by_stage:
            at = self.stages.addTab(f"{one.words} ({len(one.spec)})")
            self.stages.setTabToolTip(at, one.tip)
        self.stages.blockSignals(False)
        self.stages.setVisible(bool(self._by_stage))
        self._show_options(0)
        name = numbers.mineral_name(mineral).lower()
        self._options_title.setText(tr("Who could supply {name} instead", name=name))
        self.legend.show_weights({one.name: one.weight for one in terms_for(analysis.choices)})

    def _show_options(self, at: int) -> None:
        """The options at one stage; the map turns to the same stage where it has it."""
        analysis = self.context.document.analysis
        if analysis is None:
            return
        there = 0 <= at < len(self._by_stage)
        spec = self._by_stage[at].spec if there else options_table(analysis, self._mineral)
        self.options.show_spec(spec)
        self.options.setVisible(there)
        self._none.setVisible(not there)
        self.legend.setVisible(there)
        self._rest.setVisible(not there)
        self._none.setText(tr(spec.empty))
        alike = self._by_stage[at].alike if there else ""
        self._alike.setText(
            tr("For all of them: {limits}", limits=f"{alike[:1].lower()}{alike[1:]}")
        )
        self._alike.setVisible(bool(alike))
        self._options_note.setToolTip(tr(spec.caption))
        if there:
            same = [n for n, one in enumerate(self._stages) if one.name == self._by_stage[at].stage]
            if same and self.stage.currentIndex() != same[0]:
                self.stage.setCurrentIndex(same[0])
                self._draw_map()
        subject = self.context.view.view.subject
        if subject is not None and subject.kind == "country":
            self.options.select_key(subject.key)

    def _draw_map(self) -> None:
        analysis = self.context.document.analysis
        at = self.stage.currentIndex()
        if analysis is None:
            return
        if not 0 <= at < len(self._stages):
            spec = producer_map(analysis, self._mineral, "", "", "")
            # the map itself says why it is empty
            self.map_card.tell(tr("Who makes it"), tr("Share of world output, %"))
        else:
            stage = self._stages[at]
            spec = producer_map(analysis, self._mineral, stage.name, stage.year, stage.publisher)
            self.map_card.tell(
                "Who mines it" if stage.group == "mine" else "Who makes it",
                tr("Share of world output, %. {spec}", spec=spec.caption)
                if spec.caption
                else "Share of world output, %",
            )
        self.map.show_spec(spec)
        self.map_card.refresh()

    def _draw_curve(self) -> None:
        showing = self.context.document.showing
        spec = showing.figures.get("one-out") if showing is not None else None
        if spec is None:
            return
        self.curve_card.tell(spec.title, f"{spec.axes[1].title}, %", spec.caption)
        self.curve.show_spec(spec)
        self.curve_card.refresh()

    # --- what the user does -----------------------------------------------------------------

    def _take_mineral(self, at: int) -> None:
        mineral = str(self.minerals.itemData(at))
        self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def _choose_country(self, iso3: str) -> None:
        analysis = self.context.document.analysis
        if analysis is None or not iso3:
            return
        self.context.view.select(
            Subject("country", iso3, country_name(analysis, iso3)), filtering=False
        )

    def _show_screening(self) -> None:
        self.screening.setVisible(not self.screening.isVisible())

    def _toggle_excluded(self, iso3: str, on: bool) -> None:
        analysis, document = self.context.document.analysis, self.context.document
        now = set(document.project.choices.excluded)
        after = now | {iso3} if on else now - {iso3}
        name = country_name(analysis, iso3) if analysis is not None else iso3
        words = tr("Leave out {country}" if on else "Offer {country}", country=name)
        document.edit(words, edits.set_excluded(document.project, after))
        self.context.messages.can_undo(words)

    def _weigh(self, weights: dict[str, float]) -> None:
        document = self.context.document
        document.edit("Weights of the terms", edits.set_weights(document.project, weights))
        self.context.messages.say("Ranked again. Undo with Ctrl+Z.", "done", "undo", "Undo")

    def _arrange(self) -> None:
        """Map and curve beside each other, or one at a time where that is too narrow."""
        there = self.minerals.count() > 0
        width = self.width() - self.covered
        narrow = width < self.context.looks.type.s(NARROW)
        self.views.setVisible(narrow)
        # beside the title of the map and its note
        s = self.context.looks.type.s
        room = width * (1.0 if narrow else 0.6) - s(230)
        self.stage.setMaximumWidth(max(s(330), min(s(560), round(room))))
        curve = self.views.current == "curve"
        self.map_card.setVisible(there and not (narrow and curve))
        self.curve_card.setVisible(there and not (narrow and not curve))
        self.options_card.setMinimumHeight(s(LEAST_OPTIONS))
        self.grid.setHorizontalSpacing(0 if narrow else 14)
        self.views.setMinimumWidth(self.views.sizeHint().width())
        self.grid.setColumnStretch(0, 0 if narrow and curve else 17)
        self.grid.setColumnStretch(1, 0 if narrow and not curve else 10)

    def cover(self, width: int) -> None:
        """Map and curve take turns in what the panel leaves free."""
        super().cover(width)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focus_target(self) -> QWidget:
        return self.map

    def copy_text(self, *, headers: bool) -> str:
        return self.options.copy_text(headers=headers)

    def charts(self) -> list[Chart]:
        """The charts on show, the one with the keyboard first."""
        shown: list[Chart] = [self.map, self.curve]
        if self.views.isVisible():
            shown = [self.curve if self.views.current == "curve" else self.map]
        return sorted(shown, key=lambda one: not one.hasFocus())

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Map as PNG"), ("svg", "Map as SVG"), ("csv", "Map data as CSV")]


def country_name(analysis: Analysis, iso3: str) -> str:
    """A country's name in the reference, else its code."""
    for frame in (analysis.reference.countries, analysis.reference.producers):
        found = frame.loc[frame["iso3"] == iso3, "country"]
        if len(found):
            return str(found.iloc[0])
    return iso3
