"""Where the shipped data lives: inside the installed package, or in the working copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder that holds reference/, knowledge/, geo/, report/, fonts/, icons/, samples/."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "reference").is_dir():
            return folder
    raise FileNotFoundError("the program's own resources folder is missing; install it again")


def resource(*parts: str) -> Path:
    """The path of one shipped file, such as `resource("geo", "world.json")`."""
    return resources_folder().joinpath(*parts)
