"""`bomexposure scenario ...`: what could change, and when."""

from __future__ import annotations

import click

from bomexposure.cli import arguments
from bomexposure.cli.options import as_of_option, edition_option, json_option


@click.group()
def scenario() -> None:
    """Policy events and ready-made scenarios."""


@scenario.command("list")
@as_of_option
@edition_option
@json_option
def list_scenarios(as_of: str | None, edition: str, json_to: str | None) -> None:
    """Policy events with their status on a day, and the scenarios that `analyze` can play."""
    from bomexposure import reference
    from bomexposure.cli.talk import aligned, clipped
    from bomexposure.scenario.listing import scenario_list

    told = scenario_list(reference.load(edition, knowledge=False), arguments.day(as_of))
    if json_to:
        arguments.deliver(arguments.json_bytes(told), json_to)
        return
    events = [("Event", "Status", "Effective", "Next change", "What")]
    events += [
        (
            one["id"],
            one["status"],
            one["effective"] or "",
            one["next_change"] or "",
            clipped(one["title"], 80),
        )
        for one in told["events"]
    ]
    ready = [("Scenario", "What")]
    ready += [(one["id"], clipped(one["title"], 90)) for one in told["scenarios"]]
    click.echo("\n".join([*aligned(events), "", *aligned(ready)]))
