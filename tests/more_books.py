"""Further look-alikes: what is exported by Creo, CATIA, Onshape, Oracle, Odoo, Dynamics, Infor, U8.

As in `books`, each says what a person reads in it, with figures worked out by hand.
"""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

from books import Book, Rows


def creo() -> Book:
    """Creo's BOM: columns set apart by blanks, a block for each assembly, a summary below."""
    text = """Assembly GEARBOX contains:

Quantity     Type           Name              Description
   2         Sub-Assembly   ROTOR_ASM         ROTOR
   2         Part           BEARING_6204      BALL BEARING
   8         Part           SCREW_M6X20       CAP SCREW

Sub-Assembly ROTOR_ASM contains:

Quantity     Type           Name              Description
   1         Part           SHAFT             SHAFT
  12         Part           MAGNET            MAGNET NDFEB

Summary of parts for assembly GEARBOX:

Quantity     Type           Name
   2         Part           BEARING_6204
   8         Part           SCREW_M6X20
   2         Part           SHAFT
  24         Part           MAGNET
"""
    return Book(
        "creo", [[line] for line in text.splitlines()], 3,
        {"quantity": "Quantity", "part_number": "Name", "description": "Description", "category": "Type"},
        5,
        # 12 magnets on each of 2 rotors
        totals={"ROTOR_ASM": 2, "BEARING_6204": 2, "SHAFT": 2, "MAGNET": 24},
        uncounted=("ROTOR_ASM",), save="plain",
    )  # fmt: skip


def old_system_report() -> Book:
    """A printed report: page head, rule of dashes under the header, levels with a dot, a total."""
    text = """ACME Corp                                        PAGE 1
INDENTED BILL OF MATERIAL            DATE 11/22/26

LVL  ITEM NUMBER     DESCRIPTION                QTY PER  UM   UNIT COST
---  --------------  -------------------------  -------  --  ----------
1    10-4711         MOTOR ASSY                   2.000  EA      120.50
.2   10-4713         STATOR LAMINATION M270     120.000  EA        0.15
.2   10-4714         MAGNET WIRE                  0.650  KG       12.00
1    10-4720         HOUSING ADC12                1.000  EA       18.20
                                                            ----------
                                                 TOTAL          195.85
"""
    return Book(
        "old_report", [[line] for line in text.splitlines()], 4,
        {"level": "LVL", "part_number": "ITEM NUMBER", "description": "DESCRIPTION", "quantity": "QTY PER",
         "unit": "UM", "unit_cost": "UNIT COST"},
        4, totals={"10-4711": 2, "10-4713": 240, "10-4714": 1.3, "10-4720": 1},
        levels={"10-4711": 1, "10-4713": 2}, units={"10-4714": "kg"},
        # 240 x 0.15; 1.3 kg x 12
        costs={"10-4713": 36, "10-4714": 15.6}, uncounted=("10-4711",), save="plain",
    )  # fmt: skip


def catia() -> Book:
    """CATIA: tabs in UTF-16, and a recapitulation that lists the parts again."""
    rows: Rows = [
        ["Bill of Material: Wing"],
        ["Quantity", "Part Number", "Type", "Nomenclature", "Revision", "Product Description", "Source"],
        ["1", "SPAR-001", "Part", "Spar", "A", "Front spar 7075", "Made"],
        ["9", "RIB-010", "Part", "Rib", "B", "Rib 2024", "Made"],
        ["48", "NAS1149", "Part", "Washer", "-", "Washer", "Bought"],
        [],
        ["Recapitulation of: Wing"],
        ["Different parts: 3"],
        ["Total parts: 58"],
        [],
        ["Quantity", "Part Number"],
        ["1", "SPAR-001"], ["9", "RIB-010"], ["48", "NAS1149"],
    ]  # fmt: skip
    return Book(
        "catia", rows, 2,
        {"quantity": "Quantity", "part_number": "Part Number", "description": "Product Description",
         "revision": "Revision", "make_buy": "Source"},
        3, totals={"SPAR-001": 1, "RIB-010": 9, "NAS1149": 48}, save="tab utf-16",
    )  # fmt: skip


