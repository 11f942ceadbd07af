"""The tree of a BOM: from level numbers, dots, dotted numbers, indentation or parent columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.intake.grid import Cells, Mask, Numbers, Texts
from bomexposure.intake.words import squeeze

Parents = npt.NDArray[np.int64]

_DIGITS = re.compile(
    r"(?:level|lvl|lev|stufe|ebene|niveau|nivel|l|st)?\.?\s*(\d{1,2})\s*\.?", re.IGNORECASE
)
_LED = re.compile(r"([.\-+>*_·…\s|]+)\s*(\d{1,2})")
_DOTTED = re.compile(r"\d+(?:\.\d+)*\.?")
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Tree:
    """Where each line hangs.

    Attributes:
        level: depth as printed, top product 0; -1 where the BOM is flat or the cell unreadable.
        parent: row position of the parent line, -1 where none.
        basis: 'flat', 'level', 'dotted', 'indent' or 'parent': what it was read from.
        orphans: rows whose parent or level has no place.
        cycles: rows that hang below themselves.
        own, wanted: for a parent column, numbers that stand for each line's own part number and
            for its parent's, -1 where none.
        shared: an assembly stands on several lines and its parts are listed once.
        assumed: rows whose level cell is blank, read at the level of the line above.
    """

    level: npt.NDArray[np.int64]
    parent: Parents
    basis: str
    orphans: npt.NDArray[np.intp]
    cycles: npt.NDArray[np.intp]
    own: Parents = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    wanted: Parents = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    shared: bool = False
    assumed: npt.NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))

    @property
    def has_children(self) -> Mask:
        mask = np.zeros(len(self.parent), dtype=bool)
        mask[self.parent[self.parent >= 0]] = True
        return mask


_NONE = np.zeros(0, dtype=np.intp)


def flat(count: int) -> Tree:
    full = np.full(count, -1, dtype=np.int64)
    return Tree(full, full.copy(), "flat", _NONE, _NONE)


def level_number(text: str) -> int:
    """The level that a cell prints: '2', '..2', '+2', 'Level 2'; -1 where it prints none.

    Dots or dashes in front repeat the number and are not counted; without a number ('..') they are.
    """
    text = text.strip()
    if not text:
        return -1
    found = _DIGITS.fullmatch(text) or None
    if found:
        return int(found.group(1))
    led = _LED.fullmatch(text)
    if led:
        return int(led.group(2))
    if re.fullmatch(r"[.\-+>*·]+", text):
        return len(text)
    if _DOTTED.fullmatch(text):
        return text.strip(".").count(".") + 1
    return -1


def from_levels(cells: Cells) -> Tree | None:
    """A tree from a level column; None where fewer than half of the filled cells print a level."""
    dotted = from_dotted(cells)
    if dotted is not None:
        return dotted
    distinct = np.array([level_number(str(text)) for text in cells.texts], dtype=np.int64)
    level = distinct[cells.codes]
    filled = cells.filled()
    if not filled.any() or (level[filled] >= 0).mean() < 0.5 or level.max() > MAX_DEPTH:
        return None
    return _from_depths(level, "level", ~filled)


def from_dotted(cells: Cells) -> Tree | None:
    """Structure numbers such as 1, 1.1, 1.1.2 in a level or item column."""
    texts = [str(text).strip().strip(".") for text in cells.texts]
    shaped = np.array([_DOTTED.fullmatch(text) is not None for text in texts], dtype=bool)
    deep = np.array([text.count(".") >= 1 for text in texts], dtype=bool) & shaped
    filled = cells.filled()
    if not deep[cells.codes].any() or shaped[cells.codes][filled].mean() < 0.8:
        return None
    known = {text for text, ok in zip(texts, shaped, strict=True) if ok}
    with_parent = [
        text.rpartition(".")[0] in known for text, ok in zip(texts, deep, strict=True) if ok
    ]
    if sum(with_parent) < 0.6 * len(with_parent):
        return None
    depth = np.array(
        [text.count(".") if ok else -1 for text, ok in zip(texts, shaped, strict=True)]
    )
    base = 1 if min(len(t.split(".")[0]) for t in known) and "0" not in known else 0
    top = {text for text in known if "." not in text}
    # a single number above all others is the product itself
    if len(top) == 1:
        base = 0
    level = np.where(depth >= 0, depth + base, -1)[cells.codes]
    return _from_depths(level.astype(np.int64), "dotted", ~filled)


def from_indent(cells: Cells) -> Tree | None:
    """A tree from leading blanks; None where the indentation does not grow step by step."""
    widths = np.array(
        [_lead(str(text)) if str(text).strip() else -1 for text in cells.texts], dtype=np.int64
    )[cells.codes]
    return from_widths(widths, "indent")


def from_widths(widths: npt.NDArray[np.int64], basis: str) -> Tree | None:
    """A tree from how far each line is set in; -1 where a line has no text."""
    used = np.unique(widths[widths >= 0])
    if len(used) < 2 or len(used) > 20 or (widths > used[0]).mean() < 0.15:
        return None
    level = np.where(widths >= 0, np.searchsorted(used, widths), -1).astype(np.int64)
    first = level[level >= 0]
    if first[0] != 0 or (np.diff(first) > 1).mean() > 0.05:
        return None
    return _from_depths(level + np.where(level >= 0, 0 if (level == 0).sum() == 1 else 1, 0), basis)


def _lead(text: str) -> int:
    text = text.replace("\t", "    ").replace("\u3000", "  ").replace("\xa0", " ")
    return len(text) - len(text.lstrip(" "))


MOST_BLANK = 0.3
"""Where more level cells are blank, a blank may mean something else, and nothing is assumed."""


def _level_of_line_above(level: npt.NDArray[np.int64], blank: Mask) -> npt.NDArray[np.int64]:
    """Levels with blanks read as the level above, below the product where that is above."""
    where = np.maximum.accumulate(np.where(level >= 0, np.arange(len(level)), -1))
    above = np.where(where >= 0, level[np.maximum(where, 0)], -1)
    if (level == 0).sum() == 1:
        above = np.where(above == 0, 1, above)
    return np.where(blank, above, level)


def _from_depths(level: npt.NDArray[np.int64], basis: str, blank: Mask | None = None) -> Tree:
    """Each line hangs below the nearest line above it that has a smaller level."""
    count = len(level)
    assumed = _NONE
    if blank is not None and 0 < blank.mean() <= MOST_BLANK:
        level = _level_of_line_above(level, blank)
        assumed = np.flatnonzero(blank & (level >= 0))
    where = np.arange(count, dtype=np.int64)
    parent = np.full(count, -1, dtype=np.int64)
    jumps = []
    present = [int(v) for v in np.unique(level) if v >= 0]
    for value in present[1:]:
        above = np.maximum.accumulate(np.where((level >= 0) & (level < value), where, -1))
        mine = level == value
        parent[mine] = above[mine]
        jumps.append(np.flatnonzero(mine & (above >= 0) & (level[above] < value - 1)))
        jumps.append(np.flatnonzero(mine & (above < 0)))
    lost = np.flatnonzero(level < 0)
    orphans = np.unique(np.concatenate([*jumps, lost])) if jumps or len(lost) else _NONE
    return Tree(level, parent, basis, orphans.astype(np.intp), _NONE, assumed=assumed)


def from_parents(parents: Cells, children: Cells, also: Cells | None = None) -> Tree | None:
    """A tree from a column that names each line's parent by its part number.

    A parent that stands on several lines is taken where it last stood above the line, else where
    it stands first. Parents that stand on no line are products (their lines are at level 1) when
    they are themselves never listed. None where the column names fewer than one known parent and
    does not look like part numbers of products.
    """
    wanted = _keys(parents)
    own = _keys(children)
    count = len(wanted)
    names = wanted != ""
    if not names.any():
        return None
    parent = _nearest(wanted, own)
    if also is not None:
        other = _nearest(wanted, _keys(also))
        # a running number that equals the parent's on its own row says nothing of it
        itself = float((wanted == _keys(also))[names].mean())
        if itself < 0.2 and (other >= 0).sum() > (parent >= 0).sum():
            parent, own = other, _keys(also)
    selves = np.flatnonzero(names & (wanted == own))
    depth, cyclic = _depths(parent)
    parent = np.where(cyclic, -1, parent)
    unknown = names & (parent < 0) & ~cyclic
    products = pd.unique(wanted[unknown])
    if not (parent >= 0).any() and len(products) > max(1, 0.5 * names.sum()):
        return None
    # lines without a parent are products when others hang below them; where every line names a
    # parent, the products are those that are listed nowhere, and their lines are at level 1
    top_listed = bool((~names).any())
    level = np.where(cyclic, -1, depth if top_listed else depth + 1)
    codes, _ = pd.factorize(np.concatenate([wanted, own]))
    has, mine = codes[:count].astype(np.int64), codes[count:].astype(np.int64)
    mine = np.where((own != "") & ~cyclic, mine, -1)
    has = np.where(names & ~cyclic & (wanted != own), has, -1)
    return Tree(
        level.astype(np.int64), parent.astype(np.int64), "parent",
        np.flatnonzero(unknown & top_listed).astype(np.intp),
        np.union1d(np.flatnonzero(cyclic), selves).astype(np.intp),
        mine, has, _listed_once(mine, has),
    )  # fmt: skip


def _listed_once(own: Parents, wanted: Parents) -> bool:
    """Whether assemblies that stand on several lines have their parts listed once only."""
    pairs = pd.DataFrame({"own": own, "wanted": wanted})
    uses = pairs.loc[pairs["own"] >= 0, "own"].value_counts()
    several = uses.index[uses > 1]
    below = pairs[pairs["wanted"].isin(several)]
    return len(below) > 0 and not bool(below.duplicated().any())


def _keys(cells: Cells) -> Texts:
    distinct = np.empty(len(cells.texts), dtype=object)
    distinct[:] = [squeeze(str(text)) or str(text).strip() for text in cells.texts]
    return distinct[cells.codes]


def _nearest(wanted: Texts, own: Texts) -> Parents:
    """For each line, the nearest line above whose key is wanted, else the first one below."""
    count = len(wanted)
    codes, _ = pd.factorize(np.concatenate([wanted, own]))
    want, have = codes[:count], codes[count:]
    order = np.argsort(have, kind="stable")
    sorted_have = have[order]
    place = np.arange(count)
    # rows sorted by (key, row): the last entry not beyond (wanted key, own row) is the nearest above  # noqa: E501
    key = sorted_have.astype(np.int64) * (count + 1) + order
    at = np.searchsorted(key, want.astype(np.int64) * (count + 1) + place, side="left") - 1
    above = np.where(
        (at >= 0) & (sorted_have[np.maximum(at, 0)] == want), order[np.maximum(at, 0)], -1
    )
    first = np.searchsorted(sorted_have, want, side="left")
    first = np.minimum(first, count - 1)
    below = np.where(sorted_have[first] == want, order[first], -1)
    parent = np.where(above >= 0, above, below)
    parent[wanted == ""] = -1
    return parent.astype(np.int64)


def _depths(parent: Parents) -> tuple[npt.NDArray[np.int64], Mask]:
    """Depth below the top of each line (0 at the top), and which lines never reach a top.

    Each round doubles how far a line has looked up, so that a chain of n lines takes log2(n).
    """
    depth = (parent >= 0).astype(np.int64)
    jump = parent.astype(np.int64)
    for _ in range(len(parent).bit_length() + 1):
        open_ = np.flatnonzero(jump >= 0)
        if not len(open_):
            break
        ahead = jump[open_]
        more, further = depth[ahead], jump[ahead]
        depth[open_] += more
        jump[open_] = further
    endless = jump >= 0
    return np.where(endless, 0, depth), endless


def depth_order(tree: Tree) -> list[npt.NDArray[np.intp]]:
    """Rows grouped by distance from the top, so that parents come before their children."""
    depth, _ = _depths(tree.parent)
    if not len(depth):
        return []
    order = np.argsort(depth, kind="stable")
    return np.split(order, np.cumsum(np.bincount(depth))[:-1])


def multiply_down(tree: Tree, factor: Numbers) -> Numbers:
    """The product of `factor` along the path from the top to each line, level by level."""
    total = factor.copy()
    for rows in depth_order(tree)[1:]:
        total[rows] = factor[rows] * total[tree.parent[rows]]
    return total
