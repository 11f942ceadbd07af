"""The headline figures as tiles and sentences: for the strip, page one and the summary."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.exposure import Share
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.facts import acting, meets
from bomexposure.present.glossary import defined
from bomexposure.present.relying import relying, surely, surely_acute
from bomexposure.present.specs import Bar, Tile
from bomexposure.present.weight import Weight, speaks_in_lines, weight_of
from bomexposure.present.words import plural, tr

BASE_METALS = ("aluminum", "copper", "silicon")
"""On the 2025 list and in nearly every BOM: shares are told with and without them."""

FEW_KNOWN = 50.0
"""Percent of the lines with a cost, or a mass, below which their coverage says little."""

SURELY = (
    "Surely: the low bound of the published figures reaches it too. The rest turns on a reliance "
    "that is withheld, or on the figure of another form."
)


def tiles(analysis: Analysis) -> tuple[Tile, ...]:
    """Headline figures in the order of the strip; coverage first, the last to be hidden.

    Shares of spend, or of lines where few lines have a price (see weight.py).
    """
    head = analysis.exposures.headline
    weight = weight_of(analysis)

    def share(field: str, of_spend: Share) -> Share:
        return share_without(analysis, field, ()) if weight.lines else of_spend

    return (
        _coverage_tile(analysis),
        Tile(
            "acute",
            "Acute minerals",
            str(head.minerals_acute),
            tr("of {count} found", count=head.minerals) if head.minerals else "",
            _reach(analysis) if head.minerals else "no listed mineral found",
            tooltip=f"{defined('acute')} {tr(SURELY)}",
        ),
        _acute_tile(analysis, weight),
        Tile(
            "nir-50",
            "Lines on ≥ 50 % reliant" if weight.lines else "Spend on ≥ 50 % reliant",
            *_figure(share("nir_50", head.spend_nir_50_pct)),
            "; ".join(
                part
                for part in (
                    numbers.count(head.minerals_nir_50, "mineral"),
                    _without(analysis, "nir_50"),
                )
                if part
            ),
            tooltip="Counted lines with a listed mineral of at least 50 % net import reliance."
            if weight.lines
            else "Spend in lines with a listed mineral of at least 50 % net import reliance.",
        ),
        Tile(
            "nir-100",
            "Lines on 100 % reliant" if weight.lines else "Spend on 100 % reliant",
            *_figure(share("nir_100", head.spend_nir_100_pct)),
            numbers.count(head.minerals_nir_100, "mineral"),
            tooltip="Counted lines with a listed mineral that the U.S. imports in full."
            if weight.lines
            else "Spend in lines with a listed mineral that the U.S. imports in full.",
        ),
        Tile(
            "china-led",
            "Lines on China-led" if weight.lines else "Spend on China-led",
            *_figure(share("china_led", head.spend_china_led_pct)),
            _without(analysis, "china_led"),
            tooltip=defined("china-led"),
        ),
        Tile(
            "controls",
            "Export controls in force",
            str(head.controls_in_force),
            "",
            next_change_words(analysis),
            tooltip=defined("controls"),
            brief=("Controls in force", next_change_words(analysis, brief=True)),
        ),
    )


def _figure(share: Share) -> tuple[str, str]:
    words = numbers.certain_likely(share.certain, share.likely)
    return (words.removesuffix(" %"), "%") if words.endswith("%") else (words, "")


def _coverage_tile(analysis: Analysis) -> Tile:
    coverage = analysis.exposures.coverage
    counted = int(analysis.bom.lines["counted"].sum())
    bars = (
        _bar("lines", coverage.lines_pct, 100.0, counted),
        _bar("spend", coverage.spend_pct, coverage.spend_known_pct, counted),
        _bar("mass", coverage.mass_pct, coverage.mass_known_pct, counted),
    )
    figure, unit = _figure(Share(coverage.lines_pct, 0.0))
    known = tr(
        "A cost is known for {spend} of the lines, a mass for {mass}.",
        spend=numbers.percent(coverage.spend_known_pct or 0.0),
        mass=numbers.percent(coverage.mass_known_pct or 0.0),
    )
    return Tile(
        "coverage", "Coverage of the BOM", figure, unit, "of lines recognised", bars,
        f"{tr(defined('coverage'))} {known}",
    )  # fmt: skip


def _bar(name: str, covered: float | None, known: float | None, lines: int) -> Bar:
    """Percent that is recognised; where few lines have the figure at all, how many have it.

    "mass 100 %" would else be read as if every line had a mass.
    """
    if covered is not None and known is not None and known < FEW_KNOWN:
        words = numbers.count(round(known * lines / 100), "line")
        return Bar(tr(name), known, words)
    share = np.nan if covered is None else float(covered)
    return Bar(tr(name), share, numbers.percent(share))


def _acute_tile(analysis: Analysis, weight: Weight) -> Tile:
    head = analysis.exposures.headline
    if weight.lines:
        certain, likely = head.lines_acute
        priced = analysis.exposures.coverage.spend_known_pct or 0.0
        why = (
            tr("{share} of lines have a cost", share=numbers.percent(priced))
            if priced
            else tr("no line has a cost")
        )
        return Tile(
            "spend-acute", "Acute lines",
            numbers.span(certain, certain + likely, lambda value: f"{value:,.0f}"),
            tr("of {count}", count=f"{weight.total:,.0f}"),
            "; ".join(one for one in (surely(analysis), why) if one),
            tooltip=f"{defined('acute')} {tr(SURELY)}",
        )  # fmt: skip
    minor = numbers.certain_likely(
        head.spend_acute_minor_pct.certain, head.spend_acute_minor_pct.likely
    )
    return Tile(
        "spend-acute",
        "Spend in acute lines",
        *_figure(head.spend_acute_pct),
        "; ".join(
            one
            for one in (surely(analysis), tr("{share} more in lesser roles", share=minor))
            if one
        ),
        tooltip=f"{defined('acute')} {tr(SURELY)} {defined('acute-minor')}",
    )


def _reach(analysis: Analysis) -> str:
    """How many minerals are acute whatever the true figure is, and what makes the others so."""
    most = numbers.figure(analysis.choices.acute_threshold)
    reach = tr("index can reach {figure}", figure=most)
    count = surely_acute(analysis)
    if count == analysis.exposures.headline.minerals_acute:
        return reach
    if not count:
        return reach
    return tr("{count} surely; index can reach {figure}", count=numbers.whole(count), figure=most)


def _without(analysis: Analysis, field: str) -> str:
    less = share_without(analysis, field)
    if less.certain is None or not analysis.exposures.headline.minerals:
        return ""
    share = numbers.certain_likely(less.certain, less.likely)
    return tr("{share} without Al, Cu, Si", share=share)


def share_without(analysis: Analysis, field: str, minerals: tuple[str, ...] = BASE_METALS) -> Share:
    """Share of known spend in lines that hold a mineral other than `minerals` which meets `field`.

    Of counted lines where few lines have a price.

    `field` is 'nir_50', 'nir_100', 'china_led' or 'acute'; judged per line on its traded form.
    """
    held = analysis.contents.contents
    told = meets(analysis, field) & ~held["mineral"].isin(minerals).to_numpy(dtype=bool)
    weight = weight_of(analysis)
    each, total = weight.each.to_numpy(dtype=float), weight.total
    if not total > 0:
        return Share(None, None)
    counted = np.zeros(len(each), dtype=np.int8)
    presence = held["presence"].cat.codes.to_numpy()
    np.maximum.at(counted, held["line"].to_numpy()[told], presence[told])
    return Share(
        float(100 * np.nansum(each[counted == 2]) / total),
        float(100 * np.nansum(each[counted == 1]) / total),
    )


def next_change_words(analysis: Analysis, *, brief: bool = False) -> str:
    """'next dated change 27 Nov 2026', brief 'next 27 Nov 2026'; or that none is dated."""
    change = analysis.exposures.headline.next_change
    if not change:
        return tr("none dated ahead") if brief else tr("no dated change ahead")
    day = numbers.day(change[0])
    return tr("next {day}", day=day) if brief else tr("next dated change {day}", day=day)


def headline_sentence(analysis: Analysis) -> str:
    """Page one's opening: the fact that matters most, with numbers, in one or two sentences."""
    head = analysis.exposures.headline
    coverage = analysis.exposures.coverage
    if not head.minerals:
        counted = int(analysis.bom.lines["counted"].sum())
        if not counted:
            return tr("No line of this BOM counts, so nothing can be said about its minerals.")
        if counted == 1:
            return tr(
                "No mineral of the 2025 U.S. list was found in the one counted line, which was "
                "recognised."
                if coverage.lines_pct
                else "No mineral of the 2025 U.S. list was found in the one counted line, which "
                "was not recognised."
            )
        return tr(
            "No mineral of the 2025 U.S. list was found in {count} counted lines, of which "
            "{share} were recognised.",
            count=numbers.whole(counted),
            share=numbers.percent(coverage.lines_pct or 0.0),
        )
    said = []
    leading = leading_mineral(analysis)
    if leading:
        said.append(_lead(analysis, leading))
    said += relying(analysis)
    if not said:
        said.append(
            plural(
                "The BOM holds {count} mineral of the 2025 U.S. list; it is not acute by the "
                "Import-China index.",
                "The BOM holds {count} minerals of the 2025 U.S. list; none of them is acute by "
                "the Import-China index.",
                head.minerals,
                count=numbers.whole(head.minerals),
            )
        )
    return " ".join(said)


