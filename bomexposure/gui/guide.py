"""The commands that help: all commands by name, the keys, the measures, and about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from bomexposure import __version__
from bomexposure.gui.actions import Actions
from bomexposure.gui.context import Context
from bomexposure.gui.helppage import HelpPage
from bomexposure.gui.keyspage import KeysPage
from bomexposure.gui.palette import TOP, CommandPalette, commands, lines, minerals
from bomexposure.present.words import tr


class Guide:
    """Opens one page at a time over the window; each deletes itself when closed."""

    def __init__(
        self, window: QMainWindow, context: Context, actions: Callable[[], Actions]
    ) -> None:
        self._window, self._context, self._actions = window, context, actions

    def palette(self) -> CommandPalette:
        """The palette, not yet shown."""
        context = self._context
        sources = (commands(self._actions()), minerals(context), lines(context))
        return CommandPalette(self._window, context, sources)

    def show_palette(self) -> None:
        """All commands, places, minerals and lines by name."""
        window, palette = self._window, self.palette()
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = window.mapToGlobal(window.rect().topLeft())
        palette.move(corner.x() + (window.width() - palette.width()) // 2, corner.y() + TOP)
        palette.show()
        palette.field.setFocus()

    def show_keys(self) -> None:
        """All keys on one page."""
        page = KeysPage(self._window, self._actions(), self._context.looks)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()

    def show_help(self) -> None:
        """What each measure means."""
        page = HelpPage(self._window, self._context.looks)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()

    def show_about(self) -> None:
        """Version, data edition, licence."""
        facts = self._context.analyst.reference
        data = tr(", data {edition}", edition=facts.edition) if facts is not None else ""
        self._context.messages.say(
            tr(
                "bomexposure {version}{data}. Apache-2.0. No network, no account.",
                version=__version__,
                data=data,
            ),
            "info",
        )
