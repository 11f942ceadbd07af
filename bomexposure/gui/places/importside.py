"""The right side of the import place: what to know about the file, and how sure each column is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout

from bomexposure.gui.blocks import Tall, button, clear, column, label, row, rule, tipped
from bomexposure.gui.icons import picture
from bomexposure.gui.looks import Looks
from bomexposure.gui.panelpage import escape, strong
from bomexposure.gui.reading import SURE, role_words
from bomexposure.intake.letters import column_of
from bomexposure.model.bom import BillOfMaterials, SheetRead
from bomexposure.present import numbers
from bomexposure.present.line_names import issue_place
from bomexposure.present.words import plural, tr

ALIKE_SHOWN = 2
"""Issues of one kind written out; the rest are links in one paragraph."""
LINKS_SHOWN = 24
KINDS_SHOWN = 30
UNUSED_SHOWN = 12
MOST = 5000
"""Issues looked through for this view; the workbook has them all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an issue points to; row is the Excel row."""

    sheet: str
    row: int
    column: str


class ImportSide(QFrame):
    """Doubt first, then kept columns, issues by kind, tables left out, columns."""

    cell_chosen = Signal(object)
    column_chosen = Signal(str)
    sheet_chosen = Signal(str)
    forgotten = Signal()
    saving = Signal()
    loading = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(tr("What to know about this file"))
        self._looks = looks
        self._several = False
        self._words = QVBoxLayout()
        self._words.setContentsMargins(18, 16, 18, 16)
        self._words.setSpacing(8)
        holder = Tall()
        holder.setLayout(self._words)
        self.area = QScrollArea()
        self.area.setWidget(holder)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(self.area, gap=0))

    def show_file(
        self, bom: BillOfMaterials, read: SheetRead, doubt: str, kept: str | None
    ) -> None:
        """Write it all; `kept` names the file whose confirmed columns are used, None for none."""
        clear(self._words)
        self.setFixedWidth(self._room())
        if doubt:
            self._box(f"{strong('Look here first.')} {escape(doubt)}", "warn")
        if kept is not None:
            same = (
                tr("Columns are those that you confirmed in {file} for the same headers.",
                   file=strong(escape(kept)))
                if kept
                else tr("Columns are those that you confirmed for the same headers.")
            )  # fmt: skip
            forget = button("Forget them", self.forgotten.emit, link=True)
            forget.setToolTip(tr("Find the columns anew, here and for the next such file"))
            self._box(same, "note", forget)
        self._several = len({one.sheet for one in bom.read}) > 1
        self._issues(bom, passed_over(bom, read))
        self._left_out(bom)
        self._columns(read)
        self._words.addStretch(1)

    def _room(self) -> int:
        """Large text takes a larger side, but not more than two fifths of the place."""
        place = self.parentWidget()
        wanted = self._looks.type.s(336)
        return min(wanted, max(300, round(place.width() * 0.4))) if place is not None else wanted

    # --- issues -----------------------------------------------------------------------------

    def _passed_over(self, rows: Sequence[int]) -> None:
        """Rows below the header that are no lines: totals, remarks, or parts that were missed."""
        if not rows:
            return
        color = self._looks.theme.accent
        links = [
            f'<a href="{at}" style="color:{color};text-decoration:none">{at}</a>'
            for at in rows[:LINKS_SHOWN]
        ]
        rest = len(rows) - LINKS_SHOWN
        told = [*links, *([tr("{more} others", more=numbers.whole(rest))] if rest > 0 else [])]
        said = plural(
            "{count} row below the header is not read as a line: {rows}.",
            "{count} rows below the header are not read as lines: {rows}.",
            len(rows),
            count=numbers.whole(len(rows)),
            rows=numbers.listed(told),
        )
        words = label(said, "small2", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.linkActivated.connect(lambda at: self.cell_chosen.emit(Cell("", int(at), "A")))
        line = row(gap=9)
        line.addWidget(self._mark("info"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        self._words.addLayout(line)

    def _issues(self, bom: BillOfMaterials, passed: Sequence[int]) -> None:
        issues = bom.issues
        title = (
            tr("{things} to know", things=numbers.count(len(issues), "thing"))
            if len(issues)
            else "Nothing amiss"
        )
        self._words.addWidget(label(title, "subject"))
        if not len(issues):
            self._words.addWidget(
                label("Every cell of the lines was understood.", "small2", wrap=True)
            )
        self._passed_over(passed)
        order = {"error": 0, "warning": 1, "note": 2}
        kinds: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
        for record in issues.head(MOST).to_dict("records"):
            one = {str(name): value for name, value in record.items()}
            # notes on whole columns are of one kind, notes on cells are so within their column
            within = str(one["column"]) if str(one["row"]).isdigit() else ""
            key = (order.get(str(one["severity"]), 3), str(one["code"]), within)
            kinds.setdefault(key, []).append(one)
        ranked = sorted(kinds.items(), key=lambda pair: pair[0][0])
        for _key, alike in ranked[:KINDS_SHOWN]:
            for one in alike[:ALIKE_SHOWN]:
                self._issue(one)
            if len(alike) > ALIKE_SHOWN:
                self._more(alike[ALIKE_SHOWN:])
        rest = sum(len(alike) for _key, alike in ranked[KINDS_SHOWN:]) + max(0, len(issues) - MOST)
        if rest:
            self._words.addWidget(
                label(
                    tr("{more} more are listed in the Excel workbook.", more=numbers.whole(rest)),
                    "caption",
                    wrap=True,
                )
            )

    def _issue(self, one: dict[str, Any]) -> None:
        name = {"error": "error", "warning": "warn"}.get(str(one["severity"]), "info")
        words = column(gap=1)
        place = place_words(one, self._several)
        if place and (cell_of(one) is not None or one["column"]):
            words.addWidget(self._link(place, partial(self._point, one), "Show it in the sheet"))
        elif place:
            words.addWidget(label(place, "strong", wrap=True))
        words.addWidget(label(f"{one['text']} {one['mend']}".strip(), "small2", wrap=True))
        if one["code"] == "sheet-repeats" and one["sheet"]:
            sheet = str(one["sheet"])
            words.addLayout(
                row(button(tr("Read “{sheet}” instead", sheet=sheet),
                           lambda: self.sheet_chosen.emit(sheet)), None)
            )  # fmt: skip
        line = row(gap=9)
        mark = self._mark(name)
        # beside the first line of words, which a link makes taller
        mark.setContentsMargins(0, self._looks.type.s(3) if place else 0, 0, 0)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._words.addLayout(line)

    def _more(self, rest: list[dict[str, Any]]) -> None:
        color = self._looks.theme.accent
        links = []
        for number, one in enumerate(rest[:LINKS_SHOWN]):
            cell = cell_of(one)
            words = str(cell.row) if cell is not None else str(one["column"])
            if words:
                links.append(
                    f'<a href="{number}" style="color:{color};text-decoration:none">'
                    f"{escape(words)}</a>"
                )
        of = "rows " if cell_of(rest[0]) is not None else ""
        tail = (
            ""
            if len(rest) <= LINKS_SHOWN
            else tr(" and {more} others", more=numbers.whole(len(rest) - LINKS_SHOWN))
        )
        words = tr("{more} more like this", more=numbers.whole(len(rest)))
        made = label(f"{words}: {of}{', '.join(links)}{tail}." if links else f"{words}.",
                     "small2", wrap=True)  # fmt: skip
        made.setTextFormat(Qt.TextFormat.RichText)
        made.linkActivated.connect(lambda at: self._point(rest[int(at)]))
        self._words.addLayout(row(25, made, gap=0))

    def _point(self, one: dict[str, Any]) -> None:
        """Go to the cell of an issue, or to its column."""
        cell = cell_of(one)
        if cell is not None:
            self.cell_chosen.emit(cell)
        elif one["column"]:
            self.column_chosen.emit(str(one["column"]))

    # --- tables and columns -----------------------------------------------------------------

    def _left_out(self, bom: BillOfMaterials) -> None:
        if len(bom.read) > 1:
            names = [f"{one.sheet or 'row ' + str(one.header_row)}, {numbers.whole(one.line_count)}"
                     for one in bom.read]  # fmt: skip
            self._heading(tr("{read} tables read as one", read=len(bom.read)))
            self._words.addWidget(label("; ".join(names), "small2", wrap=True))
        if not bom.more_sheets:
            return
        self._heading(tr("{tables} left out", tables=numbers.count(len(bom.more_sheets), "table")))
        for one in bom.more_sheets:
            act = partial(self.sheet_chosen.emit, one.sheet)
            read = button("Read it", act, link=True, tip="Read this sheet instead")
            words = label(f"{one.sheet}, {numbers.count(one.line_count, 'line')}", "small",
                          wrap=True)  # fmt: skip
            self._words.addLayout(row(words, None, read))

    def _columns(self, read: SheetRead) -> None:
        """What each column was taken for: guesses first, then in the order of the sheet."""
        self._heading("How sure each column is")
        table = column(gap=1)
        self._words.addLayout(table)
        ranked = sorted(
            read.columns.items(),
            key=lambda one: (one[1].confidence >= SURE, column_of(one[1].letter)),
        )
        for role, ref in ranked:
            guess = ref.confidence < SURE
            share = f"{ref.confidence * 100:.0f}"
            words = tr("guess, {share} %", share=share) if guess else tr("sure")
            link = self._link(
                ref.header or ref.letter, partial(self.column_chosen.emit, ref.letter),
                tr("Show column {letter}", letter=ref.letter),
                tail=f" → {role_words(role)}{f', {ref.unit}' if ref.unit else ''}", beside=words,
            )  # fmt: skip
            table.addLayout(row(link, None, label(words, "strong" if guess else "caption")))
        taken = {column_of(ref.letter) for ref in read.columns.values()}
        unused = [name for number, name in enumerate(read.headers) if name and number not in taken]
        if unused:
            rest = len(unused) - UNUSED_SHOWN
            told = [*unused[:UNUSED_SHOWN], *([tr("{more} more", more=rest)] if rest > 0 else [])]
            left = label(tr("Not used: {told}.", told=numbers.listed(told)), "caption", wrap=True)
            left.setToolTip(tipped(", ".join(unused)) if rest > 0 else "")
            self._words.addWidget(left)
        self._words.addLayout(
            row(
                button("Save columns…", self.saving.emit, tip="As a file to share"),
                button("Use saved…", self.loading.emit, tip="Columns from a shared file"),
                None, margins=(0, 6, 0, 0),
            )
        )  # fmt: skip

    # --- pieces -----------------------------------------------------------------------------

    def _heading(self, words: str) -> None:
        self._words.addSpacing(4)
        self._words.addWidget(rule())
        self._words.addWidget(label(words, "heading"))

    def _mark(self, name: str) -> QLabel:
        made = label()
        made.setPixmap(
            picture(name, getattr(self._looks.theme, name), self._looks.type.s(16),
                    self.devicePixelRatioF())
        )  # fmt: skip
        return made

    def _link(
        self, words: str, act: Callable[[], object], tip: str, *, tail: str = "", beside: str = ""
    ) -> QPushButton:
        """A link as wide as there is room beside what stands at the right.

        `tail` stays whole, the words before it give way.
        """
        made = button("", act, link=True, tip=tip)
        made.setProperty("plain" if tail else "flush", True)
        metrics = QFontMetrics(self._looks.type.font("small" if tail else "body"))
        bold = QFontMetrics(self._looks.type.font("small", bold=True))
        edges = self._words.contentsMargins()
        taken = 0
        if beside:
            taken = bold.horizontalAdvance(beside) + self._looks.type.s(10)
            taken += edges.left() + edges.right()
        room = self._room() - (taken or self._looks.type.s(72))
        # the tail gives way last: it says what the column was taken for
        head = max(self._looks.type.s(60), room - metrics.horizontalAdvance(tail))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, head) + tail
        made.setText(shown.replace("&", "&&"))
        made.setMaximumWidth(room + (0 if beside else self._looks.type.s(16)))
        made.setAccessibleName(words + tail)
        return made

    def _box(self, words: str, level: str, act: QPushButton | None = None) -> None:
        frame = QFrame()
        frame.setObjectName(f"{level}Box")
        text = label(words, "small", wrap=True)
        text.setTextFormat(Qt.TextFormat.RichText)
        inside = column(text, gap=4)
        if act is not None:
            inside.addLayout(row(act, None))
        line = row(gap=9, margins=(10, 9, 10, 9))
        line.addWidget(self._mark("warn" if level == "warn" else "info"), 0,
                       Qt.AlignmentFlag.AlignTop)  # fmt: skip
        line.addLayout(inside, 1)
        frame.setLayout(line)
        self._words.addWidget(frame)
        self._words.addSpacing(4)


def passed_over(bom: BillOfMaterials, read: SheetRead) -> list[int]:
    """Excel rows of the preview below the header that hold words and are no line."""
    taken = set(bom.lines.loc[bom.lines["sheet"] == read.sheet, "row"].tolist())
    rows = bom.preview.get(read.sheet, [])
    return [
        at for at, cells in enumerate(rows, start=1)
        if at > read.header_row and at not in taken and any(cell.strip() for cell in cells)
    ]  # fmt: skip


def cell_of(issue: dict[str, Any]) -> Cell | None:
    """The cell that an issue speaks of, None where it speaks of the whole sheet."""
    number = str(issue["row"])
    if not number.isdigit():
        return None
    return Cell(str(issue["sheet"]), int(number), str(issue["column"]))


def place_words(issue: dict[str, Any], several: bool = False) -> str:
    """Row, column and value of an issue, as far as it has them; of `several` sheets its sheet."""
    place = issue_place(str(issue["sheet"]) if several else "", str(issue["row"]))
    parts = [place] if place else []
    if issue["column"]:
        name = " ".join(str(issue["column"]).split()).rstrip(" :")
        parts.append(name if parts else tr("Column {name}", name=name))
    words = ", ".join(parts)
    if issue["value"]:
        value = " ".join(str(issue["value"]).split())[:40]
        words = f"{words}: “{value}”" if words else f"“{value}”"
    return words
