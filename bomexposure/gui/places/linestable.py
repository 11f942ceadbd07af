"""The Lines table's view: cells painted by one delegate, folding and chips under the mouse."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from bomexposure.gui.icons import picture
from bomexposure.gui.linebook import CENTS, MONEY, LineBook, decimals_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import lay_chips, paint_chips, paint_evidence, paint_focus, paint_index
from bomexposure.gui.places.linesmodel import CHIPS_ROLE, LinesModel, chips_of
from bomexposure.model.content import EVIDENCE

Index = QModelIndex | QPersistentModelIndex
PAD = 8


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
            shown = metrics.elidedText(
                words.replace("\n", " "), Qt.TextElideMode.ElideRight, key[1]
            )
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
            book.minerals, book.chip_mineral[start:end].tobytes(),
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
        if book is None or not self._table.tree_on or not book.has_tree:
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
            self._words(painter, words, evidence.capitalize(), quiet=muted or evidence == "none")

    def _index(self, painter: QPainter, rect: QRectF, words: str, line: int, muted: bool) -> None:
        book = self._table.lines.book
        width = self._looks.type.s(44)
        known = book is not None and book.index_high[line] == book.index_high[line]
        if book is not None and known and rect.width() > width + 30:
            low, high = float(book.index_low[line]), float(book.index_high[line])
            trough = QRectF(rect.right() - width, round(rect.center().y() - 3), width, 6)
            self._draw_kept(
                painter, trough, ("index", low, high, width),
                lambda on, at: paint_index(on, at, low, high, self._looks.theme),
            )  # fmt: skip
            rect = rect.adjusted(0, 0, -width - 8, 0)
        self._words(painter, rect, words, right=True, quiet=not known or muted)


MOST_KEPT = 20_000
MOST_PICTURES = 1_000
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)

_REVIEW_KEYS: dict[int, str] = {
    int(Qt.Key.Key_Return): "accept",
    int(Qt.Key.Key_Enter): "accept",
    int(Qt.Key.Key_C): "correct",
    int(Qt.Key.Key_H): "state_contents",
    int(Qt.Key.Key_A): "apply_alike",
}


class LinesTable(QTableView):
    """The table itself; the place that owns it decides which rows are on show."""

    mineral_chosen = Signal(str)
    fold_toggled = Signal(int)
    resized = Signal()
    review_key = Signal(str)
    """An act of review, such as 'accept', pressed as one key while the review list is on show."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.hovered_row = -1
        self.tree_on = True
        self.reviewing = False
        self._measured: tuple[LineBook | None, float, dict[int, int]] = (None, 0.0, {})
        self.widths_are_own = False
        self.fitting = False
        self._looks = looks
        self.cells = CellDelegate(looks, self)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Lines of the bill of materials")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setAccessibleName("Column heads")
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(32)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.restyle()
        looks.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Row height after text size and density."""
        self.cells.forget()
        vertical = self.verticalHeader()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(16)
        vertical.setDefaultSectionSize(self._looks.row_height)
        self.viewport().update()

    def first_column(self) -> int:
        """Logical index of the leftmost column on show."""
        header = self.horizontalHeader()
        for visual in range(header.count()):
            logical = header.logicalIndex(visual)
            if not header.isSectionHidden(logical):
                return logical
        return 0

    def tree_column(self) -> int:
        book = self.lines.book
        return book.tree_column if book is not None else -1

    def room_left(self, widths: dict[int, int]) -> int:
        """Pixels that the columns on show leave free; negative when they are too wide."""
        book = self.lines.book
        if book is None:
            return 0
        shown = [n for n in widths if not self.isColumnHidden(n)]
        wide = next((n for n in shown if book.columns[n].role == "description"), -1)
        total = sum(
            min(widths[n], self._looks.type.s(230)) if n == wide else widths[n] for n in shown
        )
        return self.viewport().width() - total

    def fit_columns(self) -> None:
        """First widths after the words of the first rows; the description takes what is left."""
        book = self.lines.book
        if book is None:
            return
        widths = self.wanted_widths()
        self._share(widths)
        self.fitting = True
        for number, width in widths.items():
            self.setColumnWidth(number, width)
        self.fitting = False

    def wanted_widths(self) -> dict[int, int]:
        """The width that each column would like, after the words of the first rows."""
        book = self.lines.book
        if book is None:
            return {}
        type_ = self._looks.type
        if self._measured[0] is not book or self._measured[1] != type_.body_px:
            self._measured = (book, type_.body_px, self._widths_of_words(book))
        widths = dict(self._measured[2])
        # in a narrow table the evidence is its ball alone
        if self.viewport().width() < type_.s(900):
            for number, one in enumerate(book.columns):
                if one.key == "evidence":
                    widths[number] = type_.s(70)
        return widths

    def _widths_of_words(self, book: LineBook) -> dict[int, int]:
        """What the words of the first rows take; of each column only the longest are measured."""
        type_ = self._looks.type
        metrics = QFontMetrics(type_.font("small"))
        heads = QFontMetrics(type_.font("small", bold=True))
        fixed = {"minerals": 176, "evidence": 108, "index": 118, "row": 48}
        widths: dict[int, int] = {}
        sample = range(min(60, book.count))
        for number, one in enumerate(book.columns):
            if one.key in fixed:
                widths[number] = type_.s(fixed[one.key])
                continue
            texts = {book.text(line, number)[:80] for line in sample}
            longest = sorted(texts, key=lambda text: (-len(text), text))[:4]
            words = max((metrics.horizontalAdvance(text) for text in longest), default=0)
            head = heads.horizontalAdvance(one.heading[:28])
            extra = type_.s(40) if number == book.tree_column else 0
            if one.right and book.decimals(number):
                extra += metrics.horizontalAdvance(".00")
            widths[number] = min(type_.s(260), max(words, head) + 2 * PAD + 6 + extra)
        return widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the description filling the table until the user sets a width."""
        super().resizeEvent(event)
        if not self.widths_are_own:
            self.resized.emit()
            self.fit_columns()

    def _share(self, widths: dict[int, int]) -> None:
        """Give the description what is left, or take from it when there is too little."""
        book = self.lines.book
        if book is None:
            return
        shown = [n for n in widths if not self.isColumnHidden(n)]
        wide = next((n for n in shown if book.columns[n].role == "description"), None)
        if wide is None:
            texts = [n for n in shown if book.columns[n].key.startswith("own:")]
            wide = max(texts, key=lambda n: widths[n], default=None)
        if wide is None:
            return
        spare = self.viewport().width() - sum(widths[n] for n in shown)
        # a part number longer than most gives way before the description is cut to a stump
        long, least = book.tree_column, self._looks.type.s(170)
        short = self._looks.type.s(230) - (widths[wide] + spare)
        if long in shown and long != wide and short > 0 and widths[long] > least:
            given = min(short, widths[long] - least)
            widths[long] -= given
            spare += given
        widths[wide] = max(self._looks.type.s(150), widths[wide] + spare)

    # --- mouse and keys ---------------------------------------------------------------------

    def _chip_at(self, index: QModelIndex, where: QRectF) -> str:
        book = self.lines.book
        line = self.lines.line_at(index.row())
        if book is None or line < 0 or book.columns[index.column()].key != "minerals":
            return ""
        if book.assembly[line]:
            return ""
        rect = QRectF(self.visualRect(index).adjusted(PAD, 0, -PAD, -1))
        type_ = self._looks.type
        placed, _rest = lay_chips(
            index.data(CHIPS_ROLE), rect, type_.font("small", bold=True), type_.s(100) / 100
        )
        for chip_rect, chip in placed:
            if chip_rect.intersects(where):
                return chip.mineral
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A chip selects its mineral, a fold mark folds; anything else selects the line."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            at = event.position()
            mineral = self._chip_at(index, QRectF(at.x(), at.y(), 1, 1))
            if mineral:
                self.mineral_chosen.emit(mineral)
                return
            if self._on_fold_mark(index, at.x()):
                self.fold_toggled.emit(self.lines.line_at(index.row()))
                return
        super().mousePressEvent(event)

    def _on_fold_mark(self, index: QModelIndex, x: float) -> bool:
        book = self.lines.book
        line = self.lines.line_at(index.row())
        if book is None or line < 0 or not self.tree_on or not book.assembly[line]:
            return False
        if index.column() != book.tree_column:
            return False
        step = self._looks.type.s(12)
        left = self.visualRect(index).left() + PAD + step * min(8, int(book.depth[line]))
        return bool(left - 6 <= x <= left + self._looks.type.s(16))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
            QToolTip.showText(event.globalPos(), str(words or ""), self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left folds, Right unfolds an assembly; Enter, C, H and A decide in the review list."""
        act = _REVIEW_KEYS.get(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if self.reviewing and act is not None and plain:
            self.review_key.emit(act)
            return
        book = self.lines.book
        line = self.lines.line_at(self.currentIndex().row())
        if book is not None and line >= 0 and self.tree_on and book.assembly[line]:
            closed = line in self.lines.folded
            if (event.key() == Qt.Key.Key_Left and not closed) or (
                event.key() == Qt.Key.Key_Right and closed
            ):
                self.fold_toggled.emit(line)
                return
        super().keyPressEvent(event)
