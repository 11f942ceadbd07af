"""Where figures come from: every number has an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bomexposure.model.tables import Column, Table

FIGURES = Table(
    "FIGURES",
    "One row per citable figure. An id is one figure: unique by set, table, row and year.",
    (
        Column("id", "str", "such as 'mcs2026/nir/gallium/2025'"),
        Column("set", "category", "id of the shipped set or of the user's own"),
        Column("title", "category", "title of the publication"),
        Column("publisher", "category", "who published it"),
        Column("locator", "str", "table, chapter, page or row in the publication"),
        Column("year", "str", "year of the figure as the source says it, '' where it does not"),
        Column("printed", "str", "the value as printed there, '' for a statement in words"),
        Column("url", "category", "address of the publication, '' where none"),
        Column("kind", "category", "'published', 'derived', 'lookup', 'handbook' or 'estimate'"),
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One citable figure; see FIGURES for the fields."""

    id: str
    set: str
    title: str
    publisher: str
    locator: str
    year: str
    printed: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A shipped or imported data set, as its SOURCE.toml says."""

    id: str
    title: str
    publisher: str
    edition: str
    sha256: str
    licence: str = ""
    published: str = ""
    retrieved: str = ""
    url: str = ""
    gaps: tuple[str, ...] = ()


class Sources:
    """All citable figures, looked up by id."""

    def __init__(self, figures: pd.DataFrame) -> None:
        self._figures = figures.drop_duplicates("id").set_index("id", drop=False)
        self._cells: dict[str, list[Any]] = {}

    def __contains__(self, figure_id: object) -> bool:
        return figure_id in self._figures.index

    def __len__(self) -> int:
        return len(self._figures)

    def __getitem__(self, figure_id: str) -> Figure:
        """The figure; KeyError for an id that no set has."""
        at = self._figures.index.get_loc(figure_id)
        if not self._cells:  # a page cites a hundred figures, and rows of a frame are slow to make
            self._cells = {name: self._figures[name].tolist() for name in FIGURES.names}
        return Figure(**{name: str(cells[at]) for name, cells in self._cells.items()})

    @property
    def ids(self) -> list[str]:
        """All figure ids, in the order of the sets."""
        return [str(one) for one in self._figures.index]

    def table(self, ids: Iterable[str]) -> pd.DataFrame:
        """A FIGURES table of the ids asked for, each once, in the order of first asking."""
        wanted = [one for one in dict.fromkeys(ids) if one in self._figures.index]
        return self._figures.loc[wanted].reset_index(drop=True)

    @property
    def every(self) -> pd.DataFrame:
        """A FIGURES table of all of them, in the order of the sets."""
        return self._figures.reset_index(drop=True)

    def joined(self, more: pd.DataFrame) -> Sources:
        """These figures and more."""
        return Sources(FIGURES.conform(pd.concat([self._figures, more], ignore_index=True)))
