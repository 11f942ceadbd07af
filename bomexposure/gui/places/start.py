# ruff: noqa: E501 (sentences that are shown stand on one line)
"""Start: drop a parts list, take up recent work, see the data and what changes next."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from bomexposure.gui.blocks import Tall, button, card, clear, column, label, row, rule
from bomexposure.gui.context import Context
from bomexposure.gui.files import Files
from bomexposure.gui.icons import picture, spaced
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.messages import Message
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.places.base import Place
from bomexposure.gui.recent import Entry, Recent
from bomexposure.gui.unsaved import Unsaved
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.model.resources import resource
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.words import shortened, tr

PROMISES = (
    (
        "Your sheet as it is",
        "Columns are found by their headers and cells; you see what was read and can put it right.",
    ),
    (
        "Why, and how sure",
        "Every line says which minerals are in it, on whose word, and what is only likely.",
    ),
    (
        "Each figure has its source",
        "Point at a small number to see the publication, table and year. Unknown stays unknown.",
    ),
)
"""What stands below the drop field until there is recent work."""


BESIDE = 960
"""Width from which the dates stand beside the drop field, px at the design's text size."""


TALL_FROM = 860
"""Height above which the page starts lower, px at the design's text size."""

WIDEST = 1640
"""The page is never wider, so that an eye finds the next line on a large screen."""


TITLE_LETTERS = 46
"""A longer title of recent work ends in an ellipsis; the tip has the whole path."""

PASSED = {
    "takes effect": "took effect",
    "suspension ends": "suspension ended; what holds since then is not known",
    "announced end": "its announced end",
}
"""What changed on a day that lies behind."""


