"""`bomexposure reference ...`: every figure with its address, and next year's release."""

from __future__ import annotations

from pathlib import Path

import click

from bomexposure.cli import arguments
from bomexposure.cli.options import (
    as_of_option,
    check_json,
    choices_of,
    edition_option,
    examples,
    json_option,
    materials_option,
    project_option,
)


@click.group()
def reference() -> None:
    """The figures behind every answer, where they were printed, and how to renew them."""


@reference.command("list")
@edition_option
@json_option
def list_minerals(edition: str, json_to: str | None) -> None:
    """Every tracked mineral with its import reliance and China's share."""
    from bomexposure import reference as room

    facts = room.load(edition)
    if json_to:
        from bomexposure.export.supply_json import reference_json

        arguments.deliver(reference_json(facts), json_to)
    else:
        from bomexposure.reference.listing import list_text

        click.echo(list_text(facts), nl=False)


@reference.command("materials", epilog=examples("reference materials samarium cobalt"))
@click.argument("words", nargs=-1)
@edition_option
@project_option
@materials_option
@json_option
def list_materials(
    words: tuple[str, ...],
    edition: str,
    project_file: Path | None,
    materials: Path | None,
    json_to: str | None,
) -> None:
    """Materials and component classes whose name, family or minerals hold WORDS, without a BOM."""
    from bomexposure import reference as room
    from bomexposure.present.columns_of_text import aligned, clipped
    from bomexposure.reference.materials import materials_found
    from bomexposure.reference.own_materials import with_own_materials

    check_json(json_to, project_file, materials)
    choices = choices_of(None, project_file, materials, edition)
    facts = with_own_materials(room.load(edition), choices.own_materials)
    found = materials_found(facts.knowledge, words)
    if json_to:
        told = {"schema": "bomexposure/materials/1", "edition": facts.edition, "materials": found}
        arguments.deliver(arguments.json_bytes(told), json_to)
        return
    rows = [("Id", "Name", "Family", "Kind")]
    rows += [
        (one["id"], clipped(one["name"], 60), one["family"] or "", one["kind"]) for one in found
    ]
    click.echo("\n".join(aligned(rows)) if found else "No material bears these words.")


@reference.command(epilog=examples("reference show gallium", "reference show Nd --json -"))
@click.argument("mineral")
@as_of_option
@edition_option
@json_option
def show(mineral: str, as_of: str | None, edition: str, json_to: str | None) -> None:
    """Every figure for MINERAL (an id, a name or a symbol), each with its source."""
    from bomexposure import reference as room
    from bomexposure.reference.listing import card_text, find_mineral, mineral_card

    day = arguments.day(as_of)
    facts = room.load(edition)
    card = mineral_card(facts, find_mineral(facts, mineral), day)
    if json_to:
        arguments.deliver(arguments.json_bytes(card), json_to)
    else:
        click.echo(card_text(card, day), nl=False)


@reference.command()
@edition_option
@json_option
def check(edition: str, json_to: str | None) -> int:
    """Recompute the totals against what was printed; exit code 1 when one differs."""
    from dataclasses import asdict

    from bomexposure import reference as room
    from bomexposure.reference.check import checks_text, run_checks

    results = run_checks(room.load(edition))
    if json_to:
        told = {
            "schema": "bomexposure/reference-check/1",
            "passed": all(one.passed for one in results),
            "checks": [asdict(one) for one in results],
        }
        arguments.deliver(arguments.json_bytes(told), json_to)
    else:
        click.echo(checks_text(results), nl=False)
    return 0 if all(one.passed for one in results) else 1


@reference.command("import", epilog=examples("reference import MCS2027.zip"))
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def import_release(path: Path, json_to: str | None) -> None:
    """Turn a USGS data release (folder or zip, as published) into an edition of your own."""
    from dataclasses import asdict

    from bomexposure.reference.usgs.importing import import_release as run_import
    from bomexposure.reference.usgs.importing import report_text

    check_json(json_to, path)
    report = run_import(path)
    if json_to:
        told = asdict(report) | {"folder": report.folder.name}
        arguments.deliver(
            arguments.json_bytes({"schema": "bomexposure/reference-import/1", **told}), json_to
        )
    else:
        click.echo(report_text(report), nl=False)


@reference.command("compare")
@click.argument("old")
@click.argument("new")
@json_option
def compare_editions(old: str, new: str, json_to: str | None) -> None:
    """What differs between two editions, and by how much."""
    from dataclasses import asdict

    from bomexposure import reference as room
    from bomexposure.reference.comparing import changes_text
    from bomexposure.reference.comparing import compare_editions as compared

    before, after = room.load(old, knowledge=False), room.load(new, knowledge=False)
    changes = compared(before, after)
    if json_to:
        told = {
            "schema": "bomexposure/reference-compare/1",
            "old": before.edition,
            "new": after.edition,
            "changes": [asdict(one) for one in changes],
        }
        arguments.deliver(arguments.json_bytes(told), json_to)
    else:
        click.echo(changes_text(before, after, changes), nl=False)
