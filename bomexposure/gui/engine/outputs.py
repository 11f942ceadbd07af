"""Outputs written in a process of their own: the window answers meanwhile, and a cancel is prompt.

Typesetting and large tables keep the interpreter lock for seconds, and a typesetter cannot be
asked to stop; a process can be ended at any time. It writes into a folder beside the target that
the window's side makes and takes away again, so that nothing half-written stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

from bomexposure import reference
from bomexposure.gui.engine import child
from bomexposure.gui.engine.child import NoEngine
from bomexposure.gui.engine.link import LOOK_EVERY_S, as_fault
from bomexposure.gui.engine.parcels import Receiver, Sender
from bomexposure.gui.engine.serve import Told, as_data
from bomexposure.gui.writers import OUTPUTS, WriteOne
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import BomExposureError, OutputError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.whole_file import staged
from bomexposure.present.words import tr
from bomexposure.reference.own_materials import with_own_materials

log = logging.getLogger(__name__)


class OutputsApart:
    """Outputs of one analysis, one after another in one process; `close` ends it.

    The process starts with the first output. Where none can be started the outputs are written
    here. Made on any thread, used on one.
    """

    def __init__(self, analysis: Analysis, project: Project) -> None:
        self._analysis, self._project = analysis, project
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def writer(self, kind: str) -> WriteOne:
        """Writes one of OUTPUTS."""
        return lambda path, progress: self._write(kind, path, progress)

    def close(self) -> None:
        """End the process, whatever it does."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        child.end(process)
        if pipe is not None:
            pipe.close()

    def _write(self, kind: str, path: Path, progress: Progress) -> list[str]:
        """Raises what the output raises, and Cancelled at once when `progress` does."""
        try:
            pipe = self._ready()
        except NoEngine:
            log.warning("no process of its own to write in; writing in the window's")
            return OUTPUTS[kind].write(self._analysis, self._project, path, progress)
        with staged(path) as scratch:
            try:
                return self._await(pipe, kind, scratch / path.name, progress)
            except BomExposureError:
                raise  # of this output; the next may work
            except BaseException as fault:
                self.close()  # before its files are taken away
                if isinstance(fault, EOFError | ConnectionError):
                    raise OutputError(
                        f"{path.name} was not finished: the writing ended, perhaps for want of "
                        "memory.",
                        "Close other programs and try again.",
                    ) from fault
                raise

    def _ready(self) -> Connection:
        """The process, with the analysis sent to it. Raises NoEngine."""
        if self._pipe is not None:
            return self._pipe
        process, ours = child.start(serve_outputs, "bomexposure-outputs")
        self._process, self._pipe = process, ours
        try:
            ours.send((self._project, self._analysis.reference.edition))
            Sender(ours).send(self._analysis)
        except OSError as fault:
            self.close()
            raise NoEngine from fault
        return ours

    def _await(self, pipe: Connection, kind: str, path: Path, progress: Progress) -> list[str]:
        pipe.send((kind, str(path)))
        last: tuple[str, int, int] = (tr("Writing {path}", path=path.name), 0, 0)
        while True:
            there = pipe.poll(LOOK_EVERY_S)
            progress.step(*last)
            if not there:
                continue
            message = pipe.recv()
            match message[0]:
                case "step":
                    last = message[1:]
                case "fault":
                    raise as_fault(*message[1:])
                case _:
                    told: list[str] = message[1]
                    return told


def serve_outputs(connection: Connection) -> None:
    """Take one analysis, then write what is asked for until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scratch: Path | None = None
    try:
        project, edition = connection.recv()
        facts = with_own_materials(reference.load(edition), project.choices.own_materials)
        receiver = Receiver(connection)
        whole, analysis = False, None
        while not whole:
            whole, analysis = receiver.take(connection.recv(), facts)
        while True:
            kind, name = connection.recv()
            scratch = Path(name).parent
            connection.send(_written(connection, kind, cast("Analysis", analysis), project, name))
    except (EOFError, OSError):
        # the window is gone, however it ended: nobody else takes its files away
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
        os._exit(0)


def _written(
    connection: Connection, kind: str, analysis: Analysis, project: Project, name: str
) -> tuple[object, ...]:
    try:
        progress = Told(connection, 0, set())
        return "done", OUTPUTS[kind].write(analysis, project, Path(name), progress)
    except ConnectionError:
        raise
    except BaseException as fault:
        return "fault", *as_data(fault)
