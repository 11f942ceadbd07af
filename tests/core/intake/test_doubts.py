"""What the reader is told of a table: blanks, variants, bare codes, tables that were left."""

# ruff: noqa: E501 (tables read best in few rows)
from __future__ import annotations

from typing import Any

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Reading


def issues(bom: BillOfMaterials, code: str) -> list[dict[str, Any]]:
    return bom.issues[bom.issues["code"] == code].to_dict("records")


def test_a_line_without_a_quantity_is_named() -> None:
    bom = intake.read_text("Part Number;Description;Qty;Unit Price\nA1;Motor;2;40\n"
                           "A2;Gearbox;;55\nA3;Magnet;AR;6\nA4;Housing;1;18\nA5;Shaft;1;9\n")  # fmt: skip
    assert [issue["row"] for issue in issues(bom, "quantity-blank")] == [3]


VARIANTS = "Part Number;Description;Qty Basic;Qty Plus;Qty Pro\nA1;Motor;1;2;4\nA2;Driver;1;1;2\nA3;Camera;0;1;1\n"


def test_variants_are_told_and_can_be_chosen() -> None:
    bom = intake.read_text(VARIANTS)
    assert list(bom.lines["quantity"]) == [1, 1, 0]
    (issue,) = issues(bom, "quantity-variants")
    assert "“Qty Basic” is read, not “Qty Plus”, “Qty Pro”" in issue["text"]
    assert "--column quantity='Qty Plus'" in issue["mend"]
    chosen = intake.read_text(VARIANTS, reading=Reading(columns={"quantity": "Qty Pro"}))
    assert list(chosen.lines["quantity"]) == [4, 2, 1]


def test_item_codes_alone_say_what_is_missing() -> None:
    rows = "100200;300417;2\n100200;300418;4\n300418;400001;6\n"
    assert issues(intake.read_text("Parent Item;Component Item;Qty Per\n" + rows), "codes-only")
    named = "\n".join(row + ";Hex bolt M8" for row in rows.split())
    told = intake.read_text("Parent Item;Component Item;Qty Per;Description\n" + named)
    assert not issues(told, "codes-only")


def test_a_further_table_without_quantities_is_left_and_told() -> None:
    bom = intake.read_text("Part No;Description;Qty\nP1;Frame;1\nP2;Wheel hub;2\nP3;Bolt M8;8\n;;\n"
                           "Tool No;Description;\nT1;Allen key;\nT2;Torque wrench;\n")  # fmt: skip
    assert list(bom.lines["part_number"]) == ["P1", "P2", "P3"]
    (issue,) = issues(bom, "table-left")
    assert issue["row"] == 6
    assert "its 2 rows" in issue["text"]


def test_every_table_with_quantities_is_read() -> None:
    bom = intake.read_text("Electronics;;;\nPart;Description;Qty;Price\nE1;MCU STM32;1;4\nE2;LED white;6;0.2\n"
                           ";;;\nMechanics;;;\nItem;Material;Qty;Supplier\nPlate;6061;2;Metals\nRod;316L;1;Metals\n"
                           ";;;\nFasteners;;;\nSize;Type;Qty;Price\nM3x8;Screw SHCS A2;20;0.05\nM3;Nut A2;20;0.02\n")  # fmt: skip
    assert [read.header_row for read in bom.read] == [2, 7, 12]
    assert list(bom.lines["quantity"]) == [1, 6, 2, 1, 20, 20]


def test_a_shop_s_order_list_has_quantities_and_the_shop_s_numbers() -> None:
    bom = intake.read_text("LCSC Part Number,Manufacture Part Number,Description,Order Qty.,Unit Price($)\n"
                           "C25804,0603WAF1002T5E,Thick Film Resistor,100,0.0009\nC14663,CC0603KRX7R9BB104,MLCC,50,0.0034\n")  # fmt: skip
    assert list(bom.lines["quantity"]) == [100, 50]
    assert bom.read[0].columns["supplier_part"].header == "LCSC Part Number"
    shop = intake.read_text(
        "Wert;Anzahl;Reichelt Best.-Nr.;Preis\n10k;2;METALL 10,0K;0,08\n100n;1;Z5U-2,5 100N;0,05\n"
    )
    assert shop.read[0].columns["supplier_part"].header == "Reichelt Best.-Nr."


def test_a_header_printed_again_leaves_nothing_out_of_a_list_without_quantities() -> None:
    head = "Distributor;Part Number;Part Name;Link\n"
    bom = intake.read_text(head + "Digikey;A26242-ND;Jumper;https://a.example\nAdafruit;500;Solar panel;https://b.example\n"
                           + head + "Tenergy;31059;Battery;https://c.example\nMcMaster;94985K812;Velcro;https://d.example\n")  # fmt: skip
    assert list(bom.lines["part_number"]) == ["A26242-ND", "500", "31059", "94985K812"]


def test_a_header_split_over_two_rows_is_read_whole() -> None:
    bom = intake.read_text("Part;;;Unit;;Qty;Qty\nNumber;Description;Material;Price;Total;Basic;Pro\n"
                           "A1;Motor housing;ADC12;40;80;2;4\nA2;Gear wheel;C45;55;55;1;1\nA3;Cover;PA66;6;12;2;0\n")  # fmt: skip
    found = {role: ref.header for role, ref in bom.read[0].columns.items()}
    assert bom.read[0].header_row == 2
    assert found["part_number"] == "Part Number"
    assert found["unit_cost"] == "Unit Price"
    assert found["quantity"] == "Qty Basic"
