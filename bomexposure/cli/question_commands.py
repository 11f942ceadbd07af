"""What to ask first, what to do by when, and how sure the ranking is: three short commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomexposure.cli import arguments
from bomexposure.cli.options import (
    as_of_option,
    check_json,
    choices_of,
    edition_option,
    json_option,
    project_option,
    reading_of,
    reading_options,
)

if TYPE_CHECKING:
    import pandas as pd

    from bomexposure.model.analysis import Analysis


def _answer(
    bom: Path,
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    json_to: str | None,
    reading: dict[str, Any],
) -> Analysis:
    from dataclasses import replace

    from bomexposure import reference
    from bomexposure.analysis import analyze
    from bomexposure.cli.watch import watched

    check_json(json_to, bom, project_file)
    choices = choices_of(as_of, project_file, None, edition)
    if any(reading.values()):
        choices = replace(choices, reading=reading_of(bom, **reading))
    with watched() as progress:
        return analyze(bom, reference.load(edition), choices, progress)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data; unknown is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


@click.command()
@click.argument("bom", type=click.Path(path_type=Path))
@reading_options
@as_of_option
@edition_option
@project_option
@click.option("--most", default=20, type=click.IntRange(1), help="How many questions.")
@json_option
def ask(
    bom: Path,
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    most: int,
    json_to: str | None,
    **reading: Any,
) -> None:
    """The questions whose answers could move the headline most, ready for the supplier."""
    from bomexposure.exposure.ask_next import ask_next

    answer = _answer(bom, as_of, edition, project_file, json_to, reading)
    asked = ask_next(answer.bom, answer.contents, answer.reference, answer.choices, most)
    if json_to:
        told = {"schema": "bomexposure/ask/1", "questions": _records(asked)}
        arguments.deliver(arguments.json_bytes(told), json_to)
        return
    for row in _records(asked):
        rows = row["lines"].replace(";", ", ")
        noun = "lines" if ";" in row["lines"] else "line"
        click.echo(
            f"{row['swing_pct']:5.1f} points  {row['supplier'] or 'supplier not named'}"
            f" ({noun} {rows})\n              {row['question']}"
        )
    if asked.empty:
        click.echo("Nothing open could move the headline.")


@click.command()
@click.argument("bom", type=click.Path(path_type=Path))
@reading_options
@as_of_option
@edition_option
@project_option
@click.option("--watch", multiple=True, metavar="MINERAL", help="A mineral to watch as well.")
@json_option
def due(
    bom: Path,
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    watch: tuple[str, ...],
    json_to: str | None,
    **reading: Any,
) -> None:
    """What to do by when: acute minerals with a policy date ahead or long lead times."""
    from bomexposure.present.columns_of_text import aligned
    from bomexposure.reference.listing import find_mineral
    from bomexposure.scenario.due import due as due_table

    answer = _answer(bom, as_of, edition, project_file, json_to, reading)
    watched = [find_mineral(answer.reference, one) for one in watch]
    table = due_table(
        answer.bom, answer.contents, answer.exposures, answer.reference, answer.choices, watched
    )
    if json_to:
        told = {"schema": "bomexposure/due/1", "due": _records(table)}
        arguments.deliver(arguments.json_bytes(told), json_to)
        return
    rows = [("Act by", "Change on", "Mineral", "What to do")]
    rows += [
        (
            (row["act_by"] or "-") + (" late" if row["late"] else ""),
            row["on"] or "-",
            row["mineral"],
            row["action"],
        )
        for row in _records(table)
    ]
    click.echo("\n".join(aligned(rows)) if len(rows) > 1 else "No date lies ahead for this BOM.")


@click.command()
@click.argument("bom", type=click.Path(path_type=Path))
@reading_options
@as_of_option
@edition_option
@project_option
@click.option("--draws", default=1000, type=click.IntRange(10, 1_000_000), help="How many draws.")
@click.option("--seed", default=20260227, type=click.IntRange(0), help="Seed of the draws.")
@json_option
def simulate(
    bom: Path,
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    draws: int,
    seed: int,
    json_to: str | None,
    **reading: Any,
) -> None:
    """How sure the ranking of minerals is: seeded draws over every range."""
    from bomexposure.exposure.uncertainty import simulate as drawn
    from bomexposure.present.columns_of_text import aligned

    answer = _answer(bom, as_of, edition, project_file, json_to, reading)
    outcome = drawn(answer.bom, answer.contents, answer.reference, answer.choices, draws, seed)
    if json_to:
        told = {
            "schema": "bomexposure/simulation/1",
            "draws": outcome.draws,
            "seed": outcome.seed,
            "measure": outcome.measure,
            "headline": outcome.headline,
            "minerals": _records(outcome.minerals),
        }
        arguments.deliver(arguments.json_bytes(told), json_to)
        return
    click.echo(f"{outcome.draws} draws, seed {outcome.seed}, ranked by {outcome.measure}")
    rows = [("Mineral", "First", "In the first three", "Mean rank")]
    rows += [
        (
            str(row["mineral"]),
            f"{100 * row['rank_1']:.0f} %",
            f"{100 * (row['rank_1'] + row['rank_2'] + row['rank_3']):.0f} %",
            f"{row['rank_mean']:.1f}",
        )
        for row in _records(outcome.minerals.head(15))
    ]
    click.echo("\n".join(aligned(rows, right=frozenset({1, 2, 3}))))
