# ruff: noqa: E501 (sentences that are shown stand on one line)
"""Writing outputs: the report, the workbook, data files, and the table or chart on show."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from bomexposure.gui.charts.base import table_text
from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.work import Analyst
from bomexposure.gui.writers import OUTPUTS
from bomexposure.model.errors import BomExposureError, OutputError
from bomexposure.model.progress import Progress
from bomexposure.present import numbers

if TYPE_CHECKING:
    from bomexposure.gui.places.base import Place


class Exports(QObject):
    """Asks where, writes in the background, says where it went."""

    def __init__(
        self, document: Document, analyst: Analyst, messages: Messages, settings: QSettings,
        place: Callable[[], Place],
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._analyst, self._messages = document, analyst, messages
        self._settings, self._place = settings, place

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
        if not output.folder and not path.suffix:
            path = path.with_suffix(proposed.suffix)
        self.write_all({kind: path})

    def write_all(self, targets: dict[str, Path]) -> None:
        """Write several of OUTPUTS, in the background and one after another."""
        analysis, project = self._document.analysis, self._document.project
        if analysis is None or not targets:
            return
        self._settings.setValue("out", str(next(iter(targets.values())).parent))
        names = numbers.listed([path.name for path in targets.values()])

        def work(progress: Progress) -> tuple[list[Path], list[str]]:
            told = []
            for kind, path in targets.items():
                progress.step(f"Writing {path.name}", 0, 0)
                told += OUTPUTS[kind].write(analysis, project, path, progress)
            return list(targets.values()), told

        self._analyst.write(f"Writing {names}", work, self._written)

    def _written(self, outcome: tuple[list[Path], list[str]]) -> None:
        paths, told = outcome
        names = numbers.listed([path.name for path in paths])
        words = f"Written: {names}, in {paths[0].parent}."
        self._messages.say(" ".join([words, *told]), "warn" if told else "done")

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
            f"Export {place.title.lower()}", proposed, f"{kind.upper()} (*.{kind})"
        )
        if target is None:
            return
        try:
            with numbers.spoken(numbers.FIXED):
                self._write_place(place, kind, target)
        except BomExposureError as fault:
            self._messages.fault(fault)
            return
        except OSError as fault:
            self._messages.fault(
                OutputError(f"{target.name} cannot be written: {fault.strerror}.", "Choose another folder.")
            )  # fmt: skip
            return
        self._messages.say(f"Written: {target.name}.", "done")

    def _write_place(self, place: Place, kind: str, target: Path) -> None:
        charts = getattr(place, "charts", None)
        shown = getattr(place, "shown_table", None)
        if kind in ("png", "svg") and charts is not None:
            charts()[0].write_picture(target)
        elif shown is not None:
            heads, rows = shown()
            if kind == "xlsx":
                _write_sheet(target, place.title, heads, rows)
            else:
                with target.open("w", encoding="utf-8-sig", newline="") as file:
                    csv.writer(file).writerows([heads, *rows])
        elif charts is not None:
            target.write_text(table_text(charts()[0].table()), encoding="utf-8-sig")


def _write_sheet(path: Path, title: str, heads: list[str], rows: list[list[str]]) -> None:
    """Words as they stand on screen, as text cells, so that part numbers keep their zeros."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "constant_memory": True})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bg_color": "#E3EFEE"})
    for number, head in enumerate(heads):
        sheet.write_string(0, number, head, bold)
    for at, one in enumerate(rows, start=1):
        for number, cell in enumerate(one):
            sheet.write_string(at, number, cell)
    sheet.freeze_panes(1, 0)
    book.close()
