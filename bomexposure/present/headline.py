"""The headline figures as tiles and sentences: for the strip, page one and the summary."""

from __future__ import annotations

import numpy as np

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS
from bomexposure.model.exposure import Share
from bomexposure.present import numbers
from bomexposure.present.glossary import defined
from bomexposure.present.specs import Tile

BASE_METALS = ("aluminum", "copper", "silicon")
"""On the 2025 list and in nearly every BOM: shares are told with and without them."""


def tiles(analysis: Analysis) -> tuple[Tile, ...]:
    """Headline figures in the order of the strip; coverage first, the last to be hidden."""
    head = analysis.exposures.headline
    return (
        _coverage_tile(analysis),
        Tile(
            "acute",
            "Acute minerals",
            str(head.minerals_acute),
            f"of {head.minerals} found",
            f"index can reach {numbers.figure(analysis.choices.acute_threshold)}",
            tooltip=defined("acute"),
        ),
        _spend_acute_tile(analysis),
        Tile(
            "nir-50",
            "Spend on ≥ 50 % reliant",
            *_figure(head.spend_nir_50_pct),
            f"{numbers.count(head.minerals_nir_50, 'mineral')}; "
            + _without(analysis, "nir_50", head.spend_nir_50_pct),
            tooltip="Spend in lines with a listed mineral of at least 50 % net import reliance.",
        ),
        Tile(
            "nir-100",
            "Spend on 100 % reliant",
            *_figure(head.spend_nir_100_pct),
            numbers.count(head.minerals_nir_100, "mineral"),
            tooltip="Spend in lines with a listed mineral that the U.S. imports in full.",
        ),
        Tile(
            "china-led",
            "Spend on China-led",
            *_figure(head.spend_china_led_pct),
            _without(analysis, "china_led", head.spend_china_led_pct),
            tooltip=defined("china-led"),
        ),
        Tile(
            "controls",
            "Export controls in force",
            str(head.controls_in_force),
            "",
            next_change_words(analysis),
            tooltip=defined("controls"),
        ),
    )


def _figure(share: Share) -> tuple[str, str]:
    words = numbers.certain_likely(share.certain, share.likely)
    return (words.removesuffix(" %"), "%") if words.endswith("%") else (words, "")


def _coverage_tile(analysis: Analysis) -> Tile:
    coverage = analysis.exposures.coverage
    parts = (
        ("lines", coverage.lines_pct), ("spend", coverage.spend_pct), ("mass", coverage.mass_pct),
    )  # fmt: skip
    bars = tuple((name, np.nan if pct is None else float(pct)) for name, pct in parts)
    figure, unit = _figure(Share(coverage.lines_pct, 0.0))
    return Tile(
        "coverage", "Coverage of the BOM", figure, unit, "of lines recognised", bars,
        defined("coverage"),
    )  # fmt: skip


def _spend_acute_tile(analysis: Analysis) -> Tile:
    head = analysis.exposures.headline
    certain, likely = head.lines_acute
    if head.spend_acute_pct.certain is None:
        figure = numbers.span(certain, certain + likely, lambda value: f"{value:,.0f}")
        return Tile(
            "spend-acute", "Acute lines", figure, "lines",
            "no costs in the BOM, so no spend", tooltip=defined("acute"),
        )  # fmt: skip
    minor = numbers.certain_likely(
        head.spend_acute_minor_pct.certain, head.spend_acute_minor_pct.likely
    )
    return Tile(
        "spend-acute",
        "Spend in acute lines",
        *_figure(head.spend_acute_pct),
        f"{minor} more in lesser roles",
        tooltip=f"{defined('acute')} {defined('acute-minor')}",
    )


def _without(analysis: Analysis, field: str, share: Share) -> str:
    if share.certain is None:
        return ""
    less = share_without(analysis, field)
    return f"{numbers.certain_likely(less.certain, less.likely)} without Al, Cu, Si"


