"""The wording of numbers, ranges, marks, money, mass and dates: one place for every output.

Two or three figures that mean something; unknown is a word; a share that is not all never reads
100 %, and one that is not nothing never reads 0 %. Files always get a point and commas; the window
speaks with the marks of the user's locale, on screen only (speech.py).
"""

from __future__ import annotations

import math
import re
from datetime import date
from numbers import Real
from typing import Any

from bomexposure.present.speech import FIXED as FIXED
from bomexposure.present.speech import Marks as Marks
from bomexposure.present.speech import marks as marks
from bomexposure.present.speech import speak as speak
from bomexposure.present.speech import spoken as spoken
from bomexposure.present.words import plural, tr

UNKNOWN = "unknown"
NOT_PUBLISHED = "not published"
NOT_STATED = "not stated"
WITHHELD = "withheld"

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "KRW": "₩", "INR": "₹"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def marked(words: str) -> str:
    """Words with points and commas as a file has them, in the marks in use.

    >>> with spoken(Marks(",", ".")): marked("2,312.50")
    '2.312,50'
    """
    now = marks()
    if now is FIXED:
        return words
    return words.translate({ord("."): now.decimal, ord(","): now.group})


_FIGURES = re.compile(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+")


def marked_within(words: str) -> str:
    """A sentence with its figures in the marks in use.

    >>> with spoken(Marks(",", ".")): marked_within("Holds 30.6 % of 1,200 t, in 2025.")
    'Holds 30,6 % of 1.200 t, in 2025.'
    """
    return _FIGURES.sub(lambda found: marked(found.group()), words)


def whole(value: float) -> str:
    """A count or an amount in whole units: '13,187'."""
    return _minus(marked(f"{value:,.0f}"))


def read(words: str) -> float:
    """A number as the user writes it, in the marks in use or as a file has it.

    Raises ValueError for what is no number.

    >>> read("1,200.5"), read("12")
    (1200.5, 12.0)
    """
    # Arabic marks stand with Arabic digits, which float() reads
    text = words.strip().replace("−", "-").replace("٬", "").replace("٫", marks().decimal)
    for blank in (" ", "\u00a0", "\u202f"):
        text = text.replace(blank, "")
    now = marks()
    if now.decimal == ".":
        text = text.replace("'", "").replace("’", "")
        if _COMMA_THOUSANDS.fullmatch(text):
            return float(text.replace(",", ""))
        # "2,5" is nobody's twenty-five
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    if now.decimal in text:
        return float(text.replace(now.group, "").replace(now.decimal, "."))
    if now.group == "." and _THOUSANDS.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text if now.group == "." else text.replace(now.group, ""))


_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
"""'1.200' where points part thousands; '2.5' and '0.1234' are decimals everywhere."""
_COMMA_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")
"""'1,200' where commas part thousands; '2,5' is a decimal there too."""


def known(value: object) -> bool:
    """Whether a figure is there: not None, not NaN, not NA."""
    return isinstance(value, Real) and not math.isnan(float(value))


def figure(value: float) -> str:
    """A plain number with three significant figures, or all digits of the whole part.

    >>> figure(2.5813), figure(11234.4), figure(0.00321)
    ('2.58', '11,234', '0.00321')
    """
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size >= 2:
        return whole(value)
    decimals = 2 - size
    if round(abs(value), decimals) >= 10.0 ** (size + 1):
        decimals -= 1
    words = f"{value:.{max(decimals, 0)}f}"
    return _minus(marked(words.rstrip("0").rstrip(".") if "." in words else words))


def tick(value: float) -> str:
    """A figure at an axis: '500', '2.5 million'."""
    if abs(value) < 1e6:
        return figure(value)
    return tr("{figure} million", figure=figure(value / 1e6))


