"""What the words of one line mean together: the engineer's reasoning, one rule after another.

A `Case` is the sequence of words that a line shows, without their wording; thousands of lines
share one ("RES 10k 1% 0402", "RES 22k 1% 0402"), so each is judged once.
"""

from __future__ import annotations

from dataclasses import replace

from bomexposure.content.choose_class import choose_class, class_evidence, named_outright, size_of
from bomexposure.content.choose_materials import choose_coats, choose_materials, steel_under_zinc
from bomexposure.content.context import BESIDE, part_of
from bomexposure.content.lexicon import Entry, Lexicon
from bomexposure.content.reading import Noun, Reading, read
from bomexposure.content.shape import told_by_material
from bomexposure.content.spot import GAP_NONE
from bomexposure.content.verdict import Material, Verdict, Word


def judge(words: list[Word], aside: frozenset[str], designator: str, lexicon: Lexicon) -> Verdict:
    """The verdict on one case.

    Args:
        words: its hits in reading order, cell by cell.
        aside: folded words that serve as context only.
        designator: letters of the reference designator, folded, '' where none.
    """
    reading = read(words, aside, lexicon)
    chosen, why = choose_class(reading, designator, lexicon)
    category = lexicon.categories.get(chosen.subject, "") if chosen else ""
    if chosen is not None and chosen.subject == "LABEL" and _of_metal(reading, lexicon):
        chosen = replace(chosen, subject="PART_METAL")
        category = lexicon.categories.get(chosen.subject, "")
    if chosen is not None and _magnet_rotor(chosen, reading):
        chosen = replace(chosen, subject="ROTOR_PM")
        category = lexicon.categories.get(chosen.subject, "")
    if chosen is not None and chosen.subject == "CHEM_NONE" and _chemical(reading):
        chosen, category = None, ""
    lent = chosen is not None and chosen.lent and not _numbered(reading, category, lexicon)
    if lent and chosen is not None:
        # what stands before the noun is said of it, not of the thing: "copper pipe cutter"
        reading.materials = [one for one in reading.materials if not _said_of(one, chosen)]
    materials, replaces = choose_materials(reading, chosen, category, words, lexicon)
    if chosen is not None:
        families = [lexicon.families[one.subject] for one in materials]
        evidence = materials[0].evidence if materials else ""
        subjects = [one.subject for one in materials]
        told = told_by_material(chosen.subject, subjects, families, evidence, chosen.rule)
        if told != chosen.subject:
            chosen = replace(chosen, subject=told)
            category = lexicon.categories.get(told, "")
            replaces = lexicon.bodies.get(told) == "simple"
    coats = choose_coats(reading, category, chosen, lexicon)
    if coats and not materials and lexicon.bodies.get(chosen.subject if chosen else "") == "simple":
        materials, replaces = steel_under_zinc(coats, category)
    absent = tuple(sorted(reading.absent))
    trail = list(why)
    trail += [(one.word, _rule(reading, one)) for one in materials if one.word >= 0]
    trail += [(place, f"word/{coat}") for coat, place in coats]
    if materials and replaces and len(trail) > 1:
        trail = trail[len(why) :] + trail[: len(why)]
    size = size_of(reading, chosen.subject if chosen else "", lexicon)
    if chosen is None:
        return Verdict(
            materials=materials, replaces=True, coats=coats, words=tuple(trail), size=-1,
            absent=absent,
        )  # fmt: skip
    sure = chosen.kind not in ("weak", "series_weak", "designator", "lean")
    sure |= chosen.kind == "series_weak" and named_outright(reading, category, lexicon)
    if chosen.trailed and not _agreed(chosen, category, reading, designator, lexicon):
        sure = False  # "inductor kit binder": the head may be a word that nobody knows
    evidence = class_evidence(chosen)
    made = Verdict(
        chosen.subject, evidence, sure, materials, replaces, coats, tuple(trail), size,
        absent=absent,
    )  # fmt: skip
    if lent:
        return replace(
            made, class_evidence="assumed", sure=False, context=True, weighed=False, size=-1
        )
    made = _accompanied(made, category, reading, lexicon)
    if size < 0 and _told_beside(chosen, category, reading, words, designator, lexicon):
        return _beside(made, chosen, words, lexicon)
    return made


def _chemical(reading: Reading) -> bool:
    """Whether a compound with a mineral is named: "ruthenium red stain" is no stain without one."""
    return any(
        entry.subject.startswith("CHEM_") and entry.role == "designation" and not (aside or negated)
        for entry, _, _, aside, negated in reading.materials
    )


