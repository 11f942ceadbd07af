"""The Lines table: its model, order, folds, chips and selection."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import fakes
import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView

from bomexposure.gui.bookbuild import build
from bomexposure.gui.places.columnchooser import ColumnChooser
from bomexposure.gui.places.linesmodel import CHIPS_ROLE, LinesModel
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]


def test_the_model_keeps_qts_rules(qapp: object) -> None:
    """Through sort, filter, fold, selection and a change of book, watched by Qt's own tester."""
    del qapp
    model = LinesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    chosen = QItemSelectionModel(model)
    book = build(fakes.analysis())
    model.set_book(book)
    flags = QItemSelectionModel.SelectionFlag
    for rows in ([3, 1], [6, 5, 4, 3, 2, 1, 0], [], [0], list(range(7))):
        model.set_rows(np.array(rows, dtype=np.int64))
        assert model.rowCount() == len(rows)
        if rows:
            chosen.select(model.index(0, 0), flags.ClearAndSelect | flags.Rows)
            assert model.line_at(chosen.selectedRows()[0].row()) == rows[0]
    assert model.rowCount(model.index(0, 0)) == 0
    for number in range(len(book.columns)):
        for row in range(7):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
                         Qt.ItemDataRole.AccessibleTextRole):  # fmt: skip
                assert isinstance(model.index(row, number).data(role), str)
    model.set_book(build(fakes.analysis()))
    assert not chosen.hasSelection()
    model.set_book(None)
    assert model.columnCount(QModelIndex()) == 0
    del tester


def test_every_table_of_the_window_keeps_qts_rules(open_book: Open, qtbot: Any) -> None:
    """All places, their tables watched while they are filled, sorted, filtered and emptied."""
    window = open_book()
    testers = []
    for name in window.places:
        window.view.go(name)
        qtbot.waitUntil(lambda: not window.analyst.playing.busy, timeout=20_000)
        for view in window.places[name].findChildren(QAbstractItemView):
            if view.model() is not None:
                testers.append(
                    QAbstractItemModelTester(
                        view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
                    )
                )
    assert len(testers) >= 4
    window.view.go("lines")
    window.lines.table.selectAll()
    window.lines._sort(2)
    window.lines.set_query("magnet")
    window.lines.set_query("")
    window.lines.toggle_tree()
    window.lines.toggle_tree()
    for name in window.places:
        window.view.go(name)
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(Path(window.document.project.workbook))


def test_opening_another_file_lets_the_first_answer_go(open_book: Open, qtbot: Any) -> None:
    """Every place was entered; none may keep the answer of a file that was closed."""
    window = open_book()
    for name in window.places:
        window.view.go(name)
        qtbot.waitUntil(lambda: not window.analyst.playing.busy, timeout=20_000)
    window.view.go("lines")
    analysis = window.document.analysis
    assert analysis is not None
    lines, contents = weakref.ref(analysis.bom.lines), weakref.ref(analysis.contents.contents)
    del analysis
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(Path(window.document.project.workbook))

    def gone() -> None:
        gc.collect()
        assert contents() is None
        assert lines() is None

    qtbot.waitUntil(gone, timeout=10_000)


def test_chips_stand_strongest_first_and_speak(qapp: object) -> None:
    del qapp
    model = LinesModel()
    model.set_book(build(fakes.analysis()))
    chips = model.index(1, 0).data(CHIPS_ROLE)
    assert [chip.symbol for chip in chips] == ["Dy", "Nd"]
    assert chips[0].spoken == "Dysprosium, certain, index 100"
    assert chips[0].supply == "acute"
    housing = model.index(4, 0).data(CHIPS_ROLE)
    # aluminum certain (index 37, reliance 60 %), magnesium likely (index 66 to 88)
    assert [(c.symbol, c.presence, c.supply) for c in housing] == [
        ("Al", "certain", "reliant"), ("Mg", "likely", "acute"),
    ]  # fmt: skip


def test_unknown_is_a_word(qapp: object) -> None:
    del qapp
    model = LinesModel()
    book = build(fakes.analysis())
    model.set_book(book)
    column = {one.key: number for number, one in enumerate(book.columns)}
    assert model.index(6, column["minerals"]).data() == "not recognised"
    assert model.index(6, column["index"]).data() == "unknown"
    assert model.index(5, column["minerals"]).data() == "none known"


def test_a_third_click_goes_back_to_bom_order(open_book: Open) -> None:
    window = open_book()
    place = window.lines
    index = next(
        n
        for n, one in enumerate(place.table.lines.book.columns)
        if one.key == "spend"  # type: ignore[union-attr]
    )
    place._sort(index)
    assert [int(r) for r in place.table.lines.rows[:2]] == [0, 4] or int(
        place.table.lines.rows[0]
    ) in (4, 6, 0)
    place._sort(index)
    place._sort(index)
    assert [int(r) for r in place.table.lines.rows] == [0, 1, 2, 3, 4, 5, 6]


