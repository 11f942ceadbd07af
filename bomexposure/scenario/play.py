"""Playing scenarios: the same exposure, run again on changed supply, lines or demand.

docs/method.md, section "What if".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure import score
from bomexposure.exposure.headline import controls_in_force, headline_events, next_change
from bomexposure.exposure.money import known_sum
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices, EventStatus
from bomexposure.model.content import COUNTING_RELATIONS, Contents
from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import Exposures, Headline
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.model.supply import Reference
from bomexposure.scenario.controls import controls_on, events_as_set, line_reach, reaches_us
from bomexposure.scenario.disruption import Act, acts_of, fraction_of, losses_of
from bomexposure.scenario.origin import duty_words
from bomexposure.scenario.ready_made import ready_made, scenario_named
from bomexposure.scenario.swap import swapped

DAYS_PER_YEAR = 365.0


def play(
    ids: tuple[str, ...],
    bom: BillOfMaterials,
    contents: Contents,
    exposures: Exposures,
    reference: Reference,
    choices: Choices,
    own: tuple[Scenario, ...] = (),
) -> tuple[ScenarioResult, ...]:
    """The outcome of each scenario asked for, in that order.

    Raises UsageError for an id that is neither ready-made nor among the user's `own`.
    """
    wanted = [scenario_named(one, own) for one in dict.fromkeys(ids)]
    return tuple(
        play_one(scenario, bom, contents, exposures, reference, choices) for scenario in wanted
    )


def play_one(
    scenario: Scenario,
    bom: BillOfMaterials,
    contents: Contents,
    exposures: Exposures,
    reference: Reference,
    choices: Choices,
) -> ScenarioResult:
    """Before and after of one scenario against the exposures already computed.

    Raises UsageError for an event, substitute or line that is not known.
    """
    known = {event.id for event in reference.events}
    unknown = [one for one in scenario.events if one not in known]
    if unknown and scenario not in ready_made():
        raise UsageError(
            f"The policy event '{unknown[0]}' is not known.", "See 'bomexposure scenario list'."
        )
    notes = [f"{one} is not in this edition of the data." for one in unknown]
    today = _World(bom, contents, exposures, reference, choices, (), ())
    then, changed = _changed(scenario, today)
    before, after = today.figures(Scenario("", "")), then.figures(scenario)
    touched = then.touched(then.acts(scenario))
    return ScenarioResult(
        scenario=scenario,
        before=before,
        after=after,
        losses=then.losses(scenario),
        lines={
            "direct": touched.ids(bom, "direct"),
            "upstream": touched.ids(bom, "upstream"),
            "cover": stock_cover(bom, touched.any, then.choices.volume),
        },
        spend_touched=touched.spend(then.exposures.lines["spend"].to_numpy(dtype=float)),
        notes=(
            *notes,
            *changed,
            *duty_words(scenario.tariffs, bom, then.exposures, reference),
            *then.remarks(scenario),
            *_demand_words(scenario, today, then),
        ),
    )


def _demand_words(scenario: Scenario, today: _World, then: _World) -> list[str]:
    """What a change of demand does to the yearly need of the acute minerals, worst first."""
    if scenario.demand_factor == 1.0:
        return []
    if not today.choices.volume:
        return ["The change of demand shows nowhere: the products per year are not given."]
    before = today.exposures.minerals.set_index("mineral")
    after = then.exposures.minerals.set_index("mineral")
    said = []
    for mineral in after.index[after["acute"] & after["critical_2025"]]:
        old, new = (float(side["annual_kg_typical"].get(mineral, 0.0)) for side in (before, after))
        if not new > 0.0:
            continue
        part = float(after.loc[mineral, "annual_pct_of_us"])
        share = f", {part:.2g} % of U.S. consumption" if part == part else ""
        name = str(mineral).replace("-", " ")
        said.append(f"{name} {old:.3g} to {new:.3g} kg a year{share}")
    if not said:
        return ["The change of demand shows nowhere: no mass of an acute mineral is known."]
    return [f"Demand times {scenario.demand_factor:g}: {'; '.join(said[:5])}."]


@dataclass(frozen=True, slots=True)
class _Touched:
    """Per line: rank of holding a cut mineral (1 likely, 2 certain), and whether hit directly."""

    rank: Any
    direct: Any

    @property
    def any(self) -> Any:
        return self.rank > 0

    def ids(self, bom: BillOfMaterials, way: str) -> list[str]:
        where = self.any & (self.direct if way == "direct" else ~self.direct)
        return [str(one) for one in bom.lines["id"].to_numpy(dtype=object)[where]]

    def spend(self, spend: Any) -> dict[str, Any]:
        return self._split(spend, self.any) | {
            "direct": self._split(spend, self.direct),
            "upstream": self._split(spend, ~self.direct),
        }

    def _split(self, spend: Any, where: Any) -> dict[str, float | None]:
        if known_sum(spend) is None:
            return {"certain": None, "likely": None}
        return {
            word: float(np.nansum(spend[where & (self.rank == rank)]))
            for word, rank in (("certain", 2), ("likely", 1))
        }


@dataclass(frozen=True, slots=True)
class _World:
    """One side of the comparison: a BOM, its contents, its exposures and the day.

    `forced` are the events that the scenario says bite; `acting` those and the events that bite
    harder on its day than today. What bites already is part of today and no scenario's loss.
    """

    bom: BillOfMaterials
    contents: Contents
    exposures: Exposures
    reference: Reference
    choices: Choices
    forced: tuple[str, ...]
    acting: tuple[str, ...]

    @property
    def events(self) -> tuple[PolicyEvent, ...]:
        return tuple(
            event
            for event in events_as_set(self.reference, self.choices)
            # an event that a scenario forces bears on this BOM whoever it was aimed at
            if reaches_us(event) or event.id in self.forced
        )

    def held(self) -> list[str]:
        minerals = self.exposures.minerals
        return sorted(
            minerals.loc[minerals["lines_certain"] + minerals["lines_likely"] > 0, "mineral"]
        )

    def acts(self, scenario: Scenario) -> list[Act]:
        acting = [event for event in self.events if event.id in self.acting]
        return acts_of(acting, self.forced, scenario.cuts, self.held(), self.choices.as_of)

    def losses(self, scenario: Scenario) -> tuple[dict[str, Any], ...]:
        return losses_of(self.acts(scenario), self.reference, scenario.shifts)

    def figures(self, scenario: Scenario) -> dict[str, Any]:
        """Every headline figure, with what the scenario cuts beside it: nothing, today."""
        losses = self.losses(scenario)
        hit = self.touched(self.acts(scenario))
        spend = self.exposures.lines["spend"].to_numpy(dtype=float)
        total = known_sum(spend)
        parts = hit.spend(spend)
        return headline_figures(self.exposures.headline) | {
            "minerals_cut": sum(_end(one, "high") > 0 for one in losses),
            "minerals_cut_surely": sum(_end(one, "low") > 0 for one in losses),
            "spend_cut_pct": {
                word: parts[word] / total * 100.0 if total and parts[word] is not None else None
                for word in ("certain", "likely")
            },
        }

    def touched(self, acts: list[Act]) -> _Touched:
        """Which lines hold a mineral that is cut, and whether the event covers the part itself."""
        rows = self.contents.contents
        count = len(self.bom.lines)
        counted = self.bom.lines["counted"].to_numpy(dtype=bool)
        line = rows["line"].to_numpy()
        usable = rows["relation"].isin(COUNTING_RELATIONS).to_numpy(dtype=bool) & counted[line]
        presence = np.where(usable, rows["presence"].cat.codes.to_numpy(), 0)
        mineral = rows["mineral"]  # a category: isin looks at its few texts, not at every row
        cut = mineral.isin({act.mineral for act in acts}).to_numpy(dtype=bool)
        rank = np.zeros(count, dtype=np.int8)
        rank[line[cut & (presence >= 1)]] = 1
        rank[line[cut & (presence == 2)]] = 2
        direct = np.zeros(count, dtype=bool)
        reach = line_reach(self.bom, self.contents, self.reference)
        by_id = {event.id: event for event in self.events}
        for origin in sorted({act.origin for act in acts} - {"cut"}):
            covered = set(by_id[origin].reach)
            codes, words = pd.factorize(reach)
            answers = np.array([bool(covered & set(str(one).split(";"))) for one in words])
            minerals = {act.mineral for act in acts if act.origin == origin}
            own = np.zeros(count, dtype=bool)
            own[line[mineral.isin(minerals).to_numpy(dtype=bool) & (presence >= 1)]] = True
            direct |= own & answers[codes] if len(answers) else False
        return _Touched(rank, direct)

    def remarks(self, scenario: Scenario) -> list[str]:
        """What a reader must know about the events that the scenario forces."""
        said = []
        for event in self.events:
            if event.id not in scenario.events:
                continue
            named = f"“{event.title}”"
            if event.destination.casefold() not in ("", "all") and event.iso3 != "USA":
                said.append(
                    f"{named} is aimed at one destination: the world loss is what is closed to the "
                    "United States, not what is no longer made."
                )
            if event.cut_low < event.cut_high:
                said.append(f"What part {named} cuts is not known: losses are ranges.")
            if event.cut_high <= 0.0:
                said.append(f"{named} cuts no supply: it is a cost or a rule.")
        if self.losses(scenario):
            said.append("U.S. import shares are of 2021 to 2024, before some of the bans.")
        return said


def _changed(scenario: Scenario, today: _World) -> tuple[_World, tuple[str, ...]]:
    """The world with the scenario's events, lines and demand, and notes on what was assumed."""
    statuses = tuple(EventStatus(one, "in force", scenario.title) for one in scenario.events)
    volume = today.choices.volume
    choices = replace(
        today.choices,
        as_of=scenario.as_of or today.choices.as_of,
        event_statuses=(*today.choices.event_statuses, *statuses),
        volume=None if volume is None else volume * scenario.demand_factor,
    )
    contents = today.contents
    notes: tuple[str, ...] = ()
    if scenario.substitutions:
        contents, notes = swapped(
            scenario.substitutions,
            today.bom,
            today.contents,
            today.reference.knowledge,
        )
    same = contents is today.contents and scenario.demand_factor == 1.0
    acting = _acting(scenario, today, choices)
    if same and choices == today.choices:
        return replace(today, forced=scenario.events, acting=acting), notes
    controls = controls_on(today.bom, contents, today.reference, choices)
    if same:
        # only policy changed: the same exposures, with the controls of that day
        exposures = replace(
            today.exposures,
            headline=replace(
                today.exposures.headline,
                controls_in_force=controls_in_force(controls),
                next_change=_next(today.reference.events, controls, choices.as_of),
            ),
        )
    else:
        exposures = score(today.bom, contents, today.reference, choices, controls)
    then = _World(today.bom, contents, exposures, today.reference, choices, scenario.events, acting)
    return then, notes


