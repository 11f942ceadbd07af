"""Where a published row belongs: rules kept as data say which mineral, stage and form it speaks of.

A row that no rule places is listed with the reason, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bomexposure.reference.names import CountryNames, country_names
from bomexposure.reference.rules import Row
from bomexposure.reference.sets import DataSet
from bomexposure.reference.usgs.release import ReleaseRow

UNTRACKED = "-"
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*(\d\d(?:\d\d)?)")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A row of the release that was not used: where it stands, what it says and why."""

    file: str
    row: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that the publisher corrected elsewhere than in the data release."""

    printed: str
    corrected: str
    reason: str


class Placing:
    """The rules of the import, read from the rules set."""

    def __init__(self, rules: DataSet, edition: str) -> None:
        self._chapters = _by(rules.rows("chapters.csv"), "chapter")
        self._stages = _by(rules.rows("stage_rules.csv"), "chapter")
        self._statistics = rules.rows("statistics.csv")
        self._repeated = {
            (row["chapter"], row["statistics"], int(row["order"])): row["form"]
            for row in rules.rows("repeated_rows.csv")
        }
        self._units = {
            (row["chapter"], row["unit"]): (row["factor"], row["conversion"])
            for row in rules.rows("price_units.csv")
        }
        self._tonnes = {row["unit"]: row["tonnes"] for row in rules.rows("mass_units.csv")}
        self._corrections = {
            (row["chapter"], row["country"], row["statistics"], row["year"]): Correction(
                row["printed"], row["corrected"], row["reason"]
            )
            for row in rules.rows("corrections.csv")
            if row["edition"] == edition
        }
        self.countries: CountryNames = country_names(rules)
        self.figure2_names: list[Row] = rules.rows("figure2_names.csv")

    def table(self, row: ReleaseRow) -> str | None:
        """Which of our tables the row goes to, UNTRACKED where it is not used, None if unknown."""
        world = row["section"].lower().startswith("world")
        for rule in self._statistics:
            if row["statistics"].lower().startswith(rule["statistics"].lower()) and (
                world or rule["section"] != "World"
            ):
                return rule["table"]
        return None

    def commodity(self, row: ReleaseRow) -> str | None:
        """Key of the mineral or group, UNTRACKED for a chapter that is not followed, else None."""
        words = f"{row['commodity']} {row['detail']}".lower()
        for rule in self._chapters.get(_key(row["chapter"]), ()):
            if rule["commodity"] and rule["commodity"].lower() != row["commodity"].lower():
                continue
            if rule["contains"] in words:
                return rule["key"]
        return None

    def stage(self, row: ReleaseRow) -> tuple[str, str] | None:
        """Stage and form of a world row, None where no rule fits its words."""
        words = row["detail"].lower().replace(", rounded", "").replace(": rounded", "")
        for rule in self._stages.get(_key(row["chapter"]), ()):
            if rule["contains"] in words:
                return rule["stage"], rule["form"]
        return None

    def repeated(self, row: ReleaseRow, order: int) -> str | None:
        """The form of the `order`-th of several rows that the release words alike."""
        return self._repeated.get((row["chapter"], row["statistics"], order))

    def price_unit(self, row: ReleaseRow) -> tuple[float | None, str] | None:
        """USD per kg for one unit of the price (None: not convertible) and how; None if unknown."""
        unit = row["unit"].lower()
        found = self._units.get((row["chapter"], unit)) or self._units.get(("", unit))
        if found is None:
            return None
        factor, how = found
        return (float(factor) if factor else None), how

    def tonnes(self, unit: str) -> float | None:
        """Metric tons in one unit, None for volumes and carats."""
        return float(self._tonnes[unit]) if self._tonnes.get(unit) else None

    def knows_unit(self, unit: str) -> bool:
        """Whether the unit of a world table is one that the rules name."""
        return unit in self._tonnes

    def correction(self, row: ReleaseRow) -> Correction | None:
        """The publisher's own correction of this row, if there is one."""
        key = row["chapter"], row["country"], row["statistics"], row["year"]
        return self._corrections.get(key)


def reads_year(text: str) -> bool:
    """Whether a cell of the year column is a year or a period."""
    return bool(_YEAR.fullmatch(text) or _PERIOD.fullmatch(text))


def period(text: str) -> str:
    """A period as the tables hold it: "2021-24"."""
    found = _PERIOD.fullmatch(text)
    return f"{found.group(1)}-{found.group(2)[-2:]}" if found else text


def mended(row: ReleaseRow) -> ReleaseRow | None:
    """The row with its columns put right where a cell is missing or doubled; None if it cannot be.

    Known slips: a missing Notes cell, so that the mark of the last columns stands one to the left
    (harmless, the notes are dropped); a missing unit; a comma in the detail that nobody quoted. The
    last two are mended only when exactly one of them makes the year read as a year. Nothing is
    filled in: a missing unit stays missing, and the row is then listed for that.
    """
    cells = dict(row.cells)
    notes = cells.get("notes", "")
    if reads_year(cells["year"]):
        return ReleaseRow(row.number, cells | {"notes": "" if notes in ("Yes", "No") else notes})
    unit_missing = {"unit": "", "year": cells["unit"], "value": cells["year"], "notes": ""}
    comma_in_detail = {
        "detail": f"{cells['detail']}, {cells['unit']}",
        "unit": cells["year"],
        "year": cells["value"],
        "value": notes,
        "notes": "",
    }
    fits = [
        change
        for change in (unit_missing, comma_in_detail)
        if reads_year(change["year"]) and not reads_year(change["value"])
    ]
    return ReleaseRow(row.number, cells | fits[0]) if len(fits) == 1 else None


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_key(row[column]), []).append(row)
    return found


def _key(chapter: str) -> str:
    return " ".join(chapter.upper().replace("—", "-").replace("–", "-").split())
