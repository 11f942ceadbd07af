"""For each country: the share of spend that loses at least x percent of a mineral without it.

The one-country-out curve, docs/method.md, section "Country loss". World output at one named stage
per mineral, the stage where one country's share is largest; nothing here speaks of U.S. imports.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np

from bomexposure.exposure.holding import Array
from bomexposure.exposure.money import known_sum
from bomexposure.exposure.stages import stages_by_mineral
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE, Contents
from bomexposure.model.supply import Reference
from bomexposure.scenario.country_loss import HIT_FROM, narrowest


@dataclass(frozen=True, slots=True)
class LossCurve:
    """One country taken out.

    Attributes:
        losses: distinct losses of world output in percent, rising: the steps of the curve.
        certain: per step, percent of known spend in lines certain to lose at least that much.
        likely: the same with likely lines.
    """

    iso3: str
    country: str
    losses: tuple[float, ...]
    certain: tuple[float, ...]
    likely: tuple[float, ...]

    def at(self, loss: float) -> tuple[float, float]:
        """Percent of spend that loses at least `loss` percent: certain, and with likely lines."""
        step = bisect_left(self.losses, loss)
        if step >= len(self.losses):
            return 0.0, 0.0
        return self.certain[step], self.likely[step]


@dataclass(frozen=True, slots=True)
class LossCurves:
    """The curves of the worst countries, worst first at HIT_FROM.

    Attributes:
        by_spend: False when no spend is known: then shares are of counted lines.
        stages: mineral -> words for the stage that its shares speak of.
    """

    curves: tuple[LossCurve, ...]
    by_spend: bool
    stages: dict[str, str]


def loss_curves(
    bom: BillOfMaterials, contents: Contents, reference: Reference, spend: Array, count: int = 5
) -> LossCurves:
    """Curves of the `count` countries whose loss takes most; `spend` is LINE_EXPOSURES.spend."""
    supply = reference.supply
    listed = set(supply.loc[supply["critical_2025"], "mineral"])
    rank, minerals = _held(bom, contents, listed)
    known = stages_by_mineral(reference.producers)
    chosen = {one: narrowest(known.get(one, [])) for one in minerals}
    stages = {
        name: f"{stage.name} ({stage.publisher}, {stage.year})"
        for name, stage in chosen.items()
        if stage is not None
    }
    counted = bom.lines["counted"].to_numpy(dtype=bool)
    by_spend = known_sum(spend) is not None
    weights = np.nan_to_num(spend) if by_spend else counted.astype(float)
    patterns, weight = _patterns(rank, weights)
    total = float(weights.sum())
    names: dict[str, str] = {}
    shares: dict[str, Array] = {}
    for column, name in enumerate(minerals):
        stage = chosen[name]
        if stage is None:
            continue
        for row in stage.rows:
            names.setdefault(row.iso3, row.country)
            own = shares.setdefault(row.iso3, np.zeros(len(minerals)))
            own[column] += 0.0 if np.isnan(row.low) else row.low
    made = [
        _curve(iso3, names[iso3], np.minimum(own, 100.0), patterns, weight, total)
        for iso3, own in sorted(shares.items())
    ]
    made = [one for one in made if one.losses]
    made.sort(key=lambda one: (*(-end for end in one.at(HIT_FROM)), -max(one.losses), one.iso3))
    return LossCurves(tuple(made[:count]), by_spend, stages)


def _held(bom: BillOfMaterials, contents: Contents, listed: set[str]) -> tuple[Array, list[str]]:
    """Lines x listed minerals: 0 not held, 1 likely, 2 certain; counted lines only."""
    rows = contents.contents
    line = rows["line"].to_numpy()
    counts = rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool)
    counts = counts & bom.lines["counted"].to_numpy(dtype=bool)[line]
    counts &= rows["mineral"].isin(listed).to_numpy(dtype=bool)
    sure = rows["presence"].cat.codes.to_numpy()
    counts &= sure >= PRESENCE.index("likely")
    names = rows["mineral"].cat.categories
    codes = rows["mineral"].cat.codes.to_numpy()[counts]
    held = np.unique(codes)
    minerals = sorted(str(names[code]) for code in held)
    column_of_code = np.zeros(len(names) + 1, dtype=np.int64)
    for code in held:
        column_of_code[code] = minerals.index(str(names[code]))
    rank = np.zeros((len(bom.lines), len(minerals)), dtype=np.int8)
    columns = column_of_code[codes]
    held_line, held_sure = line[counts], sure[counts]
    for step in range(PRESENCE.index("likely"), len(PRESENCE)):
        # the weaker first, so that the stronger stays
        at = held_sure == step
        rank[held_line[at], columns[at]] = step
    return rank, minerals


def _patterns(rank: Array, weights: Array) -> tuple[Array, Array]:
    """Distinct rows of `rank`, and the weight of all lines with each."""
    if not rank.shape[1] or not len(rank):
        return np.zeros((0, rank.shape[1]), dtype=np.int8), np.zeros(0)
    keys = np.ascontiguousarray(rank).view(np.dtype((np.void, rank.shape[1]))).ravel()
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return rank[first], np.bincount(where, weights, minlength=len(first))


def _curve(
    iso3: str, country: str, share: Array, patterns: Array, weight: Array, total: float
) -> LossCurve:
    if not total or not len(patterns):
        return LossCurve(iso3, country, (), (), ())
    ends: list[Any] = []
    for least in (PRESENCE.index("certain"), PRESENCE.index("likely")):
        ends.append(np.where(patterns >= least, share, 0.0).max(axis=1, initial=0.0))
    steps = sorted({float(one) for one in np.concatenate(ends) if one > 0})
    certain, likely = (
        tuple(float(weight[worst >= step].sum() / total * 100) for step in steps) for worst in ends
    )
    return LossCurve(iso3, country, tuple(steps), certain, likely)
