"""Every output of `analyze`, each written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from bomexposure.cli.arguments import deliver
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError, UsageError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.whole_file import refuse_input

FOLDERS = ("csv", "charts", "questions")
"""Outputs that are folders; none of them can go to standard output."""
_NEEDS_FILE = (*FOLDERS, "annotate", "save-mapping")


def check_targets(outputs: dict[str, str], inputs: list[Path]) -> None:
    """Look at the names before the work: nothing that is read is written over, nothing twice.

    Raises UsageError, and OutputError for a name that cannot be written to.
    """
    taken: dict[Path, str] = {}
    for kind, target in outputs.items():
        if target == "-":
            if kind in _NEEDS_FILE:
                raise UsageError(
                    f"--{kind} cannot go to standard output.", f"Name a {_noun(kind)} for it."
                )
            continue
        path = Path(target)
        refuse_input(path, *inputs)
        other = taken.setdefault(path.resolve(), kind)
        if other != kind:
            raise UsageError(
                f"--{other} and --{kind} both name {path.name}.", "Give each output its own name."
            )
        if kind in FOLDERS and path.exists() and not path.is_dir():
            raise OutputError(f"--{kind} {path.name} is a file.", "Name a folder.")
        if kind not in FOLDERS and path.is_dir():
            raise OutputError(f"--{kind} {path.name} is a folder.", "Name a file in it.")


def _noun(kind: str) -> str:
    return "folder" if kind in FOLDERS else "file"


def write_outputs(
    analysis: Analysis,
    project: Project,
    bom: Path,
    outputs: dict[str, str],
    json_lines: str,
    progress: Progress,
) -> list[str]:
    """Write what was asked for and return the names of the files written ('-' is not a file).

    Raises OutputError for the first output that cannot be written; those before it are whole.
    """
    written = []
    for kind, target in outputs.items():
        progress.step(f"Writing {kind}", 0, 0)
        written += _write(kind, target, analysis, project, bom, json_lines, progress)
    return written


def _write(
    kind: str,
    target: str,
    analysis: Analysis,
    project: Project,
    bom: Path,
    json_lines: str,
    progress: Progress,
) -> list[str]:
    to_file = target != "-"
    match kind:
        case "json":
            from bomexposure.export.json_report import analysis_json

            deliver(analysis_json(analysis, lines=json_lines), target)
        case "xlsx":
            from bomexposure.export.workbook import write_xlsx, xlsx_bytes

            if to_file:
                files = write_xlsx(analysis, Path(target), progress, project.decisions)
                return [str(file) for file in files]
            deliver(xlsx_bytes(analysis, progress, project.decisions), target)
        case "pdf":
            from bomexposure.export.pdf import set_report

            data, issues = set_report(
                analysis, project.report, decisions=project.decisions, progress=progress
            )
            deliver(data, target)
            for text in issues["text"]:
                click.echo(text, err=True)
        case "csv":
            from bomexposure.export.csv_folder import write_csv

            return [str(file) for file in write_csv(analysis, Path(target), progress)]
        case "charts":
            from bomexposure.export.charts import write_charts

            return [str(file) for file in write_charts(analysis, Path(target), progress)]
        case "annotate":
            from bomexposure.export.annotate import write_annotated

            for text in write_annotated(analysis, bom, Path(target), progress)["text"]:
                click.echo(text, err=True)
        case "questions":
            from bomexposure.export.questions import write_questions

            return [str(file) for file in write_questions(analysis, Path(target), progress)]
    return [target] if to_file else []
