"""What a substitute would change: minerals, exposure and properties, both sides by the same code.

docs/method.md, section "Substitution". Works on subjects (materials and classes); no BOM is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bomexposure.model.choices import Choices
from bomexposure.model.supply import Reference
from bomexposure.reference.own_materials import with_own_materials
from bomexposure.scenario.options_data import Metric, Option, options
from bomexposure.scenario.subjects import known_subject, subject_exposures

Interval = tuple[float, float]
SCHEMA = "bomexposure/substitute/1"
EQUAL: dict[str, tuple[tuple[str, float], ...]] = {
    "modulus": (
        ("stiffness of a tie", 1.0),
        ("stiffness of a beam", 1 / 2),
        ("stiffness of a panel", 1 / 3),
    ),
    "yield-strength": (("strength of a tie", 1.0), ("strength of a beam", 2 / 3)),
    "strength": (("strength of a tie", 1.0),),
    "conductivity-iacs": (("electrical resistance", 1.0),),
    "energy-product": (("magnetic energy", 1.0),),
}
"""Property -> (what stays equal, power): mass ratio = density ratio x property ratio ^ power.

Ashby's indices for least mass: rho/E, rho/E^(1/2), rho/E^(1/3), rho/sigma, rho/sigma^(2/3)."""


MARKED = 1.25
"""A change of typical content from which a mineral that both sides hold is told apart."""


@dataclass(frozen=True, slots=True)
class MassRatio:
    """Mass of the substitute per mass replaced, when one function stays equal; low and high."""

    equal: str
    low: float
    high: float


def mass_ratios(
    metrics: Sequence[Metric], density_before: float, density_after: float
) -> tuple[MassRatio, ...]:
    """Mass ratios that the metrics of an option allow.

    Densities of the metrics come before those given (g/cm3, NaN unknown). Specific energy (Wh/kg)
    needs no density. Ranges divide end by end, so the interval holds every combination.
    """
    before: Interval = (density_before, density_before)
    after: Interval = (density_after, density_after)
    for metric in metrics:
        if metric.property.id == "density":
            before, after = metric.before, metric.after
    made = []
    for metric in metrics:
        if metric.property.id == "specific-energy":
            words = f"energy ({metric.condition})" if metric.condition else "energy"
            made.append(MassRatio(words, *_over(metric.before, metric.after)))
        if metric.property.id == "mass-relative":
            words = metric.condition or "function, as the source says"
            made.append(MassRatio(words, *_over(metric.after, metric.before)))
        if (
            metric.temperature_c not in (None, 20.0)
            or before[0] != before[0]
            or after[0] != after[0]
        ):
            continue
        for words, power in EQUAL.get(metric.property.id, ()):
            low, high = _over(metric.before, metric.after)
            dense = _over(after, before)
            made.append(MassRatio(words, dense[0] * low**power, dense[1] * high**power))
    return tuple(made)


def _over(top: Interval, bottom: Interval) -> Interval:
    """Interval of top / bottom, both positive; an end of zero below makes the high end infinite."""
    high = top[1] / bottom[0] if bottom[0] > 0 else float("inf")
    return (top[0] / bottom[1] if bottom[1] > 0 else float("inf")), high


def substitute(subject: str, reference: Reference, choices: Choices) -> dict[str, Any]:
    """Options for a material or class, as plain data for the JSON of `bomexposure substitute`.

    Options that lower the exposure come first, then those that keep it, then the unknown. Raises
    UsageError for an id that is not known.
    """
    reference = with_own_materials(reference, choices.own_materials)
    knowledge = reference.knowledge
    own = known_subject(subject, knowledge)
    chosen = [one for one in options() if one.subject == subject]
    known = set(knowledge.subjects["id"])
    targets = [one.substitute for one in chosen if one.substitute in known]
    table, minerals = subject_exposures(
        list(dict.fromkeys([subject, *targets])), knowledge, reference, choices
    )
    sides = _Sides(table, minerals)
    told = [_option(one, sides, str(own["name"])) for one in chosen]
    told.sort(key=lambda one: (_ORDER[one["change"]], one["to"]["index"]["high"] or 0.0, one["id"]))
    return {
        "schema": SCHEMA,
        "subject": sides.side(subject, str(own["name"])),
        "options": told,
        "alike": alike(subject, reference),
    }


