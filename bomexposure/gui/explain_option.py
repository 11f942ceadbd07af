"""The panel's page about a country as a source of the mineral in hand: reasons, plants, sources."""

from __future__ import annotations

from bomexposure.gui.context import Context
from bomexposure.gui.explain_mineral import country_page
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.places.exposure import selected_mineral
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.sourcing import sourcing_of
from bomexposure.present.sourcing_rows import term_words, told_apart
from bomexposure.present.words import tr

PLANTS_SHOWN = 8
_TIGHT = " · the bottleneck"


def option_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """Why a country ranks where it does for the mineral in hand, then the country itself."""
    mineral = selected_mineral(context.view.view)
    table = sourcing_of(analysis, mineral)
    mine = table[table["iso3"] == subject.key]
    headed = bool(mineral) and len(mine) > 0
    if headed:
        best = mine.iloc[0]
        name = numbers.mineral_name(mineral).lower()
        score = numbers.index(float(best["score_low"]), float(best["score_high"]))
        page.head(
            "Sourcing option",
            escape(subject.label),
            tr("for {name}, score {score} of 100", name=escape(name), score=score),
        )
        _scope(page, analysis, mineral, subject.key)
        pro, contra, plants = told_apart(list(best["reasons"]))
        listed = [
            (
                str(row["stage"]),
                tr(
                    "{share_low} of world output{TIGHT}{sources}",
                    share_low=numbers.percent(float(row["share_low"]), float(row["share_high"])),
                    TIGHT=_TIGHT if row["bottleneck"] else "",
                    sources=page.cite(row["sources"]),
                ),
            )
            for row in mine.head(4).to_dict("records")
        ]
        page.facts((escape(stage), words) for stage, words in listed)
        page.section("Why")
        for words in pro:
            page.text(escape(words), "small")
        if contra:
            page.section("What limits it")
            for words in contra:
                page.text(escape(words), "small")
        page.section("How the score adds up", "points of weight")
        page.facts(
            (term[:1].upper() + term[1:], escape(points))
            for term, points in term_words(best["terms"])
        )
        if plants:
            page.section("Plants and projects", numbers.count(len(plants), "named", "named"))
            for words in plants[:PLANTS_SHOWN]:
                owner, _, rest = words.partition(": ")
                page.text(f"{strong(escape(owner))}: {escape(rest)}" if rest else escape(words))
            if len(plants) > PLANTS_SHOWN:
                page.text(
                    tr("{plants} more in the table's tooltip.", plants=len(plants) - PLANTS_SHOWN),
                    "caption",
                )
    country_page(page, context, analysis, book, subject, headed=headed)


def _scope(page: Page, analysis: Analysis, mineral: str, iso3: str) -> None:
    """A published figure that speaks of a group is said to, before any figure."""
    made = analysis.reference.producers
    own = made[(made["mineral"] == mineral) & (made["iso3"] == iso3) & made["headline"]]
    scopes = [str(one) for one in own["scope"] if one not in ("", "this mineral")]
    if scopes:
        name = numbers.mineral_name(mineral).lower()
        page.box(
            tr(
                "The published shares are for {scopes}. No publication gives {name} "
                "alone by country at this stage.",
                scopes=strong(escape(scopes[0])),
                name=name,
            ),
            "warn",
        )
