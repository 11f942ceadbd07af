"""Scenarios on the small world; every loss is worked out beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from small_world import AS_OF, CHOICES, EVENTS, bom, contents, reference

from bomexposure import exposure, scenario
from bomexposure.analysis import analyze
from bomexposure.model.choices import Choices
from bomexposure.model.errors import UsageError
from bomexposure.model.knowledge import COMPOSITIONS
from bomexposure.model.scenario import CONTROLS, Cut, Scenario, Shift
from bomexposure.reference import load
from bomexposure.scenario.play import play_one
from bomexposure.scenario.ready_made import ready_made, scenario_named

LINES = (
    {"cost_total": 60.0, "currency": "USD", "quantity_total": 2.0, "quantity_unit": "pc",
     "stock_quantity": 20.0, "lead_time_days": 90.0},
    {"cost_total": 30.0, "currency": "USD"},
    {"cost_total": 10.0, "currency": "USD"},
)  # fmt: skip
HELD = (
    {"line": 0, "mineral": "neodymium"},
    {"line": 1, "mineral": "neodymium", "function": "alloying"},
    {"line": 2, "mineral": "tungsten", "presence": "likely"},
)


def played(one: Scenario, world=None, choices=CHOICES, book=None, found=None):
    world = world or reference()
    book = book or bom(*LINES)
    found = found or contents(3, *HELD, classes={0: "MAGNET", 1: "TOOL", 2: "TOOL"})
    controls = scenario.controls_on(book, found, world, choices)
    exposures = exposure.score(book, found, world, choices, controls)
    return play_one(one, book, found, exposures, world, choices)


def loss(result, mineral):
    return next(one for one in result.losses if one["mineral"] == mineral)


def test_controls_on_a_day():
    book = bom(*LINES)
    found = contents(3, *HELD, classes={0: "MAGNET", 1: "TOOL", 2: "TOOL"})
    table = scenario.controls_on(book, found, reference(), CHOICES).set_index("event")
    # the ban towards Japan bears on nobody here; the magnet is covered itself, the tool is not
    assert set(table.index) == {"CN-ND", "CN-W", "US-W"}
    assert table.loc["CN-ND", "status"] == "suspended"
    assert table.loc["CN-ND", ["reach", "lines_direct", "lines_upstream"]].tolist() == [
        "direct",
        1,
        1,
    ]
    assert table.loc["CN-W", ["reach", "lines_upstream"]].tolist() == ["upstream", 1]
    assert CONTROLS.check(table.reset_index()[CONTROLS.names]) == []


def test_a_forced_ban_by_hand():
    result = played(Scenario("ban", "The ban returns", events=("CN-ND",)))
    # direct: reliance 80 % x China's 60 % of imports x 1 = 48 %
    assert loss(result, "neodymium")["direct"] == {"low": 48.0, "high": 48.0}
    # world: separation loses most, China's 90 %
    assert loss(result, "neodymium")["world"] == {"low": 90.0, "high": 90.0, "stage": "separation"}
    # the tungsten licence bites already today: it is no loss of this scenario
    assert [one["mineral"] for one in result.losses] == ["neodymium"]
    # the licence on tungsten; the U.S. tariff cuts no supply and does not count
    assert result.before["controls_in_force"] == 1
    assert result.after["controls_in_force"] == 2
    assert (result.before["minerals_cut"], result.after["minerals_cut"]) == (0, 1)
    assert (result.before["minerals_cut_surely"], result.after["minerals_cut_surely"]) == (0, 1)
    assert result.before["spend_cut_pct"] == {"certain": 0.0, "likely": 0.0}
    assert result.after["spend_cut_pct"] == {"certain": 90.0, "likely": 0.0}
    # the magnet is covered itself; the tools draw on the raw material
    assert result.lines["direct"] == ["2"]
    assert result.lines["upstream"] == ["3"]
    assert result.spend_touched["direct"] == {"certain": 60.0, "likely": 0.0}
    # events are named by their title: an id says nothing to a reader
    assert any("is aimed at one destination" in one for one in result.notes)
    assert not any("CN-ND" in one for one in result.notes)


def test_a_licence_that_is_forced_cuts_a_range():
    # 0 to 1 of: reliance 50..100 % x China's 30 % of imports; 80 % of world output at the mine
    result = played(Scenario("w", "Licences withheld", events=("CN-W",)))
    assert loss(result, "tungsten")["direct"] == {"low": 0.0, "high": 30.0}
    assert loss(result, "tungsten")["world"] == {"low": 0.0, "high": 80.0, "stage": "mine"}
    assert (result.after["minerals_cut"], result.after["minerals_cut_surely"]) == (1, 0)


def test_countries_that_are_not_named_share_the_rest_once():
    cuts = tuple(Cut(iso3, "neodymium", "mine", 1.0, 1.0) for iso3 in ("BRA", "IND", "VNM"))
    result = played(Scenario("cut", "Three small ones", cuts=cuts))
    # together at most the others' 10 % of the mine and 15 % of imports, never three times that
    assert loss(result, "neodymium")["world"] == {"low": 0.0, "high": 10.0, "stage": "mine"}
    assert loss(result, "neodymium")["direct"] == {"low": 0.0, "high": 12.0}


def test_the_end_of_a_suspension_is_a_date():
    result = played(Scenario("later", "After the suspension", as_of=date(2026, 11, 28)))
    # a passed end that nobody verified may or may not bite: 0 up to all of it
    assert loss(result, "neodymium")["direct"] == {"low": 0.0, "high": 48.0}
    early = played(Scenario("then", "When the ban stood", as_of=date(2025, 1, 1)))
    assert loss(early, "neodymium")["direct"] == {"low": 48.0, "high": 48.0}
    assert [one["mineral"] for one in early.losses] == ["neodymium"]


def test_scenario_off_equals_base():
    result = played(Scenario("off", "Nothing"))
    assert result.before == result.after


def test_a_users_cut_at_a_named_stage():
    cut = Cut("AUS", "neodymium", "mine", 0.5, 1.0)
    result = played(Scenario("cut", "Australia", cuts=(cut,)))
    # Australia makes 8 % at the mine; imports: not named, so 0 to the others' 15 % x 80 %
    assert loss(result, "neodymium")["world"] == {"low": 4.0, "high": 8.0, "stage": "mine"}
    assert loss(result, "neodymium")["direct"] == {"low": 0.0, "high": 12.0}
    assert result.lines["upstream"] == ["2", "3"]


def test_removing_the_sole_producer_loses_all():
    world = reference()
    only = world.producers.assign(share_low=100.0, share_high=100.0)
    only = only[(only["mineral"] == "tungsten") & (only["iso3"] == "CHN")].reset_index(drop=True)
    cut = Cut("CHN", "*", "", 1.0, 1.0)
    result = played(Scenario("cut", "All of it", cuts=(cut,)), replace(world, producers=only))
    assert loss(result, "tungsten")["world"] == {"low": 100.0, "high": 100.0, "stage": "mine"}


def test_tariffs_cut_no_supply():
    only = reference(events=tuple(one for one in EVENTS if one.id == "US-W"))
    result = played(Scenario("tariff", "Tariff", events=("US-W",)), only)
    assert result.losses == ()
    assert any("cuts no supply" in one for one in result.notes)


def test_an_ore_ban_leaves_refined_output():
    ore = replace(
        EVENTS[1], id="MY", title="Ban on raw rare-earth ore", detail="ore", reach=("raw",)
    )
    result = played(Scenario("ore", "Ore", events=("MY",)), reference(events=(ore,)))
    # the mine stage only: China's 70 %, not the 90 % of separation
    assert loss(result, "neodymium")["world"] == {"low": 70.0, "high": 70.0, "stage": "mine"}
    # how much of the imports is ore is not known
    assert loss(result, "neodymium")["direct"] == {"low": 0.0, "high": 48.0}


def test_a_sourcing_shift_escapes_the_direct_loss():
    moved = Scenario(
        "shift", "Half from Malaysia", events=("CN-ND",), shifts=(Shift("neodymium", "MYS", 0.5),)
    )
    assert loss(played(moved), "neodymium")["direct"] == {"low": 24.0, "high": 24.0}
    home = replace(moved, shifts=(Shift("neodymium", "CHN", 0.5),))
    assert loss(played(home), "neodymium")["direct"] == {"low": 48.0, "high": 48.0}


def test_stock_cover_by_hand():
    # 2 pieces per product x 1825 products / 365 days = 10 a day; 20 in stock last 2 days
    result = played(
        Scenario("ban", "Ban", events=("CN-ND",)), choices=replace(CHOICES, volume=1825.0)
    )
    assert result.lines["cover"] == [
        {"line": "2", "days": 2.0, "lead_time_days": 90.0, "short": True}
    ]


def knowledge_with(rows):
    world = reference()
    made = COMPOSITIONS.conform(
        pd.DataFrame(rows).assign(relation="contained", presence="certain", element="", source="")
    )
    return replace(world, knowledge=replace(world.knowledge, compositions=made))


def test_a_substitution_runs_through_the_same_exposure():
    world = knowledge_with(
        [{"subject": "FERRITE", "mineral": "nickel", "function": "primary", "form": "",
          "wt_pct_low": 10.0, "wt_pct_typical": 20.0, "wt_pct_high": 30.0}]
    )  # fmt: skip
    result = played(Scenario("swap", "Ferrite", substitutions=(("MAGNET", "FERRITE"),)), world)
    # the magnet's 60 leave the acute spend; nickel is 40 % x 50 % = 20 and not acute
    assert result.before["spend_acute_pct"] == {"certain": 60.0, "likely": 10.0}
    assert result.after["spend_acute_pct"] == {"certain": 0.0, "likely": 10.0}
    (note,) = [one for one in result.notes if "no mass ratio" in one]
    assert "FERRITE" not in note  # names are for people, ids are not
    assert "“" in note


def test_a_substitute_without_composition_is_unknown_never_lower():
    result = played(Scenario("swap", "Ferrite", substitutions=(("line:2", "FERRITE"),)))
    assert any("exposure is unknown" in one for one in result.notes)
    # the line is no longer recognised: coverage tells it, the figures do not improve in silence
    assert "neodymium" in result.after["top_minerals"]  # line 3 still holds it


def test_demand_scales_yearly_figures_only():
    base = replace(CHOICES, volume=100.0)
    more = Scenario("more", "Double", demand_factor=2.0)
    # 30 g of neodymium in a product, 100 products a year: 3 kg, then 6 kg
    weighed = {f"mass_mg_{end}": 30_000.0 for end in ("low", "typical", "high")}
    found = contents(3, {"line": 0, "mineral": "neodymium"} | weighed, classes={0: "MAGNET"})
    result = played(more, choices=base, found=found)
    assert result.before["spend_acute_pct"] == result.after["spend_acute_pct"]
    told = next(one for one in result.notes if one.startswith("Demand times 2"))
    assert "neodymium 3 to 6 kg a year" in told
    # without a volume a change of demand is said to show nowhere, not to change nothing
    assert any("products per year are not given" in one for one in played(more).notes)


def test_the_replays_by_hand(tmp_path):
    """USGS prints China's part of imports: gallium 18 %, germanium 23 %, rare earths 71 %."""
    book = tmp_path / "b.csv"
    book.write_text(
        "Part,Description,Material,Qty,Unit Cost,Currency,Stock,Lead time days\n"
        "1,IR LED,,2,1,USD,100,90\n2,Germanium lens,germanium,1,100,USD,,\n"
        "3,Magnet,NdFeB N42SH,1,30,USD,,120\n",
        encoding="utf-8",
    )
    names = ("replay-2024-12-03", "replay-2025-04-04", "suspensions-end-2026-11")
    answer = analyze(
        book, load(), Choices(as_of=date(2026, 11, 22), volume=1000.0, scenarios=names)
    )
    ban, licence, end = answer.scenarios
    # gallium: reliance 100 % x 18 %; world: China's 99 % of primary gallium
    assert loss(ban, "gallium")["direct"] == {"low": 18.0, "high": 18.0}
    assert loss(ban, "gallium")["world"]["low"] == 99.0
    # germanium: reliance printed ">50", so 50 to 100 % x 23 %
    assert loss(ban, "germanium")["direct"] == {"low": 11.5, "high": 23.0}
    # stock: 100 / (2 x 1000 / 365) = 18.25 days, short of a lead time of 90
    assert ban.lines["cover"][0]["days"] == pytest.approx(18.25)
    assert ban.lines["cover"][0]["short"] is True
    # the ban is on metals and compounds: the LED is reached upstream, the lens of germanium itself
    assert (ban.lines["direct"], ban.lines["upstream"]) == (["3"], ["2", "4"])
    # dysprosium, likely in an SH magnet: 100 % x 71 % x 0 to 1; neodymium is not among the seven
    assert loss(licence, "dysprosium")["direct"] == {"low": 0.0, "high": 71.0}
    assert "neodymium" not in {one["mineral"] for one in licence.losses}
    # November 2026: the extraterritorial rule is not known to have come back: 0 to 67 x 71 %
    assert loss(end, "neodymium")["direct"]["low"] == 0.0
    assert loss(end, "neodymium")["direct"]["high"] == pytest.approx(47.57)
    assert loss(end, "gallium")["direct"] == {"low": 18.0, "high": 18.0}


