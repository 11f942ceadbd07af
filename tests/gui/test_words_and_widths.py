"""What stands in panels and tables is as tall and as wide as it has to be, and no more."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui.linebook import decimals_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.panel import Panel
from bomexposure.gui.panelpage import Page

SENTENCE = "A supplier declares the alloy, and the grade in the description says the same. "


def test_a_panel_ends_where_its_words_end(qtbot: QtBot) -> None:
    looks = Looks()
    window = QWidget()
    qtbot.addWidget(window)
    panel = Panel(looks)
    panel.setParent(window)
    page = Page(looks, None)
    for number in range(12):
        page.text(SENTENCE * 4)
        page.facts([(f"Fact {number}", SENTENCE)])
    page.finish()
    panel.show_page(page)
    panel.setGeometry(0, 0, 360, 500)
    window.resize(400, 500)
    window.show()
    qtbot.waitExposed(window)
    inside = page.layout()
    assert inside is not None
    assert page.height() > panel.height()  # there is something to scroll to
    assert page.height() == inside.heightForWidth(page.width())


@pytest.mark.parametrize(
    ("words", "decimals"),
    [
        ("8", 0),
        ("8.4", 1),
        ("-16.7154", 4),
        ("8,4", None),
        ("$8.40", None),
        ("", None),
        ("²", None),
        ("8.", None),
    ],
)
def test_figures_with_a_point_are_told_from_words(words: str, decimals: int | None) -> None:
    assert decimals_of(words) == decimals
