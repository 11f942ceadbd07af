"""The detail panel: explains whatever is selected, down to the source; progress at its foot."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QToolButton, QVBoxLayout, QWidget

from bomexposure.gui.blocks import button, column, label, row
from bomexposure.gui.icons import icon
from bomexposure.gui.looks import Looks
from bomexposure.gui.panelpage import Page
from bomexposure.present import numbers

SHOW_AFTER_MS = 500
"""Work shorter than this shows no progress."""


class ProgressBox(QFrame):
    """Task, count, bar and Cancel; appears after half a second, never modal."""

    cancelled = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("noteBox")
        self._task = label("", "small")
        self._count = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button("Cancel", self.cancelled.emit)
        self._note = label("You can go on while this runs.", "caption")
        self.setLayout(
            column(
                row(self._task, None, self._count),
                self._bar,
                row(self._note, None, self._cancel),
                gap=8,
                margins=(12, 10, 12, 10),
            )
        )
        self._since = 0.0
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        del looks
        self.hide()

    def start(self, task: str) -> None:
        """A job began; the box waits before it shows."""
        self._since = time.monotonic()
        self._task.setText(task)
        self._count.setText("")
        self._bar.setRange(0, 0)
        if not self.isVisible():
            self._delay.start()

    def step(self, task: str, done: int, total: int) -> None:
        """How far it is; total 0 is unknown and shows the seconds instead."""
        self._task.setText(task)
        if total > 0:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._count.setText(f"{numbers.whole(done)} of {numbers.whole(total)}")
        else:
            self._bar.setRange(0, 0)
            self._count.setText(f"{time.monotonic() - self._since:.0f} s")

    def stop(self) -> None:
        """The job ended."""
        self._delay.stop()
        self.hide()


class Panel(QFrame):
    """Holds one Page at a time."""

    closed = Signal()
    linked = Signal(str)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("Details")
        self._looks = looks
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.progress = ProgressBox(looks)
        foot = column(self.progress, margins=(14, 0, 14, 14))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)
        self.close_button = QToolButton(self)
        self.close_button.setAccessibleName("Close the detail panel")
        self.close_button.setToolTip("Close the panel (F9)")
        self.close_button.clicked.connect(self.closed)
        looks.changed.connect(self.restyle)
        self.restyle()

    @property
    def page(self) -> QWidget | None:
        return self.area.widget()

    def show_page(self, page: Page) -> None:
        """Replace the page."""
        page.linked.connect(self.linked)
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.area.setWidget(page)
        self.close_button.raise_()

    def restyle(self) -> None:
        # narrower, the three buttons of a line would be cut
        self.setMinimumWidth(self._looks.type.s(336))
        self.close_button.setIcon(icon("close", self._looks.theme))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setFixedSize(26, 26)

    def resizeEvent(self, event: object) -> None:
        del event
        self.close_button.move(self.width() - 38, 10)