def _numbered(reading: Reading, category: str, lexicon: Lexicon) -> bool:
    """Whether a part number says the same as the noun."""
    return any(
        noun.kind == "series" and noun.score > 40
        and lexicon.categories.get(noun.subject, "") == category
        for noun in reading.nouns
    )  # fmt: skip


def _agreed(
    chosen: Noun, category: str, reading: Reading, designator: str, lexicon: Lexicon
) -> bool:
    """Whether another cell, a unit, a case or the reference designator says the same kind."""
    wanted, _ = lexicon.designators.get(designator, (frozenset(), ""))
    kinds = {
        lexicon.categories.get(noun.subject, "")
        for noun in reading.nouns
        if noun.score > 0 and noun.column != chosen.column
    }
    kinds |= {lexicon.categories.get(subject, "") for subject, *_ in reading.units}
    return category in kinds | wanted or bool(reading.packages or reading.sizes)


def _said_of(material: tuple[Entry, int, str, bool, bool], noun: Noun) -> bool:
    _, place, column, *_ = material
    return column == noun.column and place <= noun.word


_PLATES = frozenset(
    ["carbon & alloy steel", "stainless steel", "aluminium alloy", "copper alloy", "zinc alloy"]
)
_ROTORS = frozenset(
    f"word/{word}"
    for word in ("rotor", "rotore", "läufer", "wirnik", "ротор", "转子", "ロータ", "회전자")
)


def _of_metal(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a nameplate is said to be of metal."""
    return any(
        lexicon.families.get(entry.subject, "") in _PLATES and not (context or negated)
        for entry, _, _, context, negated in reading.materials
    )


def _magnet_rotor(chosen: Noun, reading: Reading) -> bool:
    """Whether a rotor carries the magnets that the line names: only a part of it is theirs."""
    return chosen.rule.casefold() in _ROTORS and any(
        noun.subject == "MAG_NEO" and noun.score > 0 for noun in reading.nouns
    )


_CARRIERS = frozenset(["magnet", "battery", "motor"])
"""Companions that bring the minerals of their own function, however they are joined."""


def _accompanied(made: Verdict, category: str, reading: Reading, lexicon: Lexicon) -> Verdict:
    """The verdict with the first companion of another kind than the part itself."""
    for one in reading.companions:
        kind = lexicon.categories.get(one.subject, "")
        if kind == category or lexicon.bodies.get(one.subject) == "none":
            continue
        if lexicon.bodies.get(one.subject) == "simple" and kind not in _CARRIERS:
            continue
        if kind == "magnet" and made.component_class == "ROTOR_PM":
            continue  # counted with the rotor
        trail = (*made.words, (one.word, "beside/" + one.rule.partition("/")[2]))
        return replace(
            made, companion=(one.subject, one.joined or kind in _CARRIERS), words=trail
        )  # fmt: skip
    return made


def _told_beside(
    chosen: Noun, category: str, reading: Reading, words: list[Word], designator: str,
    lexicon: Lexicon,
) -> bool:  # fmt: skip
    """Whether only the category, the section or a note names the class: no word, unit, case or
    reference designator of the part itself says the same."""
    if chosen.kind not in ("class", "weak") or chosen.word < 0:
        return False
    if words[chosen.word].column not in BESIDE:
        return False
    own = {
        noun.subject
        for noun in reading.nouns
        if noun.score > 0 and noun.word >= 0 and words[noun.word].column not in BESIDE
    }
    own |= {subject for subject, *_ in reading.units}
    own |= {entry.subject for entry, place, _ in reading.hints if words[place].column not in BESIDE}
    wanted, _ = lexicon.designators.get(designator, (frozenset(), ""))
    agreed = {lexicon.categories.get(subject, "") for subject in own} | wanted
    return category not in agreed and not (reading.packages and category == "semiconductor")


def _beside(made: Verdict, chosen: Noun, words: list[Word], lexicon: Lexicon) -> Verdict:
    """The verdict when only the surroundings name the class: weaker, and without its mass.

    A category of one word ("Motor") names the kind of the line. In "motor parts", in a section and
    in a note the line is a part of what is named.
    """
    column = words[chosen.word].column
    cell = [word for word in words if word.column == column]
    kind = column == "category" and len(cell) == 1
    kind &= cell[0].before == cell[0].after == GAP_NONE
    part = part_of(chosen.subject)
    subject = part or chosen.subject
    composite = lexicon.bodies.get(subject) == "composite"
    return replace(
        made, component_class=subject, class_evidence="assumed", sure=False,
        replaces=bool(made.materials) and not composite, context=composite and not kind,
        weighed=False,
    )  # fmt: skip


def _rule(reading: Reading, one: Material) -> str:
    for entry, word, *_ in reading.materials:
        if word == one.word and entry.subject == one.subject:
            return entry.rule
    return f"material/{one.subject}"
