"""The command palette (Ctrl+K) and the page of keys; both read the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from bomexposure.gui.actions import MENUS, Actions, Command
from bomexposure.gui.blocks import column, label
from bomexposure.gui.query import HELP


def plain(text: str) -> str:
    """Menu words without mnemonics and dots."""
    return text.replace("&", "").removesuffix("...")


class CommandPalette(QDialog):
    """Type a few letters, press Enter."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("card")
        self.setWindowTitle("All commands")
        self._rows = [(command, action) for command, action in actions.items()]
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Command")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands that match")
        self.list.itemActivated.connect(lambda _item: self._run())
        self.list.itemClicked.connect(lambda _item: self._run())
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._run)
        self.field.installEventFilter(self)
        self.setLayout(column(self.field, self.list, gap=8, margins=(12, 12, 12, 12)))
        self.resize(560, 420)
        self._filter("")

    def _filter(self, text: str) -> None:
        self.list.clear()
        words = text.casefold().split()
        ranked = []
        for number, (command, action) in enumerate(self._rows):
            name, place = plain(command.text), plain(command.menu).replace(">", " › ")
            hay = f"{name} {place} {command.tip}".casefold()
            if all(word in hay for word in words):
                front = not name.casefold().startswith(text.casefold())
                ranked.append((front, number, name, place, action))
        for _front, _number, name, place, action in sorted(ranked, key=lambda one: one[:2]):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(f"{name}    {place}" + (f"    {keys}" if keys else ""))
            item.setData(Qt.ItemDataRole.UserRole, action)
            item.setToolTip(action.toolTip())
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _run(self) -> None:
        item = self.list.currentItem()
        action = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.accept()
        if isinstance(action, QAction) and action.isEnabled():
            action.trigger()


class KeysPage(QDialog):
    """All shortcuts and the words of the filter field on one page."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        grid.setContentsMargins(24, 20, 24, 20)
        row = 0
        by_menu: dict[str, list[tuple[Command, QAction]]] = {menu: [] for menu in MENUS}
        for command, action in actions.items():
            if command.keys:
                by_menu[command.menu.split(">")[0]].append((command, action))
        for menu, rows in by_menu.items():
            if rows:
                grid.addWidget(label(plain(menu), "heading"), row, 0, 1, 2)
                row += 1
            for command, action in rows:
                keys = ", ".join(
                    one.toString(QKeySequence.SequenceFormat.NativeText)
                    for one in action.shortcuts()
                )
                grid.addWidget(label(plain(command.text)), row, 0)
                grid.addWidget(label(keys, "text2"), row, 1)
                row += 1
        for heading, pairs in (("In tables and charts", _IN_PLACE), ("Filter field", HELP)):
            grid.addWidget(label(heading, "heading"), row, 0, 1, 2)
            row += 1
            for words, meaning in pairs:
                grid.addWidget(label(meaning), row, 0)
                grid.addWidget(label(words, "text2"), row, 1)
                row += 1
        holder = QFrame()
        holder.setLayout(grid)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        self.setLayout(column(area, margins=(0, 0, 0, 0)))
        self.resize(620, 640)


_IN_PLACE = (
    ("Left, Right", "fold and unfold an assembly"),
    ("Arrows, Enter", "move in a chart, select"),
    ("Shift+Enter", "drill down in a chart"),
    ("Enter, C, A", "in the review list: accept, correct, apply to alike"),
    ("Up, Down", "move in the rail of places"),
)
