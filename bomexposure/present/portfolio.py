"""A portfolio as tables, as the heat map of minerals by product, and as plain data."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from bomexposure.model.portfolio import Portfolio
from bomexposure.present import numbers
from bomexposure.present.heat import HEAT_STEPS
from bomexposure.present.specs import Cell, ColumnSpec, FigureSpec, TableSpec
from bomexposure.present.words import tr

SCHEMA = "bomexposure/portfolio/1"


def products_table(portfolio: Portfolio) -> TableSpec:
    """Products, worst first: certain figures with the likely ones as the top end."""
    money = portfolio.currency
    rows = portfolio.products
    rows = rows.assign(
        acute_high=_top(rows, "spend_acute"),
        pct_high=_top(rows, "spend_acute", "_pct"),
        annual_high=_top(rows, "annual_acute"),
        lines_acute_high=_top(rows, "lines_acute"),
        worst=[numbers.mineral_name(one) if one else "none" for one in rows["worst_mineral"]],
    )
    columns = (
        ColumnSpec("product", "Product", width=26),
        ColumnSpec("coverage_lines_pct", "Recognised", "%", "percent", width=9),
        ColumnSpec("currency", "Currency", width=7, shown=not money),
        ColumnSpec("spend", "Known spend", money, "money", width=12),
        ColumnSpec("spend_acute_certain", "Spend in acute lines", money, "money", "acute_high",
                   width=15, tooltip="Certain, up to certain and likely lines."),
        ColumnSpec("spend_acute_certain_pct", "Share of spend", "%", "percent", "pct_high",
                   width=10),
        ColumnSpec("volume", "Products a year", "", "number", width=9,
                   shown=bool(rows["volume"].notna().any())),
        ColumnSpec("annual_acute_certain", "Acute spend a year", money, "money", "annual_high",
                   width=15, shown=bool(rows["volume"].notna().any())),
        ColumnSpec("lines_acute_certain", "Acute lines", "", "integer", "lines_acute_high",
                   width=8),
        ColumnSpec("minerals_acute", "Acute minerals", "", "integer", width=8),
        ColumnSpec("worst", "Worst mineral", width=16),
        ColumnSpec("controls_in_force", "Controls in force", "", "integer", width=8),
        ColumnSpec("next_change", "Next change", "", "date", width=11),
    )  # fmt: skip
    return TableSpec(
        "products", "Products, most exposed first", columns, rows, "product",
        " ".join(portfolio.notes), "No product has been added.",
    )  # fmt: skip


def _top(rows: pd.DataFrame, name: str, tail: str = "") -> pd.Series[float]:
    return rows[f"{name}_certain{tail}"].add(rows[f"{name}_likely{tail}"], fill_value=0.0)


def _currencies(rows: pd.DataFrame, portfolio: Portfolio) -> list[str]:
    """Of the spend of each row, that of its one product; '' where none is known."""
    products = portfolio.products
    named = dict(zip(products["product"].tolist(), products["currency"].tolist(), strict=True))
    return [
        named.get(names, portfolio.currency) if spend == spend else ""
        for names, spend in zip(rows["product_names"], rows["spend"], strict=True)
    ]


def minerals_table(portfolio: Portfolio) -> TableSpec:
    """Minerals over all products."""
    money = portfolio.currency
    rows = portfolio.minerals
    rows = rows.assign(
        name=[numbers.mineral_name(one) for one in rows["mineral"]],
        spend_high=rows["spend_certain"].add(rows["spend_likely"], fill_value=0.0),
    )
    columns = (
        ColumnSpec("name", "Mineral", width=18),
        ColumnSpec("products_acute", "Acute in products", "", "integer", width=9),
        ColumnSpec("products_certain", "Certain in products", "", "integer", width=9),
        ColumnSpec("products_likely", "Likely in products", "", "integer", width=9),
        ColumnSpec("products_possible", "Possible in products", "", "integer", width=9),
        ColumnSpec("lines", "Lines", "", "integer", width=8),
        ColumnSpec("spend_certain", "Spend at risk", money, "money", "spend_high", width=15),
        ColumnSpec("annual_kg", "A year", "kg", "number", width=10,
                   shown=bool(rows["annual_kg"].notna().any())),
        ColumnSpec("index_low", "Index", "0–100", "index", "index_high", width=9),
    )  # fmt: skip
    return TableSpec(
        "minerals", "Minerals across the products", columns, rows, "mineral", "",
        "No product holds a mineral of the 2025 list.",
    )  # fmt: skip


def parts_table(portfolio: Portfolio, shared_only: bool = False) -> TableSpec:
    """Acute parts, those of most products first."""
    rows = portfolio.parts
    if shared_only:
        rows = rows[rows["products"] > 1].reset_index(drop=True)
    named = [
        ", ".join(numbers.mineral_name(one) for one in held.split(";") if one)
        for held in rows["minerals"]
    ]
    rows = rows.assign(mineral_names=named, currency=_currencies(rows, portfolio))
    columns = (
        ColumnSpec("mpn", "Manufacturer part", width=18),
        ColumnSpec("part_number", "Part number", width=16),
        ColumnSpec("description", "Description", width=34),
        ColumnSpec("products", "Products", "", "integer", width=8),
        ColumnSpec("product_names", "Used in", width=30),
        ColumnSpec("lines", "Lines", "", "integer", width=6),
        ColumnSpec("acute", "Acute", width=8),
        ColumnSpec("mineral_names", "Acute minerals", width=22),
        ColumnSpec("currency", "Currency", width=7, shown=not portfolio.currency),
        ColumnSpec("spend", "Spend", portfolio.currency, "money", width=12),
        ColumnSpec("lead_time_days", "Longest lead time", "days", "integer", width=9),
    )
    return TableSpec(
        "parts", "Acute parts, most shared first", columns, rows, "key",
        "Alike by manufacturer part number, else part number, else all texts of the line.",
        "No two products share an acute part." if shared_only else "No product has an acute part.",
    )  # fmt: skip


def suppliers_table(portfolio: Portfolio) -> TableSpec:
    """Suppliers by spend in acute lines."""
    money = portfolio.currency
    rows = portfolio.suppliers
    rows = rows.assign(acute_high=_top(rows, "spend_acute"), currency=_currencies(rows, portfolio))
    columns = (
        ColumnSpec("supplier", "Supplier", width=26),
        ColumnSpec("products", "Products", "", "integer", width=8),
        ColumnSpec("product_names", "Delivers to", width=30),
        ColumnSpec("lines", "Lines", "", "integer", width=6),
        ColumnSpec("currency", "Currency", width=7, shown=not money),
        ColumnSpec("spend", "Known spend", money, "money", width=12),
        ColumnSpec("spend_acute_certain", "Spend in acute lines", money, "money", "acute_high",
                   width=15),
    )  # fmt: skip
    return TableSpec(
        "suppliers", "Suppliers by spend in acute lines", columns, rows, "supplier", "",
        "No product names a supplier.",
    )  # fmt: skip


def events_table(portfolio: Portfolio) -> TableSpec:
    """Policy events by how many products they bear on."""
    columns = (
        ColumnSpec("title", "Policy event", width=44),
        ColumnSpec("status", "Status", width=14),
        ColumnSpec("products", "Products it bears on", "", "integer", width=9),
        ColumnSpec("products_direct", "With a part it covers", "", "integer", width=9),
        ColumnSpec("product_names", "Products", width=30),
        ColumnSpec("event", "Listed as", width=8, shown=False),
    )
    return TableSpec(
        "events", "Policy events across the products", columns, portfolio.events, "event", "",
        "No policy event bears on a product.",
    )  # fmt: skip


def overlap_table(portfolio: Portfolio) -> TableSpec:
    """What each pair of products has in common."""
    columns = (
        ColumnSpec("a", "Product", width=24),
        ColumnSpec("b", "Product", width=24),
        ColumnSpec("minerals", "Shared minerals", "", "integer", width=9),
        ColumnSpec("minerals_acute", "Acute in both", "", "integer", width=9),
        ColumnSpec("parts_acute", "Shared acute parts", "", "integer", width=9),
    )
    return TableSpec(
        "overlap", "What products share", columns, portfolio.overlap, "",
        "", "A portfolio of one product overlaps with nothing.",
    )  # fmt: skip


def heat_map(portfolio: Portfolio, count: int = 25) -> FigureSpec:
    """Minerals (rows, worst first) by product: share of the product's spend that hangs on each.

    A cell without a known spend says how many lines hold the mineral.
    """
    minerals = portfolio.minerals["mineral"].tolist()[:count]
    names = portfolio.products["product"].tolist()
    found: dict[tuple[str, str], Any] = {
        (str(row.mineral), str(row.product)): row for row in portfolio.cells.itertuples(index=False)
    }
    unsure = dict(
        zip(names, (portfolio.products["coverage_lines_pct"] < 100.0).tolist(), strict=True)
    )
    cells = tuple(
        _cell(at, to, mineral, name, found.get((mineral, name)), unsure[name])
        for at, mineral in enumerate(minerals)
        for to, name in enumerate(names)
    )
    return FigureSpec(
        "heat",
        "Share of each product's spend in lines that hold the mineral",
        cells=cells,
        row_labels=tuple(numbers.mineral_name(one) for one in minerals),
        column_labels=tuple(names),
        row_keys=tuple(minerals),
        column_keys=tuple(names),
        caption="Two figures: certain – with likely lines. A dotted corner: lines not recognised.",
        table=minerals_table(portfolio),
        empty="No product holds a mineral of the 2025 list.",
    )


def _cell(at: int, to: int, mineral: str, name: str, row: Any, unsure: bool) -> Cell:
    if row is None:
        return Cell(at, to, math.nan, math.nan, -1, "", tr("{name}: none found", name=name), unsure)
    held = numbers.count(int(row.lines), "line")
    words = f"{name}, {numbers.mineral_name(mineral).lower()}: {row.presence}, {held}"
    if row.acute:
        words += ", acute"
    low = row.spend_pct_certain
    if not numbers.known(low):
        return Cell(at, to, math.nan, math.nan, 0, held if row.lines else "possible", words, unsure)
    high = low + (row.spend_pct_likely if numbers.known(row.spend_pct_likely) else 0.0)
    # the same share has the same shade and words as where the minerals of one product sit
    step = sum(low >= end for end in HEAT_STEPS)
    return Cell(at, to, low, high, step, numbers.percent_span(low, high), words, unsure)


def portfolio_plain(portfolio: Portfolio) -> dict[str, Any]:
    """The portfolio as plain data, schema bomexposure/portfolio/1; unknown and blank are None."""
    return {
        "schema": SCHEMA,
        "generator": portfolio.generator,
        "reference": {
            "edition": portfolio.conditions["edition"],
            "as_of": portfolio.conditions["as_of"],
            "method": portfolio.conditions["method"],
        },
        "currency": portfolio.currency or None,
        "notes": list(portfolio.notes),
        "products": _records(portfolio.products),
        "minerals": _records(portfolio.minerals),
        "cells": _records(portfolio.cells),
        "parts": _records(portfolio.parts),
        "suppliers": _records(portfolio.suppliers),
        "events": _records(portfolio.events),
        "overlap": _records(portfolio.overlap),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for row in frame.to_dict("records"):
        plain: dict[str, Any] = {}
        for name, value in row.items():
            if name == "product_names":
                plain[str(name)] = [one for one in str(value).split("; ") if one]
            elif name == "minerals" and isinstance(value, str):
                plain["minerals"] = [one for one in value.split(";") if one]
            elif (isinstance(value, float) and value != value) or value == "":
                plain[str(name)] = None
            else:
                plain[str(name)] = value
        made.append(plain)
    return made
