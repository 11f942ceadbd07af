"""Every output of `analyze`, each written whole or not at all."""

from __future__ import annotations

from bomexposure.cli.arguments import deliver
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress


def write_outputs(
    analysis: Analysis, outputs: dict[str, str], json_lines: str, progress: Progress
) -> list[str]:
    """Write what was asked for and return the names of the files written ('-' is not a file).

    Raises OutputError for the first output that cannot be written; those before it are whole.
    """
    written = []
    for kind, target in outputs.items():
        _write(kind, target, analysis, json_lines, progress)
        if target != "-":
            written.append(target)
    return written


def _write(kind: str, target: str, analysis: Analysis, json_lines: str, progress: Progress) -> None:
    progress.step(f"Writing {kind}", 0, 0)
    match kind:
        case "json":
            from bomexposure.export.json_report import analysis_json

            deliver(analysis_json(analysis, lines=json_lines), target)
        case "xlsx":
            from bomexposure.export.workbook import xlsx_bytes

            deliver(xlsx_bytes(analysis, progress), target)
        case "pdf":
            from bomexposure.export.pdf import pdf_bytes

            deliver(pdf_bytes(analysis, progress=progress), target)
