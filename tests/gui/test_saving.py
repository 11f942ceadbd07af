"""Saving and opening beside others: another window, another program, several files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fakes import AS_OF
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from bomexposure.gui.arrivals import table_in
from bomexposure.gui.messages import Messages
from bomexposure.gui.places.portfolio import PortfolioPlace
from bomexposure.gui.unsaved import UnsavedCopies
from bomexposure.gui.window import MainWindow
from bomexposure.model.choices import Choices, Override
from bomexposure.model.errors import OutputError, ProjectError
from bomexposure.model.project import Project
from bomexposure.project import store

Open = Callable[[], MainWindow]


def decided(book: Path, reason: str = "") -> Project:
    choice = Override("some part", no_critical_minerals=True, reason=reason)
    return Project(Choices(as_of=AS_OF, overrides=(choice,)), workbook=str(book))


def decide(window: MainWindow, qtbot: Any) -> None:
    window.lines.go_to(1)
    with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
        window.actions_["review.accept"].trigger()


# --- a project changed elsewhere ------------------------------------------------------------------


def test_a_project_changed_elsewhere_is_not_written_over(
    open_book: Open, recorder: Any, tmp_path: Path, qtbot: Any
) -> None:
    window = open_book()
    decide(window, qtbot)
    target = tmp_path / "pump.bomx"
    recorder.saves.append(target)
    window.actions_["files.save"].trigger()
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: not window.analyst.jobs.busy)
    theirs = store.to_bytes(decided(tmp_path / "pump.xlsx", "a colleague asked the maker"))
    target.write_bytes(theirs)
    window.actions_["files.save"].trigger()
    assert target.read_bytes() == theirs
    assert "changed elsewhere" in window.message_strip.text
    assert window.document.dirty
    # beside it
    recorder.saves.append(tmp_path / "mine.bomx")
    window.message_strip._act.click()
    assert store.load(tmp_path / "mine.bomx").choices.overrides == ()
    assert target.read_bytes() == theirs
    # or in its place, when that is said
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(target)
    decide(window, qtbot)
    target.write_bytes(theirs + b"\n")
    window.actions_["files.save"].trigger()
    window.message_strip._also.click()
    assert len(store.load(target).choices.overrides) == 2
    assert not window.document.dirty


# --- two windows on one workbook ------------------------------------------------------------------


def test_unsaved_work_is_offered_once_its_window_is_gone(
    open_book: Open, book: Path, tmp_path: Path, qtbot: Any
) -> None:
    other = UnsavedCopies(tmp_path / "data" / "unsaved")
    other.keep(decided(book), None)
    window = open_book()
    assert "not saved" not in window.message_strip.text
    assert window.files.unsaved() == []
    decide(window, qtbot)
    window.files.keep_copy()
    window.files.drop_copy()
    window.document.undo_stack.setClean()
    assert other.copy_of(str(book)).is_file()  # not ours to forget
    other.close()
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.files.open_path(book)
    assert "were not saved" in window.message_strip.text
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        window.message_strip._act.click()
    assert [one.fingerprint for one in window.document.project.choices.overrides] == ["some part"]
    assert window.document.dirty
    assert not other.copy_of(str(book)).exists()  # it is this window's now


def test_of_two_windows_one_takes_unsaved_work_up(tmp_path: Path) -> None:
    book = tmp_path / "pump.xlsx"
    gone, one, two = (UnsavedCopies(tmp_path) for _ in range(3))
    gone.keep(decided(book), tmp_path / "pump.bomx")
    gone.close()
    (seen,) = one.left()
    assert seen == two.left(str(book))[0]
    assert (seen.workbook, seen.path) == (book, tmp_path / "pump.bomx")
    assert one.claim(seen) == decided(book)
    with pytest.raises(ProjectError):
        two.claim(seen)
    assert two.left() == []
    one.close()
    assert [left.path for left in two.left()] == [tmp_path / "pump.bomx"]


def test_work_kept_by_the_version_before_is_still_found(tmp_path: Path) -> None:
    copies = UnsavedCopies(tmp_path)
    book = tmp_path / "pump.xlsx"
    name = copies.copy_of(str(book)).name.split(".")[0]
    store.save(decided(book), tmp_path / f"{name}.bomx")
    assert [one.workbook for one in copies.left(str(book))] == [book]


def test_a_copy_that_cannot_be_kept_is_told_once(
    open_book: Open, recorder: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_project: Project, path: Path) -> None:
        raise OutputError(f"{path.name} cannot be written: No space left on device.", "Make room.")

    window = open_book()
    decide(window, qtbot)
    monkeypatch.setattr(store, "save", full)
    window.files.keep_copy()
    window.files.keep_copy()
    told = [text for _level, text in recorder.texts if "in memory only" in text]
    assert len(told) == 1
    assert "No space left" in told[0]
    assert window.document.dirty


# --- what is dropped and pasted -------------------------------------------------------------------


def drop(window: MainWindow, mime: QMimeData) -> bool:
    """Drag over the window and let go; False when the window does not take it."""
    copy, left, none = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    entering = QDragEnterEvent(QPoint(300, 300), copy, mime, left, none)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(300, 300), copy, mime, left, none))
    return entering.isAccepted()


def carrying(*paths: Path | str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) if isinstance(p, Path) else QUrl(p) for p in paths])
    return mime


def test_several_files_are_put_side_by_side(window: MainWindow, tmp_path: Path) -> None:
    paths = [tmp_path / "pump.xlsx", tmp_path / "board.csv"]
    for path in paths:
        path.write_bytes(b"not read")
    assert drop(window, carrying(*paths))
    place = window.place
    assert isinstance(place, PortfolioPlace)
    assert [Path(one.path) for one in place.members] == paths


def test_a_project_with_its_own_workbook_is_one_document(
    window: MainWindow, book: Path, tmp_path: Path, qtbot: Any
) -> None:
    project = tmp_path / "pump.bomx"
    store.save(decided(book), project)
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        assert drop(window, carrying(book, project))
    assert window.document.path == project


def test_a_folder_is_told_and_an_address_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    assert drop(window, carrying(tmp_path))
    assert "is a folder" in window.message_strip.text
    assert not drop(window, carrying("https://example.org/bom.xlsx"))


def test_dropped_cells_are_read_as_a_table(window: MainWindow, qtbot: Any) -> None:
    mime = QMimeData()
    mime.setText("Part\tQty\nA1\t2\n")
    with qtbot.waitSignal(window.analyst.opened, timeout=20_000):
        assert drop(window, mime)
    assert Path(window.document.project.workbook).read_text(encoding="utf-8").startswith("Part\t")
    words = QMimeData()
    words.setText("only words")
    assert not drop(window, words)


def test_of_cells_and_page_the_one_is_read_that_keeps_the_rows() -> None:
    page = "<table><tr><td>Part</td><td>Qty</td></tr><tr><td>A1<br>blue</td><td>2</td></tr></table>"
    mime = QMimeData()
    mime.setHtml(page)
    mime.setText("Part\tQty\nA1\nblue\t2\n")  # a browser breaks the row in two
    assert table_in(mime) == (page, ".html")
    mime.setText('Part\tQty\n"A1\nblue"\t2\n')  # a spreadsheet quotes the cell
    assert table_in(mime) == ('Part\tQty\n"A1\nblue"\t2\n', ".tsv")
    mime.setHtml("<p>Part, Qty</p>")
    mime.setText("no table")
    assert table_in(mime) is None


def test_a_table_that_cannot_be_kept_is_told(
    window: MainWindow, tmp_path: Path, recorder: Any
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "pasted").write_text("a file where the folder should be")
    QGuiApplication.clipboard().setText("Part\tQty\nA1\t2\n")
    window.actions_["files.paste_table"].trigger()
    assert recorder.texts[-1][0] == "error"
    assert "cannot be kept" in recorder.texts[-1][1]


def test_every_kind_that_is_read_is_offered(window: MainWindow, recorder: Any) -> None:
    offered: list[str] = []

    def several(_title: str, _folder: str, kinds: str) -> list[Path]:
        offered.append(kinds)
        return []

    recorder.choose_several = several
    window.actions_["files.open_workbook"].trigger()
    for ending in (".xlsx", ".fods", ".json", ".mht", ".md", ".html", ".bomx"):
        assert f"*{ending}" in offered[0]


# --- what is being written ------------------------------------------------------------------------


def test_the_window_closes_once_all_is_written(open_book: Open, tmp_path: Path, qtbot: Any) -> None:
    window = open_book()
    gate, target = Event(), tmp_path / "a.txt"

    def slow(path: Path, _progress: Any) -> None:
        gate.wait(20)
        path.write_text("whole")

    window.exports.write_one(target, slow)
    window.exports.write_one(tmp_path / "b.txt", lambda path, _p: bool(path.write_text("b")) and [])
    assert not window.close()
    assert "as soon as" in window.message_strip.text
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert target.read_text() == "whole"
    assert (tmp_path / "b.txt").read_text() == "b"


def test_a_name_without_its_ending_replaces_nothing_unasked(tmp_path: Path, qapp: object) -> None:
    del qapp
    messages, kinds = Messages(), "PDF (*.pdf)"
    proposed = tmp_path / "pump exposure.pdf"
    assert messages.with_ending(tmp_path / "v1.2", proposed, kinds) == tmp_path / "v1.2.pdf"
    assert messages.with_ending(tmp_path / "A.PDF", proposed, kinds) == tmp_path / "A.PDF"
    (tmp_path / "v1.2.pdf").write_bytes(b"old")
    assert messages.with_ending(tmp_path / "v1.2", proposed, kinds) is None
    assert messages.with_ending(tmp_path / ("n" * 300), proposed, kinds) is not None


def test_a_decision_is_kept_at_once_and_many_of_them_less_often(
    open_book: Open, qtbot: Any
) -> None:
    """A program that is killed loses at most what was decided since."""
    window = open_book()
    project = window.document.project
    decisions = tuple(Override(f"part {n}", accepted=True) for n in range(2_000))
    for some, soon in ((decisions[:1], True), (decisions, False)):
        window.files._autosave.stop()
        after = replace(project, choices=replace(project.choices, overrides=some))
        with qtbot.waitSignal(window.analyst.shown, timeout=20_000):
            window.document.edit("Decide", after)
            assert (window.files._autosave.interval() <= 500) is soon
