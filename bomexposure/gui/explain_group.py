"""The panel's pages about an assembly and a supplier: what their lines sum up to."""

from __future__ import annotations

import math

import numpy as np

from bomexposure.gui.context import Context
from bomexposure.gui.explain_line import chip_for, line_title, position
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.line_names import row_mark
from bomexposure.present.words import tr


def assembly_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """What an assembly sums up to."""
    line = position(book, subject.key)
    page.head("Assembly", escape(subject.label))
    _group(page, analysis, book, "assembly", subject.key)
    if line >= 0 and book.counted[line]:
        page.text("It counts itself, since no part of it is listed below it.")
    page.finish("Double click in Lines filters every place to this assembly.")
    del context


def supplier_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """What comes from one supplier, and which of it is acute."""
    page.head("Supplier", escape(subject.label))
    _group(page, analysis, book, "supplier", subject.key)
    mine = np.flatnonzero((book.lines["supplier"] == subject.key).to_numpy() & book.counted)
    acute = sorted(mine.tolist(), key=lambda at: (-int(book.acute[at]), -_spend(book, at)))
    page.section("Its lines", "acute ones first")
    page.entries(
        (
            row_mark(book.lines, at),
            page.link(f"line:{book.lines['id'].iat[at]}", line_title(book, at)[:60]),
            None,
            numbers.money(float(book.spend[at]), book.currency)
            if numbers.known(float(book.spend[at])) else "",
        )
        for at in acute[:12]
    )  # fmt: skip
    if len(acute) > 12:
        page.text(tr("{acute} more under Lines.", acute=numbers.whole(len(acute) - 12)), "caption")
    page.finish("Every place shows this supplier's lines until the filter is dropped (Esc).")
    del context


def _spend(book: LineBook, line: int) -> float:
    value = float(book.spend[line])
    return value if math.isfinite(value) else 0.0


def _group(page: Page, analysis: Analysis, book: LineBook, kind: str, key: str) -> None:
    """Figures and minerals of an assembly or a supplier."""
    groups = analysis.exposures.groups
    mine = groups[(groups["kind"] == kind) & (groups["key"] == key)]
    if not len(mine):
        return
    row = mine.iloc[0]
    currency = analysis.exposures.headline.currency
    lines, unknown = numbers.whole(int(row["lines"])), _unknown(int(row["lines_unknown"]))
    page.figures(
        [
            ("Counted lines", lines, unknown, ""),
            ("Spend", numbers.money(float(row["spend"]), currency), "in one product", ""),
            ("Critical minerals", str(int(row["minerals"])), "certain or likely", ""),
            ("Acute", str(int(row["minerals_acute"])), "of these", "china"),
        ]
    )
    held = analysis.exposures.group_minerals
    cells = held[(held["kind"] == kind) & (held["key"] == key)]
    order = {mineral: at for at, mineral in enumerate(book.minerals)}
    rows = sorted(cells.to_dict("records"), key=lambda one: order.get(str(one["mineral"]), 999))
    page.section("Minerals in it", "lines")
    page.entries(
        (
            "",
            page.link(f"mineral:{one['mineral']}", numbers.mineral_name(str(one["mineral"]))),
            chip_for(book, str(one["mineral"]), "certain"),
            numbers.whole(int(one["lines"])),
        )
        for one in rows[:16]
    )


def _unknown(count: int) -> str:
    return tr("{count} not recognised", count=count) if count else "all recognised"
