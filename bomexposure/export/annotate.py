"""A copy of the user's own workbook with columns added and nothing else changed.

An .xlsx or .xlsm is a zip of XML parts. The copy takes every part as it stands (styles, charts,
pictures, macros, other sheets) and adds cells only at the end of the rows of the sheets that were
read, so that not even what a spreadsheet library does not know is lost. Other formats cannot be
written; their cells go into a new .xlsx, and an issue says so.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pandas as pd
import xlsxwriter
from defusedxml import ElementTree
from xlsxwriter.utility import xl_col_to_name

from bomexposure.export.annotation import FIGURES, HEADINGS, WIDTHS, added_columns
from bomexposure.export.sheets import HEAD_FILL, escaped
from bomexposure.intake.workbook import open_workbook
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES, SheetRead
from bomexposure.model.choices import Reading
from bomexposure.model.errors import OutputError
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.whole_file import refuse_input, write_whole

COLUMN_LIMIT = 16_384
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_NUMBER = re.compile(rb'\br="(\d+)"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"([^>]*)>')
_PLAIN = re.compile(r"^\d+(\.\d+)?$")
_STYLE = re.compile(rb'\bs="(\d+)"')


def write_annotated(
    analysis: Analysis, workbook: Path, target: Path, progress: Progress = SILENT
) -> pd.DataFrame:
    """Write the annotated copy of `workbook` to `target`, whole or not at all.

    `workbook` must be the file that was analyzed. Returns ISSUES that say what a copy could not
    keep. Raises OutputError, and WorkbookError when the workbook cannot be read any more.
    """
    refuse_input(target, workbook)
    progress.step("Writing the annotated copy", 0, 2)
    if analysis.bom.format in ("xlsx", "xlsm"):
        data = _as_it_was_read(analysis, workbook)
        try:
            made = annotated_zip(analysis, data, target.suffix.lower())
            issues = ISSUES.empty()
        except _NotPlainError:
            made, issues = rewritten(analysis, workbook), _not_kept(analysis)
    else:
        made, issues = rewritten(analysis, workbook), _not_kept(analysis)
    progress.step("Writing the annotated copy", 1, 2)
    write_whole(target, made)
    progress.step("Writing the annotated copy", 2, 2)
    return issues


def _as_it_was_read(analysis: Analysis, workbook: Path) -> bytes:
    """The workbook's bytes, if they are those that were analyzed: else rows would be mixed up."""
    try:
        data = workbook.read_bytes()
    except FileNotFoundError as fault:
        raise OutputError(f"{workbook.name} is no longer there.", "Open the BOM again.") from fault
    except OSError as fault:
        raise OutputError(
            f"{workbook.name} cannot be read any more: {fault.strerror or fault}.",
            "Look whether its drive is connected and the file free, and try again.",
        ) from fault
    if hashlib.sha256(data).hexdigest() != analysis.bom.sha256:
        raise OutputError(
            f"{workbook.name} was changed since it was read, so the findings would stand beside "
            "other rows.",
            "Read the file again, then write the copy.",
        )
    return data


class _NotPlainError(Exception):
    """The package is written in a way that adding cells in place does not understand."""


def _not_kept(analysis: Analysis) -> pd.DataFrame:
    return ISSUES.conform(
        {
            "severity": ["note"],
            "code": ["copy-without-formats"],
            "value": [analysis.bom.file],
            "text": [
                f"A file of the format {analysis.bom.format} cannot be written in place: the copy "
                "is a new .xlsx with the cells' values, without formats and formulas."
            ],
            "mend": ["Save the BOM as .xlsx in Excel, and annotate that file."],
        }
    )


