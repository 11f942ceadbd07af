"""Lines in, mineral contents out: the one function that other rooms call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content import weigh
from bomexposure.content.decide import Decisions, decide
from bomexposure.content.lexicon import Lexicon, lexicon_of
from bomexposure.content.recipe import Ingredient, Pantry
from bomexposure.content.sight import Sight, look
from bomexposure.content.stated import amended
from bomexposure.content.suggest import suggest
from bomexposure.content.verdict import COLUMNS, Verdict
from bomexposure.model.bom import ISSUES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import (
    CONTENTS,
    EVIDENCE,
    FUNCTIONS,
    PRESENCE,
    RECOGNITIONS,
    RELATIONS,
    WHYS,
    Contents,
)
from bomexposure.model.knowledge import Knowledge
from bomexposure.model.progress import SILENT, Progress

Array = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def break_down(
    bom: BillOfMaterials, knowledge: Knowledge, choices: Choices, progress: Progress = SILENT,
    kept: dict[str, object] | None = None,
) -> Contents:  # fmt: skip
    """The minerals inside every line, with presence, function, mass and the words that said so.

    Nothing raises for a line that nobody can place: it stays without minerals, evidence 'none'.
    `kept` belongs to one BOM and one knowledge; what was recognised in the lines is taken from
    it the next time, since no decision changes that.
    """
    progress.step("Recognising parts and materials", 0, 3)
    lexicon = lexicon_of(knowledge)
    sight = _looked(bom.lines, lexicon, kept, progress)
    recognised = sight.verdict_of_text[sight.text_of_line]
    decisions = decide(
        bom.lines, sight.verdicts, recognised, lexicon, knowledge, choices.dictionary,
        choices.overrides,
    )  # fmt: skip
    progress.step("Weighing parts", 1, 3)
    masses = weigh.weigh(
        bom.lines, sight, decisions.verdicts, decisions.verdict_of_line, decisions.mass_g,
        knowledge, kept,
    )  # fmt: skip
    progress.step("Adding up minerals", 2, 3)
    served = _served(decisions, _pantry(knowledge), sight, kept)
    contents = _contents(served, decisions.verdict_of_line, masses, bom.lines)
    recognitions = _recognitions(decisions, served, masses)
    recognitions["suggestions"] = suggest(
        sight, recognised, decisions.decided, lexicon, knowledge.cache
    )
    whys = _whys(bom.lines, sight, decisions, knowledge, kept)
    progress.step("Adding up minerals", 3, 3)
    return Contents(recognitions, contents, whys, ISSUES.empty())


def _looked(
    lines: pd.DataFrame, lexicon: Lexicon, kept: dict[str, object] | None, progress: Progress
) -> Sight:
    """What the lines were taken for; found again where lines and words are the same as before."""
    before = None if kept is None else kept.get("sight")
    if isinstance(before, tuple) and before[0] is lines and before[1] is lexicon:
        found: Sight = before[2]
        return found
    sight = look(lines, lexicon, progress)
    if kept is not None:
        kept["sight"] = (lines, lexicon, sight)
    return sight


def _served(
    decisions: Decisions, pantry: Pantry, sight: Sight, kept: dict[str, object] | None
) -> list[list[Ingredient]]:
    """The ingredients of every verdict, declarations and decisions included."""
    before = None if kept is None else kept.get("served")
    known: list[list[Ingredient]] = (
        before[2]
        if isinstance(before, tuple) and before[0] is sight and before[1] is pantry
        else [pantry.serve(verdict) for verdict in sight.verdicts]
    )
    if kept is not None:
        kept["served"] = (sight, pantry, known)
    served = []
    for number, verdict in enumerate(decisions.verdicts):
        if number in decisions.empty:
            rows: list[Ingredient] = []
        elif number < len(known):
            rows = known[number]
        else:
            rows = pantry.serve(verdict)
        told = decisions.declared.get(number)
        rows = pantry.declared(rows, told) if told else rows
        stated = decisions.stated.get(number)
        served.append(amended(rows, stated) if stated else rows)
    return served


def _pantry(knowledge: Knowledge) -> Pantry:
    made = knowledge.cache.get("pantry")
    if not isinstance(made, Pantry):
        made = Pantry(knowledge)
        knowledge.cache["pantry"] = made
    return made


def _spread(counts: Array, firsts: Array) -> Array:
    """Numbers firsts[i], firsts[i] + 1, ... counts[i] of them, for each i, one after another."""
    total = int(counts.sum())
    ends = np.cumsum(counts)
    return np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(firsts, counts)


@dataclass(frozen=True, slots=True)
class _Stack:
    """Ingredients of all verdicts as columns."""

    first: Array
    count: Array
    mineral: pd.Categorical[str]
    form: pd.Categorical[str]
    source: pd.Categorical[str]
    presence: Array
    function: Array
    relation: Array
    evidence: Array
    weight: npt.NDArray[np.float64]
    deposit: npt.NDArray[np.float64]
    grams: npt.NDArray[np.float64]
    """Declared g in one piece, low, typical, high; NaN where not."""


def _stacked(served: list[list[Ingredient]]) -> _Stack:
    count = np.array([len(one) for one in served], dtype=np.int64)
    rows = [one for group in served for one in group]
    return _Stack(
        first=np.cumsum(count) - count,
        count=count,
        mineral=pd.Categorical([one.mineral for one in rows]),
        form=pd.Categorical([one.form for one in rows]),
        source=pd.Categorical([one.source for one in rows]),
        presence=np.array([one.presence for one in rows], dtype=np.int64),
        function=np.array([one.function for one in rows], dtype=np.int64),
        relation=np.array([one.relation for one in rows], dtype=np.int64),
        evidence=np.array([one.evidence for one in rows], dtype=np.int64),
        weight=np.array([one.weight for one in rows], dtype=np.float64).reshape(-1, 3),
        deposit=np.array([one.deposit for one in rows], dtype=np.float64).reshape(-1, 3),
        grams=np.array([one.grams for one in rows], dtype=np.float64).reshape(-1, 3),
    )


def _contents(
    served: list[list[Ingredient]], verdict_of_line: Array, masses: weigh.Masses,
    lines: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    stack = _stacked(served)
    counts = stack.count[verdict_of_line]
    line = np.repeat(np.arange(len(verdict_of_line)), counts)
    row = _spread(counts, stack.first[verdict_of_line])
    told = ~np.isnan(stack.grams[:, 1])
    coat_only = (stack.weight[:, 1] == 0) & (stack.deposit[:, 1] > 0)
    shown = np.where((coat_only | told)[:, None], np.nan, stack.weight)
    milligrams = [
        _milligrams(stack, row, np.repeat(total, counts), np.repeat(surface, counts), bound)
        for bound, (total, surface) in enumerate(zip(masses.total.T, masses.surface.T, strict=True))
    ]
    if told.any():
        at = np.flatnonzero(told[row])
        quantity = lines["quantity_total"].to_numpy(dtype=np.float64)[line[at]]
        for bound, cells in enumerate(milligrams):
            cells[at] = stack.grams[row[at], bound] * quantity * 1000.0
    return CONTENTS.conform(
        {
            "line": line,
            "mineral": stack.mineral.take(row),
            "form": stack.form.take(row),
            "presence": _ranked(stack.presence[row], PRESENCE),
            "function": _ranked(stack.function[row], FUNCTIONS),
            "relation": _ranked(stack.relation[row], RELATIONS),
            "evidence": _ranked(stack.evidence[row], EVIDENCE),
            "mass_mg_low": milligrams[0],
            "mass_mg_typical": milligrams[1],
            "mass_mg_high": milligrams[2],
            "wt_pct_low": shown[:, 0][row],
            "wt_pct_typical": shown[:, 1][row],
            "wt_pct_high": shown[:, 2][row],
            "source": stack.source.take(row),
        }
    )


def _milligrams(stack: _Stack, row: Array, total: Floats, surface: Floats, bound: int) -> Floats:
    """mg of each content at one bound: its share of the mass, and what lies on the surface.

    Few parts are coated, so the surface is looked at for these rows alone.
    """
    made: Floats = (stack.weight[:, bound] * 10.0)[row]
    made *= total
    coat = stack.deposit[:, bound]
    coated = np.flatnonzero((coat != 0)[row])
    made[coated] += coat[row[coated]] * surface[coated]
    return made


def _ranked(codes: Array, values: tuple[str, ...]) -> pd.Categorical[str]:
    """An ordered category out of codes; -1 reads "does not apply"."""
    kind: Any = pd.CategoricalDtype(list(values), ordered=True)
    given: Any = codes.astype(np.int8)
    made: Any = pd.Categorical.from_codes(given, dtype=kind)
    return cast("pd.Categorical[str]", made)


def _recognitions(
    decisions: Decisions, served: list[list[Ingredient]], masses: weigh.Masses
) -> pd.DataFrame:
    """What each line was taken for; its evidence is the strongest of its minerals'."""
    verdicts, of_line = decisions.verdicts, decisions.verdict_of_line
    classes = np.array([one.component_class for one in verdicts], dtype=object)
    materials = np.array(
        [
            ";".join([material.subject for material in one.materials] + [c for c, _ in one.coats])
            for one in verdicts
        ],
        dtype=object,
    )
    evidence = np.array(
        [
            max(
                [row.evidence for row in rows]
                or [EVIDENCE.index(one.class_evidence)]
                + [EVIDENCE.index(material.evidence) for material in one.materials]
            )
            for one, rows in zip(verdicts, served, strict=True)
        ],
        dtype=np.int64,
    )[of_line]
    evidence = np.where(decisions.decided, EVIDENCE.index("declared"), evidence)
    return RECOGNITIONS.conform(
        {
            "component_class": classes[of_line],
            "materials": materials[of_line],
            "evidence": _ranked(evidence, EVIDENCE),
            "mass_g_low": masses.total[:, 0],
            "mass_g_typical": masses.total[:, 1],
            "mass_g_high": masses.total[:, 2],
            "mass_basis": pd.Categorical(masses.basis),
            "suggestions": "",
            "decided": decisions.decided,
        }
    )


