"""The analysis as JSON, schema bomexposure/analysis/1, to the letter of the contract.

Blank texts and unknown figures are null and never left out. docs/schema holds the JSON Schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from bomexposure.export.json_values import (
    bounds,
    numbers,
    offsets,
    plain,
    ranges,
    records,
    split,
    texts,
)
from bomexposure.export.supply_json import (
    SUPPLY_FIELDS,
    china_share_peak,
    nir_pct,
    source_entries,
    supply_columns,
    supply_sources,
)
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import METHODS
from bomexposure.model.content import EVIDENCE
from bomexposure.model.exposure import Share
from bomexposure.model.whole_file import write_whole

SCHEMA = "bomexposure/analysis/1"


def analysis_json(analysis: Analysis, lines: str = "all") -> bytes:
    """The whole answer as indented UTF-8 JSON; `lines="summary"` leaves the list of lines empty."""
    payload = analysis_payload(analysis, lines)
    return orjson.dumps(payload, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_json(analysis: Analysis, path: Path, lines: str = "all") -> None:
    """Write the JSON to `path`, whole or not at all. Raises OutputError."""
    write_whole(path, analysis_json(analysis, lines))


def analysis_payload(analysis: Analysis, lines: str = "all") -> dict[str, Any]:
    """The JSON as Python values, without a NaN anywhere."""
    told_lines = _lines(analysis) if lines == "all" else []
    minerals = _minerals(analysis)
    sourcing = _sourcing(analysis)
    payload = {
        "schema": SCHEMA,
        "generator": analysis.generator,
        "bom": _bom(analysis),
        "reference": _reference(analysis),
        "coverage": coverage_json(analysis),
        "headline": headline_json(analysis),
        "lines": told_lines,
        "minerals": minerals,
        "sourcing": sourcing,
        "scenarios": _scenarios(analysis),
    }
    payload["sources"] = source_entries(analysis.reference, _used(told_lines, minerals, sourcing))
    return payload


def headline_json(analysis: Analysis) -> dict[str, Any]:
    """The `headline` object: the figures that `--fail-on` rules speak of."""
    head = analysis.exposures.headline
    return {
        "minerals": head.minerals,
        "minerals_acute": head.minerals_acute,
        "minerals_nir_50": head.minerals_nir_50,
        "minerals_nir_100": head.minerals_nir_100,
        "spend": plain(head.spend),
        "currency": head.currency or None,
        "spend_by_currency": {
            currency: plain(head.spend_by_currency[currency])
            for currency in sorted(head.spend_by_currency)
        },
        "spend_acute_pct": _share(head.spend_acute_pct),
        "spend_acute_minor_pct": _share(head.spend_acute_minor_pct),
        "spend_nir_50_pct": _share(head.spend_nir_50_pct),
        "spend_nir_100_pct": _share(head.spend_nir_100_pct),
        "spend_china_led_pct": _share(head.spend_china_led_pct),
        "controls_in_force": head.controls_in_force,
        "next_change": None
        if head.next_change is None
        else {"date": head.next_change[0], "event": head.next_change[1]},
        "top_minerals": list(head.top_minerals),
        "top_lines": list(head.top_lines),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"certain": plain(share.certain), "likely": plain(share.likely)}


def issues_json(issues: pd.DataFrame) -> list[dict[str, Any]]:
    """An ISSUES table as the contract lists issues."""
    return records(
        ("severity", "code", "sheet", "row", "column", "value", "text", "mend"),
        [
            texts(issues["severity"]),
            texts(issues["code"]),
            texts(issues["sheet"]),
            numbers(issues["row"]),
            *(texts(issues[name]) for name in ("column", "value", "text", "mend")),
        ],
    )


def _bom(analysis: Analysis) -> dict[str, Any]:
    bom = analysis.bom
    return {
        "file": bom.file,
        "sha256": bom.sha256,
        "sheets": [
            {
                "sheet": read.sheet or None,
                "header_row": read.header_row,
                "columns": {
                    role: {"header": column.header, "letter": column.letter}
                    for role, column in read.columns.items()
                },
            }
            for read in bom.read
        ],
        "line_count": len(bom.lines),
        "counted_lines": int(bom.lines["counted"].sum()),
        "issues": issues_json(analysis.issues),
    }


def _reference(analysis: Analysis) -> dict[str, Any]:
    return {
        "edition": analysis.reference.edition,
        "as_of": analysis.choices.as_of.isoformat(),
        "sets": [
            {
                "id": one.id,
                "title": one.title,
                "publisher": one.publisher,
                "edition": one.edition,
                "sha256": one.sha256,
            }
            for one in analysis.reference.sets
        ],
    }


def coverage_json(analysis: Analysis) -> dict[str, Any]:
    """The `coverage` object."""
    coverage = analysis.exposures.coverage
    return {
        "lines_pct": plain(coverage.lines_pct),
        "spend_pct": plain(coverage.spend_pct),
        "mass_pct": plain(coverage.mass_pct),
        "spend_known_pct": plain(coverage.spend_known_pct),
        "mass_known_pct": plain(coverage.mass_known_pct),
        "by_evidence": {kind: coverage.by_evidence.get(kind, 0) for kind in reversed(EVIDENCE)},
    }


_LINE_TEXTS = (
    "part_number", "mpn", "manufacturer", "supplier", "origin", "description",
)  # fmt: skip


def _lines(analysis: Analysis) -> list[dict[str, Any]]:
    """One object per line, in the order of the sheet."""
    lines = analysis.bom.lines
    taken = analysis.contents.recognitions
    ids = lines["id"].tolist()
    parents = [ids[at] if at >= 0 else None for at in lines["parent_line"].tolist()]
    masses = records(
        ("low", "typical", "high", "basis"),
        [numbers(taken[f"mass_g_{end}"]) for end in ("low", "typical", "high")]
        + [texts(taken["mass_basis"])],
    )
    columns: dict[str, list[Any]] = {
        "id": ids,
        "sheet": texts(lines["sheet"]),
        "row": numbers(lines["row"]),
        "parent": parents,
        "level": numbers(lines["level"]),
        "counted": lines["counted"].tolist(),
        "not_counted_why": texts(lines["not_counted_why"]),
        **{name: texts(lines[name]) for name in _LINE_TEXTS},
        "quantity": numbers(lines["quantity"]),
        "unit": texts(lines["unit"]),
        "quantity_total": numbers(lines["quantity_total"]),
        "unit_cost": numbers(lines["unit_cost"]),
        "extended_cost": numbers(lines["extended_cost"]),
        "currency": texts(lines["currency"]),
        "mass_g": masses,
        "class": texts(taken["component_class"]),
        "materials": split(taken["materials"]),
        "evidence": texts(taken["evidence"]),
        "acute": (analysis.exposures.lines["acute"] == "certain").tolist(),
        "why": _per_line(_whys(analysis), analysis.contents.whys["line"], len(lines)),
        "minerals": _per_line(_held(analysis), analysis.contents.contents["line"], len(lines)),
    }
    return records(tuple(columns), list(columns.values()))


def _per_line(
    rows: list[dict[str, Any]], line: pd.Series[Any], count: int
) -> list[list[dict[str, Any]]]:
    """Rows of a table sorted by line, cut into one list per line."""
    if not line.is_monotonic_increasing:
        order = line.reset_index(drop=True).sort_values(kind="stable").index
        rows = [rows[at] for at in order]
        line = line.iloc[order]
    cuts = offsets(line, count)
    return [rows[cuts[at] : cuts[at + 1]] for at in range(count)]


def _whys(analysis: Analysis) -> list[dict[str, Any]]:
    whys = analysis.contents.whys
    return records(
        ("rule", "text", "column", "start", "end"),
        [
            texts(whys["rule"]),
            texts(whys["text"]),
            texts(whys["column"]),
            numbers(whys["start"]),
            numbers(whys["end"]),
        ],
    )


def _held(analysis: Analysis) -> list[dict[str, Any]]:
    held = analysis.contents.contents
    names = ("mineral", "form", "presence", "function", "relation", "evidence")
    return records(
        (*names, "mass_mg", "sources"),
        [
            *(texts(held[name]) for name in names),
            ranges(held, "mass_mg"),
            split(held["source"].astype("str")),
        ],
    )


def _minerals(analysis: Analysis) -> list[dict[str, Any]]:
    """One object per mineral found, worst first."""
    frame = analysis.exposures.minerals
    ids = frame["mineral"].tolist()
    sources = supply_sources(frame)
    for own, held in zip(sources, _content_sources(analysis, ids), strict=True):
        own["mass_g"] = held
    supply = dict(zip(SUPPLY_FIELDS, supply_columns(frame), strict=True))
    columns: dict[str, list[Any]] = {"mineral": ids}
    for field in SUPPLY_FIELDS:
        columns[field] = supply[field]
        if field == "china_led":
            columns["acute"] = frame["acute"].tolist()
    columns |= {
        "lines": records(
            ("certain", "likely", "possible"),
            [numbers(frame[f"lines_{word}"]) for word in ("certain", "likely", "possible")],
        ),
        "spend": _certain_likely(frame, "spend"),
        "spend_pct": _certain_likely(frame, "spend_pct"),
        "gated_value": numbers(frame["gated_value"]),
        "mass_g": ranges(frame, "mass_g"),
        "value_usd": ranges(frame, "value_usd"),
        "index": _indices(analysis, [(mineral, "") for mineral in ids]),
        "forms": _forms(analysis, ids),
        "controls": _controls(analysis, ids),
        "sources": sources,
    }
    return records(tuple(columns), list(columns.values()))


def _certain_likely(frame: pd.DataFrame, stem: str) -> list[dict[str, Any]]:
    ends = ("certain", "likely")
    return records(ends, [numbers(frame[f"{stem}_{end}"]) for end in ends])


def _content_sources(analysis: Analysis, ids: list[str]) -> list[list[str]]:
    """Figure ids of the compositions behind each mineral's mass, sorted."""
    held = analysis.contents.contents
    pairs = held[["mineral", "source"]].astype("str").drop_duplicates()
    by_mineral = {
        str(mineral): sorted(group["source"].tolist())
        for mineral, group in pairs[pairs["source"] != ""].groupby("mineral", sort=True)
    }
    return [by_mineral.get(mineral, []) for mineral in ids]


