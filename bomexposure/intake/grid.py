"""A sheet as columns of distinct cells, so that texts are cleaned and parsed once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.intake.facts import NO_FACTS, SheetFacts

Texts = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """One column: `codes[row]` points into the distinct cells.

    Attributes:
        texts: each distinct cell as a person reads it, "" for a blank one.
        numbers: the cell's number where the sheet held a number, NaN where it held text.
        full: whether the distinct cell holds more than blanks.
    """

    codes: Codes
    texts: Texts
    numbers: Numbers
    full: Mask

    @staticmethod
    def of(values: Sequence[Any]) -> Cells:
        """From cell values as a reader gives them: text, number, bool, date, time or None."""
        column = np.empty(len(values), dtype=object)
        column[:] = values
        codes, distinct = pd.factorize(column, use_na_sentinel=False)
        texts = np.empty(len(distinct), dtype=object)
        if set(map(type, distinct)) <= {str}:
            texts[:] = distinct
            numbers = np.full(len(distinct), np.nan)
        else:
            texts[:] = [as_text(value) for value in distinct]
            numbers = np.array([_number(value) for value in distinct], dtype=np.float64)
        return Cells(codes.astype(np.intp, copy=False), texts, numbers, _full(texts))

    @staticmethod
    def blank(count: int) -> Cells:
        return Cells.of([""] * count)

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        return str(self.texts[self.codes[row]])

    def all_texts(self) -> Texts:
        """The text of every row."""
        return self.texts[self.codes]

    def filled(self) -> Mask:
        """True for each row whose cell is not blank."""
        return self.full[self.codes]

    def tidy(self) -> Cells:
        """The same rows with cells of nothing but blanks empty."""
        if self.full.all():
            return self
        texts = self.texts.copy()
        texts[~self.full] = ""
        return replace(self, texts=texts)

    def take(self, rows: Codes) -> Cells:
        """The cells of `rows` only; distinct cells are those that are left."""
        codes, kept = pd.factorize(self.codes[rows])
        kept = kept.astype(np.intp, copy=False)
        return Cells(
            codes.astype(np.intp, copy=False), self.texts[kept], self.numbers[kept], self.full[kept]
        )

    def map_texts(self, change: Callable[[str], str]) -> Cells:
        """The same rows with each distinct text changed."""
        texts = np.empty(len(self.texts), dtype=object)
        texts[:] = [change(text) for text in self.texts]
        return replace(self, texts=texts, full=_full(texts))


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rectangular, row 0 is the sheet's first row.

    Attributes:
        facts: what number formats, row settings and formulas say, where the format tells.
        note: what had to be left out to read the sheet, "" where nothing.
    """

    name: str
    columns: tuple[Cells, ...]
    height: int
    visible: bool = True
    facts: SheetFacts = NO_FACTS
    note: str = ""

    @staticmethod
    def of(name: str, rows: Sequence[Sequence[Any]], visible: bool = True) -> Grid:
        """From rows of possibly unequal length; cells beyond a row's end are blank."""
        width = max(map(len, rows), default=0)
        if rows and any(len(row) != width for row in rows):
            rows = [[*row, *[""] * (width - len(row))] for row in rows]
        columns = tuple(Cells.of(column) for column in zip(*rows, strict=True))
        return Grid(name, columns, len(rows), visible)

    @property
    def width(self) -> int:
        return len(self.columns)

    def only(self, rows: range, columns: range) -> Grid:
        """The same sheet with every cell outside these rows and columns blank."""
        outside = np.ones(self.height, dtype=bool)
        outside[rows.start : rows.stop] = False
        kept = []
        for number, cells in enumerate(self.columns):
            if number not in columns:
                kept.append(Cells.blank(self.height))
                continue
            blank = len(cells.texts)
            codes = np.where(outside, blank, cells.codes)
            texts = np.append(cells.texts, np.array([""], dtype=object))
            kept.append(Cells(codes, texts, np.append(cells.numbers, np.nan), _full(texts)))
        return replace(self, columns=tuple(kept))

    def row_texts(self, row: int) -> list[str]:
        return [column.text(row) for column in self.columns]

    def filled(self) -> npt.NDArray[np.int64]:
        """How many cells of each row hold something."""
        count = np.zeros(self.height, dtype=np.int64)
        for column in self.columns:
            count += column.filled()
        return count


def _full(texts: Texts) -> Mask:
    return np.array([bool(text.strip()) for text in texts], dtype=bool)


def as_text(value: Any) -> str:
    """A cell as a person reads it: 3.0 is '3', a date is ISO, a truth value as Excel writes it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value != value:
            return ""
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return format(value, ".15g")
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return str(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return float("nan")
    return float(value)
