"""The ready-made scenarios, shipped as data in resources/scenarios/ready_made.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Any

from bomexposure.model.errors import UsageError
from bomexposure.model.resources import resource
from bomexposure.model.scenario import Cut, Scenario


@cache
def ready_made() -> tuple[Scenario, ...]:
    """Every ready-made scenario, in the order of the file."""
    told = tomllib.loads(resource("scenarios", "ready_made.toml").read_text(encoding="utf-8"))
    return tuple(_scenario(one) for one in told["scenario"])


def _scenario(told: dict[str, Any]) -> Scenario:
    return Scenario(
        id=told["id"],
        title=told["title"],
        as_of=date.fromisoformat(told["as_of"]) if "as_of" in told else None,
        events=tuple(told.get("events", ())),
        cuts=tuple(Cut(**cut) for cut in told.get("cuts", ())),
        note=told.get("note", ""),
    )


def scenario_named(scenario_id: str, own: tuple[Scenario, ...] = ()) -> Scenario:
    """The user's own scenario of that id, else the ready-made one.

    Raises UsageError for an id that neither has.
    """
    for one in (*own, *ready_made()):
        if one.id == scenario_id:
            return one
    names = ", ".join(one.id for one in (*own, *ready_made()))
    raise UsageError(f"The scenario '{scenario_id}' is not known.", f"Use one of {names}.")
