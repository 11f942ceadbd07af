"""Numbers of products in headers: a price at several volumes, a total for a run of products.

"Price @1 | @100 | @1k" are one price at three volumes; "Total for 100" is no figure of one product.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from bomexposure.intake.headers import roles_of, says_total
from bomexposure.intake.looks import Look
from bomexposure.intake.presets import CERTAIN
from bomexposure.intake.words import IGNORED, currency_words, unit_key

Named = list[dict[str, float]]

_CURRENCY = re.compile(r"[(\[]\s*([^)\]\d]{1,8})\s*[)\]]")
_FOR = r"for|für|fuer|pour|para|per|pro|za|dla|na|на|x|×"
_AT = r"@|at|ab|from|bei|à|a|od|da|dès|desde|от|qty|q|≥|>=|/|[(\[]"
_COUNT = re.compile(
    rf"(?P<stem>.*?)\s*(?:(?P<for>(?<!\w)(?:{_FOR})(?![^\W\d]))|(?P<at>@|≥|>=|/|[(\[]|(?<!\w)(?:{_AT})(?![^\W\d])))?\s*"
    r"[(\[]?\s*(?P<number>\d{1,3}(?:[., ']\d{3})+|\d+)\s*(?P<kilo>k)?\s*(?P<plus>\+)?\s*"
    r"(?P<unit>pcs?|pieces?|stk|stck|stück|st|ea|each|units?|uds|szt|ks|pz|шт|个|件|個|台|개"
    r"|boards?|pcbs?|sets?|kits?|assemblies|products?|devices?|systems?|machines?|geräte|platinen|sätze)?\.?\s*[)\]]?",
    re.IGNORECASE,
)  # fmt: skip

FEW = 10
"""Prices numbered below this are of several makers ("Price 1", "Price 2"), not of volumes."""


@lru_cache(maxsize=5_000)
def volume_of(header: str) -> tuple[str, str, float]:
    """What a header says before a number of pieces, how it is joined ('for', 'at', '') and the
    number: ('Price', 'at', 1000.0) of "Price @1k"; ('', '', nan) where it ends in none."""
    text = " ".join(header.split())
    for found in _CURRENCY.finditer(text):
        if unit_key(found.group(1)) in currency_words():
            text = text.replace(found.group(0), " ").strip()
    match = _COUNT.fullmatch(text)
    if match is None:
        return "", "", math.nan
    digits = re.sub(r"\D", "", match.group("number"))
    number = float(digits) * (1000.0 if match.group("kilo") else 1.0)
    joined = (
        "for" if match.group("for") else "at" if match.group("at") or match.group("plus") else ""
    )
    return match.group("stem").strip(" -_:.,"), joined, number if number > 0 else math.nan


def run_of(header: str) -> float:
    """For how many products a header says its figures are: 100 of "Total for 100"; else NaN."""
    _, joined, number = volume_of(header)
    return number if joined == "for" and number > 1 else math.nan


def price_breaks(headers: Sequence[str], looks: Sequence[Look]) -> dict[int, float]:
    """Columns of one price at several volumes -> the volume; empty where there is but one."""
    groups: dict[str, dict[int, float]] = {}
    for column, (header, look) in enumerate(zip(headers, looks, strict=True)):
        stem, joined, number = volume_of(header)
        if not math.isfinite(number) or look.numeric < 0.6 or says_total(header):
            continue
        says = roles_of(stem) if stem else {}
        price = says.get("unit_cost", 0.0) >= 0.5 and says.get("quantity", 0.0) < 0.5
        if price or (not stem and joined == "at"):
            groups.setdefault(stem.casefold(), {})[column] = number
    best: dict[int, float] = {}
    for stem, columns in groups.items():
        volumes = set(columns.values())
        plain = all(volume_of(headers[column])[1] == "" for column in columns)
        several = len(volumes) == len(columns) > 1 and max(volumes) >= FEW * (10 if plain else 1)
        if several and (len(columns) > len(best) or (stem and not best)):
            best = columns
    return best


def choose_price(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """Of one price at several volumes, read that of the printed line totals, else of the fewest."""
    breaks = price_breaks(headers, looks)
    if not breaks:
        return
    totals = {
        column: volume_of(header)[2]
        for column, (header, look) in enumerate(zip(headers, looks, strict=True))
        if says_total(header) and look.numeric > 0.6
    }
    fitting = [column for column, volume in breaks.items() if volume in totals.values()]
    chosen = min(fitting or breaks, key=lambda column: breaks[column])
    for column in breaks:
        named[column] = {"unit_cost": CERTAIN} if column == chosen else {IGNORED: 0.9}
    for column, volume in totals.items():
        if breaks[chosen] in totals.values() and volume != breaks[chosen] and volume == volume:
            named[column] = {IGNORED: 0.9}


def take_run_for_quantity(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """Where no header names a quantity, whole numbers "for 100" are a hundred times one."""
    if any(roles.get("quantity", 0.0) >= 0.5 for roles in named):
        return
    for column, header in enumerate(headers):
        look = looks[column]
        if run_of(header) > 1 and says_total(header) and look.integer > 0.95 and look.money < 0.1:
            named[column] = {"quantity": 0.75}
            return
