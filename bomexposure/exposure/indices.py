"""Every method under its own name, or what is missing for it.

docs/method.md, section "Methods".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.published import (
    Array,
    GeoPolRisk,
    eu_form,
    geopolrisk,
    hhi_weighted,
    instability,
)
from bomexposure.exposure.stages import Shares, Stage, holders_by_mineral, stages_by_mineral
from bomexposure.model.exposure import INDICES
from bomexposure.model.resources import resource
from bomexposure.model.supply import Reference

EU_METHOD = "eu-on-us-figures"
GEOPOLRISK_GOODS = {
    "graphite": ("natural graphite (HS 2504)", ("natural",)),
    "manganese": ("manganese ore (HS 2602)", ("ore",)),
    "nickel": ("nickel ore (HS 2604)", ("ore",)),
}
"""The traded good that the published U.S. 2022 inputs speak of, and the forms that it covers."""


def index_table(forms: pd.DataFrame, reference: Reference, method: str) -> pd.DataFrame:
    """An INDICES table for (mineral, form) rows as `reliance.judge` makes them.

    The EU form is computed only where `method` asks for it: it is off by default, because its
    constants could not be confirmed.
    """
    producers = _Producers.of(reference)
    parts = [
        _import_china(forms, "import-china-peak", "peak"),
        _import_china(forms, "import-china-headline", "head"),
        _hhi(forms),
        _hhi_wgi(forms, producers),
        _geopolrisk(forms),
        _eu(forms, producers, reference, asked=method == EU_METHOD),
    ]
    made = pd.concat(parts, ignore_index=True)
    return INDICES.conform(
        made.sort_values(["mineral", "form"], kind="stable").reset_index(drop=True)
    )


def _rows(
    forms: pd.DataFrame, method: str, low: Any, high: Any, missing: Any, note: Any = ""
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "mineral": forms["mineral"].to_numpy(),
            "form": forms["form"].to_numpy(),
            "method": method,
            "low": np.asarray(low, dtype=float),
            "high": np.asarray(high, dtype=float),
            "missing": missing,
            "note": note,
        }
    )


def _import_china(forms: pd.DataFrame, method: str, columns: str) -> pd.DataFrame:
    share = "china_peak_high" if columns == "peak" else "china_share_pct"
    no_reliance = forms["nir_high"].isna().to_numpy()
    no_share = forms[share].isna().to_numpy()
    missing = np.select(
        [no_reliance & no_share, no_reliance, no_share],
        ["net import reliance and China's share", "net import reliance", "China's share"],
        "",
    )
    return _rows(forms, method, forms[f"{columns}_low"], forms[f"{columns}_high"], missing)


def _hhi(forms: pd.DataFrame) -> pd.DataFrame:
    missing = np.where(forms["hhi_high"].isna(), "world output by country", "")
    return _rows(forms, "hhi", forms["hhi_low"], forms["hhi_high"], missing)


@dataclass(frozen=True, slots=True)
class _Producers:
    """World shares by mineral and stage, and the risk of each country, 0 (best) to 1 (worst)."""

    stages: dict[str, list[Stage]]
    risk: dict[str, float]

    @classmethod
    def of(cls, reference: Reference) -> _Producers:
        countries = reference.countries
        risk = instability(countries["wgi_mean"].to_numpy(dtype=float))
        return cls(
            stages_by_mineral(reference.producers),
            dict(zip(countries["iso3"].tolist(), risk.tolist(), strict=True)),
        )

    def for_row(self, row: Any) -> Shares | None:
        """Output at the stage that a supply row's own China share or leader speaks of."""
        stages = self.stages.get(str(row.mineral), [])
        if row.own_figures:
            name = str(row.china_share_stage or row.leading_stage)
            for stage in stages:
                if stage.name == name and stage.shares.named:
                    return stage.shares
        return next((one.shares for one in stages if one.headline and one.shares.named), None)


def _weighted(shares: Shares, risk: dict[str, float], scale: float) -> tuple[float, float]:
    """Low and high of HHI (percent shares) times risk on a scale from 0 (best) to `scale`.

    A country without a rating, and one without a figure, take the whole range; Others count as
    nothing at the low end and as one country of the worst rating at the high end.
    """
    rows = list(shares.named.values())
    own = np.array([risk.get(row.iso3, np.nan) for row in rows]) * scale
    low = np.nan_to_num(np.array([row.low for row in rows], dtype=float))
    high = np.nan_to_num(np.array([row.high for row in rows], dtype=float), nan=100.0)
    others = 0.0 if np.isnan(shares.others) else shares.others
    return (
        hhi_weighted(low, np.nan_to_num(own, nan=0.0)),
        hhi_weighted(high, np.nan_to_num(own, nan=scale)) + others**2 * scale,
    )


