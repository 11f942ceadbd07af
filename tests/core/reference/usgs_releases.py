"""Builds small USGS releases in the published layout, for the importer's tests."""

from __future__ import annotations

import csv
import io
from pathlib import Path

HEADER = [
    "MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Unit",
    "Year", "Value", "Notes", "Is critical mineral 2025", "Other notes",
]  # fmt: skip
SALIENT_HEADER = [
    "Source", "Year", "Units", "Critical_mineral", "Primary_prod", "Secondary_prod", "Prod_notes",
    "Apparent_Consumption", "Consumption_Notes", "Net_Import_Reliance",
    "Primary_import_sources_2022-25", "Import_source_notes", "Leading_source_country",
    "Leading_country_prod", "Leading_source_precent_world", "World_total_prod", "World_prod_notes",
]  # fmt: skip
WORLD = "World Mine Production and Reserves"
US = "Salient Statistics—United States"


def output(country: str, value: str, chapter: str = "COBALT", detail: str = "Mine production",
           unit: str = "metric tons", year: str = "2026") -> list[str]:  # fmt: skip
    """A row of a world production table."""
    commodity = chapter.title()
    return [chapter, WORLD, commodity, country, "Production", detail, unit, year, value,
            "Estimated.", "Yes", ""]  # fmt: skip


def reliance(value: str, chapter: str = "COBALT", detail: str = "", year: str = "2026",
             commodity: str = "") -> list[str]:  # fmt: skip
    """A row with a net import reliance."""
    words = detail or "Net import reliance as a percentage of apparent consumption"
    return [chapter, US, commodity or chapter.title(), "United States", "Net import reliance",
            words, "percent", year, value, "", "Yes", ""]  # fmt: skip


def price(value: str, unit: str, chapter: str = "COBALT", year: str = "2026") -> list[str]:
    """A row with a price."""
    return [chapter, US, chapter.title(), "United States", "Price", "Price, average", unit, year,
            value, "", "Yes", ""]  # fmt: skip


def source(country: str, value: str, chapter: str = "COBALT") -> list[str]:
    """A row of the import sources."""
    return [chapter, "Import Sources", chapter.title(), country, "Import sources 2022-2025", "All",
            "percent", "2022–25", value, "", "Yes", ""]  # fmt: skip


SALIENT_COBALT = [
    "MCS2027", "2026_estimated", "metric tons", "Cobalt", "300", "2000", "", "9600", "", "79",
    "Norway", "", "Congo (Kinshasa)", "230000", "70", "330000", "",
]  # fmt: skip
COBALT = [
    reliance("79"),
    output("Congo (Kinshasa)", "70"),
    output("China", "20"),
    output("Other countries", "10"),
    output("World total", "100", detail="Mine production: rounded"),
]


def text(header: list[str], rows: list[list[str]]) -> str:
    """A CSV file's text with CR LF line ends, as published."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([header, *rows])
    return made.getvalue()


def write_release(folder: Path, rows: list[list[str]], header: list[str] = HEADER,
                  salient: list[list[str]] | None = None, encoding: str = "cp1252",
                  year: str = "2027") -> Path:  # fmt: skip
    """A release folder with the two files that the importer needs."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / f"MCS{year}_Commodities_Data.csv"
    data.write_bytes(text(header, rows).encode(encoding))
    table = folder / f"MCS{year}_T7_Critical_Minerals_Salient.csv"
    table.write_bytes(
        text(SALIENT_HEADER, salient if salient is not None else [SALIENT_COBALT]).encode(
            "utf-8-sig"
        )
    )
    return folder


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that the importer wrote."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
