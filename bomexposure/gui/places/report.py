"""Report: what to include, pages as they will print, and the files to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui.blocks import Segments, button, clear, column, label, row, rule
from bomexposure.gui.context import Context
from bomexposure.gui.icons import picture
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.viewstate import View
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.report import PARTS, ReportOptions
from bomexposure.present import numbers
from bomexposure.present.headline import headline_sentence

PART_WORDS = {
    "executive": ("Executive page", "the figures, five exposures, dates, actions"),
    "minerals": ("Exposure by mineral", "every mineral with reliance and shares"),
    "lines": ("Exposure by line", "the lines that carry most"),
    "scenarios": ("Scenarios", "before and after"),
    "sourcing": ("Sourcing options", "who could supply instead, and why"),
    "substitutes": ("Substitutes", "other materials and their price in performance"),
    "questions": ("Open questions", "lines to ask about, largest first"),
    "decisions": ("Decisions", "who decided what, when, why"),
    "method": ("Method and formulas", "what each number means"),
    "sources": ("Sources of every figure", "publication, table, row, year"),
}
OUTPUTS = (
    ("pdf", "PDF for the board", "tagged, with sources"),
    ("xlsx", "Excel workbook", "native charts, live formulas"),
    ("json", "JSON", "schema bomexposure/analysis/1"),
)
SETTLE_MS = 400


class ReportPlace(Place):
    """Preview left and centre, writing at the right."""

    name = "report"
    title = "Report"
    hint = "The same BOM, project, data and as-of date give identical files, byte for byte."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.jobs = Jobs(self, for_files=True)
        self._pages: list[QPixmap] = []
        self._stale = True
        self.paper = QComboBox()
        self.paper.setAccessibleName("Paper")
        self.paper.addItem("U.S. Letter", "letter")
        self.paper.addItem("A4", "a4")
        self.zoom = Segments((("fit", "Fit"), ("75", "75 %"), ("100", "100 %")))
        self.zoom.chosen.connect(lambda _key: self._draw())
        self.page_words = label("", "text2")
        self.header.addWidget(self.paper)
        self.acts.addWidget(self.page_words)
        self.acts.addWidget(self.zoom)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._renew)
        self.paper.currentIndexChanged.connect(lambda _at: self._soon())
        self.parts: dict[str, QCheckBox] = {}
        self.outputs: dict[str, QCheckBox] = {}
        layout = QHBoxLayout()
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._contents())
        layout.addWidget(rule(vertical=True))
        self.thumbs = QListWidget()
        self.thumbs.setAccessibleName("Pages")
        self.thumbs.setViewMode(QListWidget.ViewMode.IconMode)
        self.thumbs.setFlow(QListWidget.Flow.TopToBottom)
        self.thumbs.setWrapping(False)
        self.thumbs.setMovement(QListWidget.Movement.Static)
        self.thumbs.setIconSize(QSize(72, 94))
        self.thumbs.setSpacing(6)
        self.thumbs.setFixedWidth(106)
        self.thumbs.currentRowChanged.connect(lambda _row: self._draw())
        layout.addWidget(self.thumbs)
        layout.addWidget(rule(vertical=True))
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet.setMargin(16)
        self.sheet.setAccessibleName("Page preview")
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        layout.addWidget(self.area, 1)
        layout.addWidget(rule(vertical=True))
        layout.addWidget(self._writing())
        self.body.addLayout(layout, 1)
        self.jobs.succeeded.connect(self._take)
        self.jobs.failed.connect(context.messages.fault)
        context.looks.changed.connect(self._restyle)
        self._restyle()

    # --- building ---------------------------------------------------------------------------

    def _contents(self) -> QWidget:
        inner = column(label("What to include", "heading"), gap=4, margins=(18, 14, 16, 14))
        for key in PARTS:
            words, tip = PART_WORDS.get(key, (key.capitalize(), ""))
            box = QCheckBox(words)
            box.setChecked(True)
            box.setToolTip(tip)
            box.toggled.connect(lambda _on: self._soon())
            self.parts[key] = box
            inner.addWidget(box)
            inner.addWidget(rule())
        inner.addSpacing(10)
        inner.addWidget(label("Words on the first page", "heading"))
        self.lead = QPlainTextEdit()
        self.lead.setAccessibleName("Words on the first page")
        self.lead.setTabChangesFocus(True)
        self.lead.setFixedHeight(126)
        self.lead.textChanged.connect(self._soon)
        inner.addWidget(self.lead)
        inner.addWidget(label("Drafted from the figures. Empty goes back to the draft.",
                              "caption", wrap=True))  # fmt: skip
        inner.addStretch(1)
        holder = QFrame()
        holder.setObjectName("cardplain")
        holder.setLayout(inner)
        holder.setFixedWidth(262)
        return holder

    def _writing(self) -> QWidget:
        inner = column(label("Write", "subject"), gap=6, margins=(18, 14, 18, 14))
        for key, words, tip in OUTPUTS:
            box = QCheckBox(words)
            box.setChecked(key in ("pdf", "xlsx"))
            box.toggled.connect(lambda _on: self._count())
            self.outputs[key] = box
            inner.addWidget(box)
            inner.addWidget(label(tip, "caption"))
            inner.addWidget(rule())
        inner.addSpacing(6)
        inner.addWidget(label("Folder", "strong"))
        self.folder = label("", "small2", wrap=True)
        inner.addLayout(row(self.folder, button("Change…", self._change, link=True)))
        self.write_button = button("Write 2 files", self.write, primary=True)
        inner.addWidget(self.write_button)
        inner.addWidget(label("Files of the same name are replaced.", "caption", wrap=True))
        inner.addStretch(1)
        inner.addWidget(rule())
        inner.addWidget(label("Before you send it", "heading"))
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(6)
        inner.addLayout(self._gaps)
        holder = QFrame()
        holder.setObjectName("cardplain")
        holder.setLayout(inner)
        holder.setFixedWidth(270)
        return holder

    # --- the preview ------------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._stale = True
        if analysis is None:
            return
        with numbers.spoken(numbers.FIXED):  # as the page will have it
            self.lead.setPlaceholderText(headline_sentence(analysis))
        self._tell_gaps(analysis)
        self._count()
        if self.isVisible():
            self._soon()

    def show_view(self, view: View) -> None:
        self.show_chips(replace(view, filters=()))
        if self._stale and self.context.document.analysis is not None:
            self._renew()

    def chosen(self) -> tuple[str, ...]:
        """The parts that are ticked, in the report's order."""
        return tuple(key for key, box in self.parts.items() if box.isChecked())

    def options(self) -> ReportOptions:
        """Parts, paper and words as they are set here."""
        paper, lead = str(self.paper.currentData()), self.lead.toPlainText().strip()
        return ReportOptions(self.chosen(), paper, lead=lead)

    def _soon(self) -> None:
        self._stale = True
        self._settle.start()

    def _renew(self) -> None:
        self._settle.stop()
        analysis = self.context.document.analysis
        if analysis is None or not self.isVisible():
            return
        self._stale = False
        options, decisions = self.options(), self.context.document.project.decisions
        self.page_words.setText("setting the pages…")

        def work(progress: Progress) -> list[bytes]:
            from bomexposure.export.pdf import pages_png

            progress.step("Setting the pages", 0, 0)
            return pages_png(analysis, options, decisions=decisions, ppi=110)

        self.jobs.start("Setting the pages", work)

    def _take(self, pages: object) -> None:
        if not isinstance(pages, list):
            return
        self._pages = []
        for data in pages:
            pixmap = QPixmap()
            pixmap.loadFromData(data)
            self._pages.append(pixmap)
        at = max(0, self.thumbs.currentRow())
        self.thumbs.blockSignals(True)
        self.thumbs.clear()
        for number, pixmap in enumerate(self._pages, start=1):
            small = pixmap.scaled(
                QSize(144, 188), Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            self.thumbs.addItem(QListWidgetItem(QIcon(small), str(number)))
        self.thumbs.setCurrentRow(min(at, len(self._pages) - 1))
        self.thumbs.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        at = self.thumbs.currentRow()
        if not 0 <= at < len(self._pages):
            self.sheet.setPixmap(QPixmap())
            return
        self.page_words.setText(f"Page {at + 1} of {len(self._pages)}")
        page, ratio = self._pages[at], self.devicePixelRatioF()
        key = self.zoom.current
        # pages are set at 110 points an inch, so 100 % on screen is 96/110 of a pixel
        width = page.width() * 96 / 110 * (0.75 if key == "75" else 1.0)
        if key == "fit":
            room = self.area.viewport().size()
            by_height = (room.height() - 34) * page.width() / page.height()
            width = min(room.width() - 40.0, max(by_height, 420.0))
        shown = page.scaledToWidth(
            max(100, round(width * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.thumbs.setVisible(self.width() >= 1080)
        if self.zoom.current == "fit":
            self._draw()

    # --- writing ----------------------------------------------------------------------------

    def _folder(self) -> Path:
        last = str(self.context.settings.value("out", ""))
        if last and Path(last).is_dir():
            return Path(last)
        return Path(self.context.document.project.workbook).parent

    def _count(self) -> None:
        number = sum(box.isChecked() for box in self.outputs.values())
        self.write_button.setText(f"Write {numbers.count(number, 'file')}")
        self.write_button.setEnabled(number > 0)
        folder = self._folder()
        self.folder.setText(" / ".join(folder.parts[-2:]))
        self.folder.setToolTip(str(folder))

    def _change(self) -> None:
        folder = self.context.messages.choose_folder("Folder to write to", str(self._folder()))
        if folder is not None:
            self.context.settings.setValue("out", str(folder))
            self._count()

    def write(self) -> None:
        """Write what is ticked, with the parts and words chosen here."""
        analysis = self.context.document.analysis
        if analysis is None:
            return
        folder = self._folder()
        stem = f"{Path(self.context.document.project.workbook).stem} exposure"
        kinds = [key for key, box in self.outputs.items() if box.isChecked()]
        options, decisions = self.options(), self.context.document.project.decisions

        def work(progress: Progress) -> tuple[Path, ...]:
            from bomexposure.export.json_report import write_json
            from bomexposure.export.pdf import write_pdf
            from bomexposure.export.workbook import write_xlsx

            made: dict[str, Callable[[Analysis, Path], object]] = {
                "pdf": partial(write_pdf, options=options, decisions=decisions),
                "xlsx": partial(write_xlsx, decisions=decisions),
                "json": write_json,
            }  # fmt: skip
            paths = []
            for number, kind in enumerate(kinds):
                path = folder / f"{stem}.{kind}"
                progress.step(f"Writing {path.name}", number, len(kinds))
                made[kind](analysis, path)
                paths.append(path)
            return tuple(paths)

        self.context.analyst.write(f"Writing {numbers.count(len(kinds), 'file')}", work, self._done)

    def _done(self, paths: tuple[Path, ...]) -> None:
        names = numbers.listed([path.name for path in paths])
        self.context.messages.say(f"Written: {names}, in {paths[0].parent}.", "done")

    def _tell_gaps(self, analysis: Analysis) -> None:
        clear(self._gaps)
        for level, words in gaps(analysis):
            mark = label()
            theme = self.context.looks.theme
            role = theme.warn if level == "warn" else theme.accent
            mark.setPixmap(picture(level, role, 16, self.devicePixelRatioF()))
            line = QHBoxLayout()
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(words, "small", wrap=True), 1)
            self._gaps.addLayout(line)

    def _restyle(self) -> None:
        self.sheet.setStyleSheet(f"background: {self.context.looks.theme.canvas};")
        analysis = self.context.document.analysis
        if analysis is not None:
            self._tell_gaps(analysis)

    def focus_target(self) -> QWidget:
        return self.write_button

    def stop(self) -> None:
        """Wait for the preview; the window calls this before it goes."""
        self._settle.stop()
        self.jobs.shut_down()


def gaps(analysis: Analysis) -> list[tuple[str, str]]:
    """What a reader of the report should know first: ('warn' or 'done', sentence)."""
    found = []
    counted = analysis.bom.lines["counted"]
    unknown = counted & (analysis.contents.recognitions["evidence"] == "none")
    if unknown.any():
        count = int(unknown.sum())
        spend = analysis.exposures.lines["spend"].to_numpy()
        total = float(pd.Series(spend)[counted.to_numpy()].sum())
        share = float(pd.Series(spend)[unknown.to_numpy()].sum()) / total * 100 if total else 0.0
        tail = f", {numbers.percent(share)} of spend" if total else ""
        verb = "is" if count == 1 else "are"
        found.append(("warn", f"{numbers.count(count, 'line')} {verb} not recognised{tail}."))
    doubtful = analysis.controls["status"].str.startswith("end date passed")
    events = int(analysis.controls.loc[doubtful, "event"].nunique())
    if events:
        verb = "is" if events == 1 else "are"
        day = numbers.day(analysis.choices.as_of)
        found.append(
            ("warn", f"{numbers.count(events, 'control status', 'control statuses')} {verb} not "
             f"known on {day}.")
        )  # fmt: skip
    priced = analysis.exposures.coverage.spend_known_pct
    if priced is None:
        found.append(("warn", "No line has a cost, so no figure speaks of spend."))
    elif priced < 99.5:
        found.append(("warn", f"A cost is known for {numbers.percent(priced)} of the lines."))
    if not found:
        found.append(("done", "Every counted line is recognised and has a cost."))
    found.append(("done", "All figures have a source."))
    return found
