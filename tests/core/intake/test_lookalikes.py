"""Look-alikes of each system are read back exactly: header, roles, levels, totals, masses, costs."""

# ruff: noqa: E501 (tables read best with one row a line)
from __future__ import annotations

import math
from pathlib import Path

import pytest
from books import Book, all_books, write
from more_books import more_books

from bomexposure import intake
from bomexposure.model.bom import ISSUES, LINES


@pytest.mark.parametrize("book", [*all_books(), *more_books()], ids=lambda book: book.name)
def test_reads_back_what_was_written(book: Book, tmp_path: Path) -> None:
    bom = intake.read(write(book, tmp_path))
    assert LINES.check(bom.lines) == []
    assert ISSUES.check(bom.issues) == []
    seen = intake.inspection(bom)
    assert seen["header_row"] == book.header_row
    headers = {role: column["header"] for role, column in seen["columns"].items()}
    assert {role: headers.get(role) for role in book.roles} == book.roles
    assert seen["line_count"] == book.line_count
    lines = bom.lines
    names = ("part_number", "mpn", "description", "value")
    key = next(r for r in names if (lines[r] != "").any())
    rows = {text: i for i, text in reversed(list(enumerate(lines[key])))}
    for column, wanted in (
        ("quantity_total", book.totals), ("mass_g", book.masses), ("cost_total", book.costs),
    ):  # fmt: skip
        found = {part: float(lines[column].iloc[rows[part]]) for part in wanted}
        assert {
            p: math.isclose(found[p], wanted[p], rel_tol=1e-9) for p in wanted
        } == dict.fromkeys(wanted, True), (column, found)
    assert {p: int(lines["level"].iloc[rows[p]]) for p in book.levels} == book.levels
    assert {p: lines["quantity_unit"].iloc[rows[p]] for p in book.units} == book.units
    assert tuple(lines[key][~lines["counted"]]) == book.uncounted
