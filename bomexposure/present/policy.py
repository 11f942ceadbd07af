"""Export controls on this BOM: the calendar, dated changes ahead, and what scenarios would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.policy import PolicyEvent
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.specs import (
    PERCENT_TICKS,
    Axis,
    ColumnSpec,
    FigureRow,
    FigureSpec,
    Mark,
    Role,
    Style,
    TableSpec,
)
from bomexposure.present.whatif import FIGURES, figure_words
from bomexposure.present.words import tr
from bomexposure.scenario.controls import reaches_us

_ASIDE = {
    "cuts no supply": "a cost or a rule, cuts no supply",
    "supplies little": "its country supplies little",
}
_STATUS_STYLES: dict[str, Style] = {
    "in force": "solid", "suspended": "hatch", "announced": "dashed", "ended": "pale",
    "end date passed, not verified": "dotted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One dated change of a control that covers a mineral of this BOM.

    Attributes:
        when: the date in words no sharper than its source; what: one sentence.
        ahead: False for a date passed whose outcome is not verified.
        tightens: a measure that can cut supply takes effect or can return on that day.
    """

    at: date
    when: str
    what: str
    event: str
    minerals: tuple[str, ...]
    ahead: bool
    tightens: bool = False


def touching_events(analysis: Analysis) -> list[PolicyEvent]:
    """Events that cover a mineral of this BOM, by first date, then id."""
    ids = set(analysis.controls["event"].tolist())
    chosen = [event for event in analysis.events if event.id in ids]
    return sorted(chosen, key=lambda event: (_first(event), event.id))


def changes_ahead(
    analysis: Analysis, count: int = 6, past_days: int = 60, past: int = 2
) -> list[Change]:
    """Dated changes from the as-of date on, soonest first, measures of one day and kind together.

    Before them at most `past` dates of the last `past_days` on which a measure that can cut supply
    ended or came back without anybody's word for what holds since.
    """
    today = analysis.choices.as_of
    held: dict[str, set[str]] = {}
    for event_id, mineral in zip(
        analysis.controls["event"], analysis.controls["mineral"], strict=True
    ):
        held.setdefault(event_id, set()).add(mineral)
    found: dict[tuple[date, str, str], list[PolicyEvent]] = {}
    for event in touching_events(analysis):
        lapsed = event.status(today) == "end date passed, not verified" and event.cut_high > 0
        for day, words in event.changes():
            recent = (today - day).days <= past_days and words in _LAPSES
            if day >= today or (lapsed and recent):
                found.setdefault((day, words, event.country), []).append(event)
    told = [
        Change(
            day,
            numbers.day_precise(day, events[0].date_precision),
            _change_words(events, words, country, _named(analysis, events, held), day >= today),
            events[0].id,
            tuple(sorted(set().union(*(held[event.id] for event in events)))),
            day >= today,
            words != "announced end" and any(event.cut_high > 0 for event in events),
        )
        for (day, words, country), events in sorted(found.items())
    ]
    passed = [one for one in told if not one.ahead][-past:] if past else []
    return (passed + [one for one in told if one.ahead])[:count]


_LAPSES = ("suspension ends", "announced end")


def _named(
    analysis: Analysis, events: list[PolicyEvent], held: dict[str, set[str]], count: int = 3
) -> str:
    """The worst minerals of this BOM that the events cover: 'gallium, graphite and 2 more'."""
    touched = set().union(*(held[event.id] for event in events))
    frame = drawn_minerals(analysis)
    ranked = [one for one in frame["mineral"] if one in touched]
    names = [numbers.mineral_name(one).lower() for one in ranked[:count]]
    more = len(ranked) - len(names)
    return numbers.listed([*names, tr("{more} more", more=more)] if more else names)