def odoo() -> Book:
    """Odoo's export for import: the document's fields on its first row, the lines' with a path."""
    rows: Rows = [
        ["id", "product_tmpl_id/name", "product_qty", "code", "type", "bom_line_ids/product_id/default_code",
         "bom_line_ids/product_id/name", "bom_line_ids/product_qty", "bom_line_ids/product_uom_id/name"],
        ["__export__.mrp_bom_1", "Pump", 1, "P01", "normal", "IMP-1", "Impeller bronze", 2, "Units"],
        ["", "", "", "", "", "CAS-1", "Casing", 1, "Units"],
        ["", "", "", "", "", "SCR-1", "Screw M6x40", 16, "Units"],
        ["", "", "", "", "", "GRS-1", "Grease", 0.3, "kg"],
    ]  # fmt: skip
    p = "bom_line_ids/product_"
    return Book(
        "odoo", rows, 1,
        {"part_number": f"{p}id/default_code", "description": f"{p}id/name", "quantity": f"{p}qty", "unit": f"{p}uom_id/name"},
        4, totals={"IMP-1": 2, "CAS-1": 1, "SCR-1": 16, "GRS-1": 0.3}, units={"GRS-1": "kg"},
    )  # fmt: skip


def dynamics() -> Book:
    """Dynamics: quantity per series, scrap in percent beside a constant one, a phantom line."""
    rows: Rows = [
        ["Item number", "Product name", "Configuration", "Quantity", "Per series", "Unit", "Line type",
         "Constant scrap", "Variable scrap", "Flushing principle", "From date"],
        ["D0001", "Speaker, ferrite", "", 2, 1, "ea", "Item", 0, 5, "Start", ""],
        ["D0002", "Cabinet", "", 1, 1, "ea", "Phantom", 0, 0, "Start", ""],
        ["D0003", "Cable copper", "", 3, 10, "ft", "Item", 0, 2, "Start", ""],
    ]  # fmt: skip
    return Book(
        "dynamics", rows, 1,
        {"part_number": "Item number", "description": "Product name", "quantity": "Quantity", "unit": "Unit",
         "base_quantity": "Per series", "scrap_pct": "Variable scrap", "category": "Line type"},
        # 2 x 1.05; 3/10 ft x 1.02 x 0.3048 m
        3, totals={"D0001": 2.1, "D0003": 0.0932688}, units={"D0003": "m"}, uncounted=("D0002",),
    )  # fmt: skip


def infor() -> Book:
    """Infor LN: the manufactured item on every row, with a name of its own."""
    rows: Rows = [
        ["Manufactured Item", "Item Description", "Position", "Component", "Component Description",
         "Net Quantity", "Unit", "Scrap Percentage", "Scrap Quantity", "Warehouse"],
        ["MB-001", "Mountain bike", 10, "FR-01", "Frame 6061", 1, "pcs", 0, 0, "WH1"],
        ["MB-001", "Mountain bike", 20, "WH-01", "Wheel", 2, "pcs", 0, 0, "WH1"],
        ["MB-001", "Mountain bike", 30, "CB-01", "Cable", 1.5, "m", 4, 0, "WH1"],
        ["WH-01", "Wheel", 10, "SP-01", "Spoke", 32, "pcs", 0, 0, "WH2"],
    ]  # fmt: skip
    return Book(
        "infor", rows, 1,
        {"parent": "Manufactured Item", "item": "Position", "part_number": "Component",
         "description": "Component Description", "quantity": "Net Quantity", "unit": "Unit", "scrap_pct": "Scrap Percentage"},
        4, totals={"FR-01": 1, "WH-01": 2, "CB-01": 1.56, "SP-01": 64}, units={"CB-01": "m"},
        uncounted=("WH-01",),
    )  # fmt: skip


