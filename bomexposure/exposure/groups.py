"""Exposure by assembly, supplier, country of origin and category.

docs/method.md, section "Groups".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import CERTAIN, LIKELY, Array, Holdings, Pairs, strongest
from bomexposure.exposure.minerals import sum_known
from bomexposure.model.exposure import GROUP_EXPOSURES, GROUP_MINERALS

NOT_GIVEN = "(not given)"
DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group the counted lines.

    Attributes:
        kind: 'assembly', 'supplier', 'origin' or 'category'.
        keys, labels: one per group.
        group, line: the members; a line may stand in several assemblies, one per level above it.
    """

    kind: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    group: Array
    line: Array


def groupings_of(lines: pd.DataFrame) -> tuple[Grouping, ...]:
    """Every grouping that the BOM has columns for; blank cells read '(not given)'."""
    counted = np.flatnonzero(lines["counted"].to_numpy(dtype=bool))
    made = [_assemblies(lines, counted)]
    category = lines["category"].to_numpy(dtype=object)[counted]
    section = lines["section"].to_numpy(dtype=object)[counted]
    texts = {
        "supplier": lines["supplier"].to_numpy(dtype=object)[counted],
        "origin": lines["origin"].to_numpy(dtype=object)[counted],
        "category": np.where(category == "", section, category),
    }
    made += [_by_text(kind, cells, counted) for kind, cells in texts.items()]
    return tuple(one for one in made if one.keys)


def _assemblies(lines: pd.DataFrame, counted: Array) -> Grouping:
    """Each counted line under each of its ancestors."""
    parent = lines["parent_line"].to_numpy()
    member, above = counted, parent[counted]
    found_group, found_line = [], []
    for _ in range(DEEPEST):
        inside = above >= 0
        if not inside.any():
            break
        member, above = member[inside], above[inside]
        found_group.append(above)
        found_line.append(member)
        above = parent[above]
    if not found_group:
        return Grouping("assembly", (), (), np.array([], dtype=int), np.array([], dtype=int))
    heads, group = np.unique(np.concatenate(found_group), return_inverse=True)
    named = lines[["id", "part_number", "description"]].iloc[heads].to_numpy(dtype=object)
    keys = tuple(str(line_id) for line_id, _, _ in named)
    labels = tuple(
        " ".join(f"{number} {text}".split()) or str(line_id) for line_id, number, text in named
    )
    return Grouping("assembly", keys, labels, group, np.concatenate(found_line))


def _by_text(kind: str, cells: Array, counted: Array) -> Grouping:
    codes, names = pd.factorize(cells)
    # spaces are folded once per distinct text, not once per line
    folded = np.array([" ".join(str(name).split()) for name in names], dtype=object)
    again, distinct = pd.factorize(folded, sort=True)
    if not len(distinct) or list(distinct) == [""]:
        return Grouping(kind, (), (), np.array([], dtype=int), np.array([], dtype=int))
    keys = tuple(str(key) for key in distinct)
    return Grouping(kind, keys, tuple(key or NOT_GIVEN for key in keys), again[codes], counted)


def group_exposures(
    groupings: tuple[Grouping, ...],
    holdings: Holdings,
    acute: Array,
    unknown: Array,
    spend: Array,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """GROUP_EXPOSURES (worst acute spend first within a kind) and GROUP_MINERALS.

    `acute` is the rank of each line, `unknown` whether nothing was recognised in it.
    """
    listed = holdings.of_form("critical_2025").astype(bool)
    sure = holdings.rank >= LIKELY
    every = strongest(
        holdings.line[sure], holdings.mineral[sure], holdings.rank[sure], len(holdings.minerals)
    )
    hot = sure & listed & holdings.of_form("acute").astype(bool)
    counts = {
        name: strongest(
            holdings.line[where],
            holdings.mineral[where],
            holdings.rank[where],
            len(holdings.minerals),
        )
        for name, where in (("minerals", sure & listed), ("minerals_acute", hot))
    }
    tables, cells = [], []
    for grouping in groupings:
        size = len(grouping.keys)
        money = spend[grouping.line]
        table = pd.DataFrame(
            {
                "kind": grouping.kind,
                "key": grouping.keys,
                "label": grouping.labels,
                "lines": np.bincount(grouping.group, minlength=size),
                "lines_unknown": np.bincount(
                    grouping.group, unknown[grouping.line], minlength=size
                ).astype("int64"),
                "spend": sum_known(grouping.group, money, size),
            }
        )
        for word, rank in (("certain", CERTAIN), ("likely", LIKELY)):
            at = acute[grouping.line] == rank
            part = np.bincount(grouping.group[at], np.nan_to_num(money[at]), minlength=size)
            table[f"spend_acute_{word}"] = np.where(table["spend"].notna(), part, np.nan)
        for name, once in counts.items():
            table[name] = _distinct_minerals(grouping, once, len(holdings.minerals))
        tables.append(
            table.sort_values(
                ["spend_acute_certain", "spend_acute_likely", "minerals_acute", "spend", "key"],
                ascending=[False, False, False, False, True],
                na_position="last",
                kind="stable",
            )
        )
        cells.append(_heat(grouping, every.line, every.code, every.rank, holdings.minerals, spend))
    if not tables:
        return GROUP_EXPOSURES.empty(), GROUP_MINERALS.empty()
    return (
        GROUP_EXPOSURES.conform(pd.concat(tables, ignore_index=True)),
        GROUP_MINERALS.conform(pd.concat(cells, ignore_index=True)),
    )


def _members_with(grouping: Grouping, line: Array) -> tuple[Array, Array]:
    """For entries sorted by line: (group, entry) for every group that the entry's line is in."""
    start = np.searchsorted(line, grouping.line, side="left")
    many = np.searchsorted(line, grouping.line, side="right") - start
    group = np.repeat(grouping.group, many)
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return group, np.repeat(start, many) + offset


def _distinct_minerals(grouping: Grouping, once: Pairs, minerals: int) -> Array:
    size, count = len(grouping.keys), max(minerals, 1)
    group, entry = _members_with(grouping, once.line)
    seen = np.zeros(size * count, dtype=bool)
    seen[group.astype("int64") * count + once.code[entry]] = True
    distinct: Array = seen.reshape(size, count).sum(axis=1)
    return distinct


def _heat(
    grouping: Grouping,
    line: Array,
    code: Array,
    rank: Array,
    minerals: tuple[str, ...],
    spend: Array,
) -> pd.DataFrame:
    count = max(len(minerals), 1)
    group, entry = _members_with(grouping, line)
    key = group.astype("int64") * count + code[entry]
    lines = np.bincount(key, minlength=len(grouping.keys) * count)
    cell = np.flatnonzero(lines)
    money = spend[line[entry]]
    certain = rank[entry] == CERTAIN
    known = np.bincount(key, ~np.isnan(money), minlength=len(lines))[cell] > 0
    made = {}
    for word, at in (("spend_certain", certain), ("spend_likely", ~certain)):
        amount = np.bincount(key, np.where(at, np.nan_to_num(money), 0.0), minlength=len(lines))
        made[word] = np.where(known, amount[cell], np.nan)
    return pd.DataFrame(
        {
            "kind": grouping.kind,
            "key": np.array(grouping.keys, dtype=object)[cell // count],
            "mineral": np.array(minerals, dtype=object)[cell % count] if len(cell) else [],
            "lines": lines[cell],
            **made,
        }
    )