def share_without(analysis: Analysis, field: str, minerals: tuple[str, ...] = BASE_METALS) -> Share:
    """Share of known spend in lines that hold a mineral other than `minerals` which meets `field`.

    `field` is 'nir_50', 'nir_100', 'china_led' or 'acute'; judged per line on its traded form.
    """
    lines = analysis.exposures.lines
    forms = analysis.exposures.forms
    test = {
        "nir_50": forms["nir_low"] >= 50,
        "nir_100": forms["nir_low"] >= 100,
        "china_led": forms["china_led"],
        "acute": forms["acute"],
    }[field]
    meets = forms[test & forms["critical_2025"] & ~forms["mineral"].isin(minerals)]
    keys = set(zip(meets["mineral"], meets["form"], strict=True))
    held = analysis.contents.contents
    held = held[held["relation"].isin(COUNTING_RELATIONS)]
    pairs = zip(
        held["mineral"].astype("str").tolist(),
        held["form"].astype("str").replace("nan", "").tolist(),
        strict=True,
    )
    hit = np.fromiter((pair in keys for pair in pairs), dtype=bool, count=len(held))
    spend = lines["spend"].where(lines["unit_of_count"]).to_numpy()
    total = np.nansum(spend)
    if not total > 0:
        return Share(None, None)
    counted = np.zeros(len(lines), dtype=np.int8)
    rank = np.where(held["presence"] >= "certain", 2, np.where(held["presence"] >= "likely", 1, 0))
    np.maximum.at(counted, held["line"].to_numpy()[hit], rank[hit].astype(np.int8))
    return Share(
        float(100 * np.nansum(spend[counted == 2]) / total),
        float(100 * np.nansum(spend[counted == 1]) / total),
    )


def next_change_words(analysis: Analysis) -> str:
    """'next change 27 Nov 2026', or that none is dated."""
    change = analysis.exposures.headline.next_change
    return f"next dated change {numbers.day(change[0])}" if change else "no dated change ahead"


def headline_sentence(analysis: Analysis) -> str:
    """Page one's opening: the fact that matters most, with numbers, in one or two sentences."""
    head = analysis.exposures.headline
    minerals = analysis.exposures.minerals
    acute = set(minerals.loc[minerals["acute"], "mineral"])
    coverage = analysis.exposures.coverage
    if not head.minerals:
        read = numbers.count(int(analysis.bom.lines["counted"].sum()), "counted line")
        known = numbers.percent(coverage.lines_pct or 0.0)
        return (
            f"No mineral of the 2025 U.S. list was found in {read}, of which {known} were "
            "recognised."
        )
    said = []
    top = head.top_minerals[0] if head.top_minerals else ""
    if top in acute:
        said.append(_lead(analysis, top))
    certain, likely = head.lines_acute
    if head.spend_acute_pct.certain is not None and head.minerals_acute:
        share = numbers.certain_likely(head.spend_acute_pct.certain, head.spend_acute_pct.likely)
        said.append(
            f"Lines worth {share} of known spend work through a mineral that is both imported "
            "and made mostly in China."
        )
    elif certain + likely:
        lines = numbers.span(certain, certain + likely, lambda value: f"{value:,.0f}")
        said.append(
            f"{lines} of {int(analysis.bom.lines['counted'].sum()):,} counted lines work through "
            "a mineral that is both imported and made mostly in China."
        )
    if not said:
        found = numbers.count(head.minerals, "mineral")
        said.append(
            f"The BOM holds {found} of the 2025 U.S. list; none of them is acute by the "
            "Import-China index."
        )
    return " ".join(said)


def _lead(analysis: Analysis, mineral: str) -> str:
    """What hangs on the worst mineral: parts, money, and where it comes from."""
    frame = analysis.exposures.minerals
    row = frame[frame["mineral"] == mineral].iloc[0]
    currency = analysis.exposures.headline.currency
    name = numbers.mineral_name(mineral)
    holds = int(row["lines_certain"])
    sure = holds > 0
    count = holds if sure else int(row["lines_likely"])
    worth = row["spend_certain"] if sure else row["spend_likely"]
    money = f" worth {numbers.money(worth, currency)}" if numbers.known(worth) and worth else ""
    verb = ("holds" if count == 1 else "hold") if sure else (
        "likely holds" if count == 1 else "likely hold"
    )  # fmt: skip
    lines = f"{'One' if count == 1 else f'{count:,}'} line{'' if count == 1 else 's'}{money}"
    sentence = f"{lines} {verb} {name.lower()}"
    reliance = numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"])
    if row["nir_low"] >= 100:
        sentence += ", which the United States imports in full"
    elif numbers.known(row["nir_low"]):
        mark = f"more than {reliance[1:]}" if reliance.startswith(">") else reliance
        sentence += f", of which the United States imports {mark} % on balance"
    if numbers.known(row["china_peak_low"]):
        share = numbers.percent(row["china_peak_low"], row["china_peak_high"])
        joint = " and" if "," in sentence else ","
        sentence += f"{joint} of which China makes {share} ({row['china_peak_stage']})"
    return sentence + "."
