"""Check what was read: the sheet as it looks, header row and roles marked on it, and the issues.

Opening goes straight through; this place is for looking and correcting. Each change is an edit of
the project: its effect shows at once, and it can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui.blocks import button, clear, column, label, row, rule
from bomexposure.gui.context import Context
from bomexposure.gui.icons import picture
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.looks import Looks
from bomexposure.gui.places.base import Place
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ROLES, BillOfMaterials, SheetRead
from bomexposure.present import numbers
from bomexposure.project import edits

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

SURE = 0.8
"""Confidence from which a role counts as sure."""
ISSUES_SHOWN = 40


def letter_of(column_number: int) -> str:
    """Excel letter of a 0-based column."""
    letters = ""
    at = column_number + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class PreviewModel(QAbstractTableModel):
    """First rows of a sheet as text; the header row and marked cells are tinted."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.rows: list[list[str]] = []
        self.header_row = 0
        self.marked: set[tuple[int, int]] = set()
        self._width = 0

    def show_sheet(
        self, rows: list[list[str]], header_row: int, marked: set[tuple[int, int]]
    ) -> None:
        """Show other rows; `header_row` is the Excel row, `marked` (row, column) 0-based."""
        self.beginResetModel()
        self.rows, self.header_row, self.marked = rows, header_row, marked
        self._width = max((len(one) for one in rows), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        cells, at = self.rows[index.row()], index.column()
        text = cells[at] if at < len(cells) else ""
        excel_row = index.row() + 1
        theme, type_ = self._looks.theme, self._looks.type
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.BackgroundRole:
                if (index.row(), at) in self.marked:
                    return QBrush(QColor(theme.warn_tint))
                if excel_row == self.header_row:
                    return QBrush(QColor(theme.accent_tint))
                if excel_row < self.header_row:
                    return QBrush(QColor(theme.canvas))
            case Qt.ItemDataRole.ForegroundRole:
                faded = excel_row < self.header_row
                return QBrush(QColor(theme.text_2 if faded else theme.text))
            case Qt.ItemDataRole.FontRole:
                return type_.font("small", bold=excel_row == self.header_row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{letter_of(at)}{excel_row}: {text or 'empty'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # fmt: skip
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letter_of(section) if orientation == Qt.Orientation.Horizontal else section + 1


class RoleBar(QWidget):
    """One combo a column of the table below it, scrolling with it."""

    def __init__(self, table: QTableView, looks: Looks) -> None:
        super().__init__()
        self._table, self._looks = table, looks
        self.combos: list[QComboBox] = []
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.place_all())
        table.horizontalScrollBar().valueChanged.connect(lambda _v: self.place_all())
        self.setFixedHeight(looks.type.s(36))

    def fill(self, count: int) -> list[QComboBox]:
        """Make one combo a column, dropping the ones before."""
        for one in self.combos:
            one.hide()
            one.deleteLater()
        self.combos = []
        for number in range(count):
            combo = QComboBox(self)
            combo.setProperty("role", True)
            combo.addItem("not used", "")
            for role in ROLES:
                combo.addItem(role.replace("_", " "), role)
            combo.setAccessibleName(f"Role of column {letter_of(number)}")
            combo.setMaxVisibleItems(24)
            combo.show()
            self.combos.append(combo)
        self.place_all()
        return self.combos

    def place_all(self) -> None:
        """Put each combo over its column."""
        header = self._table.horizontalHeader()
        shift = self._table.verticalHeader().width() + 1
        for number, combo in enumerate(self.combos):
            left = header.sectionViewportPosition(number) + shift
            combo.setGeometry(left + 2, 4, max(40, header.sectionSize(number) - 4),
                              self.height() - 8)  # fmt: skip
            combo.setVisible(left + 30 > shift)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_all()


class ImportPlace(Place):
    """Preview left, issues right."""

    name = "import"
    title = "Check what was read"
    hint = "A dashed role is a guess. Change a role with Alt+Down; every change can be undone."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._filling = False
        self.file_words = label("", "text2")
        self.header.addWidget(self.file_words)
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("Sheet")
        self.sheet.activated.connect(lambda _at: self._set_sheet())
        self.header_row = QComboBox()
        self.header_row.setAccessibleName("Header row")
        self.header_row.activated.connect(lambda _at: self._set_header())
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 0, 16, 8)
        bar.setSpacing(8)
        self._sheet_label = label("Sheet", "text2")
        for widget in (self._sheet_label, self.sheet):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(label("Header row", "text2"))
        bar.addWidget(self.header_row)
        bar.addSpacing(8)
        bar.addWidget(button("As found at first", self._reset, tip="Drop all corrections here"))
        bar.addStretch(1)
        self.table = QTableView()
        self.table.setAccessibleName("The sheet as it looks")
        self.model = PreviewModel(context.looks, self)
        self.table.setModel(self.model)
        self.table.setShowGrid(True)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setFixedWidth(context.looks.type.s(40))
        self.roles = RoleBar(self.table, context.looks)
        self.summary = label("", "heading")
        self.note = label("", "caption")
        self.use = button("Use these lines", self._use, primary=True)
        foot = row(
            column(self.summary, self.note, gap=1), None, self.use, margins=(20, 8, 16, 10),
        )  # fmt: skip
        left = column(gap=0)
        left.addLayout(bar)
        left.addWidget(self.roles)
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addLayout(foot)
        self._issues = QVBoxLayout()
        self._issues.setContentsMargins(18, 4, 18, 16)
        self._issues.setSpacing(8)
        holder = QFrame()
        holder.setObjectName("cardplain")
        holder.setLayout(self._issues)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFixedWidth(context.looks.type.s(330))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(rule(vertical=True))
        whole.addWidget(area)
        self.body.addLayout(whole, 1)

    # --- showing ----------------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        if analysis is None or book is None:
            return
        self._filling = True
        bom = analysis.bom
        read = main_table(bom)
        self.file_words.setText(f"{bom.file}, {bom.format}")
        self.sheet.clear()
        for one in bom.sheets:
            hidden = "" if one.visible else ", hidden"
            self.sheet.addItem(f"{one.name} ({numbers.whole(one.rows)} rows{hidden})", one.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(read.sheet)))
        several = len(bom.sheets) > 1 or bool(bom.sheets and bom.sheets[0].name)
        self.sheet.setVisible(several)
        self._sheet_label.setVisible(several)
        rows = bom.preview.get(read.sheet) or next(iter(bom.preview.values()), [])
        self.header_row.clear()
        for number in range(1, max(len(rows), read.header_row) + 1):
            self.header_row.addItem(str(number), number)
        self.header_row.setCurrentIndex(max(0, read.header_row - 1))
        self.model.show_sheet(rows, read.header_row, self._marked(bom, read, rows))
        self._fit()
        self._fill_roles(read)
        counted = int(book.counted.sum())
        assemblies = int(book.assembly.sum())
        tail = f" in {numbers.count(assemblies, 'assembly', 'assemblies')}" if assemblies else ""
        self.summary.setText(f"{numbers.count(counted, 'line')}{tail}")
        self.note.setText("Nothing is changed in your file.")
        self.note.setToolTip(read.why)
        self.summary.setToolTip(read.why)
        self.use.setText(f"Use these {numbers.count(counted, 'line')}")
        self._list_issues(analysis, read)
        self._filling = False

    def _marked(
        self, bom: BillOfMaterials, read: SheetRead, rows: list[list[str]]
    ) -> set[tuple[int, int]]:
        """Cells that an issue speaks of, as far as they are in the preview."""
        heads = {ref.header: ref.letter for ref in read.columns.values()}
        letters = {letter_of(n): n for n in range(max((len(r) for r in rows), default=0))}
        marked = set()
        issues = bom.issues[bom.issues["row"].notna()]
        for number, name in zip(issues["row"], issues["column"], strict=True):
            at = letters.get(heads.get(str(name), str(name)))
            if at is not None and int(number) <= len(rows):
                marked.add((int(number) - 1, at))
        return marked

    def _fill_roles(self, read: SheetRead) -> None:
        combos = self.roles.fill(self.model.columnCount())
        given = {ref.letter: (role, ref) for role, ref in read.columns.items()}
        for number, combo in enumerate(combos):
            role, ref = given.get(letter_of(number), ("", None))
            combo.setCurrentIndex(max(0, combo.findData(role)))
            sure = "no" if ref is None else "yes" if ref.confidence >= SURE else "guess"
            combo.setProperty("sure", sure)
            words = {"yes": "sure", "guess": "a guess", "no": "not used"}[sure]
            combo.setToolTip(
                f"Column {letter_of(number)}: {words}"
                + (f" ({ref.confidence * 100:.0f} %)" if ref is not None else "")
            )
            combo.style().unpolish(combo)
            combo.style().polish(combo)
            combo.activated.connect(lambda _at, n=number: self._set_role(n))

    def _fit(self) -> None:
        metrics = QFontMetrics(self.context.looks.type.font("small", bold=True))
        for number in range(self.model.columnCount()):
            widest = max(
                (metrics.horizontalAdvance(one[number][:60]) for one in self.model.rows
                 if number < len(one)), default=30,
            )  # fmt: skip
            self.table.setColumnWidth(number, min(300, max(92, widest + 22)))
        self.table.verticalHeader().setDefaultSectionSize(self.context.looks.type.s(25))

    def _list_issues(self, analysis: Analysis, read: SheetRead) -> None:
        clear(self._issues)
        issues = analysis.bom.issues
        title = f"{numbers.count(len(issues), 'thing')} to know" if len(issues) else "Nothing amiss"
        self._issues.addWidget(label(title, "subject"))
        order = {"error": 0, "warning": 1, "note": 2}
        records: list[dict[str, Any]] = [
            {str(k): v for k, v in one.items()} for one in issues.to_dict("records")
        ]
        records.sort(key=lambda one: order.get(str(one["severity"]), 3))
        theme = self.context.looks.theme
        for one in records[:ISSUES_SHOWN]:
            name = {"error": "error", "warning": "warn"}.get(str(one["severity"]), "info")
            mark = label()
            mark.setPixmap(picture(name, getattr(theme, name), 16, self.devicePixelRatioF()))
            words = column(gap=2)
            place = _place_words(one)
            if place:
                go = button(place, partial(self._show_cell, one), link=True)
                go.setToolTip("Show the cell")
                words.addWidget(go)
            words.addWidget(label(f"{one['text']} {one['mend']}".strip(), "small2", wrap=True))
            line = row(gap=8)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            self._issues.addLayout(line)
        if len(records) > ISSUES_SHOWN:
            self._issues.addWidget(
                label(
                    f"{numbers.whole(len(records) - ISSUES_SHOWN)} more are in the workbook.",
                    "caption",
                )
            )
        self._issues.addWidget(rule())
        self._issues.addWidget(label("How sure each column is", "heading"))
        for role, ref in read.columns.items():
            sure = "sure" if ref.confidence >= SURE else f"{ref.confidence * 100:.0f} % sure"
            unit = f", {ref.unit}" if ref.unit else ""
            self._issues.addLayout(
                row(label(f"{ref.header or ref.letter} → {role.replace('_', ' ')}{unit}", "small",
                          wrap=True), None, label(sure, "caption"))
            )  # fmt: skip
        self._issues.addStretch(1)

    def _show_cell(self, issue: dict[str, Any]) -> None:
        number = int(issue["row"]) - 1
        heads = {self.model.index(self.model.header_row - 1, n).data(): n
                 for n in range(self.model.columnCount())}  # fmt: skip
        at = heads.get(str(issue["column"]), 0)
        if number < self.model.rowCount():
            index = self.model.index(number, at)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
            self.table.setFocus()
        else:
            self.context.messages.say(f"Row {number + 1} lies below the preview.", "info")

    # --- changing ---------------------------------------------------------------------------

    def _edit(self, text: str, **fields: Any) -> None:
        project = self.context.document.project
        reading = replace(project.choices.reading, **fields)
        self.context.document.edit(text, edits.set_reading(project, reading))

    def _set_role(self, number: int) -> None:
        if self._filling:
            return
        analysis = self.context.document.analysis
        if analysis is None:
            return
        role = str(self.roles.combos[number].currentData())
        read, letter = main_table(analysis.bom), letter_of(number)
        columns = {
            name: f"@{ref.letter}" for name, ref in read.columns.items() if ref.letter != letter
        }
        columns.update({k: "" for k, v in self._given().items() if v == "" and k not in columns})
        before = next((k for k, ref in read.columns.items() if ref.letter == letter), "")
        if before and before not in columns and before != role:
            columns[before] = ""
        if role:
            columns[role] = f"@{letter}"
        words = role.replace("_", " ") or "not used"
        self._edit(f"Column {letter} is {words}", columns=columns)

    def _given(self) -> dict[str, str]:
        return self.context.document.project.choices.reading.columns

    def _set_sheet(self) -> None:
        if not self._filling:
            name = str(self.sheet.currentData())
            self._edit(f"Read sheet {name}", sheet=name, header_row=0, columns={})

    def _set_header(self) -> None:
        value = int(self.header_row.currentData() or 0)
        if not self._filling and value:
            self._edit(f"Header in row {value}", header_row=value, columns={})

    def _reset(self) -> None:
        self._edit("Read as found at first", sheet="", header_row=0, columns={}, cells="")

    def _use(self) -> None:
        self.context.view.go("lines")

    def focus_target(self) -> QWidget:
        return self.use


def main_table(bom: BillOfMaterials) -> SheetRead:
    """The table with most lines."""
    return max(bom.read, key=lambda one: one.line_count)


def _place_words(issue: dict[str, Any]) -> str:
    number, name, value = issue["row"], issue["column"], issue["value"]
    if str(number) in ("<NA>", "nan", "None"):
        return ""
    parts = [f"Row {number}"]
    if name:
        parts.append(str(name))
    words = ", ".join(parts)
    return f"{words}: “{str(value)[:40]}”" if value else words
