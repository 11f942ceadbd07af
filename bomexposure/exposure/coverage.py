"""What part of the BOM the figures speak for. docs/method.md, section "Coverage"."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import Array
from bomexposure.model.content import EVIDENCE
from bomexposure.model.exposure import Coverage


def coverage_of(counted: Array, recognitions: pd.DataFrame, spend: Array) -> Coverage:
    """Percent of counted lines, known spend and known mass that was recognised.

    A line is recognised on any evidence better than 'none'; a plastic without minerals counts.
    """
    evidence = recognitions["evidence"].cat.codes.to_numpy()
    known = counted & (evidence > 0)
    mass = np.where(counted, recognitions["mass_g_typical"].to_numpy(dtype=float), np.nan)
    every = np.where(counted, 1.0, np.nan)
    found = recognitions["evidence"][counted].value_counts()
    return Coverage(
        lines_pct=_share(every, known),
        spend_pct=_share(spend, known),
        mass_pct=_share(mass, known),
        spend_known_pct=_share(every, counted & ~np.isnan(spend)),
        mass_known_pct=_share(every, counted & ~np.isnan(mass)),
        by_evidence={word: int(found.get(word, 0)) for word in reversed(EVIDENCE)},
    )


def _share(cells: Array, where: Array) -> float | None:
    total: Any = np.nansum(cells)
    # a sum in another order may pass the whole by a last digit
    return min(100.0, float(np.nansum(cells[where]) / total * 100.0)) if total > 0 else None
