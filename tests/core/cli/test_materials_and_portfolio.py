"""Own materials and several products from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bomexposure.cli.run import run

OWN = """material,element,low,typical,high,source
Densalloy K9,W,88,90,92,lab 12
Densalloy K9,Ni,5,6,7,
"""
HEAD = "Part,Description,Material,Qty,Price\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_an_own_material_beside_a_shipped_one(
    own: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    call = ["substitute", "OWN_DENSALLOY_K9", "TI_64", "--materials", str(own), "--json", "-"]
    assert run(call) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["schema"] == "bomexposure/side-by-side/1"
    assert [one["id"] for one in told["subjects"]] == ["OWN_DENSALLOY_K9", "TI_64"]
    assert told["subjects"][0]["minerals"][0]["wt_pct"]["typical"] == 90.0


def test_a_line_that_names_the_own_material_holds_it(own: Path, tmp_path: Path) -> None:
    own.write_text(OWN.replace("source\n", "source,designations\n").replace(
        "lab 12\n", "lab 12,Densalloy K9\n"), encoding="utf-8")  # fmt: skip
    book, target = tmp_path / "b.csv", tmp_path / "a.json"
    book.write_text(HEAD + "1,Counterweight,Densalloy K9,1,5\n", encoding="utf-8")
    assert run(["analyze", str(book), "--materials", str(own), "--json", str(target)]) == 0
    told = json.loads(target.read_bytes())
    held = {one["mineral"]: one for one in told["lines"][0]["minerals"]}
    assert held["tungsten"]["presence"] == "certain"
    assert told["sources"][held["tungsten"]["sources"][0]]["locator"] == "lab 12"


def test_a_wrong_material_is_named_with_its_remedy(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(OWN.replace(",W,", ",Unobtainium,"), encoding="utf-8")
    assert run(["substitute", "TI_64", "--materials", str(own)]) == 2
    assert "No mineral is called 'Unobtainium'" in capsys.readouterr().err


def test_a_material_answers_to_its_name_and_designation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = []
    for name in ("TI_64", "Ti-6Al-4V", "ti 6al 4v"):
        assert run(["substitute", name]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == said[2]
    assert run(["substitute", "unobtainium"]) == 2


def test_materials_are_browsed_without_a_bom(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reference", "materials", "samarium", "cobalt"]) == 0
    said = capsys.readouterr().out
    assert "SM2CO17" in said
    assert "TI_64" not in said


def test_a_portfolio_ranks_and_shares(tmp_path: Path) -> None:
    books = []
    for name, price in (("drill", 30), ("mill", 50)):
        books.append(tmp_path / f"{name}.csv")
        books[-1].write_text(
            f"{HEAD}M-1,Magnet,NdFeB N42,1,{price}\nB-2,Cover,ABS,1,50\n", encoding="utf-8"
        )
    target = tmp_path / "p.json"
    assert run(["portfolio", *map(str, books), "--json", str(target)]) == 0
    told = json.loads(target.read_bytes())
    assert [one["product"] for one in told["products"]] == ["mill", "drill"]
    assert told["parts"][0]["product_names"] == ["drill", "mill"]
    assert run(["portfolio", str(books[0]), "--volume", "saw=5", "--json", str(target)]) == 2
    # columns given by hand hold for every BOM of the call: here the price is the quantity
    call = ["portfolio", *map(str, books), "--column", "quantity=Price", "--json", str(target)]
    assert run(call) == 0
