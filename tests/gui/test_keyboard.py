"""The keyboard reaches everything: Tab in reading order, panes, links, column roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QWidget,
)

from bomexposure.gui import focus
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]
KEY = Qt.Key


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focused(), key, held)


def walk(back: bool = False) -> list[QWidget]:
    """The widgets that Tab comes to until it is round, from the one that has the keyboard."""
    found = [focused()]
    for _ in range(400):
        press(KEY.Key_Backtab if back else KEY.Key_Tab, shift=back)
        if focused() is found[-1] and isinstance(focused(), QLabel):
            continue  # the next link in the same words
        if focused() is found[0]:
            return found
        assert focused() not in found, f"Tab does not come round to {found[0]}: {focused()}"
        found.append(focused())
    raise AssertionError(f"Tab does not come round: {found[-4:]}")


def wanted(window: MainWindow) -> set[QWidget]:
    """What one must be able to reach: all that takes Tab; of a choice its chosen button."""
    tab = Qt.FocusPolicy.TabFocus
    found = set()
    for one in window.frame.findChildren(QWidget):
        inner = isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
        if one.focusPolicy() & tab != tab or inner or not one.isVisible() or not one.isEnabled():
            continue
        others = one.parentWidget().findChildren(QAbstractButton) if chooses(one) else []
        if not any(other.isChecked() for other in others if other is not one and chooses(other)):
            found.add(one)
    return found


def chooses(one: QWidget) -> bool:
    """A button of the rail or of the views of a place."""
    return bool(one.property("rail") or one.property("segment"))


def told(widgets: Any) -> list[str]:
    return sorted(f"{type(one).__name__} {one.accessibleName()}" for one in widgets)


def test_tab_reaches_everything_and_comes_round_in_every_place(open_book: Open) -> None:
    window = open_book()
    QApplication.processEvents()
    window.frame.show_panel(True)
    for name in window.places:
        window.go(name)
        QApplication.processEvents()
        there = walk()
        assert told(set(there) ^ wanted(window)) == [], name
        assert len(there) == len(set(there)), name
        if name in ("start", "import"):  # the one has words that begin with a link
            assert walk(back=True)[1:] == there[:0:-1], name


def test_tab_goes_from_figures_to_rail_to_header_to_centre_to_panel(open_book: Open) -> None:
    window = open_book()
    QApplication.processEvents()
    window.frame.show_panel(True)
    window.go("exposure")
    QApplication.processEvents()
    place: Any = window.place
    parts = (window.strip, window.rail, place.head, place.pages, window.panel)
    window.strip._made[0][0].setFocus()
    seen = [next(n for n, part in enumerate(parts) if part.isAncestorOf(one)) for one in walk()]
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3, 4}
    # within the centre: the chart at the left with its own controls, then the right column
    place.sort.setFocus()
    order = walk()
    at = [order.index(one) for one in (place.sort, place.dumbbell_card.corner, place.dumbbell,
                                       place.quadrant, place.small_heat)]  # fmt: skip
    assert at == sorted(at)


def test_panes_turn_with_f6_and_leave_none_out(open_book: Open) -> None:
    window = open_book()
    QApplication.processEvents()
    window.frame.show_panel(True)
    window.go("lines")
    place: Any = window.place
    assert focused() is place.table
    turned = []
    for _ in range(5):
        window.actions_["frame.next_pane"].trigger()
        turned.append(focused())
    parts = (window.panel, window.strip, window.rail, place.head, place.table)
    for part, one in zip(parts, turned, strict=True):
        assert part is one or part.isAncestorOf(one), (part, one)
    window.actions_["frame.previous_pane"].trigger()
    assert place.head.isAncestorOf(focused())


def test_a_link_is_reached_by_one_tab_and_followed_by_enter(open_book: Open) -> None:
    window = open_book()
    QApplication.processEvents()
    window.frame.show_panel(True)
    window.go("lines")
    place: Any = window.place
    place.go_to(int(place._book.counted.nonzero()[0][0]))
    window._explain_when_due()
    links = [one for one in window.panel.findChildren(QLabel) if 'href="figure:' in one.text()]
    assert links
    window.frame.next_pane()
    while focused() is not links[0]:
        press(KEY.Key_Tab)
    assert links[0].hasSelectedText()  # the link itself is marked
    press(KEY.Key_Return)
    assert window.view.view.place == "reference"


def picture(widget: QWidget) -> Any:
    """A widget with a little of what is around it, as numbers."""
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(-4, -4)), widget.size().grownBy(QMargins(0, 0, 8, 8)))
    image = window.grab(box & window.rect()).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return whole[:, :, :3].astype(np.int16)


@pytest.mark.parametrize(
    ("theme", "names"), [("light", ("start", "lines", "sources", "report")), ("dark", ("import",))]
)
def test_what_has_the_keyboard_shows_it(
    open_book: Open, theme: str, names: tuple[str, ...]
) -> None:
    window = open_book()
    QApplication.processEvents()
    window.looks.set(choice=theme)
    window.frame.show_panel(True)
    faint = []
    for name in names:
        window.go(name)
        QApplication.processEvents()
        seen: set[str] = set()
        for one in focus.stops(window.frame):
            kind = f"{type(one).__name__} {one.property('sure')} {one.property('primary')}"
            if kind in seen:
                continue  # one of a kind is enough
            seen.add(kind)
            focus.enter(one)
            QApplication.processEvents()
            marked = picture(one)
            one.clearFocus()
            QApplication.processEvents()
            changed = int((np.abs(marked - picture(one)).max(axis=2) > 60).sum())
            # a ring two pixels wide around a cell of a table, or around all of anything else
            if changed < min(one.width(), one.height(), 150):
                faint.append(f"{name}: {kind} {one.accessibleName()}: {changed} pixels")
    assert not faint, faint


def test_column_roles_are_one_stop_and_arrows_walk_them(open_book: Open) -> None:
    window = open_book()
    QApplication.processEvents()
    window.go("import")
    place: Any = window.place
    table = place.table
    table.setFocus()
    table.setCurrentIndex(table.cells.index(4, 1))
    press(KEY.Key_Tab)
    assert focused() is table.roles.combos[1]
    press(KEY.Key_Right)
    assert focused() is table.roles.combos[2]
    assert table.currentIndex().column() == 2
    press(KEY.Key_Left)
    assert focused() is table.roles.combos[1]
    press(KEY.Key_Tab)
    assert focused() not in table.roles.combos
