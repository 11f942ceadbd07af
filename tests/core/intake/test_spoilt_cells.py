"""Cells that say something wrong: it is told, and never becomes a figure."""

from __future__ import annotations

import math

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials


def read(header: str, *rows: str) -> BillOfMaterials:
    return intake.read_text("\n".join([header, *rows]))


def told(bom: BillOfMaterials) -> set[tuple[int, str]]:
    return set(zip(bom.issues["row"].tolist(), bom.issues["code"].tolist(), strict=True))


def test_a_mass_below_zero_is_unknown_and_a_doubtful_one_is_marked() -> None:
    bom = read(
        "Part;Description;Qty;Weight g",
        "A-1;Steel bracket;2;-2", "A-2;Steel bracket;1;22 g?", "A-3;Steel bracket;1;3 foo",
        "A-4;Steel bracket;1;0.5 kg",
    )  # fmt: skip
    masses = bom.lines["mass_g"].tolist()
    assert math.isnan(masses[0])
    assert masses[1] == 22
    assert math.isnan(masses[2])
    assert masses[3] == 500
    assert {(2, "mass-negative"), (3, "mass-doubtful"), (4, "mass-unit-unknown")} <= told(bom)


def test_a_failed_formula_is_told_once_as_what_it_is() -> None:
    bom = read(
        "Part;Description;Qty;Unit Price;Currency",
        "A-1;Steel bracket;2;#REF!;USD", "A-2;Steel bracket;1;#DIV/0!;USD", "A-3;Nut;1;0.2;USD",
    )  # fmt: skip
    assert bom.lines["unit_cost"].isna().tolist() == [True, True, False]
    codes = [code for row, code in told(bom) if row in (2, 3)]
    assert sorted(codes) == ["unit-cost-broken", "unit-cost-broken"]


def test_the_sum_of_all_prices_beside_the_first_line_is_not_its_cost() -> None:
    # 15 + 7 + 4.5 = 26.50
    bom = read(
        "name;price;qty;total cost", "motor;15.00;1;26.50", "pulley;7.00;1;", "belt;4.50;1;",
    )  # fmt: skip
    assert bom.lines["cost_total"].tolist() == [15, 7, 4.5]
    assert (2, "total-beside-a-line") in told(bom)


def test_the_one_printed_line_cost_stays_where_it_is_no_sum() -> None:
    bom = read(
        "name;price;qty;total cost", "motor;15.00;2;30.00", "pulley;7.00;1;", "belt;4.50;1;",
    )  # fmt: skip
    assert bom.lines["cost_total"].tolist()[0] == 30
    assert not {code for _, code in told(bom)} & {"total-beside-a-line"}
