"""A window on the shipped data, for the paths in which what was computed matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from bomexposure import reference
from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference

AS_OF = date(2026, 11, 22)


@cache
def shipped() -> Reference:
    """The shipped facts, loaded once in a test run."""
    return reference.load("")


@contextmanager
def real_window(folder: Path, messages: Messages) -> Iterator[MainWindow]:
    """A window that computes on the shipped facts; `folder` holds all that it keeps."""
    document = Document(Project(choices=Choices(as_of=AS_OF)))
    analyst = Analyst(document, load=lambda _edition: shipped())
    made = MainWindow(
        QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat),
        messages=messages, document=document, analyst=analyst, data_folder=folder / "data",
    )  # fmt: skip
    made.resize(1440, 900)
    made.show()
    try:
        yield made
    finally:
        made.document.undo_stack.setClean()
        made.close()
        made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(window: MainWindow, path: Path, qtbot: Any) -> None:
    """Open a file through the window's own door and wait until it is shown."""
    before = window.document.analysis
    window.files.open_path(path)
    settled(window, qtbot)
    assert window.document.analysis is not before, window.message_strip.text


def settled(window: MainWindow, qtbot: Any) -> None:
    """Wait until nothing is computed."""
    qtbot.waitUntil(lambda: not window.analyst.jobs.busy, timeout=30_000)
