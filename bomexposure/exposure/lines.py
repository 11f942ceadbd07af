"""The exposure of each line. docs/method.md, section "Lines"."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import CERTAIN, NO, Array, Holdings, words
from bomexposure.model.exposure import LINE_EXPOSURES


def acute_ranks(holdings: Holdings) -> tuple[Array, Array]:
    """Per line: acute (an acute mineral as primary or dopant), and acute in a lesser role only."""
    acute = holdings.of_form("acute").astype(bool)
    ranks = holdings.held(acute & holdings.functional)
    minor = holdings.held(acute & ~holdings.functional)
    return ranks, np.where(ranks >= minor, NO, minor).astype(np.int8)


def _mineral_of_form(holdings: Holdings) -> Array:
    made = np.zeros(len(holdings.forms.table), dtype=np.int64)
    made[holdings.form] = holdings.mineral
    return made


def line_exposures(
    holdings: Holdings, spend: Array, counted: Array, expected: Array
) -> pd.DataFrame:
    """A LINE_EXPOSURES table, one row per line; `expected` is what asking could move."""
    listed = holdings.of_form("critical_2025").astype(bool)
    acute, minor = acute_ranks(holdings)
    low, high, top = _largest_index(holdings)
    return LINE_EXPOSURES.conform(
        {
            "spend": spend,
            "acute": words(acute),
            "acute_minor": words(minor),
            "nir_50": words(holdings.held(listed & holdings.of_form("nir_50").astype(bool))),
            "nir_100": words(holdings.held(listed & holdings.of_form("nir_100").astype(bool))),
            "china_led": words(holdings.held(listed & holdings.of_form("china_led").astype(bool))),
            "listed": words(holdings.held(listed)),
            "index_low": low,
            "index_high": high,
            "top_mineral": top,
            "expected_pct": expected,
            "unit_of_count": counted,
        }
    )


def _largest_index(holdings: Holdings) -> tuple[Array, Array, Any]:
    """Largest index over each line's certain minerals, with the mineral behind it.

    The bounds are those of the largest: largest low and largest high. The mineral is one that is
    acute and carries the function where there is any, a main constituent before a dopant (the
    neodymium of a magnet before its cobalt); then the largest low bound (the indium of a display
    before its silicon, whose reliance is a range), the largest high bound, the first by name.
    """
    table = holdings.forms.table
    index_low = table["index_low"].to_numpy(dtype=float)
    index_high = table["index_high"].to_numpy(dtype=float)
    acute = table["acute"].to_numpy(dtype=bool)
    mineral_of_form = _mineral_of_form(holdings)
    pick = np.flatnonzero((holdings.rank == CERTAIN) & ~np.isnan(index_high)[holdings.form])
    line, form = holdings.line[pick], holdings.form[pick]
    low = np.full(holdings.count, -np.inf)
    high = np.full(holdings.count, -np.inf)
    np.maximum.at(low, line, index_low[form])
    np.maximum.at(high, line, index_high[form])
    carries = holdings.functional[pick] & acute[form]
    group = carries.astype(np.int64) + (carries & holdings.primary[pick])
    # the order is one of forms and roles: few, so they are sorted and the entries only looked up
    kinds = np.arange(3 * len(table))
    of_kind, role = kinds % max(len(table), 1), kinds // max(len(table), 1)
    worst_last = np.lexsort(
        (-mineral_of_form[of_kind], index_high[of_kind], index_low[of_kind], role)
    )
    place = np.empty(len(kinds), dtype=np.int64)
    place[worst_last] = kinds
    largest = np.full(holdings.count, -1)
    np.maximum.at(largest, line, place[group * len(table) + form])
    top = np.append(mineral_of_form[of_kind[worst_last]], -1)[largest]
    names = np.array([*holdings.minerals, ""], dtype=object)
    low[~np.isfinite(low)] = np.nan
    high[~np.isfinite(high)] = np.nan
    return low, high, pd.Series(names[top], dtype="str")
