"""What the words of one line mean together: the engineer's reasoning, one rule after another.

A `Case` is the sequence of words that a line shows, without their wording; thousands of lines
share one ("RES 10k 1% 0402", "RES 22k 1% 0402"), so each is judged once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bomexposure.content.context import BESIDE, part_of
from bomexposure.content.lexicon import (
    HEAD_FIRST,
    HEAD_LAST,
    MATERIAL_ROLES,
    NOUN_ROLES,
    Entry,
    Lexicon,
)
from bomexposure.content.shape import IRON, told_by_material
from bomexposure.content.spot import GAP_BREAK, GAP_DIGIT, GAP_NONE, GAP_WORDS

COLUMNS = (
    "description", "value", "mpn", "part_number", "supplier_part", "material", "footprint",
    "category", "notes", "section", "manufacturer",
)  # fmt: skip
"""Cells of a line that are read together, in the order in which they are joined."""

_NOUN_WEIGHT = {
    "description": 100, "value": 82, "category": 70, "part_number": 64, "mpn": 60,
    "supplier_part": 40, "footprint": 44, "notes": 26, "section": 24, "material": 18,
    "manufacturer": 12,
}  # fmt: skip
_SERIES_WEIGHT = {
    "mpn": 118, "part_number": 92, "supplier_part": 92, "value": 112, "description": 84,
    "footprint": 50, "notes": 30, "material": 20, "category": 20, "section": 10,
    "manufacturer": 5,
}  # fmt: skip
_NUMBER_COLUMNS = frozenset(["mpn", "part_number", "supplier_part", "value"])
_ELECTRONIC = frozenset(
    ["capacitor", "resistor", "inductor", "semiconductor", "optoelectronics", "frequency control",
     "protection", "module", "product", "storage", "display", "power", "transformer", "sensor"]
)  # fmt: skip
_COATED = frozenset(
    ["fastener", "structural", "connector", "mechanical", "casting", "magnet", "cutting tool",
     "PCB", "bearing", "cable", "thermal", "welding consumable", "specialty"]
)  # fmt: skip
_ZINC_COATS = frozenset(["PL_ZN", "PL_HDG", "PL_ZNNI", "PL_ZNFLAKE", "PL_CD"])
GENERIC_MARK = "_GEN"
_ALWAYS_VAGUE = frozenset(
    ["PART_METAL", "PART_PLASTIC", "ENCLOSURE_GEN", "GLOVEBOX_GEN", "MOD_GEN", "MOD_SENSOR",
     "PUMP_ASM", "PUMP_PART", "CASTER", "GASKET"]
)  # fmt: skip
_NEVER_MODIFIERS = frozenset(["LABEL", "CHEM_NONE", "GREASE_LI", "PACKAGING", "PAINT", "TIM"])
"""Nouns that stand first only as the head: "label PCB", "grease bearing" of ERP texts."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spot of a case: which patterns, in which column, and what stands before and after."""

    patterns: tuple[int, ...]
    column: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the line with its evidence ('declared', 'designated', 'assumed')."""

    subject: str
    evidence: str
    word: int
    parts: tuple[tuple[str, float, float, float], ...] = ()
    """Composition that the name spells, where it does; else the subject's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line was taken for.

    Attributes:
        component_class: class id or ''; class_evidence: 'designated', 'inferred', 'assumed'.
        sure: False caps every presence at 'likely'.
        replaces: the materials make up the body of the class.
        words: numbers of the words that led here, strongest first, with their rule; -1 stands for
            the reference designator.
        size: row of the sizes table, -1 where none.
    """

    component_class: str = ""
    class_evidence: str = "none"
    sure: bool = True
    materials: tuple[Material, ...] = ()
    replaces: bool = False
    coats: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    size: int = -1
    context: bool = False
    """The class is told by the surroundings only: nothing above 'possible'."""
    weighed: bool = True
    """False where the class is too unsure to lend its mass."""


@dataclass(slots=True)
class _Noun:
    subject: str
    score: float
    word: int
    rule: str
    kind: str
    columns_end: bool = False


@dataclass(slots=True)
class _Reading:
    """What one pass over the words of a case gathers."""

    nouns: list[_Noun] = field(default_factory=list)
    hints: list[tuple[Entry, int, str]] = field(default_factory=list)
    materials: list[tuple[Entry, int, str, bool, bool]] = field(default_factory=list)
    """(entry, word, column, in context, negated)"""
    coats: list[tuple[Entry, int, str, bool]] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    units: list[tuple[str, int, str]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    """Folded words of the line, for collisions."""


def judge(words: list[Word], aside: frozenset[str], designator: str, lexicon: Lexicon) -> Verdict:
    """The verdict on one case.

    Args:
        words: its hits in reading order, cell by cell.
        aside: folded words that serve as context only.
        designator: letters of the reference designator, folded, '' where none.
    """
    reading = _read(words, aside, lexicon)
    chosen, why = _choose_class(reading, designator, lexicon)
    category = lexicon.categories.get(chosen.subject, "") if chosen else ""
    materials, replaces = _choose_materials(reading, chosen, category, words, lexicon)
    if chosen is not None:
        families = [lexicon.families[one.subject] for one in materials]
        evidence = materials[0].evidence if materials else ""
        subjects = [one.subject for one in materials]
        told = told_by_material(chosen.subject, subjects, families, evidence, chosen.rule)
        if told != chosen.subject:
            chosen = replace(chosen, subject=told)
            category, replaces = lexicon.categories.get(told, ""), True
    coats = _choose_coats(reading, category, chosen, lexicon)
    if coats and not materials and lexicon.bodies.get(chosen.subject if chosen else "") == "simple":
        materials, replaces = _steel_under_zinc(coats, category)
    trail = list(why)
    trail += [(one.word, _rule(reading, one)) for one in materials if one.word >= 0]
    trail += [(place, f"word/{coat}") for coat, place in coats]
    if materials and replaces and len(trail) > 1:
        trail = trail[len(why) :] + trail[: len(why)]
    size = _size(reading, chosen.subject if chosen else "", lexicon)
    if chosen is None:
        return Verdict(materials=materials, replaces=True, coats=coats, words=tuple(trail), size=-1)
    sure = chosen.kind not in ("weak", "series_weak", "designator", "lean")
    sure |= chosen.kind == "series_weak" and _named_outright(reading, category, lexicon)
    evidence = _class_evidence(chosen)
    made = Verdict(
        chosen.subject, evidence, sure, materials, replaces, coats, tuple(trail), size
    )  # fmt: skip
    if size < 0 and _told_beside(chosen, category, reading, words, designator, lexicon):
        return _beside(made, chosen, words, lexicon)
    return made


def _told_beside(
    chosen: _Noun, category: str, reading: _Reading, words: list[Word], designator: str,
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


def _beside(made: Verdict, chosen: _Noun, words: list[Word], lexicon: Lexicon) -> Verdict:
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


def _named_outright(reading: _Reading, category: str, lexicon: Lexicon) -> bool:
    """Whether a plain noun of the description says the same as a short part-number series."""
    return any(
        noun.kind == "class"
        and noun.score >= 60
        and lexicon.categories.get(noun.subject, "") == category
        for noun in reading.nouns
    )


def _rule(reading: _Reading, one: Material) -> str:
    for entry, word, *_ in reading.materials:
        if word == one.word and entry.subject == one.subject:
            return entry.rule
    return f"material/{one.subject}"


def _class_evidence(chosen: _Noun) -> str:
    if chosen.kind in ("series", "series_weak"):
        return "designated"
    if chosen.kind == "designator" or chosen.kind == "weak":
        return "assumed"
    return "inferred"


def _read(words: list[Word], aside: frozenset[str], lexicon: Lexicon) -> _Reading:
    reading = _Reading(words=set(aside))
    cells: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        reading.words.update(lexicon.words[pattern] for pattern in word.patterns)
        cells.setdefault(word.column, []).append(place)
    for column, places in cells.items():
        _read_cell(column, places, words, reading, lexicon)
    return reading


@dataclass(slots=True)
class _Cell:
    """Where the reading of one cell stands."""

    context: bool = False
    accessory: bool = False
    negated: bool = False
    bridged: bool = False
    """The word before only fills ("mounting", "rear") and parts no chain."""
    far: bool = False
    """Unknown words stand between this noun and the one before."""
    last_material: int = -1
    chain: list[tuple[int, list[Entry]]] = field(default_factory=list)
    chains: list[list[tuple[int, list[Entry]]]] = field(default_factory=list)

    def close(self) -> None:
        if self.chain:
            self.chains.append(self.chain)
            self.chain = []


def _read_cell(
    column: str, places: list[int], words: list[Word], reading: _Reading, lexicon: Lexicon
) -> None:
    """One cell from left to right: what is context, what is negated, which noun is the head."""
    cell = _Cell()
    for place in places:
        word = words[place]
        entries = [
            entry
            for pattern in word.patterns
            for entry in lexicon.entries[pattern]
            if _fits(entry, column, reading)
        ]
        if word.before == GAP_BREAK:
            cell.context = cell.accessory = False
        if word.before in (GAP_BREAK, GAP_DIGIT):
            cell.close()
        if word.before == GAP_WORDS and not cell.bridged:
            cell.far = True
        cell.bridged = any(entry.role == "filler" for entry in entries)
        if entries and not cell.bridged:
            _read_word(entries, place, column, word, cell, reading)
            cell.far = False
    cell.close()
    for number, links in enumerate(cell.chains):
        head = _head(links)
        for order, (place, nouns) in enumerate(links):
            offset = -6.0 * min(number, 4) - (0.0 if order == head else 40.0)
            _add_nouns(reading, nouns, place, column, offset)


def _fits(entry: Entry, column: str, reading: _Reading) -> bool:
    if entry.columns and column not in entry.columns:
        return False
    if column == "manufacturer" and not entry.columns:
        return False
    if entry.role == "collision":
        return bool(entry.context & reading.words)
    return entry.role != "context"


def _read_word(
    entries: list[Entry], place: int, column: str, word: Word, cell: _Cell, reading: _Reading
) -> None:
    roles = {entry.role for entry in entries}
    nouns = [entry for entry in entries if entry.role in NOUN_ROLES]
    stuff = any(role in MATERIAL_ROLES or role.startswith("coll") for role in roles)
    if "not" in roles:
        cell.last_material = -1
        return
    if not nouns and not stuff:
        if "for" in roles or "with" in roles:
            cell.close()
            cell.context |= "for" in roles
            cell.accessory |= "with" in roles and "for" not in roles
            return
        if "no" in roles:
            cell.negated = True
            return
        if "free" in roles:
            if cell.last_material >= 0 and word.before == GAP_NONE:
                gone = cell.last_material
                reading.materials = [one for one in reading.materials if one[1] != gone]
                reading.coats = [one for one in reading.coats if one[1] != gone]
            return
    negated = cell.negated and word.before == GAP_NONE
    cell.negated = False
    collided = [entry for entry in entries if entry.role == "collision"]
    for entry in entries:
        if entry.role in MATERIAL_ROLES or entry.role == "collision":
            if entry.subject:
                reading.materials.append((entry, place, column, cell.context, negated))
                cell.last_material = place
        elif entry.role == "collision_default":
            if (not collided and entry.subject and not entry.context & reading.words) or (
                entry.subject and entry.context & reading.words
            ):
                reading.materials.append((entry, place, column, cell.context, negated))
                cell.last_material = place
        elif entry.role == "plating" and not (entry.follows and _apart(word, column, cell)):
            reading.coats.append((entry, place, column, negated))
            cell.last_material = place
        elif entry.role == "hint":
            reading.hints.append((entry, place, column))
        elif entry.role in ("series", "series_weak"):
            _add_series(reading, entry, place, column, cell.context)
        elif entry.role == "package":
            reading.packages.append(entry.subject)
        elif entry.role == "size":
            reading.sizes.append(entry.subject)
        elif entry.role == "unit":
            reading.units.append((entry.subject, place, column))
    if nouns and not negated:
        if cell.context or cell.accessory:
            offset = -75.0 if cell.context else -50.0
            _add_nouns(reading, nouns, place, column, offset)
        else:
            if cell.far and cell.chain:
                cell.close()
            cell.chain.append((place, nouns))


def _apart(word: Word, column: str, cell: _Cell) -> bool:
    """Whether no metal stands right before the sign of a coat."""
    near = word.before in (GAP_NONE, GAP_DIGIT) or (
        column == "material" and word.before == GAP_BREAK
    )
    return cell.last_material < 0 or not near


def _add_series(reading: _Reading, entry: Entry, place: int, column: str, context: bool) -> None:
    score = float(_SERIES_WEIGHT.get(column, 10))
    if entry.role == "series_weak":
        # elsewhere than in a number a short series counts only with the reference designator
        score = 50.0 if column in _NUMBER_COLUMNS else 18.0
    score -= 70.0 if context else 0.0
    reading.nouns.append(_Noun(entry.subject, score, place, entry.rule, entry.role))


def _add_nouns(
    reading: _Reading, nouns: list[Entry], place: int, column: str, offset: float
) -> None:
    score = _NOUN_WEIGHT.get(column, 10) + offset
    for subject in dict.fromkeys(entry.subject for entry in nouns):
        entry = next(one for one in nouns if one.subject == subject)
        lowered = 55.0 if entry.role == "weak" else 0.0
        reading.nouns.append(_Noun(subject, score - lowered, place, entry.rule, entry.role))


def _head(links: list[tuple[int, list[Entry]]]) -> int:
    """Which noun of a chain is the head: the last in Germanic and East Asian word order, else the
    first; weak nouns ("kit", "unit") give way to the others."""
    strong = [
        order for order, (_, nouns) in enumerate(links) if any(one.role == "class" for one in nouns)
    ]
    order_of = strong or list(range(len(links)))
    # "CR2032 holder", "NEMA17 mount", "holder CR2032": a model number never is the head
    wordy = [order for order in order_of if not any(map(str.isdigit, links[order][1][0].rule))]
    order_of = wordy or order_of
    first_only = 0
    last_only = 0
    for _, nouns in links:
        langs = {one.lang for one in nouns}
        first_only += bool(langs & HEAD_FIRST and not langs & HEAD_LAST)
        last_only += bool(langs & HEAD_LAST and not langs & HEAD_FIRST)
    names_goods = any(one.subject in _NEVER_MODIFIERS for one in links[order_of[0]][1])
    return order_of[0] if first_only > last_only or names_goods else order_of[-1]


def _choose_class(
    reading: _Reading, designator: str, lexicon: Lexicon
) -> tuple[_Noun | None, list[tuple[int, str]]]:
    """The class that the evidence supports best, and the words that say so."""
    wanted, default = lexicon.designators.get(designator, (frozenset(), ""))
    told = any(
        lexicon.categories.get(noun.subject, "") in wanted and noun.score >= 60
        for noun in reading.nouns
    )
    for noun in reading.nouns:
        category = lexicon.categories.get(noun.subject, "")
        if wanted and told and noun.kind == "series" and category not in wanted:
            # the noun and the reference designator agree against the number
            noun.score -= 35
        if wanted:
            if category in wanted:
                noun.score += 14 if noun.kind != "series_weak" else 40
            elif noun.kind == "series_weak":
                noun.score -= 60
            elif noun.score < 60:
                noun.score -= 20
    candidates = [noun for noun in reading.nouns if noun.score > 0]
    agreed = {lexicon.categories.get(noun.subject, "") for noun in candidates if noun.score >= 60}
    for noun in candidates:
        if noun.kind == "series_weak" and noun.score < 20:
            noun.score = 0.0
        elif noun.kind == "series_weak" and agreed and not wanted:
            same = lexicon.categories.get(noun.subject, "") in agreed
            noun.score += 25 if same else -45
    if default:
        candidates.append(_Noun(default, 41.0, -1, f"designator/{designator}", "designator"))
    elif wanted:
        kin = "|".join(sorted(wanted))
        candidates.append(_Noun("", 5.0, -1, f"designator/{kin}", "designator"))
    for subject, place, column in reading.units:
        if column in ("description", "value", "part_number", "mpn"):
            candidates.append(_Noun(subject, 36.0, place, f"unit/{subject}", "lean"))
    candidates = [noun for noun in candidates if noun.score > 0 and noun.subject]
    if not candidates:
        return None, []
    fluids = [noun for noun in candidates if noun.subject == "REFRIG"]
    others = [noun for noun in candidates if noun.subject != "REFRIG" and noun.kind == "class"]
    if others and all(any(map(str.isdigit, noun.rule)) for noun in fluids):
        # "R410A - ball valve": the number says what the part is made for
        candidates = [noun for noun in candidates if noun not in fluids]
    best = max(candidates, key=lambda noun: (noun.score, -noun.word))
    best = _specific(best, candidates, reading, lexicon)
    trail = [(best.word, best.rule)]
    trail += [
        (noun.word, noun.rule)
        for noun in candidates
        if noun.word >= 0 and noun is not best and noun.subject == best.subject
    ][:2]
    return best, trail


def _specific(
    best: _Noun, candidates: list[_Noun], reading: _Reading,
    lexicon: Lexicon,
) -> _Noun:  # fmt: skip
    """The sister class that hints, series, packages or sizes point to, where `best` is general."""
    category = lexicon.categories.get(best.subject, "")
    hints = [
        (entry, place)
        for entry, place, _ in reading.hints
        if lexicon.categories.get(entry.subject, "") == category
        and (not entry.categories or category in entry.categories)
    ]
    vague = GENERIC_MARK in best.subject or best.kind == "designator"
    if vague:
        others = [
            noun
            for noun in candidates
            if noun is not best
            and GENERIC_MARK not in noun.subject
            and noun.kind not in ("designator", "lean")
            and lexicon.categories.get(noun.subject, "") == category
        ]
        if others:
            best = max(others, key=lambda noun: (noun.score, -noun.word))
            vague = False
    elif best.subject in _ALWAYS_VAGUE and best.kind in NOUN_ROLES:
        # "BME280 sensor module": the number is exact, the words are not
        exact = [
            noun
            for noun in candidates
            if noun.kind == "series" and lexicon.categories.get(noun.subject, "") == category
        ]
        best = max(exact, key=lambda noun: (noun.score, -noun.word), default=best)
    if hints:
        top = max(entry.priority for entry, _ in hints)
        entry, place = next(one for one in hints if one[0].priority == top)
        if (
            vague
            or (top > 5 and entry.subject != best.subject)
            or (best.kind == "class" and top == 5 and _broad(best.subject))
        ):
            kind = "class" if top >= 2 else "lean"
            return _Noun(entry.subject, best.score, place, entry.rule, kind)
    if vague or _packable(best.subject) or best.kind == "series_weak":
        packed = _by_package(best, reading, lexicon)
        if packed:
            kind = "class" if best.kind == "designator" else best.kind
            return _Noun(packed, best.score, best.word, best.rule, kind)
    if best.subject in _BY_SIZE and any(len(one) == 4 for one in reading.sizes):
        kind = "class" if best.kind != "designator" or reading.units else "lean"
        return _Noun(_BY_SIZE[best.subject], best.score, best.word, best.rule, kind)
    return best


_BY_SIZE = {
    "CAP_GEN": "CAP_MLCC_C2", "RES_GEN": "RES_CHIP_TF", "RES_MOV": "RES_MLV",
    "FUSE_GEN": "FUSE_CHIP",
}  # fmt: skip
"""A capacitor, resistor, varistor or fuse in a chip size is a chip."""
_BROAD = frozenset(
    ["CAP_MLCC_C2", "MAG_GEN", "LED_GEN", "RES_CHIP_TF", "RES_MOV", "MOTOR_GEN", "BATT_LI_GEN",
     "BUZZER_PZ", "BEARING", "CONN_GEN", "Q_SOT23", "Q_TO220", "IND_GEN", "D_AXIAL", "D_SMALL"]
)  # fmt: skip


def _broad(subject: str) -> bool:
    """Classes that a hint may narrow although they are named outright."""
    return subject in _BROAD


def _packable(subject: str) -> bool:
    return subject in ("IC_GEN", "Q_SOT23", "Q_TO92", "D_SMALL", "D_AXIAL", "Q_TO220", "Q_DPAK")


def _short_ic(best: _Noun) -> bool:
    """A short series of integrated circuits comes in many cases: the case that is named wins."""
    return best.kind == "series_weak" and best.subject.startswith("IC_")


def _by_package(best: _Noun, reading: _Reading, lexicon: Lexicon) -> str:
    for word in reading.packages:
        on_u, on_q, on_d = lexicon.packages[word]
        if best.subject in ("IC_GEN", "SEMI_GEN") or _short_ic(best):
            return on_u
        if best.subject.startswith("Q_") and best.subject not in ("Q_SIC", "Q_GAN"):
            return on_q
        if best.subject.startswith("D_"):
            return on_d
    return ""


def _choose_materials(
    reading: _Reading, chosen: _Noun | None, category: str, words: list[Word], lexicon: Lexicon
) -> tuple[tuple[Material, ...], bool]:
    """The materials that count, strongest evidence first, and whether they are the body."""
    body = lexicon.bodies.get(chosen.subject, "") if chosen else "simple"
    if body == "none":
        return (), False
    # "ZnAl" is die-cast zinc, but on a screw its coat
    coated = {place for entry, place, *_ in reading.coats if category in entry.categories}
    ranked: list[tuple[float, int, Material, str]] = []
    for entry, place, column, context, negated in reading.materials:
        if negated or (context and column != "material"):
            continue
        if entry.categories and category not in entry.categories:
            continue
        if entry.subject not in lexicon.families:
            continue
        rank = _rank(entry, place, column, body, category, chosen, words)
        if rank <= 0 or (place in coated and column != "material"):
            continue
        if column == "material":
            evidence = "declared"
        elif not entry.parts and _generic(entry.subject):
            evidence = "assumed"
        else:
            evidence = "designated"
        family = lexicon.families[entry.subject]
        group = "iron" if family in IRON else family
        ranked.append((rank, place, Material(entry.subject, evidence, place, entry.parts), group))
    if not ranked:
        return (), False
    if category == "magnet" and any(one[2].subject != "POLYMER" for one in ranked):
        # a resin beside a magnet alloy is its coat; bonded magnets are materials of their own
        ranked = [one for one in ranked if one[2].subject != "POLYMER"]
    ranked.sort(key=lambda one: (-one[0], one[1]))
    if ranked[0][0] >= 100:
        ranked = [one for one in ranked if one[0] >= 100]
    kept: list[tuple[Material, str]] = []
    for _, _, material, group in ranked:
        if any(group == other for _, other in kept):
            continue
        kept.append((material, group))
    chosen_materials = tuple(material for material, _ in kept[:3])
    return chosen_materials, body == "simple"


def _generic(subject: str) -> bool:
    return subject.endswith("_GENERIC") or subject == "POLYMER"


def _rank(
    entry: Entry, place: int, column: str, body: str, category: str, chosen: _Noun | None,
    words: list[Word],
) -> float:  # fmt: skip
    """How well a material is founded; 0 where the word does not speak of the part's material."""
    exact = entry.role in ("designation", "collision", "collision_default")
    generic = not entry.parts and _generic(entry.subject)
    if column == "material":
        return 130 if exact else 105 if generic else 120
    if column in ("manufacturer", "footprint"):
        return 0
    base = {"description": 0.0, "value": -4.0, "notes": -12.0, "category": -16.0}.get(column, -14.0)
    if column in ("section",):
        base = -30.0
    if exact:
        return 90 + base if body == "simple" or category not in _ELECTRONIC else 0
    if body != "simple":
        if category in _ELECTRONIC or entry.role == "metal":
            return 0
        return (45 if generic else 60) + base
    if entry.role == "metal" and not _bodily(place, column, chosen, words):
        return 0
    return (50 if generic else 70) + base