def told_options(
    chosen: Sequence[Option], reference: Reference, choices: Choices
) -> dict[str, dict[str, Any]]:
    """Option id -> what `substitute` tells of it, for options of many subjects scored at once.

    Options whose subject or substitute is not known are left out. The last answer is kept beside
    the knowledge: views ask for the same options again and again.
    """
    key = (tuple(one.id for one in chosen), choices.method, choices.acute_threshold)
    kept = reference.knowledge.cache.get("told_options")
    if isinstance(kept, tuple) and kept[0] == key and kept[1] is reference.supply:
        again: dict[str, dict[str, Any]] = kept[2]
        return again
    known = set(reference.knowledge.subjects["id"])
    usable = [one for one in chosen if one.subject in known and one.substitute in known]
    subjects = list(dict.fromkeys(side for one in usable for side in (one.subject, one.substitute)))
    if not subjects:
        return {}
    sides = _Sides(*subject_exposures(subjects, reference.knowledge, reference, choices))
    made = {one.id: _option(one, sides, one.subject) for one in usable}
    reference.knowledge.cache["told_options"] = (key, reference.supply, made)
    return made


_ORDER = {"lower": 0, "same": 1, "higher": 2, "unknown": 3}


@dataclass(frozen=True, slots=True)
class _Sides:
    table: pd.DataFrame
    minerals: pd.DataFrame

    def side(self, subject: str, name: str) -> dict[str, Any]:
        """One side: its exposure and its minerals; everything None where nothing is known."""
        found = self.table[self.table["subject"] == subject]
        if not len(found) or not bool(found["known"].iloc[0]):
            return {
                "id": subject, "name": name, "known": False, "acute": None, "acute_minor": None,
                "index": {"low": None, "high": None}, "top_mineral": None, "density_g_cm3": None,
                "minerals": [],
            }  # fmt: skip
        row = found.iloc[0]
        return {
            "id": subject,
            "name": str(row["name"]),
            "known": True,
            "acute": str(row["acute"]),
            "acute_minor": str(row["acute_minor"]),
            "index": {"low": _plain(row["index_low"]), "high": _plain(row["index_high"])},
            "top_mineral": str(row["top_mineral"]) or None,
            "density_g_cm3": _plain(row["density_g_cm3"]),
            "minerals": [
                {
                    "mineral": str(one["mineral"]),
                    "critical_2025": bool(one["critical_2025"]),
                    "form": str(one["form"]) or None,
                    "presence": str(one["presence"]),
                    "function": str(one["function"]),
                    "wt_pct": {
                        end: _plain(one[f"wt_pct_{end}"]) for end in ("low", "typical", "high")
                    },
                    "index": {"low": _plain(one["index_low"]), "high": _plain(one["index_high"])},
                    "acute": bool(one["acute"]),
                    "source": str(one["source"]) or None,
                }
                for one in self.minerals[self.minerals["subject"] == subject].to_dict("records")
            ],
        }


def _plain(value: Any) -> float | None:
    number = float(value)
    return None if number != number else number


