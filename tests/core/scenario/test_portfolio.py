"""Several products: ranked by what hangs on acute minerals, and what they share."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import orjson
import pytest

from bomexposure.analysis import analyze
from bomexposure.export.portfolio import portfolio_xlsx
from bomexposure.model.choices import Choices
from bomexposure.model.errors import UsageError
from bomexposure.model.portfolio import Portfolio
from bomexposure.present.portfolio import (
    heat_map,
    parts_table,
    portfolio_plain,
    products_table,
    suppliers_table,
)
from bomexposure.reference import load
from bomexposure.scenario.portfolio import portfolio_of, summary_of

CHOICES = Choices(as_of=date(2026, 11, 22))
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "schema" / "portfolio-1.json"
HEAD = "Part Number,Description,Material,Supplier,Qty,Unit Cost,Currency\n"
MAGNET = "M-1,Magnet,NdFeB N42,Acme Magnets,1,30,{0}\n"
FAN = "HEAD-7,Carbide insert,cemented carbide,ACME magnets,1,20,{0}\n"
BOX = "B-2,Cover,ABS,Plastics Ltd,1,{1},{0}\n"


@pytest.fixture(scope="module")
def facts():
    return load()


def summary(facts, folder: Path, name: str, rows: str, volume=None):
    book = folder / f"{name}.csv"
    book.write_text(HEAD + rows, encoding="utf-8")
    return summary_of(analyze(book, facts, replace(CHOICES, volume=volume)))


def pair(facts, folder, volumes=(None, None), currencies=("USD", "USD")) -> Portfolio:
    # drill: acute 30 of 100; mill: acute 30 + 20 of 200
    drill = MAGNET + BOX
    mill = MAGNET + FAN + BOX
    return portfolio_of(
        [
            summary(facts, folder, "drill", drill.format(currencies[0], 70), volumes[0]),
            summary(facts, folder, "mill", mill.format(currencies[1], 150), volumes[1]),
        ]
    )


def test_products_are_ranked_by_acute_spend_and_by_the_year_where_volumes_are_known(
    facts, tmp_path
):
    told = pair(facts, tmp_path)
    rows = told.products.set_index("product")
    assert list(told.products["product"]) == ["mill", "drill"]
    assert rows.loc["drill", "spend_acute_certain"] == pytest.approx(30.0)
    assert rows.loc["mill", "spend_acute_certain"] == pytest.approx(50.0)
    assert rows.loc["mill", "spend_acute_certain_pct"] == pytest.approx(25.0)
    # 400 x 30 = 12,000 a year against 100 x 50 = 5,000
    yearly = pair(facts, tmp_path, volumes=(400.0, 100.0))
    assert list(yearly.products["product"]) == ["drill", "mill"]
    assert yearly.products["annual_acute_certain"].tolist() == pytest.approx([12000.0, 5000.0])


def test_two_currencies_have_no_sum_and_rank_by_share(facts, tmp_path):
    told = pair(facts, tmp_path, currencies=("USD", "EUR"))
    assert told.currency == ""
    # 30 of 100 is 30 %, 50 of 200 is 25 %
    assert list(told.products["product"]) == ["drill", "mill"]
    assert told.minerals["spend_certain"].isna().all()
    shared = told.parts[told.parts["products"] == 2].iloc[0]
    assert shared["spend"] != shared["spend"]
    assert "EUR, USD" in told.notes[0]


def test_what_products_share(facts, tmp_path):
    told = pair(facts, tmp_path)
    magnet = told.parts.iloc[0]
    assert (magnet["part_number"], magnet["products"], magnet["spend"]) == ("M-1", 2, 60.0)
    assert "neodymium" in magnet["minerals"].split(";")
    assert told.overlap.iloc[0]["parts_acute"] == 1
    neodymium = told.minerals.set_index("mineral").loc["neodymium"]
    assert (neodymium["products_certain"], neodymium["spend_certain"]) == (2, 60.0)
    tungsten = told.minerals.set_index("mineral").loc["tungsten"]
    assert (tungsten["products_certain"], tungsten["products_acute"]) == (1, 1)
    # 'Acme Magnets' and 'ACME magnets' are one supplier: 30 + 30 + 20
    acme = told.suppliers.iloc[0]
    assert (acme["supplier"], acme["products"], acme["spend_acute_certain"]) == (
        "Acme Magnets", 2, 80.0,
    )  # fmt: skip
    assert told.events["products"].max() == 2


def test_the_heat_map_tells_none_from_unknown(facts, tmp_path):
    figure = heat_map(pair(facts, tmp_path))
    at = (figure.row_keys.index("tungsten"), figure.column_keys.index("drill"))
    cell = next(one for one in figure.cells if (one.row, one.column) == at)
    assert cell.step == -1
    assert "none found" in cell.tooltip


def test_a_share_of_a_product_has_the_shade_and_words_of_the_heat_map_of_one_product(
    facts, tmp_path
):
    figure = heat_map(pair(facts, tmp_path))
    at = (figure.row_keys.index("neodymium"), figure.column_keys.index("drill"))
    cell = next(one for one in figure.cells if (one.row, one.column) == at)
    # 30 of 100: the step from 20 to 40; the title says percent once for all cells
    assert (cell.label, cell.step) == ("30", 2)


def test_each_spend_names_its_currency_where_the_products_have_several(facts, tmp_path):
    told = pair(facts, tmp_path, currencies=("USD", "EUR"))
    parts = parts_table(told)
    assert next(one for one in parts.columns if one.key == "currency").shown
    said = dict(zip(parts.rows["part_number"], parts.rows["currency"], strict=True))
    # the magnet is in both, so it has no sum; the insert is bought in euros only
    assert said == {"M-1": "", "HEAD-7": "EUR"}
    suppliers = suppliers_table(told)
    assert next(one for one in suppliers.columns if one.key == "currency").shown
    alike = parts_table(pair(facts, tmp_path))
    assert not next(one for one in alike.columns if one.key == "currency").shown


def test_plain_data_keeps_its_schema_and_the_workbook_its_figures(facts, tmp_path):
    told = pair(facts, tmp_path, currencies=("USD", "EUR"))
    plain = portfolio_plain(told)
    orjson.dumps(plain)
    jsonschema.validate(plain, json.loads(SCHEMA.read_text(encoding="utf-8")))
    data = portfolio_xlsx(told)
    assert data == portfolio_xlsx(told)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Products"]
    heads = [cell.value for cell in sheet[1]]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["drill", "mill"]
    assert sheet.cell(2, heads.index("Share of spend low, %") + 1).value == pytest.approx(30.0)
    assert len(products_table(told)) == 2


def test_names_and_conditions(facts, tmp_path):
    one = summary(facts, tmp_path, "drill", MAGNET.format("USD"))
    other = replace(one, conditions={**one.conditions, "as_of": "2025-01-01"})
    told = portfolio_of([one, other])
    assert sorted(told.products["product"]) == ["drill", "drill (2)"]
    assert any("different days" in note for note in told.notes)
    with pytest.raises(UsageError, match="needs a bill of materials"):
        portfolio_of([])
