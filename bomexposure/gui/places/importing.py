"""Check what was read: the sheet as it looks, header row and roles marked on it, and the issues.

Opening goes straight through where nothing is in doubt; this place is for looking and correcting.
Each change is an edit of the project: its effect shows at once, and it can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QWidget,
)

from bomexposure.gui import reading
from bomexposure.gui.blocks import Combo, button, column, label, row, rule, tip, tipped
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.fieldbar import FieldBar
from bomexposure.gui.places.importside import Cell, ImportSide
from bomexposure.gui.places.sheetpreview import SheetTable
from bomexposure.gui.reading import main_table
from bomexposure.gui.viewstate import Subject
from bomexposure.intake import mapping
from bomexposure.intake.letters import column_of, letter
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import BillOfMaterials, SheetRead
from bomexposure.model.choices import Reading
from bomexposure.model.errors import BomExposureError
from bomexposure.present import numbers
from bomexposure.present.words import shortened, tr
from bomexposure.project import edits

TEXT_FORMATS = ("csv", "tsv", "text")
ENCODINGS = (
    ("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16"),
    ("cp1250", "Windows-1250"), ("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R"),
    ("cp932", "Shift-JIS"), ("euc-jp", "EUC-JP"), ("gb18030", "GB 18030"), ("big5", "Big5"),
    ("cp949", "Korean CP949"), ("cp1254", "Windows-1254"), ("latin-1", "Latin-1"),
)  # fmt: skip
FOUND_ALONE = {"utf-8-sig": "UTF-8", "ascii": "ASCII"}
"""Encodings that a file shows by itself, so that nobody needs to choose them."""
DELIMITERS = (
    ("comma", "comma"), ("semicolon", "semicolon"), ("tab", "tab"), ("pipe", "pipe |"),
)  # fmt: skip
MAPPINGS = "Column mappings (*.json)"
FILE_LETTERS, SHEET_LETTERS = 60, 22
"""Letters of a file's and a sheet's name on show; the tooltip has them all."""


class ImportPlace(Place):
    """Preview left, what to know right."""

    name = "import"
    title = "Check what was read"
    hint = "A dashed role is a guess. Change a role with Alt+Down; every change can be undone."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._filling = False
        self._bom: BillOfMaterials | None = None
        self.file_words = label("", "text2")
        self.header.addWidget(self.file_words)
        self.sheet = self._combo("Sheet", self._set_sheet)
        self.header_row = self._combo("Header row", self._set_header)
        self.encoding = self._combo("Encoding", self._set_encoding)
        self.delimiter = self._combo("Delimiter", self._set_delimiter)
        self.area = QLineEdit()
        self.area.setAccessibleName(tr("Range of cells"))
        self.area.setPlaceholderText(tr("all cells"))
        tip(
            self.area,
            "Read only a range, such as A5:K200. Or select cells below and press the right button.",
        )
        self.area.setClearButtonEnabled(True)
        self.area.returnPressed.connect(self._set_area)
        self.area.editingFinished.connect(self._set_area)
        self.reset = button("As found at first", self._reset, tip="Drop all corrections here")
        fields = (
            ("Sheet", self.sheet), ("Header row", self.header_row), ("Range", self.area),
            ("Encoding", self.encoding), ("Separator", self.delimiter),
        )  # fmt: skip
        self.bar = FieldBar(fields, self.reset)
        self.table = SheetTable(context.looks)
        self.table.roles.role_chosen.connect(self._set_role)
        self.table.ask_for_menu(self._menu)
        self.summary = label("", "heading", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.use = button("Use these lines", self._use, primary=True)
        foot = row(gap=14, margins=(20, 9, 16, 11))
        foot.addLayout(column(self.summary, self.note, gap=1), 1)
        foot.addWidget(self.use)
        left = column(gap=0)
        outer = self.layout()
        if outer is not None:
            # the right side stands beside the head, not below it
            outer.removeWidget(self.head)
        left.addWidget(self.head)
        left.addWidget(self.bar)
        left.addWidget(rule())
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addLayout(foot)
        self.side = ImportSide(context.looks)
        self.side.cell_chosen.connect(self.show_cell)
        self.side.column_chosen.connect(self._show_column)
        self.side.sheet_chosen.connect(self._read_sheet)
        self.side.forgotten.connect(self._forget)
        self.side.saving.connect(self._save_mapping)
        self.side.loading.connect(self._load_mapping)
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
        self.body.addLayout(whole, 1)
        context.looks.changed.connect(self._restyle)

    def _combo(self, name: str, act: Any) -> QComboBox:
        made = Combo()
        made.setAccessibleName(tr(name))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda _at: None if self._filling else act())
        return made

    # --- showing ----------------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        if analysis is None or book is None:
            self._bom = None
            return
        self._filling = True
        self._bom = bom = analysis.bom
        read = main_table(bom)
        given = self._given()
        # a file of another kind than its name says is told
        other = not bom.file.casefold().endswith(f".{bom.format}")
        name = shortened(bom.file, FILE_LETTERS)
        self.file_words.setText(
            tr("{name}, read as {format}", name=name, format=bom.format) if other else name
        )
        self.file_words.setToolTip(bom.file)
        self._fill_bar(bom, read, given)
        self.table.cells.show_sheet(bom, read, read.sheet, _marked(bom, read))
        self.table.roles.fill(read, self.table.cells.columnCount())
        self.table.restyle()
        self.table.fit()
        kept = reading.recalled(bom, given, self.context.home) if given.columns else None
        doubt = "" if given.columns else reading.doubt(bom)
        self.side.show_file(bom, read, doubt, kept.name if kept is not None else None)
        counted = int(book.counted.sum())
        assemblies = int(book.assembly.sum())
        tail = (
            tr(" in {assemblies}", assemblies=numbers.count(assemblies, "assembly", "assemblies"))
            if assemblies
            else ""
        )
        spend = analysis.exposures.headline.spend
        cost = numbers.money(spend, analysis.exposures.headline.currency) if spend else ""
        told = f"{numbers.count(counted, 'line')}{tail}"
        if cost:
            told = tr("{lines}, {cost} per product", lines=told, cost=cost)
        self.summary.setText(told)
        self.note.setText(
            tr(
                "Using them keeps these columns for the next file with the same headers. "
                "Nothing is changed in your file."
            )
        )
        for words in (self.note, self.summary):
            words.setToolTip(tipped(read.why))
        self.use.setText(
            tr("Use these {lines}", lines=numbers.count(counted, "line"))
            if counted
            else tr("No lines yet")
        )
        self.use.setEnabled(counted > 0)
        self.reset.setEnabled(given != Reading())
        self._filling = False

    def _fill_bar(self, bom: BillOfMaterials, read: SheetRead, given: Reading) -> None:
        self.sheet.clear()
        for one in bom.sheets:
            hidden = "" if one.visible else ", hidden"
            size = f"{numbers.count(one.rows, 'row')}{hidden}"
            self.sheet.addItem(f"{shortened(one.name, SHEET_LETTERS)} ({size})", one.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(read.sheet)))
        self.sheet.setMaximumWidth(self.context.looks.type.s(270))
        self.sheet.setToolTip(read.sheet)
        self.bar.show_field(self.sheet, len(bom.sheets) > 1 or bool(bom.sheets[0].name))
        rows = bom.preview.get(read.sheet) or next(iter(bom.preview.values()), [])
        self.header_row.clear()
        if not read.header_row:
            self.header_row.addItem(tr("none"), 0)
        for number in range(1, max(len(rows), read.header_row) + 1):
            self.header_row.addItem(str(number), number)
            words = (
                " · ".join(cell for cell in rows[number - 1] if cell)[:90]
                if number <= len(rows)
                else ""
            )
            at = self.header_row.count() - 1
            self.header_row.setItemData(at, words, Qt.ItemDataRole.ToolTipRole)
        self.header_row.setCurrentIndex(max(0, self.header_row.findData(read.header_row)))
        self.area.setText(given.cells)
        self.area.setFixedWidth(self.context.looks.type.s(112))
        text = bom.format in TEXT_FORMATS
        self._choices(self.encoding, ENCODINGS, given.encoding, bom.encoding)
        self._choices(self.delimiter, DELIMITERS, given.delimiter, bom.delimiter)
        self.bar.show_field(self.encoding, text)
        self.bar.show_field(self.delimiter, text and bool(bom.delimiter))

    def _choices(
        self, field: QComboBox, known: tuple[tuple[str, str], ...], given: str, found: str
    ) -> None:
        """What was found first, marked so, then what could be chosen instead."""
        field.clear()
        field.addItem(tr({**dict(known), **FOUND_ALONE}.get(found, found)), found)
        field.setToolTip(
            tr("As you set it")
            if given
            else tr("Found in the file; choose another if words look wrong")
        )
        for key, words in known:
            if key != found:
                field.addItem(tr(words), key)
        field.setMinimumContentsLength(9)

    def show_cell(self, cell: Cell) -> None:
        """Go to the cell that an issue speaks of."""
        bom = self._bom
        if bom is None:
            return
        read = main_table(bom)
        if cell.sheet and cell.sheet != read.sheet:
            self._show_line(bom, cell)
            return
        if not self.table.go_to(cell.row - 1, _column_of(cell.column, read)):
            self._show_line(bom, cell)

    def _show_line(self, bom: BillOfMaterials, cell: Cell) -> None:
        """A cell of a table that is not on show: its line stands under Lines."""
        found = bom.lines[(bom.lines["sheet"] == cell.sheet) & (bom.lines["row"] == cell.row)]
        if len(found):
            key = str(found["id"].iat[0])
            self.context.view.select(Subject("line", key, key), place="lines", filtering=False)
        else:
            where = (
                tr("sheet {sheet}, row {row}", sheet=cell.sheet, row=cell.row)
                if cell.sheet
                else tr("row {row}", row=cell.row)
            )
            self.context.messages.say(
                tr("Look at {where} in your file: it is no line.", where=where), "info"
            )

    def _show_column(self, name: str) -> None:
        top = max(0, self.table.cells.header_row - 1)
        if self._bom is not None:
            self.table.go_to(top, _column_of(name, main_table(self._bom)))

    # --- changing ---------------------------------------------------------------------------

    def _given(self) -> Reading:
        return self.context.document.project.choices.reading

    def _edit(self, text: str, **fields: Any) -> None:
        project = self.context.document.project
        changed = replace(project.choices.reading, **fields)
        self.context.document.edit(text, edits.set_reading(project, changed))

    def _set_role(self, number: int, role: str) -> None:
        if self._filling or self._bom is None:
            return
        read, name = main_table(self._bom), letter(number)
        columns = {key: f"@{ref.letter}" for key, ref in read.columns.items() if ref.letter != name}
        columns.update({k: "" for k, v in self._given().columns.items() if not v})
        before = next((key for key, ref in read.columns.items() if ref.letter == name), "")
        if before == role:
            return
        if before:
            columns[before] = ""
        words = reading.role_words(role)
        if role:
            other = read.columns.get(role)
            columns[role] = f"@{name}"
            if other is not None and other.letter != name:
                self.context.messages.say(
                    tr(
                        "{words} moves from column {letter} to {name}.",
                        words=words.capitalize(),
                        letter=other.letter,
                        name=name,
                    ),
                    "info",
                )
        self._edit(tr("Column {name} is {words}", name=name, words=words), columns=columns)

    def _set_sheet(self) -> None:
        self._read_sheet(str(self.sheet.currentData()))

    def _read_sheet(self, name: str) -> None:
        self._edit(
            tr("Read sheet {name}", name=name), sheet=name, header_row=0, columns={}, cells=""
        )

    def _set_header(self) -> None:
        self._header_is(int(self.header_row.currentData() or 0))

    def _header_is(self, number: int) -> None:
        if number and self._bom is not None:
            read = main_table(self._bom)
            # where no row says what the columns hold, what was said of their letters stays
            named = {} if read.header_row else dict(self._given().columns)
            self._edit(
                tr("Header in row {number}", number=number),
                sheet=read.sheet,
                header_row=number,
                columns=named,
            )

    def _set_area(self) -> None:
        words = self.area.text().strip().upper()
        if self._filling or words == self._given().cells.upper():
            return
        fault = reading.range_fault(words) if words else ""
        self.area.setProperty("fault", bool(fault))
        self.area.style().unpolish(self.area)
        self.area.style().polish(self.area)
        if fault:
            self.context.messages.say(fault, "warn")
        else:
            self._read_area(words)

    def _read_area(self, words: str) -> None:
        sheet = main_table(self._bom).sheet if self._bom is not None and words else ""
        text = tr("Read {range}", range=words) if words else tr("Read all cells")
        self._edit(text, cells=words, sheet=sheet, header_row=0, columns={})

    def _set_encoding(self) -> None:
        name = str(self.encoding.currentData())
        self._edit(tr("Encoding {name}", name=name), encoding=name, columns={}, header_row=0)

    def _set_delimiter(self) -> None:
        name = str(self.delimiter.currentData())
        self._edit(tr("Separated by {name}", name=name), delimiter=name, columns={}, header_row=0)

    def _reset(self) -> None:
        project = self.context.document.project
        self.context.document.edit("Read as found at first", edits.set_reading(project, Reading()))

    def _menu(self, number: int, where: QPoint) -> None:
        """What can be done with the cells under the mouse."""
        menu = QMenu(self)
        if number >= 0:
            act = menu.addAction(tr("Row {number} is the header", number=number + 1))
            act.setEnabled(number + 1 != self.table.cells.header_row)
            act.triggered.connect(lambda _c=False: self._header_is(number + 1))
        area = self.table.chosen_area()
        if area is not None and area[0] != area[2]:
            words = reading.range_words(*area)
            menu.addAction(tr("Read only {words}", words=words)).triggered.connect(
                lambda _c=False: self._read_area(words)
            )
        if self._given().cells:
            menu.addAction(tr("Read all cells")).triggered.connect(
                lambda _c=False: self._read_area("")
            )
        menu.addSeparator()
        menu.addAction(self.context.action("copy_plain"))
        menu.exec(where)
        menu.deleteLater()

    # --- columns that are kept --------------------------------------------------------------

    def _use(self) -> None:
        """Keep the columns for the next file with these headers, and go on."""
        if self._bom is not None:
            try:
                reading.remember(self._bom, self._given(), self.context.home)
            except BomExposureError as fault:
                self.context.messages.fault(fault)
        self.context.view.go("lines")

    def _forget(self) -> None:
        if self._bom is None:
            return
        try:
            mapping.forget(mapping.signature(main_table(self._bom).headers), self.context.home)
        except BomExposureError as fault:
            self.context.messages.fault(fault)
            return
        self._edit("Find the columns anew", columns={})
        self.context.messages.say("Forgotten. The columns were found anew.", "done")

    def _save_mapping(self) -> None:
        if self._bom is None:
            return
        proposed = Path(self.context.document.project.workbook).with_suffix(".columns.json")
        path = self.context.messages.choose_save("Save the columns", proposed, MAPPINGS)
        if path is None:
            return
        try:
            mapping.save(reading.as_mapping(self._bom, self._given()), path)
        except BomExposureError as fault:
            self.context.messages.fault(fault)
            return
        self.context.messages.say(tr("Columns saved in {path}.", path=path.name), "done")

    def _load_mapping(self) -> None:
        if self._bom is None:
            return
        folder = str(Path(self.context.document.project.workbook).parent)
        path = self.context.messages.choose_open("Columns to use", folder, MAPPINGS)
        if path is None:
            return
        try:
            columns = reading.from_file(self._bom, path)
        except BomExposureError as fault:
            self.context.messages.fault(fault)
            return
        if not any(columns.values()):
            self.context.messages.say(
                tr(
                    "{path} was made for other headers: none of its columns is here.",
                    path=path.name,
                ),
                "warn",
            )
            return
        self._edit(tr("Columns of {path}", path=path.name), columns=columns)

    # --- the frame asks ---------------------------------------------------------------------

    def focus_target(self) -> QWidget:
        return self.use if self.use.isEnabled() else self.sheet

    def copy_text(self, *, headers: bool) -> str:
        area = self.table.chosen_area()
        current = self.table.currentIndex()
        if area is None:
            return (
                self.table.cells.text(current.row(), current.column()) if current.isValid() else ""
            )
        top, left, bottom, right = area
        lines = [
            "\t".join(self.table.cells.text(r, c) for c in range(left, right + 1))
            for r in range(top, bottom + 1)
        ]
        if headers:
            lines.insert(0, "\t".join(letter(c) for c in range(left, right + 1)))
        return "\n".join(lines)

    def _restyle(self) -> None:
        self.table.restyle()
        if self._bom is not None:
            self.show_analysis(self.context.document.analysis, self.context.document.book)


def _column_of(name: str, read: SheetRead) -> int:
    """0-based column of an issue's column: a header, a header with its letter, or a letter."""
    for ref in read.columns.values():
        if name in (ref.header, ref.letter):
            return column_of(ref.letter)
    if name in read.headers:
        return read.headers.index(name)
    try:
        return column_of(name)
    except ValueError:
        return 0


def _marked(bom: BillOfMaterials, read: SheetRead) -> dict[tuple[int, int], str]:
    """Cells that an issue speaks of, with its sentence."""
    marked = {}
    issues = bom.issues[bom.issues["row"].notna() & (bom.issues["sheet"] == read.sheet)]
    for number, name, words in zip(issues["row"], issues["column"], issues["text"], strict=True):
        if str(name):
            marked[int(number) - 1, _column_of(str(name), read)] = str(words)
    return marked