def _option(option: Option, sides: _Sides, name: str) -> dict[str, Any]:
    before = sides.side(option.subject, name)
    after = sides.side(option.substitute, option.substitute_name)
    ratios = mass_ratios(
        option.metrics, _number(before["density_g_cm3"]), _number(after["density_g_cm3"])
    )
    changed = mineral_changes(before, after)
    return {
        "id": option.id,
        "domain": option.domain,
        "to": after,
        "change": _change(before, after),
        **changed,
        "stated_otherwise": _stated_otherwise(option, changed, after["known"]),
        "alarm": alarm_of(after),
        "properties": [
            {
                "property": metric.property.id,
                "name": metric.property.name,
                "unit": metric.property.unit,
                "better": metric.property.better,
                "condition": metric.condition or None,
                "temperature_c": metric.temperature_c,
                "from": {"low": metric.before[0], "high": metric.before[1]},
                "to": {"low": metric.after[0], "high": metric.after[1]},
                "verdict": verdict(metric),
            }
            for metric in option.metrics
        ],
        "mass_ratio": [
            {"equal": one.equal, "low": one.low, "high": _finite(one.high)} for one in ratios
        ],
        "tradeoff": option.tradeoff,
        "effort": option.effort,
        "source_kind": option.source_kind,
        "source": option.source,
    }


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _finite(value: float) -> float | None:
    return None if value == float("inf") else value


def verdict(metric: Metric) -> str:
    """'better', 'worse', 'overlaps' or 'differs': only ranges that do not overlap decide."""
    if metric.before == metric.after:
        return "same"
    above = metric.after[0] > metric.before[1]
    below = metric.after[1] < metric.before[0]
    if not above and not below:
        return "overlaps"
    if metric.property.better == "neither":
        return "differs"
    return "better" if above == (metric.property.better == "higher") else "worse"


def mineral_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Listed minerals removed, added, kept, residual, reduced and increased, from compositions.

    A mineral counts from presence 'likely' on. What the substitute holds as a residual only is
    told apart from what it needs. None where a composition is missing: unknown, never "none".
    """
    if not before["known"] or not after["known"]:
        return dict.fromkeys(("removed", "added", "kept", "residual", "reduced", "increased"))
    old, _ = _listed(before)
    new, residual = _listed(after)
    return {
        "removed": sorted(old - new - residual),
        "added": sorted(new - old),
        "kept": sorted(old & new),
        "residual": sorted(residual),
        "reduced": [name for name in sorted(old & new) if _ratio(name, before, after) < 1 / MARKED],
        "increased": [name for name in sorted(old & new) if _ratio(name, before, after) > MARKED],
    }


def _ratio(mineral: str, before: dict[str, Any], after: dict[str, Any]) -> float:
    """Typical content after over before, per mass of material; 1 where it is not known."""
    old, new = (
        sum(
            one["wt_pct"]["typical"] or 0.0 for one in side["minerals"] if one["mineral"] == mineral
        )
        for side in (before, after)
    )
    return new / old if old > 0 and new > 0 else 1.0


def _listed(side: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Listed minerals held at least likely: those with a use, and those only residual."""
    held = [
        one for one in side["minerals"] if one["critical_2025"] and one["presence"] != "possible"
    ]
    used = {one["mineral"] for one in held if one["function"] != "residual"}
    return used, {one["mineral"] for one in held} - used


