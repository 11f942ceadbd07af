"""How far lines, groups and minerals hang on risky supply: the tables of the answer."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.supply import SUPPLY
from bomexposure.model.tables import Column, Table

HELD = ("no", "likely", "certain")
"""Whether a line holds something: not (or only possibly), likely, certainly."""


def _held(name: str, meaning: str) -> Column:
    return Column(name, "category", meaning, values=HELD)


def _number(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, "float64", meaning, unit)


LINE_EXPOSURES = Table(
    "LINE_EXPOSURES",
    "One row per line, same order as LINES. Lines that are not counted read 'no' and NaN spend.",
    (
        _number("spend", "cost_total in the report's currency; NaN unknown", "report currency"),
        _held("acute", "holds an acute mineral as primary or dopant"),
        _held("acute_minor", "holds acute minerals, but in a lesser role only"),
        _held("nir_50", "holds a listed mineral with reliance of at least 50 %"),
        _held("nir_100", "holds a listed mineral with reliance of 100 %"),
        _held("china_led", "holds a listed mineral that China leads"),
        _held("listed", "holds any mineral of the 2025 list"),
        _number(
            "index_low", "largest index over the line's certain minerals, low bound", "0 to 100"
        ),
        _number("index_high", "high bound", "0 to 100"),
        Column("top_mineral", "str", "the mineral behind that index, '' where none"),
        _number(
            "expected_pct",
            "how far asking about the part could move the share of spend in acute lines; NaN where nothing is open",
            "percentage points",
        ),
        Column("unit_of_count", "bool", "the line is counted"),
    ),
)

_SUPPLY_FIELDS = tuple(
    column for column in SUPPLY.columns if column.name not in ("mineral", "form", "headline")
)

MINERAL_EXPOSURES = Table(
    "MINERAL_EXPOSURES",
    "One row per mineral found in the BOM (relation contained or contained_partly), worst first: "
    "by index (low, then high), then spend. Supply columns are those of the mineral's headline row.",
    (
        Column("mineral", "str", "mineral id"),
        Column("acute", "bool", "high bound of the default index at least the threshold"),
        Column("lines_certain", "int64", "counted lines that hold it certainly"),
        Column("lines_likely", "int64", "counted lines that hold it likely, not certainly"),
        Column("lines_possible", "int64", "counted lines that hold it possibly only"),
        _number("spend_certain", "spend of lines_certain; NaN when no spend is known", "currency"),
        _number("spend_likely", "spend of lines_likely", "currency"),
        _number("spend_pct_certain", "share of known spend", "percent"),
        _number("spend_pct_likely", "share of known spend", "percent"),
        _number("gated_value", "value of the product; NaN where the mineral gates nothing", "currency"),
        _number("mass_g_low", "mass in one product; NaN when no mass is known", "g"),
        _number("mass_g_typical", "as above", "g"),
        _number("mass_g_high", "as above", "g"),
        Column("lines_mass_unknown", "int64", "lines that hold it (certain, likely) without a mass"),
        _number("value_usd_low", "mass times price per contained kg", "USD"),
        _number("value_usd_typical", "as above", "USD"),
        _number("value_usd_high", "as above", "USD"),
        _number("annual_kg_typical", "mass_g_typical times volume; NaN without volume", "kg"),
        _number("annual_pct_of_us", "of U.S. apparent consumption, in its basis", "percent"),
        _number("index_low", "default index, chosen method", "0 to 100, or the method's scale"),
        _number("index_high", "high bound", "as above"),
        *_SUPPLY_FIELDS,
    ),
)  # fmt: skip

FORM_EXPOSURES = Table(
    "FORM_EXPOSURES",
    "One row per mineral and traded form that the BOM draws on.",
    (
        Column("mineral", "str", "mineral id"),
        Column("form", "str", "as knowledge words it"),
        Column("own_figures", "bool", "False: the headline form stands in"),
        Column("acute", "bool", "as in MINERAL_EXPOSURES, for this form"),
        Column("lines", "int64", "counted lines that hold it certainly or likely"),
        _number("spend", "their spend", "currency"),
        _number("index_low", "index of the form", "0 to 100"),
        _number("index_high", "high bound", "0 to 100"),
        *_SUPPLY_FIELDS,
    ),
)

INDICES = Table(
    "INDICES",
    "One row per mineral, form and method: the index, or what is missing for it.",
    (
        Column("mineral", "str", "mineral id"),
        Column("form", "str", "'' for the mineral's own row"),
        Column("method", "str", "method id"),
        _number("low", "low bound; NaN where inputs are missing", "the method's scale"),
        _number("high", "high bound", "the method's scale"),
        Column("missing", "str", "what is missing, in words; '' when computed"),
        Column("note", "str", "what the figure speaks of, where the name alone would mislead"),
    ),
)

GROUP_KINDS = ("assembly", "supplier", "origin", "category", "family")
"""What lines are grouped by; 'family' is the kind of part that a line was taken for."""

GROUP_EXPOSURES = Table(
    "GROUP_EXPOSURES",
    "One row per assembly, supplier, country of origin, category or kind of part.",
    (
        Column("kind", "category", "what groups", values=GROUP_KINDS),
        Column("key", "str", "line id of the assembly, or the name of the supplier, country, ..."),
        Column("label", "str", "for people"),
        Column("lines", "int64", "counted lines in it, all levels below"),
        Column("lines_unknown", "int64", "of these, not recognised"),
        _number("spend", "known spend; NaN when none is known", "currency"),
        _number("spend_acute_certain", "spend of its acute lines", "currency"),
        _number("spend_acute_likely", "spend of lines that are likely acute", "currency"),
        Column("minerals", "int64", "listed minerals held certainly or likely"),
        Column("minerals_acute", "int64", "of these, acute"),
    ),
)  # fmt: skip

GROUP_MINERALS = Table(
    "GROUP_MINERALS",
    "One row per group and mineral: the cells of the heat map.",
    (
        Column("kind", "category", "see GROUP_EXPOSURES", values=GROUP_KINDS),
        Column("key", "str", "see GROUP_EXPOSURES"),
        Column("mineral", "str", "mineral id"),
        Column("lines", "int64", "counted lines that hold it certainly or likely"),
        Column("lines_certain", "int64", "of these, certainly"),
        _number("spend_certain", "their spend", "currency"),
        _number("spend_likely", "spend of lines that likely hold it", "currency"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent, certain and with likely lines beside it; None is unknown."""

    certain: float | None
    likely: float | None
    """The further share of lines that are likely, not certain: certain + likely is the top end."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What part of the BOM the figures speak for; percent, None where nothing is known."""

    lines_pct: float | None
    spend_pct: float | None
    mass_pct: float | None
    spend_known_pct: float | None
    mass_known_pct: float | None
    by_evidence: dict[str, int]


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of the strip and of page one."""

    minerals: int
    minerals_acute: int
    minerals_nir_50: int
    minerals_nir_100: int
    spend: float | None
    currency: str | None
    spend_by_currency: dict[str, float]
    spend_acute_pct: Share
    spend_acute_minor_pct: Share
    spend_nir_50_pct: Share
    spend_nir_100_pct: Share
    spend_china_led_pct: Share
    lines_acute: tuple[int, int]
    """Counted lines that are acute: certain, likely. Speaks where no spend is known."""
    controls_in_force: int
    next_change: tuple[str, str] | None
    """ISO date and event id of the next dated change of an event that touches this BOM."""
    top_minerals: tuple[str, ...]
    top_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exposures:
    """All exposure results of one run."""

    lines: pd.DataFrame
    minerals: pd.DataFrame
    forms: pd.DataFrame
    indices: pd.DataFrame
    groups: pd.DataFrame
    group_minerals: pd.DataFrame
    coverage: Coverage
    headline: Headline
    issues: pd.DataFrame