def _indices(analysis: Analysis, keys: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """`{METHOD: {"low", "high"}}` per (mineral, form); a method without inputs has nulls."""
    frame = analysis.exposures.indices
    found = dict(
        zip(
            zip(frame["mineral"], frame["form"], frame["method"], strict=True),
            bounds(frame.rename(columns={"low": "x_low", "high": "x_high"}), "x"),
            strict=True,
        )
    )
    nothing = {"low": None, "high": None}
    return [
        {method: found.get((mineral, form, method), nothing) for method in METHODS}
        for mineral, form in keys
    ]


def _forms(analysis: Analysis, ids: list[str]) -> list[list[dict[str, Any]]]:
    frame = analysis.exposures.forms
    keys = list(zip(frame["mineral"].tolist(), frame["form"].tolist(), strict=True))
    rows = records(
        ("form", "nir_pct", "china_share_peak", "index", "acute", "lines", "spend"),
        [
            texts(frame["form"]),
            nir_pct(frame),
            china_share_peak(frame),
            _indices(analysis, keys),
            frame["acute"].tolist(),
            numbers(frame["lines"]),
            numbers(frame["spend"]),
        ],
    )
    return _by_mineral(frame["mineral"].tolist(), rows, ids)


def _controls(analysis: Analysis, ids: list[str]) -> list[list[dict[str, Any]]]:
    frame = analysis.controls
    rows = records(
        ("event", "status", "reach"),
        [texts(frame["event"]), texts(frame["status"]), texts(frame["reach"])],
    )
    return _by_mineral(frame["mineral"].tolist(), rows, ids)


def _by_mineral(
    minerals: list[str], rows: list[dict[str, Any]], ids: list[str]
) -> list[list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {mineral: [] for mineral in ids}
    for mineral, row in zip(minerals, rows, strict=True):
        if mineral in grouped:
            grouped[mineral].append(row)
    return [grouped[mineral] for mineral in ids]


def _sourcing(analysis: Analysis) -> dict[str, list[dict[str, Any]]]:
    """Options by mineral. `share_pct` is the low bound; `share_high_pct` the high one."""
    frame = analysis.sourcing
    rows = records(
        ("country", "iso3", "stage", "share_pct", "share_high_pct", "score", "reasons", "sources"),
        [
            texts(frame["country"]),
            texts(frame["iso3"]),
            texts(frame["stage"]),
            numbers(frame["share_low"]),
            numbers(frame["share_high"]),
            bounds(frame, "score"),
            [list(one) for one in frame["reasons"]],
            [list(one) for one in frame["sources"]],
        ],
    )
    told: dict[str, list[dict[str, Any]]] = {}
    for mineral, row in zip(frame["mineral"].tolist(), rows, strict=True):
        told.setdefault(mineral, []).append(row)
    return told


def _scenarios(analysis: Analysis) -> list[dict[str, Any]]:
    return [
        {
            "id": played.scenario.id,
            "title": played.scenario.title,
            "as_of": plain(played.scenario.as_of),
            "events": list(played.scenario.events),
            "before": plain(played.before),
            "after": plain(played.after),
            "losses": plain(played.losses),
            "lines": plain(played.lines),
            "spend_touched": plain(played.spend_touched),
            "notes": list(played.notes),
        }
        for played in analysis.scenarios
    ]


def _used(
    lines: list[dict[str, Any]],
    minerals: list[dict[str, Any]],
    sourcing: dict[str, list[dict[str, Any]]],
) -> list[str]:
    """Every figure id that the rest of the payload names, sorted."""
    used: set[str] = set()
    for line in lines:
        for held in line["minerals"]:
            used.update(held["sources"])
    for mineral in minerals:
        for ids in mineral["sources"].values():
            used.update(ids)
    for options in sourcing.values():
        for option in options:
            used.update(option["sources"])
    return sorted(used)
