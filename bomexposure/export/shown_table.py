"""A table as it stands on screen, written as CSV or Excel: words only, whole or not at all."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bomexposure.export.csv_folder import runs_as_formula
from bomexposure.export.sheets import ROW_LIMIT, Book, Field
from bomexposure.export.workbook_lines import is_real
from bomexposure.model.errors import OutputError
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.whole_file import whole_file
from bomexposure.present.shown import ShownTable

REPORT_ROWS = 500
"""A cancel is noticed after at most this many rows."""


def write_shown(table: ShownTable, path: Path, progress: Progress = SILENT) -> None:
    """Write the table as a workbook where `path` ends in .xlsx, else as CSV.

    Raises OutputError, and Cancelled from `progress`; then `path` is as it was before.
    """
    if path.suffix.casefold() == ".xlsx":
        _write_sheet(table, path, progress)
    else:
        _write_csv(table, path, progress)


def _write_csv(table: ShownTable, path: Path, progress: Progress) -> None:
    """UTF-8 with the mark that Excel knows; no text of the file can run as a formula."""
    with whole_file(path) as scratch, scratch.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(map(_harmless, table.heads))
        out.writerows(map(_harmless, row) for row in _told(table, path, progress))


def _harmless(text: str) -> str:
    return f"'{text}" if runs_as_formula(text) else text


def _write_sheet(table: ShownTable, path: Path, progress: Progress) -> None:
    """Text cells, so that part numbers keep their zeros and nothing runs as a formula."""
    if table.count >= ROW_LIMIT:
        raise OutputError(
            f"{path.name} cannot be written: an Excel sheet holds {ROW_LIMIT - 1:,} rows below "
            f"its head, and these are {table.count:,}.",
            "Filter the rows first, or write CSV.",
        )
    columns: list[list[str]] = [[] for _head in table.heads]
    for row in _told(table, path, progress):  # no row is kept: collecting 100,000 lists holds all
        for column, cell in zip(columns, row, strict=True):
            column.append(cell)
    with whole_file(path) as scratch, tempfile.TemporaryDirectory() as folder:
        # through files, since encoding a sheet in one piece holds every other thread
        raw = xlsxwriter.Workbook(str(scratch), {"tmpdir": folder})
        book = Book(raw)
        book.table(
            book.sheet(_sheet_name(table.title)),
            [
                Field(head, values, "code", min(60.0, max(10.0, len(head) + 4.0)))
                for head, values in zip(table.heads, columns, strict=True)
            ],
            real=is_real(table.count),
        )
        for column in columns:
            column.clear()  # one after another, for the same reason
        progress.step(f"Writing {path.name}", 0, 0)
        try:
            raw.close()
        except FileCreateError as fault:
            raise OSError(*fault.args[0].args) from fault
        progress.step(f"Writing {path.name}", 0, 0)


def _told(table: ShownTable, path: Path, progress: Progress) -> Iterator[Sequence[str]]:
    """The rows, with a word to `progress` every now and then."""
    for at, row in enumerate(table.rows()):
        if at % REPORT_ROWS == 0:
            progress.step(f"Writing {path.name}", at, table.count)
        yield row


def _sheet_name(title: str) -> str:
    return "".join(one for one in title if one not in "[]:*?/\\'")[:31] or "Table"
