"""Rings of objects are freed where the widgets live."""

from __future__ import annotations

import threading
from typing import Any

from bomexposure.gui.garbage import GuiCollector
from bomexposure.gui.jobs import Jobs


class Ring:
    """Holds itself, and notes the thread that frees it."""

    def __init__(self, freed: list[str]) -> None:
        self.me, self.freed = self, freed

    def __del__(self) -> None:
        self.freed.append(threading.current_thread().name)


def test_a_worker_that_allocates_frees_no_ring_of_the_window(
    qtbot: Any, collector: GuiCollector
) -> None:
    freed: list[str] = []
    jobs = Jobs()

    def work(_progress: object) -> None:
        # 20,000 lists that stay: Python would collect some 28 times on this thread
        kept = [[number] for number in range(20_000)]
        del kept

    try:
        Ring(freed)
        with qtbot.waitSignal(jobs.succeeded):
            jobs.start("Allocate", work)
        kept = [[number] for number in range(1_000)]  # over the first threshold
        collector.collect()
        assert freed == ["MainThread"]
        del kept
    finally:
        jobs.shut_down()
