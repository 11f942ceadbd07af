# ruff: noqa: E501 (sentences that are shown stand on one line)
"""One page of the detail panel: built top to bottom, every figure with its footnote."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui.blocks import Tall, column, label, row, rule
from bomexposure.gui.icons import picture
from bomexposure.gui.looks import Looks
from bomexposure.gui.marks import Ball, ChipMark, RangeRow, RangeRows
from bomexposure.gui.paint import Chip
from bomexposure.gui.wrapping import Wrapping
from bomexposure.model.sources import Sources
from bomexposure.present.footnotes import footnote, footnotes
from bomexposure.present.words import tr

CITED = 3
"""Footnote numbers written in one place; the others stand at the foot of the page."""
FIRM = "\N{NO-BREAK SPACE}"
"""Stands before and between footnote numbers (Qt takes the narrow one for any white space)."""
BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a range may go on in the next line."""
LONG_FIGURE = 13
"""Letters from which a figure is set smaller: two stand side by side in the panel."""
SIDE = 18
"""Margin of the panel, left and right."""
LINE = 20
"""Height of a short list's line, which is that of a chip, px of the design."""


def strong(words: str) -> str:
    """HTML in the one heavier weight; <b> would ask for a weight that the face does not have."""
    return f'<span style="font-weight:600">{tr(words)}</span>'


def escape(text: str) -> str:
    """Text as HTML."""
    return html.escape(text, quote=False)


