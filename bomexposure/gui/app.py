"""The door to the window: `run(workbook)` opens it and stays until it is closed."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLocale, QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from bomexposure import __version__
from bomexposure.gui.charts.plots import pyqtgraph
from bomexposure.gui.charts.worldmap import lands
from bomexposure.gui.document import Document
from bomexposure.gui.engine.link import Engine
from bomexposure.gui.garbage import GuiCollector
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.theme import ship_eastern_letters
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices
from bomexposure.model.errors import UsageError
from bomexposure.model.project import Project
from bomexposure.model.resources import resource
from bomexposure.present import numbers, words

log = logging.getLogger(__name__)

SETTINGS_ENV = "BOMEXPOSURE_SETTINGS"
"""Path of an ini file that holds the window's settings instead of the system's place."""


WARM_AFTER_MS = 300

SMOKE_ENV = "BOMEXPOSURE_SMOKE"
"""Path of a picture: once a workbook is open the window saves itself there and closes. A built
program is proved with it (packaging/smoke.py)."""


def settings() -> QSettings:
    """The window's settings; never anything that changes a number."""
    path = os.environ.get(SETTINGS_ENV, "")
    if path:
        return QSettings(path, QSettings.Format.IniFormat)
    return QSettings("bomexposure", "bomexposure")


def application() -> QApplication:
    """The one QApplication, made when there is none yet."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QCoreApplication.setApplicationName("bomexposure")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationName("bomexposure")
    made = QApplication(sys.argv[:1])
    made.setDesktopFileName("org.bomexposure.bomexposure")
    ship_eastern_letters()
    made.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    return made


def marks_of(locale: QLocale, language: str = "") -> numbers.Marks:
    """How a locale writes numbers; the fixed marks where it writes them as files have them.

    Digits are the Latin ones everywhere, so a locale with others gets the marks that go with them.
    """
    if locale.zeroDigit() != "0":
        return numbers.Marks(language=language) if language else numbers.FIXED
    found = numbers.Marks(locale.decimalPoint(), locale.groupSeparator(), language)
    return numbers.FIXED if found == numbers.FIXED else found


def find_screen() -> None:
    """Raises UsageError where there is no desktop to open a window on: Qt would abort."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(one) for one in names):
        raise UsageError(
            "There is no screen to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Call it from a desktop, or use `bomexposure analyze`, which needs none.",
        )


def run(workbook: Path | None = None) -> int:
    """Open the window, on a workbook or project if one is given; gives the exit code.

    Raises UsageError where there is no screen.
    """
    find_screen()
    calm_switching()
    app = application()
    numbers.speak(marks_of(QLocale(), words.find(QLocale().uiLanguages())))
    document = Document(Project(choices=Choices(as_of=date.today())))
    analyst = Analyst(document, engine=Engine())
    window = MainWindow(settings(), document=document, analyst=analyst)
    _catch_faults(window)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    # Python's signal handlers only run when the interpreter gets a turn
    turn = QTimer()
    turn.timeout.connect(lambda: None)
    turn.start(250)
    window.analyst.opened.connect(load_plots)
    window.show()
    picture = os.environ.get(SMOKE_ENV, "")
    if picture:
        analyst.opened.connect(
            lambda: QTimer.singleShot(500, window, lambda: _prove(window, picture))
        )
    if workbook is not None:
        analyst.warm()  # it loads its facts while the window loads its own
        window.files.open_path(workbook)
    else:
        # after the first picture, so that starting it does not delay that
        QTimer.singleShot(WARM_AFTER_MS, analyst, analyst.warm)
    # what is there now stays to the end: a collection that looks through it holds the window up
    gc.freeze()
    collector = GuiCollector()
    code = app.exec()
    collector.stop()
    analyst.shut_down()  # where the desktop ended the program without closing the window
    return code


def _prove(window: MainWindow, picture: str) -> None:
    window.grab().save(picture, "PNG")
    window.close()


def load_plots() -> None:
    """Load the plot library and the map while the lines are read: no first chart waits for them.

    Start-up does not load them at all. A second call finds them loaded and ends at once.
    """

    def load() -> None:
        pyqtgraph()
        lands()

    threading.Thread(target=load, name="plots").start()


def _catch_faults(window: MainWindow) -> None:
    """Any exception that nobody caught goes to the crash box instead of the terminal."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        window.messages.crash(fault.with_traceback(trace))

    sys.excepthook = hook
