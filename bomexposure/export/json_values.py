"""Declared tables as plain JSON values: unknown becomes null by whole columns, never in passing.

orjson writes NaN as null without a word, which would hide a fault; so each column is turned on
purpose, and what is left over can be searched for NaN by a test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd


def numbers(column: pd.Series[Any]) -> list[float | int | None]:
    """Figures of a column; NaN, NA and infinities are null, whole numbers stay whole."""
    if str(column.dtype) in ("int64", "bool"):
        return column.tolist()
    if str(column.dtype) == "Int64":
        return [None if one is pd.NA else int(one) for one in column.tolist()]
    cells = column.to_numpy(dtype="float64")
    made = cells.astype(object)
    made[~np.isfinite(cells)] = None
    return made.tolist()


def texts(column: pd.Series[Any]) -> list[str | None]:
    """Texts of a column; the empty text and a missing category are null."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        words = [str(word) or None for word in column.cat.categories]
        return [None if code < 0 else words[code] for code in column.cat.codes.tolist()]
    return [one or None for one in column.tolist()]


def split(column: pd.Series[Any], mark: str = ";") -> list[list[str]]:
    """Lists that a text column holds joined by `mark`; the empty text is the empty list."""
    known: dict[str, list[str]] = {}
    for text in column.unique().tolist():
        known[text] = [part.strip() for part in text.split(mark) if part.strip()]
    return [known[text] for text in column.tolist()]


def records(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """One dict per row out of columns of equal length."""
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def ranges(frame: pd.DataFrame, stem: str) -> list[dict[str, Any]]:
    """`{"low", "typical", "high"}` per row from the columns STEM_low, STEM_typical, STEM_high."""
    ends = ("low", "typical", "high")
    return records(ends, [numbers(frame[f"{stem}_{end}"]) for end in ends])


def bounds(frame: pd.DataFrame, stem: str) -> list[dict[str, Any]]:
    """`{"low", "high"}` per row from the columns STEM_low and STEM_high."""
    return records(("low", "high"), [numbers(frame[f"{stem}_{end}"]) for end in ("low", "high")])


def offsets(lines: pd.Series[Any], count: int) -> list[int]:
    """Where the rows of each line begin in a table sorted by line; `count + 1` positions."""
    cuts: list[int] = np.searchsorted(lines.to_numpy(), np.arange(count + 1)).tolist()
    return cuts


def plain(value: Any) -> Any:
    """A nested value of few parts as JSON knows it: NaN and NA to null, dates to ISO text."""
    if value is None or value is pd.NA:
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(one) for one in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
