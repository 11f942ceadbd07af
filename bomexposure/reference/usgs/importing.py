"""`reference import`: a published release in, an edition in the user's folder out."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bomexposure.model.errors import OutputError, ReferenceDataError
from bomexposure.reference import editions
from bomexposure.reference.sets import open_set, write_source
from bomexposure.reference.usgs.placing import Placing, Unplaced
from bomexposure.reference.usgs.release import Release, read_release
from bomexposure.reference.usgs.tables import Tables

_PERCENT = {"share_low": "percent", "share_high": "percent"}
UNITS: dict[str, dict[str, str]] = {
    "nir.csv": {"low": "percent", "high": "percent"},
    "production.csv": {"value": "unit column", **_PERCENT},
    "reserves.csv": {"value": "unit column", "value_t": "metric tons", **_PERCENT},
    "capacity.csv": {"value": "unit column"},
    "prices.csv": {"printed": "unit column", "usd_per_kg": "USD per kg of the form"},
    "import_sources.csv": _PERCENT,
    "shares.csv": {"china_share": "percent", "leader_share": "percent", "hhi_low": "0 to 10,000"},
    "table7.csv": {"consumption": "unit column", "leader_share": "percent"},
    "figure2.csv": {"printed": "percent"},
    "table4.csv": {},
    "table5.csv": {},
    "unplaced.csv": {},
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "nir.csv": (
        "id", "commodity", "form", "basis", "year", "printed", "low", "high", "estimated",
        "locator",
    ),
    "production.csv": (
        "id", "commodity", "stage", "form", "country", "iso3", "year", "value", "unit", "printed",
        "flag", "estimated", "share_low", "share_high", "locator",
    ),
    "reserves.csv": (
        "id", "commodity", "stage", "form", "country", "iso3", "year", "value", "unit", "value_t",
        "printed", "flag", "estimated", "share_low", "share_high", "locator",
    ),
    "capacity.csv": (
        "id", "commodity", "stage", "form", "country", "iso3", "year", "value", "unit", "printed",
        "flag", "estimated", "locator",
    ),
    "prices.csv": (
        "id", "commodity", "form", "year", "printed", "unit", "usd_per_kg", "conversion",
        "estimated", "locator",
    ),
    "import_sources.csv": (
        "id", "commodity", "form", "country", "iso3", "printed", "share_low", "share_high",
        "period", "locator",
    ),
    "shares.csv": (
        "id", "commodity", "stage", "year", "unit", "world_printed", "sum_of_rows", "denominator",
        "other", "withheld", "not_available", "china_share", "leader", "leader_share", "hhi_low",
        "hhi_high", "countries",
    ),
    "table7.csv": (
        "id", "name", "year", "unit", "consumption", "nir", "first_source", "leader",
        "leader_output", "leader_share", "world", "locator",
    ),
    "figure2.csv": ("id", "name", "year", "printed", "sources", "locator"),
    "table4.csv": ("id", "country", "iso3", "measure", "goods", "year", "url", "locator"),
    "table5.csv": ("id", "country", "name", "date", "url", "locator"),
    "unplaced.csv": ("file", "row", "what", "why"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        edition: id of the edition, such as "mcs2027"; title for people.
        folder: where it lies.
        rows: file name -> rows written.
        unplaced: rows of tracked chapters that could not be used, each with the reason.
        untracked: chapters that are not followed -> rows passed over.
        ignored: files of the release that are not used.
    """

    edition: str
    title: str
    folder: Path
    rows: dict[str, int]
    unplaced: tuple[Unplaced, ...]
    untracked: dict[str, int]
    ignored: tuple[str, ...]


def import_release(path: Path, home: Path | None = None) -> ImportReport:
    """Turn the release in `path` (folder or zip) into an edition under `home`.

    Args:
        home: the folder that gets the edition's own folder, by default the user's data folder.

    An edition of the same year in `home` is replaced once the new one is complete. Raises
    ReferenceDataError when the release cannot be used, OutputError when nothing can be written.
    """
    release = read_release(path)
    rules = open_set(editions.shipped_folder("rules"))
    tables = Tables(release, Placing(rules, release.id))
    if not tables.nir or not tables.production:
        raise ReferenceDataError(
            f"{path.name} holds no import reliance or no world production that could be read.",
            "Check that this is a data release of the Mineral Commodity Summaries.",
        )
    place = home if home is not None else editions.user_folder()
    folder = place / release.id
    known = {row["edition"]: row for row in rules.rows("releases.csv")}.get(release.id, {})
    title = known.get("title") or f"Mineral Commodity Summaries {release.year}"
    _write(folder, tables, _about(release, known, title))
    return ImportReport(
        edition=release.id,
        title=title,
        folder=folder,
        rows={name: len(rows) for name, rows in tables.named().items()},
        unplaced=tuple(tables.unplaced),
        untracked=dict(sorted(tables.untracked.items())),
        ignored=release.ignored,
    )


def report_text(report: ImportReport) -> str:
    """The report for people: what came in, and what did not and why."""
    lines = [f"{report.title} is now the edition '{report.edition}' in {report.folder}."]
    lines += [
        f"  {count:>5} rows  {name}"
        for name, count in report.rows.items()
        if name != "unplaced.csv"
    ]
    lines.append(
        f"{len(report.untracked)} chapters are not followed ({sum(report.untracked.values())} "
        "rows passed over)."
    )
    lines.append(f"{len(report.unplaced)} rows could not be placed.")
    lines += [f"  {one.file} row {one.row}: {one.why} ({one.what})" for one in report.unplaced[:40]]
    if len(report.unplaced) > 40:
        lines.append(f"  and {len(report.unplaced) - 40} more, all in unplaced.csv")
    return "\n".join(lines) + "\n"


def _about(release: Release, known: Mapping[str, str], title: str) -> dict[str, object]:
    gaps = [gap for gap in known.get("gaps", "").split(" | ") if gap]
    return {
        "id": release.id,
        "title": title,
        "publisher": "U.S. Geological Survey",
        "edition": f"MCS {release.year}",
        "published": known.get("published", ""),
        "retrieved": known.get("retrieved", ""),
        "licence": "U.S. Government work, public domain",
        "url": known.get("url", ""),
        "made_from": "; ".join(sorted(release.files.values())),
        "gaps": gaps,
        "units": UNITS,
    }


def _write(folder: Path, tables: Tables, about: dict[str, object]) -> None:
    """Write beside the target and swap, so that a half-written edition never looks whole."""
    fresh = folder.with_name(folder.name + ".new")
    try:
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(parents=True)
        for name, rows in tables.named().items():
            with (fresh / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(
                    file, _COLUMNS[name], lineterminator="\n", extrasaction="ignore"
                )
                writer.writeheader()
                writer.writerows(rows)
        write_source(fresh, about)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    except OSError as fault:
        raise OutputError(
            f"The edition cannot be written to {folder} ({fault.strerror or fault}).",
            "Check that the folder can be written to and has room.",
        ) from None
