"""What was understood, as the `inspect` command prints it (schema bomexposure/inspect/1)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bomexposure.model.bom import BillOfMaterials, ColumnRef, SheetRead

FIRST_LINES = 10


def inspection(bom: BillOfMaterials) -> dict[str, Any]:
    """The JSON of the contract (design, section 6) as plain dicts, lists and scalars.

    The table with most lines comes first; `line_count` counts all tables on its sheet.
    """
    main = max(bom.read, key=lambda table: table.line_count)
    same_sheet = [table for table in bom.read if table.sheet == main.sheet]
    others = [table for table in bom.read if table.sheet != main.sheet]
    main = same_sheet[0]
    return {
        "schema": "bomexposure/inspect/1",
        "file": bom.file,
        "format": bom.format,
        "encoding": bom.encoding or None,
        "delimiter": bom.delimiter or None,
        "sheets": [
            {"name": s.name, "rows": s.rows, "columns": s.columns, "visible": s.visible}
            for s in bom.sheets
        ],
        "sheet": main.sheet,
        "header_row": main.header_row,
        "columns": _columns(main.columns),
        "confidence": {role: ref.confidence for role, ref in main.columns.items()},
        "line_count": sum(table.line_count for table in same_sheet),
        "more_sheets": [_more(table) for table in (*others, *bom.more_sheets)],
        "first_lines": _first_lines(bom, main.sheet),
        "issues": issues(bom),
    }


def _columns(columns: dict[str, ColumnRef]) -> dict[str, dict[str, str]]:
    return {role: {"header": ref.header, "letter": ref.letter} for role, ref in columns.items()}


def _more(table: SheetRead) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "columns": _columns(table.columns),
        "line_count": table.line_count,
    }


def _first_lines(bom: BillOfMaterials, sheet: str) -> list[dict[str, Any]]:
    places = [i for i, name in enumerate(bom.lines["sheet"].head(2000)) if name == sheet][
        :FIRST_LINES
    ]
    rows = bom.lines["row"]
    return [
        {"row": int(rows.iloc[i]), "cells": [str(t) for t in bom.original.iloc[i]]} for i in places
    ]


def issues(bom: BillOfMaterials) -> list[dict[str, Any]]:
    """The ISSUES table as a list, as `analyze` lists it: blank texts and unknown rows are None."""
    found = []
    for record in bom.issues.astype(object).to_dict("records"):
        plain = {str(name): None if value == "" else value for name, value in record.items()}
        plain["row"] = None if pd.isna(plain["row"]) else int(plain["row"])
        found.append(plain)
    return found
