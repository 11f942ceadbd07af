"""The real program closed while everything works: nothing of it stays, and nothing is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bomexposure.model.resources import resource

DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from bomexposure.gui import app

folder = Path(sys.argv[2])
app.application()

def window():
    found = [one for one in app.application().topLevelWidgets() if hasattr(one, "exports")]
    return found[0] if found else None

def work():
    main = window()
    if main is None or main.document.analysis is None or main.analyst.jobs.busy:
        return
    turn.stop()
    main.go("report")
    main.analyst.play("Counting", lambda progress: [progress.step("x", 0, 0) for _ in range(10**9)])
    main.exports.write_all({"pdf": folder / "a.pdf", "json": folder / "a.json"})
    main.exports.export_place("csv", path=folder / "a.csv")
    main.files.read_again()
    QTimer.singleShot(0, lambda: (main.close(), main.close()))

turn = QTimer()
turn.timeout.connect(work)
turn.start(50)
sys.exit(app.run(Path(sys.argv[1])))
"""
"""The second close is the one that does not wait for what is written."""


def of_session(session: int) -> list[str]:
    """Commands of the processes that are still in a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(state[3]) == session and state[0] != "Z":
                    found.append((entry / "cmdline").read_text().replace("\\0", " "))
            except OSError:
                continue  # it ended meanwhile
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="looks at Linux's processes")
def test_closing_at_once_leaves_no_process_no_file_and_no_words(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "BOMEXPOSURE_HOME": str(tmp_path / "data"),
        "BOMEXPOSURE_SETTINGS": str(tmp_path / "settings.ini"),
    }
    book = resource("samples", "controller-board.csv")
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(book), str(out)],
        env=surroundings, start_new_session=True, stderr=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        _out, told = program.communicate(timeout=600)
    assert told == ""
    assert program.returncode == 0
    assert of_session(program.pid) == []
    assert list(out.iterdir()) == []
    assert not list(tmp_path.rglob(".part-*"))
    assert not list((tmp_path / "data").glob("unsaved/.*.lock"))