def test_folding_hides_what_is_below(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    table = window.lines.table
    table.setFocus()
    window.lines.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert [int(r) for r in table.lines.rows] == [0]
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert len(table.lines.rows) == 7


def test_a_click_on_a_chip_selects_its_mineral(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    table = window.lines.table
    column = next(
        n
        for n, one in enumerate(table.lines.book.columns)
        if one.key == "minerals"  # type: ignore[union-attr]
    )
    rect = table.visualRect(table.lines.index(3, column))
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + _inside(rect)
    )
    subject = window.view.view.subject
    assert subject is not None
    assert (subject.kind, subject.key) == ("mineral", "gallium")
    # the filter acts on the table: the LED and the assembly above it stay
    assert [int(r) for r in table.lines.rows] == [0, 3]


def _inside(rect: Any) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(16, rect.height() // 2)


def test_what_matters_most_is_said_until_a_line_is_chosen(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    table = window.lines.table
    qtbot.waitUntil(lambda: table.hasFocus() and table.currentIndex().row() == 0)
    assert window.view.view.subject is None, "the cursor came by; nobody chose the first line"
    # the first press of an arrow takes the line that the cursor stands on
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert window.view.view.subject is not None
    assert window.lines.selected_lines() == [table.lines.line_at(0)]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert window.lines.selected_lines() == [table.lines.line_at(1)]


def test_a_click_on_the_current_line_explains_it_again(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    table = window.lines.table
    cell = table.visualRect(table.lines.index(0, table.first_column())).center()
    press = partial(qtbot.mouseClick, table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    press()
    line = window.view.view.subject
    assert line is not None
    assert line.kind in ("line", "assembly")
    window.view.select(Subject("mineral", "gallium", "Gallium"), filtering=False)
    press()
    assert window.view.view.subject == line


def test_filter_field_and_its_fault(open_book: Open) -> None:
    window = open_book()
    place = window.lines
    place.field.setText("mineral:graphite")
    place.refresh()
    assert [int(r) for r in place.table.lines.rows] == [0, 2]
    place.field.setText("colour:red")
    place.refresh()
    assert place.filter.fault.isVisible()
    assert "colour" in place.filter.fault.text()
    place.field.setText("nothing like this")
    place.refresh()
    assert place.filter.empty.isVisible()


def test_an_emptied_filter_field_takes_its_fault_back(open_book: Open) -> None:
    window = open_book()
    window.lines.set_query("spend>abc")
    assert "not a number" in window.lines.filter.fault.text()
    window.lines.set_query("")
    assert window.lines.filter.fault.isHidden()
    assert not window.lines.field.property("fault")


def test_the_panel_leaves_what_was_found_in_sight_in_a_small_window(open_book: Open) -> None:
    window = open_book()
    window.resize(1280, 800)
    window.frame.show_panel(True)
    window.lines.go_to(1)
    table, panel = window.lines.table, window.panel
    assert window.frame.drawer
    book = table.lines.book
    assert book is not None
    for number, one in enumerate(book.columns):
        if one.key in ("minerals", "index"):
            right = table.columnViewportPosition(number) + table.columnWidth(number)
            edge = table.viewport().mapTo(window, table.viewport().rect().topLeft()).x()
            assert edge + right <= panel.mapTo(window, panel.rect().topLeft()).x(), one.key
    window.frame.show_panel(False)
    assert window.lines.body.contentsMargins().right() == 0


def test_copy_with_headers(open_book: Open) -> None:
    window = open_book()
    window.lines.go_to(1)
    text = window.lines.copy_text(headers=True)
    head, row = text.split("\n")
    assert head.startswith("Row\t")
    assert "Rotor magnet NdFeB 38SH" in row
    # part numbers keep their leading zeros
    assert "\t0010\t" in row


@pytest.mark.parametrize("segment", ["review", "unknown"])
def test_segments(open_book: Open, segment: str) -> None:
    window = open_book()
    window.lines.set_query("", segment)
    lines = [int(r) for r in window.lines.table.lines.rows]
    # only the mystery box (line 6) is neither recognised nor decided
    assert [line for line in lines if line != 0] == [6]


def test_painted_cells_follow_theme_and_text_size(open_book: Open) -> None:
    """What the cells keep between two paintings is made anew with the looks."""
    lines = open_book().lines
    lines.table.viewport().grab()
    for change in ({"choice": "dark"}, {"choice": "light", "scale": 1.5}):
        lines.context.looks.set(**change)
        shown = lines.table.viewport().grab().toImage()
        lines.editing.forget()
        assert shown == lines.table.viewport().grab().toImage(), change
    lines.context.looks.set(scale=1.0)


def test_a_selection_of_everything_asks_no_cell(
    open_book: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_book()
    table, asked = window.lines.table, []
    table.selectAll()
    flags = type(table.lines).flags
    monkeypatch.setattr(
        type(table.lines), "flags", lambda self, index: asked.append(1) or flags(self, index)
    )
    # a million questions to Python on a large book, from reading the rows and painting the heads
    assert window.lines.selected_lines() == table.lines.rows.tolist()
    assert not table.horizontalHeader().selectionModel().hasSelection()
    assert not asked


def test_columns_are_found_and_ticked_in_one_go_and_go_back_to_the_first_view(
    open_book: Open,
) -> None:
    """A menu that was left in the usual way would close after the first column."""
    window = open_book()
    place, book = window.lines, window.lines.table.lines.book
    assert book is not None
    chooser = ColumnChooser(place, place.columns, book, window.looks)
    for words in ("mass", "spend"):
        chooser.field.setText(words)
        QTest.keyClick(chooser.field, Qt.Key.Key_Return)

    def shown() -> set[str]:
        return {book.columns[n].key for n in place.columns.in_order()}

    assert {"mass", "spend"} <= shown()
    chooser.back.click()
    assert not {"mass", "spend"} & shown()
    chooser.close()
