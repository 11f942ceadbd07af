"""`reference check`: the figures are recomputed from the printed values and compared.

Each check says what it looked at and how many; a failed one lists what is wrong. Nothing here
trusts a share, a leader or a concentration that was stored: they are computed once more from the
printed tonnages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from bomexposure.model.supply import Reference
from bomexposure.reference import editions
from bomexposure.reference.concentration import WORLD, Output, half_place, stage_shares
from bomexposure.reference.names import unknown_names
from bomexposure.reference.producers import newest_year, number
from bomexposure.reference.rules import Rules, read_rules
from bomexposure.reference.sets import DataSet, open_set
from bomexposure.reference.usgs.marks import read_mark

_LANTHANIDES = (
    "lanthanum", "cerium", "praseodymium", "neodymium", "samarium", "europium", "gadolinium",
    "terbium", "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium",
)  # fmt: skip
_NOT_IN_USGS = ("metallurgical-coal", "uranium")
_EXPORT = ("ban", "licence", "quota")
_ROUNDED = 1.0
"""Percentage points by which a share over a rounded total may differ from one over the rows."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: whether it passed, a sentence on what was checked, and what is wrong or kept."""

    name: str
    passed: bool
    text: str
    details: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Given:
    """What the checks look at."""

    reference: Reference
    usgs: DataSet
    policy: DataSet
    rules: Rules
    year: str

    @property
    def own(self) -> pd.DataFrame:
        rows = self.reference.supply
        return rows[rows["headline"]].set_index("mineral")


def run_checks(reference: Reference) -> list[CheckResult]:
    """All checks on `reference`, in the order in which they are told.

    The sets are opened once more, so a file changed since loading raises ReferenceDataError.
    """
    usgs = editions.choose(reference.edition)
    given = _Given(
        reference=reference,
        usgs=usgs,
        policy=open_set(editions.shipped_folder("policy")),
        rules=read_rules(open_set(editions.shipped_folder("rules"))),
        year=newest_year(usgs),
    )
    return [check(given) for check in _CHECKS]


def checks_text(results: list[CheckResult]) -> str:
    """The results for people: one line each, what is wrong or kept below it."""
    lines = []
    for one in results:
        lines.append(f"{'pass' if one.passed else 'FAIL'}  {one.name}: {one.text}")
        lines.extend(f"      {detail}" for detail in one.details)
    failed = sum(not one.passed for one in results)
    lines.append(f"{len(results)} checks, {failed} failed.")
    return "\n".join(lines) + "\n"


def _hashes(given: _Given) -> CheckResult:
    files = sum(1 for one in given.reference.sets)
    return CheckResult(
        "hashes", True, f"every file of the {files} sets has the hash written in its SOURCE.toml"
    )


def _list(given: _Given) -> CheckResult:
    listed = given.own[given.own["critical_2025"]]
    return CheckResult(
        "list", len(listed) == 60, f"{len(listed)} entries of the 2025 U.S. list, 60 expected"
    )


def _counts(given: _Given) -> CheckResult:
    own = given.own[given.own["critical_2025"]].drop(index=list(_NOT_IN_USGS))
    low = own["nir_low"]
    apart = low.drop(index=list(_LANTHANIDES))
    group = float(low["neodymium"])
    full = int((apart == 100).sum())
    half = int((apart >= 50).sum()) + int(group >= 50)
    entries_full, entries_half = int((low == 100).sum()), int((low >= 50).sum())
    expected = given.reference.edition != "MCS 2026" or (full, half, len(low)) == (13, 33, 58)
    return CheckResult(
        "counts",
        expected,
        f"{full} minerals at 100 percent and {half} of {len(low)} at 50 percent or more, the "
        "fourteen lanthanides counted as one item as USGS counts them",
        (
            f"by entry of the list: {entries_full} at 100 percent and {entries_half} of "
            f"{len(low)} at 50 percent or more; the lanthanides count fourteen times there, the "
            f"seven heavy ones at 100 (their own chapter), the seven light ones at {group:g}",
            f"{len(low)} is the list without metallurgical coal and uranium, which USGS does not "
            "cover",
        ),
    )


