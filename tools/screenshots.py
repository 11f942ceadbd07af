"""Pictures of every place for the docs: `python tools/screenshots.py [FOLDER] [--book FILE]`.

Needs a display (or `xvfb-run`). Opens the shipped sample on a fixed day, so that the same program
gives the same pictures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from bomexposure.gui.app import application
from bomexposure.gui.document import Document
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.viewstate import PLACES, Subject
from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import Choices
from bomexposure.model.project import Project
from bomexposure.model.resources import resource

AS_OF = date(2026, 11, 22)
THEMES = ("light", "dark")


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Wait until nothing is computed and everything is painted."""
    wait(150)
    while True:
        queues = [window.analyst.jobs, window.analyst.writing]
        queues += [one.jobs for one in window.places.values() if hasattr(one, "jobs")]
        if not any(one.busy for one in queues):
            break
        wait(50)
    wait(250)


def take(window: MainWindow, folder: Path, name: str) -> None:
    """Save the window as it is."""
    settle(window)
    path = folder / f"{name}.png"
    window.grab().save(str(path))
    print(path)


def shoot(folder: Path, book: Path, theme: str, width: int, height: int) -> None:
    """All places of one book in one theme and size."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "s.ini"), QSettings.Format.IniFormat)
        document = Document(Project(choices=Choices(as_of=AS_OF)))
        window = MainWindow(settings, document=document, data_folder=Path(scratch))
        window.resize(width, height)
        window.appearance.set_theme(theme)
        window.show()
        settle(window)
        take(window, folder, f"{theme}-start")
        window.analyst.open(Project(choices=Choices(as_of=AS_OF), workbook=str(book)))
        settle(window)
        window.frame.show_panel(True)
        lines = window.lines.table.lines.book
        if lines is not None and lines.count:
            ring = [n for n, text in enumerate(lines.haystack) if "magnet ring" in text]
            window.lines.go_to(ring[0] if ring else 0)
        take(window, folder, f"{theme}-lines")
        window.view.select(Subject("mineral", "gallium", "Gallium"), place="exposure")
        for place in PLACES:
            if place in window.places and place not in ("start", "lines"):
                window.go(place)
                take(window, folder, f"{theme}-{place}")
        window.go("import")
        take(window, folder, f"{theme}-import")
        window.close()
        window.deleteLater()


def main() -> int:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("docs/screenshots"))
    asked.add_argument("--book", type=Path, default=None)
    asked.add_argument("--size", default="1440x900")
    asked.add_argument("--theme", choices=THEMES, default=None)
    given = asked.parse_args()
    calm_switching()
    application()
    given.folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in given.size.split("x"))
    book = given.book or resource("samples", "coolant-pump.xlsx")
    for theme in (given.theme,) if given.theme else THEMES:
        shoot(given.folder, book.absolute(), theme, width, height)
    return 0


if __name__ == "__main__":
    sys.exit(main())