def percent_figure(value: float) -> str:
    """A percentage without its sign: whole from 10 up, one decimal below, honest at both ends.

    >>> percent_figure(33.6), percent_figure(6.04), percent_figure(99.7), percent_figure(0.02)
    ('34', '6', '99.7', '<0.1')
    """
    if 0 < value < 0.05:
        return marked("<0.1")
    if 99.95 < value < 100:
        return marked(">99.9")
    if 99.5 <= value < 100:
        return marked(f"{value:.1f}")
    if abs(value) < 10:
        words = f"{value:.1f}"
        return _minus(marked(words.removesuffix(".0")))
    return _minus(f"{value:.0f}")


def percent(low: float, high: float | None = None) -> str:
    """A share, or a range of shares: '94 %', '34–60 %', 'unknown'."""
    words = percent_span(low, low if high is None else high)
    return words if not known(low) and not known(high) else f"{words} %"


def percent_span(low: float, high: float) -> str:
    """Two shares as '34–60'; a range within what a single mark says is that mark.

    >>> percent_span(0.0, 0.03), percent_span(99.93, 99.99)
    ('<0.1', '>99.8')
    """
    if low == 0.0 and 0 < high < 0.05:
        return percent_figure(high)
    if 99.85 <= low <= 99.95 < high < 100:
        return marked(">99.8")
    return span(low, high, percent_figure)


def span(low: float, high: float, words: Any = figure) -> str:
    """Two ends as '34–60'; one figure where both read alike; 'unknown' where neither is known.

    A range with one end known keeps that end: 'at least 5', 'up to 9'. A dash runs into a mark:
    '99.5 to >99.9'.
    """
    if not known(low) and not known(high):
        return tr(UNKNOWN)
    if not known(high):
        return tr("at least {low}", low=words(low))
    if not known(low):
        return tr("up to {high}", high=words(high))
    first, last = str(words(low)), str(words(high))
    if first == last:
        return first
    for large in ("{figure} million", "{figure} billion"):  # said once: '1.55–1.76 million'
        tail = tr(large, figure="")
        if first.endswith(tail) and last.endswith(tail):
            first = first.removesuffix(tail)
    if last.startswith((">", "<", "−")):
        return tr("{low} to {high}", low=first, high=last)
    return f"{first}–{last}"


def certain_likely(certain: float | None, likely: float | None) -> str:
    """A share in percent whose ends are certain lines, and certain with likely lines.

    >>> certain_likely(34.0, 26.0), certain_likely(None, None)
    ('34–60 %', 'unknown')
    """
    if certain is None or not known(certain):
        return tr(UNKNOWN)
    more = likely if likely is not None and known(likely) else 0.0
    return percent(certain, certain + more)


def index(low: float, high: float) -> str:
    """An index 0 to 100 in whole points, '58–87'."""
    return span(low, high, lambda value: f"{value:.0f}")


def money(value: float | None, currency: str | None = "USD") -> str:
    """An amount with its currency: '$11.40', '$1,240', 'CHF 12.40', '$2.31 million'."""
    if value is None or not known(value):
        return tr(UNKNOWN)
    words = money_figure(value)
    sign = _SIGNS.get(currency or "", "")
    if sign:
        return f"−{sign}{words[1:]}" if words.startswith("−") else f"{sign}{words}"
    return f"{currency} {words}" if currency else words


def money_span(low: float, high: float, currency: str | None = "USD") -> str:
    """A range of amounts, '$11.40–11.99'; one amount where both read alike."""
    words = span(low, high, money_figure)
    if not known(low) and not known(high):
        return words
    sign = _SIGNS.get(currency or "", "")
    return f"{sign}{words}" if sign else f"{currency} {words}" if currency else words


def money_figure(value: float) -> str:
    """An amount without its currency.

    >>> money_figure(11.4), money_figure(1240.4), money_figure(2312000), money_figure(0.04)
    ('11.40', '1,240', '2.31 million', '0.04')
    """
    size = abs(value)
    if size >= 999_500_000:
        return tr("{figure} billion", figure=_minus(marked(f"{value / 1e9:,.2f}")))
    if size >= 999_500:
        return tr("{figure} million", figure=_minus(marked(f"{value / 1e6:.2f}")))
    if size >= 999.995:
        return whole(value)
    if size == 0:
        return "0"
    if size >= 0.1:
        return _minus(marked(f"{value:.2f}"))
    words = f"{value:.{1 - math.floor(math.log10(size))}f}"
    while words.endswith("0") and len(words.rpartition(".")[2]) > 2:
        words = words[:-1]
    return _minus(marked(words))


