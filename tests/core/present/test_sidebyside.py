"""Substitutes side by side from the shipped options: S002 and S004 of options.csv."""

from __future__ import annotations

import math
from datetime import date

import pytest

from bomexposure import reference
from bomexposure.model.choices import Choices
from bomexposure.model.supply import Reference
from bomexposure.present.sidebyside import SideBySide, as_table, side_by_side, subjects_with_options


@pytest.fixture(scope="module")
def facts() -> Reference:
    return reference.load()


@pytest.fixture(scope="module")
def magnet(facts: Reference) -> SideBySide:
    return side_by_side("NDFEB_SH", facts, Choices(as_of=date(2026, 11, 22)))


def test_the_present_part_is_first_and_every_row_has_a_cell_a_column(magnet: SideBySide) -> None:
    assert magnet.choices[0].id == ""
    assert {one.id for one in magnet.choices[1:]} == {"S002", "S004"}
    assert all(len(row.cells) == len(magnet.choices) for row in magnet.rows)


def test_samarium_cobalt_brings_samarium_and_raises_the_alarm(magnet: SideBySide) -> None:
    at = [one.id for one in magnet.choices].index("S002")
    added = next(row for row in magnet.rows if row.name == "Brings in")
    assert "Samarium" in added.cells[at].words
    removed = next(row for row in magnet.rows if row.name == "Takes out")
    assert "Neodymium" in removed.cells[at].words
    assert removed.cells[0].words == "–"  # an empty cell would read as unknown
    assert "itself acute" in magnet.choices[at].alarm
    assert "samarium" in magnet.choices[at].alarm


def test_a_chip_says_the_same_of_supply_as_in_the_lines_table(magnet: SideBySide) -> None:
    """MCS 2026: aluminum 60 and copper 57 % reliant, boron a net exporter, no index of 50."""
    chips = next(row for row in magnet.rows if row.kind == "chips")
    now = {one.mineral: one.supply for one in chips.cells[0].minerals}
    assert now["neodymium"] == "acute"
    assert (now["aluminum"], now["copper"], now["boron"]) == ("reliant", "reliant", "plain")
    order = [one.mineral for one in chips.cells[0].minerals if one.presence == "certain"]
    assert order == ["cobalt", "neodymium", "aluminum", "copper", "boron"]


def test_a_range_that_only_may_reach_the_threshold_is_a_chip_that_says_so(
    facts: Reference,
) -> None:
    """Silicon: reliance printed ">50", so an index of 44 to 87 in an alloy of aluminum."""
    alloy = side_by_side("AL_A380", facts, Choices(as_of=date(2026, 11, 22)))
    chips = next(row for row in alloy.rows if row.kind == "chips")
    now = {one.mineral: one.supply for one in chips.cells[0].minerals}
    assert (now["silicon"], now["aluminum"]) == ("maybe", "reliant")


def test_what_no_source_states_is_a_word(magnet: SideBySide) -> None:
    ranges = [row for row in magnet.rows if row.kind == "range"]
    for row in ranges:
        for cell in row.cells:
            assert cell.words
            assert math.isfinite(cell.low) or cell.words in ("not stated", "not known")


def test_every_property_figure_leads_to_its_source(magnet: SideBySide, facts: Reference) -> None:
    at = [one.id for one in magnet.choices].index("S002")
    energy = next(row for row in magnet.rows if row.name == "Maximum energy product")
    assert energy.unit == "kJ/m³ (20 °C)"
    (figure,) = energy.cells[at].figures
    # S002,energy-product,,20,200,440,150,240 in metrics.csv; the source in options.csv
    assert facts.sources[figure].printed == (
        "Maximum energy product (20 °C): 200 to 440, with Sm2Co17 150 to 240 kJ/m3"
    )
    assert facts.sources[figure].locator.startswith("comparison tables at vectormagnets.com")
    assert facts.sources[figure].kind == "lookup"
    # what the magnet has now is stated by the same rows
    assert figure in energy.cells[0].figures
    cited = [one for row in magnet.rows for cell in row.cells for one in cell.figures]
    assert all(one in facts.sources for one in cited)


def test_it_can_be_copied_as_a_table(magnet: SideBySide) -> None:
    table = as_table(magnet)
    assert len(table) == len(magnet.rows)
    assert [one.heading for one in table.columns][1] == magnet.name


def test_subjects_offered_are_those_with_options(facts: Reference) -> None:
    offered = {subject: count for subject, _, count in subjects_with_options(facts)}
    assert offered["NDFEB_SH"] == 2
