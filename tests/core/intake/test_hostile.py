"""Sheets that people spoil without meaning to: each reads right or says what mends it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import books
import pytest

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.errors import WorkbookError

HEAD = ["Item", "Part Number", "Description", "Qty", "Unit", "Material", "Mass [kg]", "Unit Price"]
BODY: list[list[Any]] = [
    [1, "P-1", "Housing", 1, "EA", "ADC12", 1.2, 20.5],
    [2, "P-2", "Shaft", 1, "EA", "42CrMo4", 0.5, 8.1],
    [3, "P-3", "Magnet", 12, "EA", "NdFeB", 0.012, 1.9],
    [4, "P-4", "Screw M6x20", 8, "EA", "8.8", 0.006, 0.03],
]
PARTS = ["P-1", "P-2", "P-3", "P-4"]


def read(tmp_path: Path, *sheets: list[list[Any]]) -> BillOfMaterials:
    named: dict[str, Any] = {f"Sheet{n}": rows for n, rows in enumerate(sheets, start=1)}
    return intake.read(books.save_xlsx(tmp_path / "bom.xlsx", named))


def test_units_below_the_header_are_part_of_it(tmp_path: Path) -> None:
    rows = [
        ["Pos", "Part no", "Description", "Qty", "Mass", "Price"],
        ["", "", "", "pcs", "g", "EUR"],
    ]
    rows += [[r[0], r[1], r[2], r[3], 1000 * r[6], r[7]] for r in BODY]
    bom = read(tmp_path, [["Parts list"], [], *rows])
    assert bom.read[0].header_row == 3
    assert list(bom.lines["part_number"]) == PARTS
    assert list(bom.lines["mass_g"]) == [1200, 500, 12, 6]
    assert set(bom.lines["currency"]) == {"EUR"}


def test_what_stands_below_the_table_is_no_line(tmp_path: Path) -> None:
    below = [
        ["", "", "Sum of all parts", 22], [], ["", "", "", "", "", "Total", 1.9, 47.5], ["Notes:"],
        ["1. All dimensions in mm"], ["Prepared by", "A. Smith", "", "Checked by", "B. Jones"],
        ["* estimated"],
    ]  # fmt: skip
    bom = read(tmp_path, [["ACME"], [], HEAD, *BODY, *below])
    assert list(bom.lines["part_number"]) == PARTS


def test_two_lists_with_other_columns_on_one_sheet(tmp_path: Path) -> None:
    second = [["Electrical parts"], ["Ref", "MPN", "Manufacturer", "Value", "Quantity"],
              ["R1, R2", "RC0603FR-0710KL", "Yageo", "10k", 2], ["C1", "GRM188R71", "Murata", "100n", 1]]  # fmt: skip  # noqa: E501
    bom = read(tmp_path, [["Mechanical parts"], HEAD, *BODY, [], *second])
    assert [table.header_row for table in bom.read] == [2, 9]
    assert list(bom.lines["part_number"]) == [*PARTS, "", ""]
    assert list(bom.lines["mpn"])[4:] == ["RC0603FR-0710KL", "GRM188R71"]


def test_a_heading_with_its_number_in_the_quantity_column_multiplies(tmp_path: Path) -> None:
    rows = [
        ["Item", "Part Number", "Description", "Qty"],
        ["Gearbox", "", "", 2], [1, "G-1", "Gear", 3], [2, "G-2", "Shaft", 1],
        ["Frame", "", "", 1], [3, "F-1", "Beam", 4], [4, "F-2", "Plate", 2], [5, "F-3", "Nut", 9],
    ]  # fmt: skip
    bom = read(tmp_path, rows)
    assert list(bom.lines["quantity_total"]) == [6, 2, 4, 2, 9]
    assert "section-multiplied" in set(bom.issues["code"])


def test_numbered_rows_without_a_part_are_no_lines(tmp_path: Path) -> None:
    empty = [[n, *[""] * 7, 0] for n in range(5, 60)]
    bom = read(tmp_path, [[*HEAD, "Ext"], *[[*r, r[3] * r[7]] for r in BODY], *empty])
    assert list(bom.lines["part_number"]) == PARTS


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bom.json", '{"part": "A", "qty": 1}', "JSON"),
        ("bom.slk", 'ID;PWXL;N;E\r\nC;Y1;X1;K"Part"\r\nE\r\n', "SYLK"),
        ("bom.xml", '<?xml version="1.0"?><bom><part pn="A" qty="1"/></bom>', "XML"),
        ("bom.xls", "".join(chr(7 * n % 32) for n in range(4000)), "neither a spreadsheet"),
        ("sales.csv", "Date,Customer,Invoice,Amount\n2024-01-01,ACME,1001,120.5\n", "No bill"),
        ("people.csv", "Name,Street,City,Phone\nA. Smith,Main St 1,Berlin,123\n", "No bill"),
    ],
)
def test_what_is_no_bill_of_materials_is_refused(
    name: str, content: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(WorkbookError, match=words) as told:
        intake.read(tmp_path / name)
    assert told.value.mend


@pytest.mark.parametrize("place", [0.35, 0.6, 0.97])
def test_changed_bytes_end_in_a_clear_error_or_a_reading(place: float, tmp_path: Path) -> None:
    """A package damaged in its directory or its parts: any other exception fails this test."""
    whole = books.save_xlsx(tmp_path / "whole.xlsx", {"S": [HEAD, *BODY]}).read_bytes()
    at = int(place * len(whole))
    for changed in (b"\xff" * 4, b"\x00" * 8, b"\x20\x08", b""):
        damaged = whole[:at] + changed + whole[at + max(len(changed), 3) :]
        (tmp_path / "damaged.xlsx").write_bytes(damaged)
        with contextlib.suppress(WorkbookError):
            intake.read(tmp_path / "damaged.xlsx")


def test_a_table_on_its_side_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="on its side"):
        read(tmp_path, [list(column) for column in zip(HEAD, *BODY, strict=True)])
