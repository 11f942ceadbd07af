"""Progress of long work: task, count, bar and Cancel, in a corner and never modal."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from bomexposure.gui.blocks import button, column, label, row
from bomexposure.present import numbers
from bomexposure.present.words import tr

SHOW_AFTER_MS = 500
"""Work shorter than this shows no progress."""


class ProgressBox(QFrame):
    """Appears after half a second; the window puts it where it covers least.

    Signals:
        shown: it came on show, so that it can be placed.
    """

    cancelled = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressBox")
        self.setAccessibleName(tr("Work in progress"))
        self._task = label("", "small")
        self._count = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
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
        self._delay.timeout.connect(self._appear)
        # work of unknown length may say nothing for a long time, and must not look stuck
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_seconds)
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
            self._count.setText(
                tr("{done} of {total}", done=numbers.whole(done), total=numbers.whole(total))
            )
        else:
            self._bar.setRange(0, 0)
            self._tell_seconds()

    def _tell_seconds(self) -> None:
        if not self._bar.maximum():
            self._count.setText(f"{time.monotonic() - self._since:.0f} s")

    def stop(self) -> None:
        """The job ended."""
        self._delay.stop()
        self._second.stop()
        self.hide()

    def _appear(self) -> None:
        self._tell_seconds()
        self._second.start()
        self.show()
        self.raise_()
        self.shown.emit()
