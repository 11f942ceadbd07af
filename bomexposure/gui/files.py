"""Opening and saving: workbooks, the clipboard, the sample, and .bomx projects with recovery."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
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
from bomexposure.present import numbers
from bomexposure.present.words import plural, tr
from bomexposure.project import store
from bomexposure.project.refit import follow, refit

log = logging.getLogger(__name__)

BOOKS = "Parts lists (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt)"
PROJECTS = "Projects (*.bomx)"
AUTOSAVE_MS = 3_000
"""Unsaved decisions are kept this long after the first of them; it costs a few milliseconds."""


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
        document.project_changed.connect(lambda _project: self._keep_soon())
        self._seen: tuple[float, int] | None = None
        self._recovered_now = False
        self._fit_due = False
        analyst.jobs.idle.connect(self._fit_decisions)
        analyst.shown.connect(self._note_file)
        analyst.opened.connect(self._finish_opening)

    # --- in -----------------------------------------------------------------------------------

    def open_workbook(self) -> None:
        """Ask for a file and open it."""
        folder = str(self._settings.value("folder", str(Path.home())))
        path = self._messages.choose_open(
            "Open a bill of materials",
            folder,
            tr("{BOOKS};;{PROJECTS};;All files (*)", BOOKS=BOOKS, PROJECTS=PROJECTS),
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
            self._messages.say(tr("{path} is not there. Check the name.", path=path.name), "error")
            return
        self._document.expect(None)
        kept = self._recovered(str(path))
        self._open(kept or Project(choices=Choices(as_of=date.today()), workbook=str(path)),
                   recovered=kept is not None)  # fmt: skip

    def _open(self, project: Project, *, recovered: bool = False) -> None:
        self._recovered_now = recovered
        self._analyst.open(project)

    def _finish_opening(self) -> None:
        if self._recovered_now:
            self._recovered_now = False
            self._document.mark_unsaved()
            self._messages.say(
                "Your unsaved decisions are here again. Save them to keep them.",
                "warn", "files.save", "Save",
            )  # fmt: skip

    def open_sample(self) -> None:
        """Open the shipped pump."""
        folder = resource("samples")
        found = sorted(folder.glob("*.xlsx")) + sorted(folder.glob("*.csv"))
        if found:
            self.open_path(found[0])
        else:
            self._messages.say("The sample is missing from this installation.", "error")

    def find_recent(self, path: Path) -> None:
        """A document of the recent list that is gone: ask where it is now, or drop it."""
        found = self._messages.choose_open(
            tr("Where is {path} now?", path=path.name),
            str(path.parent),
            tr("{BOOKS};;{PROJECTS};;All files (*)", BOOKS=BOOKS, PROJECTS=PROJECTS),
        )
        if found is not None:
            Recent(self._settings).forget(str(path))
            self.open_path(found)

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
        kept = self._recovered(project.workbook)
        self._document.expect(path)
        self._open(kept or project, recovered=kept is not None)

    def _ask_for_moved(self, project: Project, path: Path) -> None:
        name = Path(project.workbook).name
        self._messages.say(tr("{name} is not where it was. Choose it to go on.", name=name), "warn")
        found = self._messages.choose_open(
            tr("Where is {name} now?", name=name), str(path.parent), BOOKS
        )
        if found is not None:
            self._document.expect(path)
            self._open(replace(project, workbook=str(found)))

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
        self._messages.say(tr("Saved in {path}.", path=path.name), "done")
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

    def _keep_soon(self) -> None:
        # the first edit starts the clock; later ones do not put it off
        if not self._autosave.isActive():
            self._autosave.start()

    def keep_copy(self) -> None:
        """Keep unsaved decisions where the next start finds them."""
        if not self._document.dirty:
            self.drop_copy()
            return
        copy = self._copy_of(self._document.project.workbook)
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            store.save(self._document.project, copy)
            path = self._document.path
            _path_note(copy).write_text(str(path) if path is not None else "", encoding="utf-8")
        except (OSError, BomExposureError):
            log.exception("the unsaved copy could not be kept")

    def drop_copy(self) -> None:
        """The decisions are saved or given up: forget the copy."""
        _drop(self._copy_of(self._document.project.workbook))

    def unsaved(self) -> list[Unsaved]:
        """What earlier starts left behind, the newest first; without the document now open."""
        own = self._copy_of(self._document.project.workbook)
        found = []
        for copy in (self._data / "unsaved").glob(f"*{store.SUFFIX}"):
            # a dot stands before a copy that was being written when the program was killed
            if copy.name.startswith(".") or (copy == own and self._document.analysis is not None):
                continue
            try:
                project, when = store.load(copy), copy.stat().st_mtime
            except (OSError, BomExposureError):
                continue
            note = _path_note(copy)
            words = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
            found.append(
                (
                    when,
                    Unsaved(
                        copy, Path(project.workbook), Path(words) if words else None,
                        datetime.fromtimestamp(when).strftime("%d %b %Y %H:%M"),
                        sum(not one.undone for one in project.decisions),
                    ),
                )
            )  # fmt: skip
        return [one for _when, one in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def take_up(self, one: Unsaved) -> None:
        """Go on with work that was never saved."""
        if not self.may_leave():
            return
        try:
            project = store.load(one.copy)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return
        if not Path(project.workbook).is_file():
            self._messages.say(
                tr(
                    "{workbook} is not where it was. Put it back, then take the work up.",
                    workbook=one.workbook.name,
                ),
                "warn",
            )
            return
        self._document.expect(one.path if one.path is not None and one.path.is_file() else None)
        self._open(project, recovered=True)

    def give_up(self, one: Unsaved) -> None:
        """Forget work that was never saved."""
        _drop(one.copy)

    def _recovered(self, workbook: str) -> Project | None:
        """Decisions on this workbook that were never saved, if the user wants them back."""
        copy = self._copy_of(workbook)
        if not copy.is_file():
            return None
        when = datetime.fromtimestamp(copy.stat().st_mtime).strftime("%d %b %Y %H:%M")
        if not self._messages.ask_recover(Path(workbook).name, when):
            _drop(copy)
            return None
        try:
            return store.load(copy)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return None

    # --- the workbook changes -----------------------------------------------------------------

    def _note_file(self) -> None:
        """Remember what the workbook looked like when it was read."""
        self._seen = _stamp(Path(self._document.project.workbook))
        analysis, project = self._document.analysis, self._document.project
        if analysis is not None and analysis.bom.sha256 not in ("", project.workbook_sha256):
            self._document.note(replace(project, workbook_sha256=analysis.bom.sha256))
            self._fit_due = True

    def _fit_decisions(self) -> None:
        """Let decisions on single rows follow their lines in a workbook that changed."""
        analysis, project = self._document.analysis, self._document.project
        if not self._fit_due or analysis is None or self._analyst.jobs.busy:
            return
        self._fit_due = False
        found = refit(project.choices.overrides, analysis.bom.lines)
        words = []
        if found.moved:
            count = len(found.moved)
            words.append(
                plural("{count} decision followed moved lines.",
                       "{count} decisions followed moved lines.", count, count=count)
            )  # fmt: skip
        if found.orphaned:
            count = len(found.orphaned)
            words.append(
                plural("{count} decision fits no line of this file now; none is dropped.",
                       "{count} decisions fit no line of this file now; none is dropped.",
                       count, count=count)
            )  # fmt: skip
        if found.moved:
            text = tr("Follow {lines}", lines=numbers.count(len(found.moved), "moved line"))
            self._document.edit(text, follow(project, found))
        if words:
            self._messages.say(" ".join(words), "warn", "show_decisions", "Show decisions")

    def look_at_disk(self) -> None:
        """Say so when the workbook changed since it was read; the window calls this on return."""
        if self._document.analysis is None or self._analyst.jobs.busy:
            return
        path = Path(self._document.project.workbook)
        now = _stamp(path)
        if now is None or now == self._seen:
            return
        self._seen = now
        if self.changed_on_disk():
            self._messages.say(
                tr("{path} changed on disk since it was read.", path=path.name), "warn",
                "files.read_again", "Read it again",
            )  # fmt: skip

    def read_again(self) -> None:
        """Read the workbook as it is now; decisions follow their lines."""
        if self._document.dirty:
            self.keep_copy()
        self._analyst.renew()

    def changed_on_disk(self) -> bool:
        """Whether the workbook's bytes differ from those that were read."""
        from bomexposure.gui.answers import sha256_of

        project = self._document.project
        path = Path(project.workbook)
        if not project.workbook_sha256 or not path.is_file():
            return False
        return sha256_of(path) != project.workbook_sha256

    def stop(self) -> None:
        """No timer outlives the window."""
        self._autosave.stop()


def _path_note(copy: Path) -> Path:
    """Beside an unsaved copy: the name of the project that it belongs to."""
    return copy.with_suffix(".path")


def _drop(copy: Path) -> None:
    copy.unlink(missing_ok=True)
    _path_note(copy).unlink(missing_ok=True)


def _stamp(path: Path) -> tuple[float, int] | None:
    """Time and size of a file, to tell cheaply that it may have changed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime, found.st_size
