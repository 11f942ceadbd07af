"""Sourcing options of one mineral in the words of two lines: why, and what limits it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.glossary import defined
from bomexposure.present.sourcing import sourcing_table
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr
from bomexposure.scenario.sourcing import Stage, stages_of

TERM_WORDS = {
    "share": "output",
    "us_imports": "U.S. imports",
    "reserves": "reserves",
    "governance": "governance",
    "agreement": "agreement",
    "own_controls": "no own controls",
}
"""Terms of the score in the order in which bars and legend show them."""

_LIMITING = (
    "Mines only", "Mining is the only stage", "Own export control", "No output is listed",
    "No trade or minerals agreement", "No list names output", "Nothing is known to run",
    "Named by an older list", "The figure is for",
    "Makes nothing", "Is listed at the stage", "Its governance is not rated", "Its agreements",
    "Its share", "Shut: ", "Small: ", "Sanctions on record",
)  # fmt: skip
_NEUTRAL = (
    "Makes ", "It is not named among", "No export control of its own", "Governance ", "Named: ",
)  # fmt: skip
"""Beginnings of reasons that the two lines leave to the tooltip and the panel."""


_BRIEF = (
    (r"Its share of (.+) is not published: the score stays a range\.",
     r"Share of \1 not published."),
    (r"Its governance is not rated by the World Bank: the score stays a range\.",
     "Governance not rated."),
    (r"(The figure is for .+ together): the part of this mineral.*", r"\1."),
    (r"(Nothing is known to run yet):.*", r"\1."),
    (r"(Named by an older list only): .*?(\([^()]*\)); the newest list.*", r"\1 \2."),
    (r"(No list names output of it); it is offered for a plant that runs.*",
     r"\1: it is offered for a plant that runs."),
    (r"(Mines only): no output beyond the mine.*",
     r"\1: its ore would have to be treated elsewhere."),
    (r"(Minerals agreement with the United States, [^:]*\d{4}(?:, not confirmed)?): .*", r"\1."),
    (r"(Minerals agreement with the United States: [^;]*); .*", r"\1."),
)  # fmt: skip
"""What a reason says in a row of the table; the whole of it is its tooltip and the panel's."""


def brief(reason: str) -> str:
    """A reason of an option without what only its panel needs.

    >>> brief("Its share of U.S. imports is not published: the score stays a range.")
    'Share of U.S. imports not published.'
    >>> brief("Minerals agreement with the United States, 27 October 2025: Framework.")
    'Minerals agreement with the United States, 27 October 2025.'
    """
    for pattern, words in _BRIEF:
        if found := re.fullmatch(pattern, reason):
            return found.expand(words)
    return reason


