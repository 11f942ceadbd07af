"""From a file to sheets: the format is judged by content, never by name."""

from __future__ import annotations

import hashlib
import io
import logging
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import python_calamine

from bomexposure.intake import fixed, markup, mixed, package, quotes, records, textfile, written
from bomexposure.intake.facts import NO_FACTS, SheetFacts
from bomexposure.intake.grid import Grid
from bomexposure.intake.quiet import quiet_reader
from bomexposure.model.choices import Reading
from bomexposure.model.errors import WorkbookError
from bomexposure.model.progress import Progress

log = logging.getLogger(__name__)

_DELIMITER_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "pipe"}
_SAVE_AGAIN = "Open it in Excel or LibreOffice, save it as .xlsx, and open that file here."


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets with what was found out about its form."""

    file: str
    sha256: str
    format: str
    encoding: str
    delimiter: str
    sheets: tuple[Grid, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with a text file and was read all the same; rows as Excel counts."""

    code: str
    text: str
    mend: str
    rows: tuple[int, ...] = ()


def open_workbook(path: Path, reading: Reading, progress: Progress) -> Workbook:
    """Read every sheet of `path`. Raises WorkbookError with a remedy where that cannot be done."""
    progress.step("Opening the file", 0, 0)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        mend = "Check the name and folder."
        if str(path) == "-":
            mend = "A BOM is not read from standard input: name its file."
        raise WorkbookError(f"There is no file {path.name}.", mend) from None
    except IsADirectoryError:
        raise WorkbookError(f"{path.name} is a folder.", "Name the BOM file inside it.") from None
    except PermissionError:
        raise WorkbookError(
            f"{path.name} may not be read.",
            "Close it in other programs and check your rights to it.",
        ) from None
    except OSError as fault:
        raise WorkbookError(
            f"{path.name} cannot be read ({fault.strerror}).", "Check the disk."
        ) from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise WorkbookError(f"{path.name} is empty.", "Export the BOM again and open the new file.")
    return from_bytes(data, path.name, reading, progress)


def from_bytes(data: bytes, name: str, reading: Reading, progress: Progress) -> Workbook:
    """As `open_workbook`, from the file's bytes."""
    digest = hashlib.sha256(data).hexdigest()
    kind = kind_of(data, name)
    if kind == "text":
        return from_text_bytes(data, name, digest, reading)
    if kind == "json":
        return _from_records(data, name, digest, reading)
    if kind == "fods":
        kind, data = "ods", markup.packed_opendocument(data)
    if kind in ("html", "mht", "xml"):
        text, encoding = textfile.decode(data, reading.encoding)
        if kind == "xml":
            tables = markup.spreadsheet_xml(data)
        else:
            tables = markup.html_tables(text if kind == "html" else markup.archived_html(data))
        sheets = tuple(Grid.of(title, rows) for title, rows in tables)
        return Workbook(name, digest, kind, encoding, "", sheets)
    return Workbook(name, digest, kind, "", "", _calamine_sheets(data, name, kind, progress))


def _from_records(data: bytes, name: str, digest: str, reading: Reading) -> Workbook:
    text, encoding = textfile.decode(data, reading.encoding)
    rows = records.rows_of(text)
    if rows is None:
        raise WorkbookError(
            f"{name} is JSON without a list of records.",
            "Export the BOM as .xlsx or .csv, or as JSON with one object for each part.",
        )
    return Workbook(name, digest, "json", encoding, "", (Grid.of("", rows),))


def from_text_bytes(data: bytes, name: str, digest: str, reading: Reading) -> Workbook:
    pieces = None if reading.encoding else mixed.decode(data)
    if pieces is None:
        text, encoding = textfile.decode(data, reading.encoding)
        return from_text(text, name, digest, encoding, reading)
    book = from_text(pieces.text, name, digest, pieces.encoding, reading)
    fault = Fault(
        "encoding-mixed",
        f"This row is written in {pieces.other}, most others in {pieces.encoding}; it was read so.",
        "Check its accented letters, and save the file in one encoding, best UTF-8.",
        tuple(line + 1 for line in pieces.lines),
    )
    return replace(book, faults=(fault, *book.faults))


