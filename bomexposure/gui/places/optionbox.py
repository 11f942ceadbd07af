"""The box below the options: alarm, trade-off, what it would change here, and trying it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QMenu, QToolButton

from bomexposure.gui.blocks import button, column, label, row
from bomexposure.present.sidebyside import Choice
from bomexposure.present.words import tr


class OptionBox(QFrame):
    """Speaks of one option; `try_it` plays it, `menu` offers finer ways (filled when opened)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("noteBox")
        self._alarm = label("", "strong", wrap=True)
        self._about = label("", "small", wrap=True, select=True)
        self._effect = label("", "small", wrap=True, select=True)
        self.try_it = button("Try it as a scenario", primary=True)
        self.more = QToolButton()
        self.more.setText(tr("Try it on…"))
        self.more.setProperty("flat", False)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(tr("On one row, on all alike, or as a decision that can be undone"))
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        line = row(gap=16, margins=(16, 10, 14, 10))
        line.addLayout(column(self._alarm, self._about, self._effect, None, gap=3), 1)
        line.addLayout(column(self.try_it, self.more, None, gap=6))
        self.setLayout(line)
        self.hide()

    def tell(self, choice: Choice, reason: str) -> None:
        """Another option; `reason` says why it cannot be tried, '' where it can."""
        self.setObjectName("warnBox" if choice.alarm else "noteBox")
        self.style().polish(self)
        alarm = f"⚠ {choice.name}: {choice.alarm[:1].lower()}{choice.alarm[1:]}"
        self._alarm.setText(alarm if choice.alarm else f"{choice.name}: {choice.below}")
        about = [
            f"{choice.tradeoff}." if choice.tradeoff else "",
            *choice.said,
            f"{choice.source}." if choice.source else "",
        ]
        self._about.setText(" ".join(one for one in about if one))
        self._about.setVisible(bool(self._about.text()))
        self.tell_effect("")
        for one in (self.try_it, self.more):
            one.setEnabled(not reason)
        self.try_it.setToolTip(reason or "Play the BOM with this substitute; nothing is edited")

    def tell_effect(self, words: str) -> None:
        """What the option would change in the BOM on show."""
        self._effect.setText(words)
        self._effect.setVisible(bool(words))
