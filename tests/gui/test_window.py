"""The window through its real actions: open, select, filter, go back, decide, undo, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel

from bomexposure.gui.actions import COMMANDS
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]


def words_in(widget: Any) -> str:
    """All words of the labels below a widget."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    for name, action in ((c.name, window.actions_[c.name]) for c, _ in window.actions_.items()):
        for sequence in action.shortcuts():
            text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
            assert text not in keys, f"{name} and {keys.get(text)} share {text}"
            keys[text] = name


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.tip
        assert command.text
        # one that only a message offers stands in no menu
        assert command.menu or command.name in ("files.save_over", "files.name_columns")


def test_without_a_document_the_rail_says_why(window: MainWindow) -> None:
    button = window.rail._buttons["lines"]
    assert not button.isEnabled()
    assert "Open a bill of materials" in button.toolTip()
    assert window.place.name == "start"


def test_opening_shows_the_lines_and_coverage_first(open_book: Open) -> None:
    window = open_book()
    assert window.place.name == "lines"
    assert window.strip.isVisible()
    # what is open comes first; the first figure is coverage, before any headline
    keys = [one.tile.key for one, _line in window.strip._made]
    assert keys[:2] == ["product", "coverage"]
    assert "not recognised" in window.message_strip.text


def test_a_missing_file_is_told_in_the_strip(window: MainWindow, tmp_path: Path) -> None:
    window.files.open_path(tmp_path / "gone.xlsx")
    assert "gone.xlsx" in window.message_strip.text
    # and where the file was dropped, until something else is said
    fault = window.places["start"].fault  # type: ignore[attr-defined]
    assert fault.isVisible()
    assert "gone.xlsx" in words_in(fault)
    window.messages.say("All is well.", "info")
    assert not fault.isVisible()


def test_panel_tells_why_and_on_whose_word(open_book: Open) -> None:
    window = open_book()
    window.lines.go_to(1)
    text = words_in(window.panel)
    assert "NdFeB" in text
    assert "inferred" in text
    assert "in the description:" in text
    page = window.panel.page
    assert page is not None
    assert page.figure_ids  # type: ignore[attr-defined]


def test_every_figure_of_the_mineral_page_has_a_footnote(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    page = window.panel.page
    sources = window.document.analysis.reference.sources  # type: ignore[union-attr]
    assert page is not None
    ids = page.figure_ids  # type: ignore[attr-defined]
    assert ids
    assert all(one in sources for one in ids)
    assert "Net import reliance" in words_in(page)


def test_one_filter_acts_everywhere_and_escape_drops_it(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "graphite", "Graphite"))
    assert [int(r) for r in window.lines.table.lines.rows] == [0, 2]
    window.actions_["go:exposure"].trigger()
    assert window.places["exposure"].dumbbell.selected == "graphite"  # type: ignore[attr-defined]
    window.actions_["drop_filter"].trigger()
    assert window.view.view.filters == ()
    window.actions_["go:lines"].trigger()
    assert len(window.lines.table.lines.rows) == 7


def test_back_and_forward(open_book: Open) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    window.view.select(Subject("mineral", "gallium", "Gallium"))
    window.actions_["view.back"].trigger()
    window.actions_["view.back"].trigger()
    assert window.place.name == "lines"
    window.actions_["view.forward"].trigger()
    assert window.place.name == "exposure"


