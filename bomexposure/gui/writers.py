# ruff: noqa: E501 (a table of outputs reads best with one row a line)
"""Every output of the window as one row of data; the File menu and the Report place read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.whole_file import write_whole
from bomexposure.present.shown import ShownTable

Write = Callable[[Analysis, Project, Path, Progress], list[str]]
"""Writes to a path and gives sentences that the reader of the output must know."""

WriteOne = Callable[[Path, Progress], list[str] | None]
"""The same with all that is written in hand already: it reads nothing that changes."""


def table_writer(table: ShownTable) -> WriteOne:
    """Writes a table as it stands on screen, as CSV or Excel after the file's ending."""

    def write(path: Path, progress: Progress) -> None:
        from bomexposure.export.shown_table import write_shown

        write_shown(table, path, progress)

    return write


def bytes_writer(data: bytes) -> WriteOne:
    """Writes what is made already, such as a picture."""
    return lambda path, _progress: write_whole(path, data)


def _pdf(analysis: Analysis, project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.pdf import write_pdf

    return _told(
        write_pdf(
            analysis, path, project.report, decisions=project.decisions, progress=progress
        )
    )  # fmt: skip


def _xlsx(analysis: Analysis, project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.workbook import write_xlsx

    write_xlsx(analysis, path, progress, project.decisions)
    return []


def _annotated(analysis: Analysis, project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.annotate import write_annotated

    return _told(write_annotated(analysis, Path(project.workbook), path, progress))


def _csv(analysis: Analysis, _project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.csv_folder import write_csv

    write_csv(analysis, path, progress)
    return []


def _charts(analysis: Analysis, _project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.charts import write_charts

    write_charts(analysis, path, progress)
    return []


def _questions(analysis: Analysis, _project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.questions import write_questions

    made = write_questions(analysis, path, progress)
    return [] if made else ["No line is open, so there is no question to send."]


def _json(analysis: Analysis, _project: Project, path: Path, progress: Progress) -> list[str]:
    from bomexposure.export.json_report import write_json

    progress.step("Writing JSON", 0, 0)
    write_json(analysis, path)
    return []


def _told(issues: pd.DataFrame) -> list[str]:
    return [str(text) for text in issues["text"]]


@dataclass(frozen=True, slots=True)
class Output:
    """One kind of file or folder.

    Attributes:
        words, tip: for the Report place.
        title, filter: for the question where to; no filter asks for a folder.
        suffix: of the proposed name; a folder's has no dot.
    """

    kind: str
    words: str
    tip: str
    title: str
    filter: str
    suffix: str
    write: Write

    @property
    def folder(self) -> bool:
        return not self.filter

    def proposed(self, analysis: Analysis | None, project: Project, folder: Path) -> Path:
        """A name of its own in `folder`, after the workbook's."""
        stem = Path(project.workbook).stem or "exposure"
        suffix = self.suffix
        if self.kind == "annotated" and analysis is not None and analysis.bom.format == "xlsm":
            suffix = " annotated.xlsm"  # a copy with macros keeps its kind
        return folder / f"{stem}{suffix}"


OUTPUTS: dict[str, Output] = {
    one.kind: one
    for one in (
        Output("pdf", "PDF for the board", "tagged, with sources", "Write the PDF report", "PDF (*.pdf)", " exposure.pdf", _pdf),
        Output("xlsx", "Excel workbook", "native charts, live formulas", "Write the Excel workbook", "Excel (*.xlsx)", " exposure.xlsx", _xlsx),
        Output("annotated", "Annotated copy of your file", "your sheet as it is, with columns added", "Write an annotated copy", "Excel (*.xlsx *.xlsm)", " annotated.xlsx", _annotated),
        Output("questions", "Questions for suppliers", "a folder, one workbook a supplier", "Folder for the questions to suppliers", "", " questions", _questions),
        Output("csv", "CSV tables", "a folder, one tidy table a file", "Folder for the CSV tables", "", " tables", _csv),
        Output("charts", "Charts", "a folder, SVG and PNG", "Folder for the charts", "", " charts", _charts),
        Output("json", "JSON", "schema bomexposure/analysis/1", "Write JSON", "JSON (*.json)", " exposure.json", _json),
    )
}  # fmt: skip
