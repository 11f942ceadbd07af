"""Trying a substitute on the BOM: which lines hold it, what would change, and deciding on it."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.exposure import selected_mineral
from bomexposure.gui.viewstate import View
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Override
from bomexposure.model.project import Project
from bomexposure.model.scenario import Scenario
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.sidebyside import Choice, SideBySide, subjects_with_options
from bomexposure.present.substitutes import LineOption, line_options
from bomexposure.present.whatif import before_after
from bomexposure.present.words import tr
from bomexposure.project import edits
from bomexposure.scenario.play import play_one
from bomexposure.scenario.swap import lines_of

CHANGES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Holders:
    """Counted lines that hold a subject, the selected or dearest first.

    Attributes:
        rows: positions; first_row: its Excel row; first_id: its line id.
    """

    rows: tuple[int, ...]
    first_row: int
    first_id: str

    def words(self) -> str:
        """'In row 25', or 'In row 25 and 2 more'."""
        if len(self.rows) == 1:
            return tr("In row {row}", row=self.first_row)
        more = numbers.whole(len(self.rows) - 1)
        return tr("In row {row} and {count} more", row=self.first_row, count=more)


def holders_of(subject: str, analysis: Analysis, wanted: str = "") -> Holders:
    """Counted lines with this material or class; `wanted` is the line id to put first."""
    lines = analysis.bom.lines
    at = lines_of(subject, analysis.bom, analysis.contents)
    at = at[lines["counted"].to_numpy(dtype=bool)[at]]
    spend = np.nan_to_num(analysis.exposures.lines["spend"].to_numpy(dtype=float)[at])
    own = (lines["id"].to_numpy(dtype=object)[at] == wanted).astype(float)
    ranked = tuple(int(one) for one in at[np.lexsort((at, -spend, -own))])
    if not ranked:
        return Holders((), 0, "")
    return Holders(ranked, int(str(lines["row"].iat[ranked[0]])), str(lines["id"].iat[ranked[0]]))


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen, and the parts of a BOM among it.

    Attributes:
        every: (subject, name, how many options) on record.
        mine: options for acute parts of the BOM, dearest first.
        rows: subject -> Excel row in the BOM: acute parts first, then any other with a substitute.
    """

    analysis: Analysis | None
    every: tuple[tuple[str, str, int], ...]
    mine: tuple[LineOption, ...]
    rows: dict[str, int]


def offer_of(analysis: Analysis | None, reference: Reference) -> Offer:
    """The subjects with substitutes on record, and where a BOM holds them."""
    every = tuple(subjects_with_options(reference))
    if analysis is None:
        return Offer(None, every, (), {})
    mine = tuple(line_options(analysis))
    rows: dict[str, int] = {}
    for one in mine:
        rows.setdefault(one.subject, one.row)
    for subject, row in _rows_with_options(analysis, {one[0] for one in every}).items():
        rows.setdefault(subject, row)
    return Offer(analysis, every, mine, rows)


def _rows_with_options(analysis: Analysis, on_record: set[str]) -> dict[str, int]:
    """Subject -> Excel row of its dearest counted line, for every part that has a substitute."""
    found, lines = analysis.contents.recognitions, analysis.bom.lines
    frame = pd.DataFrame(
        {
            "held": found["component_class"] + ";" + found["materials"],
            "spend": analysis.exposures.lines["spend"].fillna(0.0),
            "row": lines["row"].astype("int64"),
        }
    )[lines["counted"].to_numpy(dtype=bool)]
    # one row a distinct recognition: its dearest line, the first of equals
    dearest = frame.sort_values("spend", ascending=False, kind="stable").drop_duplicates("held")
    made: dict[str, int] = {}
    for held, row in zip(dearest["held"].tolist(), dearest["row"].tolist(), strict=True):
        for subject in str(held).split(";"):
            if subject in on_record:
                made.setdefault(subject, int(row))
    return made


def as_scenario(told: SideBySide | None, choice: Choice, line: str) -> Scenario:
    """The swap as a scenario: on one line by its id, or on every line that holds the subject."""
    if told is None:
        return Scenario("", "Today")
    old = f"line:{line}" if line else told.subject
    where = " in one line" if line else ""
    return replace(
        Scenario(
            "swap",
            f"{choice.name} instead of {told.name}{where}",
        ),
        substitutions=((old, choice.subject),),
    )


