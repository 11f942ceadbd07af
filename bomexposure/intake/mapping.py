"""Column mappings that a user confirmed, remembered by the header that they belong to.

One small JSON file per user; a single mapping can be saved apart and given to a colleague.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from bomexposure.intake.headers import display
from bomexposure.intake.words import squeeze
from bomexposure.model.bom import ROLES
from bomexposure.model.choices import Reading
from bomexposure.model.errors import OutputError, WorkbookError

SCHEMA = "bomexposure/mapping/1"
HOME = "BOMEXPOSURE_HOME"
"""Environment variable that moves the user's folder, for tests and shared machines."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Role -> header text, or '@C' for a column without header, for one set of headers.

    `header_row` is the Excel row in which these headers stand in the file at hand, 0 where the
    table is found without help; it is never kept.
    """

    signature: str
    headers: tuple[str, ...]
    columns: dict[str, str]
    name: str = ""
    header_row: int = 0


def signature(headers: Sequence[str]) -> str:
    """A short key of a header row; order, case and blanks do not matter, its words do."""
    folded = sorted(squeeze(header) for header in headers if header.strip())
    return hashlib.blake2b("\x1f".join(folded).encode(), digest_size=10).hexdigest()


def confirm(headers: Sequence[str], columns: Mapping[str, str], name: str = "") -> ColumnMapping:
    """The mapping that a user confirmed; unknown roles are a fault of the caller."""
    unknown = [role for role in columns if role not in ROLES]
    if unknown:
        raise ValueError(f"no such role: {', '.join(unknown)}")
    shown = tuple(display(header) for header in headers)
    return ColumnMapping(signature(headers), shown, dict(sorted(columns.items())), name)


def folder(home: Path | None = None) -> Path:
    """Where mappings are kept: `home`, else $BOMEXPOSURE_HOME, else the user's data folder."""
    if home is not None:
        return home
    moved = os.environ.get(HOME, "")
    return Path(moved) if moved else Path(platformdirs.user_data_dir("bomexposure", False))


def remember(mapping: ColumnMapping, home: Path | None = None) -> None:
    """Keep a mapping; it replaces the one for the same headers. Raises OutputError."""
    known = {kept.signature: kept for kept in remembered(home)}
    known[mapping.signature] = mapping
    _write(
        folder(home) / "mappings.json",
        {"schema": SCHEMA, "mappings": [_plain(known[key]) for key in sorted(known)]},
    )


def forget(key: str, home: Path | None = None) -> None:
    """Drop the mapping with this signature, if there is one."""
    kept = [mapping for mapping in remembered(home) if mapping.signature != key]
    _write(
        folder(home) / "mappings.json", {"schema": SCHEMA, "mappings": [_plain(m) for m in kept]}
    )


def remembered(home: Path | None = None) -> list[ColumnMapping]:
    """All mappings kept; a damaged file counts as none, since it only saves work."""
    path = folder(home) / "mappings.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [_mapping(entry) for entry in content["mappings"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def recall(headers: Sequence[str], home: Path | None = None) -> ColumnMapping | None:
    """The mapping confirmed for these headers, or None."""
    key = signature(headers)
    return next((mapping for mapping in remembered(home) if mapping.signature == key), None)


def save(mapping: ColumnMapping, path: Path) -> None:
    """Write one mapping as a file to share. Raises OutputError."""
    _write(path, {"schema": SCHEMA, "mappings": [_plain(mapping)]})


def load(path: Path) -> ColumnMapping:
    """A mapping that somebody shared. Raises WorkbookError where the file is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            raise ValueError(content["schema"])
        return _mapping(content["mappings"][0])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise WorkbookError(
            f"{path.name} is not a column mapping.", "Choose a mapping file saved by this program."
        ) from None


def applied(reading: Reading, mapping: ColumnMapping) -> Reading:
    """The reading with the mapping's columns; what the user set for this file wins."""
    return Reading(
        sheet=reading.sheet,
        header_row=reading.header_row or mapping.header_row,
        columns={**mapping.columns, **reading.columns},
        cells=reading.cells,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
    )


def _plain(mapping: ColumnMapping) -> dict[str, Any]:
    return {
        "signature": mapping.signature,
        "name": mapping.name,
        "headers": list(mapping.headers),
        "columns": mapping.columns,
    }


def _mapping(entry: dict[str, Any]) -> ColumnMapping:
    columns = {str(role): str(header) for role, header in entry["columns"].items() if role in ROLES}
    headers = tuple(str(header) for header in entry["headers"])
    return ColumnMapping(signature(headers), headers, columns, str(entry.get("name", "")))


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"{path.name} cannot be written ({fault.strerror}).", "Choose another folder."
        ) from None
