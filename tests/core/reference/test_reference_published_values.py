"""Values typed from the publications, each with its place there, against what is loaded.

MCS 2026 is USGS, Mineral Commodity Summaries 2026; "row" is the row of its data release
MCS2026_Commodities_Data.csv (the header is row 1).
"""

from __future__ import annotations

import pandas as pd
import pytest

from bomexposure.model.supply import Reference


def own(facts: Reference, mineral: str) -> pd.Series:
    rows = facts.supply
    return rows[(rows["mineral"] == mineral) & rows["headline"]].iloc[0]


def form(facts: Reference, mineral: str, word: str) -> pd.Series:
    rows = facts.supply
    return rows[(rows["mineral"] == mineral) & (rows["form"] == word)].iloc[0]


@pytest.mark.parametrize(
    ("mineral", "printed", "low", "high"),
    [
        ("gallium", "100", 100, 100),  # GALLIUM chapter, row 2544
        ("aluminum", "60", 60, 60),  # ALUMINUM chapter, Figure 2
        ("tungsten", ">50", 50, 100),  # TUNGSTEN chapter, Table 7
        ("tellurium", ">25", 25, 100),  # TELLURIUM chapter, Table 7
        ("zirconium", "<25", 0, 25),  # ZIRCONIUM AND HAFNIUM chapter, Table 7
        ("beryllium", "E", 0, 0),  # BERYLLIUM chapter, Table 7: a net exporter
        ("gold", "s", 0, 0.5),  # GOLD chapter: small
        ("rubidium", "100", 100, 100),  # Figure 2 only; the chapter has no such row
        ("nickel", "41", 41, 41),  # NICKEL chapter, Table 7; counts scrap
        ("neodymium", "67", 67, 67),  # RARE EARTHS chapter: compounds and metals, the group
        ("dysprosium", "100", 100, 100),  # RARE EARTHS (Heavy) chapter, the group
    ],
)
def test_net_import_reliance_is_as_printed(
    facts: Reference, mineral: str, printed: str, low: float, high: float
) -> None:
    row = own(facts, mineral)
    assert (row["nir_printed"], row["nir_low"], row["nir_high"]) == (printed, low, high)
    assert facts.sources[row["nir_source"]].printed == printed


@pytest.mark.parametrize("mineral", ["hafnium", "mercury", "thallium"])
def test_a_reliance_printed_as_na_is_unknown_and_keeps_its_mark(
    facts: Reference, mineral: str
) -> None:
    row = own(facts, mineral)
    assert row["nir_printed"] == "NA"
    assert pd.isna(row["nir_low"])
    assert pd.isna(row["nir_high"])


@pytest.mark.parametrize(
    "mineral", ["iridium", "rhodium", "ruthenium", "uranium", "metallurgical-coal"]
)
def test_what_usgs_does_not_publish_is_unknown_without_a_mark(
    facts: Reference, mineral: str
) -> None:
    row = own(facts, mineral)
    assert row["nir_printed"] == ""
    assert pd.isna(row["nir_low"])


def test_chinas_share_of_gallium_is_over_the_rows_not_over_the_rounded_total(
    facts: Reference,
) -> None:
    # MCS 2026, GALLIUM, 2025 estimated, kilograms: China 900,000, Russia 6,000, Japan 3,000.
    # 900,000 / 909,000 = 99.0; Table 7 divides by its rounded 900,000 and prints 100.
    assert own(facts, "gallium")["china_share_pct"] == pytest.approx(900 / 909 * 100, abs=0.05)


def test_titanium_sponge_share_and_concentration(facts: Reference) -> None:
    # MCS 2026, TITANIUM AND TITANIUM DIOXIDE, sponge production 2025 estimated, metric tons:
    # China 260,000, Japan 53,000, Russia 25,000, Kazakhstan 16,000, Saudi Arabia 12,000, India 300;
    # others none: 366,300. China 260,000 / 366,300 = 70.98 percent; squares of the shares
    # 5038.2 + 209.4 + 46.6 + 19.1 + 10.7 + 0.0 = 5324.
    row = own(facts, "titanium")
    assert row["leading_country"] == "China"
    assert row["china_share_stage"] == "sponge metal"
    assert row["china_share_pct"] == pytest.approx(71.0, abs=0.05)
    assert row["hhi_low"] == row["hhi_high"] == 5324


def test_the_leader_of_cobalt_mining_is_congo_by_three_quarters(facts: Reference) -> None:
    # MCS 2026, COBALT, mine production 2025 estimated: Congo (Kinshasa) 230,000 t; the chapter's
    # text says 73 percent, Table 7 prints 74 over its rounded world total of 310,000 t.
    row = own(facts, "cobalt")
    assert row["leading_country"] == "Congo (Kinshasa)"
    assert row["leading_share_pct"] == pytest.approx(73.1, abs=0.05)


def test_graphite_is_78_over_the_rounded_total_and_79_9_over_the_rows(facts: Reference) -> None:
    # Table 7 prints 78 (1,400,000 / 1,800,000); the chapter's text says 82; the rows give 79.9.
    row = own(facts, "graphite")
    over_total = 100 * 1_400_000 / 1_800_000
    assert round(over_total) == 78
    assert row["china_share_pct"] == pytest.approx(79.9, abs=0.05)


