"""The wording of numbers: expected words follow the rules of the look, written out by hand."""

from __future__ import annotations

import doctest
from datetime import date

import pytest

from bomexposure.present import numbers

NAN = float("nan")


def test_examples_in_the_module_hold() -> None:
    assert doctest.testmod(numbers).failed == 0


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (34.2, 59.8, "34–60 %"),
        (94.0, 94.3, "94 %"),
        (NAN, NAN, "unknown"),
        (0.0, 0.0, "0 %"),
        (0.01, 0.01, "<0.1 %"),
        (99.7, 99.7, "99.7 %"),
        (99.99, 99.99, ">99.9 %"),
        (100.0, 100.0, "100 %"),
        (5.25, 9.96, "5.2–10 %"),
        (50.0, NAN, "at least 50 %"),
        (NAN, 9.0, "up to 9 %"),
    ],
)
def test_percent(low: float, high: float, words: str) -> None:
    assert numbers.percent(low, high) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (11.4, "USD", "$11.40"),
        (0.0, "USD", "$0"),
        (-3.5, "USD", "−$3.50"),
        (999.999, "EUR", "€1,000"),
        (1240.4, "CHF", "CHF 1,240"),
        (2_312_000.0, "USD", "$2.31 million"),
        (0.00042, "USD", "$0.00042"),
        (None, "USD", "unknown"),
        (NAN, None, "unknown"),
        (7.0, None, "7.00"),
    ],
)
def test_money(amount: float | None, currency: str | None, words: str) -> None:
    assert numbers.money(amount, currency) == words


@pytest.mark.parametrize(
    ("grams", "words"),
    [(2.581, "2.58 g"), (0.41, "410 mg"), (1200.0, "1.2 kg"), (2.5e6, "2.5 t"), (2e-5, "20 µg"),
     (0.0, "0 g"), (NAN, "unknown")],
)  # fmt: skip
def test_mass(grams: float, words: str) -> None:
    assert numbers.mass(grams) == words


def test_millions_are_said_once_in_a_range() -> None:
    assert numbers.money_span(1_552_000.0, 1_764_000.0) == "$1.55–1.76 million"
    assert numbers.money_span(990_000.0, 1_200_000.0) == "$990,000–1.20 million"
    assert numbers.money_span(2e6, 3e9, None) == "2.00 million–3.00 billion"


def test_a_range_of_masses_has_one_unit() -> None:
    assert numbers.mass_span(0.5, 1.1) == "0.5–1.1 g"
    assert numbers.mass_span(0.0, 3600.0) == "0–3.6 kg"
    # 0.0000162 kg is read by nobody
    assert numbers.mass_span(0.0162, 3600.0) == "16.2 mg – 3.6 kg"
    assert numbers.mass_low_typical_high(0.5, 0.8, 1.1) == "500 – 800 – 1,100 mg"
    assert numbers.mass_low_typical_high(2.0, 2.0, 2.0) == "2 g"


@pytest.mark.parametrize(
    ("low", "high", "printed", "words"),
    [
        (75.0, 100.0, ">75", ">75"),
        (50.0, 100.0, ">50 %", ">50"),
        (91.0, 91.0, "91", "91"),
        (NAN, NAN, "W", "withheld"),
        (NAN, NAN, "E", "E (net exporter)"),
        (0.0, 0.0, "E", "E (net exporter)"),
        (NAN, NAN, "NA", "not published"),
        (NAN, NAN, "", "not published"),
        (0.0, 25.0, "<25", "<25"),
    ],
)
def test_reliance_keeps_the_mark_as_printed(
    low: float, high: float, printed: str, words: str
) -> None:
    assert numbers.reliance(low, high, printed) == words


def test_dates_are_no_sharper_than_their_source() -> None:
    assert numbers.day("2026-11-27") == "27 Nov 2026"
    assert numbers.day_long(date(2026, 11, 27)) == "27 November 2026"
    assert numbers.day_precise(date(2026, 11, 1), "month") == "Nov 2026"
    assert numbers.day_precise(date(2026, 1, 1), "year") == "2026"
    assert numbers.day("not a date") == "not a date"


def test_counts_and_lists() -> None:
    assert [numbers.count(at, "line") for at in (0, 1, 1200)] == [
        "no lines", "1 line", "1,200 lines"]  # fmt: skip
    assert numbers.listed(["a"]) == "a"
    assert numbers.listed(["a", "b", "c"]) == "a, b and c"


def test_certain_and_likely_are_the_two_ends() -> None:
    assert numbers.certain_likely(34.0, 26.0) == "34–60 %"
    assert numbers.certain_likely(34.0, None) == "34 %"
    assert numbers.certain_likely(None, 3.0) == "unknown"


def test_an_unknown_cell_is_a_word_or_its_mark() -> None:
    assert numbers.cell("money", NAN, NAN, "") == "unknown"
    assert numbers.cell("money", NAN, NAN, "none") == "none"
    assert numbers.cell("integer", 3, 4, "") == "3–4"


GERMAN = numbers.Marks(",", ".")
FRENCH = numbers.Marks(",", "\u202f")


def test_the_screen_speaks_the_users_marks_and_a_file_never_does() -> None:
    from threading import Thread

    with numbers.spoken(GERMAN):
        assert numbers.money(11234.4) == "$11.234"
        assert numbers.money_span(0.19, 11.59) == "$0,19–11,59"
        assert numbers.percent(0.02) == "<0,1 %"
        assert numbers.mass(2.5813) == "2,58 g"
        assert numbers.count(13187, "figure") == "13.187 figures"
        assert numbers.cell("money", 1240.4, 1240.4, "") == "1.240"
        heard: list[str] = []
        other = Thread(target=lambda: heard.append(numbers.money(11.4)))
        other.start()
        other.join()
        assert heard == ["$11.40"]  # a thread words for a file unless it is told otherwise
    assert numbers.money(11234.4) == "$11,234"


@pytest.mark.parametrize(
    ("marks", "words", "value"),
    [
        (numbers.FIXED, "1,200.5", 1200.5), (numbers.FIXED, "2.5", 2.5),
        (numbers.FIXED, "2,5", 2.5), (numbers.FIXED, "1,200", 1200.0),
        (numbers.FIXED, "١٫٥", 1.5), (GERMAN, "1.5", 1.5),
        (GERMAN, "1.200,5", 1200.5), (GERMAN, "2,5", 2.5), (GERMAN, "1.200", 1200.0),
        # as the program's own help writes it, whatever the locale
        (GERMAN, "2.5", 2.5), (GERMAN, "0.1234", 0.1234),
        (FRENCH, "1 200,5", 1200.5), (FRENCH, "1\u202f200", 1200.0), (FRENCH, "−2.5", -2.5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_user_writes_them(
    marks: numbers.Marks, words: str, value: float
) -> None:
    with numbers.spoken(marks):
        assert numbers.read(words) == value
