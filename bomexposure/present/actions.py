"""What page one lists to act on: the five exposures, and actions by stated rules. No opinions.

The rules, in order, each giving at most one action until three are found:

1. ask: the supplier whose not recognised or assumed lines carry most spend is asked what they hold
   (without supplier names: the largest such line itself); only where such lines carry 5 % of known
   spend or are 10 % of counted lines.
2. substitute: where a substitute is on record for the material or class of a line that holds the
   leading acute minerals certainly, and is not acute itself, test the one of least effort.
3. second source: where a country outside the excluded ones could supply a leading acute mineral at
   its bottleneck, ask suppliers for it.
4. stock: where a control on an acute mineral can return on a dated day, agree stock before it.
5. confirm: where an acute mineral is only likely, ask for a declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import FUNCTIONAL
from bomexposure.present import numbers, substitutes
from bomexposure.present.drawn import acute_first, drawn_minerals
from bomexposure.present.facts import acting, facts_frame
from bomexposure.present.glossary import FUNCTION_WORDS
from bomexposure.present.line_names import line_name, row_words
from bomexposure.present.minerals import control_words
from bomexposure.present.policy import changes_ahead
from bomexposure.present.sourcing import option_share, options_in_words
from bomexposure.present.words import plural, tr


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One of the exposures on page one, all in words."""

    mineral: str
    symbol: str
    name: str
    parts: str
    function: str
    leading: str
    control: str
    options: str
    substitute: str


@dataclass(frozen=True, slots=True)
class Action:
    """One suggested action: what to do, who does it, and the rule that gave it."""

    what: str
    who: str
    rule: str


def top_exposures(analysis: Analysis, count: int = 5) -> list[ExposureRow]:
    """The minerals that lead the headline, each with parts, leader, control and ways out."""
    listed = acute_first(analysis)
    chosen = listed["mineral"].tolist()[:count]
    controls = control_words(analysis, chosen, 2, brief=True)
    acts = acting(analysis)
    made = []
    for mineral, control in zip(chosen, controls, strict=True):
        row = listed[listed["mineral"] == mineral].iloc[0]
        parts, function = parts_of(analysis, mineral)
        made.append(
            ExposureRow(
                mineral, row["symbol"], numbers.mineral_name(mineral), parts, function,
                leading_words(row), control, options_in_words(analysis, mineral),
                substitutes.substitute_words(analysis, mineral, mineral in acts.index),
            )
        )  # fmt: skip
    return made


def leading_words(row: pd.Series[Any]) -> str:
    """China's share where it leads, else the leading country: 'China 99 %, primary'."""
    if row["china_led"] and numbers.known(row["china_peak_low"]):
        share = numbers.percent(row["china_peak_low"], row["china_peak_high"])
        return tr("China {share}, {stage}", share=share, stage=_stage(row["china_peak_stage"]))
    if row["leading_country"] and numbers.known(row["leading_share_pct"]):
        share = numbers.percent(row["leading_share_pct"])
        return f"{row['leading_country']} {share}, {_stage(row['leading_stage'])}"
    if not row["leading_country"]:
        return tr("not published")
    return tr("{country} leads, no figure", country=row["leading_country"])


def _stage(name: str) -> str:
    """A stage without what the source adds in brackets."""
    return numbers.stage(name).partition(" (")[0]


def parts_of(analysis: Analysis, mineral: str) -> tuple[str, str]:
    """The parts that hold a mineral in words, and what it does there.

    One line is named by its description, more by the first and their number. Where it carries the
    function of some, those are named, and the lines where it does less are counted behind.
    """
    held = facts_frame(analysis)
    own = held[(held["mineral"] == mineral) & held["counting"] & (held["presence"] >= "likely")]
    own = own.assign(spend=analysis.exposures.lines["spend"].to_numpy()[own["line"].to_numpy()])
    if own.empty:
        return "possible only", ""
    # an acute form that carries the function goes first: the sponge of a bolt, no white pigment
    working_kind = own["acute"] if own["acute"].any() else own["function"].isin(FUNCTIONAL)
    own = own.assign(acts=working_kind)
    order = own.sort_values(["acts", "presence", "spend"], ascending=False, kind="stable")
    function = FUNCTION_WORDS[str(order["function"].iloc[0])]
    working = order[order["acts"]] if own["acts"].any() else order
    lines = working["line"].drop_duplicates()
    lesser = order["line"].nunique() - len(lines)
    if lesser:
        function = tr(
            "{function}; lesser role in {count} more",
            function=tr(function),
            count=numbers.whole(lesser),
        )
    tail = "" if (working["presence"] == "certain").any() else ", likely"
    first = analysis.bom.lines.iloc[int(lines.iloc[0])]
    name = shortened(line_name(first), 30)
    if len(lines) == 1:
        return f"{name}{tail}", function
    return f"{name} +{numbers.count(len(lines) - 1, 'line')}{tail}", function


