"""The filter field's language: words, and `mineral:gallium spend>1000 evidence:assumed`.

Terms are joined by "and"; `|` inside a term means "or"; a leading minus takes matches away;
quotes keep words together. Any column of the sheet can be named by its header or its role.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bomexposure.gui.linebook import NUMERIC_ROLES, Bools, Floats, LineBook
from bomexposure.model.content import EVIDENCE, PRESENCE
from bomexposure.model.errors import BomExposureError
from bomexposure.present import numbers
from bomexposure.present.words import tr


class QueryError(BomExposureError):
    """A filter that cannot be understood; the table keeps its last filter."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `key` '' for free words; `sign` one of ':', '>', '<', '>=', '<=', '='."""

    key: str
    sign: str
    value: str
    negated: bool = False


_PIECE = re.compile(
    r"""-?(?P<key>[\w./%-]+|"[^"]+")(?P<sign>>=|<=|[:><=])(?P<value>"[^"]*"|\S*)"""
    r"""|-?(?P<phrase>"[^"]*")|(?P<word>\S+)"""
)

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
    ("-mineral:copper", "a minus takes matches away"),
)
"""Examples with their meaning, for the tooltip and the keys page."""


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a filter text."""
    terms = []
    for piece in _PIECE.finditer(text):
        negated = piece[0].startswith("-") and len(piece[0]) > 1
        if piece["key"]:
            key = piece["key"].lstrip("-").strip('"').casefold()
            terms.append(Term(key, piece["sign"], piece["value"].strip('"'), negated))
        else:
            word = piece[0].removeprefix("-" if negated else "").strip('"')
            terms.append(Term("", ":", word, negated))
    return tuple(term for term in terms if term.value or term.key)


def mask(book: LineBook, text: str) -> Bools:
    """Which lines a filter keeps. Raises QueryError for a key or value that has no meaning."""
    keep = np.ones(book.count, dtype=np.bool_)
    for term in parse(text):
        hits = _hits(book, term)
        keep &= ~hits if term.negated else hits
    return keep


def _hits(book: LineBook, term: Term) -> Bools:
    if not term.key:
        return _in_any_cell(book, term.value)
    if term.key in _SPECIAL and term.sign in (":", "="):
        return _SPECIAL[term.key](book, term)
    figures = _figures(book, term.key)
    if figures is not None and (term.sign != ":" or _number(term.value) is not None):
        return _compare(figures, term)
    column = _own_column(book, term.key)
    if column is not None:
        return _contains(book, column, term.value)
    raise QueryError(
        tr("“{term}” is not known here.", term=term.key),
        tr("Use a column of your sheet, or one of {KEYS}.", KEYS=", ".join(KEYS)),
    )


def _in_any_cell(book: LineBook, value: str) -> Bools:
    """Lines whose cells hold one of the words, found in the one prepared text of them all."""
    words = [word.casefold().encode("utf-8", "surrogatepass") for word in value.split("|") if word]
    if not words:
        return np.ones(book.count, dtype=np.bool_)
    keep = np.zeros(book.count, dtype=np.bool_)
    for word in words:
        keep |= _holding_word(book, word)
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


def _contains(book: LineBook, column: int, value: str) -> Bools:
    """Lines whose cell of a column holds one of the words; equal cells are looked at once."""
    words = [word.casefold() for word in value.split("|") if word]
    if not words:
        return np.ones(book.count, dtype=np.bool_)
    places, _plain, folded = book.words(column)
    hits = np.zeros(len(folded), dtype=np.bool_)
    for word in words:
        hits |= np.fromiter((word in text for text in folded), np.bool_, len(folded))
    return hits[places]


def _minerals(book: LineBook, term: Term) -> Bools:
    keep = np.zeros(book.count, dtype=np.bool_)
    for word in term.value.casefold().split("|"):
        known = list(zip(book.minerals, book.symbols, book.names, strict=True))
        wanted = [mineral for mineral, symbol, _ in known if word in (mineral, symbol.casefold())]
        if not wanted and word:
            wanted = [mineral for mineral, _, name in known if word in name.casefold()]
        for mineral in wanted:
            keep |= book.holding(mineral)
    return keep


def _evidence(book: LineBook, term: Term) -> Bools:
    codes = [_code(word, EVIDENCE, "evidence") for word in term.value.casefold().split("|")]
    return np.isin(book.evidence, codes) & book.counted


def _presence(book: LineBook, term: Term) -> Bools:
    codes = [_code(word, PRESENCE, "presence") for word in term.value.casefold().split("|")]
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
    return _contains(book, column, term.value)


def _states(book: LineBook, term: Term) -> Bools:
    keep = np.zeros(book.count, dtype=np.bool_)
    for word in term.value.casefold().split("|"):
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
    return np.isclose(figures, number)


def _own_column(book: LineBook, key: str) -> int | None:
    names = [(c.heading.casefold(), c.role.replace("_", " "), c.role) for c in book.columns]
    for number, column in enumerate(book.columns):
        if column.key.startswith("own:") and key in names[number]:
            return number
    for number, column in enumerate(book.columns):
        if column.key.startswith("own:") and column.heading.casefold().startswith(key):
            return number
    return None
