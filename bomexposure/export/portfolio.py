"""A portfolio as a workbook: products, minerals, the matrix of both, parts, suppliers, events."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from bomexposure.export.sheets import Book, Field
from bomexposure.export.workbook_lists import spec_fields
from bomexposure.model.portfolio import Portfolio
from bomexposure.present import numbers
from bomexposure.present.portfolio import (
    events_table,
    minerals_table,
    overlap_table,
    parts_table,
    products_table,
    suppliers_table,
)

_CREATED = datetime(2026, 1, 1)
"""A fixed date of creation, so that the same portfolio gives the same bytes."""


def portfolio_xlsx(portfolio: Portfolio) -> bytes:
    """The workbook; one sheet per table, the matrix as share of each product's spend."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "Products by mineral exposure", "created": _CREATED})
    sheets = Book(book)
    for title, spec in (
        ("Products", products_table(portfolio)),
        ("Minerals", minerals_table(portfolio)),
    ):
        sheets.table(sheets.sheet(title), spec_fields(spec), freeze=1)
    sheets.table(sheets.sheet("Mineral by product"), _matrix(portfolio), freeze=1)
    for title, spec in (
        ("Acute parts", parts_table(portfolio)),
        ("Suppliers", suppliers_table(portfolio)),
        ("Policy events", events_table(portfolio)),
        ("Overlap", overlap_table(portfolio)),
    ):
        sheets.table(sheets.sheet(title), spec_fields(spec))
    told = [
        ("Edition", portfolio.conditions["edition"]),
        ("As of", portfolio.conditions["as_of"]),
        ("Method", portfolio.conditions["method"]),
        ("Made by", portfolio.generator),
        *(("Mind", note) for note in portfolio.notes),
    ]
    sheets.table(
        sheets.sheet("Conditions"),
        [
            Field("What", [what for what, _ in told], "text", 14),
            Field("Words", [words for _, words in told], "wrap", 90),
        ],
    )
    book.close()
    return stream.getvalue()


def _matrix(portfolio: Portfolio) -> list[Field]:
    """Minerals down, products across: presence, and the certain share of spend where known."""
    minerals = portfolio.minerals["mineral"].tolist()
    held = {(row.mineral, row.product): row for row in portfolio.cells.itertuples(index=False)}
    made = [Field("Mineral", [numbers.mineral_name(one) for one in minerals], "text", 18)]
    for product in portfolio.products["product"]:
        rows = [held.get((mineral, product)) for mineral in minerals]
        presence = ["" if row is None else str(row.presence) for row in rows]
        share = [None if row is None else float(row.spend_pct_certain) for row in rows]  # type: ignore[arg-type]
        made.append(Field(product, presence, "text", 12))
        made.append(Field(f"{product}, % of spend", share, "percent", 12))
    return made
