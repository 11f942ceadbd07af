"""The annotated copy equals the original outside the added columns, part by part."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bomexposure.export.annotate import write_annotated
from bomexposure.export.annotation import HEADINGS
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError


def plant_workbook(path: Path) -> None:
    """The pump as a plant would send it: title, merged cells, formats, a formula, other sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "BOM"
    sheet["A1"] = "Coolant pump CP-40"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:C1")
    heads = ("Part", "Description", "Qty")
    for at, words in enumerate(heads, start=1):
        cell = sheet.cell(4, at, words)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
    rows = [("CP-40", "Coolant pump, complete", 1), ("0010", "Rotor magnet NdFeB 38SH", 2),
            ("0011", "Bearing bush, graphite", 2), ("0012", "LED green 0603", 1),
            ("0013", "Housing AlSi10Mg", 1), ("0014", "=2+5 label", 1),
            ("0015", "ポンプ 制御 module", 1)]  # fmt: skip
    for row, cells in enumerate(rows, start=5):
        for at, value in enumerate(cells, start=1):
            cell = sheet.cell(row, at)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    sheet["C13"] = "=SUM(C5:C11)"
    sheet.column_dimensions["B"].width = 44.5
    sheet.row_dimensions[7].hidden = True
    sheet.freeze_panes = "A5"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=4, max_row=11), titles_from_data=True)
    sheet.add_chart(chart, "H20")
    sheet.conditional_formatting.add(
        "C5:C11", CellIsRule("greaterThan", ["1"], font=Font(bold=True))
    )
    choice = DataValidation(type="list", formula1='"1,2"')
    choice.add("C5:C11")
    sheet.add_data_validation(choice)
    sheet["B7"].comment = Comment("ask the foundry", "plant")
    book.defined_names["rotor"] = DefinedName("rotor", attr_text="BOM!$B$6")
    notes = book.create_sheet("Notes & more")
    notes["B2"] = "made by hand"
    book.save(path)


def of(answer: Analysis, plant: Path) -> Analysis:
    """The answer as if it came from this file."""
    digest = hashlib.sha256(plant.read_bytes()).hexdigest()
    return replace(answer, bom=replace(answer.bom, sha256=digest))


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "pump.xlsx"
    plant_workbook(path)
    return path


def look(cell: Any) -> tuple[Any, ...]:
    return (cell.value, cell.data_type, cell.number_format, cell.font.b, cell.fill.fgColor.rgb)


def test_all_but_the_added_columns_is_as_it_was(answer: Analysis, plant: Path) -> None:
    copy = plant.with_name("copy.xlsx")
    assert write_annotated(of(answer, plant), plant, copy).empty
    before, after = openpyxl.load_workbook(plant), openpyxl.load_workbook(copy)
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        other = after[sheet.title]
        assert other.merged_cells.ranges == sheet.merged_cells.ranges
        assert other.freeze_panes == sheet.freeze_panes
        assert other.row_dimensions[7].hidden == sheet.row_dimensions[7].hidden
        for row in sheet.iter_rows():
            for cell in row:
                assert look(other[cell.coordinate]) == look(cell)
    assert after["BOM"].column_dimensions["B"].width == 44.5
    assert after["BOM"]["C13"].value == "=SUM(C5:C11)"
    # parts of the package that openpyxl would write anew are the very same bytes
    with zipfile.ZipFile(plant) as old, zipfile.ZipFile(copy) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        sheets = [one.read("xl/worksheets/sheet1.xml") for one in (old, new)]
    assert changed == ["xl/worksheets/sheet1.xml"]
    # behind the cells of that sheet stand merges, rules, choices, comments and drawings
    ends = [one[one.index(b"</sheetData>") :] for one in sheets]
    assert ends[0] == ends[1]
    for mark in (b"mergeCell", b"conditionalFormatting", b"dataValidation", b"legacyDrawing",
                 b"<drawing"):  # fmt: skip
        assert mark in ends[0]
    assert after.defined_names["rotor"].attr_text == "BOM!$B$6"


