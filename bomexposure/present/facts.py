"""Contents with what they mean for their line: the rows that decide flags, shares and headlines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, FUNCTIONAL, Contents
from bomexposure.model.exposure import Exposures


def facts_frame(analysis: Analysis) -> pd.DataFrame:
    """CONTENTS with what decides a line's flags beside it, one row per line, mineral and source.

    Beside the columns of CONTENTS: `counting` (of a counted line, in a relation that counts),
    `acute` (its form is acute and it carries the function), `listed`, `nir_50`, `nir_100`,
    `china_led` (by its form), and `counts`: True for one row per line and mineral, the strongest
    that counts. Sorted by line. The frame of the last answer asked about is kept, since a report
    asks many times; each caller gets its own copy (copy-on-write, so it costs nothing).
    """
    global _last
    kept = _last
    if kept is None or kept[0] is not analysis.contents or kept[1] is not analysis.exposures:
        kept = _last = (analysis.contents, analysis.exposures, _joined(analysis))
    return kept[2].copy(deep=False)


_last: tuple[Contents, Exposures, pd.DataFrame] | None = None


def _joined(analysis: Analysis) -> pd.DataFrame:
    """The frame of `facts_frame`, worked out."""
    held = analysis.contents.contents
    frame = pd.DataFrame({name: held[name] for name in held.columns})
    for name in ("mineral", "form", "source"):
        frame[name] = frame[name].astype("str").replace("nan", "")
    counting = held["relation"].isin(COUNTING_RELATIONS)
    counted = analysis.bom.lines["counted"].to_numpy()[held["line"].to_numpy()]
    forms = analysis.exposures.forms
    keys = pd.MultiIndex.from_arrays([forms["mineral"], forms["form"]])
    wanted = pd.MultiIndex.from_arrays([frame["mineral"], frame["form"]])
    at = keys.get_indexer(wanted)
    for name, test in (
        ("acute_form", forms["acute"]),
        ("listed", forms["critical_2025"]),
        ("nir_50", (forms["nir_low"] >= 50) & forms["critical_2025"]),
        ("nir_100", (forms["nir_low"] >= 100) & forms["critical_2025"]),
        ("china_led", forms["china_led"] & forms["critical_2025"]),
    ):
        told = test.to_numpy(dtype=bool)
        frame[name] = (at >= 0) & told[at] if len(told) else False
    frame["acute"] = frame["acute_form"] & held["function"].isin(FUNCTIONAL)
    frame["counting"] = counting & counted
    frame = frame.sort_values(
        ["line", "mineral", "counting", "presence", "function"],
        ascending=[True, True, False, False, False],
        kind="stable",
    ).reset_index(drop=True)
    frame["counts"] = frame["counting"] & ~frame.duplicated(["line", "mineral"])
    return frame


def acting(analysis: Analysis) -> pd.DataFrame:
    """Per acute mineral of the 2025 list the counted lines whose function it carries.

    Index: mineral id. Columns: lines_certain, lines_likely, spend_certain, spend_likely (known
    spend only), first (row position of the line with most spend).
    """
    frame = facts_frame(analysis)
    frame = frame[frame["acute"] & frame["counting"] & frame["listed"]]
    frame = frame[frame["presence"] >= "likely"]
    strongest = frame.sort_values("presence", ascending=False, kind="stable")
    strongest = strongest.drop_duplicates(["line", "mineral"])
    spend = analysis.exposures.lines["spend"].to_numpy()[strongest["line"].to_numpy()]
    sure = (strongest["presence"] == "certain").to_numpy()
    told = pd.DataFrame(
        {
            "mineral": strongest["mineral"].to_numpy(),
            "line": strongest["line"].to_numpy(),
            "lines_certain": sure.astype("int64"),
            "lines_likely": (~sure).astype("int64"),
            "spend_certain": np.where(sure, np.nan_to_num(spend), 0.0),
            "spend_likely": np.where(~sure, np.nan_to_num(spend), 0.0),
        }
    ).sort_values(
        ["lines_certain", "spend_certain", "spend_likely", "line"],
        ascending=[False, False, False, True],
        kind="stable",
    )
    sums = ["lines_certain", "lines_likely", "spend_certain", "spend_likely"]
    grouped = told.groupby("mineral", sort=True)
    return grouped[sums].sum().join(grouped["line"].first().rename("first"))
