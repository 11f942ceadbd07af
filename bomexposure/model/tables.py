"""How tables are declared: what is many lives in pandas frames whose columns are said here once.

A `Table` is a contract, not a container. `conform` builds a frame that keeps it (cheap: casts
whole columns); `check` says where a frame breaks it, and tests call it on every stage's result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a declared table.

    Attributes:
        dtype: `str` (never NA; "" is "not given"), `float64` (NaN is unknown), `int64`, `Int64`
            (NA is unknown), `bool`, or `category` (closed when `values` are given, else open).
        unit: the unit of the figures, "" for texts and counts.
        meaning: what one cell says.
        values: the allowed values of a closed category, in their order of strength.
    """

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A named contract for a frame: its columns in order, their dtypes, units and meaning."""

    name: str
    doc: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """A frame without rows that keeps the contract."""
        return self.conform({})

    def conform(self, data: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
        """A frame with exactly the declared columns and dtypes; missing columns read "unknown".

        Raises KeyError for a column that is not declared: a silent extra column is a wall moved.
        """
        # columns stay as they are: laying equal kinds out as one block copies the table twice
        given = data if isinstance(data, pd.DataFrame) else pd.DataFrame(dict(data), copy=False)
        extra = [str(name) for name in given.columns if name not in self.names]
        if extra:
            raise KeyError(f"{self.name} has no column {', '.join(extra)}")
        made = {column.name: _cast(given, column) for column in self.columns}
        return pd.DataFrame(made, index=pd.RangeIndex(len(given)), columns=self.names, copy=False)

    def check(self, frame: pd.DataFrame) -> list[str]:
        """Every way in which `frame` breaks the contract; empty when it keeps it."""
        faults = []
        if list(frame.columns) != self.names:
            faults.append(f"{self.name}: columns {list(frame.columns)} are not {self.names}")
            return faults
        for column in self.columns:
            cells = frame[column.name]
            if str(cells.dtype) != column.dtype:
                faults.append(f"{self.name}.{column.name}: {cells.dtype} is not {column.dtype}")
            elif column.dtype == "str" and cells.isna().any():
                faults.append(f"{self.name}.{column.name}: NA in a text column")
            elif column.values and tuple(cells.cat.categories) != column.values:
                faults.append(f"{self.name}.{column.name}: categories {list(cells.cat.categories)}")
        return faults


def _cast(given: pd.DataFrame, column: Column) -> pd.Series[Any]:
    count = len(given)
    if column.name not in given.columns:
        blank: Any = {"str": "", "bool": False, "int64": 0, "category": None}.get(
            column.dtype, float("nan")
        )
        cells = pd.Series([blank] * count, dtype="object")
    else:
        cells = given[column.name].reset_index(drop=True)
    if column.dtype == "category":
        if column.values:
            kind = pd.CategoricalDtype(list(column.values), ordered=True)
            return cells.astype(kind)
        return cells if isinstance(cells.dtype, pd.CategoricalDtype) else cells.astype("category")
    if column.dtype == "str":
        made = cells if isinstance(cells.dtype, pd.StringDtype) else cells.astype("str")
        gaps = cells.isna()
        return made.where(~gaps, "").astype("str") if gaps.any() else made
    if column.dtype == "Int64":
        return pd.to_numeric(cells).astype("Int64")
    return cells.astype(column.dtype)  # type: ignore[call-overload, no-any-return]
