"""The files of a USGS data release as published: found, decoded and read as text rows.

Tolerant of what changes from year to year without changing meaning (folder or zip, gzip, encoding,
byte order mark, spacing and case of headers, order of columns); strict on everything else.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bomexposure.model.errors import ReferenceDataError

COMMODITIES = "commodities"
SALIENT = "salient"
RELIANCE = "reliance"
CONTROLS = "controls"
AGREEMENTS = "agreements"

_WANTED = {
    COMMODITIES: (re.compile(r"commodit(?:y|ies)_data", re.I), True),
    SALIENT: (re.compile(r"_t\d+_critical_minerals_salient", re.I), True),
    RELIANCE: (re.compile(r"_fig\d+_net_import_reliance", re.I), False),
    CONTROLS: (re.compile(r"_t\d+_country_export_control", re.I), False),
    AGREEMENTS: (re.compile(r"_t\d+_trade_agreement", re.I), False),
}
"""Kind of file -> (words in its name, whether the import needs it)."""

_HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    COMMODITIES: {
        "chapter": ("mcs chapter", "chapter"),
        "section": ("section",),
        "commodity": ("commodity",),
        "country": ("country",),
        "statistics": ("statistics", "statistic"),
        "detail": ("statistics detail", "statistic detail"),
        "unit": ("unit", "units"),
        "year": ("year",),
        "value": ("value",),
        "notes": ("notes",),
        "critical": ("is critical mineral *",),
    },
    SALIENT: {
        "name": ("critical mineral",),
        "year": ("year",),
        "unit": ("units", "unit"),
        "consumption": ("apparent consumption",),
        "reliance": ("net import reliance",),
        "first_source": ("primary import sources *", "primary import source *"),
        "leader": ("leading source country", "leading country"),
        "leader_output": ("leading country prod", "leading country production"),
        "leader_share": ("leading source precent world", "leading source percent world"),
        "world": ("world total prod", "world total production"),
    },
    CONTROLS: {
        "country": ("country",),
        "measure": ("control type",),
        "goods": ("commodity year", "commodity"),
        "source": ("data source", "source"),
    },
    AGREEMENTS: {
        "country": ("country",),
        "name": ("agreement",),
        "date": ("signing date",),
        "source": ("source",),
    },
    RELIANCE: {
        "name": ("commodity",),
        "printed": ("net import reliance pct *", "net import reliance percent *"),
        "sources": ("major import sources *",),
    },
}
"""Kind of file -> our column -> the headers under which it was published ("*" is any tail)."""

_OPTIONAL = {"notes", "critical", "sources", "first_source", "leader_output", "source"}
_ZIP_LIMIT = 200_000_000
"""Bytes that one file of a release may unpack to: releases are some 2 MB, a bomb is not."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One row of a published table: our column names, its place in the file."""

    number: int
    """Row number in the file, the header being row 1."""
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]


@dataclass(frozen=True, slots=True)
class Release:
    """A release, read.

    Attributes:
        year: the year in its file names, such as "2026".
        tables: kind -> rows, for the files that were found.
        files: kind -> file name as published.
        ignored: names of the files that are not used.
    """

    year: str
    tables: dict[str, list[ReleaseRow]]
    files: dict[str, str]
    ignored: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"mcs{self.year}"


