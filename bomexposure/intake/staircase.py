"""Levels drawn as a staircase: a column for each level, with a mark or the part in its own.

| L1 | L2 | L3 |          | Level 1 | Level 2 | Level 3  |
| x  |    |    |          | Pump    |         |          |
|    | x  |    |          |         | Rotor   |          |
|    |    | x  |          |         |         | Magnet   |

The first step is read as the level, and the second as the part where the steps name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bomexposure.intake.grid import Cells, Codes, Grid
from bomexposure.intake.headers import roles_of
from bomexposure.intake.words import fold

_STEP = re.compile(r"(.*?)[\s_.\-#]*(\d{1,2})")
_SHORT = frozenset(("", "l", "lv", "lvl", "lev", "s", "st", "e", "n", "niv"))
"""Before the number of a level, where they are no header word themselves."""
_NAMES = ("assembly", "part_number", "description", "item")
MOST_STEPS = 15


@dataclass(frozen=True, slots=True)
class Stairs:
    """Columns of the steps, top product first; `levels` is what each is called, `named` whether
    their cells name the parts, `codes` whether by numbers rather than words."""

    columns: tuple[int, ...]
    levels: tuple[int, ...]
    named: bool
    codes: bool


def find(grid: Grid, headers: Sequence[str], body: Codes) -> Stairs | None:
    """The staircase of a table, None where it has none.

    Each of its lines has one step filled, and goes down by one step at most.
    """
    for first in range(len(headers) - 1):
        numbered = _named_levels(headers, first)
        parts = _named_parts(headers, first)
        for levels in [numbered] if numbered else [parts[:n] for n in range(len(parts), 2, -1)]:
            stairs = _climbed(grid, first, levels, body)
            if stairs:
                return stairs
    return None


def _climbed(grid: Grid, first: int, levels: tuple[int, ...], body: Codes) -> Stairs | None:
    """The stairs of columns from `first` on where their cells climb, else None."""
    if len(levels) >= 2:
        columns = tuple(range(first, first + len(levels)))
        filled = np.array([grid.columns[column].filled()[body] for column in columns])
        used = filled.sum(axis=0)
        everything = np.array([column.filled()[body] for column in grid.columns]).sum(axis=0)
        # a second row of heads, which number the steps, is no line
        lines = (used < 2) | (everything > used)
        filled, used, whole = filled[:, lines], used[lines], everything[lines] >= 2
        if not (used == 1).any() or (used > 1).any() or (used[whole] == 1).mean() < 0.8:
            return None
        step = np.argmax(filled, axis=0)[used == 1]
        if step[0] == 0 and len(np.unique(step)) > 1 and (np.diff(step) > 1).mean() <= 0.05:
            return _read(grid, columns, levels, body)
    return None


def _named_levels(headers: Sequence[str], first: int) -> tuple[int, ...]:
    """Levels of a run of headers such as L0, L1, L2 or "Ebene 1", "Ebene 2", else ()."""
    if roles_of(headers[first]).get("level", 0.0) >= 0.7:
        blank = next((at for at, header in enumerate(headers[first + 1 :]) if header.strip()), 0)
        if 0 < blank < MOST_STEPS:
            return tuple(range(1, blank + 2))
    found = _STEP.fullmatch(headers[first].strip())
    if not found or int(found.group(2)) > 1:
        return ()
    stem = fold(found.group(1))
    if stem not in _SHORT and roles_of(stem).get("level", 0.0) < 0.7:
        return ()
    levels = [int(found.group(2))]
    for header in headers[first + 1 : first + MOST_STEPS]:
        after = _STEP.fullmatch(header.strip())
        if not after or fold(after.group(1)) != stem or int(after.group(2)) != levels[-1] + 1:
            break
        levels.append(levels[-1] + 1)
    return tuple(levels)


def _named_parts(headers: Sequence[str], first: int) -> tuple[int, ...]:
    """1, 2, 3 for headers such as Assembly, Sub-assembly, Part, each of which names a part."""
    if roles_of(headers[first]).get("assembly", 0.0) < 0.7:
        return ()
    count = 1
    for header in headers[first + 1 : first + MOST_STEPS]:
        if max((roles_of(header).get(role, 0.0) for role in _NAMES), default=0.0) < 0.5:
            break
        count += 1
    return tuple(range(1, count + 1)) if count > 2 else ()


def _read(grid: Grid, columns: tuple[int, ...], levels: tuple[int, ...], body: Codes) -> Stairs:
    """Whether the steps hold marks alone, or the parts' numbers or names."""
    texts = [
        text
        for column in columns
        for text in grid.columns[column].all_texts()[body].astype(str)
        if text.strip()
    ]
    long = sum(len(text.strip()) > 2 for text in texts) > 0.5 * len(texts)
    numbered = sum(any(map(str.isdigit, text)) and " " not in text.strip() for text in texts)
    named = long and len(set(texts)) > 0.3 * len(texts)
    return Stairs(columns, levels, named, numbered > 0.5 * len(texts))


def headers_of(stairs: Stairs, headers: Sequence[str]) -> tuple[str, ...]:
    """The headers that say what `laid_flat` puts below them; those of further steps are blank."""
    made = list(headers)
    for column in stairs.columns:
        made[column] = ""
    made[stairs.columns[0]] = "Level"
    if stairs.named:
        described = any(roles_of(header).get("description", 0.0) >= 0.7 for header in made)
        made[stairs.columns[1]] = "Part number" if stairs.codes or described else "Description"
    return tuple(made)


def laid_flat(grid: Grid, stairs: Stairs | None, body: Codes) -> Grid:
    """The sheet with the level below the first step, and the part, if named, below the second."""
    if stairs is None:
        return grid
    level = np.full(grid.height, "", dtype=object)
    part = np.full(grid.height, "", dtype=object)
    inside = np.zeros(grid.height, dtype=bool)
    inside[body] = True
    for column, number in zip(stairs.columns, stairs.levels, strict=True):
        rows = inside & grid.columns[column].filled()
        level[rows] = str(number)
        part[rows] = grid.columns[column].all_texts()[rows]
    columns = list(grid.columns)
    for at in stairs.columns:
        outside = np.where(inside, "", grid.columns[at].all_texts())
        filled = level if at == stairs.columns[0] else part
        if at in stairs.columns[: 2 if stairs.named else 1]:
            outside = np.where(inside, filled, outside)
        columns[at] = Cells.of(outside.tolist())
    return replace(grid, columns=tuple(columns))
