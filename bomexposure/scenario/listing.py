"""What `scenario list` says: every policy event with its status on a day, and the ready-mades."""

from __future__ import annotations

from datetime import date
from typing import Any

from bomexposure.model.supply import Reference
from bomexposure.scenario.ready_made import ready_made

SCHEMA = "bomexposure/scenarios/1"


def scenario_list(reference: Reference, as_of: date) -> dict[str, Any]:
    """Plain data ready for JSON: events by country and start, then scenarios as shipped.

    Dates are ISO texts, None where the source gives none; `next_change` is the first dated change
    after `as_of`.
    """
    events = sorted(
        reference.events, key=lambda one: (one.country, one.effective or date.max, one.id)
    )
    return {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "events": [
            {
                "id": one.id,
                "title": one.title,
                "country": one.country,
                "iso3": one.iso3,
                "minerals": list(one.minerals),
                "measure": one.measure,
                "destination": one.destination,
                "reach": list(one.reach),
                "status": one.status(as_of),
                "announced": _iso(one.announced),
                "effective": _iso(one.effective),
                "suspended_from": _iso(one.suspended_from),
                "suspended_until": _iso(one.suspended_until),
                "until": _iso(one.until),
                "ended": _iso(one.ended),
                "date_precision": one.date_precision,
                "last_confirmed": _iso(one.last_confirmed),
                "next_change": next(
                    (day.isoformat() for day, _ in one.changes() if day > as_of), None
                ),
                "detail": one.detail,
                "sources": list(one.sources),
            }
            for one in events
        ],
        "scenarios": [
            {
                "id": one.id,
                "title": one.title,
                "as_of": _iso(one.as_of),
                "events": list(one.events),
                "note": one.note,
            }
            for one in ready_made()
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
