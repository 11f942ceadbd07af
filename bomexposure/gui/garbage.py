"""Unreachable rings of Python objects are freed on the GUI thread only.

Python's own collection runs in whichever thread allocates next. In a worker it would take widgets,
timers and models that hang in a ring apart beside the event loop that uses them, and the program
falls.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 500


class GuiCollector(QObject):
    """Collects as Python would, by the same thresholds, but from the event loop of its thread.

    Python's own collection is off while it lives; `stop` turns it on again.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(LOOK_EVERY_MS)

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most > 0
        ]
        if due:
            gc.collect(due[-1])
