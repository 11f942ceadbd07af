"""The detail panel: explains whatever is selected, down to the source."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from bomexposure.gui import focus
from bomexposure.gui.icons import icon
from bomexposure.gui.looks import Looks
from bomexposure.gui.panelpage import Page
from bomexposure.present.words import tr


class Panel(QFrame):
    """Holds one Page at a time."""

    closed = Signal()
    linked = Signal(str)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(tr("Details"))
        self._looks = looks
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)  # the line at its left
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        self.close_button = QToolButton(self)
        self.close_button.setAccessibleName(tr("Close the detail panel"))
        self.close_button.setToolTip(tr("Close the panel (F9)"))
        self.close_button.clicked.connect(self.closed)
        looks.changed.connect(self.restyle)
        self.restyle()

    @property
    def page(self) -> QWidget | None:
        return self.area.widget()

    def show_page(self, page: Page) -> None:
        """Replace the page."""
        page.linked.connect(self.linked)
        now = QApplication.focusWidget()
        held = now is not None and self.area.isAncestorOf(now)
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.area.setWidget(page)
        self.close_button.raise_()
        if held:  # a link of the page before was followed: the keyboard stays in the panel
            stops = focus.stops(page)
            focus.enter(stops[0] if stops else self.close_button)

    def restyle(self) -> None:
        # narrower, the three buttons of a line would be cut
        self.setMinimumWidth(self._looks.type.s(356))
        self.close_button.setIcon(icon("close", self._looks.theme))
        side = self._looks.type.s(16)
        self.close_button.setIconSize(QSize(side, side))
        self.close_button.setFixedSize(side + 10, side + 10)

    def resizeEvent(self, event: object) -> None:
        del event
        self.close_button.move(self.width() - self.close_button.width() - 12, 10)
