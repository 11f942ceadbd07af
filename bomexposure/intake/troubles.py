"""Collects Issues while a workbook is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from bomexposure.model.bom import ISSUES

MOST = 500
"""Rows reported one by one for one code; the rest is counted in one more Issue."""


class Troubles:
    """A growing list of Issues; `table` makes the ISSUES frame."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def add(
        self,
        severity: str,
        code: str,
        text: str,
        mend: str,
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        value: str = "",
    ) -> None:
        self._rows.append(
            {
                "severity": severity, "code": code, "sheet": sheet, "row": row, "column": column,
                "value": value[:200], "text": text, "mend": mend,
            }
        )  # fmt: skip

    def add_rows(
        self,
        severity: str,
        code: str,
        text: str,
        mend: str,
        rows: Iterable[tuple[str, int, str]],
        column: str = "",
    ) -> None:
        """One Issue per (sheet, Excel row, cell text)."""
        listed = list(rows)
        for sheet, row, value in listed[:MOST]:
            self.add(severity, code, text, mend, sheet=sheet, row=row, column=column, value=value)
        if len(listed) > MOST:
            self.add(
                severity, code, f"The same holds for {len(listed) - MOST:,} more rows.", mend,
                sheet=listed[0][0], column=column,
            )  # fmt: skip

    def table(self) -> pd.DataFrame:
        """An ISSUES table, in the order in which they were found."""
        return ISSUES.conform(pd.DataFrame(self._rows, columns=ISSUES.names) if self._rows else {})
