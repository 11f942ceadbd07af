"""Columns of the PDF's tables: what may break, what may not, and where spare width goes."""

from __future__ import annotations

import doctest

import pytest

from bomexposure.export import pdf_tables
from bomexposure.export.pdf_tables import (
    INSET,
    PAGE_WIDTH,
    breakable,
    column_widths,
    letters_width,
)


def test_examples_in_the_module_hold() -> None:
    assert doctest.testmod(pdf_tables).failed == 0


def test_width_of_letters_is_that_of_the_font_rounded_up() -> None:
    # W 0.95, i 0.25, 0 0.65 em of 10 points; a letter of East Asia more than one em
    assert letters_width("Wi0", 10.0) == pytest.approx(18.5)
    assert letters_width("磁", 10.0) == pytest.approx(10.5)
    assert letters_width("\u200b", 10.0) == 0.0


def test_codes_and_figures_stay_whole_beside_long_texts() -> None:
    heads = ["Part number", "Mass", "Description"]
    cells = [["00 041 2120"], ["0.00245–20 kg"], ["a very long description of a part " * 6]]
    widths, size = column_widths(heads, cells, [False, True, False], [True, False, False], 300.0)
    assert sum(widths) == pytest.approx(300.0, abs=0.3)
    for at in (0, 1):
        assert widths[at] - INSET >= letters_width(cells[at][0], size) - 0.05


def test_spare_width_goes_to_the_tallest_column() -> None:
    cells = [["word " * 60], ["word " * 6]]
    widths, _ = column_widths(["A", "B"], cells, [False] * 2, [False] * 2, PAGE_WIDTH)
    assert widths[0] > 2 * widths[1]


def test_type_shrinks_before_words_break_and_widths_never_pass_the_page() -> None:
    words = [["W" * 12]] * 9
    widths, size = column_widths(["H"] * 9, words, [False] * 9, [False] * 9, PAGE_WIDTH)
    # 12 W of 0.95 em at 6.5 points are 74.1 points: nine of them are more than the page
    assert size == 6.5
    assert sum(widths) == pytest.approx(PAGE_WIDTH, abs=1.0)
    broken = breakable("W" * 12, widths[0] - INSET, size)
    assert "\u200b" in broken
    assert all(letters_width(one, size) <= widths[0] - INSET for one in broken.split("\u200b"))


def test_a_table_without_rows_has_widths() -> None:
    widths, size = column_widths(["A", "B"], [[], []], [False] * 2, [False] * 2, 100.0)
    assert sum(widths) == pytest.approx(100.0, abs=0.3)
    assert size == 7.5


def test_breaking_loses_no_letter() -> None:
    text = "磁石ローター組立品ネオジム焼結磁石 " * 3 + "x" * 300
    assert breakable(text, 60.0, 7.5).replace("\u200b", "") == text


def test_scripts_without_blanks_wrap_between_letters() -> None:
    # thirty letters of more than an em would ask for the widest word; one letter asks for one
    cells = [["磁" * 30], ["PN-0001"]]
    widths, _ = column_widths(["A", "B"], cells, [False] * 2, [False, True], 60.0)
    assert widths[0] < 30.0
    assert widths[1] - INSET >= letters_width("PN-0001", 6.5) - 0.05


def test_a_long_word_with_joints_takes_no_room_from_other_columns() -> None:
    # 42 letters of more than half an em break behind an underscore: 70 points are enough
    cells = [["J2_Joint_Head_Schnuraufnahme_J2B_AluTiefer"], ["word " * 8]]
    widths, size = column_widths(["A", "B"], cells, [False] * 2, [False] * 2, 130.0)
    assert widths[0] < 90
    broken = breakable(cells[0][0], widths[0] - INSET, size).split("\u200b")
    assert all(one.endswith("_") for one in broken[:-1])
