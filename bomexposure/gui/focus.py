"""Where the keyboard goes: stops in the order in which one reads, and a ring where none is drawn.

Qt walks widgets in the order in which they were made; pages, tiles and rows are made anew all the
time, so that order is soon unlike the one on screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)

from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import paint_focus

EXCLUSIVE = "exclusive"
"""Property of buttons of which one is chosen at a time."""

SHARED = 4
"""Pixels by which neighbours may lie over each other, such as for the margin of a button."""


def stops(root: QWidget) -> list[QWidget]:
    """The widgets below `root` that Tab visits, in reading order."""
    return list(_walk(root))


def step(root: QWidget, focus: QWidget | None, *, forward: bool) -> bool:
    """Give the keyboard to the stop after (or before) the one that has it; round at the ends."""
    order = stops(root)
    if not order:
        return False
    at = next((n for n, one in enumerate(order) if one is focus), None)
    if at is None:  # a widget that is no stop itself, such as one reached by a click
        at = _place(focus, root, forward) if focus is not None else (-1 if forward else 0)
    enter(order[(at + (1 if forward else -1)) % len(order)], forward=forward)
    return True


def _place(focus: QWidget, root: QWidget, forward: bool) -> int:
    """Where in the order a widget would stand that is none of its stops."""
    every = list(_walk(root, also=focus))
    at = next((n for n, one in enumerate(every) if one is focus), 0)
    return at - 1 if forward else at


def enter(widget: QWidget, *, forward: bool = True) -> None:
    """Give the keyboard to a stop and bring it in sight; words with links take their first one."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    widget.setFocus(reason)
    if isinstance(widget, QLabel):
        widget.focusNextPrevChild(forward)
    above = widget.parentWidget()
    while above is not None:
        # of what is taller than the view Qt would show the middle: a chart starts at its top
        if (
            isinstance(above, QScrollArea)
            and above.widget() is not None
            and widget.height() <= above.viewport().height()
        ):
            above.ensureWidgetVisible(widget, 8, 8)
        above = above.parentWidget()


def _walk(root: QWidget, also: QWidget | None = None) -> Iterator[QWidget]:
    inside = []
    for one in root.children():
        if isinstance(one, QWidget) and not one.isWindow():
            # what has just been hidden still tells where the keyboard was
            holds = also is not None and (one is also or one.isAncestorOf(also))
            if one.isVisible() or holds:
                inside.append(one)
    for one in _read(inside):
        if one is also or (one.isVisible() and _is_stop(one)):
            yield one
        yield from _walk(one, also)


def _is_stop(widget: QWidget) -> bool:
    # nothing is asked that hands out another widget, such as the focus proxy or the group of a
    # button: PySide then takes that widget for the child of the one asked, and once Python
    # collects that ring of owners it holds what is on show for deleted
    if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    parent = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and widget.property(EXCLUSIVE) and parent is not None:
        # of buttons that exclude each other the chosen one is the stop; arrows walk among them
        return widget.isChecked() or not any(
            one.isChecked()
            for one in parent.findChildren(QAbstractButton)
            if one.property(EXCLUSIVE)
        )
    # the field of a list or of a date passes the keyboard to the whole
    return not isinstance(parent, (QComboBox, QAbstractSpinBox))


def _read(widgets: list[QWidget]) -> list[QWidget]:
    """Widgets of one parent as one reads them: cut into rows if they can be, else into columns."""
    if len(widgets) < 2:
        return widgets
    right = widgets[0].layoutDirection() == Qt.LayoutDirection.RightToLeft
    rows = _cut([(one.y(), one.y() + one.height(), one) for one in widgets])
    if len(rows) > 1:
        return [one for part in rows for one in _read(part)]
    columns = _cut([(one.x(), one.x() + one.width(), one) for one in widgets])
    if len(columns) > 1:
        return [one for part in columns[:: -1 if right else 1] for one in _read(part)]
    return sorted(widgets, key=lambda one: (one.y(), -one.x() if right else one.x()))


def _cut(spans: list[tuple[int, int, QWidget]]) -> list[list[QWidget]]:
    """Groups of widgets between which a straight cut goes; a few shared pixels do not bar it."""
    parts: list[list[QWidget]] = []
    end = -math.inf
    for low, high, one in sorted(spans, key=lambda span: span[:2]):
        if low >= end - SHARED or not parts:
            parts.append([])
        parts[-1].append(one)
        end = max(end, high)
    return parts


class FocusRing(QWidget):
    """Marks what has the keyboard and would hardly show it: a list, a page, words with a link."""

    def __init__(self, target: QWidget, looks: Looks) -> None:
        # words get it around them, so that it does not lie on their letters
        self._around = isinstance(target, QLabel)
        super().__init__(target.parentWidget() if self._around else target)
        self._target, self._looks = target, looks
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        target.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        target = self._target
        box = target.geometry().adjusted(-5, -2, 5, 2) if self._around else target.rect()
        self.setGeometry(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if isinstance(self._target, QTableView) and _current_in_sight(self._target):
            return  # its cell is marked
        painter = QPainter(self)
        paint_focus(painter, self.rect().toRectF(), self._looks.theme)
        painter.end()


def _current_in_sight(view: QTableView) -> bool:
    index = view.currentIndex()
    if not index.isValid():
        return False
    box = view.visualRect(index).translated(view.viewport().mapTo(view, QPoint(0, 0)))
    return box.isValid() and view.viewport().geometry().intersects(box)


def wants_ring(widget: QWidget | None) -> bool:
    """Whether it would hardly show that it has the keyboard; fields have a border of theirs."""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return False
    return isinstance(widget, QAbstractScrollArea | QLabel)
