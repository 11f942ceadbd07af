"""The longest time that the window does not answer while a large book is opened.

    python benchmarks/bench_gui_gap.py [LINES] [--results FILE]

Makes a CSV of LINES lines (100,000 unless told), opens it in a real window (offscreen) and keeps a
5 ms timer ticking on the GUI thread; the worst distance between two ticks is the gap. Then sorts
and filters, and tells the time that the GUI thread was busy with each.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer

from bomexposure.gui.app import application
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.window import MainWindow

PARTS = (
    ("Rotor magnet ring NdFeB 42SH", "NdFeB", 11.4),
    ("Screw M4 x 12 A2-70", "A2-70", 0.028),
    ("Capacitor ceramic 100 nF 50 V X7R 0603", "", 0.01),
    ("Housing die cast EN AC-46000", "EN AC-46000", 5.85),
    ("MOSFET 40 V 120 A TDSON-8", "", 0.71),
    ("O-ring EPDM 70", "EPDM", 0.09),
    ("Cable 0.75 mm2 red", "Cu", 0.4),
    ("LED green 0603", "", 0.04),
    ("Label 50 x 20", "", 0.02),
    ("Bracket 1.4301 2 mm", "1.4301", 1.2),
)


def write_book(path: Path, lines: int) -> None:
    """A flat parts list with `lines` lines."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Part No.", "Description", "Material", "Qty", "Unit cost", "Supplier"])
        for number in range(lines):
            words, material, cost = PARTS[number % len(PARTS)]
            rows.writerow(
                [f"{number:07d}", f"{words}, var {number % 997}", material, 1 + number % 4, cost,
                 f"Supplier {number % 211}"]
            )  # fmt: skip


class Ticks:
    """Distances between ticks of a precise timer on the GUI thread."""

    def __init__(self) -> None:
        self.worst, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._last)
        self._last = now

    def restart(self) -> None:
        """Forget what was seen."""
        self.worst, self._last = 0.0, time.perf_counter()


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> int:
    """Run it and print the figures; 1 when the gap of opening is 100 ms or more."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("lines", nargs="?", type=int, default=100_000)
    asked.add_argument("--results", type=Path)
    given = asked.parse_args()
    calm_switching()
    application()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.csv"
        write_book(book, given.lines)
        settings = QSettings(str(Path(folder) / "s.ini"), QSettings.Format.IniFormat)
        window = MainWindow(settings, data_folder=Path(folder))
        window.resize(1440, 900)
        window.show()
        while window.analyst.jobs.busy:
            wait(20)
        ticks = Ticks()
        wait(300)
        idle = ticks.worst
        ticks.restart()
        begun = time.perf_counter()
        shown: list[float] = []
        window.document.analysis_changed.connect(lambda _a: shown.append(ticks.worst))
        window.files.open_path(book)
        while window.analyst.jobs.busy:
            wait(20)
        wait(300)
        opened = time.perf_counter() - begun
        figures: dict[str, float] = {
            "lines": given.lines,
            "idle_gap_ms": idle * 1000,
            "reading_gap_ms": (shown[0] if shown else ticks.worst) * 1000,
            "opening_gap_ms": ticks.worst * 1000,
            "opened_s": opened,
        }
        acts = {
            "filter_words_ms": lambda: window.lines.set_query("magnet 42sh"),
            "filter_mineral_ms": lambda: window.lines.set_query("mineral:neodymium spend>10"),
            "filter_off_ms": lambda: window.lines.set_query(""),
            "sort_text_ms": lambda: window.lines._sort(2),
            "sort_index_ms": lambda: window.lines._sort(
                next(n for n, c in enumerate(window.document.book.columns) if c.key == "index")
            ),
        }
        for name, act in acts.items():
            before = time.perf_counter()
            act()
            figures[name] = (time.perf_counter() - before) * 1000
        window.close()
    for name, value in figures.items():
        print(f"{name:>20} {value:10.1f}")
    if given.results is not None:
        given.results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if figures["opening_gap_ms"] < 100 else 1


if __name__ == "__main__":
    sys.exit(main())
