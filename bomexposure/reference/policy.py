"""Policy events out of the policy set: dates, reach and destination; status is never stored."""

from __future__ import annotations

from datetime import date

import pandas as pd

from bomexposure.model.policy import PolicyEvent
from bomexposure.reference import figures
from bomexposure.reference.names import MineralNames
from bomexposure.reference.rules import Row
from bomexposure.reference.sets import DataSet


def events(given: DataSet, names: MineralNames) -> tuple[tuple[PolicyEvent, ...], pd.DataFrame]:
    """The events of the policy set in its order, and a FIGURES-like table of their sources.

    Mineral names are expanded through the alias table, so that an event on "rare earths" names
    its members.
    """
    cited = given.table("sources.csv")
    sources: dict[str, list[str]] = {}
    for event, figure in zip(cited["event"], cited["id"], strict=True):
        sources.setdefault(event, []).append(f"{given.id}/{figure}")
    made = tuple(
        _event(row, tuple(sources.get(row["id"], ())), names) for row in given.rows("events.csv")
    )
    return made, figures.statement_figures(given, cited, cited["date"])


def _event(row: Row, sources: tuple[str, ...], names: MineralNames) -> PolicyEvent:
    minerals = dict.fromkeys(
        mineral for name in row["minerals"].split(";") if name for mineral in names.ids(name)
    )
    return PolicyEvent(
        id=row["id"],
        title=row["title"],
        country=row["country"],
        iso3=row["iso3"],
        minerals=tuple(minerals),
        measure=row["measure"],
        destination=row["destination"],
        reach=tuple(word for word in row["reach"].split(";") if word),
        detail=row["detail"],
        announced=_day(row["announced"]),
        effective=_day(row["effective"]),
        ended=_day(row["ended"]),
        suspended_from=_day(row["suspended_from"]),
        suspended_until=_day(row["suspended_until"]),
        until=_day(row["until"]),
        date_precision=row["date_precision"],
        last_confirmed=_day(row["last_confirmed"]),
        cut_low=float(row["cut_low"]),
        cut_high=float(row["cut_high"]),
        sources=sources,
        origins=tuple(part for part in row["origins"].split("; ") if part),
        note=row["note"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
