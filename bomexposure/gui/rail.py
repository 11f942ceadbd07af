"""The rail of places on the left: icon over word, arrow keys move, the reason when disabled."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton

from bomexposure.gui import focus
from bomexposure.gui.blocks import column
from bomexposure.gui.icons import icon
from bomexposure.gui.looks import Looks
from bomexposure.gui.viewstate import PLACES
from bomexposure.present.words import tr

FOOT = ("reference", "report")
PLACE_WORDS = {place: place.capitalize() for place in PLACES}
"""What the rail calls a place."""
FREE = ("start", "reference", "substitutes", "portfolio")
"""Places that make sense without a document."""


class _RailButton(QToolButton):
    """A button with the accent bar at its left while it is chosen."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            bar = QRect(0, 4, 3, self.height() - 8)
            painter.fillRect(bar, QColor(self._looks.theme.accent))
            painter.end()


class Rail(QFrame):
    """Emits the name of the place that was chosen."""

    chosen = Signal(str)

    def __init__(self, looks: Looks, places: tuple[str, ...] = PLACES) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Places"))
        self._looks, self._places = looks, places
        self._narrow = self._short = False
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        layout = column(gap=2, margins=(0, 8, 0, 8))
        for number, place in enumerate(places):
            if place == FOOT[0]:
                layout.addStretch(1)
            one = _RailButton(looks)
            one.setText(tr(PLACE_WORDS[place]))
            one.setCheckable(True)
            one.setProperty("rail", True)
            one.setProperty(focus.EXCLUSIVE, True)
            one.setAccessibleName(tr(PLACE_WORDS[place]))
            self._group.addButton(one, number)
            self._buttons[place] = one
            layout.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        if FOOT[0] not in places:
            layout.addStretch(1)
        self.setLayout(layout)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._places[at]))
        self.set_document(False)
        looks.changed.connect(self.restyle)
        self.restyle()

    def show_place(self, place: str) -> None:
        """Mark the place that is on show."""
        if place in self._buttons:
            self._buttons[place].setChecked(True)
            return
        self._group.setExclusive(False)
        for one in self._buttons.values():
            one.setChecked(False)
        self._group.setExclusive(True)

    def set_document(self, there: bool) -> None:
        """Without a document most places say why they are closed."""
        for place, one in self._buttons.items():
            number = PLACES.index(place) + 1
            open_ = there or place in FREE
            one.setEnabled(open_)
            key = f"Ctrl+{number}"
            words = tr(PLACE_WORDS[place]) if open_ else tr("Open a bill of materials first")
            one.setToolTip(f"{words} ({key})" if open_ else words)

    def focus_current(self) -> None:
        """Put the keyboard on the chosen place."""
        at = self._group.checkedId()
        self._buttons[self._places[max(0, at)]].setFocus(Qt.FocusReason.TabFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """A narrow window has a narrower rail."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._short != self._is_short():
            self.restyle()

    def _is_short(self) -> bool:
        """Whether icon over word has no room for all places: then words stand alone."""
        return self.height() < len(self._places) * self._looks.type.s(58) + 16

    def restyle(self) -> None:
        type_ = self._looks.type
        self._short = self._is_short()
        button = Qt.ToolButtonStyle
        metrics = QFontMetrics(type_.font("caption", bold=True))
        words = max(metrics.horizontalAdvance(one.text()) for one in self._buttons.values())
        width = max(type_.s(72 if self._narrow else 80), words + 14)
        self.setFixedWidth(width)
        for place, one in self._buttons.items():
            one.setIcon(icon(place, self._looks.theme, chosen="accent"))
            one.setIconSize(QSize(type_.s(20), type_.s(20)))
            one.setToolButtonStyle(
                button.ToolButtonTextOnly if self._short else button.ToolButtonTextUnderIcon
            )
            one.setFixedSize(width - (4 if self._narrow else 8), type_.s(28 if self._short else 56))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk the open places."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        buttons = list(self._buttons.values())
        at = next((i for i, one in enumerate(buttons) if one.hasFocus()), 0)
        for hop in range(1, len(buttons)):
            one = buttons[(at + step * hop) % len(buttons)]
            if one.isEnabled():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return
