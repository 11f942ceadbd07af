"""The line below the Lines table: what chips mean, and what the lines on show add up to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bomexposure.gui.blocks import label, row
from bomexposure.gui.linebook import Ints, LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import Chip, chip_width, paint_chip
from bomexposure.present import numbers
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


def total_words(book: LineBook, lines: Ints) -> str:
    """What counted lines add up to: their spend in one product, and how many are acute.

    'known' stands by the spend where lines without a price are among them.
    """
    lines = lines[book.counted[lines]]
    spend, acute = book.spend[lines], book.acute[lines]
    parts = []
    if not np.isnan(spend).all():
        money = numbers.money(float(np.nansum(spend)), book.currency)
        money = money if book.currency else tr("spend {money}", money=money)
        parts.append(tr("{money} known", money=money) if np.isnan(spend).any() else money)
    sure, most = int((acute == 2).sum()), int((acute > 0).sum())
    parts.append(tr("{count} acute", count=numbers.span(sure, most, numbers.whole)))
    return " · ".join(parts)


class ChipLegend(QWidget):
    """Samples of every kind of chip with their meaning in words; at the right, the sum."""

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
        self.total = label("", "small2")
        self.setLayout(row(None, self.total, margins=(18, 1, 18, 0)))
        looks.changed.connect(self.updateGeometry)

    def tell(self, book: LineBook | None, shown: Ints, selected: Ints) -> None:
        """Sum up the selected lines where there are several, else those that a filter keeps."""
        if book is None:
            words = ""
        elif len(selected) > 1:
            many = int(book.counted[selected].sum())
            words = tr(
                "{lines} selected · {total}",
                lines=numbers.count(many, "line"), total=total_words(book, selected),
            )  # fmt: skip
        else:
            many, every = int(book.counted[shown].sum()), int(book.counted.sum())
            words = "" if many == every else tr(
                "{many} of {lines} · {total}",
                many=numbers.whole(many), lines=numbers.count(every, "line"),
                total=total_words(book, shown),
            )  # fmt: skip
        self.total.setText(words)
        self.update()

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
        end = self.total.x() - 8 if self.total.text() else self.width()
        for sample in SAMPLES:
            if sample is None:
                painter.fillRect(QRectF(left, 9, 1, self.height() - 18), QColor(theme.line))
                left += 16
                continue
            chip, words = sample[0], tr(sample[1])
            width = chip_width(chip, bold, scale)
            room = QFontMetricsF(plain).horizontalAdvance(words)
            if left + width + room + 8 > end:
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