_MASS_STEPS = (
    (1e6, 1e6, "t"), (1e3, 1e3, "kg"), (1.0, 1.0, "g"), (1e-3, 1e-3, "mg"), (0.0, 1e-6, "µg"),
)  # fmt: skip


FAR = 0.01
"""Part of the high end's unit below which the low end has its own."""


def mass(grams: float | None) -> str:
    """A mass with the unit that suits it: '2.58 g', '410 mg', '1.2 kg'."""
    if grams is None or not known(grams):
        return tr(UNKNOWN)
    factor, unit = _mass_unit(grams)
    return f"{figure(grams / factor)} {unit}"


def mass_span(low: float, high: float) -> str:
    """A range of masses in one unit, chosen by the high end: '0.8–3.1 g'.

    Ends that are far apart have a unit each: '16 mg – 3.6 kg'.
    """
    if not known(low) and not known(high):
        return tr(UNKNOWN)
    factor, unit = _mass_unit(high if known(high) else low)
    if known(high) and 0 < low < FAR * factor:
        return f"{mass(low)} – {mass(high)}"
    return f"{span(low / factor, high / factor)} {unit}"


def mass_typical(low: float, typical: float, high: float) -> str:
    """The typical mass; its range where the typical part holds none, since that is no zero.

    >>> mass_typical(0.0, 0.0, 0.00009)
    '0–90 µg'
    """
    return mass(typical) if typical != 0 or high == 0 else mass_span(low, high)


def mass_low_typical_high(low: float, typical: float, high: float) -> str:
    """The three figures of a range in one unit: '0.8 – 2.6 – 3.1 g'."""
    if not (known(low) and known(typical) and known(high)):
        return tr(UNKNOWN)
    factor, unit = _mass_unit(typical if typical > 0 else high)
    parts = dict.fromkeys(figure(grams / factor) for grams in (low, typical, high))
    if len(parts) == 1:
        return f"{next(iter(parts))} {unit}"
    words = " – ".join(figure(grams / factor) for grams in (low, typical, high))
    return f"{words} {unit}"


def _mass_unit(grams: float) -> tuple[float, str]:
    if grams == 0:
        return 1.0, "g"
    for least, factor, unit in _MASS_STEPS:
        if abs(grams) >= least:
            return factor, unit
    return 1.0, "g"


def reliance(low: float, high: float, printed: str) -> str:
    """Net import reliance in percent as a reader should see it, the printed mark kept.

    'E' reads 'E (net exporter)', 'NA' 'not published', 'W' 'withheld'; '>75' stays '>75'.
    """
    mark = printed.strip()
    if mark in _RELIANCE_WORDS:
        return tr(_RELIANCE_WORDS[mark])
    if mark[:1] in ("<", ">", "≥", "≤"):
        return marked(mark.removesuffix("%").strip())
    return (
        tr(NOT_PUBLISHED) if not known(low) and not known(high) else span(low, high, percent_figure)
    )


_RELIANCE_WORDS = {
    "E": "E (net exporter)",
    "NA": NOT_PUBLISHED,
    "": NOT_PUBLISHED,
    "W": WITHHELD,
    "--": NOT_PUBLISHED,
}


def day(when: date | str) -> str:
    """A date for the screen and the page: '27 Nov 2026'. ISO text is read; other text stays."""
    at = _date(when)
    return str(when) if at is None else _day(at, _MONTHS)


def day_long(when: date | str) -> str:
    """A date in full: '27 November 2026'."""
    at = _date(when)
    return str(when) if at is None else _day(at, _MONTHS_LONG)


def _day(at: date, months: tuple[str, ...]) -> str:
    return tr("{day} {month} {year}", day=at.day, month=tr(months[at.month - 1]), year=at.year)


def _month(month: int, year: object) -> str:
    return tr("{month} {year}", month=tr(_MONTHS[month - 1]), year=year)


