"""The workbook of two revisions: what changed, in words, with every mineral's two sides."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from bomexposure.export.comparison import comparison_xlsx

LINE = {"id": "BOM!6", "part_number": "0010", "description": "=2+5", "spend": 11.4,
        "acute": "certain", "top_mineral": "rare-earths"}  # fmt: skip
HELD = {"lines_certain": 2.0, "lines_likely": 0.0, "spend_certain": 11.4, "spend_likely": 0.0}


def told() -> dict[str, Any]:
    side = {"sha256": "00ff" * 16, "edition": "MCS 2026", "as_of": "2026-11-22"}
    return {
        "a": side | {"file": "a.xlsx", "counted_lines": 12},
        "b": side | {"file": "b.xlsx", "counted_lines": 1},
        "counts": {"added": 1, "removed": 0, "changed": 1, "remapped": 1, "review": 1},
        "headline": [
            {"figure": "minerals", "a": 33, "b": 31, "change": -2, "design": -2, "data": 0},
            {"figure": "spend_acute_pct.likely", "a": None, "b": 3.5, "change": None,
             "design": None, "data": None},
        ],
        # the first mineral has no side B: its heads must not depend on it
        "minerals": [
            {"mineral": "terbium", "a": HELD | {"spend_certain": 0.0}, "b": None},
            {"mineral": "cobalt", "a": None, "b": HELD},
        ],
        "lines": {
            "added": [LINE], "removed": [],
            "changed": [{"a": LINE, "b": LINE, "differences": {"unit_cost": ["5.7", None]}}],
            "remapped": [{"a": LINE, "b": LINE, "was": ["MAG_NEO"], "is": ["MAG_FERR"]}],
            "review": [{"likeness": 91.5, "a": LINE, "b": LINE}],
        },
    }  # fmt: skip


def test_every_change_stands_in_its_sheet_in_words() -> None:
    data = comparison_xlsx(told())
    assert data == comparison_xlsx(told())
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == [
        "Summary", "Minerals", "Added", "Removed", "Changed", "Re-mapped", "To review",
    ]  # fmt: skip
    summary = list(book["Summary"].iter_rows(values_only=True))
    assert summary[6][:5] == ("Figure", "Unit", "A", "B", "Change")
    assert summary[7][:5] == ("Critical minerals found", None, 33, 31, -2)
    assert summary[8][:5] == ("Spend in acute lines, likely lines more", "%", None, 3.5, None)
    assert "1 line added, 0 removed" in str(summary[3][0])
    heads, cobalt, terbium = book["Minerals"].iter_rows(values_only=True)
    assert len(heads) == 10
    assert all(heads)
    # the largest change of spend first; what one side lacks is blank, not zero
    shown = dict(zip(heads, cobalt, strict=True))
    assert (shown["Mineral"], shown["State"]) == ("Cobalt", "new in B")
    assert (shown["Spend certain, A"], shown["Spend certain, B"]) == (None, 11.4)
    assert dict(zip(heads, terbium, strict=True))["State"] == "gone in B"
    changed = [cell.value for cell in book["Changed"][2]]
    assert changed[-3:] == ["unit cost", "5.7", None]
    cell = book["Added"]["C2"]
    assert (cell.value, cell.data_type) == ("=2+5", "s")
