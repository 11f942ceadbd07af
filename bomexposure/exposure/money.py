"""Spend in one currency; nothing is converted without a rate that the user gave.

docs/method.md, section "Spend".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.bom import ISSUES


@dataclass(frozen=True, slots=True)
class Spend:
    """What the lines cost.

    Attributes:
        per_line: one per line, report currency; NaN unknown or not counted.
        currency: ISO code of the report currency; None where the BOM states none, or where it has
            several and no rates bring them together.
        by_currency: sum of counted lines per currency as stated ('' not stated), sorted.
        issues: an ISSUES table.
    """

    per_line: np.ndarray[Any, np.dtype[np.float64]]
    currency: str | None
    by_currency: dict[str, float]
    issues: pd.DataFrame

    @property
    def total(self) -> float | None:
        """Known spend of counted lines; None when none is known."""
        return known_sum(self.per_line)


def known_sum(cells: Any) -> float | None:
    """Sum of the known cells; None when none is known, so that unknown never reads as zero."""
    known = cells[~np.isnan(cells)]
    return float(known.sum()) if known.size else None


def spend_of(lines: pd.DataFrame, rates: dict[str, float]) -> Spend:
    """Spend of the counted lines of a LINES table.

    One stated currency without a rate: that currency. Otherwise US dollars, for the lines that
    are in dollars or have a rate. A price without a stated currency is taken for the BOM's one
    currency only where the BOM states none at all.
    """
    counted = lines["counted"].to_numpy(dtype=bool)
    cost = np.where(counted, lines["cost_total"].to_numpy(dtype=float), np.nan)
    at, texts = pd.factorize(lines["currency"].to_numpy(dtype=object))
    codes = [str(text).strip().upper() for text in texts]
    priced = ~np.isnan(cost)
    sums = np.bincount(at[priced], cost[priced], minlength=len(codes))
    by_currency: dict[str, float] = {}
    for code, total, many in sorted(
        zip(codes, sums, np.bincount(at[priced], minlength=len(codes)), strict=True)
    ):
        if many:
            by_currency[code] = by_currency.get(code, 0.0) + float(total)
    named = [code for code in by_currency if code]
    if not named:
        return Spend(cost, None, by_currency, ISSUES.empty())
    to_usd = {"USD": 1.0} | {code.strip().upper(): rate for code, rate in rates.items()}
    if len(named) == 1 and (named[0] == "USD" or named[0] not in to_usd):
        currency: str | None = named[0]
        factors = {named[0]: 1.0}
    elif any(code in to_usd for code in named):
        currency, factors = "USD", to_usd
    else:
        currency, factors = None, {}
    factor = np.array([factors.get(code, np.nan) for code in codes], dtype=np.float64)
    per_line = cost * factor[at]
    return Spend(per_line, currency, by_currency, _issues(by_currency, per_line, cost, currency))


def _issues(
    by_currency: dict[str, float], per_line: Any, cost: Any, currency: str | None
) -> pd.DataFrame:
    left_out = int((~np.isnan(cost) & np.isnan(per_line)).sum())
    if not left_out:
        return ISSUES.empty()
    codes = ", ".join(code or "no currency" for code in by_currency if code != currency)
    return ISSUES.conform(
        {
            "severity": ["warning"],
            "code": ["currency-without-rate"],
            "row": [pd.NA],
            "value": [codes],
            "text": [f"{left_out} priced lines ({codes}) count in lines, not in spend."],
            "mend": [
                "Give a rate to U.S. dollars, such as --rate EUR=1.08, or state the currency."
            ],
        }
    )