def day_precise(when: date, precision: str) -> str:
    """A date no sharper than its source: 'Nov 2026' for a month, '2026' for a year."""
    if precision == "year":
        return str(when.year)
    if precision == "month":
        return _month(when.month, when.year)
    return day(when)


def year(words: str) -> str:
    """The year or date of a publication or its figure, for people.

    >>> year("2025e"), year("n/s (2023 ed.)"), year("2021-24"), year("2025-11"), year("n/s")
    ('2025 (estimated)', '2023 edition', '2021–24', 'Nov 2025', 'year not stated')
    """
    if words.endswith("e") and words[:-1].isdecimal():
        return tr("{year} (estimated)", year=words[:-1])
    if words.startswith("n/s"):
        edition = words.removeprefix("n/s").strip(" ()").removesuffix(" ed.")
        return tr("{edition} edition", edition=edition) if edition else tr("year not stated")
    first, dash, last = words.partition("-")
    if dash and first.isdecimal() and last.isdecimal():
        # 2025-11 is a month, 2021-24 and 2010-2014 are years
        month = len(last) == 2 and 1 <= int(last) <= 12
        return _month(int(last), first) if month else f"{first}–{last}"
    return day(words)


def _date(when: date | str) -> date | None:
    if isinstance(when, date):
        return when
    try:
        return date.fromisoformat(when)
    except ValueError:
        return None


def count(number: int, one: str, many: str = "") -> str:
    """A counted noun: '1 line', '1,200 lines', 'no lines'."""
    many = many or f"{one}s"
    if not number:
        return tr(f"no {many}")
    return plural(f"{{count}} {one}", f"{{count}} {many}", number, count=whole(number))


def listed(words: list[str], last: str = "and") -> str:
    """Words as a sentence lists them: 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {tr(last)} {words[-1]}"


def stage(name: str) -> str:
    """A stage for people: the source's own heading before a colon is left out.

    >>> stage('processing: separated oxide'), stage('smelter (primary metal)'), stage('mine')
    ('separated oxide', 'smelter (primary metal)', 'mine')
    """
    head, colon, rest = name.partition(": ")
    return rest if colon and head in ("processing", "smelter", "refinery", "mine") else name


_UNITS = {
    "-": "", "relative": "times as now", "um": "µm", "uF/mm2": "µF/mm²", "uF/mm3": "µF/mm³",
    "mOhm": "mΩ", "Ohm m": "Ω m", "Ohm/sq": "Ω/sq", "1e-6/K": "10⁻⁶/K", "MPa m0.5": "MPa √m",
}  # fmt: skip


def unit(words: str) -> str:
    """A unit of a property as it is set on screen: "kJ/m3" as "kJ/m³", none as ""."""
    if words in _UNITS:
        return _UNITS[words]
    return re.sub(r"(?<=m)([23])\b", lambda power: "²³"[int(power[1]) - 2], words)


def mineral_name(mineral: str) -> str:
    """The name for people of a mineral id: 'Metallurgical coal'."""
    return tr(mineral.replace("-", " ").capitalize())


def cell(kind: str, low: Any, high: Any, mark: str) -> str:
    """The words of one table cell; units stand in the column head, except those of masses."""
    if kind in ("text", "evidence", "presence", "chips"):
        return str(low)
    if kind == "date":
        return day(low) if low else ""
    if kind == "reliance":
        return reliance(low, high, mark)
    if kind == "mass":
        return mass_span(low, high)
    if not known(_plain(low)) and not known(_plain(high)):
        return mark or tr(UNKNOWN)
    first, last = _plain(low), _plain(high)
    if kind == "integer":
        return span(first, last, whole)
    if kind in ("index", "score"):
        return index(first, last)
    if kind == "percent":
        return span(first, last, percent_figure)
    if kind == "money":
        return span(first, last, money_figure)
    return span(first, last)


def _plain(value: Any) -> float:
    """NA and None as NaN, numpy numbers as Python's."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _minus(words: str) -> str:
    return f"−{words[1:]}" if words.startswith("-") else words