def chinese_u8() -> Book:
    """U8: 母件 and 子件 with names of both, base quantity, loss in percent; GBK."""
    rows: Rows = [
        ["母件编码", "母件名称", "子件行号", "子件编码", "子件名称", "规格型号", "计量单位", "基本用量", "基础数量", "子件损耗率%", "供应类型"],
        ["C001", "水泵", "10", "Z0101", "电机", "750W", "个", "1", "1", "0", "领用"],
        ["Z0101", "电机", "10", "Y0001", "磁钢", "N38SH 12*3*25", "片", "46", "1", "2", "领用"],
        ["Z0101", "电机", "20", "Y0002", "漆包线", "0.5mm", "千克", "65", "100", "0", "领用"],
        ["C001", "水泵", "20", "Y0003", "叶轮", "HT200", "个", "2", "1", "0", "领用"],
    ]  # fmt: skip
    return Book(
        "u8", rows, 1,
        {"parent": "母件编码", "part_number": "子件编码", "description": "子件名称", "unit": "计量单位",
         "quantity": "基本用量", "base_quantity": "基础数量", "scrap_pct": "子件损耗率%"},
        # 46 x 1.02; 65/100 kg
        4, totals={"Z0101": 1, "Y0001": 46.92, "Y0002": 0.65, "Y0003": 2}, units={"Y0002": "kg", "Y0001": "pc"},
        uncounted=("Z0101",), save=", gb18030",
    )  # fmt: skip


def oracle_indented() -> Book:
    """Oracle's indented bill: the assembly above, a supply type with push and pull."""
    rows: Rows = [
        ["Assembly", "AS54888", "", "Sentinel desk unit"],
        [],
        ["Level", "Item Seq", "Operation Seq", "Component Item", "Description", "Rev", "UOM", "Basis", "Quantity",
         "Planning %", "WIP Supply Type"],
        [".1", 10, 10, "SB20566", "CPU board assembly", "B", "Ea", "Item", 2, 100, "Push"],
        ["..2", 10, 10, "CM39556", "Heat sink aluminium", "A", "Ea", "Item", 3, 100, "Push"],
        [".1", 30, 20, "CM20110", "Cable, ribbon", "A", "Ft", "Item", 5, 100, "Assembly Pull"],
    ]  # fmt: skip
    return Book(
        "oracle_indented", rows, 3,
        {"level": "Level", "item": "Item Seq", "part_number": "Component Item", "description": "Description",
         "quantity": "Quantity", "unit": "UOM", "revision": "Rev"},
        3, totals={"SB20566": 2, "CM39556": 6, "CM20110": 1.524}, units={"CM20110": "m"},
        levels={"SB20566": 1, "CM39556": 2}, uncounted=("SB20566",),
    )  # fmt: skip


def aerospace() -> Book:
    """A parts list by ASME Y14.34: find number, CAGE code, identifying number, as required."""
    rows: Rows = [
        ["PARTS LIST"],
        ["FIND NO", "QTY REQD", "CAGE CODE", "PART OR IDENTIFYING NO", "NOMENCLATURE OR DESCRIPTION", "MATERIAL", "SPECIFICATION"],
        [1, 1, "81205", "65-12345-1", "BRACKET", "7075-T6", "AMS-QQ-A-250/12"],
        [2, 6, "80205", "MS20426AD4-5", "RIVET", "2117-T4", ""],
        [3, "AR", "", "AMS-S-8802", "SEALANT", "", ""],
        [4, 2, "80205", "NAS1149F0363P", "WASHER", "CRES", ""],
    ]  # fmt: skip
    return Book(
        "aerospace", rows, 2,
        {"item": "FIND NO", "quantity": "QTY REQD", "part_number": "PART OR IDENTIFYING NO",
         "description": "NOMENCLATURE OR DESCRIPTION", "material": "MATERIAL"},
        4, totals={"65-12345-1": 1, "MS20426AD4-5": 6, "NAS1149F0363P": 2},
    )  # fmt: skip


def more_books() -> list[Book]:
    """Every look-alike of this file."""
    return [
        creo(), old_system_report(), catia(), odoo(), dynamics(), infor(), chinese_u8(), oracle_indented(),
        aerospace(),
    ]  # fmt: skip
