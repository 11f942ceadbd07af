"""What could stand in for the parts of this BOM that hold acute minerals."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, FUNCTIONAL
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.facts import facts_frame
from bomexposure.present.footnotes import sourced
from bomexposure.present.lines import subject_names
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr
from bomexposure.scenario.options_data import Option, options
from bomexposure.scenario.substitution import told_options

EFFORTS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class LineOption:
    """A substitute on record for the class or material of a line.

    Attributes:
        subject, name: id and name of what is in the line now; to: name of the substitute.
        row: Excel row of the line with most spend that holds it; lines: how many hold it.
        minerals: acute ones that these lines hold; acting: those that carry the function there.
        removed, added: mineral ids, computed from the compositions of both sides.
        acute_added: whether the substitute is itself acute.
    """

    id: str
    subject: str
    name: str
    to: str
    row: int
    lines: int
    spend: float
    minerals: tuple[str, ...]
    acting: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    acute_added: bool
    effort: str
    tradeoff: str
    source: str
    source_kind: str


def line_options(analysis: Analysis) -> list[LineOption]:
    """Options for the subjects of counted lines that hold an acute mineral, worst minerals first.

    In the order of the spend of the lines, then of the record. Those of the last answer asked about
    are kept, since a report asks many times.
    """
    global _last
    key = (analysis.contents.contents, analysis.exposures.minerals, analysis.exposures.lines)
    if _last is None or any(known() is not now for known, now in zip(_last[0], key, strict=True)):
        _last = (tuple(weakref.ref(one) for one in key), _options(analysis))
    return list(_last[1])


_last: tuple[tuple[weakref.ref[pd.DataFrame], ...], list[LineOption]] | None = None


def _options(analysis: Analysis) -> list[LineOption]:
    by_subject: dict[str, list[Option]] = {}
    for option in options():
        by_subject.setdefault(option.subject, []).append(option)
    supply = drawn_minerals(analysis)
    acute = set(supply.loc[supply["acute"] & supply["critical_2025"], "mineral"])
    held = _acute_lines(analysis, acute)
    named = subject_names(analysis, pd.Series(sorted(held), dtype="str")).tolist()
    names = dict(zip(sorted(held), named, strict=True))
    chosen = [option for subject in held for option in by_subject.get(subject, [])]
    told = told_options(chosen, analysis.reference, analysis.choices)
    made = []
    for subject, own in held.items():
        for option in by_subject.get(subject, []):
            change = told.get(option.id)
            if change is None or change["removed"] is None:
                continue  # without a composition nobody knows what it takes out
            made.append(
                LineOption(
                    option.id, subject, names[subject], option.substitute_name, own.row, own.lines,
                    own.spend, tuple(sorted(own.minerals)), tuple(sorted(own.acting)),
                    tuple(change["removed"]), tuple(change["added"]),
                    change["to"]["acute"] != "no", option.effort, option.tradeoff,
                    option.source, option.source_kind,
                )
            )  # fmt: skip
    return sorted(made, key=lambda one: (-one.spend, one.subject, one.id))


@dataclass(slots=True)
class _Holding:
    """The counted lines of one class or material that hold an acute mineral; see LineOption."""

    row: int = 0
    lines: int = 0
    spend: float = 0.0
    most: float = -1.0
    """Spend of the line in `row`."""
    minerals: set[str] = field(default_factory=set)
    acting: set[str] = field(default_factory=set)


def _acute_lines(analysis: Analysis, acute: set[str]) -> dict[str, _Holding]:
    """Per subject of counted lines that hold an acute mineral, what these lines are together.

    Acting are the minerals that carry the function of one of these lines at least. Lines of the
    same class and materials are summed up first: a large book has few of such kinds.
    """
    held = analysis.contents.contents
    firm = held[
        held["relation"].isin(COUNTING_RELATIONS)
        & (held["presence"] >= "likely")
        & held["mineral"].isin(acute)
    ]
    firm = firm[analysis.bom.lines["counted"].to_numpy()[firm["line"].to_numpy()]]
    at = np.unique(firm["line"].to_numpy())
    taken = analysis.contents.recognitions.iloc[at]
    words = taken["component_class"].astype("str") + ";" + taken["materials"].astype("str")
    kind, kinds = pd.factorize(words)
    lines = pd.DataFrame(
        {
            "kind": kind,
            "row": analysis.bom.lines["row"].to_numpy()[at],
            "spend": analysis.exposures.lines["spend"].fillna(0.0).to_numpy()[at],
        }
    )
    largest = lines.sort_values("spend", ascending=False, kind="stable").drop_duplicates("kind")
    largest = largest.set_index("kind").sort_index()
    count = np.bincount(kind, minlength=len(kinds))
    spend = np.bincount(kind, weights=lines["spend"], minlength=len(kinds))
    of_row = kind[np.searchsorted(at, firm["line"].to_numpy())]
    minerals = _by_kind(of_row, firm["mineral"])
    works = firm["function"].isin(FUNCTIONAL).to_numpy()
    acting = _by_kind(of_row[works], firm["mineral"][works])
    made: dict[str, _Holding] = {}
    for number, (one, row, most) in enumerate(
        zip(kinds, largest["row"].tolist(), largest["spend"].tolist(), strict=True)
    ):
        for subject in {part for part in one.split(";") if part}:
            whole = made.setdefault(subject, _Holding())
            # of equal ones the first row of the sheet
            if (most, -row) > (whole.most, -whole.row):
                whole.row, whole.most = row, most
            whole.lines += int(count[number])
            whole.spend += float(spend[number])
            whole.minerals |= minerals.get(number, set())
            whole.acting |= acting.get(number, set())
    return made


def _by_kind(kinds: npt.NDArray[np.intp], minerals: pd.Series[Any]) -> dict[int, set[str]]:
    """The minerals of each kind, from one number of a kind and one mineral a row."""
    pairs = pd.DataFrame({"kind": kinds, "mineral": minerals.to_numpy()}).drop_duplicates()
    made: dict[int, set[str]] = {}
    for kind, mineral in zip(pairs["kind"].tolist(), pairs["mineral"].tolist(), strict=True):
        made.setdefault(kind, set()).add(mineral)
    return made


def substitute_words(analysis: Analysis, mineral: str, acts: bool) -> str:
    """The option of least effort that takes a mineral out of this BOM's lines, with its effort.

    With `acts` only options for lines whose function the mineral carries: what replaces a magnet
    that holds a little gallium is no way out for an LED. Where the mineral is the main constituent
    of some line, lines that it only dopes do not count either.
    """
    subjects = _carrying_subjects(analysis, mineral) if acts else None
    chosen = [
        one
        for one in line_options(analysis)
        if mineral in one.removed and (subjects is None or one.subject in subjects)
    ]
    if not chosen:
        return "none on record"
    best = min(chosen, key=lambda one: (one.acute_added, _effort(one), -one.spend))
    alarm = ", but acute itself" if best.acute_added else ""
    return tr("{to}, {effort} effort{alarm}", to=_short(best.to), effort=best.effort, alarm=alarm)


def _carrying_subjects(analysis: Analysis, mineral: str) -> set[str]:
    """Classes and materials of the lines in which a mineral acts in its strongest function.

    `primary` before `dopant`, certain before likely: the parts that page one names beside it.
    """
    frame = facts_frame(analysis)
    held = frame[
        (frame["mineral"] == mineral)
        & frame["acute"]
        & frame["counting"]
        & (frame["presence"] >= "likely")
    ]
    for presence in ("certain", "likely"):
        for function in ("primary", "dopant"):
            own = held[(held["presence"] == presence) & (held["function"] == function)]
            if len(own):
                taken = analysis.contents.recognitions.iloc[own["line"].unique()]
                classes = set(taken["component_class"].astype("str"))
                named = taken["materials"].astype("str").str.split(";").explode()
                return {one for one in (classes | set(named)) if one}
    return set()


def best_option(analysis: Analysis, acute: list[str]) -> LineOption | None:
    """The option that takes out the first acute mineral possible, of least effort, not acute."""
    every = [one for one in line_options(analysis) if not one.acute_added]
    for mineral in acute:
        chosen = [one for one in every if mineral in one.removed]
        if chosen:
            return min(chosen, key=lambda one: (_effort(one), -one.spend))
    return None


def _effort(option: LineOption) -> int:
    return EFFORTS.index(option.effort) if option.effort in EFFORTS else len(EFFORTS)


def _short(name: str, length: int = 34) -> str:
    """A name cut at its first bracket or comma where it is long."""
    if len(name) <= length:
        return name
    for mark in (" (", ", ", "; "):
        head = name.partition(mark)[0]
        if len(head) <= length:
            return head
    return f"{name[: length - 1]}…"


def options_table(analysis: Analysis) -> TableSpec:
    """Substitutes on record for the parts and materials of this BOM that hold acute minerals."""
    chosen = line_options(analysis)
    rows = pd.DataFrame(
        [
            (
                one.id, one.name, one.row, one.lines, one.spend,
                one.to + (" (acute itself)" if one.acute_added else ""), _names(one.removed),
                _names(one.added), one.effort,
                one.tradeoff, sourced(one.source, one.source_kind),
            )
            for one in chosen
        ],
        columns=["id", "name", "row", "lines", "spend", "to", "removed", "added", "effort",
                 "tradeoff", "source"],
    )  # fmt: skip
    currency = analysis.exposures.headline.currency or ""
    columns = (
        ColumnSpec("name", "In the BOM now", width=26),
        ColumnSpec("row", "Row", "", "integer", width=6),
        ColumnSpec("lines", "Lines", "", "integer", width=6),
        ColumnSpec("spend", "Spend", currency, "money", width=10),
        ColumnSpec("to", "Substitute", width=26),
        ColumnSpec("removed", "Takes out", width=24),
        ColumnSpec("added", "Brings in", width=18),
        ColumnSpec("effort", "Effort", width=8),
        ColumnSpec("tradeoff", "At what price in performance", width=44),
        ColumnSpec("source", "Source", width=34),
    )
    return TableSpec(
        "options", "Substitutes for parts of this BOM", columns, rows, "id",
        "Effort is that of requalification. A substitute that is acute itself says so.",
        "No substitute is on record for a part of this BOM that holds an acute mineral.",
    )  # fmt: skip


def _names(minerals: tuple[str, ...]) -> str:
    return ", ".join(numbers.mineral_name(one) for one in minerals) or "none"
