"""Numbers as people write them: `1.234,56`, `1,8 m`, `12个`, `6,53/20 pcs`, `ca. 3`, `½`.

Works on the distinct texts of a column. Which of comma and point is the decimal mark is decided
once for a column from what its cells show, then from the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bomexposure.intake.grid import Cells, Numbers, Texts
from bomexposure.intake.words import currency_words, marks, squeeze, unit_key, unit_words

_SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u2009\u202f\u3000\t\n\r", " "))
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "‒": "-", "﹣": "-", "－": "-", "＋": "+"})
_WIDE = str.maketrans("０１２３４５６７８９．，／％", "0123456789.,/%")
_HALVES = {
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "⅕": "1/5",
}  # fmt: skip
_ABOUT = re.compile(
    r"^(?:approx(?:imately|\.)?|about|circa|ca\.?|env(?:iron|\.)?|aprox\.?|etwa|rund|~|≈|約|约|大约|"
    r"약|около|ок\.|cirka|c:a|ok\.|przybl\.|cca\.?|yaklaşık|max\.?|min\.?|up to|bis zu|[<>≤≥=]+)\s*",  # noqa: E501
    re.IGNORECASE,
)
_NUMBER = r"[+-]?(?:\d[\d.,' ’`]*\d|\d|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(
    rf"^({_NUMBER})\s*(?:-|…|\.{{2,3}}|to|bis|à|a|до|～|〜|~)\s*({_NUMBER})(?![\d/])(.*)$", re.I
)
_MIXED = re.compile(r"^([+-]?\d+)\s+(\d+)\s*/\s*(\d+)(.*)$")
_FRACTION = re.compile(r"^([+-]?\d+)\s*/\s*(\d+)(.*)$")
_TIMES = re.compile(rf"^({_NUMBER})\s*[x×*]\s*({_NUMBER})\s*([^\W\d].*|[\"'″]?)$", re.IGNORECASE)
_PER = re.compile(
    rf"(?:/|\bper\b|\bpro\b|\bpar\b|\bpor\b|\bje\b|\bza\b|\bза\b|\bà\b)\s*({_NUMBER})?\s*(.*)$",
    re.I,
)


_PACK_OF = re.compile(
    r"[\s,(\[]*(?:packs?|pkg|pk|pkt|box|bag|reel|lot|bundle|set)\s*(?:of|à|a)\s*(\d{1,6})\s*[)\]]*$",
    re.IGNORECASE,
)
"""'8.99 (pack of 50)': what a price buys."""
_SUM = re.compile(r"(\d{1,5}(?:\s*\+\s*\d{1,5})+)(?:\s*\(?[^\W\d]+\)?)?")
"""'2+1', '2+1 spare': what is bought for one product."""
_PRODUCT = re.compile(r"(\d{1,5})\s*[x×*]\s*(\d{1,5})", re.IGNORECASE)
_PRICES = re.compile(
    r"((?:[^\d\s-]{1,4}\s*)?\d[\d.,' ]*?)\s*(?:-|to|bis|～|~)\s*((?:[^\d\s-]{1,4}\s*)?\d.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One cell understood as a number.

    Attributes:
        value: NaN where there is no number, or none was meant ("as required").
        unit: what stands beside the number, as written ("m", "个", "pcs"), "" where nothing.
        currency: ISO 4217 code of a sign or code beside the number.
        per: how many units the number buys ("6,53/20 pcs" is per 20); NaN where not said.
        kind: 'number', 'blank', 'as required', 'range', 'unreadable'.
    """

    value: float
    unit: str = ""
    currency: str = ""
    per: float = float("nan")
    kind: str = "number"


LARGEST = 1e15
"""No amount of a BOM is larger; what is, came from a spoilt cell and would end as infinity."""
_BLANK = Amount(float("nan"), kind="blank")
_REQUIRED = Amount(float("nan"), kind="as required")
_UNREADABLE = Amount(float("nan"), kind="unreadable")


