"""The headline figures as tiles and sentences: for the strip, page one and the summary."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.exposure import Share
from bomexposure.present import numbers
from bomexposure.present.facts import acting, meets
from bomexposure.present.glossary import defined
from bomexposure.present.relying import relying, surely, surely_acute
from bomexposure.present.specs import Tile
from bomexposure.present.weight import Weight, speaks_in_lines, weight_of

BASE_METALS = ("aluminum", "copper", "silicon")
"""On the 2025 list and in nearly every BOM: shares are told with and without them."""

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
    noun = "Lines" if weight.lines else "Spend"
    noun_in = "Counted lines with" if weight.lines else "Spend in lines with"

    def share(field: str, of_spend: Share) -> Share:
        return share_without(analysis, field, ()) if weight.lines else of_spend

    return (
        _coverage_tile(analysis),
        Tile(
            "acute",
            "Acute minerals",
            str(head.minerals_acute),
            f"of {head.minerals} found" if head.minerals else "",
            _reach(analysis) if head.minerals else "no listed mineral found",
            tooltip=f"{defined('acute')} {SURELY}",
        ),
        _acute_tile(analysis, weight),
        Tile(
            "nir-50",
            f"{noun} on ≥ 50 % reliant",
            *_figure(share("nir_50", head.spend_nir_50_pct)),
            "; ".join(
                part
                for part in (
                    numbers.count(head.minerals_nir_50, "mineral"),
                    _without(analysis, "nir_50"),
                )
                if part
            ),
            tooltip=f"{noun_in} a listed mineral of at least 50 % net import reliance.",
        ),
        Tile(
            "nir-100",
            f"{noun} on 100 % reliant",
            *_figure(share("nir_100", head.spend_nir_100_pct)),
            numbers.count(head.minerals_nir_100, "mineral"),
            tooltip=f"{noun_in} a listed mineral that the U.S. imports in full.",
        ),
        Tile(
            "china-led",
            f"{noun} on China-led",
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
    parts = (
        ("lines", coverage.lines_pct), ("spend", coverage.spend_pct), ("mass", coverage.mass_pct),
    )  # fmt: skip
    bars = tuple((name, np.nan if pct is None else float(pct)) for name, pct in parts)
    figure, unit = _figure(Share(coverage.lines_pct, 0.0))
    return Tile(
        "coverage", "Coverage of the BOM", figure, unit, "of lines recognised", bars,
        defined("coverage"),
    )  # fmt: skip


def _acute_tile(analysis: Analysis, weight: Weight) -> Tile:
    head = analysis.exposures.headline
    if weight.lines:
        certain, likely = head.lines_acute
        priced = analysis.exposures.coverage.spend_known_pct or 0.0
        why = f"{numbers.percent(priced)} of lines have a cost" if priced else "no line has a cost"
        return Tile(
            "spend-acute", "Acute lines",
            numbers.span(certain, certain + likely, lambda value: f"{value:,.0f}"),
            f"of {weight.total:,.0f}", "; ".join(one for one in (surely(analysis), why) if one),
            tooltip=f"{defined('acute')} {SURELY}",
        )  # fmt: skip
    minor = numbers.certain_likely(
        head.spend_acute_minor_pct.certain, head.spend_acute_minor_pct.likely
    )
    return Tile(
        "spend-acute",
        "Spend in acute lines",
        *_figure(head.spend_acute_pct),
        "; ".join(one for one in (surely(analysis), f"{minor} more in lesser roles") if one),
        tooltip=f"{defined('acute')} {SURELY} {defined('acute-minor')}",
    )


def _reach(analysis: Analysis) -> str:
    """How many minerals are acute whatever the true figure is, and what makes the others so."""
    reach = f"index can reach {numbers.figure(analysis.choices.acute_threshold)}"
    count = surely_acute(analysis)
    if count == analysis.exposures.headline.minerals_acute:
        return reach
    return f"{numbers.whole(count)} surely; {reach}" if count else reach


def _without(analysis: Analysis, field: str) -> str:
    less = share_without(analysis, field)
    if less.certain is None or not analysis.exposures.headline.minerals:
        return ""
    return f"{numbers.certain_likely(less.certain, less.likely)} without Al, Cu, Si"


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
        return "none dated ahead" if brief else "no dated change ahead"
    return f"next {'' if brief else 'dated change '}{numbers.day(change[0])}"


def headline_sentence(analysis: Analysis) -> str:
    """Page one's opening: the fact that matters most, with numbers, in one or two sentences."""
    head = analysis.exposures.headline
    coverage = analysis.exposures.coverage
    if not head.minerals:
        counted = int(analysis.bom.lines["counted"].sum())
        if not counted:
            return "No line of this BOM counts, so nothing can be said about its minerals."
        read = f"{numbers.whole(counted)} counted lines"
        known = f"of which {numbers.percent(coverage.lines_pct or 0.0)} were recognised"
        if counted == 1:
            read = "the one counted line"
            known = f"which was {'' if coverage.lines_pct else 'not '}recognised"
        return f"No mineral of the 2025 U.S. list was found in {read}, {known}."
    said = []
    leading = leading_mineral(analysis)
    if leading:
        said.append(_lead(analysis, leading))
    said += relying(analysis)
    if not said:
        found = numbers.count(head.minerals, "mineral")
        none = "it is not acute" if head.minerals == 1 else "none of them is acute"
        said.append(
            f"The BOM holds {found} of the 2025 U.S. list; {none} by the Import-China index."
        )
    return " ".join(said)


