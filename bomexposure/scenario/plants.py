"""Named plants and projects outside China, each at the steps that it runs.

Which words of the supplier list mean which step of the chain, and for which minerals, is data:
resources/reference/methods/plant_stages.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from bomexposure.model.resources import resource

RUNNING = ("operating", "ramp", "intermittent")
SHUT = ("closed",)


@dataclass(frozen=True, slots=True)
class Plant:
    """One row of SUPPLIERS, with the stage groups that it runs.

    Attributes:
        groups: stage groups as PRODUCERS words them; empty where the plant makes something that
            is no step of the mineral's own chain (devices, abrasives).
        runs: output exists today; shut: it was closed.
    """

    iso3: str
    stage: str
    groups: frozenset[str]
    runs: bool
    shut: bool
    sentence: str
    source: str


@cache
def _steps() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Words of the supplier list -> (stage groups, minerals; empty for all)."""
    table = pd.read_csv(
        resource("reference", "methods", "plant_stages.csv"), dtype="str", keep_default_na=False
    )
    return {
        str(row["stage"]): (_set(str(row["groups"])), _set(str(row["minerals"])))
        for row in table.to_dict("records")
    }


def _set(text: str) -> frozenset[str]:
    return frozenset(one for one in text.split(";") if one)


def plants_by_mineral(suppliers: pd.DataFrame) -> dict[str, list[Plant]]:
    """The plants of a SUPPLIERS table that serve each mineral.

    A plant for light rare earths is none for dysprosium. Words that the table does not know keep
    their plant apart from every step.
    """
    known = _steps()
    made: dict[str, list[Plant]] = {}
    for row in suppliers.to_dict("records"):
        stage, mineral = str(row["stage"]), str(row["mineral"])
        groups, minerals = known.get(stage, (frozenset([stage]), frozenset()))
        if minerals and mineral not in minerals:
            continue
        status = str(row["status"])
        shut = status in SHUT
        doubt = ", not confirmed by a source seen" if row["unconfirmed"] else ""
        capacity = f"; {row['capacity']}" if row["capacity"] else ""
        made.setdefault(mineral, []).append(
            Plant(
                iso3=str(row["iso3"]),
                stage=stage,
                groups=groups,
                runs=status in RUNNING,
                shut=shut,
                sentence=f"{'Shut' if shut else 'Named'}: {row['company']}, {row['facility']} "
                f"({stage}): {status} as of {row['as_of'] or 'an unknown date'}{capacity}{doubt}.",
                source=str(row["source"]),
            )
        )
    return made
