"""Seeded Monte Carlo over presence, content and supply ranges: how sure the ranking is.

docs/method.md, section "Uncertainty". Whole arrays of draws; the same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import Array, Holdings, holdings_of
from bomexposure.exposure.money import known_sum, spend_of
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table

CHANCE = np.array([0.275, 0.725, 0.975])
"""Chance that a part holds it: the middle of possible (5 to 50 %), likely (to 95 %), certain."""
QUANTILES = (0.05, 0.50, 0.95)
ENDS = ("p5", "p50", "p95")
CELLS = 4_000_000
"""Cells of one block of draws, so that memory stays bounded whatever the BOM's size."""
RANKED = 5

SIMULATED = Table(
    "SIMULATED",
    "One row per mineral of the BOM: 5, 50 and 95 % of the draws; likeliest first by rank.",
    (
        Column("mineral", "str", "mineral id"),
        *(
            Column(f"{name}_{end}", "float64", f"{meaning}, {end[1:]} % of draws below", unit)
            for name, meaning, unit in (
                ("index", "Import-China index of the worst form drawn on", "0 to 100"),
                ("spend", "spend of lines that hold it", "report currency"),
                ("mass_g", "mass in one product", "g"),
                ("value_usd", "its value", "USD"),
            )
            for end in ENDS
        ),
        *(
            Column(f"rank_{rank}", "float64", f"part of the draws it ranks {rank} in", "0 to 1")
            for rank in range(1, RANKED + 1)
        ),
        Column("rank_mean", "float64", "mean rank, 1 is worst"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Simulation:
    """The outcome of one run.

    Attributes:
        minerals: a SIMULATED table.
        headline: figure -> {"p5", "p50", "p95"}; None where no spend is known.
        measure: what the minerals were ranked by, in words.
    """

    minerals: pd.DataFrame
    headline: dict[str, dict[str, float | None]]
    draws: int
    seed: int
    measure: str


def simulate(
    bom: BillOfMaterials,
    contents: Contents,
    reference: Reference,
    choices: Choices,
    draws: int = 1000,
    seed: int = 20260227,
    progress: Progress = SILENT,
) -> Simulation:
    """Draw presence, content and supply figures `draws` times.

    Presence: one draw per distinct part (fingerprint) and mineral, so that alike lines are alike
    in every draw. Content: triangular over low, typical, high. Index: even over its bounds, one
    draw per form. An unknown mass or index stays out of its figure in every draw.
    """
    random = np.random.default_rng(seed)
    holdings = holdings_of(bom.lines, contents.contents, reference.supply, choices.acute_threshold)
    spend = spend_of(bom.lines, choices.rates).per_line
    index = _index_draws(holdings, draws, random)
    tally = _Tally(holdings, spend, index, choices.acute_threshold, draws)
    parts = _parts(bom, holdings)
    blocks = list(_blocks(holdings, draws))
    for done, block in enumerate(blocks):
        progress.step("Drawing", done, len(blocks))
        tally.add(block, *_unit_draws(parts[block], draws, seed))
    return tally.result(reference, draws, seed)


def _index_draws(holdings: Holdings, draws: int, random: np.random.Generator) -> Array:
    """Forms x draws, even between the bounds; NaN where unknown."""
    table = holdings.forms.table
    low = table["peak_low"].to_numpy(dtype=float)[:, None]
    high = table["peak_high"].to_numpy(dtype=float)[:, None]
    drawn: Array = low + (high - low) * random.random((len(table), draws))
    return drawn


def _parts(bom: BillOfMaterials, holdings: Holdings) -> Array:
    """A number for each entry: equal for entries of the same part and mineral."""
    codes, _ = pd.factorize(bom.lines["fingerprint"].to_numpy(dtype=object))
    blank = (bom.lines["fingerprint"] == "").to_numpy()
    codes = np.where(blank, len(codes) + np.arange(len(codes)), codes)
    minerals = np.uint64(max(len(holdings.minerals), 1))
    part: Array = codes[holdings.line].astype(np.uint64) * minerals
    return part + holdings.mineral.astype(np.uint64)


def _blocks(holdings: Holdings, draws: int) -> Iterator[slice]:
    """Slices of entries that end where a line ends."""
    size = max(CELLS // max(draws, 1), 1)
    line, start = holdings.line, 0
    while start < len(line):
        end = min(start + size, len(line))
        if end < len(line):
            end = int(np.searchsorted(line, line[end - 1], side="right"))
        yield slice(start, end)
        start = end


def _unit_draws(parts: Array, draws: int, seed: int) -> tuple[Array, Array]:
    """Two even draws in 0 to 1 per entry: presence and content. Equal parts draw equally.

    A counter-based mixer (splitmix64) turns part, draw and seed into a number, so that the same
    part draws the same in whatever block it falls.
    """
    turn = np.arange(draws, dtype=np.uint64)[None, :]
    key = parts[:, None] * np.uint64(0x9E3779B97F4A7C15) + turn * np.uint64(0xBF58476D1CE4E5B9)
    key += np.uint64(seed * 0x94D049BB133111EB % 2**64)
    return _mixed(key), _mixed(key ^ np.uint64(0xD6E8FEB86659FD93))


def _mixed(key: Array) -> Array:
    """splitmix64's finisher (Steele, Lea, Flood 2014) as numbers in [0, 1)."""
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    key = key ^ (key >> np.uint64(31))
    return (key >> np.uint64(11)).astype(np.float64) / 2.0**53


def triangular(quantile: Any, low: Any, typical: Any, high: Any) -> Array:
    """Inverse of the triangular distribution; exact where low equals high, NaN where unknown."""
    low, typical, high = (np.asarray(one, dtype=np.float64) for one in (low, typical, high))
    span = high - low
    with np.errstate(invalid="ignore", divide="ignore"):
        turn = np.where(span > 0, (typical - low) / span, 0.0)
        rising = low + np.sqrt(quantile * span * (typical - low))
        falling = high - np.sqrt((1.0 - quantile) * span * (high - typical))
    drawn: Array = np.where(quantile < turn, rising, falling)
    return drawn


class _Tally:
    """Sums per draw, block by block."""

    def __init__(
        self, holdings: Holdings, spend: Array, index: Array, threshold: float, draws: int
    ) -> None:
        count = len(holdings.minerals)
        self._holdings, self._spend, self._index = holdings, spend, index
        self._acute = index >= threshold
        self._mass = np.zeros((count, draws))
        self._money = np.zeros((count, draws))
        self._worst = np.full((count, draws), -np.inf)
        self._acute_spend = np.zeros(draws)
        self._acute_lines = np.zeros(draws)

    def add(self, block: slice, presence: Array, content: Array) -> None:
        """Add the entries of whole lines."""
        held = self._holdings
        line, mineral, form = held.line[block], held.mineral[block], held.form[block]
        present = presence < CHANCE[held.rank[block]][:, None]
        mass = triangular(
            content,
            held.mass_low[block][:, None],
            held.mass_typical[block][:, None],
            held.mass_high[block][:, None],
        )
        order = np.argsort(mineral, kind="stable")
        codes, first = np.unique(mineral[order], return_index=True)
        self._mass[codes] += np.add.reduceat(
            np.where(present, np.nan_to_num(mass), 0.0)[order], first, axis=0
        )
        index = np.where(present, np.nan_to_num(self._index[form], nan=-np.inf), -np.inf)
        worst = np.maximum.reduceat(index[order], first, axis=0)
        self._worst[codes] = np.maximum(self._worst[codes], worst)
        self._add_money(line, mineral, present)
        hot = present & self._acute[form] & held.functional[block][:, None]
        lines, start = np.unique(line, return_index=True)
        acute = np.logical_or.reduceat(hot, start, axis=0)
        self._acute_spend += np.nan_to_num(self._spend[lines]) @ acute
        self._acute_lines += acute.sum(axis=0)

    def _add_money(self, line: Array, mineral: Array, present: Array) -> None:
        """Spend of lines that hold each mineral; a line counts once though two forms are in it."""
        key = line * max(len(self._holdings.minerals), 1) + mineral
        order = np.argsort(key, kind="stable")
        distinct, first = np.unique(key[order], return_index=True)
        once = np.logical_or.reduceat(present[order], first, axis=0)
        owner = distinct % max(len(self._holdings.minerals), 1)
        money = np.nan_to_num(self._spend[distinct // max(len(self._holdings.minerals), 1)])
        again = np.argsort(owner, kind="stable")
        codes, start = np.unique(owner[again], return_index=True)
        self._money[codes] += np.add.reduceat((once * money[:, None])[again], start, axis=0)

    def result(self, reference: Reference, draws: int, seed: int) -> Simulation:
        total = known_sum(self._spend)
        index = np.where(np.isfinite(self._worst), self._worst, 0.0)
        risk = index / 100.0 * self._money if total else index
        names = list(self._holdings.minerals)
        table: dict[str, Any] = {"mineral": names}
        price = reference.supply[reference.supply["headline"]].drop_duplicates("mineral")
        usd = price.set_index("mineral")["price_usd_per_kg"].reindex(names).to_numpy(dtype=float)
        grams = self._mass / 1000.0
        known_mass = self._known_mass()
        figures = {
            "index": index,
            "spend": self._money if total else np.full_like(index, np.nan),
            "mass_g": np.where(known_mass[:, None], grams, np.nan),
            "value_usd": np.where(known_mass[:, None], grams, np.nan) / 1000.0 * usd[:, None],
        }
        for name, cells in figures.items():
            table |= {f"{name}_{end}": part for end, part in _quantiles(cells)}
        table |= _ranks(risk)
        minerals = SIMULATED.conform(pd.DataFrame(table, columns=SIMULATED.names))
        minerals = minerals.sort_values(["rank_mean", "mineral"], kind="stable", ignore_index=True)
        share = self._acute_spend / total * 100.0 if total else np.full(draws, np.nan)
        return Simulation(
            minerals,
            {
                "spend_acute_pct": _headline(share),
                "lines_acute": _headline(self._acute_lines),
            },
            draws,
            seed,
            "index times spend of the lines that hold it" if total else "index",
        )

    def _known_mass(self) -> Array:
        held = self._holdings
        known = held.mineral[~np.isnan(held.mass_typical)]
        return np.bincount(known, minlength=len(held.minerals)) > 0


def _quantiles(cells: Array) -> Iterator[tuple[str, Array]]:
    if not cells.size:
        yield from ((end, np.zeros(len(cells))) for end in ENDS)
        return
    yield from zip(ENDS, np.quantile(cells, QUANTILES, axis=1), strict=True)


def _headline(cells: Array) -> dict[str, float | None]:
    if not cells.size or np.isnan(cells).any():
        return dict.fromkeys(ENDS)
    return {end: float(part) for end, part in zip(ENDS, np.quantile(cells, QUANTILES), strict=True)}


def _ranks(risk: Array) -> dict[str, Array]:
    """Part of the draws in which each mineral takes each rank; ties go by name."""
    if not risk.size:
        return {name: np.zeros(len(risk)) for name in _rank_names()}
    order = np.argsort(-risk, axis=0, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(len(risk))[:, None], axis=0)
    made = {f"rank_{rank}": (place == rank - 1).mean(axis=1) for rank in range(1, RANKED + 1)}
    return made | {"rank_mean": place.mean(axis=1) + 1.0}


def _rank_names() -> tuple[str, ...]:
    return (*(f"rank_{rank}" for rank in range(1, RANKED + 1)), "rank_mean")
