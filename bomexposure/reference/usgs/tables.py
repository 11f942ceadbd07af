"""The tables of an edition, made from the placed rows of a release.

Each table keeps the printed cell, the row of the published file that it stands in, and what was
computed from it; the publication's notes are not carried over, apart from the mark "estimated".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from bomexposure.reference.concentration import WORLD, Output, stage_shares
from bomexposure.reference.names import REST_OF_WORLD
from bomexposure.reference.usgs.marks import (
    plain,
    read_mark,
    reliance_bounds,
    share_bounds,
    share_text,
)
from bomexposure.reference.usgs.placing import UNTRACKED, Placing, Unplaced, mended, period
from bomexposure.reference.usgs.release import (
    AGREEMENTS,
    COMMODITIES,
    CONTROLS,
    RELIANCE,
    SALIENT,
    Release,
    ReleaseRow,
)

Line = dict[str, str]
_BASES = ("apparent consumption", "reported consumption", "estimated consumption")


class Tables:
    """Collects the tables of one edition and the rows that could not be placed."""

    def __init__(self, release: Release, placing: Placing) -> None:
        self.nir: list[Line] = []
        self.production: list[Line] = []
        self.reserves: list[Line] = []
        self.capacity: list[Line] = []
        self.prices: list[Line] = []
        self.import_sources: list[Line] = []
        self.shares: list[Line] = []
        self.table7: list[Line] = []
        self.figure2: list[Line] = []
        self.table4: list[Line] = []
        self.table5: list[Line] = []
        self.unplaced: list[Unplaced] = []
        self.untracked: Counter[str] = Counter()
        self._release, self._placing = release, placing
        self._repeats: Counter[tuple[str, str, str, str]] = Counter()
        self._told: set[tuple[str, str, str]] = set()
        self._used_corrections: set[tuple[str, str, str]] = set()
        self._commodity_rows()
        self._shares()
        self._reserve_shares()
        self._salient()
        self._figure2()
        self._policy()
        for table in (
            self.nir, self.production, self.reserves, self.capacity, self.prices,
            self.import_sources, self.shares, self.table7, self.figure2, self.table4, self.table5,
        ):  # fmt: skip
            _number_repeats(table)

    def named(self) -> Mapping[str, list[Line]]:
        """File name -> rows, every table of the edition."""
        listed = [
            {"file": one.file, "row": str(one.row), "what": one.what, "why": one.why}
            for one in self.unplaced
        ]
        return {
            "nir.csv": self.nir,
            "production.csv": self.production,
            "reserves.csv": self.reserves,
            "capacity.csv": self.capacity,
            "prices.csv": self.prices,
            "import_sources.csv": self.import_sources,
            "shares.csv": self.shares,
            "table7.csv": self.table7,
            "figure2.csv": self.figure2,
            "table4.csv": self.table4,
            "table5.csv": self.table5,
            "unplaced.csv": listed,
        }

    def _commodity_rows(self) -> None:
        for given in self._release.tables[COMMODITIES]:
            table = self._placing.table(given)
            if table == UNTRACKED:
                continue
            commodity = self._placing.commodity(given)
            if commodity == UNTRACKED:
                self.untracked[given["chapter"]] += 1
                continue
            row = mended(given)
            if row is None:
                self._leave(given, "no year stands in the year column, and no shift mends it")
            elif table is None:
                self._leave(row, f"the statistic '{row['statistics']}' is not known")
            elif commodity is None:
                self._leave(row, f"no mineral is assigned to '{row['commodity']}' of this chapter")
            elif table == "reliance":
                self._reliance(row, commodity)
            elif table == "prices":
                self._price(row, commodity)
            elif table == "imports":
                self._import(row, commodity)
            else:
                self._world(row, commodity, table)

    def _leave(self, row: ReleaseRow, why: str, kind: str = COMMODITIES) -> None:
        what = "; ".join(cell for name, cell in row.cells.items() if cell and name != "notes")
        self.unplaced.append(Unplaced(self._release.files[kind], row.number, what[:200], why))

    def _place(self, row: ReleaseRow) -> str:
        return f"{row['chapter']} chapter, data release row {row.number}"

    def _country(self, row: ReleaseRow) -> tuple[str, str] | None:
        """Name and code; None for a country that the alias table does not have."""
        if row["country"] in (WORLD, REST_OF_WORLD):
            return row["country"], ""
        known = self._placing.countries
        if row["country"] not in known:
            self._leave(row, f"the country '{row['country']}' is not in the alias table")
            return None
        code = known.code(row["country"])
        return (known.name(code) if code else row["country"]), code

    def _world(self, row: ReleaseRow, commodity: str, table: str) -> None:
        stage = self._placing.stage(row)
        place = self._country(row)
        if place is None:
            return
        if stage is None:
            self._leave(row, f"no stage is known for '{row['detail']}'")
            return
        if not self._placing.knows_unit(row["unit"]):
            self._leave(row, f"the unit '{row['unit']}' is not known")
            return
        printed, corrected = row["value"], ""
        correction = self._placing.correction(row)
        if correction is not None and printed == correction.printed:
            printed, corrected = correction.corrected, f"; corrected, {correction.reason}"
        mark = read_mark(printed)
        if mark.flag == "unreadable":
            self._leave(row, f"the value '{printed}' is neither a number nor a known mark")
            return
        country, code = place
        line = {
            "id": _slugs(
                table, commodity, stage[0], code or _world_slug(country), row["year"], stage[1]
            ),
            "commodity": commodity,
            "stage": stage[0],
            "form": stage[1],
            "country": country,
            "iso3": code,
            "year": row["year"],
            "value": plain(mark.number),
            "unit": row["unit"],
            "printed": printed,
            "flag": mark.flag,
            "estimated": _estimated(row),
            "share_low": "",
            "share_high": "",
            "locator": self._place(row) + corrected,
        }
        if table == "production":
            self.production.append(line)
        elif table == "capacity":
            self.capacity.append(line)
        else:
            tonnes = self._placing.tonnes(row["unit"])
            mass = mark.number * tonnes if mark.number is not None and tonnes else None
            line["value_t"] = plain(mass)
            self.reserves.append(line)

    def _reliance(self, row: ReleaseRow, commodity: str) -> None:
        words = row["detail"]
        if ": " in words:
            form = words.split(": ", 1)[1]
        elif "consumption, " in words:
            form = words.rsplit(", ", 1)[1]
        else:
            form = row["commodity"]
        key = (row["chapter"], row["commodity"], words, row["year"])
        self._repeats[key] += 1
        named = self._placing.repeated(row, self._repeats[key])
        if self._repeats[key] > 1 and named is None:
            self._leave(row, "a second row of the same words, and no rule tells them apart")
            return
        if read_mark(row["value"]).flag in ("unreadable", "text", "range"):
            self._leave(row, f"the value '{row['value']}' is neither a number nor a known mark")
            return
        form = named or form
        bounds = reliance_bounds(row["value"])
        lower = words.lower()
        self.nir.append(
            {
                "id": _slugs("nir", commodity, form, row["year"]),
                "commodity": commodity,
                "form": form,
                "basis": next((basis for basis in _BASES if basis in lower), "not stated"),
                "year": row["year"],
                "printed": row["value"],
                "low": plain(bounds[0]) if bounds else "",
                "high": plain(bounds[1]) if bounds else "",
                "estimated": _estimated(row),
                "locator": self._place(row),
            }
        )

    def _price(self, row: ReleaseRow, commodity: str) -> None:
        unit = self._placing.price_unit(row)
        if unit is None:
            self._leave(row, f"the price unit '{row['unit']}' is not known")
            return
        mark = read_mark(row["value"])
        if mark.flag == "unreadable":
            self._leave(row, f"the value '{row['value']}' is neither a number nor a known mark")
            return
        factor, how = unit
        words = " ".join(row["detail"].replace("?", "-").split())
        if row["commodity"].casefold() not in row["chapter"].casefold() and "(" in row["commodity"]:
            words = f"{row['commodity']}: {words}"
        per_kg = mark.number * factor if mark.number is not None and factor is not None else None
        self.prices.append(
            {
                "id": _slugs("price", commodity, words, row["year"]),
                "commodity": commodity,
                "form": words,
                "year": row["year"],
                "printed": row["value"],
                "unit": row["unit"],
                "usd_per_kg": plain(per_kg, 4),
                "conversion": how,
                "estimated": _estimated(row),
                "locator": self._place(row),
            }
        )

    def _import(self, row: ReleaseRow, commodity: str) -> None:
        place = self._country(row)
        if place is None:
            return
        country, code = place
        bounds = share_bounds(row["value"])
        combined = not code and country != REST_OF_WORLD
        if bounds is None and not combined:
            self._leave(row, f"the share '{row['value']}' is not a number")
            return
        years = period(row["year"])
        low, high = bounds if bounds and not combined else (None, None)
        self.import_sources.append(
            {
                "id": _slugs(
                    "imports", commodity, row["detail"], code or _world_slug(country), years
                ),
                "commodity": commodity,
                "form": row["detail"],
                "country": country,
                "iso3": code,
                "printed": row["value"],
                "share_low": plain(low),
                "share_high": plain(high),
                "period": years,
                "locator": self._place(row),
            }
        )

    def _shares(self) -> None:
        """Shares of world output, and the leaders and concentration of each stage and year."""
        for key, lines in _grouped(self.production, ("commodity", "stage", "year")).items():
            counted = [line for line in lines if line["form"] != "exports"]
            told = stage_shares([_output(line) for line in counted])
            for line in counted:
                if told.total and line["value"] and line["country"] != WORLD:
                    share = share_text(100 * float(line["value"]) / told.total)
                    line["share_low"] = line["share_high"] = share
            self.shares.append(
                {
                    "id": _slugs("shares", *key),
                    "commodity": key[0],
                    "stage": key[1],
                    "year": key[2],
                    "unit": lines[0]["unit"],
                    "world_printed": told.world_printed,
                    "sum_of_rows": plain(told.rows_total) if told.rows_total else "",
                    "denominator": told.denominator,
                    "other": plain(told.rest),
                    "withheld": "; ".join(told.withheld),
                    "not_available": "; ".join(told.not_available),
                    "china_share": share_text(told.china),
                    "leader": " / ".join(told.leaders),
                    "leader_share": share_text(told.leader_share),
                    "hhi_low": plain(told.hhi_low, 0),
                    "hhi_high": plain(told.hhi_high, 0),
                    "countries": str(told.countries),
                }
            )
        self.shares.sort(key=lambda line: line["id"])

    def _reserve_shares(self) -> None:
        """Shares of the reserves of the countries that are listed with a plain number.

        None where one country stands alone in its form: boron is printed on as many bases as
        countries, and each would hold a hundred percent of its own.
        """
        keys = ("commodity", "stage", "form", "year")
        for lines in _grouped(self.reserves, keys).values():
            exact = [
                line
                for line in lines
                if line["country"] != WORLD and line["value_t"] and line["flag"] in ("", "zero")
            ]
            total = sum(float(line["value_t"]) for line in exact)
            for line in exact:
                if total and len(exact) > 1:
                    share = share_text(100 * float(line["value_t"]) / total)
                    line["share_low"] = line["share_high"] = share

    def _salient(self) -> None:
        for row in self._release.tables[SALIENT]:
            name = re.sub(r"\s*\d+$", "", row["name"])
            year = row["year"][:4]
            self.table7.append(
                {
                    "id": _slugs("table7", name, year),
                    "name": name,
                    "year": year,
                    "unit": row["unit"],
                    "consumption": row["consumption"],
                    "nir": row["reliance"],
                    "first_source": row.cells.get("first_source", ""),
                    "leader": row["leader"],
                    "leader_output": row.cells.get("leader_output", ""),
                    "leader_share": row["leader_share"],
                    "world": row["world"],
                    "locator": f"Table 7, data release row {row.number}",
                }
            )

    def _figure2(self) -> None:
        newest = max((line["year"] for line in self.nir), default="")
        only_here = {row["name"].casefold(): row for row in self._placing.figure2_names}
        for row in self._release.tables.get(RELIANCE, []):
            place = f"Figure 2, data release row {row.number}"
            self.figure2.append(
                {
                    "id": _slugs("figure2", row["name"], newest),
                    "name": row["name"],
                    "year": newest,
                    "printed": row["printed"],
                    "sources": row.cells.get("sources", ""),
                    "locator": place,
                }
            )
            rule = only_here.get(row["name"].casefold())
            bounds = reliance_bounds(row["printed"])
            if rule is not None and bounds is not None:
                self.nir.append(
                    {
                        "id": _slugs("nir", rule["commodity"], rule["form"], newest),
                        "commodity": rule["commodity"],
                        "form": rule["form"],
                        "basis": "not stated",
                        "year": newest,
                        "printed": row["printed"],
                        "low": plain(bounds[0]),
                        "high": plain(bounds[1]),
                        "estimated": "yes",
                        "locator": place,
                    }
                )

    def _policy(self) -> None:
        """Export controls (Table 4) and agreements (Table 5) as printed, for comparison."""
        year = self._release.year
        known = self._placing.countries
        for row in self._release.tables.get(CONTROLS, []):
            country = row["country"]
            self.table4.append(
                {
                    "id": _slugs("table4", country, row["measure"], year),
                    "country": country,
                    "iso3": known.code(country) if country in known else "",
                    "measure": row["measure"],
                    "goods": row["goods"],
                    "year": year,
                    "url": row.cells.get("source", ""),
                    "locator": f"Table 4, data release row {row.number}",
                }
            )
        for row in self._release.tables.get(AGREEMENTS, []):
            self.table5.append(
                {
                    "id": _slugs("table5", row["country"], row["date"]),
                    "country": row["country"],
                    "name": row["name"],
                    "date": row["date"],
                    "url": row.cells.get("source", ""),
                    "locator": f"Table 5, data release row {row.number}",
                }
            )


def _output(line: Line) -> Output:
    return Output(line["country"], float(line["value"]) if line["value"] else None, line["printed"])


def _estimated(row: ReleaseRow) -> str:
    return "yes" if row.cells.get("notes", "").lower().startswith("estimated") else "no"


def _grouped(lines: Iterable[Line], names: tuple[str, ...]) -> dict[tuple[str, ...], list[Line]]:
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(tuple(line[name] for name in names), []).append(line)
    return groups


def _slugs(*parts: str) -> str:
    """An id out of its parts: codes and years as they are, words in lower case with hyphens."""
    made = [
        part if re.fullmatch(r"[A-Z]{3}|[\d-]+", part) else re.sub(r"[^a-z0-9]+", "-", part.lower())
        for part in parts
        if part
    ]
    return "/".join(part.strip("-") for part in made)


def _world_slug(country: str) -> str:
    return "WLD" if country == WORLD else country


def _number_repeats(lines: list[Line]) -> None:
    """Make ids unique: the second of a kind gets "-2"."""
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line["id"]] += 1
        if seen[line["id"]] > 1:
            line["id"] = f"{line['id']}-{seen[line['id']]}"
