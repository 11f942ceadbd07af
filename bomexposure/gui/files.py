"""Opening and saving: workbooks, the clipboard, the sample, and .bomx projects with recovery."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication

from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.recent import Recent
from bomexposure.gui.work import Analyst
from bomexposure.model.choices import Choices
from bomexposure.model.errors import BomExposureError
from bomexposure.model.project import Project
from bomexposure.model.resources import resource
from bomexposure.project import store

log = logging.getLogger(__name__)

BOOKS = "Parts lists (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt)"
PROJECTS = "Projects (*.bomx)"
AUTOSAVE_MS = 20_000
"""Unsaved decisions are kept this long after the last of them."""


class Files(QObject):
    """The document's way in and out."""

    def __init__(
        self, document: Document, analyst: Analyst, messages: Messages, settings: QSettings,
        data_folder: Path,
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._analyst, self._messages = document, analyst, messages
        self._settings, self._data = settings, data_folder
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self.keep_copy)
        document.project_changed.connect(lambda _project: self._autosave.start())

    # --- in -----------------------------------------------------------------------------------

    def open_workbook(self) -> None:
        """Ask for a file and open it."""
        folder = str(self._settings.value("folder", str(Path.home())))
        path = self._messages.choose_open(
            "Open a bill of materials", folder, f"{BOOKS};;{PROJECTS};;All files (*)"
        )
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a workbook or a project; a project brings its decisions."""
        if not self.may_leave():
            return
        path = path.absolute()
        self._settings.setValue("folder", str(path.parent))
        if path.suffix.casefold() == store.SUFFIX:
            self._open_project(path)
            return
        if not path.is_file():
            self._messages.say(f"{path.name} is not there. Check the name.", "error")
            return
        self._document.expect(None)
        kept = self._recovered(path)
        self._analyst.open(kept or Project(choices=Choices(as_of=date.today()), workbook=str(path)))

    def open_sample(self) -> None:
        """Open the shipped pump."""
        folder = resource("samples")
        found = sorted(folder.glob("*.xlsx")) + sorted(folder.glob("*.csv"))
        if found:
            self.open_path(found[0])
        else:
            self._messages.say("The sample is missing from this installation.", "error")

    def paste_table(self) -> None:
        """Read a table from the clipboard: cells copied in a spreadsheet, or CSV text."""
        text = QGuiApplication.clipboard().text()
        if "\n" not in text.strip() or not any(mark in text for mark in "\t;,|"):
            self._messages.say(
                "The clipboard holds no table. Copy cells with their headers in your spreadsheet.",
                "warn",
            )
            return
        folder = self._data / "pasted"
        folder.mkdir(parents=True, exist_ok=True)
        stamp = hashlib.sha256(text.encode()).hexdigest()[:8]
        path = folder / f"pasted table {stamp}.{'tsv' if chr(9) in text else 'csv'}"
        path.write_text(text, encoding="utf-8")
        self.open_path(path)

    def _open_project(self, path: Path) -> None:
        try:
            project = store.load(path)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return
        book = Path(project.workbook)
        if not book.is_file():
            beside = path.parent / book.name
            if beside.is_file():
                # the folder was moved as a whole: the workbook still lies beside its project
                project = replace(project, workbook=str(beside))
            else:
                self._ask_for_moved(project, path)
                return
        self._document.expect(path)
        self._analyst.open(project)

    def _ask_for_moved(self, project: Project, path: Path) -> None:
        name = Path(project.workbook).name
        self._messages.say(f"{name} is not where it was. Choose it to go on.", "warn")
        found = self._messages.choose_open(f"Where is {name} now?", str(path.parent), BOOKS)
        if found is not None:
            self._document.expect(path)
            self._analyst.open(replace(project, workbook=str(found)))

    # --- out ----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save where it was saved before, else ask; True when it is saved."""
        if self._document.path is None:
            return self.save_as()
        return self._write(self._document.path)

    def save_as(self) -> bool:
        """Ask for a name and save."""
        book = Path(self._document.project.workbook)
        proposed = self._document.path or book.with_suffix(store.SUFFIX)
        path = self._messages.choose_save("Save the project", proposed, PROJECTS)
        if path is None:
            return False
        if path.suffix.casefold() != store.SUFFIX:
            path = path.with_name(path.name + store.SUFFIX)
        return self._write(path)

    def _write(self, path: Path) -> bool:
        try:
            store.save(self._document.project, path)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return False
        self._autosave.stop()
        self.drop_copy()
        self._document.mark_saved(path)
        self._messages.say(f"Saved in {path.name}.", "done")
        self.remember(path)
        return True

    def may_leave(self) -> bool:
        """Whether the document may go: asks when decisions are not saved."""
        if not self._document.dirty:
            return True
        answer = self._messages.ask_save(Path(self._document.project.workbook).name)
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.drop_copy()
        return answer == "discard"

    def remember(self, path: Path | None = None) -> None:
        """Put the document into the recent list."""
        analysis = self._document.analysis
        if analysis is None:
            return
        where = path or self._document.path or Path(self._document.project.workbook)
        counted = int(analysis.bom.lines["counted"].sum())
        Recent(self._settings).add(where, counted, analysis.exposures.coverage.lines_pct)

    # --- recovery -----------------------------------------------------------------------------

    def _copy_of(self, workbook: str) -> Path:
        stamp = hashlib.sha256(workbook.encode()).hexdigest()[:16]
        return self._data / "unsaved" / f"{stamp}{store.SUFFIX}"

    def keep_copy(self) -> None:
        """Keep unsaved decisions where the next start finds them."""
        if not self._document.dirty:
            return
        path = self._copy_of(self._document.project.workbook)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            store.save(self._document.project, path)
        except (OSError, BomExposureError):
            log.exception("the unsaved copy could not be kept")

    def drop_copy(self) -> None:
        """The decisions are saved or given up: forget the copy."""
        self._copy_of(self._document.project.workbook).unlink(missing_ok=True)

    def _recovered(self, workbook: Path) -> Project | None:
        """Decisions on this workbook that were never saved, if the user wants them back."""
        copy = self._copy_of(str(workbook))
        if not copy.is_file():
            return None
        when = datetime.fromtimestamp(copy.stat().st_mtime).strftime("%d %b %Y %H:%M")
        if not self._messages.ask_recover(workbook.name, when):
            copy.unlink(missing_ok=True)
            return None
        try:
            return store.load(copy)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return None

    def changed_on_disk(self) -> bool:
        """Whether the workbook's bytes differ from those that were read."""
        from bomexposure.gui.work import sha256_of

        project = self._document.project
        path = Path(project.workbook)
        if not project.workbook_sha256 or not path.is_file():
            return False
        return sha256_of(path) != project.workbook_sha256

    def stop(self) -> None:
        """No timer outlives the window."""
        self._autosave.stop()
