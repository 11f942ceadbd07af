"""The cells of the Lines table, painted: words, chips, evidence, the index and the fold marks."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bomexposure.gui.icons import picture
from bomexposure.gui.linebook import CENTS, MONEY, LineBook, decimals_of, one_line
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import paint_chips, paint_evidence, paint_focus, paint_index
from bomexposure.gui.places.linesmodel import chips_of
from bomexposure.gui.places.linestable import PAD, LinesTable
from bomexposure.model.content import EVIDENCE
from bomexposure.present.words import tr

Index = QModelIndex | QPersistentModelIndex
MOST_KEPT = 20_000
MOST_PICTURES = 1_000
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class CellDelegate(QStyledItemDelegate):
    """Paints ground, selection bar and focus, then the cell's own mark.

    A screen of the table is some five hundred cells: fonts, colours, shortened words and rows of
    chips are made once and kept until looks or widths change.
    """

    def __init__(self, looks: Looks, table: LinesTable) -> None:
        super().__init__(table)
        self._looks, self._table = looks, table
        self._fonts: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self._colors: dict[str, QColor] = {}
        self._shortened: dict[tuple[str, int, bool], str] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        looks.changed.connect(self.forget)

    def forget(self) -> None:
        """Looks changed: make everything again."""
        for kept in (self._fonts, self._colors, self._shortened, self._pictures):
            kept.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, self._looks.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._table.lines
        book = model.book
        line = model.line_at(index.row())
        if book is None or line < 0:
            return
        theme = self._looks.theme
        number = index.column()
        rect: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        assembly = bool(book.assembly[line])
        ground = theme.surface
        if chosen:
            ground = theme.select
        elif assembly or self._table.hovered_row == index.row():
            ground = theme.canvas
        painter.fillRect(rect, self._color(ground))
        painter.fillRect(
            QRect(rect.left(), rect.bottom(), rect.width(), 1), self._color(theme.line)
        )
        if chosen and number == self._table.first_column():
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, self._color(theme.accent))
        column = book.columns[number]
        inner = QRectF(rect.adjusted(PAD, 0, -PAD, -1))
        muted = not book.counted[line] and not assembly
        if column.key == "minerals" and not assembly and book.has_chips(line):
            self._chips(painter, inner, book, line)
        elif column.key == "evidence" and not assembly:
            self._evidence(painter, inner, EVIDENCE[book.evidence[line]], muted)
        elif column.key == "index" and not assembly:
            self._index(painter, inner, book.text(line, number), line, muted)
        else:
            words = book.text(line, number)
            if number == book.tree_column:
                inner = self._tree(painter, inner, line, assembly)
            quiet = muted or column.key in ("row", "minerals")
            if not words and column.role == "description" and not assembly:
                words, quiet = book.stand_in(line), True
            bold = assembly and not quiet
            if column.right:
                words, inner = self._on_the_point(words, inner, number, bold)
            self._words(painter, inner, words, right=column.right, bold=bold, quiet=quiet)
        if state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            painter.save()
            paint_focus(painter, QRectF(rect), theme)
            painter.restore()

    def _color(self, name: str) -> QColor:
        if name not in self._colors:
            self._colors[name] = QColor(name)
        return self._colors[name]

    def _font(self, bold: bool) -> tuple[QFont, QFontMetrics]:
        if bold not in self._fonts:
            font = self._looks.type.font("small", bold=bold)
            self._fonts[bold] = (font, QFontMetrics(font))
        return self._fonts[bold]

    def _words(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        *,
        right: bool = False,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        if not words:
            return
        theme = self._looks.theme
        font, metrics = self._font(bold)
        painter.setFont(font)
        painter.setPen(self._color(theme.text_2 if quiet else theme.text))
        key = (words, int(rect.width()) + 1, bold)
        shown = self._shortened.get(key)
        if shown is None:
            shown = metrics.elidedText(one_line(words), Qt.TextElideMode.ElideRight, key[1])
            if len(self._shortened) > MOST_KEPT:
                self._shortened.clear()
            self._shortened[key] = shown
        painter.drawText(rect, _RIGHT if right else _LEFT, shown)

    def _on_the_point(
        self, words: str, rect: QRectF, number: int, bold: bool
    ) -> tuple[str, QRectF]:
        """Figures of one column stand with their points below each other; money has its cents."""
        book = self._table.lines.book
        most = book.decimals(number) if book is not None else 0
        if not most or book is None:
            return words, rect
        has = decimals_of(words)
        if has is None:
            return words, rect
        if book.columns[number].role in MONEY and has < CENTS:
            words = f"{words}{'' if has else '.'}{'0' * (CENTS - has)}"
            has = CENTS
        _font, metrics = self._font(bold)
        gap = metrics.horizontalAdvance("0") * max(0, most - has)
        if not has:
            gap += metrics.horizontalAdvance(".")
        # where there is no room for that, the figure itself counts more
        if metrics.horizontalAdvance(words) + gap > rect.width():
            return words, rect
        return words, rect.adjusted(0, 0, -gap, 0)

    def _chips(self, painter: QPainter, rect: QRectF, book: LineBook, line: int) -> None:
        """Lines that hold the same minerals share one picture of their chips."""
        start, end = book.chip_start[line], book.chip_start[line + 1]
        key = (
            book.forms, book.form_supply, book.chip_form[start:end].tobytes(),
            book.chip_presence[start:end].tobytes(), book.chip_partly[start:end].tobytes(),
            rect.width(), rect.height(),
        )  # fmt: skip

        def draw(on: QPainter, at: QRectF) -> None:
            type_ = self._looks.type
            paint_chips(
                on, at, chips_of(book, line), self._looks.theme,
                type_.font("small", bold=True), type_.font("small"), scale=type_.s(100) / 100,
            )  # fmt: skip

        self._draw_kept(painter, rect, key, draw)

    def _draw_kept(
        self,
        painter: QPainter,
        rect: QRectF,
        key: tuple[object, ...],
        draw: Callable[[QPainter, QRectF], None],
    ) -> None:
        ratio = self._table.devicePixelRatioF()
        found = self._pictures.get((ratio, *key))
        if found is None:
            size = QSize(math.ceil(rect.width() * ratio), math.ceil(rect.height() * ratio))
            found = QPixmap(size)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            on = QPainter(found)
            draw(on, QRectF(0, 0, rect.width(), rect.height()))
            on.end()
            if len(self._pictures) > MOST_PICTURES:
                self._pictures.clear()
            self._pictures[(ratio, *key)] = found
        painter.drawPixmap(rect.topLeft(), found)

    def _tree(self, painter: QPainter, rect: QRectF, line: int, assembly: bool) -> QRectF:
        book = self._table.lines.book
        # lines in another order than the BOM's have no parent above them
        sorted_away = self._table.reviewing or self._table.lines.sorted_by is not None
        if book is None or not self._table.tree_on or not book.has_tree or sorted_away:
            return rect
        step = self._looks.type.s(12)
        left = rect.left() + step * min(8, int(book.depth[line]))
        if assembly:
            side = self._looks.type.s(14)
            name = "chevron-right" if line in self._table.lines.folded else "chevron"
            mark: QPixmap = picture(
                name, self._looks.theme.text_2, side, self._table.devicePixelRatioF()
            )
            painter.drawPixmap(round(left - 2), round(rect.center().y() - side / 2), mark)
        return QRectF(
            left + self._looks.type.s(15), rect.top(), rect.right() - left - step, rect.height()
        )

    def _evidence(self, painter: QPainter, rect: QRectF, evidence: str, muted: bool) -> None:
        side = self._looks.type.s(14)
        ball = QRectF(rect.left(), round(rect.center().y() - side / 2), side, side)
        self._draw_kept(
            painter, ball, ("evidence", evidence, side),
            lambda on, at: paint_evidence(on, at, evidence, self._looks.theme),
        )  # fmt: skip
        if rect.width() > self._looks.type.s(72):
            words = rect.adjusted(side + 6, 0, 0, 0)
            self._words(
                painter, words, tr(evidence).capitalize(), quiet=muted or evidence == "none"
            )

    def _index(self, painter: QPainter, rect: QRectF, words: str, line: int, muted: bool) -> None:
        book = self._table.lines.book
        width = self._looks.type.s(44)
        known = book is not None and book.index_high[line] == book.index_high[line]
        if book is not None and known and rect.width() > width + self._looks.type.s(46):
            low, high = float(book.index_low[line]), float(book.index_high[line])
            trough = QRectF(rect.right() - width, round(rect.center().y() - 3), width, 6)
            self._draw_kept(
                painter, trough, ("index", low, high, width),
                lambda on, at: paint_index(on, at, low, high, self._looks.theme),
            )  # fmt: skip
            rect = rect.adjusted(0, 0, -width - 8, 0)
        self._words(painter, rect, words, right=True, quiet=not known or muted)