def _bodily(place: int, column: str, chosen: _Noun | None, words: list[Word]) -> bool:
    """Whether the bare name of a metal stands beside the noun, or alone in its phrase."""
    word = words[place]
    if chosen is None or chosen.word < 0:
        follower = place + 1 < len(words) and words[place + 1].column == column
        following = words[place + 1].before if follower else word.after
        return word.before != 1 and following != 1
    noun = words[chosen.word]
    if noun.column != column:
        return column in ("value", "notes", "category") and word.before != 1 and word.after != 1
    between = range(min(place, chosen.word) + 1, max(place, chosen.word) + 1)
    gaps = [words[number].before for number in between]
    return all(gap in (GAP_NONE, GAP_DIGIT, GAP_BREAK) for gap in gaps)


def _choose_coats(
    reading: _Reading, category: str, chosen: _Noun | None, lexicon: Lexicon
) -> tuple[tuple[str, int], ...]:
    if chosen is not None and category not in _COATED:
        return ()
    stuff = {lexicon.families.get(entry.subject, "") for entry, *_ in reading.materials}
    copper = "copper alloy" in stuff
    coats: dict[str, int] = {}
    for entry, place, _, negated in reading.coats:
        if (entry.follows and not copper) or (chosen is None and not entry.follows):
            continue
        if negated or (entry.categories and category not in entry.categories):
            continue
        coats.setdefault(entry.subject, place)
    return tuple(list(coats.items())[:2])


def _steel_under_zinc(
    coats: tuple[tuple[str, int], ...], category: str
) -> tuple[tuple[Material, ...], bool]:
    """Zinc coats go on steel: without another word the body is steel."""
    for coat, place in coats:
        if coat in _ZINC_COATS and category in ("fastener", "structural", "mechanical"):
            return (Material("STEEL_GENERIC", "assumed", place),), True
    return (), False


def _size(reading: _Reading, subject: str, lexicon: Lexicon) -> int:
    held = lexicon.sizes.get(subject)
    if not held:
        return -1
    for size in sorted(set(reading.sizes), key=lambda one: (-len(one), one)):
        if size in held:
            return held[size]
    return -1
