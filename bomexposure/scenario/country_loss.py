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
class WorldShares:
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
    rank, minerals = held_ranks(bom, contents, reference)
    chosen, stages = chosen_stages(minerals, reference)
    shares = world_shares(chosen)
    certain = (rank == PRESENCE.index("certain")).astype(np.int8)
    patterns, weight = patterns_of(certain, np.nan_to_num(spend))
    held = _Held(tuple(minerals), patterns.astype(bool), weight, known_sum(spend))
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


def chosen_stages(
    minerals: list[str], reference: Reference
) -> tuple[list[Stage | None], dict[str, str]]:
    """The stage of each mineral that a loss speaks of, and its words for those that have one."""
    known = stages_by_mineral(reference.producers)
    chosen = [narrowest(known.get(one, [])) for one in minerals]
    words = {
        name: f"{stage.name} ({stage.publisher}, {stage.year})"
        for name, stage in zip(minerals, chosen, strict=True)
        if stage is not None
    }
    return chosen, words


def held_ranks(
    bom: BillOfMaterials, contents: Contents, reference: Reference
) -> tuple[Array, list[str]]:
    """Lines x listed minerals: 0 not held, 1 likely, 2 certain; counted lines only."""
    supply = reference.supply
    listed = set(supply.loc[supply["critical_2025"], "mineral"])
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


def patterns_of(rank: Array, weights: Array) -> tuple[Array, Array]:
    """Distinct rows of `rank`, and the weight of all lines with each."""
    if not rank.shape[1] or not len(rank):
        return np.zeros((0, rank.shape[1]), dtype=np.int8), np.zeros(0)
    keys = np.ascontiguousarray(rank).view(np.dtype((np.void, rank.shape[1]))).ravel()
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return rank[first], np.bincount(where, weights, minlength=len(first))


def world_shares(chosen: list[Stage | None]) -> WorldShares:
    """Shares of world output at the chosen stages; nothing where no stage is known."""
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
    return WorldShares(countries, np.nan_to_num(low), np.nan_to_num(high, nan=100.0))


@dataclass(frozen=True, slots=True)
class _Held:
    minerals: tuple[str, ...]
    patterns: Array
    spend: Array
    total: float | None

    def row(self, out: tuple[int, ...], shares: WorldShares) -> dict[str, Any]:
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