def _stated_otherwise(option: Option, changed: dict[str, Any], known: bool) -> list[str]:
    """Sentences on where the gathered lists contradict the compositions."""
    if not known or changed["removed"] is None:
        return []
    held = {*changed["kept"], *changed["residual"]}
    there = {*changed["added"], *changed["residual"]}
    still = [one for one in option.stated_removed if one in held]
    before = [one for one in option.stated_added if one in changed["kept"]]
    absent = [one for one in option.stated_added if one not in {*changed["kept"], *there}]
    said = []
    if still:
        said.append(f"Its source takes {_and(still)} out, but the substitute's composition holds "
                    f"{_it(still)}.")  # fmt: skip
    if before:
        said.append(f"Its source adds {_and(before)}, but both compositions hold {_it(before)}.")
    if absent:
        said.append(f"Its source adds {_and(absent)}, but the substitute's composition lacks "
                    f"{_it(absent)}.")  # fmt: skip
    return said


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _it(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _change(before: dict[str, Any], after: dict[str, Any]) -> str:
    """How the exposure changes: by acute rank, then by index; overlapping indices read 'same'."""
    if not before["known"] or not after["known"]:
        return "unknown"
    rank = ("no", "likely", "certain")
    old, new = rank.index(before["acute"]), rank.index(after["acute"])
    if old != new:
        return "lower" if new < old else "higher"
    a, b = before["index"], after["index"]
    if a["high"] is None or b["high"] is None:
        # without certain minerals that have an index there is nothing to compare
        return "unknown" if a["high"] is not None or b["high"] is not None else "same"
    if b["high"] < a["low"]:
        return "lower"
    return "higher" if b["low"] > a["high"] else "same"


def alarm_of(after: dict[str, Any]) -> str | None:
    """What to know before the advantages of one side: it is acute itself, or not known at all."""
    if not after["known"]:
        return "Exposure unknown: no composition of the substitute is known."
    acute = [
        one["mineral"]
        for one in after["minerals"]
        if one["acute"]
        and one["function"] in ("primary", "dopant")
        and one["presence"] != "possible"
    ]
    if after["acute"] == "no" or not acute:
        return None
    return f"The substitute is itself acute, by {', '.join(dict.fromkeys(acute))}."


def alike(subject: str, reference: Reference) -> list[str]:
    """Other subjects of the same family, for browsing: ids, at most twelve."""
    rows = reference.knowledge.subjects
    own = rows.loc[rows["id"] == subject, "family"]
    if not len(own) or not own.iloc[0]:
        return []
    same = rows[(rows["family"] == own.iloc[0]) & (rows["id"] != subject)]
    return [str(one) for one in same["id"].head(12)]


def side_by_side(subjects: Sequence[str], reference: Reference, choices: Choices) -> dict[str, Any]:
    """Any set of materials and classes compared, without a BOM: plain data, one entry each.

    Raises UsageError for an id that is not known.
    """
    reference = with_own_materials(reference, choices.own_materials)
    knowledge = reference.knowledge
    table, minerals = subject_exposures(subjects, knowledge, reference, choices)
    sides = _Sides(table, minerals)
    return {
        "schema": "bomexposure/side-by-side/1",
        "subjects": [sides.side(one, one) for one in subjects],
    }


def pareto(told: dict[str, Any], property_id: str) -> list[dict[str, Any]]:
    """Exposure against one property, for the options of `substitute` that know both.

    Each point: {"id", "name", "index", "value": {low, high}, "front"}; the subject itself is the
    point "". `front` holds when no other point is at least as good on both and better on one,
    taking the high end of the index and the worse end of the property.
    """
    points: list[dict[str, Any]] = []
    better = "higher"
    for option in told["options"]:
        metric = next((one for one in option["properties"] if one["property"] == property_id), None)
        if metric is None or option["to"]["index"]["high"] is None:
            continue
        better = metric["better"]
        if not points and told["subject"]["index"]["high"] is not None:
            own = told["subject"]
            points.append(_point("", own["name"], own["index"]["high"], metric["from"]))
        points.append(
            _point(option["id"], option["to"]["name"], option["to"]["index"]["high"], metric["to"])
        )
    for point in points:
        point["front"] = not any(_beats(other, point, better) for other in points)
    return points


def _point(option: str, name: str, index: float, value: dict[str, float]) -> dict[str, Any]:
    return {"id": option, "name": name, "index": index, "value": value, "front": False}


def _beats(one: dict[str, Any], other: dict[str, Any], better: str) -> bool:
    sign = 1.0 if better == "lower" else -1.0
    end = "high" if better == "lower" else "low"
    mine, theirs = sign * one["value"][end], sign * other["value"][end]
    return bool(
        one["index"] <= other["index"]
        and mine <= theirs
        and (one["index"] < other["index"] or mine < theirs)
    )