def annotated_zip(analysis: Analysis, data: bytes, suffix: str = ".xlsx") -> bytes:
    """The workbook's bytes with our columns at the end of the rows that were read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = _sheet_parts(old)
        macros = "xl/vbaProject.bin" in old.namelist()
        if macros and suffix != ".xlsm":
            raise OutputError(
                f"{analysis.bom.file} holds macros, so its copy cannot be an {suffix} file.",
                "Give the copy a name that ends in .xlsm.",
            )
        columns = added_columns(analysis)
        edited = {}
        for read in analysis.bom.read:
            part = parts.get(read.sheet)
            if part is None:
                raise _NotPlainError
            edited[part] = _edited(old.read(part), analysis, read, columns)
        for entry in old.infolist():
            content = edited.get(entry.filename)
            new.writestr(entry, old.read(entry) if content is None else content,
                         compress_type=entry.compress_type)  # fmt: skip
    return out.getvalue()


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> path of its XML in the package."""
    names = package.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        raise _NotPlainError
    relations = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    made = {}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        target = relations.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if path in names:
            made[sheet.get("name", "")] = path
    return made


def _edited(
    xml: bytes, analysis: Analysis, read: SheetRead, columns: Sequence[Sequence[str]]
) -> bytes:
    """The sheet's XML with cells added to the header row and to the rows of its lines."""
    start, stop = xml.find(b"<sheetData"), xml.find(b"</sheetData>")
    if start < 0 or stop < 0:
        raise _NotPlainError
    body = xml[start:stop]
    widest, head_style = _extent(body, read.header_row)
    first = widest + 1
    if first + len(columns) > COLUMN_LIMIT:
        raise OutputError(
            f"{analysis.bom.file}: no column is free at the right of the sheet.",
            "Clear the last columns of the sheet, and annotate again.",
        )
    letters = [xl_col_to_name(first + at) for at in range(len(columns))]
    lines = analysis.bom.lines
    own = (lines["sheet"] == read.sheet).to_numpy()
    rows = lines["row"].tolist()
    words: dict[int, list[str]] = {}
    if read.header_row > 0:
        words[read.header_row] = list(HEADINGS)
    for at in own.nonzero()[0].tolist():
        # of two lines out of one row the first stands in the sheet
        words.setdefault(rows[at], [column[at] for column in columns])
    made = _added(body, words, letters, read.header_row, head_style)
    head = _with_widths(_with_dimension(xml[:start], letters[-1]), first)
    return head + made + xml[stop:]


def _extent(body: bytes, header_row: int) -> tuple[int, bytes]:
    """The last used column (0-based) of the sheet, and the style of the last head cell."""
    widest, style = -1, b""
    seen: dict[bytes, int] = {}
    wanted = str(header_row).encode()
    for found in _CELL.finditer(body):
        letters, row, rest = found.groups()
        at = seen.get(letters)
        if at is None:
            at = seen[letters] = _column(letters)
        widest = max(widest, at)
        if row == wanted:
            own = _STYLE.search(found.group())
            style = own.group(1) if own else b""
        del rest
    if widest < 0:
        raise _NotPlainError
    return widest, style


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _added(
    body: bytes, words: dict[int, list[str]], letters: list[str], header_row: int, style: bytes
) -> bytes:
    """Rows of the sheet with our cells at their ends; rows that have no words stay as they are."""
    pieces, last = [], 0
    left = set(words)
    for found in _ROW.finditer(body):
        number = _NUMBER.search(found.group(1))
        if number is None:
            raise _NotPlainError
        row = int(number.group(1))
        told = words.get(row)
        if told is None or row not in left:
            continue
        left.discard(row)
        own = style if row == header_row else b""
        cells = _cells(told, letters, row, own.decode())
        attributes = re.sub(rb'\s+spans="[^"]*"', b"", found.group(1)).rstrip()
        pieces.append(body[last : found.start()])
        pieces.append(b"<row" + _spaced(attributes) + b">" + (found.group(2) or b"") + cells)
        pieces.append(b"</row>")
        last = found.end()
    if left:
        raise _NotPlainError
    pieces.append(body[last:])
    return b"".join(pieces)


def _spaced(attributes: bytes) -> bytes:
    return attributes if attributes[:1] in (b" ", b"\n", b"\t", b"") else b" " + attributes


