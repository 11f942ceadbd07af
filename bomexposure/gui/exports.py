# ruff: noqa: E501 (sentences that are shown stand on one line)
"""Writing outputs: the report, the workbook, data files, and the table or chart on show."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QSettings
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from bomexposure.gui.charts.base import table_text
from bomexposure.gui.document import Document
from bomexposure.gui.messages import Messages
from bomexposure.gui.work import Analyst
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import BomExposureError, OutputError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.present import numbers

if TYPE_CHECKING:
    from bomexposure.gui.places.base import Place

KINDS: dict[str, tuple[str, str, str, str]] = {
    "pdf": ("Write the PDF report", "PDF (*.pdf)", "bomexposure.export.pdf", "write_pdf"),
    "xlsx": (
        "Write the Excel workbook", "Excel (*.xlsx)", "bomexposure.export.workbook", "write_xlsx",
    ),
    "json": ("Write JSON", "JSON (*.json)", "bomexposure.export.json_report", "write_json"),
}  # fmt: skip
"""Kind -> title, filter, module and function; modules load when first used."""


def writer_of(kind: str, project: Project) -> Callable[[Analysis, Path], Any]:
    """The function that writes one kind of file, with what the project says about it."""
    _title, _filter, module, name = KINDS[kind]
    found: Callable[..., Any] = getattr(import_module(module), name)
    told: dict[str, dict[str, Any]] = {
        "pdf": {"options": project.report, "decisions": project.decisions},
        "xlsx": {"decisions": project.decisions},
    }
    return partial(found, **told.get(kind, {}))


class Exports(QObject):
    """Asks where, writes in the background, says where it went."""

    def __init__(
        self, document: Document, analyst: Analyst, messages: Messages, settings: QSettings,
        place: Callable[[], Place],
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._analyst, self._messages = document, analyst, messages
        self._settings, self._place = settings, place

    def write_pdf(self) -> None:
        """The report for the board."""
        self._ask_and_write("pdf")

    def write_xlsx(self) -> None:
        """The workbook for the analyst."""
        self._ask_and_write("xlsx")

    def write_json(self) -> None:
        """All results as data."""
        self._ask_and_write("json")

    def write_csv(self) -> None:
        """One CSV a table, into a folder."""
        analysis = self._document.analysis
        if analysis is None:
            return
        folder = self._messages.choose_folder("Folder for the CSV tables", str(self.folder()))
        if folder is None:
            return
        write: Callable[[Analysis, Path], Any] = import_module(
            "bomexposure.export.csv_folder"
        ).write_csv
        self._run(f"Writing CSV tables to {folder.name}", analysis, {folder: write})

    def _ask_and_write(self, kind: str, _checked: bool = False) -> None:
        title, kinds, _module, _name = KINDS[kind]
        path = self._messages.choose_save(title, self.proposed(kind), kinds)
        if path is not None:
            self.write({kind: path.with_suffix(f".{kind}")})

    def write(self, outputs: dict[str, Path]) -> None:
        """Write several kinds at once, in the background."""
        analysis = self._document.analysis
        if analysis is None or not outputs:
            return
        self._settings.setValue("out", str(next(iter(outputs.values())).parent))
        names = ", ".join(path.name for path in outputs.values())
        project = self._document.project
        targets = {path: writer_of(kind, project) for kind, path in outputs.items()}
        self._run(f"Writing {names}", analysis, targets)

    def _run(
        self, label: str, analysis: Analysis, targets: dict[Path, Callable[[Analysis, Path], Any]]
    ) -> None:
        def work(progress: Progress) -> tuple[Path, ...]:
            for number, (path, write) in enumerate(targets.items()):
                progress.step(f"Writing {path.name}", number, len(targets))
                write(analysis, path)
            return tuple(targets)

        self._analyst.write(label, work, self._written)

    def _written(self, paths: tuple[Path, ...]) -> None:
        names = " and ".join(path.name for path in paths)
        self._messages.say(f"Written: {names}, in {paths[0].parent}.", "done")

    def folder(self) -> Path:
        """Where outputs went last, else beside the workbook."""
        last = self._settings.value("out", "")
        if last and Path(str(last)).is_dir():
            return Path(str(last))
        return Path(self._document.project.workbook).parent

    def proposed(self, kind: str) -> Path:
        """A name beside the workbook."""
        stem = Path(self._document.project.workbook).stem or "exposure"
        return self.folder() / f"{stem} exposure.{kind}"

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
        for kind in KINDS:
            act = menu.addAction(f"{KINDS[kind][0]}…")
            act.triggered.connect(partial(self._ask_and_write, kind))
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
