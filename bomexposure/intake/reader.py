"""The story of intake: sheets, the tables in them, their columns, their lines, their structure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from bomexposure.intake import detect, doubts, lines, looks, mapping, staircase, structure, written
from bomexposure.intake.detect import Found
from bomexposure.intake.grid import Grid
from bomexposure.intake.letters import column_of, letter
from bomexposure.intake.presets import recognise
from bomexposure.intake.troubles import Troubles
from bomexposure.intake.workbook import Workbook, from_text, open_workbook
from bomexposure.model.bom import (
    ISSUES,
    ROLES,
    BillOfMaterials,
    SheetRead,
    SheetShape,
)
from bomexposure.model.choices import Reading
from bomexposure.model.errors import NoTable, UsageError, WorkbookError
from bomexposure.model.progress import SILENT, Progress

PREVIEW_ROWS = 60
AS_FOUND = Reading()


def read(
    workbook: Path,
    reading: Reading = AS_FOUND,
    progress: Progress = SILENT,
    recall: bool = False,
) -> BillOfMaterials:
    """Read a BOM as it is.

    With `recall`, columns that this user confirmed for the same headers are used again; without
    it the result depends on the file and `reading` alone.

    Raises WorkbookError when the file cannot be used at all and UsageError when `reading` names a
    sheet, row or column that it does not have; everything less is an Issue of the result.
    """
    book = open_workbook(Path(workbook), reading, progress)
    kept = _recalled(book, reading) if recall and not reading.columns else None
    if kept is None:
        return _understand(book, reading, progress)
    bom = _understand(book, mapping.applied(reading, kept), progress)
    told = Troubles()
    told.add(
        "note", "mapping-recalled", "Columns are read as you confirmed them for these headers.",
        "Change a column to confirm another reading.",
    )  # fmt: skip
    issues = pd.concat([told.table(), bom.issues], ignore_index=True)
    return replace(bom, issues=ISSUES.conform(issues))


def remembered_columns(
    workbook: Path, reading: Reading = AS_FOUND, home: Path | None = None
) -> mapping.ColumnMapping | None:
    """The columns that this user confirmed for headers like this file's, None where none are kept.

    The file is opened only where anything is kept at all. Raises WorkbookError like `read`.
    """
    if not mapping.remembered(home):
        return None
    return _recalled(open_workbook(Path(workbook), reading, SILENT), reading, home)


def _recalled(
    book: Workbook, reading: Reading, home: Path | None = None
) -> mapping.ColumnMapping | None:
    """The mapping kept for the headers of the first table found, None where none is.

    Headers that a user pointed out because they were not found are looked for in the first rows.
    """
    kept = {one.signature: one for one in mapping.remembered(home)}
    sheets = [
        (number, grid)
        for number, grid in enumerate(book.sheets)
        if kept and (not reading.sheet or grid.name == reading.sheet)
    ]
    for number, grid in sheets:
        for found in detect.find(grid, number, reading):
            if (key := mapping.signature(found.headers)) in kept:
                return kept[key]
    for _, grid in sheets:
        for row in range(min(grid.height, PREVIEW_ROWS)):
            if (key := mapping.signature(grid.row_texts(row))) in kept:
                return replace(kept[key], header_row=row + 1)
    return None


def read_text(
    text: str, name: str = "pasted table", reading: Reading = AS_FOUND
) -> BillOfMaterials:
    """Read a table from text, such as one pasted from a spreadsheet."""
    if not text.strip():
        raise WorkbookError("There is nothing to paste.", "Copy the table first, with its header.")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _understand(from_text(text, name, digest, "utf-8", reading), reading, SILENT)


def _understand(book: Workbook, reading: Reading, progress: Progress) -> BillOfMaterials:
    progress.step("Finding the table", 0, 0)
    troubles = Troubles()
    for fault in book.faults:
        troubles.add_rows(
            "warning", fault.code, fault.text, fault.mend, (("", row, "") for row in fault.rows)
        )
    whole = book
    if book.format == "text":
        reading = replace(reading, columns={**written.COLUMNS, **reading.columns})
    if reading.cells:
        rows, columns = _area(reading.cells)
        book = replace(book, sheets=tuple(grid.only(rows, columns) for grid in book.sheets))
    chosen, others = _choose(book, reading, troubles)
    progress.step("Reading the lines", 0, 0)
    pairs = [(book.sheets[found.sheet], found) for found in chosen]
    mark = lines.file_decimal(pairs) or ("," if book.delimiter == "semicolon" else "")
    read_sheets = [lines.build(grid, found, mark, troubles) for grid, found in pairs]
    for (grid, found), sheet in zip(pairs, read_sheets, strict=True):
        doubts.tell(grid, found, sheet, troubles)
    progress.step("Rolling up quantities", 0, 0)
    table = structure.assemble(read_sheets, troubles)
    if not len(table):
        troubles.add(
            "warning", "no-lines", "The table has a header but no line below it.",
            "Choose another sheet or header row if the parts are elsewhere.", sheet=pairs[0][0].name,  # noqa: E501
        )  # fmt: skip
    return BillOfMaterials(
        file=book.file,
        sha256=book.sha256,
        format=book.format,
        encoding=book.encoding,
        delimiter=book.delimiter,
        sheets=tuple(SheetShape(g.name, g.height, g.width, g.visible) for g in book.sheets),
        read=tuple(
            _sheet_read(grid, found, sheet)
            for (grid, found), sheet in zip(pairs, read_sheets, strict=True)
        ),
        lines=table,
        original=_originals(read_sheets),
        issues=troubles.table(),
        more_sheets=tuple(_unread(book.sheets[found.sheet], found) for found in others),
        preview={
            g.name: [g.row_texts(r) for r in range(min(g.height, PREVIEW_ROWS))]
            for g in whole.sheets
        },
    )


_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\s*:\s*\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def _area(cells: str) -> tuple[range, range]:
    """0-based rows and columns of a range such as 'A5:K200'."""
    found = _AREA.fullmatch(cells.strip())
    if not found:
        raise UsageError(f"“{cells}” is not a range of cells.", "Write it as A5:K200.")
    left, top, right, bottom = found.groups()
    rows = sorted((int(top), int(bottom)))
    sides = sorted((column_of(left), column_of(right)))
    return range(max(rows[0] - 1, 0), rows[1]), range(sides[0], sides[1] + 1)


def _choose(
    book: Workbook, reading: Reading, troubles: Troubles
) -> tuple[list[Found], list[Found]]:
    """The tables that make the BOM, in the order of the file, and tables that were left."""
    sheets = list(enumerate(book.sheets))
    if reading.sheet:
        sheets = [(i, g) for i, g in sheets if g.name == reading.sheet] or [
            (i, g)
            for i, g in sheets
            if g.name.strip().casefold() == reading.sheet.strip().casefold()
        ]
        if not sheets:
            names = ", ".join(g.name for g in book.sheets if g.name) or "none (it is a text file)"
            raise UsageError(f"There is no sheet “{reading.sheet}”.", f"Its sheets are: {names}.")
    by_sheet, missing = {}, None
    for i, g in sheets:
        try:
            by_sheet[i] = detect.find(g, i, reading)
        except UsageError as fault:
            # a column named by hand need not be on every sheet
            by_sheet[i], missing = [], missing or fault
    if missing is not None and not any(by_sheet.values()):
        raise missing
    candidates = [tables[0] for tables in by_sheet.values() if tables]
    shown = [f for f in candidates if book.sheets[f.sheet].visible] or candidates
    if not shown:
        for _, grid in sheets:
            if detect.lies_on_its_side(grid):
                raise _on_its_side(book, grid)
        raise _not_a_bom(book, reading)
    on_side = next((g for _, g in sheets if detect.lies_on_its_side(g)), None)
    if on_side is not None and max(len(f.columns) for f in shown) < 4:
        raise _on_its_side(book, on_side)
    best = max(shown, key=lambda f: (f.score + np.log10(1 + _size(book, f)), -f.sheet))
    chosen = [best]
    rest = [f for f in candidates if f is not best]
    if not reading.sheet:
        alike = [f for f in rest if f in shown and _same_table(best, f)]
        for found in alike:
            if _repeats(book, best, found):
                troubles.add(
                    "note", "sheet-repeats", "This sheet lists mostly the same parts as the one read; it was not added.",  # noqa: E501
                    "Choose it as the sheet to read if it is the newer revision.", sheet=book.sheets[found.sheet].name,  # noqa: E501
                )  # fmt: skip
            else:
                chosen.append(found)
    left = [found for found in rest if found not in chosen]
    tables = [table for found in chosen for table in by_sheet[found.sheet]]
    tables.sort(key=lambda f: (f.sheet, f.header))
    return tables, left


def _size(book: Workbook, found: Found) -> int:
    return int((book.sheets[found.sheet].filled()[found.bottom + 1 : found.end] >= 2).sum())


def _same_table(one: Found, other: Found) -> bool:
    """Whether two tables share most of their headers, so that they are parts of one BOM."""
    a = {one.headers[c].casefold() for c in one.columns.values()} - {""}
    b = {other.headers[c].casefold() for c in other.columns.values()} - {""}
    return len(a & b) >= 0.6 * max(len(a), len(b), 1)


def _repeats(book: Workbook, one: Found, other: Found) -> bool:
    """Whether the second table lists mostly the parts of the first, as an old revision does."""
    keys = []
    for found in (one, other):
        grid = book.sheets[found.sheet]
        body = detect.body_of(found)
        columns = [
            found.columns[r]
            for r in ("part_number", "mpn", "designator", "description")
            if r in found.columns
        ]
        texts = [
            "|".join(grid.columns[c].text(int(row)).strip() for c in columns) for row in body[:3000]
        ]
        keys.append({text for text in texts if text.strip("|")})
    small, large = sorted(keys, key=len)
    return bool(small) and len(small & large) >= 0.5 * len(small)


def _on_its_side(book: Workbook, grid: Grid) -> WorkbookError:
    return WorkbookError(
        f"The table of {f'sheet {grid.name}' if grid.name else book.file} lies on its side: "
        "its headers stand below one another, and each part is a column.",
        "Copy it, insert it with Paste Special, Transpose on a new sheet, and open that.",
    )


def _not_a_bom(book: Workbook, reading: Reading) -> WorkbookError:
    if all(not grid.height for grid in book.sheets):
        return WorkbookError(f"{book.file} has no cells with content.", "Export the BOM again.")
    if reading.header_row:
        return WorkbookError(
            f"Row {reading.header_row} of {book.file} holds no header.",
            "Give the row whose cells name the columns.",
        )
    used = [cells for grid in book.sheets for cells in grid.columns if cells.filled().any()]
    if len(used) == 1 and looks.look_at(used[0], detect.known_names()).code > 0.5:
        return WorkbookError(
            f"{book.file} holds one column, and nothing says what it lists.",
            "Write Part number or Description above it, or name it: --column part_number=@A.",
        )
    sheet, column = _wordiest(book) if not reading.columns else ("", "")
    return NoTable(
        f"No bill of materials was found in {book.file}.",
        "Name the sheet and header row, or add a header such as Part number, Description, Quantity.",  # noqa: E501
        sheet, column,
    )  # fmt: skip


def _wordiest(book: Workbook) -> tuple[str, str]:
    """Sheet name and letter of the column with most words, as descriptions have; '' for none."""
    best, found = 0.0, ("", "")
    for grid in book.sheets:
        for at, cells in enumerate(grid.columns if grid.visible else ()):
            look = looks.look_at(cells, detect.known_names())
            weight = look.words * look.length * float(cells.filled().sum())
            if look.words > 0.3 and weight > best:
                best, found = weight, (grid.name, letter(at))
    return found


def _sheet_read(grid: Grid, found: Found, sheet: lines.Sheet) -> SheetRead:
    rows = sheet.rows
    return SheetRead(
        sheet=grid.name,
        header_row=found.header + 1,
        columns={role: ref for role, ref in sheet.refs.items() if role in ROLES},
        first_row=int(rows[0]) + 1 if len(rows) else found.bottom + 2,
        last_row=int(rows[-1]) + 1 if len(rows) else found.bottom + 1,
        line_count=len(rows),
        why=_why(found),
        headers=tuple(found.headers),
    )


def _why(found: Found) -> str:
    named = ", ".join(
        f"{found.headers[c] or '(no header)'} as {r.replace('_', ' ')}"
        for r, c in found.columns.items()
    )
    system = recognise(found.headers)
    of = f" as {system.system} exports them" if system else ""
    return f"Row {found.header + 1} names {len(found.columns)} columns{of}: {named}."


def _unread(grid: Grid, found: Found) -> SheetRead:
    from bomexposure.intake import rows as kinds

    body = detect.body_of(found)
    grid = staircase.laid_flat(grid, found.stairs, body)
    count = int((kinds.classify(grid, found, body) == kinds.LINE).sum())
    return SheetRead(
        grid.name,
        found.header + 1,
        lines.refs_of(grid, found),
        found.bottom + 2,
        found.end,
        count,
        _why(found),
        tuple(found.headers),
    )


def _originals(sheets: Sequence[lines.Sheet]) -> pd.DataFrame:
    """The user's columns of all tables; columns with the same label share a column."""
    labels: dict[str, None] = {}
    for sheet in sheets:
        labels.update(dict.fromkeys(sheet.original))
    parts = {
        label: np.concatenate(
            [
                sheet.original.get(label, np.full(len(sheet.rows), "", dtype=object))
                for sheet in sheets
            ]
        )
        for label in labels
    }
    return pd.DataFrame(parts, columns=list(labels)).astype("str") if parts else pd.DataFrame()