def _cells(words: Sequence[str], letters: Sequence[str], row: int, style: str) -> bytes:
    look = f' s="{style}"' if style else ""
    return "".join(
        f'<c r="{letter}{row}"{look}><v>{word}</v></c>'
        if heading in FIGURES and _PLAIN.match(word)
        else f'<c r="{letter}{row}"{look} t="inlineStr"><is><t xml:space="preserve">{escaped(word)}'
        "</t></is></c>"
        for letter, word, heading in zip(letters, words, HEADINGS, strict=True)
        if word
    ).encode()


def _with_dimension(head: bytes, last: str) -> bytes:
    """The sheet's stated extent reaches our last column."""
    return re.sub(
        rb'(<dimension\b[^>]*\bref="[A-Z]+\d+:)[A-Z]+(\d+")',
        lambda found: found.group(1) + last.encode() + found.group(2),
        head,
        count=1,
    )


def _with_widths(head: bytes, first: int) -> bytes:
    """Widths for our columns, where the sheet says nothing about them yet."""
    told = [int(one) for one in re.findall(rb'<col\b[^>]*\bmax="(\d+)"', head)]
    if told and max(told) > first:
        return head
    ours = "".join(
        f'<col min="{first + at + 1}" max="{first + at + 1}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS)
    ).encode()
    if b"</cols>" in head:
        return head.replace(b"</cols>", ours + b"</cols>", 1)
    return head + b"<cols>" + ours + b"</cols>"


def rewritten(analysis: Analysis, workbook: Path) -> bytes:
    """The cells of a file that cannot be written in place, as a new .xlsx with our columns."""
    book = open_workbook(workbook, _reading(analysis), SILENT)
    out = io.BytesIO()
    new = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False},
    )  # fmt: skip
    new.set_properties({"created": pd.Timestamp(analysis.choices.as_of).to_pydatetime()})
    head = new.add_format({"bold": True, "bg_color": HEAD_FILL})
    reads = {read.sheet: read for read in analysis.bom.read}
    columns = added_columns(analysis)
    lines = analysis.bom.lines
    rows = lines["row"].tolist()
    taken: set[str] = set()
    for number, grid in enumerate(book.sheets, start=1):
        name = _sheet_name(grid.name or "BOM", number, taken)
        sheet = new.add_worksheet(name)
        for at, cells in enumerate(grid.columns):
            figures = cells.numbers[cells.codes]
            for row, (text, figure) in enumerate(
                zip(cells.all_texts().tolist(), figures.tolist(), strict=True)
            ):
                if figure == figure and text == f"{figure:g}":
                    sheet.write_number(row, at, figure)
                elif text:
                    sheet.write_string(row, at, text[:32_767])
        read = reads.get(grid.name) or (reads.get("") if len(book.sheets) == 1 else None)
        if read is None:
            continue
        first = grid.width
        for at, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(first + at, first + at, width)
            if read.header_row > 0:
                sheet.write_string(read.header_row - 1, first + at, heading, head)
        own = (lines["sheet"] == read.sheet).to_numpy().nonzero()[0]
        seen: set[int] = set()
        for line in own.tolist():
            row = rows[line] - 1
            if row in seen:
                continue
            seen.add(row)
            for at, column in enumerate(columns):
                word = column[line]
                if HEADINGS[at] in FIGURES and _PLAIN.match(word):
                    sheet.write_number(row, first + at, float(word))
                elif word:
                    sheet.write_string(row, first + at, word)
    new.close()
    return out.getvalue()


def _reading(analysis: Analysis) -> Reading:
    return Reading(
        encoding=analysis.choices.reading.encoding, delimiter=analysis.choices.reading.delimiter
    )


def _sheet_name(name: str, number: int, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, none of []:*?/\\, none twice."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip("'")[:31] or f"Sheet {number}"
    if clean.casefold() in taken:
        clean = f"{clean[:27]} {number}"
    taken.add(clean.casefold())
    return clean
