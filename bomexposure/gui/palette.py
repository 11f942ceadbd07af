"""The command palette (Ctrl+K): commands, places, minerals and lines by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bomexposure.gui.actions import Actions, plain
from bomexposure.gui.blocks import column, label
from bomexposure.gui.context import Context
from bomexposure.gui.query import QueryError, mask
from bomexposure.gui.viewstate import Subject
from bomexposure.present import numbers
from bomexposure.present.words import tr

ROWS_SHOWN = 13
"""Rows of the list on show at once; the others are scrolled to."""
TOP = 110
"""Where the palette hangs below the upper edge of the window, px."""
LINES_SHOWN = 8
"""Lines offered at once; the filter field is the place for more."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the palette.

    Attributes:
        kind: where it belongs, such as 'View › Go to', 'Mineral' or 'Row 25'.
        keys: its shortcut, '' for none.
        words: what else it is found by.
        run: what Enter does; None while it cannot be done.
    """

    name: str
    kind: str
    keys: str = ""
    words: str = ""
    tip: str = ""
    icon: QIcon | None = None
    run: Callable[[], object] | None = None


Source = Callable[[str], Iterable[Found]]
"""Rows for a text; the palette ranks those that hold all its words."""


def commands(actions: Actions) -> Source:
    """Every command, places among them."""

    def find(_text: str) -> Iterable[Found]:
        for command, action in actions.items():
            if not command.menu:
                continue
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            menu = " › ".join(plain(tr(part)) for part in command.menu.split(">"))
            yield Found(
                plain(action.text()), menu, keys, tr(command.tip),
                action.toolTip(), action.icon(), action.trigger if action.isEnabled() else None,
            )  # fmt: skip

    return find


def minerals(context: Context) -> Source:
    """Minerals of the list: those in the lines first, then the reference's."""

    def find(text: str) -> Iterable[Found]:
        facts = context.analyst.reference
        if facts is None or not text:
            return
        book = context.document.book
        held = set(book.minerals) if book is not None else set()
        heads = facts.supply.drop_duplicates("mineral")
        for mineral, symbol in zip(heads["mineral"], heads["symbol"], strict=True):
            name = numbers.mineral_name(mineral)
            subject = Subject("mineral", mineral, name)
            there = mineral in held
            yield Found(
                name, "Mineral in this BOM" if there else "Mineral, in Reference",
                words=str(symbol),
                run=partial(
                    context.view.select, subject,
                    place="" if there else "reference", filtering=there,
                ),
            )  # fmt: skip

    return find


def lines(context: Context) -> Source:
    """The first lines that hold the words, or that a filter such as `spend>10` keeps."""

    def find(text: str) -> Iterable[Found]:
        book = context.document.book
        if book is None or len(text) < 2:
            return
        from bomexposure.gui.explain_line import line_title

        try:
            hits = mask(book, text)
        except QueryError:
            return
        for line in hits.nonzero()[0][:LINES_SHOWN].tolist():
            subject = Subject("line", str(line), line_title(book, line))
            yield Found(
                subject.label, tr("Row {rows}", rows=book.rows[line]), words=text,
                run=partial(context.view.select, subject, place="lines", filtering=False),
            )  # fmt: skip

    return find


class _Rows(QStyledItemDelegate):
    """Name left, what it is beside it, shortcut right."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = context.looks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._looks.type.s(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(one, Found):
            return
        theme, type_ = self._looks.theme, self._looks.type
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.select))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(theme.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver and one.run:
            painter.fillRect(box, QColor(theme.canvas))
        side = type_.s(16)
        if one.icon is not None:
            mode = QIcon.Mode.Normal if one.run else QIcon.Mode.Disabled
            corner = QRect(box.left() + 10, box.center().y() - side // 2, side, side)
            one.icon.paint(painter, corner, mode=mode)
        inner = box.adjusted(side + 20, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        small = type_.font("small")
        painter.setFont(small)
        painter.setPen(QColor(theme.text_2))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), one.keys)
        metrics = QFontMetrics(small)
        inner.setRight(inner.right() - metrics.horizontalAdvance(one.keys) - 12)
        body = type_.font("body")
        painter.setFont(body)
        painter.setPen(QColor(theme.text if one.run else theme.text_off))
        kind_width = metrics.horizontalAdvance(one.kind)
        name = QFontMetrics(body).elidedText(
            one.name, Qt.TextElideMode.ElideRight, max(80, inner.width() - kind_width - 16)
        )
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), name)
        inner.setLeft(inner.left() + QFontMetrics(body).horizontalAdvance(name) + 12)
        painter.setFont(small)
        painter.setPen(QColor(theme.text_2 if one.run else theme.text_off))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), one.kind)
        painter.restore()


class CommandPalette(QDialog):
    """Type a few letters, press Enter."""

    def __init__(self, parent: QWidget, context: Context, sources: tuple[Source, ...]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(tr("All commands"))
        self._sources = sources
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type a command, a place, a mineral, or words of a line"))
        self.field.setAccessibleName(tr("Command, place, mineral or line"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("What matches"))
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Rows(context, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self._run())
        self.list.itemClicked.connect(lambda _item: self._run())
        self.none = label("", "text2")
        self.none.setMargin(8)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._run)
        self.field.installEventFilter(self)
        self.setLayout(column(self.field, self.none, self.list, gap=8, margins=(12, 12, 12, 12)))
        self.setFixedWidth(context.looks.type.s(600))
        self._row = context.looks.type.s(30)
        room = parent.height() - TOP - context.looks.type.s(80)
        self._rows = max(4, min(ROWS_SHOWN, room // self._row))
        self._filter("")

    def _filter(self, text: str) -> None:
        self.list.clear()
        said = text.casefold().strip()
        words = said.split()
        ranked: list[tuple[int, int, int, Found]] = []
        for part, source in enumerate(self._sources):
            for one in source(text.strip()):
                name = one.name.casefold()
                if not all(word in f"{name} {one.kind} {one.words}".casefold() for word in words):
                    continue
                # what it is called counts before what is said of it
                rank = 0 if name.startswith(said) or one.words.casefold() == said else 1
                if rank and not all(word in name for word in words):
                    rank = 2
                ranked.append((rank if said else 0, part, len(ranked), one))
        for _rank, _part, _at, one in sorted(ranked, key=lambda each: each[:3]):
            item = QListWidgetItem(", ".join(p for p in (one.name, one.kind, one.keys) if p))
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(one.tip or one.name)
            if one.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(tr("Open a bill of materials first"))
            self.list.addItem(item)
        self._step(0)
        self.none.setText(
            tr("Nothing is called “{text}”.", text=text) if text and not ranked else ""
        )
        self.none.setVisible(bool(self.none.text()))
        self.list.setVisible(bool(ranked))
        # as tall as what was found, so that one hit does not stand over a void
        self.list.setFixedHeight(self._row * min(self._rows, len(ranked)))
        self.adjustSize()

    def _step(self, by: int) -> None:
        """The next row that can be run; the first one for 0."""
        able = [
            at for at in range(self.list.count())
            if self.list.item(at).flags() & Qt.ItemFlag.ItemIsEnabled
        ]  # fmt: skip
        if not able:
            return
        now = self.list.currentRow()
        at = able.index(now) + by if by and now in able else 0
        self.list.setCurrentRow(able[max(0, min(len(able) - 1, at))])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            page = 10
            step = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
            }.get(Qt.Key(event.key()))  # fmt: skip
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _run(self) -> None:
        item = self.list.currentItem()
        one = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.accept()
        if isinstance(one, Found) and one.run is not None:
            one.run()
