"""Builds workbooks in code: look-alikes of what ERP, PLM, CAD and EDA systems export.

Each `Book` says what a person reads in it, so that tests compare the program with the book and
never with the program. No row is copied from anybody's file.
"""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

Rows = list[list[Any]]


@dataclass(frozen=True)
class Book:
    """A look-alike and what is true of it.

    Attributes:
        header_row: as Excel numbers it; roles: role -> header as the contract prints it.
        line_count: rows that are lines, counted or not.
        totals: part number -> quantity in one top product, in SI units or pieces.
        levels, masses, costs, units: part number -> level, grams each, cost_total, quantity_unit.
        uncounted: part numbers that do not count, in the order of the sheet.
    """

    name: str
    rows: Rows
    header_row: int
    roles: dict[str, str]
    line_count: int
    totals: dict[str, float] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    masses: dict[str, float] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    uncounted: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    save: str = "xlsx"
    """'xlsx', 'DELIMITER ENCODING' for a text file, 'framed' by pipes, 'plain' lines."""


def write(book: Book, folder: Path) -> Path:
    """Save a book in its own form; returns its path."""
    if book.save == "xlsx":

        def merge(made: openpyxl.Workbook) -> None:
            for area in book.merges:
                made.worksheets[0].merge_cells(area)

        return save_xlsx(folder / f"{book.name}.xlsx", {"Sheet1": book.rows}, merge)
    if book.save == "framed":
        path = folder / f"{book.name}.txt"
        path.write_text(framed(book.rows), encoding="utf-8")
        return path
    if book.save == "plain":
        path = folder / f"{book.name}.txt"
        path.write_text("\n".join(row[0] for row in book.rows), encoding="utf-8")
        return path
    delimiter, encoding = book.save.split(" ")
    delimiter = {"tab": "\t"}.get(delimiter, delimiter)
    return save_text(folder / f"{book.name}.csv", book.rows, delimiter, encoding)


def save_xlsx(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Any]]],
    change: Callable[[openpyxl.Workbook], None] | None = None,
) -> Path:
    """Sheets of rows as .xlsx; `change` may merge, hide or format before saving."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    book.save(path)
    return path


def save_text(path: Path, rows: Sequence[Sequence[Any]], delimiter: str, encoding: str) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def framed(rows: Sequence[Sequence[Any]]) -> str:
    """A report list: cells between pipes, rules of dashes above, below and under the header."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
    lines = [
        "|" + "|".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "|"
        for row in texts
    ]
    rule = "-" * len(lines[0])
    return "\n".join(
        ["Bill of material, 22.11.2026", "", rule, lines[0], rule, *lines[1:], rule, ""]
    )


def sap_multilevel_german() -> Book:
    """CS12 in German: `..2` levels, three decimals with a comma, price unit, weight unit column."""
    head = ["Stufe", "Pos.", "Komponentennr.", "Objektkurztext", "Komponentenmenge", "ME",
            "Preis", "PE", "Währg", "Nettogewicht", "Gewichtseinheit", "KAuss.%", "Urspr.Land"]  # fmt: skip
    rows: Rows = [
        ["Mehrstufige Baukastenstückliste"],
        ["Material", "000000000010004711", "Werk", "1000"],
        [],
        head,
        [".1", "0010", "000000000010000815", "Antrieb komplett", "2,000", "ST", "45,00", "1", "EUR", "1,250", "KG", "", "DE"],
        ["..2", "0010", "000000000010000816", "Rotor NdFeB", "1,000", "ST", "12,50", "1", "EUR", "310,000", "G", "", "CN"],
        ["..2", "0020", "000000000010000817", "Zylinderschraube ISO 4762 M4x12", "8,000", "ST", "4,20", "100", "EUR", "2,100", "G", "2,00", "CN"],
        ["..2", "0030", "000000000010000818", "Kupferlackdraht 0,5 mm", "0,250", "KG", "1.350,00", "100", "EUR", "", "", "5,00", "PL"],
        [".1", "0020", "000000000010000819", "Dichtband EPDM", "1,750", "M", "98,00", "100", "EUR", "0,040", "KG", "", "DE"],
        [".1", "0030", "000000000010000820", "Typenschild", "1,000", "ST", "0,35", "1", "EUR", "1,500", "G", "", "DE"],
    ]  # fmt: skip
    p = "0000000000100008"
    return Book(
        "sap_cs12_de", rows, 4,
        {"level": "Stufe", "item": "Pos.", "part_number": "Komponentennr.", "description": "Objektkurztext",
         "quantity": "Komponentenmenge", "unit": "ME", "unit_cost": "Preis", "price_per": "PE", "currency": "Währg",
         "mass": "Nettogewicht", "scrap_pct": "KAuss.%", "origin": "Urspr.Land"},
        6,
        # 8 screws x 1.02 scrap x 2 drives; 0.25 kg x 1.05 x 2
        totals={f"{p}15": 2, f"{p}16": 2, f"{p}17": 16.32, f"{p}18": 0.525, f"{p}19": 1.75, f"{p}20": 1},
        levels={f"{p}15": 1, f"{p}16": 2, f"{p}17": 2, f"{p}18": 2, f"{p}19": 1},
        masses={f"{p}15": 1250, f"{p}16": 310, f"{p}17": 2.1, f"{p}20": 1.5},
        # 16.32 x 4.20/100; 0.525 kg x 1350/100; 1.75 m x 98/100
        costs={f"{p}16": 25.0, f"{p}17": 0.68544, f"{p}18": 7.0875, f"{p}19": 1.715},
        units={f"{p}18": "kg", f"{p}19": "m", f"{p}16": "pc"},
        uncounted=(f"{p}15",), save="; cp1252",
    )  # fmt: skip


