"""What every place is: a header with title, views, filters and acts, and a body below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bomexposure.gui.blocks import FilterChip, clear, column, label
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.viewstate import View
from bomexposure.model.analysis import Analysis


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

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = QFrame()
        self.head.setObjectName("placehead")
        self.heading = label(self.title, "place")
        self.header = QHBoxLayout()
        self.header.setSpacing(10)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(6)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(10)
        inner = QHBoxLayout()
        inner.setContentsMargins(20, 10, 16, 10)
        inner.setSpacing(14)
        inner.addWidget(self.heading)
        inner.addLayout(self.header)
        inner.addLayout(self.chips)
        inner.addStretch(1)
        inner.addLayout(self.acts)
        self.head.setLayout(inner)
        self.body: QVBoxLayout = column(gap=14)
        layout = column(self.head, gap=0)
        layout.addLayout(self.body, 1)
        self.setLayout(layout)

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        """Take a new analysis (None: the document was closed)."""

    def show_view(self, view: View) -> None:
        """Follow selection and filters; called while on show and when coming on show."""

    def focus_target(self) -> QWidget:
        """Where the keyboard goes when the place is entered."""
        return self

    def find_field(self) -> QWidget | None:
        """The filter field that Ctrl+F goes to, None where there is none."""
        return None

    def export_choices(self) -> list[tuple[str, str]]:
        """What Ctrl+E offers here: (key, words) pairs; see `export`."""
        return []

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
            chip = FilterChip(subject.label[:34], self.context.looks, subject.kind)
            chip.clicked.connect(lambda _c=False, one=subject: self.context.view.drop(one))
            self.chips.addWidget(chip)
