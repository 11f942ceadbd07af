"""How long the window does not answer: opening, sorting, filtering and editing a large book.

    python benchmarks/bench_gui_gap.py [LINES] [--book FILE] [--in-thread] [--results FILE]

Makes a workbook of LINES lines and 12 columns on two levels (100,000 unless told; a CSV above
200,000), opens it in a real window (offscreen) as the program does, with the computing process
beside it, and keeps a 5 ms timer ticking on the GUI thread. The gap is the worst distance between
two ticks, from the click to the settled window; `busy` is the processor time that the GUI thread
itself spent in its worst turn, and `cpu` that of both processes until the answer: these grow
little when other programs load the machine. Then it filters and sorts, scrolls, selects and copies,
enters every place, changes looks, decides on lines and on the whole, takes that back, and opens a
second book, after which the first must be gone from memory.
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
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import xlsxwriter
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest

from bomexposure.gui.app import application, load_plots
from bomexposure.gui.document import Document
from bomexposure.gui.engine.link import Engine
from bomexposure.gui.garbage import GuiCollector
from bomexposure.gui.jobs import calm_switching
from bomexposure.gui.places.report import ReportPlace
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices, Override
from bomexposure.model.project import Project
from bomexposure.project import edits
from bomexposure.scenario.ready_made import ready_made

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
PLAIN = Qt.KeyboardModifier.NoModifier


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


def seconds_of(pid: int | None) -> float:
    """Processor time that another process used so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int | str | None) -> float:
    """The most memory that a process held, MB; 0 where the system does not tell."""
    try:
        words = Path(f"/proc/{pid}/status").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return int(words[words.index("VmHWM:") + 1]) / 1024