def sap_list_framed() -> Book:
    """An unconverted SAP list in English: pipes and dashes, trailing minus, item categories."""
    rows: Rows = [
        ["Lv", "Item", "Component number", "Object description", "ICt", "Comp. Qty (CUn)", "Un", "Alt. group"],
        ["1", "0010", "PUMP-100", "Pump head", "L", "1.000", "PC", ""],
        ["2", "0010", "SEAL-200", "O-ring FKM 20x2", "L", "2.000", "PC", ""],
        ["2", "0020", "BOLT-300", "Hex bolt M8x30 A2", "L", "12.000", "PC", "A1"],
        ["2", "0030", "BOLT-301", "Hex bolt M8x30 8.8 zinc", "L", "12.000", "PC", "A1"],
        ["1", "0020", "OIL-400", "Gear oil CLP 220", "L", "0.350", "L", ""],
        ["1", "0030", "DOC-900", "Assembly drawing", "D", "1.000", "PC", ""],
    ]  # fmt: skip
    return Book(
        "sap_list_framed", rows, 4,
        {"level": "Lv", "item": "Item", "part_number": "Component number", "description": "Object description",
         "category": "ICt", "quantity": "Comp. Qty (CUn)", "unit": "Un", "alternate_group": "Alt. group"},
        6,
        totals={"SEAL-200": 2, "BOLT-300": 12, "OIL-400": 0.00035},
        levels={"PUMP-100": 1, "SEAL-200": 2, "OIL-400": 1},
        units={"OIL-400": "m3"}, uncounted=("PUMP-100", "BOLT-301", "DOC-900"), save="framed",
    )  # fmt: skip


def agile_with_manufacturers() -> Book:
    """Oracle Agile: dotted attribute names, level 0 on top, further manufacturers on rows below."""
    rows: Rows = [
        ["Level", "Number", "Description", "Rev", "Lifecycle Phase", "BOM.Find Num", "BOM.Qty", "BOM.Ref Des",
         "Manufacturers.Mfr. Name", "Manufacturers.Mfr. Part Number"],
        [0, "100-0001", "CONTROLLER, MOTOR", "C", "Production", None, None, None, None, None],
        [1, "200-0010", "PCBA, POWER STAGE", "B", "Production", 1, 2, None, None, None],
        [2, "300-0100", "CAP CER 10UF 25V X7R 1206", "A", "Production", 10, 4, "C1-C4", "Murata", "GRM31CR71E106KA12"],
        [None, None, None, None, None, None, None, None, "TDK", "C3216X7R1E106K160AB"],
        [2, "300-0101", "MOSFET N-CH 40V 100A", "A", "Production", 20, 6, "Q1-Q6", "Infineon", "IPT007N04"],
        [1, "400-0001", "HEATSINK, EXTRUDED AL 6063", "A", "Production", 2, 1, None, "Fischer", "SK-553"],
    ]  # fmt: skip
    return Book(
        "agile", rows, 1,
        {"level": "Level", "part_number": "Number", "description": "Description", "revision": "Rev",
         "item": "BOM.Find Num", "quantity": "BOM.Qty", "designator": "BOM.Ref Des",
         "manufacturer": "Manufacturers.Mfr. Name", "mpn": "Manufacturers.Mfr. Part Number"},
        6,
        totals={"200-0010": 2, "300-0100": 8, "300-0101": 12, "400-0001": 1},
        levels={"100-0001": 0, "200-0010": 1, "300-0100": 2},
        uncounted=("100-0001", "200-0010", ""),
    )  # fmt: skip


