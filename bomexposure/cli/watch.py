"""Progress on stderr: a bar where a person watches, silence where a pipeline does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bomexposure.model.progress import SILENT, Progress


@contextmanager
def watched() -> Iterator[Progress]:
    """A `Progress` that draws on stderr while the block runs, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield SILENT
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )

    class Drawn:
        def __init__(self, task: TaskID) -> None:
            self._task = task

        def step(self, label: str, done: int, total: int) -> None:
            bars.update(self._task, description=label, completed=done, total=total or None)

    with bars:
        yield Drawn(bars.add_task("Starting", total=None))
