"""What goes wrong while a window works leaves it as it was, and says what to do."""

from __future__ import annotations

import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import fakes
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from bomexposure.gui.app import run
from bomexposure.gui.document import Document
from bomexposure.gui.engine.link import Engine
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices
from bomexposure.model.errors import UsageError, WorkbookError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.resources import resource


def test_a_file_that_cannot_be_read_leaves_the_document_and_says_the_remedy(
    window: MainWindow, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    good, bad = tmp_path / "pump.xlsx", tmp_path / "broken.xlsx"
    good.write_bytes(b"not read")
    bad.write_bytes(b"not read")

    read = window.analyst.run

    def run(project: Project, reference: Any, progress: Progress) -> Any:
        if project.workbook.endswith(bad.name):
            raise WorkbookError("broken.xlsx has no rows.", "Choose the sheet with the parts.")
        return read(project, reference, progress)

    window.analyst._run = run
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(good)
    before = window.document.analysis
    with qtbot.waitSignal(window.analyst.failed, timeout=20_000):
        window.files.open_path(bad)
    qtbot.waitUntil(lambda: not window.analyst.jobs.busy, timeout=20_000)
    said = recorder.texts[-1][1]
    assert "no rows" in said
    assert "Choose the sheet" in said
    assert window.document.analysis is before
    assert Path(window.document.project.workbook).name == good.name
    # and it still answers: an edit is computed, and undone
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.document.edit("As of", _day_after(window.document.project))
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["undo"].trigger()
    assert window.document.project.choices.as_of == fakes.AS_OF


def _day_after(project: Project) -> Project:
    from bomexposure.project import edits

    return edits.set_as_of(project, date(2026, 12, 1))


def test_of_two_files_opened_at_once_the_newer_is_shown(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    slow, quick = tmp_path / "slow.xlsx", tmp_path / "quick.xlsx"
    slow.write_bytes(b"not read")
    quick.write_bytes(b"not read")
    began, go_on = threading.Event(), threading.Event()

    read = window.analyst.run

    def run(project: Project, reference: Any, progress: Progress) -> Any:
        if project.workbook.endswith(slow.name):
            began.set()
            assert go_on.wait(20)
        return read(project, reference, progress)

    window.analyst._run = run
    shown: list[str] = []
    window.analyst.shown.connect(lambda: shown.append(window.document.project.workbook))
    window.files.open_path(slow)
    qtbot.waitUntil(began.is_set, timeout=20_000)
    window.files.open_path(quick)
    go_on.set()
    qtbot.waitUntil(lambda: not window.analyst.jobs.busy, timeout=20_000)
    assert [Path(one).name for one in shown] == [quick.name]
    assert "quick" in window.windowTitle()


def test_a_window_closed_while_its_process_computes_leaves_nothing_behind(
    tmp_path: Path, recorder: Any, qtbot: Any
) -> None:
    document = Document(Project(choices=Choices(as_of=fakes.AS_OF)))
    engine = Engine()
    analyst = Analyst(document, load=lambda _edition: fakes.reference(), engine=engine)
    made = MainWindow(
        QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat),
        messages=recorder, document=document, analyst=analyst, data_folder=tmp_path / "data",
    )  # fmt: skip
    made.show()
    qtbot.waitUntil(lambda: not analyst.jobs.busy, timeout=20_000)
    made.files.open_path(resource("samples", "coolant-pump.xlsx"))
    qtbot.waitUntil(lambda: engine.alive, timeout=20_000)
    assert analyst.jobs.busy
    made.close()
    assert not analyst.jobs.busy
    assert not engine.alive
    assert not recorder.crashes
    assert not [text for level, text in recorder.texts if level == "error"]
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a desktop is always there")
def test_without_a_screen_the_call_says_what_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would abort, and leave a core dump."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UsageError, match="no screen") as fault:
        run()
    assert "bomexposure analyze" in fault.value.mend
