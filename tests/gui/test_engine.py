"""The computing process: same answers as in this process, faults as values, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bomexposure import reference
from bomexposure.analysis import analyze
from bomexposure.export.json_report import analysis_json
from bomexposure.gui.engine.link import Engine, EngineGone
from bomexposure.gui.engine.parcels import LEAST, Receiver, Sender
from bomexposure.gui.showing import Showing, prepare
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices, Override
from bomexposure.model.errors import Cancelled, WorkbookError
from bomexposure.model.progress import SILENT
from bomexposure.model.project import Project
from bomexposure.model.resources import resource
from bomexposure.model.supply import Reference

AS_OF = date(2026, 11, 28)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()
    assert not made.alive


@pytest.fixture(scope="module")
def facts() -> Reference:
    return reference.load()


def sample() -> Project:
    return Project(choices=Choices(as_of=AS_OF), workbook=str(resource("samples") / SAMPLE))


SAMPLE = "coolant-pump.xlsx"


def same(answer: tuple[Analysis, Showing], project: Project, facts: Reference) -> None:
    """The answer is what a whole run in this process gives, byte for byte."""
    analysis, showing = answer
    whole = analyze(Path(project.workbook), facts, project.choices)
    assert analysis_json(analysis) == analysis_json(whole)
    fresh = prepare(whole)
    assert showing.tiles == fresh.tiles
    assert repr(showing.figures) == repr(fresh.figures)
    book = showing.book
    columns = range(len(fresh.book.columns))
    for line in range(fresh.book.count):
        assert [book.text(line, n) for n in columns] == [fresh.book.text(line, n) for n in columns]
    for n in columns:
        assert (book.rank(n) == fresh.book.rank(n)).all()


def test_an_edit_and_its_undo_equal_a_whole_run(engine: Engine, facts: Reference) -> None:
    """The second and third answers re-use what was read; nothing in them tells."""
    project = sample()
    first = engine.ask(project, facts, SILENT)
    same(first, project, facts)
    lines = first[0].bom.lines
    line = int(np.flatnonzero(lines["counted"].to_numpy())[3])
    decision = Override(
        fingerprint=str(lines["fingerprint"].iat[line]), materials=("NDFEB_SH",), mass_g=12.0,
        reason="asked the supplier",
    )  # fmt: skip
    decided = replace(project, choices=replace(project.choices, overrides=(decision,)))
    second = engine.ask(decided, facts, SILENT)
    same(second, decided, facts)
    assert analysis_json(second[0]) != analysis_json(first[0])
    assert second[0].reference is facts
    undone = engine.ask(project, facts, SILENT)
    assert analysis_json(undone[0]) == analysis_json(first[0])


def test_a_file_that_changed_is_read_again(
    engine: Engine, facts: Reference, tmp_path: Path
) -> None:
    path = tmp_path / "board.csv"
    path.write_text("Part,Description,Qty\n1,Magnet NdFeB N42,2\n2,Screw M3 A2,4\n")
    project = Project(choices=Choices(as_of=AS_OF), workbook=str(path))
    assert engine.ask(project, facts, SILENT)[0].bom.lines["quantity"].tolist() == [2.0, 4.0]
    path.write_text("Part,Description,Qty\n1,Magnet NdFeB N42,3\n2,Screw M3 A2,4\n")
    assert engine.ask(project, facts, SILENT)[0].bom.lines["quantity"].tolist() == [3.0, 4.0]


def test_a_fault_comes_back_with_its_remedy(
    engine: Engine, facts: Reference, tmp_path: Path
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(WorkbookError) as caught:
        engine.ask(Project(choices=Choices(as_of=AS_OF), workbook=str(path)), facts, SILENT)
    assert caught.value.what
    assert caught.value.mend
    assert "broken.xlsx" in str(caught.value)


class Impatient:
    """Cancels at the first step, or does something else there."""

    def __init__(self, act: object = None) -> None:
        self.act = act

    def step(self, label: str, done: int, total: int) -> None:
        del label, done, total
        if not callable(self.act):
            raise Cancelled
        self.act()


def test_a_cancelled_question_leaves_the_process_ready(engine: Engine, facts: Reference) -> None:
    with pytest.raises(Cancelled):
        engine.ask(sample(), facts, Impatient())
    assert len(engine.ask(sample(), facts, SILENT)[0].bom.lines) > 100


def test_a_process_that_dies_is_a_fault_and_the_next_question_starts_another(
    engine: Engine, facts: Reference
) -> None:
    def kill() -> None:
        process = engine._process
        if process is not None:
            process.kill()

    with pytest.raises(EngineGone) as caught:
        engine.ask(sample(), facts, Impatient(kill))
    assert "Try again" in caught.value.mend
    assert len(engine.ask(sample(), facts, SILENT)[0].bom.lines) > 100


def test_closing_ends_a_question_under_way(facts: Reference) -> None:
    made = Engine()
    with pytest.raises(Cancelled):
        made.ask(sample(), facts, Impatient(made.close))
    assert not made.alive


def test_parcels_bring_tables_words_and_gaps_as_they_were(facts: Reference) -> None:
    """Every kind of column, above and below the size at which it travels by itself."""
    from multiprocessing import Pipe

    ours, theirs = Pipe()
    sender, receiver = Sender(theirs), Receiver(ours)
    count = LEAST + 5
    frame = pd.DataFrame(
        {
            "text": pd.Series([f"Größe {n % 7}" for n in range(count)], dtype="str"),
            "kind": pd.Categorical([("a", "b", None)[n % 3] for n in range(count)], ["b", "a"]),
            "level": pd.array([n % 4 if n % 5 else pd.NA for n in range(count)], dtype="Int64"),
            "figure": np.where(np.arange(count) % 2, np.nan, 1.5),
            "flag": np.arange(count) % 2 == 0,
            "terms": pd.Series([{"x": n} for n in range(count)], dtype="object"),
        }
    )
    frame.columns = ["same", "kind", "level", "figure", "same", "terms"]
    words = [f"部品 {n}" for n in range(count)]
    value = {"frame": frame, "small": frame.head(3), "words": words, "pair": (frame, facts)}
    for _round in range(2):  # the second time the parts are only named
        writer = threading.Thread(target=sender.send, args=(value,))
        writer.start()
        whole, back = False, None
        while not whole:
            whole, back = receiver.take(ours.recv(), facts)
        writer.join(20)
        assert isinstance(back, dict)
        pd.testing.assert_frame_equal(back["frame"], frame)
        pd.testing.assert_frame_equal(back["small"], frame.head(3))
        assert back["words"] == words
        assert back["pair"][0] is back["frame"]
        assert back["pair"][1] is facts
