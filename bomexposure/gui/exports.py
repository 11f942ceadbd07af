"""Writing outputs: the report, the workbook, data files, and the table or chart on show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.work import Analyst
from bomexposure.gui.writers import OUTPUTS, WriteOne
from bomexposure.model.errors import BomExposureError
from bomexposure.model.progress import Progress
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
    """Asks where, writes in the background, says where it went."""

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
        analyst.writing.idle.connect(self._forget)

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
            self._start(
                {path: partial(OUTPUTS[kind].write, analysis, project)
                 for kind, path in targets.items()}
            )  # fmt: skip

    def write_one(self, path: Path, write: WriteOne) -> None:
        """Write one file in the background, after those that were asked for before."""
        self._start({path: write})

    def _start(self, works: dict[Path, WriteOne]) -> None:
        self._settings.setValue("out", str(next(iter(works)).parent))
        names = numbers.listed([path.name for path in works])

        def work(progress: Progress) -> _Outcome:
            made = _Outcome()
            for path, write in works.items():
                progress.step(tr("Writing {path}", path=path.name), 0, 0)
                try:
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
