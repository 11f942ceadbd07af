"""The page of keys, made from the table of commands."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from bomexposure.gui.actions import MENUS, Actions, Command, plain
from bomexposure.gui.blocks import Tall, column, label
from bomexposure.gui.looks import Looks
from bomexposure.gui.query import HELP
from bomexposure.present.words import tr


class KeysPage(QDialog):
    """All shortcuts and the words of the filter field on one page."""

    def __init__(self, parent: QWidget, actions: Actions, looks: Looks) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setColumnStretch(0, 1)
        row = 0
        by_menu: dict[str, list[tuple[Command, QAction]]] = {menu: [] for menu in MENUS}
        for command, action in actions.items():
            if command.keys:
                by_menu[command.menu.split(">")[0]].append((command, action))
        for menu, rows in by_menu.items():
            if rows:
                grid.addWidget(label(plain(tr(menu)), "heading"), row, 0, 1, 2)
                row += 1
            for command, action in rows:
                keys = ", ".join(
                    one.toString(QKeySequence.SequenceFormat.NativeText)
                    for one in action.shortcuts()
                )
                grid.addWidget(label(plain(tr(command.text)), wrap=True), row, 0)
                grid.addWidget(label(keys, "text2"), row, 1)
                row += 1
        for heading, pairs in (("In tables and charts", _IN_PLACE), ("Filter field", HELP)):
            grid.addWidget(label(heading, "heading"), row, 0, 1, 2)
            row += 1
            for words, meaning in pairs:
                grid.addWidget(label(meaning, wrap=True), row, 0)
                grid.addWidget(label(words, "text2"), row, 1)
                row += 1
        holder = Tall()
        holder.setLayout(grid)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setAccessibleName("Keyboard shortcuts")
        self.setLayout(column(area, margins=(0, 0, 0, 0)))
        self.resize(looks.type.s(620), looks.type.s(640))


_IN_PLACE = (
    ("Left, Right", "fold and unfold an assembly"),
    ("Arrows, Enter", "move in a chart, select"),
    ("Shift+Enter", "drill down in a chart"),
    ("Enter, C, H, A", "in the review list: accept, correct, say what it holds, apply to alike"),
    ("Up, Down", "move in the rail of places"),
)
