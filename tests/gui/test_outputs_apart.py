"""Outputs written in a process of their own: the same files, stopped at once, nothing left."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from realwindow import AS_OF, shipped

from bomexposure.analysis import analyze
from bomexposure.export.workbook import write_xlsx
from bomexposure.gui.engine.outputs import OutputsApart
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices
from bomexposure.model.errors import Cancelled, OutputError
from bomexposure.model.progress import SILENT
from bomexposure.model.project import Project
from bomexposure.model.resources import resource

BOARD = resource("samples", "controller-board.csv")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(BOARD, shipped(), Choices(as_of=AS_OF))


@pytest.fixture
def apart(analysis: Analysis) -> Iterator[OutputsApart]:
    made = OutputsApart(analysis, Project(analysis.choices, workbook=str(BOARD)))
    yield made
    made.close()
    assert not [one for one in multiprocessing.active_children() if "outputs" in one.name]


def test_files_are_those_that_the_window_would_write(
    apart: OutputsApart, analysis: Analysis, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    write_xlsx(analysis, here / "a.xlsx")
    apart.writer("xlsx")(there / "a.xlsx", SILENT)
    assert (there / "a.xlsx").read_bytes() == (here / "a.xlsx").read_bytes()
    apart.writer("csv")(there / "tables", SILENT)
    assert "minerals.csv" in {one.name for one in (there / "tables").iterdir()}
    # a fault of one output is told as it is, and the next one works
    with pytest.raises(OutputError, match="there is no folder"):
        apart.writer("json")(tmp_path / "gone" / "a.json", SILENT)
    apart.writer("json")(there / "a.json", SILENT)
    assert sorted(one.name for one in there.iterdir()) == ["a.json", "a.xlsx", "tables"]


def test_a_report_is_stopped_while_it_is_typeset(apart: OutputsApart, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    class StopOnceItIsTypeset:
        def step(self, _label: str, done: int, total: int) -> None:
            if (done, total) == (1, 2):  # the data is made, the typesetter runs
                raise Cancelled

    with pytest.raises(Cancelled):
        apart.writer("pdf")(target, StopOnceItIsTypeset())
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_a_process_that_dies_leaves_the_old_file(apart: OutputsApart, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    class Killing:
        def step(self, *_told: Any) -> None:
            assert apart._process is not None
            apart._process.kill()

    with pytest.raises(OutputError, match="not finished"):
        apart.writer("xlsx")(target, Killing())
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
