"""The table of sourcing options: score as a stacked bar, reasons and limits in full."""

from __future__ import annotations

import html
import math
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from bomexposure.gui.charts.text import fit, height_of, put, width_of, wrap
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import hatch, paint_focus
from bomexposure.gui.spectable import INSET, SIDE, SpecModel, SpecTable
from bomexposure.gui.theme import Theme
from bomexposure.present import numbers
from bomexposure.present.sourcing_rows import TERM_WORDS, term_words
from bomexposure.present.specs import TableSpec
from bomexposure.present.words import tr

Index = QModelIndex | QPersistentModelIndex
_SHADES = {"share": 5, "us_imports": 4, "reserves": 3, "governance": 2, "agreement": 1}
LINE = 20
"""Height of a line of the legend."""


def paint_score(painter: QPainter, rect: QRectF, terms: dict[str, Any], theme: Theme) -> None:
    """A score of 100 as its terms in fixed order; hatch is what missing terms could add."""
    painter.save()
    total = sum(weight for _, _, weight in terms.values()) or 1.0
    painter.fillRect(rect, QColor(theme.sunken if not theme.dark else theme.canvas))
    x = rect.left()
    open_ended = 0.0
    for term in TERM_WORDS:
        if term not in terms:
            continue
        low, high, weight = terms[term]
        open_ended += max(0.0, high - low) * weight
        width = low * weight / total * rect.width()
        if width <= 0:
            continue
        part = QRectF(x, rect.top(), width, rect.height())
        if term in _SHADES:
            painter.fillRect(part, QColor(theme.seq[_SHADES[term]]))
        else:
            painter.fillRect(part, QColor(theme.surface))
            painter.setPen(QPen(QColor(theme.text_2), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5))
        # a white gap keeps terms of like shade apart
        painter.fillRect(
            QRectF(part.right() - 1, rect.top(), 1, rect.height()), QColor(theme.surface)
        )
        x = part.right()
    if open_ended > 0:
        rest = QRectF(x, rect.top(), open_ended / total * rect.width(), rect.height())
        painter.fillRect(rest, hatch(theme.text_2, 2.0))
    painter.restore()


class _OptionDelegate(QStyledItemDelegate):
    """Paints every cell of the options table."""

    def __init__(self, looks: Looks, parent: OptionsTable) -> None:
        super().__init__(parent)
        self._looks, self._table = looks, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        rect = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = index.row() == self._table.hovered
        painter.save()
        back = theme.select if chosen else theme.canvas if hover else theme.surface
        painter.fillRect(rect, QColor(back))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line)
        )
        if chosen and index.column() == 0:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent)
            )
        row = self._table.row_of(index)
        spec = self._table.cells.spec
        if spec is not None and row is not None:
            left = SIDE + (0 if index.column() else INSET)
            self._cell(painter, rect.adjusted(left, 4, -SIDE, -5), spec, index, row)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect, theme)
        painter.restore()
        del type_

    def _cell(
        self, painter: QPainter, rect: QRectF, spec: TableSpec, index: Index, row: dict[str, Any]
    ) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        small, caption = type_.font("small"), type_.font("caption")
        bold = type_.font("small", bold=True)
        key = spec.columns[index.column()].key
        if key == "where":
            fit(painter, rect, str(row["country"]), bold, theme.text)
            if row["domestic"]:
                painter.fillRect(rect, QColor(Qt.GlobalColor.transparent))
                width = width_of(str(row["country"]), bold)
                put(painter, rect.left() + width + 6, rect.top(), rect.height(), "domestic",
                    caption, theme.text_2)  # fmt: skip
        elif key == "score_low":
            words = numbers.index(float(row["score_low"]), float(row["score_high"]))
            fit(painter, QRectF(rect.left(), rect.top(), type_.s(46), rect.height()), words, bold,
                theme.text)  # fmt: skip
            bar = QRectF(
                rect.left() + type_.s(50), rect.center().y() - type_.s(5),
                max(20.0, rect.width() - type_.s(54)), type_.s(10),
            )  # fmt: skip
            paint_score(painter, bar, row["terms"], theme)
        elif key == "why":
            told = [(str(row["pro"]), theme.text), (str(row["contra"]), theme.text_2)]
            highs = [height_of(words, small, rect.width()) if words else 0.0 for words, _ in told]
            top = max(0.0, (rect.height() - sum(highs)) / 2)
            for (words, ink), high in zip(told, highs, strict=True):
                if words:
                    wrap(painter, rect.adjusted(0, top, 0, 0), words, small, ink)
                top += high
        else:
            column = spec.columns[index.column()]
            words = str(index.data() or "")
            fit(painter, rect, words, small, theme.text, "right" if column.numeric else "left")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(80, self._looks.type.s(42))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        del option
        row = self._table.row_of(index)
        if row is None:
            return False
        spec = self._table.cells.spec
        key = spec.columns[index.column()].key if spec is not None else ""
        if key == "score_low":
            body = "<br>".join(
                f"{html.escape(name)}: {words}" for name, words in term_words(row["terms"])
            )
            if row["score_high"] > row["score_low"]:
                body += "<br>Hatched: what terms without a published figure could add."
        else:
            body = "<br>".join(html.escape(str(one)) for one in row["reasons"])
        head = html.escape(str(row["country"]))
        QToolTip.showText(
            event.globalPos(),
            f"<div style='width:320px'><span style='font-weight:600'>{head}</span><br>{body}</div>",
            view,
        )
        return True