class Page(Tall):
    """Content of the panel; `linked` gives the target of a pressed link ('figure:…')."""

    linked = Signal(str)

    def __init__(self, looks: Looks, sources: Sources | None) -> None:
        super().__init__()
        self.looks, self._sources = looks, sources
        self._notes: dict[str, int] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 14, 0, 12)
        self._layout.setSpacing(8)

    # --- text and sources -------------------------------------------------------------------

    def cite(self, ids: str | Iterable[str]) -> str:
        """Superscript numbers for figure ids, as HTML; '' for ids that no set has."""
        wanted = ids.split(";") if isinstance(ids, str) else list(ids)
        marks = []
        for one in dict.fromkeys(wanted):
            if one and self._sources is not None and one in self._sources:
                number = self._notes.setdefault(one, len(self._notes) + 1)
                marks.append(
                    f'<a href="figure:{escape(one)}" style="color:{self.looks.theme.accent};'
                    f'text-decoration:underline">{number}</a>'
                )
        if not marks:
            return ""
        if len(marks) > CITED:
            marks = [*marks[:CITED], "…"]
        # neither the marks nor the word before them may be left alone on a line
        return self._raised(f"{FIRM}{f',{FIRM}'.join(marks)}")

    def _raised(self, words: str) -> str:
        # a superscript is drawn at two thirds of its size, so it asks for more than a caption's
        small = round(self.looks.type.px("caption") * 1.4)
        return (
            f'<span style="font-size:{small}px;font-weight:400;vertical-align:super">{words}</span>'
        )

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """Figure ids in the order of their footnotes."""
        return tuple(self._notes)

    def link(self, target: str, words: str) -> str:
        """A link to another thing in the window."""
        return (
            f'<a href="{escape(target)}" style="color:{self.looks.theme.accent};'
            f'text-decoration:none">{escape(tr(words))}</a>'
        )

    def _rich(self, text: str, style: str) -> QLabel:
        made = label(text, style, wrap=True)
        # a long word may be cut; it may not make the panel wider than it is
        made.setMinimumWidth(30)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus if "href=" in text else Qt.FocusPolicy.NoFocus)
        made.linkActivated.connect(self.linked)
        made.linkHovered.connect(self._hover)
        return made

    def _hover(self, target: str) -> None:
        kind, _, key = target.partition(":")
        if kind == "figure" and self._sources is not None and key in self._sources:
            words = footnote(self._sources[key])
            QToolTip.showText(
                QCursor.pos() + QPoint(8, 8), f"<div style='width:300px'>{escape(words)}</div>"
            )
        else:
            QToolTip.hideText()

    def _put(self, widget: QWidget, *, top: int = 0) -> None:
        holder = column(widget, margins=(SIDE, top, SIDE, 0))
        self._layout.addLayout(holder)

    # --- pieces -----------------------------------------------------------------------------

    def head(self, kicker: str, title: str, below: str = "", chip: Chip | None = None) -> None:
        """The name of the thing; `title` is HTML."""
        words = column(gap=2)
        if kicker:
            words.addWidget(self._rich(kicker, "caption"))
        words.addWidget(self._rich(title, "subject"))
        if below:
            words.addWidget(self._rich(below, "caption"))
        # room for the panel's close button
        line = row(gap=12, margins=(SIDE, 0, SIDE + 22, 0))
        if chip is not None:
            line.addWidget(ChipMark(chip, self.looks, big=True), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._layout.addLayout(line)

    def ball(self, evidence: str, name: str, text: str) -> None:
        """The evidence mark with what it says."""
        said = f", {tr(evidence)}" if evidence != "none" else ""
        words = column(
            self._rich(strong(escape(name)) + said, "small"),
            self._rich(text, "small2"),
            gap=2,
        )
        line = row(gap=10, margins=(SIDE, 2, SIDE, 0))
        line.addWidget(Ball(evidence, self.looks), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._layout.addLayout(line)

    def buttons(self, *made: QPushButton) -> None:
        """Acts on the thing, on a second line where the panel is too narrow for all."""
        held = Wrapping(gap=8)
        held.fill(made)
        self._layout.addLayout(row(held, margins=(SIDE, 4, SIDE, 2)))

    def figures(self, items: Sequence[tuple[str, str, str, str]]) -> None:
        """Figures two a row: caption, figure as HTML, line below, colour role or ''."""
        grid = QGridLayout()
        grid.setContentsMargins(SIDE, 4, SIDE, 2)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        for number, (caption, figure, below, role) in enumerate(items):
            cell = column(gap=1)
            cell.addWidget(label(caption, "caption", wrap=True))
            # a figure may be as wide as its column: its marks may go below it
            words = figure.replace(f">{FIRM}", "> ").replace("–", f"–{BREAK}")
            long = len(re.sub("<[^>]*>", "", figure)) > LONG_FIGURE
            made = self._rich(words, "subject" if long else "figure")
            # what stands below two figures beside each other stands at one level
            made.setMinimumHeight(QFontMetrics(self.looks.type.font("figure", bold=True)).height())
            if role:
                made.setStyleSheet(f"color: {getattr(self.looks.theme, role)};")
            cell.addWidget(made)
            if below:
                cell.addWidget(self._rich(below, "caption"))
            cell.addStretch(1)
            grid.addLayout(cell, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._layout.addLayout(grid)

    def unit(self, words: str) -> str:
        """A unit after a figure, small and grey."""
        type_, theme = self.looks.type, self.looks.theme
        return (
            f'<span style="font-size:{round(type_.px("small"))}px;font-weight:400;'
            f'color:{theme.text_2}"> {words}</span>'
        )

    def section(self, title: str, caption: str = "") -> None:
        """A hairline and a heading."""
        self._layout.addSpacing(4)
        self._layout.addWidget(rule())
        line = row(label(title, "heading"), None, gap=8, margins=(SIDE, 8, SIDE, 0))
        if caption:
            line.addWidget(label(caption, "caption"))
        self._layout.addLayout(line)

    def text(self, words: str, style: str = "small2") -> None:
        """A paragraph of HTML."""
        self._put(self._rich(words, style))

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values (HTML), in two columns."""
        grid = QGridLayout()
        grid.setContentsMargins(SIDE, 0, SIDE, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        pairs = list(pairs)
        # a raised mark makes its line taller: all lines get that height, or their words would not
        # stand at one level
        cited = any("vertical-align:super" in value for _name, value in pairs)
        strut = self._raised("\N{ZERO WIDTH SPACE}") if cited else ""
        for number, (name, value) in enumerate(pairs):
            key = label(name, "key", wrap=True)
            if cited:
                key.setTextFormat(Qt.TextFormat.RichText)
                key.setText(strut + (name if name.startswith("<") else escape(tr(name))))
            key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
            key.setFixedWidth(self.looks.type.s(106))
            key.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(key, number, 0, Qt.AlignmentFlag.AlignTop)
            words = self._rich(strut + tr(value), "small")
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        self._layout.addLayout(grid)

    def ranges(self, rows_: Sequence[RangeRow], unit: str, on_press: Callable[[str], None]) -> None:
        """Range bars on one axis; pressing a row selects its mineral."""
        made = RangeRows(rows_, unit, self.looks)
        made.chosen.connect(on_press)
        self._put(made)

    def entries(self, rows_: Iterable[tuple[str, str, Chip | None, str]]) -> None:
        """Short list: number, HTML text, chip, figure."""
        grid = QGridLayout()
        grid.setContentsMargins(SIDE, 0, SIDE, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        top, line = Qt.AlignmentFlag.AlignTop, self.looks.type.s(LINE)
        # number, first line of the words, chip and figure stand on one level
        lower = max(0, (line - QFontMetrics(self.looks.type.font("small")).height()) // 2)
        for number, (mark, words, chip, figure) in enumerate(rows_):
            if mark:
                first = label(mark, "small2")
                first.setFixedHeight(line)
                grid.addWidget(first, number, 0, top)
            told = self._rich(words, "small")
            # a raised mark makes the line taller by itself
            told.setContentsMargins(0, 0 if "vertical-align:super" in words else lower, 0, 0)
            told.setAlignment(top)
            grid.addWidget(told, number, 1 if mark else 0, 1, 1 if mark else 2)
            if chip is not None:
                grid.addWidget(ChipMark(chip, self.looks), number, 2, top)
            right = label(figure, "small")
            right.setFixedHeight(line)
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(right, number, 3, top)
        grid.setColumnStretch(1, 1)
        self._layout.addLayout(grid)

    def box(self, words: str, level: str = "note") -> None:
        """A tinted box: 'note', 'warn' or 'error'."""
        frame = QFrame()
        frame.setObjectName(f"{level}Box")
        inner = row(gap=8, margins=(10, 8, 10, 9))
        if level in ("warn", "error"):
            mark = label()
            mark.setPixmap(
                picture(level, getattr(self.looks.theme, level), 16, self.devicePixelRatioF())
            )
            inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self._rich(words, "small"), 1)
        frame.setLayout(inner)
        self._put(frame)

    def widget(self, widget: QWidget) -> None:
        """Anything else."""
        self._put(widget)

    def finish(self, hint: str = "") -> None:
        """Write the footnotes and close the page."""
        self._layout.addStretch(1)
        if self._notes and self._sources is not None:
            self._layout.addSpacing(4)
            self._layout.addWidget(rule())
            told = footnotes([self._sources[one] for one in self._notes])
            for (figure_id, number), words in zip(self._notes.items(), told, strict=True):
                self._put(
                    self._rich(
                        f'<a href="figure:{escape(figure_id)}" style="color:'
                        f'{self.looks.theme.accent};text-decoration:none">{strong(str(number))}</a> '
                        f"{escape(words)}",
                        "caption",
                    )
                )
        if hint:
            self._put(label(hint, "caption", wrap=True), top=4)
