"""Lines filtered by the values of a column, through the menus of heads and cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from bomexposure.gui.columnmenu import column_menu
from bomexposure.gui.places.legend import total_words
from bomexposure.gui.places.linesvalues import ValueChooser
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]

# the hand-made pump has five lines of five classes; the pump itself and the last line have none


@pytest.fixture
def window(open_book: Open) -> MainWindow:
    made = open_book()
    made.go("lines")
    made.lines.columns.show(column_of(made, "class"), True)
    return made


def column_of(window: MainWindow, name: str) -> int:
    book = window.lines.table.lines.book
    assert book is not None
    return next(at for at, one in enumerate(book.columns) if name in (one.role, one.key))


def on_show(window: MainWindow) -> list[str]:
    window.lines.refresh()
    table, book = window.lines.table, window.lines.table.lines.book
    assert book is not None
    return book.texts(column_of(window, "class"), table.lines.rows)


def act(menu: QMenu, words: str) -> Any:
    return next(one for one in menu.actions() if one.text().startswith(words))


def chooser(window: MainWindow, column: int) -> ValueChooser:
    menu = column_menu(window.lines.table, column)
    act(menu, "&Choose values").trigger()
    return window.lines.findChildren(ValueChooser)[-1]


def test_ticked_values_stay_and_the_head_tells_that_others_are_away(window: MainWindow) -> None:
    column = column_of(window, "class")
    window.lines.table.tree_on = False
    every = on_show(window)
    names = sorted({one for one in every if one})
    assert len(names) == 5
    box = chooser(window, column)
    rows = [box.list.item(at).text() for at in range(box.list.count())]
    assert "(empty) · 2" in rows
    wanted = names[0]
    box.turn(next(box.list.item(at) for at in range(len(rows)) if rows[at].startswith(wanted)))
    assert set(on_show(window)) == {wanted}
    heads = window.lines.table.lines
    mark, across = Qt.ItemDataRole.DecorationRole, Qt.Orientation.Horizontal
    assert heads.headerData(column, across, mark) is not None
    # the list still offers the others, and a second tick adds
    box.turn(next(box.list.item(at) for at in range(len(rows)) if rows[at].startswith("(empty)")))
    assert set(on_show(window)) == {wanted, ""}
    box.close()
    again = chooser(window, column)
    assert again.list.count() == len(rows)
    again.back.click()
    again.close()
    assert on_show(window) == every
    assert heads.headerData(column, across, mark) is None
    assert not window.lines.field.text()


def test_a_cell_offers_its_value_alone_and_all_but_it(window: MainWindow) -> None:
    table = window.lines.table
    table.tree_on = False
    every = on_show(window)
    row = next(at for at, words in enumerate(every) if words)
    column = column_of(window, "class")
    where = table.visualRect(table.lines.index(row, column)).center()
    act(window.lines.menus.of_row(where), "&Only").trigger()
    assert set(on_show(window)) == {every[row]}
    window.lines.field.clear()
    window.lines.refresh()
    act(window.lines.menus.of_row(where), "All &but").trigger()
    assert on_show(window) == [one for one in every if one != every[row]]


def test_evidence_is_chosen_by_its_words(window: MainWindow) -> None:
    book = window.lines.table.lines.book
    assert book is not None
    box = chooser(window, column_of(window, "evidence"))
    box.field.setText("designated")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    box.close()
    window.lines.table.tree_on = False
    window.lines.refresh()
    # the bush and the housing
    assert window.lines.table.lines.rows.tolist() == [2, 4]


def test_a_column_is_hidden_from_its_head_and_figures_found_by_the_program_offer_no_values(
    window: MainWindow,
) -> None:
    table, book = window.lines.table, window.lines.table.lines.book
    assert book is not None
    column = column_of(window, "description")
    act(column_menu(table, column), "&Hide").trigger()
    assert table.isColumnHidden(column)
    assert not act(column_menu(table, column_of(window, "index")), "&Choose values").isEnabled()
    assert window.lines.menus.of_row(QPoint(5, 5)).actions()


def test_lines_that_a_filter_keeps_and_selected_ones_are_summed_up(window: MainWindow) -> None:
    total, table = window.lines.legend.total, window.lines.table
    assert total.text() == ""
    window.lines.set_query("mineral:gallium")  # the LED, 0.04 USD
    assert total.text() == "1 of 6 lines · $0.04 · 1 acute"
    window.lines.set_query("")
    table.tree_on = False
    window.lines.refresh()
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 5):  # the magnet, 11.40, and the label, 0.10
        table.selectionModel().select(table.lines.index(row, 0), flags.Select | flags.Rows)
    assert total.text() == "2 lines selected · $11.50 · 1 acute"
    book = table.lines.book
    assert book is not None  # an amount that no currency tells for one says what it is
    told = total_words(replace(book, currency=""), np.array([1, 5]))
    assert told == "spend 11.50 · 1 acute"


def test_another_file_begins_with_all_its_lines(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    window.lines.set_query("mineral:gallium", "review")
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"not read")
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(other)
    assert window.lines.field.text() == ""
    assert window.lines.table.lines.rowCount() == 7
