"""The frame: strip above, rail at the left, places in the centre, panel right, messages below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from bomexposure.gui import focus
from bomexposure.gui.blocks import column, row
from bomexposure.gui.columnmenu import column_menu
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
PANEL_STEP = 40
"""Pixels at the design's text size by which keys widen and narrow the panel."""
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
        self._ring: focus.FocusRing | None = None
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
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._mark_focus)

    # --- size -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """What the place wants has the keyboard first, not the part that was made first."""
        super().showEvent(event)
        if self.keyboard_in() == "":
            self.to_centre()

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

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab walk in reading order, whenever the widgets were made."""
        return focus.step(self, QApplication.focusWidget(), forward=forward)

    def _mark_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Ring what has the keyboard and would not show it."""
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if now is not None and self.isAncestorOf(now) and focus.wants_ring(now):
            self._ring = focus.FocusRing(now, self._looks)

    def to_centre(self) -> None:
        """Give the keyboard to the place on show."""
        focus.enter(self._target())

    def _target(self) -> QWidget:
        """Where the place wants the keyboard; with nothing to show there, its first stop."""
        wanted = self.place.focus_target()
        if wanted.isVisible():
            return wanted
        return next(iter(focus.stops(self.place)), wanted)

    def keyboard_in(self) -> str:
        """'centre', 'panel', or '' for any other part and for none."""
        now = QApplication.focusWidget()
        if now is None or not now.isVisible():
            return ""
        return "centre" if _holds(self.stack, now) else "panel" if _holds(self.panel, now) else ""

    def keep_keyboard(self, before: str, *, moved: bool) -> None:
        """What had the keyboard is gone with its place or page: the place on show takes it."""
        lost = moved if before == "centre" else before == "panel" and self.keyboard_in() != before
        if lost:
            self.to_centre()

    def next_pane(self) -> None:
        """Rail, header, centre, panel, figures and messages in turn."""
        self._turn(1)

    def previous_pane(self) -> None:
        """The same, backwards."""
        self._turn(-1)

    def _panes(self) -> list[QWidget]:
        """Parts of the window that have something to press; the centre goes by its own target."""
        parts: list[QWidget] = [self.rail, self.place.head, self._target(), self.panel,
                                self.strip, self.message_strip]  # fmt: skip
        return [
            one for one in parts
            if one.isVisible() and (one is self._target() or focus.stops(one))
        ]  # fmt: skip

    def _turn(self, by: int) -> None:
        now = QApplication.focusWidget()
        panes = self._panes()
        if not panes:  # the window is hidden
            return
        at = next((n for n, pane in enumerate(panes) if now and _holds(pane, now)), -1)
        if at < 0 and now is not None and self.place.isAncestorOf(now):
            at = panes.index(self._target())
        pane = panes[(at + by) % len(panes)] if at >= 0 else panes[0 if by > 0 else -1]
        if pane is self.rail:
            self.rail.focus_current()
        elif pane is self._target():
            focus.enter(pane)
        else:
            focus.enter(focus.stops(pane)[0])

    def clear_field(self) -> bool:
        """Empty the place's filter field when the keyboard is in it; False when nothing was."""
        now = QApplication.focusWidget()
        if not isinstance(now, QLineEdit) or now is not self.place.find_field() or not now.text():
            return False
        now.clear()
        return True

    def close_drawer(self) -> None:
        """Close the panel where it lies over the place."""
        if self.drawer and self.panel.isVisible():
            self.show_panel(False)

    def widen_panel(self) -> None:
        """Give the panel more room."""
        self._widen(self._looks.type.s(PANEL_STEP))

    def narrow_panel(self) -> None:
        """Give the panel less room."""
        self._widen(-self._looks.type.s(PANEL_STEP))

    def _widen(self, by: int) -> None:
        if self.panel.isVisible() and not self.drawer:
            centre, panel = self.splitter.sizes()
            most, least = self.panel.maximumWidth(), self.panel.minimumWidth()
            wanted = min(most, max(least, panel + by))
            self.splitter.setSizes([centre + panel - wanted, wanted])

    def open_menu(self) -> None:
        """The menu of what has the keyboard, as a right click opens it."""
        now = QApplication.focusWidget()
        if now is None:
            return
        at = now.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, now.mapToGlobal(at))
        QApplication.sendEvent(now, asked)

    def open_column_menu(self) -> None:
        """What the mouse does to a column's head, for the column of the cursor."""
        now = QApplication.focusWidget()
        if isinstance(now, QTableView) and now.model().columnCount():
            menu = column_menu(now)
            menu.exec(now.viewport().mapToGlobal(now.visualRect(now.currentIndex()).topLeft()))
            menu.deleteLater()


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
