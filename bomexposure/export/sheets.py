"""Writing tables into an XlsxWriter workbook: styles, typed columns, and fast rows.

XlsxWriter takes microseconds per cell, which is seconds on a large BOM. `FastSheet` writes rows as
finished XML instead, column by column; everything else (heads, charts, tables, names) stays with
XlsxWriter. Texts are always inline strings, so a text that starts with = + - @ can never run.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

ROW_LIMIT = 1_048_576
"""Rows of an Excel sheet, the head among them."""
PAGE_WIDTH = 190.0
"""Characters across a landscape page that are still read without a glass."""
TEXT_LIMIT = 32_767
"""Characters of an Excel cell."""

HEAD_FILL, HEAD_LINE = "#E3EFEE", "#0B6264"
RELIANCE, CHINA, NEUTRAL = "#2463A6", "#B14A0B", "#555C62"

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "align": "left", "indent": 1},
    "wrap": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "code": {"num_format": "@", "valign": "top", "align": "left", "indent": 1},
    "integer": {"num_format": "#,##0", "valign": "top"},
    "number": {"valign": "top"},
    "percent": {"num_format": "0.0", "valign": "top"},
    "money": {"num_format": "#,##0.00??", "valign": "top"},
    "amount": {"num_format": "#,##0.00", "valign": "top"},
    "index": {"num_format": "0.0", "valign": "top"},
    "mass": {"num_format": "#,##0.00????", "valign": "top"},
    "head": {"bold": True, "bg_color": HEAD_FILL, "bottom": 2, "bottom_color": HEAD_LINE,
             "text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "head-number": {"bold": True, "bg_color": HEAD_FILL, "bottom": 2, "bottom_color": HEAD_LINE,
                    "text_wrap": True, "valign": "top", "align": "right"},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12},
    "quiet": {"font_color": "#555C62", "align": "left", "indent": 1},
    "quiet-wrap": {"font_color": "#555C62", "text_wrap": True, "valign": "top"},
}  # fmt: skip
FIGURES = ("integer", "number", "percent", "money", "amount", "index", "mass")
"""Styles that stand at the right of their cell, and so do their heads."""


class FastSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose data rows are XML that was made beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self.ready_rows: list[str] = []

    def _write_rows(self) -> None:
        super()._write_rows()
        for row in self.ready_rows:
            self.fh.write(row)


@dataclass(frozen=True, slots=True)
class Field:
    """One column to write.

    Attributes:
        style: name of a format; see `_FORMATS`.
        values: one per row; None or NaN leaves the cell blank, which means unknown.
        formula: one for all rows, with `[Heading]` for the cell of that column in the same row;
            the value is cached. `holds` says in which rows it gives exactly that value.
        formulas: one per row instead, '' where the value stands alone.
    """

    heading: str
    values: Sequence[Any]
    style: str = "text"
    width: float = 12.0
    formula: str = ""
    holds: Sequence[bool] | None = None
    formulas: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table was written: its columns by heading and its rows, as Excel sees them."""

    sheet: str
    letters: dict[str, str]
    first: int
    last: int

    def range(self, heading: str) -> str:
        """Absolute reference of one column's cells: 'By line'!$F$2:$F$900."""
        letter = self.letters[heading]
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.last}"

    def cell(self, heading: str, row: int) -> str:
        """Reference of one cell; `row` counts from 0 below the head."""
        return f"'{self.sheet}'!{self.letters[heading]}{self.first + row}"

    def part(self, heading: str, start: int, stop: int) -> str:
        """Absolute reference of rows `start` to `stop` (not included) of one column."""
        letter = self.letters[heading]
        return f"'{self.sheet}'!${letter}${self.first + start}:${letter}${self.first + stop - 1}"


def planned(sheet: str, fields: Sequence[Field], at: str = "A1") -> Placed:
    """Where `Book.table` puts these columns. Of two equal headings the later one is meant."""
    top, left = xl_cell_to_rowcol(at)
    letters = {field.heading: xl_col_to_name(left + at) for at, field in enumerate(fields)}
    count = len(fields[0].values) if fields else 0
    return Placed(sheet, letters, top + 2, top + 1 + max(count, 1))


