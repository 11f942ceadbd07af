"""Substitutes side by side: columns are options, rows are facts, the present part first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bomexposure.model.choices import Choices
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.footnotes import sourced
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr
from bomexposure.reference.option_figures import option_figure, property_figure
from bomexposure.scenario.options_data import options
from bomexposure.scenario.substitution import alarm_of, substitute
from bomexposure.scenario.substitution import side_by_side as exposures_side_by_side

VERDICTS = {"better": "better", "worse": "worse", "same": "as now", "overlaps": "ranges overlap",
            "differs": "differs"}  # fmt: skip
CHANGES = {"lower": "less exposed", "same": "exposure as now", "higher": "more exposed",
           "unknown": "exposure not known"}  # fmt: skip
SUPPLIES = ("acute", "maybe", "reliant", "plain")
"""What a chip says of a mineral's supply, the worst first, as in the Lines table."""
RELIANT = 50.0
"""Percent of net import reliance from which a mineral counts as reliant."""


@dataclass(frozen=True, slots=True)
class MineralMark:
    """A mineral as a chip: `supply` one of SUPPLIES, `presence` as recognised."""

    mineral: str
    symbol: str
    supply: str
    presence: str
    spoken: str


@dataclass(frozen=True, slots=True)
class FactCell:
    """One fact of one option: words, and a range on the row's axis where there is one."""

    words: str
    low: float = float("nan")
    high: float = float("nan")
    note: str = ""
    minerals: tuple[MineralMark, ...] = ()
    level: int = 0
    """Effort: 1 low to 3 high; 0 for other facts."""
    figures: tuple[str, ...] = ()
    """Figure ids behind the cell."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row: its name, unit, and a cell a column; `group` heads a group of rows."""

    name: str
    unit: str
    cells: tuple[FactCell, ...]
    group: str = ""
    kind: str = "words"
    """'chips', 'range', 'words' or 'effort'."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One column: the part as it is (`id` ''), or an option.

    Attributes:
        alarm: what to know before the advantages, '' for nothing.
        said: sentences where a source contradicts the composition.
    """

    id: str
    subject: str
    name: str
    below: str
    change: str = ""
    alarm: str = ""
    said: tuple[str, ...] = ()
    tradeoff: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The whole comparison; `plain` is the dict of the command line and JSON."""

    subject: str
    name: str
    choices: tuple[Choice, ...]
    rows: tuple[FactRow, ...]
    plain: dict[str, Any]


def subjects_with_options(reference: Reference) -> list[tuple[str, str, int]]:
    """(id, name, how many options) of every material and class that has a substitute on record."""
    known = reference.knowledge.subjects
    names = dict(zip(known["id"].tolist(), known["name"].tolist(), strict=True))
    counts: dict[str, int] = {}
    for option in options():
        if option.subject in names:
            counts[option.subject] = counts.get(option.subject, 0) + 1
    made = [(one, str(names[one]), count) for one, count in counts.items()]
    return sorted(made, key=lambda one: (one[1].casefold(), one[0]))


def side_by_side(subject: str, reference: Reference, choices: Choices) -> SideBySide:
    """Every option of a material or class beside it. Raises UsageError for an unknown id."""
    told = substitute(subject, reference, choices)
    chips = _Chips.of(reference, choices)
    own, found = told["subject"], told["options"]
    sides = [own, *(one["to"] for one in found)]
    columns = [
        Choice("", str(own["id"]), str(own["name"]), "as it is now"),
        *(
            Choice(
                one["id"], one["to"]["id"], one["to"]["name"], CHANGES[one["change"]],
                one["change"], _alarm(one["alarm"]), tuple(one["stated_otherwise"]),
                one["tradeoff"], sourced(one["source"], one["source_kind"]),
            )
            for one in found
        ),
    ]  # fmt: skip
    rows = [
        FactRow(
            "Critical minerals", "filled certain, outlined likely",
            tuple(chips.cell(one) for one in sides),
            "Exposure, by the same code as the BOM", "chips",
        ),
        FactRow("Highest index", "0 to 100", tuple(_index(one) for one in sides), "", "range"),
        _changes(found, "removed", "Takes out"),
        _changes(found, "added", "Brings in"),
        _changes(found, "residual", "Left as residual"),
        *_properties(found),
        FactRow(
            "Mass for the same function", "times as now",
            (FactCell("1", 1.0, 1.0), *(_mass(one) for one in found)), "", "range",
        ),
        FactRow(
            "Trade-off", "in words",
            (FactCell("as designed"), *(FactCell(one["tradeoff"] or numbers.NOT_STATED,
                                                 figures=_whole(one)) for one in found)),
        ),
        FactRow(
            "Requalification", "effort",
            (FactCell("–"), *(_effort(one["effort"]) for one in found)), "", "effort",
        ),
        FactRow(
            "Source", "",
            (FactCell(""), *(FactCell(sourced(one["source"], one["source_kind"]),
                                      figures=_whole(one)) for one in found)),
        ),
    ]  # fmt: skip
    kept = [row for row in rows if any(cell.words or cell.minerals for cell in row.cells)]
    return SideBySide(subject, str(own["name"]), tuple(columns), tuple(kept), told)


@dataclass(frozen=True, slots=True)
class _Chips:
    """What the chips need of the reference: symbols, and the reliance of each traded form.

    Attributes:
        symbols: mineral -> symbol, '' for none.
        reliance: (mineral, form) -> percent at least, NaN where unknown; form '' is the headline's.
        threshold: the index from which a mineral is acute.
    """

    symbols: dict[str, str]
    reliance: dict[tuple[str, str], float]
    threshold: float

    @classmethod
    def of(cls, reference: Reference, choices: Choices) -> _Chips:
        """Look everything up once for all cells."""
        supply = reference.supply
        minerals, heads = supply["mineral"].tolist(), supply["headline"].tolist()
        forms, reliance = supply["form"].tolist(), supply["nir_low"].tolist()
        symbols = supply["symbol"].tolist()
        named = {one: symbols[at] for at, one in enumerate(minerals) if heads[at]}
        found = {(one, ""): reliance[at] for at, one in enumerate(minerals) if heads[at]}
        found |= {(one, forms[at]): reliance[at] for at, one in enumerate(minerals)}
        return cls(named, found, choices.acute_threshold)

    def cell(self, side: dict[str, Any]) -> FactCell:
        """The listed minerals of one side: certain first, the worst supply first among equals."""
        if not side["known"]:
            return FactCell("composition not known")
        marks = tuple(
            MineralMark(
                one["mineral"],
                self.symbols.get(one["mineral"], "") or numbers.mineral_name(one["mineral"]),
                self._supply(one), one["presence"],
                f"{numbers.mineral_name(one['mineral'])}, {one['presence']}, {one['function']}",
            )
            for one in side["minerals"]
            if one["critical_2025"]
        )  # fmt: skip
        rank = {"certain": 0, "likely": 1, "possible": 2}
        marks = tuple(
            sorted(marks, key=lambda one: (rank.get(one.presence, 3), SUPPLIES.index(one.supply)))
        )
        return FactCell("" if marks else "none on the list", minerals=marks)

    def _supply(self, one: dict[str, Any]) -> str:
        low, high = one["index"]["low"], one["index"]["high"]
        if high is not None and high >= self.threshold:
            return "acute" if low is not None and low >= self.threshold else "maybe"
        head = (one["mineral"], "")
        reliance = self.reliance.get((one["mineral"], one["form"] or ""), self.reliance.get(head))
        return "reliant" if reliance is not None and reliance >= RELIANT else "plain"


def _alarm(words: str | None) -> str:
    """The alarm with minerals by name."""
    if not words or ", by " not in words:
        return words or ""
    start, _, names = words.rstrip(".").partition(", by ")
    listed = [numbers.mineral_name(one).lower() for one in names.split(", ")]
    return tr("{start}, by {listed}.", start=start, listed=numbers.listed(listed))


def _index(side: dict[str, Any]) -> FactCell:
    """The highest index over certain minerals; a likely mineral above it is named beside."""
    low, high = side["index"]["low"], side["index"]["high"]
    if not side["known"] or low is None or high is None:
        return FactCell("not known")
    words = numbers.index(low, high)
    top = numbers.mineral_name(side["top_mineral"]).lower() if side["top_mineral"] else ""
    likely = [
        one for one in side["minerals"]
        if one["presence"] == "likely" and one["critical_2025"]
        and (one["index"]["low"] or 0.0) > high
    ]  # fmt: skip
    if not likely:
        return FactCell(f"{words} {top}".strip(), float(low), float(high))
    worst = max(likely, key=lambda one: (one["index"]["high"], one["mineral"]))
    most = float(worst["index"]["high"])
    also = tr(
        "likely {mineral} {most}",
        mineral=numbers.mineral_name(worst["mineral"]).lower(),
        most=numbers.index(most, most),
    )
    return FactCell(f"{words} {top}".strip(), float(low), most, also)


CONTENT_ROWS = 8
"""Minerals whose content a comparison of materials lists in rows."""


def compare(subjects: Sequence[str], reference: Reference, choices: Choices) -> SideBySide:
    """Any materials and classes beside each other, without a BOM; the first one as the measure.

    Raises UsageError for an unknown id.
    """
    told = exposures_side_by_side(subjects, reference, choices)
    sides = told["subjects"]
    chips = _Chips.of(reference, choices)
    kinds = dict(
        zip(
            reference.knowledge.subjects["id"].tolist(),
            reference.knowledge.subjects["family"].astype("str").tolist(),
            strict=True,
        )
    )
    columns = tuple(
        Choice(
            one["id"] if at else "", one["id"], one["name"], kinds.get(one["id"], "") or "–",
            alarm=_alarm(alarm_of(one)) if at else "",
        )
        for at, one in enumerate(sides)
    )  # fmt: skip
    rows = [
        FactRow(
            "Critical minerals", "filled certain, outlined likely",
            tuple(chips.cell(one) for one in sides),
            "Exposure, by the same code as the BOM", "chips",
        ),
        FactRow("Highest index", "0 to 100", tuple(_index(one) for one in sides), "", "range"),
        FactRow("Density", "g/cm³", tuple(_density(one) for one in sides), "", "range"),
        *_content_rows(sides),
    ]  # fmt: skip
    return SideBySide(sides[0]["id"], str(sides[0]["name"]), columns, tuple(rows), told)


def _density(side: dict[str, Any]) -> FactCell:
    value = side["density_g_cm3"]
    if value is None:
        return FactCell(numbers.NOT_STATED)
    return FactCell(numbers.figure(value), float(value), float(value))


def _content_rows(sides: list[dict[str, Any]]) -> list[FactRow]:
    """Percent of mass of the listed minerals that any side holds at least likely, most first."""
    most: dict[str, float] = {}
    for side in sides:
        for one in side["minerals"]:
            if one["critical_2025"] and one["presence"] != "possible":
                most[one["mineral"]] = max(
                    most.get(one["mineral"], 0.0), one["wt_pct"]["high"] or 0.0
                )
    ranked = sorted(most, key=lambda mineral: (-most[mineral], mineral))[:CONTENT_ROWS]
    return [
        FactRow(
            numbers.mineral_name(mineral), "% of mass",
            tuple(_content(side, mineral) for side in sides),
            "What is in it" if not at else "", "range",
        )
        for at, mineral in enumerate(ranked)
    ]  # fmt: skip


def _content(side: dict[str, Any], mineral: str) -> FactCell:
    if not side["known"]:
        return FactCell("not known")
    held = [one for one in side["minerals"] if one["mineral"] == mineral]
    if not held:
        return FactCell("0", 0.0, 0.0)
    low = [one["wt_pct"]["low"] for one in held]
    high = [one["wt_pct"]["high"] for one in held]
    if None in low or None in high:
        return FactCell("present, content not known")
    ends = float(sum(low)), float(sum(high))
    note = held[0]["presence"] if held[0]["presence"] != "certain" else ""
    return FactCell(numbers.span(*ends), *ends, note)


def _changes(found: list[dict[str, Any]], key: str, name: str) -> FactRow:
    cells = [FactCell("–")]  # the present part changes nothing; an empty cell would read as unknown
    for one in found:
        if one[key] is None:
            cells.append(FactCell("not known"))
        else:
            named = [numbers.mineral_name(mineral) for mineral in one[key]]
            cells.append(FactCell(", ".join(named) or "none"))
    return FactRow(name, "by composition", tuple(cells))


def _properties(found: list[dict[str, Any]]) -> list[FactRow]:
    """One row a property, as far as any option states it; the present value from the first."""
    order: dict[tuple[str, str, float | None], tuple[str, str]] = {}
    for one in found:
        for metric in one["properties"]:
            key = (metric["property"], metric["condition"] or "", metric["temperature_c"])
            order.setdefault(key, (metric["name"], metric["unit"]))
    rows: list[FactRow] = []
    for (prop, condition, degrees), (name, unit) in order.items():
        before: list[dict[str, float]] = []
        cells: list[FactCell] = []
        every: list[str] = []
        for one in found:
            metric = next(
                (m for m in one["properties"]
                 if (m["property"], m["condition"] or "", m["temperature_c"])
                 == (prop, condition, degrees)), None,
            )  # fmt: skip
            if metric is None:
                cells.append(FactCell(numbers.NOT_STATED))
                continue
            before.append(metric["from"])
            low, high = metric["to"]["low"], metric["to"]["high"]
            every.append(property_figure(one["id"], prop, condition, degrees))
            cells.append(
                FactCell(
                    numbers.span(low, high), low, high, VERDICTS.get(metric["verdict"], ""),
                    figures=(every[-1],),
                )
            )  # fmt: skip
        low = min(one["low"] for one in before)
        high = max(one["high"] for one in before)
        where = [condition] if condition else []
        if degrees is not None:
            where.append(f"{degrees:g} °C")
        tail = f" ({', '.join(where)})" if where else ""
        rows.append(
            FactRow(
                name.removesuffix(", relative"), f"{numbers.unit(unit)}{tail}".strip(),
                (FactCell(numbers.span(low, high), low, high, figures=tuple(every)), *cells),
                "What it costs in performance" if not rows else "", "range",
            )
        )  # fmt: skip
    return rows


def _whole(option: dict[str, Any]) -> tuple[str, ...]:
    return (option_figure(option["id"]),)


def _mass(option: dict[str, Any]) -> FactCell:
    """The first mass ratio that a source allows, with what stays equal."""
    for ratio in option["mass_ratio"]:
        high = float("nan") if ratio["high"] is None else float(ratio["high"])
        low = float(ratio["low"])
        return FactCell(
            numbers.span(low, high), low, high, tr("for equal {equal}", equal=ratio["equal"])
        )
    return FactCell(numbers.NOT_STATED)


def _effort(effort: str) -> FactCell:
    level = {"low": 1, "medium": 2, "high": 3}.get(effort, 0)
    return FactCell(effort or numbers.NOT_STATED, level=level)


def as_table(told: SideBySide) -> TableSpec:
    """The comparison as words, one row a fact: for copying and CSV."""
    frame = pd.DataFrame(
        [
            [
                f"{row.name}, {row.unit}" if row.unit else row.name,
                *(_cell_words(c) for c in row.cells),
            ]
            for row in told.rows
        ],
        columns=["fact", *(f"c{at}" for at in range(len(told.choices)))],
        dtype="str",
    )
    columns = (
        ColumnSpec("fact", "Fact", width=26),
        *(ColumnSpec(f"c{at}", one.name, width=24) for at, one in enumerate(told.choices)),
    )
    return TableSpec("substitutes", tr("Substitutes for {told}", told=told.name), columns, frame)


def _cell_words(cell: FactCell) -> str:
    words = cell.words or ", ".join(one.spoken for one in cell.minerals)
    return f"{words} ({cell.note})" if cell.note else words
