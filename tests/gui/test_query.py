"""The filter language, on the hand-made pump (see tests/fakes.py for its lines)."""

from __future__ import annotations

import fakes
import numpy as np
import pytest

from bomexposure.gui import query
from bomexposure.gui.bookbuild import build
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.query import QueryError
from bomexposure.gui.queryterms import Term, parse, replaced


@pytest.fixture(scope="module")
def book() -> LineBook:
    return build(fakes.analysis())


def kept(book: LineBook, text: str) -> list[int]:
    return [int(line) for line in np.flatnonzero(query.mask(book, text))]


def test_terms() -> None:
    assert parse('mineral:gallium spend>1000 "red cover" -supplier:"A B" a-b led|label') == (
        Term("mineral", ":", ("gallium",)),
        Term("spend", ">", ("1000",)),
        Term("", ":", ("red cover",)),
        Term("supplier", ":", ("A B",), negated=True),
        Term("", ":", ("a-b",)),
        Term("", ":", ("led", "label")),
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('size="1/2"" bolt"|M4', ('1/2" bolt', "M4")),  # two quotes are one
        ('size="A|B"', ("A|B",)),
        ('size=""', ("",)),  # empty cells
        ("size=", ()),  # still being written
        ("size=M4|", ("M4",)),
    ],
)
def test_values_of_a_term(text: str, values: tuple[str, ...]) -> None:
    assert parse(text) == (Term("size", "=", values),)


@pytest.mark.parametrize(
    "term",
    [
        Term("part number", "=", ('1/2" "x"', "", "a|b", "-c")),
        Term("supplier", "=", ("Bosch",), negated=True),
        Term("", ":", ("red cover", "led")),
    ],
)
def test_a_term_is_read_as_it_was_written(term: Term) -> None:
    assert parse(term.text()) == (term,)


def test_a_chosen_value_takes_the_place_of_the_one_before() -> None:
    text = 'magnet supplier="A B"|C spend>5'
    new = Term("supplier", "=", ("D",))
    assert replaced(text, "supplier", new) == "magnet spend>5 supplier=D"
    assert replaced(text, "supplier", None) == "magnet spend>5"
    assert replaced("", "supplier", new) == "supplier=D"
    assert replaced("-supplier=A supplier:x", "supplier", None) == "-supplier=A supplier:x"


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


def test_cells_that_are_just_that(book: LineBook) -> None:
    column = next(n for n, c in enumerate(book.columns) if c.role == "description")
    words = book.text(3, column)
    first = words.split()[0]
    assert kept(book, f'description="{words.upper()}"') == [3]
    assert 3 in kept(book, f'description:"{first}"')
    assert kept(book, f'description="{first}"') == []


def test_every_column_that_can_be_chosen_from_is_named_so_that_it_is_found(book: LineBook) -> None:
    lines = np.arange(book.count)
    for column, one in enumerate(book.columns):
        if not one.key.startswith("own:") and one.key != "class":
            continue
        cells = book.texts(column, lines)
        wanted = [at for at, cell in enumerate(cells) if cell == cells[4]]
        assert kept(book, query.term_for(book, column, (cells[4],)).text()) == wanted, one.heading


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
