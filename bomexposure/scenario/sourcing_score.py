"""What is known of a country as a source, and its score: named, weighted, visible terms.

docs/method.md, section "Sourcing options".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.stages import (
    MINED,
    NAN,
    Holder,
    Interval,
    Shares,
    Stage,
    holders_by_mineral,
    stages_by_mineral,
)
from bomexposure.model.choices import Choices
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.resources import resource
from bomexposure.model.supply import Reference
from bomexposure.scenario.controls import events_as_set, reaches_us
from bomexposure.scenario.plants import Plant, plants_by_mineral

DOMESTIC = "USA"
EXPORT_MEASURES = ("ban", "licence", "quota", "tax")
UNKNOWN: Interval = (0.0, 1.0)
"""A term that nothing is known of: it widens the score and never takes a default."""


@dataclass(frozen=True, slots=True)
class Term:
    """A named term of the score; `full_at` is the value that earns all of its weight."""

    name: str
    weight: float
    full_at: float
    reason: str


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms as shipped, from resources/reference/methods/sourcing_terms.csv."""
    table = pd.read_csv(resource("reference", "methods", "sourcing_terms.csv"))
    return tuple(
        Term(str(row.term), float(row.weight), float(row.full_at), str(row.reason))  # type: ignore[arg-type]
        for row in table.itertuples()
    )