def _acting(scenario: Scenario, today: _World, choices: Choices) -> tuple[str, ...]:
    """Ids of forced events, and of those that cut more on the scenario's day than today."""
    before = {event.id: event for event in events_as_set(today.reference, today.choices)}
    return tuple(
        event.id
        for event in events_as_set(today.reference, choices)
        if event.id in scenario.events
        or _cut_on(event, choices.as_of) > _cut_on(before[event.id], today.choices.as_of)
    )


def _cut_on(event: PolicyEvent, day: date) -> tuple[float, float]:
    low, high = fraction_of(event, event.status(day), forced=False)
    return high, low


def _next(
    events: tuple[PolicyEvent, ...], controls: pd.DataFrame, day: date
) -> tuple[str, str] | None:
    return next_change(events, headline_events(controls), day)


def headline_figures(headline: Headline) -> dict[str, Any]:
    """A Headline as plain data, named as the JSON contract names it."""
    figures = asdict(headline)
    figures["lines_acute"] = dict(zip(("certain", "likely"), headline.lines_acute, strict=True))
    for name in ("top_minerals", "top_lines"):
        figures[name] = list(figures[name])
    change = headline.next_change
    figures["next_change"] = None if change is None else {"date": change[0], "event": change[1]}
    return figures


def _end(loss: dict[str, Any], end: str) -> float:
    return max(loss["direct"][end] or 0.0, loss["world"][end] or 0.0)


def stock_cover(bom: BillOfMaterials, touched: Any, volume: float | None) -> list[dict[str, Any]]:
    """Days that the stock of touched lines lasts at `volume` products a year, shortest first.

    Only for lines counted in pieces, whose stock and quantity are known; `short` says that the
    stock ends before the lead time does (None without a lead time).
    """
    if not volume:
        return []
    lines = bom.lines
    stock = lines["stock_quantity"].to_numpy(dtype=float)
    need = lines["quantity_total"].to_numpy(dtype=float) * volume / DAYS_PER_YEAR
    pieces = (lines["quantity_unit"] == "pc").to_numpy(dtype=bool)
    at = np.flatnonzero(touched & pieces & (need > 0) & ~np.isnan(stock))
    lead = lines["lead_time_days"].to_numpy(dtype=float)
    ids = lines["id"].to_numpy(dtype=object)
    made = [
        {
            "line": str(ids[one]),
            "days": float(stock[one] / need[one]),
            "lead_time_days": None if np.isnan(lead[one]) else float(lead[one]),
            "short": None if np.isnan(lead[one]) else bool(stock[one] / need[one] < lead[one]),
        }
        for one in at
    ]
    return sorted(made, key=lambda one: (one["days"], one["line"]))
