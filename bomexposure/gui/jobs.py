"""Work off the GUI thread: one job at a time, the window waits before it goes.

Of questions the newest wins; what is asked to be written stands in line.

The worker holds no QObject: it gets plain callables and bound signals, and its values come back
through queued signals to the thread that owns `Jobs`. Lateness is judged in one place.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, SignalInstance

from bomexposure.model.errors import Cancelled
from bomexposure.model.progress import Progress
from bomexposure.present import numbers
from bomexposure.present.numbers import Marks

log = logging.getLogger(__name__)

Work = Callable[[Progress], object]

REPORT_EVERY_S = 0.05
"""At most one progress report per this many seconds reaches the window."""

BETWEEN_TURNS_MS = 2
"""Long enough that input and painting that wait go first."""


def calm_switching() -> None:
    """Let the GUI thread in often while a worker computes.

    At CPython's default of 5 ms the event loop waited up to 400 ms while a workbook was parsed;
    at 0.2 ms under 40 ms (measured).
    """
    sys.setswitchinterval(0.0002)


class _Report:
    """The worker's side of a job: plain state and a bound signal."""

    def __init__(self, number: int, progressed: SignalInstance) -> None:
        self._number, self._progressed = number, progressed
        self._stop = threading.Event()
        self._label, self._last = "", 0.0

    def cancel(self) -> None:
        self._stop.set()

    def step(self, label: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if label == self._label and now - self._last < REPORT_EVERY_S:
            return
        self._label, self._last = label, now
        self._progressed.emit(self._number, label, done, total)


class _Runnable(QRunnable):
    def __init__(
        self, work: Work, report: _Report, number: int, ended: SignalInstance, marks: Marks
    ) -> None:
        super().__init__()
        self._work, self._report, self._number, self._ended = work, report, number, ended
        self._marks = marks

    def run(self) -> None:
        outcome: object
        try:
            with numbers.spoken(self._marks):
                outcome = self._work(self._report)
        except Cancelled as stop:
            outcome = stop
        except Exception as failure:
            outcome = failure
        # a window that went without closing has nobody to tell
        with contextlib.suppress(RuntimeError):
            self._ended.emit(self._number, outcome)


class Jobs(QObject):
    """Runs one callable after another; starting one cancels the one before.

    `in_line` lets a new one wait for those before it instead. What it words is worded for the
    screen, in the marks of the user's locale; `for_files` words numbers as files have them.
    """

    started = Signal(str)
    progressed = Signal(str, int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    idle = Signal()

    _stepped = Signal(int, str, int, int)
    _ended = Signal(int, object)

    def __init__(
        self, parent: QObject | None = None, *, for_files: bool = False, in_line: bool = False
    ) -> None:
        super().__init__(parent)
        self._for_files, self._in_line = for_files, in_line
        self._line: deque[tuple[str, Work, Callable[[Any], object] | None]] = deque()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setObjectName("jobs")
        self._number = 0
        self._report: _Report | None = None
        self._done: Callable[[Any], object] | None = None
        self._turns: Iterator[object] | None = None
        self._turning = False
        self._stepped.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_end, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._report is not None or bool(self._line)

    @property
    def waiting(self) -> int:
        """How many jobs stand in line behind the one that runs."""
        return len(self._line)

    def start(self, label: str, work: Work, done: Callable[[Any], object] | None = None) -> None:
        """Run `work` with a Progress; `done` gets its result on the GUI thread.

        A `done` that is a generator is run up to its next `yield` in one turn of the event loop
        at a time, so that the window answers in between; the job ends with its last turn.
        """
        if self._in_line and self.busy:
            self._line.append((label, work, done))
        else:
            self._begin(label, work, done)

    def _begin(self, label: str, work: Work, done: Callable[[Any], object] | None) -> None:
        self._finish_turns()
        if self._report is not None:
            self._report.cancel()
        self._number += 1
        self._done = done
        self._report = _Report(self._number, self._stepped)
        self.started.emit(label)
        marks = numbers.FIXED if self._for_files else numbers.marks()
        self._pool.start(_Runnable(work, self._report, self._number, self._ended, marks))

    def cancel(self) -> None:
        """Ask the running job to stop; it ends at its next step, and the next in line begins."""
        if self._report is not None:
            self._report.cancel()

    def shut_down(self) -> None:
        """Cancel and wait; the window calls this before it goes."""
        self._line.clear()
        self.cancel()
        self._number += 1
        self._report = self._done = self._turns = None
        self._pool.waitForDone()

    def _on_step(self, number: int, label: str, done: int, total: int) -> None:
        if number == self._number and self._report is not None:
            self.progressed.emit(label, done, total)

    def _on_end(self, number: int, outcome: object) -> None:
        if number != self._number:
            return  # a job that was overtaken
        done, self._done = self._done, None
        if isinstance(outcome, Cancelled):
            self._report = None
            self.cancelled.emit()
        elif isinstance(outcome, Exception):
            self._report = None
            self.failed.emit(outcome)
        else:
            turns = done(outcome) if done is not None else None
            if isinstance(turns, Iterator):
                self._turns = turns
                self._turn()
                return
            if number == self._number:  # else `done` started the next job
                self._report = None
            self.succeeded.emit(outcome)
        self._go_on()

    def _go_on(self) -> None:
        """The next in line, or rest."""
        if self._report is None and self._line:
            self._begin(*self._line.popleft())
        elif self._report is None:
            self.idle.emit()

    def _turn(self) -> None:
        """One turn of the generator that takes a result in."""
        turns, number = self._turns, self._number
        if turns is None or self._turning:
            return
        self._turning = True
        try:
            more = next(turns, self) is not self
        except BaseException:
            more = False
            raise
        finally:
            self._turning = False
            if not more:
                self._turns = None
                if number == self._number:
                    self._report = None
        if more:
            QTimer.singleShot(BETWEEN_TURNS_MS, self, self._turn)
        elif self._report is None:
            self.succeeded.emit(None)
            self._go_on()

    def _finish_turns(self) -> None:
        """The result before is taken in as a whole before the next job starts."""
        while self._turns is not None and not self._turning:
            turns = self._turns
            self._turning = True
            try:
                for _step in turns:
                    pass
            finally:
                self._turns, self._turning = None, False