class OptionsTable(SpecTable):
    """Options of one mineral; choosing a row selects its country."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, in_card=True)
        self.setItemDelegate(_OptionDelegate(looks, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(looks.type.s(42))

    def row_of(self, index: Index) -> dict[str, Any] | None:
        """The whole row behind a cell."""
        model = self.cells
        assert isinstance(model, SpecModel)
        if model.spec is None or not index.isValid() or index.row() >= len(model.order):
            return None
        found = model.spec.rows.iloc[int(model.order[index.row()])]
        return {str(name): value for name, value in found.items()}

    def _widths(self, spec: TableSpec) -> None:
        s = self._looks.type.s
        named = self._looks.type.font("small", bold=True)
        aside = width_of(" domestic", self._looks.type.font("caption")) + 6
        widest = max(
            (
                width_of(str(one["country"]), named) + (aside if one["domestic"] else 0)
                for one in spec.rows.to_dict("records")
            ),
            default=0.0,
        )
        heads = {one.key: width_of(f"{one.head} ↓", named) + 2 * SIDE + 4 for one in spec.columns}
        sizes = {
            "where": min(s(230), max(s(100), math.ceil(widest) + 2 * SIDE + 8)) + INSET,
            "share_low": math.ceil(heads["share_low"]), "score_low": s(170), "why": s(430),
            "at": s(150),
        }  # fmt: skip
        for number, column in enumerate(spec.columns):
            self.setColumnHidden(number, not column.shown)
            self.setColumnWidth(number, sizes[column.key])
        self._stretch()

    def _stretch(self) -> None:
        """The words take the room that is left."""
        spec = self.cells.spec
        if spec is None:
            return
        others = sum(
            self.columnWidth(n)
            for n, column in enumerate(spec.columns)
            if column.key != "why" and column.shown
        )
        at = next(n for n, column in enumerate(spec.columns) if column.key == "why")
        room = self.viewport().width() - others
        self.setColumnWidth(at, max(self._looks.type.s(200), room))
        self._heighten(at)

    def _heighten(self, at: int) -> None:
        """Rows grow until the reasons stand in full."""
        spec = self.cells.spec
        if spec is None:
            return
        font, s = self._looks.type.font("small"), self._looks.type.s
        width = self.columnWidth(at) - 2 * SIDE
        for row in range(self.cells.rowCount()):
            told = self.row_of(self.cells.index(row, at))
            if told is None:
                continue
            words = [str(told["pro"]), str(told["contra"])]
            high = sum(height_of(one, font, width) for one in words if one)
            self.setRowHeight(row, max(s(42), math.ceil(high) + s(11)))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _restyle(self) -> None:
        super()._restyle()
        self.verticalHeader().setDefaultSectionSize(self._looks.type.s(42))


class TermLegend(QWidget):
    """Below the table: the terms of the score and their weights, in as many lines as they need."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._weights: dict[str, float] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Terms of the score"))
        looks.changed.connect(self._fit)

    def show_weights(self, weights: dict[str, float]) -> None:
        """Term id -> weight."""
        self._weights = weights
        words = ", ".join(
            f"{tr(TERM_WORDS[t])} {w:.0f}" for t, w in weights.items() if t in TERM_WORDS
        )
        self.setAccessibleDescription(words)
        self._fit()

    def _items(self) -> list[tuple[str, str]]:
        """Term ('' for what is not published) and words of each entry."""
        named = [
            (term, f"{tr(words)} {self._weights[term]:.0f}")
            for term, words in TERM_WORDS.items()
            if term in self._weights
        ]
        return [*named, ("", tr("not published: could add"))]

    def _places(self) -> list[QPointF]:
        """Where each entry starts."""
        s, font = self._looks.type.s, self._looks.type.font("caption")
        x, y, made = float(s(16)), float(s(4)), []
        for _term, words in self._items():
            end = x + s(16) + width_of(words, font)
            if end > self.width() and x > s(16):
                end += s(16) - x
                x, y = float(s(16)), y + s(LINE)
            made.append(QPointF(x, y))
            x = end + s(14)
        return made

    def _fit(self) -> None:
        s = self._looks.type.s
        self.setFixedHeight(round(self._places()[-1].y()) + s(LINE) + s(4))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        font, line = type_.font("caption"), type_.s(LINE)
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(theme.line))
        for (term, words), place in zip(self._items(), self._places(), strict=True):
            middle = place.y() + line / 2
            box = QRectF(place.x(), middle - type_.s(5), type_.s(11), type_.s(10))
            if term in _SHADES:
                painter.fillRect(box, QColor(theme.seq[_SHADES[term]]))
            else:
                painter.setPen(QPen(QColor(theme.text_2), 1))
                painter.setBrush(hatch(theme.text_2, 2.0) if not term else Qt.BrushStyle.NoBrush)
                painter.drawRect(box)
            put(painter, place.x() + type_.s(16), place.y(), line, words, font, theme.text_2)
        painter.end()
