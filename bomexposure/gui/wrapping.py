"""Widgets left to right, on as many lines as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

LINE_GAP = 6


class Wrapping(QWidget):
    """Chips and the like: none is cut while there is another line to stand on."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._gap = gap
        self._held: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, widgets: Sequence[QWidget]) -> None:
        """Hold these; those of before that are not among them are deleted."""
        for one in self._held:
            if one not in widgets:
                one.hide()
                one.deleteLater()
        self._held = list(widgets)
        for before, one in zip((None, *widgets), widgets, strict=False):
            one.setParent(self)
            one.show()
            if before is not None:
                QWidget.setTabOrder(before, one)
        self._fit()

    def sizeHint(self) -> QSize:
        wide = sum(one.sizeHint().width() + self._gap for one in self._held)
        return QSize(wide, self.height())

    def _fit(self) -> None:
        """Place them, and be as high as their lines."""
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        x = 0
        for one in self._held:
            hint = one.sizeHint()
            if x and x + hint.width() > self.width():
                lines.append([])
                x = 0
            lines[-1].append((one, hint))
            x += hint.width() + self._gap
        top = 0
        for line in lines:
            high, x = max((hint.height() for _, hint in line), default=0), 0
            for one, hint in line:
                wide = min(hint.width(), max(40, self.width() - x))
                one.setGeometry(x, top + (high - hint.height()) // 2, wide, hint.height())
                x += wide + self._gap
            top += high + LINE_GAP
        self.setFixedHeight(max(0, top - LINE_GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Again when something in it grew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)
