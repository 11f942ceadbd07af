"""Nothing is lost: a kill, a changed workbook, undone decisions, documents that are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fakes
import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from realwindow import opened, real_window, settled

from bomexposure.gui.recent import Recent
from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import Override
from bomexposure.project.refit import refit

BOOK = "Part No,Description,Qty,Price\n" + "".join(
    f"{name},{words},1,{price}\n"
    for name, words, price in (
        ("H-1", "Housing part per drawing 7", 20),
        ("R-1", "Rotor core part per drawing 12", 40),
        ("L-1", "LED green 0603", 0.1),
    )
)

DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from bomexposure.gui import app
from bomexposure.model.choices import Override

def work():
    windows = [one for one in app.application().topLevelWidgets() if hasattr(one, "review")]
    if not windows or windows[0].document.analysis is None or windows[0].analyst.jobs.busy:
        return
    window = windows[0]
    if not window.document.dirty:
        window.review.decide([1], Override(fingerprint="", no_critical_minerals=True,
                                           reason="asked the maker"))
app.application()
turn = QTimer()
turn.timeout.connect(work)
turn.start(100)
app.run(Path(sys.argv[1]))
"""
"""The real program, with a user in it who decides on one line and then only waits."""


def words_in(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def press(widget: Any, words: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == words).click()


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = tmp_path / "rotor.csv"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: Any, qapp: Any, tmp_path: Path, recorder: Any) -> Iterator[MainWindow]:
    del qtbot, qapp
    with real_window(tmp_path, recorder) as made:
        yield made


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_program_offers_its_work_at_the_next_start(
    tmp_path: Path, book_file: Path, recorder: Any, qapp: Any, qtbot: Any
) -> None:
    del qapp
    kept = tmp_path / "data"
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "BOMEXPOSURE_HOME": str(kept),
        "BOMEXPOSURE_SETTINGS": str(tmp_path / "other.ini"),
    }
    program = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(book_file)], env=surroundings, start_new_session=True
    )
    try:
        until = time.monotonic() + 120
        while not list(kept.glob("unsaved/[!.]*.bomx")):
            assert program.poll() is None, "the program ended by itself"
            assert time.monotonic() < until, "nothing was kept"
            time.sleep(0.1)
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    with real_window(tmp_path, recorder) as window:
        start = window.places["start"]
        told = words_in(start)
        assert "rotor.csv" in told
        assert "1 decision" in told
        with qtbot.waitSignal(window.analyst.opened, timeout=30_000):
            press(start, "Take it up")
        settled(window, qtbot)
        (one,) = window.document.project.choices.overrides
        assert one.no_critical_minerals
        assert one.reason == "asked the maker"
        # it is still not saved, and the window says so
        assert window.document.dirty
        assert "*" in window.windowTitle()
        target = tmp_path / "rotor.bomx"
        recorder.saves.append(target)
        window.actions_["files.save"].trigger()
        assert not window.document.dirty
        assert not list(kept.glob("unsaved/[!.]*"))


def test_decisions_follow_their_lines_in_a_changed_file(
    window: MainWindow, book_file: Path, qtbot: Any
) -> None:
    opened(window, book_file, qtbot)
    window.review.decide([1], Override(fingerprint="", no_critical_minerals=True))
    settled(window, qtbot)
    head, first, rest = BOOK.split("\n", 2)
    book_file.write_text(f"{head}\n{first}\nN-1,New bracket per drawing 9,1,3\n{rest}")
    window.files.look_at_disk()
    assert "changed on disk" in window.message_strip.text
    window.message_strip.acted.emit("files.read_again")
    settled(window, qtbot)
    settled(window, qtbot)
    book = window.document.book
    assert book is not None
    # the rotor was row 3 and is row 4 now; the new line in row 3 is not decided
    assert book.rows[2] == 4
    assert book.decided.tolist() == [False, False, True, False]
    assert "1 decision followed" in window.message_strip.text.lower() or "Follow" in (
        window.document.undo_stack.undoText()
    )


def test_a_decision_without_a_line_is_listed(
    window: MainWindow, book_file: Path, qtbot: Any
) -> None:
    opened(window, book_file, qtbot)
    window.review.decide([1], Override(fingerprint="", no_critical_minerals=True))
    settled(window, qtbot)
    book_file.write_text(BOOK.replace("Rotor core part per drawing 12", "Rotor, laminated"))
    window.actions_["files.read_again"].trigger()
    settled(window, qtbot)
    assert "fits no line" in window.message_strip.text
    window.actions_["show_decisions"].trigger()
    told = words_in(window.panel)
    assert "Fit no line of this file" in told
    assert "Row 3 set to no critical minerals" in told
    assert len(window.document.project.choices.overrides) == 1


def test_what_was_undone_stays_in_the_log(window: MainWindow, book_file: Path, qtbot: Any) -> None:
    opened(window, book_file, qtbot)
    window.review.decide([1], Override(fingerprint="", no_critical_minerals=True))
    settled(window, qtbot)
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    (entry,) = window.document.project.decisions
    assert entry.undone
    assert window.document.project.choices.overrides == ()
    window.actions_["show_decisions"].trigger()
    assert "Undone." in words_in(window.panel)
    window.actions_["redo"].trigger()
    settled(window, qtbot)
    assert [one.undone for one in window.document.project.decisions] == [False]


def test_a_recent_document_that_is_gone_is_found_again(
    window: MainWindow, book_file: Path, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    gone = tmp_path / "elsewhere.csv"
    Recent(window.settings).add(gone, 3, 100.0)
    start = window.places["start"]
    start.show_recent()  # type: ignore[attr-defined]
    assert "not where it was" in words_in(start)
    recorder.opens.append(book_file)
    with qtbot.waitSignal(window.analyst.opened, timeout=30_000):
        line = next(
            b for b in start.findChildren(QPushButton) if b.accessibleName() == "Find elsewhere"
        )
        line.click()
    settled(window, qtbot)
    paths = [one.path for one in Recent(window.settings).entries()]
    assert paths == [str(book_file)]


def test_of_lines_with_the_same_text_the_nearest_free_one_is_taken() -> None:
    lines = fakes.analysis().bom.lines
    alike = lines.iloc[[1, 1, 1]].reset_index(drop=True)
    alike = alike.assign(id=["6", "9", "30"], row=[6, 9, 30])
    text = str(alike["fingerprint"].iat[0])
    stays = Override(fingerprint=text, line_id="9")
    moves = replace(stays, line_id="11")
    found = refit((stays, moves), alike)
    # 9 is nearer to 11 but has a decision of its own
    assert (found.exact, found.moved, found.orphaned) == (1, ((moves, "6"),), ())
