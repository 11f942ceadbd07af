"""What a window shows that no catalogue could translate.

A pseudo-language accents the vowels of every text that the template for translators holds; what is
shown with plain vowels was either not marked for translation, or is no word of the program: a cell
of the user's file, a name or a sentence of the shipped tables, a code.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)

from bomexposure.gui.charts.base import Chart

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

ACCENTED = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
KEPT = re.compile(r"\{[^{}]*\}|<[^<>]*>|&[a-z]+;")
"""Places for figures, tags and entities stay as they are."""


def accented(text: str) -> str:
    """A text in the pseudo-language."""
    at, told = 0, []
    for kept in KEPT.finditer(text):
        told += [text[at : kept.start()].translate(ACCENTED), kept[0]]
        at = kept.end()
    return "".join([*told, text[at:].translate(ACCENTED)])


class Pseudo:
    """Translates what the template holds, and nothing else."""

    def __init__(self, longer: float = 0.0) -> None:
        self.known = template()
        self._longer = longer

    def gettext(self, message: str, /) -> str:
        if message not in self.known:
            return message
        return accented(message) + "ö" * round(len(message) * self._longer)

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return self.gettext(one if number == 1 else many)


@cache
def template() -> frozenset[str]:
    """The texts that a translator is given."""
    from extract_words import collect  # type: ignore[import-not-found]

    found = collect()
    return frozenset(found) | {text.many for text in found.values() if text.many}


PLAIN = re.compile(r"[A-Za-z][a-z]*[aeiou][a-z]+|[a-z]+[aeiou]|[A-Z][a-z]+[aeiou]")
"""A word with a plain vowel; codes in capitals and symbols of elements are none."""
KEYS = re.compile(r"\(?(Ctrl|Shift|Alt|Esc)\b[^)\s]*\)?")
"""Qt names keys in the user's language itself."""


def plain(text: str) -> list[str]:
    """The stretches of a text that stay in English, without tags."""
    bare = KEYS.sub("", unescape(re.sub(r"<[^<>]*>", " \n ", text)))
    words = re.split(r"(\s+)", bare)
    found: list[str] = []
    run: list[str] = []
    for one in [*words, "\n"]:
        accents = any(letter in "áéíóúÁÉÍÓÚö" for letter in one)
        if "\n" in one or accents:
            if any(PLAIN.search(word) for word in run):
                found.append("".join(run).strip(" .,;:()“”\"'→·–-%0123456789?!\xa0"))
            run = []
        else:
            run.append(one)
    return found


@cache
def recorded() -> tuple[frozenset[str], str]:
    """Cells of the shipped tables: whole, and as one text to look in."""
    cells: set[str] = set()
    for path in sorted((ROOT / "resources").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                cells.update(cell.strip().casefold() for cell in row if len(cell) > 1)
    for path in (ROOT / "resources").rglob("*.toml"):
        cells.update(one.casefold() for one in re.findall(r'"([^"\n]+)"', path.read_text("utf-8")))
    ids = {cell.replace("-", " ") for cell in cells if "-" in cell and " " not in cell}
    stages = {one.partition(": ")[2] for one in cells} | {one.partition(" (")[0] for one in cells}
    cells |= ids | stages
    return frozenset(cells), "\n".join(cells)


def is_data(stretch: str, own: str) -> bool:
    """Whether a stretch is a cell of the user's file or of the shipped tables."""
    told = " ".join(stretch.split()).casefold().rstrip("…")
    cells, whole = recorded()
    if told in cells or told in own:
        return True
    parts = [part.strip() for part in re.split(r"[,;:·|/]| and | or |\d+ %", told) if part.strip()]
    if all(part in cells or part in own or not PLAIN.search(part) for part in parts):
        return True
    return len(told) > 24 and told in whole


def cells_of(analysis: Any) -> str:
    """The user's own cells and headers as one text."""
    lines = analysis.bom.lines
    found = [analysis.bom.file]
    for name in lines.columns:
        if str(lines[name].dtype) in ("str", "string", "object", "category"):
            found += [str(one) for one in lines[name].dropna().unique()]
    for rows in analysis.bom.preview.values():
        found += [str(cell) for row in rows for cell in row]
    found += [one.sheet for one in analysis.bom.read]
    return "\n".join(found).casefold()


ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
)  # fmt: skip


def texts(top: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """(widget, kind, text) of all that a visible part of a window says."""
    for widget in [top, *top.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        yield widget, "tip", widget.toolTip()
        yield widget, "tip", widget.statusTip()
        yield widget, "name", widget.accessibleName()
        yield widget, "name", widget.accessibleDescription()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget, "text", widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget, "text", widget.placeholderText()
        elif isinstance(widget, QGroupBox):
            yield widget, "text", widget.title()
        elif isinstance(widget, QComboBox):
            for at in range(min(widget.count(), 40)):
                yield widget, "text", widget.itemText(at)
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((widget, kind, text) for kind, text in _items(widget))
        elif isinstance(widget, Chart):
            yield from ((widget, "chart", text) for text in painted(widget))


def _items(view: QAbstractItemView, most: int = 30) -> Iterator[tuple[str, str]]:
    model, root = view.model(), view.rootIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    across = Qt.Orientation.Horizontal
    for column in range(columns):
        if isinstance(view, QTableView) and view.isColumnHidden(column):
            continue
        if isinstance(view, QTableView):
            for role in ROLES:
                yield "head", str(model.headerData(column, across, role) or "")
        for row in range(min(most, model.rowCount(root))):
            for role in ROLES:
                told = model.index(row, column, root).data(role)
                if isinstance(told, str):
                    yield "cell", told


def painted(chart: Chart) -> Iterator[str]:
    """Words that a chart paints, and those of its marks' tooltips."""
    said: list[str] = []
    before = QPainter.drawText

    def draw(painter: QPainter, *args: Any) -> Any:
        said.extend(one for one in args if isinstance(one, str))
        return before(painter, *args)

    QPainter.drawText = draw  # type: ignore[method-assign]
    try:
        chart.grab()
    finally:
        QPainter.drawText = before  # type: ignore[method-assign]
    yield from said
    for area in chart.areas:
        yield area.tip
        yield area.spoken


def actions(top: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """The words of menus."""
    for action in top.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield top, "menu", text
    for menu in top.findChildren(QMenu):
        yield menu, "menu", menu.title()


def untranslated(
    said: Iterable[tuple[QWidget, str, str]], own: str
) -> Iterator[tuple[QWidget, str, str, str]]:
    """(widget, kind, stretch, text) of what stays in English and is no data."""
    for widget, kind, text in said:
        for stretch in plain(text):
            if not is_data(stretch, own):
                yield widget, kind, stretch, text
