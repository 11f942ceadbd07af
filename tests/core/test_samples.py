"""The shipped samples: equal to their script's output, and with what a user would miss."""

from __future__ import annotations

import csv
import importlib.util
import sys
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pandas as pd
import pytest

from bomexposure.intake import read
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Reading
from bomexposure.model.progress import SILENT

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "samples"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "tools/make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


make_samples = _script()

Row = dict[str, Any]
"""Header -> openpyxl cell."""


@pytest.fixture(scope="module")
def pump_cells() -> list[Row]:
    """The data rows of the shipped workbook, by header."""
    sheet = openpyxl.load_workbook(SHIPPED / "coolant-pump.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[make_samples.PUMP_HEADER_ROW]]
    rows = sheet.iter_rows(min_row=make_samples.PUMP_HEADER_ROW + 1)
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    return [
        row for row in cells if row["Level"].value is not None and row["Level"].data_type == "n"
    ]


def _parts(path: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(path) as book:
        return [(part.filename, part.date_time, book.read(part)) for part in book.infolist()]


def test_shipped_files_are_what_the_script_writes(tmp_path: Path) -> None:
    """The workbook is compared part by part: builds of zlib pack the same bytes differently."""
    make_samples.write_all(tmp_path / "a")
    make_samples.write_all(tmp_path / "b")
    for name in ("coolant-pump.xlsx", "controller-board.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    board = tmp_path / "a" / "controller-board.csv"
    assert board.read_bytes() == (SHIPPED / "controller-board.csv").read_bytes()
    assert _parts(tmp_path / "a" / "coolant-pump.xlsx") == _parts(SHIPPED / "coolant-pump.xlsx")


def test_leading_zeros_are_kept_as_text_or_as_a_number_format(pump_cells: list[Row]) -> None:
    numbers = [cells["Part Number"] for cells in pump_cells]
    as_text = [cell for cell in numbers if isinstance(cell.value, str)]
    as_number = [cell for cell in numbers if isinstance(cell.value, int)]
    assert len(as_text) + len(as_number) == len(numbers) == 170
    assert len(as_number) == 72
    assert all(len(cell.value) == 9 and cell.value.startswith("00") for cell in as_text)
    assert {cell.number_format for cell in as_number} == {"000000000"}
    # the magnet by its text, the microcontroller by its number: 000700401
    assert any(cell.value == "000412120" for cell in as_text)
    assert any(cell.value == 700401 for cell in as_number)


def test_levels_and_items_make_a_tree(pump_cells: list[Row]) -> None:
    levels = [cells["Level"].value for cells in pump_cells]
    assert levels[0] == 0
    assert levels.count(0) == 1
    # hydraulic unit, motor, controller, harness, mounting kit, labels and packaging
    assert levels.count(1) == 6
    assert max(levels) == 3
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pump = [cells["Item"].value for cells in pump_cells if cells["Level"].value == 1]
    assert pump == ["0010", "0020", "0030", "0040", "0050", "0060"]


def test_prices_per_hundred_and_thousand(pump_cells: list[Row]) -> None:
    bases = [cells["Price per"].value for cells in pump_cells if cells["Price"].value is not None]
    assert set(bases) == {1, 100, 1000}
    screw = next(c for c in pump_cells if c["Description"].value == "SCREW M4X12 DIN 7985 A2-70")
    assert (screw["Price"].value, screw["Price per"].value) == (3.4, 100)
    wire = next(c for c in pump_cells if c["Part Number"].value == "000412220")
    assert (wire["Qty"].value, wire["Unit"].value, wire["Price per"].value) == (186, "G", 1000)


def test_one_each_of_what_exports_hold(pump_cells: list[Row]) -> None:
    def count(header: str, value: object) -> int:
        return sum(cells[header].value == value for cells in pump_cells)

    assert count("Make/Buy", "Phantom") == 1
    assert count("Alt. Group", "A1") == 2
    assert count("Do Not Fit", "X") == 1
    assert count("Qty", "AS REQUIRED") == 1
    assert {cells["Unit"].value for cells in pump_cells} == {"PC", "G", "M", "ML", "SET"}


def test_needs_multiply_down_the_levels() -> None:
    lines = make_samples.pump_lines()
    need = {(line.cells["part"], lines[line.parent].cells["part"]): line.need for line in lines}
    # 2 O-rings in each of 2 port adapters; 2 washers in each of 3 rubber mounts
    assert need["000092225", "000411100"] == 4
    assert need["000090606", "000416100"] == 6
    # 186 g of wire and 2 % scrap
    assert need["000412220", "000412200"] == Decimal("189.72")


def test_cost_of_one_pump_by_assembly() -> None:
    """By hand, on paper, from the rows; hydraulic unit and mounting kit in full.

    Hydraulic unit: housing 6.85, impeller 1.42, nut 0.084, wear ring 1.96, O-ring 0.185, plug 0.29,
    washer 0.071, screws 6 x 0.068 = 0.408; adapters 2 x (0.38 + 2 x 0.052 + 0.096) = 1.16.
    Sum 12.428.
    Mounting kit: bracket 2.24, nuts 3 x 0.038 = 0.114, hardware 0.75, mounts
    3 x (0.26 + 0.11 + 0.057 + 2 x 0.024) = 1.425. Sum 4.529.
    """
    lines = make_samples.pump_lines()
    sums: dict[str, Decimal] = {}
    top = ""
    for line in lines:
        top = line.cells["part"] if line.level == 1 else top
        sums[top] = sums.get(top, Decimal(0)) + line.cost
    assert sums["000411000"] == Decimal("12.428")
    assert sums["000416000"] == Decimal("4.529")
    assert sum(sums.values()) == make_samples.pump_cost(lines)
    assert 80 < make_samples.pump_cost(lines) < 130


def test_counted_lines() -> None:
    """170 lines less 13 assemblies (one is the phantom), 1 not fitted, 1 alternate."""
    lines = make_samples.pump_lines()
    assert len(lines) == 170
    assert sum(not line.leaf for line in lines) == 13
    assert sum(line.counts for line in lines) == 170 - 13 - 1 - 1


def test_board_is_utf8_with_mark_semicolons_and_decimal_commas() -> None:
    raw = (SHIPPED / "controller-board.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 1 + 57
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    first = rows[0]
    assert (first["Designator"], first["Quantity"]) == ("C1, C2, C5-C8", "6")
    assert first["Unit Price (EUR)"] == "0,0062"
    assert sum(row["DNP"] == "X" for row in rows) == 5
    for row in rows:
        assert int(row["Quantity"]) == len(make_samples.designators(row["Designator"]))


# What the reader makes of the files, against the same sums.

PUMP_TOTAL = 106.750316
"""USD for one pump: hydraulic unit 12.428, motor 44.789666, controller 38.73519, harness 3.76146,
mounting kit 4.529, labels and packaging 2.507; added up from the rows outside both programs."""


@pytest.fixture(scope="module")
def pump() -> BillOfMaterials:
    return read(SHIPPED / "coolant-pump.xlsx", Reading(), SILENT)


@pytest.fixture(scope="module")
def board() -> BillOfMaterials:
    return read(SHIPPED / "controller-board.csv", Reading(), SILENT)


def _line(bom: BillOfMaterials, **cells: str) -> pd.Series[Any]:
    found = bom.lines
    for column, text in cells.items():
        found = found[found[column] == text]
    assert len(found) == 1, f"{cells}: {len(found)} lines"
    return found.iloc[0]


def test_reader_finds_the_pumps_table(pump: BillOfMaterials) -> None:
    (table,) = pump.read
    assert (table.sheet, table.header_row, table.line_count) == ("BOM_000410000", 7, 170)
    assert {role: table.columns[role].header for role in table.columns} == {
        "level": "Level", "item": "Item", "part_number": "Part Number", "revision": "Rev",
        "description": "Description", "material": "Material", "quantity": "Qty", "unit": "Unit",
        "scrap_pct": "Scrap %", "unit_cost": "Price", "price_per": "Price per",
        "currency": "Currency", "mass": "Net Weight (g)", "supplier": "Supplier",
        "origin": "Country of Origin", "make_buy": "Make/Buy", "alternate_group": "Alt. Group",
        "dnp": "Do Not Fit", "manufacturer": "Manufacturer", "mpn": "Manufacturer Part No.",
        "lead_time": "Lead Time (days)", "stock": "Stock on Hand", "notes": "Remarks",
    }  # fmt: skip


def test_reader_pads_numbers_as_their_format_shows_them(pump: BillOfMaterials) -> None:
    assert pump.lines["part_number"].str.fullmatch(r"00\d{7}").all()
    assert _line(pump, mpn="FS32K116LAT0MLFT")["part_number"] == "000700401"


def test_reader_keeps_leading_zeros_of_texts(pump: BillOfMaterials) -> None:
    stored = [line.cells["stored"] == "T" for line in make_samples.pump_lines()]
    numbers = pump.lines.loc[stored, "part_number"]
    assert len(numbers) == 170 - 72
    assert numbers.str.fullmatch(r"00\d{7}").all()


def test_reader_counts_the_pumps_lines(pump: BillOfMaterials) -> None:
    lines = pump.lines
    assert len(lines) == 170
    assert int(lines["counted"].sum()) == 155
    assert int(lines["has_children"].sum()) == 13
    whys = lines.loc[~lines["counted"] & ~lines["has_children"], "not_counted_why"]
    assert len(whys) == 2  # the alternate tantalum capacitor and the CAN termination
    assert not _line(pump, mpn="TAJB106K016RNJ")["counted"]
    assert _line(pump, mpn="T491B106K016AT")["counted"]
    assert not _line(pump, mpn="RC1206FR-07120RL")["counted"]


def test_reader_multiplies_and_converts(pump: BillOfMaterials) -> None:
    ring = _line(pump, part_number="000092225")
    assert (ring["quantity_total"], ring["quantity_unit"]) == (4, "pc")
    assert ring["unit_cost"] == pytest.approx(0.052)
    wire = _line(pump, part_number="000412220")
    assert (wire["quantity_unit"], wire["unit"]) == ("kg", "G")
    assert wire["quantity_total"] == pytest.approx(0.18972)
    assert wire["unit_cost"] == pytest.approx(0.0149)  # per gram: 14.90 per 1000
    assert wire["cost_total"] == pytest.approx(189.72 * 0.0149)
    cable = _line(pump, part_number="000414010")
    assert (cable["quantity_total"], cable["quantity_unit"]) == (pytest.approx(0.45), "m")
    coat = _line(pump, part_number="000060120")
    assert coat["quantity_unit"] == "m3"
    assert coat["quantity_total"] == pytest.approx(1.4e-6 * 1.05)
    grease = _line(pump, part_number="000060310")
    assert pd.isna(grease["quantity"])
    assert pd.isna(grease["cost_total"])
    assert grease["counted"]
    magnet = _line(pump, part_number="000412120")
    assert (magnet["mass_g"], magnet["origin"], magnet["level"]) == (99, "CN", 3)


def test_reader_rolls_up_the_pumps_cost(pump: BillOfMaterials) -> None:
    counted = pump.lines[pump.lines["counted"]]
    assert set(counted.loc[counted["unit_cost"].notna(), "currency"]) == {"USD"}
    assert counted["cost_total"].sum() == pytest.approx(PUMP_TOTAL, abs=1e-9)
    assert float(make_samples.pump_cost(make_samples.pump_lines())) == pytest.approx(PUMP_TOTAL)


def test_reader_has_no_complaint_about_the_pump(pump: BillOfMaterials) -> None:
    """The totals row and the note are neither lines nor complaints."""
    assert pump.issues[pump.issues["severity"] != "note"].to_dict("records") == []


def test_reader_reads_the_board(board: BillOfMaterials) -> None:
    (table,) = board.read
    assert (board.delimiter, table.header_row, table.line_count) == ("semicolon", 1, 57)
    lines = board.lines
    # five rows are not fitted; 30.9954 EUR added up from the rows outside both programs
    assert int(lines["counted"].sum()) == 57 - 5
    assert lines.loc[lines["counted"], "cost_total"].sum() == pytest.approx(30.9954, abs=1e-9)
    first = _line(board, designator="C1, C2, C5-C8")
    assert (first["quantity"], first["unit_cost"], first["currency"]) == (6, 0.0062, "EUR")
    assert first["value"] == "100n"
    assert "µF" in _line(board, designator="C21")["description"]
