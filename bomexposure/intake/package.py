"""What the fast reader does not tell of an .xlsx sheet, from one pass over its XML.

Real extent (a cell at XFD1048576 makes the reader ask for 549 GB and abort the process), hidden
rows, outline levels, formulas without a stored result, and what number formats show: leading
zeros, percent, currencies, units, indentation.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bomexposure.intake.facts import SheetFacts
from bomexposure.intake.letters import column_of
from bomexposure.intake.units import currency_code
from bomexposure.intake.words import unit_key, unit_words

MOST_CELLS = 80_000_000
"""Largest area read, blank cells included: about 3 GB in the reader."""
MOST_BYTES = 3_000_000_000
"""Largest sheet XML unpacked."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_OUTLINE = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\boutlineLevel="([1-9])")[^>]*?\br="(\d+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"')
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class Format:
    """What a cell style shows beside the number."""

    zeros: int = 0
    percent: bool = False
    currency: str = ""
    unit: str = ""
    indent: int = 0


def xlsx_facts(data: bytes) -> dict[str, SheetFacts]:
    """Sheet name -> facts. Raises zipfile and XML errors for packages that are damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        formats = _formats(archive)
        facts = {}
        for name, part in sheet_parts(archive).items():
            if archive.getinfo(part).file_size > MOST_BYTES:
                raise OverflowError(name)
            facts[name] = _facts(archive.read(part), formats)
        return facts


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> name of its XML part, in the order of the workbook."""
    book_part = "xl/workbook.xml"
    book = _parse(archive.read(book_part))
    relations = _parse(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    found = {}
    for sheet in _descendants(book, "sheet"):
        key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            found[sheet.get("name", "")] = part
    return found


def _parse(xml: bytes) -> Element:
    try:
        return fromstring(xml)
    except (ParseError, DefusedXmlException) as fault:
        raise zipfile.BadZipFile(str(fault)) from None


def _descendants(root: Element, tag: str) -> list[Element]:
    return [e for e in root.iter() if e.tag in (f"{_MAIN}{tag}", f"{_STRICT}{tag}")]


_BUILT_IN = {9: "0%", 10: "0.00%"}


def _formats(archive: zipfile.ZipFile) -> dict[int, Format]:
    """Style index -> what it shows; only styles that show something are listed."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = _parse(archive.read("xl/styles.xml"))
    codes = dict(_BUILT_IN)
    for number in _descendants(root, "numFmt"):
        if number.get("numFmtId", "").isdigit():
            codes[int(number.get("numFmtId", "0"))] = number.get("formatCode", "")
    found = {}
    for block in _descendants(root, "cellXfs"):
        for index, style in enumerate(block):
            code = codes.get(int(style.get("numFmtId", "0") or 0), "")
            alignment = next((child for child in style if child.tag.endswith("}alignment")), None)
            indent = alignment.get("indent", "0") if alignment is not None else "0"
            shown = _shown(code, int(indent) if indent.isdigit() else 0)
            if shown != Format():
                found[index] = shown
    return found


def _shown(code: str, indent: int) -> Format:
    first = code.split(";")[0]
    zeros = len(first) if re.fullmatch(r"0{2,30}", first) else 0
    literals = re.findall(r'"([^"]+)"', first) + re.findall(r"\[\$([^\]-]+)", first)
    literals += re.findall(r"[$€£¥￥₩₹₽₺]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", first))
    currency = unit = ""
    for literal in literals:
        # which dollar or peso a bare sign means is for the sheet's other words to say
        bare = literal.strip() == "$" and "[$$-409]" not in first
        currency = currency or ("$" if bare else currency_code(literal.strip()))
        if not currency and unit_key(literal.strip(" /")) in unit_words():
            unit = unit or literal.strip(" /")
    return Format(zeros, "%" in first, currency, unit, indent)


def _facts(xml: bytes, formats: dict[int, Format]) -> SheetFacts:
    rows, columns = _extent(xml)
    uncached: tuple[tuple[int, int], ...] = ()
    if b"<f" in xml or b":f" in xml:
        uncached = tuple(
            (int(m.group(2)) - 1, column_of(m.group(1).decode())) for m in _UNCACHED.finditer(xml)
        )
    zeros: dict[tuple[int, int], int] = {}
    percents: set[tuple[int, int]] = set()
    currencies: dict[int, str] = {}
    units: dict[int, str] = {}
    indents: dict[int, dict[int, int]] = {}
    if formats:
        styles = b"|".join(str(index).encode() for index in sorted(formats))
        styled = re.compile(
            rb'<(?:\w+:)?c\s+r="([A-Z]{1,3})(\d+)"\s+s="(' + styles + rb')"[^>]*?(/?)>'
        )
        for found in styled.finditer(xml):
            shown = formats[int(found.group(3))]
            column, row = column_of(found.group(1).decode()), int(found.group(2)) - 1
            if shown.indent:
                indents.setdefault(column, {})[row] = shown.indent
            if found.group(4):
                continue
            if shown.zeros:
                zeros[row, column] = shown.zeros
            if shown.percent:
                percents.add((row, column))
            if shown.currency:
                currencies.setdefault(column, shown.currency)
            if shown.unit:
                units.setdefault(column, shown.unit)
    return SheetFacts(
        rows=rows,
        columns=columns,
        hidden=frozenset(int(m.group(1)) - 1 for m in _HIDDEN.finditer(xml)) if b"hidden=" in xml else frozenset(),  # noqa: E501
        outline={int(m.group(2)) - 1: int(m.group(1)) for m in _OUTLINE.finditer(xml)}
        if b"outlineLevel=" in xml
        else {},
        uncached=uncached,
        zeros=zeros,
        percents=frozenset(percents),
        currencies=currencies,
        units=units,
        indents=indents,
    )  # fmt: skip


def _extent(xml: bytes) -> tuple[int, int]:
    """One past the last row and column that hold a cell; the column is an upper bound of its
    number of letters unless the sheet could be too large with it."""
    tail = xml.rfind(b"<row ")
    last = _ROW.match(xml, tail) if tail >= 0 else None
    rows = int(last.group(1)) if last else 0
    columns = _last_column(xml, 3) or 702
    if columns == 702 and rows * columns > MOST_CELLS:
        columns = _last_column(xml, 2) or 26
    return rows, columns


def _last_column(xml: bytes, letters: int) -> int:
    """One past the largest column among cell references of so many letters; 0 where none is.

    Works on chunks of bytes in numpy: a regular expression needs twenty times as long.
    """
    size, overlap, largest = 1 << 24, 8, 0
    for start in range(0, len(xml), size):
        piece = np.frombuffer(xml, np.uint8, min(size + overlap, len(xml) - start), start)
        if len(piece) < overlap:
            break
        at = np.flatnonzero(piece[3 : 3 - overlap] == ord('"'))
        at = at[(piece[at + 1] == ord("r")) & (piece[at + 2] == ord("=")) & (piece[at] == ord(" "))]
        third = piece[at + 3 + letters]
        at = at[(third >= ord("A")) & (third <= ord("Z"))]
        names = {bytes(piece[i + 4 : i + 4 + letters]) for i in at[:200_000]}
        found = [column_of(name.decode("ascii")) + 1 for name in names if name.isalpha()]
        largest = max([largest, *found])
    return largest


def without_far_cells(data: bytes, facts: dict[str, SheetFacts]) -> tuple[bytes, dict[str, str]]:
    """The package with far cells removed from sheets too large to read, and what was removed.

    A sheet is cut after the last row and column before the widest gap that brings it under
    MOST_CELLS. Returns sheet name -> the far cells in words.
    """
    large = [name for name, fact in facts.items() if fact.rows * fact.columns > MOST_CELLS]
    if not large:
        return data, {}
    removed: dict[str, str] = {}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as copy:
        parts = {part: name for name, part in sheet_parts(archive).items() if name in large}
        for info in archive.infolist():
            xml = archive.read(info.filename)
            if info.filename in parts:
                xml, far = _cut(xml)
                if far:
                    removed[parts[info.filename]] = far
            copy.writestr(info.filename, xml)
    return made.getvalue(), removed


def _cut(xml: bytes) -> tuple[bytes, str]:
    found = [(column_of(m.group(1).decode()), int(m.group(2)) - 1) for m in _CELL.finditer(xml)]
    if not found:
        return xml, ""
    columns, rows = np.array(found, dtype=np.int64).T
    last_row, last_column = _dense_end(rows), _dense_end(columns)
    far = (rows > last_row) | (columns > last_column)
    if not far.any() or (last_row + 1) * (last_column + 1) > MOST_CELLS:
        return xml, ""
    cell = re.compile(
        rb'<((?:\w+:)?c)\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*?(?:/>|>.*?</\1>)', re.DOTALL
    )

    def keep(match: re.Match[bytes]) -> bytes:
        inside = (
            column_of(match.group(2).decode()) <= last_column
            and int(match.group(3)) - 1 <= last_row
        )
        return match.group(0) if inside else b""

    replace: Callable[[re.Match[bytes]], bytes] = keep
    return cell.sub(replace, xml), f"{int(far.sum())} far from the table"


def _dense_end(places: np.ndarray) -> int:
    """The last place before a gap of more than 1,000."""
    ordered = np.unique(places)
    gaps = np.flatnonzero(np.diff(ordered) > 1000)
    return int(ordered[gaps[0]]) if len(gaps) else int(ordered[-1])


_REPEATED = re.compile(rb'(table:number-(?:rows|columns)-repeated=")(\d{4,})(")')


def ods_without_far_cells(data: bytes) -> tuple[bytes, bool]:
    """An OpenDocument package in which long runs of like rows or columns are taken as one.

    Runs of a thousand and more are blank in practice; a cell beyond one would make the reader
    ask for all of it. Returns whether anything stood beyond such a run.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            return data, False
        xml = archive.read("content.xml")
        if not _REPEATED.search(xml):
            return data, False
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as copy:
            for info in archive.infolist():
                part = archive.read(info.filename)
                copy.writestr(
                    info.filename,
                    _REPEATED.sub(rb"\g<1>1\g<3>", part)
                    if info.filename == "content.xml"
                    else part,
                )
    beyond = any(
        b"<text:p" in xml[run.end() : xml.find(b"</table:table>", run.end())]
        for run in _REPEATED.finditer(xml)
    )
    return made.getvalue(), beyond


def xlsb_extent(data: bytes) -> int:
    """The largest area of any sheet of an .xlsb package, from its row headers and cells."""
    largest = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.bin", info.filename):
                largest = max(largest, _binary_area(archive.read(info)))
    return largest


def _binary_area(records: bytes) -> int:
    """Rows times columns of the cells in a binary sheet ([MS-XLSB] 2.1.4: type, size, content)."""
    at, rows, columns, end = 0, 0, 0, len(records)
    while at + 2 <= end:
        kind = records[at]
        at += 1
        if kind & 0x80:
            kind |= records[at] << 8
            at += 1
        size = shift = 0
        while at < end:
            byte = records[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if kind == 0 and size >= 4:
            rows = max(rows, int.from_bytes(records[at : at + 4], "little") + 1)
        elif 1 <= kind <= 11 and size >= 4:
            columns = max(columns, int.from_bytes(records[at : at + 4], "little") + 1)
        at += size
    return rows * columns
