"""Which controls deserve a headline: judged on the shipped shares, read off USGS and the IEA."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bomexposure.reference import load
from bomexposure.scenario.bearing import NO_CUT, SMALL, Bearing


@pytest.fixture(scope="module")
def facts():
    return load(knowledge=False)


@pytest.mark.parametrize(
    ("event", "mineral", "why"),
    [
        ("ID-01", "nickel", ""),  # Indonesia mines 67 % of the world's nickel
        ("CD-02", "cobalt", ""),  # Congo mines 73 % of the cobalt
        ("ZA-02", "chromium", ""),  # South Africa mines 45 % of the chromite
        ("GA-01", "manganese", ""),  # Gabon mines 25 % of the manganese
        ("CN-07", "dysprosium", ""),
        ("VN-02", "manganese", SMALL),  # Vietnam is not named among the mines
        ("NA-01", "graphite", SMALL),
        ("MY-01", "neodymium", SMALL),  # 0.03 % of the mines; its separated oxide is not banned
        ("LA-01", "copper", SMALL),
        ("US-16", "aluminum", NO_CUT),
        ("CN-03", "neodymium", NO_CUT),  # technology only
    ],
)
def test_what_counts(facts, event, mineral, why):
    known = {one.id: one for one in facts.events}
    assert Bearing.of(facts).aside(known[event], mineral) == why


def test_a_share_that_nobody_publishes_is_not_small(facts):
    ban = next(one for one in facts.events if one.id == "NA-01")
    # nobody prints who mines cesium
    assert Bearing.of(facts).aside(replace(ban, minerals=("cesium",)), "cesium") == ""


def test_titles_have_one_colon(facts):
    assert [one.title for one in facts.events if one.title.count(":") > 1] == []