@lru_cache(maxsize=100_000)
def parse(text: str, decimal: str = ".", money: bool = False) -> Amount:
    """The number in a cell's text, with `decimal` as its decimal mark.

    In money a slash or "per" says what the price buys; elsewhere `1/2` is a half.
    """
    text = text.translate(_SPACES).translate(_SIGNS).translate(_WIDE).strip()
    if not text or squeeze(text) in ("", "~") or squeeze(text) in _nothing():
        return _BLANK if not text or squeeze(text) not in marks("as-required") else _REQUIRED
    if squeeze(text) in marks("as-required"):
        return _REQUIRED
    for char, spelled in _HALVES.items():
        if char in text:
            text = text.replace(char, f" {spelled}").strip()
    text = _ABOUT.sub("", text).strip()
    if text.startswith("(") and text.endswith(")") and _ONE.search(text):
        inner = parse(text[1:-1], decimal, money)
        return Amount(-inner.value, inner.unit, inner.currency, inner.per, inner.kind)
    per, measure = float("nan"), ""
    if money:
        prices = _PRICES.fullmatch(text)
        if prices:
            least, most = (parse(part, decimal, True) for part in prices.groups())
            if least.value < most.value:
                currency = least.currency or most.currency
                return Amount((least.value + most.value) / 2, "", currency, most.per, "range")
        text, per, measure = _take_per(text, decimal)
    else:
        for pattern in (_MIXED, _FRACTION):
            found = pattern.match(text)
            if found and int(found.group(found.lastindex - 1 if found.lastindex else 1)):
                *whole, top, bottom = (int(g) for g in found.groups()[:-1])
                base = abs(whole[0]) if whole else 0
                value = (base + abs(top) / bottom) * (-1 if text.startswith("-") else 1)
                return Amount(value, found.group(found.lastindex or 1).strip(" .)"))
        times = _TIMES.match(text)
        if times and times.group(3).strip() and unit_key(times.group(3)) in unit_words():
            product = _value(times.group(1), decimal) * _value(times.group(2), decimal)
            return Amount(product, times.group(3).strip())
        sum_ = _SUM.fullmatch(text)
        if sum_:
            parts = [_value(part, decimal) for part in re.split(r"\s*\+\s*", sum_.group(1))]
            return Amount(sum(parts), "")
        pair = _PRODUCT.fullmatch(text)
        if pair:
            return Amount(_value(pair.group(1), decimal) * _value(pair.group(2), decimal))
        span = _RANGE.match(text)
        if span:
            low, high = _value(span.group(1), decimal), _value(span.group(2), decimal)
            if low < high:
                return Amount((low + high) / 2, span.group(3).strip(), kind="range")
    found = _ONE.search(text)
    if not found:
        return _UNREADABLE
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    value = _value(found.group(), decimal)
    if after == "-" or after.startswith("- "):
        value, after = -value, after[1:].strip()
    if before == "-":
        value, before = -value, ""
    unit, currency = _beside(before, after)
    if unit is None or value != value:
        return _UNREADABLE
    return Amount(value, measure or unit, currency, per)


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return frozenset(marks("placeholder") | {"", "-"})


def _take_per(text: str, decimal: str) -> tuple[str, float, str]:
    """The price alone, how many it buys (NaN where not said), and of what measure: 'kg', 'm'."""
    pack = _PACK_OF.search(text)
    if pack and _ONE.search(text[: pack.start()]):
        return text[: pack.start()].strip(), float(pack.group(1)) or float("nan"), ""
    found = _PER.search(text)
    if not found or not _ONE.search(text[: found.start()]):
        return text, float("nan"), ""
    count, words = found.group(1), found.group(2).strip(" .()")
    per = _value(count, decimal) if count else 1.0
    unit = unit_words().get(unit_key(words))
    if unit and unit[0] == "pc" and unit[1] > 1:
        per *= unit[1]
    measure = words if unit and unit[0] in ("kg", "m", "m2", "m3") else ""
    return text[: found.start()].strip(), per if per > 0 else float("nan"), measure


def _beside(before: str, after: str) -> tuple[str | None, str]:
    """Unit and currency from what stands around a number; None where it is a phrase instead."""
    currencies = currency_words()
    currency, unit = "", ""
    before = before.strip(" .:(")
    if before:
        key = unit_key(before)
        if key in currencies:
            currency = currencies[key]
        elif key in ("x", "×", "qty", "je", "a", "à", "kr"):
            pass  # a crown may be Swedish, Norwegian or Danish: which is not said
        elif key in unit_words():
            unit = before
        else:
            return None, ""
    after = "" if after.startswith("/") else _aside(after).strip(" ()[]")  # "1 / board" is one
    if after.startswith((",-", ".-", ".--", ",--")):
        after = after.lstrip(",.-").strip()
    if after:
        first = after.split()[0] if " " in after else after
        for words in (after, first):
            key = unit_key(words.strip(" ,;()"))
            if not currency and key in currencies and key not in ("en", "rand"):
                currency = currencies[key]
                break
            if key in unit_words():
                unit = words.strip(" ,;()")
                break
            if key in ("x", "×", "off", "%", "percent", "prozent"):
                break
        else:
            if len(after) > 24 or len(after.split()) > 3:
                return None, ""
            unit = after
    return unit, currency