def effect_of(scenario: Scenario, analysis: Analysis) -> str:
    """The headline figures that the scenario changes, in one sentence."""
    parts = (
        analysis.bom, analysis.contents, analysis.exposures, analysis.reference, analysis.choices,
    )  # fmt: skip
    today, then = play_one(Scenario("", "Today"), *parts), play_one(scenario, *parts)
    rows = before_after(today, then).rows
    changed = [
        f"{row['figure'][:1].lower()}{row['figure'][1:]} {row['before']} → {row['after']}"
        for row in rows.to_dict("records")
        if row["before"] != row["after"]
    ]
    if not changed:
        return "no headline figure would change."
    return f"{'; '.join(changed[:CHANGES_SHOWN])}."


def set_lines(
    project: Project,
    book: LineBook,
    rows: tuple[int, ...],
    choice: Choice,
    told: SideBySide,
    reference: Reference,
) -> Project:
    """The project with the substitute decided on for lines; each stands in the decisions log."""
    subjects = reference.knowledge.subjects
    # one that only the project knows is a material
    kinds = subjects.loc[subjects["id"] == choice.subject, "kind"]
    kind = str(kinds.iloc[0]) if len(kinds) else "material"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for line in rows:
        made = Override(
            fingerprint=str(book.lines["fingerprint"].iat[line]),
            line_id=str(book.lines["id"].iat[line]),
            component_class=choice.subject if kind == "class" else "",
            materials=(choice.subject,) if kind == "material" else (),
            reason=f"substitute for {told.name}",
            decided_by=_user(),
            decided_on=now,
        )
        row = int(str(book.lines["row"].iat[line]))
        project = edits.override(
            project,
            made,
            f"Row {row}: {choice.name} for {told.name}",
        )
    return project


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def subject_of(
    view: View, analysis: Analysis, on_record: set[str], mine: Sequence[LineOption]
) -> tuple[str, str]:
    """The replaceable subject behind the selection, and what to say of it; '' for none."""
    chosen = view.subject
    if chosen is not None and chosen.kind == "line":
        at = (analysis.bom.lines["id"] == chosen.key).to_numpy().nonzero()[0]
        if len(at):
            found = analysis.contents.recognitions.iloc[int(at[0])]
            held = [*str(found["materials"]).split(";"), str(found["component_class"])]
            exact = next((one for one in held if one in on_record), "")
            if exact:
                return exact, ""
            return nearest_relative([one for one in held if one], on_record, analysis)
    mineral = selected_mineral(view)
    if chosen is not None and chosen.kind == "mineral" and mineral:
        ranked = [one for one in mine if mineral in one.removed]
        ranked += [one for one in mine if mineral in one.minerals]
        name = numbers.mineral_name(mineral).lower()
        said = tr(
            "No part of this BOM with {name} has a substitute on record; this is another part",
            name=name,
        )
        return (ranked[0].subject, "") if ranked else ("", said)
    return "", ""


def nearest_relative(held: list[str], on_record: set[str], analysis: Analysis) -> tuple[str, str]:
    """A subject with options of the same family as the line's own; says so, or that none is."""
    known = analysis.reference.knowledge.subjects.drop_duplicates("id").set_index("id")
    for one in held:
        family = str(known["family"].get(one, ""))
        alike = [
            other for other in sorted(on_record)
            if family and str(known["family"].get(other, "")) == family
        ]  # fmt: skip
        if alike:
            # the id that shares most letters from its start is the nearest relative
            best = max(alike, key=lambda other: (_alike(one, other), other))
            name = str(known["name"].get(one, one))
            return best, tr(
                "Nothing is on record for {name}; this is its nearest relative", name=name
            )
    if held:
        name = str(known["name"].get(held[0], held[0]))
        return "", tr("Nothing is on record for {name}; this is another part of the BOM", name=name)
    return "", ""


def _alike(one: str, other: str) -> int:
    """How many letters two ids share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
