"""Import, Reference, Report and the review list through the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import fakes
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from bomexposure.gui.places.importing import ImportPlace
from bomexposure.gui.places.reference import ReferencePlace, minerals_spec
from bomexposure.gui.places.report import ReportPlace, gaps
from bomexposure.gui.spectable import SpecModel
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow
from bomexposure.model.progress import Progress
from bomexposure.present import minerals
from bomexposure.present.minerals import supply_facts

Open = Callable[[], MainWindow]


def test_a_role_changed_in_the_preview_is_an_edit(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:import"].trigger()
    place = window.places["import"]
    assert isinstance(place, ImportPlace)
    assert place.table.roles.combos, "the preview shows no column"
    combo = place.table.roles.combos[0]
    combo.setCurrentIndex(combo.findData("material"))
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        combo.activated.emit(combo.currentIndex())
    assert window.document.project.choices.reading.columns["material"] == "@A"
    assert "olumn A is material" in window.actions_["undo"].text()


def test_a_header_row_set_by_hand(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:import"].trigger()
    place = window.places["import"]
    assert isinstance(place, ImportPlace)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        place.header_row.setCurrentIndex(2)
        place.header_row.activated.emit(2)
    assert window.document.project.choices.reading.header_row == 3


def test_reference_needs_no_document(window: MainWindow) -> None:
    window.actions_["go:reference"].trigger()
    place = window.places["reference"]
    assert isinstance(place, ReferencePlace)
    table = place.tables["minerals"]
    before = table.cells.rowCount()
    assert before > 5
    place.field.setText("gallium")
    assert table.cells.rowCount() == 1
    assert table.cells.key_at(0) == "gallium"


def test_what_no_source_gives_reads_as_not_published() -> None:
    facts = fakes.reference()
    supply = facts.supply.copy()
    gallium = supply["mineral"] == "gallium"
    supply.loc[gallium, ["china_peak_low", "china_peak_high", "china_share_pct"]] = np.nan
    supply.loc[gallium, "leading_country"] = ""
    spec = minerals_spec(replace(facts, supply=supply))
    at = spec.rows["mineral"].tolist().index("gallium")
    told = {one.heading: spec.text(at, one) for one in spec.columns}
    words = "not published"
    assert (told["China at most"], told["China by USGS"]) == (words, words)
    assert told["Leading producer"] == words


def test_a_year_in_brackets_does_not_stand_in_brackets_again() -> None:
    supply = fakes.reference().supply
    row = supply[supply["mineral"] == "gallium"].iloc[0].copy()
    row["nir_form"], row["nir_year"], row["nir_scope"] = "Gallium", "2025e", ""
    row["nir_low"], row["nir_high"], row["nir_printed"] = 100.0, 100.0, "100"
    assert supply_facts(row)[0].words == "100 %, Gallium, 2025 (estimated)"


def test_a_footnote_opens_its_figure(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    page: Any = window.panel.page
    figure = page.figure_ids[0]
    window.links.follow(f"figure:{figure}")
    assert window.place.name == "reference"
    place = window.places["reference"]
    assert isinstance(place, ReferencePlace)
    assert place.segments.current == "figures"
    words = "\n".join(one.text() for one in place.area.widget().findChildren(QLabel))
    one = window.document.analysis.reference.sources[figure]  # type: ignore[union-attr]
    assert one.title in words


def test_f4_goes_to_the_first_source(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    window.actions_["links.show_source"].trigger()
    assert window.place.name == "reference"


def test_report_names_the_gaps_before_it_is_sent(open_book: Open) -> None:
    window = open_book()
    analysis = window.document.analysis
    assert analysis is not None
    found = gaps(analysis)
    # the mystery box (3.54 of 40.00) is not recognised: 8.85 %
    assert ("warn", "1 line is not recognised, 8.8 % of spend.") in found or (
        "warn",
        "1 line is not recognised, 8.9 % of spend.",
    ) in found
    assert found[-1] == ("done", "All figures have a source.")


def test_report_pages_and_files(open_book: Open, qtbot: Any, tmp_path: Path) -> None:
    window = open_book()
    window.actions_["go:report"].trigger()
    place = window.places["report"]
    assert isinstance(place, ReportPlace)
    qtbot.waitUntil(lambda: len(place._pages) > 0 and not place.jobs.busy, timeout=60_000)
    assert place.thumbs.count() == len(place._pages)
    place.zoom.choose("100")
    place._draw()
    # U.S. Letter is 8.5 inches wide, and 100 % is 96 pixels an inch
    assert place.sheet.pixmap().deviceIndependentSize().width() == pytest.approx(816, abs=1)
    for key in ("minerals", "lines", "sourcing", "method"):
        place.parts[key].setChecked(False)
    assert "minerals" not in place.chosen()
    window.settings.setValue("out", str(tmp_path))
    place.outputs["xlsx"].setChecked(False)
    place.outputs["csv"].setChecked(True)
    assert place.write_button.text() == "Write 2 outputs"
    place.paper.setCurrentIndex(place.paper.findData("a4"))
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=60_000):
        place.write_button.click()
    assert (tmp_path / "pump exposure.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "pump tables" / "minerals.csv").is_file()
    # kept in the project that is saved, and for the next one
    kept = window.document.project.report
    assert kept.paper == "a4"
    assert kept.parts == place.chosen()
    assert window.settings.value("report/outputs") == "pdf,csv"


@pytest.mark.parametrize("place", ["report", "lines"])
def test_a_preview_under_way_stops_when_another_book_is_opened(
    open_book: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """It would hold the book of before in memory."""
    begun = threading.Event()

    def endless(*_given: object, progress: Progress, **_more: object) -> None:
        begun.set()
        while True:
            progress.step("Setting the pages", 0, 0)
            time.sleep(0.005)

    monkeypatch.setattr("bomexposure.export.pdf.pages_png", endless)
    window = open_book()
    window.go("report")
    qtbot.waitUntil(begun.is_set)
    window.go(place)
    report = window.places["report"]
    assert isinstance(report, ReportPlace)
    assert report.jobs.busy
    window.document.begin(window.document.project)
    qtbot.waitUntil(lambda: not report.jobs.busy)


def test_review_list_takes_single_keys(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.lines.set_query("", "review")
    window.lines.go_to(6)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        qtbot.keyClick(window.lines.table, Qt.Key.Key_A)
    (decision,) = window.document.project.choices.overrides
    assert decision.line_id == ""
    assert decision.accepted


def test_single_keys_do_nothing_outside_the_review_list(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.lines.go_to(1)
    qtbot.keyClick(window.lines.table, Qt.Key.Key_A)
    assert window.document.project.choices.overrides == ()


def test_spec_tables_keep_qts_rules_and_sort_unknown_last(open_book: Open) -> None:
    window = open_book()
    analysis = window.document.analysis
    assert analysis is not None
    model = SpecModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    spec = minerals.minerals_table(analysis)
    model.show_spec(spec)
    column = next(n for n, one in enumerate(spec.columns) if one.key == "nir_low")
    model.sort_by(column)  # falling
    words = [str(model.index(row, column).data()) for row in range(model.rowCount())]
    assert words[0] == "100"
    # withheld (arsenic) and net exporter (gold) have no figure: last in both directions
    assert not any(word[:1].isdigit() or word[:1] == ">" for word in words[-2:])
    model.sort_by(column)  # rising
    words = [str(model.index(row, column).data()) for row in range(model.rowCount())]
    assert not any(word[:1].isdigit() or word[:1] == ">" for word in words[-2:])
    model.sort_by(column)  # back
    assert [model.key_at(row) for row in range(model.rowCount())] == spec.rows["mineral"].tolist()
    del tester


def test_tiles_open_the_lines_they_count(open_book: Open) -> None:
    window = open_book()
    window.strip.chosen.emit("coverage")
    assert window.lines.segments.current == "unknown"
    window.strip.chosen.emit("acute")
    lines = [int(row) for row in window.lines.table.lines.rows]
    # magnet, bush and LED hold an acute mineral that carries the part's function
    assert [line for line in lines if line != 0] == [1, 2, 3]


def test_keyboard_goes_round_the_panes(open_book: Open) -> None:
    window = open_book()
    window.activateWindow()
    window.actions_["frame.next_pane"].trigger()
    window.actions_["frame.next_pane"].trigger()
    window.actions_["frame.previous_pane"].trigger()


def test_everything_that_takes_the_keyboard_has_a_name(open_book: Open) -> None:
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QAbstractSpinBox,
        QComboBox,
        QLineEdit,
    )  # fmt: skip

    window = open_book()
    for place in window.places.values():
        for kind in (QAbstractButton, QComboBox, QLineEdit):
            for one in place.findChildren(kind):
                # parts that Qt puts into its own fields and spin boxes speak through these
                own = isinstance(one.parent(), QLineEdit | QAbstractSpinBox | QAbstractItemView)
                if one.focusPolicy() == Qt.FocusPolicy.NoFocus or own or one.isHidden():
                    continue
                named = one.accessibleName() or one.toolTip() or getattr(one, "text", str)()
                named = named or getattr(one, "placeholderText", str)()
                inner = one.findChildren(QLabel)
                assert named or inner or isinstance(one.parent(), QComboBox), (
                    place.name, one.metaObject().className(),
                )  # fmt: skip
