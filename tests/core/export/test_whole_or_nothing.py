"""A full disk, a cancel or a kill leaves what was there before, and nothing half-written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bomexposure.export.charts import write_charts
from bomexposure.export.csv_folder import write_csv
from bomexposure.export.json_report import write_json
from bomexposure.export.pdf import write_pdf
from bomexposure.export.questions import write_questions
from bomexposure.export.workbook import write_xlsx
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import Cancelled, OutputError
from bomexposure.model.report import ReportOptions

Writer = Callable[..., Any]


def small_pdf(answer: Analysis, path: Path, progress: Any = None) -> None:
    more = {"progress": progress} if progress else {}
    write_pdf(answer, path, ReportOptions(("decisions",)), **more)


FILES: tuple[Writer, ...] = (write_json, write_xlsx, small_pdf)
FOLDERS: tuple[Writer, ...] = (write_csv, write_charts, write_questions)


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def old_outputs(folder: Path) -> dict[str, bytes]:
    """Outputs of last week, which a failed write must not touch."""
    (folder / "report").write_bytes(b"last week")
    (folder / "tables").mkdir()
    for name in ("lines.csv", "quadrant.svg", "MagnaForm.xlsx"):
        (folder / "tables" / name).write_bytes(b"last week")
    return state(folder)


@pytest.mark.parametrize("write", [*FILES, *FOLDERS])
def test_a_full_disk_leaves_all_as_it_was(
    answer: Analysis, tmp_path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old_outputs(tmp_path)

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        write(answer, tmp_path / ("report" if write in FILES else "tables"))
    assert state(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "tables"]


# questions to one supplier are one step, after which there is nothing left to stop
@pytest.mark.parametrize("write", [write_xlsx, small_pdf, write_csv, write_charts])
def test_a_cancel_leaves_all_as_it_was(answer: Analysis, tmp_path: Path, write: Writer) -> None:
    before = old_outputs(tmp_path)

    class Stop:
        def step(self, label: str, done: int, total: int) -> None:
            if label and done and total:
                raise Cancelled

    target = tmp_path / ("report" if write in FILES else "tables")
    with pytest.raises(Cancelled):
        write(answer, target, progress=Stop())
    assert state(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "tables"]


def test_a_kill_in_the_middle_of_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"last week")
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from bomexposure.model.whole_file import write_whole\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(Path(sys.argv[1]), b'x' * 1_000_000)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    assert ended.returncode == -9
    assert target.read_bytes() == b"last week"
