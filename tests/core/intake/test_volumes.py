"""Figures for a run of products, prices at several volumes, and masses of whole lines."""

from __future__ import annotations

import pytest

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials

PARTS = (
    "C-100,Bracket steel,2,1.5",
    "C-101,Screw M4,8,0.02",
    "C-102,Motor,1,12",
    "C-103,Cable,3,0.4",
)
"""Number, name, pieces in one product, price of one; what a product costs of each by hand: 3.00,
0.16, 12.00 and 1.20."""
COSTS = [3.0, 0.16, 12.0, 1.2]


def table(head: str, *cells: str) -> BillOfMaterials:
    rows = [f"{part},{more}" for part, more in zip(PARTS, cells, strict=True)]
    return intake.read_text("\n".join([f"Part Number,Description,{head}", *rows]))


@pytest.mark.parametrize("header", ["Ext Price for 100", "Order Total", "Total"])
def test_costs_of_a_run_are_divided_to_one_product(header: str) -> None:
    bom = table(f"Qty per,Unit Price,{header}", "300", "16", "1200", "120")
    assert list(bom.lines["cost_total"]) == pytest.approx(COSTS)
    assert "cost-of-run" in set(bom.issues["code"])


def test_one_line_that_costs_double_is_no_run() -> None:
    bom = table("Qty,Unit Price,Total", "6.00", "0.16", "12", "1.20")
    assert list(bom.lines["cost_total"]) == pytest.approx([6.0, 0.16, 12.0, 1.2])


def test_pieces_for_a_run_are_divided_where_no_other_quantity_stands() -> None:
    bom = intake.read_text(
        "Part Number,Description,Total for 100,Order Total\n"
        "C-100,Bracket steel,200,$300.00\nC-101,Screw M4,800,$16.00\nC-102,Motor,100,$1200.00\n"
    )
    assert list(bom.lines["quantity_total"]) == pytest.approx([2, 8, 1])
    assert list(bom.lines["cost_total"]) == pytest.approx([3.0, 0.16, 12.0])


def test_quantities_for_ten_boards() -> None:
    bom = intake.read_text("Part Number,Description,Qty for 10 boards\nA-1,Fuse 1A,20\nA-2,LED,5\n")
    assert list(bom.lines["quantity_total"]) == pytest.approx([2, 0.5])


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("Price @1,Price @100,Price @1k", "Price @1"),
        ("Unit Price (1),Unit Price (100),Unit Price (1000)", "Unit Price (1)"),
        ("Price/1,Price/100,Price/1k", "Price/1"),
        ("1+,10+,100+", "1+"),
        ("Preis ab 1 Stk,Preis ab 100 Stk,Preis ab 1000 Stk", "Preis ab 1 Stk"),
        ("Price @ 1000 (USD),Price @ 100 (USD),Price @ 10 (USD)", "Price @ 10 (USD)"),
    ],
)
def test_of_prices_at_several_volumes_the_fewest_is_read_and_the_others_named(
    head: str, read: str
) -> None:
    # the printed price of one below the header that is read, less below the others
    price = {name: 2.0 if name == read else 1.0 for name in head.split(",")}
    cells = ",".join(f"{price[name]:g}" for name in head.split(","))
    bom = intake.read_text(
        f"Part Number,Description,Qty,{head}\nA-1,Motor,2,{cells}\nA-2,Pump,1,{cells}\n"
    )
    assert bom.read[0].columns["unit_cost"].header == read
    assert list(bom.lines["cost_total"]) == [4, 2]
    told = bom.issues[bom.issues["code"] == "price-volumes"]
    assert all(name in told["text"].iloc[0] for name in head.split(","))


def test_the_price_of_the_volume_that_the_totals_are_for() -> None:
    bom = intake.read_text(
        "Part Number,Description,Qty,Price @1,Price @1k,Ext @1k\n"
        "A-1,RES 10k 0603,2,0.1,0.004,0.008\nA-2,CAP 100nF,1,0.1,0.008,0.008\nA-3,MCU,1,6,3.2,3.2\n"
    )
    assert bom.read[0].columns["unit_cost"].header == "Price @1k"
    assert list(bom.lines["cost_total"]) == pytest.approx([0.008, 0.008, 3.2])


