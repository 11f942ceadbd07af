"""Opening and saving: workbooks, the clipboard, the sample, and .bomx projects with recovery."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from bomexposure.gui.answers import sha256_of
from bomexposure.gui.arrivals import files_in, table_in
from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.recent import Recent
from bomexposure.gui.unsaved import Unsaved, UnsavedCopies, forget
from bomexposure.gui.work import Analyst
from bomexposure.intake.endings import ENDINGS
from bomexposure.model.choices import Choices
from bomexposure.model.errors import BomExposureError, NoTable
from bomexposure.model.project import Project
from bomexposure.model.resources import resource
from bomexposure.model.whole_file import write_whole
from bomexposure.present import numbers
from bomexposure.present.words import plural, tr
from bomexposure.project import portfolio_list, store
from bomexposure.project.refit import follow, refit

log = logging.getLogger(__name__)

BOOKS = f"Parts lists ({' '.join(f'*{one}' for one in ENDINGS)})"
PROJECTS = "Projects (*.bomx)"
AUTOSAVE_MS, AUTOSAVE_MANY_MS = 400, 3_000
"""Unsaved decisions are kept this long after the first of them; many of them cost time to write."""
MANY = 1_000
"""So many decisions take the window some 15 ms to write."""


class Files(QObject):
    """The document's way in and out.

    Signals:
        several: paths that make a portfolio.
    """

    several = Signal(list)

    def __init__(
        self, document: Document, analyst: Analyst, messages: Messages, settings: QSettings,
        data_folder: Path,
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._analyst, self._messages = document, analyst, messages
        self._settings, self._data = settings, data_folder
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.timeout.connect(self.keep_copy)
        document.project_changed.connect(lambda _project: self._keep_soon())
        self._seen: tuple[float, int] | None = None
        self._recovered_now = False
        self._moved_now = ""
        self._tried: Project | None = None
        self._nearest: NoTable | None = None
        self.naming = False
        self._copies = UnsavedCopies(data_folder / "unsaved")
        self._kept = True
        self._known: dict[Path, str] = {}
        """Project file -> hash of its bytes when this window read or wrote it."""
        self._fit_due = False
        analyst.jobs.idle.connect(self._fit_decisions)
        analyst.shown.connect(self._note_file)

    # --- in -----------------------------------------------------------------------------------

    def open_workbook(self) -> None:
        """Ask for a file and open it; several are put side by side."""
        folder = str(self._settings.value("folder", str(Path.home())))
        self.open_paths(
            self._messages.choose_several(
                "Open a bill of materials",
                folder,
                tr("{BOOKS};;{PROJECTS};;All files (*)", BOOKS=BOOKS, PROJECTS=PROJECTS),
            )
        )

    def open_paths(self, paths: list[Path]) -> None:
        """One file is opened; several, or a list of products, go to the portfolio.

        A project that comes with nothing but its own workbook is one document.
        """
        projects = [one for one in paths if one.suffix.casefold() == store.SUFFIX]
        if len(projects) == 1 and len(paths) == 2:
            paths = _without_its_workbook(paths, projects[0])
        if len(paths) > 1 or any(_is_list(one) for one in paths):
            self.several.emit(paths)
        elif paths:
            self.open_path(paths[0])

    def takes(self, mime: QMimeData) -> bool:
        """Whether a drag brings something that can be opened."""
        return bool(files_in(mime)) or table_in(mime) is not None

    def take(self, mime: QMimeData) -> None:
        """Open what was dropped: files, or a table as text."""
        paths = files_in(mime)
        if paths:
            self.open_paths(paths)
        else:
            self._take_table(mime)

    def open_path(self, path: Path) -> None:
        """Open a workbook or a project; a project brings its decisions."""
        if not self.may_leave():
            return
        path = path.absolute()
        self._settings.setValue("folder", str(path.parent))
        if path.suffix.casefold() == store.SUFFIX:
            self._open_project(path)
            return
        if path.is_dir():
            self._messages.say(
                tr("{path} is a folder. Open a parts list in it.", path=path.name), "error"
            )
            return
        if not path.is_file():
            self._messages.say(tr("{path} is not there. Check the name.", path=path.name), "error")
            return
        self._document.expect(None)
        self._open(Project(choices=Choices(as_of=date.today()), workbook=str(path)))

    def _open(self, project: Project, *, recovered: bool = False, moved: str = "") -> None:
        self._recovered_now, self._moved_now = recovered, moved
        self._tried, self.naming = project, False
        self._analyst.open(project)

    def offer_naming(self, fault: NoTable) -> None:
        """Say that no table was found, and offer to read the file all the same."""
        self._nearest = fault
        self._messages.say(
            tr("{what} You can say yourself what its columns hold.", what=fault.what),
            "error", "files.name_columns", tr("Name its columns"),
        )  # fmt: skip

    def name_columns(self) -> None:
        """Open the file whose headers say nothing, so that its columns can be named."""
        near, tried = self._nearest, self._tried
        if near is None or tried is None:
            return
        reading = replace(
            tried.choices.reading, sheet=near.sheet, columns={"description": f"@{near.column}"}
        )
        self._document.expect(None)
        self._open(replace(tried, choices=replace(tried.choices, reading=reading)))
        self.naming = True

    def finish_opening(self) -> bool:
        """Tell of unsaved work on the document that was opened; False when there is none."""
        if self._recovered_now:
            self._recovered_now = False
            self._document.mark_unsaved()
            self._messages.say(
                "Your unsaved decisions are here again. Save them to keep them.",
                "warn", "files.save", "Save",
            )  # fmt: skip
            return True
        if self._moved_now:
            self._document.mark_unsaved()
            self._messages.say(
                tr("{name} is read from its new place. Save to keep that in the project.",
                   name=self._moved_now),
                "warn", "files.save", tr("Save"),
            )  # fmt: skip
            self._moved_now = ""
            return True
        workbook = self._document.project.workbook
        found = self._copies.left(workbook, workbook)
        if found:
            self._messages.say(
                tr("Decisions on {workbook} from {when} were not saved.",
                   workbook=found[0].workbook.name, when=found[0].when),
                "warn", "files.take_up_left", tr("Take them up"),
            )  # fmt: skip
        return bool(found)

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
        """Read a table from the clipboard: cells copied in a spreadsheet or a page, or CSV."""
        self._take_table(QGuiApplication.clipboard().mimeData())

    def _take_table(self, mime: QMimeData | None) -> None:
        found = table_in(mime)
        if found is None:
            self._messages.say(
                "The clipboard holds no table. Copy cells with their headers in your spreadsheet.",
                "warn",
            )
            return
        text, ending = found
        data = text.encode("utf-8", "replace")
        # the name heads the window and the report; the folder tells two pastes apart
        folder = self._data / "pasted" / hashlib.sha256(data).hexdigest()[:8]
        path = folder / f"pasted table{ending}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as fault:
            self._messages.say(
                tr(
                    "The table cannot be kept in {folder}: {reason}. Save it as a file and open "
                    "that.",
                    folder=folder,
                    reason=fault.strerror,
                ),
                "error",
            )
        except BomExposureError as fault:
            self._messages.fault(fault)
        else:
            self.open_path(path)

    def _open_project(self, path: Path) -> None:
        try:
            self._know(path)  # before it is read: a change after that is seen
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
        self._open(project)

    def _ask_for_moved(self, project: Project, path: Path) -> None:
        name = Path(project.workbook).name
        self._messages.say(tr("{name} is not where it was. Choose it to go on.", name=name), "warn")
        found = self._messages.choose_open(
            tr("Where is {name} now?", name=name), str(path.parent), BOOKS
        )
        if found is not None:
            self._document.expect(path)
            self._open(replace(project, workbook=str(found)), moved=found.name)

    # --- out ----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save where it was saved before, else ask; True when it is saved."""
        path = self._document.path
        if path is None:
            return self.save_as()
        if self._changed_elsewhere(path):
            self._messages.say(
                tr("{path} was changed elsewhere since it was opened here, so it is not written "
                   "over.", path=path.name),
                "warn", "files.save_as", tr("Save as…"),
                also=("files.save_over", tr("Replace it")),
            )  # fmt: skip
            return False
        return self._write(path)

    def save_over(self) -> bool:
        """Save where it was saved before, whatever lies there now."""
        path = self._document.path
        return self._write(path) if path is not None else self.save_as()

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
        self._know(path)
        self._autosave.stop()
        self.drop_copy()
        self._document.mark_saved(path)
        self._messages.say(tr("Saved in {path}.", path=path.name), "done")
        self.remember(path)
        return True

    def _know(self, path: Path) -> None:
        """Remember what a project file holds now."""
        try:
            self._known[path] = sha256_of(path)
        except OSError:
            self._known.pop(path, None)

    def _changed_elsewhere(self, path: Path) -> bool:
        known = self._known.get(path)
        try:
            return known is not None and sha256_of(path) != known
        except OSError:
            return False  # it is gone, so nothing is lost by writing it

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

    def _keep_soon(self) -> None:
        # the first edit starts the clock; later ones do not put it off
        if not self._autosave.isActive():
            few = len(self._document.project.choices.overrides) < MANY
            self._autosave.start(AUTOSAVE_MS if few else AUTOSAVE_MANY_MS)

    def keep_copy(self) -> None:
        """Keep unsaved decisions where the next start finds them."""
        if not self._document.dirty:
            self.drop_copy()
            return
        try:
            self._copies.keep(self._document.project, self._document.path)
            self._kept = True
        except (OSError, BomExposureError) as fault:
            log.info("the unsaved copy could not be kept", exc_info=fault)
            if self._kept:  # once, not every few seconds
                self._kept = False
                reason = fault.what if isinstance(fault, BomExposureError) else str(fault)
                self._messages.say(
                    tr("Unsaved decisions are held in memory only: {reason} Save the project.",
                       reason=reason),
                    "warn", "files.save_as", tr("Save as…"),
                )  # fmt: skip

    def drop_copy(self) -> None:
        """The decisions are saved or given up: forget the copy."""
        self._copies.drop(self._document.project.workbook)

    def unsaved(self) -> list[Unsaved]:
        """What earlier starts left behind, the newest first; without the document now open."""
        opened = self._document.analysis is not None
        return self._copies.left(without=self._document.project.workbook if opened else "")

    def take_up(self, one: Unsaved) -> None:
        """Go on with work that was never saved."""
        if not self.may_leave():
            return
        if not one.workbook.is_file():
            self._messages.say(
                tr(
                    "{workbook} is not where it was. Put it back, then take the work up.",
                    workbook=one.workbook.name,
                ),
                "warn",
            )
            return
        try:
            project = self._copies.claim(one)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return
        path = one.path if one.path is not None and one.path.is_file() else None
        if path is not None:
            self._know(path)
        self._document.expect(path)
        self._open(project, recovered=True)

    def take_up_left(self) -> None:
        """Go on with the newest unsaved work on the document that is open."""
        workbook = self._document.project.workbook
        found = self._copies.left(workbook, workbook)
        if found:
            self.take_up(found[0])
        else:
            self._messages.say(tr("No unsaved work on this file was left behind."), "info")

    def give_up(self, one: Unsaved) -> None:
        """Forget work that was never saved."""
        forget(one.copy)

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
        project = self._document.project
        path = Path(project.workbook)
        if not project.workbook_sha256 or not path.is_file():
            return False
        return sha256_of(path) != project.workbook_sha256

    def stop(self) -> None:
        """No timer outlives the window, and no lock."""
        self._autosave.stop()
        self._copies.close()


def _is_list(path: Path) -> bool:
    return path.suffix.casefold() == portfolio_list.SUFFIX


def _without_its_workbook(paths: list[Path], project: Path) -> list[Path]:
    """The project alone where the other file is the workbook that it is about."""
    try:
        workbook = Path(store.load(project).workbook)
    except BomExposureError:
        return paths
    others = [one for one in paths if one != project]
    return [project] if [one.name for one in others] == [workbook.name] else paths


def _stamp(path: Path) -> tuple[float, int] | None:
    """Time and size of a file, to tell cheaply that it may have changed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime, found.st_size
