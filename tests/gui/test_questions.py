"""What someone asks who sees the program for the first time, answered by the window alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton
from realwindow import opened, real_window, settled

from bomexposure.gui.blocks import FilterChip
from bomexposure.gui.explain_line import _reason, reasons_told
from bomexposure.gui.places.linesmodel import CHIPS_ROLE
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import OwnMaterial, OwnPart
from bomexposure.model.scenario import Tariff
from bomexposure.present import numbers
from bomexposure.project import store
from conftest import Recorder

LIST = (
    "Part,Description,Qty,Unit price\n"
    "C-1,MLCC 4.7uF 50V X7R 1210,24,0.05\nC-2,Tantalum capacitor 100uF 10V case D,4,0.62\n"
    "B-1,Bolt Ti-6Al-4V M6x25,24,3.90\n"
)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, recorder: Recorder) -> Any:
    path = tmp_path / "drive.csv"
    path.write_text(LIST, encoding="utf-8")
    with real_window(tmp_path, recorder) as made:
        opened(made, path, qtbot)
        yield made


def chips(window: MainWindow, line: int) -> dict[str, str]:
    """Symbol -> how its chip is tinted, in the order shown."""
    table = window.lines.table
    column = [one.key for one in table.lines.book.columns].index("minerals")
    at = next(row for row in range(table.lines.rowCount()) if table.lines.line_at(row) == line)
    shown = table.lines.index(at, column).data(CHIPS_ROLE)
    return {one.symbol: one.supply for one in shown}


def test_a_chip_says_what_its_own_line_draws_on(window: MainWindow) -> None:
    """The white of a capacitor's ceramic is no titanium sponge; the metal of a bolt is."""
    assert chips(window, 0)["Ti"] != "acute"
    assert chips(window, 2)["Ti"] == "acute"


def test_a_part_shows_what_it_is_made_for_before_its_plating(window: MainWindow) -> None:
    shown = [symbol for symbol, tint in chips(window, 1).items() if tint != "acute"]
    assert shown.index("Ta") < shown.index("Sn")


def panel_words(window: MainWindow) -> str:
    """All that the panel says, as plain text."""
    words = []
    for one in window.frame.panel.findChildren(QLabel):
        if one.isVisible():
            document = QTextDocument()
            document.setHtml(one.text())
            words.append(document.toPlainText())
    return "\n".join(words)


def test_why_not_that_country(window: MainWindow) -> None:
    window.view.select(Subject("mineral", "titanium", "Titanium"), place="sources")
    window.view.select(Subject("country", "RUS", "Russia"), filtering=False)
    told = panel_words(window)
    assert "Could it supply titanium?" in told
    assert "Russia is one of the countries that this analysis leaves out" in told
    window.view.select(Subject("country", "BOL", "Bolivia"), filtering=False)
    assert "no publication here lists Bolivia as a producer of titanium" in panel_words(window)
    window.view.select(Subject("country", "JPN", "Japan"), filtering=False)
    assert "score" in panel_words(window)


def test_a_mineral_that_no_line_holds_is_found_by_typing_and_ranked(
    window: MainWindow, qtbot: Any
) -> None:
    window.actions_["go:sources"].trigger()
    place: Any = window.place
    field = place.minerals.lineEdit()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    # typing replaces the words on show; Enter takes the nearest
    qtbot.keyClicks(field, "tung")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert place.minerals.currentData() == "tungsten"
    assert "tungsten" in place._options_title.text()
    # USGS MCS 2026 lists Vietnam, Austria and Portugal among the producers of tungsten
    shown = [place.options.cells.key_at(row) for row in range(place.options.cells.rowCount())]
    assert {"VNM", "AUT"} <= set(shown)
    assert "CHN" not in shown
    told = panel_words(window)
    assert "Not found in this BOM" in told
    assert "Import-China index" not in told
    entries = place.minerals.offered("rare ear")
    assert any("Neodymium" in one for one in entries)
    assert not any("Gallium" in one for one in entries)
    # words that were not taken are given back
    qtbot.keyClicks(field, "xyz")
    field.clearFocus()
    qtbot.waitUntil(lambda: "Tungsten" in field.text())


