"""Keys: none stands for two things, none is taken from who writes, all stand on their page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from bomexposure.gui.actions import COMMANDS, MENUS
from bomexposure.gui.columnmenu import column_menu
from bomexposure.gui.keyspage import KeysPage, in_place
from bomexposure.gui.places import linesmenus
from bomexposure.gui.viewstate import Subject
from bomexposure.gui.window import MainWindow

Open = Callable[[], MainWindow]
STANDARD = QKeySequence.StandardKey
ROWS = {(command.slot, command.argument): command for command in COMMANDS}


def sequences(keys: str) -> list[QKeySequence]:
    return [QKeySequence(one) for one in keys.split(";") if one]


def test_no_key_stands_for_two_commands() -> None:
    every = [one.toString() for command in COMMANDS for one in sequences(command.keys)]
    assert [key for key, count in Counter(every).items() if count > 1] == []


def test_no_letter_opens_two_things_in_one_menu() -> None:
    letters: dict[str, list[str]] = {}
    submenus = {command.menu for command in COMMANDS if ">" in command.menu}
    texts = [(command.menu, command.text) for command in COMMANDS if command.menu]
    texts += [tuple(one.split(">", 1)) for one in submenus]  # type: ignore[misc]
    for menu, text in texts:
        at = text.index("&")
        letters.setdefault(menu, []).append(text[at + 1].casefold())
    for menu, found in letters.items():
        assert [one for one, count in Counter(found).items() if count > 1] == [], menu
    heads = [menu[menu.index("&") + 1].casefold() for menu in MENUS]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize(
    ("row", "standard"),
    [
        (("files.open_workbook", ""), STANDARD.Open), (("files.save", ""), STANDARD.Save),
        (("files.save_as", ""), STANDARD.SaveAs), (("files.read_again", ""), STANDARD.Refresh),
        (("exports.write", "pdf"), STANDARD.Print), (("undo", ""), STANDARD.Undo),
        (("redo", ""), STANDARD.Redo), (("copy_with_headers", ""), STANDARD.Copy),
        (("find_here", ""), STANDARD.Find), (("view.back", ""), STANDARD.Back),
        (("view.forward", ""), STANDARD.Forward), (("close", ""), STANDARD.Quit),
        (("appearance.zoom", "in"), STANDARD.ZoomIn),
        (("appearance.zoom", "out"), STANDARD.ZoomOut),
        (("guide.show_help", ""), STANDARD.HelpContents),
    ],
)  # fmt: skip
def test_commands_have_the_keys_that_every_program_has(
    qapp: QApplication, row: tuple[str, str], standard: QKeySequence.StandardKey
) -> None:
    del qapp
    usual = QKeySequence.keyBindings(standard)
    assert not usual or set(sequences(ROWS[row].keys)) & set(usual)


EDITING = (
    STANDARD.Cut, STANDARD.Paste, STANDARD.SelectAll, STANDARD.Delete, STANDARD.DeleteEndOfLine,
    STANDARD.DeleteEndOfWord, STANDARD.DeleteStartOfWord, STANDARD.DeleteCompleteLine,
    STANDARD.MoveToNextChar, STANDARD.MoveToPreviousChar, STANDARD.MoveToNextWord,
    STANDARD.MoveToPreviousWord, STANDARD.MoveToStartOfLine, STANDARD.MoveToEndOfLine,
    STANDARD.SelectNextChar, STANDARD.SelectPreviousChar, STANDARD.SelectNextWord,
    STANDARD.SelectPreviousWord, STANDARD.SelectStartOfLine, STANDARD.SelectEndOfLine,
    STANDARD.MoveToStartOfDocument, STANDARD.MoveToEndOfDocument,
)  # fmt: skip


def test_no_command_takes_a_key_from_who_writes(qapp: QApplication) -> None:
    del qapp
    needed = {key for one in EDITING for key in QKeySequence.keyBindings(one)}
    for command in COMMANDS:
        for keys in sequences(command.keys):
            assert keys not in needed, f"{command.text}: {keys.toString()}"
            pressed = keys[0]
            named = pressed.key() >= Qt.Key.Key_Escape  # F keys and Esc write nothing
            held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
            assert named or held != Qt.KeyboardModifier.NoModifier, command.text


def test_in_a_field_undo_and_copy_are_the_fields_own(open_book: Open) -> None:
    window = open_book()
    window.go("lines")
    window.find_here()
    field: Any = window.place.find_field()
    control = Qt.KeyboardModifier.ControlModifier
    field.insert("magnet")
    before = window.document.project
    QTest.keyClick(field, Qt.Key.Key_Z, control)
    assert field.text() != "magnet"
    assert window.document.project is before
    field.setText("ring")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "ring"


def test_the_page_of_keys_names_every_key(open_book: Open) -> None:
    window = open_book()
    page = KeysPage(window, window.actions_, window.looks)
    shown = {one.text() for one in page.findChildren(QLabel)}
    native = QKeySequence.SequenceFormat.NativeText
    for command, action in window.actions_.items():
        if command.keys:
            keys = ", ".join(one.toString(native) for one in action.shortcuts())
            assert keys in shown, command.text
    for words, keys in in_place():
        assert words in shown
        assert all(not one.isEmpty() for one in sequences(keys)), keys
    page.deleteLater()


def test_escape_clears_the_field_then_the_newest_filter(open_book: Open) -> None:
    window = open_book()
    window.view.select(Subject("mineral", "gallium", "Gallium"), place="lines")
    window.find_here()
    field: Any = window.place.find_field()
    field.setText("ring")
    escape = window.actions_["drop_filter"]
    escape.trigger()
    assert field.text() == ""
    assert len(window.view.view.filters) == 1
    escape.trigger()
    assert window.view.view.filters == ()


def test_escape_closes_the_panel_only_where_it_lies_over_the_place(open_book: Open) -> None:
    window = open_book()
    window.go("lines")
    window.frame.show_panel(True)
    window.actions_["drop_filter"].trigger()
    assert window.panel.isVisible()
    window.resize(1150, 800)
    QApplication.processEvents()
    assert window.frame.drawer
    window.actions_["drop_filter"].trigger()
    assert not window.panel.isVisible()


def test_the_column_of_the_cursor_is_sorted_moved_and_widened_by_its_menu(open_book: Open) -> None:
    window = open_book()
    window.go("lines")
    place: Any = window.place
    table = place.table
    heads = table.horizontalHeader()
    shown = [heads.logicalIndex(n) for n in range(heads.count())]
    shown = [one for one in shown if not heads.isSectionHidden(one)]
    table.setCurrentIndex(table.lines.index(0, shown[1]))
    acts = {one.text().replace("&", ""): one for one in column_menu(table).actions()}
    sort, left, right = (
        acts["Sort by this column"],
        acts["Move to the left"],
        acts["Move to the right"],
    )
    wider, narrower = acts["Wider"], acts["Narrower"]
    sort.trigger()
    assert table.lines.sorted_by is not None
    assert table.lines.sorted_by[0] == shown[1]
    before = heads.sectionSize(shown[1])
    wider.trigger()
    assert heads.sectionSize(shown[1]) > before
    narrower.trigger()
    assert heads.sectionSize(shown[1]) == before
    left.trigger()
    assert heads.visualIndex(shown[1]) < heads.visualIndex(shown[0])
    assert right.isEnabled()
    table.setCurrentIndex(table.lines.index(0, shown[1]))
    again = {one.text(): one.isEnabled() for one in column_menu(table).actions()}
    assert again["Move to the &left"] is False


def test_the_menu_key_opens_the_menu_of_a_line_with_its_minerals(
    open_book: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_book()
    window.go("lines")
    place: Any = window.place
    at = int(place._book.counted.nonzero()[0][0])
    place.go_to(at)
    followed: list[str] = []

    def choose(menu: QMenu, _where: object) -> None:
        inside = next(one.menu() for one in menu.actions() if one.text() == "&Follow a mineral")
        followed.extend(one.text() for one in inside.actions())
        inside.actions()[0].trigger()

    monkeypatch.setattr(linesmenus, "run", choose)
    table = place.table
    table.setFocus()
    window.actions_["frame.open_menu"].trigger()
    assert followed
    subject = window.view.view.subject
    assert subject is not None
    assert (subject.kind, subject.label) == ("mineral", followed[0])
