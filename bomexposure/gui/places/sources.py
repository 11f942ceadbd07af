"""Sources: who makes a mineral, stage by stage, and who could supply it instead."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QMenu, QToolButton, QWidget

from bomexposure.gui import explain
from bomexposure.gui.blocks import EmptyState, button, card, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.curve import OneOut
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.options import OptionsTable, TermLegend
from bomexposure.gui.charts.worldmap import WorldMap
from bomexposure.gui.context import Context
from bomexposure.gui.explain_option import option_page
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.exposure import selected_mineral
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.charts import listed_minerals
from bomexposure.present.sourcing import producer_map
from bomexposure.present.sourcing_rows import best_stages, options_table, stage_words
from bomexposure.project import edits
from bomexposure.scenario.sourcing import Stage, terms_for

explain.BUILDERS["country"] = option_page

ALWAYS_OFFERED = ("CHN", "RUS", "IRN", "PRK", "BLR", "VEN", "COD", "MMR")
"""Countries that the menu of excluded ones names whatever is excluded now."""


class SourcesPlace(Place):
    """Map and curve above, options below."""

    name = "sources"
    title = "Sources"
    hint = "Shares of different stages are never added. The stage is named on every figure."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._mineral, self._shown_for = "", ""
        self._stages: list[Stage] = []
        self.minerals = QComboBox()
        self.minerals.setAccessibleName("Mineral")
        self.minerals.setMinimumWidth(context.looks.type.s(130))
        self.minerals.activated.connect(self._take_mineral)
        self.stage = QComboBox()
        self.stage.setAccessibleName("Stage, year and publisher of the map")
        self.stage.setMinimumWidth(context.looks.type.s(140))
        self.stage.setMaximumWidth(context.looks.type.s(420))
        self.stage.activated.connect(lambda _at: self._draw_map())
        self.header.addWidget(self.minerals)
        self.header.addWidget(self.stage)
        self.excluded = QToolButton()
        self.excluded.setProperty("flat", False)
        self.excluded.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.excluded.setToolTip("Countries that are not offered as sources; hatched on the map")
        self._excluded_menu = QMenu(self.excluded)
        self._excluded_menu.aboutToShow.connect(self._fill_excluded)
        self.excluded.setMenu(self._excluded_menu)
        self.acts.addWidget(self.excluded)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.map = WorldMap(context.looks)
        self.map.chosen.connect(self._choose_country)
        self.map_card = ChartCard(self.map, context)
        self.curve = OneOut(context.looks)
        self.curve.chosen.connect(self._choose_country)
        self.curve_card = ChartCard(self.curve, context)
        self.options = OptionsTable(context.looks)
        self.options.chosen.connect(self._choose_country)
        self.legend = TermLegend(context.looks)
        self._options_title = label("", "heading")
        self._options_note = label("screening order, not advice", "caption")
        self._none = label("", "text2", wrap=True)
        self._none.setContentsMargins(16, 8, 16, 8)
        self.options_card = card()
        self.options_card.setLayout(
            column(
                row(self._options_title, None, self._options_note, margins=(16, 12, 16, 8)),
                self._none,
                self.options,
                self.legend,
                gap=0,
                margins=(0, 0, 0, 4),
            )
        )
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.map_card, 0, 0)
        self.grid.addWidget(self.curve_card, 0, 1)
        self.grid.addWidget(self.options_card, 1, 0, 1, 2)
        self.grid.setColumnStretch(0, 17)
        self.grid.setColumnStretch(1, 10)
        self.grid.setRowStretch(0, 1)
        self.grid.setRowStretch(1, 1)
        self.body.addLayout(self.grid, 1)
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
        held = listed_minerals(analysis)
        for mineral, symbol in zip(held["mineral"], held["symbol"], strict=True):
            self.minerals.addItem(f"{symbol}  {numbers.mineral_name(mineral)}", mineral)
        there = self.minerals.count() > 0
        for widget in (self.map_card, self.curve_card, self.options_card):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        codes = analysis.choices.excluded
        self.excluded.setText(f"Excluded: {numbers.count(len(codes), 'country', 'countries')}…")
        self.excluded.setAccessibleName(self.excluded.text())
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
        if at < 0:
            at = 0
        self.minerals.setCurrentIndex(at)
        self._show_mineral(analysis, str(self.minerals.currentData()))
        country = view.subject.key if view.subject and view.subject.kind == "country" else ""
        self.map.select(country)
        self.curve.select(country)
        self.options.select_key(country)

    def _show_mineral(self, analysis: Analysis, mineral: str) -> None:
        if mineral == self._shown_for:
            return
        self._mineral = self._shown_for = mineral
        self._stages = best_stages(analysis, mineral)
        self.stage.clear()
        for at, stage in enumerate(self._stages):
            self.stage.addItem(stage_words(stage))
            self.stage.setItemData(at, stage.name, Qt.ItemDataRole.ToolTipRole)
        self.stage.setEnabled(bool(self._stages))
        self._draw_map()
        spec = options_table(analysis, mineral)
        self.options.show_spec(spec)
        self.options.setVisible(bool(len(spec)))
        self._none.setVisible(not len(spec))
        self._none.setText(spec.empty)
        name = numbers.mineral_name(mineral).lower()
        self._options_title.setText(f"Who could supply {name} instead")
        self._options_note.setToolTip(spec.caption)
        self.legend.show_weights({one.name: one.weight for one in terms_for(analysis.choices)})

    def _draw_map(self) -> None:
        analysis = self.context.document.analysis
        at = self.stage.currentIndex()
        if analysis is None:
            return
        if not 0 <= at < len(self._stages):
            spec = producer_map(analysis, self._mineral, "", "", "")
            self.map_card.tell("Who makes it", spec.empty)
        else:
            stage = self._stages[at]
            spec = producer_map(analysis, self._mineral, stage.name, stage.year, stage.publisher)
            self.map_card.tell(
                "Who mines it" if stage.group == "mine" else "Who makes it",
                f"Share of world output, %. {spec.caption}"
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

    def _fill_excluded(self) -> None:
        analysis = self.context.document.analysis
        self._excluded_menu.clear()
        if analysis is None:
            return
        now = self.context.document.project.choices.excluded
        makers = [one.iso3 for one in self.map.spec.countries] if self.map.spec else []
        codes = [code for code in dict.fromkeys((*now, *ALWAYS_OFFERED, *makers)) if code != "USA"]
        for code in sorted(codes, key=lambda one: (one not in now, country_name(analysis, one))):
            act = self._excluded_menu.addAction(country_name(analysis, code))
            act.setCheckable(True)
            act.setChecked(code in now)
            act.triggered.connect(partial(self._toggle_excluded, code))

    def _toggle_excluded(self, iso3: str, on: bool) -> None:
        document = self.context.document
        now = set(document.project.choices.excluded)
        after = now | {iso3} if on else now - {iso3}
        document.edit("Excluded countries", edits.set_excluded(document.project, after))

    def focus_target(self) -> QWidget:
        return self.map

    def copy_text(self, *, headers: bool) -> str:
        return self.options.copy_text(headers=headers)

    def charts(self) -> list[Chart]:
        """The charts on show, the one with the keyboard first."""
        return sorted([self.map, self.curve], key=lambda one: not one.hasFocus())

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Map as PNG"), ("svg", "Map as SVG"), ("csv", "Map data as CSV")]


def country_name(analysis: Analysis, iso3: str) -> str:
    """A country's name in the reference, else its code."""
    for frame in (analysis.reference.countries, analysis.reference.producers):
        found = frame.loc[frame["iso3"] == iso3, "country"]
        if len(found):
            return str(found.iloc[0])
    return iso3
