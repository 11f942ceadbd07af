"""The panel's page about one figure: publication, place, year, and the value as printed there."""

from __future__ import annotations

from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.model.sources import Figure
from bomexposure.present import numbers

KINDS = {
    "published": "as published",
    "derived": "derived from published figures",
    "lookup": "looked up, not checked against the original",
    "handbook": "handbook or standard",
    "estimate": "estimate",
}


def figure_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """One figure in the panel."""
    del context, book
    if subject.key in analysis.reference.sources:
        tell_figure(page, analysis.reference.sources[subject.key])
    page.finish()


def tell_figure(page: Page, figure: Figure) -> None:
    """The figure as printed, and where it stands."""
    page.head("One figure", escape(figure.printed or figure.locator or figure.title))
    page.facts(
        (name, escape(value))
        for name, value in (
            ("Publication", figure.title),
            ("Publisher", figure.publisher),
            ("Where", figure.locator),
            ("Year", numbers.year(figure.year) if figure.year else ""),
            ("Kind", KINDS.get(figure.kind, figure.kind)),
            ("Address", figure.url),
            ("Figure id", figure.id),
        )
        if value
    )
    if figure.url:
        page.text(
            "The program uses no network: copy the address to read on in a browser.", "caption"
        )
