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
        parts.append(
            ("In tables and charts", [(words, _native(keys)) for words, keys in in_place()])
        )
        helps = [(meaning[:1].upper() + meaning[1:], words) for words, meaning in HELP]
        parts.append(("Filter field", helps))
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
        wide = min(looks.type.s(920), room.width() - 40)
        self.resize(wide, min(both.heightForWidth(wide) + 4, room.height() - 40))

    def _side(self, parts: list[Part]) -> QGridLayout:
        """Headings with their rows: what it does left, its keys right."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
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
                grid.addWidget(shown, at, 1, corner)
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


def _native(keys: str) -> str:
    """Keys in the words of this desktop, "Left;Right" as "Links, Rechts"."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(one).toString(native) for one in keys.split(";"))


def in_place() -> list[tuple[str, str]]:
    """What keys do that no command has, and the keys in Qt's portable words."""
    return [
        (tr("Fold and unfold an assembly"), "Left;Right"),
        (tr("Filter by an assembly"), "Return"),
        (tr("Select what a row of a table or a mark of a chart stands for"), "Return"),
        (tr("Go into it, as a double click does"), "Shift+Return"),
        (tr("First and last mark of a chart"), "Home;End"),
        (
            tr("In the review list: accept, correct, say what it holds, apply to alike"),
            "Return;C;H;A",
        ),
        (tr("In the calendar: switch an event on or off"), "Space"),
        (tr("On the map: closer, farther, the whole world"), "+;-;0"),
        (tr("In the curve: move the threshold"), "Left;Right"),
        (tr("Among places, views and column roles: the one beside"), "Left;Right;Up;Down"),
        (tr("Go through everything that can be used"), "Tab;Shift+Tab"),
    ]
