"""Write the sample bills of materials that ship in resources/samples/.

    python tools/make_samples.py [FOLDER]

The rows stand in tools/samples/*.csv and are meant to be edited by hand, in a text editor (a
spreadsheet program would strip the leading zeros). Manufacturer part numbers are real, common
parts; companies, plant part numbers, prices, weights and stocks are invented. The same rows give
the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter

ROWS = Path(__file__).resolve().parent / "samples"
SHIPPED = Path(__file__).resolve().parent.parent / "resources" / "samples"

CREATED = datetime(2026, 3, 2, 7, 30, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the workbook's bytes depend on nothing but the rows."""

PUMP_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("Level", "level", 6),
    ("Item", "item", 6),
    ("Part Number", "part", 12),
    ("Rev", "rev", 5),
    ("Description", "description", 39),
    ("Material", "material", 24),
    ("Qty", "qty", 13),
    ("Unit", "unit", 6),
    ("Scrap %", "scrap", 8),
    ("Price", "price", 11),
    ("Price per", "per", 9),
    ("Currency", "currency", 9),
    ("Net Weight (g)", "weight", 14),
    ("Supplier", "supplier", 31),
    ("Country of Origin", "origin", 17),
    ("Make/Buy", "proc", 10),
    ("Alt. Group", "alt", 10),
    ("Do Not Fit", "dnf", 10),
    ("Manufacturer", "maker", 20),
    ("Manufacturer Part No.", "mpn", 24),
    ("Lead Time (days)", "lead", 16),
    ("Stock on Hand", "stock", 14),
    ("Remarks", "note", 34),
)
"""Header, field and column width, in the order of the sheet."""

PUMP_HEADER_ROW = 7
"""Excel row of the header; six rows of title stand above it."""