def teamcenter() -> Book:
    """Teamcenter: structure level, item id with revision and name in one cell beside them."""
    rows: Rows = [
        ["BOM Line", "Level", "Item Id", "Item Revision", "Object Name", "Quantity", "Unit Of Measure", "Find No.", "Weight [kg]", "Material"],
        ["A00100/A;1-Gearbox (View)", 0, "A00100", "A", "Gearbox", 1, "each", None, 12.5, None],
        ["A00110/B;1-Housing x 1", 1, "A00110", "B", "Housing", 1, "each", 10, 6.2, "EN AC-46000"],
        ["A00120/A;1-Shaft assy (View) x 2", 1, "A00120", "A", "Shaft assy", 2, "each", 20, 2.4, None],
        ["A00121/A;1-Shaft x 1", 2, "A00121", "A", "Shaft", 1, "each", 10, 1.9, "42CrMo4"],
        ["A00122/A;1-Bearing 6204 x 2", 2, "A00122", "A", "Bearing 6204", 2, "each", 20, 0.106, "100Cr6"],
    ]  # fmt: skip
    return Book(
        "teamcenter", rows, 1,
        {"level": "Level", "part_number": "Item Id", "revision": "Item Revision", "description": "Object Name",
         "quantity": "Quantity", "unit": "Unit Of Measure", "item": "Find No.", "mass": "Weight [kg]", "material": "Material"},
        5,
        totals={"A00110": 1, "A00120": 2, "A00121": 2, "A00122": 4},
        levels={"A00100": 0, "A00121": 2}, masses={"A00122": 106, "A00110": 6200},
        uncounted=("A00100", "A00120"),
    )  # fmt: skip


def windchill() -> Book:
    """Windchill: depth by structure level with a source and a trace code."""
    rows: Rows = [
        ["Multi-Level BOM report", "", "", ""],
        [],
        ["Structure Level", "Number", "Name", "Version", "State", "Source", "Quantity", "Unit", "Line Number", "Reference Designators"],
        [0, "WC-1", "Lamp", "A.3 (Design)", "Released", "Make", 1, "each", None, None],
        [1, "WC-2", "Housing", "A.1 (Design)", "Released", "Make", 1, "each", 10, None],
        [1, "WC-3", "LED board", "B.2 (Design)", "Released", "Make", 3, "each", 20, None],
        [2, "WC-4", "LED white 3W", "A.1 (Design)", "Released", "Buy", 7, "each", 10, "D1,D2,D3,D4,D5,D6,D7"],
        [1, "WC-5", "Adhesive", "A.1 (Design)", "Released", "Buy", 12, "grams", 30, None],
    ]  # fmt: skip
    return Book(
        "windchill", rows, 3,
        {"level": "Structure Level", "part_number": "Number", "description": "Name", "revision": "Version",
         "make_buy": "Source", "quantity": "Quantity", "unit": "Unit", "item": "Line Number",
         "designator": "Reference Designators"},
        5,
        totals={"WC-2": 1, "WC-3": 3, "WC-4": 21, "WC-5": 0.012}, levels={"WC-1": 0, "WC-4": 2},
        units={"WC-5": "kg"}, uncounted=("WC-1", "WC-3"),
    )  # fmt: skip


def solidworks_indented() -> Book:
    """SolidWorks: indented BOM with dotted item numbers as text, weight in grams."""
    rows: Rows = [
        ["ITEM NO.", "PART NUMBER", "DESCRIPTION", "MATERIAL", "WEIGHT (g)", "QTY."],
        ["1", "FRAME-A", "Frame weldment", "", "5400", "1"],
        ["1.1", "TUBE-40", "Square tube 40x40x3", "S355J2", "2600", "2"],
        ["1.2", "PLATE-8", "Plate 8 mm", "1.4301", "100", "2"],
        ["2", "AXLE-A", "Axle unit", "", "900", "4"],
        ["2.1", "AXLE-1", "Axle", "42CrMo4", "640", "1"],
        ["2.2", "HUB-A", "Hub assembly", "", "130", "2"],
        ["2.2.1", "HUB-1", "Hub", "EN AW-6082", "80", "1"],
        ["2.2.2", "BRG-608", "Bearing 608-2Z", "", "12", "2"],
        ["3", "SCREW-M6", "ISO 4762 M6x20", "A2-70", "7.5", "24"],
    ]  # fmt: skip
    return Book(
        "solidworks_indented", rows, 1,
        {"item": "ITEM NO.", "part_number": "PART NUMBER", "description": "DESCRIPTION", "material": "MATERIAL",
         "mass": "WEIGHT (g)", "quantity": "QTY."},
        9,
        totals={"TUBE-40": 2, "AXLE-1": 4, "HUB-1": 8, "BRG-608": 16, "SCREW-M6": 24},
        levels={"FRAME-A": 1, "TUBE-40": 2, "HUB-1": 3, "SCREW-M6": 1},
        masses={"TUBE-40": 2600, "SCREW-M6": 7.5}, uncounted=("FRAME-A", "AXLE-A", "HUB-A"),
    )  # fmt: skip


