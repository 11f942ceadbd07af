"""Who else could supply: the table of options with reasons, their scores, and the producer map."""

from __future__ import annotations

import weakref
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.glossary import defined
from bomexposure.present.specs import (
    Axis,
    ColumnSpec,
    FigureRow,
    FigureSpec,
    MapCountry,
    MapSpec,
    Mark,
    TableSpec,
)
from bomexposure.present.words import tr
from bomexposure.scenario import sourcing_options

MAP_BUCKETS = (1.0, 5.0, 10.0, 25.0)


def sourcing_of(analysis: Analysis, mineral: str) -> pd.DataFrame:
    """SOURCING rows of one mineral; of one that no line holds they are ranked when asked for."""
    global _asked
    mine = analysis.sourcing[analysis.sourcing["mineral"] == mineral]
    if len(mine) or (analysis.exposures.minerals["mineral"] == mineral).any():
        return mine
    held = analysis.sourcing
    if _asked is None or _asked[0]() is not held or _asked[1] != mineral:
        asked = pd.DataFrame({"mineral": [mineral]})
        found = sourcing_options(asked, analysis.reference, analysis.choices)
        _asked = (weakref.ref(held), mineral, found)
    return _asked[2].copy(deep=False)


_asked: tuple[weakref.ref[pd.DataFrame], str, pd.DataFrame] | None = None
"""The mineral ranked last beyond those of an analysis."""


def sourcing_table(analysis: Analysis, mineral: str = "") -> TableSpec:
    """Options outside the excluded countries, best first; of one mineral, or of all."""
    rows = sourcing_of(analysis, mineral) if mineral else analysis.sourcing
    rows = rows.assign(
        name=[numbers.mineral_name(one) for one in rows["mineral"]],
        where=[
            tr("{country} (domestic)", country=country) if domestic else country
            for country, domestic in zip(rows["country"], rows["domestic"], strict=True)
        ],
        at=[
            tr("{stage}, the bottleneck", stage=numbers.stage(stage))
            if tight
            else numbers.stage(stage)
            for stage, tight in zip(rows["stage"], rows["bottleneck"], strict=True)
        ],
        why=[" ".join(reasons) for reasons in rows["reasons"]],
        ids=[";".join(ids) for ids in rows["sources"]],
    ).reset_index(drop=True)
    columns = (
        ColumnSpec("name", "Mineral", width=16, shown=not mineral),
        ColumnSpec("where", "Country", width=20),
        ColumnSpec("at", "Stage", width=22),
        ColumnSpec("share_low", "Share of world output", "%", "percent", "share_high", "", "ids",
                   10, defined("china-share")),
        ColumnSpec("score_low", "Score", "0–100", "score", "score_high", "", "", 9,
                   defined("score")),
        ColumnSpec("why", "Why", width=60),
    )  # fmt: skip
    excluded = numbers.listed(_excluded_names(analysis))
    return TableSpec(
        "sourcing",
        "Who else could supply",
        columns,
        rows,
        "",
        tr(
            "Not offered: {excluded}. Step by step, the bottleneck first; in a step, "
            "countries with at least 1 % of output, then smaller ones, then plans, "
            "each by the low end of the score.",
            excluded=excluded,
        ),
        "No publication names a producer outside the excluded countries.",
    )


def _excluded_names(analysis: Analysis) -> list[str]:
    countries = analysis.reference.countries
    names = dict(zip(countries["iso3"].tolist(), countries["country"].tolist(), strict=True))
    return [names.get(code, code) for code in analysis.choices.excluded]


def options_in_words(analysis: Analysis, mineral: str, count: int = 3) -> str:
    """The best options of one mineral with their shares of world output: 'Japan 0.3 %'.

    A country that appears at several stages is named once, and one where nothing runs yet not. The
    stage is named once behind its countries, where it is not the bottleneck.
    """
    frame = analysis.sourcing
    running = (frame["mineral"] == mineral) & (frame["share_high"] != 0.0)
    named = frame[running].drop_duplicates("country").head(count)
    told: list[str] = []
    stages = [numbers.stage(str(one)).partition(" (")[0] for one in named["stage"]]
    for at, row in enumerate(named.to_dict("records")):
        last = at + 1 == len(stages) or stages[at + 1] != stages[at]
        tail = f" ({stages[at]})" if last and not row["bottleneck"] else ""
        told.append(f"{row['country']} {option_share(row)}{tail}")
    return ", ".join(told) if told else "none published"


def option_share(row: Mapping[Hashable, Any]) -> str:
    """What a country makes of the world's output: a small source must not pass for a large one."""
    low, high = float(row["share_low"]), float(row["share_high"])
    known = numbers.known(low) or numbers.known(high)
    return numbers.percent(low, high) if known else "(no figure)"


