"""Where the view stands when the keyboard goes somewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui import focus


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
