"""What holds for every row of the loaded reference, whatever the figures are."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from bomexposure.model import supply as contracts
from bomexposure.model.supply import Reference

TABLES = {
    "supply": contracts.SUPPLY,
    "producers": contracts.PRODUCERS,
    "import_sources": contracts.IMPORT_SOURCES,
    "reserves": contracts.RESERVES,
    "prices": contracts.PRICES,
    "countries": contracts.COUNTRIES,
    "suppliers": contracts.SUPPLIERS,
    "substitutes": contracts.SUBSTITUTES,
}
IDS = {"Iron and steel": "iron", "Diamond (industrial)": "diamond"}


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_keep_their_contract(facts: Reference, name: str) -> None:
    assert TABLES[name].check(getattr(facts, name)) == []
    assert len(getattr(facts, name)) > 0


def test_sixty_entries_of_the_list_and_sixteen_tracked_beside(facts: Reference) -> None:
    own = facts.supply[facts.supply["headline"]]
    assert own["mineral"].is_unique
    assert int(own["critical_2025"].sum()) == 60
    assert len(own) == 76


def test_forms_are_not_said_twice(facts: Reference) -> None:
    rows = facts.supply
    assert not rows.duplicated(["mineral", "form"]).any()
    assert not (rows["form"].eq("") & ~rows["headline"]).any()


def test_every_figure_equals_the_gathered_table(facts: Reference, gathered: Path) -> None:
    own = facts.supply[facts.supply["headline"]].set_index("mineral")
    compounds = facts.supply[
        (facts.supply["mineral"] == "magnesium") & (facts.supply["form"] == "compounds")
    ].iloc[0]
    numbers = {
        "nir_low": "nir_low", "nir_high": "nir_high", "china_share_pct": "china_share_pct",
        "leading_share_pct": "leading_share_pct", "hhi_low": "hhi", "hhi_high": "hhi_other_as_one",
    }  # fmt: skip
    words = {"nir_printed": "nir_published", "leading_country": "leading_country"}
    compared = 0
    with (gathered / "minerals.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = IDS.get(row["mineral"], row["mineral"].lower().replace(" ", "-"))
            # magnesium compounds are a form of magnesium here
            ours = compounds if name == "magnesium-compounds" else own.loc[name]
            for mine, theirs in numbers.items():
                if row[theirs]:
                    assert ours[mine] == pytest.approx(float(row[theirs]), abs=1e-6), (name, mine)
                else:
                    assert pd.isna(ours[mine]), (name, mine)
                compared += 1
            for mine, theirs in words.items():
                assert ours[mine] == row[theirs], (name, mine)
    assert compared == 77 * 6


def test_bounds_are_in_order_and_percent(facts: Reference) -> None:
    for name, low, high in (
        ("supply", "nir_low", "nir_high"),
        ("supply", "china_peak_low", "china_peak_high"),
        ("producers", "share_low", "share_high"),
        ("import_sources", "share_low", "share_high"),
        ("reserves", "share_low", "share_high"),
    ):
        frame = getattr(facts, name)
        known = frame[frame[low].notna() | frame[high].notna()]
        assert (known[low] <= known[high]).all()
        assert known[low].ge(0).all()
        assert known[high].le(100).all()


def test_concentration_lies_between_zero_and_ten_thousand(facts: Reference) -> None:
    known = facts.supply[facts.supply["hhi_low"].notna()]
    assert (known["hhi_low"] <= known["hhi_high"]).all()
    assert known["hhi_high"].le(10_000.5).all()


def test_shares_of_one_stage_year_and_publisher_sum_to_at_most_a_hundred(facts: Reference) -> None:
    rows = facts.producers
    own = rows[(rows["confidence"] != "unconfirmed")]
    sums = own.groupby(["mineral", "stage", "year", "publisher"])["share_low"].sum()
    assert sums.max() <= 101.5  # the EU study's own rounding


def test_the_allow_list_holds_production_only_and_nothing_unconfirmed(facts: Reference) -> None:
    allowed = facts.producers[facts.producers["allowed"]]
    assert (allowed["confidence"] != "unconfirmed").all()
    assert not allowed["stage"].str.contains("capacity").any()
    # the 95 percent of refined cobalt chemicals counts Chinese ownership, not output in China
    assert (allowed["kind"] == "production").all()
    cobalt = facts.producers[facts.producers["mineral"] == "cobalt"].set_index("stage")
    assert cobalt.loc["refined cobalt chemicals, ownership", "kind"] == "ownership"
    assert not cobalt.loc["refined cobalt chemicals, ownership", "allowed"]


def test_capacity_is_never_called_output(facts: Reference) -> None:
    rows = facts.producers
    assert set(rows["kind"]) == {"production", "capacity", "ownership"}
    other = rows[rows["kind"] != "production"]
    assert all(kind in stage for kind, stage in zip(other["kind"], other["stage"], strict=True))
    # a stage never mixes the two
    assert (rows.groupby(["mineral", "stage"])["kind"].nunique() == 1).all()


def test_peak_is_the_largest_allowed_share_that_is_the_minerals_own(facts: Reference) -> None:
    rows = facts.producers
    copper = rows[(rows["mineral"] == "copper") & rows["allowed"] & (rows["iso3"] == "CHN")]
    own = facts.supply[(facts.supply["mineral"] == "copper")].iloc[0]
    assert own["china_peak_high"] == copper["share_high"].max()
    # battery-grade graphite is a form's stage, not the market of natural graphite
    graphite = facts.supply[facts.supply["mineral"] == "graphite"].set_index("form")
    assert graphite.loc["battery-grade", "china_peak_high"] == 95.7
    assert graphite.loc["natural", "china_peak_high"] == 79.9


def test_where_others_are_printed_and_china_is_not_the_share_is_up_to_the_rest(
    facts: Reference,
) -> None:
    own = facts.supply[facts.supply["headline"]].set_index("mineral")
    # EU 2023, refined iridium: South Africa 93.5, Zimbabwe 4.9, Canada 1.4: 0.2 is left
    assert own.loc["iridium", "china_peak_low"] == 0
    assert own.loc["iridium", "china_peak_high"] == pytest.approx(0.2)
    assert not own.loc["iridium", "china_led"]


def test_where_nobody_is_printed_or_china_is_na_the_share_is_unknown(facts: Reference) -> None:
    own = facts.supply[facts.supply["headline"]].set_index("mineral")
    for mineral in ("cesium", "rubidium", "thallium", "xenon", "mica", "iodine"):
        assert pd.isna(own.loc[mineral, "china_peak_low"]), mineral
        assert not own.loc[mineral, "china_led"]


def test_china_leads_only_where_it_is_the_largest_at_the_named_stage(facts: Reference) -> None:
    rows = facts.producers
    for row in facts.supply[facts.supply["china_led"] & facts.supply["headline"]].itertuples():
        here = rows[
            (rows["mineral"] == row.mineral) & (rows["stage"] == row.china_led_stage)
            & rows["allowed"]
        ]  # fmt: skip
        china = here.loc[here["iso3"] == "CHN", "share_low"].max()
        others = here.loc[~here["iso3"].isin(("CHN", "")), "share_high"].max()
        assert not china < others, row.mineral


def test_every_figure_leads_to_its_source(facts: Reference) -> None:
    for name in TABLES:
        frame = getattr(facts, name)
        for column in frame.columns:
            if column == "source" or str(column).endswith("_source"):
                used = set(frame[column]) - {""}
                assert all(one in facts.sources for one in used), (name, column)


def test_every_printed_figure_has_its_number_beside_a_source(facts: Reference) -> None:
    rows = facts.supply
    for figure, source in (
        ("nir_low", "nir_source"), ("china_share_pct", "china_share_source"),
        ("china_peak_high", "china_peak_source"), ("leading_share_pct", "leading_source"),
        ("hhi_low", "hhi_source"), ("price_usd_per_kg", "price_source"),
        ("consumption_t", "consumption_source"),
    ):  # fmt: skip
        assert (rows.loc[rows[figure].notna(), source] != "").all(), figure


def test_reserves_stand_on_one_basis_per_mineral(facts: Reference) -> None:
    rows = facts.reserves
    own = rows[rows["iso3"] != ""]
    # boron alone is printed on a basis of its own for each country, and has no shares
    assert not own[own["mineral"] != "boron"].duplicated(["mineral", "iso3"]).any()
    assert own.loc[own["mineral"] == "boron", "share_low"].isna().all()
    assert rows.groupby("mineral")["share_low"].sum().max() <= 101.5


def test_figure_ids_are_unique() -> None:
    from bomexposure.reference import editions
    from bomexposure.reference.sets import open_set

    for folder in (editions.shipped_folder("mcs2026"), editions.shipped_folder("processing")):
        opened = open_set(folder)
        ids = [
            one
            for name in opened.about["files"]
            for one in opened.table(name).get("id", pd.Series(dtype="str"))
        ]
        assert len(ids) == len(set(ids)), folder.name


def test_stages_are_grouped_and_publishers_named(facts: Reference) -> None:
    assert (facts.producers["stage_group"] != "").all()
    assert (facts.producers["publisher"] != "").all()
    assert (facts.producers["year"] != "").all()


def test_an_unknown_edition_says_which_there_are() -> None:
    from bomexposure import reference
    from bomexposure.model.errors import ReferenceDataError

    with pytest.raises(ReferenceDataError, match=r"mcs2026"):
        reference.load("MCS 1999", knowledge=False)
