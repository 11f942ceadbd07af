"""Where nothing can be written: no half file, the old one whole, and words that say what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import fakes
import pytest

from bomexposure.export.annotate import write_annotated
from bomexposure.export.charts import write_charts
from bomexposure.export.csv_folder import write_csv
from bomexposure.export.json_report import write_json
from bomexposure.export.pdf import write_pdf
from bomexposure.export.questions import write_questions
from bomexposure.export.shown_table import write_shown
from bomexposure.export.workbook import write_xlsx
from bomexposure.model.choices import Choices
from bomexposure.model.errors import OutputError
from bomexposure.model.project import Project
from bomexposure.model.whole_file import staged, write_whole
from bomexposure.present.shown import ShownTable
from bomexposure.project import portfolio_list, store
from bomexposure.project.portfolio_list import Member

limits = pytest.importorskip("resource", reason="Windows has no limit on the size of files")

ROOM = 700
"""Bytes that a file may have: less than any output."""
SHOWN = ShownTable("Lines", ["A"], 900, lambda: [["part"]] * 900)
FROM_CSV = replace(fakes.analysis(), bom=replace(fakes.analysis().bom, format="csv"))
OUTPUTS: dict[str, Callable[[Path], object]] = {
    "a.pdf": lambda path: write_pdf(fakes.analysis(), path),
    "a.xlsx": lambda path: write_xlsx(fakes.analysis(), path),
    "copy.xlsx": lambda path: write_annotated(FROM_CSV, path.with_name("bom.csv"), path),
    "a.json": lambda path: write_json(fakes.analysis(), path),
    "tables": lambda path: write_csv(fakes.analysis(), path),
    "charts": lambda path: write_charts(fakes.analysis(), path),
    "questions": lambda path: write_questions(fakes.analysis(), path),
    "shown.csv": lambda path: write_shown(SHOWN, path),
    "shown.xlsx": lambda path: write_shown(SHOWN, path),
    "chart.png": lambda path: write_whole(path, bytes(9000)),
    "a.bomx": lambda path: store.save(
        Project(Choices(as_of=date(2026, 11, 22)), workbook="a" * 900), path
    ),
    "a.bomset": lambda path: portfolio_list.save((Member("b" * 900),), path),
}


@contextlib.contextmanager
def full() -> Iterator[None]:
    """No file can grow beyond ROOM."""
    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)


def held(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_full_disk_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    if target.suffix:
        target.write_bytes(b"old")
    else:
        target.mkdir()
        (target / "minerals.csv").write_bytes(b"old")
    (tmp_path / "bom.csv").write_text("Part,Qty\nA,1\n")
    before = held(tmp_path)
    with full(), pytest.raises(OutputError) as caught:
        OUTPUTS[name](target)
    assert held(tmp_path) == before
    assert "Make room" in caught.value.mend


@pytest.mark.parametrize(
    ("folder", "name", "words", "mend"),
    [
        ("gone", "a.xlsx", "there is no folder", "Make it first"),
        (".", "n" * 300 + ".xlsx", "the name is too long", "shorter"),
        ("file.txt", "a.xlsx", "there is no folder", "Make it first"),
    ],
)
def test_each_reason_has_its_own_remedy(
    tmp_path: Path, folder: str, name: str, words: str, mend: str
) -> None:
    (tmp_path / "file.txt").write_bytes(b"")
    target = tmp_path / folder / name
    for write in (write_whole, _staged):
        with pytest.raises(OutputError, match=words) as caught:
            write(target, b"data")
        assert mend in caught.value.mend
        assert len(str(caught.value)) < 300 + len(str(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["file.txt"]


def _staged(path: Path, data: bytes) -> None:
    with staged(path) as scratch:
        write_whole(scratch / path.name, data)
