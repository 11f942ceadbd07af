"""Countries outside the excluded set that could supply a mineral, with scores and reasons.

docs/method.md, section "Sourcing options".
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from bomexposure.exposure.stages import (
    COMPLETE,
    MINED,
    NAN,
    Holder,
    Shares,
    Stage,
    Step,
    bottleneck_of,
    stages_of,
    steps_of,
)
from bomexposure.model.choices import Choices
from bomexposure.model.scenario import SOURCING
from bomexposure.model.supply import Reference
from bomexposure.scenario.plants import Plant
from bomexposure.scenario.sourcing_score import (
    DOMESTIC,
    Facts,
    Term,
    list_words,
    percent,
    scored,
    shipped_terms,
    terms_for,
)

__all__ = ["Stage", "Term", "shipped_terms", "sourcing_options", "stages_of", "terms_for"]
NOTABLE = 1.0
"""Percent of world output below which a country ranks behind those that make more."""
SMALL = 1
PLANS = (
    "Nothing is known to run yet: it is named for plants that are planned, being built or not "
    "verified."
)


def sourcing_options(
    minerals: pd.DataFrame,
    reference: Reference,
    choices: Choices,
    forms: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A SOURCING table for the minerals of a MINERAL_EXPOSURES table (only `mineral` is read).

    Step by step, the bottleneck first; within a step by the low end of the score, one row a
    country. `forms` is a FORM_EXPOSURES table: a stage that serves one traded form only
    (polysilicon) can be the bottleneck only where the BOM draws on that form. A term without data
    widens the score.
    """
    facts = Facts.of(reference, choices, forms)
    rows: list[dict[str, Any]] = []
    for mineral in dict.fromkeys(minerals["mineral"]):
        rows += _options_of(str(mineral), facts)
    return SOURCING.conform(pd.DataFrame(rows, columns=SOURCING.names))


def _options_of(mineral: str, facts: Facts) -> list[dict[str, Any]]:
    steps = steps_of(facts.stages.get(mineral, []))
    narrow = _bottleneck(mineral, steps, facts)
    plants = facts.plants.get(mineral, [])
    excluded = facts.choices.excluded
    beyond_mine = {
        iso3
        for step in steps
        if step.newest.group != MINED
        for one in step.lists
        for iso3, row in one.shares.named.items()
        if row.high > 0.0
    } | {plant.iso3 for plant in plants if plant.runs and plant.groups - {MINED}}
    ranked = sorted(
        steps, key=lambda one: (one is not narrow, not one.whole_market, -one.excluded(excluded)[1])
    )
    mine_alone = all(step.newest.group == MINED for step in steps)
    made: list[dict[str, Any]] = []
    for step in ranked:
        here = [plant for plant in plants if step.newest.group in plant.groups]
        options = [
            option
            for stage, row in _holders(step)
            if row.iso3 not in excluded
            for option in _offered(mineral, row, stage, step, here, facts)
        ]
        listed = {one["iso3"] for one in options}
        options += _by_plants(mineral, step, listed, here, facts)
        for option in options:
            option["bottleneck"] = step is narrow
            if step.newest.group == MINED and option["share_high"] != 0.0:
                _say_mines_only(option, beyond_mine, narrow, mine_alone)
        for option in options:
            if _band(option) == SMALL:
                option["reasons"].append(
                    f"Small: less than {NOTABLE:g} % of world output at this stage."
                )
        made += sorted(
            options,
            key=lambda one: (_band(one), -one["score_low"], -one["score_high"], one["iso3"]),
        )
    return made + _off_the_chain(mineral, steps, plants, facts)


def _bottleneck(mineral: str, steps: list[Step], facts: Facts) -> Step | None:
    """The step at which the excluded countries' share is highest; see `bottleneck_of`."""
    others = facts.other_forms.get(mineral, set())
    serving = [stage for step in steps for stage in step.lists if stage.name not in others] or [
        stage for step in steps for stage in step.lists
    ]
    name = bottleneck_of(serving, facts.choices.excluded)
    return next((step for step in steps if any(one.name == name for one in step.lists)), None)


def _holders(step: Step) -> list[tuple[Stage, Holder]]:
    """One row a country: from the newest list, and from the newest older list that names others.

    What an older list alone names cannot be more than the newest list leaves over.
    """
    found = {row.iso3: (step.newest, row) for row in step.newest.rows}
    for older in step.lists[1:]:
        for row in older.rows:
            if row.iso3 in found or not row.high > 0.0:
                continue
            if step.left_over <= COMPLETE:
                continue  # the newest list is complete without it
            if row.high > step.left_over:
                row = Holder(row.country, row.iso3, 0.0, step.left_over, row.source)
            found[row.iso3] = (older, row)
    return list(found.values())


