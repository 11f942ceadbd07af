"""Exposure by assembly, supplier, country of origin, category and kind of part.

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
NOT_RECOGNISED = "(not recognised)"
DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group the counted lines.

    Attributes:
        kind: one of GROUP_KINDS.
        keys, labels: one per group.
        layers: each the group of every line, -1 for none. A line may stand in several assemblies,
            one per level above it: then every level is a layer.
    """

    kind: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    layers: tuple[Array, ...]

    def members(self) -> tuple[Array, Array]:
        """Group and line of each member, layer by layer."""
        lines = [np.flatnonzero(layer >= 0) for layer in self.layers]
        groups = [layer[line] for layer, line in zip(self.layers, lines, strict=True)]
        return np.concatenate(groups), np.concatenate(lines)

    def spread(self, line: Array) -> list[tuple[Array | slice, Array]]:
        """For entries that name their line: which stand in a group, and in which; per layer."""
        found: list[tuple[Array | slice, Array]] = []
        for layer in self.layers:
            group = layer[line]
            inside = np.flatnonzero(group >= 0)
            whole = len(inside) == len(group)
            found.append((slice(None), group) if whole else (inside, group[inside]))
        return found


def families_of(recognitions: pd.DataFrame, subjects: pd.DataFrame) -> Array:
    """Per line the family of its class, else of its first material; '' where neither is known.

    For people: 'Optoelectronics'.
    """
    named = (str(one) for one in subjects["family"])
    family = dict(zip(subjects["id"], (one[:1].upper() + one[1:] for one in named), strict=True))
    classes, class_names = pd.factorize(recognitions["component_class"].to_numpy(dtype=object))
    stuff, stuff_names = pd.factorize(recognitions["materials"].to_numpy(dtype=object))
    by_class = np.array([family.get(one, "") for one in class_names], dtype=object)[classes]
    firsts = [family.get(str(one).partition(";")[0], "") for one in stuff_names]
    by_stuff = np.array(firsts, dtype=object)[stuff]
    made: Array = np.where(by_class == "", by_stuff, by_class)
    return made


def groupings_of(lines: pd.DataFrame, families: Array | None = None) -> tuple[Grouping, ...]:
    """Every grouping that the BOM has columns for, and by kind of part where `families` has it.

    Blank cells read '(not given)'. `families` has one word per line, see families_of.
    """
    counted = np.flatnonzero(lines["counted"].to_numpy(dtype=bool))
    made = [_assemblies(lines, counted)]
    category = lines["category"].to_numpy(dtype=object)[counted]
    section = lines["section"].to_numpy(dtype=object)[counted]
    texts = {
        "supplier": lines["supplier"].to_numpy(dtype=object)[counted],
        "origin": lines["origin"].to_numpy(dtype=object)[counted],
        "category": np.where(category == "", section, category),
    }
    made += [
        _by_text(kind, cells, counted, len(lines), any_case=kind == "category")
        for kind, cells in texts.items()
    ]
    if families is not None:
        own = families[counted]
        made.append(_by_text("family", own, counted, len(lines), blank=NOT_RECOGNISED))
    return tuple(one for one in made if one.keys)


def _assemblies(lines: pd.DataFrame, counted: Array) -> Grouping:
    """Each counted line under each of its ancestors."""
    parent = lines["parent_line"].to_numpy()
    above = np.full(len(lines), -1, dtype=np.int64)
    above[counted] = parent[counted]
    levels: list[Array] = []
    while len(levels) < DEEPEST and (above >= 0).any():
        levels.append(above)
        above = np.where(above >= 0, parent[above], -1)
    is_head = np.zeros(len(lines) + 1, dtype=bool)
    for level in levels:
        is_head[level] = True
    heads = np.flatnonzero(is_head[:-1])
    place = np.append(np.cumsum(is_head[:-1]) - 1, -1)
    named = lines[["id", "part_number", "description"]].iloc[heads].to_numpy(dtype=object)
    keys = tuple(str(line_id) for line_id, _, _ in named)
    labels = tuple(
        " ".join(f"{number} {text}".split()) or str(line_id) for line_id, number, text in named
    )
    return Grouping("assembly", keys, labels, tuple(place[level] for level in levels))