@pytest.mark.parametrize(
    ("mineral", "usd_per_kg"),
    [
        # MANGANESE, ore 44 percent: 4.50 dollars per metric ton UNIT of 10 kg, whatever the
        # release's unit column says
        ("manganese", 0.45),
        # LEAD, North American market: 106 cents per pound x 2.20462 / 100
        ("lead", 2.3369),
        # NIOBIUM: ferroniobium 26 dollars per kg, 65 percent niobium
        ("niobium", 40.0),
        # NEODYMIUM oxide 73 dollars per kg / 0.8574 kg Nd per kg Nd2O3
        ("neodymium", 85.1411),
        # COPPER, London Metal Exchange: 440 cents per pound
        ("copper", 9.7003),
    ],
)
def test_prices_are_per_kg_of_the_element(
    facts: Reference, mineral: str, usd_per_kg: float
) -> None:
    assert own(facts, mineral)["price_usd_per_kg"] == pytest.approx(usd_per_kg, rel=1e-4)


@pytest.mark.parametrize("mineral", ["cesium", "rubidium", "thallium", "thulium", "barite"])
def test_laboratory_lots_and_unclear_contents_give_no_price(facts: Reference, mineral: str) -> None:
    assert pd.isna(own(facts, mineral)["price_usd_per_kg"])


def test_import_sources_of_gallium_metal(facts: Reference) -> None:
    # MCS 2026, GALLIUM, import sources 2021-24, metal: Canada 28, Japan 22, China 18, Germany 16,
    # other 16 percent (row 2545 onwards)
    rows = facts.import_sources
    rows = rows[(rows["mineral"] == "gallium") & rows["headline"]]
    assert dict(zip(rows["country"], rows["share_low"], strict=True)) == {
        "Canada": 28, "Japan": 22, "China": 18, "Germany": 16, "Other countries": 16,
    }  # fmt: skip
    assert set(rows["period"]) == {"2021-24"}


def test_the_combined_entry_of_rubidium_is_nobodys_share(facts: Reference) -> None:
    # RUBIDIUM: "China, Germany, and Russia" stands as one entry
    rows = facts.import_sources
    row = rows[rows["mineral"] == "rubidium"].iloc[0]
    assert row["country"] == "China, Germany, and Russia"
    assert row["iso3"] == ""
    assert pd.isna(row["share_low"])


def test_brazils_rare_earth_reserves_follow_the_corrected_pdf(facts: Reference) -> None:
    # PDF version 1.3 of 27 May 2026, p. 153: 11,000,000 in place of 21,000,000
    rows = facts.reserves
    row = rows[(rows["mineral"] == "neodymium") & (rows["iso3"] == "BRA")].iloc[0]
    assert row["value_t"] == 11_000_000
    assert "version 1.3" in facts.sources[row["source"]].locator


def test_forms_have_their_own_reliance(facts: Reference) -> None:
    # TITANIUM: sponge 100, pigment E, mineral concentrates 88; SILICON: metal >50, ferrosilicon
    # <50; ALUMINUM: metal 60, alumina 71; MAGNESIUM COMPOUNDS 59; silicon carbide 74
    assert form(facts, "titanium", "sponge metal")["nir_printed"] == "100"
    assert form(facts, "titanium", "TiO2 pigment")["nir_printed"] == "E"
    assert form(facts, "titanium", "mineral concentrates")["nir_printed"] == "88"
    assert form(facts, "silicon", "metal")["nir_printed"] == ">50"
    assert form(facts, "silicon", "ferrosilicon")["nir_printed"] == "<50"
    assert form(facts, "aluminum", "alumina")["nir_printed"] == "71"
    assert form(facts, "magnesium", "compounds")["nir_printed"] == "59"
    assert form(facts, "silicon", "silicon carbide")["nir_printed"] == "74"


@pytest.mark.parametrize(
    ("mineral", "share", "publisher", "year"),
    [
        ("cobalt", 78.4, "IEA", "2024"),  # Critical Minerals Dataset, May 2025, refining
        ("lithium", 70.2, "IEA", "2024"),  # same, lithium chemicals
        ("germanium", 83.1, "European Commission", "n/s (2023 ed.)"),  # 2023 study, annex 7
        ("tungsten", 85.6, "European Commission", "n/s (2023 ed.)"),  # same
        ("dysprosium", 100, "European Commission", "n/s (2023 ed.)"),  # same
        ("titanium", 71.0, "USGS", "2025"),  # MCS 2026, sponge
    ],
)
def test_chinas_largest_share_names_its_publisher_and_year(
    facts: Reference, mineral: str, share: float, publisher: str, year: str
) -> None:
    row = own(facts, mineral)
    assert row["china_peak_high"] == pytest.approx(share, abs=0.05)
    assert (row["china_peak_publisher"], row["china_peak_year"]) == (publisher, year)


def test_the_two_bounds_that_the_design_names_for_acute_minerals(facts: Reference) -> None:
    # tungsten: 50 to 100 percent reliance times 85.6; germanium: the same times 83.1
    for mineral, low, high in (("tungsten", 42.8, 85.6), ("germanium", 41.55, 83.1)):
        row = own(facts, mineral)
        assert row["nir_low"] * row["china_peak_low"] / 100 == pytest.approx(low, abs=0.05)
        assert row["nir_high"] * row["china_peak_high"] / 100 == pytest.approx(high, abs=0.05)


def test_consumption_keeps_its_basis_and_the_withheld_mark(facts: Reference) -> None:
    # Table 7, 2025 estimated: fluorspar 370,000 t of CaF2, gallium 19 t, barite and tungsten W
    fluorspar, gallium, barite = (own(facts, name) for name in ("fluorspar", "gallium", "barite"))
    assert (fluorspar["consumption_t"], gallium["consumption_t"]) == (370_000, 19)
    # CaF2 / 2 F = (40.078 + 2 x 18.998) / (2 x 18.998)
    assert fluorspar["consumption_factor"] == pytest.approx(78.074 / 37.996, abs=1e-4)
    assert pd.isna(barite["consumption_t"])
    assert facts.sources[barite["consumption_source"]].printed == "W"
