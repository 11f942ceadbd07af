"""Which USGS releases there are, shipped and imported by the user, and which one is used."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs

from bomexposure.model.errors import ReferenceDataError
from bomexposure.model.resources import resource
from bomexposure.reference.sets import SOURCE_FILE, DataSet, open_set

_RELEASE = re.compile(r"mcs(\d{4})")


def shipped_folder(name: str) -> Path:
    """The folder of a set that comes with the program."""
    return resource("reference", name)


def user_folder() -> Path:
    """Where releases imported by the user lie."""
    return Path(platformdirs.user_data_dir("bomexposure", appauthor=False)) / "reference"


def available() -> dict[str, Path]:
    """Release id -> folder, oldest first; the user's own import of a year wins over the shipped."""
    found: dict[str, Path] = {}
    for home in (resource("reference"), user_folder()):
        if home.is_dir():
            for folder in sorted(home.iterdir()):
                if _RELEASE.fullmatch(folder.name) and (folder / SOURCE_FILE).is_file():
                    found[folder.name] = folder
    return dict(sorted(found.items()))


def choose(edition: str = "") -> DataSet:
    """The release asked for by id ("mcs2026") or title ("MCS 2026"); "" is the newest.

    Raises ReferenceDataError when there is no such release.
    """
    found = available()
    wanted = edition.casefold().replace(" ", "").replace("-", "")
    if not wanted and found:
        return open_set(list(found.values())[-1])
    if wanted in found:
        return open_set(found[wanted])
    raise ReferenceDataError(
        f"There is no reference edition '{edition}'." if edition else "No reference data found.",
        f"Known editions: {', '.join(found) or 'none'}. "
        "`bomexposure reference import PATH` adds one.",
    )
