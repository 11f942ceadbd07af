"""The process that computes: it takes questions from a pipe and sends answers back in parts.

It keeps what it read, so that an edit does not read the file again. It ends by itself as soon as
the window's end of the pipe is closed, however the window ended.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from bomexposure.model.errors import Cancelled
from bomexposure.model.project import Project

REPORT_EVERY_S = 0.05


class Told:
    """Progress of one question, told through the pipe."""

    def __init__(self, connection: Connection, number: int, stopped: set[int]) -> None:
        self._to, self._number, self._stopped = connection, number, stopped
        self._label, self._last = "", 0.0

    def step(self, label: str, done: int, total: int) -> None:
        """Send at most one report per `REPORT_EVERY_S` and label."""
        if self._number in self._stopped:
            raise Cancelled
        now = time.monotonic()
        if label == self._label and now - self._last < REPORT_EVERY_S:
            return
        self._label, self._last = label, now
        self._to.send(("step", label, done, total))


def serve(connection: Connection) -> None:
    """Answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
    stopped: set[int] = set()
    threading.Thread(
        target=_listen, args=(connection, questions, stopped), name="listen", daemon=True
    ).start()
    from bomexposure.gui.engine.desk import Desk
    from bomexposure.gui.engine.parcels import Sender

    desk, sender = Desk(), Sender(connection)
    gc.disable()  # whole columns make no rings; collecting after an answer is enough
    while True:
        kind, number, *asked = questions.get()
        try:
            if kind == "warm":
                desk.warm(asked[0])
            else:
                from bomexposure.present.numbers import spoken

                project, edition, marks = asked
                with spoken(marks):  # what is worded here is for the screen
                    _answer(desk, sender, Told(connection, number, stopped), project, edition)
        except (BrokenPipeError, ConnectionError):
            os._exit(0)
        except BaseException as fault:
            if kind != "warm":
                connection.send(("fault", *as_data(fault)))
        stopped.discard(number)
        gc.collect()


def _answer(desk: Any, sender: Any, progress: Told, project: Project, edition: str) -> None:
    before = desk.bom
    analysis, showing = desk.answer(project, edition, progress)
    progress.step("Bringing the answer", 0, 0)
    if desk.bom is not before:
        sender.forget()
    sender.send((analysis, showing))


def _listen(
    connection: Connection, questions: queue.SimpleQueue[tuple[Any, ...]], stopped: set[int]
) -> None:
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        if message[0] == "stop":
            stopped.add(message[1])
        else:
            questions.put(message)


def as_data(fault: BaseException) -> tuple[type[BaseException], tuple[Any, ...], dict[str, Any]]:
    """An exception as its class and state: its own pickling may not fit its constructor."""
    import pickle

    state = (type(fault), fault.args, dict(vars(fault)))
    try:
        pickle.dumps(state)
    except Exception:
        return RuntimeError, (f"{type(fault).__name__}: {fault}",), {}
    return state
