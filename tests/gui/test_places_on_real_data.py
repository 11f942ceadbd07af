"""The places on the shipped data and the real computation: a small BOM, through the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from bomexposure.gui.document import Document
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices
from bomexposure.model.project import Project

BOM = """Part number,Description,Qty,Unit price,Currency
M1,Ring magnet NdFeB N42SH D38x22,1,11.40,USD
L1,LED green 0603,4,0.05,USD
H1,Housing AlSi10Mg die cast,1,20.00,USD
"""


@pytest.fixture
def opened(qtbot: Any, tmp_path: Path, recorder: Any) -> Iterator[MainWindow]:
    """A window on a BOM of three lines, computed in earnest."""
    book = tmp_path / "three.csv"
    book.write_text(BOM, encoding="utf-8")
    choices = Choices(as_of=date(2026, 11, 22))
    document = Document(Project(choices=choices))
    analyst = Analyst(document)
    window = MainWindow(
        QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat), messages=recorder,
        document=document, analyst=analyst, data_folder=tmp_path / "data",
    )  # fmt: skip
    window.resize(1440, 900)
    window.show()
    qtbot.waitUntil(lambda: not analyst.jobs.busy, timeout=60_000)
    with qtbot.waitSignal(analyst.opened, timeout=60_000):
        analyst.open(Project(choices=choices, workbook=str(book)))
    yield window
    qtbot.waitUntil(lambda: not analyst.jobs.busy, timeout=60_000)
    window.close()
    assert not recorder.crashes
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def countries(place: Any) -> list[str]:
    cells = place.options.cells
    return [cells.key_at(at) for at in range(cells.rowCount())]


def test_leaving_a_country_out_and_weighing_anew_rank_again(opened: MainWindow, qtbot: Any) -> None:
    opened.view.select(Subject("mineral", "aluminum", "Aluminum"), place="sources")
    place: Any = opened.place
    assert place._by_stage[0].bottleneck
    first = countries(place)
    assert len(first) > 3
    assert len(first) == len(set(first))  # a country stands once at a stage
    assert "CHN" not in first
    best = next(one for one in first if one != "USA")
    with qtbot.waitSignal(opened.analyst.shown, timeout=60_000):
        place.screening.excluded.emit(best, True)
    assert countries(place) == [one for one in first if one != best]
    with qtbot.waitSignal(opened.analyst.shown, timeout=60_000):
        opened.actions_["undo"].trigger()
    assert countries(place) == first
    # all weight on the share of world output: the order is that of the shares
    for term, field in place.screening.weights.items():
        field.setText("100" if term == "share" else "0")
    with qtbot.waitSignal(opened.analyst.shown, timeout=60_000):
        place.screening.weights["share"].editingFinished.emit()
    rows = place.options.cells.spec.rows
    shares = rows["share_low"].tolist()
    assert shares == sorted(shares, reverse=True)
    assert opened.document.project.choices.weights["share"] == 100.0


def test_a_substitute_is_tried_as_a_scenario_and_decided_with_undo(
    opened: MainWindow, qtbot: Any
) -> None:
    opened.view.go("substitutes")
    place: Any = opened.place
    qtbot.waitUntil(lambda: place.told is not None, timeout=60_000)
    # the dearest acute line with a substitute is the magnet of row 2, and it is on show at once
    assert place.told.subject.startswith("NDFEB")
    assert place.pages.currentIndex() == 1
    place.show_subject("NDFEB_SH")
    qtbot.waitUntil(lambda: place.told.subject == "NDFEB_SH", timeout=60_000)
    place.choose("S002")
    analysis, project = opened.document.analysis, opened.document.project
    assert analysis is not None
    held = place._holders()
    assert [analysis.bom.lines["row"].iat[one] for one in held.rows] == [2]
    place.box.try_it.click()
    assert opened.place.name == "scenarios"
    scenarios: Any = opened.place
    qtbot.waitUntil(lambda: scenarios.result is not None, timeout=60_000)
    assert scenarios.scenario.substitutions == (("NDFEB_SH", "SM2CO17"),)
    assert opened.document.project == project  # nothing was edited
    scenarios.play(scenarios.scenario.__class__("", "Today"))
    opened.view.go("substitutes")
    with qtbot.waitSignal(opened.analyst.shown, timeout=60_000):
        place._decide(place._shown, held.rows)
    found = opened.document.analysis.contents.recognitions["materials"]
    assert found.iat[held.rows[0]] == "SM2CO17"
    with qtbot.waitSignal(opened.analyst.shown, timeout=60_000):
        opened.actions_["undo"].trigger()
    after = opened.document.project
    assert after.choices == project.choices
    assert [one.undone for one in after.decisions] == [True]  # the log keeps what was tried
    found = opened.document.analysis.contents.recognitions["materials"]
    assert found.iat[held.rows[0]] == "NDFEB_SH"