def test_substitutes_stay_where_they_were_after_an_edit(window: MainWindow, qtbot: Any) -> None:
    window.actions_["go:substitutes"].trigger()
    place: Any = window.place
    qtbot.waitUntil(lambda: place.told is not None and not place.jobs.busy, timeout=20_000)
    field = place.subjects.lineEdit()
    field.selectAll()
    qtbot.keyClicks(field, "neodymium magnet")  # NdFeB, as parts lists call it
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert place.subjects.currentData().startswith("NDFEB")
    qtbot.waitUntil(lambda: place.told.name.startswith("NdFeB"), timeout=20_000)
    place.views.choose("browse")
    place.show_page("browse")
    qtbot.waitUntil(lambda: len(place.browsing.chosen) == 0 and not place._lists.busy)
    part = OwnPart("neodymium", 28.0, 29.0, 30.0)
    made = OwnMaterial("OWN_1", "N42 low-Dy", (part,), "certificate 12")
    place.own.keep(made)
    settled(window, qtbot)
    qtbot.waitUntil(lambda: place.browsing.chosen == ["OWN_1"], timeout=20_000)
    assert place.views.current == "browse"
    place.show_page("side")
    qtbot.waitUntil(lambda: place.told is not None, timeout=20_000)
    assert place.told.name.startswith("NdFeB")


def test_a_mineral_whose_lines_have_no_price_is_not_told_as_nothing(
    qtbot: Any, tmp_path: Path, recorder: Recorder
) -> None:
    """Praseodymium is only likely in a magnet; the magnet has no price: unknown, not 0."""
    rows = ["Part,Description,Qty,Unit price", "M-1,NdFeB magnet N42 10x5,2,"]
    rows += [f"S-{n},Screw M{n} steel,4,0.10" for n in (3, 4, 5)]
    path = tmp_path / "holder.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    with real_window(tmp_path, recorder) as made:
        opened(made, path, qtbot)
        minerals = made.document.analysis.exposures.minerals.set_index("mineral")
        assert minerals.at["praseodymium", "lines_certain"] == 0
        made.actions_["go:exposure"].trigger()
        place: Any = made.place
        told = {one.key: one.notes[1] for one in place.dumbbell.spec.rows}
        assert "unknown" in told["neodymium"]
        assert "unknown" in told["praseodymium"]
        made.view.select(Subject("mineral", "praseodymium", "Praseodymium"))
        assert "unknown" in panel_words(made).partition("Spend in its lines")[2][:20]


def test_the_panel_keeps_to_its_part_when_rows_are_put_in_above(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    window.lines.go_to(2)
    assert "Bolt Ti-6Al-4V" in panel_words(window)
    head, rest = LIST.split("\n", 1)
    more = f"{head}\nL-1,LED red 0603,1,0.10\n{rest}"
    (tmp_path / "drive.csv").write_text(more, encoding="utf-8")
    window.actions_["files.read_again"].trigger()
    settled(window, qtbot)
    qtbot.waitUntil(lambda: "row 5" in panel_words(window).casefold())
    assert "Bolt Ti-6Al-4V" in panel_words(window)
    assert window.lines.selected_lines() == [3]


def test_what_a_tariff_of_25_percent_would_cost(
    qtbot: Any, tmp_path: Path, recorder: Recorder
) -> None:
    """25 % of 40.00 from China is 10.00; with the 8.00 of unknown origin 12.00."""
    path = tmp_path / "holder.csv"
    path.write_text(
        "Part,Description,Qty,Unit price USD,Origin\nM-1,NdFeB magnet N42 10x5,2,20.00,CN\n"
        "S-1,Screw M3 steel,4,2.00,\nB-1,Bolt Ti-6Al-4V M6x25,1,5.00,DE\n",
        encoding="utf-8",
    )
    with real_window(tmp_path, recorder) as made:
        opened(made, path, qtbot)
        made.actions_["own_moves"].trigger()
        place: Any = made.place
        own = place.own_cut
        assert own.isVisible()
        own.origin.setCurrentIndex(own.origin.findData("CHN"))
        assert own.rate.value() == 25
        press = next(one for one in own.findChildren(QPushButton) if one.text() == "Set tariff")
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: place.result is not None, timeout=20_000)
        (note,) = [one for one in place.result.notes if "tariff" in one]
        assert note.startswith(
            "A tariff of 25 % on parts from China adds USD 10.00 to 12.00 to one product: "
            "1 line marked as from there, 1 line without a known origin."
        )
        assert any(note[:60] in one.text() for one in place.findChildren(QLabel))
        chips = [one.text() for one in place.switched.findChildren(FilterChip) if one.isVisible()]
        assert chips == ["Tariff of 25 % on parts from China"]
        project = made.document.project
        kept = replace(project.choices, own_scenarios=(place.scenario,))
        store.save(replace(project, choices=kept), tmp_path / "kept.bomx")
        (again,) = store.load(tmp_path / "kept.bomx").choices.own_scenarios
        assert again.tariffs == (Tariff("CHN", 25.0),)
        place._take_off("tariff", "0")
        assert place.scenario.tariffs == ()
        qtbot.waitUntil(lambda: not made.analyst.playing.busy, timeout=20_000)


