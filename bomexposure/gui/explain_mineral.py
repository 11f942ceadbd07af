# ruff: noqa: E501 (sentences that are shown stand on one line)
"""The panel's pages about a mineral, a country and a single published figure."""

from __future__ import annotations

from typing import Any

import numpy as np

from bomexposure.gui.context import Context
from bomexposure.gui.explain_line import chip_for, line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE
from bomexposure.present import minerals as wording
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals, drawn_note
from bomexposure.present.line_names import row_mark
from bomexposure.present.sourcing import option_share, sourcing_of
from bomexposure.present.weight import weight_of
from bomexposure.present.words import tr

LINES_SHOWN = 8
COUNTRY_SHOWN = 16

Record = Any
"""One row of a declared table."""


def mineral_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """Reliance, China's share, spend and mass; where it is; controls; every figure cited."""
    found = drawn_minerals(analysis)
    mine = found[found["mineral"] == subject.key]
    if mine.empty:
        _absent(page, context, analysis, subject)
        return
    row = mine.iloc[0]
    name = numbers.mineral_name(subject.key)
    listed = tr(
        "On the 2025 U.S. list" if row["critical_2025"] else "Tracked, not on the 2025 list"
    )
    page.head("", escape(name), listed, chip_for(book, subject.key, "certain"))
    currency = analysis.exposures.headline.currency
    weight = weight_of(analysis)
    spend, spend_top = weight.ends(row)
    page.figures(
        [
            _reliance(page, row),
            _share(page, row),
            (
                "Lines that hold it",
                weight.note(row),
                "certain – with likely; few have a cost"
                if analysis.exposures.coverage.spend_known_pct
                else "certain – with likely; no line has a cost",
                "",
            )
            if weight.lines
            else (
                "Spend in its lines",
                numbers.money_span(spend, spend_top, currency),
                "certain – with likely",
                "",
            ),
            _mass(page, row),
        ]
    )
    if row["drawn"]:
        page.text(escape(drawn_note(row)), "caption")
    if numbers.known(float(row["gated_value"])):
        gated = numbers.money(float(row["gated_value"]), currency)
        page.box(
            tr(
                "{strong} {name} does the work in at least one part. Without it the "
                "whole product, {gated}, cannot be built (gated value).",
                strong=strong("Small is not safe."),
                name=escape(name),
                gated=gated,
            )
        )
    _where(page, analysis, book, subject.key)
    _controls(page, analysis, subject.key)
    _sourcing(page, context, analysis, subject)
    detail = wording.mineral_detail(analysis, subject.key)
    page.section("More figures")
    page.facts(
        (fact.name, f"{escape(fact.words)}{page.cite(fact.sources)}")
        for fact in detail.facts
        if fact.name in ("China share, headline stage", "Leading producer", "Concentration (HHI)",
                         "Import-China index", "Gated value")
    )  # fmt: skip
    for heading, facts in detail.sections:
        if facts:
            page.section(heading)
            page.facts((f.name, f"{escape(f.words)}{page.cite(f.sources)}") for f in facts)
    for note in detail.notes:
        page.text(escape(note), "caption")
    page.finish()


def _reliance(page: Page, row: Record) -> tuple[str, str, str, str]:
    words = numbers.reliance(float(row["nir_low"]), float(row["nir_high"]), str(row["nir_printed"]))
    cited = page.cite(str(row["nir_source"]))
    scope = str(row["nir_scope"])
    below = tr("of U.S. consumption, {nir_year}", nir_year=numbers.year(str(row["nir_year"])))
    if scope and scope != "this mineral":
        below += tr("; for {scope}", scope=scope)
    sign = page.unit("%") if words[-1:].isdigit() else ""
    return "Net import reliance", f"{escape(words)}{sign}{cited}", escape(below), "reliance"


def _share(page: Page, row: Record) -> tuple[str, str, str, str]:
    low, high = float(row["china_peak_low"]), float(row["china_peak_high"])
    if not numbers.known(high):
        leads = str(row["leading_country"]) == "China"
        return "China share", "not published", "China leads, no figure" if leads else "", ""
    words = numbers.span(low, high, numbers.percent_figure)
    stage, year = str(row["china_peak_stage"]), str(row["china_peak_year"])
    below = ", ".join(part for part in (numbers.stage(stage), numbers.year(year)) if part)
    cited = page.cite(str(row["china_peak_source"]))
    return "China share, highest stage", f"{escape(words)}{page.unit('%')}{cited}", escape(below), "china"  # fmt: skip


def _mass(page: Page, row: Record) -> tuple[str, str, str, str]:
    low, typical, high = (float(row[f"mass_g_{k}"]) for k in ("low", "typical", "high"))
    if not numbers.known(typical):
        return "In one product", "unknown", "no mass is known", ""
    figure, _, unit = numbers.mass_typical(low, typical, high).partition(" ")
    missing = int(row["lines_mass_unknown"])
    below = tr("low {mass}, high {high}", mass=numbers.mass(low), high=numbers.mass(high))
    if missing:
        below += tr("; {lines} without mass", lines=numbers.count(missing, "line"))
    return "In one product", f"{figure}{page.unit(unit)}", below, ""


