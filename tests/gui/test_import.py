"""Opening real files: straight through, asked about, corrected, remembered, given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from realwindow import opened, real_window, settled

from bomexposure.gui.places.importing import ImportPlace
from bomexposure.gui.places.importside import Cell
from bomexposure.gui.reading import range_fault, range_words
from bomexposure.gui.window import MainWindow

ODD = """Kunde,Muster AG,,,
Pos,Bezeichnung,Zusatz,Menge,Preis
10,Halter,Magnet NdFeB N42SH,2,3.50
20,Platte,EN AW-6061,1,1.20
30,Leuchte,LED green 0603,viele,0.10
"""
"""The words that tell the material stand in a column whose header says nothing."""


@pytest.fixture
def window(qtbot: Any, qapp: Any, tmp_path: Path, recorder: Any) -> Iterator[MainWindow]:
    del qtbot, qapp
    with real_window(tmp_path, recorder) as made:
        yield made


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    return path


def place_of(window: MainWindow) -> ImportPlace:
    place = window.places["import"]
    assert isinstance(place, ImportPlace)
    return place


def choose(field: QComboBox, key: str) -> None:
    """What a user does: open the field, press an entry."""
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def words_in(widget: Any) -> str:
    shown = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(one.text() for one in shown)


def test_a_column_corrected_once_is_known_the_next_time(
    window: MainWindow, odd: Path, tmp_path: Path, qtbot: Any
) -> None:
    opened(window, odd, qtbot)
    window.go("import")
    place = place_of(window)
    assert place.table.cells.header_row == 2
    choose(place.table.roles.combos[2], "material")
    settled(window, qtbot)
    lines = window.document.analysis.bom.lines  # type: ignore[union-attr]
    assert lines["material"].tolist() == ["Magnet NdFeB N42SH", "EN AW-6061", "LED green 0603"]
    held = window.document.book.holding("neodymium")  # type: ignore[union-attr]
    assert held.tolist() == [True, False, False]
    qtbot.mouseClick(place.use, Qt.MouseButton.LeftButton)
    assert window.place.name == "lines"

    second = tmp_path / "next month.csv"
    second.write_text(ODD.replace("N42SH", "N52"), encoding="utf-8")
    window.document.undo_stack.setClean()
    opened(window, second, qtbot)
    assert window.document.analysis.bom.lines["material"].iat[0] == "Magnet NdFeB N52"  # type: ignore[union-attr]
    assert window.place.name == "lines"
    window.go("import")
    told = words_in(place.side)
    assert "you confirmed" in told
    assert "odd.csv" in told
    forget = next(b for b in place.side.findChildren(QPushButton) if b.text() == "Forget them")
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    settled(window, qtbot)
    assert window.document.analysis.bom.lines["material"].iat[0] == ""  # type: ignore[union-attr]
    # what was written before is deleted when the event loop next turns
    qtbot.waitUntil(lambda: "you confirmed" not in words_in(place.side), timeout=30_000)


def test_a_doubtful_file_opens_the_place_with_the_reason(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "no quantities.csv"
    path.write_text("Part Number,Description\nA1,Steel screw M4\nA2,Copper wire\n")
    opened(window, path, qtbot)
    assert window.place.name == "import"
    assert "quantities" in window.message_strip.text
    assert "Look here first" in words_in(place_of(window).side)


def test_an_issue_leads_to_its_cell(window: MainWindow, odd: Path, qtbot: Any) -> None:
    opened(window, odd, qtbot)
    window.go("import")
    place = place_of(window)
    link = next(b for b in place.side.findChildren(QPushButton) if "Row 5" in b.accessibleName())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    index = place.table.currentIndex()
    assert (index.row(), index.column(), index.data()) == (4, 3, "viele")
    assert (4, 3) in place.table.cells.marked


def test_a_cell_far_below_can_be_shown(window: MainWindow, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(f"P{n},Screw M4 A2-70,{n}\n" for n in range(1, 401))
    path.write_text("Part Number,Description,Qty\n" + rows)
    opened(window, path, qtbot)
    window.go("import")
    place = place_of(window)
    place.show_cell(Cell("", 301, "Qty"))
    assert place.table.currentIndex().data() == "300"


def test_only_a_range_is_read_and_undo_gives_the_rest_back(
    window: MainWindow, odd: Path, qtbot: Any
) -> None:
    opened(window, odd, qtbot)
    window.go("import")
    place = place_of(window)
    qtbot.keyClicks(place.area, "A2:E4")
    qtbot.keyClick(place.area, Qt.Key.Key_Return)
    settled(window, qtbot)
    assert place.use.text() == "Use these 2 lines"
    assert "A2:E4" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    assert place.use.text() == "Use these 3 lines"
    assert place.area.text() == ""


def test_an_encoding_that_does_not_fit_changes_nothing(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "umlaut.csv"
    path.write_bytes(
        "Teil,Benennung,Stück\nA1,Hülse für Führung,2\nA2,Schlüssel größer,1\n".encode("cp1252")
    )
    opened(window, path, qtbot)
    window.go("import")
    place = place_of(window)
    choose(place.encoding, "utf-8")
    settled(window, qtbot)
    assert "utf-8" in window.message_strip.text
    assert window.document.project.choices.reading.encoding == ""
    assert not window.document.undo_stack.canUndo()
    assert not window.document.dirty


def test_columns_are_shared_as_a_file(
    window: MainWindow, odd: Path, tmp_path: Path, recorder: Any, qtbot: Any
) -> None:
    opened(window, odd, qtbot)
    window.go("import")
    place = place_of(window)
    choose(place.table.roles.combos[2], "material")
    settled(window, qtbot)
    target = tmp_path / "muster.columns.json"
    recorder.saves.append(target)
    place.side.saving.emit()
    assert target.is_file()
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    recorder.opens.append(target)
    place.side.loading.emit()
    settled(window, qtbot)
    assert window.document.analysis.bom.lines["material"].iat[1] == "EN AW-6061"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.csv", b"", "empty"),
        ("letter.csv", b"Dear colleague,\nthe pump leaks.\n", "No bill of materials"),
        ("broken.xlsx", b"PK\x03\x04 this is no zip", "broken.xlsx"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked.xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_leaves_the_old_one_alone(
    window: MainWindow, odd: Path, tmp_path: Path, qtbot: Any, name: str, data: bytes, told: str
) -> None:
    opened(window, odd, qtbot)
    before = window.document.analysis
    path = tmp_path / name
    path.write_bytes(data)
    with qtbot.waitSignal(window.analyst.failed, timeout=30_000):
        window.files.open_path(path)
    assert told in window.message_strip.text
    assert window.document.analysis is before
    assert window.windowTitle().startswith("odd.csv")


def test_the_preview_keeps_qts_rules(window: MainWindow, odd: Path, qtbot: Any) -> None:
    opened(window, odd, qtbot)
    window.go("import")
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(place_of(window).table.cells, mode)
    window.actions_["go:lines"].trigger()
    del tester


def test_ranges() -> None:
    assert range_words(1, 0, 3, 27) == "A2:AB4"
    assert range_fault("$A$5:k200") == ""
    assert "A5:K200" in range_fault("A5")
    assert "5A" in range_fault("5A:K9")


def test_rows_that_are_no_lines_are_told_and_prices_have_their_cents(
    window: MainWindow, odd: Path, qtbot: Any
) -> None:
    """A sum below the table is no line; 3.5 is how a workbook stores what its sheet has as 3.50."""
    odd.write_text(ODD.replace("3.50", "3.5") + ",,,Gesamt,8.30\n", encoding="utf-8")
    opened(window, odd, qtbot)
    window.go("import")
    place = place_of(window)
    assert "1 row below the header is not read as a line" in words_in(place.side)
    cells = place.table.cells
    assert cells.index(2, 4).data() == "3.50"
    assert cells.text(2, 4) == "3.5"
