"""What a bar, a bubble or a headline share weighs: spend, or lines where few lines have a price."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.words import plural, tr

ENOUGH_PCT = 50.0
"""Share of counted lines with a known spend from which figures are told in spend.

Below it a share of "known spend" speaks of the few lines that happen to have a price.
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """Spend or lines, as columns of the minerals table and as words.

    Attributes:
        lines: True where lines are counted instead of money.
        noun: 'spend' or 'lines', for sentences.
        of: what a share is a share of.
        axis, unit: title and unit of an axis.
        certain, likely: columns of the minerals table.
        each: per line its spend (NaN where unknown or not counted) or 1.
    """

    lines: bool
    noun: str
    of: str
    axis: str
    unit: str
    certain: str
    likely: str
    each: pd.Series[Any]

    @property
    def total(self) -> float:
        """Known spend in the headline's currency, or counted lines."""
        return float(np.nansum(self.each.to_numpy(dtype=float)))

    def ends(self, row: pd.Series[Any]) -> tuple[float, float]:
        """Weight of a mineral's certain lines, and with its likely ones; NaN where unknown."""
        low, more = row[self.certain], row[self.likely]
        if not numbers.known(low):
            return math.nan, math.nan
        if not numbers.known(more):
            # nothing is held for certain, and what likely holds it has no price: not zero
            if low == 0:
                return math.nan, math.nan
            more = 0.0
        return float(low), float(low + more)

    def note(self, row: pd.Series[Any]) -> str:
        """'11.40–13.20', '3–4 lines', 'spend unknown'."""
        low, high = self.ends(row)
        return self.told(low, high) if numbers.known(low) else "spend unknown"

    def figure(self, row: pd.Series[Any]) -> str:
        """The same without its noun, for below a head that says it: '3–4', 'unknown'."""
        low, high = self.ends(row)
        if not numbers.known(low):
            return tr(numbers.UNKNOWN)
        return numbers.span(low, high, numbers.whole if self.lines else numbers.money_figure)

    def told(self, low: float, high: float) -> str:
        """A range of money, or of lines with their noun."""
        if not self.lines:
            return numbers.span(low, high, numbers.money_figure)
        words = numbers.span(low, high, lambda value: f"{value:,.0f}")
        return plural("{count} line", "{count} lines", int(high) if low == high else 2, count=words)


def weight_of(analysis: Analysis) -> Weight:
    """Spend where at least ENOUGH_PCT of the counted lines have one, else lines."""
    counted = analysis.bom.lines["counted"]
    if speaks_in_lines(analysis):
        each = pd.Series(np.where(counted.to_numpy(), 1.0, np.nan), index=counted.index)
        return Weight(True, "lines", "counted lines", "Lines that hold it", "", "lines_certain",
                      "lines_likely", each)  # fmt: skip
    currency = analysis.exposures.headline.currency
    found = analysis.exposures.lines
    return Weight(
        False, "spend", "known spend", "Spend in its lines",
        tr("{currency} per product", currency=currency) if currency else "per product",
        "spend_certain", "spend_likely", found["spend"].where(found["unit_of_count"]),
    )  # fmt: skip


def speaks_in_lines(analysis: Analysis) -> bool:
    """Whether too few counted lines have a known spend for figures in money."""
    priced = analysis.exposures.coverage.spend_known_pct
    head = analysis.exposures.headline
    if not head.spend or head.spend_acute_pct.certain is None or priced is None:
        return True
    return priced < ENOUGH_PCT