def test_what_matters_most_is_said_alike_in_panel_and_chart(window: MainWindow) -> None:
    window.view.select(None, place="exposure")
    first = window.document.analysis.exposures.headline.top_minerals
    shown = [row.key for row in window.place.dumbbell.spec.rows]
    assert tuple(shown[: len(first)]) == first
    told = panel_words(window)
    names = [numbers.mineral_name(one) for one in first]
    places = [told.index(name) for name in names]
    assert places == sorted(places)


def test_reasons_speak_the_sheets_own_words() -> None:
    said = _reason("“gehause” points to Metal part", "description", "Gehäuse Druckguss", 0, 7)
    assert said == "“Gehäuse” in the description points to Metal part."
    said = _reason("CuZn30 is a designation of C26000", "material", "CuZn30", 0, 6)
    assert said == "“CuZn30” in the material: CuZn30 is a designation of C26000."


def test_words_that_point_to_one_thing_share_a_sentence() -> None:
    kind = "Electric motor, kind not stated"
    found = [
        (f"“motor” points to {kind}", "description", "90 KV motor", 6, 11),
        (f"“motor” points to {kind}", "part_number", "Motor", 0, 5),
        ("CuZn30 is a designation of C26000", "material", "CuZn30", 0, 6),
    ]
    assert reasons_told(found) == [
        f"“motor” in the description and “Motor” in the part number point to {kind}.",
        "“CuZn30” in the material: CuZn30 is a designation of C26000.",
    ]
    assert reasons_told(found[:1]) == [f"“motor” in the description points to {kind}."]


def test_two_sheets_with_a_row_of_one_number_are_told_apart(
    qtbot: Any, tmp_path: Path, recorder: Recorder
) -> None:
    book = Workbook()
    for name, words in (("Main board", "LED red 0603"), ("Mechanics", "Bolt Ti-6Al-4V M6x25")):
        sheet = book.create_sheet(name)
        for row in (
            ["Part", "Description", "Qty"],
            [f"{name[:3]}-1", words, 1],
            [f"{name[:3]}-2", "Screw M3", 2],
        ):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "drone.xlsx")
    with real_window(tmp_path, recorder) as made:
        opened(made, tmp_path / "drone.xlsx", qtbot)
        lines = made.lines.table.lines
        column = [one.key for one in lines.book.columns].index("sheet")
        told = [lines.index(row, column).data() for row in range(lines.rowCount())]
        assert told == ["Main board", "Main board", "Mechanics", "Mechanics"]
        made.lines.go_to(2)
        assert "Mechanics, row 2" in panel_words(made)


BOARD = (
    "Reference,Value,Footprint,Qty,DNP,Manufacturer,PartNumber,Remarks\n"
    '"C1,C2,C3,C4,C5,C6,C7,C8,C9,C10,C11",220nF,C_0603_1608,11,,Samsung,CL10B224KA8NNNC,X7R\n'
    "J3,USB_C_Receptacle_USB2.0,Receptacle_GCT,1,,GCT,USB4105-GF-A-REEL-13IN-TAPE-AND-BOX,\n"
    "D9,VSS8D3M10-M3/I,Diode_SMD:D_SOD-128,1,,Vishay,VSS8D3M10-M3/H-TAPE,\n"
)


def test_a_line_without_a_description_is_known_by_its_value_at_every_width(
    tmp_path: Path, recorder: Recorder, qtbot: Any
) -> None:
    path = tmp_path / "board.csv"
    path.write_text(BOARD, encoding="utf-8")
    with real_window(tmp_path, recorder) as window:
        opened(window, path, qtbot)
        window.frame.show_panel(True)
        window.lines.go_to(0)
        book, shown = window.lines.table.lines.book, window.lines.columns.in_order
        assert book is not None
        wanted = {"value", "quantity", "mpn"}
        for width, more in ((1280, set()), (1440, set()), (2560, {"manufacturer"})):
            window.resize(width, 900)
            qtbot.wait(50)
            assert wanted | more <= {book.columns[n].role for n in shown()}, width