def _change_words(
    events: list[PolicyEvent], words: str, country: str, minerals: str, ahead: bool
) -> str:
    """One sentence for the measures of one country that change in one way on one day."""
    many = len(events) > 1
    subject = events[0].title
    if many:
        subject = tr(
            "{country}: {count} measures on {minerals}" if minerals
            else "{country}: {count} measures",
            country=country, count=len(events), minerals=minerals,
        )  # fmt: skip
    if not ahead:
        ended = "suspension" if words == "suspension ends" else "term"
        return tr(
            "{subject}: the {ended} ended; what holds since then is not known.",
            subject=subject,
            ended=ended,
        )
    verb = {
        "suspension ends": "back in force after this day unless the suspension is renewed",
        "announced end": "end as announced" if many else "ends as announced",
        "takes effect": "take effect" if many else "takes effect",
        "suspended": "suspended from this day",
        "ended": "end" if many else "ends",
        "announced": "announced",
    }.get(words, words)
    return f"{subject}: {verb}."


def _first(event: PolicyEvent) -> date:
    dates = [day for day, _ in event.changes()]
    return dates[0] if dates else date.max


def destination_words(destination: str, analysis: Analysis) -> str:
    """The countries that a measure is meant for by name: 'all', 'United States military users'."""
    countries = analysis.reference.countries
    names = dict(zip(countries["iso3"].tolist(), countries["country"].tolist(), strict=True))
    names["EU"] = "European Union"
    told = []
    for one in destination.split(";"):
        code, _, rest = one.strip().partition(" ")
        told.append(f"{names.get(code, code)} {rest}".strip())
    return ", ".join(one for one in told if one) or "all"


def controls_table(analysis: Analysis) -> TableSpec:
    """One row per mineral and event that covers it, with status on the as-of date."""
    events = {event.id: event for event in analysis.events}
    frame = analysis.controls
    known = [events.get(one) for one in frame["event"]]
    meant = {
        one: destination_words(one, analysis)
        for one in dict.fromkeys(event.destination for event in known if event)
    }
    rows = frame.assign(
        name=[numbers.mineral_name(one) for one in frame["mineral"]],
        title=[
            event.title if event else str(one)
            for one, event in zip(frame["event"], known, strict=True)
        ],
        measure=[event.measure if event else "" for event in known],
        destination=[meant[event.destination] if event else "" for event in known],
        confirmed=[
            event.last_confirmed.isoformat() if event and event.last_confirmed else ""
            for event in known
        ],
        ids=[";".join(event.sources) if event else "" for event in known],
        counts=["yes" if not one else f"no: {_ASIDE[one]}" for one in frame["aside"]],
        order=frame["aside"].map({"": 0, "cuts no supply": 1}).fillna(2),
    )
    rows = rows.sort_values(["order", "mineral", "event"], kind="stable", ignore_index=True)
    columns = (
        ColumnSpec("name", "Mineral", width=16),
        ColumnSpec("title", "Measure", "", "text", "", "", "ids", 44),
        ColumnSpec("measure", "Kind", width=14),
        ColumnSpec("destination", "Destination", width=12),
        ColumnSpec("status", "Status", width=18,
                   tooltip="On the as-of date, computed from the dates of the measure."),
        ColumnSpec("reach", "Reach", width=10,
                   tooltip="Direct: a line is itself covered. Upstream: through the material."),
        ColumnSpec("lines_direct", "Lines direct", "", "integer", width=9),
        ColumnSpec("lines_upstream", "Lines upstream", "", "integer", width=9),
        ColumnSpec("counts", "Counts in the headline", width=22,
                   tooltip="Measures that cut supply, of a country with at least 5 % of world "
                           "output at the stages reached, or of U.S. imports."),
        ColumnSpec("confirmed", "Last confirmed", "", "date", width=13),
    )  # fmt: skip
    return TableSpec(
        "controls", "Export controls on these minerals", columns, rows, "",
        tr("Status on {day}. First those that cut supply of a country that supplies at least 5 %, "
           "then tariffs and rules, then small suppliers.",
           day=numbers.day(analysis.choices.as_of)),
        "No recorded control covers a mineral of this BOM.",
    )  # fmt: skip


