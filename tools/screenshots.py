"""Pictures of every place: `python tools/screenshots.py [FOLDER] [--book FILE] [--size 1280x800]`.

Needs a display (or `xvfb-run`). Opens the shipped sample, or a chosen book, on a fixed day, so that
the same program gives the same pictures. `--scale` is the screen's (1.5 for 150 %), `--text` the
user's text size; `--places` takes a few places only. With neither a theme nor a folder given it
renews the pictures of the docs: all places light, DARK_FOR_DOCS dark.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QColor, QImage

from bomexposure.gui import query
from bomexposure.gui.app import application
from bomexposure.gui.document import Document
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.theme import Theme
from bomexposure.gui.viewstate import PLACES, Subject
from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import Choices
from bomexposure.model.project import Project
from bomexposure.model.resources import resource

AS_OF = date(2026, 11, 22)
THEMES = ("light", "dark")
DOCS = Path("docs/screenshots")
DARK_FOR_DOCS = ("lines", "exposure")


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Wait until nothing is computed and everything is painted."""
    wait(150)
    idle = 0
    while idle < 3:  # a place may begin a job of its own a moment after another ended
        queues = [window.analyst.jobs, window.analyst.writing, window.analyst.playing]
        for one in window.places.values():  # Substitutes works out the effect of an option apart
            queues += [getattr(one, of) for of in ("jobs", "_effects") if hasattr(one, of)]
        idle = 0 if any(one.busy for one in queues) else idle + 1
        wait(100)
    wait(250)


def meaning(theme: Theme) -> list[str]:
    """The colours that carry meaning, and each half and quarter mixed into the ground."""
    told = [theme.reliance, theme.china, theme.accent, theme.warn, theme.error, *theme.seq]
    mixed = []
    for color in told:
        one, ground = QColor(color), QColor(theme.surface)
        for part in (0.75, 0.5, 0.25):
            parts = (
                round(part * getattr(one, name)() + (1 - part) * getattr(ground, name)())
                for name in ("red", "green", "blue")
            )
            mixed.append(QColor(*parts).name())
    return [*told, *theme.div, *mixed]


def take(window: MainWindow, folder: Path, name: str) -> None:
    """Save the window as it is."""
    settle(window)
    path = folder / f"{name}.png"
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    # 256 colours are plenty for flat areas, and take a third of the bytes: the commonest, and those
    # that mean something however seldom they stand there (blue figures came out in the accent)
    pixels = np.frombuffer(picture.constBits(), np.uint32)
    colors, counts = np.unique(pixels, return_counts=True)
    common = [int(color) for color in colors[np.argsort(-counts)]]
    meant = [QColor(color).rgb() for color in meaning(window.looks.theme)]
    table = list(dict.fromkeys([*meant, *common]))[:256]
    calm = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    picture.convertToFormat(QImage.Format.Format_Indexed8, table, calm).save(str(path))
    print(path)


def shoot(
    folder: Path, book: Path, theme: str, size: tuple[int, int], text: float, wanted: set[str]
) -> None:
    """Places of one book in one theme and size; an empty `wanted` takes them all."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "s.ini"), QSettings.Format.IniFormat)
        document = Document(Project(choices=Choices(as_of=AS_OF)))
        window = MainWindow(settings, document=document, data_folder=Path(scratch))
        window.resize(*size)
        window.looks.set(choice=theme, scale=text)
        window.show()
        settle(window)

        def shot(place: str) -> None:
            if not wanted or place in wanted:
                take(window, folder, f"{theme}-{place}")

        shot("start")
        window.analyst.open(Project(choices=Choices(as_of=AS_OF), workbook=str(book)))
        settle(window)
        window.frame.show_panel(True)
        lines = window.lines.table.lines.book
        if lines is not None and lines.count:
            ring = query.mask(lines, '"magnet ring"').nonzero()[0].tolist()
            window.lines.go_to(ring[0] if ring else 0)
        shot("lines")
        window.view.select(Subject("mineral", "gallium", "Gallium"), place="exposure")
        for place in (*PLACES, "import"):
            if place in window.places and place not in ("start", "lines"):
                if not wanted or place in wanted:
                    window.go(place)
                shot(place)
        window.close()
        window.deleteLater()


def main() -> int:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=DOCS)
    asked.add_argument("--book", type=Path, default=None)
    asked.add_argument("--size", default="1440x900")
    asked.add_argument("--theme", choices=THEMES, default=None)
    asked.add_argument("--scale", default="", help="of the screen, such as 1.5")
    asked.add_argument("--text", type=float, default=1.0, help="text size, 0.9 to 2")
    asked.add_argument("--places", default="", help="such as lines,exposure; all by default")
    given = asked.parse_args()
    if given.scale:
        os.environ["QT_SCALE_FACTOR"] = given.scale
    calm_switching()
    application()
    given.folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in given.size.split("x"))
    book = given.book or resource("samples", "coolant-pump.xlsx")
    wanted = {one for one in given.places.split(",") if one}
    for theme in (given.theme,) if given.theme else THEMES:
        few = set(DARK_FOR_DOCS) if given.folder == DOCS and theme == "dark" else set()
        shoot(given.folder, book.absolute(), theme, (width, height), given.text, wanted or few)
    return 0


if __name__ == "__main__":
    sys.exit(main())