def leading_mineral(analysis: Analysis) -> str:
    """The acute mineral that page one opens with: the first of the five, '' where none is acute."""
    frame = drawn_minerals(analysis)
    acute = set(frame.loc[frame["acute"] & frame["critical_2025"], "mineral"])
    first = analysis.exposures.headline.top_minerals[:1]
    return first[0] if acute.issuperset(first) and first else ""


def _lead(analysis: Analysis, mineral: str) -> str:
    """What hangs on the worst mineral: parts, money, and where it comes from."""
    frame = drawn_minerals(analysis)
    row = frame[frame["mineral"] == mineral].iloc[0]
    currency = analysis.exposures.headline.currency
    name = tr(numbers.mineral_name(mineral)).lower()
    acts = acting(analysis)
    in_function = mineral in acts.index
    told: pd.Series[Any] = acts[acts.index == mineral].iloc[0] if in_function else row
    sure = bool(told["lines_certain"] > 0)
    count = int(told["lines_certain"] if sure else told["lines_likely"])
    worth = float(told["spend_certain"] if sure else told["spend_likely"])
    figures = {"count": numbers.whole(count), "amount": numbers.money(worth, currency)}
    if numbers.known(worth) and worth and not speaks_in_lines(analysis):
        lines = plural("One line worth {amount}", "{count} lines worth {amount}", count, **figures)
    else:
        lines = plural("One line", "{count} lines", count, **figures)
    one, many = _HANGS[sure, in_function]
    fact = plural(one, many, count, lines=lines, mineral=name)
    reliance = numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"])
    if reliance.startswith(">"):
        reliance = tr("more than {figure}", figure=reliance[1:])
    imported = "full" if row["nir_low"] >= 100 else "part" if numbers.known(row["nir_low"]) else ""
    made = numbers.known(row["china_peak_low"])
    return tr(
        _COMES_FROM[imported, made],
        fact=fact,
        reliance=reliance,
        share=numbers.percent(row["china_peak_low"], row["china_peak_high"]),
        stage=tr(numbers.stage(row["china_peak_stage"]).partition(" (")[0]),
    )


_HANGS = {
    (True, True): ("{lines} depends on {mineral}", "{lines} depend on {mineral}"),
    (True, False): ("{lines} holds {mineral}", "{lines} hold {mineral}"),
    (False, True): ("{lines} likely depends on {mineral}", "{lines} likely depend on {mineral}"),
    (False, False): ("{lines} likely holds {mineral}", "{lines} likely hold {mineral}"),
}
"""(surely, in its function) -> what lines do, one and many."""
_COMES_FROM = {
    ("full", True): "{fact}, which the United States imports in full and of which China makes "
    "{share} ({stage}).",
    ("full", False): "{fact}, which the United States imports in full.",
    ("part", True): "{fact}, of which the United States imports {reliance} % on balance and of "
    "which China makes {share} ({stage}).",
    ("part", False): "{fact}, of which the United States imports {reliance} % on balance.",
    ("", True): "{fact}, of which China makes {share} ({stage}).",
    ("", False): "{fact}.",
}
"""(how much is imported, whether China's share is known) -> the sentence."""