def options_table(analysis: Analysis, mineral: str) -> TableSpec:
    """`sourcing_table` of one mineral, with `pro`, `contra` and `plants` beside `reasons`."""
    spec = sourcing_table(analysis, mineral)
    told = [told_apart(list(reasons)) for reasons in spec.rows["reasons"]]
    limits: list[Any] = [tuple(map(brief, contra)) for _, contra, _ in told]
    rows = spec.rows.assign(
        pro=[" ".join(map(brief, pro)) for pro, _, _ in told],
        limits=limits,
        contra=[_limits([*map(brief, contra)], plants) for _, contra, plants in told],
        plants=[len(plants) for _, _, plants in told],
    )
    columns = (
        ColumnSpec("where", "Country", width=16),
        ColumnSpec("share_low", "World share", "%", "percent", "share_high", "", "ids", 9,
                   defined("china-share")),
        ColumnSpec("score_low", "Score", "of 100", "score", "score_high", "", "", 20,
                   defined("score")),
        ColumnSpec("why", "Why, and what limits it", width=60),
        ColumnSpec("at", "Stage", width=24, shown=False),
    )  # fmt: skip
    return TableSpec(
        "options", spec.title, columns, rows, "iso3", spec.caption, spec.empty,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StageOptions:
    """The options at one stage of a mineral.

    Attributes:
        stage: its name in the data, '' for plants and projects without listed output.
        words: for a tab; tip: the whole name, and why it comes first where it does.
        bottleneck: the stage where the excluded countries' share is highest.
        alike: what limits every option here, said once instead of in each row.
    """

    stage: str
    words: str
    tip: str
    bottleneck: bool
    spec: TableSpec
    alike: str = ""


def options_by_stage(analysis: Analysis, mineral: str) -> list[StageOptions]:
    """The options of a mineral stage by stage, the bottleneck first, mere plants last.

    A country stands once in each: what it makes at one stage says nothing of another.
    """
    whole = options_table(analysis, mineral)
    rows = whole.rows
    if not len(rows):
        return []
    listed = rows["share_low"].notna() | rows["bottleneck"]
    made = []
    order = {stage.name: at for at, stage in enumerate(best_stages(analysis, mineral))}
    names = list(dict.fromkeys(rows.loc[listed, "stage"]))
    tight = set(rows.loc[rows["bottleneck"], "stage"])
    names.sort(key=lambda one: (one not in tight, order.get(one, len(order))))
    sources = {
        stage.name: f"{stage.publisher} {stage.year}".partition(" n/s")[0]
        for stage in best_stages(analysis, mineral)
    }
    shorts = [numbers.stage(str(name)).partition(" (")[0] for name in names]
    for name in names:
        own = rows[listed & (rows["stage"] == name)].reset_index(drop=True)
        narrow = name in tight
        short = numbers.stage(str(name)).partition(" (")[0]
        if shorts.count(short) > 1 and name in sources:
            short = f"{short}, {sources[name]}"
        words = f"{short[:1].upper()}{short[1:]}{', the bottleneck' if narrow else ''}"
        tip = tr(
            "{name}: {countries} could supply",
            name=name,
            countries=numbers.count(len(own), "country", "countries"),
        )
        if narrow:
            tip += ". Excluded countries hold most of the world's output here."
        own, alike = _alike_said_once(own)
        made.append(StageOptions(str(name), words, tip, narrow, replace(whole, rows=own), alike))
    plants = rows[~listed].reset_index(drop=True)
    if len(plants):
        tip = "Countries without listed output, named for plants or projects; see their status"
        made.append(
            StageOptions("", "Plants and projects", tip, False, replace(whole, rows=plants))
        )
    return made


def _alike_said_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows without what limits each of them, and that."""
    every = [set(one) for one in rows["limits"]]
    common = set.intersection(*every) if len(every) > 1 else set()
    if not common:
        return rows, ""
    contra = [
        _limits([one for one in limits if one not in common], [""] * plants)
        for limits, plants in zip(rows["limits"], rows["plants"], strict=True)
    ]
    order = [one for one in rows["limits"].iloc[0] if one in common]
    return rows.assign(contra=contra), " ".join(order)


def told_apart(reasons: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Reasons that speak for an option, those that limit it, and the plants named."""
    reasons = [numbers.marked_within(one) for one in reasons]
    plants = [one.removeprefix("Named: ") for one in reasons if one.startswith("Named: ")]
    contra = [one for one in reasons if one.startswith(_LIMITING)]
    pro = [one for one in reasons if not one.startswith((*_LIMITING, *_NEUTRAL))]
    return pro, contra, plants


def _limits(contra: list[str], plants: list[str]) -> str:
    named = numbers.count(len(plants), "plant").capitalize() if plants else ""
    named = tr("{plants} named.", plants=named) if plants else ""
    return " ".join(one for one in (*contra, named) if one) or tr("No limit on record.")


def best_stages(analysis: Analysis, mineral: str) -> list[Stage]:
    """Each stage of a mineral from its best source; those the whole market passes come first."""
    found = stages_of(analysis.reference.producers, mineral, analysis.choices.excluded)
    return sorted(
        found, key=lambda one: (not one.whole_market, -len(one.rows), -one.excluded[1], one.name)
    )


def stage_words(stage: Stage) -> str:
    """A stage in a few words: 'Mine, 2025 · USGS · 17 countries'; its full name is its tooltip."""
    name = stage.name.partition(" (")[0]
    name = name[:1].upper() + name[1:]
    year = "" if stage.year.startswith("n/s") else f", {stage.year}"
    makers = numbers.count(len(stage.rows), "country", "countries")
    return f"{name}{year} · {stage.publisher} · {makers}"


def term_words(terms: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, figure) of each term of a score: 'output', '13 of 30'."""
    made = []
    for term, words in TERM_WORDS.items():
        if term in terms:
            low, high, weight = terms[term]
            points = numbers.span(low * weight, high * weight, lambda value: f"{value:.0f}")
            made.append((words, tr("{points} of {weight:.0f}", points=points, weight=weight)))
    return made
