"""Sourcing options on the small world; scores are worked out beside them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_world import CHOICES, EVENTS, reference

from bomexposure.model.scenario import SOURCING
from bomexposure.scenario.sourcing import shipped_terms, sourcing_options


def options(*minerals, world=None, choices=CHOICES):
    table = sourcing_options(
        pd.DataFrame({"mineral": list(minerals)}), world or reference(), choices
    )
    assert SOURCING.check(table) == []
    return table


def one(table, iso3, stage):
    found = table[(table["iso3"] == iso3) & (table["stage"] == stage)]
    assert len(found) == 1
    return found.iloc[0]


def test_a_score_by_hand():
    row = one(options("neodymium"), "MYS", "separation")
    # share 8 of 30: .267 x 30 = 8; imports 25 of 25: 20; governance (.5 + 2.5) / 5 = .6: 9;
    # no agreement 0; no control of its own 10; reserves: not named, others leave up to 90: 0 to 10
    assert row["score_low"] == pytest.approx(47.0)
    assert row["score_high"] == pytest.approx(57.0)
    assert row["terms"]["share"] == pytest.approx((8 / 30, 8 / 30, 30.0))
    assert any("Lynas" in reason for reason in row["reasons"])


def test_the_bottleneck_comes_first():
    table = options("neodymium")
    assert list(table["bottleneck"]) == sorted(table["bottleneck"], reverse=True)
    assert set(table.loc[table["bottleneck"], "stage"]) == {"separation"}


def test_excluded_countries_are_not_offered():
    assert set(options("titanium")["iso3"]) == {"JPN"}  # Russia and China are excluded
    with_russia = replace(CHOICES, excluded=("CHN",))
    assert set(options("titanium", choices=with_russia)["iso3"]) == {"JPN", "RUS"}


def test_a_missing_term_widens_the_score():
    row = one(options("tungsten"), "VNM", "mine")
    # governance is not rated, reserves are not published: 15 and 10 of 100 stay open
    # imports: China 30 is named, so up to 70 is left: 70 of 25 fills the term's 20
    assert row["score_high"] - row["score_low"] == pytest.approx(15 + 10 + 20)


def test_a_country_that_only_mines_says_so():
    row = one(options("neodymium"), "AUS", "mine")
    assert any(reason.startswith("Mines only") for reason in row["reasons"])
    # the United States also separates
    assert not any(
        "Mines only" in reason for reason in one(options("neodymium"), "USA", "mine")["reasons"]
    )


def test_the_united_states_is_domestic_and_imports_nothing_from_itself():
    row = one(options("neodymium"), "USA", "separation")
    assert row["domestic"]
    assert "us_imports" not in row["terms"]


def test_an_idle_country_is_no_source():
    world = reference()
    producers = world.producers.copy()
    idle = producers["iso3"] == "JPN"
    producers.loc[idle, ["share_low", "share_high"]] = 0.0
    assert len(options("titanium", world=replace(world, producers=producers))) == 0


def test_own_controls_lower_the_score():
    ban = replace(EVENTS[1], id="MY", iso3="MYS", country="Malaysia", destination="all",
                  suspended_from=None, suspended_until=None)  # fmt: skip
    table = options("neodymium", world=reference(events=(ban,)))
    assert one(table, "MYS", "separation")["terms"]["own_controls"][:2] == (0.0, 0.0)


def test_weights_are_the_users():
    only_share = {term.name: 0.0 for term in shipped_terms()} | {"share": 1.0}
    table = options("neodymium", choices=replace(CHOICES, weights=only_share))
    assert one(table, "MYS", "separation")["score_low"] == pytest.approx(8 / 30 * 100)


def test_shipped_weights_add_up_and_have_reasons():
    assert sum(term.weight for term in shipped_terms()) == 100.0
    assert all(len(term.reason) > 40 for term in shipped_terms())


def test_scores_stay_between_0_and_100():
    table = options("neodymium", "titanium", "tungsten", "nickel", "hafnium")
    assert (table["score_low"] >= 0).all()
    assert (table["score_high"] <= 100 + 1e-9).all()
    assert (table["score_low"] <= table["score_high"] + 1e-9).all()
