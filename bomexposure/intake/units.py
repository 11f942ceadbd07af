"""Units of quantity and mass to SI, and what a header says about them."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from bomexposure.intake.words import currency_words, fold, unit_key, unit_words

SI = ("pc", "kg", "m", "m2", "m3")
_IN_BRACKETS = re.compile(r"[(\[（【{<]\s*([^)\]）】}>]+?)\s*[)\]）】}>]")
_AFTER_IN = re.compile(r"\b(?:in|en)\s+(\S{1,6})$", re.IGNORECASE)
_WORD_ENDS = re.compile(r"[\s_/.,:]+|(?<=[\u3040-\u9fff\uac00-\ud7af])(?=[A-Za-z])")
_PER_COUNT = re.compile(
    r"(?:/|\bper\b|\bpro\b|\bje\b|\bpar\b|\bpor\b|\bza\b|\bза\b|每)\s*"
    r"(\d[\d.,' ]*k?(?![a-z0-9])|\d[\d.,' ]*(?=[^\W\d])|%|[百千]"
    r"|(?:hundred|thousand|mille|mil|hundert|tausend|kpcs|kpc|k|c|тыс|tys|tsd)\b)",
    re.IGNORECASE,
)
_PRICE_UNIT = re.compile(
    r"(?:/|\bper\b|\bpro\b|\bje\b|\bpar\b|\bpor\b|\bza\b|\bза\b|每)\s*([^\W\d]{1,8}[²³23]?)(?=\s*[)\]）】]|\s*$)",
    re.IGNORECASE,
)
PER_PIECE = re.compile(
    r"\s*(?:/|\\|\b(?:per|pro|je|par|por|za)\b)\s*(?:stk|stck|stück|st|pcs?|pce|piece|pièce|each|ea|szt|ks|шт|個|个|件|台|只|개)\.?$"
    r"|\s*\b(?:per|pro|je|par|por|za)\s+(?:mj|me|j\.?\s?m|uom|um)\.?$",
    re.IGNORECASE,
)
"""The end of a header that gives its measure for one piece: 'Gewicht kg/Stk'."""
_PACK_OF = re.compile(
    r"(?:packs?|packets?|pkg|pk|pkt|box(?:es)?|bags?|reels?|rolls?|tubes?|trays?)\s*(?:of|/|-)\s*(\d{1,6})"
    r"(?:\s*(?:pcs?|ea|pieces?))?",
    re.IGNORECASE,
)
"""A unit that says what is in it: 'Pack of 50'."""


@lru_cache(maxsize=20_000)
def si_unit(text: str) -> tuple[str, float]:
    """The SI unit and the factor to it; ('pc', 1) for '', ('', nan) where not understood.

    Sets count as pieces; rolls and packs do where they say what is in them ("Pack of 50").
    """
    if not text.strip():
        return "pc", 1.0
    pack = _PACK_OF.fullmatch(text.strip())
    if pack:
        return "pc", float(pack.group(1)) or math.nan
    for form in (unit_key(text), unit_key(text.split("/")[0]), unit_key(text.split("(")[0])):
        unit, factor = unit_words().get(form, ("", math.nan))
        if unit == "set":
            return "pc", 1.0
        if unit in ("roll", "pack"):
            return "", math.nan
        if unit:
            return unit, factor
    return "", math.nan


@lru_cache(maxsize=2_000)
def mass_factor(text: str) -> float:
    """Grams in one unit of mass, such as 1000 for 'kg'; NaN where it is no unit of mass."""
    for form in (unit_key(text), unit_key(text.split("/")[0])):
        unit, factor = unit_words().get(form, ("", math.nan))
        if unit == "kg":
            return factor * 1000
    return math.nan


@lru_cache(maxsize=2_000)
def header_unit(header: str) -> str:
    """The unit or currency that a header names: 'kg' of 'Weight [kg]', 'EUR' of 'Preis in EUR'."""
    measure = PER_PIECE.sub("", header).strip()
    if measure and measure != header:
        alone = unit_key(measure) in unit_words() or unit_key(measure) in currency_words()
        unit = measure if alone else header_unit(measure)
        if unit:
            return unit
    candidates = _IN_BRACKETS.findall(header) + _AFTER_IN.findall(header)
    words = [w for w in _WORD_ENDS.split(header) if w]
    candidates += [words[-1]] if len(words) > 1 else []
    candidates += [
        w
        for w in words
        if w
        in (
            "EUR",
            "USD",
            "GBP",
            "CNY",
            "JPY",
            "CHF",
            "SEK",
            "PLN",
            "CZK",
            "TRY",
            "RUB",
            "KRW",
            "BRL",
            "INR",
        )
    ]
    candidates += re.findall(r"[€$£¥₩₹₽₺]", header)
    for candidate in candidates:
        for part in [candidate, *re.split(r"[/\s]", candidate)]:
            key = unit_key(part)
            if (
                not key
                or key.isdigit()
                or fold(part)
                in (
                    "no",
                    "nr",
                    "number",
                    "part",
                    "parts",
                    "item",
                    "qty",
                    "unit",
                    "units",
                    "set",
                    "code",
                    "lot",
                    "length",
                )
            ):
                continue
            if key in unit_words() or key in currency_words():
                return str(part).strip()
    return ""


@lru_cache(maxsize=2_000)
def header_mass_unit(header: str) -> str:
    """The unit of mass that a header names, also before what it is for: 'kg' of 'kg/1000 Stk'."""
    unit = header_unit(header)
    if mass_factor(unit) > 0:
        return unit
    return next((word for word in _WORD_ENDS.split(header) if mass_factor(word) > 0), unit)


@lru_cache(maxsize=2_000)
def header_per(header: str) -> float:
    """How many units a price's header says it buys: 100 of 'Price/100' or 'Preis pro 100 St'."""
    found = _PER_COUNT.search(header)
    if not found:
        return math.nan
    word = found.group(1).casefold().strip()
    if word in _NAMED_COUNTS:
        return _NAMED_COUNTS[word]
    digits = re.sub(r"[^\d]", "", word)
    number = float(digits or "nan") * (1000.0 if word.endswith("k") else 1.0)
    return number if number > 0 else math.nan


_NAMED_COUNTS = {
    **dict.fromkeys(("%", "hundred", "hundert", "c", "百"), 100.0),
    **dict.fromkeys(
        ("thousand", "tausend", "mille", "mil", "kpcs", "kpc", "k", "тыс", "tys", "tsd", "千"),
        1000.0,
    ),
}


@lru_cache(maxsize=2_000)
def header_price_unit(header: str) -> str:
    """The measure that a price's header is for: 'kg' of 'Preis/kg', 'M' of 'Price/M'; else ''."""
    found = _PRICE_UNIT.search(PER_PIECE.sub("", header))
    unit = found.group(1) if found else ""
    if unit_key(unit) in currency_words():
        return ""
    return unit if si_unit(unit)[0] in ("kg", "m", "m2", "m3") and unit else ""


_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|[€£₩₹₽₺$¥￥元]")


@lru_cache(maxsize=2_000)
def header_currency(header: str) -> str:
    """The currency that a price's header names beside its unit: '€' of '€ / 1000 Stk'; else ''."""
    unit = header_unit(header)
    if currency_code(unit):
        return unit
    return next((word for word in _CODE.findall(header) if currency_code(word)), "")


@lru_cache(maxsize=20_000)
def currency_code(text: str) -> str:
    """ISO 4217 code of a currency cell or header part, '' where it is none."""
    return currency_words().get(unit_key(text), "")