def _aside(after: str) -> str:
    """What stands behind a number without a remark in brackets: '4 (2 per side)' counts four."""
    found = _REMARK.fullmatch(after)
    inside = unit_key(found.group(1)) if found else ""
    known = inside in unit_words() or inside in currency_words()
    return "" if found and " " in found.group(1).strip() and not known else after


_REMARK = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_INDIAN = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def _value(token: str, decimal: str) -> float:
    digits, _, power = token.replace("E", "e").partition("e")
    sign = -1.0 if digits.startswith("-") else 1.0
    digits = re.sub(r"[ '’`+-]", "", digits)
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        if digits.rfind(",") > digits.rfind("."):
            digits = digits.replace(".", "").replace(",", ".")
        else:
            digits = digits.replace(",", "")
    elif commas > 1 or points > 1:
        digits = digits.replace(",", "").replace(".", "")
    elif commas:
        thousands = decimal == "." and _INDIAN.fullmatch(digits) and not digits.startswith("0")
        digits = digits.replace(",", "" if thousands else ".")
    elif points and decimal == "," and _POINTED.fullmatch(digits) and not digits.startswith("0"):
        digits = digits.replace(".", "")
    try:
        return sign * float(digits) * 10.0 ** int(power or 0)
    except (ValueError, OverflowError):
        return float("nan")


def decimal_votes(texts: Iterable[object]) -> tuple[int, int, int]:
    """How many texts show a decimal comma, a decimal point, and neither (a bare whole number)."""
    comma = point = whole = 0
    for text in texts:
        found = _ONE.search(str(text).translate(_SPACES))
        if not found:
            continue
        token = re.sub(r"[ '’`+-]", "", found.group())
        commas, points = token.count(","), token.count(".")
        if commas and points:
            if token.rfind(",") > token.rfind("."):
                comma += 3
            else:
                point += 3
        elif commas == 1:
            comma += 3 if len(token) - token.index(",") != 4 or token.startswith("0,") else 0
        elif points == 1:
            point += 3 if len(token) - token.index(".") != 4 or token.startswith("0.") else 0
        elif commas > 1:
            point += 3
        elif points > 1:
            comma += 3
        elif token.strip("0"):
            whole += 1
    return comma, point, whole


def decimal_of(cells: Cells, file_mark: str, whole_money: bool = False) -> str:
    """The decimal mark of one column; `file_mark` ('' unknown) decides where the column does not.

    `whole_money` says that the cells are money without decimals, such as won: 12,500 is no 12.5.
    Else a column in which every number has exactly three digits behind one mark ("1,000", "4,000")
    holds decimals: real thousands would stand beside whole numbers without a mark.
    """
    texts = [
        str(t) for t, n in zip(cells.texts, cells.numbers, strict=True) if n != n and str(t).strip()
    ]
    comma, point, whole = decimal_votes(texts[:5000])
    if comma != point:
        return "," if comma > point else "."
    threes = [m.group(1) for t in texts[:5000] if (m := re.search(r"\d([.,])\d{3}(?!\d)", t))]
    if whole_money and len(set(threes)) == 1:
        return "." if threes[0] == "," else ","
    if file_mark:
        return file_mark
    if threes and not whole and len(set(threes)) == 1:
        return threes[0]
    return "."


@dataclass(frozen=True, slots=True)
class Amounts:
    """A parsed column: one entry per distinct cell; index with `cells.codes` for rows."""

    value: Numbers
    unit: Texts
    currency: Texts
    per: Numbers
    kind: Texts


def parse_cells(cells: Cells, decimal: str, money: bool = False) -> Amounts:
    """Parse each distinct cell once; cells that the sheet holds as numbers are taken as they are."""  # noqa: E501
    count = len(cells.texts)
    value, per = np.full(count, np.nan), np.full(count, np.nan)
    unit, currency, kind = (np.full(count, "", dtype=object) for _ in range(3))
    for i in range(count):
        if cells.numbers[i] == cells.numbers[i]:
            value[i], kind[i] = cells.numbers[i], "number"
            continue
        amount = parse(str(cells.texts[i]), decimal, money)
        value[i], unit[i], currency[i] = amount.value, amount.unit, amount.currency
        per[i], kind[i] = amount.per, amount.kind
    absurd = np.abs(value) > LARGEST
    value[absurd], kind[absurd] = np.nan, "unreadable"
    return Amounts(value, unit, currency, per, kind)
