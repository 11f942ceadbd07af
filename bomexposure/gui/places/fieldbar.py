"""A bar of fields with their captions, on as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bomexposure.gui.blocks import label, row

LEFT, RIGHT, BOTTOM = 20, 16, 10
GAP, LINE_GAP = 14, 8


class FieldBar(QWidget):
    """Fields left to right, `last` at the right end; what has no room starts another row."""

    def __init__(self, fields: Sequence[tuple[str, QWidget]], last: QWidget) -> None:
        super().__init__()
        self._holders: dict[QWidget, QWidget] = {}
        for words, field in fields:
            caption = label(words, "text2")
            caption.setBuddy(field)
            holder = QWidget(self)
            holder.setLayout(row(caption, field, gap=7))
            self._holders[field] = holder
        self._last = last
        last.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_field(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field with its caption."""
        self._holders[field].setVisible(shown)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self._place(self.width(), move=False))

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the fields out in a width; gives the height that they take."""
        x, y, line = LEFT, 0, 0
        every = [*(one for one in self._holders.values() if not one.isHidden()), self._last]
        for one in every:
            hint = one.sizeHint()
            wide = min(hint.width(), max(40, width - LEFT - RIGHT))
            if x > LEFT and x + wide > width - RIGHT:
                x, y, line = LEFT, y + line + LINE_GAP, 0
            if one is self._last:
                x = max(x, width - RIGHT - wide)
            if move:
                one.setGeometry(x, y, wide, hint.height())
            x += wide + GAP
            line = max(line, hint.height())
        return y + line + BOTTOM

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Lay out again when a field grew, came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)
