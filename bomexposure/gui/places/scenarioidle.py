"""What Scenarios shows before anything is switched on: what comes next, and what can be played."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui.blocks import Tall, button, card, clear, column, label, row, rule
from bomexposure.gui.looks import Looks
from bomexposure.model.scenario import Scenario
from bomexposure.present.policy import Change
from bomexposure.present.words import tr

COMING = 6
UNBOUND = (1 << 24) - 1
"""Qt's own most for a height, which the binding does not name."""


class ScenarioIdle(QWidget):
    """Dated changes at the left, scenarios as cards at the right."""

    wanted = Signal(object)
    """A Scenario to play."""
    compared = Signal(object)
    """Scenarios to put side by side."""
    chosen = Signal(str)
    """A policy event to explain."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._coming: QVBoxLayout = column(gap=6)
        self._ready: QVBoxLayout = column(gap=8)
        self._every: tuple[Scenario, ...] = ()
        self._coming_head = label("What changes by itself", "heading")
        self._next = card()
        self._coming_area = _scrolled(self._coming)
        self._next.setLayout(
            column(self._coming_head, self._coming_area, gap=8, margins=(16, 12, 8, 10))
        )
        play = card()
        self.all = button(
            "Compare all", lambda: self.compared.emit(self._every), link=True,
            tip="Every scenario below beside today, figure by figure",
        )  # fmt: skip
        play.setLayout(
            column(
                row(label("Ready to play", "heading"), None, self.all), _scrolled(self._ready),
                gap=8, margins=(16, 12, 8, 10),
            )
        )  # fmt: skip
        self._both = row(gap=14)
        self._both.addWidget(self._next, 4)
        self._both.addWidget(play, 5)
        self.setLayout(self._both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or one over the other where there is more height than width."""
        super().resizeEvent(event)
        # on one level with the head beside it, which has a button in its line
        self._coming_head.setMinimumHeight(self.all.sizeHint().height())
        tall = self.height() > self.width()
        direction = QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(direction)
        self._both.setStretch(0, 2 if tall else 4)
        self._fit()

    def _fit(self) -> None:
        """Above the scenarios the dates take no more height than they need."""
        most = UNBOUND
        if self._both.direction() == QBoxLayout.Direction.TopToBottom:
            held, around = self._next.layout(), self._coming_area.widget()
            assert held is not None
            assert around is not None
            margins = held.contentsMargins()
            wide = self.width() - margins.left() - margins.right()
            most = around.heightForWidth(wide) + self._coming_head.minimumHeight()
            most += held.spacing() + margins.top() + margins.bottom() + 4
        self._next.setMaximumHeight(most)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """The next dated changes that touch this BOM."""
        clear(self._coming)
        for one in changes[:COMING]:
            when = label(one.when, "strong")
            when.setMinimumWidth(self._looks.type.s(92))
            when.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            what = label(
                f'<a href="{one.event}" style="color:{self._looks.theme.text};'
                f'text-decoration:none">{escape(one.what)}</a>', "small", wrap=True,
            )  # fmt: skip
            flags = Qt.TextInteractionFlag
            what.setTextInteractionFlags(
                flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
            )
            what.linkActivated.connect(self.chosen)
            what.setToolTip(tr("Select to see what it covers"))
            line = row(gap=10)
            line.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(what, 1)
            self._coming.addLayout(line)
        if not changes:
            words = "No dated change ahead touches a mineral of this BOM."
            self._coming.addWidget(label(words, "small2", wrap=True))
        self._coming.addStretch(1)
        self._fit()

    def show_scenarios(self, scenarios: Sequence[Scenario]) -> None:
        """Ready-made ones and those of the project."""
        self._every = tuple(scenarios)
        clear(self._ready)
        for at, one in enumerate(scenarios):
            if at:
                self._ready.addWidget(rule())
            words = column(label(one.title, "strong", wrap=True), gap=1)
            if one.note:
                words.addWidget(label(one.note, "caption", wrap=True))
            play = button("Play", partial(self.wanted.emit, one))
            play.setAccessibleName(tr("Play {one}", one=one.title))
            line = row(gap=12)
            line.addLayout(words, 1)
            line.addWidget(play, 0, Qt.AlignmentFlag.AlignTop)
            self._ready.addLayout(line)
        self._ready.addStretch(1)


def _scrolled(layout: QVBoxLayout) -> QScrollArea:
    inner = Tall()
    inner.setObjectName("cardplain")
    inner.setLayout(layout)
    layout.setContentsMargins(0, 0, 8, 0)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return area
