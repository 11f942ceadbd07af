"""Played scenarios as tables: several side by side, the lines that they touch, and the strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.present import numbers
from bomexposure.present.specs import ColumnSpec, TableSpec, Tile
from bomexposure.present.whatif import FIGURES, figure_words
from bomexposure.present.words import tr

TILE_FIGURES = {
    "acute": "minerals_acute", "spend-acute": "spend_acute_pct", "nir-50": "spend_nir_50_pct",
    "nir-100": "spend_nir_100_pct", "china-led": "spend_china_led_pct",
    "controls": "controls_in_force",
}  # fmt: skip
"""Tile of the strip -> figure of a played scenario."""
LETTERS = "ABCDEFGH"


def compared(
    analysis: Analysis, today: ScenarioResult, played: Sequence[ScenarioResult]
) -> TableSpec:
    """One row a headline figure, one column a scenario; direct and upstream reach apart.

    Figures that some scenario changes come first; the rest stand in their usual order.
    """
    made: list[tuple[str, ...]] = []
    for key, name in FIGURES:
        words = [figure_words(key, today.before.get(key))]
        words += [figure_words(key, one.after.get(key)) for one in played]
        made.append((name, *words))
    currency = analysis.exposures.headline.currency
    for way, name in (("direct", "Spend that it covers itself"), ("upstream", "Spend upstream")):
        made.append((name, *(_reach(one, way, currency) for one in (today, *played))))
    made.append(
        ("Lines that it covers itself", *(_lines(one, "direct") for one in (today, *played)))
    )
    made.append(("Lines upstream", *(_lines(one, "upstream") for one in (today, *played))))
    made.append(("Stock ends before the lead time", *(_short(one) for one in (today, *played))))
    made = [one for one in made if set(one[1:]) != {numbers.UNKNOWN}]
    made.sort(key=lambda one: len(set(one[1:])) == 1)
    keys = ["figure", "today", *(f"s{at}" for at in range(len(played)))]
    frame = pd.DataFrame(made, columns=keys, dtype="str")
    columns = (
        ColumnSpec("figure", "Figure", width=30),
        ColumnSpec("today", "Today", width=14),
        *(
            ColumnSpec(f"s{at}", f"{LETTERS[at % len(LETTERS)]}: {one.scenario.title}", width=24,
                       tooltip=one.scenario.title)
            for at, one in enumerate(played)
        ),
    )  # fmt: skip
    return TableSpec(
        "compared", "Scenarios side by side", columns, frame, "figure",
        " · ".join(
            f"{LETTERS[at % len(LETTERS)]}: {one.scenario.title}" for at, one in enumerate(played)
        )
        + ". Ranges run from certain lines to certain with likely lines.",
    )  # fmt: skip


def _reach(one: ScenarioResult, way: str, currency: str | None) -> str:
    told = one.spend_touched.get(way) or {}
    certain, likely = told.get("certain"), told.get("likely")
    if certain is None:
        return numbers.UNKNOWN if one.losses else "0"
    return numbers.money_span(certain, certain + (likely or 0.0), currency)


def _lines(one: ScenarioResult, way: str) -> str:
    return numbers.whole(len(one.lines.get(way) or ()))


def _short(one: ScenarioResult) -> str:
    cover = one.lines.get("cover") or ()
    known = [line for line in cover if line["short"] is not None]
    if not known:
        return "no stock and lead time" if one.losses else "–"
    return tr(
        "{count} of {known} lines",
        count=numbers.whole(sum(bool(line["short"]) for line in known)),
        known=numbers.whole(len(known)),
    )


def touched_lines(analysis: Analysis, then: ScenarioResult) -> TableSpec:
    """Lines whose supply the scenario cuts, dearest first, with what their stock covers."""
    lines = analysis.bom.lines
    way = {str(one): "the part itself" for one in then.lines.get("direct") or ()}
    way |= {str(one): "upstream" for one in then.lines.get("upstream") or () if one not in way}
    cover = {str(one["line"]): one for one in then.lines.get("cover") or ()}
    own = lines[lines["id"].isin(list(way))]
    spend = analysis.exposures.lines["spend"]
    ids = own["id"].astype("str").tolist()
    frame = pd.DataFrame(
        {
            "id": ids,
            "row": own["row"].astype("int64").tolist(),
            "part": own["part_number"].astype("str").tolist(),
            "description": own["description"].astype("str").tolist(),
            "reach": [way[one] for one in ids],
            "spend": spend.loc[own.index].tolist(),
            "days": [_of(cover, one, "days") for one in ids],
            "lead": [_of(cover, one, "lead_time_days") for one in ids],
            "short": [_short_words(cover.get(one)) for one in ids],
        }
    ).sort_values("spend", ascending=False, kind="stable", na_position="last")
    columns = (
        ColumnSpec("row", "Row", "", "integer", width=6),
        ColumnSpec("part", "Part number", width=18),
        ColumnSpec("description", "Description", width=34),
        ColumnSpec("reach", "Reached", width=14,
                   tooltip="Whether a control covers the part itself, or the material in it."),
        ColumnSpec("spend", "Spend", analysis.exposures.headline.currency or "", "money", width=10),
        ColumnSpec("days", "Stock lasts", "days", "integer", width=10),
        ColumnSpec("lead", "Lead time", "days", "integer", width=10),
        ColumnSpec("short", "In time", width=20),
    )  # fmt: skip
    note = (
        "Stock lasts for lines with stock, a quantity in pieces and a volume."
        if analysis.choices.volume
        else "How long stock lasts is known once the products a year are given (Scenario > Volume)."
    )
    return TableSpec(
        "touched", "Lines that it touches", columns, frame.reset_index(drop=True), "id", note,
        "It cuts the supply of no line of this BOM.",
    )  # fmt: skip


def _of(cover: dict[str, Any], line: str, key: str) -> float:
    value = cover[line][key] if line in cover else None
    return float("nan") if value is None else float(value)


def _short_words(told: dict[str, Any] | None) -> str:
    if told is None or told["short"] is None:
        return numbers.UNKNOWN
    return "stock ends first" if told["short"] else "stock lasts longer"


def scenario_tiles(
    tiles: Sequence[Tile], today: ScenarioResult, then: ScenarioResult
) -> tuple[Tile, ...]:
    """The strip's tiles with 'before → after' where the scenario changes a figure."""
    made = []
    for tile in tiles:
        key = TILE_FIGURES.get(tile.key, "")
        before = figure_words(key, today.before.get(key)) if key else ""
        after = figure_words(key, then.after.get(key)) if key else ""
        # a tile that counts lines where spend is unknown stays as it is
        if not key or before == after or before.endswith("%") != (tile.unit == "%"):
            made.append(tile)
            continue
        figure = f"{before.removesuffix(' %')} → {after.removesuffix(' %')}"
        made.append(replace(tile, figure=figure, below="with the scenario"))
    return tuple(made)


