"""The one-country-out curve, by hand on the small world."""

from __future__ import annotations

import numpy as np
import pytest
from small_world import bom, contents, reference

from bomexposure.scenario.country_loss import COUNTRY_LOSS, country_loss

SPEND = np.array([60.0, 30.0, 10.0])


def lost():
    book = bom(*({"cost_total": one} for one in SPEND))
    found = contents(
        3,
        {"line": 0, "mineral": "neodymium"},
        {"line": 1, "mineral": "titanium", "form": "sponge metal"},
        {"line": 1, "mineral": "nickel"},
        {"line": 2, "mineral": "tungsten", "presence": "likely"},
    )
    return country_loss(book, found, reference(), SPEND)


def test_stages_are_named():
    # the stage with the largest single share: separation (90), not the mine (70)
    assert lost().stages["neodymium"] == "separation (USGS, 2025)"


def test_one_country_out():
    result = lost()
    table = result.one_out.set_index("iso3")
    assert COUNTRY_LOSS.check(result.one_out) == []
    # China: line 0 loses 90, line 1 the larger of titanium 70 and nickel 0, line 2 holds nothing
    # certainly: (60 x 90 + 30 x 70) / 100 = 75
    assert table.loc["CHN", "spend_loss_low_pct"] == pytest.approx(75.0)
    assert table.loc["CHN", "spend_hit_pct"] == pytest.approx(90.0)
    assert table.loc["CHN", "minerals"] == "neodymium;tungsten;titanium"
    # Indonesia: nickel 60 in line 1: 30 x 60 / 100 = 18
    assert table.loc["IDN", "spend_loss_low_pct"] == pytest.approx(18.0)
    assert result.one_out["iso3"].iloc[0] == "CHN"
    # Japan makes 15 % of sponge: a loss, but below the quarter that counts as a hit
    assert table.loc["JPN", "minerals_hit"] == 0
    assert table.loc["JPN", "spend_loss_low_pct"] == pytest.approx(30 * 15 / 100)


def test_pairs():
    table = lost().pairs.set_index("iso3")
    # Indonesia and the Philippines make all nickel: 30 x 100 / 100 = 30
    assert table.loc["IDN+PHL", "spend_loss_low_pct"] == pytest.approx(30.0)
    # China and Malaysia: neodymium 98, titanium 70 (Malaysia at most the others' 10: high only)
    assert table.loc["CHN+MYS", "spend_loss_low_pct"] == pytest.approx((60 * 98 + 30 * 70) / 100)
    assert table.loc["CHN+MYS", "spend_loss_high_pct"] == pytest.approx((60 * 98 + 30 * 80) / 100)


def test_two_are_never_better_than_one():
    result = lost()
    alone = result.one_out.set_index("iso3")["spend_loss_low_pct"]
    for row in result.pairs.itertuples():
        first, second = row.iso3.split("+")
        assert row.spend_loss_low_pct >= max(alone[first], alone[second]) - 1e-9
        assert 0 <= row.spend_loss_high_pct <= 100


def test_no_spend_leaves_minerals():
    book = bom({})
    result = country_loss(
        book, contents(1, {"line": 0, "mineral": "tungsten"}), reference(), np.array([np.nan])
    )
    assert np.isnan(result.one_out["spend_loss_low_pct"]).all()
    assert result.one_out.set_index("iso3").loc["CHN", "minerals_hit"] == 1


def test_an_empty_bom():
    result = country_loss(bom(), contents(0), reference(), np.array([]))
    assert len(result.one_out) == 0
