"""The line at the foot: one sentence left, the save state right; no toasts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from bomexposure.gui.blocks import button, label, row, tipped
from bomexposure.gui.icons import picture
from bomexposure.gui.looks import Looks
from bomexposure.gui.messages import Message
from bomexposure.present.words import tr

STAY_MS = 12_000
"""How long a message without an act stays before the place's own hint returns."""

ICONS = {
    "info": ("info", "info"),
    "done": ("done", "accent"),
    "warn": ("warn", "warn"),
    "error": ("error", "error"),
}
_LEVELS = {"info": "info", "done": "done", "warn": "warn", "error": "error"}
"""What a screen reader says before a message."""


class _Sentence(QLabel):
    """A line that ends in dots where it has no room; the tooltip has it all."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("style", "small2")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(50)
        self._whole = ""

    def say(self, text: str, font: QFont) -> None:
        self._whole = text
        self.setToolTip(tipped(text))
        self._metrics = QFontMetrics(font)
        self.setMaximumWidth(max(50, self._metrics.horizontalAdvance(text) + 8))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        if self._whole:
            mode = Qt.TextElideMode.ElideRight
            self.setText(self._metrics.elidedText(self._whole, mode, self.width()))
        else:
            self.clear()


class MessageStrip(QFrame):
    """Shows the newest message; one that needs an act stays with its button."""

    acted = Signal(str)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("messages")
        self._looks = looks
        self._message = Message("")
        self._hint = ""
        self._icon = label()
        self._text = _Sentence()
        self._act = button("", lambda: self._pressed(self._message.action), link=True)
        self._also = button("", lambda: self._pressed(self._message.also[0]), link=True)
        self._act.hide()
        self._also.hide()
        self._state = label("", "small2")
        layout = row(
            self._icon, self._text, self._act, self._also, None, self._state, margins=(16, 2, 16, 2)
        )
        # the sentence takes what it needs before the gap gets any
        layout.setStretchFactor(self._text, 1000)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        looks.changed.connect(self._draw)
        self._draw()

    @property
    def text(self) -> str:
        return self._message.text or self._hint

    def show_message(self, message: Message) -> None:
        """Say it; errors and messages with a button stay until something newer comes."""
        self._message = message
        self._timer.stop()
        if not message.action and message.level in ("info", "done"):
            self._timer.start(STAY_MS)
        self._draw()

    def forget(self, *actions: str) -> None:
        """Take off a message whose button would do something else by now."""
        if self._message.action in actions:
            self._message = Message("")
            self._draw()

    def hint(self, text: str) -> None:
        """The place's own sentence, shown while there is nothing to report."""
        self._hint = text
        if not self._message.text:
            self._draw()

    def state(self, text: str) -> None:
        """Save state and number of decisions."""
        self._state.setText(text)

    def stop(self) -> None:
        """No timer outlives the window."""
        self._timer.stop()

    def _fade(self) -> None:
        self._message = Message("")
        self._draw()

    def _pressed(self, action: str) -> None:
        self._message = Message("")
        self._draw()
        self.acted.emit(action)

    def _draw(self) -> None:
        message = self._message
        name, role = ICONS[message.level]
        theme = self._looks.theme
        self._icon.setPixmap(
            picture(name, getattr(theme, role), self._looks.type.s(15), self.devicePixelRatioF())
        )
        # what went wrong is read as text, all else as a remark
        loud = message.level in ("warn", "error")
        if self._text.property("style") != (style := "small" if loud else "small2"):
            self._text.setProperty("style", style)
            self._text.style().polish(self._text)
        self._text.say(self.text, self._looks.type.font("small"))
        self._text.setAccessibleName(
            f"{tr(_LEVELS[message.level])}: {message.text}" if message.text else ""
        )
        self._act.setText(message.button)
        self._act.setVisible(bool(message.action))
        self._also.setText(message.also[1])
        self._also.setVisible(bool(message.also[0]))
        self.setMinimumHeight(self._looks.type.s(26))
