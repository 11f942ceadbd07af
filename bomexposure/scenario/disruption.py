"""What a set of events and cuts takes away: direct loss of U.S. supply, and loss of world supply.

docs/method.md, section "What if". The two losses are never added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bomexposure.exposure.stages import (
    MINED,
    Interval,
    Shares,
    Stage,
    holders_by_mineral,
    stages_by_mineral,
)
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import Cut, Shift
from bomexposure.model.supply import Reference

CUTTING = ("ban", "licence", "quota")
"""Measures that cut supply; tariffs, duties, taxes and rules show as cost or compliance."""
OPEN_ENDED = ("end date passed, not verified",)
_ORE = re.compile(r"\b(ores?|concentrates?|unprocessed|raw)\b", re.IGNORECASE)
_REFINED = re.compile(
    r"\b(metals?|oxides?|alloys?|compounds?|magnets?|dual-use|batter\w+|synthetic)\b", re.IGNORECASE
)
_NARROW = re.compile(r"military|named|entit", re.IGNORECASE)
UNLISTED: Interval = (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Act:
    """One country's supply of one mineral, cut by a fraction, by one event or user's cut.

    Attributes:
        fraction: of the flow, 0 to 1, low and high.
        stage: '' for any stage, 'mine' for ore only, or the stage that the user named.
        world: the country's output itself is kept from the market; False for an import ban.
        origin: event id, or 'cut' for a user's own.
    """

    mineral: str
    iso3: str
    fraction: Interval
    stage: str
    world: bool
    origin: str


def fraction_of(event: PolicyEvent, status: str, forced: bool) -> Interval:
    """The fraction of the flow that an event cuts on a day, 0 to 1.

    Nothing where it does not bite; 0 up to its cut where that is not known: a passed date that
    nobody verified, or a measure aimed at military users or named firms only.
    """
    if event.measure not in CUTTING or set(event.reach) <= {"technology"}:
        return 0.0, 0.0
    low, high = event.cut_low, event.cut_high
    narrow = bool(_NARROW.search(event.destination) or _NARROW.search(event.detail))
    if forced or status == "in force":
        return (0.0 if narrow else low), high
    if status in OPEN_ENDED:
        return 0.0, high
    return 0.0, 0.0


def ore_only(event: PolicyEvent) -> bool:
    """Whether the event speaks of ore or concentrate alone, and so leaves refined output be."""
    words = f"{event.title} {event.detail}"
    return bool(_ORE.search(words)) and not _REFINED.search(words)


def acts_of(
    events: Iterable[PolicyEvent],
    forced: tuple[str, ...],
    cuts: tuple[Cut, ...],
    minerals: list[str],
    day: date,
) -> list[Act]:
    """Everything that cuts supply of `minerals` on `day`; `events` bear on the United States."""
    made = []
    for event in events:
        fraction = fraction_of(event, event.status(day), event.id in forced)
        if fraction[1] <= 0.0:
            continue
        imports = event.iso3 == "USA"
        actors = re.findall(r"\b[A-Z]{3}\b", event.destination) if imports else [event.iso3]
        stage = MINED if ore_only(event) else ""
        made += [
            Act(mineral, actor, fraction, stage, not imports, event.id)
            for mineral in minerals
            if mineral in event.minerals
            for actor in actors
        ]
    for cut in cuts:
        made += [
            Act(mineral, cut.iso3, (cut.fraction_low, cut.fraction_high), cut.stage, True, "cut")
            for mineral in minerals
            if cut.mineral in ("*", mineral)
        ]
    return made


def losses_of(
    acts: list[Act], reference: Reference, shifts: tuple[Shift, ...] = ()
) -> tuple[dict[str, Any], ...]:
    """Per mineral that is cut: direct and world loss in percent, None where unknown.

    Largest high end of either loss first.
    """
    made = []
    supply = reference.supply
    heads = {str(row.mineral): row for row in supply[supply["headline"]].itertuples()}
    imports = reference.import_sources
    sources = holders_by_mineral(imports[imports["headline"]])
    stages = stages_by_mineral(reference.producers)
    for mineral in dict.fromkeys(act.mineral for act in acts):
        own = [act for act in acts if act.mineral == mineral]
        head: Any = heads.get(mineral)
        reliance = (float(head.nir_low), float(head.nir_high)) if head is not None else UNLISTED
        direct = direct_loss(own, reliance, Shares.of(sources.get(mineral, [])))
        direct = _shifted(direct, mineral, shifts, {act.iso3 for act in own})
        world, stage = world_loss(own, stages.get(mineral, []))
        made.append(
            {
                "mineral": mineral,
                "direct": _ends(direct),
                "world": _ends(world) | {"stage": stage},
                "events": sorted({act.origin for act in own}),
                "countries": sorted({act.iso3 for act in own}),
            }
        )
    made.sort(key=lambda one: (-_worst(one), str(one["mineral"])))
    return tuple(made)


def direct_loss(acts: list[Act], reliance: Interval, imports: Shares) -> Interval:
    """Loss of U.S. supply of one mineral in percent: reliance x import share x fraction.

    `reliance` in percent; `imports` are shares of U.S. imports of the form that it speaks of. A
    country that is not named has 0 up to the share of the others. NaN where a part is unknown.
    """
    if np.isnan(reliance[1]) or not imports.named:
        return UNLISTED
    # an ore ban cuts imports of metal only as far as they are ore, which is not known
    whole = {act.iso3 for act in acts if act.stage != MINED}
    low, high = _cut(_strongest(acts), imports, whole)
    return reliance[0] * min(low, 100.0) / 100.0, reliance[1] * min(high, 100.0) / 100.0


def world_loss(acts: list[Act], stages: list[Stage]) -> tuple[Interval, str]:
    """Loss of world supply of one mineral in percent, and the stage that it speaks of.

    The stage is the one the user named, else the one where the loss is largest among those that
    the whole market passes through. NaN and '' where no stage is known.
    """
    kept = [act for act in acts if act.world]
    if not kept:
        return (0.0, 0.0), ""
    best: tuple[Interval, str] | None = None
    for stage in [one for one in stages if one.whole_market] or stages:
        here = [act for act in kept if act.stage in ("", stage.name, stage.group)]
        if not here:
            continue
        fractions = _strongest(here)
        low, high = _cut(fractions, stage.shares, set(fractions))
        loss = (min(low, 100.0), min(high, 100.0)), stage.name
        if best is None or (loss[0][1], loss[0][0]) > (best[0][1], best[0][0]):
            best = loss
    return best if best is not None else (UNLISTED, "")


def _strongest(acts: list[Act]) -> dict[str, Interval]:
    """The largest fraction per country: two measures on one flow cut it once."""
    made: dict[str, Interval] = {}
    for act in acts:
        low, high = made.get(act.iso3, (0.0, 0.0))
        made[act.iso3] = max(low, act.fraction[0]), max(high, act.fraction[1])
    return made


def _cut(fractions: dict[str, Interval], shares: Shares, whole: set[str]) -> Interval:
    """Sum of share x fraction over countries, percent.

    Countries that are not named share what is left to others: together they lose from nothing to
    all of that, whatever their number. `whole` are those whose low end counts. A country that is
    named without a figure makes what it may lose open up to all that the others leave.
    """
    low = high = unnamed = 0.0
    for iso3, fraction in fractions.items():
        row = shares.named.get(iso3)
        if row is None:
            unnamed = max(unnamed, fraction[1])
            continue
        low += (0.0 if np.isnan(row.low) else row.low) * fraction[0] * (iso3 in whole)
        high += (100.0 if np.isnan(row.high) else row.high) * fraction[1]
    return low, high + unnamed * (0.0 if np.isnan(shares.others) else shares.others)


def _shifted(loss: Interval, mineral: str, shifts: tuple[Shift, ...], cut: set[str]) -> Interval:
    moved = min(
        1.0,
        sum(one.fraction for one in shifts if one.mineral == mineral and one.to_iso3 not in cut),
    )
    return loss[0] * (1.0 - moved), loss[1] * (1.0 - moved)


def _ends(loss: Interval) -> dict[str, Any]:
    return {
        name: None if np.isnan(end) else end
        for name, end in zip(("low", "high"), loss, strict=True)
    }


def _worst(loss: dict[str, Any]) -> float:
    return max(loss["direct"]["high"] or 0.0, loss["world"]["high"] or 0.0)