def _by_text(
    kind: str, cells: Array, counted: Array, count: int, *, any_case: bool = False,
    blank: str = NOT_GIVEN,
) -> Grouping:  # fmt: skip
    """One group per distinct text; `any_case` takes 'Pump' and 'pump' for one."""
    codes, names = pd.factorize(cells)
    # spaces are folded once per distinct text, not once per line
    folded = np.array([" ".join(str(name).split()) for name in names], dtype=object)
    if any_case:
        # named as most of its lines write it
        often = np.argsort(-np.bincount(codes, minlength=len(names)), kind="stable")
        spelled = {folded[at].casefold(): folded[at] for at in often[::-1]}
        folded = np.array([spelled[one.casefold()] for one in folded], dtype=object)
    again, distinct = pd.factorize(folded, sort=True)
    if not len(distinct) or list(distinct) == [""]:
        return Grouping(kind, (), (), ())
    keys = tuple(str(key) for key in distinct)
    layer = np.full(count, -1, dtype=np.int64)
    layer[counted] = again[codes]
    return Grouping(kind, keys, tuple(key or blank for key in keys), (layer,))


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
        name: (holdings.line[where], holdings.mineral[where])
        for name, where in (("minerals", sure & listed), ("minerals_acute", hot))
    }
    worth = _Worth.of(every, spend)
    tables, cells = [], []
    for grouping in groupings:
        size = len(grouping.keys)
        group, line = grouping.members()
        money = spend[line]
        table = pd.DataFrame(
            {
                "kind": grouping.kind,
                "key": grouping.keys,
                "label": grouping.labels,
                "lines": np.bincount(group, minlength=size),
                "lines_unknown": np.bincount(group, unknown[line], minlength=size).astype("int64"),
                "spend": sum_known(group, money, size),
            }
        )
        for word, rank in (("certain", CERTAIN), ("likely", LIKELY)):
            at = acute[line] == rank
            part = np.bincount(group[at], np.nan_to_num(money[at]), minlength=size)
            table[f"spend_acute_{word}"] = np.where(table["spend"].notna(), part, np.nan)
        for name, (held_line, mineral) in counts.items():
            table[name] = _distinct(grouping, held_line, mineral, len(holdings.minerals))
        tables.append(
            table.sort_values(
                ["spend_acute_certain", "spend_acute_likely", "minerals_acute", "spend", "key"],
                ascending=[False, False, False, False, True],
                na_position="last",
                kind="stable",
            )
        )
        cells.append(_heat(grouping, every, worth, holdings.minerals))
    if not tables:
        return GROUP_EXPOSURES.empty(), GROUP_MINERALS.empty()
    return (
        GROUP_EXPOSURES.conform(pd.concat(tables, ignore_index=True)),
        GROUP_MINERALS.conform(pd.concat(cells, ignore_index=True)),
    )


def _distinct(grouping: Grouping, line: Array, code: Array, codes: int) -> Array:
    """Per group how many different codes its lines hold."""
    size, count = len(grouping.keys), max(codes, 1)
    seen = np.zeros(size * count, dtype=bool)
    for inside, group in grouping.spread(line):
        seen[group * count + code[inside]] = True
    distinct: Array = seen.reshape(size, count).sum(axis=1)
    return distinct


@dataclass(frozen=True, slots=True)
class _Worth:
    """Spend behind each pair of line and mineral.

    Attributes:
        known: whether the line has one; certain, likely: it, where held so, else 0.
    """

    known: Array
    certain: Array
    likely: Array

    @classmethod
    def of(cls, pairs: Pairs, spend: Array) -> _Worth:
        money = spend[pairs.line]
        worth, certain = np.nan_to_num(money), pairs.rank == CERTAIN
        return cls(~np.isnan(money), np.where(certain, worth, 0.0), np.where(certain, 0.0, worth))


def _heat(
    grouping: Grouping, held: Pairs, worth: _Worth, minerals: tuple[str, ...]
) -> pd.DataFrame:
    count = max(len(minerals), 1)
    layers = grouping.spread(held.line)
    key = np.concatenate([group * count + held.code[inside] for inside, group in layers])
    lines = np.bincount(key, minlength=len(grouping.keys) * count)
    cell = np.flatnonzero(lines)

    def total(cells: Array) -> Array:
        spread = np.concatenate([cells[inside] for inside, _ in layers])
        return np.bincount(key, spread, minlength=len(lines))[cell]

    known = total(worth.known) > 0
    return pd.DataFrame(
        {
            "kind": grouping.kind,
            "key": np.array(grouping.keys, dtype=object)[cell // count],
            "mineral": np.array(minerals, dtype=object)[cell % count] if len(cell) else [],
            "lines": lines[cell],
            "lines_certain": total(held.rank == CERTAIN).astype("int64"),
            "spend_certain": np.where(known, total(worth.certain), np.nan),
            "spend_likely": np.where(known, total(worth.likely), np.nan),
        }
    )
