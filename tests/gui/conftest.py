"""A window for tests: offscreen, its own settings, recorded questions, nothing left running."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

try:
    from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication
except ImportError as fault:
    raise pytest.UsageError(
        f"Qt cannot load ({fault}); on Debian or Ubuntu: "
        "apt-get install -y libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
    ) from fault

import fakes

from bomexposure.gui.document import Document
from bomexposure.gui.garbage import GuiCollector
from bomexposure.gui.messages import Messages
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference


class Recorder(Messages):
    """Answers questions from a script and opens nothing."""

    def __init__(self) -> None:
        super().__init__(None)
        self.texts: list[tuple[str, str]] = []
        self.opens: list[Path | None] = []
        self.saves: list[Path | None] = []
        self.answer = "discard"
        self.crashes: list[BaseException] = []
        self.said.connect(lambda message: self.texts.append((message.level, message.text)))

    def crash(self, fault: BaseException) -> None:
        self.crashes.append(fault)

    def ask_save(self, name: str) -> str:
        del name
        return self.answer

    def choose_open(self, title: str, folder: str, kinds: str) -> Path | None:
        del title, folder, kinds
        return self.opens.pop(0)

    def choose_several(self, title: str, folder: str, kinds: str) -> list[Path]:
        path = self.choose_open(title, folder, kinds)
        return [path] if path is not None else []

    def choose_save(self, title: str, proposed: Path, kinds: str) -> Path | None:
        del title, proposed, kinds
        return self.saves.pop(0)

    def choose_folder(self, title: str, folder: str) -> Path | None:
        del title, folder
        return self.saves.pop(0)


def fake_run(project: Project, reference: Reference, progress: Progress) -> Analysis:
    """The hand-made analysis, under the project's own choices."""
    from dataclasses import replace

    del reference
    progress.step("Reading", 0, 1)
    made = fakes.analysis()
    rows = [[], [], [], ["Part", "Description", "Qty"], ["CP-40", "Coolant pump, complete", "1"]]
    bom = replace(made.bom, preview={made.bom.read[0].sheet: rows})
    return replace(made, choices=project.choices, bom=bom)


@pytest.fixture(scope="session")
def collector(qapp: QApplication) -> Iterator[GuiCollector]:
    """As in the program: no worker of a test frees a widget of the test before."""
    del qapp
    made = GuiCollector()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def rings_are_freed_here(collector: GuiCollector) -> Iterator[None]:
    """Whether the event loop ran in the test or not."""
    yield
    collector.collect()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A file that is there; the fake run does not read it."""
    path = tmp_path / "pump.xlsx"
    path.write_bytes(b"not read")
    return path


@pytest.fixture
def recorder(qapp: QApplication) -> Recorder:
    del qapp
    return Recorder()


@pytest.fixture
def window(
    qtbot: object,
    qapp: QApplication,
    tmp_path: Path,
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window on hand-made data and its day; it must end without threads or timers."""
    del qapp
    from datetime import date

    from fakes import AS_OF

    from bomexposure.gui import files
    from bomexposure.model.choices import Choices

    class Day(date):
        @classmethod
        def today(cls) -> date:
            return AS_OF  # a plain date: a project file holds no other kind

    monkeypatch.setattr(files, "date", Day)

    document = Document(Project(choices=Choices(as_of=AS_OF)))
    analyst = Analyst(document, load=lambda _edition: fakes.reference(), run=fake_run)
    made = MainWindow(
        QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat),
        messages=recorder, document=document, analyst=analyst, data_folder=tmp_path / "data",
    )  # fmt: skip
    made.resize(1440, 900)
    made.show()
    qtbot.waitUntil(lambda: not analyst.jobs.busy, timeout=20_000)  # type: ignore[attr-defined]
    yield made
    recorder.answer = "discard"
    made.close()
    assert not analyst.jobs.busy
    assert not analyst.writing.busy
    ticking = [one.objectName() for one in made.findChildren(QTimer) if one.isActive()]
    assert not ticking, f"timers outlive the window: {ticking}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert not recorder.crashes, recorder.crashes
    made.deleteLater()
    # else every later change of style polishes the widgets of all windows before
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_book(window: MainWindow, book: Path, qtbot: object) -> Callable[[], MainWindow]:
    """Opens the hand-made BOM through the window's own path and waits for it."""

    def go() -> MainWindow:
        with qtbot.waitSignal(window.analyst.opened, timeout=20_000):  # type: ignore[attr-defined]
            window.files.open_path(book)
        return window

    return go
