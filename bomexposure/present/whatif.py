"""What a played scenario changes: the steps from today to then, supply lost, and figures beside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE
from bomexposure.model.scenario import ScenarioResult
from bomexposure.present import numbers
from bomexposure.present.specs import (
    PERCENT_TICKS,
    Axis,
    ColumnSpec,
    FigureRow,
    FigureSpec,
    Mark,
    TableSpec,
)
from bomexposure.present.weight import Weight, weight_of
from bomexposure.present.words import tr

STEPS_SHOWN = 7


def waterfall(analysis: Analysis, today: ScenarioResult, then: ScenarioResult) -> FigureSpec:
    """Spend in lines that hold a mineral whose supply is cut: today, a step per mineral, then.

    Low ends: lines certain to hold a mineral that surely loses supply. High ends add likely lines
    and cuts that may come to nothing. `today` is the result of a scenario without changes.
    """
    weight = weight_of(analysis)
    currency = "" if weight.lines else analysis.exposures.headline.currency
    held = _Held(analysis, weight)
    sure, maybe = _cut(today)
    start = held.spend(sure, maybe)
    rows = [_end_row("today", "Today", start, weight)]
    rest: list[str] = []
    at = start
    after_sure, after_maybe = _cut(then)
    changed = [
        str(loss["mineral"])
        for loss in (*then.losses, *today.losses)
        if (str(loss["mineral"]) in sure) != (str(loss["mineral"]) in after_sure)
        or (str(loss["mineral"]) in maybe) != (str(loss["mineral"]) in after_maybe)
    ]
    for mineral in dict.fromkeys(changed):
        sure = _with(sure, mineral, mineral in after_sure)
        maybe = _with(maybe, mineral, mineral in after_maybe)
        now = held.spend(sure, maybe)
        if all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(now, at, strict=True)):
            continue  # sums in another order differ in the last digits
        if len(rows) > STEPS_SHOWN:
            rest.append(mineral)
            continue
        rows.append(_step_row(mineral, numbers.mineral_name(mineral), at, now, weight))
        at = now
    end = held.spend(after_sure, after_maybe)
    if rest:
        rows.append(_step_row("", numbers.count(len(rest), "other"), at, end, weight))
    rows.append(_end_row("then", "With it", end, weight))
    top = max(start[1], end[1], *(mark.high for row in rows for mark in row.marks), 0.0)
    # lines are counted: a tick never stands between two of them
    axis_top = 4.0 * max(1, math.ceil(top / 4)) if weight.lines else _round_up(top)
    noun, unit = ("Lines", "counted") if weight.lines else ("Spend in lines", weight.unit)
    frame = pd.DataFrame(
        [(row.label, *_ends_of(row)) for row in rows], columns=["step", "low", "high"]
    )
    columns = (
        ColumnSpec("step", "Step", width=24),
        ColumnSpec("low", noun, currency or "", "number" if weight.lines else "money", "high",
                   width=18),
    )  # fmt: skip
    return FigureSpec(
        "waterfall",
        "Before and after",
        (Axis(noun, unit, 0.0, axis_top, _ticks(axis_top)),),
        tuple(rows),
        caption=(
            tr(
                "{noun} that hold a mineral whose supply is cut. Low end: certain lines "
                "and sure cuts. High end: likely lines too, and cuts that may come to "
                "nothing. A line that two minerals touch counts with the first.",
                noun=noun,
            )
        ),
        table=TableSpec("before-after-steps", "Before and after", columns, frame),
        empty="No spend is known for this BOM.",
        alt=(
            tr(
                "Today {start}, with the scenario {end}.",
                start=_told(start, currency, weight),
                end=_told(end, currency, weight),
            )
        ),
    )


FIGURES = (
    ("minerals", "Critical minerals found"),
    ("minerals_acute", "Acute minerals"),
    ("minerals_nir_50", "At least 50 % import reliant"),
    ("minerals_nir_100", "100 % import reliant"),
    ("lines_acute", "Acute lines"),
    ("spend_acute_pct", "Spend in acute lines"),
    ("spend_acute_minor_pct", "Spend in lines acute in a lesser role"),
    ("spend_nir_50_pct", "Spend on 50 % reliant"),
    ("spend_nir_100_pct", "Spend on 100 % reliant"),
    ("spend_china_led_pct", "Spend on China-led"),
    ("controls_in_force", "Export controls in force"),
    ("minerals_cut_surely", "Minerals surely cut"),
    ("minerals_cut", "Minerals possibly cut"),
    ("spend_cut_pct", "Spend in lines of cut minerals"),
)


def before_after(today: ScenarioResult, then: ScenarioResult) -> TableSpec:
    """Every headline figure today and with the scenario; those that change first."""
    made = [
        (name, figure_words(key, today.before.get(key)), figure_words(key, then.after.get(key)))
        for key, name in FIGURES
        if key in then.after
    ]
    # shares of spend say nothing where no line has a price
    made = [one for one in made if one[1:] != (numbers.UNKNOWN, numbers.UNKNOWN)]
    made.sort(key=lambda one: one[1] == one[2])
    frame = pd.DataFrame(made, columns=["figure", "before", "after"], dtype="str")
    columns = (
        ColumnSpec("figure", "Figure", width=32),
        ColumnSpec("before", "Today", width=14),
        ColumnSpec("after", "With it", width=14),
    )
    return TableSpec(
        "before-after", "Before and after", columns, frame, "",
        "Ranges run from certain lines to certain with likely lines.",
    )  # fmt: skip


def figure_words(key: str, value: Any) -> str:
    """One headline figure of a played scenario, certain and likely lines as a range."""
    if isinstance(value, dict):
        certain, likely = value.get("certain"), value.get("likely")
        if key.endswith("_pct"):
            return numbers.certain_likely(certain, likely)
        low = 0.0 if certain is None else float(certain)
        return numbers.span(low, low + (0.0 if likely is None else float(likely)))
    if value is None:
        return numbers.UNKNOWN
    return numbers.figure(float(value))


def _cut(result: ScenarioResult) -> tuple[frozenset[str], frozenset[str]]:
    """Minerals that surely lose supply, and those that may."""
    sure, maybe = set(), set()
    for loss in result.losses:
        ends = [loss.get("direct") or {}, loss.get("world") or {}]
        if any((one.get("low") or 0.0) > 0 for one in ends):
            sure.add(str(loss["mineral"]))
        if any((one.get("high") or 0.0) > 0 for one in ends):
            maybe.add(str(loss["mineral"]))
    return frozenset(sure), frozenset(maybe)


def _with(minerals: frozenset[str], mineral: str, there: bool) -> frozenset[str]:
    return minerals | {mineral} if there else minerals - {mineral}


class _Held:
    """Which lines hold which mineral, and what they cost; answers sums for sets of minerals."""

    def __init__(self, analysis: Analysis, weight: Weight) -> None:
        rows = analysis.contents.contents
        counted = analysis.bom.lines["counted"].to_numpy(dtype=bool)
        line = rows["line"].to_numpy()
        rank = rows["presence"].cat.codes.to_numpy()
        keep = (
            rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool)
            & counted[line]
            & (rank >= PRESENCE.index("likely"))
        )
        self._line, self._rank = line[keep], rank[keep]
        self._code, names = pd.factorize(rows["mineral"][keep].astype("str"))
        self._names = [str(one) for one in names]
        self._spend = np.nan_to_num(weight.each.to_numpy(dtype=float))

    def spend(self, sure: Iterable[str], maybe: Iterable[str]) -> tuple[float, float]:
        """Low: certain lines of `sure`; high: certain and likely lines of `maybe`."""
        certain = self._rank == PRESENCE.index("certain")
        low = np.unique(self._line[certain & self._any_of(set(sure))])
        high = np.unique(self._line[self._any_of(set(maybe))])
        return float(self._spend[low].sum()), float(self._spend[high].sum())

    def _any_of(self, minerals: set[str]) -> Any:
        """Which rows hold one of the minerals."""
        return np.array([name in minerals for name in self._names], dtype=bool)[self._code]


def _end_row(key: str, label: str, ends: tuple[float, float], weight: Weight) -> FigureRow:
    low, high = ends
    marks = [Mark("bar", "neutral", 0.0, low)]
    if high > low:
        marks.append(Mark("bar", "neutral", low, high, 0, "hatch"))
    words = _figure(low, high, weight)
    return FigureRow(key, label, "", tuple(marks), (words,), f"{label}: {words}")


def _step_row(
    key: str, name: str, before: tuple[float, float], after: tuple[float, float], weight: Weight
) -> FigureRow:
    """A step stands between the high ends; its sure part is solid, the rest hatched."""
    low, high = after[0] - before[0], after[1] - before[1]
    role: Any = "worse" if high > 0 or (high == 0 and low > 0) else "better"
    base, top = sorted((before[1], after[1]))
    marks = []
    if top > base:
        solid = min(abs(low), top - base)
        marks.append(Mark("bar", role, base, base + solid))
        if base + solid < top:
            marks.append(Mark("bar", role, base + solid, top, 0, "hatch"))
    elif low:
        # what may have been lost is lost surely now: the range shrinks from below
        floor, ceiling = sorted((before[0], after[0]))
        marks.append(Mark("bar", role, floor, ceiling))
    words = _figure(min(low, high), max(low, high), weight)
    sign = "+" if role == "worse" else ""
    return FigureRow(key, f"+ {name}" if sign else name, "", tuple(marks), (words,),
                     f"{name}: {sign}{words}")  # fmt: skip


def _ends_of(row: FigureRow) -> tuple[float, float]:
    solid = [mark.high - mark.low for mark in row.marks if mark.style == "solid"]
    every = [mark.high - mark.low for mark in row.marks]
    return sum(solid), sum(every)


def _figure(low: float, high: float, weight: Weight) -> str:
    """A range for a bar: money, or a count of lines."""
    if weight.lines:
        return numbers.span(low, high, lambda value: numbers.figure(round(value)))
    return numbers.span(low, high, numbers.money_figure)


def _told(ends: tuple[float, float], currency: str | None, weight: Weight) -> str:
    if weight.lines:
        return weight.told(*ends)
    return numbers.money_span(*ends, currency)


def _round_up(top: float) -> float:
    if top <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(top))
    # a quarter of each is a round number
    steps = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0)
    return next(step * power for step in steps if step * power >= top)


def _ticks(top: float) -> tuple[tuple[float, str], ...]:
    return tuple((top * part / 4, numbers.tick(top * part / 4)) for part in range(5))


def supply_lost(analysis: Analysis, then: ScenarioResult) -> FigureSpec:
    """Two bars per mineral: U.S. supply lost directly, and world supply; each with its reckoning.

    Notes of a row: direct words, direct reckoning, world words, world stage.
    """
    heads = analysis.exposures.minerals.drop_duplicates("mineral").set_index("mineral")
    imports = analysis.reference.import_sources
    rows, cells = [], []
    for loss in then.losses:
        mineral = str(loss["mineral"])
        direct, world = loss.get("direct") or {}, loss.get("world") or {}
        low, high = _end(direct, "low"), _end(direct, "high")
        first, last = _end(world, "low"), _end(world, "high")
        symbol = str(heads["symbol"].get(mineral, "")) if len(heads) else ""
        reckoning = _reckoning(heads, imports, mineral, loss.get("countries") or [])
        rows.append(
            FigureRow(
                mineral, numbers.mineral_name(mineral), symbol,
                (*_bars(low, high, 0), *_bars(first, last, 1)),
                (numbers.percent(low, high), reckoning, numbers.percent(first, last),
                 numbers.stage(str(world.get("stage") or "stage not known"))),
                tr("{mineral}: {share} of U.S. supply ({reckoning}); {world} of world output "
                   "({stage}).", mineral=numbers.mineral_name(mineral),
                   share=numbers.percent(low, high), reckoning=reckoning,
                   world=numbers.percent(first, last),
                   stage=world.get("stage") or tr("stage not known")),
            )
        )  # fmt: skip
        cells.append((mineral, numbers.mineral_name(mineral), low, high, first, last,
                      str(world.get("stage") or ""), reckoning))  # fmt: skip
    frame = pd.DataFrame(
        cells, columns=["mineral", "name", "low", "high", "first", "last", "stage", "reckoning"]
    )
    columns = (
        ColumnSpec("name", "Mineral", width=16),
        ColumnSpec("low", "Direct, of U.S. supply", "%", "percent", "high", width=14,
                   tooltip="Net import reliance × share of imports × part cut."),
        ColumnSpec("reckoning", "How", width=26),
        ColumnSpec("first", "World", "%", "percent", "last", width=12,
                   tooltip="Share of world output × part cut, at the stage named."),
        ColumnSpec("stage", "Stage", width=20),
    )  # fmt: skip
    return FigureSpec(
        "supply-lost",
        "What supply is lost",
        (Axis("Direct, of U.S. supply", "%", 0.0, 100.0, PERCENT_TICKS),
         Axis("World output", "%", 0.0, 100.0, PERCENT_TICKS)),
        tuple(rows),
        caption=(
            "Direct: net import reliance × share of imports × part cut. World: share of world "
            "output × part cut. The two are never added."
        ),
        table=TableSpec("supply-lost", "What supply is lost", columns, frame, "mineral"),
        empty="Nothing that is switched on cuts supply of a mineral in this BOM.",
        alt=" ".join(row.tooltip for row in rows),
    )  # fmt: skip


def _bars(low: float, high: float, panel: int) -> tuple[Mark, ...]:
    if not numbers.known(high):
        return ()
    first = low if numbers.known(low) else 0.0
    marks = [Mark("bar", "neutral", 0.0, first, panel)]
    if high > first:
        marks.append(Mark("bar", "neutral", first, high, panel, "hatch"))
    return tuple(marks)


def _end(told: dict[str, Any], key: str) -> float:
    value = told.get(key)
    return float(value) if value is not None and numbers.known(value) else math.nan


def _reckoning(
    heads: pd.DataFrame, imports: pd.DataFrame, mineral: str, countries: list[str]
) -> str:
    """'100 % × 18 % of imports': reliance by the share of the countries that are cut."""
    if mineral not in heads.index:
        return "reliance not published"
    row: Any = heads.loc[mineral]
    nir = numbers.percent(float(row["nir_low"]), float(row["nir_high"]))
    if nir == numbers.UNKNOWN:
        return "reliance not published"
    own = imports[(imports["mineral"] == mineral) & imports["headline"]]
    if own.empty:
        return tr("{nir} × imports not published", nir=nir)
    cut = own[own["iso3"].isin(countries)]
    if cut.empty:
        return tr("{nir} × not named among imports", nir=nir)
    share = numbers.percent(float(cut["share_low"].sum()), float(cut["share_high"].sum()))
    return tr("{nir} × {share} of imports", nir=nir, share=share)
