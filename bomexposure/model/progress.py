"""How long work says how far it is and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step; raises `Cancelled` from `step` when the user wants to stop."""

    def step(self, label: str, done: int, total: int) -> None:
        """`label` is a sentence part such as "Reading the sheet"; `total` 0 means unknown."""


class Silent:
    """Progress that nobody watches."""

    def step(self, label: str, done: int, total: int) -> None:
        """Nothing to tell."""


SILENT: Progress = Silent()
