"""Reading a BOM as a ratio to python-calamine alone, in processor time.

Run: python benchmarks/bench_intake.py [LINES ...]      (default 1000 20000 100000)
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

from bomexposure import intake

HEADERS = (
    "Level", "Item", "Part Number", "Description", "Qty", "Unit", "Unit Price", "Currency",
    "Weight (g)", "Material", "Supplier", "Country of Origin",
)  # fmt: skip


def build(path: Path, lines: int) -> Path:
    """A multi-level BOM of twelve columns; the same for the same number of lines."""
    chance = random.Random(lines)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("BOM")
    sheet.write_row(0, 0, HEADERS)
    for line in range(lines):
        sheet.write_row(
            line + 1, 0,
            [
                1 + (line % 10 > 0) + (line % 10 > 5), line + 1, f"P-{chance.randrange(lines):07d}",
                f"Screw ISO 4762 M{chance.randint(2, 12)}x{chance.randint(5, 200)}",
                chance.randint(1, 20), "pc", round(chance.random() * 10, 3), "EUR",
                round(chance.random() * 100, 2),
                chance.choice(("1.4301", "EN AW-6082", "PA66", "")),
                chance.choice(("Bossard", "RS", "Mouser")), "DE",
            ],
        )  # fmt: skip
    book.close()
    return path


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 20_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = build(Path(folder) / f"{size}.xlsx", size)

            def alone(path: Path = path) -> object:
                book = python_calamine.CalamineWorkbook.from_path(str(path))
                return book.get_sheet_by_index(0).to_python()

            alone()
            intake.read(path)  # words and imports are loaded once
            base, ours = seconds(alone), seconds(lambda path=path: intake.read(path))  # type: ignore[misc]
            print(
                f"{size:>9,} lines  calamine {base:7.2f} s  read {ours:7.2f} s  {ours / base:4.1f}x"
            )


if __name__ == "__main__":
    main()
