"""Deciding on lines in the table itself: one, many, all alike, undone, saved, opened again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from realwindow import opened, real_window, settled

from bomexposure.export.json_report import analysis_json
from bomexposure.gui.asking import CorrectDialog
from bomexposure.gui.contentform import ContentForm, amount
from bomexposure.gui.places.filterfield import suggestions
from bomexposure.gui.subjects import Subjects, grams, subjects_of
from bomexposure.gui.window import MainWindow
from bomexposure.model.errors import UsageError
from bomexposure.present import numbers
from bomexposure.project import edits

BOOK = """Part No,Description,Qty,Price,Supplier
R-1,Rotor core part per drawing 12,1,40.00,Alpha
R-2,Rotor core part per drawing 12,1,38.00,Beta
R-2,Rotor core part per drawing 12,3,38.00,Beta
A-6,Bracket EN AW-6061 milled,2,4.00,Gamma Metal
L-1,LED green 0603,4,0.10,Gamma Metal
"""


@pytest.fixture
def window(qtbot: Any, qapp: Any, tmp_path: Path, recorder: Any) -> Iterator[MainWindow]:
    del qapp
    path = tmp_path / "rotor.csv"
    path.write_text(BOOK, encoding="utf-8")
    with real_window(tmp_path, recorder) as made:
        opened(made, path, qtbot)
        made.go("lines")
        yield made


def write(window: MainWindow, words: str, qtbot: Any) -> QLineEdit:
    """F2, type, Enter: what a user does to a cell."""
    window.actions_["lines.edit_here"].trigger()
    field = window.lines.table.findChild(QLineEdit, "celledit")
    assert field is not None, "no editor opened"
    assert field.completer() is not None or "Mass" in field.accessibleName()
    # the list that drops down cannot be shown offscreen
    field.setCompleter(None)  # type: ignore[arg-type]
    field.clear()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(window, qtbot)
    return field


def choose(window: MainWindow, lines: list[int]) -> None:
    table = window.lines.table
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for line in lines:
        index = table.lines.index(table.lines.row_of(line), 0)
        table.selectionModel().select(index, flags.Select | flags.Rows)
        table.selectionModel().setCurrentIndex(index, flags.NoUpdate)


def holds(window: MainWindow, mineral: str) -> list[int]:
    book = window.document.book
    assert book is not None
    return [int(n) for n in book.holding(mineral).nonzero()[0]]


def test_a_cell_is_edited_and_all_alike_follow(window: MainWindow, qtbot: Any) -> None:
    before = holds(window, "dysprosium")
    assert before == []
    choose(window, [1])
    write(window, "NdFeB magnet, SH grade", qtbot)
    assert holds(window, "neodymium") == [1]
    # row 4 reads the same as row 3: the window says so, and one press decides both
    assert "1 other line reads the same" in window.message_strip.text
    window.message_strip.acted.emit("review.apply_alike")
    settled(window, qtbot)
    assert holds(window, "neodymium") == [1, 2]
    for _step in range(2):
        window.actions_["undo"].trigger()
        settled(window, qtbot)
    assert holds(window, "neodymium") == []
    assert "NdFeB" in window.actions_["redo"].text()


def test_many_lines_take_one_edit(window: MainWindow, qtbot: Any) -> None:
    choose(window, [0, 1, 2])
    write(window, "NdFeB magnet, SH grade", qtbot)
    assert holds(window, "neodymium") == [0, 1, 2]
    assert "3 rows" in window.actions_["undo"].text()
    (entry,) = window.document.project.decisions
    assert entry.what.startswith("Rows 2, 3 and 4 set to NdFeB")
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    assert window.document.project.choices.overrides == ()


def test_a_mass_keeps_the_class_decided_before(window: MainWindow, qtbot: Any) -> None:
    choose(window, [0])
    write(window, "NdFeB magnet, SH grade", qtbot)
    book = window.document.book
    assert book is not None
    column = next(n for n, one in enumerate(book.columns) if one.key == "mass")
    window.lines.columns.show(column, True)
    table = window.lines.table
    table.selectionModel().setCurrentIndex(
        table.lines.index(0, column), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    write(window, "0.25 kg", qtbot)
    (one,) = window.document.project.choices.overrides
    assert one.mass_g == pytest.approx(250.0)
    assert one.materials or one.component_class
    # one piece in the product: the line weighs what was written
    assert window.document.book.mass_g[0] == pytest.approx(250.0)  # type: ignore[union-attr]


def test_words_that_mean_nothing_keep_the_editor_open(window: MainWindow, qtbot: Any) -> None:
    choose(window, [0])
    field = write(window, "unobtainium", qtbot)
    assert field.property("fault")
    assert "unobtainium" in window.message_strip.text
    assert window.document.project.choices.overrides == ()


def test_decisions_survive_saving_and_opening(
    window: MainWindow, qtbot: Any, tmp_path: Path, recorder: Any
) -> None:
    choose(window, [0])
    write(window, "NdFeB magnet, SH grade", qtbot)
    target = tmp_path / "rotor.bomx"
    recorder.saves.append(target)
    window.actions_["files.save"].trigger()
    opened(window, target, qtbot)
    assert holds(window, "neodymium") == [0]
    assert not window.document.dirty


def test_where_a_moved_book_was_found_is_kept_by_saving(
    window: MainWindow, qtbot: Any, tmp_path: Path, recorder: Any
) -> None:
    choose(window, [0])
    write(window, "NdFeB magnet, SH grade", qtbot)
    target = tmp_path / "rotor.bomx"
    recorder.saves.append(target)
    window.actions_["files.save"].trigger()
    elsewhere = tmp_path / "archive"
    elsewhere.mkdir()
    (tmp_path / "rotor.csv").rename(elsewhere / "rotor B.csv")
    recorder.opens.append(elsewhere / "rotor B.csv")
    opened(window, target, qtbot)
    assert holds(window, "neodymium") == [0]
    # the project file does not know it yet, and the window says so
    assert "new place" in window.message_strip.text
    assert window.document.dirty
    window.message_strip._act.click()
    assert not window.document.dirty
    opened(window, target, qtbot)  # nobody is asked again
    assert holds(window, "neodymium") == [0]


def test_a_list_without_headers_can_be_opened_by_naming_its_columns(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "bare.csv"
    lines = "M-1;NdFeB magnet N42;4\nS-1;Screw M4 A2-70;16\nL-1;LED red 0603;6\n"
    path.write_text(f"Zyx;Wvu;Tsr\n{lines}")
    window.files.open_path(path)
    settled(window, qtbot)
    qtbot.waitUntil(lambda: "No bill of materials was found" in window.message_strip.text)
    assert window.document.book.count == 5, "what was open stays"  # type: ignore[union-attr]
    with qtbot.waitSignal(window.analyst.opened, timeout=30_000):
        window.message_strip._act.click()
    assert window.view.view.place == "import"
    assert "say what each column holds" in window.message_strip.text
    place: Any = window.place
    assert place.header_row.currentText() == "none"
    place.header_row.setCurrentIndex(place.header_row.findData(1))
    place.header_row.activated.emit(1)
    settled(window, qtbot)
    assert window.document.book.count == 3  # type: ignore[union-attr]
    assert holds(window, "neodymium") == [0]
    combo = place.table.roles.combos[2]
    combo.setCurrentIndex(combo.findData("quantity"))
    combo.activated.emit(combo.currentIndex())
    settled(window, qtbot)
    assert window.document.analysis.bom.lines["quantity"].tolist() == [4, 16, 6]  # type: ignore[union-attr]


def test_the_filter_completes_keys_minerals_and_values(window: MainWindow) -> None:
    book = window.document.book
    assert book is not None
    assert "mineral:" in suggestions(book, "min")
    assert suggestions(book, "led mineral:gal") == ["led mineral:gallium"]
    assert suggestions(book, "supplier:gam") == ['supplier:"Gamma Metal"']
    assert suggestions(book, "-evidence:assumed|no") == ["-evidence:assumed|none"]
    window.lines.field.setText('supplier:"Gamma Metal"')
    window.lines.refresh()
    assert [int(row) for row in window.lines.table.lines.rows] == [3, 4]


def test_masses_as_people_write_them() -> None:
    assert grams("22") == 22
    assert grams("1.2 kg") == pytest.approx(1200)
    # an avoirdupois pound is 453.59237 g by definition
    assert grams("0.5 lb") == pytest.approx(226.796185)
    for words in ("heavy", "-3 g", "3 stone", "0"):
        with pytest.raises(UsageError):
            grams(words)


def test_a_near_name_is_offered_and_not_taken() -> None:
    known = Subjects({"Brass, free-cutting": ("brass", "material"), "Magnet": ("m", "class")})
    assert known.find("brass") == ("brass", "material")
    with pytest.raises(UsageError, match="Did you mean Magnet"):
        known.find("magnte")


def test_a_kind_is_found_by_what_parts_lists_call_it(window: MainWindow) -> None:
    analysis = window.document.analysis
    assert analysis is not None
    known = subjects_of(analysis.reference)
    # the program reads "brushless motor" in a line; it must know it when the user says so
    assert known.find("Brushless motor") == ("MOTOR_BLDC", "class")
    assert known.ids[known.offered("brushless mot")[0]] == ("MOTOR_BLDC", "class")
    assert known.ids[known.offered("bürstenloser")[0]] == ("MOTOR_BLDC", "class")
    assert known.ids[known.offered("7075")[0]] == ("AL_7075", "material")
    # words in any order
    assert "BLDC motor / PM servo (NdFeB)" in known.offered("ndfeb motor")
    assert known.offered("  ") == []


def test_a_misspelt_kind_is_mended_with_one_press(window: MainWindow, qtbot: Any) -> None:
    seen: list[str] = []

    def answer() -> None:
        dialog: Any = QApplication.activeModalWidget()
        assert isinstance(dialog, CorrectDialog)
        dialog.field.setCompleter(None)  # type: ignore[arg-type]
        qtbot.keyClicks(dialog.field, "brishless motor")
        qtbot.keyClicks(dialog.mass, "0.45 kg")
        qtbot.keyClick(dialog.mass, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert "brishless" in dialog.fault.text()
        offers = [one for one in dialog.findChildren(QPushButton) if "BLDC" in one.text()]
        qtbot.mouseClick(offers[0], Qt.MouseButton.LeftButton)
        # what was wrong is no longer said once it is mended
        seen.extend([dialog.fault.text(), dialog.field.text()])
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    choose(window, [0])
    QTimer.singleShot(0, answer)
    window.actions_["review.correct"].trigger()
    settled(window, qtbot)
    assert seen == ["", "BLDC motor / PM servo (NdFeB)"]
    (one,) = window.document.project.choices.overrides
    assert (one.component_class, one.mass_g) == ("MOTOR_BLDC", pytest.approx(450.0))


def test_alike_lines_are_counted_with_the_line_itself_and_offered_only_where_there_are_some(
    window: MainWindow, qtbot: Any
) -> None:
    def offers() -> list[str]:
        qtbot.wait(50)
        return [one.text() for one in window.frame.panel.findChildren(QPushButton)
                if one.isVisible() and "alike" in one.text()]  # fmt: skip

    window.lines.go_to(1)  # rows 3 and 4 read the same
    assert offers() == ["Apply to all 2 alike"]
    window.lines.go_to(4)
    assert offers() == []


def test_the_queue_goes_on_to_the_next_line_after_each_answer(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lamp.csv"
    rows = [f"L-{n},LED {hue} 0603,{n}" for n, hue in enumerate(("red", "green", "blue", "white"))]
    path.write_text("\n".join(("Part,Description,Qty", *rows)), encoding="utf-8")
    opened(window, path, qtbot)
    window.lines.segments.choose("review")
    window.lines.segments.chosen.emit("review")
    table = window.lines.table
    waiting = table.lines.rows.tolist()
    assert len(waiting) > 2
    for at in range(2):
        assert window.lines.selected_lines() == [waiting[at]]
        qtbot.keyClick(table, Qt.Key.Key_Return)
        settled(window, qtbot)
    assert table.lines.rows.tolist() == waiting[2:]
    assert window.lines.selected_lines() == [waiting[2]]
    subject = window.view.view.subject
    assert subject is not None
    assert subject.key == window.document.book.lines["id"].iat[waiting[2]]  # type: ignore[union-attr]


def test_undo_says_what_it_took_back_and_offers_it_again(window: MainWindow, qtbot: Any) -> None:
    choose(window, [0])
    write(window, "NdFeB magnet, SH grade", qtbot)
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    assert window.message_strip.text.startswith("Undone: Set row 2 to NdFeB")
    window.message_strip.acted.emit("redo")
    settled(window, qtbot)
    assert holds(window, "neodymium") == [0]
    assert "Undo with Ctrl+Z" in window.message_strip.text
    # a step later that button would undo something else: it is offered no longer
    window.document.edit("Volume", edits.set_volume(window.document.project, 100.0))
    settled(window, qtbot)
    assert "Undo with Ctrl+Z" not in window.message_strip.text


def fill(window: MainWindow, answers: dict[str, tuple[str, str]], **said: str) -> None:
    """Fill the form for what a line holds: mineral -> (presence, amount); then press OK."""
    form: Any = QApplication.activeModalWidget()
    assert isinstance(form, ContentForm)
    for mineral, (presence, words) in answers.items():
        row = next((one for one in form.rows if one.mineral == mineral), None)
        if row is None:
            form.add_blank()
            row = form.rows[-1]
            row.name.setText(mineral)
        row.presence.setCurrentIndex(row.presence.findData(presence))
        row.amount.setText(words)
    form.who.setText(said.get("who", ""))
    form.document.setText(said.get("document", ""))
    if form.act.isEnabled():
        form.act.click()
    else:
        window.setProperty("refused", form.fault.text())
        form.reject()


def test_what_a_line_holds_is_stated_with_its_word_and_undone(
    window: MainWindow, qtbot: Any
) -> None:
    choose(window, [4])
    assert holds(window, "gallium") == [4]
    # without a word on whose authority it is not taken
    QTimer.singleShot(0, lambda: fill(window, {"gallium": ("none", "")}))
    window.actions_["review.state_contents"].trigger()
    assert "who says so" in window.property("refused")
    assert holds(window, "gallium") == [4]
    said = {"gallium": ("none", ""), "Nd": ("", "3 g")}
    told = {"who": "Osram", "document": "declaration 17"}
    QTimer.singleShot(0, lambda: fill(window, said, **told))
    window.actions_["review.state_contents"].trigger()
    settled(window, qtbot)
    assert holds(window, "gallium") == []
    assert holds(window, "neodymium") == [4]
    (entry,) = window.document.project.decisions
    assert entry.what == "Row 6 set to no gallium, neodymium 3 g"
    assert entry.why == "declared by Osram, declaration 17"
    analysis = window.document.analysis
    assert analysis is not None
    line = json.loads(analysis_json(analysis))["lines"][4]
    (found,) = [one for one in line["minerals"] if one["mineral"] == "neodymium"]
    assert found["evidence"] == "declared"
    # 4 pieces of 3 g each
    assert found["mass_mg"] == {"low": 12_000.0, "typical": 12_000.0, "high": 12_000.0}
    assert "declared by Osram, declaration 17" in [one["text"] for one in line["why"]]
    # to agree with it afterwards takes nothing of it back
    window.actions_["review.accept"].trigger()
    settled(window, qtbot)
    assert holds(window, "neodymium") == [4]
    for _step in range(2):
        window.actions_["undo"].trigger()
        settled(window, qtbot)
    assert holds(window, "gallium") == [4]
    assert [one.undone for one in window.document.project.decisions] == [True, True]


def test_amounts_are_read_with_their_units_and_in_the_users_marks() -> None:
    assert amount("", "Tin") == (None, "g")
    assert amount("2-3 g", "Tin") == ((2.0, 2.5, 3.0), "g")
    assert amount("500 ppm", "Tin") == (pytest.approx((0.05, 0.05, 0.05)), "%")
    with numbers.spoken(numbers.Marks(",", ".")):
        assert amount("1,5 – 2 – 3 %", "Tin") == ((1.5, 2.0, 3.0), "%")
    for wrong in ("3", "much", "1 - 2 - 3 - 4 g", "g"):
        with pytest.raises(UsageError, match="no amount"):
            amount(wrong, "Tin")


def test_undo_and_redo_find_the_answers_of_before(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    """Nothing is computed twice, unless the file is another by now."""
    first = window.document.analysis
    choose(window, [3])
    write(window, "NdFeB magnet, SH grade", qtbot)
    second = window.document.analysis
    window.undo()
    settled(window, qtbot)
    assert window.document.analysis is first
    window.redo()
    settled(window, qtbot)
    assert window.document.analysis is second
    path = tmp_path / "rotor.csv"
    path.write_text(BOOK.replace("LED green", "LED red"), encoding="utf-8")
    window.undo()
    settled(window, qtbot)
    assert window.document.analysis is not None
    assert window.document.analysis.bom.lines["description"].iat[4] == "LED red 0603"
