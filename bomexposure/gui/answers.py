"""What one run hands back, and the last few of them: an undo finds the answer of before."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

from bomexposure.gui.showing import Showing
from bomexposure.model.analysis import Analysis
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference

MOST_LINES = 300_000
"""Lines of all answers that are kept, so that large lists do not fill the memory."""
MOST = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What one run hands back to the window."""

    project: Project
    analysis: Analysis
    showing: Showing
    reference: Reference


class Answers:
    """The last answers about one file, the newest last; for one worker thread."""

    def __init__(self) -> None:
        self._held: deque[Result] = deque()

    def find(self, project: Project, reference: Reference) -> Result | None:
        """The answer to the same choices about the same bytes; None where none is held."""
        for held in self._held:
            if (
                held.analysis.choices == project.choices
                and held.project.workbook == project.workbook
                and held.reference is reference
                and _hash_or_nothing(project.workbook) == held.analysis.bom.sha256
            ):
                self._held.remove(held)
                self._held.append(held)
                return replace(held, project=project)
        return None

    def keep(self, result: Result) -> None:
        """Hold an answer, and let the oldest go that are too many."""
        self._held.append(result)
        most = MOST_LINES // max(len(result.analysis.bom.lines), 1)
        while len(self._held) > max(1, min(MOST, most)):
            self._held.popleft()


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, to tell that the workbook changed on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_or_nothing(workbook: str) -> str:
    try:
        return sha256_of(Path(workbook))
    except OSError:
        return ""