def test_faults_are_the_users():
    with pytest.raises(UsageError, match="CN-99"):
        played(Scenario("x", "X", events=("CN-99",)))
    with pytest.raises(UsageError, match="UNOBTAINIUM"):
        played(Scenario("x", "X", substitutions=(("MAGNET", "UNOBTAINIUM"),)))
    with pytest.raises(UsageError, match="no line '99'"):
        played(Scenario("x", "X", substitutions=(("line:99", "FERRITE"),)))
    with pytest.raises(UsageError, match="nonsense"):
        scenario_named("nonsense")


def test_ready_made_scenarios_load():
    ids = [one.id for one in ready_made()]
    assert len(ids) == len(set(ids))
    assert scenario_named("suspensions-end-2026-11").as_of == date(2026, 11, 28)
    assert all(one.note for one in ready_made())


def test_play_answers_in_the_order_asked():
    book, found, world = bom(*LINES), contents(3, *HELD), reference()
    exposures = exposure.score(book, found, world, CHOICES, CONTROLS.empty())
    ids = ("no-supply-from-china", "no-cobalt-from-congo")
    results = scenario.play(ids, book, found, exposures, world, CHOICES)
    assert [one.scenario.id for one in results] == list(ids)
    assert scenario.play((), book, found, exposures, world, CHOICES) == ()
    assert results[0].scenario.as_of is None
    assert CHOICES.as_of == AS_OF
