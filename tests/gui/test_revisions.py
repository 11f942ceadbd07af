"""Two revisions of a BOM compared from the window."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from realwindow import opened, real_window, settled

from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import Override

HEAD = ["Part number", "Description", "Qty", "Unit price", "Currency"]
OLD = (
    ["M1", "Ring magnet NdFeB N42SH D38x22", 1, 11.40, "USD"],
    ["L1", "LED green 0603", 4, 0.05, "USD"],
)
NEW = (
    ["W1", "Washer M4 A2", 4, 0.01, "USD"],
    ["M1", "Ring magnet NdFeB N42SH D38x22", 2, 11.40, "USD"],
)


def write(path: Path, rows: tuple[list[Any], ...]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, recorder: Any) -> Iterator[MainWindow]:
    del qtbot
    with real_window(tmp_path, recorder) as made:
        yield made
    assert not recorder.crashes


def cells(path: Path, sheet: str) -> set[str]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return {str(cell) for row in rows for cell in row if cell is not None}


def compare(window: MainWindow, recorder: Any, qtbot: Any, other: Path, target: Path) -> None:
    """By the action of the File menu, until the workbook is written or refused."""
    recorder.opens.append(other)
    recorder.saves.append(target)
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=60_000):
        window.actions_["exports.write_changes"].trigger()


def test_what_a_revision_changes_is_written_as_a_workbook(
    window: MainWindow, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    old, new = write(tmp_path / "rev-b.csv", OLD), write(tmp_path / "rev-c.csv", NEW)
    opened(window, new, qtbot)
    target = tmp_path / "changes.xlsx"
    compare(window, recorder, qtbot, old, target)
    assert "Washer M4 A2" in cells(target, "Added")
    assert "LED green 0603" in cells(target, "Removed")
    changed = cells(target, "Changed")
    assert {"quantity total", "1", "2"} <= changed
    assert "changes.xlsx" in window.message_strip.text


def test_a_decision_on_one_row_holds_in_both_revisions(
    window: MainWindow, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    """The magnet stands in row 2 of the one and in row 3 of the other."""
    old, new = write(tmp_path / "rev-b.csv", OLD), write(tmp_path / "rev-c.csv", NEW)
    opened(window, new, qtbot)
    window.go("lines")
    window.lines.go_to(1)
    lines = window.document.analysis.bom.lines  # type: ignore[union-attr]
    row = Override(lines["fingerprint"].iat[1], line_id=lines["id"].iat[1], component_class="LED")
    window.lines.editing.decided.emit(1, row)
    settled(window, qtbot)
    target = tmp_path / "changes.xlsx"
    compare(window, recorder, qtbot, old, target)
    assert "Ring magnet NdFeB N42SH D38x22" in cells(target, "Changed")
    # taken for an LED in both: else the decision itself would pass for a change of design
    assert "Ring magnet NdFeB N42SH D38x22" not in cells(target, "Re-mapped")


def test_the_open_file_and_a_file_that_is_no_bom_are_told(
    window: MainWindow, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    new = write(tmp_path / "rev-c.csv", NEW)
    opened(window, new, qtbot)
    recorder.opens.append(new)
    window.actions_["exports.write_changes"].trigger()
    assert "another revision" in window.message_strip.text
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    target = tmp_path / "changes.xlsx"
    compare(window, recorder, qtbot, empty, target)
    assert "empty.csv" in window.message_strip.text
    assert not target.exists()
