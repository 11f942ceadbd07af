"""How long writing takes beside reading: workbook, executive PDF, annotated copy, JSON, CSV.

    python benchmarks/bench_export.py [LINES]

Makes a BOM of LINES (20,000) lines out of the shipped sample's rows, analyzes it, and compares each
output with the time openpyxl needs to read the same file. Prints seconds and ratios.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from bomexposure import reference
from bomexposure.analysis import analyze
from bomexposure.export.annotate import write_annotated
from bomexposure.export.csv_folder import write_csv
from bomexposure.export.json_report import write_json
from bomexposure.export.pdf import write_pdf
from bomexposure.export.workbook import write_xlsx
from bomexposure.model.choices import Choices
from bomexposure.model.report import ReportOptions
from bomexposure.model.resources import resource


def enlarged(path: Path, count: int) -> None:
    """The sample's part rows, over and over with new part numbers, as one flat table."""
    sheet = openpyxl.load_workbook(resource("samples", "coolant-pump.xlsx")).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if sum(cell is not None for cell in row) > 8)
    parts = [row for row in rows[head + 1 :] if sum(cell is not None for cell in row) > 5]
    keep = [at for at, words in enumerate(rows[head]) if str(words).casefold() not in _LEVELS]
    book = openpyxl.Workbook(write_only=True)
    out = book.create_sheet("BOM")
    out.append([rows[head][at] for at in keep])
    for number in range(count):
        out.append([parts[number % len(parts)][at] for at in keep])
    book.save(path)


_LEVELS = ("level", "lvl", "lev.", "stufe")


def timed(work: Callable[[], object]) -> float:
    """Seconds of the better of two runs."""
    spent = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bom = folder / "large.xlsx"
        enlarged(bom, count)

        def read_all() -> None:
            book = openpyxl.load_workbook(bom)
            for _ in book.worksheets[0].iter_rows(values_only=True):
                pass

        base = timed(read_all)
        answer = analyze(bom, reference.load(), Choices(as_of=date(2026, 11, 22)))
        print(f"{len(answer.bom.lines):,} lines, {len(answer.contents.contents):,} contents")
        print(f"openpyxl reads it in {base:.2f} s")
        jobs: dict[str, tuple[Callable[[], object], float]] = {
            "workbook without Facts": (
                lambda: write_xlsx(answer, folder / "a.xlsx", facts=False), 2),
            "workbook": (lambda: write_xlsx(answer, folder / "b.xlsx"), 0),
            "executive PDF": (
                lambda: write_pdf(answer, folder / "c.pdf", ReportOptions(("executive",))), 2),
            "annotated copy": (lambda: write_annotated(answer, bom, folder / "d.xlsx"), 3),
            "JSON": (lambda: write_json(answer, folder / "e.json"), 0),
            "CSV": (lambda: write_csv(answer, folder / "f"), 0),
        }  # fmt: skip
        for title, (work, most) in jobs.items():
            spent = timed(work)
            limit = f", at most {most} asked for" if most else ""
            print(f"{title:<24} {spent:6.2f} s  {spent / base:5.2f} times{limit}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
