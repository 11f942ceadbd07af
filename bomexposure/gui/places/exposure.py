"""Exposure: the two charts of the NAM strategy for this BOM, and who could supply instead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from bomexposure.gui.blocks import EmptyState, button, card, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.dumbbell import Dumbbell
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.spectable import SpecTable
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.present import charts, numbers
from bomexposure.present.sourcing import sourcing_table

SORTS = (
    ("index", "Index, high to low"),
    ("spend", "Spend, high to low"),
    ("reliance", "Reliance, high to low"),
    ("mass", "Mass, high to low"),
    ("name", "Name"),
)


class ExposurePlace(Place):
    """Dumbbell left, options for the selected mineral right."""

    name = "exposure"
    title = "Exposure"
    hint = "Every figure has a source: point at a small number in the panel, or press F4."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sort = QComboBox()
        self.sort.setAccessibleName("Order of the minerals")
        for key, words in SORTS:
            self.sort.addItem(words, key)
        self.sort.currentIndexChanged.connect(lambda _at: self._redraw())
        self.acts.addWidget(self.sort)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.dumbbell = Dumbbell(context.looks)
        self.dumbbell.chosen.connect(self._choose)
        self.dumbbell.opened.connect(self._drill)
        self.chart_card, self._chart_title, self._chart_note = framed(self.dumbbell)
        self.empty = EmptyState(context.looks, "exposure")
        self.options = SpecTable(context.looks)
        self._options_title = label("Who could supply instead", "heading")
        self._options_note = label("", "caption", wrap=True)
        self.options_card = card()
        self.options_card.setLayout(
            column(
                column(self._options_title, self._options_note, gap=2, margins=(16, 12, 16, 6)),
                self.options,
                gap=0,
                margins=(0, 0, 0, 8),
            )
        )
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.chart_card, 0, 0)
        self.grid.addWidget(self.options_card, 0, 1)
        self.grid.setColumnStretch(0, 5)
        self.grid.setColumnStretch(1, 3)
        self.body.addLayout(self.grid, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        if analysis is None:
            return
        self._redraw()
        self.show_view(self.context.view.view)

    def _redraw(self) -> None:
        analysis, showing = self.context.document.analysis, self.context.document.showing
        if analysis is None or showing is None:
            return
        key = str(self.sort.currentData())
        spec = showing.figures["dumbbell"] if key == "index" else charts.dumbbell(analysis, 0, key)
        there = bool(spec.rows)
        self.chart_card.setVisible(there)
        self.options_card.setVisible(there)
        self.empty.setVisible(not there)
        self.empty.tell(
            spec.empty, "See the lines", lambda: self.context.action("go:lines").trigger()
        )
        self._chart_title.setText("Who we depend on, and for how much money")
        self._chart_note.setText(numbers.count(len(spec.rows), "mineral"))
        self._chart_note.setToolTip(spec.caption)
        self.dumbbell.show_spec(spec)

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        mineral = selected_mineral(view)
        self.dumbbell.select(mineral)
        analysis = self.context.document.analysis
        if analysis is None:
            return
        if not mineral and analysis.exposures.headline.top_minerals:
            mineral = analysis.exposures.headline.top_minerals[0]
        if mineral:
            name = numbers.mineral_name(mineral)
            self._options_title.setText(f"Who could supply {name.lower()} instead")
            spec = sourcing_table(analysis, mineral)
            self.options.show_spec(spec)
            self._options_note.setText(spec.caption if len(spec) else spec.empty)

    def _choose(self, mineral: str) -> None:
        self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def _drill(self, mineral: str) -> None:
        subject = Subject("mineral", mineral, numbers.mineral_name(mineral))
        self.context.view.select(subject, place="lines")

    def focus_target(self) -> QWidget:
        return self.dumbbell

    def copy_text(self, *, headers: bool) -> str:
        return self.options.copy_text(headers=headers)

    def charts(self) -> list[Chart]:
        """The charts on show, for export."""
        return [self.dumbbell]

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Chart as PNG"), ("svg", "Chart as SVG"), ("csv", "Chart data as CSV")]


def selected_mineral(view: View) -> str:
    """The mineral that is selected or filtered by, '' for none."""
    if view.subject is not None and view.subject.kind == "mineral":
        return view.subject.key
    for subject in reversed(view.filters):
        if subject.kind == "mineral":
            return subject.key
    return ""


def framed(chart: Chart) -> tuple[QFrame, QLabel, QLabel]:
    """A chart in a card with title and note, scrolling when it is taller than the card."""
    title, note = label("", "heading"), label("", "caption")
    area = QScrollArea()
    area.setWidget(chart)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made = card()
    head = row(title, None, note, margins=(16, 12, 16, 8))
    made.setLayout(column(head, area, gap=0, margins=(0, 0, 0, 10)))
    return made, title, note
