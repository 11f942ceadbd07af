"""Words of the trade as data: what headers, marks and units are called in fifteen languages."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache

from bomexposure.model.resources import resource

IGNORED = "-"
"""The role of columns that are known and not read, such as a date; it keeps them from others."""

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ё": "е"})
_BREAKS = re.compile(r"[^\w#%]+|_+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """`text` as it is compared: no case, width, Latin accents or punctuation; single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        text = "".join(_without_accent(char) for char in text).translate(_PLAIN)
    return " ".join(_BREAKS.sub(" ", text.replace("#", " # ").replace("%", " % ")).split())


def _without_accent(char: str) -> str:
    if "\u0300" <= char <= "\u036f":
        return ""
    if char < "\u0250" or "\u1e00" <= char <= "\u1eff":
        return "".join(
            c for c in unicodedata.normalize("NFKD", char) if not "\u0300" <= c <= "\u036f"
        )
    return char


def squeeze(text: str) -> str:
    """`fold` without spaces, so that 'PartNumber', 'Part_Number' and 'part number' agree."""
    return fold(text).replace(" ", "")


def is_cjk(text: str) -> bool:
    return _CJK.search(text) is not None


@cache
def header_words() -> dict[str, dict[str, float]]:
    """Squeezed header phrase -> role -> weight (0 to 1), over all languages."""
    table: dict[str, dict[str, float]] = {}
    for role, phrase, weight in _header_rows():
        roles = table.setdefault(squeeze(phrase), {})
        roles[role] = max(weight, roles.get(role, 0.0))
    return table


@cache
def header_phrases() -> dict[tuple[str, ...], dict[str, float]]:
    """Tokens of each spaced phrase -> role -> weight, to be found inside longer headers."""
    table: dict[tuple[str, ...], dict[str, float]] = {}
    for role, phrase, weight in _header_rows():
        tokens = tuple(fold(phrase).split())
        if tokens and (len(tokens) > 1 or len(tokens[0]) > 2):
            roles = table.setdefault(tokens, {})
            roles[role] = max(weight, roles.get(role, 0.0))
    return table


@cache
def cjk_phrases() -> tuple[tuple[str, dict[str, float]], ...]:
    """Squeezed phrases in scripts without word breaks, longest first."""
    found = [(k, v) for k, v in header_words().items() if is_cjk(k) and len(k) > 1]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))


@cache
def _header_rows() -> tuple[tuple[str, str, float], ...]:
    rows = []
    with resource("knowledge", "header_words.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for word in row["words"].split("|"):
                phrase, _, weight = word.partition("=")
                rows.append((row["role"], phrase, float(weight or 1)))
    return tuple(rows)


@cache
def marks(kind: str) -> frozenset[str]:
    """Squeezed words of one kind from knowledge/intake/marks.csv, such as 'total'."""
    found: set[str] = set()
    with resource("knowledge", "intake", "marks.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["kind"] == kind:
                found.update(squeeze(word) for word in row["words"].split("|"))
    return frozenset(found - {""})


@cache
def unit_words() -> dict[str, tuple[str, float]]:
    """Unit as written (no case, no blanks, no final dot) -> SI unit and factor to it."""
    table = {}
    with resource("knowledge", "intake", "units.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for word in row["words"].split("|"):
                table[unit_key(word)] = (row["unit"], float(row["factor"]))
    return table


@lru_cache(maxsize=20_000)
def unit_key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "").rstrip(".")


@cache
def currency_words() -> dict[str, str]:
    """Currency sign, word or code, folded as a unit -> ISO 4217 code."""
    table = {}
    with resource("knowledge", "intake", "currencies.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        for row in csv.DictReader(handle):
            table[unit_key(row["code"])] = row["code"]
            for word in row["words"].split("|"):
                if word:
                    table[unit_key(word)] = row["code"]
    return table
