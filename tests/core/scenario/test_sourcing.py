"""Sourcing options on the small world; scores are worked out beside them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_world import CHOICES, EVENTS, reference

from bomexposure.model.resources import resource
from bomexposure.model.scenario import SOURCING
from bomexposure.model.supply import PRODUCERS, SUPPLIERS
from bomexposure.reference import load
from bomexposure.scenario.plants import plants_by_mineral
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


def listed(stage, country, iso3, share, year, publisher, mineral="germanium", **more):
    return {
        "mineral": mineral, "stage": stage, "stage_group": "refined", "country": country,
        "iso3": iso3, "share_low": share, "share_high": share, "year": year,
        "publisher": publisher, "confidence": "primary", "kind": "production",
        "scope": "this mineral", "source": f"{stage}/{iso3}", **more,
    }  # fmt: skip


def germanium(*rows, suppliers=()):
    """The small world with lists of refined germanium, and plants."""
    base = reference()
    producers = PRODUCERS.conform(
        pd.concat([base.producers.astype({"mineral": "str"}), pd.DataFrame(rows)])
    )
    plants = pd.DataFrame(
        [
            {"mineral": "germanium", "stage": stage, "company": "A", "facility": "B", "iso3": iso3,
             "status": status, "as_of": "2025", "source": "s"}
            for iso3, stage, status in suppliers
        ]
    )  # fmt: skip
    plants = SUPPLIERS.conform(pd.concat([base.suppliers, plants], ignore_index=True))
    return replace(base, producers=producers, suppliers=plants)


EC = ("n/s (2020 ed.)", "European Commission")
OLD = [
    listed("processing (2020 list)", "China", "CHN", 80.0, *EC),
    listed(
        "processing (2020 list)", "Finland", "FIN", 10.0, "n/s (2020 ed.)", "European Commission"
    ),
    listed("processing (2020 list)", "Japan", "JPN", 5.0, *EC),
]
NEW = [
    listed("refined", "China", "CHN", 83.0, "2024", "USGS"),
    listed("refined", "Japan", "JPN", 2.0, "2024", "USGS"),
]
CHINA_ALONE = [listed("primary", "China", "CHN", 97.0, "2025", "FDD")]


def test_a_country_stands_once_a_step_with_the_newest_list_that_names_others():
    table = options("germanium", world=germanium(*OLD, *NEW, *CHINA_ALONE))
    japan = table[table["iso3"] == "JPN"]
    assert japan[["stage", "share_high"]].to_numpy().tolist() == [["refined", 2.0]]
    # the newest list leaves 100 - 85 = 15 %: Finland's 10 % of the older list fit into it
    finland = one(table, "FIN", "refined")
    assert finland["share_high"] == 10.0
    assert finland["reasons"][0].startswith("Named by an older list only: 10 %")
    assert "2020 edition" in finland["reasons"][0]


def test_a_complete_newest_list_outlives_an_older_one():
    full = [{**NEW[0], "share_low": 97.5, "share_high": 97.5}, NEW[1]]
    # 100 - 97.5 - 2 = 0.5 %: rounding, Finland makes none any more
    table = options("germanium", world=germanium(*OLD, *full))
    assert set(table["iso3"]) == {"JPN"}
    nearly = [{**NEW[0], "share_low": 95.0, "share_high": 95.0}, NEW[1]]
    finland = one(options("germanium", world=germanium(*OLD, *nearly)), "FIN", "refined")
    # 3 % are left: the 10 % of old cannot hold
    assert (finland["share_low"], finland["share_high"]) == (0.0, 3.0)


def test_plants_stand_only_at_the_step_that_they_run():
    mined = [
        listed("mine", "Japan", "JPN", 40.0, "2024", "USGS", stage_group="mine"),
        listed("mine", "China", "CHN", 60.0, "2024", "USGS", stage_group="mine"),
    ]
    world = germanium(
        *NEW, *mined,
        suppliers=[("JPN", "refining", "operating"), ("CAN", "refining", "operating"),
                   ("AUS", "refining", "planned"), ("NOR", "refining", "closed")],
    )  # fmt: skip
    table = options("germanium", world=world)
    named = [any("Named" in why for why in reasons) for reasons in table["reasons"]]
    assert set(table.loc[named, "stage"]) == {"refined"}
    canada, australia = one(table, "CAN", "refined"), one(table, "AUS", "refined")
    # 100 - 85: a plant that runs has at most what the list leaves over, a plan has nothing
    assert (canada["share_low"], canada["share_high"]) == (0.0, 15.0)
    assert (australia["share_low"], australia["share_high"]) == (0.0, 0.0)
    assert "NOR" not in set(table["iso3"])
    refined = table[table["stage"] == "refined"]["iso3"].tolist()
    # plans come after those who make something, whatever their score
    assert refined[-1] == "AUS"


def test_a_plant_for_light_rare_earths_is_none_for_dysprosium():
    rows = pd.DataFrame(
        {"mineral": ["neodymium", "dysprosium"], "stage": "separation (light)", "company": "L",
         "facility": "K", "iso3": "MYS", "status": "operating", "as_of": "2025", "source": ""}
    )  # fmt: skip
    assert set(plants_by_mineral(SUPPLIERS.conform(rows))) == {"neodymium"}


def test_an_ore_ban_does_not_touch_what_is_sold_refined():
    ban = replace(EVENTS[1], id="MY", iso3="MYS", country="Malaysia", destination="all",
                  suspended_from=None, suspended_until=None, reach=("raw",))  # fmt: skip
    table = options("neodymium", world=reference(events=(ban,)))
    assert one(table, "MYS", "separation")["terms"]["own_controls"][:2] == (1.0, 1.0)


def test_every_stage_of_the_shipped_plants_is_understood():
    known = set(pd.read_csv(resource("reference", "methods", "plant_stages.csv"))["stage"])
    assert set(load(knowledge=False).suppliers["stage"]) <= known


def test_one_row_a_country_and_step_and_the_bottleneck_first_in_the_shipped_data():
    facts = load(knowledge=False)
    minerals = facts.supply.loc[facts.supply["headline"], "mineral"].tolist()
    table = options(*minerals, world=facts)
    assert not table.duplicated(["mineral", "stage", "iso3"]).any()
    for _, own in table.groupby("mineral"):
        assert list(own["bottleneck"]) == sorted(own["bottleneck"], reverse=True)
        assert own["stage"].nunique() == (own["stage"] != own["stage"].shift()).sum()
    first = table.drop_duplicates("mineral").set_index("mineral")
    # USGS 2025: Japan makes 14.5 % of sponge, and only China, Russia and Japan make gallium
    assert first.loc["titanium", ["iso3", "stage"]].tolist() == ["JPN", "sponge metal"]
    assert first.loc["gallium", ["iso3", "stage"]].tolist() == ["JPN", "primary low-purity"]
    # silicon metal is what a BOM without solar cells hangs on, not polysilicon
    assert first.loc["silicon", "stage"] == "smelter: silicon metal"