def _reasons(
    sight: Sight, verdicts: list[Verdict], knowledge: Knowledge, kept: dict[str, object] | None
) -> list[str]:
    """The reason of each word of every verdict; those of what was recognised stay the same."""
    names = dict(zip(knowledge.subjects["id"], knowledge.subjects["name"], strict=True))

    def of(some: list[Verdict]) -> list[str]:
        return [_reason(rule, place, one, names) for one in some for place, rule in one.words]

    before = None if kept is None else kept.get("reasons")
    found: list[str] = (
        before[1]
        if isinstance(before, tuple) and before[0] is sight
        else of(verdicts[: len(sight.verdicts)])
    )
    if kept is not None:
        kept["reasons"] = (sight, found)
    return found + of(verdicts[len(sight.verdicts) :])


def _whys(
    lines: pd.DataFrame, sight: Sight, decisions: Decisions, knowledge: Knowledge,
    kept: dict[str, object] | None,
) -> pd.DataFrame:  # fmt: skip
    """One row per line and word of its verdict, strongest first."""
    verdicts, of_line = decisions.verdicts, decisions.verdict_of_line
    count = np.array([len(one.words) for one in verdicts], dtype=np.int64)
    places = np.array([place for one in verdicts for place, _ in one.words], dtype=np.int64)
    rules = [rule for one in verdicts for _, rule in one.words]
    reasons = _reasons(sight, verdicts, knowledge, kept)
    first = np.cumsum(count) - count
    counts = count[of_line]
    line = np.repeat(np.arange(len(of_line)), counts)
    row = _spread(counts, first[of_line])
    place = places[row]
    told = place >= 0
    span = np.where(told, sight.first_span[sight.text_of_line[line]] + place, 0)
    role = np.full(len(line), len(COLUMNS), dtype=np.int64)
    start = np.zeros(len(line), dtype=np.int64)
    end = _letters(lines["designator"], line, ~told)
    if len(sight.column):
        role = np.where(told, sight.column[span], role)
        start = np.where(told, sight.start[span], start)
        end = np.where(told, sight.end[span], end)
    roles = np.array([*COLUMNS, "designator"], dtype=object)
    made = pd.DataFrame(
        {
            "line": line,
            "rule": np.array(rules, dtype=object)[row] if len(row) else [],
            "text": np.array(reasons, dtype=object)[row] if len(row) else [],
            "column": roles[role],
            "start": start,
            "end": end,
        }
    )
    if decisions.whys:
        more = pd.DataFrame(decisions.whys, columns=list(made.columns))
        made = pd.concat([more, made], ignore_index=True)
        made = made.sort_values("line", kind="stable", ignore_index=True)
    return WHYS.conform(made)