def score_bars(analysis: Analysis, mineral: str) -> FigureSpec:
    """Sourcing scores as stacked terms in fixed order; hatch is what missing terms could add."""
    frame = analysis.sourcing[analysis.sourcing["mineral"] == mineral]
    rows = []
    for _, option in frame.iterrows():
        at = 0.0
        marks = []
        for term in option["terms"]:
            low, high, weight = option["terms"][term]
            marks.append(Mark("bar", "neutral", at, at + low, label="", tooltip=(
                tr("{term}: {points} of {weight}", term=tr(term), points=numbers.span(low, high),
                   weight=numbers.figure(weight)))))  # fmt: skip
            at += low
        if option["score_high"] > option["score_low"]:
            marks.append(
                Mark("bar", "neutral", option["score_low"], option["score_high"], style="hatch",
                     tooltip="Terms for which no publication gives a figure.")
            )  # fmt: skip
        rows.append(
            FigureRow(
                option["iso3"], _where(option), "", tuple(marks),
                (numbers.index(option["score_low"], option["score_high"]),),
                " ".join(option["reasons"]),
            )
        )  # fmt: skip
    return FigureSpec(
        "scores",
        tr("Sourcing options for {mineral}", mineral=numbers.mineral_name(mineral).lower()),
        (Axis("Score", "0–100"),),
        tuple(rows),
        caption="Terms in fixed order; hatched: what missing terms could add.",
        table=sourcing_table(analysis, mineral),
        empty="No publication names a producer outside the excluded countries.",
    )


def _where(option: pd.Series) -> str:
    """The country, with its stage where that is not the bottleneck."""
    country = str(option["country"])
    return country if option["bottleneck"] else f"{country}, {option['stage']}"


def map_stages(analysis: Analysis, mineral: str) -> list[tuple[str, str, str]]:
    """(stage, year, publisher) combinations with producers of a mineral, the headline first."""
    frame = analysis.reference.producers
    own = frame[frame["mineral"] == mineral]
    keys = own.sort_values(["headline", "allowed", "year"], ascending=False, kind="stable")
    pairs = keys[["stage", "year", "publisher"]].drop_duplicates()
    return list(pairs.itertuples(index=False, name=None))


def producer_map(
    analysis: Analysis, mineral: str, stage: str, year: str, publisher: str
) -> MapSpec:
    """World shares of one mineral at one stage, with excluded countries marked."""
    frame = analysis.reference.producers
    own = frame[
        (frame["mineral"] == mineral)
        & (frame["stage"] == stage)
        & (frame["year"] == year)
        & (frame["publisher"] == publisher)
    ].sort_values("share_low", ascending=False, kind="stable")
    placed = own[own["iso3"] != ""]
    countries = tuple(
        MapCountry(
            iso3, country, low, high, share_step(low), numbers.percent(low, high),
            iso3 in analysis.choices.excluded,
            tr("{country}: {share} of world output, {stage}, {year}, {publisher}", country=country,
               share=numbers.percent(low, high), stage=stage, year=year, publisher=publisher),
            source,
        )
        for iso3, country, low, high, source in zip(
            placed["iso3"], placed["country"], placed["share_low"], placed["share_high"],
            placed["source"], strict=True,
        )
    )  # fmt: skip
    beside = tuple(
        f"{country} {numbers.percent(low, high)}"
        for country, low, high in zip(
            own.loc[own["iso3"] == "", "country"],
            own.loc[own["iso3"] == "", "share_low"],
            own.loc[own["iso3"] == "", "share_high"],
            strict=True,
        )
    )
    scope = next((one for one in own["scope"] if one != "this mineral"), "")
    caption = tr("The figures are for {scope}.", scope=scope) if scope else ""
    title = f"{numbers.mineral_name(mineral)}, {stage}, {year}"
    return MapSpec(title, mineral, stage, year, publisher, countries, MAP_BUCKETS, beside, caption)


def share_step(share: float, buckets: tuple[float, ...] = MAP_BUCKETS) -> int:
    """Step 1 to 5 of the sequential ramp for a share on the map; 0 for none or not published."""
    if not numbers.known(share) or share <= 0:
        return 0
    return 1 + int(np.searchsorted(np.array(buckets), share, side="right"))


def minerals_with_options(analysis: Analysis) -> pd.DataFrame:
    """Minerals of the BOM, worst first, with how many options each has."""
    counts = analysis.sourcing.groupby("mineral").size()
    minerals = analysis.exposures.minerals["mineral"]
    return pd.DataFrame(
        {"mineral": minerals, "options": minerals.map(counts).fillna(0).astype(int)}
    )
