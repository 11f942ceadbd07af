"""What to do by when: acute minerals with long lead times or a policy date ahead, and a watch list.

docs/method.md, section "What to do by when".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.headline import LAST_DAYS
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.exposure import Exposures
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table
from bomexposure.scenario.controls import events_as_set, held_pairs, reaches_us
from bomexposure.scenario.disruption import CUTTING

DEADLINES = ("takes effect", "suspension ends")
"""Changes that make supply harder; the end of a measure is no deadline."""
MATTERING = (*CUTTING, "tariff", "duty", "procurement rule")
LONG_LEAD_DAYS = 90.0
"""A lead time from which an acute mineral is due even without a policy date: one quarter."""

DUE = Table(
    "DUE",
    "One row per mineral and date ahead, or per mineral with long lead times; the earliest first.",
    (
        Column("mineral", "str", "mineral id"),
        Column("acute", "bool", "acute in a form that this BOM draws on"),
        Column("watched", "bool", "on the user's watch list"),
        Column("event", "str", "policy event whose date lies ahead, '' where none"),
        Column("change", "str", "what happens on the date, in words"),
        Column("on", "str", "ISO date of the change, '' where none"),
        Column(
            "act_by", "str", "ISO date: the change less the longest lead time; '' without either"
        ),
        Column("late", "bool", "that day is past on the as-of date"),
        Column("lines", "int64", "counted lines that hold it certainly or likely"),
        Column("lead_time_days", "float64", "longest lead time among them; NaN unknown", "days"),
        Column("action", "str", "a sentence"),
    ),
)


def due(
    bom: BillOfMaterials,
    contents: Contents,
    exposures: Exposures,
    reference: Reference,
    choices: Choices,
    watch: Sequence[str] = (),
) -> pd.DataFrame:
    """A DUE table for the acute minerals of the BOM and those on the watch list."""
    pairs = held_pairs(bom, contents)
    lead = pd.Series(bom.lines["lead_time_days"].to_numpy(dtype=float))
    pairs = pairs.assign(lead=lead.reindex(pairs["line"]).to_numpy())
    groups = pairs.groupby("mineral", observed=True)
    lines, longest = groups.size().to_dict(), groups["lead"].max().to_dict()
    forms = exposures.forms
    drawn = forms["acute"] & (forms["lines"] > 0) & forms["critical_2025"]
    acute = set(forms.loc[drawn, "mineral"])
    rows: list[dict[str, Any]] = []
    for mineral in sorted(acute | set(watch)):
        lead_time = float(longest.get(mineral, float("nan")))
        base: dict[str, Any] = {
            "mineral": mineral,
            "acute": mineral in acute,
            "watched": mineral in watch,
            "lines": int(lines.get(mineral, 0)),
            "lead_time_days": lead_time,
        }
        ahead = list(_ahead(mineral, reference, choices))
        rows += [
            base | _dated(base, event, day, words, choices.as_of) for day, event, words in ahead
        ]
        if not ahead and (lead_time >= LONG_LEAD_DAYS or mineral in watch):
            rows.append(base | _undated(base))
    table = pd.DataFrame(rows, columns=DUE.names)
    table["sort"] = np.where(table["on"].fillna("") == "", "9999", table["on"])
    ranked = table.sort_values(["sort", "act_by", "mineral", "event"], kind="stable")
    return DUE.conform(ranked.drop(columns="sort").reset_index(drop=True))


def _ahead(
    mineral: str, reference: Reference, choices: Choices
) -> list[tuple[date, PolicyEvent, str]]:
    """Changes ahead of the as-of date among the events that bear on U.S. supply of a mineral."""
    found = [
        (day, event, words)
        for event in events_as_set(reference, choices)
        if reaches_us(event) and mineral in event.minerals
        if event.measure in MATTERING
        for day, words in event.changes()
        if words in DEADLINES
        and (day > choices.as_of or (day == choices.as_of and words in LAST_DAYS))
    ]
    return sorted(found, key=lambda one: (one[0], one[1].id, one[2]))


def _dated(
    base: dict[str, Any], event: PolicyEvent, day: date, words: str, as_of: date
) -> dict[str, Any]:
    lead = base["lead_time_days"]
    name = str(base["mineral"]).replace("-", " ")
    told = {"event": event.id, "change": words, "on": day.isoformat(), "act_by": "", "late": False}
    if np.isnan(lead):
        action = (
            f"Find out the lead times of the lines that hold {name}: "
            f"{event.title}, {words} on {day}."
        )
        return told | {"action": action}
    by = day - timedelta(days=int(np.ceil(lead)))
    late = by < as_of
    action = (
        f"Lead times of up to {lead:g} days reach past {day}: secure {name} now."
        if late
        else f"Order {name} parts by {by} to have them before {day} ({event.title}, {words})."
    )
    return told | {"act_by": by.isoformat(), "late": late, "action": action}


def _undated(base: dict[str, Any]) -> dict[str, Any]:
    lead = base["lead_time_days"]
    name = str(base["mineral"]).replace("-", " ")
    if not base["lines"]:
        action = f"{name.capitalize()} is watched; no line of this BOM is known to hold it."
    elif np.isnan(lead):
        action = f"{name.capitalize()} is watched; no date lies ahead."
    else:
        action = (
            f"Lead times of up to {lead:g} days and no date ahead: name a second source for {name}."
        )
    return {"event": "", "change": "", "on": "", "act_by": "", "late": False, "action": action}