class DropArea(QFrame):
    """The dashed field that takes files; the window takes them anywhere, this shows where."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.files: Files | None = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.files is not None and self.files.takes(event.mimeData()):
            event.acceptProposedAction()
            self._tint(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._tint(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._tint(False)
        if self.files is not None:
            event.acceptProposedAction()
            self.files.take(event.mimeData())

    def _tint(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        for one in (self, *self.findChildren(QLabel, "disc")):
            one.style().unpolish(one)
            one.style().polish(one)


class StartPlace(Place):
    """The first screen."""

    name = "start"
    title = "Start"
    hint = "Ctrl+O open · Ctrl+V paste a table · F1 help · Ctrl+/ all shortcuts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._files: Files | None = None
        self.head.hide()
        # of the place alone: while another is on show, its hidden shortcut does nothing
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(context.action("files.paste_table").trigger)
        act = context.action
        self.drop = DropArea()
        self._disc = QLabel()
        self._disc.setObjectName("disc")
        self._disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = button("Open file…", act("files.open_workbook").trigger, primary=True)
        self.paste_button = button("Paste a table", act("files.paste_table").trigger)
        self.sample_button = button("Open the sample pump", act("files.open_sample").trigger,
                                    link=True, tip="An electric coolant pump of 155 lines")  # fmt: skip
        self.board_button = button("or a sample board", self._open_board, link=True,
                                   tip="A controller board as a CAD program exports it")  # fmt: skip
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = column(None, gap=10)
        inside.addWidget(self._disc, 0, middle)
        inside.addWidget(label("Drop a bill of materials here", "subject"), 0, middle)
        inside.addWidget(
            label("Excel, OpenDocument, CSV or TSV; one level or many", "text2"), 0, middle
        )
        inside.addLayout(row(None, self.open_button, self.paste_button, None, gap=10))
        inside.addLayout(
            row(None, label("No file at hand?", "text2"), self.sample_button, self.board_button,
                None, gap=6)
        )  # fmt: skip
        inside.addStretch(1)
        self.drop.setLayout(inside)
        self.recent = card()
        self._recent_layout = column(gap=0)
        self.recent.setLayout(self._recent_layout)
        self.promises = card()
        inner = column(gap=0)
        for number, (head, words) in enumerate(PROMISES):
            if number:
                inner.addWidget(rule())
            name = label(head, "strong", wrap=True)
            name.setFixedWidth(context.looks.type.s(180))
            line = row(name, gap=16, margins=(16, 10, 16, 10))
            line.addWidget(label(words, "text2", wrap=True), 1)
            inner.addLayout(line)
        self.promises.setLayout(inner)
        self.unsaved = card(name="warnBox")
        self._unsaved_layout = column(gap=8, margins=(14, 10, 14, 10))
        self.unsaved.setLayout(self._unsaved_layout)
        self.fault = card(name="errorBox")
        self._fault_mark, self._fault_words = label(), label("", wrap=True)
        told = row(gap=10, margins=(14, 10, 14, 10))
        told.addWidget(self._fault_mark)
        told.addWidget(self._fault_words, 1)
        self._fault_act = button("", lambda: context.action(self._fault_action).trigger())
        self._fault_action = ""
        told.addWidget(self._fault_act)
        self.fault.setLayout(told)
        self.fault.hide()
        context.messages.said.connect(self._tell_fault)
        left = column(
            label("Which of your parts hang on critical minerals?", "title", wrap=True),
            label("Open the parts list that you already have. It is read on this computer and "
                  "stays here.", "text2", wrap=True),
            8, self.unsaved, self.fault, self.drop, 8, self.recent, self.promises, None,
            gap=10,
        )  # fmt: skip
        self._right = column(gap=16)
        self._lead, self._side, self._page = Tall(), Tall(), Tall()
        page = self._page
        for part, inner_layout in ((self._lead, left), (self._side, self._right)):
            part.setLayout(inner_layout)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(44, 34, 34, 24)
        self._grid.setSpacing(22)
        page.setLayout(self._grid)
        for part in (self._lead, self._side, page):
            part.setObjectName("canvas")
        # on a small screen or in large text the page is scrolled, never squeezed
        area = QScrollArea()
        area.setObjectName("canvas")
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        self.body.addWidget(area, 1)
        context.analyst.reference_loaded.connect(self._show_facts)
        context.looks.changed.connect(self._restyle)
        self._restyle()
        self.show_recent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Dates and data beside what to do; below it where there is no room."""
        beside = self.width() >= self.context.looks.type.s(BESIDE)
        self._grid.addWidget(self._lead, 0, 0)
        self._grid.addWidget(self._side, 0 if beside else 1, 1 if beside else 0)
        self._grid.setColumnStretch(0, 19)
        self._grid.setColumnStretch(1, 10 if beside else 0)
        # a tall window has more air above than a laptop, so that nothing hangs from its edge
        spare = self.height() - self.context.looks.type.s(TALL_FROM)
        self._grid.setContentsMargins(44, 34 + max(0, spare // 3), 34, 24)
        self._grid.setRowStretch(1, 0 if beside else 1)

    def _open_board(self) -> None:
        if self._files is not None:
            self._files.open_path(resource("samples", "controller-board.csv"))

    def focus_target(self) -> QWidget:
        return self.open_button

    def give(self, files: Files) -> None:
        """Take the document's way in; the window calls this once it has one."""
        self._files = self.drop.files = files
        self.show_recent()

    def _tell_fault(self, message: Message) -> None:
        """What could not be opened is said where the file was dropped, until something else is."""
        here = self.context.view.view.place == self.name
        self.fault.setVisible(here and message.level == "error")
        self._fault_words.setText(message.text)
        self._fault_action = message.action
        self._fault_act.setText(message.button)
        self._fault_act.setVisible(bool(message.action))

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del analysis, book
        self.fault.hide()

    def show_recent(self) -> None:
        """List work that was never saved, then what was open before, newest first."""
        self._show_unsaved()
        clear(self._recent_layout)
        entries = Recent(self.context.settings).entries()
        self.recent.setVisible(bool(entries))
        self.promises.setVisible(not entries)
        head = row(label("Recent projects", "heading"), None,
                   label("coverage when last open", "caption"), margins=(16, 10, 16, 10))  # fmt: skip
        self._recent_layout.addLayout(head)
        for entry in entries[:6]:
            self._recent_layout.addWidget(rule())
            self._recent_layout.addWidget(self._entry(entry))

    def _entry(self, entry: Entry) -> QPushButton:
        line = QPushButton()
        line.setProperty("tile", True)
        line.setProperty("entry", True)
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        line.setAutoDefault(False)
        if entry.there:
            tail = row(label(entry.lines), 14, label(entry.coverage), 14,
                       label(entry.when, "text2"))  # fmt: skip
        else:
            tail = row(label("not where it was", "warn"), 14, label("Find it…", "text2"))
        words = row(
            label(shortened(entry.title, TITLE_LETTERS), "strong" if entry.there else "text2"),
            label(escape(entry.folder), "text2"), None, tail, margins=(16, 0, 16, 0),
        )  # fmt: skip
        line.setLayout(words)
        for child in line.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        verb = "Open" if entry.there else "Find"
        line.setAccessibleName(f"{verb} {entry.title}")
        line.setToolTip(entry.path)
        line.clicked.connect(lambda _c=False, one=entry: self._open_recent(one))
        return line

    def _open_recent(self, entry: Entry) -> None:
        if self._files is None:
            return
        if entry.there:
            self._files.open_path(Path(entry.path))
        else:
            self._files.find_recent(Path(entry.path))
            self.show_recent()

    def _show_unsaved(self) -> None:
        clear(self._unsaved_layout)
        found = self._files.unsaved() if self._files is not None else []
        self.unsaved.setVisible(bool(found))
        for one in found[:3]:
            made = numbers.count(one.decisions, "decision") if one.decisions else "work"
            words = label(
                tr(
                    "{workbook}: {made} from {when} not saved",
                    workbook=strong(escape(one.workbook.name)),
                    made=made,
                    when=one.when,
                ),
                "",
                wrap=True,
            )
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setToolTip(str(one.workbook))
            take = button("Take it up", partial(self._take_up, one))
            drop = button("Forget it", partial(self._forget, one), link=True)
            mark = label()
            mark.setPixmap(
                picture("warn", self.context.looks.theme.warn, self.context.looks.type.s(17),
                        self.devicePixelRatioF())
            )  # fmt: skip
            line = row(mark, gap=10)
            line.addWidget(words, 1)
            line.addWidget(drop)
            line.addWidget(take)
            self._unsaved_layout.addLayout(line)

    def _take_up(self, one: Unsaved) -> None:
        if self._files is not None:
            self._files.take_up(one)

    def _forget(self, one: Unsaved) -> None:
        if self._files is not None:
            self._files.give_up(one)
            self._show_unsaved()

    def _restyle(self) -> None:
        theme, type_ = self.context.looks.theme, self.context.looks.type
        self._disc.setPixmap(
            picture("download", theme.accent, type_.s(28), self.devicePixelRatioF())
        )
        self._fault_mark.setPixmap(
            picture("error", theme.error, type_.s(17), self.devicePixelRatioF())
        )
        side = type_.s(52)
        self._disc.setFixedSize(side, side)
        self._disc.setStyleSheet(f"border-radius: {side // 2}px;")
        # Qt sets words four pixels from an icon, whatever the style sheet says
        for one, name, color in (
            (self.open_button, "open", theme.accent_on), (self.paste_button, "paste", theme.text_2),
        ):  # fmt: skip
            one.setIcon(spaced(name, color, type_.s(16), type_.s(4), self.devicePixelRatioF()))
            one.setIconSize(QSize(type_.s(20), type_.s(16)))
        self.drop.setMinimumHeight(type_.s(250))
        self._page.setMaximumWidth(type_.s(WIDEST))
        self._arrange()
        if self.context.analyst.reference is not None:
            self._show_facts(self.context.analyst.reference)
        self.show_recent()

    # --- the data and the dates -------------------------------------------------------------

    def _show_facts(self, reference: Reference) -> None:
        clear(self._right)
        as_of = self.context.document.project.choices.as_of
        dates = Page(self.context.looks, reference.sources)
        self._right.addWidget(self._card("Dates that touch many parts",
                                         tr("as of {as_of}", as_of=numbers.day(as_of)), dates))  # fmt: skip
        passed, ahead = [], []
        for event in reference.events:
            if len(event.minerals) < 1 or event.measure in ("tariff", "duty", "benchmark"):
                continue
            for day, words in event.changes():
                if day >= as_of:
                    ahead.append((day, words, event))
                elif (as_of - day).days <= 45:
                    passed.append((day, words, event))
        rows = [
            *sorted(passed, key=lambda one: one[0])[-1:],
            *sorted(ahead, key=lambda one: one[0]),
        ]
        pairs = []
        for day, words, event in rows[:5]:
            distance = (day - as_of).days
            when = (
                "today" if not distance
                else tr("in {days}", days=numbers.count(distance, 'day')) if distance > 0
                else tr("{days} ago", days=numbers.count(-distance, 'day'))
            )  # fmt: skip
            soon = 0 <= distance <= 31
            what = PASSED.get(words, words) if distance < 0 else words
            color = self.context.looks.theme.warn if soon else self.context.looks.theme.text
            pairs.append(
                (
                    f'<span style="font-weight:600;color:{color}">{numbers.day(day)}</span><br>{when}',
                    f"{escape(event.title)}: {tr(what)}.{dates.cite(event.sources[:1])}",
                )
            )
        dates.facts(pairs)
        if not pairs:
            dates.text("No dated change is known after this day.")
        dates.linked.connect(self._linked)
        dates.finish()
        facts = Page(self.context.looks, reference.sources)
        supply = reference.supply
        heads = supply[supply["headline"]]
        listed = heads[heads["critical_2025"]]
        ranges = int((listed["nir_low"] < listed["nir_high"]).sum())
        reliant = int((listed["nir_low"] >= 50).sum())
        full = int((listed["nir_low"] >= 100).sum())
        facts.facts(
            [
                ("Minerals", tr("{listed} on the 2025 U.S. list, {heads} others tracked", listed=len(listed), heads=len(heads) - len(listed))),
                ("Reliance", tr("{reliant} at ≥ 50 %, {full} at 100 %, by entry of the list", reliant=reliant, full=full)),
                ("Ranges", tr("{ranges} printed as such (“>50”); they stay ranges", ranges=ranges)),
                ("Figures", tr("{sources}, each with its publication", sources=numbers.whole(len(reference.sources)))),
            ]
        )  # fmt: skip
        facts.buttons(button("Browse the reference", self.context.action("go_reference").trigger))
        facts.finish()
        self._right.addWidget(self._card("Reference data", reference.edition, facts))
        self._right.addStretch(1)

    def _card(self, title: str, caption: str, page: Page) -> QFrame:
        made = card()
        head = row(
            label(title, "heading"), None, label(caption, "caption"), margins=(18, 12, 18, 0)
        )
        made.setLayout(column(head, page, gap=0))
        return made

    def _linked(self, target: str) -> None:
        kind, _, key = target.partition(":")
        if kind == "figure":
            self.context.view.select(Subject("figure", key, key), place="reference")
