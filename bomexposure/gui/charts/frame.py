"""A chart in its card: title, caption, the corner menu, and the same data as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from bomexposure.gui.blocks import column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.context import Context
from bomexposure.gui.icons import icon
from bomexposure.gui.spectable import SpecTable
from bomexposure.present.words import tr


class _Foot(QWidget):
    """The legend of a chart, below its rows."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fit()

    def fit(self) -> None:
        """As high as the legend is at this width."""
        high = self._chart.foot_height(max(200, self.width()))
        holder = self.parentWidget()
        # with large text in a small window the marks go before the words about them
        crowded = holder is not None and high > 0.3 * holder.height() > 0
        self.setFixedHeight(0 if crowded else high)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._chart.draw_foot(painter, QRectF(self.rect()), self._chart.looks.theme)
        painter.end()


class ChartCard(QFrame):
    """One chart with everything that can be done with it.

    `scrolls` for charts that are as tall as their rows; others fill the card.
    """

    def __init__(
        self, chart: Chart, context: Context, *, scrolls: bool = False, title: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.chart, self._context = chart, context
        self.title = label(title, "heading", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.corner = QToolButton()
        self.corner.setText("⋯")
        self.corner.setFixedSize(28, 24)
        self.corner.setToolTip(tr("Copy, export, or show as a table"))
        self.corner.setAccessibleName(tr("What to do with the chart {title}", title=title).strip())
        self.corner.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.corner)
        self.menu.setToolTipsVisible(True)
        self._acts: list[tuple[str, Callable[[], object]]] = [
            ("Copy picture", chart.copy_picture),
            ("Copy as SVG", chart.copy_svg),
            ("Copy data", chart.copy_data),
            ("Save as PNG…", lambda: self.save("png")),
            ("Save as SVG…", lambda: self.save("svg")),
            ("Save data as CSV…", lambda: self.save("csv")),
        ]
        for words, act in self._acts:
            self.menu.addAction(tr(words)).triggered.connect(_calling(act))
        self.menu.addSeparator()
        # the card's own: PySide at times takes what a menu made and owns for deleted
        self._as_table = QAction(tr("Show as table"), self)
        self.menu.addAction(self._as_table)
        self._as_table.setCheckable(True)
        self._as_table.toggled.connect(self.show_table)
        self.corner.setMenu(self.menu)
        self.table = SpecTable(context.looks, in_card=True)
        self.table.chosen.connect(chart.chosen)
        chart.table_wanted.connect(lambda _table: self.show_table(True))
        self.stack = QStackedWidget()
        if scrolls:
            area = QScrollArea()
            area.setWidget(chart)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if not chart.side_width():
                area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            # heads and names that stay are painted anew at every step
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
                bar.valueChanged.connect(lambda _value: chart.update())
            self.stack.addWidget(area)
        else:
            self.stack.addWidget(chart)
        self.stack.addWidget(self.table)
        self.foot = _Foot(chart)
        self.head = row(margins=(16, 10, 10, 6))
        self.head.addLayout(column(self.title, self.note, gap=1), 1)
        self.head.addWidget(self.corner, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.head, self.stack, self.foot, gap=0, margins=(0, 0, 0, 10)))
        self.note.hide()
        context.looks.changed.connect(self._restyle)
        self._restyle()

    def tell(self, title: str, note: str = "", tip: str = "") -> None:
        """The words above the chart."""
        title = tr(title)
        self.title.setText(title)
        self.note.setText(tr(note))
        self.note.setVisible(bool(note))
        self.note.setToolTip(tr(tip))
        self.corner.setAccessibleName(tr("What to do with the chart {title}", title=title))

    def refresh(self) -> None:
        """The chart's data changed: follow in the table, when that is on show."""
        self.foot.fit()
        if self._as_table.isChecked():
            self.table.show_spec(self.chart.table())
        self._as_table.setEnabled(self.chart.table() is not None)

    def show_table(self, on: bool) -> None:
        """The chart, or its data as a table."""
        self._as_table.setChecked(on)
        if on:
            self.table.show_spec(self.chart.table())
        self.stack.setCurrentIndex(1 if on else 0)
        self.foot.setVisible(not on)

    def save(self, kind: str, path: Path | None = None) -> None:
        """Write the chart as 'png', 'svg' or 'csv'; asks where unless it is told."""
        project = Path(self._context.document.project.workbook)
        proposed = project.parent / f"{project.stem or 'chart'} {self.chart.chart_name}.{kind}"
        say = self._context.messages
        target = path or say.choose_save(
            tr("Save the chart as {kind}", kind=kind.upper()),
            proposed,
            f"{kind.upper()} (*.{kind})",
        )
        write = self.chart.writer(kind)
        if target is not None and write is not None:
            self._context.write_one(target, write)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.foot.fit()

    def _restyle(self) -> None:
        s = self._context.looks.type.s
        self.head.setContentsMargins(s(16), s(10), s(10), s(6))
        self.corner.setIcon(
            QIcon() if self.corner.text() else icon("export", self._context.looks.theme)
        )
        self.corner.setIconSize(QSize(16, 16))
        self.foot.fit()


def _calling(act: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        act()

    return call