def _offered(
    mineral: str, row: Holder, stage: Stage, step: Step, plants: list[Plant], facts: Facts
) -> list[dict[str, Any]]:
    """The option of a country that a list names; none where it makes nothing and plans nothing."""
    own = [plant for plant in plants if plant.iso3 == row.iso3]
    idle = row.high == 0.0
    if idle and row.iso3 != DOMESTIC and all(plant.shut for plant in own):
        return []
    option = scored(mineral, row, stage, facts)
    option["stage"] = step.newest.name
    if idle:
        ahead = "; any supply lies ahead" if any(not plant.shut for plant in own) else ""
        option["reasons"][0] = (
            f"Makes nothing at the stage “{stage.name}” today ({list_words(stage)}){ahead}."
        )
    elif stage is not step.newest:
        option["reasons"][0] = (
            f"Named by an older list only: {percent((row.low, row.high))} of world output at the "
            f"stage “{stage.name}” ({list_words(stage)}); the newest list "
            f"({list_words(step.newest)}) does not name it."
        )
    _name_plants(option, own)
    return [option]


def _by_plants(
    mineral: str, step: Step, listed: set[str], plants: list[Plant], facts: Facts
) -> list[dict[str, Any]]:
    """Countries with named plants at a step where no list names them.

    Output that is not listed is at most what the newest list leaves over; where nothing runs yet it
    is nothing.
    """
    left = listed | set(facts.choices.excluded) | {""}
    options = []
    for iso3 in sorted({plant.iso3 for plant in plants if not plant.shut} - left):
        own = [plant for plant in plants if plant.iso3 == iso3]
        runs = any(plant.runs for plant in own)
        high = step.left_over if runs else 0.0
        row = Holder(_country(iso3, facts), iso3, 0.0, high, "")
        option = scored(mineral, row, step.newest, facts)
        option["reasons"][0] = (
            "No list names output of it; it is offered for a plant that runs, and whose output is "
            "within what the newest list leaves to others."
            if runs
            else PLANS
        )
        _name_plants(option, own)
        options.append(option)
    return options


def _off_the_chain(
    mineral: str, steps: list[Step], plants: list[Plant], facts: Facts
) -> list[dict[str, Any]]:
    """Plants at a step of which no publication lists any output: the share is unknown, not zero."""
    groups = {step.newest.group for step in steps}
    rest = [plant for plant in plants if plant.groups and not plant.groups & groups]
    options = []
    for stage, iso3 in sorted({(plant.stage, plant.iso3) for plant in rest if not plant.shut}):
        if iso3 in facts.choices.excluded or not iso3:
            continue
        own = [plant for plant in rest if (plant.stage, plant.iso3) == (stage, iso3)]
        blank = Stage(stage, "", "", "", Shares({}, NAN), False)
        runs = any(plant.runs for plant in own)
        ends = (NAN, NAN) if runs else (0.0, 0.0)
        option = scored(mineral, Holder(_country(iso3, facts), iso3, *ends, ""), blank, facts)
        option["reasons"][0] = (
            "No output is listed at this stage by anyone; it is offered for a plant that runs."
            if runs
            else PLANS
        )
        _name_plants(option, own)
        options.append(option)
    return sorted(options, key=lambda one: (one["stage"], -one["score_low"], one["iso3"]))


def _band(option: dict[str, Any]) -> int:
    """Countries that supply come before those that make little, and these before plans."""
    high = float(option["share_high"])
    if high != high or high >= NOTABLE:
        return 0
    return SMALL if high > 0.0 else SMALL + 1


def _say_mines_only(
    option: dict[str, Any], beyond_mine: set[str], narrow: Step | None, mine_alone: bool
) -> None:
    """Says that ore is no metal: of a country that only mines, or where nobody lists refining."""
    if mine_alone:
        option["reasons"].append(
            "Mining is the only stage that is published for this mineral: whether it is refined "
            "there is not known."
        )
    elif narrow is not None and narrow.newest.group != MINED:
        if option["iso3"] not in beyond_mine:
            option["reasons"].append(
                "Mines only: no output beyond the mine is listed for it, so its ore would "
                f"still have to pass the stage “{narrow.newest.name}” in another country."
            )
    elif option["iso3"] not in beyond_mine:
        option["reasons"].append(
            "Mines only: no output beyond the mine is listed for it, so its ore would still have "
            "to be refined in another country."
        )


def _country(iso3: str, facts: Facts) -> str:
    known = facts.countries.get(iso3)
    return str(known.country) if known is not None else iso3


def _name_plants(option: dict[str, Any], plants: list[Plant]) -> None:
    """Adds the plants of the option's country that run this step, those at work first."""
    for plant in sorted(plants, key=lambda one: (one.shut, not one.runs)):
        option["reasons"].append(plant.sentence)
        if plant.source:
            option["sources"].append(plant.source)
