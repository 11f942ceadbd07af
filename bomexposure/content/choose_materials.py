"""Which materials and coats of a line are those of the part, strongest evidence first."""

from __future__ import annotations

from bomexposure.content.lexicon import Entry, Lexicon
from bomexposure.content.reading import Noun, Reading
from bomexposure.content.shape import IRON
from bomexposure.content.spot import BREAKS, GAP_DIGIT, GAP_NONE, GAP_WORDS
from bomexposure.content.verdict import Material, Word

_ELECTRONIC = frozenset(
    ["capacitor", "resistor", "inductor", "semiconductor", "optoelectronics", "frequency control",
     "protection", "module", "product", "storage", "display", "power", "transformer", "sensor"]
)  # fmt: skip
_FUNCTIONAL = frozenset(
    ["semiconductor", "optical & thermal", "phosphor & scintillator", "chemical compound"]
)  # fmt: skip
"""Named beside a sensor or a crystal, these are what it works with, not its housing."""
_TOOLS = frozenset(
    ["ABRASIVE", "TOOL_WC_INSERT", "TOOL_WC_EM", "TOOL_HSS", "TOOL_CERMET", "TOOL_SUPERHARD",
     "DIAMOND_TOOL"]
)  # fmt: skip
_WORKPIECES = frozenset(
    ["carbon & alloy steel", "stainless steel", "cast iron", "aluminium alloy", "copper alloy",
     "titanium alloy", "plastic & elastomer"]
)  # fmt: skip
"""Named beside a tool, these are what it cuts: "cutting disc INOX 125 x 1"."""
_SPECIAL = frozenset(["nickel & cobalt superalloy"])
"""Never a housing or a screw beside an electronic part: the wire of the coil, the sensing body."""
_CONTACT = frozenset(["precious metal", "refractory & reactive metal", "welding & friction"])
_VESSELS = frozenset(
    ["structural", "mechanical", "fastener", "plastic", "product", "HVAC", "module", "motor",
     "electromechanical", "power", "sensor", "other", "cable", "connector", "semiconductor",
     "transformer", "thermal", "bearing", "lamp"]
)  # fmt: skip
"""Kinds of part that handle chemicals and are not made of them."""
_SHINY = frozenset(["AG_PURE", "AU_PURE"])
_SHADES = frozenset(
    ["BRONZE_GENERIC", "BRASS_GENERIC", "TI_GENERIC", "PT_PURE", "CR_PURE", "CO_PURE", "PD_PURE",
     "NI_PURE_GENERIC", "STEEL_GENERIC"]
)  # fmt: skip
"""Beside a paint these are shades, or what it is put on."""
_PAINTED = frozenset(
    ["PART_PLASTIC", "TEXTILE", "ENCLOSURE_GEN", "ENCLOSURE_STEEL", "CAST_AL", "PART_AL",
     "HEATSINK", "PART_RUBBER", "SHEET_STEEL", "KNIFE", "SPRING", "CLAMP", "CASTER", "PAINT",
     "FAST_GEN"]
)  # fmt: skip
_CONTACTS = ("word/contact", "word/kontakt", "接点", "触点", "контакт*", "contatto", "접점")
_COATED = frozenset(
    ["fastener", "structural", "connector", "mechanical", "casting", "magnet", "cutting tool",
     "PCB", "bearing", "cable", "thermal", "welding consumable", "specialty"]
)  # fmt: skip
_ZINC_COATS = frozenset(["PL_ZN", "PL_HDG", "PL_ZNNI", "PL_ZNFLAKE", "PL_CD"])


_Ranked = tuple[float, int, Material, str]
"""Rank, word, the material, and the group of which one is kept."""


