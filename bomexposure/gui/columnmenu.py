"""The menu of a column's head; the keyboard opens it for the column of the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from bomexposure.gui.places.linestable import LinesTable
from bomexposure.present.words import tr

STEP = 24
"""Pixels by which a column gets wider or narrower."""


def column_menu(table: QTableView, at: int = -1) -> QMenu:
    """Sort by a column, that of the cursor unless told; move it, make it wider or narrower."""
    heads = table.horizontalHeader()
    if at < 0:
        at = table.currentIndex().column()
    if at < 0 or heads.isSectionHidden(at):
        at = next(iter(_in_sight(heads)), 0)
    order = _in_sight(heads)
    place = order.index(at) if at in order else 0
    menu = QMenu(table)

    def act(words: str, can: bool, run: Callable[[], None]) -> None:
        made = menu.addAction(words)
        made.setEnabled(can)
        made.triggered.connect(lambda _checked=False: run())

    def move(by: int) -> None:
        heads.moveSection(heads.visualIndex(at), heads.visualIndex(order[place + by]))

    def widen(by: int) -> None:
        heads.resizeSection(at, max(heads.minimumSectionSize(), heads.sectionSize(at) + by))

    movable = heads.sectionsMovable()
    act(
        tr("&Sort by this column"), heads.sectionsClickable(), lambda: heads.sectionClicked.emit(at)
    )
    menu.addSeparator()
    if isinstance(table, LinesTable):
        table.column_menu.emit(menu, at)
    menu.addSeparator()
    act(tr("Move to the &left"), movable and place > 0, lambda: move(-1))
    act(tr("Move to the &right"), movable and place < len(order) - 1, lambda: move(1))
    act(tr("&Wider"), True, lambda: widen(STEP))
    act(tr("&Narrower"), True, lambda: widen(-STEP))
    return menu


def _in_sight(heads: QHeaderView) -> list[int]:
    """Columns that are shown, from left to right."""
    logical = (heads.logicalIndex(visual) for visual in range(heads.count()))
    return [one for one in logical if not heads.isSectionHidden(one)]
