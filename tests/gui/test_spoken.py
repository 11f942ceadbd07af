"""What a screen reader is told: a name on everything that can be used, and the marks of charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from bomexposure.gui.blocks import Segments
from bomexposure.gui.charts.base import Chart, HitArea
from bomexposure.gui.looks import Looks
from bomexposure.gui.theme import Theme
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]
KEY = Qt.Key
NAME = QAccessible.Text.Name


@pytest.fixture
def listening() -> Iterator[None]:
    """A screen reader is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def told(widget: QWidget) -> Any:
    return QAccessible.queryAccessibleInterface(widget)


def test_the_marks_of_a_chart_are_items_with_what_they_say(
    listening: None, open_book: Open
) -> None:
    del listening
    window = open_book()
    window.go("exposure")
    place: Any = window.place
    chart: Chart = place.dumbbell
    chart.grab()
    there = told(chart)
    assert there.text(NAME) == chart.accessibleName() != ""
    assert there.role() == QAccessible.Role.List
    assert there.childCount() == len(chart.areas) > 2
    names = [there.child(n).text(NAME) for n in range(there.childCount())]
    assert place.dumbbell.spec is not None
    for row, name in zip(place.dumbbell.spec.rows, names, strict=True):
        assert name.startswith(row.label), name
    chart.setFocus()
    QTest.keyClick(chart, KEY.Key_Down)
    QTest.keyClick(chart, KEY.Key_Down)
    focused = [there.child(n).state().focused for n in range(there.childCount())]
    assert focused.index(True) == 1
    assert sum(focused) == 1
    QTest.keyClick(chart, KEY.Key_Return)
    window.looks.set(choice="dark")
    chart.grab()
    assert there.child(1).state().selected
    assert there.indexOfChild(there.child(1)) == 1
    box = there.child(1).rect()
    assert there.childAt(box.center().x(), box.center().y()).text(NAME) == names[1]


class Cells(Chart):
    """Four rows of three cells."""

    GRID = True

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        del painter, rect, theme
        return [
            HitArea(QRectF(20 + 60 * column, 30 + 100 * row, 50, 90), f"{row}{column}", "", "cell")
            for row in range(4)
            for column in range(3)
        ]


def test_arrows_walk_rows_and_columns_and_keep_the_mark_in_sight(
    qtbot: Any, qapp: QApplication
) -> None:
    del qapp
    chart, room = Cells(Looks(), "cells"), QScrollArea()
    chart.setFixedSize(220, 440)
    room.setWidget(chart)
    room.resize(240, 200)
    qtbot.addWidget(room)
    room.show()
    chart.grab()
    chart.setFocus()
    walked = []
    for key in (KEY.Key_Home, KEY.Key_Down, KEY.Key_Right, KEY.Key_Up, KEY.Key_Left, KEY.Key_Left):
        QTest.keyClick(chart, key)
        walked.append(chart.areas[chart.current].key)
    assert walked == ["00", "10", "11", "01", "00", "00"]
    QTest.keyClick(chart, KEY.Key_End)
    assert chart.areas[chart.current].key == "32"
    seen = room.viewport().rect().translated(-chart.pos())
    assert seen.contains(chart.areas[chart.current].rect.toRect())
    assert chart.accessibleDescription() == "cell"


USED = {
    QAccessible.Role.Button, QAccessible.Role.ButtonMenu, QAccessible.Role.ButtonDropDown,
    QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox, QAccessible.Role.SpinBox, QAccessible.Role.PageTab,
    QAccessible.Role.PageTabList, QAccessible.Role.List, QAccessible.Role.Table,
    QAccessible.Role.Tree, QAccessible.Role.MenuItem, QAccessible.Role.Link,
}  # fmt: skip
"""Roles of what a reader works with."""


def nameless(there: Any) -> list[str]:
    """Everything below that can be used and has no name to be said."""
    if there is None or not there.isValid() or there.state().invisible:
        return []
    found = []
    if there.role() in USED and not there.text(NAME).strip():
        thing = there.object()
        found = [f"{type(thing).__name__} in {type(thing.parent()).__name__}"]
    if there.role() not in (QAccessible.Role.Table, QAccessible.Role.Tree):  # cells say their own
        for number in range(there.childCount()):
            found += nameless(there.child(number))
    return found


def test_a_screen_reader_finds_a_name_on_everything_in_places_and_dialogs(
    listening: None, open_book: Open
) -> None:
    del listening
    window = open_book()
    QApplication.processEvents()
    window.frame.show_panel(True)
    bare = []
    for name in window.places:
        window.go(name)
        views = [one for one in window.place.findChildren(Segments) if one.isVisible()][:1]
        for view in [key for one in views for key in one._keys] or [""]:
            if view:
                views[0].button(view).click()
            QApplication.processEvents()
            bare += [f"{name} {view}: {one}" for one in nameless(told(window))]
    window.go("lines")
    place: Any = window.place
    place.set_query("")
    place.go_to(int(place._book.counted.nonzero()[0][0]))
    seen = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        seen.append(box.windowTitle())
        bare.extend(f"{box.windowTitle()}: {one}" for one in nameless(told(box)))
        box.reject()

    for act in ("ask_as_of", "ask_volume", "review.correct", "review.state_contents",
                "guide.show_keys", "guide.show_help"):  # fmt: skip
        QTimer.singleShot(0, window, look)
        window.actions_[act].trigger()
        QApplication.processEvents()
    assert len(set(seen)) == 6
    assert not bare, bare
