"""What the cells of one line say, word by word: nouns, hints, materials, coats, sizes.

A cell is read from left to right: what is context, what is negated, which noun is the head.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bomexposure.content.heads import (
    head_of,
    is_about,
    is_hardware,
    is_head,
    is_kit,
    is_trailed,
    leads,
    serves_next,
    spoken,
)
from bomexposure.content.lexicon import (
    HEAD_FIRST,
    HEAD_LAST,
    MATERIAL_ROLES,
    NOUN_ROLES,
    Entry,
    Lexicon,
)
from bomexposure.content.spot import (
    BREAKS,
    GAP_DIGIT,
    GAP_HEAD,
    GAP_NONE,
    GAP_OPEN,
    GAP_SLASH,
    GAP_WORDS,
)
from bomexposure.content.verdict import Word

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
_OWN_NUMBERS = frozenset(["mpn", "part_number", "supplier_part"])
_NUMBER_COLUMNS = frozenset(["mpn", "part_number", "supplier_part", "value"])
_ASIDE = frozenset(["LABEL", "SERVICE", "PACKAGING"])
"""In a note or a section these are done to the part ("calibration 1 kg") and are not the part."""
_ANODIC = frozenset(
    ["AL_GENERIC", "TI_GENERIC", "TI_PURE", "MG_GENERIC", "NB_PURE", "TA_PURE", "ZR_PURE"]
)
"""Metals that are anodised; another named beside it is a colour."""
_COMES_IN = frozenset(["PACKAGING", "CYLINDER", "COMPUTER"])
"""What a chemical comes in or as: bags, gas cylinders, tablets."""
_PORT_GIVES_WAY = 32.0
_LENT = 12.0
"""What a noun before an unknown thing gives way by: another cell may name the thing itself."""
_STOCK = {
    "STRUCT_STEEL": "STEEL_GENERIC", "SHEET_STEEL": "STEEL_GENERIC", "FAST_STEEL": "STEEL_GENERIC",
    "WIRE_STEEL": "STEEL_GENERIC", "ENCLOSURE_STEEL": "STEEL_GENERIC", "PART_SS": "SS_GENERIC",
    "FAST_SS": "SS_GENERIC", "SPRING_SS": "SS_GENERIC", "PART_AL": "AL_GENERIC",
    "CAST_AL": "AL_CAST_GENERIC", "PART_TI": "TI_GENERIC", "FAST_TI": "TI_GENERIC",
    "FAST_BRASS": "BRASS_GENERIC", "CAST_ZN": "ZN_GENERIC", "CAST_MG": "MG_GENERIC",
}  # fmt: skip
"""Stock and parts that are named by their material, and that material."""


@dataclass(slots=True)
class Noun:
    """A word that may name the class, with its score: how well it is founded."""

    subject: str
    score: float
    word: int
    rule: str
    kind: str
    column: str = ""
    lent: bool = False
    """Only says what an unknown thing serves: the relay of "relay marker"."""
    trailed: bool = False
    """Words that nobody knows stand behind it: it may be no head."""


@dataclass(slots=True)
class Companion:
    """A second part that the line names: "switch + magnet", "motor with encoder"."""

    subject: str
    word: int
    rule: str
    joined: bool
    """By a plus; else it is an accessory."""


@dataclass(slots=True)
class Reading:
    """What one pass over the words of a case gathers."""

    nouns: list[Noun] = field(default_factory=list)
    hints: list[tuple[Entry, int, str]] = field(default_factory=list)
    materials: list[tuple[Entry, int, str, bool, bool]] = field(default_factory=list)
    """(entry, word, column, in context, negated)"""
    coats: list[tuple[Entry, int, str, bool]] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    units: list[tuple[str, int, str]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    """Folded words of the line, for collisions."""
    companions: list[Companion] = field(default_factory=list)
    absent: dict[str, int] = field(default_factory=dict)
    """Materials that the line says are not in it ("zinc-free"), with the word."""


def read(words: list[Word], aside: frozenset[str], lexicon: Lexicon) -> Reading:
    """One pass over the words of a case, cell by cell."""
    reading = Reading(words=set(aside))
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

    first: int
    """Its first word."""
    context: bool = False
    accessory: bool = False
    joined: bool = False
    """After a plus: what follows is a second part."""
    negated: bool = False
    shaded: bool = False
    """The word before says that what follows is a colour."""
    bridged: bool = False
    """The word before only fills ("mounting", "rear") and parts no chain."""
    far: bool = False
    """Unknown words stand between this noun and the one before."""
    last_material: int = -1
    chain: list[tuple[int, list[Entry]]] = field(default_factory=list)
    chains: list[list[tuple[int, list[Entry]]]] = field(default_factory=list)
    trailing: list[bool] = field(default_factory=list)
    """Per chain whether only unknown words part it from the chain before."""
    parted: bool = False
    seconds: set[int] = field(default_factory=set)
    """Numbers of the chains behind a plus."""
    things: dict[int, int] = field(default_factory=dict)
    """Number of a chain -> the word of unknown make that it runs into ("relay marker")."""
    opening: bool = False
    """No noun has come yet, but a word of unknown make has."""
    substance: bool = False
    """The cell begins with a chemical and no noun has come yet: "lithium bromide, chiller"."""
    titled: bool = False
    """A word of unknown make alone is what the cell names first: "boot, connector"."""
    leading: bool = False
    """A word of unknown make opens the phrase ("marqueur de relais")."""
    kit: bool = False
    """That word is a kit, which in any language may stand first: "repair kit solenoid valve"."""
    led: set[int] = field(default_factory=set)
    """Numbers of the chains behind such a word."""
    barred: set[int] = field(default_factory=set)
    """Numbers of the chains behind a bar ("motor / pump bracket")."""
    serving: bool = False
    """A noun of hardware leads a name joined by underscores: further nouns are what it serves."""
    joins: bool = False
    """A "to" stands between two nouns: "USB to serial cable"."""

    def close(self) -> None:
        if self.chain:
            self.chains.append(self.chain)
            self.trailing.append(self.parted)
            self.chain = []
        self.parted = False


def _read_cell(
    column: str, places: list[int], words: list[Word], reading: Reading, lexicon: Lexicon
) -> None:
    """One cell from left to right: what is context, what is negated, which noun is the head."""
    cell = _Cell(first=places[0])
    if _is_number(column, places, words, lexicon):
        return
    for place in places:
        word = words[place]
        entries = [
            entry
            for pattern in word.patterns
            for entry in lexicon.entries[pattern]
            if _fits(entry, column, reading) and not (entry.alone and _accompanied(word, places))
        ]
        if (
            word.before in BREAKS
            and word.before != GAP_OPEN
            and cell.opening
            and not cell.chains
            and not cell.chain
        ):
            cell.titled = True
        if word.before in BREAKS:
            cell.serving = False
            cell.context = cell.accessory = cell.joined = cell.leading = False
        if word.before in (*BREAKS, GAP_DIGIT):
            cell.close()
        if word.before == GAP_SLASH and cell.chains:
            cell.barred.add(len(cell.chains))
        cell.serving |= word.before == GAP_HEAD
        if word.before == GAP_WORDS and not cell.bridged:
            cell.far = True
        cell.bridged = any(entry.role == "filler" for entry in entries)
        if entries and word.before == GAP_DIGIT and (cell.chains or cell.last_material >= 0):
            # "titanium dioxide 25 kg bag": how much of it comes, no bag
            entries = [one for one in entries if one.subject != "PACKAGING"]
        if entries and not cell.bridged:
            _read_word(entries, place, column, word, cell, reading)
            cell.far = False
    cell.close()
    joining = cell.joins and leads(cell.chains, lexicon)
    numbered = next((one for one in places if _numbers(words[one], lexicon)), len(words))
    for number, links in enumerate(cell.chains):
        head = head_of(links, lexicon)
        first = -6.0 * min(number, 4)
        if number in cell.seconds:
            first -= 26.0
        if number == 0 < len(cell.chains) - 1 and words[links[0][0]].before == GAP_OPEN:
            first -= 16.0  # "power window (glass) motor": what stands behind the brackets
        if number == 0 and words[links[0][0]].before == GAP_OPEN and numbered < links[0][0]:
            first -= 40.0  # "SIM800L (board with a SIM socket)": what stands before them
        if joining:  # "LED to HAT wires": the wires, not what they join
            first = 0.0 if number == len(cell.chains) - 1 else -60.0
        last = number == len(cell.chains) - 1
        if last and cell.trailing[number] and is_about(links[head][1]):
            first = 3.0  # "Lithium battery warning label" is a label
        # a word that Romance languages share closes no name that they have opened
        closes = spoken(cell.chains[0][-1][1], HEAD_LAST) or not spoken(links[head][1], HEAD_FIRST)
        if last and closes and cell.trailing[number] and is_hardware(links[head], words, lexicon):
            first = 3.0  # "windshield wiper motor park gasket" is a gasket
        if last and number and is_head(links[head], words):
            first = 3.0
        if serves_next(number, cell.chains, cell.barred, lexicon):
            first -= 40.0
        if number and serves_next(number - 1, cell.chains, cell.barred, lexicon):
            first = 0.0
        lent = (
            cell.titled
            or number in cell.led
            or (cell.things.get(number, -1) > links[head][0] and spoken(links[head][1], HEAD_LAST))
        )
        first -= _LENT if lent else 0.0
        for order, (place, nouns) in enumerate(links):
            offset = first - (0.0 if order == head else 40.0)
            trailed = last and order == head and is_trailed(place, places, words, nouns)
            _add_nouns(reading, nouns, place, column, offset, lent, trailed)


def _numbers(word: Word, lexicon: Lexicon) -> bool:
    """Whether the word is the number of a maker's series."""
    return any(
        one.role == "series" for pattern in word.patterns for one in lexicon.entries[pattern]
    )


