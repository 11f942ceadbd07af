"""Text in columns of a terminal: widths, cutting, and rows set one below the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence


def width(text: str) -> int:
    """Columns that a terminal gives `text`: wide letters of East Asia take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Rows of cells as lines with columns two blanks apart; `right` names right-aligned ones."""
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for i, cell in enumerate(row):
            gap = " " * (widths[i] - width(cell))
            cells.append(gap + cell if i in right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return lines


def clipped(text: str, columns: int) -> str:
    """`text` on one line, cut to `columns` with an ellipsis."""
    flat = " ".join(text.split())
    if width(flat) <= columns:
        return flat
    cut = ""
    for letter in flat:
        if width(cut + letter) > columns - 1:
            break
        cut += letter
    return cut + "…"
