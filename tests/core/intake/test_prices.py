"""What one unit costs where a price is for a hundred, a reel, a pack or a kilogram."""

from __future__ import annotations

import math

import pytest

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials

PRICED = [
    # header, rows of (quantity, unit, price, what it is for), price of one by hand
    ("Qty;UM;Unit Cost;Cost UM Qty", ["12;EA;18.4;100", "1;EA;38;1"], [0.184, 38]),
    # C is a hundred, M a thousand pieces: 11.42 / 100 and 18.9 / 1000
    ("Qty;UOM;Price;Price UOM", ["6;EA;11.42;C", "6;EA;18.9;M", "1;EA;44.1;EA"], [0.1142, 0.0189, 44.1]),  # noqa: E501
    ("Menge;ME;Preis;Preiseinheit", ["16;ST;4,90;100 ST", "2;ST;3,10;1 ST", "4;ST;18,00;1.000 ST"], [0.049, 3.1, 0.018]),  # noqa: E501
    # a pack of 100 for 9.85, a ring of ten for 18.90
    ("Qty Required;;Pack Price;Pack Qty", ["24;;9.85;100", "4;;18.9;10"], [0.0985, 1.89]),
    ("Qty;;Price per reel (USD);Reel Qty", ["4;;8.5;5000", "2;;14.8;4000"], [0.0017, 0.0037]),
    ("Stk;;€ / 1000 Stk;", ["14;;2.1;", "22;;3.9;"], [0.0021, 0.0039]),
    ("Qty;;Price/1k (USD);", ["14;;2.1;", "22;;3.9;"], [0.0021, 0.0039]),
    # per kilogram, the quantity in grams: 12 / 1000
    ("Qty;Unit;Price (EUR/kg);", ["500;g;12;", "2;kg;7.5;"], [0.012, 7.5]),
]  # fmt: skip


def bom_of(header: str, rows: list[str]) -> BillOfMaterials:
    lines = [f"A-10{i};Hex bolt M{i + 4} zinc plated;{row}" for i, row in enumerate(rows)]
    return intake.read_text("\n".join([f"Part Number;Description;{header}", *lines]))


@pytest.mark.parametrize(("header", "rows", "wanted"), PRICED, ids=[row[0] for row in PRICED])
def test_the_price_of_one(header: str, rows: list[str], wanted: list[float]) -> None:
    bom = bom_of(header, rows)
    assert list(bom.lines["unit_cost"]) == pytest.approx(wanted)
    quantity = [float(row.split(";")[0]) for row in rows]
    assert list(bom.lines["quantity"]) == quantity
    costs = [q * price for q, price in zip(quantity, wanted, strict=True)]
    assert list(bom.lines["cost_total"]) == pytest.approx(costs)


def test_a_price_at_a_thousand_is_the_price_of_one_where_the_sums_say_so() -> None:
    bom = bom_of("Qty;Price/1k;Total", ["4;0.10;0.40", "2;1.50;3.00"])
    assert list(bom.lines["unit_cost"]) == [0.10, 1.50]


def test_a_pack_of_unknown_size_has_no_price_of_one_and_says_so() -> None:
    bom = bom_of("Qty;Price per pack", ["24;9.85", "48;2.31"])
    assert all(math.isnan(price) for price in bom.lines["unit_cost"])
    (issue,) = bom.issues[bom.issues["code"] == "price-per-unknown"].to_dict("records")
    assert (issue["column"], issue["row"]) == ("Price per pack", 2)


def test_a_price_per_kilogram_takes_the_mass_of_the_piece() -> None:
    # 2.5 kg at 3.20 a kilogram: 8.00 a piece, two pieces 16.00
    bom = bom_of("Qty;Weight (kg);Price/kg", ["2;2.5;3.20", "1;0.5;8"])
    assert list(bom.lines["unit_cost"]) == pytest.approx([8.0, 4.0])
    assert list(bom.lines["cost_total"]) == pytest.approx([16.0, 4.0])


def test_packs_that_say_what_is_in_them_are_pieces() -> None:
    bom = bom_of("Qty;Unit of Sale;Unit Price", ["2;Pack of 50;7.90", "1;each;3.00"])
    assert list(bom.lines["quantity_total"]) == [100, 1]
    assert list(bom.lines["cost_total"]) == pytest.approx([15.80, 3.00])


def test_a_total_of_nothing_without_a_price_is_unknown_and_one_with_a_price_of_nothing_is_not() -> (
    None
):
    bom = bom_of("Qty;Price;Total", ["4;;0.00", "2;1.50;3.00", "1;0;0.00"])
    costs = bom.lines["cost_total"].tolist()
    assert math.isnan(costs[0])
    assert costs[1:] == [3.0, 0.0]
    (issue,) = bom.issues[bom.issues["code"] == "total-without-price"].to_dict("records")
    assert (issue["row"], issue["column"]) == (2, "Total")
    assert issue["text"].startswith("1 line has")


def test_the_sign_of_dollars_and_pesos_names_no_currency_in_a_spanish_sheet() -> None:
    text = "Item;Descripción;Cantidad;Costo\n1;Motorreductor;1;${};\n2;Rodamiento;4;${}"
    chilean = intake.read_text(text.format("336532", "21960"))
    assert chilean.lines["currency"].tolist() == ["", ""]
    assert "which-dollar" in chilean.issues["code"].tolist()
    # amounts with cents, or a named currency, are what they say
    assert intake.read_text(text.format("36.50", "2.10")).lines["currency"].tolist()[0] == "USD"
    named = text.replace("Costo", "Costo USD").format("336532", "21960")
    assert intake.read_text(named).lines["currency"].tolist()[0] == "USD"


def test_won_have_no_decimals() -> None:
    rows = "\n".join(
        f"K-10{i};하우징 {i};{1 + i};{price}" for i, price in enumerate(("12,500", "1,850"))
    )
    bom = intake.read_text("품번;품명;소요량;단가\n" + rows)
    assert list(bom.lines["unit_cost"]) == [12500, 1850]
