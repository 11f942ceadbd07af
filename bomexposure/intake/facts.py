"""What a sheet's settings say beside its cells."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one sheet; rows and columns are 0-based.

    Attributes:
        rows, columns: one past the last cell's.
        zeros: (row, column) -> digits that the format shows; percents: cells shown in percent.
        currencies, units: column -> what its formats print beside the numbers.
        merges: merged ranges as (first row, column), (last row, column).
        indents: column -> row -> indentation; outline: row -> group depth.
    """

    rows: int = 0
    columns: int = 0
    hidden: frozenset[int] = frozenset()
    outline: dict[int, int] = field(default_factory=dict)
    uncached: tuple[tuple[int, int], ...] = ()
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    currencies: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    indents: dict[int, dict[int, int]] = field(default_factory=dict)
    merges: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


NO_FACTS = SheetFacts()
