"""Terms of the filter language: read from a text, written into one.

`key:value`, `key>value` or words alone; `|` between values means "or"; a leading minus takes
matches away; quotes keep a value together, and `""` inside them is one quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One term.

    Attributes:
        key: casefolded name of what is compared, '' for free words.
        sign: one of ':', '=', '>', '<', '>=', '<='.
        values: any of them may match; none where the value is not written yet.
    """

    key: str
    sign: str
    values: tuple[str, ...]
    negated: bool = False

    @property
    def value(self) -> str:
        """The first value, '' without one."""
        return self.values[0] if self.values else ""

    def text(self) -> str:
        """The term as one writes it."""
        key = f'"{self.key}"' if self.key and not _PLAIN_KEY.fullmatch(self.key) else self.key
        words = "|".join(map(quoted, self.values))
        return f"{'-' if self.negated else ''}{key}{self.sign if key else ''}{words}"


_VALUE = r'(?:"(?:[^"]|"")*"|[^\s|]*)'
_VALUES = rf"{_VALUE}(?:\|{_VALUE})*"
_PIECE = re.compile(
    rf"""-?(?P<key>[\w./%-]+|"[^"]+")(?P<sign>>=|<=|[:><=])(?P<value>{_VALUES})"""
    rf"""|-?(?P<words>{_VALUES})"""
)
_PLAIN_KEY = re.compile(r"[\w./%][\w./%-]*")
_PLAIN_VALUE = re.compile(r'[^\s|"][^\s|]*')


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a filter text."""
    return tuple(term for term, _start, _end in _pieces(text))


def replaced(text: str, key: str, term: Term | None) -> str:
    """A filter text with `term` in the place of those that name exact values of `key`."""
    kept, last = [], 0
    for old, start, end in _pieces(text):
        if old.key == key and old.sign == "=" and not old.negated:
            kept.append(text[last:start])
            last = end
    kept.append(text[last:])
    parts = [part for part in (one.strip() for one in kept) if part]
    return " ".join([*parts, term.text()] if term is not None else parts)


def _pieces(text: str) -> Iterator[tuple[Term, int, int]]:
    """Terms with where they stand."""
    for piece in _PIECE.finditer(text):
        negated = piece[0].startswith("-") and len(piece[0]) > 1
        if piece["key"]:
            key = _key(piece["key"].lstrip("-"))
            yield Term(key, piece["sign"], _values(piece["value"]), negated), *piece.span()
            continue
        values = tuple(value for value in _values(piece["words"] or piece[0]) if value)
        if values:
            yield Term("", ":", values, negated), *piece.span()


def _key(written: str) -> str:
    """Folded, and with single blanks: heads of two rows are written in one."""
    return " ".join(written.strip('"').casefold().split())


def _values(written: str) -> tuple[str, ...]:
    if not written:
        return ()
    parts = re.findall(rf"(?:^|\|)({_VALUE})", written)
    return tuple(_unquoted(one) for one in parts if one)  # an empty value is written as two quotes


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('""', '"')
    return value.removeprefix('"')  # not closed yet


def quoted(value: str) -> str:
    """A value as it is written after a key."""
    if _PLAIN_VALUE.fullmatch(value):
        return value
    return '"{}"'.format(value.replace('"', '""'))
