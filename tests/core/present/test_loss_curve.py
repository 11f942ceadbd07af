"""The one-country-out curve against sums made by hand on the pump of tests/fakes.py.

Known spend 40.00. Output by country: dysprosium China 100 (magnet, 11.40, certain), gallium
China 99 and Japan 1 (LED, 0.04, certain), magnesium China 88 and Israel 3 (housing, 20.00, likely).
"""

from __future__ import annotations

import fakes
import pytest

from bomexposure.present.loss_curve import one_out, worst_pairs
from bomexposure.scenario.loss_curve import LossCurve, loss_curves


def curves() -> dict[str, LossCurve]:
    made = fakes.analysis()
    spend = made.exposures.lines["spend"].to_numpy(dtype=float)
    found = loss_curves(made.bom, made.contents, made.reference, spend)
    assert found.by_spend
    return {one.iso3: one for one in found.curves}


def test_china_takes_magnet_and_led_surely_and_the_housing_perhaps() -> None:
    china = curves()["CHN"]
    assert china.losses == (88.0, 99.0, 100.0)
    # (11.40 + 0.04) / 40 = 28.6 %, with the housing (11.44 + 20) / 40 = 78.6 %
    assert china.at(25) == pytest.approx((28.6, 78.6))
    assert china.at(88) == pytest.approx((28.6, 78.6))
    assert china.at(88.5) == pytest.approx((28.6, 28.6))
    # only the magnet loses everything: 11.40 / 40
    assert china.at(100) == pytest.approx((28.5, 28.5))


def test_a_loss_that_no_country_reaches_takes_nothing() -> None:
    assert curves()["JPN"].at(25) == (0.0, 0.0)
    assert curves()["JPN"].at(1) == pytest.approx((0.1, 0.1))  # 0.04 / 40


def test_worst_country_comes_first_and_is_drawn_as_china() -> None:
    spec = one_out(fakes.analysis())
    assert spec.series[0].key == "CHN"
    assert spec.series[0].role == "china"
    assert spec.series[0].xs == (0.0, 88.0, 99.0, 100.0)
    assert spec.series[0].low == pytest.approx((28.6, 28.6, 28.5, 0.0))
    assert "China 29–79 %" in spec.alt


def test_without_spend_the_shares_are_of_lines() -> None:
    made = fakes.analysis()
    spend = made.exposures.lines["spend"].to_numpy(dtype=float).copy()
    spend[:] = float("nan")
    found = loss_curves(made.bom, made.contents, made.reference, spend)
    assert not found.by_spend
    china = next(one for one in found.curves if one.iso3 == "CHN")
    # two certain lines, and the housing, of six counted
    assert china.at(25) == pytest.approx((100 * 2 / 6, 100 * 3 / 6))


def test_pairs_are_named_together() -> None:
    table = worst_pairs(fakes.analysis())
    assert "China and Israel" in set(table.rows["country"])
