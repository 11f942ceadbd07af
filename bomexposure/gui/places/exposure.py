"""Exposure: the two charts of the NAM strategy for this BOM, quadrant, Pareto, heat map, ranks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bomexposure.exposure.uncertainty import Simulation, simulate
from bomexposure.gui.blocks import (
    Combo,
    EmptyState,
    Segments,
    button,
    column,
    label,
    number_field,
    row,
)
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.dumbbell import Dumbbell
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.heat import KEY_SPLIT, Heat
from bomexposure.gui.charts.pareto import Pareto
from bomexposure.gui.charts.quadrant import Quadrant
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.rankcheck import RankCheck
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import METHODS
from bomexposure.model.progress import Progress
from bomexposure.present import charts, numbers
from bomexposure.present.heat import best_grouping, heat_map
from bomexposure.present.weight import weight_of
from bomexposure.present.words import tr
from bomexposure.project import edits

SORTS = (
    ("matters", "What matters most"),
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
    ("family", "Kind of part"),
)
_SMALL_HEAT = {
    "assembly": ("Lines of each assembly", "% of each assembly's spend"),
    "supplier": ("Lines of each supplier", "% of each supplier's spend"),
    "origin": ("Lines of each country of origin", "% of each origin's spend"),
    "category": ("Lines of each category", "% of each category's spend"),
    "family": ("Lines of each kind of part", "% of each kind's spend"),
}
"""What the small heat map shows: in lines, and in spend."""
AROUND = 66
"""What a card adds to its chart: title, note and margins, px of the design."""
WHERE = ("Where the money is", "Where the lines are")
"""Titles of the Pareto chart: by spend, and by lines where few have a price."""
SMALL_HEAT_ROWS = 10
PARTS = (("minerals", "Minerals"), ("quadrant", "Quadrant"), ("where", "Where it sits"))
"""What the overview shows in turn where the window is small."""
GAP, BELOW = 14, 16
"""Between cards of the overview, and below them, px."""
SHARES = (5, 3, 3)
"""Of the width, for the columns of the overview."""
NARROW, WIDE = 900, 1700
"""Widths of the place below which its cards take turns, and from which a third column fits."""


class ExposurePlace(Place):
    """Four views of which minerals matter most; a click selects, a double click drills."""

    LEAST_FREE = 400

    name = "exposure"
    title = "Exposure"
    hint = "Every figure has a source: point at a small number in the panel, or press F4."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._simulation: Simulation | None = None
        self._drawn_for: Analysis | None = None
        self._kind = "family"
        self.views = Segments(VIEWS)
        self.views.chosen.connect(self.show_page)
        self.header.addWidget(self.views)
        context.looks.changed.connect(self._keep_views_whole)
        self._keep_views_whole()
        self.sort = Combo()
        self.sort.setAccessibleName(tr("Order of the minerals"))
        for key, words in SORTS:
            self.sort.addItem(tr(words), key)
        self.sort.currentIndexChanged.connect(lambda _at: self._draw_dumbbell())
        self.method = Combo()
        self.method.setAccessibleName(tr("Published method behind the index"))
        self.method.setToolTip(
            tr("The published method behind the index, in every place and output")
        )
        self.method.setMinimumContentsLength(9)
        self.method.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.method.setMaximumWidth(context.looks.type.s(260))
        for one in METHODS:
            self.method.addItem(tr(METHOD_WORDS[one]), one)
        self.method.activated.connect(self._take_method)
        self.acts.addWidget(self.method)
        self.out = button("Export", lambda: context.action("exports.export_here").trigger())
        self.acts.addWidget(self.out)
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
        self.small_heat.refitted.connect(self._tell_where)
        self.small_pareto = Pareto(looks)
        self.small_ranks = RankCheck(self.context)
        self.small_ranks.wanted.connect(self.run_draws)
        for chart in (
            self.dumbbell, self.quadrant, self.small_heat, self.small_pareto,
            self.small_ranks.chart,
        ):  # fmt: skip
            self._wire(chart)
        self.dumbbell_card = ChartCard(self.dumbbell, self.context, scrolls=True)
        self.dumbbell_card.head.insertWidget(1, self.sort, 0, Qt.AlignmentFlag.AlignTop)
        self.quadrant_card = ChartCard(self.quadrant, self.context)
        self.small_heat_card = ChartCard(self.small_heat, self.context, scrolls=True)
        self.small_pareto_card = ChartCard(self.small_pareto, self.context, scrolls=True)
        self.parts = Segments(PARTS)
        self.parts.chosen.connect(lambda _key: self._arrange())
        self._columns: list[QVBoxLayout] = [column(gap=GAP) for _ in range(3)]
        first, second, third = self._columns
        first.addWidget(self.dumbbell_card)
        second.addWidget(self.quadrant_card, 11)
        second.addWidget(self.small_heat_card, 10)
        third.addWidget(self.small_pareto_card, 11)
        third.addWidget(self.small_ranks, 10)
        self._across = row(gap=GAP)
        for one, share in zip(self._columns, SHARES, strict=True):
            self._across.addLayout(one, share)
        layout = column(row(self.parts, None), gap=10, margins=(20, 0, 16, BELOW))
        layout.addLayout(self._across, 1)
        made = QWidget()
        made.setLayout(layout)
        return made

    def _arrange(self) -> None:
        """One card at a time where the window is small, three columns where it is large."""
        width, s = self.width() - self.covered, self.context.looks.type.s
        narrow, wide = width < s(NARROW), width >= s(WIDE)
        part = self.parts.current
        self.parts.setVisible(narrow)
        self._fit_method(narrow)
        self.dumbbell_card.setVisible(not narrow or part == "minerals")
        self.quadrant_card.setVisible(not narrow or part == "quadrant")
        self.small_heat_card.setVisible(not narrow or part == "where")
        for one in (self.small_pareto_card, self.small_ranks):
            one.setVisible(wide)
        shares = SHARES if wide else (*SHARES[:2], 0)
        if narrow:
            shares = (1, 0, 0) if part == "minerals" else (0, 1, 0)
        for at, share in enumerate(shares):
            self._across.setStretch(at, share)
        self._across.setSpacing(0 if narrow else GAP)
        # the heat map has its rows whole, unless that would take the quadrant's room; it scrolls
        wanted = self.small_heat.ideal_height(0) + s(AROUND)
        room = self.height() - self.head.height() - GAP - BELOW
        least = wanted if wanted + self.quadrant_card.minimumSizeHint().height() <= room else 0
        self.small_heat_card.setMinimumHeight(0 if narrow else least)

    def _fit_method(self, narrow: bool) -> None:
        """The method's name in full where title, views and filters leave it the room."""
        beside = (self.heading, self.views, self.out)
        taken = sum(one.sizeHint().width() for one in beside) + self.chips.sizeHint().width()
        room = self.width() - taken - self.context.looks.type.s(110)
        whole = not narrow or room >= self.method.maximumWidth()
        self.method.setMinimumContentsLength(26 if whole else 9)

    def cover(self, width: int) -> None:
        """The cards take turns in what the panel leaves free."""
        super().cover(width)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _make_pareto(self) -> QWidget:
        self.pareto = Pareto(self.context.looks)
        self._wire(self.pareto)
        self.pareto_card = ChartCard(self.pareto, self.context, scrolls=True)
        self.top, self.least = number_field(60.0, least=1.0), number_field(50.0, after=" %")
        self.top.setValue(12)
        self.top.setAccessibleName(tr("How many minerals are shown"))
        self.least_of = label("of spend")
        for one in (self.top, self.least):
            one.setToolTip(tr("Type a number, or use the arrow keys or the wheel"))
            one.valueChanged.connect(lambda _value: self._draw_pareto())
        bar = row(
            label("The first"), self.top, label("minerals, with at least"), self.least,
            self.least_of, None, gap=8, margins=(20, 0, 16, 0),
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
        self.rank_check = RankCheck(self.context)
        self.rank_check.wanted.connect(self.run_draws)
        self.ranks = self.rank_check.chart
        self._wire(self.ranks)
        return _page(None, self.rank_check)

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._simulation = None
        self._draw_ranks()
        if analysis is None:
            return
        self.method.setCurrentIndex(max(0, self.method.findData(analysis.choices.method)))
        kinds = set(analysis.exposures.groups["kind"].astype("str"))
        if self.group.current not in kinds:
            self.group.choose(best_grouping(analysis))
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
        assert self.context.document.analysis is not None
        showing_weight = weight_of(self.context.document.analysis)
        self.quadrant_card.tell(
            "Reliance against China share",
            "Bubble area: lines. Tint: both at least 50 %." if showing_weight.lines
            else "Bubble area: spend. Tint: both at least 50 %.",
            quadrant.caption,
        )  # fmt: skip
        self.quadrant.show_spec(quadrant)
        self._kind = best_grouping(self.context.document.analysis)
        heat = showing.figures["heat"]
        self.small_heat.show_spec(heat)
        self._tell_where()
        money = showing.figures["pareto"]
        self.small_pareto_card.tell(
            WHERE[showing_weight.lines], "Each line counts once", money.caption
        )
        self.small_pareto.show_spec(money)
        for one in (self.quadrant_card, self.small_heat_card, self.small_pareto_card):
            one.refresh()
        self.show_page(self.views.current)

    def _tell_where(self) -> None:
        """What the small heat map shows, and how much of it has no room."""
        analysis, heat = self.context.document.analysis, self.small_heat.spec
        if analysis is None or heat is None:
            return
        rest = len(heat.row_labels) - self.small_heat.rows_shown()
        told = tr(_SMALL_HEAT[self._kind][0 if weight_of(analysis).lines else 1])
        if rest > 0:
            told = tr("{what}; {more} more in Heat map", what=told, more=rest)
        self.small_heat_card.tell("Where it sits", told, heat.caption)

    def show_page(self, key: str) -> None:
        """Turn to one of VIEWS; it is drawn when it is first seen."""
        self.views.choose(key)
        self.pages.setCurrentIndex([name for name, _ in VIEWS].index(key))
        self.sort.setVisible(key == "overview")
        if key == "pareto":
            self._draw_pareto()
        elif key == "heat":
            self._draw_heat()
        self._select(selected_mineral(self.context.view.view))

    def _draw_dumbbell(self) -> None:
        analysis, showing = self.context.document.analysis, self.context.document.showing
        if analysis is None or showing is None:
            return
        key = str(self.sort.currentData())
        in_lines = weight_of(analysis).lines
        ready = showing.figures.get({"index": "dumbbell"}.get(key, key))
        spec = ready if ready is not None else charts.dumbbell(analysis, 0, key)
        self.dumbbell_card.tell(
            "Who we depend on, and in how many lines"
            if in_lines
            else "Who we depend on, and for how much money",
            f"{numbers.count(len(spec.rows), 'mineral')}; {self.method.currentText()}",
            spec.caption,
        )
        self.dumbbell.show_spec(spec)
        self.dumbbell_card.refresh()

    def _draw_pareto(self) -> None:
        analysis = self.context.document.analysis
        if analysis is None:
            return
        in_lines = weight_of(analysis).lines
        self.least_of.setText(tr("of the lines") if in_lines else tr("of spend"))
        self.least.setAccessibleName(
            tr("Least share of the lines to be shown")
            if in_lines
            else tr("Least share of spend to be shown")
        )
        spec = charts.pareto(analysis, int(self.top.value()), self.least.value())
        self.pareto_card.tell(
            WHERE[in_lines],
            "A line counts once, however many minerals it holds", spec.caption,
        )  # fmt: skip
        self.pareto.show_spec(spec)
        self.pareto_card.refresh()

    def _draw_heat(self) -> None:
        analysis = self.context.document.analysis
        if analysis is None:
            return
        spec = heat_map(analysis, self.group.current, 40)
        corners = any(cell.unknown for cell in spec.cells)
        note = ". A corner marks a group with lines that are not recognised" if corners else ""
        self.heat_card.tell("Where it sits", f"{spec.title}{note}", spec.caption)
        self.heat.show_spec(spec)
        self.heat_card.refresh()

    def _draw_ranks(self) -> None:
        for one in (self.rank_check, self.small_ranks):
            one.show_draws(self._simulation)

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

        for one in (self.rank_check, self.small_ranks):
            one.wait()
        self.context.analyst.play("Drawing 1,000 times", work, self._take_draws)

    def _take_draws(self, told: tuple[Analysis, Simulation]) -> None:
        analysis, simulation = told
        if analysis is self.context.document.analysis:
            self._simulation = simulation
            self._draw_ranks()

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        self._arrange()  # filters take room in the head
        self._select(selected_mineral(view))

    def _select(self, mineral: str) -> None:
        for chart in self._every():
            chart.select(mineral)

    def _every(self) -> tuple[Chart, ...]:
        return (
            self.dumbbell, self.quadrant, self.small_heat, self.small_pareto,
            self.small_ranks.chart, self.pareto, self.heat, self.ranks,
        )  # fmt: skip

    # --- what the user does -----------------------------------------------------------------

    def _take_method(self, at: int) -> None:
        document, method = self.context.document, str(self.method.itemData(at))
        document.edit(
            tr("Method: {method}", method=tr(METHOD_WORDS[method])),
            edits.set_method(document.project, method),
        )

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
        if self.parts.isVisible():
            at = [key for key, _ in PARTS].index(self.parts.current)
            shown["overview"] = [shown["overview"][at]]
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
