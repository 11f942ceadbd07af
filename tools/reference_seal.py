"""Write the hashes of the reference sets into their SOURCE.toml after a set was edited by hand.

Run from the working copy: `uv run python tools/reference_seal.py [SET]...`; without names, all
sets. The texts of SOURCE.toml stay as they are. The set of a USGS release (mcs20xx) is left alone:
it is made by `bomexposure reference import` and by nothing else.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from bomexposure.model.resources import resource
from bomexposure.reference.loading import SHIPPED
from bomexposure.reference.sets import SOURCE_FILE, write_source


def seal(folder: Path) -> None:
    """Rewrite SOURCE.toml of one set with the hashes of its files as they are now."""
    about = tomllib.loads((folder / SOURCE_FILE).read_text(encoding="utf-8"))
    files = about.pop("files", {})
    about["units"] = {name: entry.get("units", {}) for name, entry in files.items()}
    write_source(folder, about)


def main(names: list[str]) -> None:
    home = resource("reference")
    wanted = names or [folder.name for folder in sorted(home.iterdir()) if folder.name in SHIPPED]
    for name in wanted:
        seal(home / name)
        print(f"sealed {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
