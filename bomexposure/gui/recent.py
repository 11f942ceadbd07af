"""What was open before, kept in the window's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
from PySide6.QtCore import QSettings

from bomexposure.present import numbers
from bomexposure.present.words import tr

KEPT = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; texts are ready to show.

    Attributes:
        there: whether the file is where it was; one that is gone is shown and can be found again.
    """

    path: str
    title: str
    folder: str
    lines: str
    coverage: str
    when: str
    there: bool = True


class Recent:
    """The newest documents first; files that are gone are marked so."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def entries(self) -> list[Entry]:
        """Documents of earlier starts; looking whether they are there asks the disk once each."""
        made = []
        for one in self._read():
            path = Path(str(one.get("path", "")))
            pct = one.get("coverage")
            made.append(
                Entry(
                    str(path),
                    path.stem,
                    path.parent.name,
                    numbers.count(int(str(one.get("lines", 0))), "line"),
                    tr("{pct:.0f} % of lines", pct=pct) if isinstance(pct, int | float) else "",
                    numbers.day(str(one.get("when", ""))),
                    path.is_file(),
                )
            )
        return made

    def add(self, path: Path, lines: int, coverage: float | None) -> None:
        """Put a document first."""
        entry = {
            "path": str(path),
            "lines": lines,
            "coverage": coverage,
            "when": date.today().isoformat(),
        }
        rest = [one for one in self._read() if one.get("path") != str(path)]
        self._settings.setValue("recent", orjson.dumps([entry, *rest][:KEPT]).decode())

    def forget(self, path: str) -> None:
        """Take a document off the list; the file itself is left alone."""
        rest = [one for one in self._read() if one.get("path") != path]
        self._settings.setValue("recent", orjson.dumps(rest).decode())

    def _read(self) -> list[dict[str, object]]:
        try:
            found = orjson.loads(str(self._settings.value("recent", "[]")))
        except orjson.JSONDecodeError:
            return []
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
