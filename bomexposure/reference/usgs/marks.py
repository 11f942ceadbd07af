"""The marks that USGS prints in place of a number, and numbers with bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_NUMBER = ("W", "NA", "XX", "E", "s")
"""Withheld; not available; not applicable; net exporter; small or distorted."""

_ZERO = ("—", "--", "-", "–", "−")
_NUMBER = re.compile(r"([<>≤≥]?)\s*(\d[\d,]*(?:\.\d+)?|\.\d+)")
_RANGE = re.compile(r"\d[\d,]*\s*(?:-|–|—|to)\s*\d[\d,]*")
_WORDS = re.compile(r"(?:very )?(?:large|moderate|small)", re.I)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed cell.

    Attributes:
        number: the plain number, None for a mark, a word or a range.
        flag: "" a plain number, "zero" a dash, "<" or ">" a bound, a mark of NO_NUMBER, "range",
            "text" for words such as "Large", "unreadable" for anything else.
    """

    number: float | None
    flag: str


def read_mark(cell: str) -> Printed:
    """What a printed cell says."""
    text = cell.strip()
    if text in NO_NUMBER:
        return Printed(None, text)
    if text in _ZERO:
        return Printed(0.0, "zero")
    if not text:
        return Printed(None, "NA")
    found = _NUMBER.fullmatch(text)
    if found:
        return Printed(float(found.group(2).replace(",", "")), found.group(1))
    if _RANGE.fullmatch(text):
        return Printed(None, "range")
    return Printed(None, "text" if _WORDS.fullmatch(text) else "unreadable")


def reliance_bounds(cell: str) -> tuple[float, float] | None:
    """Low and high of a printed net import reliance, percent; None where none is given.

    `E` (net exporter) is 0, `s` lies below half a percent, `>75` is 75 to 100 and `<25` 0 to 25.
    """
    mark = read_mark(cell)
    if mark.flag == "E":
        return 0.0, 0.0
    if mark.flag == "s":
        return 0.0, 0.5
    if mark.number is None:
        return None
    if mark.flag == ">":
        return mark.number, 100.0
    if mark.flag == "<":
        return 0.0, mark.number
    return mark.number, mark.number


def share_bounds(cell: str) -> tuple[float, float] | None:
    """Low and high of a printed share, percent; None where no number is printed."""
    mark = read_mark(cell)
    if mark.number is None:
        return None
    if mark.flag == ">":
        return mark.number, 100.0
    if mark.flag == "<":
        return 0.0, mark.number
    return mark.number, mark.number


def plain(number: float | None, places: int = 6) -> str:
    """A number as the CSV files hold it: no exponent, no trailing zeros; "" for None."""
    if number is None:
        return ""
    rounded = round(number, places)
    if rounded == int(rounded):
        return str(int(rounded))
    return f"{rounded:.{places}f}".rstrip("0").rstrip(".")


def share_text(share: float | None) -> str:
    """A share with one decimal, two below one percent."""
    if share is None:
        return ""
    return plain(share, 2 if 0 < abs(share) < 1 else 1)
