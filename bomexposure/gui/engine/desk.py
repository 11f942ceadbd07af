"""What the computing process keeps between two questions about the same file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bomexposure import intake, reference
from bomexposure.analysis import answer
from bomexposure.content.breakdown import compiled
from bomexposure.gui.showing import Showing, prepare
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Reading
from bomexposure.model.errors import WorkbookError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference
from bomexposure.present.words import tr


class Desk:
    """Reads a file once; a later question with the same bytes and columns finds it read."""

    def __init__(self) -> None:
        self.bom: BillOfMaterials | None = None
        self._key: tuple[str, str, Reading] | None = None
        self._facts: tuple[str, Reference] | None = None
        self._kept: dict[str, object] = {}

    def warm(self, edition: str) -> None:
        """Load the facts and compile the dictionary before the first question."""
        compiled(self._reference(edition).knowledge)

    def answer(
        self, project: Project, edition: str, progress: Progress
    ) -> tuple[Analysis, Showing]:
        """The analysis of a project and what the places show of it."""
        facts = self._reference(edition)
        bom = self._read(project, progress)
        analysis = answer(bom, facts, project.choices, progress, self._kept)
        return analysis, prepare(analysis, progress, self._kept)

    def _reference(self, edition: str) -> Reference:
        if self._facts is None or edition not in (self._facts[0], self._facts[1].edition):
            self._facts = (edition, reference.load(edition))
            self._kept = {}
        return self._facts[1]

    def _read(self, project: Project, progress: Progress) -> BillOfMaterials:
        workbook = Path(project.workbook)
        if not workbook.is_file():
            raise WorkbookError(
                tr("{workbook} is not where it was.", workbook=workbook.name or "The workbook"),
                "Open it again with File > Open; the decisions stay.",
            )
        key = (_sha256(workbook), str(workbook), project.choices.reading)
        if self.bom is None or key != self._key:
            self.bom, self._key, self._kept = None, None, {}
            self.bom = intake.read(workbook, project.choices.reading, progress)
            self._key = key
        return self.bom


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
