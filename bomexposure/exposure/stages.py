"""World output by stage: one stage is one publisher and one year, never a mixture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

MINED = "mine"
THIS_MINERAL = "this mineral"
"""How PRODUCERS says that a figure is for the mineral itself and no group."""
COMPLETE = 1.0
"""Percent up to which what a list leaves over is rounding, and no country that it forgot."""
Interval = tuple[float, float]
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Holder:
    """A country's share of something, percent, low and high; NaN where listed without a figure."""

    country: str
    iso3: str
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one whole by country.

    Attributes:
        named: countries by code, in the order of the source; a code that is printed twice adds up.
        others: share of countries that are not named, percent; NaN where not printed.
    """

    named: dict[str, Holder]
    others: float

    @classmethod
    def of(cls, rows: Iterable[Holder]) -> Shares:
        named: dict[str, Holder] = {}
        others = NAN
        for row in rows:
            if not row.iso3:
                others = row.high if np.isnan(others) else others + row.high
                continue
            old = named.get(row.iso3)
            if old is not None:
                row = Holder(
                    old.country, old.iso3, old.low + row.low, old.high + row.high, old.source
                )
            named[row.iso3] = row
        return cls(named, others)

    def share(self, iso3: str) -> Interval:
        """A country's share; one that is not named has 0 up to the share of the others."""
        row = self.named.get(iso3)
        if row is not None:
            return row.low, row.high
        return 0.0, 0.0 if np.isnan(self.others) else self.others


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one mineral from one publisher and year.

    Attributes:
        shares: of world output.
        whole_market: the stage carries a headline share or stands on the allow-list, so that the
            whole market of the mineral passes through it.
    """

    name: str
    group: str
    year: str
    publisher: str
    shares: Shares
    whole_market: bool
    headline: bool = False
    """Carries the mineral's headline share."""
    excluded: Interval = (0.0, 0.0)
    """Share of the excluded countries together, percent, where they were given."""
    kind: str = "production"
    scope: str = ""
    """'' for this mineral, else the group that the figures are for."""

    @property
    def rows(self) -> tuple[Holder, ...]:
        """The countries that are named."""
        return tuple(self.shares.named.values())

    def together(self, codes: Iterable[str]) -> Interval:
        """Share of some named countries together, percent."""
        rows = [self.shares.named[one] for one in codes if one in self.shares.named]
        low = sum(row.low for row in rows if not np.isnan(row.low))
        return low, min(100.0, sum(row.high for row in rows if not np.isnan(row.high)))


def holders_by_mineral(table: pd.DataFrame) -> dict[str, list[Holder]]:
    """Rows of a table with mineral, country, iso3, share_low, share_high, source, by mineral."""
    made: dict[str, list[Holder]] = {}
    columns = ["mineral", "country", "iso3", "share_low", "share_high", "source"]
    for mineral, country, iso3, low, high, source in _rows(table, columns):
        made.setdefault(mineral, []).append(Holder(country, iso3, float(low), float(high), source))
    return made


def stages_by_mineral(producers: pd.DataFrame) -> dict[str, list[Stage]]:
    """Each stage of each mineral once, from its best source, sorted by name.

    Best is the headline, then what stands on the allow-list, then the newest, then the fullest.
    Unconfirmed rows are left out.
    """
    columns = ["mineral", "stage", "stage_group", "year", "publisher", "headline", "allowed",
               "confidence", "country", "iso3", "share_low", "share_high", "source", "kind",
               "scope"]  # fmt: skip
    tables: dict[tuple[str, str], dict[tuple[str, str], list[Any]]] = {}
    for row in _rows(producers, columns):
        if row[7] != "unconfirmed":
            tables.setdefault(row[:2], {}).setdefault(row[3:5], []).append(row)
    made: dict[str, list[Stage]] = {}
    for mineral, stage in sorted(tables):
        editions = tables[mineral, stage]
        best = max(
            sorted(editions),
            key=lambda one: (
                any(row[5] for row in editions[one]),
                any(row[6] for row in editions[one]),
                one[0],
                len(editions[one]),
            ),
        )
        rows = editions[best]
        shares = Shares.of(
            Holder(row[8], row[9], float(row[10]), float(row[11]), row[12]) for row in rows
        )
        whole = any(row[5] or row[6] for row in rows)
        made.setdefault(mineral, []).append(
            Stage(
                stage,
                rows[0][2],
                best[0],
                best[1],
                shares,
                whole,
                any(row[5] for row in rows),
                kind=rows[0][13] or "production",
                scope="" if rows[0][14] == THIS_MINERAL else rows[0][14],
            )
        )
    return made


