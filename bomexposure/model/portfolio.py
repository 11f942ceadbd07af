"""Several products judged together: what each hangs on, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.tables import Column, Table

PORTFOLIO_PRODUCTS = Table(
    "PORTFOLIO_PRODUCTS",
    "One row per product, worst first: by spend in acute lines (of a year where every product has "
    "its volume), else by its share; products whose spend is unknown follow, by acute lines.",
    (
        Column("product", "str", "name that tells products apart"),
        Column("file", "str", "name of the workbook"),
        Column("sha256", "str", "of its bytes"),
        Column("lines", "int64", "counted lines"),
        Column("coverage_lines_pct", "float64", "recognised lines; NaN without lines", "percent"),
        Column("coverage_spend_pct", "float64", "of known spend; NaN unknown", "percent"),
        Column("currency", "str", "of the spend, '' where none is known"),
        Column("spend", "float64", "known spend in one product; NaN unknown", "currency"),
        Column("volume", "float64", "products per year; NaN unknown", "1/year"),
        Column("spend_acute_certain", "float64", "spend in acute lines; NaN unknown", "currency"),
        Column("spend_acute_likely", "float64", "of lines that are likely acute", "currency"),
        Column("spend_acute_certain_pct", "float64", "of known spend; NaN unknown", "percent"),
        Column("spend_acute_likely_pct", "float64", "as above", "percent"),
        Column("annual_acute_certain", "float64", "times volume; NaN unknown", "currency/year"),
        Column("annual_acute_likely", "float64", "as above", "currency/year"),
        Column("lines_acute_certain", "int64", "acute lines"),
        Column("lines_acute_likely", "int64", "lines that are likely acute"),
        Column("minerals", "int64", "minerals of the 2025 list, certain or likely"),
        Column("minerals_acute", "int64", "of these acute, in the forms that the BOM draws on"),
        Column("controls_in_force", "int64", "policy events in force that bear on it"),
        Column("next_change", "str", "ISO date of the next change of such an event, '' none known"),
        Column("worst_mineral", "str", "first of the headline's minerals, '' where none"),
    ),
)

PORTFOLIO_CELLS = Table(
    "PORTFOLIO_CELLS",
    "One row per mineral of the 2025 list and product that holds it.",
    (
        Column("mineral", "str", "mineral id"),
        Column("product", "str", "see PORTFOLIO_PRODUCTS"),
        Column("presence", "str", "certain, likely or possible: the strongest of its lines"),
        Column("acute", "bool", "some form that the product draws on (certain, likely) is acute"),
        Column("lines", "int64", "counted lines that hold it certainly or likely"),
        Column("spend_certain", "float64", "their spend; NaN unknown", "currency of the product"),
        Column(
            "spend_likely", "float64", "of lines that likely hold it", "currency of the product"
        ),
        Column("spend_pct_certain", "float64", "of the product's known spend", "percent"),
        Column("spend_pct_likely", "float64", "as above", "percent"),
        Column("mass_g", "float64", "typical mass in one product; NaN unknown", "g"),
    ),
)

PORTFOLIO_MINERALS = Table(
    "PORTFOLIO_MINERALS",
    "One row per mineral of the 2025 list in any product, worst first: by the number of products "
    "in which it is acute, then index, then the number that hold it.",
    (
        Column("mineral", "str", "mineral id"),
        Column("products_certain", "int64", "products that hold it certainly"),
        Column("products_likely", "int64", "products that hold it likely, not certainly"),
        Column("products_possible", "int64", "products that hold it possibly only"),
        Column("products_acute", "int64", "products in which it is acute"),
        Column("lines", "int64", "counted lines of all products, certain or likely"),
        Column("spend_certain", "float64", "sum over products; NaN over several currencies",
               "currency"),
        Column("spend_likely", "float64", "as above", "currency"),
        Column("annual_kg", "float64", "typical mass a year; NaN unless volume and mass are known "
                                       "for every product that holds it", "kg"),
        Column("index_low", "float64", "of the mineral's headline form", "0 to 100"),
        Column("index_high", "float64", "high bound", "0 to 100"),
    ),
)  # fmt: skip

PORTFOLIO_PARTS = Table(
    "PORTFOLIO_PARTS",
    "One row per part with an acute mineral as its function, most products first. Parts are alike "
    "by manufacturer part number, else part number, else all texts of the line.",
    (
        Column("key", "str", "what makes parts alike"),
        Column("part_number", "str", "of the first line"),
        Column("mpn", "str", "of the first line"),
        Column("description", "str", "of the first line"),
        Column("products", "int64", "products that hold it"),
        Column("product_names", "str", "their names, '; ' between"),
        Column("lines", "int64", "counted lines"),
        Column("acute", "str", "certain or likely: the stronger of its lines"),
        Column("spend", "float64", "sum; NaN unknown or over several currencies", "currency"),
        Column("minerals", "str", "acute minerals that carry its function, ';' between"),
        Column("lead_time_days", "float64", "longest; NaN unknown", "days"),
    ),
)

PORTFOLIO_SUPPLIERS = Table(
    "PORTFOLIO_SUPPLIERS",
    "One row per supplier that is named, most spend in acute lines first.",
    (
        Column("supplier", "str", "as the first BOM writes it"),
        Column("products", "int64", "products that it delivers to"),
        Column("product_names", "str", "their names, '; ' between"),
        Column("lines", "int64", "counted lines"),
        Column("spend", "float64", "sum; NaN unknown or over several currencies", "currency"),
        Column("spend_acute_certain", "float64", "of its acute lines", "currency"),
        Column("spend_acute_likely", "float64", "of lines that are likely acute", "currency"),
    ),
)

PORTFOLIO_EVENTS = Table(
    "PORTFOLIO_EVENTS",
    "One row per policy event that bears on any product, most products first.",
    (
        Column("event", "str", "id of the PolicyEvent"),
        Column("title", "str", "its title"),
        Column("status", "str", "on the as-of date of the first product"),
        Column("products", "int64", "products that it bears on"),
        Column("products_direct", "int64", "of these, products with a part that it covers itself"),
        Column("product_names", "str", "their names, '; ' between"),
    ),
)

PORTFOLIO_OVERLAP = Table(
    "PORTFOLIO_OVERLAP",
    "One row per pair of products.",
    (
        Column("a", "str", "product"),
        Column("b", "str", "product"),
        Column("minerals", "int64", "listed minerals (certain, likely) that both hold"),
        Column("minerals_acute", "int64", "of these, acute in both"),
        Column("parts_acute", "int64", "acute parts that both hold"),
    ),
)


@dataclass(frozen=True, slots=True)
class ProductSummary:
    """What a portfolio keeps of one Analysis, so that the whole need not stay in memory.

    Attributes:
        row: one row of PORTFOLIO_PRODUCTS as plain data.
        cells: PORTFOLIO_CELLS of this product.
        indices: mineral -> (low, high) of its headline form.
        parts: acute lines: key, part_number, mpn, description, acute, spend, minerals,
            lead_time_days.
        suppliers: GROUP_EXPOSURES rows of suppliers that are named.
        events: event, title, status, direct.
        conditions: what must be the same for figures to compare: edition, as-of date, method,
            threshold.
    """

    row: dict[str, object]
    cells: pd.DataFrame
    indices: dict[str, tuple[float, float]]
    parts: pd.DataFrame
    suppliers: pd.DataFrame
    events: pd.DataFrame
    conditions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Several products side by side; see the tables above.

    Attributes:
        currency: the one currency of every known spend, '' where there are several or none: sums
            over products then are unknown.
        conditions: edition, as-of date, method and threshold of the first product.
        notes: what a reader must know, such as products judged on different days.
    """

    generator: str
    products: pd.DataFrame
    cells: pd.DataFrame
    minerals: pd.DataFrame
    parts: pd.DataFrame
    suppliers: pd.DataFrame
    events: pd.DataFrame
    overlap: pd.DataFrame
    currency: str
    conditions: dict[str, str]
    notes: tuple[str, ...]
