"""Every change that a user can make to a project: pure functions Project -> Project.

Each edit that changes a number writes itself into the decisions log; undo swaps whole projects,
so no edit needs a reverse.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from bomexposure.model.choices import (
    METHODS,
    DictionaryEntry,
    EventStatus,
    Override,
    OwnMaterial,
    Reading,
)
from bomexposure.model.errors import UsageError
from bomexposure.model.policy import STATUSES
from bomexposure.model.project import Decision, Project
from bomexposure.model.report import ReportOptions
from bomexposure.model.scenario import Scenario


def logged(project: Project, what: str, why: str = "", who: str = "", when: str = "") -> Project:
    """The project with one more entry in its log; `when` defaults to now, in UTC."""
    moment = when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return replace(project, decisions=(*project.decisions, Decision(moment, who, what, why)))


def set_reading(project: Project, reading: Reading) -> Project:
    """Read the workbook in another way: sheet, header row, columns."""
    return replace(project, choices=replace(project.choices, reading=reading))


def set_as_of(project: Project, day: date) -> Project:
    """Judge policy status on another day."""
    return replace(project, choices=replace(project.choices, as_of=day))


def set_method(project: Project, method: str) -> Project:
    """Choose the published method behind the index. Raises UsageError for an unknown id."""
    if method not in METHODS:
        raise UsageError(f"There is no method “{method}”.", f"Choose one of {', '.join(METHODS)}.")
    return replace(project, choices=replace(project.choices, method=method))


def set_volume(project: Project, units_per_year: float | None) -> Project:
    """Products per year, None for unknown."""
    if units_per_year is not None and not 0 < units_per_year < math.inf:
        raise UsageError(
            f"A volume of {units_per_year:g} products a year has no meaning.",
            "Give a number above 0, or leave it unknown.",
        )
    return replace(project, choices=replace(project.choices, volume=units_per_year))


def set_rate(project: Project, currency: str, usd: float | None) -> Project:
    """What one unit of a currency is worth in USD; None forgets the rate."""
    rates = dict(project.choices.rates)
    if usd is None:
        rates.pop(currency, None)
    else:
        if not 0 < usd < math.inf:
            raise UsageError(
                f"A rate of {usd:g} for {currency} has no meaning.",
                "Give the worth of one unit in U.S. dollars, such as EUR=1.08.",
            )
        rates[currency.upper()] = usd
    return replace(project, choices=replace(project.choices, rates=rates))


def set_threshold(project: Project, index: float) -> Project:
    """The index from which a mineral is acute."""
    if not 0 <= index <= 100:
        raise UsageError(f"A threshold of {index:g} is off the scale.", "Give 0 to 100.")
    return replace(project, choices=replace(project.choices, acute_threshold=index))


def set_excluded(project: Project, iso3: Iterable[str]) -> Project:
    """Countries not offered as sources."""
    codes = tuple(sorted({code.upper() for code in iso3}))
    changed = replace(project, choices=replace(project.choices, excluded=codes))
    return logged(changed, f"Countries not offered as sources: {', '.join(codes) or 'none'}")


def set_weights(project: Project, weights: dict[str, float]) -> Project:
    """Weights of the sourcing terms."""
    changed = replace(project, choices=replace(project.choices, weights=dict(weights)))
    words = ", ".join(f"{term} {weight:g}" for term, weight in sorted(weights.items()))
    return logged(changed, f"Weights of sourcing terms: {words or 'as shipped'}")


def override(project: Project, decision: Override, what: str) -> Project:
    """Decide on a line or on all alike; an earlier decision on the same scope is replaced."""
    kept = tuple(
        one
        for one in project.choices.overrides
        if (one.fingerprint, one.line_id) != (decision.fingerprint, decision.line_id)
    )
    changed = replace(project, choices=replace(project.choices, overrides=(*kept, decision)))
    return logged(changed, what, decision.reason, decision.decided_by, decision.decided_on)


def override_all(
    project: Project, decisions: Iterable[Override], what: str, why: str = ""
) -> Project:
    """Decide on many lines at once, as one entry of the log; `decisions` name a line each."""
    made = {(one.fingerprint, one.line_id): one for one in decisions}
    if not made:
        return project
    kept = tuple(
        one for one in project.choices.overrides if (one.fingerprint, one.line_id) not in made
    )
    last = next(reversed(made.values()))
    choices = replace(project.choices, overrides=(*kept, *made.values()))
    return logged(replace(project, choices=choices), what, why, last.decided_by, last.decided_on)


def drop_overrides(project: Project, decisions: Iterable[Override], what: str) -> Project:
    """Take decisions back, as one entry of the log; the log keeps both."""
    gone = {(one.fingerprint, one.line_id) for one in decisions}
    kept = tuple(
        one for one in project.choices.overrides if (one.fingerprint, one.line_id) not in gone
    )
    return logged(replace(project, choices=replace(project.choices, overrides=kept)), what)


def set_dictionary(project: Project, entries: Iterable[DictionaryEntry], source: str) -> Project:
    """Use a company dictionary, applied before anything else."""
    rows = tuple(entries)
    changed = replace(project, choices=replace(project.choices, dictionary=rows))
    return logged(changed, f"Company dictionary {source}: {len(rows)} entries")


def set_event_status(project: Project, event: str, status: str, reason: str) -> Project:
    """Say what status an event has; '' goes back to the computed one."""
    if status and status not in STATUSES:
        raise UsageError(
            f"There is no status “{status}”.", f"Choose one of: {', '.join(STATUSES)}."
        )
    kept = tuple(one for one in project.choices.event_statuses if one.event != event)
    if status:
        kept = (*kept, EventStatus(event, status, reason))
    changed = replace(project, choices=replace(project.choices, event_statuses=kept))
    return logged(changed, f"Event {event}: status {status or 'as computed'}", reason)


def run_scenarios(project: Project, ids: Iterable[str]) -> Project:
    """Switch scenarios on (by id) or all off."""
    return replace(project, choices=replace(project.choices, scenarios=tuple(ids)))


def keep_scenario(project: Project, scenario: Scenario) -> Project:
    """Keep a scenario of the user's own; one with the same id is replaced."""
    kept = tuple(one for one in project.choices.own_scenarios if one.id != scenario.id)
    choices = replace(project.choices, own_scenarios=(*kept, scenario))
    return replace(project, choices=choices)


