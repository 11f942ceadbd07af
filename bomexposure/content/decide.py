"""What was decided outside the recogniser and goes before it: overrides, dictionary, declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content.declare import Declared, declared_in
from bomexposure.content.fold import fold
from bomexposure.content.lexicon import Lexicon
from bomexposure.content.verdict import Material, Verdict
from bomexposure.model.choices import DictionaryEntry, Override, OwnContent
from bomexposure.model.knowledge import Knowledge

Array = npt.NDArray[np.int64]
NUMBER_ROLES = ("part_number", "mpn", "supplier_part")
TEXT_ROLES = ("description", "value", "notes", "material")


@dataclass(slots=True)
class Decisions:
    """Verdicts and masses that replace what was recognised.

    Attributes:
        verdicts: new verdicts; number 0 here stands behind the last recognised one.
        verdict_of_line: per line the number of its verdict, decided ones included.
        declared: verdict number -> minerals declared, in percent or grams.
        decided: per line whether a decision, a dictionary or a declaration settled it.
        mass_g: per line the decided mass of one piece, NaN where none.
        whys: (line, rule, text, column, start, end) of each decided line.
    """

    verdicts: list[Verdict]
    verdict_of_line: Array
    decided: npt.NDArray[np.bool_]
    mass_g: npt.NDArray[np.float64]
    declared: dict[int, tuple[Declared, ...]] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)
    """Verdicts that hold no critical mineral by decision."""
    stated: dict[int, tuple[OwnContent, ...]] = field(default_factory=dict)
    """Verdict number -> what the user knows of single minerals, over all the rest."""
    whys: list[tuple[int, str, str, str, int, int]] = field(default_factory=list)


def decide(
    lines: pd.DataFrame, verdicts: list[Verdict], verdict_of_line: Array, lexicon: Lexicon,
    knowledge: Knowledge, dictionary: tuple[DictionaryEntry, ...],
    overrides: tuple[Override, ...],
) -> Decisions:  # fmt: skip
    """Applies, in this order: the dictionary, declared compositions, the user's overrides."""
    count = len(lines)
    made = Decisions(
        list(verdicts), verdict_of_line.copy(), np.zeros(count, dtype=bool), np.full(count, np.nan)
    )
    known = set(knowledge.subjects["id"])
    _apply_dictionary(lines, made, lexicon, [one for one in dictionary if one.subject in known])
    _apply_declarations(lines, made, knowledge)
    _apply_overrides(lines, made, lexicon, [one for one in overrides if _usable(one, known)])
    return made


def _usable(override: Override, known: set[str]) -> bool:
    """Whether all that a decision names still exists: a material that is gone is not "nothing"."""
    named = (*override.materials, *filter(None, (override.component_class,)))
    return known.issuperset(named)


def _new(made: Decisions, verdict: Verdict, cache: dict[object, int], key: object) -> int:
    number = cache.get(key)
    if number is None:
        number = len(made.verdicts)
        made.verdicts.append(verdict)
        cache[key] = number
    return number


def _apply_dictionary(
    lines: pd.DataFrame, made: Decisions, lexicon: Lexicon, entries: list[DictionaryEntry]
) -> None:
    """Part numbers first, then patterns, then words; the first entry that fits a line wins."""
    if not entries:
        return
    cache: dict[object, int] = {}
    taken = np.zeros(len(lines), dtype=bool)
    order = {"part_number": 0, "pattern": 1, "words": 2}
    for entry in sorted(entries, key=lambda one: order.get(one.kind, 3)):
        for role in NUMBER_ROLES if entry.kind != "words" else TEXT_ROLES:
            for line, start, end in _found(lines[role], entry):
                if taken[line]:
                    continue
                taken[line] = True
                before = int(made.verdict_of_line[line])
                verdict = with_subject(made.verdicts[before], entry.subject, lexicon)
                made.verdict_of_line[line] = _new(made, verdict, cache, (before, entry.subject))
                made.decided[line] = True
                reason = f"the company dictionary says so for “{entry.text}”"
                made.whys.append((line, f"dictionary/{entry.text}", reason, role, start, end))


def _found(cells: pd.Series[str], entry: DictionaryEntry) -> Iterable[tuple[int, int, int]]:
    """Lines whose cell fits the entry, with the code points that do."""
    codes, distinct = pd.factorize(cells)
    hits: dict[int, tuple[int, int]] = {}
    wanted = fold(entry.text.strip())
    if not wanted:
        return
    if entry.kind == "words":
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    else:
        glob = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
        body = glob if entry.kind == "pattern" else re.escape(wanted)
        pattern = re.compile(rf"^\s*{body}\s*$")
    for number, text in enumerate(distinct.tolist()):
        hit = pattern.search(fold(text)) if text else None
        if hit:
            hits[number] = hit.span()
    if hits:
        for line in np.flatnonzero(np.isin(codes, list(hits))).tolist():
            start, end = hits[int(codes[line])]
            yield line, start, end