def events_table(analysis: Analysis) -> TableSpec:
    """One row per event that covers minerals of this BOM, with these minerals, worst first."""
    today = analysis.choices.as_of
    controls = analysis.controls
    order = {one: at for at, one in enumerate(analysis.exposures.minerals["mineral"])}
    rows = []
    for event in touching_events(analysis):
        own = controls[controls["event"] == event.id]
        held = sorted(own["mineral"], key=lambda one: order.get(one, len(order)))
        rows.append(
            (
                event.id, event.title, event.measure,
                destination_words(event.destination, analysis), event.status(today),
                "direct" if (own["reach"] == "direct").any() else "upstream",
                ", ".join(numbers.mineral_name(one) for one in held), ";".join(held),
                event.last_confirmed.isoformat() if event.last_confirmed else "",
                ";".join(event.sources), event.cut_high <= 0, (own["aside"] != "").all(),
            )
        )  # fmt: skip
    names = ["event", "title", "measure", "destination", "status", "reach", "minerals",
             "minerals_ids", "confirmed", "ids", "harmless", "aside"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    frame = frame.sort_values(["aside", "harmless", "event"], kind="stable").reset_index(drop=True)
    columns = (
        ColumnSpec("title", "Measure", "", "text", "", "", "ids", 40),
        ColumnSpec("measure", "Kind", width=13),
        ColumnSpec("destination", "Destination", width=14),
        ColumnSpec("status", "Status", width=18),
        ColumnSpec("reach", "Reach", width=12),
        ColumnSpec("minerals", "Minerals of this BOM", width=42),
        ColumnSpec("confirmed", "Last confirmed", "", "date", width=12),
    )
    return TableSpec(
        "events", "Measures that cover minerals of this BOM", columns, frame, "event",
        tr("Status on {day}; those that count in the headline first. Direct: a line is itself "
           "covered; upstream: through the material.", day=numbers.day(today)),
        "No recorded control covers a mineral of this BOM.",
    )  # fmt: skip


def calendar(
    analysis: Analysis, years_back: int = 4, years_ahead: int = 2, cutting: bool = False
) -> FigureSpec:
    """Controls on this BOM's minerals over time, with the as-of date.

    `cutting` leaves out ended measures and those that cut no supply to the United States.
    """
    today = analysis.choices.as_of
    start = date(today.year - years_back, 1, 1)
    end = date(today.year + years_ahead, 12, 31)
    on = {event for played in analysis.scenarios for event in played.scenario.events}
    rows = []
    for event in touching_events(analysis):
        status = event.status(today)
        if cutting and (status == "ended" or event.cut_high <= 0 or not reaches_us(event)):
            continue
        rows.append(
            FigureRow(
                event.id, event.title, "", _calendar_marks(event, start, end),
                (status,),
                f"{event.title.removesuffix('.')}. {event.measure}, "
                f"{destination_words(event.destination, analysis)}: {status}.",
                event.id in on,
            )
        )  # fmt: skip
    ticks = tuple(
        (float(date(year, 1, 1).toordinal()), str(year)) for year in range(start.year, end.year + 1)
    )
    return FigureSpec(
        "calendar",
        "Export controls on this BOM's minerals",
        (Axis("", "", float(start.toordinal()), float(end.toordinal()), ticks),),
        tuple(rows),
        lines_x=((float(today.toordinal()), numbers.day(today)),),
        legend=(
            ("bar", "solid", "neutral", "in force"),
            ("bar", "hatch", "neutral", "suspended"),
            ("bar", "outline", "warn", "returns unless renewed"),
            ("bar", "dashed", "neutral", "announced"),
            ("bar", "pale", "neutral", "ended"),
            ("bar", "dotted", "neutral", "not known"),
        ),
        caption="Status is computed from the dates of each measure, never stored.",
        table=controls_table(analysis),
        empty="No recorded control covers a mineral of this BOM.",
    )


def _calendar_marks(event: PolicyEvent, start: date, end: date) -> tuple[Mark, ...]:
    """Bars between the event's dates, each in the style of the status that holds there."""
    cuts = sorted({start, end, *(day for day, _ in event.changes() if start < day < end)})
    for day, words in event.changes():
        # a suspension holds through its last day, so the next stretch begins a day later
        if words in ("suspension ends", "announced end") and start < day < end:
            cuts = sorted({*cuts, day + timedelta(days=1)} - {day})
    marks = []
    for low, high in pairwise(cuts):
        status = event.status(low)
        if event.effective is None and event.announced is None:
            continue
        if event.announced and high <= event.announced:
            continue
        style: Style = _STATUS_STYLES.get(status, "dotted")
        role: Role = "neutral"
        if status == "end date passed, not verified" and event.suspended_until:
            style, role = "outline", "warn"
        marks.append(
            Mark("bar", role, float(low.toordinal()), float(high.toordinal()), 0, style,
                 "", tr("{status} from {day}", status=tr(status), day=numbers.day(low)),
                 ";".join(event.sources))
        )  # fmt: skip
    return tuple(marks)


def supply_lost(analysis: Analysis, scenario: str) -> FigureSpec:
    """Two bars per mineral of a played scenario: U.S. supply lost directly, and world supply."""
    played = next(one for one in analysis.scenarios if one.scenario.id == scenario)
    rows = []
    for loss in played.losses:
        marks, words = [], []
        for at, (name, key) in enumerate((("direct", "direct"), ("world", "world"))):
            told = loss.get(key) or {}
            low, high = _end(told, "low"), _end(told, "high")
            if not numbers.known(low):
                words.append(tr("{name} not known", name=name))
                continue
            marks.append(Mark("bar", "neutral", 0.0, low, 0, "solid", name))
            if high > low:
                marks.append(Mark("bar", "neutral", low, high, 0, "hatch", name))
            named = numbers.stage(str(told.get("stage") or "")).partition(" (")[0]
            stage = f" ({named})" if at and named else ""
            words.append(f"{name} {numbers.percent(low, high)}{stage}")
        mineral = str(loss["mineral"])
        rows.append(
            FigureRow(mineral, numbers.mineral_name(mineral), "", tuple(marks), tuple(words))
        )
    return FigureSpec(
        "supply-lost",
        tr("Supply lost: {scenario}", scenario=played.scenario.title),
        (Axis("Supply lost", "%", 0.0, 100.0, PERCENT_TICKS),),
        tuple(rows),
        caption=(
            "Direct: net import reliance × share of imports × part cut. World: share of world "
            "output × part cut. The two are never added."
        ),
        empty="This scenario cuts no supply of a mineral in this BOM.",
    )


def _end(told: dict[str, Any], key: str) -> float:
    value = told.get(key)
    return float(value) if value is not None and numbers.known(value) else float("nan")


def scenarios_table(analysis: Analysis) -> TableSpec:
    """Before and after for every headline figure of every played scenario."""
    rows: list[tuple[str, str, str, str]] = []
    for played in analysis.scenarios:
        for key, figure in FIGURES:
            if key in played.before or key in played.after:
                before = figure_words(key, played.before.get(key))
                after = figure_words(key, played.after.get(key))
                if (before, after) != (numbers.UNKNOWN, numbers.UNKNOWN):  # no line has a price
                    rows.append((played.scenario.title, figure, before, after))
    frame = pd.DataFrame(rows, columns=["scenario", "figure", "before", "after"], dtype="str")
    columns = (
        ColumnSpec("scenario", "Scenario", width=30),
        ColumnSpec("figure", "Figure", width=28),
        ColumnSpec("before", "Today", width=18),
        ColumnSpec("after", "With it", width=18),
    )
    return TableSpec(
        "scenarios", "Scenarios, before and after", columns, frame, "",
        "Ranges run from certain lines to certain with likely lines.",
        "No scenario was run.",
    )  # fmt: skip
