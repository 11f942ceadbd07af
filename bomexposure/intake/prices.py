"""What one unit of a line's quantity costs: printed prices divided by what they buy.

A price may be for a hundred, a thousand, a reel or a kilogram. What says so is, in this order, a
column (`100`, `C`, `1.000 ST`, the size of a pack), the cell ("4,90 / 100"), then the header.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from bomexposure.intake.grid import Cells, Mask, Numbers, Texts
from bomexposure.intake.headers import says_pack, says_total
from bomexposure.intake.numbers import Amounts
from bomexposure.intake.troubles import Troubles
from bomexposure.intake.units import currency_code, header_per, header_price_unit, si_unit
from bomexposure.intake.volumes import run_of
from bomexposure.model.bom import ColumnRef

LEAST_LINES = 3
RUN_SHARE = 0.9
"""How many lines must show that costs are for a run of products, and what share of them."""
BREAK = 0.02
"""How near a printed line cost must be to price times quantity to show what the price is for."""
LEAST_PRICES = 3
"""Prices from which their sum, standing beside one line, is known for the sum."""
CENT = 0.0051
"""What each printed price may be off by."""


def read(
    columns: dict[str, Any],
    values: dict[str, Numbers],
    amounts: dict[str, Amounts],
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
    troubles: Troubles,
) -> None:
    """Fill unit_cost, price_per, extended_cost and currency of `columns`; needs quantity, unit
    and mass_g."""
    count = len(columns["row"])
    blank = np.full(count, np.nan)
    price = values.get("unit_cost", blank)
    columns["extended_cost"] = values.get("extended_cost", blank)
    per, unknown = blank, np.zeros(count, dtype=bool)
    if "unit_cost" in cells:
        per, unknown = _units_bought(columns, amounts, cells, refs)
        by_header = "price_per" not in cells and np.isfinite(header_per(refs["unit_cost"].header))
        if (by_header or unknown.any()) and _price_of_one(columns, price):
            per, unknown = blank, np.zeros(count, dtype=bool)
        _tell_unknown(columns, price, unknown, refs["unit_cost"], troubles)
    columns["price_per"] = np.where(unknown, np.nan, per)
    columns["unit_cost"] = np.where(unknown, np.nan, price / np.where(np.isnan(per), 1.0, per))
    columns["currency"] = _currencies(price, amounts, cells, refs, count)
    _ask_which_dollar(columns, cells, refs, troubles)
    if "unit_cost" in cells and "extended_cost" in cells:
        _forget_empty_totals(columns, refs["extended_cost"], troubles)
    if "extended_cost" in cells:
        _drop_grand_total(columns, cells["extended_cost"], refs["extended_cost"], troubles)
    if "extended_cost" in cells and not {"level", "parent"} & cells.keys():
        _of_one_product(columns, refs, troubles)


def _drop_grand_total(
    columns: dict[str, Any], cells: Cells, ref: ColumnRef, troubles: Troubles
) -> None:
    """One amount alone in the column of line costs that is the sum of all prices is no line's."""
    whole, price, quantity = columns["extended_cost"], columns["unit_cost"], columns["quantity"]
    alone = np.flatnonzero(np.isfinite(whole))
    priced = np.isfinite(price)
    if len(alone) != 1 or priced.sum() < LEAST_PRICES:
        return
    at = int(alone[0])
    each = np.where(priced, price * np.where(np.isfinite(quantity), quantity, 1.0), 0.0)
    near = max(CENT * (priced.sum() + 1), BREAK / 100 * whole[at])
    if abs(float(each.sum()) - whole[at]) > near or abs(each[at] - whole[at]) <= near:
        return
    columns["extended_cost"] = np.full(len(whole), np.nan)
    troubles.add(
        "note", "total-beside-a-line",
        "This is the sum of all prices, not the cost of its line; it is not used.",
        "Put the sum in a row of its own.",
        sheet=str(columns["sheet"][at]), row=int(columns["row"][at]),
        column=ref.header or ref.letter, value=cells.text(at),
    )  # fmt: skip


def _of_one_product(
    columns: dict[str, Any], refs: dict[str, ColumnRef], troubles: Troubles
) -> None:
    """Divide line costs printed for a run of products: all the same whole multiple of their price.

    Where no price stands beside them, their header or the quantity's must say so ("Total for 100").
    """
    ref, printed = refs["extended_cost"], columns["extended_cost"]
    base = columns["base_quantity"]
    whole = columns["unit_cost"] * columns["quantity"] / np.where(base > 0, base, 1.0)
    known = np.isfinite(whole) & np.isfinite(printed) & (whole > 0) & (printed > 0)
    run = np.nan
    if known.sum() >= LEAST_LINES:
        ratio = printed[known] / whole[known]
        middle = round(float(np.median(ratio)))
        # a cent of rounding is much of a screw's price, so not every line need agree
        if middle >= 2 and (np.abs(ratio / middle - 1) < BREAK).mean() > RUN_SHARE:
            run = float(middle)
    elif not known.any() and says_total(ref.header):
        counted = refs["quantity"].header if "quantity" in refs else ""
        run = run_of(ref.header) if np.isfinite(run_of(ref.header)) else run_of(counted)
    if not np.isfinite(run):
        return
    columns["extended_cost"] = printed / run
    label = ref.header or ref.letter
    troubles.add(
        "note", "cost-of-run", f"The costs of “{label}” are for {run:g} products; they are divided by {run:g}.",  # noqa: E501
        "Choose another column as the extended cost if that is wrong.",
        sheet=str(columns["sheet"][0]) if len(columns["sheet"]) else "", column=label,
    )  # fmt: skip


