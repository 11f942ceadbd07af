"""Tables in markup that carries a spreadsheet's name: HTML exports, web archives as SAP and Excel
write them, SpreadsheetML 2003 and flat OpenDocument."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bomexposure.model.errors import WorkbookError

Tables = list[tuple[str, list[list[str | float]]]]
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MEND = "Open it in Excel, save it as .xlsx, and open that file here."


class _TableReader(HTMLParser):
    """Collects the cells of tables; a cell over several columns or rows fills its first only.

    The places below a cell over several rows stay blank, so that the cells beside keep theirs.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str | float]]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._rows = 1
        self._held: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and not (self.tables and self._cell is not None):
            self.tables.append([])
            self._held = {}
        elif tag == "tr" and self.tables:
            self._close()
            self.tables[-1].append([])
            self._held = {column: left - 1 for column, left in self._held.items() if left > 1}
        elif tag in ("td", "th") and self.tables:
            self._close()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._cell = []
            self._span, self._rows = _count(attrs, "colspan"), _count(attrs, "rowspan")
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None:
            text = "".join(self._cell).replace("\xa0", " ").strip()
            row = self.tables[-1][-1]
            while len(row) in self._held:
                row.append("")
            if self._rows > 1:
                # one more than the rows below: the next row takes one off before it looks
                held = dict.fromkeys(range(len(row), len(row) + self._span), self._rows)
                self._held |= {column: left for column, left in held.items() if left > 1}
            row.extend([text, *[""] * (self._span - 1)])
        self._cell = None


def _count(attrs: list[tuple[str, str | None]], name: str) -> int:
    text = dict(attrs).get(name) or "1"
    return max(min(int(text), 1000), 1) if text.isdigit() else 1


def html_tables(text: str) -> Tables:
    """Every table that is not empty, named by its number."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    found = [table for table in reader.tables if any(any(cell for cell in row) for row in table)]
    return [(f"Table {number}", rows) for number, rows in enumerate(found, start=1)]


def archived_html(data: bytes) -> str:
    """The pages of a web archive (.mht, "Excel (in MHTML format)") one after the other."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            if isinstance(content, bytes):
                try:
                    pages.append(content.decode(charset, errors="replace"))
                except LookupError:
                    pages.append(content.decode("utf-8", errors="replace"))
    return "\n".join(pages)


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_ROOT = re.compile(rb"<(/?)office:document(?=[\s>])")


def packed_opendocument(data: bytes) -> bytes:
    """Flat OpenDocument (.fods) as the package that readers expect."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", _ROOT.sub(rb"<\1office:document-content", data))
    return made.getvalue()


def spreadsheet_xml(data: bytes) -> Tables:
    """The worksheets of an Excel 2003 XML file. Raises WorkbookError when it is broken."""
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        raise WorkbookError("The XML spreadsheet is damaged.", _MEND) from None
    tables: Tables = []
    for sheet in root.iter(f"{_SS}Worksheet"):
        rows: list[list[str | float]] = []
        for row in sheet.iter(f"{_SS}Row"):
            _pad(rows, row, [])
            cells: list[str | float] = []
            for cell in row.iter(f"{_SS}Cell"):
                _pad(cells, cell, "")
                cells.append(_value(cell))
                cells.extend([""] * min(int(cell.get(f"{_SS}MergeAcross", "0")), 1000))
            rows.append(cells)
        tables.append((sheet.get(f"{_SS}Name", ""), rows))
    return tables


def _pad(
    into: list[list[str | float]] | list[str | float], element: Element, blank: object
) -> None:
    index = int(element.get(f"{_SS}Index", "0"))
    if index > 1_048_576:
        raise WorkbookError("The XML spreadsheet is damaged.", _MEND)
    while len(into) < index - 1:
        into.append(blank)  # type: ignore[arg-type]


def _value(cell: Element) -> str | float:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    if data.get(f"{_SS}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text
