"""Dated export controls, bans, quotas and tariffs; their status on a day is always computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STATUSES = (
    "announced",
    "in force",
    "suspended",
    "ended",
    "end date passed, not verified",
)


@dataclass(frozen=True, slots=True)
class PolicyEvent:
    """One measure of one country on some minerals.

    Attributes:
        id: stable, such as 'CN-05b'.
        title: a few words for people, such as "China's ban on gallium, germanium, antimony".
        country: name; iso3: its code.
        minerals: mineral ids (groups already expanded).
        measure: 'ban', 'licence', 'quota', 'tariff', 'duty', 'tax', 'procurement rule',
            'benchmark', 'other'.
        destination: 'all', or an ISO3 code such as 'USA', or words such as 'U.S. military users'.
        reach: which goods it covers, of 'raw', 'compound', 'alloy', 'magnet', 'cell', 'part',
            'technology'.
        suspended_until: last day of the suspension as announced.
        until: announced end of the measure itself; once passed it reads "not verified" unless
            `ended` is confirmed.
        date_precision: 'day', 'month' or 'year' of the dates.
        last_confirmed: the day up to which sources were seen.
        cut_low, cut_high: fraction of the flow that it cuts, 0 to 1 (0 for tariffs and the like).
        sources: figure ids; origins: the gathered rows that were merged into it.
        status_set: a status that the user set, '' where none; reason in the project.
    """

    id: str
    title: str
    country: str
    iso3: str
    minerals: tuple[str, ...]
    measure: str
    destination: str
    reach: tuple[str, ...]
    detail: str
    announced: date | None
    effective: date | None
    ended: date | None
    suspended_from: date | None
    suspended_until: date | None
    until: date | None
    date_precision: str
    last_confirmed: date | None
    cut_low: float
    cut_high: float
    sources: tuple[str, ...]
    origins: tuple[str, ...] = ()
    note: str = ""
    status_set: str = ""

    def status(self, day: date) -> str:
        """The status word on `day`, computed from the dates; see STATUSES."""
        if self.status_set:
            return self.status_set
        if self.ended is not None and day >= self.ended:
            return "ended"
        if self.effective is None or day < self.effective:
            return "announced"
        if self.until is not None and day > self.until:
            return "end date passed, not verified"
        if self.suspended_from is not None and day >= self.suspended_from:
            if self.suspended_until is None or day <= self.suspended_until:
                return "suspended"
            return "end date passed, not verified"
        return "in force"

    def changes(self) -> tuple[tuple[date, str], ...]:
        """The dated changes of this event in order, each with words for what changes then."""
        dated = [
            (self.announced, "announced"),
            (self.effective, "takes effect"),
            (self.suspended_from, "suspended"),
            (self.suspended_until, "suspension ends"),
            (self.until, "announced end"),
            (self.ended, "ended"),
        ]
        return tuple(sorted((day, words) for day, words in dated if day is not None))