def shortened(text: str, length: int = 40) -> str:
    """A text on one line, cut at a word where it is long."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    head = cut.rpartition(" ")[0]
    return f"{(head if len(head) > length // 2 else cut).rstrip(' ,;:-–')}…"


def suggested_actions(analysis: Analysis, count: int = 3) -> list[Action]:
    """Actions by the rules at the head of this file, in their order."""
    acute = acute_minerals(analysis)
    found = [
        _ask(analysis),
        _substitute(analysis, acute),
        _second_source(analysis, acute),
        _stock(analysis, acute),
        _confirm(analysis, acute),
    ]
    return [action for action in found if action is not None][:count]


def acute_minerals(analysis: Analysis) -> list[str]:
    """Acute minerals of the 2025 list held certainly or likely, in the order of page one."""
    frame = acute_first(analysis)
    made: list[str] = frame.loc[frame["acute"], "mineral"].tolist()
    return made


_ASK = (
    "Ask {name} what one line holds: so far not recognised or assumed.",
    "Ask {name} what {count} lines hold: so far not recognised or assumed.",
)
_ASK_WORTH = (
    "Ask {name} what one line worth {amount} holds: so far not recognised or assumed.",
    "Ask {name} what {count} lines worth {amount} hold: so far not recognised or assumed.",
)


def _ask(analysis: Analysis) -> Action | None:
    lines, taken = analysis.bom.lines, analysis.contents.recognitions
    weak = lines["counted"] & taken["evidence"].isin(("none", "assumed"))
    spend = analysis.exposures.lines["spend"].where(weak).fillna(0.0)
    total = analysis.exposures.headline.spend or 0.0
    small = float(spend.sum()) < total / 20 and weak.sum() < lines["counted"].sum() / 10
    if not weak.any() or small:
        return None
    suppliers = lines["supplier"].where(weak & (lines["supplier"] != ""))
    by_supplier = spend.groupby(suppliers).sum().sort_values(ascending=False, kind="stable")
    currency = analysis.exposures.headline.currency
    if len(by_supplier):
        name = str(by_supplier.index[0])
        count = int((suppliers == name).sum())
        worth = float(by_supplier.iloc[0])
        one, many = _ASK_WORTH if worth > 0 else _ASK
        amount = numbers.money(worth, currency)
        said = plural(
            one, many, count, name=shortened(name), count=numbers.whole(count), amount=amount
        )
        return Action(said, "Purchasing", "ask")
    at = int(np.argmax(spend.to_numpy() + weak.to_numpy() * 1e-9))
    row = lines.iloc[at]
    name = shortened(line_name(row))
    return Action(
        tr(
            "Find out what “{name}” (row {row}) holds: it is the largest line not recognised."
            if bool((taken["evidence"] == "none").iat[at])
            else "Find out what “{name}” (row {row}) holds: it is the largest line that is known "
            "by a family only.",
            name=name,
            row=row_words(lines, at),
        ),
        "Engineering",
        "ask",
    )


def _substitute(analysis: Analysis, acute: list[str]) -> Action | None:
    option = substitutes.best_option(analysis, acute)
    if option is None:
        return None
    out = [numbers.mineral_name(one).lower() for one in acute if one in option.removed]
    brought = [numbers.mineral_name(one).lower() for one in option.added]
    said = tr(
        "Test {new} in place of {old} (row {row}), which takes out {minerals} and brings in "
        "{others}: {effort} effort."
        if brought
        else "Test {new} in place of {old} (row {row}), which takes out {minerals}: "
        "{effort} effort.",
        new=shortened(option.to, 44),
        old=shortened(option.name, 44),
        row=option.row,
        minerals=numbers.listed(out[:3]),
        others=numbers.listed(brought[:3]),
        effort=tr(option.effort),
    )
    return Action(said, "Engineering", "substitute")


def _second_source(analysis: Analysis, acute: list[str]) -> Action | None:
    frame = analysis.sourcing
    for mineral in acute:
        # a country where nothing runs yet cannot deliver what a supplier is asked for
        options = frame[
            (frame["mineral"] == mineral)
            & frame["bottleneck"]
            & ~frame["domestic"]
            & (frame["share_high"] != 0.0)
        ]
        best = options.drop_duplicates("country").head(2).to_dict("records")
        if best:
            parts, _ = parts_of(analysis, mineral)
            shares = [option_share(row) for row in best]
            if shares[0].endswith("%"):
                shares[0] = tr("{share} of world output", share=shares[0])
            names = [
                f"{row['country']} ({share.strip('()')})"
                for row, share in zip(best, shares, strict=True)
            ]
            said = tr(
                "Ask the suppliers of {parts} whether {mineral} can come from {countries}.",
                parts=parts.removesuffix(", likely"),
                mineral=numbers.mineral_name(mineral).lower(),
                countries=numbers.listed(names, "or"),
            )
            return Action(said, "Purchasing", "second source")
    return None


def _stock(analysis: Analysis, acute: list[str]) -> Action | None:
    for change in changes_ahead(analysis):
        worst = [mineral for mineral in acute if mineral in change.minerals]
        if change.ahead and change.tightens and worst:
            names = numbers.listed([numbers.mineral_name(one).lower() for one in worst[:3]])
            return Action(
                tr(
                    "Agree stock of parts with {minerals} before {day}.",
                    minerals=names,
                    day=change.when,
                ),
                "Purchasing",
                "stock",
            )
    return None


def _confirm(analysis: Analysis, acute: list[str]) -> Action | None:
    frame = drawn_minerals(analysis)
    unsure = frame[frame["mineral"].isin(acute) & (frame["lines_certain"] == 0)]
    if unsure.empty:
        return None
    names = [numbers.mineral_name(one).lower() for one in unsure["mineral"].head(3)]
    return Action(
        tr(
            "Ask for a declaration of {minerals}: so far only likely.",
            minerals=numbers.listed(names),
        ),
        "Purchasing", "confirm",
    )  # fmt: skip
