"""What stands in panels and tables is as tall and as wide as it has to be, and no more."""

from __future__ import annotations

from dataclasses import replace

import fakes
import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui.bookbuild import build
from bomexposure.gui.explain_line import cut_title, line_title, marked
from bomexposure.gui.linebook import decimals_of, one_line
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


def test_acts_of_the_panel_go_to_a_second_line_before_one_is_cut(qtbot: QtBot) -> None:
    looks = Looks()
    window = QWidget()
    qtbot.addWidget(window)
    panel = Panel(looks)
    panel.setParent(window)
    page = Page(looks, None)
    acts = [QPushButton(words) for words in ("Accept", "Correct…", "Apply to all 1,234 alike")]
    page.buttons(*acts)
    page.text(SENTENCE)
    page.finish()
    panel.show_page(page)
    panel.setGeometry(0, 0, 290, 500)
    window.resize(400, 500)
    window.show()
    qtbot.waitExposed(window)
    places = [act.mapTo(panel, act.rect().bottomRight()) for act in acts]
    assert max(place.x() for place in places) < 290
    assert all(act.width() >= act.sizeHint().width() for act in acts)
    assert places[2].y() > places[0].y()
    assert page.height() >= max(place.y() for place in places)


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


def test_a_cell_keeps_its_indent_and_loses_its_gaps() -> None:
    # a sheet of fixed width fills cells up with blanks; an indent draws a level
    assert one_line("  Rotor \n of   steel   ") == "  Rotor of steel"


def test_a_line_without_words_is_called_by_its_designators_before_its_number() -> None:
    answer = fakes.analysis()
    lines = answer.bom.lines.assign(
        description="", value="", part_number="", mpn="", item="4", designator="C357"
    )
    lines["material"] = ""
    book = build(replace(answer, bom=replace(answer.bom, lines=lines)))
    assert line_title(book, 0) == "C357"
    # its row in the table is not empty either
    assert book.stand_in(0) == "C357"
    assert build(answer).stand_in(0) == ""
    many = lines.assign(designator="  ".join(f"C{number}" for number in range(40)))
    book = build(replace(answer, bom=replace(answer.bom, lines=many)))
    assert len(line_title(book, 0)) <= 60
    assert line_title(book, 0).startswith("C0 C1 C2")


def test_amounts_in_a_column_without_a_role_stand_at_the_right() -> None:
    answer = fakes.analysis()
    original = answer.bom.original.assign(Sum="46.8", Note="46.8 in all")
    book = build(replace(answer, bom=replace(answer.bom, original=original)))
    right = {one.heading: one.right for one in book.columns}
    assert right["Sum"]
    assert not right["Note"]


def test_a_long_description_is_cut_as_a_title_around_the_words_that_matched() -> None:
    text = f"{'bracket of the sensor head, ' * 10}made of alloy 6061 and anodised"
    at = text.index("6061")
    shown, spans = cut_title(text, [(at, at + 4)])
    assert len(shown) <= 190
    assert shown.startswith("… ")
    (start, end) = spans[0]
    assert shown[start:end] == "6061"
    early, spans = cut_title(text, [(0, 7)])
    assert early.startswith("bracket of")
    assert early.endswith("…")
    assert spans == [(0, 7)]
    assert cut_title("LED, white", [(5, 10)]) == ("LED, white", [(5, 10)])


def test_a_word_wider_than_the_panel_may_break() -> None:
    assert marked("X" * 60, [], "", "").count("\u200b") == 2
    assert marked("R&D", [], "", "") == "R&amp;D"