def _where(page: Page, analysis: Analysis, book: LineBook, mineral: str) -> None:
    """The lines that hold it: certain first, then by mass."""
    table = analysis.contents.contents
    part = table[(table["mineral"] == mineral) & table["relation"].isin(COUNTING_RELATIONS)]
    part = part[book.counted[part["line"].to_numpy()]]
    lines = part["line"].to_numpy()
    grams = part[["mass_mg_low", "mass_mg_typical", "mass_mg_high"]].to_numpy() / 1000
    presence = part["presence"].cat.codes.to_numpy()
    order = np.lexsort((lines, -np.nan_to_num(grams[:, 1], nan=-1.0), -presence))
    page.section("Where it is", numbers.count(len(part), "line"))
    rows = []
    for at in order[:LINES_SHOWN]:
        line = int(lines[at])
        chip = chip_for(book, mineral, PRESENCE[max(0, int(presence[at]))])
        words = line_title(book, line)
        words = words if len(words) < 70 else f"{words[:67]}…"
        rows.append(
            (
                row_mark(book.lines, line),
                page.link(f"line:{book.lines['id'].iat[line]}", words),
                chip,
                numbers.mass_typical(*grams[at].tolist()),
            )
        )
    page.entries(rows)
    if len(part) > LINES_SHOWN:
        page.text(
            page.link(
                f"lines:{mineral}", tr("All {part} lines in Lines", part=numbers.whole(len(part)))
            ),
            "caption",
        )


def _controls(page: Page, analysis: Analysis, mineral: str) -> None:
    table = analysis.controls
    mine = table[table["mineral"] == mineral]
    events = {event.id: event for event in analysis.events}
    day = numbers.day(analysis.choices.as_of)
    page.section(tr("Export controls on {day}", day=day))
    if mine.empty:
        page.text("None found in the policy tables.")
        return
    pairs = []
    order = {"in force": 0, "suspended": 1, "end date passed, not verified": 2, "announced": 3}
    # what cuts supply of a country that matters first, what is over last
    rows = sorted(
        mine.to_dict("records"),
        key=lambda one: (
            one["status"] == "ended",
            one["aside"],
            order.get(str(one["status"]), 9),
        ),
    )
    for row in rows[:8]:
        event = events.get(str(row["event"]))
        if event is None:
            continue
        status = str(row["status"])
        words = "not known" if status.startswith("end date passed") else status
        if status == "suspended" and event.suspended_until is not None:
            words = tr(
                "{status} to {day}", status=tr(words), day=numbers.day(event.suspended_until)
            )
        title = page.link(f"event:{event.id}", event.title)
        reach = tr("covers lines of this BOM") if row["reach"] == "direct" else tr("upstream")
        words = tr(words)
        # "capitalize" would write the month of the day small
        pairs.append((words[:1].upper() + words[1:], f"{title}, {reach}{page.cite(event.sources)}"))
    page.facts(pairs)


def _sourcing(page: Page, context: Context, analysis: Analysis, subject: Subject) -> None:
    mine = sourcing_of(analysis, subject.key)
    page.section("Who could supply instead", "score of 100")
    if mine.empty:
        page.text("No country outside the excluded ones is listed for it.")
    else:
        page.entries(
            (
                str(number),
                f"{page.link('country:' + str(row['iso3']), str(row['country']))}, "
                f"{option_share(row)} {escape(numbers.stage(str(row['stage'])))}"
                f"{page.cite(row['sources'])}",
                None,
                numbers.index(float(row["score_low"]), float(row["score_high"])),
            )
            for number, row in enumerate(mine.head(5).to_dict("records"), start=1)
        )
        page.text(page.link("place:sources", tr("All options with their reasons")), "caption")
    del context


def _absent(page: Page, context: Context, analysis: Analysis, subject: Subject) -> None:
    """A mineral that this BOM does not hold: its supply figures, and who else makes it."""
    table = analysis.reference.supply
    mine = table[(table["mineral"] == subject.key) & table["headline"]]
    page.head("", escape(numbers.mineral_name(subject.key)), "Not found in this BOM")
    if len(mine):
        row = mine.iloc[0]
        page.figures([_reliance(page, row), _share(page, row)])
        page.facts(
            (fact.name, f"{escape(fact.words)}{page.cite(fact.sources)}")
            for fact in wording.supply_facts(row)
            if fact.name != "Import-China index"  # reckoned for what a BOM holds only
        )
        _sourcing(page, context, analysis, subject)
    page.finish()


