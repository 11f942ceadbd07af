"""What if: policy events and scenarios, and two revisions of a BOM."""

from __future__ import annotations

from pathlib import Path

import click

from bomexposure.cli import arguments
from bomexposure.cli.options import (
    as_of_option,
    choices_of,
    edition_option,
    examples,
    json_option,
    materials_option,
    project_option,
)


@click.group()
def scenario() -> None:
    """Policy events and ready-made scenarios."""


@scenario.command("list", epilog=examples("scenario list --as-of 2026-11-28"))
@as_of_option
@edition_option
@json_option
def list_scenarios(as_of: str | None, edition: str, json_to: str | None) -> None:
    """Policy events with their status on a day, and the scenarios that `analyze` can play."""
    from bomexposure import reference
    from bomexposure.present.columns_of_text import aligned, clipped
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


@click.command(epilog=examples("compare rev-b.xlsx rev-c.xlsx --xlsx changes.xlsx"))
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@as_of_option
@edition_option
@project_option
@materials_option
@click.option(
    "--edition-a",
    default="",
    metavar="NAME",
    help="Edition for A, to tell a change of data from a change of design.",
)
@json_option
@click.option("--xlsx", metavar="F", help="Write the comparison as an Excel workbook.")
def compare(
    a: Path,
    b: Path,
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    materials: Path | None,
    edition_a: str,
    json_to: str | None,
    xlsx: str | None,
) -> None:
    """What changed between two revisions of a BOM, and what that changes."""
    from bomexposure import reference
    from bomexposure.analysis import analyze
    from bomexposure.cli.outputs import check_targets
    from bomexposure.cli.watch import watched
    from bomexposure.present.columns_of_text import aligned, clipped
    from bomexposure.scenario.compare import compare as compared

    arguments.one_standard_output(json_to, xlsx)
    named = {"json": json_to, "xlsx": xlsx}
    inputs = [one for one in (a, b, project_file, materials) if one]
    check_targets({kind: target for kind, target in named.items() if target}, inputs)
    choices = choices_of(as_of, project_file, materials, edition)
    facts = reference.load(edition)
    old_facts = reference.load(edition_a) if edition_a else facts
    with watched() as progress:
        told = compared(
            analyze(a, old_facts, choices, progress), analyze(b, facts, choices, progress)
        )
    if json_to:
        arguments.deliver(arguments.json_bytes(told), json_to)
    if xlsx:
        from bomexposure.export.comparison import comparison_xlsx

        arguments.deliver(comparison_xlsx(told), xlsx)
    if json_to or xlsx:
        return
    counts = told["counts"]
    click.echo(
        f"{a.name} to {b.name}: {counts['added']} lines added, {counts['removed']} removed, "
        f"{counts['changed']} changed, {counts['remapped']} taken for something else, "
        f"{counts['review']} pairs to review"
    )
    rows = [("Figure", "A", "B", "Change", "of design", "of data")]
    rows += [
        (one["figure"], *(_number(one[key]) for key in ("a", "b", "change", "design", "data")))
        for one in told["headline"]
    ]
    click.echo("\n".join(["", *aligned(rows, right=frozenset({1, 2, 3, 4, 5}))]))
    for title in ("added", "removed"):
        for line in told["lines"][title][:10]:
            words = " ".join(part for part in (line["part_number"], line["description"]) if part)
            click.echo(f"{title:>8}  {line['id']}  {clipped(words, 80)}")


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4g}"