def _table7(given: _Given) -> CheckResult:
    places = {
        row["table7"]: (row["share_commodity"], row["table7_stage"] or row["share_stage"])
        for row in given.rules.minerals
        if row["table7"]
    }
    stages = _stages(given)
    wrong, kept, compared = [], [], 0
    for row in given.usgs.rows("table7.csv"):
        name = row["name"]
        if name not in places:
            wrong.append(f"{name}: no mineral is assigned to this row")
            continue
        printed = read_mark(row["leader_share"])
        if printed.number is None:
            kept.append(f"{name}: Table 7 prints {row['leader_share'] or 'nothing'} for the share")
            continue
        outputs = stages.get((*places[name], given.year), [])
        world = next((one.number for one in outputs if one.country == WORLD), None)
        told = stage_shares(outputs)
        if not told.leaders or not world:
            wrong.append(f"{name}: no production table to compute from")
            continue
        top = next(one.number for one in outputs if one.country == told.leaders[0]) or 0.0
        share = 100 * top / world
        compared += 1
        if row["leader"] not in told.leaders:
            wrong.append(f"{name}: leads {', '.join(told.leaders)}, printed {row['leader']}")
        elif abs(round(share) - printed.number) > _ROUNDED:
            wrong.append(f"{name}: leader's share {share:.1f}, printed {printed.number:g}")
    return CheckResult(
        "table 7",
        not wrong,
        f"leader and leader's share of {compared} rows of USGS Table 7 recomputed from the "
        "production table over its rounded world total",
        (*wrong, *kept),
    )


def _shares(given: _Given) -> CheckResult:
    stages = _stages(given)
    wrong, compared = [], 0
    kept = [row for row in given.usgs.rows("shares.csv") if row["year"] == given.year]
    for row in kept:
        told = stage_shares(stages[row["commodity"], row["stage"], row["year"]])
        for name, ours in (
            ("china_share", told.china),
            ("leader_share", told.leader_share),
            ("hhi_low", told.hhi_low),
            ("hhi_high", told.hhi_high),
        ):
            stored = float(row[name]) if row[name] else None
            compared += 1
            if (ours is None) != (stored is None) or (
                ours is not None and stored is not None and not _equal(ours, stored, name)
            ):
                wrong.append(f"{row['commodity']}, {row['stage']}: {name} {ours}, kept {stored}")
    return CheckResult(
        "shares and concentration",
        not wrong,
        f"{compared} China shares, leaders' shares and HHI bounds of {len(kept)} stages "
        "recomputed from printed tonnages",
        tuple(wrong),
    )


def _totals(given: _Given) -> CheckResult:
    excused = {
        (row["commodity"], row["stage"], row["year"]): (float(row["percent"]), row["reason"])
        for row in given.rules.exceptions
    }
    wrong: list[str] = []
    kept: list[str] = []
    compared = 0
    for key, outputs in sorted(_stages(given).items()):
        world = next((one for one in outputs if one.country == WORLD), None)
        total = sum(one.number or 0.0 for one in outputs if one.country != WORLD)
        if world is None or world.number is None or not total:
            continue
        compared += 1
        gap = abs(total - world.number)
        if world.printed[0] in "<>" or gap <= half_place(world.printed) * 1.001:
            continue
        percent = 100 * gap / world.number
        allowed, reason = excused.get(key, (0.0, ""))
        text = f"{', '.join(key)}: rows and printed total differ by {percent:.2f} percent"
        (kept if percent <= allowed else wrong).append(text + (f" ({reason})" if reason else ""))
    return CheckResult(
        "world totals",
        not wrong,
        f"{compared} sums of country rows compared with the printed world total; beyond rounding "
        f"and known: {len(kept)}",
        (*wrong, *kept),
    )


def _stages(given: _Given) -> dict[tuple[str, str, str], list[Output]]:
    """(commodity, stage, year) -> outputs, each number read from the cell as printed."""
    rows = given.usgs.table("production.csv")
    rows = rows[rows["form"] != "exports"]
    stages: dict[tuple[str, str, str], list[Output]] = {}
    columns = ("commodity", "stage", "year", "country", "printed")
    for commodity, stage, year, country, printed in zip(
        *(rows[name].tolist() for name in columns), strict=True
    ):
        output = Output(country, read_mark(printed).number, printed)
        stages.setdefault((commodity, stage, year), []).append(output)
    return stages


