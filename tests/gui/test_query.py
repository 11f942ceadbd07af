"""The filter language, on the hand-made pump (see tests/fakes.py for its lines)."""

from __future__ import annotations

import fakes
import numpy as np
import pytest

from bomexposure.gui import query
from bomexposure.gui.bookbuild import build
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.query import QueryError, Term, parse


@pytest.fixture(scope="module")
def book() -> LineBook:
    return build(fakes.analysis())


def kept(book: LineBook, text: str) -> list[int]:
    return [int(line) for line in np.flatnonzero(query.mask(book, text))]


def test_terms() -> None:
    assert parse('mineral:gallium spend>1000 "red cover" -supplier:"A B" a-b') == (
        Term("mineral", ":", "gallium"),
        Term("spend", ">", "1000"),
        Term("", ":", "red cover"),
        Term("supplier", ":", "A B", negated=True),
        Term("", ":", "a-b"),
    )


# lines: 0 pump (assembly), 1 magnet Dy Nd, 2 bush C, 3 LED Ga As, 4 housing Al Mg, 5 label, 6 box
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [0, 1, 2, 3, 4, 5, 6]),
        ("magnet", [1]),
        ("MAGNET ndfeb", [1]),
        ("led|label", [3, 5]),
        ('"green 0603"', [3]),
        ("mineral:gallium", [3]),
        ("mineral:Ga", [3]),
        ("mineral:mg", [4]),  # likely only, still held
        ("-mineral:dysprosium is:counted", [2, 3, 4, 5, 6]),
        ("evidence:designated", [2, 4]),
        ("evidence:none", [6]),
        ("spend>=11.4", [1, 4]),
        ("spend<1", [3, 5]),
        ("is:unknown", [6]),
        ("is:assembly", [0]),
        ("is:acute", [1, 2, 3]),
        ("presence:likely", [3, 4]),
        ("ポンプ", [6]),
    ],
)
def test_filters(book: LineBook, text: str, lines: list[int]) -> None:
    assert kept(book, text) == lines


def test_a_column_of_the_sheet_by_its_header(book: LineBook) -> None:
    header = next(c.heading for c in book.columns if c.role == "description")
    assert kept(book, f'"{header}":magnet') == [1]


@pytest.mark.parametrize("text", ["colour:red", "evidence:sure", "spend>much", "is:blue"])
def test_what_has_no_meaning_says_what_mends_it(book: LineBook, text: str) -> None:
    with pytest.raises(QueryError) as fault:
        query.mask(book, text)
    assert fault.value.what
    assert fault.value.mend.startswith(("Use ", "Write "))


def test_many_cells_read_as_each_of_them_does(book: LineBook) -> None:
    lines = np.arange(book.count, dtype=np.int64)[::-1]
    for column in range(len(book.columns)):
        assert book.texts(column, lines) == [book.text(line, column) for line in lines.tolist()]
