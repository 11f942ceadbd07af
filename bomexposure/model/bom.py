"""A bill of materials as read: lines with the cells they came from, nothing interpreted further."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from bomexposure.model.tables import Column, Table

ROLES: tuple[str, ...] = (
    "item", "part_number", "mpn", "manufacturer", "description", "value", "footprint",
    "designator", "quantity", "unit", "base_quantity", "scrap_pct", "unit_cost", "price_per",
    "extended_cost", "currency", "mass", "material", "level", "parent", "assembly", "category",
    "alternate_group", "make_buy", "revision", "supplier", "supplier_part", "origin", "hs_code",
    "lead_time", "stock", "declared", "dnp", "url", "notes",
)  # fmt: skip
"""Column roles of the contract (design, section 6), in its order."""

TEXT_ROLES: tuple[str, ...] = (
    "item", "part_number", "mpn", "manufacturer", "description", "value", "footprint",
    "designator", "material", "parent", "assembly", "category", "alternate_group", "make_buy",
    "revision", "supplier", "supplier_part", "origin", "hs_code", "declared", "dnp", "url",
    "notes",
)  # fmt: skip
"""Roles kept in LINES as the cell's own text, character for character ("" where blank)."""


def _text(name: str, meaning: str) -> Column:
    return Column(name, "str", meaning)


def _number(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, "float64", meaning, unit)


LINES = Table(
    "LINES",
    "One row per line of the BOM, in the order of the sheet(s). The row position is the key that "
    "every other table joins on (`line`); part numbers are never keys.",
    (
        _text("id", "unique in the file: 'Sheet!12', or '12' where the file has no sheets; a second "
                    "line out of one row adds '#2'"),
        _text("sheet", "sheet name; '' for CSV"),
        Column("row", "int64", "the row number a person sees in Excel (1-based)"),
        *(_text(role, f"text of the {role} cell, as it stands") for role in TEXT_ROLES),
        _text("section", "heading row above the line that names its group, '' where none"),
        _number("quantity", "as printed, per parent, in `unit`; NaN unknown or 'as required'"),
        _text("unit", "unit of `quantity` as it stands in the cell or header, '' where none"),
        _text("quantity_unit", "SI unit of `quantity_total`: 'pc', 'kg', 'm', 'm2', 'm3' (litres "
                               "become m3); '' where the unit is not understood"),
        _number("base_quantity", "quantity of the parent for which `quantity` stands", "parent units"),
        _number("scrap_pct", "allowance for scrap", "percent"),
        _number("unit_cost", "cost of one unit of `quantity` (printed price / price_per)", "currency"),
        _number("price_per", "how many units the printed price buys; NaN reads 1", "units"),
        _number("extended_cost", "cost of the line as printed, for its own quantity", "currency"),
        _text("currency", "ISO 4217 code, '' where not stated"),
        _number("mass_g", "declared mass of one piece (or of one SI unit of quantity)", "g"),
        Column("level", "Int64", "depth in the tree, top product 0; NA where the BOM is flat"),
        Column("parent_line", "int64", "row position in LINES of the parent line; -1 where none"),
        Column("has_children", "bool", "an assembly whose parts are listed below it"),
        Column("counted", "bool", "a leaf part that counts (design, section 5)"),
        _text("not_counted_why", "one clause in words, such as 'do not fit'; '' when counted"),
        _number("quantity_total", "quantity in one top product, in `quantity_unit`, scrap included"),
        _number("cost_total", "cost of quantity_total in one top product: extended_cost of the sheet "
                              "rolled up, else unit_cost x quantity; NaN unknown", "currency"),
        _number("lead_time_days", "lead time", "days"),
        _number("stock_quantity", "stock on hand, in the unit of `quantity`"),
        _text("fingerprint", "key under which a decision on this line is remembered"),
    ),
)  # fmt: skip

SEVERITIES = ("note", "warning", "error")

ISSUES = Table(
    "ISSUES",
    "What the reader must know about the file; a row that cannot be used is an Issue, never lost.",
    (
        Column("severity", "category", "how much it matters", values=SEVERITIES),
        _text("code", "stable short name, such as 'quantity-unreadable'"),
        _text("sheet", "sheet name, '' for CSV or the whole file"),
        Column("row", "Int64", "Excel row number; NA when it concerns the whole sheet or file"),
        _text("column", "header text or letter of the column, '' where none"),
        _text("value", "the cell's text, '' where none"),
        _text("text", "what happened, one sentence"),
        _text("mend", "what to do about it, one sentence"),
    ),
)


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """A column of the sheet that was given a role.

    Attributes:
        header: its header with white space folded; two-row headers joined by a space; "" if none.
        letter: its Excel letter.
        confidence: 0 to 1; 1 when the user set or confirmed it.
        unit: unit or currency named in the header ("kg", "mm", "EUR", "100" of "Price/100").
    """

    header: str
    letter: str
    confidence: float = 1.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One table that was read: where its header is and which column means what."""

    sheet: str
    header_row: int
    columns: dict[str, ColumnRef]
    first_row: int
    last_row: int
    line_count: int
    why: str = ""
    """How the table was chosen, in words a user can check."""
    headers: tuple[str, ...] = ()
    """All headers of the table, left to right from column A, those without a role too."""


@dataclass(frozen=True, slots=True)
class SheetShape:
    """A sheet of the workbook, read or not."""

    name: str
    rows: int
    columns: int
    visible: bool = True


@dataclass(frozen=True, slots=True)
class BillOfMaterials:
    """The lines of one workbook, with the sheet and cells that they came from.

    Attributes:
        file: base name; never a path, so that outputs do not tell where the file lay.
        sha256: of the file's bytes, hexadecimal.
        format: 'xlsx', 'xls', 'xlsb', 'ods', 'csv', 'text', ...: by content, not by name.
        lines: a LINES table.
        original: the user's own columns in their order, as text, one row per line; column
            labels are the headers (made unique by a letter in brackets where they repeat).
        issues: an ISSUES table.
        more_sheets: tables seen that were not read as part of this BOM.
    """

    file: str
    sha256: str
    format: str
    encoding: str
    delimiter: str
    sheets: tuple[SheetShape, ...]
    read: tuple[SheetRead, ...]
    lines: pd.DataFrame
    original: pd.DataFrame
    issues: pd.DataFrame
    more_sheets: tuple[SheetRead, ...] = ()
    preview: dict[str, list[list[str]]] = field(default_factory=dict)
    """First rows of each sheet as text, for the import view; at most 60 rows a sheet."""
