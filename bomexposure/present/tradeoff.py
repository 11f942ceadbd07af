"""Exposure against one property, for the options of a subject: who is beaten on both counts."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from bomexposure.present import numbers
from bomexposure.present.sidebyside import SideBySide
from bomexposure.present.specs import (
    PERCENT_TICKS,
    Axis,
    ColumnSpec,
    FigureSpec,
    Point,
    TableSpec,
)
from bomexposure.present.words import tr
from bomexposure.scenario.substitution import pareto

Key = tuple[str, str, float | None]
"""A property as measured: its id, the test condition and the temperature in degrees Celsius."""
BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither is better"}


def properties_of(told: SideBySide) -> list[tuple[Key, str]]:
    """Properties that a trade-off can be drawn for, with their words, most points first."""
    found: dict[Key, tuple[int, str]] = {}  # in the order of the options: the best one first
    for option in told.plain.get("options", ()):
        if option["to"]["index"]["high"] is None:
            continue
        for metric in option["properties"]:
            key = _key(metric)
            if key[0] == "content-stated":
                continue
            count, _ = found.get(key, (0, ""))
            found[key] = (count + 1, _words(metric))
    ranked = sorted(found.items(), key=lambda one: -one[1][0])
    return [(key, words) for key, (_, words) in ranked]


def _key(metric: dict[str, Any]) -> Key:
    return str(metric["property"]), str(metric["condition"] or ""), metric["temperature_c"]


def _words(metric: dict[str, Any]) -> str:
    where = [metric["condition"]] if metric["condition"] else []
    if metric["temperature_c"] is not None:
        where.append(f"{metric['temperature_c']:g} °C")
    unit = numbers.unit(metric["unit"])
    name = str(metric["name"]).removesuffix(", relative")
    return f"{name}{f', {unit}' if unit else ''}{' (' + ', '.join(where) + ')' if where else ''}"


def tradeoff(told: SideBySide, wanted: Key) -> FigureSpec:
    """Highest index by one property; the Pareto front are the options that none beats on both.

    Only figures of the same property, condition and temperature stand on one axis.
    """
    options = [
        {
            **one,
            "properties": [m for m in one["properties"] if _key(m) == wanted],
            "to": _with_likely(one["to"]),
        }
        for one in told.plain["options"]
    ]
    metrics = [metric for one in options for metric in one["properties"]]
    subject = _with_likely(told.plain["subject"])
    found = pareto({**told.plain, "subject": subject, "options": options}, wanted[0])
    if not found:
        return FigureSpec(
            "tradeoff", "Exposure against a property",
            empty="No option states a property in figures beside a known composition.",
        )  # fmt: skip
    lows = _least_index(told)
    points = tuple(
        Point(
            one["id"], one["name"], one["value"]["low"], one["value"]["high"],
            lows.get(one["id"], one["index"]), one["index"], 0.0,
            _tip(one, metrics[0], lows.get(one["id"], one["index"])),
            "accent" if one["front"] else "neutral",
        )
        for one in found
    )  # fmt: skip
    ends = [end for point in points for end in (point.x_low, point.x_high)]
    low, high, ticks = _scale(ends)
    frame = pd.DataFrame(
        [(p.key, p.label, p.x_low, p.x_high, p.y_low, p.y_high,
          "on the front" if p.role == "accent" else "beaten on both") for p in points],
        columns=["id", "name", "low", "high", "index_low", "index_high", "front"],
    )  # fmt: skip
    unit = numbers.unit(metrics[0]["unit"])
    words = _words(metrics[0])
    columns = (
        ColumnSpec("name", "Option", width=26),
        ColumnSpec("low", str(metrics[0]["name"]), unit, "number", "high", width=16),
        ColumnSpec("index_low", "Highest index", "0 to 100", "index", "index_high", width=14),
        ColumnSpec("front", "Trade-off", width=16),
    )
    missing = len(told.plain["options"]) - sum(1 for point in points if point.key)
    better = BETTER.get(str(metrics[0]["better"]), "")
    left = tr(
        "Not drawn, one of the figures is missing: {options}.",
        options=numbers.count(missing, "option"),
    )
    return FigureSpec(
        "tradeoff",
        tr("Exposure against: {words}", words=words),
        (
            Axis(words, "", low, high, ticks),
            Axis("Highest index", "0 to 100", 0.0, 100.0, PERCENT_TICKS),
        ),
        points=points,
        caption=(
            tr(
                "Filled: no other is at least as good on both and better on one, by the "
                "high end of the index, likely minerals included. {better}; a lower "
                "index is less exposed.",
                better=tr(better).capitalize(),
            )
            + (f" {left}" if missing > 0 else "")
        ),
        table=TableSpec("tradeoff", "Exposure against a property", columns, frame, "id"),
        alt=" ".join(point.tooltip for point in points),
    )


def _with_likely(side: dict[str, Any]) -> dict[str, Any]:
    """A side whose index reaches up to its likely listed minerals."""
    high = side["index"]["high"]
    if high is None:
        return side
    likely = [
        one["index"]["high"] or 0.0
        for one in side["minerals"]
        if one["presence"] == "likely" and one["critical_2025"]
    ]
    return {**side, "index": {"low": side["index"]["low"], "high": max([high, *likely])}}


def _least_index(told: SideBySide) -> dict[str, float]:
    """Low end of the index by option; the part as it is under ''."""
    made = {"": told.plain["subject"]["index"]["low"]}
    made |= {one["id"]: one["to"]["index"]["low"] for one in told.plain["options"]}
    return {key: float(value) for key, value in made.items() if value is not None}


def _tip(one: dict[str, Any], metric: dict[str, Any], low: float) -> str:
    value = numbers.span(one["value"]["low"], one["value"]["high"])
    unit = f" {numbers.unit(metric['unit'])}".rstrip()
    front = "no other beats it on both" if one["front"] else "another is better on both"
    return tr(
        "{name}: {property} {value}{unit}, highest index {index}; {front}.",
        name=one["name"],
        property=metric["name"].lower(),
        value=value,
        unit=unit,
        index=numbers.index(low, one["index"]),
        front=front,
    )


def _scale(ends: list[float]) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """A linear axis around the values with about five round ticks, from nought where it is near."""
    low, high = min(ends), max(ends)
    if 0 < low <= 0.6 * high:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 4))
    step *= next((one for one in (1.0, 2.0, 2.5, 5.0) if one * step * 5 >= span), 10.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first == last:
        last += 1
    ticks = tuple((n * step, numbers.figure(n * step)) for n in range(first, last + 1))
    return first * step, last * step, ticks
