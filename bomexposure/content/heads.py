"""Which noun of a phrase is the part, and which only says what the part serves."""

from __future__ import annotations

from bomexposure.content.lexicon import HARDWARE, HEAD_FIRST, HEAD_LAST, Entry, Lexicon
from bomexposure.content.spot import BREAKS, GAP_NONE, GAP_WORDS
from bomexposure.content.verdict import Word

_MACHINES = frozenset(
    ["WIND_TURBINE", "MRI_SYSTEM", "E_SCOOTER", "ROBOT_ARM", "PRINTER_3D", "APPLIANCE", "LAPTOP",
     "SMARTPHONE", "HVAC_UNIT", "POWER_TOOL", "ENGINE_AERO"]
)  # fmt: skip
"""Whole machines: beside another noun they say where the part is used."""
_ABOUT = frozenset(["LABEL", "SERVICE"])
_NEVER_MODIFIERS = frozenset(["LABEL", "CHEM_NONE", "GREASE_LI", "PACKAGING", "PAINT", "TIM"])
"""Nouns that stand first only as the head: "label PCB", "grease bearing" of ERP texts."""


def head_of(links: list[tuple[int, list[Entry]]], lexicon: Lexicon) -> int:
    """Which noun of a chain is the head: the last in Germanic and East Asian word order, else the
    first; weak nouns ("kit", "unit") give way to the others."""
    strong = [
        order for order, (_, nouns) in enumerate(links) if any(one.role == "class" for one in nouns)
    ]
    order_of = strong or list(range(len(links)))
    # "CR2032 holder", "NEMA17 mount", "holder CR2032": a model number never is the head
    wordy = [order for order in order_of if not any(map(str.isdigit, links[order][1][0].rule))]
    order_of = wordy or order_of
    # "USB-C charger", "module HDMI": an interface is the part only where nothing else is
    parts = [order for order in order_of if not all(one.port for one in links[order][1])]
    order_of = parts or order_of
    # "main bearing wind turbine": the machine a part belongs to is not the part
    parts = [
        order for order in order_of if not all(one.subject in _MACHINES for one in links[order][1])
    ]
    order_of = parts or order_of
    first_only = 0
    last_only = 0
    for _, nouns in links:
        langs = {one.lang for one in nouns}
        first_only += bool(langs & HEAD_FIRST and not langs & HEAD_LAST)
        last_only += bool(langs & HEAD_LAST and not langs & HEAD_FIRST)
    opening = links[order_of[0]][1]
    names_goods = any(one.subject in _NEVER_MODIFIERS for one in opening)
    # "Wartungsheft Getriebe": German writes what modifies in one word with its head
    names_goods |= any(
        one.subject == "SERVICE" and one.lang == "de" for one in opening
    ) and not any(one.lang == "en" for one in opening)
    # "GEHAEUSE MOTOR": so is a plain part that opens a name in two words (a star may end in one)
    whole = all(one.lang == "de" and not one.rule.endswith("*") for one in opening)
    names_goods |= (
        whole and _plain(opening, lexicon) and not _plain(links[order_of[-1]][1], lexicon)
    )
    return order_of[0] if first_only > last_only or names_goods else order_of[-1]


def leads(chains: list[list[tuple[int, list[Entry]]]], lexicon: Lexicon) -> bool:
    """Whether the last of several chains is a cable or a lead."""
    _, last = chains[-1][-1] if chains else (0, [])
    return len(chains) > 1 and any(lexicon.categories.get(one.subject) == "cable" for one in last)


def is_about(nouns: list[Entry]) -> bool:
    """Whether a noun at the end makes a label or a service of what stands before it."""
    return any(one.subject in _ABOUT and one.lang in HEAD_LAST for one in nouns)


def is_trailed(place: int, places: list[int], words: list[Word], nouns: list[Entry]) -> bool:
    """Whether nothing but words that nobody knows stands behind the last noun of a cell."""
    return place == places[-1] and words[place].after == GAP_WORDS and spoken(nouns, HEAD_LAST)


def is_hardware(link: tuple[int, list[Entry]], words: list[Word], lexicon: Lexicon) -> bool:
    """Whether a noun that ends the cell names a plain part or a consumable: it closes a name of
    several words ("windshield wiper motor park gasket")."""
    place, nouns = link
    plain = all(
        lexicon.categories.get(one.subject) in HARDWARE or lexicon.bodies.get(one.subject) == "none"
        for one in nouns
    )
    return words[place].after == GAP_NONE and plain and spoken(nouns, HEAD_LAST)


def serves_next(
    number: int, chains: list[list[tuple[int, list[Entry]]]], barred: set[int], lexicon: Lexicon
) -> bool:
    """Whether a chain only says what the hardware behind a bar serves: "motor / pump bracket"."""
    following = chains[number + 1 : number + 2]
    if number + 1 not in barred or not following or len(chains[number]) > 1:
        return False
    nouns = [one for _, link in following[0] for one in link]
    several = len(following[0]) > 1 or any(" " in one.rule for one in nouns)
    spoken_so = all(spoken(link, HEAD_LAST) for _, link in following[0])
    head = following[0][-1][1]
    return (
        several
        and spoken_so
        and _plain(head, lexicon)
        and not _plain(chains[number][0][1], lexicon)
    )


def _plain(nouns: list[Entry], lexicon: Lexicon) -> bool:
    return all(lexicon.categories.get(one.subject) in HARDWARE for one in nouns)


_KITS = (" kit", " set", "satz", "set")


def is_kit(entries: list[Entry]) -> bool:
    """Whether a word of unknown make is a kit: parts for what the words beside it name."""
    return any(one.role == "thing" and one.rule.endswith(_KITS) for one in entries)


def is_head(link: tuple[int, list[Entry]], words: list[Word]) -> bool:
    """Whether a noun is the part wherever it ends the phrase, short of a comma or a bracket."""
    place, nouns = link
    return words[place].before not in BREAKS and any(
        one.head and one.lang in HEAD_LAST for one in nouns
    )


def spoken(entries: list[Entry], languages: frozenset[str]) -> bool:
    return any(one.lang in languages for one in entries)