def stages_of(producers: pd.DataFrame, mineral: str, excluded: tuple[str, ...]) -> list[Stage]:
    """The stages of one mineral, with the share of the excluded countries; see above."""
    own = producers[producers["mineral"] == mineral]
    return [
        replace(one, excluded=one.together(excluded))
        for one in stages_by_mineral(own).get(mineral, [])
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain (mining, refining, ...): every list of it, the newest first.

    `lists[0]` is the newest list that names more than one country, where there is one: a figure for
    China alone says nothing of who else could supply.
    """

    lists: tuple[Stage, ...]

    @property
    def newest(self) -> Stage:
        return self.lists[0]

    @property
    def whole_market(self) -> bool:
        return any(one.whole_market for one in self.lists)

    @property
    def left_over(self) -> float:
        """Percent of output that the newest list gives to no named country."""
        shares = self.newest.shares
        if not np.isnan(shares.others):
            return shares.others
        named = sum(row.low for row in shares.named.values() if not np.isnan(row.low))
        return max(0.0, 100.0 - named)

    def excluded(self, codes: tuple[str, ...]) -> Interval:
        """Largest share of the excluded countries together over the whole-market lists."""
        counted = [one for one in self.lists if one.whole_market] or list(self.lists)
        return max((one.together(codes) for one in counted), key=lambda ends: (ends[1], ends[0]))


def steps_of(stages: list[Stage]) -> list[Step]:
    """The stages of one mineral gathered into steps; capacity and ownership are no output.

    Lists of one stage group are one step, unless one publication prints several products of it
    (ilmenite and rutile): then each is a step, and the other lists go to the headline product.
    """
    made: list[Step] = []
    groups: dict[str, list[Stage]] = {}
    for stage in stages:
        if stage.kind == "production" and "capacity" not in stage.name:
            groups.setdefault(stage.group, []).append(stage)
    for _, own in sorted(groups.items()):
        of_year: dict[tuple[str, str], list[Stage]] = {}
        for one in own:
            if one.headline or _printed_by_country(one):
                of_year.setdefault((one.publisher, one.year), []).append(one)
        several = max(of_year.values(), key=lambda many: (len(many), _age(many[0])), default=[])
        products = sorted(several, key=lambda one: (not one.headline, not one.whole_market))
        if len(products) < 2:
            made.append(Step(_newest_first(own)))
            continue
        rest = [one for one in own if one not in products]
        made.append(Step(_newest_first([products[0], *rest])))
        made += [Step((one,)) for one in products[1:]]
    return made


def _printed_by_country(stage: Stage) -> bool:
    return len(stage.shares.named) > 1


def _newest_first(lists: list[Stage]) -> tuple[Stage, ...]:
    return tuple(sorted(lists, key=lambda one: (_printed_by_country(one), _age(one)), reverse=True))


def _age(stage: Stage) -> tuple[int, bool, bool, int]:
    """Sorts lists by the year of their data, the headline first among those of one year.

    A list whose year is that of its edition ("n/s (2023 ed.)") speaks of some three years before.
    """
    found = re.findall(r"\d{4}", stage.year)
    year = int(found[-1]) - (3 if "ed." in stage.year else 0) if found else 0
    return year, stage.headline, stage.whole_market, len(stage.shares.named)


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in columns), strict=True)


def bottleneck_of(stages: list[Stage], excluded: tuple[str, ...]) -> str:
    """The stage at which the excluded countries' share is highest; '' where no stage is known.

    Stages that the whole market passes through come before side branches such as magnets.
    """
    if not stages:
        return ""

    def rank(stage: Stage) -> tuple[bool, float, float, str]:
        low, high = stage.together(excluded)
        return stage.whole_market, high, low, stage.name

    return max(stages, key=rank).name
