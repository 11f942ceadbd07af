"""What a person calls a line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bomexposure.present.words import tr

NAMING = ("description", "part_number", "mpn", "value", "designator")
"""Cells that can name a line, the plainest first; without any the row number is all there is."""


def line_name(line: pd.Series[Any]) -> str:
    """The first cell of a LINES row that names it: 'PWR163S-25-40R0FE', else 'row 62'."""
    for role in NAMING:
        words = str(line.get(role, "") or "").strip()
        if words:
            return words
    return tr("row {row}", row=line["row"])


def several_sheets(lines: pd.DataFrame) -> bool:
    """Whether LINES come from more than one sheet, so that a row number alone names no row."""
    return len(lines) > 1 and str(lines["sheet"].iat[0]) != str(lines["sheet"].iat[-1])


def row_words(lines: pd.DataFrame, at: int) -> str:
    """The row of a line within a sentence: '62', or '62 of sheet Board' where there are several."""
    row = str(lines["row"].iat[at])
    if not several_sheets(lines):
        return row
    return tr("{row} of sheet {sheet}", row=row, sheet=lines["sheet"].iat[at])


def row_mark(lines: pd.DataFrame, at: int) -> str:
    """The row of a line in a narrow list: '62', of a book of several sheets 'Board 62'."""
    row = str(lines["row"].iat[at])
    return f"{lines['sheet'].iat[at]} {row}" if several_sheets(lines) else row


def issue_place(sheet: str, row: str) -> str:
    """Where an issue is: 'Row 12', 'Sheet Board, row 12', 'Sheet Board', or ''."""
    numbered = row.isdigit()
    if sheet and numbered:
        return tr("Sheet {sheet}, row {row}", sheet=sheet, row=row)
    if sheet:
        return tr("Sheet {sheet}", sheet=sheet)
    return tr("Row {row}", row=row) if numbered else ""