def leading_mineral(analysis: Analysis) -> str:
    """The acute mineral that page one opens with, '' where there is none.

    Of those that carry some line's function certainly and are acute at the low bound already, the
    one with most spend in these lines; without such a one the first acute mineral that is held.
    """
    frame = analysis.exposures.minerals
    frame = frame[frame["acute"] & frame["critical_2025"]]
    sure = set(frame.loc[frame["index_low"] >= analysis.choices.acute_threshold, "mineral"])
    acts = acting(analysis)
    acts = acts[(acts["lines_certain"] > 0) & acts.index.isin(sure)]
    if len(acts):
        order = acts.assign(index_low=frame.set_index("mineral")["index_low"]).sort_values(
            ["spend_certain", "index_low"], ascending=False, kind="stable", na_position="last"
        )
        return str(order.index[0])
    held = frame[(frame["lines_certain"] + frame["lines_likely"]) > 0]
    return str(held["mineral"].iloc[0]) if len(held) else ""


def _lead(analysis: Analysis, mineral: str) -> str:
    """What hangs on the worst mineral: parts, money, and where it comes from."""
    frame = analysis.exposures.minerals
    row = frame[frame["mineral"] == mineral].iloc[0]
    currency = analysis.exposures.headline.currency
    name = numbers.mineral_name(mineral)
    acts = acting(analysis)
    in_function = mineral in acts.index
    told: pd.Series[Any] = acts[acts.index == mineral].iloc[0] if in_function else row
    sure = bool(told["lines_certain"] > 0)
    count = int(told["lines_certain"] if sure else told["lines_likely"])
    worth = float(told["spend_certain"] if sure else told["spend_likely"])
    priced = numbers.known(worth) and worth and not speaks_in_lines(analysis)
    money = f" worth {numbers.money(worth, currency)}" if priced else ""
    verb = ("depends on" if in_function else "holds") if count == 1 else (
        "depend on" if in_function else "hold"
    )  # fmt: skip
    likely = "" if sure else "likely "
    lines = (
        f"{'One' if count == 1 else numbers.whole(count)} line{'' if count == 1 else 's'}{money}"
    )
    sentence = f"{lines} {likely}{verb} {name.lower()}"
    reliance = numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"])
    if row["nir_low"] >= 100:
        sentence += ", which the United States imports in full"
    elif numbers.known(row["nir_low"]):
        mark = f"more than {reliance[1:]}" if reliance.startswith(">") else reliance
        sentence += f", of which the United States imports {mark} % on balance"
    if numbers.known(row["china_peak_low"]):
        share = numbers.percent(row["china_peak_low"], row["china_peak_high"])
        joint = " and" if "," in sentence else ","
        stage = numbers.stage(row["china_peak_stage"]).partition(" (")[0]
        sentence += f"{joint} of which China makes {share} ({stage})"
    return sentence + "."
