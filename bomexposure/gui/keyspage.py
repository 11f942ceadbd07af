"""The page of keys, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from bomexposure.gui.actions import MENUS, Actions, plain
from bomexposure.gui.blocks import Tall, column, label, row
from bomexposure.gui.looks import Looks
from bomexposure.gui.query import HELP
from bomexposure.present.words import tr


class KeysPage(QDialog):
    """All shortcuts and the words of the filter field on one page."""

    def __init__(self, parent: QWidget, actions: Actions, looks: Looks) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        by_menu: dict[str, list[tuple[str, str]]] = {menu: [] for menu in MENUS}
        for command, action in actions.items():
            if command.keys:
                keys = ", ".join(
                    one.toString(QKeySequence.SequenceFormat.NativeText)
                    for one in action.shortcuts()
                )
                menu = command.menu.split(">")[0]
                by_menu[menu].append((plain(tr(command.text)), keys))
        parts = [(plain(tr(menu)), rows) for menu, rows in by_menu.items() if rows]
        for heading, pairs in (("In tables and charts", _IN_PLACE), ("Filter field", HELP)):
            rows = [(meaning[:1].upper() + meaning[1:], keys) for keys, meaning in pairs]
            parts.append((heading, rows))
        both = row(gap=36, margins=(24, 18, 24, 20))
        for side in _two_sides(parts):
            both.addLayout(self._side(side), 1)
        holder = Tall()
        holder.setLayout(both)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Keyboard shortcuts"))
        self.setLayout(column(area, margins=(0, 0, 0, 0)))
        room = parent.size()
        self.resize(
            min(looks.type.s(920), room.width() - 40), min(looks.type.s(744), room.height() - 40)
        )

    def _side(self, parts: list[Part]) -> QGridLayout:
        """Headings with their rows: what it does left, its keys right."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        at = 0
        for heading, rows in parts:
            if at:
                grid.setRowMinimumHeight(at, 10)
                at += 1
            grid.addWidget(label(heading, "heading"), at, 0, 1, 2)
            for words, keys in rows:
                at += 1
                grid.addWidget(label(words, "small", wrap=True), at, 0)
                shown = label(keys, "tag")
                shown.setTextFormat(Qt.TextFormat.PlainText)
                grid.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignTop)
            at += 1
        grid.setRowStretch(at, 1)
        return grid


Part = tuple[str, list[tuple[str, str]]]
"""A heading, and rows of what it does with its keys."""


def _two_sides(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """Parts in their order, broken where both sides are of like height."""
    heights = [len(rows) + 2 for _heading, rows in parts]
    at = min(range(len(parts)), key=lambda n: abs(sum(heights[:n]) - sum(heights[n:])))
    return parts[:at], parts[at:]


_IN_PLACE = (
    ("Left, Right", "fold and unfold an assembly"),
    ("Arrows, Enter", "move in a chart, select"),
    ("Shift+Enter", "drill down in a chart"),
    ("Enter, C, H, A", "in the review list: accept, correct, say what it holds, apply to alike"),
    ("Up, Down", "move in the rail of places"),
)
