"""Every figure of the reference sets with its address: the FIGURES table behind `Sources`."""

from __future__ import annotations

import pandas as pd

from bomexposure.model.sources import FIGURES
from bomexposure.reference.sets import DataSet

CONSUMPTION = "/consumption"
"""Tail of the figure id of the consumption in a row of Table 7."""


def release_figures(usgs: DataSet) -> list[pd.DataFrame]:
    """The figures of a USGS release: everything printed there, and the shares derived from it."""
    parts = []
    for name, year, printed in (
        ("nir.csv", "year", "printed"),
        ("production.csv", "year", "printed"),
        ("reserves.csv", "year", "printed"),
        ("prices.csv", "year", "printed"),
        ("import_sources.csv", "period", "printed"),
        ("figure2.csv", "year", "printed"),
        ("table7.csv", "year", "leader_share"),
    ):
        given = usgs.table(name)
        unit = " (" + given["unit"] + ")" if "unit" in given else ""
        parts.append(_frame(usgs, given, given["locator"] + unit, given[year], given[printed]))
    return [*parts, _consumption(usgs), share_figures(usgs)]


def _consumption(usgs: DataSet) -> pd.DataFrame:
    """U.S. consumption of USGS Table 7: a figure of its own beside the leader's share."""
    salient = usgs.table("table7.csv")
    place = salient["locator"] + ", apparent consumption (" + salient["unit"] + ")"
    made = _frame(usgs, salient, place, salient["year"], salient["consumption"])
    return made.assign(id=made["id"] + CONSUMPTION)


def share_figures(given: DataSet) -> pd.DataFrame:
    """The concentrations computed from a set's production table, one per stage and year."""
    shares = given.table("shares.csv")
    words = (
        "computed from the production table of '"
        + shares["commodity"]
        + "', stage "
        + shares["stage"]
        + ", over the "
        + shares["denominator"].where(shares["denominator"] != "", "country rows")
    )
    return _frame(given, shares, words, shares["year"], "", "derived")


def cited_figures(given: DataSet, name: str) -> pd.DataFrame:
    """The figures of a set whose rows name their own publisher, title, locator and address."""
    rows = given.table(name)
    made = _frame(given, rows, rows["locator"], rows["year"], rows["printed"])
    return made.assign(title=rows["title"], publisher=rows["publisher"], url=rows["url"])


def own_figures(
    given: DataSet,
    rows: pd.DataFrame,
    locator: pd.Series[str],
    year: pd.Series[str] | str,
    printed: pd.Series[str] | str,
) -> pd.DataFrame:
    """The figures of a set that is one publication."""
    return _frame(given, rows, locator, year, printed)


def statement_figures(given: DataSet, rows: pd.DataFrame, year: pd.Series[str]) -> pd.DataFrame:
    """The figures of a set of statements: id, title, publisher, url and locator columns."""
    made = _frame(given, rows, rows["locator"], year, "")
    if "kind" in rows:
        made = made.assign(kind=rows["kind"])
    return made.assign(title=rows["title"], publisher=rows["publisher"], url=rows["url"])


def _frame(
    given: DataSet,
    rows: pd.DataFrame,
    locator: pd.Series[str],
    year: pd.Series[str] | str,
    printed: pd.Series[str] | str,
    kind: str = "published",
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": given.id + "/" + rows["id"],
            "set": given.id,
            "title": given.source.title,
            "publisher": given.source.publisher,
            "locator": locator,
            "year": year,
            "printed": printed,
            "url": given.source.url,
            "kind": kind,
        }
    )


def all_figures(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One FIGURES table out of the parts."""
    return FIGURES.conform(pd.concat(parts, ignore_index=True))
