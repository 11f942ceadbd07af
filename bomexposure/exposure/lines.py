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
    index_low, index_high = holdings.of_form("index_low"), holdings.of_form("index_high")
    pick = (holdings.rank == CERTAIN) & ~np.isnan(index_high.astype(float))
    line = holdings.line[pick]
    lows, highs = index_low[pick].astype(float), index_high[pick].astype(float)
    low = np.full(holdings.count, -np.inf)
    high = np.full(holdings.count, -np.inf)
    np.maximum.at(low, line, lows)
    np.maximum.at(high, line, highs)
    minerals = holdings.mineral[pick]
    carries = (holdings.functional & holdings.of_form("acute").astype(bool))[pick]
    group = carries.astype(np.int8) + (carries & holdings.primary[pick])
    # written worst last, so that the last assignment to a line is its largest
    order = np.lexsort((-minerals, highs, lows, group))
    top = np.full(holdings.count, -1)
    top[line[order]] = minerals[order]
    names = np.array([*holdings.minerals, ""], dtype=object)
    low[~np.isfinite(low)] = np.nan
    high[~np.isfinite(high)] = np.nan
    return low, high, pd.Series(names[top], dtype="str")
