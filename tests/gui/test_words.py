"""Every text of the program on screen can be translated."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
import untranslated as found

from bomexposure.gui.blocks import number_field
from bomexposure.gui.viewstate import PLACES, Subject
from bomexposure.gui.window import MainWindow
from bomexposure.present import numbers, words

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

EXEMPT = (
    # names and sentences of the shipped tables, here of the hand-made facts
    "China", "Israel", "Japan", "U.S. Geological Survey", "anode grade", "(magnesium", "(arsenic",
    "NdFeB magnet", "ban", "licence",
    # what the computation says of lines and countries, and what files hold: in English
    "assembly whose parts are listed", "pytest-of-", "test_every",
)  # fmt: skip


@pytest.fixture
def accents() -> Iterator[None]:
    """A language that has every text of the template, before the window is made."""
    words.hold("accents", found.Pseudo())
    with numbers.spoken(numbers.Marks(language="accents")):
        yield


def test_every_text_of_the_window_can_be_translated(
    accents: None, open_book: Callable[[], MainWindow]
) -> None:
    del accents
    window = open_book()
    assert window.document.analysis is not None
    own = found.cells_of(window.document.analysis)
    window.frame.show_panel(True)
    window.view.select(Subject("mineral", "neodymium", "Neodymium"), place="exposure")
    left: dict[str, str] = {}
    for name in (*PLACES, "import"):
        window.go(name)
        for widget, kind, stretch, text in found.untranslated(found.texts(window), own):
            left.setdefault(stretch, f"{name}, {kind} of {type(widget).__name__}: {text}")
    for _widget, kind, stretch, text in found.untranslated(found.actions(window), own):
        left.setdefault(stretch, f"{kind}: {text}")
    told = [one for stretch, one in left.items() if not any(no in stretch for no in EXEMPT)]
    assert not told, "\n".join(told)


def test_what_a_catalogue_lacks_is_told() -> None:
    from extract_words import Text, missing  # type: ignore[import-not-found]

    class German(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Lines": "Positionen", "of {count}": "von {Anzahl}"}.get(message, message)

        def ngettext(self, _one: str, _many: str, n: int) -> str:
            return "{count} Zeile" if n == 1 else "{count} Zeilen"

    found = {
        "Lines": Text(),
        "of {count}": Text(),
        "Rows": Text(),
        "{count} row": Text("{count} rows"),
    }
    assert missing(found, German()) == [
        "a place that is not there: of {count}", "not translated: Rows",
    ]  # fmt: skip


def test_figures_stand_where_a_translation_wants_them() -> None:
    class Backwards:
        def gettext(self, message: str, /) -> str:
            return {"{count} of {all}": "von {all} {count}", "broken {one}": "kaputt {two}"}[
                message
            ]

        def ngettext(self, _one: str, _many: str, number: int, /) -> str:
            return "eine Zeile" if number == 1 else "{count} Zeilen"

    words.hold("backwards", Backwards())
    with numbers.spoken(numbers.Marks(",", ".", "backwards")):
        assert words.tr("{count} of {all}", count=1, all=3) == "von 3 1"
        assert words.tr("broken {one}", one=1) == "broken 1"
        assert numbers.count(1200, "line") == "1.200 Zeilen"
    assert numbers.count(1200, "line") == "1,200 lines"


@pytest.mark.parametrize(
    ("typed", "decimal", "group", "value"),
    [
        ("1,5", ",", ".", 1.5), ("1.5", ",", ".", 1.5), ("1.500", ",", ".", 1500.0),
        ("1.5", ".", ",", 1.5), ("1,500", ".", ",", 1500.0), ("2 500,5", ",", "\u202f", 2500.5),
    ],
)  # fmt: skip
def test_a_field_reads_numbers_as_they_are_written_here(
    qtbot: Any, typed: str, decimal: str, group: str, value: float
) -> None:
    with numbers.spoken(numbers.Marks(decimal, group)):
        field = number_field(1e6, 3, after=" g")
        qtbot.addWidget(field)
        field.selectAll()
        qtbot.keyClicks(field, typed)
        field.interpretText()
        assert field.value() == pytest.approx(value)
        assert field.text() == f"{numbers.marked(f'{value:.3f}')} g"