class Book:
    """An XlsxWriter workbook with the styles of the report and the names of what was written."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        self._tables = 0

    def sheet(self, name: str, landscape: bool = True) -> FastSheet:
        """A new sheet, set up for printing on one page's width."""
        sheet: FastSheet = self.book.add_worksheet(name, FastSheet)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&L&F  &A&Rpage &P of &N")
        sheet.hide_gridlines(1)
        return sheet

    def table(
        self,
        sheet: FastSheet,
        fields: Sequence[Field],
        at: str = "A1",
        real: bool = True,
        freeze: int = 0,
    ) -> Placed:
        """Write a head and rows from cell `at` on; `freeze` columns stay in view with the head.

        `real` makes it an Excel table with filters (names of columns are made unique); else the
        sheet has an autofilter. Rows are ready XML, so nothing else may stand beside them.
        """
        top, left = xl_cell_to_rowcol(at)
        headings = _unique([field.heading for field in fields])
        count = len(fields[0].values) if fields else 0
        heads = [self.head(field.style) for field in fields]
        for column, (heading, field) in enumerate(zip(headings, fields, strict=True), start=left):
            sheet.write_string(top, column, heading, heads[column - left])
            sheet.set_column(column, column, field.width)
        bottom, right = top + max(count, 1), left + len(fields) - 1
        if real:
            self._tables += 1
            sheet.add_table(
                top, left, bottom, right,
                {"name": f"Table{self._tables}", "style": None, "columns": [
                    {"header": heading, "header_format": look}
                    for heading, look in zip(headings, heads, strict=True)]},
            )  # fmt: skip
        else:
            sheet.autofilter(top, left, bottom, right)
        sheet.freeze_panes(top + 1, left + freeze)
        sheet.repeat_rows(top)
        sheet.set_row(top, 44)
        wide = sum(field.width for field in fields)
        if wide > PAGE_WIDTH:
            # shrunk onto one page a wide sheet could not be read
            sheet.fit_to_pages(math.ceil(wide / PAGE_WIDTH), 0)
            if freeze:
                sheet.repeat_columns(left, left + freeze - 1)
        sheet.ready_rows.extend(self._rows(fields, top + 2, left))
        sheet.dim_rowmax = max(sheet.dim_rowmax or 0, bottom)
        sheet.dim_colmax = max(sheet.dim_colmax or 0, right)
        return planned(sheet.get_name(), fields, at)

    def head(self, style: str) -> Any:
        """The format of a head over cells of a style."""
        return self.formats["head-number" if style in FIGURES else "head"]

    def _rows(self, fields: Sequence[Field], first: int, left: int) -> Iterator[str]:
        letters = {field.heading: xl_col_to_name(left + at) for at, field in enumerate(fields)}
        columns = [
            self._cells(field, letters, xl_col_to_name(left + at), first)
            for at, field in enumerate(fields)
        ]
        # row by row: columns of finished cells would be as large again, and take long to let go
        for number, cells in enumerate(zip(*columns, strict=True), start=first):
            yield f'<row r="{number}">{"".join(cells)}</row>'

    def _cells(
        self, field: Field, letters: dict[str, str], letter: str, first: int
    ) -> Iterator[str]:
        style = self.formats[field.style]._get_xf_index()
        known: dict[str, str] = {}
        formulas = field.formulas or _filled(field, letters, first)
        for number, (value, formula) in enumerate(
            zip(field.values, formulas, strict=True), start=first
        ):
            yield _cell(f'r="{letter}{number}" s="{style}"', value, formula, known)


def _filled(field: Field, letters: dict[str, str], first: int) -> list[str]:
    """The column's formula for each row, '' where it does not hold."""
    count = len(field.values)
    if not field.formula:
        return [""] * count
    pieces = re.split(r"\[([^\]]+)\]", field.formula)
    pieces[1::2] = [f"\0{letters[heading]}" for heading in pieces[1::2]]
    made = []
    for at in range(count):
        if field.holds is not None and not field.holds[at]:
            made.append("")
            continue
        number = str(first + at)
        made.append("".join(f"{one[1:]}{number}" if one[:1] == "\0" else one for one in pieces))
    return made


def _cell(place: str, value: Any, formula: str, known: dict[str, str]) -> str:
    """One cell as XML; `known` keeps texts that were already escaped."""
    if isinstance(value, str):
        if not value and not formula:
            return ""
        ready = known.get(value)
        if ready is None:
            ready = known[value] = escaped(value)
        if formula:
            return f'<c {place} t="str"><f>{escaped(formula[1:])}</f><v>{ready}</v></c>'
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{ready}</t></is></c>'
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return f"<c {place}><f>{escaped(formula[1:])}</f></c>" if formula else ""
    if formula:
        return f"<c {place}><f>{escaped(formula[1:])}</f><v>{value!r}</v></c>"
    return f"<c {place}><v>{value!r}</v></c>"


_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNSAFE = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x(?=[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """A text for a sheet's XML: marks escaped, control characters as Excel does, cut to fit."""
    if len(text) > TEXT_LIMIT:
        text = f"{text[: TEXT_LIMIT - 1]}…"
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    mark = found.group()
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    if mark == "_x":
        return "_x005F_x"
    return "�" if "\ud800" <= mark <= "\udfff" else f"_x{ord(mark):04X}_"


def _unique(headings: Sequence[str]) -> list[str]:
    """Headings as Excel tables need them: none blank, none twice (letter case does not count)."""
    made: list[str] = []
    seen: set[str] = set()
    for at, heading in enumerate(headings, start=1):
        base = heading.strip() or f"Column {at}"
        name, number = base, 2
        while name.casefold() in seen:
            name, number = f"{base} ({number})", number + 1
        seen.add(name.casefold())
        made.append(name)
    return made
