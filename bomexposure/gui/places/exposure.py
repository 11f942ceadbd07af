"""Exposure: the two charts of the NAM strategy for this BOM, quadrant, Pareto, heat map, ranks."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLayout, QSpinBox, QStackedWidget, QWidget

from bomexposure.exposure.uncertainty import Simulation, simulate
from bomexposure.gui.blocks import EmptyState, Segments, button, card, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.dumbbell import Dumbbell
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.heat import KEY_SPLIT, Heat
from bomexposure.gui.charts.pareto import Pareto
from bomexposure.gui.charts.quadrant import Quadrant
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import METHODS
from bomexposure.model.progress import Progress
from bomexposure.present import charts, numbers
from bomexposure.present.ranks import rank_strip
from bomexposure.project import edits

SORTS = (
    ("index", "Index, high to low"),
    ("spend", "Spend, high to low"),
    ("reliance", "Reliance, high to low"),
    ("mass", "Mass, high to low"),
    ("name", "Name"),
)
VIEWS = (
    ("overview", "Overview"),
    ("pareto", "Pareto"),
    ("heat", "Heat map"),
    ("ranks", "Rank check"),
)
METHOD_WORDS = {
    "import-china-peak": "Import-China index, highest stage",
    "import-china-headline": "Import-China index, headline stage",
    "hhi": "Concentration of producers (HHI)",
    "hhi-wgi": "HHI by governance",
    "geopolrisk": "GeoPolRisk",
    "eu-on-us-figures": "EU supply risk on U.S. figures",
}
GROUPS = (
    ("assembly", "Assembly"),
    ("supplier", "Supplier"),
    ("origin", "Country of origin"),
    ("category", "Category"),
)
SMALL_HEAT_ROWS = 10


class ExposurePlace(Place):
    """Four views of which minerals matter most; a click selects, a double click drills."""

    name = "exposure"
    title = "Exposure"
    hint = "Every figure has a source: point at a small number in the panel, or press F4."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._simulation: Simulation | None = None
        self._drawn_for: Analysis | None = None
        self.views = Segments(VIEWS)
        self.views.chosen.connect(self.show_page)
        self.header.addWidget(self.views)
        context.looks.changed.connect(self._keep_views_whole)
        self._keep_views_whole()
        self.sort = QComboBox()
        self.sort.setAccessibleName("Order of the minerals")
        for key, words in SORTS:
            self.sort.addItem(words, key)
        self.sort.currentIndexChanged.connect(lambda _at: self._draw_dumbbell())
        self.method = QComboBox()
        self.method.setAccessibleName("Published method behind the index")
        self.method.setToolTip("The published method behind the index, in every place and output")
        self.method.setMaximumWidth(context.looks.type.s(190))
        for one in METHODS:
            self.method.addItem(METHOD_WORDS[one], one)
        self.method.activated.connect(self._take_method)
        self.acts.addWidget(self.method)
        self.acts.addWidget(self.sort)
        self.acts.addWidget(
            button("Export", lambda: context.action("exports.export_here").trigger())
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self._make_overview())
        self.pages.addWidget(self._make_pareto())
        self.pages.addWidget(self._make_heat())
        self.pages.addWidget(self._make_ranks())
        self.body.addWidget(self.pages, 1)
        self.empty = EmptyState(context.looks, "exposure")
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    def _keep_views_whole(self) -> None:
        """Names of views are never cut, whatever the text size; the combo boxes give way."""
        self.views.setMinimumWidth(self.views.sizeHint().width())

    # --- building ---------------------------------------------------------------------------

    def _wire(self, chart: Chart) -> None:
        chart.chosen.connect(self._choose)
        chart.opened.connect(self._drill)

    def _make_overview(self) -> QWidget:
        looks = self.context.looks
        self.dumbbell = Dumbbell(looks)
        self.quadrant = Quadrant(looks)
        self.small_heat = Heat(looks, "where-it-sits", most_rows=SMALL_HEAT_ROWS)
        for chart in (self.dumbbell, self.quadrant, self.small_heat):
            self._wire(chart)
        self.dumbbell_card = ChartCard(self.dumbbell, self.context, scrolls=True)
        self.quadrant_card = ChartCard(self.quadrant, self.context)
        self.small_heat_card = ChartCard(self.small_heat, self.context, scrolls=True)
        right = column(gap=14)
        right.addWidget(self.quadrant_card, 11)
        right.addWidget(self.small_heat_card, 10)
        layout = row(gap=14, margins=(20, 0, 16, 16))
        layout.addWidget(self.dumbbell_card, 5)
        layout.addLayout(right, 3)
        made = QWidget()
        made.setLayout(layout)
        return made

    def _make_pareto(self) -> QWidget:
        self.pareto = Pareto(self.context.looks)
        self._wire(self.pareto)
        self.pareto_card = ChartCard(self.pareto, self.context, scrolls=True)
        self.top, self.least = QSpinBox(), QSpinBox()
        self.top.setRange(1, 60)
        self.top.setValue(12)
        self.top.setAccessibleName("How many minerals are shown")
        self.least.setRange(0, 50)
        self.least.setSuffix(" %")
        self.least.setAccessibleName("Least share of spend to be shown")
        for one in (self.top, self.least):
            one.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            one.setToolTip("Type a number, or use the arrow keys or the wheel")
            one.valueChanged.connect(lambda _value: self._draw_pareto())
        bar = row(
            label("The first"), self.top, label("minerals, with at least"), self.least,
            label("of spend"), None, gap=8, margins=(20, 0, 16, 0),
        )  # fmt: skip
        return _page(bar, self.pareto_card)

    def _make_heat(self) -> QWidget:
        self.heat = Heat(self.context.looks)
        self._wire(self.heat)
        self.heat_card = ChartCard(self.heat, self.context, scrolls=True)
        self.group = Segments(GROUPS)
        self.group.chosen.connect(lambda _key: self._draw_heat())
        bar = row(label("By"), self.group, None, gap=8, margins=(20, 0, 16, 0))
        return _page(bar, self.heat_card)

    def _make_ranks(self) -> QWidget:
        self.ranks = Heat(self.context.looks, "ranks")
        self._wire(self.ranks)
        self.ranks_card = ChartCard(self.ranks, self.context, scrolls=True)
        self.ranks_empty = EmptyState(self.context.looks, "exposure")
        self.ranks_empty.tell(
            "How sure is this ranking? Draw presence, content and supply figures at random within "
            "their published ranges, and see how often each mineral comes first.",
            "Run 1,000 draws", self.run_draws,
        )  # fmt: skip
        holder = card()
        holder.setLayout(column(self.ranks_empty))
        self.ranks_pages = QStackedWidget()
        self.ranks_pages.addWidget(holder)
        self.ranks_pages.addWidget(self.ranks_card)
        return _page(None, self.ranks_pages)

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._simulation = None
        if analysis is None:
            return
        self.method.setCurrentIndex(max(0, self.method.findData(analysis.choices.method)))
        self._redraw()
        self.show_view(self.context.view.view)

    def _redraw(self) -> None:
        showing = self.context.document.showing
        if showing is None:
            return
        spec = showing.figures["dumbbell"]
        there = bool(spec.rows)
        self.pages.setVisible(there)
        self.empty.setVisible(not there)
        self.empty.tell(
            spec.empty, "See the lines", lambda: self.context.action("go:lines").trigger()
        )
        self._draw_dumbbell()
        quadrant = showing.figures["quadrant"]
        self.quadrant_card.tell(
            "Reliance against China share", "Bubble area is spend. Tint: both at least 50 %.",
            quadrant.caption,
        )  # fmt: skip
        self.quadrant.show_spec(quadrant)
        heat = showing.figures["heat"]
        rest = len(heat.row_labels) - SMALL_HEAT_ROWS
        more = f"; {rest} more in Heat map" if rest > 0 else ""
        self.small_heat_card.tell(
            "Where it sits", f"Share of each assembly's spend, %{more}", heat.caption
        )
        self.small_heat.show_spec(heat)
        for one in (self.quadrant_card, self.small_heat_card):
            one.refresh()
        self.show_page(self.views.current)

    def show_page(self, key: str) -> None:
        """Turn to one of VIEWS; it is drawn when it is first seen."""
        self.views.choose(key)
        self.pages.setCurrentIndex([name for name, _ in VIEWS].index(key))
        self.sort.setVisible(key == "overview")
        if key == "pareto":
            self._draw_pareto()
        elif key == "heat":
            self._draw_heat()
        elif key == "ranks":
            self._draw_ranks()
        self._select(selected_mineral(self.context.view.view))

    def _draw_dumbbell(self) -> None:
        analysis, showing = self.context.document.analysis, self.context.document.showing
        if analysis is None or showing is None:
            return
        key = str(self.sort.currentData())
        spec = showing.figures["dumbbell"] if key == "index" else charts.dumbbell(analysis, 0, key)
        self.dumbbell_card.tell(
            "Who we depend on, and for how much money",
            numbers.count(len(spec.rows), "mineral"),
            spec.caption,
        )
        self.dumbbell.show_spec(spec)
        self.dumbbell_card.refresh()

    def _draw_pareto(self) -> None:
        analysis = self.context.document.analysis
        if analysis is None:
            return
        spec = charts.pareto(analysis, self.top.value(), float(self.least.value()))
        self.pareto_card.tell(
            "Where the money is", "A line counts once, however many minerals it holds", spec.caption
        )
        self.pareto.show_spec(spec)
        self.pareto_card.refresh()

    def _draw_heat(self) -> None:
        analysis = self.context.document.analysis
        if analysis is None:
            return
        spec = charts.heat_map(analysis, self.group.current, 40)
        self.heat_card.tell("Where it sits", spec.title + ", %", spec.caption)
        self.heat.show_spec(spec)
        self.heat_card.refresh()

    def _draw_ranks(self) -> None:
        if self._simulation is None:
            self.ranks_pages.setCurrentIndex(0)
            return
        spec = rank_strip(self._simulation)
        self.ranks_card.tell("How sure the ranking is", f"{spec.title}. {spec.caption}")
        self.ranks.show_spec(spec)
        self.ranks_card.refresh()
        self.ranks_pages.setCurrentIndex(1)

    def run_draws(self) -> None:
        """Draw 1,000 times beside the GUI thread."""
        analysis = self.context.document.analysis
        if analysis is None:
            return

        def work(progress: Progress) -> tuple[Analysis, Simulation]:
            return analysis, simulate(
                analysis.bom, analysis.contents, analysis.reference, analysis.choices,
                progress=progress,
            )  # fmt: skip

        self.ranks_empty.tell("Drawing…")
        self.context.analyst.play("Drawing 1,000 times", work, self._take_draws)

    def _take_draws(self, told: tuple[Analysis, Simulation]) -> None:
        analysis, simulation = told
        if analysis is self.context.document.analysis:
            self._simulation = simulation
            self._draw_ranks()

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        self._select(selected_mineral(view))

    def _select(self, mineral: str) -> None:
        for chart in self._every():
            chart.select(mineral)

    def _every(self) -> tuple[Chart, ...]:
        return (self.dumbbell, self.quadrant, self.small_heat, self.pareto, self.heat, self.ranks)

    # --- what the user does -----------------------------------------------------------------

    def _take_method(self, at: int) -> None:
        document, method = self.context.document, str(self.method.itemData(at))
        document.edit(f"Method: {METHOD_WORDS[method]}", edits.set_method(document.project, method))

    def _choose(self, key: str) -> None:
        mineral = key.partition(KEY_SPLIT)[0]
        if mineral:
            self.context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))

    def _drill(self, key: str) -> None:
        mineral = key.partition(KEY_SPLIT)[0]
        if mineral:
            subject = Subject("mineral", mineral, numbers.mineral_name(mineral))
            self.context.view.select(subject, place="lines")

    def focus_target(self) -> QWidget:
        return self.charts()[0]

    def charts(self) -> list[Chart]:
        """The charts on show, the one with the keyboard first."""
        shown: dict[str, list[Chart]] = {
            "overview": [self.dumbbell, self.quadrant, self.small_heat],
            "pareto": [self.pareto],
            "heat": [self.heat],
            "ranks": [self.ranks],
        }
        return sorted(shown[self.views.current], key=lambda one: not one.hasFocus())

    def export_choices(self) -> list[tuple[str, str]]:
        return [("png", "Chart as PNG"), ("svg", "Chart as SVG"), ("csv", "Chart data as CSV")]


def _page(bar: QLayout | None, body: QWidget) -> QWidget:
    made = QWidget()
    layout = column(gap=10)
    if bar is not None:
        layout.addLayout(bar)
    layout.addLayout(column(body, margins=(20, 0, 16, 16)), 1)
    made.setLayout(layout)
    return made


def selected_mineral(view: View) -> str:
    """The mineral that is selected or filtered by, '' for none."""
    if view.subject is not None and view.subject.kind == "mineral":
        return view.subject.key
    for subject in reversed(view.filters):
        if subject.kind == "mineral":
            return subject.key
    return ""
