"""The filter field's language: words, and `mineral:gallium spend>1000 evidence:assumed`.

Terms are joined by "and"; `|` inside a term means "or"; a leading minus takes matches away;
quotes keep words together. Any column of the sheet can be named by its header or its role, with
`:` for cells that hold the words and `=` for cells that are just that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bomexposure.gui.linebook import NUMERIC_ROLES, Bools, Floats, LineBook
from bomexposure.gui.queryterms import Term, parse
from bomexposure.model.content import EVIDENCE, PRESENCE
from bomexposure.model.errors import BomExposureError
from bomexposure.present import numbers
from bomexposure.present.words import tr


class QueryError(BomExposureError):
    """A filter that cannot be understood; the table keeps its last filter."""


STATES = ("review", "unknown", "assembly", "counted", "decided", "acute", "listed",
          "reliant", "full", "china")  # fmt: skip
KEYS = (
    "mineral", "evidence", "presence", "class", "is", "spend", "index", "mass", "minerals",
)  # fmt: skip
HELP = (
    ("ring 38", "lines whose cells hold both words"),
    ('"red cover"', "the words together"),
    ("mineral:gallium", "lines that hold gallium; the symbol Ga does too"),
    ("evidence:assumed|none", "how we know"),
    ("spend>1000", "lines that cost more than 1,000"),
    ("index>=50", "highest index, high bound"),
    ("is:review", tr("also {STATES}", STATES=", ".join(STATES[1:]))),
    ("supplier:bosch", "any of your columns, by header or role"),
    ('supplier="Bosch"', "cells that are just that; two quotes alone mean empty ones"),
    ("-mineral:copper", "a minus takes matches away"),
)
"""Examples with their meaning, for the tooltip and the keys page."""


def mask(book: LineBook, text: str) -> Bools:
    """Which lines a filter keeps. Raises QueryError for a key or value that has no meaning."""
    keep = np.ones(book.count, dtype=np.bool_)
    for term in parse(text):
        hits = _hits(book, term)
        keep &= ~hits if term.negated else hits
    return keep


def _hits(book: LineBook, term: Term) -> Bools:
    if not term.key:
        return _in_any_cell(book, term.values)
    if not term.values:
        return np.ones(book.count, dtype=np.bool_)  # its value is still to be written
    if term.key in _SPECIAL and term.sign in (":", "="):
        return _SPECIAL[term.key](book, term)
    figures, column = _figures(book, term.key), _own_column(book, term.key)
    written = all(_number(value) is not None for value in term.values)
    if figures is not None and (written or term.sign not in (":", "=") or column is None):
        return _compare(figures, term)
    if column is not None:
        return _contains(book, column, term)
    raise QueryError(
        tr("“{term}” is not known here.", term=term.key),
        tr("Use a column of your sheet, or one of {KEYS}.", KEYS=", ".join(KEYS)),
    )


def term_for(book: LineBook, column: int, values: tuple[str, ...], negated: bool = False) -> Term:
    """The term for lines whose cell of a column is one of these; no values leave the key alone.

    Raises QueryError for a column that no name leads to.
    """
    one = book.columns[column]
    if one.key in ("class", "evidence"):
        return Term(one.key, "=", values, negated)
    for name in (one.heading, one.role.replace("_", " "), one.role):
        key = _folded(name)
        if key and '"' not in key and key not in _SPECIAL and _own_column(book, key) == column:
            return Term(key, "=", values, negated)
    raise QueryError(
        tr("No filter can name the column {heading}.", heading=one.heading),
        tr("Give it a head of its own in the sheet."),
    )


def _in_any_cell(book: LineBook, values: tuple[str, ...]) -> Bools:
    """Lines whose cells hold one of the words, found in the one prepared text of them all."""
    keep = np.zeros(book.count, dtype=np.bool_)
    for value in values:
        keep |= _holding_word(book, value.casefold().encode("utf-8", "surrogatepass"))
    return keep


FEW_HITS = 2_000
"""A word found this often is common: then comparing all bytes at once is quicker than finding."""


def _holding_word(book: LineBook, word: bytes) -> Bools:
    keep = np.zeros(book.count, dtype=np.bool_)
    start, text = book.hay_start, book.hay
    if len(word) > 2:
        at = text.find(word)
        for _hit in range(FEW_HITS):
            if at < 0:
                return keep
            line = int(start.searchsorted(at, side="right")) - 1
            keep[line] = True
            at = text.find(word, int(start[line + 1]))
    hay = np.frombuffer(text, dtype=np.uint8)
    hits = hay[: max(0, len(hay) - len(word) + 1)] == word[0]
    if len(word) > 1:
        hits &= hay[1 : len(hits) + 1] == word[1]
    places = np.flatnonzero(hits)
    for offset in range(2, len(word)):
        places = places[hay[places + offset] == word[offset]]
    keep[np.searchsorted(start, places, side="right") - 1] = True
    return keep


def _contains(book: LineBook, column: int, term: Term) -> Bools:
    """Lines whose cell of a column holds one of the words, or is one of them after an `=`.

    Equal cells are looked at once.
    """
    places, _plain, folded = book.words(column)
    if term.sign == "=":
        wanted = {_folded(value) for value in term.values}
        hits = np.fromiter((_folded(text) in wanted for text in folded), np.bool_, len(folded))
        return hits[places]
    hits = np.zeros(len(folded), dtype=np.bool_)
    for word in (value.casefold() for value in term.values):
        hits |= np.fromiter((word in text for text in folded), np.bool_, len(folded))
    return hits[places]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _minerals(book: LineBook, term: Term) -> Bools:
    keep = np.zeros(book.count, dtype=np.bool_)
    for word in map(str.casefold, term.values):
        known = list(zip(book.minerals, book.symbols, book.names, strict=True))
        wanted = [mineral for mineral, symbol, _ in known if word in (mineral, symbol.casefold())]
        if not wanted and word:
            wanted = [mineral for mineral, _, name in known if word in name.casefold()]
        for mineral in wanted:
            keep |= book.holding(mineral)
    return keep


def _evidence(book: LineBook, term: Term) -> Bools:
    codes = [_code(word, EVIDENCE, "evidence") for word in map(str.casefold, term.values)]
    return np.isin(book.evidence, codes) & book.counted


def _presence(book: LineBook, term: Term) -> Bools:
    codes = [_code(word, PRESENCE, "presence") for word in map(str.casefold, term.values)]
    owners = np.repeat(np.arange(book.count), np.diff(book.chip_start))
    keep = np.zeros(book.count, dtype=np.bool_)
    keep[owners[np.isin(book.chip_presence, codes)]] = True
    return keep


def _code(word: str, values: tuple[str, ...], what: str) -> int:
    if word not in values:
        raise QueryError(
            tr("There is no {what} “{word}”.", what=what, word=word),
            tr("Use one of {values}.", values=", ".join(values)),
        )
    return values.index(word)


def _class(book: LineBook, term: Term) -> Bools:
    column = next(at for at, one in enumerate(book.columns) if one.key == "class")
    return _contains(book, column, term)


def _states(book: LineBook, term: Term) -> Bools:
    keep = np.zeros(book.count, dtype=np.bool_)
    for word in map(str.casefold, term.values):
        match word:
            case "review":
                keep[book.review] = True
            case "unknown":
                keep |= (book.evidence == 0) & book.counted
            case "assembly":
                keep |= book.assembly
            case "counted":
                keep |= book.counted
            case "decided":
                keep |= book.decided
            case "acute":
                keep |= book.acute > 0
            case "reliant" | "full" | "china":
                name = {"reliant": "nir_50", "full": "nir_100", "china": "china_led"}[word]
                keep |= book.held[name] > 0
            case "listed":
                keep |= np.diff(book.chip_start) > 0
            case _:
                raise QueryError(
                    tr("“is:{word}” is not known.", word=word),
                    tr("Use one of {STATES}.", STATES=", ".join(STATES)),
                )
    return keep


_SPECIAL: dict[str, Callable[[LineBook, Term], Bools]] = {
    "mineral": _minerals,
    "evidence": _evidence,
    "presence": _presence,
    "class": _class,
    "is": _states,
}


def _figures(book: LineBook, key: str) -> Floats | None:
    match key:
        case "spend" | "cost":
            return book.spend
        case "index":
            return book.index_high
        case "mass":
            return book.mass_g
        case "minerals":
            return np.diff(book.chip_start).astype(np.float64)
        case "row":
            return book.lines["row"].to_numpy(np.float64)
        case "qty":
            return book.lines["quantity"].to_numpy(np.float64)
    if key in NUMERIC_ROLES:
        return book.lines[NUMERIC_ROLES[key]].to_numpy(dtype=np.float64, na_value=np.nan)
    return None


def _number(value: str) -> float | None:
    try:
        return numbers.read(value)
    except ValueError:
        return None


def _compare(figures: Floats, term: Term) -> Bools:
    number = _number(term.value)
    if number is None:
        raise QueryError(
            tr(
                "“{value}” after {term}{sign} is not a number.",
                value=term.value,
                term=term.key,
                sign=term.sign,
            ),
            "Write it like 1000 or 2.5.",
        )
    with np.errstate(invalid="ignore"):
        match term.sign:
            case ">":
                return figures > number
            case "<":
                return figures < number
            case ">=":
                return figures >= number
            case "<=":
                return figures <= number
    keep = np.isclose(figures, number)
    for value in term.values[1:]:
        other = _number(value)
        if other is not None:
            keep |= np.isclose(figures, other)
    return keep


def _own_column(book: LineBook, key: str) -> int | None:
    names = [(_folded(c.heading), c.role.replace("_", " "), c.role) for c in book.columns]
    for number, column in enumerate(book.columns):
        if column.key.startswith("own:") and key in names[number]:
            return number
    for number, column in enumerate(book.columns):
        if column.key.startswith("own:") and names[number][0].startswith(key):
            return number
    return None
