"""The Lines table's view: widths of columns, folding and chips under the mouse."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QToolTip,
    QWidget,
)

from bomexposure.gui.linebook import LineBook, decimals_of
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import lay_chips
from bomexposure.gui.places.linesmodel import CHIPS_ROLE, LinesModel
from bomexposure.present import numbers
from bomexposure.present.words import tr

PAD = 8
"""Between the edge of a cell and what is in it, px."""
MANY_CHIPS = 310
"""What eight chips and the count of the others take, px of the design."""

CUT, CUT_ROLES = 130, ("mpn", "designator", "material")
"""Width from which these columns are worth showing, px of the design; the tooltip has the rest."""

_REVIEW_KEYS: dict[int, str] = {
    int(Qt.Key.Key_Return): "accept",
    int(Qt.Key.Key_Enter): "accept",
    int(Qt.Key.Key_C): "correct",
    int(Qt.Key.Key_H): "state_contents",
    int(Qt.Key.Key_A): "apply_alike",
}


def _pointed(words: str, most: int) -> str:
    """A figure with as many decimals as its column has room for: its point stands below others."""
    has = decimals_of(words)
    if has is None or has >= most:
        return words
    return f"{words}{'' if has else '.'}{'0' * (most - has)}"


class LinesTable(QTableView):
    """The table itself; the place that owns it decides which rows are on show."""

    mineral_chosen = Signal(str)
    column_menu = Signal(QMenu, int)
    """The menu of a column's head was made: who knows more of the column adds to it."""
    fold_toggled = Signal(int)
    resized = Signal()
    review_key = Signal(str)
    """An act of review, such as 'accept', pressed as one key while the review list is on show."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        # a head that marks its column asks every selected row whether all of it is selected
        heads = self.horizontalHeader()
        heads.setSelectionModel(QItemSelectionModel(self.lines, heads))
        self.hovered_row = -1
        self.arriving = False
        self._taken = False
        self.tree_on = True
        self.reviewing = False
        self.repeating = False
        """Whether the key being handled is one that is held down."""
        self._measured: tuple[LineBook | None, float, dict[int, int]] = (None, 0.0, {})
        self.widths_are_own = False
        self.fitting = False
        self._looks = looks
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Lines of the bill of materials"))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setAccessibleName(tr("Column heads"))
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

    def room_left(self, widths: dict[int, int], least: int = 230) -> int:
        """Pixels that the columns on show leave free; negative when they are too wide.

        The description, or what fills the table in its stead, is taken as no wider than `least`,
        px of the design.
        """
        book = self.lines.book
        if book is None:
            return 0
        shown = [n for n in widths if not self.isColumnHidden(n)]
        wide = self._filling(shown, widths)
        total = sum(
            min(widths[n], self._looks.type.s(least)) if n == wide else widths[n] for n in shown
        )
        return self.viewport().width() - total

    def _filling(self, shown: list[int], widths: dict[int, int]) -> int | None:
        """The column that takes what the others leave: the description, else the widest."""
        book = self.lines.book
        if book is None:
            return None
        own = [n for n in shown if book.columns[n].key.startswith("own:")]
        described = next((n for n in own if book.columns[n].role == "description"), None)
        return max(own, key=lambda n: widths[n], default=None) if described is None else described

    def least_width(self, widths: dict[int, int], number: int) -> int:
        """Room that a column must find to come on show: part numbers may be cut, figures not."""
        book = self.lines.book
        cut = book is not None and book.columns[number].role in CUT_ROLES
        return min(widths[number], self._looks.type.s(CUT)) if cut else widths[number]

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
        # in a narrow table the evidence is its ball alone, and the index goes without its bar
        room = self.viewport().width()
        narrow = {} if room >= type_.s(900) else {"evidence": 80, "minerals": 148}
        if room < type_.s(780):
            narrow["index"] = 104
        for number, one in enumerate(book.columns):
            if one.key in narrow:
                widths[number] = type_.s(narrow[one.key])
        return widths

    def _widths_of_words(self, book: LineBook) -> dict[int, int]:
        """What the words of the first rows take; of each column only the longest are measured."""
        type_ = self._looks.type
        metrics = QFontMetrics(type_.font("small"))
        heads = QFontMetrics(type_.font("small", bold=True))
        fixed = {"minerals": 176, "evidence": 108, "index": 118}
        widths: dict[int, int] = {}
        sample = range(min(60, book.count))
        deepest = min(8, max((int(book.depth[line]) for line in sample), default=0))
        deepest = max(2, deepest)  # room for the mark that folds
        for number, one in enumerate(book.columns):
            if one.key in fixed:
                widths[number] = type_.s(fixed[one.key])
                continue
            texts = {book.text(line, number)[:80] for line in sample}
            if one.key == "row" and book.count:
                texts = {str(int(book.rows.max()))}
            if one.right and (most := book.decimals(number)):
                texts = {_pointed(text, most) for text in texts}
            longest = sorted(texts, key=lambda text: (-len(text), text))[:4]
            words = max((metrics.horizontalAdvance(text) for text in longest), default=0)
            head = heads.horizontalAdvance(one.heading[:28])
            if one.right:
                # a long header may be cut: figures do not need its width
                head = min(head, type_.s(96))
            extra = type_.s(12) * (deepest + 1) if number == book.tree_column else 0
            # an address is followed, not read
            most = type_.s({"url": 120, "description": 420}.get(one.role, 260))
            widths[number] = min(most, max(words, head) + 2 * PAD + 6 + extra)
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
        wide = self._filling(shown, widths)
        if wide is None:
            return
        spare = self.viewport().width() - sum(widths[n] for n in shown)
        # a part number longer than most gives way before the description is cut to a stump
        long, least = book.tree_column, self._looks.type.s(190)
        short = self._looks.type.s(230) - (widths[wide] + spare)
        if long in shown and long != wide and short > 0 and widths[long] > least:
            given = min(short, widths[long] - least)
            widths[long] -= given
            spare += given
        # what the program found stays on show: the longest of the user's columns give way
        kept = (wide, book.tree_column) if book.has_tree else (wide,)
        own = [n for n in shown if book.columns[n].key.startswith("own:") and n not in kept]
        scaled = self._looks.type.s
        # in a wide table more minerals stand beside their line before the words stand in emptiness
        at = next((n for n in shown if book.columns[n].key == "minerals"), None)
        if at is not None and spare > 0:
            more = min(spare, max(0, scaled(MANY_CHIPS) - widths[at]))
            widths[at] += more
            spare -= more
        stump = min(scaled(150), widths[wide])
        for goal, least in ((min(widths[wide], scaled(230)), scaled(120)), (stump, scaled(72))):
            spare += self._take(widths, own, goal - widths[wide] - spare, least)
        widths[wide] = max(stump, widths[wide] + spare)

    def _take(self, widths: dict[int, int], among: list[int], wanted: int, least: int) -> int:
        """Make columns narrower, always the widest of them; gives what could be taken."""
        step, taken = self._looks.type.s(6), 0
        while taken < wanted and among:
            widest = max(among, key=lambda n: widths[n])
            if widths[widest] - step < least:
                break
            widths[widest] -= step
            taken += step
        return taken

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

    def add_minerals(self, menu: QMenu) -> None:
        """What pressing a chip does, for the keyboard: the minerals of the current line."""
        book, row = self.lines.book, self.currentIndex().row()
        line = self.lines.line_at(row)
        if book is None or line < 0 or book.assembly[line]:
            return
        at = next(n for n, one in enumerate(book.columns) if one.key == "minerals")
        chips = self.lines.index(row, at).data(CHIPS_ROLE) or ()
        inside = menu.addMenu(tr("&Follow a mineral"))
        inside.setEnabled(bool(chips))
        for chip in chips:
            act = inside.addAction(numbers.mineral_name(chip.mineral))
            act.triggered.connect(lambda _c=False, one=chip.mineral: self.mineral_chosen.emit(one))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A chip selects its mineral, a fold mark folds; anything else selects the line."""
        index = self.indexAt(event.position().toPoint())
        self._taken = False
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            at = event.position()
            mineral = self._chip_at(index, QRectF(at.x(), at.y(), 1, 1))
            if mineral:
                self._taken = True
                self.mineral_chosen.emit(mineral)
                return
            if self._on_fold_mark(index, at.x()):
                self._taken = True
                self.fold_toggled.emit(self.lines.line_at(index.row()))
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What a chip or a fold mark took is no click on the line."""
        if not self._taken:
            super().mouseReleaseEvent(event)

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
        at = event.position()
        index = self.indexAt(at.toPoint())
        pressed = index.isValid() and (
            self._on_fold_mark(index, at.x())
            or bool(self._chip_at(index, QRectF(at.x(), at.y(), 1, 1)))
        )
        shape = Qt.CursorShape.PointingHandCursor if pressed else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        row = index.row()
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt puts the cursor on the first line; who only comes by has not chosen it."""
        self.arriving = True
        super().focusInEvent(event)
        self.arriving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left folds, Right unfolds, Enter drills; Enter, C, H, A decide in the review list."""
        self.repeating = event.isAutoRepeat()
        self._press(event)
        self.repeating = False

    def _chosen(self) -> bool:
        """Whether the cursor stands on a line that was chosen, not only come by."""
        return self.selectionModel().hasSelection() or not self.currentIndex().isValid()

    def _press(self, event: QKeyEvent) -> None:
        act = _REVIEW_KEYS.get(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if self.reviewing and act is not None and plain:
            self.review_key.emit(act)
            return
        if plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._chosen():
            self.selectRow(self.currentIndex().row())
            self.clicked.emit(self.currentIndex())
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
        enter = plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and book is not None and line >= 0 and book.assembly[line]:
            self.doubleClicked.emit(self.currentIndex())  # drills, as there
            return
        super().keyPressEvent(event)