def test_a_decision_is_one_undo_step_with_a_name(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.lines.go_to(1)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["review.accept"].trigger()
    assert len(window.document.project.choices.overrides) == 1
    assert "ccept row 6" in window.actions_["undo"].text()
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["undo"].trigger()
    assert window.document.project.choices.overrides == ()
    assert "ccept row 6" in window.actions_["redo"].text()


def test_saving_and_opening_a_project(
    open_book: Open, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    window = open_book()
    window.lines.go_to(1)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["review.accept"].trigger()
    assert window.windowTitle().startswith("pump.xlsx*")
    target = tmp_path / "pump.bomx"
    recorder.saves.append(target)
    window.actions_["files.save"].trigger()
    assert target.is_file()
    assert not window.document.dirty
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(target)
    assert window.document.path == target
    assert len(window.document.project.choices.overrides) == 1


def test_closing_asks_and_can_be_refused(open_book: Open, recorder: Any, qtbot: Any) -> None:
    window = open_book()
    window.lines.go_to(1)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["review.accept"].trigger()
    recorder.answer = "cancel"
    assert not window.close()
    assert window.isVisible()


def test_json_is_written_in_the_background(
    open_book: Open, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    window = open_book()
    target = tmp_path / "out.json"
    recorder.saves.append(target)
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
        window.actions_["exports.write:json"].trigger()
    assert target.read_bytes().startswith(b"{")
    assert "out.json" in window.message_strip.text


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_chart_is_exported(
    open_book: Open, tmp_path: Path, kind: str, start: bytes, qtbot: Any
) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    target = tmp_path / f"chart.{kind}"
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
        window.exports.export_place(kind, path=target)
    assert target.read_bytes().startswith(start)


def test_the_table_is_exported_as_it_stands(open_book: Open, tmp_path: Path, qtbot: Any) -> None:
    window = open_book()
    target = tmp_path / "lines.csv"
    with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
        window.exports.export_place("csv", path=target)
    text = target.read_text(encoding="utf-8-sig")
    assert text.startswith("Row,")
    assert ",0010," in text


def test_a_dead_action_is_reported_at_start(window: MainWindow) -> None:
    from bomexposure.gui.actions import Actions, Command

    with pytest.raises(AttributeError):
        Actions(window, (Command("files.no_such_act", "X", "&File", "x"),))


@pytest.mark.parametrize(
    ("typed", "place", "subject"),
    [
        ("go exposure", "exposure", ""),
        ("gall", "lines", "gallium"),
        ("Nd", "lines", "neodymium"),
        ("led", "lines", "3"),
    ],
)
def test_palette_finds_places_minerals_and_lines(
    open_book: Open, qtbot: Any, typed: str, place: str, subject: str
) -> None:
    window = open_book()
    palette = window.guide.palette()
    palette.field.setText(typed)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.place.name == place
    shown = window.view.view.subject
    assert (shown.key if shown is not None else "") == subject
    palette.deleteLater()


def test_text_size_and_theme_are_kept(window: MainWindow) -> None:
    window.actions_["appearance.zoom:in"].trigger()
    window.actions_["appearance.set_theme:dark"].trigger()
    assert window.looks.theme.dark
    assert window.looks.scale == pytest.approx(1.1)
    assert float(str(window.settings.value("scale"))) == pytest.approx(1.1)
    window.actions_["appearance.zoom:reset"].trigger()
    window.actions_["appearance.set_theme:light"].trigger()
    assert not window.looks.theme.dark


def test_a_pasted_table_is_opened(window: MainWindow, qtbot: Any) -> None:
    QGuiApplication.clipboard().setText("Part\tQty\nA1\t2\n")
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.actions_["files.paste_table"].trigger()
    pasted = Path(window.document.project.workbook)
    assert pasted.suffix == ".tsv"
    assert pasted.read_text(encoding="utf-8").startswith("Part\tQty")


def test_keyboard_moves_in_the_chart(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.actions_["go:exposure"].trigger()
    chart = window.places["exposure"].dumbbell  # type: ignore[attr-defined]
    chart.setFocus()
    chart.grab()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    subject = window.view.view.subject
    assert subject is not None
    assert subject.key == chart.spec.rows[0].key
    assert chart.accessibleDescription().startswith("Dysprosium")


def test_numbers_follow_the_locale_on_screen_only(
    open_book: Open, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    from PySide6.QtCore import QLocale

    from bomexposure.gui.app import marks_of
    from bomexposure.present import numbers

    assert marks_of(QLocale("en_US")) is numbers.FIXED
    with numbers.spoken(marks_of(QLocale("de_DE"))):
        window = open_book()
        tiles = {tile.key: tile for tile in window.document.showing.tiles}  # type: ignore[union-attr]
        assert "$40,00" in tiles["product"].figure
        window.lines.set_query("spend>11,3", "all")
        # the magnet (11.40) and the housing (20.00), below the pump that holds them
        assert [int(r) for r in window.lines.table.lines.rows] == [0, 1, 4]
        target = tmp_path / "out.json"
        recorder.saves.append(target)
        with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
            window.actions_["exports.write:json"].trigger()
        assert b"11.4" in target.read_bytes()
        table = tmp_path / "minerals.csv"
        window.actions_["go:exposure"].trigger()
        with qtbot.waitSignal(window.analyst.writing.idle, timeout=20_000):
            window.exports.export_place("csv", path=table)
        assert "11.40" in table.read_text(encoding="utf-8-sig")


def test_on_a_small_screen_the_panel_is_a_drawer_over_the_centre(open_book: Open) -> None:
    window = open_book()
    window.lines.go_to(1)
    beside = window.places["lines"].width()
    window.resize(1280, 800)
    assert window.frame.drawer
    assert window.panel.isVisible()
    # the centre keeps the whole width, and its header stays in reach above the drawer
    assert window.places["lines"].width() > beside
    assert window.panel.y() >= window.place.head.height()
    assert window.panel.geometry().right() == window.frame._middle.width() - 1
    window.actions_["frame.toggle_panel"].trigger()
    assert not window.panel.isVisible()
    window.resize(1440, 900)
    window.actions_["frame.toggle_panel"].trigger()
    assert not window.frame.drawer
    assert window.frame.splitter.sizes()[1] >= window.panel.minimumWidth()


@pytest.mark.parametrize("place", ["exposure", "sources", "scenarios"])
def test_cards_keep_to_what_the_drawer_leaves_free(open_book: Open, qtbot: Any, place: str) -> None:
    window = open_book()
    window.resize(1280, 800)
    window.lines.go_to(1)
    window.go(place)
    shown = window.places[place]
    assert window.frame.drawer
    assert window.panel.isVisible()
    edge = window.panel.mapToGlobal(window.panel.rect().topLeft()).x()

    def reach() -> int:
        """Right edge of the cards on show."""
        cards = [one for one in shown.findChildren(ChartCard) if one.isVisible()]
        return max((one.mapToGlobal(one.rect().topRight()).x() for one in cards), default=edge)

    qtbot.waitUntil(lambda: reach() < edge, timeout=2000)
    window.actions_["frame.toggle_panel"].trigger()
    qtbot.waitUntil(lambda: reach() > edge, timeout=2000)  # the room is the cards' again


def test_long_work_shows_itself_and_can_be_stopped_where_there_is_no_panel(
    window: MainWindow, qtbot: Any
) -> None:
    from threading import Event

    assert not window.panel.isVisible()  # Start brings a side of its own
    stopped = Event()

    def work(progress: Any) -> None:
        while not stopped.wait(0.01):
            progress.step("Counting", 1, 4)

    window.analyst.write("Counting", work)
    qtbot.waitUntil(window.frame.progress.isVisible, timeout=5_000)
    window.frame.progress._cancel.click()
    qtbot.waitUntil(lambda: not window.analyst.writing.busy, timeout=5_000)
    stopped.set()
    assert not window.frame.progress.isVisible()
    assert window.message_strip.text == "Stopped. No file is left half written."
