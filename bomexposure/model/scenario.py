"""Scenarios and sourcing options: the nouns of "what if" and "who else"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bomexposure.model.tables import Column, Table

SOURCING = Table(
    "SOURCING",
    "One row per mineral, stage and country that could supply instead; best first within a mineral.",
    (
        Column("mineral", "str", "mineral id"),
        Column("country", "str", "name"),
        Column("iso3", "str", "code"),
        Column("stage", "str", "stage at which it could supply"),
        Column("bottleneck", "bool", "the stage where the excluded countries' share is highest"),
        Column("domestic", "bool", "the United States"),
        Column("share_low", "float64", "share of world output at the stage", "percent"),
        Column("share_high", "float64", "high bound", "percent"),
        Column("score_low", "float64", "score, low end where terms are missing", "0 to 100"),
        Column("score_high", "float64", "score, high end", "0 to 100"),
        Column("terms", "object", "dict: term -> (low, high, weight)"),
        Column("reasons", "object", "list of sentences"),
        Column("sources", "object", "list of figure ids"),
    ),
)

CONTROLS = Table(
    "CONTROLS",
    "One row per mineral of this BOM and policy event that covers it, on the as-of date.",
    (
        Column("mineral", "str", "mineral id"),
        Column("event", "str", "id of the PolicyEvent"),
        Column("status", "str", "status word on the as-of date"),
        Column(
            "reach", "str", "'direct' where some line of the BOM is itself covered, else 'upstream'"
        ),
        Column("lines_direct", "int64", "lines that the event covers themselves"),
        Column("lines_upstream", "int64", "lines that it reaches through the raw material"),
        Column(
            "aside",
            "str",
            "why it is told aside of the headline: 'cuts no supply' (tariffs, rules, technology) or "
            "'supplies little' (the country, at the stages reached); '' where it counts",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A user's own cut of supply: fraction of what a country supplies of a mineral at a stage.

    `mineral` '*' is every mineral of the BOM; `stage` is a stage's name or stage group, or '' for
    the stage at which the cut takes most of the world's output.
    """

    iso3: str
    mineral: str
    stage: str
    fraction_low: float
    fraction_high: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A sourcing shift: part of this BOM's need of a mineral is bought from a named country."""

    mineral: str
    to_iso3: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Tariff:
    """A user's own duty: percent of the price of the parts that come from one country."""

    iso3: str
    rate_pct: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of changes to supply, to the lines, or to demand."""

    id: str
    title: str
    as_of: date | None = None
    events: tuple[str, ...] = ()
    """Ids of policy events that are taken to bite, whatever their status on the day."""
    cuts: tuple[Cut, ...] = ()
    substitutions: tuple[tuple[str, str], ...] = ()
    """(subject id or 'line:<line id>', subject id that replaces it)."""
    demand_factor: float = 1.0
    note: str = ""
    shifts: tuple[Shift, ...] = ()
    """Sourcing shifts: what is bought from a country that is not cut escapes the direct loss."""
    tariffs: tuple[Tariff, ...] = ()
    """Duties on parts by their origin: they cut no supply and are told as a cost."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """Before and after for every headline, and the supply that is lost."""

    scenario: Scenario
    before: dict[str, Any]
    after: dict[str, Any]
    losses: tuple[dict[str, Any], ...] = ()
    """Per mineral: {"mineral", "direct": {low, high}, "world": {low, high, stage}, "events"}."""
    lines: dict[str, Any] = field(default_factory=dict)
    """{"direct": [line ids], "upstream": [line ids], "cover": [{"line", "days", "lead_time_days",
    "short"}]}: stock cover of touched lines where stock, quantity and volume are known."""
    spend_touched: dict[str, Any] = field(default_factory=dict)
    """{"certain", "likely", "direct": {"certain", "likely"}, "upstream": {"certain", "likely"}}: known
    spend of touched lines in the report currency, None where no spend is known."""
    notes: tuple[str, ...] = ()
