"""Writing outputs: the report, the workbook, data files, and the table or chart on show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from bomexposure.gui.document import Document
from bomexposure.gui.files import BOOKS
from bomexposure.gui.messages import Messages
from bomexposure.gui.revisions import changes_writer
from bomexposure.gui.work import Analyst
from bomexposure.gui.writers import OUTPUTS, WriteOne
from bomexposure.model.errors import BomExposureError
from bomexposure.model.progress import Progress
from bomexposure.model.whole_file import refuse_input
from bomexposure.present import numbers
from bomexposure.present.words import tr

if TYPE_CHECKING:
    from bomexposure.gui.places.base import Place


@dataclass(slots=True)
class _Outcome:
    """What one job wrote, what the reader of it must know, and what could not be written."""

    written: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Exports(QObject):
    """Asks where, writes in the background, says where it went.

    Signals:
        may_close: what the window waited for before it closes is written.
    """

    may_close = Signal()

    def __init__(
        self, document: Document, analyst: Analyst, messages: Messages, settings: QSettings,
        place: Callable[[], Place],
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._analyst, self._messages = document, analyst, messages
        self._settings, self._place = settings, place
        self._faults: list[str] = []
        self._written: list[str] = []
        self._told: list[str] = []
        self._closing = False
        analyst.writing.idle.connect(self._rest)
        analyst.writing.cancelled.connect(self._stay)

    def write(self, kind: str) -> None:
        """Ask where one of OUTPUTS goes, and write it."""
        output = OUTPUTS[kind]
        if self._document.analysis is None:
            return
        proposed = self.proposed(kind)
        if output.folder:
            path = self._messages.choose_folder(output.title, str(self.folder()))
            path = path / proposed.name if path is not None else None
        else:
            path = self._messages.choose_save(output.title, proposed, output.filter)
        if path is None:
            return
        self.write_all({kind: path})

    def write_all(self, targets: dict[str, Path]) -> None:
        """Write several of OUTPUTS, in the background and one after another."""
        analysis, project = self._document.analysis, self._document.project
        if analysis is not None and targets:
            writers, end = self._analyst.writers(targets, analysis, project)
            self._start({path: writers[kind] for kind, path in targets.items()}, end)

    def write_one(self, path: Path, write: WriteOne) -> None:
        """Write one file in the background, after those that were asked for before."""
        self._start({path: write})

    def write_changes(self) -> None:
        """Ask for another revision of the open BOM and for a file, and write what it changes."""
        analysis, project, analyst = self._document.analysis, self._document.project, self._analyst
        reference, run, complete = analyst.reference, analyst.run, analyst.before_opening
        if analysis is None or reference is None:
            return
        workbook = Path(project.workbook)
        other = self._messages.choose_open("The revision before", str(workbook.parent), BOOKS)
        if other is None:
            return
        if other.absolute() == workbook.absolute():
            self._messages.say("This is the open file itself. Choose another revision.", "warn")
            return
        proposed = self.folder() / f"{other.stem} to {workbook.stem}.xlsx"
        path = self._messages.choose_save("Write the changes", proposed, "Excel (*.xlsx)")
        if path is not None:
            self.write_one(
                path,
                changes_writer(
                    other, analysis, project, lambda one, told: run(complete(one), reference, told)
                ),
            )

    def _start(self, works: dict[Path, WriteOne], end: Callable[[], None] | None = None) -> None:
        workbook = Path(self._document.project.workbook)
        self._settings.setValue("out", str(next(iter(works)).parent))
        names = numbers.listed([path.name for path in works])

        def work(progress: Progress) -> _Outcome:
            try:
                return each(progress)
            finally:
                if end is not None:
                    end()

        def each(progress: Progress) -> _Outcome:
            made = _Outcome()
            for path, write in works.items():
                progress.step(tr("Writing {path}", path=path.name), 0, 0)
                try:
                    refuse_input(path, workbook)
                    made.told += write(path, progress) or []
                    made.written.append(path)
                except BomExposureError as fault:
                    made.faults.append(f"{fault.what} {fault.mend}".strip())
            return made

        if self._analyst.writing.busy:
            self._messages.say(
                tr("{names}: written as soon as what is asked for before is.", names=names), "info"
            )
        self._analyst.write(tr("Writing {names}", names=names), work, self._ended)

    def _ended(self, outcome: _Outcome) -> None:
        """Say what came of it; what others in the line came to is said along until it is empty."""
        self._faults += outcome.faults
        self._told += outcome.told
        if outcome.written:
            names = numbers.listed([path.name for path in outcome.written])
            self._written.append(
                tr("Written: {names}, in {parent}.", names=names, parent=outcome.written[0].parent)
            )
        level = "error" if self._faults else "warn" if self._told else "done"
        self._messages.say(" ".join([*self._faults, *self._written, *self._told]), level)

    def keep_open(self) -> bool:
        """Whether the window stays until all is written; asked again, it does not."""
        if self._closing or not self._analyst.writing.busy:
            return False
        self._closing = True
        self._messages.say(
            tr("The window closes as soon as what you asked for is written."),
            "info", "close", tr("Stop and close"),
        )  # fmt: skip
        return True

    def _stay(self) -> None:
        self._closing = False

    def _rest(self) -> None:
        """Nothing is left to be written."""
        close = self._closing and not self._faults
        self._closing = False
        self._forget()
        if close:
            self.may_close.emit()

    def _forget(self) -> None:
        self._faults, self._written, self._told = [], [], []

    def folder(self) -> Path:
        """Where outputs went last, else beside the workbook."""
        last = self._settings.value("out", "")
        if last and Path(str(last)).is_dir():
            return Path(str(last))
        return Path(self._document.project.workbook).parent

    def proposed(self, kind: str) -> Path:
        """A name where the last output went, else beside the workbook."""
        analysis, project = self._document.analysis, self._document.project
        return OUTPUTS[kind].proposed(analysis, project, self.folder())

    # --- the place on show ------------------------------------------------------------------

    def export_here(self) -> None:
        """A menu of what the place on show can give."""
        place = self._place()
        choices = place.export_choices()
        if not choices:
            self._messages.say("There is no table or chart on show to export.", "info")
            return
        menu = QMenu(place)
        for key, words in choices:
            menu.addAction(words).triggered.connect(partial(self.export_place, key))
        menu.addSeparator()
        for kind in ("pdf", "xlsx", "annotated"):
            act = menu.addAction(f"{OUTPUTS[kind].title}…")
            act.triggered.connect(lambda _c=False, kind=kind: self.write(kind))
        menu.exec(place.mapToGlobal(QPoint(place.width() - 240, 46)) if place else QCursor.pos())
        menu.deleteLater()

    def export_place(self, kind: str, _checked: bool = False, *, path: Path | None = None) -> None:
        """Write the table or chart on show; asks for the file unless it is given."""
        place = self._place()
        proposed = self.folder() / f"{place.name}.{kind}"
        target = path or self._messages.choose_save(
            tr("Export {place}", place=place.title.lower()), proposed, f"{kind.upper()} (*.{kind})"
        )
        write = place.export(kind)
        if target is not None and write is not None:
            self.write_one(target, write)