def test_added_columns_say_what_was_found(answer: Analysis, plant: Path) -> None:
    copy = plant.with_name("copy.xlsx")
    write_annotated(of(answer, plant), plant, copy)
    sheet = openpyxl.load_workbook(copy)["BOM"]
    heads = [cell.value for cell in sheet[4]]
    assert tuple(heads[3:]) == HEADINGS
    assert sheet.cell(4, 4).font.b  # the head looks like the plant's own heads
    magnet = dict(zip(heads, [cell.value for cell in sheet[6]], strict=True))
    assert magnet["Minerals, certain"] == "Dysprosium, Neodymium"
    assert magnet["Worst mineral"] == "Dysprosium"
    assert magnet["Its net import reliance, %"] == 100  # a number: it sorts
    assert magnet["China share, %, stage"] == "100 separation"
    assert magnet["Acute"] == "yes"
    assembly = dict(zip(heads, [cell.value for cell in sheet[5]], strict=True))
    assert assembly["Evidence"] == "not counted: assembly whose parts are listed"
    assert sheet.cell(1, 4).value is None


def test_a_workbook_with_macros_keeps_them_or_is_refused(answer: Analysis, plant: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(plant) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"macros")
    plant.write_bytes(out.getvalue())
    with pytest.raises(OutputError, match="macros"):
        write_annotated(of(answer, plant), plant, plant.with_name("copy.xlsx"))
    assert not plant.with_name("copy.xlsx").exists()
    write_annotated(of(answer, plant), plant, plant.with_name("copy.xlsm"))
    with zipfile.ZipFile(plant.with_name("copy.xlsm")) as copy:
        assert copy.read("xl/vbaProject.bin") == b"macros"


def test_other_formats_become_a_new_workbook_and_say_so(answer: Analysis, tmp_path: Path) -> None:
    source = tmp_path / "pump.csv"
    lines = ["Coolant pump;;", ";;", ";;", "Part;Description;Qty"]
    lines += [f"{part};{words};1" for part, words in (
        ("CP-40", "Coolant pump, complete"), ("0010", "Rotor magnet NdFeB 38SH"),
        ("0011", "Bearing bush, graphite"), ("0012", "LED green 0603"),
        ("0013", "Housing AlSi10Mg"), ("0014", "=2+5 label"),
        ("0015", "ポンプ 制御 module"))]  # fmt: skip
    source.write_text("\n".join(lines), encoding="utf-8")
    bom = answer.bom
    read = replace(bom.read[0], sheet="")
    csv = replace(
        answer,
        bom=replace(bom, file="pump.csv", format="text", read=(read,),
                    lines=bom.lines.assign(sheet="")),
    )  # fmt: skip
    issues = write_annotated(csv, source, tmp_path / "copy.xlsx")
    assert issues["code"].tolist() == ["copy-without-formats"]
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[0]
    assert sheet["A6"].value == "0010"
    assert sheet["B10"].value == "=2+5 label"
    assert sheet["B10"].data_type == "s"
    assert sheet["E6"].value == "Dysprosium, Neodymium"


def test_the_same_copy_has_the_same_bytes(answer: Analysis, plant: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_annotated(of(answer, plant), plant, plant.with_name(name))
    assert plant.with_name("a.xlsx").read_bytes() == plant.with_name("b.xlsx").read_bytes()


def test_a_workbook_that_changed_since_is_not_annotated(answer: Analysis, plant: Path) -> None:
    """Its rows may be others: the findings would stand beside parts that they are not about."""
    before = of(answer, plant)
    plant.write_bytes(plant.read_bytes() + b"\n")
    with pytest.raises(OutputError, match="changed since it was read"):
        write_annotated(before, plant, plant.with_name("copy.xlsx"))
    plant.unlink()
    with pytest.raises(OutputError, match="no longer there"):
        write_annotated(before, plant, plant.with_name("copy.xlsx"))
    assert not plant.with_name("copy.xlsx").exists()