def inventor() -> Book:
    """Inventor: BOM structure column, phantom, reference, mass with its unit in the cell."""
    rows: Rows = [
        ["Item", "Part Number", "BOM Structure", "Unit QTY", "QTY", "Stock Number", "Description", "REV", "Material", "Mass"],
        ["1", "INV-10", "Normal", "Each", "2", "", "Arm", "", "", "1,850 kg"],
        ["1.1", "INV-11", "Normal", "Each", "1", "", "Arm profile", "", "AlMgSi0,5", "1,200 kg"],
        ["1.2", "INV-12", "Purchased", "Each", "4", "", "Insert M5", "", "Messing", "3,500 g"],
        ["2", "INV-20", "Phantom", "Each", "1", "", "Skeleton", "", "", "0 kg"],
        ["3", "INV-30", "Purchased", "mm", "2 500 mm", "", "Timing belt HTD 5M", "", "PU", "N/A"],
    ]  # fmt: skip
    return Book(
        "inventor", rows, 1,
        {"item": "Item", "part_number": "Part Number", "make_buy": "BOM Structure", "quantity": "QTY",
         "description": "Description", "revision": "REV", "material": "Material", "mass": "Mass"},
        5,
        totals={"INV-11": 2, "INV-12": 8, "INV-30": 2.5}, levels={"INV-10": 1, "INV-12": 2},
        masses={"INV-11": 1200, "INV-12": 3.5}, units={"INV-30": "m"}, uncounted=("INV-10", "INV-20"),
    )  # fmt: skip


def easyeda_utf16() -> Book:
    """EasyEDA: UTF-16 text with tabs under the name .csv."""
    rows: Rows = [
        ["ID", "Name", "Designator", "Footprint", "Quantity", "Manufacturer Part", "Manufacturer", "Supplier", "Supplier Part", "Price"],
        ["1", "100nF", "C1,C2,C3", "C0402", "3", "CL05B104KO5NNNC", "SAMSUNG", "LCSC", "C1525", "0.0021"],
        ["2", "AMS1117-3.3", "U1", "SOT-223", "1", "AMS1117-3.3", "AMS", "LCSC", "C6186", "0.12"],
        ["3", "蓝色LED", "LED1,LED2", "LED0603", "2", "19-217/BHC-ZL1M2RY/3T", "EVERLIGHT", "LCSC", "C72041", "0.015"],
    ]  # fmt: skip
    return Book(
        "easyeda", rows, 1,
        {"item": "ID", "description": "Name", "designator": "Designator", "footprint": "Footprint", "quantity": "Quantity",
         "mpn": "Manufacturer Part", "manufacturer": "Manufacturer", "supplier": "Supplier", "supplier_part": "Supplier Part",
         "unit_cost": "Price"},
        3, save="tab utf-16",
    )  # fmt: skip


def arena() -> Book:
    rows: Rows = [
        ["Level", "Item Number", "Item Name", "Item Revision", "Quantity", "Unit of Measure", "Reference Designator", "Item Category", "Procurement Type", "Standard Cost"],
        ["0", "910-00001", "Sensor node", "1", "1", "each", "", "Finished good", "Make", ""],
        ["1", "810-00002", "Main board", "2", "1", "each", "", "PCBA", "Make", ""],
        ["2", "210-00003", "IC MCU STM32G0", "1", "1", "each", "U1", "IC", "Buy", "1.10"],
        ["2", "220-00004", "RES 10K 1% 0402", "1", "5", "each", "R1, R2, R3, R4, R5", "Resistor", "Buy", "0.002"],
        ["1", "510-00005", "Battery Li-SOCl2 AA", "1", "2", "each", "", "Battery", "Buy", "2.95"],
    ]  # fmt: skip
    return Book(
        "arena", rows, 1,
        {"level": "Level", "part_number": "Item Number", "description": "Item Name", "revision": "Item Revision",
         "quantity": "Quantity", "unit": "Unit of Measure", "designator": "Reference Designator", "category": "Item Category",
         "make_buy": "Procurement Type", "unit_cost": "Standard Cost"},
        5,
        totals={"220-00004": 5, "510-00005": 2}, costs={"220-00004": 0.01, "510-00005": 5.9},
        levels={"910-00001": 0}, uncounted=("910-00001", "810-00002"), save=", utf-8",
    )  # fmt: skip


