"""What a drag or the clipboard carries: files, or a table as text."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtCore import QMimeData

SEPARATORS = "\t;,|"


def files_in(mime: QMimeData) -> list[Path]:
    """The local files; addresses of anything else are left out."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def table_in(mime: QMimeData | None) -> tuple[str, str] | None:
    """A table as text, and the ending that its form has; None where there is no table.

    Cells of a spreadsheet come as text with tabs, and those are read as they are. Copied from a
    page a row may break into several lines; then the page's own table is taken.
    """
    if mime is None:  # some desktops give an empty clipboard so
        return None
    text = mime.text() if mime.hasText() else ""
    page = mime.html() if mime.hasHtml() else ""
    paged = "<table" in page.casefold()
    if "\t" in text and (not paged or _even(text)):
        return (text, ".tsv") if "\n" in text.strip() else None
    if paged:
        return page, ".html"
    if "\n" in text.strip() and any(one in text for one in SEPARATORS):
        return text, ".csv"
    return None


def _even(text: str) -> bool:
    """Whether every row has as many cells as the first; a quoted cell may hold line breaks."""
    try:
        counts = {len(row) for row in csv.reader(text.splitlines(True), delimiter="\t") if row}
    except csv.Error:
        return False
    return len(counts) == 1 and max(counts) > 1
