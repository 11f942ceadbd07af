"""Report: what to include, pages as they will print, and the files to write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from PySide6.QtCore import QLocale, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui.blocks import Combo, Segments, Tall, button, clear, column, label, row, rule
from bomexposure.gui.context import Context
from bomexposure.gui.icons import picture
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.viewstate import View
from bomexposure.gui.writers import OUTPUTS
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.report import PAPERS, PARTS, ReportOptions
from bomexposure.present import numbers
from bomexposure.present.headline import headline_sentence
from bomexposure.present.words import plural, tr

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
SETTLE_MS = 400
PREVIEW_PPI = 144
"""Of the preview: at 110 a chart on a page lost single rows and columns of pixels."""
GAP = 18
"""Between two pages side by side, px."""
SMALLER = 0.85
"""How much smaller a page may get to let the next one stand beside it."""


class ReportPlace(Place):
    """Preview left and centre, writing at the right."""

    name = "report"
    title = "Report"
    hint = "The same BOM, project, data and as-of date give identical files, byte for byte."

    wanted = Signal(dict)
    """Kind -> path of each output to write."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.jobs = Jobs(self, for_files=True)
        self._pages: list[bytes] = []
        self._open_pages: dict[int, QPixmap] = {}
        self._stale = True
        self.paper = Combo()
        self.paper.setAccessibleName(tr("Paper"))
        self.paper.addItem(tr("U.S. Letter"), "letter")
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
        self.paper.currentIndexChanged.connect(lambda _at: self._chosen())
        self._sides: list[QScrollArea] = []
        self._options: ReportOptions | None = None
        self.parts: dict[str, QCheckBox] = {}
        self.outputs: dict[str, QCheckBox] = {}
        self._tips: list[QLabel] = []
        layout = QHBoxLayout()
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._contents())
        layout.addWidget(rule(vertical=True))
        self.thumbs = QListWidget()
        self.thumbs.setObjectName("thumbs")
        self.thumbs.setAccessibleName(tr("Pages"))
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
        self.sheet.setAccessibleName(tr("Page preview"))
        self.area = QScrollArea()
        self.area.setAccessibleName(tr("The page, scrolled"))
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        layout.addWidget(self.area, 1)
        layout.addWidget(rule(vertical=True))
        layout.addWidget(self._writing())
        self.body.addLayout(layout, 1)
        self.jobs.succeeded.connect(self._take_set)
        self.jobs.failed.connect(context.messages.fault)
        context.looks.changed.connect(self._restyle)
        self._restyle()

    # --- building ---------------------------------------------------------------------------

    def _contents(self) -> QWidget:
        inner = column(label("What to include", "heading"), 6, gap=5, margins=(20, 14, 16, 14))
        for number, key in enumerate(PARTS):
            words, tip = PART_WORDS.get(key, (key.capitalize(), ""))
            box = QCheckBox(tr(words))
            box.setChecked(True)
            box.setToolTip(tr(tip))
            box.toggled.connect(lambda _on: self._chosen())
            self.parts[key] = box
            if number:
                inner.addWidget(rule())
            inner.addWidget(box)
        inner.addSpacing(16)
        inner.addWidget(label("Words on the first page", "heading"))
        self.lead = QPlainTextEdit()
        self.lead.setAccessibleName(tr("Words on the first page"))
        self.lead.setTabChangesFocus(True)
        self.lead.textChanged.connect(self._chosen)
        inner.addWidget(self.lead)
        inner.addWidget(label("Drafted from the figures. Empty goes back to the draft.",
                              "caption", wrap=True))  # fmt: skip
        inner.addStretch(1)
        return self._side(inner, "What to include")

    def _writing(self) -> QWidget:
        inner = column(label("Write", "heading"), 4, gap=7, margins=(18, 14, 18, 14))
        kept = str(self.context.settings.value("report/outputs", "pdf,xlsx")).split(",")
        for number, (key, output) in enumerate(OUTPUTS.items()):
            box = QCheckBox(tr(output.words))
            box.setProperty("strong", True)
            box.setToolTip(tr(output.tip))
            box.setChecked(key in kept)
            box.toggled.connect(lambda _on: self._count(keep=True))
            self.outputs[key] = box
            if number:
                inner.addWidget(rule())
            tip = label(output.tip, "caption", wrap=True)
            self._tips.append(tip)
            inner.addLayout(column(box, tip, gap=0))
        inner.addSpacing(8)
        inner.addWidget(label("Folder", "heading"))
        self.folder = label("", "small2", wrap=True)
        where = row(self.folder, button("Change…", self._change, link=True))
        where.setStretch(0, 1)  # the link ends where the button below it does
        inner.addLayout(where)
        self.write_button = button("Write 2 files", self.write, primary=True)
        inner.addWidget(self.write_button)
        inner.addWidget(label("Files of the same name are replaced.", "caption", wrap=True))
        inner.addStretch(1)
        inner.addWidget(rule())
        inner.addWidget(label("Before you send it", "heading"))
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(6)
        inner.addLayout(self._gaps)
        return self._side(inner, "Write")

    def _side(self, inner: QLayout, name: str) -> QWidget:
        holder = Tall()
        holder.setObjectName("cardplain")
        holder.setLayout(inner)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr(name))
        self._sides.append(area)
        return area

    # --- the preview ------------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        self._stale = True
        if analysis is None:
            self.jobs.cancel()  # the preview of a large book would keep it for seconds
            return
        self._show_options(self.context.document.project.report)
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
        title = self.context.document.project.report.title
        return ReportOptions(self.chosen(), paper, title, lead)

    def _show_options(self, options: ReportOptions) -> None:
        """Tick what the project says; one that says nothing of its own takes the last choice."""
        if options == self._options:
            return
        value = self.context.settings.value
        if options == ReportOptions():
            parts = tuple(p for p in str(value("report/parts", "")).split(",") if p in PARTS)
            options = ReportOptions(parts or PARTS, self._last_paper())
        held = (*self.parts.values(), self.paper, self.lead)
        for one in held:
            one.blockSignals(True)
        for key, box in self.parts.items():
            box.setChecked(key in options.parts)
        self.paper.setCurrentIndex(max(0, self.paper.findData(options.paper)))
        self.lead.setPlainText(options.lead)
        for one in held:
            one.blockSignals(False)
        self._keep(options)

    def _last_paper(self) -> str:
        """What was chosen last; at first what the user's country prints on."""
        here = QLocale()
        letter = here.language() == QLocale.Language.C or (
            here.measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        )
        paper = str(self.context.settings.value("report/paper", "letter" if letter else "a4"))
        return paper if paper in PAPERS else "letter"

    def _chosen(self) -> None:
        """Something was ticked: keep it in the project and for the next one, and show it."""
        options = self.options()
        self.context.settings.setValue("report/parts", ",".join(options.parts))
        self.context.settings.setValue("report/paper", options.paper)
        self._keep(options)
        self._count()
        self._soon()

    def _keep(self, options: ReportOptions) -> None:
        self._options = options
        document = self.context.document
        if document.project.report != options:
            document.note(replace(document.project, report=options))

    def _soon(self) -> None:
        self._stale = True
        self._settle.start()

    def _renew(self) -> None:
        self._settle.stop()
        analysis = self.context.document.analysis
        if analysis is None or not self.isVisible():
            return
        self._stale = False
        if not self.chosen():
            self._take([], [])
            self.page_words.setText(tr("No part is ticked, so there is no page."))
            return
        options, decisions = self.options(), self.context.document.project.decisions
        self.page_words.setText(tr("setting the pages…"))

        def work(progress: Progress) -> tuple[str, list[bytes], list[QImage]]:
            from bomexposure.export.pdf import pages_png

            progress.step("Setting the pages", 0, 0)
            lead = headline_sentence(analysis)  # worded as the page will have it
            pages = pages_png(
                analysis, options, decisions=decisions, ppi=PREVIEW_PPI, progress=progress
            )
            # read here: thirty pages at once would hold the window up for half a second
            return lead, pages, [_small(data) for data in pages]

        self.jobs.start("Setting the pages", work)

    def _take_set(self, made: object) -> None:
        if isinstance(made, tuple):
            lead, pages, small = made
            self.lead.setPlaceholderText(lead)
            self._take(pages, small)

    def _take(self, pages: list[bytes], small: list[QImage]) -> None:
        self._pages, self._open_pages = pages, {}
        at = max(0, self.thumbs.currentRow())
        self.thumbs.blockSignals(True)
        self.thumbs.clear()
        for number, image in enumerate(small, start=1):
            told = QIcon(QPixmap.fromImage(image))
            told.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)  # Qt would tint the page
            self.thumbs.addItem(QListWidgetItem(told, str(number)))
        self.thumbs.setCurrentRow(min(at, len(self._pages) - 1))
        self.thumbs.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        at = self.thumbs.currentRow()
        if not 0 <= at < len(self._pages):
            self.sheet.setPixmap(QPixmap())
            return
        # pages stay as PNG until they are looked at: read, they take 5 MB each
        self._open_pages = {n: one for n, one in self._open_pages.items() if n in (at, at + 1)}
        page, ratio = self._page(at), self.devicePixelRatioF()
        key = self.zoom.current
        # 100 % on screen is 96 pixels an inch
        width = page.width() * 96 / PREVIEW_PPI * (0.75 if key == "75" else 1.0)
        room = self.area.viewport().size()
        if key == "fit":
            by_height = (room.height() - 34) * page.width() / page.height()
            width = min(room.width() - 40.0, max(by_height, 420.0))
        # a wide window shows the page after it, too, if need be both a little smaller
        half = (room.width() - GAP - 40.0) / 2
        if key == "fit" and width > half >= SMALLER * width:
            width = half
        both = at + 1 < len(self._pages) and half >= width
        shown = [self._shown(at, width, ratio)]
        if both:
            shown.append(self._shown(at + 1, width, ratio))
        self.sheet.setPixmap(_side_by_side(shown, ratio) if both else shown[0])
        pages = f"{at + 1}–{at + 2}" if both else str(at + 1)
        self.page_words.setText(tr("Page {page} of {count}", page=pages, count=len(self._pages)))

    def _page(self, at: int) -> QPixmap:
        if at not in self._open_pages:
            made = QPixmap()
            made.loadFromData(self._pages[at])
            self._open_pages[at] = made
        return self._open_pages[at]

    def _shown(self, at: int, width: float, ratio: float) -> QPixmap:
        made = self._page(at).scaledToWidth(
            max(100, round(width * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        made.setDevicePixelRatio(ratio)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        type_ = self.context.looks.type
        self.thumbs.setVisible(self.width() >= type_.s(1080))
        for area in self._sides:
            inner = area.widget()
            # a longer language takes more, else its words would be cut at the side
            least = inner.minimumSizeHint().width() + 16 if inner is not None else 0
            wide = min(type_.s(270), round(self.width() * 0.34))
            area.setFixedWidth(max(wide, min(least, round(self.width() * 0.4))))
        if self.zoom.current == "fit":
            self._draw()

    # --- writing ----------------------------------------------------------------------------

    def _folder(self) -> Path:
        last = str(self.context.settings.value("out", ""))
        if last and Path(last).is_dir():
            return Path(last)
        return Path(self.context.document.project.workbook).parent

    def _count(self, *, keep: bool = False) -> None:
        ticked = [key for key, box in self.outputs.items() if box.isChecked()]
        if keep:
            self.context.settings.setValue("report/outputs", ",".join(ticked))
        self.write_button.setText(
            tr("Write {outputs}", outputs=numbers.count(len(ticked), "output"))
        )
        self.write_button.setEnabled(bool(ticked) and ("pdf" not in ticked or bool(self.chosen())))
        folder = self._folder()
        named = [part for part in folder.parts if part != folder.anchor]
        self.folder.setText(" / ".join(named[-2:]) or str(folder))
        self.folder.setToolTip(str(folder))

    def _change(self) -> None:
        folder = self.context.messages.choose_folder("Folder to write to", str(self._folder()))
        if folder is not None:
            self.context.settings.setValue("out", str(folder))
            self._count()

    def write(self) -> None:
        """Write what is ticked, with the parts and words chosen here."""
        document, folder = self.context.document, self._folder()
        self.wanted.emit(
            {
                key: OUTPUTS[key].proposed(document.analysis, document.project, folder)
                for key, box in self.outputs.items()
                if box.isChecked()
            }
        )

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
        self.lead.setFixedHeight(self.context.looks.type.s(126))
        for tip in self._tips:  # below the words of its box
            tip.setIndent(self.context.looks.type.s(15) + 2 + 8)
        analysis = self.context.document.analysis
        if analysis is not None:
            self._tell_gaps(analysis)

    def focus_target(self) -> QWidget:
        return self.write_button

    def stop(self) -> None:
        """Wait for the preview; the window calls this before it goes."""
        self._settle.stop()
        self.jobs.shut_down()


def _small(page: bytes) -> QImage:
    """A page for the list of pages."""
    return QImage.fromData(page).scaled(
        QSize(144, 188), Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip


def _side_by_side(pages: list[QPixmap], ratio: float) -> QPixmap:
    """Pages in one picture, with a gap between them."""
    gap = round(GAP * ratio)
    width = sum(page.width() for page in pages) + gap * (len(pages) - 1)
    made = QPixmap(width, max(page.height() for page in pages))
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    left = 0
    for page in pages:
        painter.drawPixmap(QPointF(left / ratio, 0), page)
        left += page.width() + gap
    painter.end()
    return made


_UNKNOWN = ("{count} line is not recognised.", "{count} lines are not recognised.")
_UNKNOWN_SPEND = (
    "{count} line is not recognised, {share} of spend.",
    "{count} lines are not recognised, {share} of spend.",
)


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
        one, many = _UNKNOWN_SPEND if total else _UNKNOWN
        figures = {"count": numbers.whole(count), "share": numbers.percent(share)}
        found.append(("warn", plural(one, many, count, **figures)))
    doubtful = analysis.controls["status"].str.startswith("end date passed")
    events = int(analysis.controls.loc[doubtful, "event"].nunique())
    if events:
        words = plural(
            "{count} control status is not known on {day}.",
            "{count} control statuses are not known on {day}.",
            events,
            count=numbers.whole(events),
            day=numbers.day(analysis.choices.as_of),
        )
        found.append(("warn", words))
    priced = analysis.exposures.coverage.spend_known_pct
    if not priced:
        found.append(("warn", "No line has a cost, so no figure speaks of spend."))
    elif priced < 99.5:
        words = tr("A cost is known for {share} of the lines.", share=numbers.percent(priced))
        found.append(("warn", words))
    if not found:
        found.append(("done", "Every counted line is recognised and has a cost."))
    found.append(("done", "All figures have a source."))
    return found
