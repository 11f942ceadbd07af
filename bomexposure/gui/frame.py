# ruff: noqa: E501 (conditions read best on one line)
"""The frame: strip above, rail at the left, places in the centre, panel right, messages below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from bomexposure.gui.blocks import column, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.messagestrip import MessageStrip
from bomexposure.gui.panel import Panel
from bomexposure.gui.places.base import Place
from bomexposure.gui.progressbox import ProgressBox
from bomexposure.gui.rail import Rail
from bomexposure.gui.strip import Strip
from bomexposure.present.words import tr

WHOLE = ("start", "portfolio", "reference", "report", "import")
"""Places that bring a side of their own, so that the panel stays away."""
NARROW, WIDE = 1300, 2000
"""Widths, px at the design's text size: below the first the panel is a drawer over the centre; from
the second it is wider."""
PANEL_MOST = 480
"""The panel is never wider than this, px at the design's text size."""


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
        self._middle = QWidget()
        self._middle.setLayout(row(self.rail, self.splitter, gap=0))
        self.progress = ProgressBox(self._middle)
        layout = column(self.strip, gap=0)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.message_strip)
        self.setLayout(layout)
        self.panel.hide()
        self.panel.closed.connect(lambda: self.show_panel(False))
        self.progress.shown.connect(self._arrange)
        self._middle.installEventFilter(self)
        looks.changed.connect(self._fit)

    # --- size -------------------------------------------------------------------------------

    @property
    def narrow(self) -> bool:
        """Whether the panel has no room beside the centre and lies over it as a drawer."""
        return self.width() < self._looks.type.s(NARROW)

    @property
    def drawer(self) -> bool:
        """Whether the panel lies over the centre now."""
        return self.splitter.count() < 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what floats over the centre at its edge."""
        # a header that takes a second row asks for a new layout of all that it is in
        if watched is self._middle and event.type() in (
            QEvent.Type.Resize, QEvent.Type.LayoutRequest
        ):  # fmt: skip
            self._arrange()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.rail.set_narrow(self.narrow)
        self.panel.setMaximumWidth(max(self.panel.minimumWidth(), self._looks.type.s(PANEL_MOST)))
        if self.narrow == self.drawer:
            return
        if self.narrow:
            self.panel.setParent(self._middle)
        else:
            self.splitter.addWidget(self.panel)
            self.splitter.setCollapsible(1, False)
        self.panel.setProperty("drawer", self.narrow)
        self.panel.style().polish(self.panel)
        if self.stack.count():
            self.place_panel()

    def _arrange(self) -> None:
        """Drawer at the right edge, progress in the corner below."""
        room = self._middle.size()
        if self.drawer:
            width = self._panel_width()
            # below the place's header, whose buttons stay in reach
            top = self._head_height() if self.stack.count() else 0
            self.panel.setGeometry(room.width() - width, top, width, room.height() - top)
            self.panel.raise_()
            if self.stack.count():
                self.place.cover(width if self.panel.isVisibleTo(self) else 0)
        if self.progress.isVisible():
            width = self._looks.type.s(316)
            height = self.progress.sizeHint().height()
            self.progress.setGeometry(
                room.width() - width - 12, room.height() - height - 12, width, height
            )
            self.progress.raise_()

    def _head_height(self) -> int:
        """Height of the place's header as it stands; its hint is for a header of two rows."""
        inside, head = self.place.layout(), self.place.head
        if inside is not None:
            inside.activate()
        return head.height() if head.isVisible() else head.sizeHint().height()

    def _panel_width(self) -> int:
        wide = self.width() >= self._looks.type.s(WIDE)
        return max(self.panel.minimumWidth(), self._looks.type.s(420 if wide else 340))

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
        self.message_strip.hint(tr(place.hint))

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
        if self.drawer:
            self._arrange()
            return
        self.place.cover(0)
        if shown and self.splitter.sizes()[1] < self.panel.minimumWidth():
            wanted = self._panel_width()
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
