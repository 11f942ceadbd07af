"""Countries outside the excluded set that could supply a mineral, with scores and reasons.

docs/method.md, section "Sourcing options".
"""

from __future__ import annotations

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
    bottleneck_of,
    holders_by_mineral,
    stages_by_mineral,
    stages_of,
)
from bomexposure.model.choices import Choices
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.resources import resource
from bomexposure.model.scenario import SOURCING
from bomexposure.model.supply import Reference
from bomexposure.scenario.controls import events_as_set, reaches_us

DOMESTIC = "USA"
EXPORT_MEASURES = ("ban", "licence", "quota", "tax")
__all__ = ["Stage", "Term", "shipped_terms", "sourcing_options", "stages_of", "terms_for"]
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


def sourcing_options(
    minerals: pd.DataFrame, reference: Reference, choices: Choices
) -> pd.DataFrame:
    """A SOURCING table for the minerals of a MINERAL_EXPOSURES table (only `mineral` is read).

    Bottleneck stage first, then by the low end of the score; the United States is marked
    domestic. A term without data widens the score.
    """
    facts = _Facts.of(reference, choices)
    rows: list[dict[str, Any]] = []
    for mineral in dict.fromkeys(minerals["mineral"]):
        rows += _options_of(str(mineral), facts)
    return SOURCING.conform(pd.DataFrame(rows, columns=SOURCING.names))


@dataclass(frozen=True, slots=True)
class _Facts:
    """The reference tables, grouped once for look-up by mineral and country."""

    stages: dict[str, list[Stage]]
    imports: dict[str, list[Holder]]
    reserves: dict[str, list[Holder]]
    suppliers: dict[str, list[Any]]
    countries: dict[str, Any]
    events: tuple[PolicyEvent, ...]
    choices: Choices
    terms: tuple[Term, ...]

    @classmethod
    def of(cls, reference: Reference, choices: Choices) -> _Facts:
        imports = reference.import_sources
        return cls(
            stages_by_mineral(reference.producers),
            holders_by_mineral(imports[imports["headline"]]),
            holders_by_mineral(reference.reserves),
            _plants_by_mineral(reference.suppliers),
            {str(row.iso3): row for row in reference.countries.itertuples()},
            tuple(one for one in events_as_set(reference, choices) if reaches_us(one)),
            choices,
            terms_for(choices),
        )


def _plants_by_mineral(suppliers: pd.DataFrame) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = {}
    for row in suppliers.itertuples():
        made.setdefault(str(row.mineral), []).append(row)
    return made


def _options_of(mineral: str, facts: _Facts) -> list[dict[str, Any]]:
    stages = facts.stages.get(mineral, [])
    narrow = bottleneck_of(stages, facts.choices.excluded)
    beyond_mine = {iso3 for stage in stages if stage.group != MINED for iso3 in stage.shares.named}
    refined_narrow = any(one.name == narrow and one.group != MINED for one in stages)
    plants = facts.suppliers.get(mineral, [])
    made = []
    for stage in stages:
        for row in stage.shares.named.values():
            if row.iso3 in facts.choices.excluded:
                continue
            idle = row.high == 0.0
            if idle and row.iso3 != DOMESTIC and all(one.iso3 != row.iso3 for one in plants):
                continue  # a country that is printed with nothing is no source at this stage
            option = _scored(mineral, row, stage, facts)
            if stage.group == MINED and refined_narrow and row.iso3 not in beyond_mine:
                option["reasons"].append(
                    "Mines only: no output beyond the mine is listed for it, so its ore would "
                    f"still have to pass the stage '{narrow}' in another country."
                )
            if idle:
                option["reasons"][0] = (
                    f"Makes nothing at the stage '{stage.name}' today "
                    f"({stage.publisher}, {stage.year}); any supply lies ahead."
                )
            option["bottleneck"] = stage.name == narrow
            _name_plants(option, plants)
            made.append(option)
    made += _plants_only(mineral, made, plants, facts)
    made.sort(
        key=lambda one: (
            not one["bottleneck"],
            -one["score_low"],
            -one["score_high"],
            one["stage"],
            one["iso3"],
        )
    )
    return made


