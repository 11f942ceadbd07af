"""Every output of `analyze`, each written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from bomexposure.cli.arguments import deliver
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project


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
            from bomexposure.export.pdf_parts import PARTS

            data, _ = set_report(
                analysis,
                chosen=project.report_parts or PARTS,
                decisions=project.decisions,
                progress=progress,
            )
            deliver(data, target)
        case "csv":
            from bomexposure.export.csv_folder import write_csv

            return [str(file) for file in write_csv(analysis, Path(target), progress)]
        case "annotate":
            from bomexposure.export.annotate import write_annotated

            for text in write_annotated(analysis, bom, Path(target), progress)["text"]:
                click.echo(text, err=True)
        case "questions":
            from bomexposure.export.questions import write_questions

            return [str(file) for file in write_questions(analysis, Path(target), progress)]
    return [target] if to_file else []
