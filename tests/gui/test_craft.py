"""The craft of the window: translated words with room for them, and a name on every control."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
    QWidget,
)

from bomexposure.gui.window import MainWindow
from bomexposure.present import numbers, words

Open = Callable[[], MainWindow]


class Pseudo:
    """A language in which every text is 40 % longer and stands in brackets."""

    def gettext(self, message: str, /) -> str:
        return f"[{message}{'~' * round(len(message) * 0.4)}]"

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return self.gettext(one if number == 1 else many)


@pytest.fixture
def pseudo() -> Iterator[None]:
    """Before the window is made, and gone after it."""
    words.hold("pseudo", Pseudo())
    with numbers.spoken(numbers.Marks(language="pseudo")):
        yield


def test_menus_rail_strip_and_titles_are_translated_and_have_room(
    pseudo: None, open_book: Open
) -> None:
    del pseudo
    window = open_book()
    for action in window.menuBar().actions():
        assert action.text().startswith("[&"), action.text()
    for command, action in window.actions_.items():
        assert "[" in action.text(), command.name
        assert action.toolTip().startswith("["), command.name
    for name, button in window.rail._buttons.items():
        assert button.text().startswith("["), name
        room = button.width() - 4
        assert button.fontMetrics().horizontalAdvance(button.text()) <= room, name
    for tile, _line in window.strip._made:
        if tile.isVisible() and tile.tile.key != "product":
            first = tile.findChildren(QLabel)[0]
            assert first.text().startswith("["), tile.tile.key
            assert first.width() >= first.sizeHint().width(), tile.tile.key
    for name, place in window.places.items():
        window.go(name)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if name not in ("start", "import"):
            assert place.heading.text().startswith("["), name
            assert place.heading.width() >= place.heading.sizeHint().width(), name
        cut = [
            one.text() for one in place.head.findChildren(QToolButton)
            if one.isVisible() and one.width() < one.sizeHint().width()
        ]  # fmt: skip
        assert not cut, f"{name}: {cut}"


def test_without_a_catalogue_words_stay_and_a_shipped_one_is_found(tmp_path: Path) -> None:
    assert words.tr("Lines") == "Lines"
    assert words.tr("") == ""
    assert words.find(["en-US", "de-DE"]) == ""
    assert words.find(["xx-YY"], tmp_path) == ""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "bomexposure.mo").write_bytes(compiled({"Lines": "Positionen"}))
    assert words.find(["xx", "de-AT"], tmp_path) == "de_AT"
    german = words.load("de_AT", tmp_path)
    assert german.gettext("Lines") == "Positionen"
    assert german.gettext("Exposure") == "Exposure"


def compiled(texts: dict[str, str]) -> bytes:
    """A catalogue in gettext's binary form: header, two tables of (length, offset), the texts."""
    import struct

    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **texts}.items())
    keys = [key.encode() + b"\0" for key, _ in pairs]
    values = [value.encode() + b"\0" for _, value in pairs]
    at, table = 28 + 16 * len(pairs), b""
    for one in (*keys, *values):
        table += struct.pack("<II", len(one) - 1, at)
        at += len(one)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + table + b"".join((*keys, *values))


def test_the_template_holds_what_is_shown() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    from extract_words import collect, template  # type: ignore[import-not-found]

    found = collect()
    for text in ("&File", "&More to write", "&Open...", "Exposure", "Acute minerals",
                 "Before you send it", "Import reliance"):  # fmt: skip
        assert text in found, text
    assert 'msgid "Acute minerals"' in template(found)


INTERACTIVE = (
    QPushButton, QToolButton, QLineEdit, QComboBox, QCheckBox, QAbstractSpinBox,
    QAbstractItemView, QListWidget,
)  # fmt: skip


def spoken(widget: Any) -> str:
    """What a screen reader says for a widget: its own name, else its text."""
    text = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    return str(widget.accessibleName() or text)


def test_every_control_has_a_name_that_can_be_spoken(open_book: Open) -> None:
    window = open_book()
    window.frame.show_panel(True)
    nameless = []
    for name in window.places:
        window.go(name)
        for one in window.findChildren(QWidget):
            inner = one.objectName().startswith("qt_") or isinstance(
                one.parent(), QComboBox | QAbstractSpinBox
            )
            popup = one.window() is not window
            tabbed = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
            asked = (tabbed or isinstance(one, INTERACTIVE)) and one.isVisible()
            if asked and not (inner or popup or spoken(one)):
                nameless.append(f"{name}: {type(one).__name__} in {type(one.parent()).__name__}")
    assert not nameless, "\n".join(dict.fromkeys(nameless))


def test_an_empty_portfolio_says_what_to_do(open_book: Open, qtbot: Any) -> None:
    window = open_book()
    window.go("portfolio")
    place: Any = window.places["portfolio"]
    qtbot.waitUntil(lambda: not place.jobs.busy, timeout=20_000)
    assert place.empty._text.text().startswith("Drop the parts lists")