def test_prices_of_two_makers_are_no_volumes() -> None:
    bom = intake.read_text(
        "Part Number,Description,Qty,Price 1,Price 2\nA-1,Motor,2,9,8\nA-2,Pump,1,5,6\n"
    )
    assert "price-volumes" not in set(bom.issues["code"])


@pytest.mark.parametrize(
    ("head", "rows", "grams"),
    [
        # 7.0 kg for 2 plates, 0.16 kg for 8 screws
        ("Pos,Part No,Description,Qty,Total weight (kg)", ["1,P-1,Plate,2,7.0", "2,P-2,Screw,8,0.16"], [3500, 20]),  # noqa: E501
        ("Pos.;Benennung;Menge;Gesamtgewicht [kg]", ["1;Platte;2;7,0", "2;Schraube;8;0,16"], [3500, 20]),  # noqa: E501
        ("Поз.;Наименование;Кол.;Общая масса, кг", ["1;Плита;2;7,0", "2;Болт М8;8;0,16"], [3500, 20]),  # noqa: E501
        # a mass of one piece beside it goes first
        ("Pos.;Benennung;Menge;Einzelgewicht kg;Gesamtgewicht kg", ["1;Platte;2;3,5;7,0", "2;Schraube;8;0,02;0,16"], [3500, 20]),  # noqa: E501
        # 2 kg a hundred screws, 350 kg a thousand brackets
        ("Item,Part No,Description,Qty,Weight per 100 pcs (kg)", ["1,A-1,Hex bolt M8,8,2.0", "2,A-2,Bracket,2,35"], [20, 350]),  # noqa: E501
        ("Pos;Artikel;Bezeichnung;Menge;Gewicht kg/1000 Stk", ["1;A-1;Schraube;8;20,0", "2;A-2;Winkel;2;350"], [20, 350]),  # noqa: E501
        # pounds are no money; 20 lb are 9071.8 g
        ("Item,Part,Description,Qty,Unit Wt (lbs),Ext. Wt (lbs)", ["1,A,Frame,2,20,40", "2,B,Wheel,4,10,40"], [9071.847, 4535.924]),  # noqa: E501
        # a mass per metre where metres are counted
        ("Pos,Description,Qty,Unit,Weight kg/m", ["1,Tube,3,m,3.41", "2,Bar,500,mm,1.57"], [3410, 1570]),  # noqa: E501
        # half a metre of 30 g in all is 60 g a metre
        ("Pos,Description,Qty,Unit,Total weight (g)", ["1,Cable,500,mm,30", "2,Plug,2,pc,8"], [60, 4]),  # noqa: E501
    ],
)  # fmt: skip
def test_the_mass_of_a_line_is_divided_by_its_quantity(
    head: str, rows: list[str], grams: list[float]
) -> None:
    assert list(intake.read_text("\n".join([head, *rows])).lines["mass_g"]) == pytest.approx(grams)


def test_a_mass_per_metre_is_none_of_a_piece() -> None:
    bom = intake.read_text(
        "Pos,Description,Qty,Unit,Weight kg/m\n1,Tube,3,pc,3.41\n2,Bar,2,m,1.5\n"
    )
    assert bom.lines["mass_g"].isna().tolist() == [True, False]
    assert "mass-of-measure" in set(bom.issues["code"])


@pytest.mark.parametrize(
    "head",
    ["Price (USD),Price (EUR),Price (CNY)", "Price 1,Price 2,Price 3", "Cost $,Cost €,Cost ¥"],
)
def test_one_price_in_several_currencies_is_no_sum_of_the_line(head: str) -> None:
    bom = intake.read_text(f"Item,Part,Qty,{head}\n1,Motor,2,12,11,86\n2,Bearing,4,1.2,1.1,8\n")
    assert "extended_cost" not in bom.read[0].columns
    assert list(bom.lines["cost_total"]) == pytest.approx([24, 4.8])
