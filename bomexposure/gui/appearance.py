"""The commands that change how the window looks, and what is remembered of it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from bomexposure.gui.actions import Actions
from bomexposure.gui.looks import THEMES, Looks


class Appearance:
    """Theme, contrast, density, text size; each is kept in the settings as it changes."""

    def __init__(self, looks: Looks, settings: QSettings) -> None:
        self._looks, self._settings = looks, settings

    def set_theme(self, choice: str) -> None:
        """System, light or dark."""
        self._looks.set(choice=choice)
        self._settings.setValue("theme", choice)

    def toggle_contrast(self) -> None:
        """Stronger lines and captions."""
        self._looks.set(sharp=not self._looks.sharp)
        self._settings.setValue("contrast", self._looks.sharp)

    def set_density(self, density: str) -> None:
        """Comfortable or compact rows."""
        self._looks.set(compact=density == "compact")
        self._settings.setValue("compact", self._looks.compact)

    def zoom(self, way: str) -> None:
        """Larger, smaller or normal text."""
        self._looks.zoom({"in": 1, "out": -1}.get(way, 0))
        self._settings.setValue("scale", self._looks.scale)

    def tick(self, actions: Actions) -> None:
        """Tick the menu rows that are in force."""
        looks = self._looks
        for choice in THEMES:
            actions[f"appearance.set_theme:{choice}"].setChecked(looks.choice == choice)
        actions["appearance.toggle_contrast"].setChecked(looks.sharp)
        actions["appearance.set_density:compact"].setChecked(looks.compact)
        actions["appearance.set_density:comfortable"].setChecked(not looks.compact)

    def restore(self) -> None:
        """What was chosen last time."""
        value = self._settings.value
        self._looks.set(
            choice=str(value("theme", "system")),
            scale=float(str(value("scale", 1.0))),
            compact=str(value("compact", "false")) == "true",
            sharp=str(value("contrast", "false")) == "true",
        )

    def restore_window(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Size, place and splitter of last time; at first what the screen has room for."""
        geometry = self._settings.value("geometry", None)
        if isinstance(geometry, QByteArray) and not geometry.isEmpty():
            window.restoreGeometry(geometry)
        else:
            screen = QGuiApplication.primaryScreen()
            room = screen.availableSize() if screen is not None else QSize(1440, 900)
            window.resize(min(1440, room.width()), min(900, room.height()))
        state = self._settings.value("splitter", None)
        if isinstance(state, QByteArray) and not state.isEmpty():
            splitter.restoreState(state)

    def keep_window(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Remember size, place and splitter."""
        self._settings.setValue("geometry", window.saveGeometry())
        if splitter.count() > 1:  # else the panel is a drawer, and the splitter says nothing
            self._settings.setValue("splitter", splitter.saveState())
        self._settings.sync()
