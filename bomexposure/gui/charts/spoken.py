"""A chart for screen readers: its marks as a list of items, each with what it says.

Qt shows a painted chart to assistive software as one thing without parts. Here every mark that
arrow keys come to is an item with a name, a place and a state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Marked(Protocol):
    """What is read of a mark."""

    @property
    def rect(self) -> QRectF: ...
    @property
    def key(self) -> str: ...
    @property
    def tip(self) -> str: ...
    @property
    def spoken(self) -> str: ...


class MarkedChart(Protocol):
    """What is read of a chart."""

    areas: Sequence[Marked]
    selected: str

    @property
    def current(self) -> int: ...


_kept: dict[int, list[_Mark]] = {}
"""Items by chart: Qt keeps bare pointers to what it was once given, so none may ever go."""
_installed = False


def install() -> None:
    """Have Qt ask here about charts; once in a program."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_made)


def say(chart: QWidget, number: int) -> None:
    """Tell assistive software that the keyboard came to a mark."""
    if QAccessible.isActive():
        event = QAccessibleEvent(chart, QAccessible.Event.Focus)
        event.setChild(number)
        QAccessible.updateAccessibility(event)
        told = QAccessibleEvent(chart, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(told)


def _made(_class: str, thing: QObject) -> QAccessibleInterface | None:
    is_chart = isinstance(thing, QWidget) and hasattr(thing, "areas") and hasattr(thing, "current")
    return _ChartItems(cast("QWidget", thing)) if is_chart else None


class _Item(QAccessibleInterface):
    """What chart and marks share."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__()
        self.chart = chart

    @property
    def marks(self) -> MarkedChart:
        return cast("MarkedChart", self.chart)

    def isValid(self) -> bool:
        return isValid(self.chart)

    def childAt(self, _x: int, _y: int) -> Any:
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def setText(self, _kind: QAccessible.Text, _words: str) -> None:
        """Nothing here is written by the reader."""

    def window(self) -> Any:
        return self.chart.window().windowHandle()


class _ChartItems(_Item):
    """The chart: a list of its marks."""

    def object(self) -> QObject:
        return self.chart

    def parent(self) -> Any:
        above = self.chart.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above is not None else None

    def child(self, number: int) -> Any:
        made = _kept.setdefault(id(self.chart), [])
        if made and made[0].chart is not self.chart:
            made = _kept[id(self.chart)] = []  # a chart of before had the same address
        while len(made) <= number:
            made.append(_Mark(self.chart, len(made)))
        return made[number] if number < len(self.marks.areas) else None

    def childCount(self) -> int:
        return len(self.marks.areas)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.number if isinstance(child, _Mark) and child.chart is self.chart else -1

    def childAt(self, x: int, y: int) -> Any:
        for number in range(self.childCount()):
            if self.child(number).rect().contains(x, y):
                return self.child(number)
        return None

    def rect(self) -> QRect:
        return QRect(self.chart.mapToGlobal(self.chart.rect().topLeft()), self.chart.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        told = QAccessible.State()
        told.focusable = True
        told.focused = self.chart.hasFocus()
        told.invisible = not self.chart.isVisible()
        return told

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name:
            return self.chart.accessibleName()
        if kind == QAccessible.Text.Description:
            return self.chart.accessibleDescription()
        return ""


class _Mark(_Item):
    """One mark of a chart."""

    def __init__(self, chart: QWidget, number: int) -> None:
        super().__init__(chart)
        self.number = number

    @property
    def area(self) -> Marked | None:
        marks = self.marks.areas if isValid(self.chart) else ()
        return marks[self.number] if self.number < len(marks) else None

    def isValid(self) -> bool:
        return self.area is not None

    def object(self) -> Any:
        return None

    def parent(self) -> Any:
        return QAccessible.queryAccessibleInterface(self.chart)

    def child(self, _number: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def rect(self) -> QRect:
        if self.area is None:
            return QRect()
        box = self.area.rect.toRect()
        return QRect(self.chart.mapToGlobal(box.topLeft()), box.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        told = QAccessible.State()
        told.focusable = told.selectable = True
        told.focused = self.chart.hasFocus() and self.marks.current == self.number
        told.selected = self.area is not None and self.area.key == self.marks.selected != ""
        return told

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name and self.area is not None:
            return self.area.spoken or self.area.tip.partition("\n")[0]
        if kind == QAccessible.Text.Description and self.area is not None:
            return self.area.tip
        return ""
