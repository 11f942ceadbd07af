"""Files as they come: what cannot be used says so, and nothing kills the process."""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

import io
import zipfile
from pathlib import Path

import books
import openpyxl
import pytest
from openpyxl.styles import Alignment

from bomexposure import intake
from bomexposure.model.choices import Reading
from bomexposure.model.errors import UsageError, WorkbookError

HEAD = ["Part number", "Description", "Qty", "Unit price"]
ROWS = [
    HEAD,
    ["A-1", "Motor 24 V", 2, 31.5],
    ["A-2", "Gear wheel", 4, 2.2],
    ["A-3", "Cover plate", 1, 3],
]


def codes(bom: object) -> set[str]:
    return set(bom.issues["code"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \r\n \r\n", "empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0\0", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0" * 40, "damaged"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"Dear colleague,\nplease find the parts attached.\nRegards\n", "No bill of materials"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_mends_it(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match=words) as fault:
        intake.read(path)
    assert fault.value.mend.endswith(".")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no file"):
        intake.read(tmp_path / "nothing.xlsx")
    with pytest.raises(WorkbookError, match="folder"):
        intake.read(tmp_path)


def test_a_word_document_is_not_a_spreadsheet(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    path = tmp_path / "bom.xlsx"
    path.write_bytes(made.getvalue())
    with pytest.raises(WorkbookError, match="Word"):
        intake.read(path)


def test_a_far_cell_is_left_out_and_told(tmp_path: Path) -> None:
    def far(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["XFD1048576"] = "stray"

    bom = intake.read(books.save_xlsx(tmp_path / "far.xlsx", {"S": ROWS}, far))
    assert list(bom.lines["part_number"]) == ["A-1", "A-2", "A-3"]
    assert "far-cells" in codes(bom)


def test_number_formats_show_what_the_number_hides(tmp_path: Path) -> None:
    def style(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for row in range(2, 5):
            sheet.cell(row, 1).number_format = "000000"
            sheet.cell(row, 4).number_format = '#,##0.00 "€"'
            sheet.cell(row, 5).number_format = "0%"

    rows = [
        [*HEAD, "Scrap"],
        [100, "Motor", 2, 31.5, 0.05],
        [2, "Gear", 4, 2.2, 0.1],
        [30, "Cover", 1, 3, None],
    ]
    bom = intake.read(books.save_xlsx(tmp_path / "formats.xlsx", {"S": rows}, style))
    assert list(bom.lines["part_number"]) == ["000100", "000002", "000030"]
    assert set(bom.lines["currency"]) == {"EUR"}
    assert list(bom.lines["scrap_pct"][:2]) == [5.0, 10.0]


def test_formulas_without_results_are_explained(tmp_path: Path) -> None:
    rows = [[*HEAD, "Total"], *([*row, f"=C{n}*D{n}"] for n, row in enumerate(ROWS[1:], start=2))]
    bom = intake.read(books.save_xlsx(tmp_path / "formulas.xlsx", {"S": rows}))
    assert "formula-without-result" in codes(bom)
    # the price still gives the cost: 2 x 31.5
    assert bom.lines["cost_total"][0] == 63.0


def test_hidden_rows_count_and_are_told(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    bom = intake.read(books.save_xlsx(tmp_path / "hidden.xlsx", {"S": ROWS}, hide))
    assert len(bom.lines) == 3
    assert "rows-hidden" in codes(bom)


def test_indentation_by_cell_format_is_structure(tmp_path: Path) -> None:
    def indent(book: openpyxl.Workbook) -> None:
        for row, depth in ((3, 1), (4, 2), (5, 1)):
            book.worksheets[0].cell(row, 1).alignment = Alignment(indent=depth)

    rows = [
        HEAD,
        ["TOP", "Pump", 1, None],
        ["SUB", "Rotor", 2, None],
        ["LEAF", "Magnet", 6, 0.5],
        ["B", "Lid", 1, 2.0],
    ]
    bom = intake.read(books.save_xlsx(tmp_path / "indent.xlsx", {"S": rows}, indent))
    assert list(bom.lines["level"]) == [0, 1, 2, 1]
    assert list(bom.lines["quantity_total"]) == [1, 2, 12, 1]


def test_grouped_rows_are_structure(tmp_path: Path) -> None:
    def group(book: openpyxl.Workbook) -> None:
        for row, depth in ((3, 1), (4, 2), (5, 1)):
            book.worksheets[0].row_dimensions[row].outlineLevel = depth

    rows = [
        HEAD,
        ["TOP", "Pump", 1, None],
        ["SUB", "Rotor", 2, None],
        ["LEAF", "Magnet", 6, 0.5],
        ["B", "Lid", 1, 2.0],
    ]
    bom = intake.read(books.save_xlsx(tmp_path / "outline.xlsx", {"S": rows}, group))
    assert list(bom.lines["quantity_total"]) == [1, 2, 12, 1]


def test_sheets_with_the_same_header_are_one_bom(tmp_path: Path) -> None:
    sheets = {
        "Overview": [["Project", "Pump"], ["Date", "2026-11-22"]],
        "Mechanics": ROWS,
        "Electronics": [HEAD, ["E-1", "Controller board", 1, 48.0], ["E-2", "Cable", 3, 1.5]],
    }
    bom = intake.read(books.save_xlsx(tmp_path / "many.xlsx", sheets))
    assert list(bom.lines["id"]) == [
        "Mechanics!2",
        "Mechanics!3",
        "Mechanics!4",
        "Electronics!2",
        "Electronics!3",
    ]


def test_an_old_revision_is_not_added(tmp_path: Path) -> None:
    old = [
        HEAD,
        ["A-1", "Motor 24 V", 2, 30.0],
        ["A-2", "Gear wheel", 4, 2.0],
        ["A-9", "Old lid", 1, 3],
    ]
    new = [*ROWS, ["A-4", "Label", 1, 0.2]]
    bom = intake.read(books.save_xlsx(tmp_path / "rev.xlsx", {"Rev B": new, "Rev A": old}))
    assert set(bom.lines["sheet"]) == {"Rev B"}
    assert [table.sheet for table in bom.more_sheets] == ["Rev A"]
    assert "sheet-repeats" in codes(bom)


def test_what_the_user_sets_wins(tmp_path: Path) -> None:
    path = books.save_xlsx(tmp_path / "set.xlsx", {"S": ROWS})
    reading = Reading(sheet="s", header_row=1, columns={"notes": "Description", "mpn": "@A"})
    bom = intake.read(path, reading)
    assert list(bom.lines["notes"][:1]) == ["Motor 24 V"]
    assert list(bom.lines["mpn"][:1]) == ["A-1"]
    assert bom.read[0].columns["mpn"].confidence == 1.0
    for wrong in (Reading(sheet="none"), Reading(columns={"mpn": "No such"}), Reading(columns={"mpn": "@ZZ"}),
                  Reading(columns={"colour": "Qty"})):  # fmt: skip
        with pytest.raises(UsageError):
            intake.read(path, wrong)


def test_a_range_limits_the_reading(tmp_path: Path) -> None:
    rows = [["x"] * 4, *ROWS, ["A-9", "Not in range", 9, 9]]
    bom = intake.read(books.save_xlsx(tmp_path / "range.xlsx", {"S": rows}), Reading(cells="A2:C5"))
    assert list(bom.lines["part_number"]) == ["A-1", "A-2", "A-3"]
    assert bom.lines["unit_cost"].isna().all()


def test_html_and_xml_under_a_spreadsheet_name(tmp_path: Path) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    path = tmp_path / "export.xls"
    path.write_text(f"<html><body><table>{cells}</table></body></html>", encoding="utf-8")
    assert list(intake.read(path).lines["quantity"]) == [2, 4, 1]
    tag = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    xml = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in ROWS
    )
    path.write_text(
        f'<?xml version="1.0"?><Workbook {tag}><Worksheet ss:Name="B"><Table>{xml}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    bom = intake.read(path)
    assert (bom.format, list(bom.lines["row"])) == ("xml", [2, 3, 4])


def test_pasted_text_is_read() -> None:
    bom = intake.read_text("Part\tQty\nBolt M8\t4\nNut M8\t4\n")
    assert list(bom.lines["quantity"]) == [4, 4]


def test_identifiers_that_a_spreadsheet_spoilt_are_told(tmp_path: Path) -> None:
    rows = [
        ["Part number", "Description", "Qty"],
        ["1.23457E+12", "Relay", "1"],
        ["2014-03-01", "Pin", "2"],
        ["A-3", "Lid", "1"],
    ]
    bom = intake.read(books.save_text(tmp_path / "spoilt.csv", rows, ",", "utf-8"))
    assert {"identifier-rounded", "identifier-date"} <= codes(bom)


def test_a_list_without_header_is_read_by_its_looks() -> None:
    bom = intake.read_text(
        "A-100,Motor bracket left,2,steel\nA-101,Motor bracket right,2,steel\nA-102,Spacer 5 mm,8,brass\n"
    )
    assert intake.inspection(bom)["header_row"] == 0
    assert list(bom.lines["row"]) == [1, 2, 3]
    assert list(bom.lines["quantity"]) == [2, 2, 8]
    assert list(bom.lines["description"][:1]) == ["Motor bracket left"]


def test_part_numbers_like_designators_stay_part_numbers() -> None:
    bom = intake.read_text("Sachnummer;Benennung;Menge\nA1;Schraube M4;12\nA2;Mutter M4;1.200\n")
    assert list(bom.lines["part_number"]) == ["A1", "A2"]


def test_cells_over_several_rows_of_a_web_table_keep_their_columns(tmp_path: Path) -> None:
    """An ERP page saved as .xls: a merged title, a header of two rows with rowspan and colspan."""
    path = tmp_path / "report.xls"
    path.write_text(
        "<html><body><table><tr><th colspan=5>BOM report</th></tr>"
        "<tr><th rowspan=2>Item</th><th rowspan=2>Part No</th><th rowspan=2>Description</th>"
        "<th colspan=2>Quantity</th></tr><tr><th>Qty</th><th>UoM</th></tr>"
        "<tr><td>1</td><td>000123</td><td>Motor &amp; gear</td><td>2</td><td>EA</td></tr>"
        "<tr><td>2</td><td>000124</td><td>Cable</td><td>1.5</td><td>M</td></tr></table></body></html>",
        encoding="utf-8",
    )
    bom = intake.read(path)
    assert list(bom.lines["part_number"]) == ["000123", "000124"]
    assert list(bom.lines["quantity"]) == [2, 1.5]
    assert list(bom.lines["quantity_unit"]) == ["pc", "m"]