def _scored(mineral: str, row: Holder, stage: Stage, facts: _Facts) -> dict[str, Any]:
    iso3, share = row.iso3, (row.low, row.high)
    reasons, sources = [], [row.source]
    full_at = {one.name: one.full_at for one in facts.terms}
    values: dict[str, Interval] = {"share": _part(share, full_at["share"])}
    reasons.append(
        f"Makes {_percent(share)} of world output at the stage '{stage.name}' "
        f"({stage.publisher}, {stage.year})."
        if not np.isnan(share[1])
        else f"Is listed at the stage '{stage.name}' without a figure ({stage.publisher})."
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
    values["own_controls"], words, cited_all = _own_controls(mineral, iso3, facts)
    reasons.append(words)
    sources += cited_all
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
        rest = f"; at most {_percent((high, high))} as one of the others" if high >= 0.05 else ""
        return f"It is not named among the countries with a share {what}{rest}."
    return f"{does} {_percent((low, high))} {what}."


def _governance(iso3: str, facts: _Facts) -> tuple[Interval, str, str]:
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


def _agreement(iso3: str, facts: _Facts) -> tuple[Interval, str, str]:
    if iso3 == DOMESTIC:
        return (1.0, 1.0), "Domestic: no border to cross.", ""
    row = facts.countries.get(iso3)
    if row is None:
        return UNKNOWN, "Its agreements with the United States are not recorded.", ""
    cited = str(row.source)
    if row.us_minerals_agreement:
        when = f" ({row.us_minerals_agreement_date})" if row.us_minerals_agreement_date else ""
        doubt = "unconfirmed" in f"{row.us_minerals_agreement}{when}"
        return (
            UNKNOWN if doubt else (1.0, 1.0),
            f"Minerals agreement with the United States{when}: {row.us_minerals_agreement}.",
            cited,
        )
    if row.us_fta:
        return (1.0, 1.0), "Free trade agreement with the United States.", cited
    if row.forge_or_msp or row.pax_silica:
        return (0.5, 0.5), "Member of a minerals partnership with the United States.", cited
    return (0.0, 0.0), "No trade or minerals agreement with the United States on record.", cited


def _own_controls(mineral: str, iso3: str, facts: _Facts) -> tuple[Interval, str, tuple[str, ...]]:
    low = high = 1.0
    words: list[str] = []
    cited: list[str] = []
    for event in facts.events:
        if event.iso3 != iso3 or mineral not in event.minerals or iso3 == DOMESTIC:
            continue
        if event.measure not in EXPORT_MEASURES:
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


def _name_plants(option: dict[str, Any], plants: list[Any]) -> None:
    for row in plants:
        if row.iso3 != option["iso3"]:
            continue
        option["reasons"].append(_plant_sentence(row))
        if row.source:
            option["sources"].append(str(row.source))


def _plant_sentence(row: Any) -> str:
    doubt = ", not confirmed by a source seen" if row.unconfirmed else ""
    capacity = f"; {row.capacity}" if row.capacity else ""
    return (
        f"Named: {row.company}, {row.facility} ({row.stage}): {row.status} "
        f"as of {row.as_of or 'an unknown date'}{capacity}{doubt}."
    )


def _plants_only(
    mineral: str, made: list[dict[str, Any]], plants: list[Any], facts: _Facts
) -> list[dict[str, Any]]:
    """Countries with named plants but no listed output: the share is unknown, not zero."""
    listed = {one["iso3"] for one in made} | set(facts.choices.excluded) | {""}
    first: dict[str, Any] = {}
    for row in plants:
        if row.iso3 not in listed:
            first.setdefault(str(row.iso3), row)
    options = []
    for iso3 in sorted(first):
        known = facts.countries.get(iso3)
        name = str(known.country) if known is not None else iso3
        stage = Stage(str(first[iso3].stage), "", "", "", Shares({}, NAN), False)
        option = _scored(mineral, Holder(name, iso3, NAN, NAN, ""), stage, facts)
        option["reasons"][0] = "No output is listed for it; it is named for its plants or projects."
        _name_plants(option, plants)
        options.append(option)
    return options


def _percent(share: Interval) -> str:
    low, high = share
    if low == high:
        return f"{low:.3g} %"
    return f"{low:.3g} to {high:.3g} %"