BOARD_HEADER = (
    "Designator", "Quantity", "Value", "Footprint", "Manufacturer", "MPN", "Description",
    "Unit Price (EUR)", "DNP",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PumpLine:
    """One row of coolant_pump.csv with what follows from its place in the tree.

    Attributes:
        cells: the row as written, by field.
        item: number within its parent, 0010, 0020, ...
        parent: position of the parent line, -1 for the product.
        leaf: no line below it.
        need: quantity in one pump, scrap included, in the row's unit; None for 'as required'.
    """

    cells: dict[str, str]
    level: int
    item: str
    parent: int
    leaf: bool
    need: Decimal | None

    @property
    def counts(self) -> bool:
        """A leaf that is bought and fitted; the alternate at the second place is not."""
        cells = self.cells
        second = bool(cells["alt"]) and cells["note"].startswith("alternate")
        return self.leaf and cells["dnf"] == "" and not second

    @property
    def cost(self) -> Decimal:
        """Cost of this line in one pump, 0 where it does not count or the need is not known."""
        if not self.counts or self.need is None:
            return Decimal(0)
        return self.need * Decimal(self.cells["price"]) / Decimal(self.cells["per"])

    @property
    def grams(self) -> Decimal:
        """Net weight of this line in one pump, without scrap, as far as the sheet can tell."""
        if not self.counts or self.need is None:
            return Decimal(0)
        net = self.need / (1 + Decimal(self.cells["scrap"] or 0) / 100)
        return net if self.cells["unit"] == "G" else net * Decimal(self.cells["weight"] or 0)


def pump_lines(rows: Path = ROWS) -> list[PumpLine]:
    """The lines of the pump in the order of the sheet, quantities multiplied down the levels."""
    with (rows / "coolant_pump.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    levels = [int(row["level"]) for row in cells]
    lines: list[PumpLine] = []
    open_lines: list[int] = []  # the last line seen at each level
    children: dict[int, int] = {}
    for position, (row, level) in enumerate(zip(cells, levels, strict=True)):
        if level > len(open_lines):
            raise ValueError(f"{row['part']}: level {level} has no parent at level {level - 1}")
        del open_lines[level:]
        parent = open_lines[-1] if open_lines else -1
        open_lines.append(position)
        children[parent] = children.get(parent, 0) + 1
        lines.append(
            PumpLine(
                cells=row,
                level=level,
                item=f"{children[parent] * 10:04d}",
                parent=parent,
                leaf=position + 1 == len(levels) or levels[position + 1] <= level,
                need=_need(row, lines[parent].need if parent >= 0 else Decimal(1)),
            )
        )
    return lines


def _need(row: dict[str, str], of_parent: Decimal | None) -> Decimal | None:
    if of_parent is None or not re.fullmatch(r"[\d.]+", row["qty"]):
        return None
    return of_parent * Decimal(row["qty"]) * (1 + Decimal(row["scrap"] or 0) / 100)


def pump_cost(lines: list[PumpLine]) -> Decimal:
    """Material cost of one pump in USD."""
    return sum((line.cost for line in lines), Decimal(0))


def _rolled_up(lines: list[PumpLine], position: int) -> Decimal:
    """Price of an assembly: its parts, and for ROLLUP+n the n USD of work on top."""
    own = lines[position]
    total = Decimal(own.cells["price"].partition("+")[2] or 0)
    for line in lines[position + 1 :]:
        if line.level <= own.level:
            break
        total += line.cost / (own.need or 1)
    return total.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def write_pump(path: Path, rows: Path = ROWS) -> None:
    """coolant-pump.xlsx: the multi-level export, title above, totals and a note below."""
    lines = pump_lines(rows)
    book = xlsxwriter.Workbook(path)
    book.set_properties(
        {"title": "BOM 000410000", "author": "Northlake Thermal Systems", "created": CREATED}
    )
    sheet = book.add_worksheet("BOM_000410000")
    plain = {"font_name": "Arial", "font_size": 9}
    text = book.add_format({**plain, "num_format": "@", "indent": 1})
    padded = book.add_format({**plain, "num_format": "000000000", "align": "left", "indent": 1})
    number = book.add_format(plain)
    grouped = book.add_format({**plain, "num_format": "#,##0"})
    price = book.add_format({**plain, "num_format": "#,##0.00##"})
    day = book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"})
    bold = book.add_format({**plain, "bold": True})
    title = book.add_format({**plain, "bold": True, "font_size": 12})
    assembly = book.add_format({**plain, "bold": True, "num_format": "@", "indent": 1})
    total = book.add_format({**plain, "bold": True, "top": 1, "num_format": "#,##0.00"})
    heading = {
        **plain, "bold": True, "bg_color": "#D9E1F2", "bottom": 1, "text_wrap": True,
        "valign": "vcenter",
    }  # fmt: skip
    over_text = book.add_format({**heading, "indent": 1})
    over_number = book.add_format({**heading, "align": "right"})

    sheet.write_string(0, 0, "MULTI-LEVEL BILL OF MATERIALS", title)
    for row, (label, value) in enumerate(
        (("Plant", "1200 Millbrook"), ("Material number", "000410000"),
         ("Revision", "C"), ("BOM usage", "1 Production, alternative 1, base quantity 1 PC")),
        start=1,
    ):  # fmt: skip
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 2, value, text)
    sheet.write_string(1, 4, "Date", bold)
    sheet.write_datetime(1, 5, datetime.combine(date(2026, 3, 2), datetime.min.time()), day)

    first = PUMP_HEADER_ROW - 1
    sheet.set_row(first, 26)
    for column, (name, field, width) in enumerate(PUMP_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(first, column, name, over_number if field in _NUMERIC else over_text)
        for position, line in enumerate(lines):
            row = first + 1 + position
            value = _pump_cell(lines, position, field)
            if field == "part" and line.cells["stored"] == "N":
                sheet.write_number(row, column, int(value), padded)
            elif value == "":
                continue
            elif field in _NUMERIC and re.fullmatch(r"-?[\d.]+", value):
                form = {"price": price, "lead": grouped, "stock": grouped, "per": grouped}
                sheet.write_number(row, column, float(value), form.get(field, number))
            else:
                sheet.write_string(row, column, value, text if line.leaf else assembly)
    sheet.freeze_panes(first + 1, 0)

    below = first + 1 + len(lines)
    fields = [field for _, field, _ in PUMP_COLUMNS]
    grams = sum((line.grams for line in lines), Decimal(0))
    for column in range(len(fields)):
        sheet.write_blank(below, column, None, total)
    sheet.write_string(below, fields.index("description"), "TOTAL MATERIAL COST PER 1 PC", total)
    sheet.write_number(below, fields.index("price"), _cents(pump_cost(lines)), total)
    sheet.write_string(below, fields.index("currency"), "USD", total)
    sheet.write_number(below, fields.index("weight"), _cents(grams), total)
    sheet.write_string(
        below + 2, 0,
        "Note: prices are current purchasing prices without freight and duty; "
        "rolled-up prices of assemblies are for information and are not in the total.",
        number,
    )  # fmt: skip
    book.close()


_NUMERIC = {"level", "qty", "scrap", "price", "per", "weight", "lead", "stock"}


def _cents(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _pump_cell(lines: list[PumpLine], position: int, field: str) -> str:
    line = lines[position]
    if field == "item":
        return line.item if line.level else ""
    if field == "currency":
        return "USD" if line.cells["price"] else ""
    if field == "price" and line.cells["price"].startswith("ROLLUP"):
        return str(_rolled_up(lines, position))
    return line.cells[field]


def designators(text: str) -> list[str]:
    """'C1, C5-C7' as ['C1', 'C5', 'C6', 'C7']."""
    names = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*([A-Z]+)(\d+)(?:-[A-Z]+(\d+))?", part)
        if found is None:
            raise ValueError(f"'{part}' is not a designator in '{text}'")
        letters, first, last = found.groups()
        names += [f"{letters}{n}" for n in range(int(first), int(last or first) + 1)]
    return names


def board_text(rows: Path = ROWS) -> str:
    """controller-board.csv: semicolons, decimal commas, one row per value, CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(BOARD_HEADER)
    with (rows / "controller_board.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            count = len(designators(row["designators"]))
            writer.writerow(
                (row["designators"], count, row["value"], row["footprint"], row["maker"],
                 row["mpn"], row["description"], row["price"].replace(".", ","), row["dnp"])
            )  # fmt: skip
    return out.getvalue()


def write_board(path: Path, rows: Path = ROWS) -> None:
    """UTF-8 with a byte order mark: what a spreadsheet program opens without asking."""
    path.write_bytes(board_text(rows).encode("utf-8-sig"))


def write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_pump(folder / "coolant-pump.xlsx")
    write_board(folder / "controller-board.csv")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
