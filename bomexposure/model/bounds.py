"""Intervals: what a source prints as a range stays a range."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """A closed interval of plain numbers; `low == high` when the value is exact."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"bounds run backwards: {self.low} to {self.high}")

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Range:
    """Low, typical and high of one quantity; the unit stands with the field that holds it."""

    low: float
    typical: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.typical <= self.high:
            raise ValueError(f"range out of order: {self.low}, {self.typical}, {self.high}")
