"""Options that several commands share, each worded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomexposure.cli import arguments

if TYPE_CHECKING:
    from bomexposure.model.choices import Choices, Reading
    from bomexposure.model.report import ReportOptions


def examples(*calls: str) -> str:
    """Calls as the end of a help page, each on its own line."""
    return "\b\nExamples:\n" + "\n".join(f"  bomexposure {call}" for call in calls)


json_option = click.option("--json", "json_to", metavar="F", help="Write JSON to F, - for stdout.")
as_of_option = click.option(
    "--as-of", metavar="YYYY-MM-DD", help="Day on which policy status is judged; default today."
)
edition_option = click.option(
    "--edition", default="", metavar="NAME", help="Edition of the reference data; default newest."
)
project_option = click.option(
    "--project",
    "project_file",
    type=click.Path(path_type=Path),
    metavar="F.bomx",
    help="Apply the decisions kept in a project.",
)
materials_option = click.option(
    "--materials",
    type=click.Path(path_type=Path),
    metavar="F.csv",
    help="Materials of your own: material,element,low,typical,high,function,form,source.",
)
_READING = (
    click.option("--sheet", default="", metavar="NAME", help="Sheet to read."),
    click.option("--header-row", default=0, type=click.IntRange(0), metavar="N",
                 help="Row of the header, as Excel counts."),
    click.option("--column", "column", multiple=True, metavar="ROLE=HEADER",
                 help="Give a role to a column, by its header or as ROLE=@C; again for each role. "
                      "Nothing after the = takes the role away."),
    click.option("--cells", default="", metavar="A5:K200", help="Read only this range."),
    click.option("--encoding", default="", metavar="NAME",
                 help="Encoding of a text file, if the guess is wrong."),
    click.option("--delimiter", default="", metavar="CHAR",
                 help="What separates the cells of a text file."),
    click.option("--mapping", default="", metavar="F.json",
                 help="Use the columns of a mapping that `inspect --save-mapping` wrote."),
    click.option("--remembered", is_flag=True,
                 help="Use the columns that you confirmed before for the same headers."),
)  # fmt: skip


_REPORT = (
    click.option("--pdf-parts", metavar="PART,...",
                 help="Parts of the PDF: executive, minerals, lines, sourcing, scenarios, "
                      "substitutes, questions, decisions, method, sources; default all."),
    click.option("--paper", metavar="NAME", help="Paper of the PDF: letter (default) or a4."),
)  # fmt: skip


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the PDF holds and on which paper it is set."""
    for option in reversed(_REPORT):
        command = option(command)
    return command


def report_of(
    kept: ReportOptions, pdf: str | None, pdf_parts: str | None, paper: str | None
) -> ReportOptions:
    """The report's options with the words of the call on top of those `kept` in the project.

    Raises UsageError for a part or paper that there is not, and where no PDF is asked for.
    """
    from dataclasses import replace

    from bomexposure.model.errors import UsageError
    from bomexposure.model.report import PARTS

    if not pdf:
        given = "--paper" if pdf_parts is None else "--pdf-parts"
        raise UsageError(f"{given} speaks of a PDF, but none is asked for.", "Add --pdf F.")
    if pdf_parts is not None:
        parts = tuple(one.strip().casefold() for one in pdf_parts.split(",") if one.strip())
        if not parts:
            raise UsageError("--pdf-parts names no part.", f"Choose from: {', '.join(PARTS)}.")
        kept = replace(kept, parts=parts)
    return replace(kept, paper=paper.strip().casefold()) if paper is not None else kept


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how the workbook is to be read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def check_json(json_to: str | None, *inputs: Path | None) -> None:
    """Look at the name after `--json` before the work; `inputs` are the files that are read.

    Raises OutputError for a folder, and for a file that is read: it is never written over.
    """
    from bomexposure.cli.outputs import check_targets

    if json_to:
        check_targets({"json": json_to}, [one for one in inputs if one])


def choices_of(
    as_of: str | None, project_file: Path | None, materials: Path | None, edition: str
) -> Choices:
    """The choices of a project, or new ones, on the day asked for, with materials from a file.

    Raises ProjectError, UsageError.
    """
    from dataclasses import replace

    from bomexposure.model.choices import Choices
    from bomexposure.project import store

    day = arguments.day(as_of)
    choices = store.load(project_file).choices if project_file else Choices(as_of=day)
    choices = replace(choices, as_of=day)
    if materials:
        from bomexposure import reference
        from bomexposure.reference.own_materials_file import read_own_materials

        read = read_own_materials(materials, reference.load(edition))
        names = {one.id for one in read}
        kept = tuple(one for one in choices.own_materials if one.id not in names)
        choices = replace(choices, own_materials=(*kept, *read))
    return choices


def reading_of(
    bom: Path,
    sheet: str,
    header_row: int,
    column: tuple[str, ...],
    cells: str,
    encoding: str,
    delimiter: str,
    mapping: str,
    remembered: bool,
) -> Reading:
    """The Reading that those options ask for; a column given by itself wins over the mapping.

    Raises UsageError for a role that there is not, WorkbookError for a file that is no mapping.
    What was confirmed on this computer is used only when asked for, so that a call gives the same
    result everywhere.
    """
    from bomexposure.model.choices import Reading

    if encoding:
        import codecs

        from bomexposure.model.errors import UsageError

        try:
            codecs.lookup(encoding)
        except LookupError as fault:
            raise UsageError(
                f"There is no encoding “{encoding}”.", "Try utf-8, cp1252 or utf-16, or leave it."
            ) from fault
    mark = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    reading = Reading(sheet, header_row, arguments.columns(column), cells, encoding, mark)
    if not mapping and not remembered:
        return reading
    from bomexposure import intake
    from bomexposure.intake.mapping import applied, load

    if mapping:
        return applied(reading, load(Path(mapping)))
    kept = intake.remembered_columns(bom, reading)
    if kept is None:
        click.echo("No columns were confirmed before for headers like these.", err=True)
        return reading
    click.echo(f"Columns as confirmed before ({kept.name or 'without a name'}).", err=True)
    return applied(reading, kept)