def _units_bought(
    columns: dict[str, Any],
    amounts: dict[str, Amounts],
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
) -> tuple[Numbers, Mask]:
    """How many units of the quantity each price buys (NaN: one), and where that is not known."""
    count = len(columns["row"])
    per = np.full(count, np.nan)
    unit = np.full(count, "", dtype=object)
    if "price_per" in cells:
        codes = cells["price_per"].codes
        number, unit = _number_and_unit(cells["price_per"], amounts["price_per"])
        per, unit = number[codes], unit[codes]
    per = np.where(per > 0, per, np.nan)
    codes = cells["unit_cost"].codes
    beside, measure = amounts["unit_cost"].per[codes], amounts["unit_cost"].unit[codes]
    unit = np.where(np.isnan(per) & np.isfinite(beside) & (unit == ""), measure, unit)
    per = np.where(np.isnan(per), beside, per)
    header = refs["unit_cost"].header
    if np.isnan(per).all() and not (unit != "").any():
        per = np.full(count, header_per(header))
        unit = np.full(count, header_price_unit(header), dtype=object)
    pack = says_pack(header) & np.isnan(per) & (_dimensions(columns["unit"])[0] != "")
    wanted, bought = _dimensions(columns["unit"]), _dimensions(unit)
    told = unit != ""
    same = told & (wanted[0] == bought[0]) & (bought[0] != "")
    per = np.where(same, np.where(np.isnan(per), 1.0, per) * bought[1] / wanted[1], per)
    # M is the Roman thousand where pieces are counted: 'EA', 'C' and 'M' stand in one column
    thousand = told & (unit == "M") & (wanted[0] == "pc")
    per = np.where(thousand, np.where(np.isnan(per), 1.0, per) * 1000.0, per)
    weighed = told & ~same & (bought[0] == "kg") & (wanted[0] == "pc") & (columns["mass_g"] > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # bought[1] is the kilograms in one unit of the price, mass_g the grams of one piece
        pieces = np.where(np.isnan(per), 1.0, per) * bought[1] * 1000.0 / columns["mass_g"]
    per = np.where(weighed, pieces, per)
    apart = told & ~same & ~thousand & ~weighed & (bought[0] != "") & (wanted[0] != "")
    return per, pack | apart


def _number_and_unit(cells: Cells, amount: Amounts) -> tuple[Numbers, Texts]:
    """Of each distinct cell such as 100, 'C', '100 ST', 'EA' or 'per 1000': number and unit."""
    number = amount.value.copy()
    unit = np.empty(len(cells.texts), dtype=object)
    for place, text in enumerate(cells.texts):
        words = str(amount.unit[place]) or str(text).strip()
        alone = words if si_unit(words)[0] and words else ""
        unit[place] = "" if np.isfinite(number[place]) and words == str(text).strip() else alone
        if not np.isfinite(number[place]) and alone:
            number[place] = 1.0
    return number, unit


def _dimensions(units: Texts) -> tuple[Texts, Numbers]:
    """SI unit ('' where not understood) and factor to it, for each line."""
    distinct, codes = np.unique(units.astype(str), return_inverse=True)
    pairs = [si_unit(text) for text in distinct]
    names = np.array([name for name, _ in pairs], dtype=object)
    factors = np.array([factor if name else np.nan for name, factor in pairs], dtype=float)
    return names[codes], factors[codes]


def _price_of_one(columns: dict[str, Any], price: Numbers) -> bool:
    """Whether the printed costs of the lines show that the price is for one unit after all.

    "Price/1k" can be the price of one when a thousand are bought.
    """
    whole = price * columns["quantity"]
    known = np.isfinite(whole) & np.isfinite(columns["extended_cost"]) & (whole > 0)
    if not known.any():
        return False
    ratio = columns["extended_cost"][known] / whole[known]
    return bool((np.abs(ratio - 1) < BREAK).mean() > 0.5)


def _tell_unknown(
    columns: dict[str, Any], price: Numbers, unknown: Mask, ref: ColumnRef, troubles: Troubles
) -> None:
    hit = unknown & np.isfinite(price) & np.isnan(columns["extended_cost"])
    if not hit.any():
        return
    first = int(np.flatnonzero(hit)[0])
    troubles.add(
        "warning", "price-per-unknown",
        f"{int(hit.sum())} prices are not for one unit of the quantity, and what they buy is not said; they are not used.",  # noqa: E501
        "Add a column with how many pieces each price buys, or write the price of one.",
        sheet=str(columns["sheet"][first]), row=int(columns["row"][first]), column=ref.header or ref.letter,  # noqa: E501
    )  # fmt: skip


def _currencies(
    price: Numbers,
    amounts: dict[str, Amounts],
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
    count: int,
) -> Texts:
    currency = np.full(count, "", dtype=object)
    if "currency" in cells:
        currency = cells["currency"].map_texts(currency_code).all_texts()
    for role in ("unit_cost", "extended_cost"):
        if role in cells:
            currency = np.where(currency == "", amounts[role].currency[cells[role].codes], currency)
            currency = np.where(currency == "", currency_code(refs[role].unit), currency)
    if _signed_yen(cells, refs) and _is_yuan(price, refs):
        currency = np.where(currency == "JPY", "CNY", currency)
    return currency


def _forget_empty_totals(columns: dict[str, Any], ref: ColumnRef, troubles: Troubles) -> None:
    """A formula of quantity times an empty price gives 0: nobody said that the part is free."""
    hit = (columns["extended_cost"] == 0) & np.isnan(columns["unit_cost"])
    if not hit.any():
        return
    columns["extended_cost"] = np.where(hit, np.nan, columns["extended_cost"])
    first = int(np.flatnonzero(hit)[0])
    number = int(hit.sum())
    lines = "1 line has" if number == 1 else f"{number:,} lines have"
    troubles.add(
        "note", "total-without-price",
        f"{lines} a total of 0 and no price: what they cost is unknown, not nothing.",
        "Write the price; a part that costs nothing has the price 0.",
        sheet=str(columns["sheet"][first]), row=int(columns["row"][first]), column=ref.header or ref.letter,  # noqa: E501
    )  # fmt: skip


_SPANISH = re.compile(
    r"\b(cost[oe]|precio|importe|descripci[oó]n|cantidad|proveedor)", re.IGNORECASE
)
PESO_LIKE = 500.0
"""Median of whole amounts from which "$" in a Spanish sheet is hardly a dollar."""


def _ask_which_dollar(
    columns: dict[str, Any], cells: dict[str, Cells], refs: dict[str, ColumnRef], troubles: Troubles
) -> None:
    """The sign $ is that of pesos as well: large whole amounts in a Spanish sheet say neither."""
    if "currency" in cells or not _SPANISH.search(" ".join(ref.header for ref in refs.values())):
        return
    priced = [role for role in ("unit_cost", "extended_cost") if role in cells]
    for role in priced:
        texts = [refs[role].unit, refs[role].header, *map(str, cells[role].texts[:2000])]
        known = columns[role][np.isfinite(columns[role])]
        whole = len(known) > 0 and not np.mod(known, 1).any() and np.median(known) >= PESO_LIKE
        if not whole or any("US" in text.upper() for text in texts):
            return
    hit = columns["currency"] == "USD"
    if hit.any():
        columns["currency"] = np.where(hit, "", columns["currency"])
        troubles.add(
            "warning", "which-dollar",
            "The sign $ may stand for dollars or for pesos here: amounts count without a currency.",
            "Name it in the header of the prices, such as “Costo [CLP]” or “Costo [USD]”.",
            sheet=str(columns["sheet"][0]), column=refs[priced[0]].header or refs[priced[0]].letter,
        )  # fmt: skip


def _signed_yen(cells: dict[str, Cells], refs: dict[str, ColumnRef]) -> bool:
    """Whether the sign that yen and yuan share is all that names the currency of the prices."""
    for role in ("unit_cost", "extended_cost"):
        if role in cells:
            texts = [refs[role].unit, *map(str, cells[role].texts[:2000])]
            if any("¥" in text or "￥" in text for text in texts):
                return "currency" not in cells
    return False


def _is_yuan(prices: Numbers, refs: dict[str, ColumnRef]) -> bool:
    """Yuan where the headers are Chinese, or where prices have decimals: a yen has no parts."""
    letters = "".join(ref.header for ref in refs.values())
    kana = any("\u3040" <= char <= "\u30ff" for char in letters)
    if not kana and sum("\u4e00" <= char <= "\u9fff" for char in letters) > 2:
        return not any(word in letters for word in ("員数", "品番", "質量", "単価"))
    known = prices[np.isfinite(prices)]
    return not kana and len(known) > 0 and float((np.mod(known, 1) != 0).mean()) > 0.3


_HANGUL = re.compile(r"[\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]|単価|員数|品番")
_WHOLE = frozenset(("KRW", "JPY", "VND", "IDR"))


def in_whole_units(role: str, cells: dict[str, Cells], refs: dict[str, ColumnRef]) -> bool:
    """Whether amounts of money are in a currency without parts, so that 12,500 is no decimal."""
    if role not in ("unit_cost", "extended_cost"):
        return False
    letters = "".join(ref.header for ref in refs.values())
    codes = {currency_code(refs[role].unit)}
    if "currency" in cells:
        codes |= {currency_code(str(text)) for text in cells["currency"].texts}
    codes -= {""}
    asian = bool(_HANGUL.search(letters) or _KANA.search(letters))
    return codes <= _WHOLE and (bool(codes) or asian)
