"""Monte Carlo against closed forms and bounds."""

from __future__ import annotations

import numpy as np
import pytest
from small_world import CHOICES, bom, contents, reference

from bomexposure.exposure import uncertainty
from bomexposure.exposure.uncertainty import SIMULATED, simulate, triangular


def run(book, found, draws=4000, **more):
    return simulate(book, found, reference(), CHOICES, draws=draws, **more)


@pytest.fixture
def product():
    book = bom({"cost_total": 60.0}, {"cost_total": 40.0}, {"cost_total": 100.0})
    found = contents(
        3,
        {"line": 0, "mineral": "neodymium", "mass_mg_low": 1000.0, "mass_mg_typical": 2000.0,
         "mass_mg_high": 6000.0},
        {"line": 1, "mineral": "tungsten", "presence": "likely"},
        {"line": 2, "mineral": "nickel", "presence": "possible"},
    )  # fmt: skip
    return book, found


def test_triangular_inverse_by_hand():
    # low 0, typical 1, high 4: F(1) = 1/4; the median solves 1 - (4 - x)^2 / 12 = 1/2: 4 - sqrt 6
    at = triangular(np.array([0.0, 0.25, 0.5, 1.0]), 0.0, 1.0, 4.0)
    assert at == pytest.approx([0.0, 1.0, 4 - 6**0.5, 4.0])
    assert triangular(np.array([0.3]), 2.0, 2.0, 2.0) == pytest.approx([2.0])
    assert np.isnan(triangular(np.array([0.3]), np.nan, np.nan, np.nan)).all()


def test_mass_follows_presence_and_content(product):
    row = run(*product).minerals.set_index("mineral").loc["neodymium"]
    # present in .975 of the draws; the median of all draws is the content's quantile
    # q = 1 - .5 / .975 = .487179 of triangular 1, 2, 6 g: 6 - sqrt(.512821 x 5 x 4) = 2.7975 g
    assert row["mass_g_p50"] == pytest.approx(2.7975, abs=0.08)
    assert 0 <= row["mass_g_p5"] <= row["mass_g_p50"] <= row["mass_g_p95"] <= 6.0
    assert row["value_usd_p50"] == pytest.approx(row["mass_g_p50"] / 1000 * 100)


def test_acute_lines_by_hand(product):
    headline = run(*product, draws=20000).headline
    # neodymium .975 and always acute; tungsten .725, acute when its index (43 to 86, even) is at
    # least 50: 36 / 43 = .837; together no acute line in .025 x (1 - .607) = .010 of the draws
    assert headline["lines_acute"] == {"p5": 1.0, "p50": 2.0, "p95": 2.0}
    assert headline["spend_acute_pct"]["p50"] == pytest.approx(50.0)  # (60 + 40) / 200
    assert headline["spend_acute_pct"]["p5"] == pytest.approx(30.0)


def test_rank_probabilities(product):
    table = run(*product).minerals
    assert SIMULATED.check(table) == []
    for row in table.itertuples():
        assert 0 <= row.rank_1 <= 1
    # three minerals share the first three ranks in every draw
    assert table[["rank_1", "rank_2", "rank_3"]].to_numpy().sum() == pytest.approx(3.0)
    # 72 x 60 = 4320 against at most 86 x 40 = 3440 and 20 x 100 = 2000
    assert table.set_index("mineral").loc["neodymium", "rank_1"] == pytest.approx(0.975, abs=0.01)


def test_the_same_seed_gives_the_same_figures(product, monkeypatch):
    first = run(*product, draws=200)
    monkeypatch.setattr(uncertainty, "CELLS", 200)  # one line to a block
    second = run(*product, draws=200)
    assert first.minerals.equals(second.minerals)
    assert first.headline == second.headline
    assert not first.minerals.equals(run(*product, draws=200, seed=7).minerals)


def test_alike_parts_are_alike_in_every_draw():
    rows = [{"cost_total": 10.0, "fingerprint": "same"} for _ in range(4)]
    held = [{"line": n, "mineral": "neodymium", "presence": "likely"} for n in range(4)]
    result = run(bom(*rows), contents(4, *held))
    spend = result.minerals.iloc[0]
    # all four hold it or none does: 40 or 0, never 10, 20 or 30
    assert {spend["spend_p5"], spend["spend_p50"], spend["spend_p95"]} == {0.0, 40.0}


def test_without_spend_the_index_ranks():
    result = run(bom({}), contents(1, {"line": 0, "mineral": "nickel"}), draws=50)
    assert result.measure == "index"
    assert result.headline["spend_acute_pct"]["p50"] is None


def test_an_empty_bom():
    assert len(run(bom(), contents(0), draws=10).minerals) == 0
