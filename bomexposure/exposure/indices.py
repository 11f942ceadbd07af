"""Every method under its own name, or what is missing for it.

docs/method.md, section "Methods".
"""

from __future__ import annotations

import pandas as pd

from bomexposure.model.exposure import INDICES


def index_table(forms: pd.DataFrame) -> pd.DataFrame:
    """An INDICES table for (mineral, form) rows as `reliance.judge` makes them."""
    parts = [
        _import_china(forms, "import-china-peak", "peak"),
        _import_china(forms, "import-china-headline", "head"),
    ]
    made = pd.concat(parts, ignore_index=True)
    return INDICES.conform(
        made.sort_values(["mineral", "form"], kind="stable").reset_index(drop=True)
    )


def _import_china(forms: pd.DataFrame, method: str, columns: str) -> pd.DataFrame:
    share = "china_peak_high" if columns == "peak" else "china_share_pct"
    no_reliance = forms["nir_high"].isna()
    no_share = forms[share].isna()
    missing = pd.Series("", index=forms.index, dtype="str")
    missing = missing.mask(no_reliance & no_share, "net import reliance and China's share")
    missing = missing.mask(no_reliance & ~no_share, "net import reliance")
    missing = missing.mask(~no_reliance & no_share, "China's share")
    return pd.DataFrame(
        {
            "mineral": forms["mineral"],
            "form": forms["form"],
            "method": method,
            "low": forms[f"{columns}_low"],
            "high": forms[f"{columns}_high"],
            "missing": missing,
        }
    )