def _is_number(column: str, places: list[int], words: list[Word], lexicon: Lexicon) -> bool:
    """A cell of a number column that is nothing but an ambiguous sign ("A2", "304", "718"): parts
    are numbered so, and what the description says then is no context for the sign."""
    word = words[places[0]]
    if column not in _OWN_NUMBERS or len(places) > 1 or not word.before == word.after == GAP_NONE:
        return False
    roles = {entry.role for pattern in word.patterns for entry in lexicon.entries[pattern]}
    return bool(roles & {"collision", "collision_default"})


def _accompanied(word: Word, places: list[int]) -> bool:
    """Whether the cell says more than this word, numbers ("99.9 %") aside."""
    quiet = (GAP_NONE, GAP_DIGIT)
    return len(places) > 1 or word.before not in quiet or word.after not in quiet


def _fits(entry: Entry, column: str, reading: Reading) -> bool:
    if entry.columns and column not in entry.columns:
        return False
    if column == "manufacturer" and not entry.columns:
        return False
    if entry.role == "collision":
        return bool(entry.context & reading.words)
    return entry.role != "context"


def _read_word(
    entries: list[Entry], place: int, column: str, word: Word, cell: _Cell, reading: Reading
) -> None:
    roles = {entry.role for entry in entries}
    nouns = [entry for entry in entries if entry.role in NOUN_ROLES]
    comes_in = any(one.subject in _COMES_IN for one in nouns)
    if nouns and cell.substance and (comes_in or word.before != GAP_NONE):
        return  # where it is used, or what it comes in
    cell.substance = (cell.substance or place == cell.first) and not nouns
    if place == cell.first:
        cell.substance &= any(entry.subject.startswith("CHEM_") for entry in entries)
    stuff = any(role in MATERIAL_ROLES or role.startswith("coll") for role in roles)
    if "not" in roles:
        cell.last_material = -1
        for entry in entries:
            if entry.role == "not" and entry.subject:
                reading.absent.setdefault(entry.subject, place)
        return
    if not nouns and not stuff:
        if "thing" in roles:
            if cell.chain and not cell.context:
                cell.things[len(cell.chains)] = place
            if word.before == GAP_NONE:  # "cobalt acetate spill kit"
                reading.materials = [
                    one
                    for one in reading.materials
                    if one[1] != cell.last_material or not one[0].subject.startswith("CHEM_")
                ]
            cell.leading = not cell.chain and (spoken(entries, HEAD_FIRST) or is_kit(entries))
            cell.kit = cell.leading and is_kit(entries)
            cell.opening = not cell.chain and not cell.chains
            return
        if "and" in roles:
            cell.close()
            cell.context = cell.accessory = False
            cell.joined, cell.last_material = True, -1
            return
        if "for" in roles or "with" in roles:
            cell.close()
            cell.context |= "for" in roles
            cell.accessory |= "with" in roles and "for" not in roles
            return
        if "to" in roles:
            cell.close()
            cell.joins = True
            return
        if "no" in roles or "shade" in roles:
            cell.negated, cell.shaded = "no" in roles, "shade" in roles
            return
        if "free" in roles or "look" in roles:
            if cell.last_material >= 0 and word.before == GAP_NONE:
                gone = cell.last_material
                for entry, spot, *_ in reading.materials:
                    if spot == gone and "free" in roles:
                        reading.absent.setdefault(entry.subject, gone)
                reading.materials = [one for one in reading.materials if one[1] != gone]
                reading.coats = [one for one in reading.coats if one[1] != gone]
                reading.hints = [one for one in reading.hints if one[1] != gone]
            return
    negated = cell.negated and word.before == GAP_NONE
    shaded = cell.shaded and word.before == GAP_NONE
    cell.negated = cell.shaded = False
    if shaded:  # "color níquel": a colour only
        entries = [one for one in entries if one.role in NOUN_ROLES]
    if negated:
        for entry in entries:
            if entry.role in ("material", "metal") and entry.subject:
                reading.absent.setdefault(entry.subject, place)
    if any(entry.role == "finish" for entry in entries):
        # "copper anodised": a colour, for copper takes no such coat
        reading.materials = [
            one
            for one in reading.materials
            if one[2] != column or one[0].role != "metal" or one[0].subject in _ANODIC
        ]
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
            _add_series(reading, entry, place, column, cell.context or cell.titled)
        elif entry.role == "package":
            reading.packages.append(entry.subject)
        elif entry.role == "size":
            reading.sizes.append(entry.subject)
        elif entry.role == "unit":
            reading.units.append((entry.subject, place, column))
    if column == "material" and nouns and not stuff and not negated:
        # "steel pipe" in a column of materials: what such a part is made of
        for subject in dict.fromkeys(one.subject for one in nouns):
            told = Entry("material", _STOCK.get(subject, ""), "", nouns[0].rule)
            if told.subject:
                reading.materials.append((told, place, column, cell.context, False))
                cell.last_material = place
    if nouns and not negated:
        aside = cell.accessory and not cell.context
        if column == "description" and (cell.joined or aside):
            _add_companion(reading, nouns, place, cell.joined, word.before)
        if cell.context or cell.accessory or cell.serving:
            offset = -75.0 if cell.context or cell.serving else -50.0
            _add_nouns(reading, nouns, place, column, offset)
        else:
            if cell.far and cell.chain:
                cell.close()
                cell.parted = True
            if cell.joined and not cell.chain:
                cell.seconds.add(len(cell.chains))
            if cell.leading and not cell.chain and (cell.kit or spoken(nouns, HEAD_FIRST)):
                cell.led.add(len(cell.chains))
            cell.leading = False
            cell.chain.append((place, nouns))