def choose_materials(
    reading: Reading, chosen: Noun | None, category: str, words: list[Word], lexicon: Lexicon
) -> tuple[tuple[Material, ...], bool]:
    """The materials that count, strongest evidence first, and whether they are the body."""
    body = lexicon.bodies.get(chosen.subject, "") if chosen else "simple"
    if body == "none":
        return (), False
    # "ZnAl" is die-cast zinc, but on a screw its coat
    coated = {place for entry, place, *_ in reading.coats if category in entry.categories}
    ranked: list[_Ranked] = []
    finishes: list[_Ranked] = []
    for entry, place, column, context, negated in reading.materials:
        if negated or (context and column != "material"):
            continue
        named = column == "material" and entry.role == "designation"
        if entry.categories and category not in entry.categories and not named:
            continue
        if entry.subject not in lexicon.families:
            continue
        family = lexicon.families[entry.subject]
        if entry.role == "finish" and body != "simple":
            continue
        tool = chosen is not None and chosen.subject in _TOOLS and column != "material"
        if chosen is not None and column != "material" and _handled(entry, category):
            continue  # "phosphoric acid pump": what goes through it
        if chosen is not None and family in _WORKPIECES and _works_on(chosen, place, column):
            continue
        if tool and (family in _WORKPIECES or entry.subject == "W_GENERIC"):
            continue  # "tungsten carbide drill": the tool's own carbide holds the tungsten
        rank = _rank(entry, place, column, body, category, chosen, words, family)
        guess = (
            rank <= 0 and body == "simple" and _unrivalled(entry, place, column, chosen, reading)
        )
        rank = 40.0 if guess else rank
        if rank <= 0 or (place in coated and column != "material"):
            continue
        if column == "material":
            evidence = "declared"
        elif guess or (not entry.parts and _generic(entry.subject)):
            evidence = "assumed"
        else:
            evidence = "designated"
        group = "iron" if family in IRON else family
        sure = not guess and entry.role != "finish"
        told = Material(entry.subject, evidence, place, entry.parts, sure=sure)
        (finishes if entry.role == "finish" else ranked).append((rank, place, told, group))
    ranked = _without_guessed_solder(ranked, lexicon) or finishes
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


_SOLDERED = frozenset(["SN_PURE", "AG_PURE", "PB_PURE", "BI_PURE", "IN_PURE"])


def _without_guessed_solder(ranked: list[_Ranked], lexicon: Lexicon) -> list[_Ranked]:
    """Without the usual alloy of "lead-free solder" where the line spells another: "Sn99Cu1"."""
    if not any(one[2].parts and one[2].subject in _SOLDERED for one in ranked):
        return ranked
    return [
        one
        for one in ranked
        if one[2].parts or lexicon.families[one[2].subject] != "solder & braze"
    ]


def _handled(entry: Entry, category: str) -> bool:
    """Whether a part is named beside a chemical that it serves rather than holds."""
    return entry.subject.startswith("CHEM_") and not entry.parts and category in _VESSELS


_WORKERS = ("cutter", "bender", "stripper", "crimper", "reamer", "deburrer", "polish", "cleaner")


def _works_on(chosen: Noun, place: int, column: str) -> bool:
    """Whether a metal before a tool is what it works on: "copper pipe cutter"."""
    rule = chosen.rule.casefold()
    return column == chosen.column and place < chosen.word and rule.endswith(_WORKERS)


def _generic(subject: str) -> bool:
    return subject.endswith("_GENERIC") or subject == "POLYMER"


def _rank(
    entry: Entry, place: int, column: str, body: str, category: str, chosen: Noun | None,
    words: list[Word], family: str,
) -> float:  # fmt: skip
    """How well a material is founded; 0 where the word does not speak of the part's material."""
    exact = entry.role in ("designation", "collision", "collision_default")
    generic = not entry.parts and _generic(entry.subject)
    if column == "material":
        return 130 if exact else 105 if generic else 120
    if column in ("manufacturer", "footprint"):
        return 0
    if chosen is not None and chosen.word >= 0 and words[chosen.word].column == "manufacturer":
        return 0  # only the maker says what the part is: its number names no alloy
    base = {"description": 0.0, "value": -4.0, "notes": -12.0, "category": -16.0}.get(column, -14.0)
    if column in ("section",):
        base = -30.0
    if category in _ELECTRONIC and body != "simple" and family in _FUNCTIONAL:
        return 60 + base
    if exact and family in _SPECIAL and column in ("description", "value"):
        return 70 + base
    if exact:
        return 90 + base if body == "simple" or category not in _ELECTRONIC else 0
    if body != "simple":
        if category in _ELECTRONIC:
            return 0
        if entry.role == "metal" and not (
            _contact(chosen, family) and _bodily(place, column, chosen, words)
        ):
            return 0
        return (45 if generic else 60) + base
    if chosen is not None and chosen.subject == "PAINT" and entry.subject in _SHADES:
        return 0
    if entry.subject in _SHINY and chosen is not None and chosen.subject in _PAINTED:
        return 0  # silver tape, a gold screw: a colour
    if entry.role == "metal" and not _bodily(place, column, chosen, words):
        return 0
    return (50 if generic else 70) + base


