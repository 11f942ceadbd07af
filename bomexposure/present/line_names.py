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
