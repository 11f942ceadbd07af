"""`bomexposure portfolio BOM...`: several products ranked, and what they share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
    reading_of,
    reading_options,
)


@click.command(
    epilog=examples("portfolio pump.xlsx drive.xlsx --volume pump=1200 --volume drive=300")
)
@click.argument("boms", metavar="BOM...", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@as_of_option
@edition_option
@project_option
@materials_option
@click.option(
    "--volume",
    "volumes",
    multiple=True,
    metavar="NAME=UNITS",
    help="Products per year of the BOM with this name (its file name without ending).",
)
@click.option("--rate", multiple=True, metavar="CUR=USD", help="Worth of one unit of a currency.")
@json_option
@click.option("--xlsx", metavar="F", help="Write the Excel workbook.")
def portfolio(
    boms: tuple[Path, ...],
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    materials: Path | None,
    volumes: tuple[str, ...],
    rate: tuple[str, ...],
    json_to: str | None,
    xlsx: str | None,
    **reading: Any,
) -> None:
    """Rank the products of several BOMs by exposure, and show what they share."""
    from dataclasses import replace

    from bomexposure import reference
    from bomexposure.analysis import analyze
    from bomexposure.cli.outputs import check_targets
    from bomexposure.cli.watch import watched
    from bomexposure.present.portfolio import portfolio_plain
    from bomexposure.scenario.portfolio import portfolio_of, summary_of

    arguments.one_standard_output(json_to, xlsx)
    named = {"json": json_to, "xlsx": xlsx}
    inputs = [one for one in (*boms, project_file, materials) if one]
    check_targets({kind: target for kind, target in named.items() if target}, inputs)
    choices = choices_of(as_of, project_file, materials, edition)
    choices = replace(choices, rates={**choices.rates, **arguments.rates(rate)})
    units = arguments.volumes(volumes, [one.stem for one in boms])
    facts = reference.load(edition)
    summaries = []
    with watched() as progress:
        for bom in boms:
            own = replace(choices, volume=units.get(bom.stem, choices.volume))
            if any(reading.values()):
                own = replace(own, reading=reading_of(bom, **reading))
            summaries.append(summary_of(analyze(bom, facts, own, progress), bom.stem))
    told = portfolio_of(summaries)
    if json_to:
        arguments.deliver(arguments.json_bytes(portfolio_plain(told)), json_to)
    if xlsx:
        from bomexposure.export.portfolio import portfolio_xlsx

        arguments.deliver(portfolio_xlsx(told), xlsx)
    if json_to or xlsx:
        return
    from bomexposure.present.columns_of_text import aligned, clipped
    from bomexposure.present.portfolio import parts_table, products_table

    products = products_table(told)
    shown = [column for column in products.columns if column.shown]
    rows = [tuple(column.head for column in shown)]
    texts = [products.texts(column) for column in shown]
    rows += list(zip(*texts, strict=True))
    click.echo("\n".join(aligned(rows)))
    parts = parts_table(told, shared_only=True)
    if len(parts):
        click.echo("\nAcute parts that several products share")
    for row in parts.rows.head(10).itertuples(index=False):
        name = row.mpn or row.part_number or row.description
        minerals = ", ".join(str(row.minerals).split(";"))
        click.echo(f"  {clipped(str(name), 40)}: {row.product_names} ({minerals})")
    for note in told.notes:
        click.echo(f"\n{note}")