def _hhi_wgi(forms: pd.DataFrame, producers: _Producers) -> pd.DataFrame:
    lows, highs, missing = [], [], []
    for row in forms.itertuples():
        shares = producers.for_row(row)
        if shares is None:
            lows.append(np.nan)
            highs.append(np.nan)
            missing.append("world output by country")
            continue
        low, high = _weighted(shares, producers.risk, 1.0)
        lows.append(low)
        highs.append(high)
        missing.append("")
    return _rows(forms, "hhi-wgi", lows, highs, missing)


@cache
def published_geopolrisk() -> dict[str, GeoPolRisk]:
    """GeoPolRisk of the United States in 2022 for the minerals whose inputs are published."""
    table = pd.read_csv(resource("reference", "methods", "geopolrisk_us_2022.csv"))
    made = {}
    for mineral, rows in table.groupby("mineral", sort=True):
        made_by = rows[rows["variable"] == "production_2022"].set_index("iso3")["value"]
        wide = rows[rows["variable"] != "production_2022"].pivot(
            index="flow", columns="variable", values="value"
        )
        made[str(mineral)] = geopolrisk(
            made_by.to_numpy(dtype=float),
            float(made_by.get("USA", 0.0)),
            _column(wide, "import_quantity"),
            _column(wide, "import_value"),
            _column(wide, "g_political_instability"),
        )
    return made


def _column(wide: pd.DataFrame, name: str) -> Array:
    return np.asarray(wide[name].to_numpy(dtype=float), dtype=np.float64)


def _geopolrisk(forms: pd.DataFrame) -> pd.DataFrame:
    scores = published_geopolrisk()
    low, missing, notes = [], [], []
    for mineral, form in zip(forms["mineral"], forms["form"], strict=True):
        good, covered = GEOPOLRISK_GOODS.get(str(mineral), ("", ()))
        if str(mineral) not in scores:
            low.append(np.nan)
            missing.append("bilateral trade and production of one traded form and year")
            notes.append("")
        elif form and form not in covered:
            # ore imports say nothing about a metal: nickel ore scores near zero beside it
            low.append(np.nan)
            missing.append(f"trade of this form: the published inputs speak of {good}")
            notes.append("")
        else:
            low.append(scores[str(mineral)].score)
            missing.append("")
            notes.append(f"United States 2022, {good}")
    return _rows(forms, "geopolrisk", low, low, missing, notes)


@cache
def recycling_rates() -> dict[str, float]:
    """End-of-life recycling input rate, 0 to 1, of the EU's 2023 study, by mineral."""
    table = pd.read_csv(resource("reference", "methods", "eu_eol_rir_2023.csv"))
    return dict(zip(table["mineral"], table["eol_rir"].astype(float), strict=True))


def _eu(
    forms: pd.DataFrame, producers: _Producers, reference: Reference, asked: bool
) -> pd.DataFrame:
    note = "on U.S. figures, constants unconfirmed, without the substitution factor"
    if not asked:
        blank = np.full(len(forms), np.nan)
        return _rows(forms, EU_METHOD, blank, blank, "off by default: choose it as the method")
    imports = reference.import_sources
    sources = holders_by_mineral(imports[imports["headline"]])
    lows, highs, missing = [], [], []
    for row in forms.itertuples():
        world, bought = producers.for_row(row), Shares.of(sources.get(str(row.mineral), []))
        recycled = recycling_rates().get(str(row.mineral))
        lacking = [
            words
            for words, gone in (
                ("world output by country", world is None),
                ("U.S. import sources", not bought.named),
                ("net import reliance", np.isnan(float(row.nir_high))),  # type: ignore[arg-type]
                ("recycling input rate", recycled is None),
            )
            if gone
        ]
        if lacking or world is None or recycled is None:
            lows.append(np.nan)
            highs.append(np.nan)
            missing.append(", ".join(lacking))
            continue
        low, high = _eu_bounds(row, world, bought, recycled, producers.risk)
        lows.append(low)
        highs.append(high)
        missing.append("")
    return _rows(forms, EU_METHOD, lows, highs, missing, note)


def _eu_bounds(
    row: Any, world: Shares, bought: Shares, recycled: float, risk: dict[str, float]
) -> tuple[float, float]:
    """Bounds over both ends of reliance, of shares and of missing governance."""
    per_percent = 1e-4  # HHI of percents to HHI of fractions
    scale = 10.0
    w_low, w_high = (one * per_percent for one in _weighted(world, risk, scale))
    b_low, b_high = (one * per_percent for one in _weighted(bought, risk, scale))
    home = risk.get("USA", float("nan")) * scale
    home_low, home_high = (0.0, scale) if np.isnan(home) else (home, home)
    ends = []
    for reliance in (float(row.nir_low) / 100.0, float(row.nir_high) / 100.0):
        # own supply: imports by country for the part imported, the United States for the rest
        at_home = (1.0 - reliance) ** 2
        ends += [
            float(eu_form(w_low, b_low * reliance**2 + at_home * home_low, reliance, recycled)),
            float(eu_form(w_high, b_high * reliance**2 + at_home * home_high, reliance, recycled)),
        ]
    return min(ends), max(ends)
