"""The headline strip: coverage first, then the figures that discriminate; each opens its lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from bomexposure.gui.blocks import FilterChip, clear, column, label, rule, tipped
from bomexposure.gui.looks import Looks
from bomexposure.present import numbers
from bomexposure.present.specs import Tile
from bomexposure.present.words import tr

HIDE_ORDER = ("nir-50", "china-led", "product", "as-of", "nir-100", "controls")
"""What goes first when the window is narrow; coverage is the last to go."""


class CoverageBars(QWidget):
    """Three short bars with their figures; unknown is a word."""

    def __init__(self, bars: Sequence[tuple[str, float]], looks: Looks) -> None:
        super().__init__()
        self._bars, self._looks = tuple(bars), looks
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        type_ = self._looks.type
        return QSize(type_.s(160), type_.s(15) * len(self._bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        painter = QPainter(self)
        height = type_.s(15)
        for number, (words, percent) in enumerate(self._bars):
            top = number * height
            painter.setFont(type_.font("caption"))
            painter.setPen(QColor(theme.text_2))
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, top, type_.s(40), height), flags, words)
            trough = QRectF(type_.s(40), top + height / 2 - 3, type_.s(58), 6)
            painter.fillRect(trough, QColor(theme.line))
            known = math.isfinite(percent)
            if known:
                trough.setWidth(trough.width() * min(100.0, percent) / 100)
                painter.fillRect(trough, QColor(theme.text_2))
            painter.setPen(QColor(theme.text))
            painter.setFont(type_.font("caption", bold=True))
            figure = numbers.percent(percent) if known else "unknown"
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(type_.s(98), top, type_.s(60), height), right, figure)
        painter.end()


class TileButton(QPushButton):
    """One figure of the strip as a button that opens the lines it counts."""

    def __init__(self, tile: Tile, looks: Looks) -> None:
        super().__init__()
        self.setProperty("tile", True)
        self.tile = tile
        body = column(gap=1, margins=(14, 7, 14, 7))
        if tile.bars:
            body.addWidget(label(tile.caption, "caption"))
            body.addWidget(CoverageBars(tile.bars, looks))
        else:
            subject = tile.key == "product"
            body.addWidget(label(tile.caption, "heading" if subject else "caption"))
            figure = tile.figure + (
                f'<span style="font-size:{round(looks.type.px("small"))}px;'
                f'font-weight:400;color:{looks.theme.text_2}"> {tile.unit}</span>'
                if tile.unit
                else ""
            )
            style = "caption" if subject else "heading" if tile.key == "as-of" else "figure"
            body.addWidget(label(figure, style))
            below = label(tile.below, "warn" if tile.key == "controls-soon" else "caption")
            body.addWidget(below)
        body.addStretch(1)
        self.setLayout(body)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.setToolTip(tipped(tr(tile.tooltip)))
        bars = "; ".join(
            f"{words} {numbers.percent(percent)}"
            for words, percent in tile.bars
            if math.isfinite(percent)
        )
        self.setAccessibleName(f"{tr(tile.caption)}: {bars or f'{tile.figure} {tile.unit}'}")
        self.setAccessibleDescription(f"{tile.below}. {tile.tooltip}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Strip(QFrame):
    """Always there with a document; the strip never filters."""

    chosen = Signal(str)
    """Key of the tile that was pressed."""
    scenario_off = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName("Headline figures")
        self._looks = looks
        self._tiles: tuple[Tile, ...] = ()
        self._made: list[tuple[TileButton, QFrame]] = []
        self._scenario, self._chip_room = "", 0
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(6, 0, 6, 0)
        looks.changed.connect(lambda: self.show_tiles(self._tiles))
        self.hide()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Replace the figures; none hides the strip."""
        self._tiles = tuple(tiles)
        clear(self._layout)
        self._made = []
        for number, tile in enumerate(self._tiles):
            one = TileButton(tile, self._looks)
            one.clicked.connect(lambda _c=False, key=tile.key: self.chosen.emit(key))
            line = rule(vertical=True)
            if number:
                self._layout.addWidget(line)
            else:
                line.setParent(self)
                line.hide()
            if tile.key == "as-of":
                self._layout.addStretch(1)
                self._add_chip()
            self._layout.addWidget(one)
            self._made.append((one, line))
        self.setFixedHeight(max(76, self._looks.type.s(76)))
        self.setVisible(bool(self._tiles))
        self._fit()

    def _add_chip(self) -> None:
        """What is switched on stands beside the figures, and comes off by a press."""
        if not self._scenario:
            return
        chip = FilterChip("Scenario on", self._looks, "scenario")
        chip.setToolTip(f"{self._scenario}. Press to switch it off")
        chip.setAccessibleName(f"Scenario on: {self._scenario}, press to switch off")
        chip.clicked.connect(lambda _c=False: self.scenario_off.emit())
        self._layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addSpacing(8)
        self._chip_room = chip.sizeHint().width() + 8

    def set_scenario(self, words: str, tiles: Sequence[Tile]) -> None:
        """Figures of a what-if with a chip and a dashed lower edge; '' goes back to today."""
        on = bool(words)
        self._scenario = words
        self.show_tiles(tiles)
        self.setProperty("scenario", "true" if on else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide tiles in HIDE_ORDER until the rest fits."""
        hidden: set[str] = set()
        widths = {one.tile.key: one.sizeHint().width() + 1 for one, _line in self._made}
        room = self.width() - 12 - (self._chip_room if self._scenario else 0)
        for key in HIDE_ORDER:
            if sum(width for name, width in widths.items() if name not in hidden) <= room:
                break
            hidden.add(key)
        first = True
        for one, line in self._made:
            shown = one.tile.key not in hidden
            one.setVisible(shown)
            line.setVisible(shown and not first)
            first = first and not shown
