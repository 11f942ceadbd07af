"""Tables as they stand on screen: whole in the file or not there, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from bomexposure.export.shown_table import REPORT_ROWS, write_shown
from bomexposure.model.errors import Cancelled, OutputError
from bomexposure.present.shown import ShownTable

HEADS = ["Part no.", "Words", "Words"]
ROWS = [["00123", "Ring, Ø 12\n2 off", ""], ["=1+1", "-5", "x"]]


def table(count: int = 2) -> ShownTable:
    return ShownTable("Lines", HEADS, count, lambda: ROWS)


def test_csv_holds_the_words_and_nothing_that_runs(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    write_shown(table(), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert found == [HEADS, ROWS[0], ["'=1+1", "-5", "x"]]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel needs it to see UTF-8


def test_excel_keeps_zeros_and_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "lines.xlsx"
    write_shown(table(), path)
    sheet = openpyxl.load_workbook(path)["Lines"]
    cells = [[(c.value, c.data_type) for c in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0][0] == ("00123", "s")
    assert cells[1][0] == ("=1+1", "s")
    assert cells[0][1][0] == "Ring, Ø 12\n2 off"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_without_rows_has_its_heads(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"lines.{kind}"
    write_shown(ShownTable("Lines", ["A", "B"], 0, lambda: []), path)
    if kind == "csv":
        assert path.read_text(encoding="utf-8-sig").split() == ["A,B"]
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert [cell.value for cell in sheet[1]] == ["A", "B"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cancel_leaves_the_old_file_and_nothing_else(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"lines.{kind}"
    path.write_text("old")

    def rows() -> Iterator[list[str]]:
        for number in range(10 * REPORT_ROWS):
            yield [str(number), "", ""]

    class Stop:
        def step(self, _label: str, done: int, _total: int) -> None:
            if done >= 3 * REPORT_ROWS:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_shown(ShownTable("Lines", HEADS, 10 * REPORT_ROWS, rows), path, Stop())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="1,048,575 rows") as caught:
        write_shown(table(1_048_576), tmp_path / "lines.xlsx")
    assert "CSV" in caught.value.mend
    assert not list(tmp_path.iterdir())