def country_page(
    page: Page,
    context: Context,
    analysis: Analysis,
    book: LineBook,
    subject: Subject,
    *,
    headed: bool = False,
) -> None:
    """A country: agreements, governance, and what it makes of this BOM's minerals.

    `headed` where its name already heads the page.
    """
    countries = analysis.reference.countries
    mine = countries[countries["iso3"] == subject.key]
    excluded = subject.key in analysis.choices.excluded
    refused = "not offered as a source" if excluded else ""
    if headed:
        page.section("The country", refused)
    else:
        page.head(", ".join(filter(None, ("Country", refused))), escape(subject.label))
    if len(mine):
        row = mine.iloc[0]
        agreements = [
            words
            for there, words in (
                (bool(row["us_fta"]), "free trade agreement"),
                (bool(row["us_minerals_agreement"]), str(row["us_minerals_agreement"])),
                (bool(row["forge_or_msp"]), "Minerals Security Partnership or FORGE"),
            )
            if there
        ]
        stability = float(row["political_stability"])
        page.facts(
            [
                ("Agreements", escape("; ".join(agreements) or "none found") + page.cite(str(row["source"]))),
                ("Political stability", _stability(stability) + page.cite(str(row["governance_source"]))),
            ]
        )  # fmt: skip
        if row["sanctions"]:
            page.box(escape(str(row["sanctions"])), "warn")
    chosen = [one for one in context.view.view.filters if one.kind == "mineral"]
    if chosen and len(sourcing_of(analysis, chosen[-1].key)):
        _offered(page, analysis, subject, chosen[-1].key)
    made = analysis.reference.producers
    held = made[(made["iso3"] == subject.key) & made["mineral"].isin(list(book.minerals))]
    held = held.sort_values("share_low", ascending=False, kind="stable")
    held = held.drop_duplicates("mineral")
    page.section("Its share of world output", "highest stage")
    if held.empty:
        page.text("No publication lists it as a producer of a mineral of this BOM.")
    page.facts(
        (
            numbers.mineral_name(str(row["mineral"])),
            f"{numbers.percent(float(row['share_low']), float(row['share_high']))}, "
            f"{escape(numbers.stage(str(row['stage'])))}, {escape(numbers.year(str(row['year'])))}"
            f"{page.cite(str(row['source']))}",
        )
        for row in held.head(COUNTRY_SHOWN).to_dict("records")
    )
    if len(held) > COUNTRY_SHOWN:
        rest = numbers.count(len(held) - COUNTRY_SHOWN, "mineral")
        page.text(
            tr("{more} more of this BOM, with smaller shares, under Reference.", more=rest),
            "caption",
        )
    page.finish()


def _offered(page: Page, analysis: Analysis, country: Subject, mineral: str) -> None:
    """Whether the country could supply the chosen mineral, or why it is not offered."""
    name = numbers.mineral_name(mineral).lower()
    page.section(tr("Could it supply {mineral}?", mineral=name))
    producers = analysis.reference.producers
    made = producers[(producers["iso3"] == country.key) & (producers["mineral"] == mineral)]
    made = made[made["share_high"] > 0].sort_values("share_low", ascending=False, kind="stable")
    table = sourcing_of(analysis, mineral)
    options = table[table["iso3"] == country.key]
    if country.key in analysis.choices.excluded:
        page.text(
            tr(
                "Not offered: {country} is one of the countries that this analysis leaves out. The "
                "button “excluded…” in Sources takes it back in.",
                country=escape(country.label),
            )
        )
    elif len(options):
        page.facts(
            (
                str(row["stage"]).partition(": ")[2] or str(row["stage"]),
                tr(
                    "score {score} of 100, {share}",
                    score=numbers.index(float(row["score_low"]), float(row["score_high"])),
                    share=option_share(row),
                )
                + page.cite(row["sources"]),
            )
            for row in options.to_dict("records")
        )
        page.text(page.link("place:sources", "All options with their reasons"), "caption")
    elif made.empty:
        page.text(
            tr(
                "Not offered: no publication here lists {country} as a producer of {mineral}, and "
                "no plant there is named.",
                country=escape(country.label),
                mineral=name,
            )
        )
    else:
        page.text(
            "Not among the options: the list by which they are ranked does not name it; an older "
            "one, or one of another step, does."
        )
    if len(made):
        best = made.iloc[0]
        page.text(
            tr(
                "Its share of world output of {mineral}: {share}, {stage}, {year}.",
                mineral=name,
                share=numbers.percent(float(best["share_low"]), float(best["share_high"])),
                stage=escape(numbers.stage(str(best["stage"]))),
                year=escape(numbers.year(str(best["year"]))),
            )
            + page.cite(str(best["source"])),
            "caption",
        )


def _stability(value: float) -> str:
    if not numbers.known(value):
        return numbers.NOT_PUBLISHED
    return tr("{more} (−2.5 to +2.5)", more=numbers.marked(f"{value:+.2f}")).replace("-", "−")