def altium() -> Book:
    """Altium Designer's default columns, grouped by comment and footprint."""
    rows: Rows = [
        ["Comment", "Description", "Designator", "Footprint", "LibRef", "Quantity"],
        ["10uF", "Capacitor, ceramic, X5R, 10 V", "C1, C2, C7", "CAPC1608X90N", "CAP_0603", "3"],
        ["STM32F411CEU6", "Microcontroller, Cortex-M4", "U1", "UFQFPN48", "STM32F411CEU6", "1"],
        ["4k7", "Resistor, thick film, 1 %", "R1, R2", "RESC1005X40N", "RES_0402", "2"],
        ["USB-C", "Receptacle, 16 contacts", "J1", "USB_C_16P", "CONN_USBC", "1"],
    ]  # fmt: skip
    return Book(
        "altium", rows, 1,
        {"value": "Comment", "description": "Description", "designator": "Designator", "footprint": "Footprint",
         "quantity": "Quantity"},
        4, save=", utf-8",
    )  # fmt: skip


def kicad() -> Book:
    """KiCad's symbol fields table: datasheet links, a DNP mark, attributes that exclude."""
    rows: Rows = [
        ["Reference", "Value", "Datasheet", "Footprint", "Qty", "DNP", "Exclude from BOM"],
        ["C1,C2", "100n", "~", "Capacitor_SMD:C_0402_1005Metric", "2", "", ""],
        ["D1", "LED red", "~", "LED_SMD:LED_0603_1608Metric", "1", "DNP", ""],
        ["R1,R2,R3", "10k", "~", "Resistor_SMD:R_0402_1005Metric", "3", "", ""],
        ["U1", "TPS62130", "https://www.ti.com/lit/ds/symlink/tps62130.pdf", "Package_DFN_QFN:VQFN-16", "1", "", ""],
    ]  # fmt: skip
    return Book(
        "kicad", rows, 1,
        {"designator": "Reference", "value": "Value", "footprint": "Footprint", "quantity": "Qty", "dnp": "DNP",
         "url": "Datasheet"},
        4, totals={"100n": 2, "10k": 3, "TPS62130": 1}, uncounted=("LED red",), save=", utf-8",
    )  # fmt: skip


def eagle() -> Book:
    """Eagle's bom.ulp: a part is a designator here, and a device belongs to the library."""
    rows: Rows = [
        ["Part", "Value", "Device", "Package", "Description"],
        ["C1", "22p", "C-EUC0603", "C0603", "CAPACITOR, European symbol"],
        ["C2", "22p", "C-EUC0603", "C0603", "CAPACITOR, European symbol"],
        ["IC1", "LM358D", "LM358D", "SO08", "OP AMP"],
        ["Q1", "16MHz", "CRYSTALHC49S", "HC49/S", "CRYSTAL"],
    ]  # fmt: skip
    return Book(
        "eagle", rows, 1,
        {"designator": "Part", "value": "Value", "footprint": "Package", "description": "Description"},
        4, save="; utf-8",
    )  # fmt: skip


def orcad() -> Book:
    """OrCAD Capture's report: a title, dashes under the header, long designators run on below."""
    rows: Rows = [
        ["Motor board  Revised: Monday, November 22, 2026", "", "", ""],
        ["", "", "", ""],
        ["Item", "Quantity", "Reference", "Part"],
        ["______________________________________________", "", "", ""],
        ["", "", "", ""],
        ["1", "6", "C1,C2,C3,C4,", "0.1uF"],
        ["", "", "C5,C6", ""],
        ["2", "1", "U1", "DRV8323"],
        ["3", "2", "R1,R2", "1m 2512"],
    ]  # fmt: skip
    return Book(
        "orcad", rows, 3,
        {"item": "Item", "quantity": "Quantity", "designator": "Reference", "value": "Part"},
        3, totals={"0.1uF": 6, "DRV8323": 1, "1m 2512": 2}, save="tab utf-8",
    )  # fmt: skip


def erpnext() -> Book:
    """ERPNext's data export: the document's columns on its first row, the items' in brackets."""
    rows: Rows = [
        ["ID", "Item", "Quantity", "Company", "Item Code (Items)", "Item Name (Items)", "Qty (Items)", "UOM (Items)", "Rate (Items)", "Amount (Items)", "Stock Qty (Items)"],
        ["BOM-FAN-001", "FAN", "1", "Blow AG", "FAN-HUB", "Hub with blades PA66", "1", "Nos", "2.5", "2.5", "1"],
        ["", "", "", "", "FAN-MOTOR", "Motor BLDC 12 V", "2", "Nos", "6.1", "12.2", "2"],
        ["", "", "", "", "WIRE-CU", "Copper wire 0.3 mm", "1.5", "Meter", "0.4", "0.6", "1.5"],
    ]  # fmt: skip
    return Book(
        "erpnext", rows, 1,
        {"part_number": "Item Code (Items)", "description": "Item Name (Items)", "quantity": "Qty (Items)",
         "unit": "UOM (Items)", "unit_cost": "Rate (Items)", "extended_cost": "Amount (Items)"},
        3, totals={"FAN-MOTOR": 2, "WIRE-CU": 1.5}, costs={"FAN-MOTOR": 12.2, "WIRE-CU": 0.6},
        units={"WIRE-CU": "m"}, save=", utf-8",
    )  # fmt: skip


