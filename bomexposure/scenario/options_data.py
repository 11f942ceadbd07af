"""The shipped substitution options and the metrics of their properties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from bomexposure.model.resources import resource

FOLDER = ("knowledge", "substitution")


@dataclass(frozen=True, slots=True)
class Property:
    """One entry of the property dictionary; `better` is 'higher', 'lower' or 'neither'."""

    id: str
    name: str
    unit: str
    better: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One property of both sides of an option, each low and high, in the property's unit.

    `temperature_c` is None where the figure does not speak of one.
    """

    property: Property
    condition: str
    temperature_c: float | None
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Option:
    """A pair: a subject, and a substitute for it."""

    id: str
    domain: str
    subject: str
    substitute: str
    substitute_name: str
    stated_removed: tuple[str, ...]
    stated_added: tuple[str, ...]
    stated_reduced: tuple[str, ...]
    tradeoff: str
    effort: str
    source_kind: str
    source: str
    metrics: tuple[Metric, ...]


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(resource(*FOLDER, name), dtype="str", keep_default_na=False)


@cache
def properties() -> dict[str, Property]:
    """The dictionary of property names, by id."""
    return {
        str(row.id): Property(str(row.id), str(row.name), str(row.unit), str(row.better))
        for row in _read("properties.csv").itertuples(index=False)
    }


@cache
def options() -> tuple[Option, ...]:
    """Every shipped option, in the order of the file."""
    known = properties()
    metrics: dict[str, list[Metric]] = {}
    for row in _read("metrics.csv").itertuples(index=False):
        told: Any = row
        metrics.setdefault(str(told.option), []).append(
            Metric(
                known[told.property],
                told.condition,
                float(told.temperature_c) if told.temperature_c else None,
                (float(told.from_low), float(told.from_high)),
                (float(told.to_low), float(told.to_high)),
            )
        )
    made = []
    for told in _read("options.csv").rename(columns={"from": "subject"}).to_dict("records"):
        made.append(
            Option(
                told["id"],
                told["domain"],
                told["subject"],
                told["to"],
                told["to_name"],
                _ids(told["stated_removed"]),
                _ids(told["stated_added"]),
                _ids(told["stated_reduced"]),
                told["tradeoff"],
                told["effort"],
                told["source_kind"],
                told["source"],
                tuple(metrics.get(told["id"], ())),
            )
        )
    return tuple(made)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(";") if one)
