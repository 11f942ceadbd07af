"""Sources, Scenarios, Substitutes and the views of Exposure through real actions in a window."""

from __future__ import annotations

import csv
import subprocess
import sys
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


def test_the_threshold_of_the_curve_follows_the_pointer(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:sources"].trigger()
    curve = window.place.curve  # type: ignore[attr-defined]
    curve.grab()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(curve, left, pos=curve.plot.at(40, 50).toPoint())
    assert curve.threshold == pytest.approx(40, abs=1)  # a pixel is up to one percent
    qtbot.mouseMove(curve, curve.plot.at(70, 20).toPoint())
    qtbot.mouseRelease(curve, left, pos=curve.plot.at(70, 20).toPoint())
    assert curve.threshold == pytest.approx(70, abs=1)
    china = next(one for one in curve.spec.series if one.key == "CHN")
    assert curve.value_at(china) == pytest.approx((28.6, 78.6))
    # released: moving on changes nothing
    qtbot.mouseMove(curve, curve.plot.at(10, 20).toPoint())
    assert curve.threshold == pytest.approx(70, abs=1)


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


def test_the_strip_tells_before_and_after_and_goes_back_to_today(
    open_book: Open, qtbot: Any
) -> None:
    from bomexposure.gui.blocks import FilterChip

    window = open_book()
    base, project = window.strip._tiles, window.document.project
    window.actions_["go:scenarios"].trigger()
    place: Any = window.place
    place.switch("CN-03", True)
    qtbot.waitUntil(lambda: place.result is not None, timeout=20_000)
    controls = next(one for one in window.strip._tiles if one.key == "controls")
    before, after = controls.figure.split(" → ")
    # suspended until 27 November: switched on it is one control more
    assert int(after) == int(before) + 1
    assert window.strip.property("scenario") == "true"
    # the same in every place
    window.go("lines")
    chip = next(one for one in window.strip.findChildren(FilterChip) if one.text() == "Scenario on")
    chip.click()
    assert window.strip._tiles == base
    assert window.strip.property("scenario") == "false"
    assert (place.scenario.events, place.result) == ((), None)
    assert window.document.project == project


def test_moves_stand_as_chips_and_scenarios_side_by_side(open_book: Open, qtbot: Any) -> None:
    from bomexposure.gui.blocks import FilterChip
    from bomexposure.model.scenario import Cut, Shift

    window = open_book()
    window.actions_["go:scenarios"].trigger()
    place: Any = window.place
    assert place.below.currentWidget() is place.idle
    place.add_cut(Cut("CHN", "gallium", "", 0.5, 0.5))
    place.add_shift(Shift("gallium", "JPN", 0.25))
    qtbot.waitUntil(lambda: place.result is not None, timeout=20_000)
    chips = [one.text() for one in place.switched.findChildren(FilterChip) if not one.isHidden()]
    assert any("50 %" in one and "gallium" in one.lower() for one in chips)
    assert any("Japan" in one for one in chips)
    # half of 99 % of the world's gallium
    lost = {row.key: row for row in place.lost.spec.rows}
    assert max(mark.high for mark in lost["gallium"].marks if mark.panel == 1) == 49.5
    place.show_page("compare")
    for at in range(2):
        place.comparing.menu.aboutToShow.emit()
        place.comparing.menu.actions()[at].trigger()
    assert place.comparing.beside == tuple(place.every()[:2])
    qtbot.waitUntil(lambda: place.comparing.table.cells.columnCount() == 5, timeout=20_000)
    heads = [one.heading for one in place.comparing.table.cells.spec.columns]
    assert heads[:2] == ["Figure", "Today"]
    assert [one[:2] for one in heads[2:]] == ["A:", "B:", "C:"]
    place._take_off("cut", "0")
    assert place.scenario.cuts == ()
    assert place.scenario.shifts == (Shift("gallium", "JPN", 0.25),)
    qtbot.waitUntil(lambda: not window.analyst.playing.busy, timeout=20_000)


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
    window.links.follow("event:CN-03")
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


def test_a_wide_heat_map_scrolls_below_names_that_stay(open_book: Open, qtbot: Any) -> None:
    from PySide6.QtWidgets import QScrollArea

    from bomexposure.gui.charts.heat import LEAST_WIDE, Heat
    from bomexposure.present.specs import Cell, FigureSpec

    many = range(40)
    spec = FigureSpec(
        "heat", "Where it sits", row_labels=("Gallium",), row_keys=("gallium",),
        column_labels=tuple(f"Assembly {n}" for n in many),
        column_keys=tuple(str(n) for n in many),
        cells=tuple(Cell(0, n, 3.0, 3.0, 1, "3.4–12", "3.4–12 %", False) for n in many),
    )  # fmt: skip
    heat, area = Heat(open_book().looks), QScrollArea()
    qtbot.addWidget(area)
    heat.show_spec(spec)
    area.setWidget(heat)
    area.setWidgetResizable(True)
    area.resize(700, 200)
    area.show()
    assert heat.width() >= 40 * heat.looks.type.s(LEAST_WIDE)  # wide enough for every figure
    area.horizontalScrollBar().setValue(900)
    heat.grab()
    # what lies below the names, which stay at the left, is not what a click there means
    assert heat.area_at(QPoint(900 + 20, int(heat.areas[0].rect.center().y()))) is None
    assert heat.area_at(QPoint(900 + 300, int(heat.areas[0].rect.center().y()))) is not None


@pytest.mark.parametrize("height", [720, 800, 900])
def test_the_cards_of_the_overview_end_within_the_window(open_book: Open, height: int) -> None:
    window = open_book()
    window.resize(1280, height)
    window.show()
    window.go("exposure")
    window.frame.show_panel(False)
    place: Any = window.place
    QGuiApplication.processEvents()
    place.small_heat.ideal_height = lambda _width: 274  # ten rows, as most books have them
    place._arrange()
    QGuiApplication.processEvents()
    card = place.small_heat_card
    assert card.isVisible()
    assert card.mapTo(place, card.rect().bottomLeft()).y() < place.height()


def test_the_small_heat_map_shows_the_columns_that_leave_fewest_rows_empty(
    open_book: Open, qtbot: Any
) -> None:
    from bomexposure.gui.charts.heat import KEY_SPLIT, Heat
    from bomexposure.present.specs import Cell, FigureSpec

    # six groups hold the first mineral, the seventh alone the second, the eighth alone the third
    held = {(0, at) for at in range(6)} | {(1, 6), (2, 7)}
    spec = FigureSpec(
        "heat", "Where it sits", row_labels=("Ga", "Nd", "C"), row_keys=("ga", "nd", "c"),
        column_labels=tuple("ABCDEFGH"), column_keys=tuple("ABCDEFGH"),
        cells=tuple(
            Cell(row, at, 1.0, 1.0, 1 if (row, at) in held else -1, "1", "", False)
            for row in range(3) for at in range(8)
        ),
    )  # fmt: skip
    heat = Heat(open_book().looks, most_rows=3)
    qtbot.addWidget(heat)
    heat.show_spec(spec)
    heat.resize(330, 160)  # wide enough for three columns
    heat.grab()
    shown = {area.key.partition(KEY_SPLIT)[2] for area in heat.areas}
    assert shown == {"A", "G", "H"}


def test_no_entry_of_the_legend_stands_alone_on_the_last_line(open_book: Open) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    place: Any = window.place
    for width in range(420, 1200, 20):
        lines = [line for _x, line in place.dumbbell._legend(width)]
        assert len(lines) == 6
        assert lines[-1] == 0 or lines.count(lines[-1]) > 1, width


def test_pareto_collects_what_is_cut_off(open_book: Open) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    place: Any = window.place
    place.show_page("pareto")
    place.top.setValue(2)
    rows = place.pareto.spec.rows
    # aluminum 20.00 (magnesium with it) and the magnet's 11.40 stand alone
    assert len(rows) == 3
    assert rows[-1].label.startswith("other ")
    assert rows[-1].label.endswith(" minerals")


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


def test_a_click_on_a_bubble_selects_its_mineral(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    chart: Any = window.place.quadrant  # type: ignore[attr-defined]
    chart.grab()
    point = next(one for one in chart.spec.points if one.key == "dysprosium")
    # the middle of the bubble is where the axes say, and a higher share lies higher
    at = chart.plot.at((point.x_low + point.x_high) / 2, (point.y_low + point.y_high) / 2)
    area = next(one for one in chart.areas if one.key == "dysprosium")
    assert (area.rect.center() - at).manhattanLength() < 1e-6
    assert chart.plot.at(0, 100).y() < chart.plot.at(0, 0).y()
    edge = QPoint(int(area.rect.left()) + 2, int(area.rect.center().y()))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=edge)
    assert window.view.view.subject == Subject("mineral", "dysprosium", "Dysprosium")
    assert chart.selected == "dysprosium"


def test_plots_follow_the_theme_and_files_stay_light(open_book: Open) -> None:
    from bomexposure.gui.theme import DARK, LIGHT

    window = open_book()
    window.actions_["go:exposure"].trigger()
    chart: Any = window.place.quadrant  # type: ignore[attr-defined]

    def corner(image: QImage) -> str:
        """The tint's colour, inside the corner of 100 and 100 where nothing else lies."""
        at = (chart.plot.at(52, 98) * image.devicePixelRatio()).toPoint()
        return image.pixelColor(at).name().upper()

    window.looks.set(choice="light")
    assert corner(chart.grab().toImage()) == LIGHT.china_tint
    window.looks.set(choice="dark")
    assert corner(chart.grab().toImage()) == DARK.china_tint
    assert corner(chart.picture()) == LIGHT.china_tint
    words = chart._svg().decode()
    assert LIGHT.china_tint.lower() in words.lower()
    assert ">75<" in words.replace(" ", "")  # tick words are text, not outlines
    window.looks.set(choice="system")


def test_the_plot_library_is_not_loaded_at_start() -> None:
    code = "import sys, bomexposure.gui.app; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- Portfolio ----------------------------------------------------------------------------------


def test_a_portfolio_ranks_products_remembers_them_and_opens_one(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    from bomexposure.project import portfolio_list

    for name in ("pump.xlsx", "board.csv"):
        (tmp_path / name).write_bytes(b"not read")
    window.go("portfolio")
    place: Any = window.place
    assert place.pages.currentIndex() == 0  # says what to do
    place.add([tmp_path / "pump.xlsx", tmp_path / "board.csv", tmp_path / "gone.xlsx"])
    qtbot.waitUntil(lambda: place.told is not None, timeout=20_000)
    table = place.products.cells
    assert {table.key_at(at) for at in range(table.rowCount())} == {"pump", "board"}
    assert "gone.xlsx" in place._notes.text()
    # the magnet's 11.40 of 40.00 hold dysprosium
    figure = place.heat.spec
    row = figure.row_labels.index("Dysprosium")
    cell = next(one for one in figure.cells if (one.row, one.column) == (row, 0))
    assert cell.low == pytest.approx(28.5)
    place.products.select_key("board")
    place.volume.setText("1000")
    place.volume.editingFinished.emit()
    qtbot.waitUntil(lambda: not place.jobs.busy, timeout=20_000)
    volumes = dict(zip(*(place.told.portfolio.products[n] for n in ("product", "volume")),
                       strict=True))  # fmt: skip
    assert volumes["board"] == 1000
    portfolio_list.save(place.members, tmp_path / "all.bomset")
    assert portfolio_list.load(tmp_path / "all.bomset") == place.members
    assert '"pump.xlsx"' in (tmp_path / "all.bomset").read_text(encoding="utf-8")  # relative
    # the list is there again at the next start
    assert portfolio_list.from_text(str(window.settings.value("portfolio")), None, "") == (
        place.members
    )
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        place.products.opened.emit("board")
    assert Path(window.document.project.workbook).name == "board.csv"


def test_the_open_document_is_put_on_the_list_by_one_press(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.go("portfolio")
    place: Any = window.place
    assert place.open_button.isVisible()
    assert place.open_button.text() == "Add “pump”"
    place.open_button.click()
    qtbot.waitUntil(lambda: place.told is not None, timeout=20_000)
    assert [Path(one.path).name for one in place.members] == ["pump.xlsx"]
    assert not place.open_button.isVisible()
    place.set_members(())
    assert place.open_button.isVisible()


# --- the corner menu ----------------------------------------------------------------------------


def test_a_chart_goes_to_png_svg_csv_clipboard_and_table(
    open_book: Open, tmp_path: Path, qtbot: Any
) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    card = window.place.dumbbell_card  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
        for kind in ("png", "svg", "csv"):
            card.save(kind, tmp_path / f"a.{kind}")
    assert QImage(str(tmp_path / "a.png")).width() >= 480
    assert ElementTree.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "Dysprosium" in {cell for row in rows for cell in row}
    card.chart.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()
    card.chart.copy_svg()
    drawn = QGuiApplication.clipboard().mimeData().data("image/svg+xml").data()
    assert ElementTree.fromstring(bytes(drawn)).tag.endswith("svg")
    card.show_table(True)
    assert card.stack.currentWidget() is card.table
    assert card.table.cells.rowCount() == len(rows) - 1


def painted(chart: Any, width: int, height: int) -> QImage:
    """The chart in a box in the middle of a magenta sheet: what leaves the box shows there."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from bomexposure.gui.theme import LIGHT

    sheet = QImage(width + 80, height + 80, QImage.Format.Format_RGB32)
    sheet.fill(0xFF00FF)
    painter = QPainter(sheet)
    box = QRectF(40, 40, width, height)
    painter.fillRect(box, Qt.GlobalColor.white)
    chart.draw(painter, box, LIGHT)
    painter.end()
    return sheet


def test_charts_stay_inside_their_boxes(open_book: Open, qtbot: Any) -> None:
    """Figures, names and marks keep inside the card, narrow or wide."""
    window = open_book()
    for place in ("exposure", "sources", "scenarios"):
        window.go(place)
    exposure, sources = window.places["exposure"], window.places["sources"]
    scenarios: Any = window.places["scenarios"]
    scenarios.switch("CN-03", True)
    qtbot.waitUntil(lambda: scenarios.result is not None, timeout=20_000)
    exposure.show_page("pareto")  # type: ignore[attr-defined]
    charts = {*exposure._every(), sources.map, sources.curve}  # type: ignore[attr-defined]
    charts |= {scenarios.calendar, scenarios.before, scenarios.lost}
    for chart in charts:
        if getattr(chart, "spec", None) is None:
            continue
        for width in (560, 980):
            height = max(300, chart.ideal_height(width))
            sheet = painted(chart, width, height)
            edge = {
                sheet.pixelColor(x, y).name()
                for x in range(0, width + 80, 3)
                for y in (*range(0, 38, 3), *range(height + 43, height + 80, 3))
            } | {
                sheet.pixelColor(x, y).name()
                for y in range(40, height + 40, 3)
                for x in (*range(0, 38, 2), *range(width + 43, width + 80, 2))
            }
            assert edge == {"#ff00ff"}, (chart.chart_name, width)


# --- Substitutes --------------------------------------------------------------------------------


def shipped(window: MainWindow) -> Any:
    """Give the window the shipped materials, so that there are substitutes to compare."""
    from bomexposure import reference

    facts = reference.load("")
    window.analyst._take_facts(facts)
    return facts


def test_substitutes_browses_and_compares_materials_without_a_document(
    window: MainWindow, qtbot: Any
) -> None:
    shipped(window)
    window.go("substitutes")
    place: Any = window.place
    assert place.views.current == "browse"
    table = place.browsing.table
    qtbot.waitUntil(lambda: table.cells.rowCount() > 1000, timeout=20_000)
    place.browsing.field.setText("samarium permanent")
    ids = [table.cells.key_at(at) for at in range(table.cells.rowCount())]
    assert "SM2CO17" in ids
    assert "AL_6061" not in ids
    place.browsing.field.setText("AA 60")
    table.selectAll()
    wanted = place.browsing.chosen
    place.browsing.compare.click()
    # the place may still be told of what it showed before
    qtbot.waitUntil(
        lambda: bool(place.told) and [one.subject for one in place.told.choices] == wanted[:8],
        timeout=20_000,
    )
    names = [row.name for row in place.told.rows]
    assert {"Highest index", "Density", "Magnesium"} <= set(names)
    # EN AW-6061: 0.8 to 1.2 % magnesium by EN 573-3, 2.70 g/cm3
    at = wanted.index("AL_6061")
    magnesium = place.told.rows[names.index("Magnesium")].cells[at]
    assert (magnesium.low, magnesium.high) == (0.8, 1.2)
    assert place.told.rows[names.index("Density")].cells[at].words == "2.7"


def test_the_trade_off_keeps_what_no_other_beats_on_both(window: MainWindow, qtbot: Any) -> None:
    shipped(window)
    window.go("substitutes")
    place: Any = window.place
    qtbot.waitUntil(lambda: not place.jobs.busy and place.subjects.count() > 0, timeout=20_000)
    place.show_subject("NDFEB_SH")
    qtbot.waitUntil(
        lambda: place.told is not None and place.told.subject == "NDFEB_SH", timeout=20_000
    )
    place.show_page("tradeoff")
    found = place.measured.findText("Maximum energy product", Qt.MatchFlag.MatchStartsWith)
    place.measured.setCurrentIndex(found)
    place.measured.activated.emit(found)
    points = {point.key: point for point in place.tradeoff.spec.points}
    # the magnet gives more energy (200 to 440 kJ/m3 against 150 to 240), samarium-cobalt holds no
    # likely dysprosium (reliance 100 % x China 100 % = index 100): neither beats the other
    assert (points[""].x_low, points[""].x_high) == (200.0, 440.0)
    assert (points["S002"].x_low, points["S002"].x_high) == (150.0, 240.0)
    assert points[""].y_high == 100.0
    assert points["S002"].y_high < 100.0
    assert {point.role for point in points.values()} == {"accent"}
    place.tradeoff.grab()
    assert {area.key for area in place.tradeoff.areas} == {"", "S002"}
    # a figure of the comparison opens its source in the panel, without a document too
    place.show_page("side")
    place.chart.grab()
    cell = next(a for a in place.chart.areas if a.key.startswith("S002") and "Curie" in a.tip)
    qtbot.mouseClick(
        place.chart, Qt.MouseButton.LeftButton, pos=cell.rect.center().toPoint()
    )  # fmt: skip
    assert place.chart.selected == "S002"
    from test_window import words_in

    told = words_in(window.panel.page)
    assert "Curie temperature: 310 to 400, with Sm2Co17 800 °C" in told
    assert "vectormagnets.com" in told


def test_an_own_material_is_checked_kept_compared_and_there_again(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    from bomexposure.gui.places.ownmaterial import OwnMaterialDialog
    from bomexposure.project import store

    facts = shipped(window)
    window.go("substitutes")
    place: Any = window.place
    dialog = OwnMaterialDialog(window, facts)
    save = dialog.act
    dialog.name.setText("Magnet low-Dy")
    dialog.source.setText("certificate of 4 May 2026")
    QGuiApplication.clipboard().setText("Nd\t28\t32\nDysprosium\t0,3\nFe\t71")
    dialog.paste()
    # 30 (middle of 28 and 32) + 0.3 + 71 = 101.3 %
    assert not save.isEnabled()
    assert "101.3 %" in dialog.fault.text()
    dialog.table.item(2, 2).setText("68")
    assert save.isEnabled(), dialog.fault.text()
    save.click()
    place.own.keep(dialog.material)
    (kept,) = window.document.project.choices.own_materials
    assert [(one.mineral, one.low, one.high) for one in kept.parts[:2]] == [
        ("neodymium", 28.0, 32.0), ("dysprosium", 0.3, 0.3),
    ]  # fmt: skip
    place.show_compared(("NDFEB_SH", kept.id))
    qtbot.waitUntil(lambda: place.told is not None and len(place.told.choices) == 2, timeout=20_000)
    assert place.told.choices[1].name == "Magnet low-Dy"
    store.save(window.document.project, tmp_path / "own.bomx")
    assert store.load(tmp_path / "own.bomx").choices.own_materials == (kept,)
    window.actions_["undo"].trigger()
    assert window.document.project.choices.own_materials == ()