def chinese_gbk() -> Book:
    """A Chinese ERP list in GBK with 12个 quantities and a total below."""
    rows: Rows = [
        ["伺服电机物料清单", "", "", "", "", "", "", "", ""],
        ["序号", "物料编码", "物料名称", "规格型号", "材质", "数量", "单价(元)", "金额", "备注"],
        ["1", "10.01.0001", "转子磁钢", "N42SH 30x10x3", "钕铁硼", "12个", "3.50", "42.00", ""],
        ["2", "10.01.0002", "漆包线", "QZY-2/180 0.35", "铜", "0.8kg", "75", "60.00", "按需"],
        ["3", "10.01.0003", "深沟球轴承", "6202-2RS", "轴承钢", "2个", "4.2", "8.40", ""],
        ["4", "10.01.0004", "导热硅脂", "", "", "适量", "", "", ""],
        ["", "", "合计", "", "", "", "", "110.40", ""],
        ["编制：", "张三", "", "审核：", "", "", "", "", ""],
    ]  # fmt: skip
    return Book(
        "chinese_gbk", rows, 2,
        {"item": "序号", "part_number": "物料编码", "description": "物料名称", "material": "材质", "quantity": "数量",
         "unit_cost": "单价(元)", "extended_cost": "金额", "notes": "备注"},
        4,
        totals={"10.01.0001": 12, "10.01.0002": 0.8, "10.01.0003": 2}, costs={"10.01.0001": 42, "10.01.0002": 60},
        units={"10.01.0002": "kg"}, save=", gbk",
    )  # fmt: skip


def japanese() -> Book:
    """A Japanese drawing office list: 員数 for quantity, 質量 in grams in the header."""
    rows: Rows = [
        ["部品表", None, None, None, None, None, None, None],
        ["図番：", "AB-1234", None, "作成日：", "2026/11/22", None, None, None],
        [],
        ["照番", "品番", "品名", "材質", "員数", "質量(g)", "メーカー", "型番"],
        [1, "AB-1234-01", "ケース", "ADC12", 1, 850, None, None],
        [2, "AB-1234-02", "モータ", None, 2, 120, "マブチ", "RS-385"],
        [3, "AB-1234-03", "六角穴付きボルト M3x8", "SUS304", 8, 0.9, None, None],
        [None, None, "合計", None, 11, None, None, None],
    ]  # fmt: skip
    return Book(
        "japanese", rows, 4,
        {"item": "照番", "part_number": "品番", "description": "品名", "material": "材質", "quantity": "員数",
         "mass": "質量(g)", "manufacturer": "メーカー", "mpn": "型番"},
        3, totals={"AB-1234-03": 8}, masses={"AB-1234-01": 850, "AB-1234-03": 0.9},
    )  # fmt: skip


def french_cp1252() -> Book:
    rows: Rows = [
        ["Nomenclature moto-réducteur", "", "", "", "", "", "", "", ""],
        ["Repère", "Référence", "Désignation", "Qté", "Unité", "Matière", "Masse unitaire (kg)", "Prix unitaire (€)", "Fournisseur"],
        ["1", "MR-001", "Carter moulé", "1", "pce", "AlSi9Cu3", "1,250", "18,40", "Fonderie du Rhône"],
        ["2", "MR-002", "Roue dentée", "2", "pce", "16MnCr5", "0,430", "11,25", "Engrenages Léman"],
        ["3", "MR-003", "Vis CHC M5x16", "12", "pce", "Acier 8.8 zingué", "0,004", "0,06", "Würth"],
        ["4", "MR-004", "Câble 3G1,5", "1,8", "m", "Cuivre/PVC", "0,120", "1,10", "Nexans"],
        ["", "", "Total", "", "", "", "", "58,90", ""],
    ]  # fmt: skip
    return Book(
        "french_cp1252", rows, 2,
        {"item": "Repère", "part_number": "Référence", "description": "Désignation", "quantity": "Qté", "unit": "Unité",
         "material": "Matière", "mass": "Masse unitaire (kg)", "unit_cost": "Prix unitaire (€)", "supplier": "Fournisseur"},
        4,
        totals={"MR-003": 12, "MR-004": 1.8}, masses={"MR-001": 1250, "MR-003": 4}, costs={"MR-002": 22.5, "MR-004": 1.98},
        units={"MR-004": "m"}, save="; cp1252",
    )  # fmt: skip


