"""The window's end of the computing process: start it, ask it, stop it, outlive it."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, cast

from bomexposure.gui.engine import child
from bomexposure.gui.engine.child import NoEngine
from bomexposure.gui.engine.parcels import Receiver
from bomexposure.gui.engine.serve import serve
from bomexposure.gui.showing import Showing
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import BomExposureError, Cancelled
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.reference.own_materials import with_own_materials

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
"""A cancelled question is noticed this soon, whatever the other side is doing."""
PATIENCE_S = 1.5
"""After a cancel the process may finish its step this long before it is ended."""


class EngineGone(BomExposureError):
    """The computing process ended without an answer."""


class Engine:
    """One computing process, started when first needed and again after it was lost.

    `ask` is for one worker thread; `warm` and `close` may come from another.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._receiver: Receiver | None = None
        self._number = 0
        self._closed = threading.Event()
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether a process is running."""
        return self._process is not None and self._process.is_alive()

    def warm(self, edition: str) -> None:
        """Start the process in the background, so that the first file finds it ready."""
        threading.Thread(
            target=self._warm, args=(edition,), name="engine-start", daemon=True
        ).start()

    def _warm(self, edition: str) -> None:
        try:
            with self._lock:
                self._ready().send(("warm", 0, edition))
        except (NoEngine, Cancelled, OSError):
            log.info("the computing process did not start; the window computes by itself")

    def ask(
        self, project: Project, reference: Reference, progress: Progress
    ) -> tuple[Analysis, Showing]:
        """The answer to a project.

        Raises what the analysis raises, Cancelled, EngineGone when the process died on the way,
        and NoEngine when none can be started.
        """
        with self._lock:
            pipe = self._ready()
        receiver = self._receiver
        assert receiver is not None
        self._number += 1
        try:
            pipe.send(("ask", self._number, project, reference.edition, numbers.marks()))
            # the answer comes without its facts: they are here already, own materials added
            reference = with_own_materials(reference, project.choices.own_materials)
            return cast(
                "tuple[Analysis, Showing]", self._await(pipe, receiver, reference, progress)
            )
        except (EOFError, OSError) as broken:
            self._end()
            if self._closed.is_set():
                raise Cancelled from broken
            raise EngineGone(
                "The computation ended without an answer, perhaps for want of memory.",
                "What was shown before stays. Try again; close other programs first.",
            ) from broken

    def close(self) -> None:
        """End the process at once; a question under way ends as cancelled."""
        self._closed.set()
        child.end(self._process)

    # --- inside -----------------------------------------------------------------------------

    def _ready(self) -> Connection:
        if self._closed.is_set():
            raise Cancelled
        if self._pipe is not None and self.alive:
            return self._pipe
        self._end()
        process, ours = child.start(serve, "bomexposure-engine")
        self._process, self._pipe, self._receiver = process, ours, Receiver(ours)
        if self._closed.is_set():  # closed while it was starting
            child.end(process)
            raise Cancelled
        return ours

    def _await(
        self, pipe: Connection, receiver: Receiver, reference: Reference, progress: Progress
    ) -> object:
        last: tuple[str, int, int] = ("Loading reference data", 0, 0)
        deadline = 0.0  # 0 while nobody cancelled
        while True:
            there = pipe.poll(LOOK_EVERY_S)
            if not deadline:
                try:
                    progress.step(*last)
                except Cancelled:
                    deadline = time.monotonic() + PATIENCE_S
                    pipe.send(("stop", self._number))
            elif time.monotonic() > deadline:
                self._end()
                raise Cancelled
            if not there:
                if not self.alive and not pipe.poll(0):
                    raise EOFError
                continue
            message = pipe.recv()
            match message[0]:
                case "step":
                    last = message[1:]
                case "fault":
                    raise as_fault(*message[1:])
                case _:
                    whole, value = receiver.take(message, reference)
                    if whole and deadline:
                        raise Cancelled
                    if whole:
                        return value

    def _end(self) -> None:
        child.end(self._process)
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._receiver = None, None, None


def as_fault(
    kind: type[BaseException], args: tuple[Any, ...], state: dict[str, Any]
) -> BaseException:
    """The exception that `serve.as_data` took apart."""
    made = kind.__new__(kind)
    made.args = args
    made.__dict__.update(state)
    return made