def terms_for(choices: Choices) -> tuple[Term, ...]:
    """The shipped terms with the user's weights, where given."""
    return tuple(
        Term(one.name, choices.weights.get(one.name, one.weight), one.full_at, one.reason)
        for one in shipped_terms()
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """The reference tables, grouped once for look-up by mineral and country."""

    stages: dict[str, list[Stage]]
    imports: dict[str, list[Holder]]
    reserves: dict[str, list[Holder]]
    plants: dict[str, list[Plant]]
    countries: dict[str, Any]
    events: tuple[PolicyEvent, ...]
    choices: Choices
    terms: tuple[Term, ...]
    other_forms: dict[str, set[str]]
    """Mineral -> stages that serve only traded forms that this BOM does not draw on."""

    @classmethod
    def of(cls, reference: Reference, choices: Choices, forms: pd.DataFrame | None = None) -> Facts:
        imports = reference.import_sources
        return cls(
            stages_by_mineral(reference.producers),
            holders_by_mineral(imports[imports["headline"]]),
            holders_by_mineral(reference.reserves),
            plants_by_mineral(reference.suppliers),
            {str(row.iso3): row for row in reference.countries.itertuples()},
            tuple(one for one in events_as_set(reference, choices) if reaches_us(one)),
            choices,
            terms_for(choices),
            _stages_of_other_forms(reference.supply, forms),
        )


def _stages_of_other_forms(supply: pd.DataFrame, forms: pd.DataFrame | None) -> dict[str, set[str]]:
    own = supply[supply["headline"]]
    common = {
        (mineral, stage)
        for name in ("china_peak_stage", "china_share_stage")
        for mineral, stage in zip(own["mineral"], own[name], strict=True)
    }
    held: set[tuple[str, str]] = set()
    if forms is not None:
        used = forms[forms["lines"] > 0]
        held = set(zip(used["mineral"], used["form"], strict=True))
    rest = supply[~supply["headline"]]
    made: dict[str, set[str]] = {}
    drawn: set[tuple[str, str]] = set()
    for mineral, form, stage in zip(
        rest["mineral"], rest["form"], rest["china_peak_stage"], strict=True
    ):
        if (mineral, form) in held:
            drawn.add((mineral, stage))
        elif stage and (mineral, stage) not in common:
            made.setdefault(mineral, set()).add(stage)
    return {
        mineral: {stage for stage in stages if (mineral, stage) not in drawn}
        for mineral, stages in made.items()
    }


def list_words(stage: Stage) -> str:
    """Who printed a list and when: 'USGS, 2025', 'European Commission, 2023 edition'."""
    edition = re.search(r"(\d{4}) ed\.", stage.year)
    when = f"{edition.group(1)} edition" if edition else stage.year
    return ", ".join(part for part in (stage.publisher, when) if part)


def scored(mineral: str, row: Holder, stage: Stage, facts: Facts) -> dict[str, Any]:
    iso3, share = row.iso3, (row.low, row.high)
    reasons, sources = [], [row.source]
    full_at = {one.name: one.full_at for one in facts.terms}
    part = _part(share, full_at["share"])
    if stage.scope:
        # how much of a group's output is this mineral nobody prints
        part = (0.0, 1.0 if share[1] > 0.0 else part[1])
    values: dict[str, Interval] = {"share": part}
    reasons.append(
        f"Makes {percent(share)} of world output at the stage “{stage.name}” ({list_words(stage)})."
        if not np.isnan(share[1])
        else f"Is listed at the stage “{stage.name}” without a figure ({list_words(stage)})."
    )
    if stage.scope and row.source and share[1] > 0.0:
        reasons.append(
            f"The figure is for {stage.scope} together: the part of this mineral in it is not "
            "published."
        )
    for name, table, does, what in (
        ("us_imports", facts.imports.get(mineral), "Supplies", "of U.S. imports"),
        ("reserves", facts.reserves.get(mineral), "Holds", "of the listed world reserves"),
    ):
        if name == "us_imports" and iso3 == DOMESTIC:
            continue  # a country does not import from itself: the term does not apply
        found = _listed_share(table, iso3)
        values[name] = _part(found[0], full_at[name])
        reasons.append(_reason(found, does, what))
        sources.append(found[1])
    values["governance"], words, cited = _governance(iso3, facts)
    reasons.append(words)
    sources.append(cited)
    values["agreement"], words, cited = _agreement(iso3, facts)
    reasons.append(words)
    sources.append(cited)
    values["own_controls"], words, cited_all = _own_controls(mineral, iso3, stage.group, facts)
    reasons.append(words)
    sources += cited_all
    known = facts.countries.get(iso3)
    if known is not None and known.sanctions and iso3 != DOMESTIC:
        reasons.append(f"Sanctions on record: {known.sanctions}.")
    weights = {one.name: one.weight for one in facts.terms if one.name in values}
    total = sum(weights.values()) or 1.0
    low = sum(values[name][0] * weight for name, weight in weights.items()) / total * 100.0
    high = sum(values[name][1] * weight for name, weight in weights.items()) / total * 100.0
    return {
        "mineral": mineral,
        "country": row.country,
        "iso3": iso3,
        "stage": stage.name,
        "bottleneck": False,
        "domestic": iso3 == DOMESTIC,
        "share_low": share[0],
        "share_high": share[1],
        "score_low": low,
        "score_high": high,
        "terms": {name: (*values[name], weights[name]) for name in weights},
        "reasons": reasons,
        "sources": list(dict.fromkeys(one for one in sources if one)),
    }


def _part(share: Interval, full_at: float) -> Interval:
    """A share as part of the term's weight, 0 to 1; unknown ends stay open."""
    low = 0.0 if np.isnan(share[0]) else min(share[0] / full_at, 1.0)
    high = 1.0 if np.isnan(share[1]) else min(share[1] / full_at, 1.0)
    return low, high


def _listed_share(rows: list[Holder] | None, iso3: str) -> tuple[Interval, str]:
    """A country's share among listed countries, and the figure id.

    Not listed among others is 0 up to the share of those not named; no table at all is unknown.
    """
    if not rows:
        return (NAN, NAN), ""
    shares = Shares.of(rows)
    own = shares.named.get(iso3)
    if own is not None:
        return (own.low, own.high), own.source
    if not np.isnan(shares.others):
        return (0.0, shares.others), ""
    # the source names no "others": what the named ones leave over could be this country's
    return (0.0, max(0.0, 100.0 - sum(row.low for row in rows if not np.isnan(row.low)))), ""


def _reason(found: tuple[Interval, str], does: str, what: str) -> str:
    (low, high), source = found
    if np.isnan(high):
        return f"Its share {what} is not published: the score stays a range."
    if not source:
        rest = f"; at most {percent((high, high))} as one of the others" if high >= 0.05 else ""
        return f"It is not named among the countries with a share {what}{rest}."
    return f"{does} {percent((low, high))} {what}."


def _governance(iso3: str, facts: Facts) -> tuple[Interval, str, str]:
    row = facts.countries.get(iso3)
    mean = float(row.wgi_mean) if row is not None else float("nan")
    if np.isnan(mean):
        return (
            UNKNOWN,
            "Its governance is not rated by the World Bank: the score stays a range.",
            "",
        )
    value = min(max((mean + 2.5) / 5.0, 0.0), 1.0)
    words = f"Governance {mean:+.1f} on the World Bank's scale of -2.5 to +2.5."
    return (value, value), words, str(row.governance_source) if row is not None else ""


def _agreement(iso3: str, facts: Facts) -> tuple[Interval, str, str]:
    if iso3 == DOMESTIC:
        return (1.0, 1.0), "Domestic: no border to cross.", ""
    row = facts.countries.get(iso3)
    if row is None:
        return UNKNOWN, "Its agreements with the United States are not recorded.", ""
    cited = str(row.source)
    if row.us_minerals_agreement:
        told, dated = str(row.us_minerals_agreement), str(row.us_minerals_agreement_date)
        doubt = "unconfirmed" in f"{told}{dated}"
        when = _when(dated)
        when = "" if when.rpartition(" ")[2] in told else when  # the words name the day themselves
        named = f"Minerals agreement with the United States{when}"
        return (
            UNKNOWN if doubt else (1.0, 1.0),
            f"{named}{', not confirmed' if doubt else ''}: {_confirmed(told)}.",
            cited,
        )
    if row.us_fta:
        return (1.0, 1.0), "Free trade agreement with the United States.", cited
    if row.forge_or_msp or row.pax_silica:
        return (0.5, 0.5), "Member of a minerals partnership with the United States.", cited
    return (0.0, 0.0), "No trade or minerals agreement with the United States on record.", cited


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATED = re.compile(r"(by )?(\d{4})-(\d\d)(?:-(\d\d))?")


def _when(dated: str) -> str:
    """', 27 October 2025' of '2025-10-27'; a month stays a month; '' without a date."""
    found = _DATED.match(dated)
    if found is None:
        return ""
    by, year, month, day = found.groups()
    shown = f"{int(day)} " if day else ""
    return f", {by or ''}{shown}{_MONTHS[int(month) - 1]} {year}"


def _confirmed(told: str) -> str:
    """The words of an agreement without the mark that the sentence sets before them."""
    return told.replace(" (unconfirmed)", "").replace("(unconfirmed; ", "(")


def _own_controls(
    mineral: str, iso3: str, group: str, facts: Facts
) -> tuple[Interval, str, tuple[str, ...]]:
    """The term and its sentence; a measure on ore alone says nothing of what is sold refined."""
    low = high = 1.0
    words: list[str] = []
    cited: list[str] = []
    for event in facts.events:
        if event.iso3 != iso3 or mineral not in event.minerals or iso3 == DOMESTIC:
            continue
        if event.measure not in EXPORT_MEASURES or not _covers(event, group):
            continue
        status = event.status(facts.choices.as_of)
        if status == "ended":
            continue
        low = min(low, 1.0 - event.cut_high)
        # only a measure known to be in force caps the high end as well
        if status == "in force":
            high = min(high, 1.0 - event.cut_low)
        words.append(f"{event.title or event.id} ({status})")
        cited += event.sources
    if not words:
        return (1.0, 1.0), "No export control of its own on this mineral on record.", ()
    return (low, max(low, high)), f"Own export control: {'; '.join(words)}.", tuple(cited)


def _covers(event: PolicyEvent, group: str) -> bool:
    """Whether a measure reaches what leaves a country at a stage; technology is no goods."""
    goods = set(event.reach) - {"technology"}
    if group in (MINED, ""):
        return bool(goods)
    return bool(goods - {"raw"})


def percent(share: Interval) -> str:
    low, high = share
    if low == high:
        return f"{low:.3g} %"
    return f"{low:.3g} to {high:.3g} %"
