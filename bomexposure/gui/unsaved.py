"""Unsaved decisions, kept where the next start finds them: each window has copies of its own.

A window holds a lock as long as it lives. A copy whose lock nobody holds was left behind by a
window that is gone, and only such copies are offered: two windows on one workbook never touch each
other's work.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile

from bomexposure.model.errors import BomExposureError, ProjectError
from bomexposure.model.project import Project
from bomexposure.model.whole_file import write_whole
from bomexposure.project import store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Work of an earlier start that was never saved.

    Attributes:
        copy: the file that holds it; path: the project that it belongs to, None for none.
        when: as shown, such as '28 Nov 2026 22:10'.
    """

    copy: Path
    workbook: Path
    path: Path | None
    when: str
    decisions: int


class UnsavedCopies:
    """The copies of one window, and what windows that are gone left behind.

    A copy is named after its workbook and its window: `<workbook>.<window>.bomx`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._window = uuid4().hex[:12]
        self._lock: QLockFile | None = None

    def copy_of(self, workbook: str) -> Path:
        """This window's copy of the decisions on a workbook."""
        return self._folder / f"{_stamp(workbook)}.{self._window}{store.SUFFIX}"

    def keep(self, project: Project, path: Path | None) -> None:
        """Keep a project that belongs to `path`. Raises OutputError."""
        self._hold()
        copy = self.copy_of(project.workbook)
        store.save(project, copy)
        write_whole(_path_note(copy), str(path or "").encode())

    def drop(self, workbook: str) -> None:
        """The decisions are saved or given up: forget this window's copy."""
        forget(self.copy_of(workbook))

    def left(self, workbook: str = "", without: str = "") -> list[Unsaved]:
        """What is left of windows that are gone, the newest first; of one workbook only, if named.

        `without` names the workbook that this window has open: its own copy of that is no rest.
        """
        found: list[tuple[float, Unsaved]] = []
        start = f"{_stamp(workbook)}." if workbook else ""
        held: dict[str, bool] = {self._window: False}
        for copy in self._folder.glob(f"*{store.SUFFIX}"):
            # a dot stands before a copy that was being written when the program was killed
            if copy.name.startswith(".") or not copy.name.startswith(start):
                continue
            window = copy.name.split(".")[1]
            if window not in held:
                held[window] = window != store.SUFFIX[1:] and self._held(window)
            if held[window] or (without and copy == self.copy_of(without)):
                continue
            try:
                project, when = store.load(copy), copy.stat().st_mtime
                note = _path_note(copy)
                words = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
            except (OSError, BomExposureError):
                continue
            found.append((when, _unsaved(copy, project, words, when)))
        return [one for _when, one in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def claim(self, one: Unsaved) -> Project:
        """Make a copy that was left behind this window's own; of two windows one gets it.

        Raises ProjectError when another was first.
        """
        project = store.load(one.copy)
        own = self.copy_of(project.workbook)
        if one.copy != own:
            self._hold()
            try:
                one.copy.replace(own)
            except OSError as fault:
                raise ProjectError(
                    f"The unsaved work on {one.workbook.name} cannot be taken up: "
                    f"{fault.strerror or fault}.",
                    "Look whether another window has it.",
                ) from fault
            if _path_note(one.copy).is_file():
                _path_note(one.copy).replace(_path_note(own))
        return project

    def close(self) -> None:
        """This window goes: what it kept is a rest from here on."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _hold(self) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock_of(self._window)
            self._lock.tryLock(0)

    def _held(self, window: str) -> bool:
        """Whether the window that made a copy is still there, in this process or another."""
        lock = self._lock_of(window)
        free = lock.tryLock(0)
        if free:
            lock.unlock()
        return not free

    def _lock_of(self, window: str) -> QLockFile:
        lock = QLockFile(str(self._folder / f".{window}.lock"))
        lock.setStaleLockTime(0)  # never by age: only the end of its process frees it
        return lock


def forget(copy: Path) -> None:
    """Delete a copy and the note beside it."""
    copy.unlink(missing_ok=True)
    _path_note(copy).unlink(missing_ok=True)


def _unsaved(copy: Path, project: Project, path: str, when: float) -> Unsaved:
    return Unsaved(
        copy, Path(project.workbook), Path(path) if path else None,
        datetime.fromtimestamp(when).strftime("%d %b %Y %H:%M"),
        sum(not one.undone for one in project.decisions),
    )  # fmt: skip


def _stamp(workbook: str) -> str:
    return hashlib.sha256(workbook.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _path_note(copy: Path) -> Path:
    """Beside an unsaved copy: the name of the project that it belongs to."""
    return copy.with_suffix(".path")
