"""The headline strip: coverage first, then the figures that discriminate; each opens its lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from bomexposure.gui.blocks import FilterChip, clear, column, label, rule, tipped
from bomexposure.gui.looks import Looks
from bomexposure.present.specs import Bar, Tile
from bomexposure.present.words import tr

HIDE_ORDER = ("nir-50", "china-led", "product", "as-of", "nir-100", "controls")
"""What goes when even brief tiles have no room; coverage is the last to go."""


SAID_FIRST = ("spend-acute", "controls", "acute", "china-led", "nir-50")
"""Brief tiles that get all of their words where some room is left, the weightiest first."""
SIDES, BRIEF_SIDES = (22, 18, 14), (14, 10, 8)
"""Left and right of a tile's words, px of the design: tiles first move together, then say less."""


class CoverageBars(QWidget):
    """Three short bars with their figures; unknown is a word."""

    def __init__(self, bars: Sequence[Bar], looks: Looks) -> None:
        super().__init__()
        self._bars, self._looks = tuple(bars), looks
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        type_ = self._looks.type
        return QSize(self._names() + type_.s(120), type_.s(15) * len(self._bars))

    def _names(self) -> int:
        """Width of the names: the design's, or what the words of a longer language take."""
        type_ = self._looks.type
        metrics = QFontMetrics(type_.font("caption"))
        widest = max((metrics.horizontalAdvance(one.name) for one in self._bars), default=0)
        return max(type_.s(40), widest + type_.s(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        painter = QPainter(self)
        height, left = type_.s(15), self._names()
        for number, bar in enumerate(self._bars):
            top = number * height
            painter.setFont(type_.font("caption"))
            painter.setPen(QColor(theme.text_2))
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, top, left, height), flags, bar.name)
            trough = QRectF(left, top + height / 2 - 3, type_.s(58), 6)
            painter.fillRect(trough, QColor(theme.line))
            if math.isfinite(bar.share):
                trough.setWidth(trough.width() * min(100.0, bar.share) / 100)
                painter.fillRect(trough, QColor(theme.text_2))
            painter.setPen(QColor(theme.text))
            painter.setFont(type_.font("caption", bold=True))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(left + type_.s(58), top, type_.s(60), height), right, bar.words)
        painter.end()


class TileButton(QPushButton):
    """One figure of the strip as a button that opens the lines it counts."""

    def __init__(self, tile: Tile, looks: Looks) -> None:
        super().__init__()
        self.setProperty("tile", True)
        self.tile = tile
        self._looks = looks
        subject = tile.key == "product"
        self._caption = label(tile.caption, "heading" if subject else "caption")
        self._below = label(tile.below, "caption")
        self._body = column(self._caption, gap=1)
        if tile.bars:
            self._below.hide()
            self._body.addWidget(CoverageBars(tile.bars, looks))
        else:
            figure = tile.figure + (
                f'<span style="font-size:{round(looks.type.px("small"))}px;'
                f'font-weight:400;color:{looks.theme.text_2}"> {tile.unit}</span>'
                if tile.unit
                else ""
            )
            style = "caption" if subject else "heading" if tile.key == "as-of" else "figure"
            self._body.addWidget(label(figure, style))
            self._body.addWidget(self._below)
        self._body.addStretch(1)
        self.setLayout(self._body)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bars = "; ".join(f"{one.name} {one.words}" for one in tile.bars if math.isfinite(one.share))
        self.setAccessibleName(f"{tr(tile.caption)}: {bars or f'{tile.figure} {tile.unit}'}")
        self.setAccessibleDescription(f"{tile.below}. {tile.tooltip}")
        self._words = tuple(self._width_of_words(brief) for brief in (False, True))

    def _width_of_words(self, brief: bool) -> int:
        self.dress(0, brief)
        return self._body.sizeHint().width()

    def width_in(self, side: int, brief: bool) -> int:
        """The width that the tile takes with so much beside its words, px."""
        return self._words[brief] + 2 * self._looks.type.s(side)

    def dress(self, side: int, brief: bool) -> None:
        """Say as much as there is room for; the tip says what a brief tile leaves out."""
        side = self._looks.type.s(side)
        self._body.setContentsMargins(side, 7, side, 7)
        tile, told = self.tile, tr(self.tile.tooltip)
        caption, below = tr(tile.caption), tr(tile.below)
        if brief:
            caption = tr(tile.brief[0]) or caption
            below = tr(tile.brief[1]) or below.partition("; ")[0]
            left_out = [whole for whole, said in (
                (tr(tile.caption), caption), (tr(tile.below), below)) if whole != said]  # fmt: skip
            told = "\n".join([*left_out, told])
        self._caption.setText(caption)
        self._below.setText(below)
        self.setToolTip(tipped(told))

    def sizeHint(self) -> QSize:
        return self._body.sizeHint()

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
        self.setAccessibleName(tr("Headline figures"))
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
        for tile in self._tiles:
            one = TileButton(tile, self._looks)
            one.clicked.connect(lambda _c=False, key=tile.key: self.chosen.emit(key))
            line = rule(vertical=True)
            self._layout.addWidget(line)
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
        chip.setToolTip(tr("{scenario}. Press to switch it off", scenario=self._scenario))
        chip.setAccessibleName(
            tr("Scenario on: {scenario}, press to switch off", scenario=self._scenario)
        )
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
        """As many words and as much air as all tiles have room for; at last hide some."""
        width = self.width() - 12 - (self._chip_room if self._scenario else 0)
        tiles = [one for one, _line in self._made]
        brief, hidden = {one.tile.key: False for one in tiles}, set[str]()

        def fits(side: int) -> bool:
            return width >= sum(
                one.width_in(side, brief[one.tile.key]) + 1
                for one in tiles
                if one.tile.key not in hidden
            )

        side = next((one for one in SIDES if fits(one)), 0)
        if not side:
            brief = dict.fromkeys(brief, True)
            side = next((one for one in BRIEF_SIDES if fits(one)), BRIEF_SIDES[-1])
            for key in SAID_FIRST:
                if key in brief:
                    brief[key] = False
                    brief[key] = not fits(side)
        for key in HIDE_ORDER:
            if fits(side):
                break
            hidden.add(key)
        first = True
        for one, line in self._made:
            one.dress(side, brief[one.tile.key])
            shown = one.tile.key not in hidden
            one.setVisible(shown)
            line.setVisible(shown and not first)
            first = first and not shown
