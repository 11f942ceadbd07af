"""The job queue: newest wins, cancel, failure, and a close while a job runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from bomexposure.gui.jobs import Jobs
from bomexposure.model.errors import Cancelled, WorkbookError
from bomexposure.model.progress import Progress


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    del qapp
    made = Jobs()
    yield made
    made.shut_down()


def test_only_the_newest_job_reports(qtbot: Any, jobs: Jobs) -> None:
    gate, results = threading.Event(), []
    jobs.start("old", lambda _p: gate.wait(2) and "old", results.append)
    with qtbot.waitSignal(jobs.idle):
        jobs.start("new", lambda _p: "new", results.append)
        gate.set()
    assert results == ["new"]


def test_300_jobs_in_a_row_end_with_the_last(qtbot: Any, jobs: Jobs) -> None:
    results: list[int] = []
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        for number in range(300):
            jobs.start("count", lambda _p, n=number: n, results.append)
    assert results == [299]


def test_what_is_to_be_written_stands_in_line(qtbot: Any, qapp: Any) -> None:
    del qapp
    jobs = Jobs(in_line=True)
    gate, begun, made = threading.Event(), threading.Event(), []

    def first(_progress: Progress) -> str:
        begun.set()
        gate.wait(5)
        return "first"

    try:
        with qtbot.waitSignal(jobs.idle):
            jobs.start("first", first, made.append)
            jobs.start("second", lambda _p: "second", made.append)
            jobs.start("third", lambda _p: "third", made.append)
            begun.wait(5)
            assert jobs.waiting == 2
            gate.set()
        assert made == ["first", "second", "third"]
    finally:
        jobs.shut_down()


def test_a_cancel_stops_one_of_the_line_and_a_fault_none_of_the_others(
    qtbot: Any, qapp: Any
) -> None:
    del qapp
    jobs = Jobs(in_line=True)
    begun, made = threading.Event(), []

    def endless(progress: Progress) -> None:
        while True:
            progress.step("Writing", 0, 0)
            begun.set()

    def failing(_progress: Progress) -> None:
        raise WorkbookError("The disk is full.", "Make room.")

    try:
        with qtbot.waitSignals([jobs.cancelled, jobs.failed, jobs.idle]):
            jobs.start("endless", endless, made.append)
            jobs.start("failing", failing, made.append)
            jobs.start("third", lambda _p: "third", made.append)
            begun.wait(5)
            jobs.cancel()
        assert made == ["third"]
        assert not jobs.busy
    finally:
        jobs.shut_down()


def test_cancel_stops_at_the_next_step(qtbot: Any, jobs: Jobs) -> None:
    began, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        began.set()
        try:
            while True:
                progress.step("Counting", 1, 2)
        except Cancelled:
            ended.set()
            raise

    with qtbot.waitSignal(jobs.cancelled):
        jobs.start("endless", work, pytest.fail)
        began.wait(5)
        jobs.cancel()
    assert ended.is_set()
    assert not jobs.busy


def test_a_failure_is_handed_over_as_a_value(qtbot: Any, jobs: Jobs) -> None:
    def work(_progress: Progress) -> None:
        raise WorkbookError("The file is empty.", "Choose another.")

    with qtbot.waitSignal(jobs.failed) as caught:
        jobs.start("read", work)
    assert isinstance(caught.args[0], WorkbookError)
    assert caught.args[0].mend == "Choose another."


def test_shut_down_waits_for_the_worker(qtbot: Any, jobs: Jobs) -> None:
    del qtbot
    began, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        began.set()
        try:
            while True:
                progress.step("Working", 0, 0)
        finally:
            ended.set()

    jobs.start("long", work)
    began.wait(5)
    jobs.shut_down()
    assert ended.is_set()


def test_progress_reaches_the_window_on_its_thread(qtbot: Any, jobs: Jobs) -> None:
    seen: list[tuple[str, int, int, bool]] = []
    main = threading.current_thread()
    jobs.progressed.connect(
        lambda label, done, total: seen.append(
            (label, done, total, threading.current_thread() is main)
        )
    )
    with qtbot.waitSignal(jobs.idle):
        jobs.start("read", lambda progress: progress.step("Reading the sheet", 3, 9))
    assert seen == [("Reading the sheet", 3, 9, True)]


def test_a_result_is_taken_in_turns_and_the_job_ends_with_the_last(qtbot: Any, jobs: Jobs) -> None:
    """What waits in the event loop is answered between two turns."""
    order: list[str] = []

    def take(result: str) -> Iterator[None]:
        order.append(f"{result} 1")
        QTimer.singleShot(0, lambda: order.append("pressed"))
        yield
        assert jobs.busy
        order.append(f"{result} 2")

    with qtbot.waitSignal(jobs.idle):
        jobs.start("read", lambda _p: "book", take)
    assert order == ["book 1", "pressed", "book 2"]
    assert not jobs.busy


def test_a_new_job_finds_the_result_before_taken_in_whole(qtbot: Any, jobs: Jobs) -> None:
    order: list[str] = []

    def take(result: str) -> Iterator[None]:
        order.append(f"{result} 1")
        if result == "first":
            QTimer.singleShot(0, lambda: jobs.start("again", lambda _p: "second", take))
        yield
        order.append(f"{result} 2")

    jobs.start("read", lambda _p: "first", take)
    qtbot.waitUntil(lambda: "second 2" in order and not jobs.busy, timeout=10_000)
    assert order == ["first 1", "first 2", "second 1", "second 2"]


def test_a_fault_while_a_result_is_taken_in_leaves_the_queue_ready(qtbot: Any, jobs: Jobs) -> None:
    def take(_result: object) -> Iterator[None]:
        yield
        raise RuntimeError("a place cannot draw this")

    with qtbot.captureExceptions() as caught:
        jobs.start("read", lambda _p: 1, take)
        qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert len(caught) == 1
    results: list[int] = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start("next", lambda _p: 2, results.append)
    assert results == [2]
