"""Sources, Scenarios, Substitutes and the views of Exposure through real actions in a window."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent

from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]


def middle_of(map_: Any, iso3: str) -> QPoint:
    """A country's label point on the widget."""
    from PySide6.QtCore import QRectF

    from bomexposure.gui.charts.worldmap import lands

    land = next(one for one in lands() if one.iso3 == iso3)
    place = map_._transform(map_._plot(QRectF(map_.rect())))
    return place.map(land.middle).toPoint()


def wheel(widget: Any, at: QPoint, steps: int) -> None:
    event = QWheelEvent(
        QPointF(at), widget.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QGuiApplication.sendEvent(widget, event)


# --- Sources ------------------------------------------------------------------------------------


def test_sources_answers_who_could_supply_gallium(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    window.actions_["go:sources"].trigger()
    place: Any = window.place
    assert "gallium" in place._options_title.text()
    assert place.options.cells.rowCount() == 1
    assert place.options.cells.key_at(0) == "JPN"
    assert [one.iso3 for one in place.map.spec.countries] == ["CHN", "JPN"]
    assert place.map.spec.countries[0].excluded


def test_a_click_on_the_map_selects_the_country_everywhere(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    window.actions_["go:sources"].trigger()
    place: Any = window.place
    place.map.grab()
    qtbot.mouseClick(place.map, Qt.MouseButton.LeftButton, pos=middle_of(place.map, "CHN"))
    subject = window.view.view.subject
    assert subject is not None
    assert (subject.kind, subject.key) == ("country", "CHN")
    assert place.map.selected == place.curve.selected == "CHN"
    # the mineral stays chosen, and a country does not filter the lines
    assert [one.kind for one in window.view.view.filters] == ["mineral"]


def test_the_wheel_zooms_around_the_pointer_and_zero_resets(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:sources"].trigger()
    map_ = window.place.map  # type: ignore[attr-defined]
    at = middle_of(map_, "CHN")
    wheel(map_, at, 3)
    assert map_.zoom == pytest.approx(1.25**3)
    # what was below the pointer stays below it
    assert (middle_of(map_, "CHN") - at).manhattanLength() <= 2
    qtbot.keyClick(map_, Qt.Key.Key_0)
    assert map_.zoom == 1.0


def test_arrows_walk_the_producers_by_share(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    window.actions_["go:sources"].trigger()
    map_ = window.place.map  # type: ignore[attr-defined]
    map_.grab()
    qtbot.keyClick(map_, Qt.Key.Key_Down)
    assert map_.accessibleDescription().startswith("China: 99 %")
    qtbot.keyClick(map_, Qt.Key.Key_Down)
    qtbot.keyClick(map_, Qt.Key.Key_Return)
    assert window.view.view.subject == Subject("country", "JPN", "Japan")


def test_the_threshold_of_the_curve_moves_by_key(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:sources"].trigger()
    curve = window.place.curve  # type: ignore[attr-defined]
    china = next(one for one in curve.spec.series if one.key == "CHN")
    assert curve.value_at(china) == pytest.approx((28.6, 78.6))
    for _ in range(13):
        qtbot.keyClick(curve, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert curve.threshold == 89
    # at 89 % the housing (88 %) is out: 11.44 / 40
    assert curve.value_at(china) == pytest.approx((28.6, 28.6))


def test_excluding_a_country_is_one_undo_step(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:sources"].trigger()
    place: Any = window.place
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        place._toggle_excluded("JPN", True)
    assert "JPN" in window.document.project.choices.excluded
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["undo"].trigger()
    assert "JPN" not in window.document.project.choices.excluded


# --- Scenarios ----------------------------------------------------------------------------------


def test_ticking_an_event_says_what_changes(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:scenarios"].trigger()
    place: Any = window.place
    assert not place.active
    place.calendar.setFocus()
    place.calendar.grab()
    qtbot.keyClick(place.calendar, Qt.Key.Key_Down)
    first = place.calendar.areas[0].key
    assert first == "CN-03"  # suspended until five days from now: what changes next is first
    qtbot.keyClick(place.calendar, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: place.result is not None, timeout=20_000)
    assert place.scenario.events == ("CN-03",)
    lost = {row.key: row for row in place.lost.spec.rows}
    assert lost["gallium"].notes[2] == "99 %"
    assert place.before.spec.rows[-1].key == "then"
    place.play(place.scenario.__class__("", "Today"))
    assert place.result is None


def test_a_kept_scenario_is_part_of_the_project(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:scenarios"].trigger()
    place: Any = window.place
    place.switch("CN-03", True)
    qtbot.waitUntil(lambda: place.result is not None, timeout=20_000)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        place.keep.click()
    choices = window.document.project.choices
    assert [one.events for one in choices.own_scenarios] == [("CN-03",)]
    assert choices.own_scenarios[0].id in choices.scenarios
    qtbot.waitUntil(lambda: not window.analyst.playing.busy, timeout=20_000)


def test_an_event_explains_itself_in_the_panel(open_book: Open) -> None:
    from test_window import words_in

    window = open_book()
    window.follow_link("event:CN-03")
    assert window.place.name == "scenarios"
    text = words_in(window.panel)
    assert "suspended to 27 Nov 2026" in text
    assert "upstream" in text.casefold()


# --- Exposure -----------------------------------------------------------------------------------


def test_every_view_of_exposure_draws_and_selects(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    place: Any = window.place
    for key in ("overview", "pareto", "heat"):
        place.show_page(key)
        chart = place.charts()[0]
        assert chart.grab().width() > 0
        assert chart.areas, key
    chart = place.heat
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert window.view.view.subject == Subject("mineral", "dysprosium", "Dysprosium")


def test_pareto_collects_what_is_cut_off(open_book: Open) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    place: Any = window.place
    place.show_page("pareto")
    place.top.setValue(2)
    labels = [row.label for row in place.pareto.spec.rows]
    assert len(labels) == 3
    assert "others" in labels[-1]


def test_the_quadrant_names_all_bubbles_below_the_pointer(open_book: Open) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    place: Any = window.place
    place.quadrant.grab()
    dysprosium = next(one for one in place.quadrant.areas if one.key == "dysprosium")
    found = place.quadrant.area_at(dysprosium.rect.center().toPoint())
    assert found is not None
    # gallium (100, 99) lies within the bubble of dysprosium (100, 100)
    assert "Gallium" in found.tip
    assert "Dysprosium" in found.tip


# --- the corner menu ----------------------------------------------------------------------------


def test_a_chart_goes_to_png_svg_csv_clipboard_and_table(open_book: Open, tmp_path: Path) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    card = window.place.dumbbell_card  # type: ignore[attr-defined]
    card.save("png", tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).width() >= 480
    card.save("svg", tmp_path / "a.svg")
    assert ElementTree.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")
    card.save("csv", tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "Dysprosium" in {cell for row in rows for cell in row}
    card.chart.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()
    card.show_table(True)
    assert card.stack.currentWidget() is card.table
    assert card.table.cells.rowCount() == len(rows) - 1


# --- Substitutes --------------------------------------------------------------------------------


def test_substitutes_opens_without_a_document(window: MainWindow) -> None:
    window.go("substitutes")
    assert window.place.name == "substitutes"
    assert window.place.empty.isVisible()  # type: ignore[attr-defined]
