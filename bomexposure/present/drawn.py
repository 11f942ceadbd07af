"""Minerals by the traded form that this BOM draws on. docs/method.md, section "By form".

A mineral's own row of MINERAL_EXPOSURES speaks of its headline form: titanium as sponge. A board
whose titanium is the white of its plastics draws on no sponge, and the headline does not count it
as acute. What a reader sees beside the headline has to say the same, so it takes the facts of the
worst form that lines hold, and names that form.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.exposure import FORM_EXPOSURES, MINERAL_EXPOSURES
from bomexposure.present import numbers
from bomexposure.present.facts import acting
from bomexposure.present.words import tr

_FACTS = [
    name
    for name in FORM_EXPOSURES.names
    if name in MINERAL_EXPOSURES.names and name not in ("mineral", "lines", "spend")
]
_TELLING = ["acute", "index_low", "index_high", "nir_low", "nir_high", "nir_printed",
            "china_peak_low", "china_peak_high"]  # fmt: skip
"""Facts by which the row of a form differs from the mineral's own for a reader."""


def drawn_minerals(analysis: Analysis) -> pd.DataFrame:
    """MINERAL_EXPOSURES, with the facts of another form where no line draws on the headline form.

    Then the worst form that lines hold certainly or likely speaks; so it does where only another
    form is acute. One column more: `drawn`, the words of that form, else "". Minerals that are only
    possible keep their own row. Worst first, as MINERAL_EXPOSURES.
    """
    global _last
    minerals = analysis.exposures.minerals
    if _last is None or _last[0]() is not minerals:
        _last = (weakref.ref(minerals), _drawn(minerals, analysis.exposures.forms))
    return _last[1].copy(deep=False)


def acute_first(analysis: Analysis) -> pd.DataFrame:
    """Listed minerals held certainly or likely, in the order in which they call for action.

    First the five that the headline names, in its order, so that page one, the window and the JSON
    give one answer. Then acute ones that certainly carry a line's function, those that likely do,
    other acute ones, and the rest; within each by index (low, then high), then spend.
    """
    frame = drawn_minerals(analysis)
    held = (frame["lines_certain"] + frame["lines_likely"]) > 0
    listed = frame[frame["critical_2025"] & held]
    acts = acting(analysis).reindex(listed["mineral"]).reset_index(drop=True)
    group = np.select(
        [(acts["lines_certain"] > 0).to_numpy(), (acts["lines_likely"] > 0).to_numpy(),
         listed["acute"].to_numpy()],
        [3, 2, 1], 0,
    )  # fmt: skip
    first = {one: -at for at, one in enumerate(analysis.exposures.headline.top_minerals)}
    return (
        listed.assign(group=group, first=listed["mineral"].map(first).fillna(-len(first)))
        .sort_values(
            ["first", "group", "index_low", "index_high", "spend_certain"],
            ascending=False, kind="stable", na_position="last",
        )
        .drop(columns=["group", "first"])
    )  # fmt: skip


def drawn_name(mineral: str, drawn: str) -> str:
    """'Titanium (TiO2 pigment)' where the figures beside it are those of that form."""
    name = numbers.mineral_name(mineral)
    return tr("{mineral} ({form})", mineral=name, form=drawn) if drawn else name


def drawn_note(row: pd.Series[Any]) -> str:
    """What a row of `drawn_minerals` speaks of, where that is not the mineral's usual form."""
    if not row["drawn"]:
        return ""
    return tr(
        "Figures of {form}, the form that the parts of this BOM draw on.", form=str(row["drawn"])
    )


_last: tuple[weakref.ref[pd.DataFrame], pd.DataFrame] | None = None


def _drawn(minerals: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    own = minerals.set_index("mineral")
    held = forms[(forms["lines"] > 0) & forms["mineral"].isin(own.index)]
    mine = own.loc[held["mineral"], _TELLING].reset_index(drop=True)
    theirs = held[_TELLING].reset_index(drop=True)
    alike = ((theirs == mine) | (theirs.isna() & mine.isna())).all(axis=1).to_numpy(dtype=bool)
    usual = set(held.loc[alike, "mineral"])
    acute = set(held.loc[held["acute"], "mineral"])
    kept = {one for one in usual if bool(own.at[one, "acute"]) or one not in acute}
    worst = (
        held[~held["mineral"].isin(kept)]
        .sort_values(["acute", "index_low", "index_high", "lines"], ascending=False,
                     na_position="last", kind="stable")
        .drop_duplicates("mineral").set_index("mineral")
        .reindex(own.index)
    )  # fmt: skip
    other = worst["form"].notna().to_numpy(dtype=bool)
    table = minerals.copy()
    for name in _FACTS:
        cells = minerals[name].to_numpy(dtype=object).copy()
        cells[other] = worst[name].to_numpy(dtype=object)[other]
        table[name] = pd.Series(cells, index=table.index).astype(minerals[name].dtype)
    table["drawn"] = worst["form"].fillna("").astype("str").to_numpy()
    return table.sort_values(
        ["index_low", "index_high", "spend_certain", "spend_likely", "mineral"],
        ascending=[False, False, False, False, True],
        na_position="last",
        kind="stable",
    ).reset_index(drop=True)
