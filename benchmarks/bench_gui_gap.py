"""How long the window does not answer: opening, sorting, filtering and editing a large book.

    python benchmarks/bench_gui_gap.py [LINES] [--book FILE] [--in-thread] [--results FILE]

Makes a workbook of LINES lines and 12 columns on two levels (100,000 unless told; a CSV above
200,000), opens it in a real window (offscreen) as the program does, with the computing process
beside it, and keeps a 5 ms timer ticking on the GUI thread. The gap is the worst distance between
two ticks, from the click to the settled window; `busy` is the processor time that the GUI thread
itself spent in its worst turn, which does not grow when other programs load the machine. Then it
filters, sorts, corrects one line and takes that back, and opens a second book, after which the
first must be gone from memory.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import random
import sys
import tempfile
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import xlsxwriter
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer

from bomexposure.gui.app import application
from bomexposure.gui.document import Document
from bomexposure.gui.engine.link import Engine
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices, Override
from bomexposure.model.project import Project

HEADERS = (
    "Level", "Part No.", "Description", "Material", "Qty", "Unit", "Unit cost", "Supplier",
    "Country of origin", "Commodity group", "Mass [g]", "Notes",
)  # fmt: skip
PARTS = (
    ("Rotor magnet ring NdFeB 42SH", "NdFeB", 11.4, "Magnets"),
    ("Screw M4 x 12 A2-70", "A2-70", 0.028, "Fasteners"),
    ("Capacitor ceramic 100 nF 50 V X7R 0603", "", 0.01, "Electronics"),
    ("Housing die cast EN AC-46000", "EN AC-46000", 5.85, "Castings"),
    ("MOSFET 40 V 120 A TDSON-8", "", 0.71, "Electronics"),
    ("O-ring EPDM 70", "EPDM", 0.09, "Seals"),
    ("Cable 0.75 mm2 red", "Cu", 0.4, "Cables"),
    ("LED green 0603", "", 0.04, "Electronics"),
    ("Label 50 x 20", "", 0.02, "Labels"),
    ("Bracket 1.4301 2 mm", "1.4301", 1.2, "Sheet metal"),
    ("Bearing 6204-2RS", "100Cr6", 2.1, "Bearings"),
    ("Lithium cell 18650 NMC 3.2 Ah", "", 3.4, "Cells"),
    ("Germanium lens IR 25 mm", "Ge", 80.0, "Optics"),
)
CSV_ABOVE = 200_000


def rows(lines: int) -> list[list[object]]:
    """Assemblies of 49 parts each; some 30,000 distinct descriptions."""
    draw = random.Random(1)
    made: list[list[object]] = []
    for number in range(lines):
        if number % 50 == 0:
            made.append([1, f"A{number:07d}", f"Assembly {number // 50}", "", 1, "pc",
                         "", "", "", "Assemblies", "", ""])  # fmt: skip
            continue
        words, material, cost, group = draw.choice(PARTS)
        made.append(
            [2, f"{number:07d}", f"{words}, var {draw.randrange(2500)}", material, 1 + number % 4,
             "pc", cost, f"Supplier {draw.randrange(211)}",
             draw.choice(["China", "Germany", "Japan", "USA", ""]), group,
             round(draw.random() * 50, 2), "" if number % 9 else f"see drawing {number % 1201}"]
        )  # fmt: skip
    return made


def write_book(folder: Path, lines: int) -> Path:
    """A workbook of `lines` lines; a CSV where a sheet would have no room or take too long."""
    if lines > CSV_ABOVE:
        path = folder / f"book-{lines}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(HEADERS)
            out.writerows(rows(lines))
        return path
    path = folder / f"book-{lines}.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("BOM")
        for at, row in enumerate([list(HEADERS), *rows(lines)]):
            sheet.write_row(at, 0, row)
    return path


class Ticks:
    """Distances between ticks of a precise timer on the GUI thread, and its processor time."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self.restart()
        self._timer.start()

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self.worst = max(self.worst, now - self._last)
        self.busy = max(self.busy, busy - self._busy)
        self._last, self._busy = now, busy

    def restart(self) -> None:
        """Forget what was seen."""
        self.worst = self.busy = 0.0
        self._last, self._busy = time.perf_counter(), time.thread_time()


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Until the answer is on show and painted."""
    while window.analyst.jobs.busy:
        wait(20)
    wait(400)


def timed(ticks: Ticks, act: Callable[[], object], window: MainWindow) -> dict[str, float]:
    """Seconds until the answer, the worst gap and the GUI thread's worst turn meanwhile, ms."""
    ticks.restart()
    begun = time.perf_counter()
    act()
    while window.analyst.jobs.busy:
        wait(5)
    took = time.perf_counter() - begun
    wait(400)
    return {"s": took, "gap_ms": ticks.worst * 1000, "busy_ms": ticks.busy * 1000}


def main() -> int:
    """Run it and print the figures; 1 when the GUI thread was held 100 ms while opening."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("lines", nargs="?", type=int, default=100_000)
    asked.add_argument("--book", type=Path, help="an own file instead of the made one")
    asked.add_argument("--in-thread", action="store_true", help="without the computing process")
    asked.add_argument("--results", type=Path)
    given = asked.parse_args()
    calm_switching()
    application()
    figures: dict[str, float] = {"lines": given.lines}
    with tempfile.TemporaryDirectory() as folder:
        book = given.book or write_book(Path(folder), given.lines)
        other = write_book(Path(folder), 200)
        settings = QSettings(str(Path(folder) / "s.ini"), QSettings.Format.IniFormat)
        document = Document(Project(choices=Choices(as_of=date(2026, 11, 28))))
        analyst = Analyst(document, engine=None if given.in_thread else Engine())
        window = MainWindow(settings, document=document, analyst=analyst, data_folder=Path(folder))
        window.resize(1440, 900)
        window.show()
        analyst.warm()
        window.files.open_path(other)
        settle(window)
        ticks = Ticks()
        wait(500)
        figures["idle_gap_ms"] = ticks.worst * 1000

        def note(name: str, act: Callable[[], object]) -> None:
            for part, value in timed(ticks, act, window).items():
                figures[f"{name}_{part}"] = value

        note("open", lambda: window.files.open_path(book))
        for name, text in (
            ("filter_rare", "optics 777"),
            ("filter_common", "var"),
            ("filter_letter", "e"),
            ("filter_mineral", "mineral:neodymium spend>10"),
            ("filter_off", ""),
        ):
            note(name, lambda text=text: window.lines.set_query(text))
        assert document.book is not None
        for number, column in enumerate(document.book.columns):
            if column.role in ("description", "supplier", "unit_cost") or column.key == "index":
                note(f"sort_{column.role or column.key}", lambda at=number: window.lines._sort(at))
        window.lines.bom_order()
        lines = document.analysis.bom.lines if document.analysis is not None else None
        assert lines is not None
        decision = Override(str(lines["fingerprint"].iat[7]), materials=("NDFEB_SH",))
        decided = replace(
            document.project, choices=replace(document.project.choices, overrides=(decision,))
        )
        note("edit", lambda: document.edit("Correct", decided))
        note("undo", document.undo_stack.undo)
        before = weakref.ref(document.analysis.contents.contents)
        del lines
        note("other", lambda: window.files.open_path(other))
        gc.collect()
        figures["first_book_is_kept"] = float(before() is not None)
        window.close()
    for name, value in figures.items():
        print(f"{name:>22} {value:12.2f}")
    if given.results is not None:
        given.results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if figures["open_busy_ms"] < 100 else 1


if __name__ == "__main__":
    sys.exit(main())
