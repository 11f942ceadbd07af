"""The strip, the tables, the workbook and a mineral's page give one answer about one list."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bomexposure.export.workbook import xlsx_bytes
from bomexposure.present import numbers
from bomexposure.present.actions import suggested_actions, top_exposures
from bomexposure.present.charts import dumbbell
from bomexposure.present.headline import headline_sentence, tiles
from bomexposure.present.minerals import mineral_detail, minerals_table
from bomexposure.present.summary import summary_lines
from tests.core.qa.conftest import Analyzed

BOARD = (
    "Part,Description,Qty,Unit price\n"
    "C-1,MLCC 4.7uF 50V X7R 1210,24,0.05\nC-2,Tantalum capacitor 100uF 10V case D,4,0.62\n"
    "U-1,Microcontroller STM32G474RET6,1,6.30\nW-1,Cable PVC white,1,2.00\n"
    "D-1,LED red 0603,3,0.04\n"
)
LISTS = {"board": BOARD, "bolt": BOARD + "B-1,Bolt Ti-6Al-4V M6x25,24,3.90\n"}


@pytest.mark.parametrize("name", list(LISTS))
def test_the_table_counts_what_the_strip_counts(name: str, analyzed: Analyzed) -> None:
    """A white pigment draws on no titanium sponge: neither says that this board is acute on it."""
    told = analyzed(LISTS[name])
    rows = minerals_table(told).rows
    held = rows[(rows["listed"] == "yes") & (rows["lines_high"] > 0)]
    shown = {tile.key: tile for tile in tiles(told)}
    acute = held["acute_word"] != "no"
    assert shown["acute"].figure == str(acute.sum())
    surely = (held["acute_word"] == "yes").sum()
    assert shown["acute"].below.startswith(f"{surely} surely") or surely == acute.sum()
    assert shown["nir-50"].below.startswith(f"{(held['nir_low'] >= 50).sum()} mineral")
    assert shown["nir-100"].below.startswith(f"{(held['nir_low'] >= 100).sum()} mineral")


@pytest.mark.parametrize(
    ("name", "words", "reliance", "acute"),
    [
        # MCS 2026, TITANIUM: pigment net exporter, sponge 100 %
        ("board", "Titanium (TiO2 pigment)", "E (net exporter)", "no"),
        ("bolt", "Titanium", "100 %", "yes"),
    ],
)
def test_a_mineral_is_shown_in_the_form_that_the_parts_draw_on(
    name: str, words: str, reliance: str, acute: str, analyzed: Analyzed
) -> None:
    told = analyzed(LISTS[name])
    row = minerals_table(told).rows.set_index("mineral").loc["titanium"]
    assert (row["name"], row["acute_word"]) == (words, acute)
    assert words in [one.label for one in dumbbell(told).rows]
    page = mineral_detail(told, "titanium")
    assert page.facts[0].words.startswith(reliance)
    assert bool([note for note in page.notes if "TiO2 pigment" in note]) == (name == "board")


def test_the_workbook_counts_them_by_a_formula_that_agrees(analyzed: Analyzed) -> None:
    told = analyzed(BOARD)
    data = xlsx_bytes(told)
    cells = {
        row[0].value: row[1]
        for row in load_workbook(BytesIO(data), data_only=True)["Summary"]["B6:C30"]
    }
    formulas = {row[0].value: row[1] for row in load_workbook(BytesIO(data))["Summary"]["B6:C30"]}
    assert cells["Of these acute"].value == told.exposures.headline.minerals_acute
    assert str(formulas["Of these acute"].value).startswith("=SUMPRODUCT")


@pytest.mark.parametrize("name", list(LISTS))
def test_the_five_that_matter_are_the_same_on_paper_and_on_screen(
    name: str, analyzed: Analyzed
) -> None:
    told = analyzed(LISTS[name])
    first = told.exposures.headline.top_minerals
    assert tuple(one.mineral for one in top_exposures(told)) == first
    assert numbers.mineral_name(first[0]).lower() in headline_sentence(told).partition(",")[0]


def test_the_summary_calls_a_chip_what_it_calls_its_silicon(analyzed: Analyzed) -> None:
    """The reliance on silicon is a range: mineral and line could be acute, the LED is."""
    said = {
        line.split()[0]: line for line in summary_lines(analyzed(BOARD), lines=9) if line.strip()
    }
    assert " could be " in said["Silicon"]
    assert " could be " in said["4"]  # the microcontroller, row 4
    assert " yes " in said["6"]  # the LED


def test_a_line_known_by_its_family_is_not_called_unrecognised(analyzed: Analyzed) -> None:
    """A rod is assumed to be of a common stainless steel: the strip counts it as recognised."""
    told = analyzed('Part,Description,Qty,Unit price\nR-1,"Rod, stainless, 8 mm",2,11.30\n')
    assert told.exposures.coverage.lines_pct == 100
    assert "known by a family only" in suggested_actions(told, 1)[0].what
