"""Lists that people and small programs write: pairs, comments, plain lines, damaged texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomexposure import intake
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Reading
from bomexposure.model.errors import WorkbookError


def read(
    tmp_path: Path, text: str | bytes, name: str = "list.csv", **reading: str
) -> BillOfMaterials:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return intake.read(path, Reading(**reading))  # type: ignore[arg-type]


def headers(bom: BillOfMaterials) -> dict[str, str]:
    return {role: ref.header for role, ref in bom.read[0].columns.items()}


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        ("product,component,quantity_per_unit", {"parent": "product", "part_number": "component"}),
        ("material,component,menge", {"parent": "material", "part_number": "component"}),
        (
            "product_id,material_id,required_qty",
            {"parent": "product_id", "part_number": "material_id"},
        ),
        ("parent_id,child_id,usage", {"parent": "parent_id", "part_number": "child_id"}),
        ("产品编码,子件编码,用量", {"parent": "产品编码", "part_number": "子件编码"}),
        ("producto,componente,cantidad", {"parent": "producto", "part_number": "componente"}),
    ],
)
def test_pairs_name_the_parent_first(head: str, roles: dict[str, str], tmp_path: Path) -> None:
    """Codes such as M001 are no designators, and a product beside its component is the parent."""
    body = "P001,M001,2\nP001,M002,1\nP001,M003,4\nP002,M002,3\nP002,M004,1\n"
    bom = read(tmp_path, f"{head}\n{body}")
    found = headers(bom)
    assert {role: found.get(role) for role in roles} == roles
    assert "designator" not in found
    assert list(bom.lines["quantity"]) == [2, 1, 4, 3, 1]


def test_names_of_the_parent_do_not_describe_the_line(tmp_path: Path) -> None:
    bom = read(tmp_path, "parent,parent_name,child,child_name,qty\nA1,Drive unit,B1,Rotor shaft,2\n"
               "A1,Drive unit,B2,Ball bearing,4\nB1,Rotor shaft,C1,Ring magnet,6\n")  # fmt: skip
    assert list(bom.lines["description"]) == ["Rotor shaft", "Ball bearing", "Ring magnet"]
    # 6 magnets on each of 2 shafts
    assert list(bom.lines["quantity_total"]) == [2, 4, 12]


def test_comments_and_drawn_headings_are_no_lines(tmp_path: Path) -> None:
    bom = read(tmp_path, "# Walking robot\n# 2026\n\nPart Name,Qty,Material,Note\n\n"
               "# ==== LEG ====\nfoot plate,2,PETG,left and right\n## Motors ##\n"
               "hip motor,2,,with encoder\n# old_bracket,1,PLA,dropped\n#10-32 screw,8,Steel,UNF\n"
               "# Note: per leg\n")  # fmt: skip
    assert bom.read[0].header_row == 4
    name = "part_number" if bom.lines["part_number"][0] else "description"
    assert list(bom.lines[name]) == ["foot plate", "hip motor", "#10-32 screw"]


def test_a_row_with_numbers_is_no_header(tmp_path: Path) -> None:
    bom = read(tmp_path, "material_id,material_name,group,mass_g\nM1,Stainless steel,body,186\n"
               "M2,Brass,body,20.25\nM3,Nylon,body,49.5\n")  # fmt: skip
    assert bom.read[0].header_row == 1
    assert list(bom.lines["material"]) == ["Stainless steel", "Brass", "Nylon"]
    assert list(bom.lines["mass_g"]) == [186, 20.25, 49.5]


def test_a_column_called_unit_can_hold_prices(tmp_path: Path) -> None:
    bom = read(tmp_path, "Q\tSource\tPart\tUnit\tSum\n2\tBoca\tR24-2RS\t$19.95\t$39.90\n"
               "2\tBoca\tLM67048\t$13.80\t$27.60\n1\tMetals\tRound bar\t$7.9\t$7.9\n")  # fmt: skip
    assert headers(bom)["unit_cost"] == "Unit"
    assert list(bom.lines["unit_cost"]) == [19.95, 13.80, 7.9]
    assert list(bom.lines["quantity"]) == [2, 2, 1]


def test_a_list_written_as_lines_is_read(tmp_path: Path) -> None:
    bom = read(tmp_path, "For one robot\n\n4 NEMA 17 stepper motor\n2 m GT2 belt\n"
               "Bearing 608 x8\nLoctite 243\n1 power supply, 24 V\n", "parts.txt")  # fmt: skip
    assert bom.format == "text"
    assert list(bom.lines["row"]) == [3, 4, 5, 6, 7]
    assert list(bom.lines["description"]) == [
        "NEMA 17 stepper motor", "GT2 belt", "Bearing 608", "Loctite 243", "power supply, 24 V",
    ]  # fmt: skip
    assert list(bom.lines["quantity"].fillna(-1)) == [4, 2, 8, -1, 1]
    assert list(bom.lines["quantity_unit"])[1] == "m"


def test_one_column_needs_a_name_and_the_message_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as told:
        read(tmp_path, "IRF540N\nLM317T\nBC547B\n")
    assert "--column part_number=@A" in str(told.value)
    bom = intake.read(tmp_path / "list.csv", Reading(columns={"part_number": "@A"}))
    assert list(bom.lines["part_number"]) == ["IRF540N", "LM317T", "BC547B"]
    assert list(read(tmp_path, "MPN\nIRF540N\nLM317T\n").lines["mpn"]) == ["IRF540N", "LM317T"]


def test_prose_is_no_list(tmp_path: Path) -> None:
    text = "Meeting notes\n3 people came.\nWe spoke of the pump.\nNext time bring drawings.\nBye.\n"
    with pytest.raises(WorkbookError):
        read(tmp_path, text, "notes.txt")


@pytest.mark.parametrize(
    ("most", "few", "texts", "row"),
    [
        ("utf-8", "cp1252", ["Gehäuse groß", "Schürze für Lüfter", "Zubehör", "Kühlkörper"], 5),
        ("cp1252", "utf-8", ["Gehäuse groß", "Schürze für Lüfter", "Zubehör", "Kühlkörper"], 5),
        ("utf-8", "gb18030", ["电机外壳", "轴承座", "联轴器", "电源"], 5),
        ("utf-8", "cp1251", ["Двигатель", "Корпус", "Вал ротора", "Крышка"], 5),
    ],
)
def test_rows_in_another_encoding_are_read_and_named(
    most: str, few: str, texts: list[str], row: int, tmp_path: Path
) -> None:
    lines = ["Part;Description;Qty", *(f"A{n};{text};1" for n, text in enumerate(texts))]
    data = "".join(f"{line}\n" for line in lines[:-1]).encode(most) + lines[-1].encode(few)
    bom = read(tmp_path, data)
    assert list(bom.lines["description"]) == texts
    told = bom.issues[bom.issues["code"] == "encoding-mixed"]
    assert list(told["row"]) == [row]
    assert few in told["text"].iloc[0]


def test_a_quotation_mark_that_never_closes_swallows_no_rows(tmp_path: Path) -> None:
    bom = read(tmp_path, 'Part,Description,Qty\nA,"Bolt 3 in,4\nB,Nut,2\nC,"Washer, flat",3\n'
               'D,Motor,1\nE,"two\nlines",5\nF,Gear,1\n')  # fmt: skip
    assert list(bom.lines["part_number"]) == ["A", "B", "C", "D", "E", "F"]
    assert list(bom.lines["quantity"]) == [4, 2, 3, 1, 5, 1]
    assert list(bom.lines["description"])[2] == "Washer, flat"
    assert list(bom.issues.loc[bom.issues["code"] == "quote-open", "row"]) == [2]


def test_names_without_numbers_are_kept_and_sums_are_not(tmp_path: Path) -> None:
    """A column of names beside one of kinds: both are read; the sums below are no lines."""
    bom = read(tmp_path, "ITEM,DESCRIPTION,QTY,UNIT PRICE,COST\nHobby Wing 30A,Controller,1,$9,$9\n"
               "Tower Pro MG90S,Servo,3,$2,$6\nCarbon spar,Wing support,1,$5,$5\n"
               "Estimated Total Cost,,,,$20\nFunds Needed,,,,$20\n")  # fmt: skip
    assert list(bom.lines["part_number"]) == ["Hobby Wing 30A", "Tower Pro MG90S", "Carbon spar"]
    assert list(bom.lines["description"]) == ["Controller", "Servo", "Wing support"]


def test_most_lines_are_named_in_a_column_that_no_word_knows(tmp_path: Path) -> None:
    bom = read(tmp_path, "Anz,Wonach,Beschreibung,Preis\n1,Spendendose,,6.95\n2,Flyer,,60.01\n"
               "1,Kleber,Endfest 300,7.75\n1,Thermometer,,21.99\n1,Endoskop,,19.99\n")  # fmt: skip
    assert list(bom.lines["part_number"]) == [
        "Spendendose", "Flyer", "Kleber", "Thermometer", "Endoskop",
    ]  # fmt: skip


def test_designators_under_the_word_name(tmp_path: Path) -> None:
    bom = read(tmp_path, "Parts list v1\n\nName        Value\n\nU1          TL072 opamp\n"
               "C1          Capacitor 100nF\nC2          Capacitor 10uF\nR1          Trimmer 470k\n"
               "T1          Spring tank\n", "list.txt")  # fmt: skip
    assert bom.read[0].header_row == 3
    assert list(bom.lines["designator"]) == ["U1", "C1", "C2", "R1", "T1"]
    assert list(bom.lines["quantity"]) == [1] * 5


def test_the_firm_is_named_by_its_name(tmp_path: Path) -> None:
    bom = read(tmp_path, "componente,desc_componente,cantidad,proveedor_codigo,proveedor_nombre\n"
               "77001,Guardabarro,1,V23,EICHER\n77002,Tapa lateral,2,V23,EICHER\n"
               "77003,Tanque,1,V07,LONCIN CO\n")  # fmt: skip
    assert headers(bom)["supplier"] == "proveedor_nombre"
    assert headers(bom)["description"] == "desc_componente"


def test_a_running_number_is_not_taken_for_the_parents_number(tmp_path: Path) -> None:
    body = "".join(f"{n},{n},{100 + n},2,pcs\n" for n in range(1, 9))
    bom = read(tmp_path, f"bom_id,parent_product_id,component_product_id,qty_required,uom\n{body}")
    assert "structure-cycle" not in set(bom.issues["code"])
    assert list(bom.lines["quantity_total"]) == [2] * 8


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (  # the firm's number of a part is no firm, also where firms are shops
            "Description,Manufacturer,Manufacturer ID,Quantity\nCage cube,Thorlabs,C4W,1\n"
            "Gold mirror,Thorlabs,PF10-03,2\nCage plate,Thorlabs,CP33/M,3\n",
            {"manufacturer": "Manufacturer", "mpn": "Manufacturer ID"},
        ),
        (  # two prices: one of a pack, one of the line
            "Item name,Qty needed,Qty per pack,Price per pack,Price\nDowel pins,8,9,2.00,2.88\n"
            "Bearings,46,50,11.09,11.09\nScrews,8,50,2.11,2.11\n",
            {"quantity": "Qty needed", "extended_cost": "Price"},
        ),
        (  # shop numbers such as HM616-ND are no designators
            "Item,Qty,Name,Distributor,Distributor Part #,Unit Price,Price\n"
            "1,1,Enclosure,DIGIKEY,HM616-ND,16.34,16.34\n2,2,Red jack,DIGIKEY,J151-ND,1.17,2.34\n"
            "3,3,Black jack,DIGIKEY,J152-ND,1.26,3.78\n",
            {"supplier_part": "Distributor Part #", "extended_cost": "Price", "designator": ""},
        ),
        (  # neither how popular a symbol is nor where a drawing lies says anything of the part
            "Part;Value;Package;MF;POPULARITY\nC1;1u;C1210;Kemet;0\nC2;100n;C0805;Murata;13\n"
            "R1;470R;R0805;Yageo;13\nR2;220R;R0805;Yageo;13\n",
            {"designator": "Part", "manufacturer": "MF", "quantity": ""},
        ),
        (
            "Index\tName\tDescription\tFile Name\tQuantity\n"
            "1\tBall screw\t\tC:/cad/z/Lower Axis.FCStd\t1\n"
            "2\tBase plate\t\tC:/cad/z/Lower Axis.FCStd\t1\n"
            "3\tLinear rail\t\tC:/cad/z/Upper Axis.FCStd\t2\n",
            {"description": "Name", "quantity": "Quantity"},
        ),
        (  # words written in one are read from their end
            "Einzelteilbezeichnung;Liefermenge;Einzelteilwerkstoff\nWelle;2;42CrMo4\nDeckel;1;S235JR\n",
            {"description": "Einzelteilbezeichnung", "material": "Einzelteilwerkstoff"},
        ),
        (  # "Number" above small counts that repeat is how many, "à price" is for each
            "Name;MPN;Number;Á price;Estimated cost\nPlug;B4B-XH;9;0,01;0,09\n"
            "Socket;XHP-4;9;0,06;0,54\nBoard;BEE-1;1;25,00;25,00\nDriver;LM2596;2;0,04;0,08\n"
            "Resistor;MOS2CT;12;0,06;0,72\nNut;MHNZ 003;56;0,04;2,02\n",
            {"quantity": "Number", "unit_cost": "Á price", "extended_cost": "Estimated cost"},
        ),
        (  # "Material" above codes is the article's number
            "Material;Ilosc;Opis\nSTM32G071RB;1;Mikrokontroler\nLIS3DH;1;Czujnik ruchu\n"
            "INR18650-35E;2;Akumulator\n",
            {"part_number": "Material", "quantity": "Ilosc", "material": ""},
        ),
    ],
)  # fmt: skip
def test_columns_that_hand_made_lists_have(
    text: str, roles: dict[str, str], tmp_path: Path
) -> None:
    found = headers(read(tmp_path, text))
    assert {role: found.get(role, "") for role in roles} == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        # SAP Business One: "#" counts the rows, "No." is the item's number
        ("#;No.;Description;Quantity;UoM Name\n1;RM-0001;Copper wire;2;kg\n2;RM-0002;Magnet;4;pcs\n3;RM-0009;Bearing;2;pcs\n",  # noqa: E501
         {"item": "#", "part_number": "No.", "unit": "UoM Name"}),
        ("Nº;Descripción;Cantidad\nRM-0001;Alambre;2\nRM-0002;Imán;4\n", {"part_number": "Nº"}),
        # numbers that do not run on beside those that do
        ("#;No.;Description;Quantity\n1;100412;Wire;2\n2;100020;Magnet;4\n3;100733;Bearing;2\n4;100001;Nut;2\n",
         {"item": "#", "part_number": "No."}),
        # numbers that count the lines stay what they are
        ("No.;Description;Quantity\n1;Wire;2\n2;Magnet;4\n3;Bearing;2\n", {"item": "No."}),
        # a value in money beside a price; a value in ohm on a list of a board
        ("Lp.;Nazwa;Ilość;J.m.;Cena;Wartość\n1;Śruba M8;8;szt.;0,50;4,00\n2;Magnes;4;szt.;2,00;8,00\n",  # noqa: E501
         {"extended_cost": "Wartość", "unit_cost": "Cena"}),
        ("Oznaczenie;Wartość;Ilość;Cena\nR1;10;1;0,1\nR2;100;1;0,1\nC1;22;1;0,2\n", {"value": "Wartość"}),  # noqa: E501
        ("Poř.;Reg. číslo;Název;Množství;MJ;Cena za MJ\n1;A-1;Šroub;8;ks;0,50\n2;A-2;Magnet;4;ks;2,00\n",  # noqa: E501
         {"item": "Poř.", "part_number": "Reg. číslo", "unit_cost": "Cena za MJ"}),
        ("品番;品名;員数;員数(分母);単位\nB-1;磁石;4;1;EA\nB-2;グリース;50;1000;G\n", {"quantity": "員数", "base_quantity": "員数(分母)"}),  # noqa: E501
        ("자품번;자품명;소요량(분자);소요량(분모);단위\nB-1;자석;4;1;EA\nB-2;그리스;50;1000;G\n",
         {"quantity": "소요량(분자)", "base_quantity": "소요량(분모)"}),
    ],
)  # fmt: skip
def test_headers_that_need_the_cells_below_them(text: str, roles: dict[str, str]) -> None:
    columns = intake.read_text(text).read[0].columns
    assert {role: columns[role].header for role in roles if role in columns} == roles
