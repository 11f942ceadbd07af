"""Published formulas against published figures and sums done by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_world import CHOICES, bom, contents, reference

from bomexposure import exposure
from bomexposure.exposure.indices import published_geopolrisk
from bomexposure.exposure.published import (
    eu_form,
    geopolrisk,
    hhi,
    hhi_fraction,
    hhi_normalised,
    hhi_weighted,
    instability,
)
from bomexposure.exposure.reliance import import_china
from bomexposure.model.scenario import CONTROLS


@pytest.mark.parametrize(
    ("mineral", "concentration", "import_risk", "score", "gsp"),
    [
        # printed by the authors' library for the United States in 2022 (Koyamparambath et al.)
        (
            "nickel",
            0.26749007657640966,
            0.0012076833631026191,
            0.00032304331527637555,
            0.0037927386,
        ),
        ("manganese", 0.2035183372902862, 0.5451887492289689, 0.11095590775245055, 0.1086040464),
        ("graphite", 0.470663478647389, 0.5842266185959466, 0.27497413262676956, 1.4956581418),
    ],
)
def test_geopolrisk_reproduces_the_united_states_in_2022(
    mineral, concentration, import_risk, score, gsp
):
    found = published_geopolrisk()[mineral]
    assert found.hhi == pytest.approx(concentration, abs=1e-9)
    assert found.import_risk == pytest.approx(import_risk, abs=1e-9)
    assert found.score == pytest.approx(score, abs=1e-9)
    assert found.gsp == pytest.approx(gsp, rel=1e-8)


def test_geopolrisk_of_a_company_by_hand():
    # five suppliers of nickel in kg, no production of its own; inputs as the library prints them.
    # sum g*f = .326998*.17 + .356539*.001 + .327856*.893 + .705611*.004 + .507201*.498
    #         = .05558966 + .00035654 + .29277541 + .00282244 + .25258610 = .60413015
    # total 1.566; import risk .60413015 / 1.566 = .385779; all of 2022's HHI .267490: .103192
    kilograms = np.array([0.17, 0.001, 0.893, 0.004, 0.498])
    dollars = np.array([3.196, 0.073, 2.782, 0.113, 3.355])
    risk = np.array([0.326998, 0.356539, 0.327856, 0.705611, 0.507201])
    # a world whose HHI is .267490: shares x and 1 - x with x^2 + (1-x)^2 cannot go below .5, so
    # the concentration is checked apart and divided out
    one = geopolrisk(np.array([1.0]), 0.0, kilograms, dollars, risk)
    assert one.hhi == 1.0
    assert one.import_risk == pytest.approx(0.385779, abs=1e-6)
    assert one.score * 0.267490 == pytest.approx(0.103192, abs=1e-6)


@pytest.mark.parametrize(
    ("estimate", "g"),
    [
        # World Bank political stability 2022, and g as GeoPolRisk prints it
        (-0.44107362627983093, 0.5882147252559662),
        (0.9335720539093018, 0.31328558921813965),
        (-2.5508017539978027, 1.0),
        (1.4599424600601196, 0.20801150798797607),
    ],
)
def test_instability(estimate, g):
    assert instability(estimate) == pytest.approx(g, abs=1e-12)


def test_hhi_by_hand():
    # 60^2 + 30^2 + 10^2 = 3600 + 900 + 100
    assert hhi(np.array([60.0, 30.0, 10.0])) == 4600.0
    assert hhi_fraction(np.array([6.0, 3.0, 1.0])) == pytest.approx(0.46)
    # ten even countries: H = 1/10, normalised 0
    assert hhi_normalised(np.full(10, 7.0)) == pytest.approx(0.0)
    # China 60 at g 0.6, Australia 30 at 0.3, rest 10 at 1: 2160 + 270 + 100
    assert hhi_weighted(np.array([60.0, 30, 10]), np.array([0.6, 0.3, 1.0])) == 2530.0


def test_import_china_by_hand():
    # tungsten: reliance >50, China 86 %: 50 * 86 / 100 = 43 up to 100 * 86 / 100 = 86
    assert import_china(50.0, 100.0, 86.0, 86.0) == (43.0, 86.0)


def test_eu_form_by_hand():
    # world 4, sourcing 3, reliance 0.8, recycling 0.1: (4 * 0.4 + 3 * 0.6) * 0.9 = 3.06
    assert eu_form(4.0, 3.0, 0.8, 0.1) == pytest.approx(3.06)


def indices(method: str, *rows: dict[str, str]) -> pd.DataFrame:
    choices = CHOICES.__class__(as_of=CHOICES.as_of, method=method)
    found = contents(1, *({"line": 0} | row for row in rows))
    result = exposure.score(bom({}), found, reference(), choices, CONTROLS.empty())
    return result.indices.set_index(["mineral", "form", "method"])


def test_every_method_answers_or_says_what_is_missing():
    table = indices(
        "import-china-peak", {"mineral": "neodymium"}, {"mineral": "nickel", "form": "class I"}
    )
    computed = table["low"].notna()
    assert (table["missing"][~computed] != "").all()
    assert (table["missing"][computed] == "").all()
    # 70 % China, no rating in the small world: 0 to 70^2; United States 12 % at (2.5 - 1) / 5 = .3:
    # 144 * .3 = 43.2; Australia 8 % at .2: 12.8; Others 10 %: 0 to 100
    row = table.loc[("neodymium", "", "hhi-wgi")]
    assert row["low"] == pytest.approx(43.2 + 12.8)
    assert row["high"] == pytest.approx(4900 + 43.2 + 12.8 + 100)
    # ore imports do not speak of a metal form
    assert "nickel ore" in table.loc[("nickel", "class I", "geopolrisk"), "missing"]
    assert table.loc[("nickel", "", "geopolrisk"), "low"] == pytest.approx(0.00032304331527)
    assert "off by default" in table.loc[("neodymium", "", "eu-on-us-figures"), "missing"]


def test_the_eu_form_is_computed_when_asked_and_labelled():
    row = indices("eu-on-us-figures", {"mineral": "neodymium"}).loc[
        ("neodymium", "", "eu-on-us-figures")
    ]
    assert "constants unconfirmed" in row["note"]
    # low end by hand: reliance .8, recycling .01 (EU 2023, rare earths as a group)
    # world: (144 * 3 + 64 * 2) / 10,000 = .056; imports: Malaysia 25 % at (2.5 - .5) / 5 = .4 -> 4:
    # 625 * 4 / 10,000 = .25, times .8^2 = .16; at home .2^2 * 3 = .12; sourcing .28
    # (.056 * .4 + .28 * .6) * .99 = .188496
    assert row["low"] == pytest.approx(0.188496)


GATHERED = Path(__file__).resolve().parents[3].parent / "shared" / "policy" / "method_tables.csv"


@pytest.mark.skipif(not GATHERED.is_file(), reason="the gathered tables are not here")
def test_published_tables_are_reproduced():
    """Rows marked as oracles: normalised HHI of 14 materials, and g of six countries."""
    rows = pd.read_csv(GATHERED, dtype="str", keep_default_na=False)
    rows = rows[rows["usable_as_oracle"] == "yes"]
    normal = rows[rows["method"] == "Normalised HHI (top 10, N=10)"]
    found = 0
    for item, own in normal.groupby("item"):
        shares = np.zeros(10)
        printed = own.loc[own["kind"] == "input", "value"].astype(float).to_numpy()
        shares[: len(printed)] = printed
        result = float(own.loc[own["variable"] == "hhi_normalised", "value"].iloc[0])
        assert hhi_normalised(shares) == pytest.approx(result, abs=5e-5), item
        found += 1
    assert found == 14
    g = rows[rows["method"] == "GeoPolRisk WGI normalisation"]
    for code, own in g.groupby("iso3"):
        told = dict(zip(own["kind"], own["value"].astype(float), strict=True))
        assert instability(told["input"]) == pytest.approx(told["result"], abs=1e-9), code
