"""What every place is: a header with title, views, filters and acts, and a body below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from bomexposure.gui.blocks import FilterChip, clear, column, label
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.viewstate import View
from bomexposure.gui.writers import WriteOne, table_writer
from bomexposure.model.analysis import Analysis
from bomexposure.present.shown import ShownTable

MAIN = 32
"""Height of a main button, px of the design."""


class Head(QFrame):
    """Title, views, filters and acts in one row; the acts take a second row where room is short."""

    def __init__(
        self, heading: QLabel, views: QHBoxLayout, chips: QHBoxLayout, acts: QHBoxLayout
    ) -> None:
        super().__init__()
        self.setObjectName("placehead")
        # its row must not keep the window from getting narrow: that is what the second row is for
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for inner in (chips, acts):
            inner.setContentsMargins(0, 0, 0, 0)
        self._chips, self._acts = QWidget(), QWidget()
        self._chips.setLayout(chips)
        self._acts.setLayout(acts)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for inner in (self._first, self._second):
            inner.setSpacing(14)
        self._first.addWidget(heading)
        self._first.addLayout(views)
        self._first.addWidget(self._chips)
        self._first.addStretch(1)
        self._first.addWidget(self._acts)
        self._second.addStretch(1)
        both = QVBoxLayout(self)
        both.setContentsMargins(20, 10, 16, 10)
        both.setSpacing(8)
        both.addLayout(self._first)
        both.addLayout(self._second)
        self._two = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when something in it grew or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        wanted = self._first.sizeHint().width()
        if self._two:
            wanted += self._chips.sizeHint().width() + self._acts.sizeHint().width() + 28
        two = wanted > self.width() - 36
        if two == self._two or not self.width():
            return
        self._two = two
        if two:
            self._second.insertWidget(0, self._chips)
            self._second.addWidget(self._acts)
        else:
            self._first.insertWidget(2, self._chips)
            self._first.addWidget(self._acts)


class Place(QWidget):
    """One place of the rail.

    A subclass sets `name` and `title`, fills `header` (left part) and `acts` (right part) and
    `body`, and answers `show_analysis` and `show_view`. It reads the document and the view from
    its context, changes the view through it, and never keeps an Analysis of its own.
    """

    name = ""
    title = ""
    hint = ""
    """Sentence in the message strip while the place is on show."""
    LEAST_FREE = 640
    """What the body needs beside the panel, px of the design."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.covered = 0
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label(self.title, "place")
        context.looks.changed.connect(self._keep_level)
        self._keep_level()
        self.header = QHBoxLayout()
        self.header.setSpacing(10)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(6)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(10)
        self.head = Head(self.heading, self.header, self.chips, self.acts)
        self.body: QVBoxLayout = column(gap=14)
        layout = column(self.head, gap=0)
        layout.addLayout(self.body, 1)
        self.setLayout(layout)

    def _keep_level(self) -> None:
        """Titles stand at one level in every place, whether or not a main button is beside."""
        self.heading.setMinimumHeight(self.context.looks.type.s(MAIN))

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        """Take a new analysis (None: the document was closed)."""

    def show_view(self, view: View) -> None:
        """Follow selection and filters; called while on show and when coming on show."""

    def cover(self, width: int) -> None:
        """The panel lies over so many px at the right edge of the body; 0 when it does not.

        The body keeps to what is left free, so that nothing is cut through, unless that is too
        little: then the panel lies over it.
        """
        free = self.width() - width >= self.context.looks.type.s(self.LEAST_FREE)
        self.covered = width if free else 0
        self.body.setContentsMargins(0, 0, self.covered, 0)

    def focus_target(self) -> QWidget:
        """Where the keyboard goes when the place is entered."""
        return self

    def find_field(self) -> QWidget | None:
        """The filter field that Ctrl+F goes to, None where there is none."""
        return None

    def export_choices(self) -> list[tuple[str, str]]:
        """What Ctrl+E offers here: (key, words) pairs; see `export`."""
        return []

    def shown_table(self) -> ShownTable | None:
        """The table on show; None where a chart or nothing is."""
        return None

    def charts(self) -> list[Chart]:
        """The charts on show, the one that is exported first."""
        return []

    def export(self, kind: str) -> WriteOne | None:
        """Writes what is on show now as one of `export_choices`; None where there is nothing."""
        table = self.shown_table()
        if table is not None:
            return table_writer(table)
        charts = self.charts()
        return charts[0].writer(kind) if charts else None

    def copy_text(self, *, headers: bool) -> str:
        """The selected rows as tab-separated text, '' where nothing is selected."""
        del headers
        return ""

    def stop(self) -> None:
        """End timers and workers of its own; the window calls this before it goes."""

    def show_chips(self, view: View) -> None:
        """Draw one chip a filter; pressing it takes the filter off."""
        clear(self.chips)
        for subject in view.filters:
            chip = FilterChip(subject.label, self.context.looks, subject.kind)
            chip.clicked.connect(lambda _c=False, one=subject: self.context.view.drop(one))
            self.chips.addWidget(chip)
