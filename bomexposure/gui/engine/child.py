"""Child processes of the window: start one with a pipe to it, end it at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

JOIN_S = 5
"""A killed process is waited for this long, so that it leaves no zombie."""


class NoEngine(Exception):
    """No process can be started here; the caller computes in its own."""


def start(serve: Callable[[Connection], None], name: str) -> tuple[SpawnProcess, Connection]:
    """A new process that runs `serve` on the other end of the pipe. Raises NoEngine."""
    # spawned, not forked: a fork would copy the window's threads' locks as they happen to be
    context = multiprocessing.get_context("spawn")
    try:
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name=name, daemon=True)
        process.start()
    except (OSError, RuntimeError, ValueError) as fault:
        raise NoEngine from fault
    theirs.close()  # else its end would never be seen here
    return process, ours


def end(process: SpawnProcess | None) -> None:
    """End a process, whatever it does."""
    if process is not None:
        process.kill()
        process.join(JOIN_S)
