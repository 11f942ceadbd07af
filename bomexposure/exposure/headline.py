"""The figures of page one. docs/method.md, section "Headlines"."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import CERTAIN, LIKELY, Holdings, strongest
from bomexposure.exposure.money import Spend
from bomexposure.model.exposure import Headline, Share
from bomexposure.model.policy import PolicyEvent

TOP = 5
LAST_DAYS = ("suspension ends", "announced end")
"""Changes that fall on the last day of something: they lie ahead on that very day."""


def headline_of(
    lines: pd.DataFrame,
    exposed: pd.DataFrame,
    minerals: pd.DataFrame,
    holdings: Holdings,
    spend: Spend,
    controls: pd.DataFrame,
    events: tuple[PolicyEvent, ...],
    as_of: date,
) -> Headline:
    """Headline of a BOM; minerals are counted by entry of the 2025 list."""
    acute = exposed["acute"]
    return Headline(
        minerals=_listed(holdings, ""),
        minerals_acute=_listed(holdings, "acute"),
        minerals_nir_50=_listed(holdings, "nir_50"),
        minerals_nir_100=_listed(holdings, "nir_100"),
        spend=spend.total,
        currency=spend.currency if spend.total is not None else None,
        spend_by_currency=spend.by_currency,
        spend_acute_pct=_share(exposed, "acute", spend),
        spend_acute_minor_pct=_share(exposed, "acute_minor", spend),
        spend_nir_50_pct=_share(exposed, "nir_50", spend),
        spend_nir_100_pct=_share(exposed, "nir_100", spend),
        spend_china_led_pct=_share(exposed, "china_led", spend),
        lines_acute=(int((acute == "certain").sum()), int((acute == "likely").sum())),
        controls_in_force=controls_in_force(controls),
        next_change=next_change(events, headline_events(controls), as_of),
        top_minerals=top_minerals(minerals, holdings, spend),
        top_lines=top_lines(lines, exposed),
    )


def controls_in_force(controls: pd.DataFrame) -> int:
    """How many events of a CONTROLS table are in force and count (see its column `aside`)."""
    counts = (controls["status"] == "in force") & (controls["aside"] == "")
    return int(controls.loc[counts, "event"].nunique())


def headline_events(controls: pd.DataFrame) -> set[str]:
    """Events whose dates page one tells: all but those of countries that supply little."""
    return set(controls.loc[controls["aside"] != "supplies little", "event"])


def _listed(holdings: Holdings, column: str) -> int:
    """Listed minerals held certainly or likely, in a form that `column` holds for."""
    where = (holdings.rank >= LIKELY) & holdings.of_form("critical_2025").astype(bool)
    if column:
        where &= holdings.of_form(column).astype(bool)
    return int((np.bincount(holdings.mineral[where]) > 0).sum())


def _share(exposed: pd.DataFrame, column: str, spend: Spend) -> Share:
    total = spend.total
    if not total:
        return Share(None, None)
    parts = [
        float(np.nansum(spend.per_line[(exposed[column] == word).to_numpy()]) / total * 100.0)
        for word in ("certain", "likely")
    ]
    return Share(parts[0], parts[1])


def next_change(
    events: tuple[PolicyEvent, ...], touching: set[str], as_of: date
) -> tuple[str, str] | None:
    """ISO date and event id of the next dated change among the events that touch this BOM."""
    ahead = [
        (day.isoformat(), event.id)
        for event in events
        if event.id in touching
        for day, words in event.changes()
        if day > as_of or (day == as_of and words in LAST_DAYS)
    ]
    return min(ahead, default=None)


def top_minerals(minerals: pd.DataFrame, holdings: Holdings, spend: Spend) -> tuple[str, ...]:
    """The five listed minerals that carry most, judged on the forms that this BOM draws on.

    Acute ones first; of these first those that carry some line's function and are acute at the low
    bound already (not the silicon of chips, whose reliance is a range); then by the spend (lines,
    where none is known) of parts whose function they carry in an acute form, certainly, then
    likely; then by index and spend at risk.
    """
    listed = holdings.of_form("critical_2025").astype(bool) & (holdings.rank >= LIKELY)
    acute = holdings.of_form("acute").astype(bool)
    table = pd.DataFrame({"mineral": pd.Series(list(holdings.minerals), dtype="str")})
    count = len(table)
    table["held"] = np.bincount(holdings.mineral[listed], minlength=count) > 0
    table["acute"] = np.bincount(holdings.mineral[listed & acute], minlength=count) > 0
    carry = listed & acute & holdings.functional
    surely = carry & holdings.of_form("acute_low").astype(bool)
    table["surely"] = np.bincount(holdings.mineral[surely], minlength=count) > 0
    once = strongest(holdings.line[carry], holdings.mineral[carry], holdings.rank[carry], count)
    weight = np.nan_to_num(spend.per_line) if spend.total else np.ones(holdings.count)
    for name, rank in (("certain", CERTAIN), ("likely", LIKELY)):
        at = once.rank == rank
        table[name] = np.bincount(once.code[at], weight[once.line[at]], minlength=count)
    worst = np.full(count, -np.inf)
    high = np.nan_to_num(holdings.of_form("index_high").astype(float)[listed], nan=-np.inf)
    np.maximum.at(worst, holdings.mineral[listed], high)
    table["index"] = worst
    table = table.merge(minerals[["mineral", "spend_certain", "lines_certain"]], on="mineral")
    keys = ["acute", "surely", "certain", "likely", "index", "spend_certain", "lines_certain"]
    ranked = table[table["held"]].sort_values(
        [*keys, "mineral"],
        ascending=[False] * len(keys) + [True],
        na_position="last",
        kind="stable",
    )
    return tuple(str(name) for name in ranked["mineral"].head(TOP))


def top_lines(lines: pd.DataFrame, exposed: pd.DataFrame) -> tuple[str, ...]:
    """The five counted lines that carry most: acute rank, then spend, then index (low, high)."""
    carries = exposed["unit_of_count"] & (
        (exposed["acute"] != "no") | (exposed["acute_minor"] != "no") | (exposed["listed"] != "no")
    )
    some = exposed[carries]
    order = pd.DataFrame(
        {
            "acute": some["acute"].cat.codes,
            "minor": some["acute_minor"].cat.codes,
            "spend": some["spend"],
            "surely": some["index_low"],
            "index": some["index_high"],
            "at": some.index,
        }
    ).sort_values(
        ["acute", "minor", "spend", "surely", "index", "at"],
        ascending=[False, False, False, False, False, True],
        na_position="last",
    )
    return tuple(lines["id"].iloc[order["at"].head(TOP)])
