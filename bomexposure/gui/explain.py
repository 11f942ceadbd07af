"""What the panel says about a selected thing: builds the Page for each kind of subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bomexposure.gui.context import Context
from bomexposure.gui.explain_decisions import decisions_page
from bomexposure.gui.explain_figure import figure_page, tell_figure
from bomexposure.gui.explain_group import assembly_page, supplier_page
from bomexposure.gui.explain_line import chip_for, line_page
from bomexposure.gui.explain_mineral import country_page, mineral_page
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.line_names import issue_place, row_mark
from bomexposure.present.words import tr

Builder = Callable[[Page, Context, Analysis, LineBook, Subject], None]

BUILDERS: dict[str, Builder] = {
    "mineral": mineral_page,
    "line": line_page,
    "assembly": assembly_page,
    "country": country_page,
    "figure": figure_page,
    "decisions": decisions_page,
    "supplier": supplier_page,
}
"""Subject kind -> builder; places that bring kinds of their own add to it."""


def page_for(context: Context, subject: Subject | None) -> Page:
    """The page about a subject, or about the BOM when nothing is selected."""
    analysis, book = context.document.analysis, context.document.book
    facts = analysis.reference if analysis is not None else context.analyst.reference
    page = Page(context.looks, facts.sources if facts is not None else None)
    if analysis is None and subject is not None and subject.kind == "figure":
        if facts is not None and subject.key in facts.sources:
            tell_figure(page, facts.sources[subject.key])
        page.finish()
        return page
    if analysis is None or book is None:
        page.head("", "Nothing is open")
        page.text("Open a bill of materials: the panel then explains whatever you select.")
        page.finish()
        return page
    builder = BUILDERS.get(subject.kind) if subject is not None else None
    if builder is None or subject is None:
        bom_page(page, analysis, book)
    else:
        builder(page, context, analysis, book, subject)
    return page


def bom_page(page: Page, analysis: Analysis, book: LineBook) -> None:
    """What was read, and the first questions to ask."""
    bom, headline = analysis.bom, analysis.exposures.headline
    page.head("Bill of materials", escape(bom.file))
    counted = int(book.counted.sum())
    spend = "no line has a cost"
    if headline.spend is not None:
        spend = tr("{spend} in one product", spend=numbers.money(headline.spend, headline.currency))
    page.facts(
        [
            (
                "Lines",
                tr(
                    "{counted} counted of {count} read",
                    counted=numbers.whole(counted),
                    count=numbers.whole(book.count),
                ),
            ),
            ("Spend known", spend),
            (
                "Mass known",
                tr(
                    "{known} of {counted} lines",
                    known=numbers.whole(int((~np.isnan(book.mass_g) & book.counted).sum())),
                    counted=numbers.whole(counted),
                ),
            ),
            (
                "Read from",
                page.link(
                    "place:import",
                    "; ".join(_where(one.sheet, one.header_row) for one in bom.read),
                ),
            ),
            ("Data", escape(analysis.reference.edition)),
            ("As of", numbers.day(analysis.choices.as_of)),
        ]
    )
    page.section("What matters most", "press one to see why" if headline.top_minerals else "")
    minerals = drawn_minerals(analysis).set_index("mineral")
    rows = []
    muted = page.looks.theme.text_2
    for number, mineral in enumerate(headline.top_minerals, start=1):
        name = numbers.mineral_name(mineral)
        index = lines = ""
        if mineral in minerals.index:
            row: Any = minerals.loc[mineral]
            index = numbers.index(float(row["index_low"]), float(row["index_high"]))
            held = int(row["lines_certain"]) + int(row["lines_likely"])
            lines = f'<span style="color:{muted}"> in {numbers.count(held, "line")}</span>'
        chip = chip_for(book, mineral, "certain")
        words = f"{page.link(f'mineral:{mineral}', name)}{lines}"
        rows.append((str(number), words, chip, index))
    if rows:
        page.entries(rows)
        page.text(
            "Acute minerals first, by the cost of the parts in which they do the work. The figure "
            "is the Import-China index, 0 to 100: import reliance times China's share."
            if headline.spend is not None
            else "Acute minerals first, by the number of the parts in which they do the work. The "
            "figure is the Import-China index, 0 to 100: import reliance times China's share.",
            "caption",
        )
    else:
        page.text("No mineral of the 2025 list was found in the lines that were recognised.")
    if headline.top_lines:
        page.section("Lines that carry most", "acute ones first")
        ids = book.lines["id"]
        wanted = ids[ids.isin(list(headline.top_lines))]
        place = {str(key): int(at) for at, key in wanted.items()}  # type: ignore[call-overload]
        found = []
        for key in headline.top_lines:
            at = place.get(key)
            if at is not None:
                cost = float(book.spend[at])
                found.append(
                    (
                        row_mark(book.lines, at),
                        page.link(f"line:{key}", _short(book, at)),
                        None,
                        numbers.money(cost, book.currency) if numbers.known(cost) else "",
                    )
                )
        page.entries(found)
    issues = analysis.issues
    if len(issues):
        page.section("Things to know", numbers.count(len(issues), "issue"))
        several = len({one.sheet for one in bom.read}) > 1
        for one in issues.head(6).to_dict("records"):
            where = issue_place(str(one["sheet"]) if several else "", str(one["row"]))
            said = f"{escape(str(one['text']))} {escape(str(one['mend']))}"
            page.text(f"{strong(escape(where))}. {said}" if where else said)
        if len(issues) > 6:
            page.text(
                tr(
                    "{issues} more under File › Check what was read.",
                    issues=numbers.whole(len(issues) - 6),
                ),
                "caption",
            )
    page.finish()


def _where(sheet: str, header_row: int) -> str:
    return (
        tr("sheet {sheet}, header in row {header_row}", sheet=sheet, header_row=header_row)
        if sheet
        else tr("header in row {header_row}", header_row=header_row)
    )


def _short(book: LineBook, at: int) -> str:
    from bomexposure.gui.explain_line import line_title

    words = line_title(book, at)
    return words if len(words) < 60 else f"{words[:57]}…"
