"""The line below the Lines table that says what chips mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import Chip, chip_width, paint_chip
from bomexposure.present.words import tr

SAMPLES = (
    (Chip("", "Dy", "acute", "certain"), "index ≥ 50"),
    (Chip("", "Si", "maybe", "certain"), "may be ≥ 50"),
    (Chip("", "Cu", "reliant", "certain"), "≥ 50 % import reliant"),
    (Chip("", "Ni", "plain", "certain"), "below"),
    None,
    (Chip("", "filled", "plain", "certain"), "certain"),
    (Chip("", "outlined", "plain", "likely"), "likely"),
    (Chip("", "dashed", "plain", "possible"), "possible"),
)


class ChipLegend(QWidget):
    """Samples of every kind of chip with their meaning in words."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            tr(
                "Chips: bar at the left, index at least 50; broken bar, may be; blue, at least "
                "50 % import reliant; filled certain, outlined likely, dashed possible"
            )
        )
        looks.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(400, self._looks.type.s(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.line))
        bold, plain = type_.font("caption", bold=True), type_.font("caption")
        scale = type_.s(100) / 100
        left = 18.0
        for sample in SAMPLES:
            if sample is None:
                painter.fillRect(QRectF(left, 9, 1, self.height() - 18), QColor(theme.line))
                left += 16
                continue
            chip, words = sample[0], tr(sample[1])
            width = chip_width(chip, bold, scale)
            room = QFontMetricsF(plain).horizontalAdvance(words)
            if left + width + room + 8 > self.width():
                break
            height = 17 * scale
            paint_chip(
                painter,
                QRectF(left, (self.height() - height) / 2, width, height),
                chip,
                theme,
                bold,
            )
            left += width + 7
            painter.setFont(plain)
            painter.setPen(QColor(theme.text_2))
            painter.drawText(
                QRectF(left, 0, room + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words
            )
            left += room + 18 * scale
        painter.end()
