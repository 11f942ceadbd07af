"""What `reference list` and `reference show` say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bomexposure.model.errors import UsageError
from bomexposure.model.supply import Reference
from bomexposure.reference.listing import card_text, find_mineral, list_text, mineral_card

DAY = date(2026, 11, 22)


def test_the_list_has_one_aligned_line_per_mineral(facts: Reference) -> None:
    lines = list_text(facts).splitlines()
    head = next(place for place, line in enumerate(lines) if line.startswith("mineral"))
    assert len(lines) - head - 1 == 76
    column = lines[head].index("import reliance")
    gallium = next(line for line in lines if line.startswith("gallium"))
    assert gallium[column:].startswith("100")
    assert "60 of them on the 2025 U.S. list" in lines[0]


@pytest.mark.parametrize("name", ["gallium", "Gallium", "Ga", " GALLIUM "])
def test_a_mineral_is_found_under_its_names(facts: Reference, name: str) -> None:
    assert find_mineral(facts, name) == "gallium"


def test_a_group_names_its_members_and_a_slip_the_near_names(facts: Reference) -> None:
    with pytest.raises(UsageError, match="neodymium"):
        find_mineral(facts, "rare earths")
    with pytest.raises(UsageError, match="gallium"):
        find_mineral(facts, "galium")


@pytest.mark.parametrize(
    "mineral", ["gallium", "neodymium", "cesium", "uranium", "titanium", "iron"]
)
def test_a_card_is_plain_data_and_every_figure_in_it_has_its_source(
    facts: Reference, mineral: str
) -> None:
    card = mineral_card(facts, mineral, DAY)
    again: dict[str, Any] = json.loads(json.dumps(card, allow_nan=False))
    assert again == card
    for part in ("producers", "import_sources", "reserves", "prices", "substitutes", "suppliers"):
        assert all(row["source"] in card["sources"] for row in card[part])
    for field in ("nir_source", "china_peak_source", "leading_source", "hhi_source"):
        assert not card["supply"][field] or card["supply"][field] in card["sources"]


def test_the_card_leads_from_a_figure_to_its_printed_value(facts: Reference) -> None:
    card = mineral_card(facts, "gallium", DAY)
    cited = card["sources"][card["supply"]["china_share_source"]]
    # GALLIUM chapter, production of China 2025 estimated, kilograms
    assert cited["printed"] == "900,000"
    assert cited["locator"].startswith("GALLIUM chapter, data release row 2557")
    said = card_text(card, DAY)
    assert "printed '900,000'" in said


def test_unknown_is_said_and_never_zero(facts: Reference) -> None:
    said = card_text(mineral_card(facts, "rhodium", DAY), DAY)
    assert "Net import reliance not published" in said
    assert "China's share not published by USGS" in said
    assert "Net import reliance 0" not in said


def test_controls_stand_with_their_status_on_the_day(facts: Reference) -> None:
    controls = {row["event"]: row for row in mineral_card(facts, "gallium", DAY)["controls"]}
    assert controls["CN-01"]["status"] == "in force"
    assert controls["CN-05b"]["status"] == "suspended"
    assert {"date": "2026-11-27", "what": "suspension ends"} in controls["CN-05b"]["changes"]
    later = {
        row["event"]: row for row in mineral_card(facts, "gallium", date(2027, 1, 1))["controls"]
    }
    assert later["CN-05b"]["status"] == "end date passed, not verified"


def test_publishers_that_disagree_are_all_shown(facts: Reference) -> None:
    card = mineral_card(facts, "germanium", DAY)
    shares = {
        (row["publisher"], row["year"]): row["share_low"]
        for row in card["producers"]
        if row["iso3"] == "CHN"
    }
    # EU 2023 study 83.1; World Mining Data 2022 93.5; BGS 2023 94.8, which lists few producers
    assert shares["European Commission", "n/s (2023 ed.)"] == 83.1
    assert shares["Austrian Federal Ministry of Finance", "2022"] == 93.5
    assert shares["British Geological Survey", "2023"] == 94.8


def test_the_same_day_gives_the_same_text(facts: Reference) -> None:
    first = card_text(mineral_card(facts, "tungsten", DAY), DAY)
    assert first == card_text(mineral_card(facts, "tungsten", DAY), DAY)
