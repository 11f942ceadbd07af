"""Numbers as people write them."""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bomexposure import intake
from bomexposure.intake.grid import Cells
from bomexposure.intake.numbers import decimal_of, parse, parse_cells
from bomexposure.intake.units import header_per, header_unit, mass_factor, si_unit


@pytest.mark.parametrize(
    ("text", "decimal", "value", "unit"),
    [
        ("12", ".", 12, ""),
        ("1,234.50", ".", 1234.5, ""),
        ("1.234,50", ",", 1234.5, ""),
        ("1 234,50", ",", 1234.5, ""),
        ("1\u202f234,50", ",", 1234.5, ""),
        ("1'234.50", ".", 1234.5, ""),
        ("12,34,567.00", ".", 1234567, ""),
        ("0,250", ",", 0.25, ""),
        ("1,000", ",", 1, ""),
        ("1,000", ".", 1000, ""),
        ("1,8 m", ",", 1.8, "m"),
        ("1.8m", ".", 1.8, "m"),
        ("12个", ".", 12, "个"),
        ("３本", ".", 3, "本"),
        ("4 шт.", ",", 4, "шт."),
        ("2x", ".", 2, ""),
        ("x4", ".", 4, ""),
        ("ca. 3", ".", 3, ""),
        ("约5", ".", 5, ""),
        ("~15 mm", ".", 15, "mm"),
        ("1/2", ".", 0.5, ""),
        ("1 1/2", ".", 1.5, ""),
        ("½", ".", 0.5, ""),
        ("2½ ft", ".", 2.5, "ft"),
        ("5-", ".", -5, ""),
        ("(5)", ".", -5, ""),
        ("-3", ".", -3, ""),
        ("1.5E+03", ".", 1500, ""),
        ("4 x 1,5 m", ",", 6, "m"),
        ("2-4", ".", 3, ""),
        ("10 %", ".", 10, ""),
        ("2 x 3", ".", 6, ""),
        ("2+1 spare", ".", 3, ""),
        ("4 (2 per side)", ".", 4, ""),
        ("3 (m)", ".", 3, "m"),
        ("1 / board", ".", 1, ""),
    ],
)
def test_amounts(text: str, decimal: str, value: float, unit: str) -> None:
    amount = parse(text, decimal)
    assert (amount.value, amount.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "blank"), ("-", "blank"), ("as required", "as required"), ("A/R", "as required"), ("适量", "as required"),
     ("nach Bedarf", "as required"), ("see drawing", "unreadable"), ("2-4", "range")],
)  # fmt: skip
def test_what_is_no_number_says_which(text: str, kind: str) -> None:
    assert parse(text, ".").kind == kind


@pytest.mark.parametrize(
    ("text", "decimal", "value", "currency", "per"),
    [
        ("$14.99", ".", 14.99, "USD", math.nan),
        ("12,50 €", ",", 12.5, "EUR", math.nan),
        ("EUR 1.250,00", ",", 1250, "EUR", math.nan),
        ("￥3.5", ".", 3.5, "JPY", math.nan),
        ("6,53/20 pcs", ",", 6.53, "", 20),
        ("4.20 / 100", ".", 4.2, "", 100),
        ("USD 3.10 per 1000", ".", 3.1, "USD", 1000),
        ("0,12 € / St", ",", 0.12, "EUR", 1),
        ("15,-", ",", 15, "", math.nan),
        ("$5.00 - $20.00", ".", 12.5, "USD", math.nan),
        ("kr 12,50", ",", 12.5, "", math.nan),
    ],
)
def test_prices(text: str, decimal: str, value: float, currency: str, per: float) -> None:
    amount = parse(text, decimal, money=True)
    assert (amount.value, amount.currency) == (pytest.approx(value), currency)
    assert amount.per == pytest.approx(per, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("物料名称,数量,单价\n轴承,2,¥12\n电机,1,¥350\n", "CNY"),
        ("Part,Description,Qty,Price\nA1,Chip,2,￥0.35\nA2,Socket,1,￥1.20\n", "CNY"),
        ("品番,品名,員数,単価\nA-1,ケース,2,¥1200\nA-2,ロータ,1,¥350\n", "JPY"),
        ("Part,Description,Qty,Price\nA1,Case,2,¥1200\nA2,Rotor,1,¥350\n", "JPY"),
    ],
)
def test_the_sign_of_yen_and_yuan_is_told_apart(text: str, currency: str) -> None:
    assert set(intake.read_text(text).lines["currency"]) == {currency}