def _letters(designators: pd.Series[str], line: Array, where: npt.NDArray[np.bool_]) -> Array:
    """End of the letters that a designator begins with, per entry; asked for `where` alone."""
    made = np.zeros(len(line), dtype=np.int64)
    asked, again = np.unique(line[where], return_inverse=True)
    letters = designators.iloc[asked].str.extract(r"^(\s*[A-Za-zА-Яа-я]{1,5})", expand=False)
    made[where] = letters.fillna("").str.len().to_numpy(dtype=np.int64)[again]
    return made


def _reason(rule: str, place: int, verdict: Verdict, names: dict[str, str]) -> str:
    """The reason as a sentence part: 'series GRM belongs to MLCC class II'."""
    kind, _, text = rule.partition("/")
    text = _plain(text)
    if kind == "beside" and verdict.companion:
        second = names.get(verdict.companion[0], verdict.companion[0])
        return f"“{text}” is a second part in the line: {second}"
    coats = [coat for coat, where in verdict.coats if where == place]
    if kind == "word" and text in coats:
        return f"the surface is coated: {names.get(text, text)}"
    subject = verdict.component_class
    stuff = [one.subject for one in verdict.materials if one.word == place]
    once = sum(where == place for where, _ in verdict.words) == 1
    if stuff and (once or kind in ("designation", "collision", "material")):
        subject = stuff[0]
    name = names.get(subject, subject)
    if kind == "designation":
        return f"{text} is a designation of {name}"
    if kind == "series":
        return f"part numbers that begin with {text} belong to {name}"
    if kind == "material":
        return f"such a coat goes on {name}"
    if kind == "spelled":
        return f"{text} spells what it is made of ({name})"
    if kind == "designator":
        return f"reference designator {text.upper()} stands for {name}"
    if kind == "unit":
        return "the unit of the value tells the kind of part"
    return f"“{text}” points to {name or 'the material'}"


def _plain(text: str) -> str:
    """A word of the tables without the marks for "anything" and "a digit"."""
    if text.startswith(("*", "#")):
        text = "-" + text[1:]
    return text.rstrip("*#") or text


def compiled(knowledge: Knowledge) -> Lexicon:
    """The words of this knowledge, compiled (for tools and tests)."""
    return lexicon_of(knowledge)
