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
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import PRESENCE, Contents
from bomexposure.model.supply import Reference
from bomexposure.scenario.country_loss import (
    HIT_FROM,
    chosen_stages,
    held_ranks,
    patterns_of,
    world_shares,
)


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
    rank, minerals = held_ranks(bom, contents, reference)
    chosen, stages = chosen_stages(minerals, reference)
    counted = bom.lines["counted"].to_numpy(dtype=bool)
    by_spend = known_sum(spend) is not None
    weights = np.nan_to_num(spend) if by_spend else counted.astype(float)
    patterns, weight = patterns_of(rank, weights)
    total = float(weights.sum())
    shares = world_shares(chosen)
    made = [
        # a loss must be sure: "up to the share of the others" takes nothing
        _curve(iso3, country, np.minimum(own, 100.0), patterns, weight, total)
        for (iso3, country), own in zip(shares.countries, shares.low, strict=True)
    ]
    made = [one for one in made if one.losses]
    made.sort(key=lambda one: (*(-end for end in one.at(HIT_FROM)), -max(one.losses), one.iso3))
    return LossCurves(tuple(made[:count]), by_spend, stages)


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
