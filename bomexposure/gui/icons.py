"""The icons: one set of line drawings, tinted from the theme and cached per size and colour."""

from __future__ import annotations

import tempfile
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bomexposure.gui.theme import Theme
from bomexposure.model.resources import resource

_DRAWN_IN = "#555C62"
"""The stroke colour in the files, replaced by the theme's."""


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def picture(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon as a pixmap of `size` logical pixels. FileNotFoundError for an unknown name."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(_DRAWN_IN, color).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def spaced(name: str, color: str, size: int, gap: int, ratio: float = 1.0) -> QIcon:
    """An icon with `gap` free pixels at its right, for words that would stand too close."""
    wide = QPixmap(round((size + gap) * ratio), round(size * ratio))
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, picture(name, color, size, ratio))
    painter.end()
    return QIcon(wide)


_SCALE = [1.0]
"""Text size of the window over the design's: icons grow with the words beside them."""


def scale_icons(scale: float) -> None:
    """Draw icons that are asked for from now on for text of this size."""
    _SCALE[0] = scale


def icon(name: str, theme: Theme, *, role: str = "text_2", chosen: str = "") -> QIcon:
    """An icon in the theme's colours; `chosen` is the role while the button is checked."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        for size in sorted({round(side * _SCALE[0]) for side in (16, 20, 24)}):
            made.addPixmap(picture(name, getattr(theme, role), size, ratio))
            made.addPixmap(picture(name, theme.text_off, size, ratio), QIcon.Mode.Disabled)
            if chosen:
                made.addPixmap(
                    picture(name, getattr(theme, chosen), size, ratio),
                    QIcon.Mode.Normal,
                    QIcon.State.On,
                )
    return made


@cache
def _style_folder() -> tempfile.TemporaryDirectory[str]:
    # one a process, removed when it ends: the style sheet stays the same from window to window
    return tempfile.TemporaryDirectory(prefix="bomexposure-")


class StyleImages:
    """Image files that the style sheet needs, since QSS takes only file names."""

    def file(self, name: str, color: str) -> str:
        """Path of the icon in one colour, with forward slashes as QSS wants them."""
        path = Path(_style_folder().name) / f"{name}-{color[1:]}.svg"
        if not path.exists():
            path.write_text(_drawing(name).replace(_DRAWN_IN, color), encoding="utf-8")
        return path.as_posix()