def read_release(path: Path) -> Release:
    """The release in a folder or zip.

    Raises ReferenceDataError when the path is neither, when the commodity table or the table of
    critical minerals is not in it, or when a file lacks a column that is needed.
    """
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    ignored: list[str] = []
    for name, read in _files(path):
        kind = _kind(name)
        if kind is None or kind in names:
            ignored.append(name)
            continue
        names[kind], contents[kind] = name, read
    for kind, (_, needed) in _WANTED.items():
        if needed and kind not in names:
            raise ReferenceDataError(
                f"{path.name} holds no USGS table with '{_WANTED[kind][0].pattern}' in its name.",
                "Give the folder or zip of the data release of the Mineral Commodity Summaries.",
            )
    years = {found.group(1) for name in names.values() if (found := re.search(r"(20\d\d)", name))}
    if len(years) != 1:
        raise ReferenceDataError(
            f"The year of the release in {path.name} cannot be told from its file names.",
            "Keep the files' published names, such as MCS2026_Commodities_Data.csv.",
        )
    tables = {kind: _rows(kind, names[kind], contents[kind]) for kind in names}
    return Release(years.pop(), tables, names, tuple(sorted(ignored)))


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Base name and bytes of each file, gzip opened; in name order."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and _kind(file.name) is not None:
                yield _opened(file.name, file.read_bytes())
            elif file.is_file():
                yield file.name, b""
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for entry in sorted(packed.infolist(), key=lambda one: one.filename):
                name = PurePosixPath(entry.filename).name
                if entry.is_dir() or name.startswith("._"):
                    continue
                if _kind(name) is None:
                    yield name, b""
                elif entry.file_size > _ZIP_LIMIT:
                    raise ReferenceDataError(
                        f"{name} unpacks to {entry.file_size:,} bytes, more than a release holds.",
                        "Download the release again.",
                    )
                else:
                    yield _opened(name, packed.read(entry))
    elif path.exists():
        raise ReferenceDataError(
            f"{path.name} is neither a folder nor a zip file.",
            "Give the folder or zip of the data release of the Mineral Commodity Summaries.",
        )
    else:
        raise ReferenceDataError(f"{path.name} does not exist.", "Check the path.")


def _opened(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.lower().endswith(".gz"):
        return name, content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            opened = packed.read(_ZIP_LIMIT + 1)
    except (OSError, EOFError) as fault:
        raise ReferenceDataError(
            f"{name} cannot be unpacked ({fault}).", "Download it again."
        ) from None
    if len(opened) > _ZIP_LIMIT:
        raise ReferenceDataError(
            f"{name} unpacks to more than a release holds.", "Download it again."
        )
    return name[:-3], opened


def _kind(name: str) -> str | None:
    lower = name.lower().removesuffix(".gz")
    if not lower.endswith(".csv"):
        return None
    return next((kind for kind, (words, _) in _WANTED.items() if words.search(lower)), None)


def _text(content: bytes) -> str:
    """UTF-8 with or without byte order mark, UTF-16 with one, else the Windows code page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(kind: str, name: str, content: bytes) -> list[ReleaseRow]:
    lines = csv.reader(io.StringIO(_text(content), newline=""))
    header = next(lines, [])
    places = _places(kind, name, header)
    rows = []
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            rows.append(
                ReleaseRow(
                    number,
                    {
                        ours: " ".join(cells[place].split()) if place < len(cells) else ""
                        for ours, place in places.items()
                    },
                )
            )
    return rows


def _places(kind: str, name: str, header: list[str]) -> dict[str, int]:
    """Our column -> its place in the header; a needed column that is absent is an error.

    Of two columns with one header the last counts: the release of 2026 prints the dates of
    agreements twice, the second time as ISO dates.
    """
    plain = [" ".join(re.sub(r"[^a-z0-9]+", " ", cell.lower()).split()) for cell in header]
    places: dict[str, int] = {}
    for ours, published in _HEADERS[kind].items():
        for words in published:
            start = words.removesuffix(" *")
            fits = [
                place
                for place, cell in enumerate(plain)
                if cell == words or (words.endswith(" *") and cell.startswith(start))
            ]
            if fits:
                places[ours] = fits[-1]
                break
        else:
            if ours not in _OPTIONAL:
                raise ReferenceDataError(
                    f"{name} has no column '{published[0]}'; its columns are "
                    f"{', '.join(cell.strip() for cell in header) or 'none'}.",
                    "The release has a new layout: a newer version of the program is needed.",
                )
    return places
