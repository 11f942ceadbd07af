"""What the loss of one country, or of two at once, would take from a BOM.

docs/method.md, section "Country loss". World output at one named stage per mineral; nothing here
speaks of U.S. imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import Array
from bomexposure.exposure.money import known_sum
from bomexposure.exposure.stages import Stage, stages_by_mineral
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE, Contents
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table

HIT_FROM = 25.0
"""Loss of world output, percent, from which a mineral counts as hit."""
PAIRED = 15
"""Pairs are made of this many countries, those whose loss alone is worst."""

COUNTRY_LOSS = Table(
    "COUNTRY_LOSS",
    "One row per country, or per pair of countries, that is taken out; worst first.",
    (
        Column("iso3", "str", "code; two codes joined by '+' for a pair"),
        Column("country", "str", "name; two names joined by ' and ' for a pair"),
        Column("minerals_hit", "int64", "listed minerals of this BOM that lose at least HIT_FROM"),
        Column("minerals", "str", "those minerals, ';' between, worst first"),
        Column("spend_hit_pct", "float64", "known spend of lines certain to hold one", "percent"),
        Column("spend_loss_low_pct", "float64", "loss by spend: each line counts with the largest "
                                                "loss of its certain minerals", "percent"),
        Column("spend_loss_high_pct", "float64", "high bound", "percent"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountryLoss:
    """The one-country-out curve and the worst pairs.

    Attributes:
        one_out, pairs: COUNTRY_LOSS tables.
        stages: mineral -> words for the stage that its shares speak of.
    """

    one_out: pd.DataFrame
    pairs: pd.DataFrame
    stages: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Shares:
    """World shares, percent, countries x minerals; low and high."""

    countries: tuple[tuple[str, str], ...]
    low: Array
    high: Array


def country_loss(
    bom: BillOfMaterials, contents: Contents, reference: Reference, spend: Array
) -> CountryLoss:
    """Take every producing country out alone, and the worst ones in pairs.

    `spend` is LINE_EXPOSURES.spend. A mineral whose output by country is not known at any stage is
    left out of `stages` and of every count: it is unknown, not safe.
    """
    supply = reference.supply
    listed = set(supply.loc[supply["critical_2025"], "mineral"])
    certain, minerals = _holding(bom, contents, listed)
    known = stages_by_mineral(reference.producers)
    chosen = {one: narrowest(known.get(one, [])) for one in minerals}
    stages = {
        name: f"{stage.name} ({stage.publisher}, {stage.year})"
        for name, stage in chosen.items()
        if stage is not None
    }
    shares = _shares([chosen[name] for name in minerals])
    held = _Held(tuple(minerals), *_patterns(certain, spend), known_sum(spend))
    alone = [held.row((at,), shares) for at in range(len(shares.countries))]
    one_out = _table(alone)
    worst = list(dict.fromkeys(one_out["iso3"]))[:PAIRED]
    index = {iso3: at for at, (iso3, _) in enumerate(shares.countries)}
    pairs = [held.row((index[a], index[b]), shares) for a, b in combinations(sorted(worst), 2)]
    return CountryLoss(one_out, _table(pairs), stages)


def narrowest(stages: list[Stage]) -> Stage | None:
    """The whole-market stage at which one country's share is largest; None where none is known."""
    whole = [one for one in stages if one.whole_market and one.shares.named]
    return max(whole, key=lambda one: (_top(one), one.name), default=None)


def _top(stage: Stage) -> float:
    return max(
        (row.high for row in stage.shares.named.values() if row.high == row.high), default=-1.0
    )