def pair_list() -> Book:
    """Parent, component, quantity: an assembly used twice is listed once."""
    rows: Rows = [
        ["Parent Item", "Component Item", "Component Description", "Qty Per", "UOM"],
        ["BIKE", "WHEEL", "Wheel", "2", "EA"],
        ["BIKE", "FRAME", "Frame", "1", "EA"],
        ["WHEEL", "SPOKE", "Spoke steel", "32", "EA"],
        ["WHEEL", "HUB", "Hub", "1", "EA"],
        ["HUB", "BEARING", "Ball bearing", "2", "EA"],
        ["FRAME", "BEARING", "Ball bearing", "4", "EA"],
    ]  # fmt: skip
    return Book(
        "pair_list", rows, 1,
        {"parent": "Parent Item", "part_number": "Component Item", "description": "Component Description",
         "quantity": "Qty Per", "unit": "UOM"},
        6, totals={"WHEEL": 2, "SPOKE": 64, "HUB": 2}, levels={"WHEEL": 1, "SPOKE": 2, "HUB": 2},
        uncounted=("WHEEL", "FRAME", "HUB"), save=", utf-8",
    )  # fmt: skip


def indented_text() -> Book:
    """A colleague's sheet: structure shown by blanks before the name only."""
    rows: Rows = [
        ["Part", "Quantity", "Material"],
        ["Drone", 1, None],
        ["   Motor", 4, None],
        ["      Rotor bell", 1, "Aluminium 6061"],
        ["      Magnet N52", 14, "NdFeB"],
        ["   Frame", 1, None],
        ["      Arm", 4, "Carbon fibre"],
        ["   Battery 4S", 1, "Li-ion"],
    ]  # fmt: skip
    return Book(
        "indented_text", rows, 1, {"quantity": "Quantity", "material": "Material"}, 7,
        totals={"      Magnet N52": 56, "      Arm": 4, "   Battery 4S": 1},
        levels={"Drone": 0, "   Motor": 1, "      Arm": 2}, uncounted=("Drone", "   Motor", "   Frame"),
    )  # fmt: skip


def two_row_header() -> Book:
    """Group headings above the real header, merged; a side box at the right."""
    rows: Rows = [
        ["Robot R2 bill of materials", None, None, None, None, None, None, None, None],
        [None, "Part", None, "Usage", None, "Price", None, None, "Budget"],
        ["Pos", "Number", "Name", "Qty", "Unit", "Unit", "Total", None, 5000],
        [1, "R-1", "Servo drive 400 W", 6, "pc", 185.0, 1110.0, None, None],
        [2, "R-2", "Harmonic drive", 6, "pc", 410.0, 2460.0, None, None],
        [3, "R-3", "Cable chain", 4.5, "m", 12.0, 54.0, None, None],
        [4, "R-4", "Linear guide 15", 2, "pc", 61.5, 123.0, None, None],
        [None, None, "Total", None, None, None, 3747.0, None, None],
    ]  # fmt: skip
    return Book(
        "two_row_header", rows, 3,
        {"part_number": "Part Number", "description": "Part Name", "quantity": "Usage Qty", "unit": "Usage Unit",
         "unit_cost": "Price Unit", "extended_cost": "Price Total"},
        4, totals={"R-1": 6, "R-3": 4.5}, costs={"R-1": 1110, "R-3": 54}, units={"R-3": "m"},
        merges=("A1:H1", "B2:C2", "D2:E2", "F2:G2"),
    )  # fmt: skip


def base_quantity() -> Book:
    """Recipe-like BOM: quantities for a batch of 100, scrap in percent, ounces and feet."""
    rows: Rows = [
        ["Level", "Material", "Material Description", "Base Qty", "Component Qty", "Component UoM", "Scrap %", "Price", "Per", "Crcy"],
        [0, "4000001", "Sensor, potted", 100, 100, "EA", None, None, None, None],
        [1, "4000002", "Housing PA66", 100, 100, "EA", 1, 12.0, 100, "USD"],
        [1, "4000003", "Potting compound", 100, 48, "OZ", 10, 3.0, 1, "USD"],
        [1, "4000004", "Cable 2x0.25", 100, 500, "FT", None, 180.0, 1000, "USD"],
    ]  # fmt: skip
    return Book(
        "base_quantity", rows, 1,
        {"level": "Level", "part_number": "Material", "description": "Material Description", "base_quantity": "Base Qty",
         "quantity": "Component Qty", "unit": "Component UoM", "scrap_pct": "Scrap %", "unit_cost": "Price",
         "price_per": "Per", "currency": "Crcy"},
        4,
        # 48 oz / 100 x 1.1 x 28.349523125 g; 5 ft x 0.3048 m
        totals={"4000002": 1.01, "4000003": 0.48 * 1.1 * 0.028349523125, "4000004": 1.524},
        # 1.01 x 0.12; 0.528 oz x 3; 5 ft x 0.18
        costs={"4000002": 0.1212, "4000003": 1.584, "4000004": 0.9},
        levels={"4000001": 0, "4000002": 1}, units={"4000003": "kg", "4000004": "m"}, uncounted=("4000001",),
    )  # fmt: skip


