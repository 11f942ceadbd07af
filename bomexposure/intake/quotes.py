"""Quotation marks that are opened in a text table and never closed: they swallow the rows below.

A cell may hold line breaks, so a reader cannot refuse them; but a cell whose every line has as
many delimiters as a row is no cell.
"""

from __future__ import annotations

import csv
import io

MOST = 200
"""Marks mended in one file; a file with more is not quoted at all, and is read as it stands."""


def close(text: str, delimiter: str) -> tuple[str, tuple[int, ...]]:
    """The text with such marks removed, and the lines (0-based) in which they stood."""
    if '"' not in text:
        return text, ()
    lines = text.splitlines(keepends=True)
    mended: list[int] = []
    while len(mended) < MOST:
        place = _first_open(lines, delimiter)
        if place is None:
            break
        lines[place] = _without_open_mark(lines[place], delimiter)
        mended.append(place)
    return "".join(lines), tuple(sorted(set(mended)))


def _first_open(lines: list[str], delimiter: str) -> int | None:
    """The line in which a mark opens that takes whole rows into its cell."""
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    start, usual = 0, 0
    try:
        for row in reader:
            end = reader.line_num
            width = len(row)
            if end - start > 1:
                swallowed = max((_rows_in(cell, delimiter, usual) for cell in row), default=0)
                if swallowed:
                    return start + _offset(lines[start:end])
            elif width > 1:
                usual = max(usual, width)
            start = end
    except csv.Error:
        return None
    return None


def _rows_in(cell: str, delimiter: str, usual: int) -> int:
    """How many lines of a cell are rows of the table by their delimiters."""
    if "\n" not in cell or usual < 2:
        return 0
    rest = cell.split("\n")[1:]
    rows = sum(line.count(delimiter) >= max(1, usual - 2) for line in rest if line.strip())
    filled = sum(bool(line.strip()) for line in rest)
    return rows if filled and rows >= 0.6 * filled else 0


def _offset(lines: list[str]) -> int:
    """The first of a record's lines whose marks do not pair up."""
    return next((at for at, line in enumerate(lines) if line.count('"') % 2), 0)


def _without_open_mark(line: str, delimiter: str) -> str:
    """The line without the last mark that begins a cell."""
    for place in range(len(line) - 1, -1, -1):
        if line[place] == '"' and (place == 0 or line[place - 1] == delimiter):
            return line[:place] + line[place + 1 :]
    return line.replace('"', "", 1)