def names_in(analysis: Analysis, scenario: Scenario) -> dict[str, str]:
    """What moves are about, for people: countries by code, measures, materials and lines by id."""
    facts, lines = analysis.reference, analysis.bom.lines
    names: dict[str, str] = {}
    for frame in (facts.producers, facts.countries):
        names |= dict(zip(frame["iso3"].tolist(), frame["country"].tolist(), strict=True))
    subjects = facts.knowledge.subjects
    names |= dict(zip(subjects["id"].tolist(), subjects["name"].tolist(), strict=True))
    names |= {one.id: one.name for one in analysis.choices.own_materials}
    names |= {event.id: event.title for event in analysis.events}
    swapped = [old.removeprefix("line:") for old, _ in scenario.substitutions]
    own = lines.loc[lines["id"].isin(swapped), ["id", "row"]]
    return names | {
        f"line:{one}": tr("row {row}", row=row) for one, row in own.itertuples(index=False)
    }


def moves_of(scenario: Scenario, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Everything switched on, as (kind, key, words); `names` are those of `names_in`."""
    made = [("event", one, names.get(one, one)) for one in scenario.events]
    for at, cut in enumerate(scenario.cuts):
        mineral = "every mineral" if cut.mineral == "*" else numbers.mineral_name(cut.mineral)
        share = numbers.percent(100 * cut.fraction_low, 100 * cut.fraction_high)
        stage = f", {numbers.stage(cut.stage)}" if cut.stage else ""
        words = f"{names.get(cut.iso3, cut.iso3)} −{share} {mineral}{stage}"
        made.append(("cut", str(at), words))
    for at, (old, new) in enumerate(scenario.substitutions):
        made.append(
            (
                "swap",
                str(at),
                tr("{names} for {names2}", names=names.get(new, new), names2=names.get(old, old)),
            )
        )
    for at, shift in enumerate(scenario.shifts):
        words = tr(
            "{fraction} of {mineral} from {names}",
            fraction=numbers.percent(100 * shift.fraction),
            mineral=numbers.mineral_name(shift.mineral).lower(),
            names=names.get(shift.to_iso3, shift.to_iso3),
        )
        made.append(("shift", str(at), words))
    for at, tariff in enumerate(scenario.tariffs):
        words = tr(
            "Tariff of {rate} on parts from {names}",
            rate=numbers.percent(tariff.rate_pct), names=names.get(tariff.iso3, tariff.iso3),
        )  # fmt: skip
        made.append(("tariff", str(at), words))
    if scenario.demand_factor != 1.0:
        made.append(
            (
                "demand",
                "",
                tr(
                    "Demand × {demand_factor}", demand_factor=numbers.figure(scenario.demand_factor)
                ),
            )
        )
    if scenario.as_of is not None:
        made.append(("day", "", tr("On {as_of}", as_of=numbers.day(scenario.as_of))))
    return made


def without_move(scenario: Scenario, kind: str, key: str) -> Scenario:
    """The scenario with one of `moves_of` taken off."""

    def rest(many: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one for at, one in enumerate(many) if str(at) != key)

    match kind:
        case "event":
            return replace(scenario, events=tuple(one for one in scenario.events if one != key))
        case "cut":
            return replace(scenario, cuts=rest(scenario.cuts))
        case "swap":
            return replace(scenario, substitutions=rest(scenario.substitutions))
        case "shift":
            return replace(scenario, shifts=rest(scenario.shifts))
        case "tariff":
            return replace(scenario, tariffs=rest(scenario.tariffs))
        case "demand":
            return replace(scenario, demand_factor=1.0)
        case _:
            return replace(scenario, as_of=None)
