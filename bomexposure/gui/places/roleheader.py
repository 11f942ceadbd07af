"""The heads of the sheet's preview: a letter, and what the column was taken for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from bomexposure.gui.blocks import Combo
from bomexposure.gui.looks import Looks
from bomexposure.gui.reading import SURE, role_words
from bomexposure.intake.letters import letter
from bomexposure.model.bom import ROLES, SheetRead
from bomexposure.present.words import tr

COMBOS = 120
"""Columns that get a role field; a sheet with more still shows them all."""


class RoleHeader(QHeaderView):
    """Column letters with a role field below each, moving with their columns.

    Tab comes to the field of one column only, the cursor's; Left and Right go on to the others.
    """

    role_chosen = Signal(int, str)
    """(0-based column, role or '')"""
    reached = Signal(int)
    """The 0-based column whose field an arrow key came to."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._looks = looks
        self.combos: list[QComboBox] = []
        self._stop = 0
        self._roles = QStandardItemModel(self)
        for role in ("", *ROLES):
            item = QStandardItem(role_words(role))
            item.setData(role, Qt.ItemDataRole.UserRole)
            item.setToolTip(ROLE_TIPS.get(role, ""))
            self._roles.appendRow(item)
        self.setMinimumSectionSize(44)
        self.setSectionsClickable(False)
        self.sectionResized.connect(lambda *_: self.place_all())
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(self._looks.type.s(56))

    def fill(self, read: SheetRead | None, count: int) -> None:
        """Give the columns their fields; None for a sheet that is not read."""
        count = min(count, COMBOS)
        while len(self.combos) > count:
            gone = self.combos.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.combos) < count:
            self.combos.append(self._field(len(self.combos)))
        self.stop_at(min(self._stop, max(0, count - 1)))
        given = {ref.letter: (role, ref) for role, ref in read.columns.items()} if read else {}
        for number, combo in enumerate(self.combos):
            role, ref = given.get(letter(number), ("", None))
            combo.setCurrentIndex(max(0, combo.findData(role)))
            sure = "no" if ref is None else "yes" if ref.confidence >= SURE else "guess"
            combo.setEnabled(read is not None)
            combo.setToolTip(
                tr("Column {number} is not used", number=letter(number))
                if ref is None
                else tr(
                    "Column {number}: {confidence:.0f} % sure",
                    number=letter(number),
                    confidence=ref.confidence * 100,
                )
            )
            if combo.property("sure") != sure:
                combo.setProperty("sure", sure)
                combo.style().unpolish(combo)
                combo.style().polish(combo)
        self.place_all()

    def _field(self, number: int) -> QComboBox:
        combo = Combo(self.viewport())
        combo.setProperty("role", True)
        combo.setModel(self._roles)
        combo.setAccessibleName(tr("Role of column {number}", number=letter(number)))
        combo.view().setMinimumWidth(self._looks.type.s(190))
        # the wheel moves the sheet; over a field it must not change what a column means
        combo.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        combo.activated.connect(
            lambda _at, n=number: self.role_chosen.emit(n, str(self.combos[n].currentData()))
        )
        combo.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        combo.installEventFilter(self)
        combo.show()
        return combo

    def stop_at(self, column: int) -> None:
        """Let Tab come to the field of this column."""
        self._stop = column
        strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
        for number, combo in enumerate(self.combos):
            combo.setFocusPolicy(strong if number == column else click)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right walk from field to field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            at = next((n for n, one in enumerate(self.combos) if one is watched), -1)
            if by is not None and at >= 0:
                if 0 <= at + by < len(self.combos):
                    self.reached.emit(at + by)
                    self.combos[at + by].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def place_all(self) -> None:
        """Put each field below its letter."""
        top = self._looks.type.s(21)
        for number, combo in enumerate(self.combos):
            left = self.sectionViewportPosition(number)
            combo.setGeometry(
                left + 3, top, max(34, self.sectionSize(number) - 6), self.height() - top - 6
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_all()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, type_ = self._looks.theme, self._looks.type
        painter.save()
        painter.fillRect(rect, QColor(theme.canvas))
        painter.setPen(QColor(theme.text_2))
        painter.setFont(type_.font("caption"))
        at = QRect(rect.left(), rect.top() + 3, rect.width(), type_.s(17))
        painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), letter(section))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.line))
        painter.restore()


ROLE_TIPS = {
    "item": "Position number of the line",
    "part_number": "Your own number of the part",
    "mpn": "Part number of its maker, not of your own system",
    "value": "Electrical value, such as 100 nF",
    "designator": "Places on a board, such as R1, R2",
    "base_quantity": "Quantity of the parent for which the quantity stands",
    "price_per": "How many units the price buys, such as 100",
    "unit_cost": "Price of one unit, or of as many as the sheet says",
    "extended_cost": "Price of the whole line, unit price times quantity",
    "mass": "Mass of one piece",
    "level": "Depth in the structure: 0, 1, 2",
    "parent": "Part number of the assembly above",
    "alternate_group": "Lines that replace each other",
    "declared": "A supplier's declaration of substances",
    "dnp": "Marks parts that are not fitted",
    "hs_code": "Customs tariff number",
}
