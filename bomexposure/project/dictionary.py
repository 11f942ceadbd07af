"""A company dictionary: the user's own CSV that maps part numbers or words to materials."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from bomexposure.model.choices import DictionaryEntry
from bomexposure.model.errors import ProjectError

KINDS = ("part_number", "pattern", "words")
HEADER = ("kind", "text", "subject", "note")


def read_dictionary(path: Path) -> tuple[DictionaryEntry, ...]:
    """Read `kind,text,subject,note` rows (comma or semicolon, UTF-8). Raises ProjectError.

    The message names the row and the value, since a wrong row in a dictionary is wrong everywhere.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise ProjectError(
            f"{path.name} cannot be read: {fault.strerror or fault}.", "Check the name."
        ) from fault
    except UnicodeDecodeError as fault:
        raise ProjectError(
            f"{path.name} is not UTF-8 text (byte {fault.start}).",
            "Save it as “CSV UTF-8” in the spreadsheet program.",
        ) from fault
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
    if not {"kind", "text", "subject"} <= set(names):
        raise ProjectError(
            f"{path.name} has the columns {', '.join(names) or 'none'}.",
            f"It needs the columns {', '.join(HEADER)} in its first row.",
        )
    rows.fieldnames = names
    entries = []
    for number, row in enumerate(rows, start=2):
        kind, words, subject = (
            (row.get(name) or "").strip() for name in ("kind", "text", "subject")
        )
        if not (kind or words or subject):
            continue
        if kind not in KINDS:
            raise ProjectError(
                f"{path.name}, row {number}, column kind: “{kind}” is not known.",
                f"Write one of {', '.join(KINDS)}.",
            )
        if not words or not subject:
            raise ProjectError(
                f"{path.name}, row {number}: text or subject is empty.",
                "Fill both, or delete the row.",
            )
        entries.append(DictionaryEntry(kind, words, subject, (row.get("note") or "").strip()))
    return tuple(entries)
