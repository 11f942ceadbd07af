"""Exposure on a small world: every expected figure is worked out beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import CHOICES, bom, contents, reference

from bomexposure import exposure
from bomexposure.exposure.groups import families_of, groupings_of
from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import (
    FORM_EXPOSURES,
    GROUP_EXPOSURES,
    GROUP_MINERALS,
    INDICES,
    LINE_EXPOSURES,
    MINERAL_EXPOSURES,
    Exposures,
)
from bomexposure.model.scenario import CONTROLS


def scored(book, found, choices=CHOICES, world=None) -> Exposures:
    return exposure.score(book, found, world or reference(), choices, CONTROLS.empty())


@pytest.fixture
def product() -> Exposures:
    """A magnet for 60, white paint and steel for 30, a possible-carbide part for 10, unpriced."""
    book = bom(
        {"cost_total": 60.0, "currency": "USD", "supplier": "Acme"},
        {"cost_total": 30.0, "currency": "USD", "supplier": "Acme"},
        {"cost_total": 10.0, "currency": "USD", "supplier": "Berg"},
        {"cost_total": 99.0, "currency": "USD", "counted": False},
        {},
    )
    found = contents(
        5,
        {"line": 0, "mineral": "neodymium", "mass_mg_low": 1e6, "mass_mg_typical": 2e6,
         "mass_mg_high": 3e6},
        {"line": 1, "mineral": "titanium", "form": "TiO2 pigment", "function": "alloying"},
        {"line": 1, "mineral": "tungsten", "function": "alloying"},
        {"line": 2, "mineral": "tungsten", "presence": "likely"},
        {"line": 2, "mineral": "gold", "presence": "possible"},
        {"line": 3, "mineral": "tungsten"},
        {"line": 0, "mineral": "nickel", "relation": "other_form"},
    )  # fmt: skip
    return scored(book, found, replace(CHOICES, volume=100.0))


def test_every_table_keeps_its_contract(product):
    tables = {
        "lines": LINE_EXPOSURES,
        "minerals": MINERAL_EXPOSURES,
        "forms": FORM_EXPOSURES,
        "indices": INDICES,
        "groups": GROUP_EXPOSURES,
        "group_minerals": GROUP_MINERALS,
    }
    for name, table in tables.items():
        assert table.check(getattr(product, name)) == []


def test_a_line_is_acute_by_what_carries_its_function(product):
    # neodymium: 80 % x 90 % = 72, primary; tungsten: 50..100 % x 86 % = 43..86, so acute by its
    # high bound, but only alloying in line 1; the paint draws on pigment (0 x 20 = 0)
    assert list(product.lines["acute"]) == ["certain", "no", "likely", "no", "no"]
    assert list(product.lines["acute_minor"]) == ["no", "certain", "no", "no", "no"]
    assert product.lines.loc[0, ["index_low", "index_high"]].tolist() == [72.0, 72.0]
    assert product.lines.loc[1, ["index_low", "index_high"]].tolist() == pytest.approx([43, 86])
    assert product.lines.loc[1, "top_mineral"] == "tungsten"


def test_a_form_is_judged_on_its_own_figures(product):
    forms = product.forms.set_index(["mineral", "form"])
    assert forms.loc[("titanium", "TiO2 pigment"), "index_high"] == 0.0
    assert not forms.loc[("titanium", "TiO2 pigment"), "acute"]
    # the mineral's own row shows the headline form: sponge, 100 % x 70 %
    own = product.minerals.set_index("mineral").loc["titanium"]
    assert own["index_high"] == pytest.approx(70.0)
    assert own["acute"]


def test_a_form_without_figures_falls_back_and_says_so():
    found = contents(1, {"line": 0, "mineral": "titanium", "form": "ferrotitanium"})
    forms = scored(bom({}), found).forms
    assert not forms.loc[0, "own_figures"]
    assert forms.loc[0, "index_high"] == pytest.approx(70.0)


def test_headline_shares_are_of_known_spend(product):
    head = product.headline
    # known spend of counted lines: 60 + 30 + 10; the unpriced and the uncounted stay out
    assert head.spend == 100.0
    assert head.currency == "USD"
    assert (head.spend_acute_pct.certain, head.spend_acute_pct.likely) == (60.0, 10.0)
    assert (head.spend_acute_minor_pct.certain, head.spend_acute_minor_pct.likely) == (30.0, 0.0)
    # reliance of at least 50 %: neodymium 80, tungsten >50, not pigment
    assert (head.spend_nir_50_pct.certain, head.spend_nir_50_pct.likely) == (90.0, 10.0)
    assert head.lines_acute == (1, 1)
    # listed, certain or likely: neodymium, titanium (pigment), tungsten; gold is not listed
    assert (head.minerals, head.minerals_acute) == (3, 2)
    # neodymium carries the magnet's 60, tungsten likely the 10; pigment is not acute
    assert head.top_minerals == ("neodymium", "tungsten", "titanium")
    assert head.top_lines[0] == "2"


def test_mass_value_and_demand(product):
    row = product.minerals.set_index("mineral").loc["neodymium"]
    assert row[["mass_g_low", "mass_g_typical", "mass_g_high"]].tolist() == [1000, 2000, 3000]
    # 2 kg at 100 USD/kg
    assert row["value_usd_typical"] == pytest.approx(200.0)
    # 2 kg x 100 products = 200 kg; as oxide x 1.166 = 233.2 kg of 10 t: 2.332 %
    assert row["annual_kg_typical"] == pytest.approx(200.0)
    assert row["annual_pct_of_us"] == pytest.approx(2.332)
    # the product cannot be made without its magnet; no line needs nickel
    assert row["gated_value"] == 100.0
    assert product.minerals.set_index("mineral")["gated_value"].isna()["titanium"]


def test_unknown_stays_unknown(product):
    row = product.minerals.set_index("mineral").loc["tungsten"]
    assert row["mass_g_typical"] != row["mass_g_typical"]
    assert row["lines_mass_unknown"] == 2
    found = contents(1, {"line": 0, "mineral": "hafnium"})
    blank = scored(bom({}), found)
    assert blank.headline.spend is None
    assert blank.headline.spend_acute_pct.certain is None
    assert not blank.minerals.loc[0, "acute"]
    missing = blank.indices.set_index("method").loc["import-china-peak", "missing"]
    assert missing == "net import reliance and China's share"


def test_an_untracked_mineral_is_listed_without_figures():
    blank = scored(bom({}), contents(1, {"line": 0, "mineral": "unobtainium"}))
    assert blank.minerals.loc[0, "mineral"] == "unobtainium"
    assert blank.minerals["nir_low"].isna().all()


def test_an_empty_bom_scores():
    empty = scored(bom(), contents(0))
    assert empty.headline.minerals == 0
    assert empty.coverage.lines_pct is None


def test_coverage_counts_recognised_lines(product):
    # four counted lines, three of them recognised; all of the known spend is theirs
    assert product.coverage.lines_pct == pytest.approx(75.0)
    assert product.coverage.spend_pct == pytest.approx(100.0)
    assert product.coverage.spend_known_pct == pytest.approx(75.0)
    assert product.coverage.mass_pct is None
    assert product.coverage.by_evidence["designated"] == 3


def test_suppliers_rank_by_acute_spend(product):
    rows = product.groups[product.groups["kind"] == "supplier"]
    assert list(rows["label"]) == ["Acme", "Berg", "(not given)"]
    assert rows["spend_acute_certain"].iloc[0] == 60.0
    assert rows["spend_acute_likely"].iloc[1] == 10.0
    assert rows["lines_unknown"].tolist() == [0, 0, 1]


def test_an_assembly_holds_all_levels_below():
    # 0 top > 1 rotor > 2 magnet (60); 3 screw (5) directly under the top
    book = bom(
        {"id": "top", "counted": False, "has_children": True},
        {"id": "rotor", "counted": False, "has_children": True, "parent_line": 0},
        {"id": "magnet", "parent_line": 1, "cost_total": 60.0, "currency": "EUR"},
        {"id": "screw", "parent_line": 0, "cost_total": 5.0, "currency": "EUR"},
    )
    result = scored(book, contents(4, {"line": 2, "mineral": "neodymium"}))
    rows = result.groups.set_index("key")
    assert rows.loc["top", ["lines", "spend", "spend_acute_certain"]].tolist() == [2, 65.0, 60.0]
    assert rows.loc["rotor", ["lines", "spend", "spend_acute_certain"]].tolist() == [1, 60.0, 60.0]
    heat = result.group_minerals.set_index(["key", "mineral"])
    assert heat.loc[("top", "neodymium"), "spend_certain"] == 60.0
    assert result.headline.currency == "EUR"


def test_lines_group_by_what_they_were_taken_for_and_by_category_in_any_case():
    lines = [{"category": one} for one in ("Pump", "pump", "Pump", "Motor")]
    recognised = pd.DataFrame(
        {"component_class": ["LED", "", "", ""], "materials": ["", "AL_6061;FE_STEEL", "", "?"]}
    )
    subjects = pd.DataFrame(
        {"id": ["LED", "AL_6061"], "family": ["optoelectronics", "aluminium alloy"]}
    )
    families = families_of(recognised, subjects)
    assert families.tolist() == ["Optoelectronics", "Aluminium alloy", "", ""]
    found = {one.kind: one for one in groupings_of(bom(*lines).lines, families)}
    # two lines write Pump, one pump
    assert found["category"].labels == ("Motor", "Pump")
    assert np.bincount(found["category"].layers[0]).tolist() == [1, 3]
    assert found["family"].labels == ("(not recognised)", "Aluminium alloy", "Optoelectronics")


def test_currencies_meet_only_by_a_given_rate():
    book = bom(
        {"cost_total": 10.0, "currency": "EUR"},
        {"cost_total": 20.0, "currency": "USD"},
        {"cost_total": 1000.0, "currency": "JPY"},
    )
    without = scored(book, contents(3))
    assert without.headline.spend == 20.0  # dollars alone
    assert without.issues["code"].tolist() == ["currency-without-rate"]
    rated = scored(book, contents(3), replace(CHOICES, rates={"EUR": 1.5, "JPY": 0.01}))
    assert rated.headline.spend == pytest.approx(10 * 1.5 + 20 + 1000 * 0.01)
    assert rated.headline.spend_by_currency == {"EUR": 10.0, "JPY": 1000.0, "USD": 20.0}


def test_currencies_that_cannot_meet_give_no_spend():
    book = bom({"cost_total": 10.0, "currency": "EUR"}, {"cost_total": 9.0, "currency": "JPY"})
    head = scored(book, contents(2)).headline
    assert (head.spend, head.currency) == (None, None)
    assert head.spend_by_currency == {"EUR": 10.0, "JPY": 9.0}


def test_the_chosen_method_ranks_but_does_not_redefine_acute():
    found = contents(1, {"line": 0, "mineral": "neodymium"})
    choices = replace(CHOICES, method="import-china-headline")
    result = scored(bom({}), found, choices)
    # 80 % x 70 % at the headline stage
    assert result.minerals.loc[0, "index_high"] == pytest.approx(56.0)
    assert result.lines.loc[0, "index_high"] == pytest.approx(56.0)
    with pytest.raises(UsageError, match="astrology"):
        scored(bom({}), found, replace(CHOICES, method="astrology"))


MINERALS = st.sampled_from(["neodymium", "titanium", "tungsten", "nickel", "hafnium", "gold"])
ROWS = st.lists(
    st.tuples(
        MINERALS,
        st.sampled_from(["possible", "likely", "certain"]),
        st.sampled_from(["primary", "alloying"]),
        st.floats(0, 1e6),
        st.sampled_from(["", "TiO2 pigment"]),
    ),
    min_size=1,
    max_size=8,
)


def drawn(rows):
    book = bom(*({"cost_total": cost, "currency": "USD"} for _, _, _, cost, _ in rows))
    found = contents(
        len(rows),
        *(
            {"line": n, "mineral": mineral, "presence": presence, "function": function,
             "form": form, "mass_mg_low": 1.0, "mass_mg_typical": 2.0, "mass_mg_high": 4.0}
            for n, (mineral, presence, function, _, form) in enumerate(rows)
        ),
    )  # fmt: skip
    return scored(book, found)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_shares_and_intervals_hold(rows):
    result = drawn(rows)
    minerals = result.minerals
    assert (minerals["mass_g_low"] <= minerals["mass_g_typical"]).all()
    assert (minerals["mass_g_typical"] <= minerals["mass_g_high"]).all()
    known = minerals["index_low"].notna()
    assert (minerals["index_low"] <= minerals["index_high"])[known].all()
    for name in ("spend_acute_pct", "spend_acute_minor_pct", "spend_nir_50_pct"):
        share = getattr(result.headline, name)
        if share.certain is not None:
            assert -1e-9 <= share.certain <= 100 + 1e-9
            assert share.certain + share.likely <= 100 + 1e-9


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_adding_a_line_never_lowers_spend_at_risk(rows):
    before, after = drawn(rows[:-1]) if rows[1:] else None, drawn(rows)
    if before is None:
        return
    known = after.minerals.set_index("mineral")["spend_certain"]
    for row in before.minerals.itertuples():
        assert known[row.mineral] >= row.spend_certain - 1e-6
