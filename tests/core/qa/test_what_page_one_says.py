"""Sentences of page one on what relies on acute minerals, on small lists as firms write them."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from bomexposure.export.workbook import xlsx_bytes
from bomexposure.exposure.ask_next import ask_next
from bomexposure.model.analysis import Analysis
from bomexposure.present.actions import suggested_actions, top_exposures
from bomexposure.present.headline import headline_sentence, tiles
from bomexposure.present.policy import changes_ahead
from tests.core.qa.conftest import Analyzed

HEAD = "Pos,MPN,Description,Qty\n"
BOARD = """1,LTST-C190KRKT,LED red 0603,2
2,SN65HVD230DR,CAN transceiver IC SOIC-8,1
3,BAT46W-7-F,Schottky diode SOD-123,4
4,,Display 3.2 inch TFT colour,1
5,,Magnet NdFeB N42SH 20x6x3,24
"""


@pytest.fixture
def board(analyzed: Analyzed) -> Analysis:
    return analyzed(HEAD + BOARD)


def test_chips_are_told_apart_from_what_surely_hangs_on_a_mineral(board: Analysis) -> None:
    """LED, display and magnet are acute on printed figures; chips by a stand-in for polysilicon."""
    told = headline_sentence(board)
    assert "3 of 5 counted lines rely for their function" in told
    assert "2 more may: of silicon the import reliance is published as a range only" in told
    assert "stands in for polysilicon" in told


def test_the_tile_parts_what_is_acute_by_a_range_as_the_sentence_does(board: Analysis) -> None:
    """3 of the 5 lines surely, 5 at the most: the chips' silicon reaches 50 by a range only."""
    shown = {tile.key: tile for tile in tiles(board)}
    assert (shown["spend-acute"].figure, shown["spend-acute"].unit) == ("5", "of 5")
    assert shown["spend-acute"].below.startswith("3 surely; ")
    assert "surely; index can reach 50" in shown["acute"].below


def test_a_small_source_is_not_named_without_its_share(board: Analysis) -> None:
    """MCS 2026: Japan makes 3,000 of the 909,000 kg of primary gallium in 2025, 0.33 %."""
    gallium = next(row for row in top_exposures(board) if row.mineral == "gallium")
    assert gallium.options == "Japan 0.3 %"
    asked = next(one for one in suggested_actions(board, 5) if one.rule == "second source")
    assert "Japan (0.3 % of world output)" in asked.what


def test_silicon_does_not_lead_where_a_magnet_or_an_led_is(board: Analysis) -> None:
    assert board.exposures.headline.top_minerals[0] != "silicon"
    worst = board.exposures.lines["top_mineral"].tolist()
    assert worst == ["gallium", "silicon", "silicon", "indium", "neodymium"]
    assert set(board.exposures.headline.top_lines[:3]) == {"2", "5", "6"}


def test_what_replaces_a_magnet_is_no_way_out_for_an_led(board: Analysis) -> None:
    """The magnet holds some gallium as a dopant; the row names the LED."""
    gallium = next(row for row in top_exposures(board) if row.mineral == "gallium")
    assert gallium.parts.startswith("LED")
    assert "Co" not in gallium.substitute


def test_a_line_without_words_is_named_by_its_makers_number(analyzed: Analyzed) -> None:
    """Find out what “62” holds tells nobody anything."""
    found = analyzed(HEAD + "1,QQZ163X-25,,1\n2,,Hex nut M5 steel,8\n")
    assert any("“QQZ163X-25” (row 2)" in action.what for action in suggested_actions(found))


def test_no_declaration_is_said_to_tell_where_a_mineral_was_refined(board: Analysis) -> None:
    """IPC-1752A and IMDS carry substances and masses; a supplier states the country apart."""
    asked = ask_next(board.bom, board.contents, board.reference, board.choices, 20)["question"]
    about = [one for one in asked if "refined" in one]
    assert about
    assert all("names no country of refining" in one for one in about)


def test_nobody_is_told_to_stock_up_before_a_buying_rule_or_an_end_of_controls(
    board: Analysis,
) -> None:
    """A defence procurement rule cuts nobody's supply, and a ban that ends eases it."""
    measures = {event.id: event for event in board.events}
    tight = [one for one in changes_ahead(board, 50) if one.tightens]
    assert all("ends as announced" not in one.what for one in tight)
    assert all(measures[one.event].measure in ("ban", "licence", "quota") for one in tight)
    assert any("DFARS" in one.what for one in changes_ahead(board, 50))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,,Magnet NdFeB N42SH 20x6x3,2\n2,,Hex nut M5 steel,8\n3,,Washer M5 steel,8\n",
         "1 of 3 counted lines relies for its function"),
        ("1,,Magnet NdFeB N42SH 20x6x3,2\n", "The one counted line relies for its function"),
        ("1,,Spacer polyethylene PE-HD 5 mm,1\n",
         "found in the one counted line, which was recognised."),
    ],
)  # fmt: skip
def test_one_line_is_spoken_of_as_one(analyzed: Analyzed, rows: str, said: str) -> None:
    assert said in headline_sentence(analyzed(HEAD + rows))


def test_a_line_that_costs_nothing_is_counted_instead_of_called_worth_nothing(
    analyzed: Analyzed,
) -> None:
    """The magnet came free of charge: it is one line of two, not 0 % of spend."""
    told = headline_sentence(
        analyzed(
            "Item,Description,Qty,Unit price,Currency\n"
            "1,Magnet NdFeB N42SH 20x6x3,2,0.00,USD\n2,Hex nut M5 steel,8,0.05,USD\n"
        )
    )
    assert "1 of 2 counted lines, at no known cost in this list, relies for its function" in told
    assert "Lines worth 0 %" not in told


def test_the_workbook_of_a_list_without_prices_counts_lines(
    board: Analysis,
) -> None:
    """Blank is unknown: no price is not a spend of 0.00; 3 to 5 of the 5 lines are acute."""
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes(board)), data_only=True)["Summary"]
    told = {row[1]: row[2:4] for row in sheet.iter_rows(min_row=6, values_only=True)}
    assert told["Known spend"] in ((None, None), ("", ""))
    assert told["Acute lines"] == (5, 5)
