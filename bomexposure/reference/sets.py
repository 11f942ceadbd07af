"""Data sets on disk: a folder of CSV files with a SOURCE.toml that says whose they are.

A set whose files do not have the hashes written in its SOURCE.toml is refused: a figure that was
changed by hand or cut short in copying must not look like the publisher's.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from bomexposure.model.errors import ReferenceDataError
from bomexposure.model.sources import SourceSet

SOURCE_FILE = "SOURCE.toml"
_MEND_SHIPPED = (
    "Install the program again; for a set of your own, run `bomexposure reference import` again."
)


@dataclass(frozen=True, slots=True)
class DataSet:
    """One set: its folder, what its SOURCE.toml says, and the bytes of its files, checked."""

    folder: Path
    source: SourceSet
    about: dict[str, Any]
    cache: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        return self.source.id

    def table(self, name: str) -> pd.DataFrame:
        """The CSV file `name` as texts, "" where a cell is blank; KeyError if the set has none."""
        if name not in self.about["files"]:
            raise KeyError(f"{self.id} has no {name}")
        return pd.read_csv(
            self.folder / name,
            dtype="str",
            keep_default_na=False,
            na_filter=False,
            encoding="utf-8",
        )

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a short table, for what is few and is looped over."""
        with (self.folder / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


def open_set(folder: Path) -> DataSet:
    """The set in `folder`, after comparing every file with its hash.

    Raises ReferenceDataError when SOURCE.toml or a file is missing or damaged.
    """
    try:
        about = tomllib.loads((folder / SOURCE_FILE).read_text(encoding="utf-8"))
        files = about["files"]
        source = SourceSet(
            id=about["id"],
            title=about["title"],
            publisher=about["publisher"],
            edition=about["edition"],
            sha256=set_hash({name: entry["sha256"] for name, entry in files.items()}),
            licence=about.get("licence", ""),
            published=about.get("published", ""),
            retrieved=about.get("retrieved", ""),
            url=about.get("url", ""),
            gaps=tuple(about.get("gaps", ())),
        )
    except FileNotFoundError:
        raise ReferenceDataError(
            f"The reference set '{folder.name}' has no {SOURCE_FILE}.", _MEND_SHIPPED
        ) from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as fault:
        raise ReferenceDataError(
            f"{SOURCE_FILE} of the reference set '{folder.name}' cannot be read ({fault}).",
            _MEND_SHIPPED,
        ) from None
    for name, entry in files.items():
        path = folder / name
        if not path.is_file():
            raise ReferenceDataError(
                f"The reference set '{folder.name}' lacks its file {name}.", _MEND_SHIPPED
            )
        if file_hash(path) != entry["sha256"]:
            raise ReferenceDataError(
                f"The file {name} of the reference set '{folder.name}' was changed: its hash is "
                f"not the one in {SOURCE_FILE}.",
                _MEND_SHIPPED,
            )
    return DataSet(folder, source, about)


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes with line ends as LF, hexadecimal.

    Git may check the CSV files out with CR LF on Windows; their content is the same.
    """
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def set_hash(files: dict[str, str]) -> str:
    """One hash for a whole set: over its file names and their hashes, in name order."""
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def write_source(folder: Path, about: dict[str, Any]) -> None:
    """Write SOURCE.toml for the CSV files that lie in `folder`.

    `about` holds the texts (id, title, publisher, edition, ...), `gaps` as a list, and `units` as
    {file name: {column: unit}}.
    """
    lines = [f"{key} = {_quoted(str(about[key]))}" for key in about if key not in ("gaps", "units")]
    lines.append("gaps = [")
    lines.extend(f"    {_quoted(gap)}," for gap in about.get("gaps", ()))
    lines.append("]")
    for path in sorted(folder.glob("*.csv")):
        lines += ["", f'[files."{path.name}"]', f'sha256 = "{file_hash(path)}"']
        units = about.get("units", {}).get(path.name, {})
        if units:
            inner = ", ".join(f"{column} = {_quoted(unit)}" for column, unit in units.items())
            lines.append(f"units = {{ {inner} }}")
    (folder / SOURCE_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
