"""The one document of a window: the Project, its Analysis, and every edit as one undo step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from bomexposure.gui.linebook import LineBook
from bomexposure.gui.showing import Showing
from bomexposure.model.analysis import Analysis
from bomexposure.model.project import Project

LARGE = 20_000
"""Lines from which on views that are not on show drop what they hold."""


class _Swap(QUndoCommand):
    """Puts one whole Project in the place of another; both are frozen."""

    def __init__(self, document: Document, text: str, before: Project, after: Project) -> None:
        super().__init__(text)
        self._document, self._before, self._after = document, before, after
        self.failed = False

    def redo(self) -> None:
        self._document._put(self._after)

    def undo(self) -> None:
        self._document._put(_with_log(self._before, self._document.project))
        # an obsolete command is dropped after its undo, so that it cannot be made again
        self.setObsolete(self.failed)


def _with_log(before: Project, now: Project) -> Project:
    """The project before an edit, with the edit's entries in the log marked as undone."""
    known = len(before.decisions)
    if now.decisions[:known] != before.decisions:
        return before
    later = tuple(replace(one, undone=True) for one in now.decisions[known:])
    return replace(before, decisions=(*before.decisions, *later))


class Document(QObject):
    """Holds frozen values and tells when they are replaced.

    Signals:
        project_changed: the Project now current differs from the one before.
        analysis_changed: a new Analysis (or None) is there to show.
        saved_changed: path or saved state changed.
    """

    project_changed = Signal(object)
    analysis_changed = Signal(object)
    saved_changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._analysis: Analysis | None = None
        self._showing: Showing | None = None
        self._path: Path | None = None
        self._pending: Path | None = None
        self._unsaved = False
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.saved_changed)

    @property
    def project(self) -> Project:
        return self._project

    @property
    def analysis(self) -> Analysis | None:
        return self._analysis

    @property
    def book(self) -> LineBook | None:
        """The analysis laid out for the Lines table; None without one."""
        return self._showing.book if self._showing is not None else None

    @property
    def analysis_is_large(self) -> bool:
        """Whether more than one answer at a time in memory would matter."""
        return self.book is not None and self.book.count >= LARGE

    @property
    def showing(self) -> Showing | None:
        """Tiles, figures and lines of the analysis, ready to draw."""
        return self._showing

    @property
    def path(self) -> Path | None:
        """The .bomx file, None while unsaved."""
        return self._path

    @property
    def dirty(self) -> bool:
        """Whether decisions would be lost: edits since the last save, or recovered ones."""
        return self._unsaved or not self.undo_stack.isClean()

    def expect(self, path: Path | None) -> None:
        """Say which .bomx the project now being opened came from; None for a workbook."""
        self._pending = path

    def take_expected(self) -> Path | None:
        """The path given to `expect`, once."""
        path, self._pending = self._pending, None
        return path

    def begin(self, project: Project, path: Path | None = None) -> None:
        """Start over with another project; there is nothing to undo."""
        self._project, self._path, self._unsaved = project, path, False
        self._analysis, self._showing = None, None
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self.analysis_changed.emit(None)
        self.saved_changed.emit()

    def show(self, analysis: Analysis, showing: Showing) -> None:
        """Take a finished analysis; the old one is dropped as a whole."""
        self._analysis, self._showing = analysis, showing
        self.analysis_changed.emit(analysis)

    def edit(self, text: str, after: Project) -> None:
        """Make `after` current, as one step that can be undone."""
        if after != self._project:
            self.undo_stack.push(_Swap(self, text, self._project, after))

    def withdraw(self) -> None:
        """Take the newest edit back for good: it turned out not to work."""
        stack = self.undo_stack
        newest = stack.index() - 1
        command = stack.command(newest) if newest >= 0 else None
        if isinstance(command, _Swap):
            command.failed = True
            stack.undo()

    def note(self, after: Project) -> None:
        """Take a project that differs in bookkeeping only (path, hash): not an undo step."""
        self._project = after

    def mark_unsaved(self) -> None:
        """The project was recovered, or its workbook was found elsewhere: no file says so yet."""
        self._unsaved = True
        self.saved_changed.emit()

    def mark_saved(self, path: Path) -> None:
        """The project now lies in `path` as it is."""
        self._path, self._unsaved = path, False
        self.undo_stack.setClean()
        self.saved_changed.emit()

    def _put(self, project: Project) -> None:
        self._project = project
        self.project_changed.emit(project)
        self.saved_changed.emit()
