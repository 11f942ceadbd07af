"""Cold start of the window: until the Start place is painted, as a ratio to a bare Qt window.

    python benchmarks/bench_start.py [--rounds N] [--results FILE]

Each round starts two fresh interpreters, one with an empty QMainWindow and one with ours, and takes
the time from the process's start to the first paint; the medians and their ratio are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIRST_PAINT = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    painted = False
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint and seen.isWidgetType() and not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print("painted", flush=True)
        app.quit()
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
"""
OURS = """
from pathlib import Path
from bomexposure.gui.app import application, settings
from bomexposure.gui.window import MainWindow
app = application()
window = MainWindow(settings(), data_folder=Path(sys.argv[1]))
"""
SHOW = """
watch = Watch()
app.installEventFilter(watch)
window.resize(1440, 900)
window.show()
app.exec()
window.close()
"""


def seconds(code: str, folder: str) -> float:
    """From starting the interpreter to the first paint."""
    env = {**os.environ, "BOMEXPOSURE_SETTINGS": str(Path(folder) / "s.ini")}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", FIRST_PAINT + code + SHOW, folder],
        stdout=subprocess.PIPE, env=env, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        first = process.stdout.readline()
        took = time.perf_counter() - begun
        process.communicate()
        if not first.startswith("painted"):
            raise SystemExit("the window was not painted")
        return took


def main() -> None:
    """Run it and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--results", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds(OURS, folder)  # the first start fills the disk cache
        bare, ours = [], []
        for _round in range(given.rounds):
            bare.append(seconds(BARE, folder))
            ours.append(seconds(OURS, folder))
    figures = {"bare_s": statistics.median(bare), "ours_s": statistics.median(ours)}
    figures["ratio"] = figures["ours_s"] / figures["bare_s"]
    for name, value in figures.items():
        print(f"{name:>8} {value:8.2f}")
    if given.results is not None:
        given.results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
