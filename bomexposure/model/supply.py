"""Who supplies the world and the United States with each mineral: declared tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.knowledge import Knowledge
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.sources import Sources, SourceSet
from bomexposure.model.tables import Column, Table


def _text(name: str, meaning: str) -> Column:
    return Column(name, "str", meaning)


def _number(name: str, meaning: str, unit: str = "percent") -> Column:
    return Column(name, "float64", meaning, unit)


SUPPLY = Table(
    "SUPPLY",
    "One row per mineral and traded form. The row with `headline` True is the mineral's own; a form "
    "without figures of its own is not listed and falls back to the headline row.",
    (
        _text("mineral", "mineral id"),
        _text("form", "form as knowledge words it (CONTENTS.form); '' on the headline row where the "
                      "headline form has no knowledge word"),
        Column("headline", "bool", "the mineral's own row"),
        _text("name", "name for people, such as 'Rare earths: dysprosium' or 'Titanium sponge'"),
        _text("symbol", "chemical symbol, '' for coal"),
        Column("critical_2025", "bool", "an entry of the 2025 U.S. list"),
        _number("nir_low", "U.S. net import reliance, low bound; NaN not published"),
        _number("nir_high", "high bound"),
        _text("nir_printed", "as printed: '>50', 'E', 'NA', '91'"),
        _text("nir_form", "the form that the figure speaks of, in the source's words"),
        _text("nir_scope", "'this mineral' or the group that the figure is for"),
        _text("nir_basis", "apparent or estimated consumption"),
        _text("nir_year", "data year, such as '2025e'"),
        _text("nir_source", "figure id"),
        _number("china_share_pct", "USGS figure at the headline stage; NaN not listed"),
        _text("china_share_stage", "stage of that figure"),
        _text("china_share_year", "year of that figure"),
        _text("china_share_source", "figure id"),
        _number("china_peak_low", "largest share over the allow-list of stages, low bound"),
        _number("china_peak_high", "high bound"),
        _text("china_peak_stage", "its stage"),
        _text("china_peak_year", "its year, as the source says it"),
        _text("china_peak_publisher", "its publisher"),
        _text("china_peak_source", "figure id"),
        Column("china_led", "bool", "China is the largest producer at an allow-listed stage"),
        _text("china_led_stage", "that stage, '' where not led"),
        _text("leading_country", "largest producer at the headline stage, '' where not published"),
        _number("leading_share_pct", "its share"),
        _text("leading_stage", "the stage"),
        _text("leading_source", "figure id"),
        _number("hhi_low", "Herfindahl-Hirschman index, Other countries as nothing", "0 to 10,000"),
        _number("hhi_high", "Other countries as one country", "0 to 10,000"),
        _text("hhi_source", "figure id"),
        _number("price_usd_per_kg", "price per kg of contained element; NaN unknown or laboratory "
                                    "lots", "USD/kg"),
        _text("price_source", "figure id"),
        _number("consumption_t", "U.S. apparent consumption in the source's content basis", "t"),
        _text("consumption_basis", "what the tonnes are of, such as 'BaSO4' or 'metal content'"),
        _number("consumption_factor", "kg of that basis per kg of contained element", "kg/kg"),
        _text("consumption_source", "figure id"),
        _text("uses", "main uses, short"),
        _text("note", "what a reader must know about the figures"),
    ),
)  # fmt: skip

PRODUCERS = Table(
    "PRODUCERS",
    "World output by mineral, stage, country, year and publisher; stages are never mixed in a sum.",
    (
        _text("mineral", "mineral id"),
        _text("stage", "as the source says, such as 'mine', 'refinery', 'smelter (primary metal)'"),
        _text("stage_group", "'mine', 'refined', 'metal', 'alloy', 'chemical', 'separation', "
                             "'magnet', 'anode', 'cathode', 'cell', 'part'"),
        _text("country", "name as our countries table spells it; 'Other countries' for the rest"),
        _text("iso3", "'' for Other countries and groups"),
        _number("share_low", "share of world output, low bound"),
        _number("share_high", "high bound"),
        _number("value", "output as printed", "unit column"),
        _text("unit", "unit of value"),
        _text("year", "as the source says"),
        _text("publisher", "who says so"),
        Column("headline", "bool", "stage, year and publisher of the mineral's headline share"),
        Column("allowed", "bool", "on the allow-list behind china_share_peak"),
        _text("scope", "'this mineral' or the group that the figure is for"),
        _text("confidence", "'primary', 'quoted-by-secondary' or 'unconfirmed'"),
        _text("source", "figure id"),
        _text("kind", "'production', 'capacity' or 'ownership'; the last two say so in `stage` too and "
                      "are no output"),
    ),
)  # fmt: skip

IMPORT_SOURCES = Table(
    "IMPORT_SOURCES",
    "Countries that U.S. imports come from, by form and period.",
    (
        _text("mineral", "mineral id"),
        _text("form", "form in the source's words"),
        Column("headline", "bool", "the form that the mineral's net import reliance speaks of"),
        _text("country", "name as our countries table spells it"),
        _text("iso3", "'' for Other and groups of countries"),
        _number("share_low", "share of U.S. imports, low bound"),
        _number("share_high", "high bound"),
        _text("period", "such as '2021-24'"),
        _text("scope", "'this mineral' or the group that the figure is for"),
        _text("source", "figure id"),
    ),
)

RESERVES = Table(
    "RESERVES",
    "Reserves by country.",
    (
        _text("mineral", "mineral id"),
        _text("country", "country"),
        _text("iso3", "code"),
        _number("value_t", "reserves", "t in the source's basis"),
        _number("share_low", "share of the listed world reserves, low bound"),
        _number("share_high", "high bound"),
        _text("scope", "'this mineral' or the group"),
        _text("printed", "as printed"),
        _text("source", "figure id"),
    ),
)

PRICES = Table(
    "PRICES",
    "Every published price, in the source's form and unit.",
    (
        _text("mineral", "mineral id"),
        _text("form", "form and market in the source's words"),
        _text("year", "year"),
        _text("printed", "as printed"),
        _text("unit", "unit as printed"),
        _number("usd_per_kg", "converted, per kg of the form", "USD/kg"),
        _text("source", "figure id"),
    ),
)

COUNTRIES = Table(
    "COUNTRIES",
    "Producer and partner countries, their agreements with the U.S. and their governance.",
    (
        _text("iso3", "ISO 3166-1 alpha-3"),
        _text("country", "name used throughout"),
        Column("us_fta", "bool", "free trade agreement with the United States"),
        _text("us_minerals_agreement", "bilateral minerals agreement or framework, '' where none"),
        _text("us_minerals_agreement_date", "its date"),
        Column("eu_member", "bool", "member of the EU"),
        Column("forge_or_msp", "bool", "member of FORGE or the Minerals Security Partnership"),
        Column("pax_silica", "bool", "member of Pax Silica"),
        Column("entity_of_concern", "bool", "foreign entity of concern (China, Russia, Iran, North Korea)"),
        Column("dfars_covered", "bool", "covered country of DFARS 225.7018 / 252.225-7052"),
        Column("dfars_qualifying", "bool", "qualifying country of DFARS 225.872-1"),
        Column("conflict_region", "bool", "DRC and adjoining countries (Dodd-Frank 1502)"),
        Column("oecd", "bool", "member of the OECD"),
        _text("sanctions", "note on sanctions, '' where none"),
        _number("political_stability", "WGI estimate; NaN not published", "-2.5 to 2.5"),
        _number("wgi_mean", "mean of the six WGI estimates", "-2.5 to 2.5"),
        _text("governance_source", "figure id"),
        _text("source", "figure id"),
    ),
)  # fmt: skip

SUPPLIERS = Table(
    "SUPPLIERS",
    "Named plants and projects outside China.",
    (
        _text("mineral", "mineral id"),
        _text("stage", "stage"),
        _text("company", "company"),
        _text("facility", "place"),
        _text("iso3", "country code"),
        _text("status", "operating, planned, pilot, ... as of `as_of`"),
        _text("capacity", "as stated"),
        _text("as_of", "date of the statement"),
        Column("unconfirmed", "bool", "no looked-up source"),
        _text("source", "figure id"),
    ),
)

SUBSTITUTES = Table(
    "SUBSTITUTES",
    "Substitutes that the publication names, in our own words.",
    (
        _text("mineral", "mineral id"),
        _text("application", "where"),
        _text("substitute", "what"),
        _text("tradeoff", "at what price, 'not stated' where the source is silent"),
        _text("source", "figure id"),
    ),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """All facts of one Edition: supply, policy, countries, and the knowledge of what parts hold."""

    edition: str
    sets: tuple[SourceSet, ...]
    supply: pd.DataFrame
    producers: pd.DataFrame
    import_sources: pd.DataFrame
    reserves: pd.DataFrame
    prices: pd.DataFrame
    countries: pd.DataFrame
    suppliers: pd.DataFrame
    substitutes: pd.DataFrame
    events: tuple[PolicyEvent, ...]
    sources: Sources
    knowledge: Knowledge
