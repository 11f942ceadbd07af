"""Time to recognise distinct descriptions, as a ratio to reading the workbook that holds them.

    python benchmarks/bench_recognise.py [LINES]

Writes a workbook of LINES (100,000) lines with all descriptions distinct, reads it, breaks it down,
and prints both times and their ratio. A ratio says more than seconds do on a busy machine.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import xlsxwriter

from bomexposure import intake
from bomexposure.content import break_down
from bomexposure.model.choices import Choices, Reading
from bomexposure.model.progress import SILENT
from bomexposure.reference import load_knowledge

HEADERS = (
    "Item", "Part Number", "Description", "Manufacturer", "MPN", "Qty", "Unit", "Material",
    "Unit Cost", "Currency", "Supplier", "Notes",
)  # fmt: skip
NOUNS = (
    "CAP CER {v}nF 50V X7R 0603", "RES {v}K 1% 0402", "Cap screw M6x{v} 8.8 zinc plated",
    "Bracket, stainless steel 1.4301 {v}x40x3", "Ball bearing 6204 no. {v}", "Motor BLDC 48V {v}W",
    "Connector header {v}P 2.54 gold plated", "Shaft 42CrMo4 D{v}", "O-ring {v}x2 FKM",
    "Housing EN AC-46000 rev {v}", "LED green 0603 bin {v}", "Magnet N42SH {v}x5x3",
    "Valve, brass CW617N DN{v}", "Kabel H07V-K 1,5mm2 {v} m", "IC op amp SOIC-8 lot {v}",
)  # fmt: skip


def write(path: Path, count: int) -> None:
    """A workbook of `count` lines; the seed is fixed, so that runs compare."""
    chance = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("BOM")
    sheet.write_row(0, 0, HEADERS)
    for row in range(1, count + 1):
        text = chance.choice(NOUNS).format(v=chance.randint(1, 999)) + f" #{row}"
        sheet.write_row(
            row,
            0,
            [row, f"P{row:07d}", text, "ACME", f"AC-{row}", chance.randint(1, 9), "pc", "", 1.25,
             "EUR", "Dealer", ""],
        )  # fmt: skip
    book.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    knowledge, choices = load_knowledge(), Choices(as_of=date(2026, 1, 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.xlsx"
        write(path, count)
        small = Path(folder) / "warm.xlsx"
        write(small, 10)
        break_down(intake.read(small, Reading(), SILENT), knowledge, choices)
        begun = time.process_time()
        bom = intake.read(path, Reading(), SILENT)
        read = time.process_time() - begun
        begun = time.process_time()
        contents = break_down(bom, knowledge, choices)
        broken = time.process_time() - begun
    placed = int((contents.recognitions["evidence"].astype(str) != "none").sum())
    print(f"{count} lines, {placed} placed, {len(contents.contents)} contents")
    print(f"read {read:.2f} s, recognised {broken:.2f} s, ratio {broken / read:.2f}")


if __name__ == "__main__":
    main()
