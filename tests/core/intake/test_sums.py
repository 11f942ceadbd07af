"""Rows that add up other rows are no lines, or the product would cost twice what it costs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials

HEAD = "Pos;Sach-Nr;Benennung;Menge;Preis;Gesamt\n"
GROUPS = (
    "10;G-1;Gehäuse Druckguss;1;18,40;18,40\n20;G-2;Lagerschild hinten;2;4,90;9,80\n{first}"
    "30;M-1;Rotorwelle;1;14,20;14,20\n40;M-2;Magnetsegment;16;1,95;31,20\n{second}{all}"
)
# 18.40 + 9.80; 14.20 + 31.20; both


@pytest.mark.parametrize(
    ("first", "second", "last"),
    [
        ("Zwischensumme Baugruppe 1", "Zwischensumme Baugruppe 2", "Gesamtsumme Material netto"),
        ("Gehäuse komplett", "Antrieb komplett", "Material je Gerät"),
        ("Übertrag", "Übertrag", "Herstellkosten"),
    ],
)
def test_what_groups_cost_together_is_no_line(first: str, second: str, last: str) -> None:
    bom = intake.read_text(
        HEAD + GROUPS.format(first=f";;{first};;;28,20\n", second=f";;{second};;;45,40\n",
                             all=f";;{last};;;73,60\n")
    )  # fmt: skip
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "M-1", "M-2"]
    assert bom.lines["cost_total"].sum() == pytest.approx(73.60)


def test_a_sum_carried_on_from_page_to_page_is_no_line() -> None:
    bom = intake.read_text(
        HEAD + GROUPS.format(first=";;Seite 1;;;28,20\n", second=";;Seite 2;;;73,60\n", all="")
    )
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "M-1", "M-2"]


def test_a_heading_that_prints_what_its_lines_cost_is_a_heading() -> None:
    text = (
        HEAD + ";;Gehäuse;;;28,20\n" + GROUPS.format(first=";;Antrieb;;;45,40\n", second="", all="")
    )
    bom = intake.read_text(text)
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "M-1", "M-2"]
    assert list(bom.lines["section"]) == ["Gehäuse", "Gehäuse", "Antrieb", "Antrieb"]


def test_a_cost_of_its_own_stays_a_line() -> None:
    """Assembly work costs what no lines add up to: it is read, with its cost."""
    bom = intake.read_text(HEAD + GROUPS.format(first="", second="", all=";;Montage;;;28,00\n"))
    assert list(bom.lines["description"])[-1] == "Montage"
    assert bom.lines["cost_total"].sum() == pytest.approx(101.60)


def test_a_part_that_costs_what_those_above_cost_stays_a_line() -> None:
    """It has a number of its own, and a quantity."""
    bom = intake.read_text(
        HEAD + GROUPS.format(first="25;G-3;Deckel;1;28,20;28,20\n", second="", all="")
    )
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "G-3", "M-1", "M-2"]


@pytest.mark.parametrize("words", ["Chassis subtotal", "Baugruppe 1 Summe", "基板小計"])
def test_a_total_without_an_amount_is_known_by_its_last_word(words: str) -> None:
    bom = intake.read_text("No,Part number,Name,Qty,Maker\n1,G-1,Gear,3,Acme\n2,G-2,Shaft,1,Acme\n"
                           f",,{words},,\n3,F-1,Beam,4,Acme\n4,F-2,Plate,2,Acme\n")  # fmt: skip
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "F-1", "F-2"]


Save = Callable[[Workbook], BillOfMaterials]


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    def save(book: Workbook) -> BillOfMaterials:
        book.save(tmp_path / "parts.xlsx")
        return intake.read(tmp_path / "parts.xlsx")

    return save


def test_units_under_a_head_that_spans_them(saved: Save) -> None:
    """ "Menge" over "Anz." and "ME", "Preis" over the price and what it is for."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Stückliste"
    for cell, words in {"A3": "Pos.", "B3": "Artikel", "B4": "Sach-Nr.", "C4": "Benennung",
                        "D3": "Menge", "D4": "Anz.", "E4": "ME", "F3": "Preis (EUR)",
                        "F4": "Einzelpreis", "G4": "PE", "H4": "Gesamt"}.items():  # fmt: skip
        sheet[cell] = words
    for span in ("A3:A4", "B3:C3", "D3:E3", "F3:H3"):
        sheet.merge_cells(span)
    sheet.append([10, "4711-1", "Rotorwelle", 1, "Stk", "14,20", 1, "14,20"])
    sheet.append([20, "CUL-08", "Kupferlackdraht 0,8 mm", "0,42", "kg", "11,50", 1, "4,83"])
    sheet.append([30, "912-M5", "Zylinderschraube M5x16", 12, "Stk", "6,40", 100, "0,77"])
    sheet.append([40, "KAB-12", "Kabel geschirmt", "1,5", "m", "3,10", 1, "4,65"])
    lines = saved(book).lines
    assert list(lines["unit"]) == ["Stk", "kg", "Stk", "m"]
    assert list(lines["quantity"]) == [1, 0.42, 12, 1.5]
    assert list(lines["unit_cost"].round(4)) == [14.2, 11.5, 0.064, 3.1]


def test_hidden_rows_are_named(saved: Save) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Part number", "Description", "Qty"], ["A-1", "Gear", 2], ["A-2", "Shaft", 1],
                ["A-3", "Nut", 4]):  # fmt: skip
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    issue = saved(book).issues.set_index("code").loc["rows-hidden"]
    assert issue["text"] == "Hidden row 3 was read as a line."


def test_a_bare_number_beside_the_position_is_the_parts_own() -> None:
    bom = intake.read_text(
        (HEAD + GROUPS).replace("Sach-Nr", "Nr").format(first="", second="", all="")
    )
    assert list(bom.lines["part_number"]) == ["G-1", "G-2", "M-1", "M-2"]


@pytest.mark.parametrize(
    "charge", ["VAT 20%", "zzgl. MwSt 19 %", "Frais de port", "运费", "Shipping"]
)
def test_what_is_paid_beside_the_parts_is_no_line(charge: str) -> None:
    bom = intake.read_text(
        "Item;Part No;Description;Qty;Unit price;Total\n1;A-1;Motor;2;12;24\n"
        "2;A-2;Bracket;4;1.5;6\n"
        f";;Total;;;30\n;;{charge};;;6\n;;Grand total;;;36\n"
    )
    assert list(bom.lines["part_number"]) == ["A-1", "A-2"]
    assert bom.lines["cost_total"].sum() == pytest.approx(30)


def test_a_part_called_like_a_charge_stays_a_line() -> None:
    bom = intake.read_text(
        "Part No;Description;Qty\nA-1;Customs seal;2\nA-2;Delivery;1\nA-3;Duty cycle relay;1\n"
    )
    assert len(bom.lines) == 3
