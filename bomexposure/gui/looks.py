"""How the window looks now: theme, text size, density and contrast, and telling who must know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from bomexposure.gui.icons import StyleImages, scale_icons
from bomexposure.gui.sheet import style_sheet
from bomexposure.gui.theme import DARK, LIGHT, Theme, Type, palette, sharper, system_type

THEMES = ("system", "light", "dark")
TEXT_SIZES = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Looks(QObject):
    """The current theme and type; `changed` after either was replaced and applied."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice, self._scale = "system", 1.0
        self._compact = self._sharp = False
        self._held = False
        self._images = StyleImages()
        self.theme: Theme = LIGHT
        self.type: Type = system_type()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)

    @property
    def choice(self) -> str:
        """One of THEMES."""
        return self._choice

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def compact(self) -> bool:
        return self._compact

    @property
    def sharp(self) -> bool:
        """High contrast."""
        return self._sharp

    @property
    def row_height(self) -> int:
        return self.type.s(24 if self._compact else 28)

    def set(
        self,
        *,
        choice: str | None = None,
        scale: float | None = None,
        compact: bool | None = None,
        sharp: bool | None = None,
    ) -> None:
        """Change what is given and apply it to the whole application."""
        self._choice = self._choice if choice not in THEMES else choice
        self._scale = self._scale if scale is None else min(2.0, max(0.9, scale))
        self._compact = self._compact if compact is None else compact
        self._sharp = self._sharp if sharp is None else sharp
        self.apply()

    def zoom(self, step: int) -> None:
        """The next larger (1) or smaller (-1) text size; 0 goes back to 100 %."""
        if step == 0:
            self.set(scale=1.0)
            return
        nearest = min(range(len(TEXT_SIZES)), key=lambda at: abs(TEXT_SIZES[at] - self._scale))
        self.set(scale=TEXT_SIZES[min(len(TEXT_SIZES) - 1, max(0, nearest + step))])

    @contextmanager
    def held(self) -> Iterator[None]:
        """Build widgets inside: they get the style sheet once, when all of them are there.

        Under a sheet Qt styles a widget anew each time that it, or anything it is in, is put into
        another: a window of many small parts takes twice as long to build. A window that is on
        show keeps the sheet.
        """
        app = QApplication.instance()
        if not isinstance(app, QApplication) or any(
            one.isVisible() for one in app.topLevelWidgets()
        ):
            yield
            return
        app.setStyleSheet("")
        self._held = True
        try:
            yield
        finally:
            self._held = False
            app.setStyleSheet(self._sheet())

    def apply(self) -> None:
        """Give the application its style, palette, font and style sheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        dark = self._choice == "dark" or (
            self._choice == "system"
            and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        base = DARK if dark else LIGHT
        self.theme = sharper(base) if self._sharp else base
        self.type = system_type(self._scale)
        scale_icons(self.type.s(100) / 100)
        # a style sheet hides the name of the style below it, so what was set is noted apart
        if app.property("bomexposureStyle") != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
            app.setProperty("bomexposureStyle", "fusion")
        colors, font = palette(self.theme), QFont(self.type.font("body"))
        sheet = app.styleSheet() if self._held else self._sheet()
        if sheet != app.styleSheet():
            # one sheet put in another's place styles each widget once for every widget that it is
            # in, a window of 2,000 for seconds; without a sheet between, each of them twice
            app.setStyleSheet("")
        if app.palette() != colors:
            app.setPalette(colors)
        if app.font() != font:
            app.setFont(font)
        if sheet != app.styleSheet():
            app.setStyleSheet(sheet)
        self.changed.emit()

    def _sheet(self) -> str:
        return style_sheet(
            self.theme,
            self.type,
            chevron=self._images.file("chevron", self.theme.text_2),
            tick=self._images.file("tick", self.theme.accent_on),
        )

    def _on_scheme(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self.apply()