def with_subject(verdict: Verdict, subject: str, lexicon: Lexicon) -> Verdict:
    """`verdict` with a class or material that was decided."""
    if subject in lexicon.bodies:
        body = lexicon.bodies[subject]
        return replace(
            verdict, component_class=subject, class_evidence="declared", sure=True,
            context=False, weighed=True, companion=None,
            materials=verdict.materials if body != "none" else (),
            replaces=bool(verdict.materials) and body == "simple", words=(), size=-1,
        )  # fmt: skip
    simple = lexicon.bodies.get(verdict.component_class, "simple") == "simple"
    return replace(
        verdict, materials=(Material(subject, "declared", -1),), replaces=simple, words=(),
        coats=(), companion=None,
    )  # fmt: skip


def _apply_declarations(lines: pd.DataFrame, made: Decisions, knowledge: Knowledge) -> None:
    cells = lines["declared"]
    if not cells.any():
        return
    cache: dict[object, int] = {}
    codes, distinct = pd.factorize(cells)
    told = {
        number: found
        for number, text in enumerate(distinct.tolist())
        if (found := declared_in(text, knowledge))
    }
    if not told:
        return
    for line in np.flatnonzero(np.isin(codes, list(told))).tolist():
        found = told[int(codes[line])]
        before = int(made.verdict_of_line[line])
        verdict = replace(made.verdicts[before], words=())
        number = _new(made, verdict, cache, (before, found))
        made.declared[number] = found
        made.verdict_of_line[line] = number
        made.decided[line] = True
        for one in found:
            made.whys.append(
                (line, f"declared/{one.mineral}", f"declared in the bill of materials: {one.text}",
                 "declared", one.start, one.end)
            )  # fmt: skip


def _apply_overrides(
    lines: pd.DataFrame, made: Decisions, lexicon: Lexicon, overrides: Sequence[Override]
) -> None:
    """Decisions for all alike, then those for one row; the later of two alike wins."""
    if not overrides:
        return
    cache: dict[object, int] = {}
    # one look at all lines for all decisions: there may be as many of these as of those
    by_id = {key: at for at, key in enumerate(lines["id"].tolist())}
    prints = lines["fingerprint"].tolist()
    by_print: dict[str, list[int]] = {one.fingerprint: [] for one in overrides if not one.line_id}
    for at, text in enumerate(prints):
        if text in by_print:
            by_print[text].append(at)
    whys: dict[int, tuple[int, str, str, str, int, int]] = {}
    for override in sorted(overrides, key=lambda one: bool(one.line_id)):
        alike = by_print.get(override.fingerprint, []) if override.fingerprint else []
        if override.line_id:
            at = by_id.get(override.line_id, -1)
            fits = at >= 0 and override.fingerprint in ("", prints[at])
            alike = [at] if fits else []
        for line in alike:
            _override(line, override, made, lexicon, cache)
            reason = override.reason or "decided by the user"
            whys[line] = (line, "decision", reason, "description", 0, 0)
    made.whys = [why for why in made.whys if why[0] not in whys] + list(whys.values())


def _override(
    line: int, override: Override, made: Decisions, lexicon: Lexicon, cache: dict[object, int]
) -> None:
    made.decided[line] = True
    if override.mass_g is not None:
        made.mass_g[line] = override.mass_g
    before = int(made.verdict_of_line[line])
    _identify(line, override, made, lexicon, cache)
    now = int(made.verdict_of_line[line])
    # what was said of single minerals of all alike holds for a row that is said to be something
    stated = made.stated.get(before, ()) if now != before and now not in made.empty else ()
    if stated or override.contents:
        number = _new(made, made.verdicts[now], cache, (now, stated, override.contents))
        if now in made.declared:
            made.declared[number] = made.declared[now]
        if now in made.empty:
            made.empty.add(number)
        made.stated[number] = (*made.stated.get(now, ()), *stated, *override.contents)
        made.verdict_of_line[line] = number


def _identify(
    line: int, override: Override, made: Decisions, lexicon: Lexicon, cache: dict[object, int]
) -> None:
    """What the line is by a decision, and what such a part is made of."""
    before = int(made.verdict_of_line[line])
    verdict = made.verdicts[before]
    changed = override.component_class or override.materials
    if override.component_class:
        verdict = with_subject(verdict, override.component_class, lexicon)
    if override.materials:
        body = lexicon.bodies.get(verdict.component_class, "simple")
        verdict = replace(
            verdict, replaces=body == "simple", coats=(), words=(),
            materials=tuple(Material(one, "declared", -1) for one in override.materials),
        )  # fmt: skip
    if override.no_critical_minerals:
        number = _new(made, replace(verdict, words=()), cache, (before, "empty"))
        made.empty.add(number)
        made.verdict_of_line[line] = number
        return
    if override.composition:
        key: object = (before, override.composition, override.component_class, override.materials)
        told = replace(verdict, words=(), class_evidence="declared")
        number = _new(made, told, cache, key)
        made.declared[number] = tuple(
            Declared(mineral, percent, float("nan"), "decided", 0, 0, True)
            for mineral, percent in override.composition
        )
        made.verdict_of_line[line] = number
        return
    if changed:
        chosen = (before, override.component_class, override.materials)
        made.verdict_of_line[line] = _new(made, verdict, cache, chosen)
