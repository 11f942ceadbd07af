"""Encodings and delimiters are found out; the guess can be overridden."""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

from pathlib import Path

import books
import pytest

from bomexposure import intake
from bomexposure.intake import textfile
from bomexposure.model.choices import Reading
from bomexposure.model.errors import WorkbookError

TABLES = {
    "utf-8": [["Pos", "Bezeichnung", "Menge"], ["1", "Gehäuse groß", "2"], ["2", "Schürze", "1"]],
    "utf-8-sig": [["Pos", "Désignation", "Quantité"], ["1", "Boîtier", "2"], ["2", "Clé", "1"]],
    "utf-16": [["序号", "名称", "数量"], ["1", "电机", "2"], ["2", "外壳", "1"]],
    "utf-16-le": [["Item", "Description", "Qty"], ["1", "Motor", "2"], ["2", "Case", "1"]],
    "cp1252": [["Pos", "Benennung", "Stück"], ["1", "Kühlkörper Ø20", "2"], ["2", "Lüfter", "1"]],
    "cp932": [["番号", "部品名", "個数"], ["1", "ケース", "2"], ["2", "モータ", "1"]],
    "gb18030": [["序号", "物料名称", "数量"], ["1", "轴承座", "2"], ["2", "外壳", "1"]],
    "big5": [["序號", "品名", "數量"], ["1", "馬達外殼", "2"], ["2", "軸承", "1"]],
    "cp949": [["순번", "품명", "수량"], ["1", "모터 하우징", "2"], ["2", "베어링", "1"]],
    "cp1251": [["Поз.", "Наименование", "Кол-во"], ["1", "Двигатель", "2"], ["2", "Корпус", "1"]],
    "koi8-r": [["Поз.", "Наименование", "Кол-во"], ["1", "Двигатель", "2"], ["2", "Корпус", "1"]],
    "cp1250": [["Poz.", "Název", "Množství"], ["1", "Šroub M8 žárový", "2"], ["2", "Čep těsnění", "1"]],
    "cp1254": [["Sıra No", "Tanım", "Miktar"], ["1", "Civata başlığı", "2"], ["2", "Şaft ığne", "1"]],
}  # fmt: skip


@pytest.mark.parametrize("encoding", TABLES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = TABLES[encoding]
    bom = intake.read(books.save_text(tmp_path / "t.csv", rows, delimiter, encoding))
    assert list(bom.lines["description"]) == [row[1] for row in rows[1:]]
    assert list(bom.lines["quantity"]) == [2, 1]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Pos;Benennung;Menge\n10;Hülse;4\n20;Scheibe M5;8\n", "cp1252"),
        ("Pos;Benennung;Menge\n10;Dichtung für Öl;4\n20;Scheibe M5;8\n", "cp1252"),
        ("Part,Description,Qty\nA1,Résistance 10k,4\nA2,Bague laiton,2\n", "cp1252"),
        ("Part,Description,Qty\nA1,USB线,4\nA2,M5螺母,2\nA3,深沟球轴承,1\n", "gb18030"),
        ("番号,名称,数量\n1,Oリング,4\n", "cp932"),
    ],
)
def test_one_accent_in_a_short_file_is_no_sign_of_the_east(text: str, encoding: str) -> None:
    assert textfile.decode(text.encode(encoding)) == (text, encoding)


def test_a_given_encoding_and_delimiter_win(tmp_path: Path) -> None:
    path = books.save_text(tmp_path / "t.txt", [["Part", "Qty"], ["a;b", "1"]], ",", "cp1252")
    bom = intake.read(path, Reading(encoding="cp1252", delimiter="comma"))
    assert (bom.encoding, bom.delimiter) == ("cp1252", "comma")
    with pytest.raises(WorkbookError):
        intake.read(path, Reading(encoding="no-such-code"))


def test_rows_are_numbered_as_excel_would() -> None:
    rows, _ = textfile.split('Part,Qty\n\n"two\nlines",2\n')
    assert rows == [["Part", "Qty"], [], ["two\nlines", "2"]]


def test_declared_separator_and_double_quoting() -> None:
    assert textfile.split("sep=;\nPart;Qty\nA;1\n")[0] == [[], ["Part", "Qty"], ["A", "1"]]
    rows, delimiter = textfile.split('"Part;Qty;Unit"\n"A;1;pc"\n"B;2;pc"\n')
    assert (rows[1], delimiter) == (["A", "1", "pc"], ";")


def test_decimal_commas_do_not_make_commas_the_delimiter() -> None:
    rows, delimiter = textfile.split("Teil;Menge;Preis\nA;1,5;2,50\nB;2,5;3,75\nC;3,0;1,25\n")
    assert delimiter == ";"
    assert rows[1] == ["A", "1,5", "2,50"]