def _holding(bom: BillOfMaterials, contents: Contents, listed: set[str]) -> tuple[Array, list[str]]:
    """Lines x minerals held certainly, for the listed minerals that some line holds likely."""
    rows = contents.contents
    line = rows["line"].to_numpy()
    counts = rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool)
    counts = counts & bom.lines["counted"].to_numpy(dtype=bool)[line]
    presence = np.where(counts, rows["presence"].cat.codes.to_numpy(), 0)
    codes, names = pd.factorize(rows["mineral"], sort=True)
    texts = [str(name) for name in names]
    keep = [at for at, name in enumerate(texts) if name in listed]
    certain = np.zeros((len(bom.lines), len(texts)), dtype=bool)
    at = presence == PRESENCE.index("certain")
    certain[line[at], codes[at]] = True
    likely = np.bincount(codes[presence >= PRESENCE.index("likely")], minlength=len(texts)) > 0
    keep = [one for one in keep if likely[one]]
    return certain[:, keep], [texts[one] for one in keep]


def _patterns(certain: Array, spend: Array) -> tuple[Array, Array]:
    """Distinct sets of certain minerals among the lines, and the known spend of each set."""
    if not certain.shape[1]:
        return np.zeros((0, 0), dtype=bool), np.zeros(0)
    packed = np.ascontiguousarray(np.packbits(certain, axis=1))
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return np.asfortranarray(certain[first]), np.bincount(
        where, np.nan_to_num(spend), minlength=len(first)
    )


def _shares(chosen: list[Stage | None]) -> _Shares:
    names: dict[str, str] = {}
    for stage in chosen:
        if stage is not None:
            names |= {row.iso3: row.country for row in stage.shares.named.values()}
    countries = tuple(sorted(names.items()))
    low = np.zeros((len(countries), len(chosen)))
    high = np.zeros((len(countries), len(chosen)))
    for column, stage in enumerate(chosen):
        if stage is None:
            continue
        for at, (iso3, _) in enumerate(countries):
            # a country that is not named may be among the others
            low[at, column], high[at, column] = stage.shares.share(iso3)
    return _Shares(countries, np.nan_to_num(low), np.nan_to_num(high, nan=100.0))


@dataclass(frozen=True, slots=True)
class _Held:
    minerals: tuple[str, ...]
    patterns: Array
    spend: Array
    total: float | None

    def row(self, out: tuple[int, ...], shares: _Shares) -> dict[str, Any]:
        """One row of COUNTRY_LOSS: `out` are rows of `shares` that are lost together."""
        low = np.minimum(shares.low[list(out)].sum(axis=0), 100.0)
        high = np.minimum(shares.high[list(out)].sum(axis=0), 100.0)
        # a hit must be sure: "up to the share of the others" hits nothing
        hit = low >= HIT_FROM
        order = sorted(np.flatnonzero(hit), key=lambda at: (-low[at], self.minerals[at]))
        names = [shares.countries[at] for at in out]
        return {
            "iso3": "+".join(iso3 for iso3, _ in names),
            "country": " and ".join(name for _, name in names),
            "minerals_hit": int(hit.sum()),
            "minerals": ";".join(self.minerals[at] for at in order),
            "spend_hit_pct": self._weighted(hit.astype(float) * 100.0),
            "spend_loss_low_pct": self._weighted(low),
            "spend_loss_high_pct": self._weighted(high),
        }

    def _weighted(self, loss: Array) -> float:
        if not self.total:
            return float("nan")
        # worst mineral first: each set of minerals takes the first loss that reaches it
        left, lost = np.arange(len(self.spend)), 0.0
        for at in np.argsort(-loss, kind="stable"):
            if loss[at] <= 0.0 or not len(left):
                break
            reached = self.patterns[left, at]
            lost += float(loss[at]) * float(self.spend[left[reached]].sum())
            left = left[~reached]
        return lost / self.total


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COUNTRY_LOSS.names)
    if len(table):
        table = table.sort_values(
            ["spend_loss_low_pct", "minerals_hit", "spend_loss_high_pct", "iso3"],
            ascending=[False, False, False, True],
            na_position="last",
            kind="stable",
        )
    return COUNTRY_LOSS.conform(table.reset_index(drop=True))
