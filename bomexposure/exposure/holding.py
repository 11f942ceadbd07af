"""Which line holds which mineral, and how surely: the joined rows behind every exposure table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.reliance import Forms, resolve
from bomexposure.model.content import FUNCTIONAL, FUNCTIONS, counting
from bomexposure.model.exposure import HELD

Array = np.ndarray[Any, np.dtype[Any]]
NO, LIKELY, CERTAIN = 0, 1, 2
LARGEST_GRID = 200_000_000
"""Bytes of the largest grid of line by code that is laid out whole."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Counting contents of counted lines, one entry per CONTENTS row that enters a figure.

    Attributes:
        line: row position in LINES; rank: 0 possible, 1 likely, 2 certain.
        functional: carries the part's function (primary or dopant); primary: as main constituent.
        form: row in `forms.table`; mineral: row in `minerals`.
        mass_low, mass_typical, mass_high: mg of element; NaN unknown.
        at: row position in the CONTENTS table.
        count: number of lines in LINES.
    """

    line: Array
    rank: Array
    functional: Array
    primary: Array
    form: Array
    mineral: Array
    mass_low: Array
    mass_typical: Array
    mass_high: Array
    at: Array
    minerals: tuple[str, ...]
    forms: Forms
    count: int

    def held(self, where: Array) -> Array:
        """Per line: how surely it holds something that `where` (bool per entry) picks."""
        ranks = np.zeros(self.count, dtype=np.int8)
        ranks[self.line[where & (self.rank >= LIKELY)]] = LIKELY
        ranks[self.line[where & (self.rank == CERTAIN)]] = CERTAIN
        return ranks

    def of_form(self, column: str) -> Array:
        """A column of the forms table, spread over the entries."""
        return self.forms.table[column].to_numpy()[self.form]

    def with_forms(self, forms: Forms) -> Holdings:
        """The same holdings on other figures of the same forms."""
        return replace(self, forms=forms)


def holdings_of(
    lines: pd.DataFrame, contents: pd.DataFrame, supply: pd.DataFrame, threshold: float
) -> Holdings:
    """Join CONTENTS to SUPPLY for the counted lines, on whole columns."""
    counted = lines["counted"].to_numpy(dtype=bool)
    at_line = contents["line"].to_numpy()
    presence = contents["presence"].cat.codes.to_numpy()  # possible, likely, certain; -1 for NA
    keep = counting(contents) & (presence >= 0) & counted[at_line]
    at = np.flatnonzero(keep)
    function = contents["function"].cat.codes.to_numpy()[at]
    mass = {
        bound: contents[f"mass_mg_{bound}"].to_numpy(dtype=float)[at]
        for bound in ("low", "typical", "high")
    }
    forms = resolve(contents["mineral"].iloc[at], contents["form"].iloc[at], supply, threshold)
    mineral_of_form, names = pd.factorize(forms.table["mineral"], sort=True)
    return Holdings(
        line=at_line[at],
        rank=presence[at].astype(np.int8),
        functional=np.isin(function, [FUNCTIONS.index(one) for one in FUNCTIONAL]),
        primary=function == FUNCTIONS.index("primary"),
        form=forms.codes,
        mineral=mineral_of_form[forms.codes],
        mass_low=mass["low"],
        mass_typical=mass["typical"],
        mass_high=mass["high"],
        at=at,
        minerals=tuple(str(name) for name in names),
        forms=forms,
        count=len(lines),
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each line and code (mineral or form) once, with the strongest rank."""

    line: Array
    code: Array
    rank: Array


def strongest(line: Array, code: Array, rank: Array, codes: int) -> Pairs:
    """Fold entries to one per (line, code), sorted by line; `codes` is how many codes there are."""
    width = max(codes, 1)
    key = line.astype("int64") * width + code
    size = int(key.max()) + 1 if len(key) else 0
    if size > LARGEST_GRID:
        best, where = np.unique(key, return_inverse=True)
        top = np.zeros(len(best), dtype=np.int8)
        for one in (LIKELY, CERTAIN):
            top[where[rank == one]] = one
        return Pairs(best // width, best % width, top)
    # one byte per possible pair is far faster than sorting the entries
    grid = np.full(size, -1, dtype=np.int8)
    for one in (0, LIKELY, CERTAIN):
        grid[key[rank == one]] = one
    best = np.flatnonzero(grid >= 0)
    return Pairs(best // width, best % width, grid[best])


def words(ranks: Array) -> pd.Series[Any]:
    """Ranks as the HELD category."""
    kind = pd.CategoricalDtype(list(HELD), ordered=True)
    return pd.Series(pd.Categorical.from_codes(ranks, dtype=kind))
