"""Where the view stands when the keyboard goes somewhere."""

from __future__ import annotations

import gc
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui import focus
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]


def test_a_chart_taller_than_its_view_is_entered_at_its_top(qtbot: QtBot) -> None:
    """The place that is entered shows the worst mineral first, not the middle of the list."""
    area, chart = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    chart.setFixedSize(300, 900)
    chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setWidget(chart)
    area.resize(340, 200)
    area.show()
    qtbot.waitExposed(area)
    focus.enter(chart)
    assert area.verticalScrollBar().value() == 0
    field = QWidget(chart)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setGeometry(10, 700, 100, 30)
    field.show()
    focus.enter(field)
    assert area.verticalScrollBar().value() > 400


def test_walking_through_a_window_leaves_its_widgets_alive(open_book: Open) -> None:
    """Qt owns them: a collection by Python must not take a part of the window for deleted."""
    window = open_book()
    for name, place in window.places.items():
        window.view.go(name)
        focus.step(window.frame, window.frame, forward=True)
        gc.collect()
        gone = [
            key for key, part in vars(place).items()
            if isinstance(part, QObject) and not shiboken6.isValid(part)
        ]  # fmt: skip
        assert not gone, (name, gone)
