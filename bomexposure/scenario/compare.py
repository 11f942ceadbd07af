"""Two revisions of a BOM: what was added, removed, changed and taken for something else.

docs/method.md, section "Two revisions". The change of each headline figure is split into what the
design did and what newer data or other choices did.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure import content
from bomexposure.exposure import score
from bomexposure.model.analysis import Analysis
from bomexposure.model.exposure import Exposures, Headline
from bomexposure.scenario.align import align
from bomexposure.scenario.controls import controls_on
from bomexposure.scenario.play import headline_figures

SCHEMA = "bomexposure/compare/1"
TEXTS = ("description", "revision", "supplier", "origin", "material", "mpn")
NUMBERS = ("quantity_total", "cost_total", "mass_g", "lead_time_days")
SAME_WITHIN = 1e-9


def compare(before: Analysis, after: Analysis) -> dict[str, Any]:
    """Everything that `bomexposure compare` tells, as plain data for JSON.

    Lines that are only alike stand in `review`: they count as removed and added until a person
    says that they are one.
    """
    pairs = align(before.bom.lines, after.bom.lines)
    told = _lines(pairs, before, after)
    middle = _design_only(before, after)
    return {
        "schema": SCHEMA,
        "a": _side(before),
        "b": _side(after),
        "lines": told,
        "counts": {name: len(rows) for name, rows in told.items()},
        "headline": _figures(before.exposures.headline, middle.headline, after.exposures.headline),
        "minerals": _minerals(before.exposures, after.exposures),
    }


def _side(one: Analysis) -> dict[str, Any]:
    return {
        "file": one.bom.file,
        "sha256": one.bom.sha256,
        "edition": one.reference.edition,
        "as_of": one.choices.as_of.isoformat(),
        "counted_lines": int(one.bom.lines["counted"].sum()),
    }


def _design_only(before: Analysis, after: Analysis) -> Exposures:
    """The new design on the old data and choices; where those are the same, the new exposures."""
    same_data = before.reference is after.reference or (
        before.reference.edition == after.reference.edition
        and [one.sha256 for one in before.reference.sets]
        == [one.sha256 for one in after.reference.sets]
    )
    if same_data and before.choices == after.choices:
        return after.exposures
    found = content.break_down(after.bom, before.reference.knowledge, before.choices)
    controls = controls_on(after.bom, found, before.reference, before.choices)
    return score(after.bom, found, before.reference, before.choices, controls)


def _figures(before: Headline, middle: Headline, after: Headline) -> list[dict[str, Any]]:
    """Every numeric headline figure on both sides, with its change and where that comes from."""
    made = []
    sides = [_flat(headline_figures(one)) for one in (before, middle, after)]
    for name in sides[0]:
        old, design, new = (side[name] for side in sides)
        made.append(
            {
                "figure": name,
                "a": old,
                "b": new,
                "change": _minus(new, old),
                "design": _minus(design, old),
                "data": _minus(new, design),
            }
        )
    return made


def _flat(figures: dict[str, Any]) -> dict[str, float | None]:
    """Numbers and shares, named as a rule of --fail-on names them."""
    made: dict[str, float | None] = {}
    for name, value in figures.items():
        if isinstance(value, dict) and set(value) == {"certain", "likely"}:
            made |= {f"{name}.{part}": value[part] for part in ("certain", "likely")}
        elif name == "spend" or isinstance(value, int):
            made[name] = value
    return made


def _minus(new: float | None, old: float | None) -> float | None:
    return None if new is None or old is None else new - old


def _lines(pairs: pd.DataFrame, before: Analysis, after: Analysis) -> dict[str, list[Any]]:
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    close = (pairs["how"] == "close").to_numpy()
    sure = (a >= 0) & (b >= 0) & ~close
    changed, remapped = _differences(a[sure], b[sure], before, after)
    return {
        "added": [_line(after, at) for at in b[((a < 0) | close) & (b >= 0)]],
        "removed": [_line(before, at) for at in a[((b < 0) | close) & (a >= 0)]],
        "changed": changed,
        "remapped": remapped,
        "review": [
            {
                "a": _line(before, row.a),
                "b": _line(after, row.b),
                "likeness": round(float(row.likeness), 1),  # type: ignore[arg-type]
            }
            for row in pairs[close].itertuples()
        ],
    }


def _line(one: Analysis, at: Any) -> dict[str, Any]:
    """The line as its owner knows it, with its exposure."""
    row, exposed = one.bom.lines.iloc[int(at)], one.exposures.lines.iloc[int(at)]
    spend = float(exposed["spend"])
    return {
        "id": str(row["id"]),
        "part_number": str(row["part_number"]) or None,
        "description": str(row["description"]) or None,
        "spend": None if np.isnan(spend) else spend,
        "acute": str(exposed["acute"]),
        "top_mineral": str(exposed["top_mineral"]) or None,
    }


def _differences(a: Any, b: Any, before: Analysis, after: Analysis) -> tuple[list[Any], list[Any]]:
    """Paired lines whose own cells differ, and those that were taken for something else."""
    old, new = before.bom.lines, after.bom.lines
    different: dict[str, Any] = {}
    for name in TEXTS:
        different[name] = old[name].to_numpy(dtype=object)[a] != new[name].to_numpy(dtype=object)[b]
    for name in NUMBERS:
        x, y = old[name].to_numpy(dtype=float)[a], new[name].to_numpy(dtype=float)[b]
        either = np.isnan(x) != np.isnan(y)
        apart = np.abs(x - y) > SAME_WITHIN * np.maximum(np.abs(x), np.abs(y))
        different[name] = either | apart
    own = np.logical_or.reduce(list(different.values())) if len(a) else np.array([], dtype=bool)
    changed = [
        {
            "a": _line(before, a[at]),
            "b": _line(after, b[at]),
            "differences": {
                name: [_cell(old, name, a[at]), _cell(new, name, b[at])]
                for name, where in different.items()
                if where[at]
            },
        }
        for at in np.flatnonzero(own)
    ]
    return changed, _remapped(a, b, before, after)


def _cell(lines: pd.DataFrame, name: str, at: Any) -> Any:
    value = lines[name].iloc[int(at)]
    if name in NUMBERS:
        return None if np.isnan(float(value)) else float(value)
    return str(value) or None


def _remapped(a: Any, b: Any, before: Analysis, after: Analysis) -> list[Any]:
    def taken_for(one: Analysis, at: Any) -> Any:
        found = one.contents.recognitions
        words = found["component_class"] + ";" + found["materials"]
        return words.to_numpy(dtype=object)[at]

    x, y = taken_for(before, a), taken_for(after, b)
    return [
        {
            "a": _line(before, a[at]),
            "b": _line(after, b[at]),
            "was": [one for one in str(x[at]).split(";") if one],
            "is": [one for one in str(y[at]).split(";") if one],
        }
        for at in np.flatnonzero(x != y)
    ]


def _minerals(before: Exposures, after: Exposures) -> list[dict[str, Any]]:
    """Minerals whose lines or spend differ, those that came or went first, then by name."""
    counts, spends = ("lines_certain", "lines_likely"), ("spend_certain", "spend_likely")
    old = before.minerals.set_index("mineral")
    new = after.minerals.set_index("mineral")
    made = []
    for mineral in sorted(set(old.index) | set(new.index)):
        sides = [
            {
                **{name: _whole(table.at[mineral, name]) for name in counts},
                **{name: _known(table.at[mineral, name]) for name in spends},
            }
            if mineral in table.index
            else None
            for table in (old, new)
        ]
        if sides[0] != sides[1]:
            made.append({"mineral": str(mineral), "a": sides[0], "b": sides[1]})
    return sorted(
        made, key=lambda one: (one["a"] is not None and one["b"] is not None, one["mineral"])
    )


def _whole(value: Any) -> int:
    return int(value)


def _known(value: Any) -> float | None:
    number = float(value)
    return None if np.isnan(number) else number