def from_text(text: str, name: str, digest: str, encoding: str, reading: Reading) -> Workbook:
    """A table in a text, such as one that was pasted."""
    if text.count("\ufffd") > 0.05 * len(text) or text.count("\x00") > 0.05 * len(text):
        raise WorkbookError(
            f"{name} is neither a spreadsheet nor a text table.",
            "Export the BOM as .xlsx or .csv and open that file.",
        )
    rows, delimiter = textfile.split(text, textfile.delimiter_named(reading.delimiter))
    by_tabs = delimiter == "\t" and textfile.aligned_by_tabs(rows)
    if not reading.delimiter and (by_tabs or _hardly_cut(rows)):
        columns = fixed.rows_of(text)
        if columns is not None:
            return Workbook(name, digest, "csv", encoding, "blanks", (Grid.of("", columns),))
        listed = written.rows_of(text) if len(text) < MOST_WRITTEN else None
        if listed is not None:
            return Workbook(name, digest, "text", encoding, "", (Grid.of("", listed),))
    faults: tuple[Fault, ...] = ()
    if text.count("\n") > len(rows) and '"' in text:
        text, places = quotes.close(text, delimiter)
        if places:
            rows, delimiter = textfile.split(text, delimiter)
            faults = (Fault(
                "quote-open",
                "A quotation mark in this row is never closed; it was left out.",
                "Remove the mark, or write inches as in.",
                tuple(place + 1 for place in places),
            ),)  # fmt: skip
    form = "tsv" if delimiter == "\t" else "csv"
    shown = _DELIMITER_NAMES.get(delimiter, delimiter)
    return Workbook(name, digest, form, encoding, shown, (Grid.of("", rows),), faults)


MOST_WRITTEN = 200_000
"""Characters of the longest text that could be a list written line by line."""