class Bench:
    """A window with a large book, and the figures of what was done in it."""

    def __init__(self, folder: Path, book: Path, *, in_thread: bool) -> None:
        settings = QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)
        self.document = Document(Project(choices=Choices(as_of=date(2026, 11, 28))))
        self.engine = None if in_thread else Engine()
        analyst = Analyst(self.document, engine=self.engine)
        self.window = MainWindow(
            settings, document=self.document, analyst=analyst, data_folder=folder
        )
        self.window.resize(1440, 900)
        self.window.show()
        analyst.opened.connect(load_plots)
        analyst.warm()
        gc.freeze()  # as the program does
        self.collector = GuiCollector()
        self.book = book
        self.figures: dict[str, float] = {}

    @property
    def engine_pid(self) -> int | None:
        """The computing process."""
        process = self.engine._process if self.engine is not None else None
        return process.pid if process is not None else None

    def settle(self) -> None:
        """Until the answer is on show and painted."""
        while self.window.analyst.jobs.busy:
            wait(20)
        wait(400)

    def note(self, name: str, act: Callable[[], object]) -> None:
        """Do it, and note seconds until the answer, the worst gap and turn, and what it cost."""
        self.ticks.restart()
        begun, used = time.perf_counter(), time.process_time()
        engine = seconds_of(self.engine_pid)
        act()
        while self.window.analyst.jobs.busy:
            wait(5)
        took = time.perf_counter() - begun
        cpu = time.process_time() - used + seconds_of(self.engine_pid) - engine
        wait(400)
        figures = (("s", took), ("cpu_s", cpu), ("gap_ms", self.ticks.worst * 1000),
                   ("busy_ms", self.ticks.busy * 1000))  # fmt: skip
        for part, value in figures:
            self.figures[f"{name}_{part}"] = value
        print(f"{name:>28} " + " ".join(f"{part} {value:9.2f}" for part, value in figures),
              flush=True)  # fmt: skip

    # --- what is measured -------------------------------------------------------------------

    def open(self) -> None:
        """The large book, with a small one on show before."""
        self.window.files.open_path(write_book(self.book.parent, 200))
        self.settle()
        self.ticks = Ticks()
        wait(500)
        self.figures["idle_gap_ms"] = self.ticks.worst * 1000
        self.note("open", lambda: self.window.files.open_path(self.book))

    def order(self) -> None:
        """Filters and sorts."""
        lines = self.window.lines
        for name, text in (
            ("filter_rare", "optics 777"),
            ("filter_common", "var"),
            ("filter_letter", "e"),
            ("filter_mineral", "mineral:neodymium spend>10"),
            ("filter_off", ""),
        ):
            self.note(name, lambda text=text: lines.set_query(text))
        book = self.document.book
        assert book is not None
        for number, column in enumerate(book.columns):
            if column.role in ("description", "supplier", "unit_cost") or column.key == "index":
                self.note(f"sort_{column.role or column.key}", lambda at=number: lines._sort(at))
        lines.bom_order()

    def move(self) -> None:
        """Keys, wheel, columns, selections, copies and quick typing."""
        lines = self.window.lines
        table, field = lines.table, lines.field
        table.setFocus()

        def press(
            key: Qt.Key, times: int = 1, modifier: Any = Qt.KeyboardModifier.NoModifier
        ) -> None:
            for _time in range(times):
                QTest.keyClick(table, key, modifier)
                wait(15)

        def scroll() -> None:
            bar = table.verticalScrollBar()
            for step in range(30):
                bar.setValue(bar.value() + 3 + 40 * step)
                wait(15)

        def drag_column() -> None:
            wide = table.columnWidth(2)
            for step in range(20):
                table.setColumnWidth(2, wide + 6 * step)
                wait(15)
            table.setColumnWidth(2, wide)

        def write(text: str) -> None:
            field.setFocus()
            for letter in text:
                QTest.keyClick(field, letter)
                wait(30)

        self.note("page_down", lambda: press(Qt.Key.Key_PageDown, 20))
        self.note("end", lambda: press(Qt.Key.Key_End, 1, Qt.KeyboardModifier.ControlModifier))
        self.note("home", lambda: press(Qt.Key.Key_Home, 1, Qt.KeyboardModifier.ControlModifier))
        self.note("down", lambda: press(Qt.Key.Key_Down, 20))
        self.note("wheel", scroll)
        self.note("column_width", drag_column)
        table.scrollToTop()
        many = Qt.KeyboardModifier.ShiftModifier
        self.note("select_down", lambda: press(Qt.Key.Key_Down, 10, many))
        self.note("select_page", lambda: press(Qt.Key.Key_PageDown, 10, many))
        everything = Qt.KeyboardModifier.ControlModifier | many
        self.note("select_to_end", lambda: press(Qt.Key.Key_End, 1, everything))
        self.note("select_all", table.selectAll)
        self.note("copy_all", self.window.copy_with_headers)
        table.clearSelection()
        self.note("typing", lambda: write('magnet supplier:"supplier 1'))
        self.note("typing_mineral", lambda: (field.clear(), write("mineral:neo")))
        self.note("typing_off", lambda: lines.set_query(""))

    def enter(self) -> None:
        """Every place, for the first and for the second time."""
        names = ("exposure", "sources", "substitutes", "scenarios", "portfolio", "reference",
                 "report", "import", "lines")  # fmt: skip
        for time_ in ("enter", "again"):
            for name in names:
                self.note(f"{time_}_{name}", lambda name=name: self.window.go(name))

    def looks(self) -> None:
        """Theme and text size, with all places made."""
        act = self.window.actions_
        self.note("theme_dark", lambda: act["appearance.set_theme:dark"].trigger())
        self.note("theme_light", lambda: act["appearance.set_theme:light"].trigger())
        looks = self.window.looks
        self.note("text_150", lambda: looks.set(scale=1.5))
        self.note("text_100", lambda: looks.set(scale=1.0))
        self.note("compact", lambda: act["appearance.set_density:compact"].trigger())
        self.note("comfortable", lambda: act["appearance.set_density:comfortable"].trigger())

    def edits(self) -> None:
        """One line, 5,000 lines and what holds for all of them; each is taken back."""
        document, undo = self.document, self.document.undo_stack.undo
        assert document.analysis is not None
        lines = document.analysis.bom.lines
        counted = lines[lines["counted"]]

        def decided(least: int, most: int) -> Project:
            made = tuple(
                Override(str(mark), str(line), materials=("NDFEB_SH",))
                for mark, line in zip(
                    counted["fingerprint"].iloc[least:most], counted["id"].iloc[least:most],
                    strict=True,
                )
            )  # fmt: skip
            return edits.override_all(document.project, made, "Set")

        def edit(project: Project) -> Callable[[], None]:
            return lambda: document.edit("Correct", project)

        for name, project in (
            ("edit", decided(7, 8)),
            ("edit_5000", decided(100, 5_100)),
            ("as_of", edits.set_as_of(document.project, date(2027, 3, 1))),
            ("volume", edits.set_volume(document.project, 1_000)),
            ("method", edits.set_method(document.project, "import-china-headline")),
            ("scenario", edits.run_scenarios(document.project, (ready_made()[0].id,))),
        ):
            self.note(name, edit(project))
            self.note(f"{name}_undo", undo)

    def other(self) -> None:
        """A second book; the first must be gone."""
        assert self.document.analysis is not None
        before = weakref.ref(self.document.analysis.contents.contents)
        self.figures["peak_mb"] = peak_mb("self")
        self.figures["engine_peak_mb"] = peak_mb(self.engine_pid)
        self.note("other", lambda: self.window.files.open_path(write_book(self.book.parent, 200)))
        report = self.window.places["report"]
        while isinstance(report, ReportPlace) and report.jobs.busy:
            wait(20)  # a preview that was begun stops at its next step
        gc.collect()
        self.figures["first_book_is_kept"] = float(before() is not None)


PARTS_OF_IT = ("order", "move", "enter", "looks", "edits")


def main() -> int:
    """Run it and print the figures; 1 when the GUI thread was held 100 ms while opening."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("lines", nargs="?", type=int, default=100_000)
    asked.add_argument("--book", type=Path, help="an own file instead of the made one")
    asked.add_argument("--in-thread", action="store_true", help="without the computing process")
    asked.add_argument("--only", nargs="*", choices=PARTS_OF_IT, default=PARTS_OF_IT)
    asked.add_argument("--results", type=Path)
    given = asked.parse_args()
    calm_switching()
    application()
    with tempfile.TemporaryDirectory() as folder:
        book = given.book or write_book(Path(folder), given.lines)
        bench = Bench(Path(folder), book, in_thread=given.in_thread)
        for name in ("open", *given.only, "other"):
            getattr(bench, name)()
        bench.window.close()
    figures = {"lines": float(given.lines), **bench.figures}
    for name in ("idle_gap_ms", "peak_mb", "engine_peak_mb", "first_book_is_kept"):
        print(f"{name:>28} {figures[name]:12.2f}")
    if given.results is not None:
        given.results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if figures["open_busy_ms"] < 100 else 1


if __name__ == "__main__":
    sys.exit(main())