_PLAIN = frozenset(
    ["W_PURE", "W_GENERIC", "MO_PURE", "TA_PURE", "NB_PURE", "ZR_PURE", "HF_PURE", "RE_PURE",
     "IN_PURE", "GA_PURE", "GE_PURE", "BI_PURE", "SC_PURE", "Y_PURE"]
)  # fmt: skip
"""Metals whose name is neither a colour nor a brand: beside a thing of unknown name they are likely
what it is made of ("tungsten boat")."""


def _unrivalled(
    entry: Entry, place: int, column: str, chosen: Noun | None, reading: Reading
) -> bool:
    """Whether no part that the words name stands before such a metal or between it and the part."""
    if entry.role != "metal" or entry.subject not in _PLAIN or column != "description":
        return False
    last = chosen.word if chosen is not None and chosen.word >= 0 else place
    return place <= last and not any(
        noun.column == column and noun.word < last and noun.kind != "series_weak"
        for noun in reading.nouns
    )


def _contact(chosen: Noun | None, family: str) -> bool:
    """Whether the part is a bare contact and the metal one that contacts are made of."""
    return chosen is not None and family in _CONTACT and chosen.rule.lower().endswith(_CONTACTS)


def _bodily(place: int, column: str, chosen: Noun | None, words: list[Word]) -> bool:
    """Whether the bare name of a metal stands beside the noun, or alone in its phrase."""
    word = words[place]
    if chosen is None or chosen.word < 0:
        follower = place + 1 < len(words) and words[place + 1].column == column
        following = words[place + 1].before if follower else word.after
        # ", silver" behind words that nobody knows is a colour
        return word.before in (GAP_NONE, GAP_DIGIT) and following != GAP_WORDS
    noun = words[chosen.word]
    if noun.column != column:
        edges = (word.before, word.after)
        return column in ("value", "notes", "category") and GAP_WORDS not in edges
    between = range(min(place, chosen.word) + 1, max(place, chosen.word) + 1)
    gaps = [words[number].before for number in between]
    return all(gap in (GAP_NONE, GAP_DIGIT, *BREAKS) for gap in gaps)


def choose_coats(
    reading: Reading, category: str, chosen: Noun | None, lexicon: Lexicon
) -> tuple[tuple[str, int], ...]:
    if chosen is not None and category not in _COATED:
        return ()
    stuff = {lexicon.families.get(entry.subject, "") for entry, *_ in reading.materials}
    copper = "copper alloy" in stuff
    coats: dict[str, int] = {}
    for entry, place, _, negated in reading.coats:
        bare = chosen is None and not entry.follows
        if (entry.follows and not copper) or (bare and not reading.materials):
            continue
        if negated or (entry.categories and category not in entry.categories):
            continue
        coats.setdefault(entry.subject, place)
    return tuple(list(coats.items())[:2])


def steel_under_zinc(
    coats: tuple[tuple[str, int], ...], category: str
) -> tuple[tuple[Material, ...], bool]:
    """Zinc coats go on steel: without another word the body is steel."""
    for coat, place in coats:
        if coat in _ZINC_COATS and category in ("fastener", "structural", "mechanical"):
            return (Material("STEEL_GENERIC", "assumed", place),), True
    return (), False
