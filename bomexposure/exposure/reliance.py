"""Supply facts for the traded forms that a BOM draws on, and the Import-China indices.

docs/method.md, sections "Import-China index" and "Acute".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.supply import SUPPLY

DEFAULT_METHOD = "import-china-peak"
SUPPLY_FACTS = [name for name in SUPPLY.names if name not in ("mineral", "form", "headline")]


def import_china(
    reliance_low: Any, reliance_high: Any, share_low: Any, share_high: Any
) -> tuple[Any, Any]:
    """The Import-China index, 0 to 100: reliance times China's share, bound by bound.

    All arguments in percent, numbers or arrays alike; NaN in gives NaN out.
    """
    return reliance_low * share_low / 100.0, reliance_high * share_high / 100.0


def with_indices(supply: pd.DataFrame) -> pd.DataFrame:
    """A SUPPLY table with peak_low, peak_high, head_low and head_high beside it (0 to 100)."""
    peak = import_china(
        supply["nir_low"], supply["nir_high"], supply["china_peak_low"], supply["china_peak_high"]
    )
    share = supply["china_share_pct"]
    head = import_china(supply["nir_low"], supply["nir_high"], share, share)
    return supply.assign(peak_low=peak[0], peak_high=peak[1], head_low=head[0], head_high=head[1])


@dataclass(frozen=True, slots=True)
class Forms:
    """The distinct (mineral, form) pairs that a BOM draws on, with the supply facts of each.

    Attributes:
        table: one row per pair: mineral, form, own_figures, the SUPPLY facts, index_low and
            index_high by the chosen method, acute, acute_low (at the low bound already), nir_50,
            nir_100. Facts are NaN or "" where the mineral is not tracked.
        codes: for each row of the contents given, its row in `table`.
    """

    table: pd.DataFrame
    codes: np.ndarray[Any, np.dtype[np.intp]]


def resolve(
    minerals: pd.Series[Any], forms: pd.Series[Any], supply: pd.DataFrame, threshold: float
) -> Forms:
    """Join each (mineral, form) to its own SUPPLY row, or to the mineral's headline row."""
    mineral_codes, mineral_names = coded(minerals)
    form_codes, form_names = coded(forms)
    packed = mineral_codes.astype("int64") * max(len(form_names), 1) + form_codes
    # the pairs are few: marking those that occur is far faster than sorting all rows
    occurs = np.zeros(max(len(mineral_names), 1) * max(len(form_names), 1), dtype=bool)
    occurs[packed] = True
    distinct = np.flatnonzero(occurs)
    codes = (np.cumsum(occurs) - 1)[packed]
    pairs = pd.DataFrame(
        {
            "mineral": pd.Series(mineral_names[distinct // max(len(form_names), 1)], dtype="str"),
            "form": pd.Series(form_names[distinct % max(len(form_names), 1)], dtype="str"),
        }
    )
    return Forms(judge(pairs, supply, threshold), codes)


def coded(cells: pd.Series[Any]) -> tuple[Any, Any]:
    """Codes and names of a text column; a category's texts are touched once, not once per row."""
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        return pd.factorize(cells.astype("str"), sort=True)
    names = np.array([*(str(one) for one in cells.cat.categories), ""], dtype=object)
    return cells.cat.codes.to_numpy().astype("int64") % len(names), names


def judge(pairs: pd.DataFrame, supply: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The table of `Forms` for (mineral, form) pairs given as two text columns.

    Acute is always judged by the default index (its high bound against `threshold`): a change of
    method changes what is ranked, never what is called acute.
    """
    scored = with_indices(supply)
    own = scored.drop_duplicates(["mineral", "form"]).set_index(["mineral", "form"])
    head = scored[scored["headline"]].drop_duplicates("mineral").set_index("mineral")
    at_own = own.index.get_indexer(pd.MultiIndex.from_frame(pairs[["mineral", "form"]]))
    at_head = head.index.get_indexer(pd.Index(pairs["mineral"]))
    table = pairs[["mineral", "form"]].reset_index(drop=True).copy()
    table["own_figures"] = at_own >= 0
    for name in [*SUPPLY_FACTS, "peak_low", "peak_high", "head_low", "head_high"]:
        table[name] = _picked(own[name], at_own, head[name], at_head)
    table["index_low"], table["index_high"] = table["peak_low"], table["peak_high"]
    table["acute"] = table["peak_high"] >= threshold
    table["acute_low"] = table["peak_low"] >= threshold
    # "E" and "NA" are zero or unknown bounds and do not count; ">50" has a low bound of 50 and does
    table["nir_50"] = table["nir_low"] >= 50.0
    table["nir_100"] = table["nir_low"] >= 100.0
    return table


def ranked_by(forms: Forms, indices: pd.DataFrame, method: str) -> Forms:
    """The same forms with index_low and index_high of another method, from an INDICES table."""
    wanted = indices[indices["method"] == method].set_index(["mineral", "form"])
    at = wanted.index.get_indexer(pd.MultiIndex.from_frame(forms.table[["mineral", "form"]]))
    table = forms.table.copy()
    for bound in ("low", "high"):
        cells = np.append(wanted[bound].to_numpy(dtype=float), np.nan)
        table[f"index_{bound}"] = cells[at]
    return Forms(table, forms.codes)


def _picked(own: pd.Series[Any], at_own: Any, head: pd.Series[Any], at_head: Any) -> pd.Series[Any]:
    """Cells of `own` where found, else of `head`, else unknown; dtype kept."""
    if own.dtype == bool:
        blank: Any = False
    elif own.dtype == "str":
        blank = ""
    else:
        blank = np.nan
    cells = np.full(len(at_own), blank, dtype=object)
    found = at_head >= 0
    cells[found] = head.to_numpy(dtype=object)[at_head[found]]
    found = at_own >= 0
    cells[found] = own.to_numpy(dtype=object)[at_own[found]]
    return pd.Series(cells).astype(own.dtype)
