"""What another revision of the open BOM changes, as a workbook of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bomexposure.gui.writers import WriteOne
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Reading
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.whole_file import refuse_input, write_whole
from bomexposure.project.refit import follow, refit

Run = Callable[[Project, Progress], Analysis]


def changes_writer(other: Path, analysis: Analysis, project: Project, run: Run) -> WriteOne:
    """Reads the other revision and writes what was added, removed and changed since.

    Writing raises what reading the other file raises, OutputError and Cancelled.
    """

    def write(path: Path, progress: Progress) -> None:
        from bomexposure.export.comparison import comparison_xlsx
        from bomexposure.scenario.compare import compare

        refuse_input(path, other)
        before = read_revision(other, project, run, progress)
        progress.step("Comparing", 0, 0)
        write_whole(path, comparison_xlsx(compare(before, analysis)))

    return write


def read_revision(other: Path, project: Project, run: Run, progress: Progress) -> Analysis:
    """The other revision under the choices of the open one; its columns are found anew.

    Decisions on single rows follow their lines to where they stand there.
    """
    asked = Project(
        replace(project.choices, reading=Reading()), workbook=str(other), edition=project.edition
    )
    found = run(asked, progress)
    fit = refit(asked.choices.overrides, found.bom.lines)
    return run(follow(asked, fit), progress) if fit.moved else found
