"""Quantities, costs and what counts, for one top product; by whole columns, level by level.

The definitions are those of docs/intake.md, "What is computed".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bomexposure.intake.grid import Mask, Numbers, Texts
from bomexposure.intake.levels import MAX_DEPTH, Tree, depth_order
from bomexposure.intake.units import si_unit

TOLERANCE = 0.01
"""A printed extended cost may differ from price times quantity by this share before it is told."""


@dataclass(frozen=True, slots=True)
class Rollup:
    """quantity_total in `unit`, cost_total in the line's currency, and where costs disagree."""

    quantity_total: Numbers
    unit: Texts
    cost_total: Numbers
    disagree: Mask
    assumed_one: Mask


def roll_up(
    lines: pd.DataFrame, tree: Tree, quantity_is_total: bool, cost_is_total: bool, uses: Numbers
) -> Rollup:
    """From per-parent quantities to one top product.

    `quantity_is_total`: the sheet prints quantities for the whole product already;
    `cost_is_total` the same of extended costs; `uses`: how often each line's section is used,
    which only a list without a structure of its own is multiplied by.
    """
    count = len(lines)
    quantity = lines["quantity"].to_numpy(dtype=float)
    base = lines["base_quantity"].to_numpy(dtype=float)
    scrap = lines["scrap_pct"].to_numpy(dtype=float)
    units, factors = _units(lines["unit"])
    parents_too = tree.has_children
    top = _top_product(tree)
    assumed = parents_too & np.isnan(quantity)
    per_parent = np.where(assumed, 1.0, quantity)
    per_parent = per_parent / np.where(base > 0, base, 1.0)
    per_parent = per_parent * (1.0 + np.where(np.isnan(scrap), 0.0, scrap) / 100.0)
    per_parent = np.where(top, 1.0, per_parent)
    above = uses.copy() if tree.basis == "flat" else np.ones(count)
    if not quantity_is_total:
        total = per_parent * above
        for rows in depth_order(tree)[1:]:
            above[rows] = total[tree.parent[rows]]
            total[rows] = per_parent[rows] * above[rows]
        if tree.shared:
            above = _above_in_graph(tree, per_parent)
            total = per_parent * above
    else:
        total = per_parent
    quantity_total = total * factors
    quantity_total = np.where(np.isnan(quantity), np.where(top, 1.0, np.nan), quantity_total)
    cost, disagree = _costs(lines, total, above, cost_is_total)
    return Rollup(quantity_total, units, cost, disagree, assumed & ~top)


def _above_in_graph(tree: Tree, per_parent: Numbers) -> Numbers:
    """How often each line's parent stands in one product, where an assembly used in several
    places lists its parts once: the sum over all its uses, repeated until nothing changes."""
    own, wanted = tree.own, tree.wanted
    size = int(max(own.max(initial=-1), wanted.max(initial=-1))) + 1
    listed = np.zeros(size, dtype=bool)
    listed[own[own >= 0]] = True
    used = np.where(listed, 0.0, 1.0)
    has_parent = wanted >= 0
    above = np.ones(len(own))
    for _ in range(MAX_DEPTH):
        above = np.where(has_parent, used[wanted], 1.0)
        line_total = np.where(np.isnan(per_parent), 0.0, per_parent) * above
        sums = np.bincount(own[own >= 0], weights=line_total[own >= 0], minlength=size)
        after = np.where(listed, sums, 1.0)
        if np.array_equal(after, used):
            break
        used = after
    return above


def _units(unit: pd.Series[str]) -> tuple[Texts, Numbers]:
    codes, distinct = pd.factorize(unit)
    pairs = [si_unit(str(text)) for text in distinct]
    names = np.empty(len(pairs), dtype=object)
    names[:] = [name for name, _ in pairs]
    factors = np.array([factor if name else 1.0 for name, factor in pairs], dtype=float)
    if not len(pairs):
        return np.empty(0, dtype=object), np.empty(0)
    return names[codes], factors[codes]


def _top_product(tree: Tree) -> Mask:
    """The line that is the product itself: the only one at level 0, with parts below it."""
    at_top = tree.level == 0
    return at_top & tree.has_children if at_top.sum() == 1 else np.zeros(len(at_top), dtype=bool)


def _costs(
    lines: pd.DataFrame, total: Numbers, above: Numbers, cost_is_total: bool
) -> tuple[Numbers, Mask]:
    """Extended cost of the sheet times the parents' total, else unit cost times the total."""
    printed = lines["extended_cost"].to_numpy(dtype=float)
    price = lines["unit_cost"].to_numpy(dtype=float)
    by_price = price * total
    by_sheet = printed if cost_is_total else printed * above
    both = np.isfinite(by_price) & np.isfinite(by_sheet)
    # a stored 0 beside a price is a formula that was never computed or a sum left out
    empty = both & (by_sheet == 0) & (by_price != 0)
    by_sheet = np.where(empty, np.nan, by_sheet)
    apart = np.abs(by_price - by_sheet) > TOLERANCE * np.maximum(np.abs(by_sheet), 1e-12)
    disagree = both & apart & ~empty & np.isfinite(by_sheet)
    return np.where(np.isfinite(by_sheet), by_sheet, by_price), disagree


def not_counted(lines: pd.DataFrame, tree: Tree, reasons: dict[str, Mask]) -> Texts:
    """Why each line does not count as a part, '' where it does; the weightiest reason that holds.

    `reasons` gives clause -> lines, lightest first.
    """
    quantity = lines["quantity"].to_numpy(dtype=float)
    why = np.full(len(lines), "", dtype=object)
    why[quantity < 0] = "negative quantity (a by-product)"
    why[quantity == 0] = "quantity 0"
    why[tree.has_children] = "an assembly whose parts are listed below it"
    for clause, mask in reasons.items():
        why[mask] = clause
    return why