def small_language(name: str, headers: Sequence[str], decimal: str = ",") -> Book:
    """Item, part number, description, quantity, unit, material, unit price, supplier, origin."""
    one, price = ("1,5", "2,75") if decimal == "," else ("1.5", "2.75")
    rows: Rows = [
        list(headers),
        ["1", "X-100", "Elektromotor BLDC 24 V", "2", "pc", "", "85" + decimal + "00", "Maxon", "CH"],
        ["2", "X-200", "Kabel PVC 2x0" + decimal + "75", one, "m", "Cu", price, "Lapp", "DE"],
        ["3", "X-300", "M4x12 ISO 4762", "16", "pc", "A2-70", "0" + decimal + "05", "Bossard", "TW"],
        ["4", "X-400", "Cover plate left side", "1", "pc", "EN AW-6082", "12" + decimal + "30", "", "CZ"],
    ]  # fmt: skip
    roles = (
        "item",
        "part_number",
        "description",
        "quantity",
        "unit",
        "material",
        "unit_cost",
        "supplier",
        "origin",
    )
    return Book(
        f"language_{name}", rows, 1, dict(zip(roles, headers, strict=True)), 4,
        totals={"X-100": 2, "X-200": 1.5, "X-300": 16}, costs={"X-100": 170, "X-200": 4.125},
        units={"X-200": "m"}, save="; utf-8" if decimal == "," else ", utf-8",
    )  # fmt: skip


LANGUAGES = {
    "en": ["Item", "Part Number", "Description", "Qty", "Unit", "Material", "Unit Price", "Supplier", "Country of Origin"],
    "de": ["Pos.", "Artikelnummer", "Bezeichnung", "Menge", "Einheit", "Werkstoff", "Stückpreis", "Lieferant", "Ursprungsland"],
    "fr": ["N°", "Référence", "Désignation", "Quantité", "Unité", "Matière", "Prix unitaire", "Fournisseur", "Pays d'origine"],
    "es": ["Ítem", "Código", "Descripción", "Cantidad", "Unidad", "Material", "Precio unitario", "Proveedor", "País de origen"],
    "pt": ["Item", "Código", "Descrição", "Quantidade", "Unidade", "Material", "Preço unitário", "Fornecedor", "País de origem"],
    "it": ["Pos.", "Codice", "Descrizione", "Quantità", "U.M.", "Materiale", "Prezzo unitario", "Fornitore", "Paese di origine"],
    "nl": ["Pos.", "Artikelnummer", "Omschrijving", "Aantal", "Eenheid", "Materiaal", "Stuksprijs", "Leverancier", "Land van herkomst"],
    "pl": ["Lp.", "Numer części", "Nazwa", "Ilość", "J.m.", "Materiał", "Cena jednostkowa", "Dostawca", "Kraj pochodzenia"],
    "cs": ["Poz.", "Číslo dílu", "Název", "Množství", "MJ", "Materiál", "Jednotková cena", "Dodavatel", "Země původu"],
    "sv": ["Pos", "Artikelnummer", "Benämning", "Antal", "Enhet", "Material", "Styckpris", "Leverantör", "Ursprungsland"],
    "ru": ["Поз.", "Артикул", "Наименование", "Кол-во", "Ед. изм.", "Материал", "Цена", "Поставщик", "Страна происхождения"],
    "ja": ["項番", "品番", "品名", "数量", "単位", "材質", "単価", "仕入先", "原産国"],
    "zh": ["序号", "物料编码", "物料名称", "用量", "单位", "材质", "单价", "供应商", "原产国"],
    "ko": ["순번", "품번", "품명", "수량", "단위", "재질", "단가", "공급업체", "원산지"],
    "tr": ["Sıra No", "Parça No", "Tanım", "Miktar", "Birim", "Malzeme", "Birim Fiyat", "Tedarikçi", "Menşei"],
}  # fmt: skip


def all_books() -> list[Book]:
    """Every look-alike, each with its own name."""
    made = [
        sap_multilevel_german(), sap_list_framed(), agile_with_manufacturers(), teamcenter(), windchill(),
        solidworks_indented(), inventor(), easyeda_utf16(), arena(),
        altium(), kicad(), eagle(), orcad(), erpnext(), chinese_gbk(), japanese(), french_cp1252(),
        pair_list(), indented_text(), two_row_header(), base_quantity(),
    ]  # fmt: skip
    points = ("en", "ja", "zh", "ko")
    made += [small_language(k, v, "." if k in points else ",") for k, v in LANGUAGES.items()]
    return made
