# ruff: noqa: E501 (conditions read best on one line)
"""The frame: strip above, rail at the left, places in the centre, panel right, messages below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from bomexposure.gui.blocks import column, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.messagestrip import MessageStrip
from bomexposure.gui.panel import Panel
from bomexposure.gui.places.base import Place
from bomexposure.gui.rail import Rail
from bomexposure.gui.strip import Strip

WHOLE = ("start", "reference", "report", "import")
"""Places that bring a side of their own, so that the panel stays away."""


class Frame(QWidget):
    """Lays the parts of the window out and turns the keyboard from one to the next.

    Signals:
        panel_shown: the panel came on show.
        panel_wanted_changed: the user wants the panel, or no longer.
    """

    panel_shown = Signal()
    panel_wanted_changed = Signal(bool)

    def __init__(self, looks: Looks, names: tuple[str, ...]) -> None:
        super().__init__()
        self._looks = looks
        self.panel_wanted = False
        self.strip = Strip(looks)
        self.rail = Rail(looks, names)
        self.stack = QStackedWidget()
        self.panel = Panel(looks)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        self.splitter.setHandleWidth(1)
        self.message_strip = MessageStrip(looks)
        middle = QWidget()
        middle.setLayout(row(self.rail, self.splitter, gap=0))
        layout = column(self.strip, gap=0)
        layout.addWidget(middle, 1)
        layout.addWidget(self.message_strip)
        self.setLayout(layout)
        self.panel.hide()
        self.panel.closed.connect(lambda: self.show_panel(False))

    # --- places -----------------------------------------------------------------------------

    def add(self, place: Place) -> None:
        """Take a place up."""
        self.stack.addWidget(place)

    @property
    def place(self) -> Place:
        """The place on show."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Place)
        return shown

    def show_place(self, place: Place) -> None:
        """Bring a place to the centre; the panel follows."""
        self.stack.setCurrentWidget(place)
        self.rail.show_place(place.name)
        self.message_strip.hint(place.hint)

    # --- the panel --------------------------------------------------------------------------

    @property
    def panel_has_room(self) -> bool:
        """Whether the place on show leaves the panel its side."""
        return self.place.name not in WHOLE

    def toggle_panel(self) -> None:
        """Show or hide the detail panel."""
        self.show_panel(not self.panel_wanted)

    def show_panel(self, on: bool) -> None:
        """Want the panel or not; it shows where the place leaves room for it."""
        self.panel_wanted = on
        self.panel_wanted_changed.emit(on)
        self.place_panel()
        if self.panel.isVisibleTo(self):
            self.panel_shown.emit()

    def place_panel(self) -> None:
        """Show the panel where it is wanted and has room."""
        shown = self.panel_wanted and self.panel_has_room
        self.panel.setVisible(shown)
        if shown and self.splitter.sizes()[1] < self.panel.minimumWidth():
            wanted = self._looks.type.s(420 if self.width() >= 2000 else 340)
            self.splitter.setSizes([max(400, self.splitter.width() - wanted), wanted])

    # --- the keyboard -----------------------------------------------------------------------

    def next_pane(self) -> None:
        """Rail, header, centre, panel in turn."""
        self._turn(1)

    def previous_pane(self) -> None:
        """The same, backwards."""
        self._turn(-1)

    def _panes(self) -> list[QWidget]:
        panes: list[QWidget] = [self.rail, self.place.head, self.place.focus_target()]
        return [*panes, self.panel] if self.panel.isVisible() else panes

    def _turn(self, by: int) -> None:
        focus = QApplication.focusWidget()
        panes = self._panes()
        at = next(
            (n for n, pane in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))),
            0,
        )  # fmt: skip
        pane = panes[(at + by) % len(panes)]
        if pane is self.rail:
            self.rail.focus_current()
        elif pane is self.place.focus_target():
            pane.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            first = next(
                (one for one in pane.findChildren(QWidget)
                 if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()),
                pane,
            )  # fmt: skip
            first.setFocus(Qt.FocusReason.TabFocusReason)
