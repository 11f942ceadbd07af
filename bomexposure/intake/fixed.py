"""Reports whose columns are set apart by blanks alone, as old systems and CAD programs print them.

Where a column begins is where, in the lines of the table, nearly all print something after blanks.
"""

from __future__ import annotations

import re

import numpy as np

_GAPS = re.compile(r"\S[ ]{2,}\S")
_RULE = re.compile(r"\s*[-=_]{2,}(?:[ +|]+[-=_]{2,})+\s*")
MOST_LINES = 200_000
_LEAST = 4
"""Lines with gaps that a table of blanks has at least."""


def rows_of(text: str) -> list[list[str]] | None:
    """The cells of such a report, row for row; None where the text is none."""
    lines = [line.expandtabs(8) for line in text.splitlines()[:MOST_LINES]]
    table = [line for line in lines if _GAPS.search(line.strip())]
    filled = sum(bool(line.strip()) for line in lines)
    if len(table) < _LEAST or len(table) < 0.4 * filled:
        return None
    cuts = _from_rule(lines) or _from_blanks(table)
    if len(cuts) < 2:
        return None
    rows = []
    for line in lines:
        if not line.strip() or _RULE.fullmatch(line):
            rows.append([""])
        elif _GAPS.search(line.strip()) and _fits(line, cuts):
            rows.append([line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], None], strict=True)])
        else:
            rows.append([line.strip()])
    return rows


def _from_rule(lines: list[str]) -> list[int]:
    """Where the dashes begin in a rule such as '---- --------- ---'."""
    for line in lines[:200]:
        if _RULE.fullmatch(line):
            return [found.start() for found in re.finditer(r"[-=_]+", line)]
    return []


def _from_blanks(table: list[str]) -> list[int]:
    """Where columns begin: after places that are blank in nearly all lines of the table."""
    sample = table[:2000]
    width = max(map(len, sample))
    printed = np.array(
        [[char != " " for char in line.ljust(width)] for line in sample], dtype=np.float64
    )
    share = printed.mean(axis=0)
    blank = share <= 0.02
    begins = [at for at in range(1, width) if blank[at - 1] and not blank[at]]
    # a gap of one place may be a blank between words; two in all lines are not
    kept = [at for at in begins if at < 2 or blank[at - 2] or share[at] > 0.7]
    first = int(np.argmax(~blank))
    return [
        first if first < (kept[0] if kept else width) else 0,
        *[at for at in kept if at > first],
    ]


def _fits(line: str, cuts: list[int]) -> bool:
    """Whether no word of the line runs across the beginning of a column."""
    across = sum(at < len(line) and line[at - 1] != " " and line[at] != " " for at in cuts[1:])
    return across <= 0.25 * len(cuts)