def keep_material(project: Project, material: OwnMaterial) -> Project:
    """Keep a material of the user's own, checked before; one with the same id is replaced."""
    own = project.choices.own_materials
    kept = tuple(one for one in own if one.id != material.id)
    changed = replace(project, choices=replace(project.choices, own_materials=(*kept, material)))
    verb = "added" if len(kept) == len(own) else "changed"
    return logged(changed, f"Own material {material.name} ({material.id}) {verb}", material.source)


def drop_material(project: Project, material: str) -> Project:
    """Forget an own material, with the decisions, words and substitutions that name it.

    A line may not keep a material whose composition is gone: it would read as free of minerals.
    """
    choices = project.choices
    overrides = tuple(one for one in choices.overrides if material not in one.materials)
    dictionary = tuple(one for one in choices.dictionary if one.subject != material)
    scenarios = tuple(
        replace(
            one, substitutions=tuple(pair for pair in one.substitutions if material not in pair)
        )
        for one in choices.own_scenarios
    )
    changed = replace(
        project,
        choices=replace(
            choices,
            own_materials=tuple(one for one in choices.own_materials if one.id != material),
            overrides=overrides,
            dictionary=dictionary,
            own_scenarios=scenarios,
        ),
    )
    gone = len(choices.overrides) - len(overrides) + len(choices.dictionary) - len(dictionary)
    with_it = (
        f", with {gone} {'decision' if gone == 1 else 'decisions'} that named it" if gone else ""
    )
    return logged(changed, f"Own material {material} taken away{with_it}")


def choose_report(project: Project, report: ReportOptions) -> Project:
    """Remember what the report holds, on which paper and in which words."""
    return replace(project, report=report)


def watch(project: Project, minerals: Iterable[str]) -> Project:
    """The minerals that the user watches."""
    return replace(project, watch=tuple(dict.fromkeys(minerals)))