def _imports(given: _Given) -> CheckResult:
    rows = given.usgs.table("import_sources.csv")
    rows = rows.assign(low=number(rows["share_low"]), high=number(rows["share_high"]))
    sums = rows.groupby(["commodity", "form"], sort=True)["low"].sum()
    over = sums[sums > 102]
    outside = rows[(rows["low"] < 0) | (rows["high"] > 100)]
    wrong = [f"{key[0]}, {key[1]}: {total:g}" for key, total in over.items()]  # type: ignore[index]
    wrong += [f"{row.commodity}, {row.country}: {row.printed}" for row in outside.itertuples()]
    return CheckResult(
        "import shares",
        not wrong,
        f"{len(rows)} shares lie within 0 to 100 and the shares of {len(sums)} forms sum to at "
        "most 100 within rounding",
        tuple(wrong),
    )


def _countries(given: _Given) -> CheckResult:
    known = set(given.reference.countries["iso3"])
    wrong: list[str] = []
    seen: set[str] = set()
    for name in ("producers", "import_sources", "reserves", "suppliers"):
        frame: pd.DataFrame = getattr(given.reference, name)
        seen |= set(frame["iso3"])
        if "country" in frame:
            uncoded = frame.loc[frame["iso3"] == "", "country"].drop_duplicates()
            wrong += [
                f"{name}: {one} has no code"
                for one in uncoded
                if one not in given.rules.country_names
            ]
            wrong += [
                f"{name}: {one} is no known name"
                for one in unknown_names(
                    given.rules.country_names, frame["country"].drop_duplicates()
                )
            ]
    wrong += [f"{code} is not in the countries table" for code in sorted(seen - known - {""})]
    wrong += [
        f"event {event.id}: {event.iso3} is not in the countries table"
        for event in given.reference.events
        if event.iso3 not in known | {"EU", ""}
    ]
    return CheckResult(
        "countries", not wrong, f"{len(seen - {''})} country codes in use, all known", tuple(wrong)
    )


def _names(given: _Given) -> CheckResult:
    wanted: list[str] = []
    for name in ("production.csv", "nir.csv", "import_sources.csv", "reserves.csv", "prices.csv"):
        wanted += given.usgs.table(name)["commodity"].drop_duplicates().tolist()
    for name, table, column in (
        ("processing", "shares.csv", "commodity"),
        ("processing-facts", "facts.csv", "commodity"),
        ("suppliers", "suppliers.csv", "mineral"),
        ("substitutes", "substitutes.csv", "mineral"),
    ):
        cells = open_set(editions.shipped_folder(name)).table(table)[column]
        wanted += cells.drop_duplicates().tolist()
    for row in given.policy.rows("events.csv"):
        wanted += [name for name in row["minerals"].split(";") if name]
    unknown = unknown_names(given.rules.mineral_names, wanted)
    ids = set(given.rules.ids)
    stray = sorted(
        {one for name in wanted if name in given.rules.mineral_names
         for one in given.rules.mineral_names.ids(name)} - ids
    )  # fmt: skip
    return CheckResult(
        "mineral names",
        not unknown and not stray,
        f"{len(dict.fromkeys(wanted))} names used by the sets, all in the alias table",
        (*(f"unknown: {name}" for name in unknown), *(f"no such id: {one}" for one in stray)),
    )


def _events(given: _Given) -> CheckResult:
    conflicts = [
        f"{row['event']} {row['field']}: {row['controls']} against {row['events']}; shown "
        f"{row['shown']} ({row['reason']})"
        for row in given.policy.rows("conflicts.csv")
    ]
    wrong = []
    for event in given.reference.events:
        if event.announced is None and event.effective is None:
            wrong.append(f"{event.id}: no date")
        if not event.sources or any(one not in given.reference.sources for one in event.sources):
            wrong.append(f"{event.id}: no source")
        if not event.origins:
            wrong.append(f"{event.id}: no origin")
        if not 0 <= event.cut_low <= event.cut_high <= 1:
            wrong.append(f"{event.id}: cut {event.cut_low} to {event.cut_high}")
    return CheckResult(
        "events",
        not wrong,
        f"{len(given.reference.events)} policy events, each with a date, a source and its origin; "
        f"{len(conflicts)} conflicts between the rows that they were merged from are kept",
        (*wrong, *conflicts),
    )