def _add_companion(
    reading: Reading, nouns: list[Entry], place: int, joined: bool, before: int
) -> None:
    """Of nouns side by side ("with magnet holder") the last names the companion."""
    held = reading.companions
    if held and held[-1].word == place - 1 and before == GAP_NONE:
        held.pop()
    strong = next((one for one in nouns if one.role == "class"), None)
    if strong is not None:
        held.append(Companion(strong.subject, place, strong.rule, joined))


def _apart(word: Word, column: str, cell: _Cell) -> bool:
    """Whether no metal stands right before the sign of a coat."""
    near = word.before in (GAP_NONE, GAP_DIGIT) or (column == "material" and word.before in BREAKS)
    return cell.last_material < 0 or not near


def _add_series(reading: Reading, entry: Entry, place: int, column: str, context: bool) -> None:
    score = float(_SERIES_WEIGHT.get(column, 10))
    if entry.role == "series_weak":
        # elsewhere than in a number a short series counts only with the reference designator
        score = 50.0 if column in _NUMBER_COLUMNS else 18.0
    score -= 70.0 if context else 0.0
    reading.nouns.append(Noun(entry.subject, score, place, entry.rule, entry.role, column))


def _add_nouns(
    reading: Reading, nouns: list[Entry], place: int, column: str, offset: float,
    lent: bool = False, trailed: bool = False,
) -> None:  # fmt: skip
    score = _NOUN_WEIGHT.get(column, 10) + offset
    for subject in dict.fromkeys(entry.subject for entry in nouns):
        if subject in _ASIDE and column in ("notes", "section"):
            continue
        entry = next(one for one in nouns if one.subject == subject)
        # a maker of one kind of part is the last thing to go by, however vague its word
        lowered = 55.0 if entry.role == "weak" and column != "manufacturer" else 0.0
        lowered += _PORT_GIVES_WAY if entry.port else 0.0
        reading.nouns.append(
            Noun(subject, score - lowered, place, entry.rule, entry.role, column, lent, trailed)
        )
