"""Rows that only add up other rows, known by their arithmetic whatever they are called.

"Zwischensumme Baugruppe 1", "Materials per drive" or "Übertrag" name no part and say no quantity,
and what they cost is what the lines above them (or, for a heading, below them) cost together. Read
as lines they would double the product's price.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bomexposure.intake.detect import Found
from bomexposure.intake.grid import Cells, Codes, Grid, Mask, Numbers
from bomexposure.intake.numbers import decimal_of, parse_cells

LEAST_LINES = 2
"""A row that repeats one line's amount may well be another part of the same price."""
ROUNDED = 0.0051
"""What each printed amount may be off by; the sum may be off by that for each of its lines."""
SHARE = 1e-4
"""A sum kept to fewer digits than its lines."""
_OWN = ("part_number", "mpn", "designator", "item", "quantity", "unit_cost")


def candidates(grid: Grid, found: Found, rows: Codes, lines: Mask) -> Mask:
    """Lines that name no part of their own, say no quantity and no price of one, but a cost."""
    cost = found.columns.get("extended_cost")
    if cost is None or not lines.any():
        return np.zeros(len(rows), dtype=bool)
    found_ = lines & grid.columns[cost].filled()[rows]
    for role in _OWN:
        column = found.columns.get(role)
        if column is not None:
            found_ &= ~grid.columns[column].filled()[rows]
    return found_


def added_up(grid: Grid, found: Found, rows: Codes, lines: Mask, parts: Mask) -> tuple[Mask, Mask]:
    """Which of `rows` add up the lines above them, and which head the lines that they add up.

    `lines` marks the rows taken as lines so far, `parts` the rows that start a new group (headings
    and totals that say so).
    """
    totals, headings = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    asked = candidates(grid, found, rows, lines)
    if not asked.any() or asked.sum() >= 0.5 * lines.sum():
        return totals, headings
    cells = grid.columns[found.columns["extended_cost"]].take(rows)
    amount = _amounts(cells)
    asked &= np.isfinite(amount) & (amount > 0)
    own = np.where(lines & ~asked, np.nan_to_num(amount), 0.0)
    upto = np.concatenate([[0.0], np.cumsum(own)])
    many = np.concatenate([[0], np.cumsum(own != 0)])
    start = 0
    sums: list[float] = []
    for place in np.flatnonzero(asked | parts):
        if not asked[place]:
            start = int(place)
            continue
        spans = [(upto[place] - upto[at], many[place] - many[at]) for at in {start, 0}]
        if len(sums) >= LEAST_LINES:
            spans.append((sum(sums), len(sums)))
        if any(_is_sum(float(amount[place]), total, int(count)) for total, count in spans):
            totals[place] = True
            sums.append(float(amount[place]))
            start = int(place)
    left = np.flatnonzero(asked & ~totals)
    ends = np.flatnonzero(asked | parts | totals)
    for place in left:
        after = ends[ends > place]
        stop = int(after[0]) if len(after) else len(rows)
        below, count = upto[stop] - upto[place], many[stop] - many[place]
        headings[place] = _is_sum(float(amount[place]), below, int(count))
    return totals, headings


def _is_sum(amount: float, total: float, count: int) -> bool:
    near = max(ROUNDED * (count + 1), SHARE * amount)
    return count >= LEAST_LINES and abs(amount - total) <= near


def _amounts(cells: Cells) -> Numbers:
    read = parse_cells(cells, decimal_of(cells, ""), money=True)
    value: npt.NDArray[np.float64] = read.value[cells.codes]
    return value
