"""Which line of one revision is which line of the next.

Lines are paired by fingerprint under the same parent, then by fingerprint, then by parent and part
number; what is left is offered in close pairs for review, and never taken in silence.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from bomexposure.exposure.holding import Array
from bomexposure.model.tables import Column, Table

CLOSE_FROM = 82.0
"""Likeness of the texts, 0 to 100, from which two lines are offered as a pair."""
CLOSEST_OF = 3000
"""At most this many lines a side are compared by text: beyond it a review is no longer one."""

ALIGNMENT = Table(
    "ALIGNMENT",
    "One row per counted line of either revision; -1 where it has no partner.",
    (
        Column("a", "int64", "row position in the first revision's LINES"),
        Column("b", "int64", "row position in the second's"),
        Column("how", "category", "how they were paired",
               values=("none", "close", "part number", "fingerprint")),
        Column("likeness", "float64", "of the texts, for close pairs", "0 to 100"),
    ),
)  # fmt: skip


def align(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """An ALIGNMENT of two LINES tables, in the order of the second, removed lines last."""
    left_a = np.flatnonzero(before["counted"].to_numpy(dtype=bool))
    left_b = np.flatnonzero(after["counted"].to_numpy(dtype=bool))
    pairs: list[pd.DataFrame] = []
    for how, key in (
        ("fingerprint", _under_parent("fingerprint")),
        ("fingerprint", _own("fingerprint")),
        ("part number", _under_parent("part_number")),
        ("part number", _own("part_number")),
    ):
        found = _paired(key(before, left_a), left_a, key(after, left_b), left_b)
        pairs.append(found.assign(how=how, likeness=np.nan))
        left_a = np.setdiff1d(left_a, found["a"])
        left_b = np.setdiff1d(left_b, found["b"])
    close = _close(before, left_a, after, left_b)
    pairs.append(close.assign(how="close"))
    left_a = np.setdiff1d(left_a, close["a"])
    left_b = np.setdiff1d(left_b, close["b"])
    pairs.append(pd.DataFrame({"a": -1, "b": left_b, "how": "none", "likeness": np.nan}))
    pairs.append(pd.DataFrame({"a": left_a, "b": -1, "how": "none", "likeness": np.nan}))
    every = pd.concat([one for one in pairs if len(one)] or pairs[-1:], ignore_index=True)
    order = np.lexsort((every["a"], every["b"], every["b"] < 0))
    return ALIGNMENT.conform(every.iloc[order].reset_index(drop=True))


def _own(column: str) -> Any:
    def key(lines: pd.DataFrame, at: Array) -> pd.Series[Any]:
        return pd.Series(lines[column].to_numpy(dtype=object)[at], dtype="str")

    return key


def _under_parent(column: str) -> Any:
    def key(lines: pd.DataFrame, at: Array) -> pd.Series[Any]:
        own = lines[column].to_numpy(dtype=object)
        parent = lines["parent_line"].to_numpy()[at]
        above = np.where(parent >= 0, own[parent], "") if len(own) else own
        cells = pd.Series(own[at], dtype="str")
        joined = cells + "\x1f" + pd.Series(above, dtype="str")
        return joined.where(cells != "", "")

    return key


def _paired(
    keys_a: pd.Series[Any], at_a: Array, keys_b: pd.Series[Any], at_b: Array
) -> pd.DataFrame:
    """Lines of equal key, first with first, second with second; '' pairs nothing."""
    left = pd.DataFrame({"key": keys_a, "a": at_a})
    right = pd.DataFrame({"key": keys_b, "b": at_b})
    left, right = left[left["key"] != ""], right[right["key"] != ""]
    left = left.assign(turn=left.groupby("key").cumcount())
    right = right.assign(turn=right.groupby("key").cumcount())
    return left.merge(right, on=["key", "turn"])[["a", "b"]]


def _close(before: pd.DataFrame, at_a: Array, after: pd.DataFrame, at_b: Array) -> pd.DataFrame:
    """Best pairs of what is left, by likeness of their texts; each line at most once."""
    none = pd.DataFrame({"a": [], "b": [], "likeness": []}).astype({"a": "int64", "b": "int64"})
    at_a, at_b = at_a[:CLOSEST_OF], at_b[:CLOSEST_OF]
    if not len(at_a) or not len(at_b):
        return none
    likeness = process.cdist(
        _texts(before, at_a), _texts(after, at_b), scorer=fuzz.token_sort_ratio,
        score_cutoff=CLOSE_FROM, dtype=np.float32,
    )  # fmt: skip
    rows, columns = np.nonzero(likeness)
    order = np.lexsort((columns, rows, -likeness[rows, columns]))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    made = []
    for one in order:
        row, column = int(rows[one]), int(columns[one])
        if row in taken_a or column in taken_b:
            continue
        taken_a.add(row)
        taken_b.add(column)
        made.append((int(at_a[row]), int(at_b[column]), float(likeness[row, column])))
    return pd.DataFrame(made, columns=["a", "b", "likeness"]) if made else none


def _texts(lines: pd.DataFrame, at: Array) -> list[str]:
    cells = lines[["part_number", "mpn", "description", "value", "material"]].iloc[at]
    return [" ".join(" ".join(row).split()).casefold() for row in cells.to_numpy(dtype=object)]