def _table4(given: _Given) -> CheckResult:
    """What USGS lists and no event covers: told, not failed, since the list is wider than ours."""
    if "table4.csv" not in given.usgs.about["files"]:
        return CheckResult("table 4", True, "the release has no table of export controls")
    controlled = {event.iso3 for event in given.reference.events if event.measure in _EXPORT}
    left_out = {row["country"]: row["reason"] for row in given.rules.left_out}
    rows = given.usgs.rows("table4.csv")
    missing = [row for row in rows if row["iso3"] not in controlled]
    details = [
        f"{row['country']}, {row['measure'].lower()}: "
        + left_out.get(row["country"], "no policy event covers this country yet")
        for row in missing
    ]
    return CheckResult(
        "table 4",
        True,
        f"{len(rows) - len(missing)} of {len(rows)} rows of USGS Table 4 (export controls) name a "
        "country whose controls are policy events",
        tuple(details),
    )


def _allow_list(given: _Given) -> CheckResult:
    output = given.reference.producers
    allowed = [row for row in given.rules.peaks if row["allowed"] == "yes"]
    here = set(zip(output["mineral"], output["stage"], output["publisher"], strict=True))
    wrong = [
        f"{row['mineral']}, {row['stage']}, {row['publisher']}: no such figure"
        for row in allowed
        if (row["mineral"], row["stage"], row["publisher"]) not in here
    ]
    wrong += [
        f"{row['mineral']}, {row['stage']}: no reason" for row in allowed if not row["reason"]
    ]
    doubted = output[output["allowed"] & (output["confidence"] == "unconfirmed")]
    wrong += [f"{row.mineral}, {row.stage}: unconfirmed" for row in doubted.itertuples()]
    other = output[output["allowed"] & (output["kind"] != "production")]
    wrong += [f"{row.mineral}, {row.stage}: {row.kind}" for row in other.itertuples()]
    return CheckResult(
        "allow-list",
        not wrong,
        f"{len(allowed)} stages count for the peak China share: production, confirmed, each with "
        "its reason",
        tuple(wrong),
    )


def _addresses(given: _Given) -> CheckResult:
    used: set[str] = set()
    for name in (
        "supply", "producers", "import_sources", "reserves", "prices", "countries", "suppliers",
        "substitutes",
    ):  # fmt: skip
        frame: pd.DataFrame = getattr(given.reference, name)
        for column in frame.columns:
            if column == "source" or str(column).endswith("_source"):
                used |= set(frame[column])
    used.discard("")
    lost = sorted(one for one in used if one not in given.reference.sources)
    return CheckResult(
        "addresses",
        not lost,
        f"{len(used)} figures in use, each with its publication, place and printed value",
        tuple(lost[:20]),
    )


def _bounds(given: _Given) -> CheckResult:
    rows = given.reference.supply
    wrong = []
    for low, high, top in (
        ("nir_low", "nir_high", 100),
        ("china_peak_low", "china_peak_high", 100),
        ("hhi_low", "hhi_high", 10_000.5),
    ):
        bad = rows[(rows[low] < 0) | (rows[low] > rows[high]) | (rows[high] > top)]
        half = rows[rows[low].isna() != rows[high].isna()]
        wrong += [f"{row.mineral} {row.form}: {low}" for row in bad.itertuples()]
        wrong += [f"{row.mineral} {row.form}: one bound of {low}" for row in half.itertuples()]
    return CheckResult(
        "bounds", not wrong, f"{len(rows)} rows of supply have their bounds in order", tuple(wrong)
    )


def _equal(ours: float, stored: float, name: str) -> bool:
    """Whether the stored, rounded value is what was computed."""
    if name.startswith("hhi"):
        return abs(ours - stored) <= 0.5001
    return abs(ours - stored) <= (0.00501 if 0 < ours < 1 else 0.0501)


def _checks() -> Iterator[Callable[[_Given], CheckResult]]:
    yield from (
        _hashes, _list, _counts, _table7, _shares, _totals, _imports, _bounds, _countries, _names,
        _events, _table4, _allow_list, _addresses,
    )  # fmt: skip


_CHECKS = tuple(_checks())
