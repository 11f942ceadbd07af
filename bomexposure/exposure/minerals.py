"""The exposure of each mineral and of each traded form. docs/method.md, section "Minerals"."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import CERTAIN, LIKELY, Array, Holdings, Pairs, strongest
from bomexposure.exposure.money import Spend
from bomexposure.exposure.reliance import SUPPLY_FACTS
from bomexposure.model.exposure import FORM_EXPOSURES, MINERAL_EXPOSURES

MG_PER_G = 1000.0
G_PER_KG = 1000.0
KG_PER_T = 1000.0


def mineral_exposures(
    holdings: Holdings, own: pd.DataFrame, spend: Spend, volume: float | None
) -> pd.DataFrame:
    """A MINERAL_EXPOSURES table. `own` has the supply facts of each mineral's headline row."""
    count = len(holdings.minerals)
    pairs = strongest(holdings.line, holdings.mineral, holdings.rank, count)
    table = own.reindex(columns=["mineral", "acute", "index_low", "index_high", *SUPPLY_FACTS])
    table = table.assign(
        **_line_counts(pairs, count),
        **_spends(pairs, spend, count),
        gated_value=_gated(holdings, spend.total, count),
        **_masses(holdings, count),
        lines_mass_unknown=_without_mass(holdings, count),
    )
    for bound in ("low", "typical", "high"):
        table[f"value_usd_{bound}"] = (
            table[f"mass_g_{bound}"] / G_PER_KG * table["price_usd_per_kg"]
        )
    table["annual_kg_typical"] = table["mass_g_typical"] / G_PER_KG * (volume or np.nan)
    table["annual_pct_of_us"] = share_of_us(table)
    rank = table.sort_values(
        ["index_low", "index_high", "spend_certain", "spend_likely", "mineral"],
        ascending=[False, False, False, False, True],
        na_position="last",
        kind="stable",
    )
    return MINERAL_EXPOSURES.conform(rank.reset_index(drop=True))


def share_of_us(table: pd.DataFrame) -> pd.Series[Any]:
    """Annual demand as percent of U.S. apparent consumption, in the basis of the consumption."""
    tonnes = table["annual_kg_typical"] * table["consumption_factor"] / KG_PER_T
    return tonnes / table["consumption_t"].where(table["consumption_t"] > 0) * 100.0


def form_exposures(holdings: Holdings, spend: Spend) -> pd.DataFrame:
    """A FORM_EXPOSURES table, sorted by mineral, then form."""
    forms = holdings.forms.table
    pairs = strongest(holdings.line, holdings.form, holdings.rank, len(forms))
    sure = pairs.rank >= LIKELY
    lines = np.bincount(pairs.code[sure], minlength=len(forms))
    names = ["mineral", "form", "own_figures", "acute", "index_low", "index_high", *SUPPLY_FACTS]
    table = forms[names].assign(
        lines=lines, spend=sum_known(pairs.code[sure], spend.per_line[pairs.line[sure]], len(forms))
    )
    return FORM_EXPOSURES.conform(table.sort_values(["mineral", "form"]).reset_index(drop=True))


def _line_counts(pairs: Pairs, count: int) -> dict[str, Array]:
    return {
        f"lines_{word}": np.bincount(pairs.code[pairs.rank == rank], minlength=count)
        for word, rank in (("certain", CERTAIN), ("likely", LIKELY), ("possible", 0))
    }


def _spends(pairs: Pairs, spend: Spend, count: int) -> dict[str, Array]:
    made: dict[str, Array] = {}
    total = spend.total
    for word, rank in (("certain", CERTAIN), ("likely", LIKELY)):
        at = pairs.rank == rank
        code, money = pairs.code[at], spend.per_line[pairs.line[at]]
        amount = sum_known(code, money, count)
        # nothing held at this rank is a known nothing, as long as any spend is known at all
        if total is not None:
            amount = np.where(np.bincount(code, minlength=count) == 0, 0.0, amount)
        made[f"spend_{word}"] = amount
        made[f"spend_pct_{word}"] = amount / total * 100.0 if total else np.full(count, np.nan)
    return made


def _gated(holdings: Holdings, value: float | None, count: int) -> Array:
    """The product's value where a line certainly needs the mineral and its form is acute."""
    gate = (holdings.rank == CERTAIN) & holdings.functional & holdings.of_form("acute").astype(bool)
    gates = np.bincount(holdings.mineral[gate], minlength=count) > 0
    return np.where(gates, np.nan if value is None else value, np.nan)


def _masses(holdings: Holdings, count: int) -> dict[str, Array]:
    """Mass in one product. Low: certain lines; typical: and likely; high: and possible ones.

    So the interval says what is surely there, what is there more often than not, and what could be.
    """
    made = {}
    for bound, cells, least in (
        ("low", holdings.mass_low, CERTAIN),
        ("typical", holdings.mass_typical, LIKELY),
        ("high", holdings.mass_high, 0),
    ):
        counts = holdings.rank >= least
        known = _known(holdings.mineral, cells, count)
        amount = np.bincount(
            holdings.mineral, np.where(counts, np.nan_to_num(cells), 0.0), minlength=count
        )
        made[f"mass_g_{bound}"] = np.where(known, amount, np.nan) / MG_PER_G
    return made


def _without_mass(holdings: Holdings, count: int) -> Array:
    lacking = (holdings.rank >= LIKELY) & np.isnan(holdings.mass_typical)
    pairs = strongest(
        holdings.line[lacking], holdings.mineral[lacking], holdings.rank[lacking], count
    )
    return np.bincount(pairs.code, minlength=count)


def _known(code: Array, cells: Array, count: int) -> Array:
    return np.bincount(code[~np.isnan(cells)], minlength=count) > 0


def sum_known(code: Array, cells: Array, count: int) -> Array:
    """Sum of known cells per code; NaN where none is known."""
    total = np.bincount(code, np.nan_to_num(cells), minlength=count)
    return np.where(_known(code, cells, count), total, np.nan)
