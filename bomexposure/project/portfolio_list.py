"""A list of BOMs that are looked at together, as a small file beside them (.bomset).

Paths are kept relative to the file, so that a folder can move as a whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bomexposure.model.errors import ProjectError
from bomexposure.model.whole_file import write_whole

SCHEMA = "bomexposure/portfolio-list/1"
SUFFIX = ".bomset"


@dataclass(frozen=True, slots=True)
class Member:
    """One product of a portfolio: its workbook or .bomx project, and products a year if known."""

    path: str
    volume: float | None = None


def to_text(members: Sequence[Member], folder: Path | None = None) -> str:
    """The list as JSON; paths relative to `folder` where they lie below it."""
    boms = [{"path": _relative(one.path, folder), "volume": one.volume} for one in members]
    return json.dumps({"schema": SCHEMA, "boms": boms}, ensure_ascii=False, indent=1)


def from_text(text: str, folder: Path | None, name: str) -> tuple[Member, ...]:
    """The members of a list. Raises ProjectError for what is not such a list."""
    try:
        told: Any = json.loads(text)
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        return tuple(
            Member(_absolute(str(one["path"]), folder),
                   None if one["volume"] is None else float(one["volume"]))
            for one in told["boms"]
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as fault:
        raise ProjectError(
            f"{name} is not a list of products that this version can read.",
            "Add the BOMs again and save the list anew.",
        ) from fault


def save(members: Sequence[Member], path: Path) -> None:
    """Write the list whole or not at all. Raises OutputError."""
    write_whole(path, to_text(members, path.parent).encode())


def load(path: Path) -> tuple[Member, ...]:
    """Read a list. Raises ProjectError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ProjectError(
            f"{path.name} cannot be read.", "Check that the file is there and readable."
        ) from fault
    return from_text(text, path.parent, path.name)


def _relative(path: str, folder: Path | None) -> str:
    if folder is None:
        return path
    inside = Path(path).is_relative_to(folder)
    return Path(os.path.relpath(path, folder)).as_posix() if inside else path


def _absolute(path: str, folder: Path | None) -> str:
    if folder is None or Path(path).is_absolute():
        return path
    return str((folder / path).resolve())