def _hardly_cut(rows: list[list[str]]) -> bool:
    """Whether most rows are one cell, so that the delimiter found is no delimiter of a table."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    used = [count for count in filled if count]
    return bool(used) and sum(count < 3 for count in used) >= 0.8 * len(used)


def kind_of(data: bytes, name: str) -> str:
    """'xlsx', 'xlsb', 'xls', 'ods', 'fods', 'html', 'mht', 'xml', 'json' or 'text'; WorkbookError
    for others that are known."""
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _ole_name("EncryptedPackage") in data or _ole_name("EncryptionInfo") in data:
            raise _locked(name)
        if _ole_name("Workbook") in data or _ole_name("Book") in data:
            return "xls"
        raise WorkbookError(f"{name} is an Office file, but not a spreadsheet.", _SAVE_AGAIN)
    for start, what in (
        (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"), (b"Rar!", "an archive"), (b"7z\xbc\xaf", "an archive"),
        (b"\x1f\x8b", "an archive"), (b"{\\rtf", "a text document"), (b"SQLite", "a database"),
    ):  # fmt: skip
        if data.startswith(start):
            raise WorkbookError(
                f"{name} is {what}, not a spreadsheet.",
                "Export the BOM as .xlsx or .csv from the program that made it.",
            )
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"):
        raise WorkbookError(f"{name} is in a very old Excel format.", _SAVE_AGAIN)
    first = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")) and data.rstrip().endswith(
        (b"}", b"]")
    ):
        return "json"
    if first.startswith(b"ID;P") and b"\nC;" in data[:8192]:
        raise WorkbookError(f"{name} is a SYLK file of an old spreadsheet program.", _SAVE_AGAIN)
    if _is_dbase(data):
        raise WorkbookError(f"{name} is a table of the database program dBase.", _SAVE_AGAIN)
    if b"mime-version" in data[:2000].lower() and b"multipart" in data[:4000].lower():
        return "mht"
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
        return "xml"
    if b"<office:document" in head and b"oasis.opendocument.spreadsheet" in head:
        return "fods"
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style")) or (
        b"<table" in head and head.startswith(b"<")
    ):
        return "html"
    if head.startswith(b"<?xml") and b"<table" not in head:
        raise WorkbookError(
            f"{name} is an XML data file, not a table.",
            "Export the BOM as .xlsx or .csv from the program that made it.",
        )
    if _binary(data[:65536]):
        raise WorkbookError(
            f"{name} is neither a spreadsheet nor a text table.",
            "Export the BOM as .xlsx or .csv and open that file.",
        )
    return "text"


def _is_dbase(data: bytes) -> bool:
    """Version, date of the last change, and the name of the first field, in their places."""
    dated = len(data) > 65 and 1 <= data[2] <= 12 and 1 <= data[3] <= 31
    field = data[32:43].rstrip(b"\x00")
    return dated and data[0] in (0x03, 0x30, 0x83, 0xF5) and field.isascii() and field.isalnum()


def _binary(data: bytes) -> bool:
    """Whether the bytes hold control characters as no text does, one in UTF-16 apart."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(data.count(bytes([code])) for code in (*range(1, 9), 11, *range(14, 26)))
    return control > 0.02 * len(data)


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = (
                archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
            )
            manifest = (
                archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise _damaged(name) from None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(part.startswith("xl/") for part in names):
        return "xlsx"
    if "opendocument.spreadsheet" in kind:
        if b"encryption-data" in manifest:
            raise _locked(name)
        return "ods"
    what = (
        "a Word document" if "word/document.xml" in names else "a zip archive or another document"
    )
    raise WorkbookError(
        f"{name} is {what}, not a spreadsheet.",
        "Unpack it, or copy the table into a spreadsheet, and open that.",
    )


def _ole_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def _locked(name: str) -> WorkbookError:
    return WorkbookError(
        f"{name} is protected by a password.",
        "Open it in Excel, remove the password (File, Info, Protect Workbook) and save a copy.",
    )


def _damaged(name: str) -> WorkbookError:
    return WorkbookError(f"{name} is damaged and cannot be read.", _SAVE_AGAIN)


def _prepared(
    data: bytes, name: str, kind: str
) -> tuple[bytes, dict[str, SheetFacts], dict[str, str]]:
    """The package without cells that stand too far out, what its sheets' settings say, and what
    had to be left out by sheet. Raises WorkbookError where the package does not open."""
    facts: dict[str, SheetFacts] = {}
    removed: dict[str, str] = {}
    try:
        if kind == "xlsx":
            facts = package.xlsx_facts(data)
            data, removed = package.without_far_cells(data, facts)
            if any(
                f.rows * f.columns > package.MOST_CELLS and n not in removed
                for n, f in facts.items()
            ):
                raise _too_large(name)
        elif kind == "ods":
            data, beyond = package.ods_without_far_cells(data)
            removed = (
                dict.fromkeys([""], "beyond a thousand blank rows or columns") if beyond else {}
            )
        elif kind == "xlsb" and package.xlsb_extent(data) > package.MOST_CELLS:
            raise _too_large(name)
    except OverflowError:
        raise _too_large(name) from None
    except _BROKEN as fault:
        log.info("%s: %s", type(fault).__name__, fault)
        raise _damaged(name) from None
    return data, facts, removed


_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, IndexError, EOFError, ValueError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What the standard library raises on archives whose bytes were changed; RuntimeError stands for
parts that say they are encrypted, ValueError for places before the beginning."""


def _calamine_sheets(data: bytes, name: str, kind: str, progress: Progress) -> tuple[Grid, ...]:
    data, facts, removed = _prepared(data, name, kind)
    try:
        with quiet_reader():
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        metadata = [m for m in book.sheets_metadata if str(m.typ).endswith("WorkSheet")]
        for number, sheet in enumerate(metadata):
            progress.step(f"Reading sheet {sheet.name}", number, len(metadata))
            with quiet_reader():
                opened = book.get_sheet_by_name(sheet.name)
                rows: list[list[Any]] = opened.to_python(skip_empty_area=False)
                merges = tuple(opened.merged_cell_ranges or ())
            fact = replace(facts.get(sheet.name, NO_FACTS), merges=merges)
            _show_formats(rows, fact)
            visible = str(sheet.visible).endswith("Visible")
            grid = Grid.of(sheet.name, rows, visible)
            note = removed.get(sheet.name, removed.get("", ""))
            sheets.append(replace(grid, facts=fact, note=note))
    except python_calamine.PasswordError:
        raise _locked(name) from None
    except (python_calamine.CalamineError, *_BROKEN) as fault:
        log.info("%s: %s", type(fault).__name__, fault)
        raise _damaged(name) from None
    except OverflowError:
        raise _too_large(name) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        # the reader's own fault on bytes that it did not expect (pyo3 hands it on like this)
        log.info("%s: %s", type(fault).__name__, fault)
        raise _damaged(name) from None
    return tuple(sheets)


def _show_formats(rows: list[list[Any]], facts: SheetFacts) -> None:
    """Write into the cells what their number formats show: leading zeros and percent."""
    for (row, column), digits in facts.zeros.items():
        if row < len(rows) and column < len(rows[row]):
            value = rows[row][column]
            if isinstance(value, float) and value.is_integer() and 0 <= value < 1e15:
                rows[row][column] = str(int(value)).zfill(digits)
    for row, column in facts.percents:
        if row < len(rows) and column < len(rows[row]):
            value = rows[row][column]
            if isinstance(value, float):
                rows[row][column] = f"{value * 100:.10g}%"


def _too_large(name: str) -> WorkbookError:
    return WorkbookError(
        f"A sheet of {name} reaches too far to be read: a cell stands far from the table.",
        "Select the blank rows and columns beyond the table, delete them, and save the file.",
    )
