"""Words in charts: drawn at a point, fitted into a box, or wrapped, always from the one Type."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
SIDES = {"left": _LEFT, "right": _RIGHT, "center": _CENTER}


def width_of(words: str, font: QFont) -> float:
    """How wide words are in a font."""
    return QFontMetricsF(font).horizontalAdvance(words)


def put(
    painter: QPainter, x: float, top: float, height: float, words: str, font: QFont, color: str
) -> float:
    """Draw words from x on, in the middle of a line; gives where they end."""
    width = width_of(words, font)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(x, top, width + 4, height), _LEFT, words)
    return x + width


def fit(
    painter: QPainter, rect: QRectF, words: str, font: QFont, color: str, side: str = "left"
) -> None:
    """Draw words in a box, cut with an ellipsis where they do not fit."""
    if rect.width() <= 4:
        return
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, SIDES[side], shown)


def two_lines(
    painter: QPainter, rect: QRectF, words: str, font: QFont, small: QFont, color: str,
    *, whole: bool = False,
) -> None:  # fmt: skip
    """Draw words in one line, else in two lines of a smaller font, else cut at the second.

    What stands in brackets goes before a word is cut, unless the words are wanted `whole`.
    """
    if width_of(words, font) <= rect.width():
        fit(painter, rect, words, font, color)
        return
    first, second = _parted(words, small, rect.width())
    name, _, form = words.partition(" (")
    if whole and form and max(width_of(one, small) for one in (name, f"({form}")) <= rect.width():
        first, second = name, f"({form}"
    if not whole and " (" in words and width_of(second, small) > rect.width():
        two_lines(painter, rect, words.partition(" (")[0], font, small, color)
        return
    if not first or not second:
        fit(painter, rect, words, small, color)
        return
    # close to each other, however high the box
    high = min(rect.height(), 2.3 * QFontMetricsF(small).height())
    rect = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
    half = rect.height() / 2 - 1
    fit(painter, QRectF(rect.left(), rect.top() + 1.5, rect.width(), half), first, small, color)
    below = QRectF(rect.left(), rect.center().y() - 0.5, rect.width(), half)
    fit(painter, below, second, small, color)


def _parted(words: str, font: QFont, width: float) -> tuple[str, str]:
    """The words that fit the first line, and the rest."""
    first, rest = "", words.split()
    while rest and width_of(f"{first} {rest[0]}".strip(), font) <= width:
        first = f"{first} {rest.pop(0)}".strip()
    return first, " ".join(rest)


def wrap(painter: QPainter, rect: QRectF, words: str, font: QFont, color: str) -> float:
    """Draw words broken into lines from the top of a box; gives the height they took."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    painter.drawText(rect, flags, words)
    return height_of(words, font, rect.width())


def say(painter: QPainter, rect: QRectF, words: str, font: QFont, color: str) -> None:
    """Write a sentence into the middle of a box, on as many lines as it needs."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(rect, _CENTER | int(Qt.TextFlag.TextWordWrap), words)


def height_of(words: str, font: QFont, width: float) -> float:
    """How high words are when broken at a width."""
    flags = int(Qt.TextFlag.TextWordWrap)
    return (
        QFontMetricsF(font).boundingRect(QRectF(0, 0, max(1.0, width), 9999), flags, words).height()
    )