@pytest.mark.parametrize(
    ("texts", "file_mark", "mark"),
    [
        (["1,5", "2"], "", ","),
        (["1.5", "2"], "", "."),
        (["1,000", "4,000", "12,000"], "", ","),  # SAP: three decimals on every quantity
        (["500", "1,000", "12"], "", "."),
        (["500", "1,000", "12"], ",", ","),
        (["1.000", "250"], ",", ","),
        (["1.234,5"], "", ","),
        ([], ",", ","),
    ],
)
def test_the_decimal_mark_is_decided_by_column_then_file(
    texts: list[str], file_mark: str, mark: str
) -> None:
    assert decimal_of(Cells.of(texts or [""]), file_mark) == mark


@given(
    st.decimals(min_value=0, max_value=9_999_999, places=2, allow_nan=False),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ",")]),
)
def test_written_numbers_are_read_back(number: object, style: tuple[str, str]) -> None:
    thousands, decimal = style
    text = f"{number:,.2f}".replace(",", "\x00").replace(".", decimal).replace("\x00", thousands)
    assert parse(text, decimal).value == pytest.approx(float(number), rel=1e-12)  # type: ignore[arg-type]


@given(
    st.lists(
        st.integers(0, 10_000) | st.floats(0, 1e6) | st.sampled_from(["", "3 pc", "x"]), min_size=1
    )
)
def test_stored_numbers_are_taken_as_they_are(values: list[object]) -> None:
    cells = Cells.of(values)
    read = parse_cells(cells, ",").value[cells.codes]
    for value, got in zip(values, read, strict=True):
        if isinstance(value, (int, float)):
            assert got == value


@pytest.mark.parametrize(
    ("unit", "si", "factor"),
    [("", "pc", 1), ("EA", "pc", 1), ("ST", "pc", 1), ("Stk.", "pc", 1), ("个", "pc", 1), ("g", "kg", 0.001),
     ("KG", "kg", 1), ("lb", "kg", 0.45359237), ("oz", "kg", 0.028349523125), ("mm", "m", 0.001), ("ft", "m", 0.3048),
     ("in", "m", 0.0254), ("m²", "m2", 1), ("L", "m3", 0.001), ("M", "m", 1), ("пог.м", "m", 1), ("set", "pc", 1)],
)  # fmt: skip
def test_units(unit: str, si: str, factor: float) -> None:
    assert si_unit(unit) == (si, pytest.approx(factor))


def test_rolls_and_unknown_units_are_not_guessed() -> None:
    assert si_unit("roll")[0] == ""
    assert si_unit("parsec")[0] == ""
    assert math.isnan(mass_factor("mm"))


@pytest.mark.parametrize(
    ("header", "unit", "per"),
    [("Weight [kg]", "kg", math.nan), ("Masse (g)", "g", math.nan), ("Preis/100 St", "St", 100), ("Price per 1000", "", 1000),
     ("Unit Price (USD)", "USD", math.nan), ("Preis in EUR", "EUR", math.nan), ("Quantity", "", math.nan),
     ("单价(元)", "元", math.nan), ("Weight, g", "g", math.nan), ("Length", "", math.nan), ("Cost €", "€", math.nan)],
)  # fmt: skip
def test_headers_say_units(header: str, unit: str, per: float) -> None:
    assert header_unit(header) == unit
    assert header_per(header) == pytest.approx(per, nan_ok=True)
