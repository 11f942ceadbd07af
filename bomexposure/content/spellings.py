"""Other ways to write the words of the tables, as they are met in the texts at hand.

German compounds parted by a hyphen, German words without umlauts, compounds of chemistry with the
state of their metal, names with the general noun first ("RELAY,SOLID STATE").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomexposure.content.fold import fold
from bomexposure.content.lexicon import NOUN_ROLES, Entry, Lexicon, with_words
from bomexposure.content.spot import spot

Fresh = dict[tuple[str, int], tuple[Entry, ...]]
"""(folded word, flags) -> its meanings."""


def with_other_spellings(
    lexicon: Lexicon, tokens: Iterable[str], states: Iterable[tuple[str, str]]
) -> Lexicon:
    """The lexicon and what `tokens` (pieces of texts without blanks) write in another way;
    `states` are those that `oxidation_states` found."""
    fresh: Fresh = {}
    for met, word in states:
        held = lexicon.phrases.get(word, ())
        # "Grease, zinc-free" says something of its own behind the comma
        own = "," in met and met.rpartition(",")[2].strip() in lexicon.phrases
        if "," not in met or (not own and any(one.role in NOUN_ROLES | {"not"} for one in held)):
            fresh[met, 0] = held
    fresh = {word: held for word, held in fresh.items() if held}
    fresh |= _hyphened(lexicon, tokens) | _without_umlauts(lexicon, tokens)
    return with_words(lexicon, fresh)


_STATE = re.compile(r"([^\W\d_]{3,}) ?\((?:i{1,3}|iv|vi{0,3})\) ?([^\W\d_]{3,})")


def oxidation_states(folded: list[str]) -> set[tuple[str, str]]:
    """Names of compounds as written with the state of their metal, and without it.

    >>> oxidation_states(["gold(iii) chloride trihydrate"])
    {('gold(iii) chloride', 'gold chloride')}
    """
    return {
        (found.group(), f"{found.group(1)} {found.group(2)}")
        for text in folded
        if "(" in text
        for found in _STATE.finditer(text)
    }


_TURNED = re.compile(r"\s*([^\W\d_][\w ]*?) ?, ?([^\W\d_][\w ]*?)(?= ?(?:,|$))")


def turned(folded: list[str]) -> set[tuple[str, str]]:
    """Names that begin with the general noun, as ERP systems list them, and in natural order.

    >>> turned(["relay, solid state, 25a"])
    {('relay, solid state', 'solid state relay')}
    """
    return {
        (text[found.start(1) : found.end(2)], f"{found.group(2)} {found.group(1)}")
        for text in folded
        if "," in text and (found := _TURNED.match(text))
    }


_HYPHENED = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+")


def _hyphened(lexicon: Lexicon, tokens: Iterable[str]) -> Fresh:
    """German compounds that a hyphen parts: "Lager-Schild" is a Lagerschild, an end shield, and
    no Schild, a sign."""
    fresh: Fresh = {}
    for token in tokens:
        for found in _HYPHENED.findall(token) if "-" in token else ():
            folded = fold(found)
            held = lexicon.compounds.get(folded.replace(" ", ""))
            if held is not None:
                fresh[folded, 0] = held
    return fresh


_PAIRS = ("ae", "oe", "ue")


def _without_umlauts(lexicon: Lexicon, tokens: Iterable[str]) -> Fresh:
    """German words as systems without umlauts write them: "GEHAEUSE", "Kuehlkoerper"."""
    written = sorted({
        one for token in tokens for one in re.findall(r"[^\W\d_]+", fold(token))
        if len(one) > 4 and any(pair in one for pair in _PAIRS)
    })  # fmt: skip
    if not written:
        return {}
    narrow, places = zip(*map(_narrowed, written), strict=True)
    spots = spot(list(narrow), lexicon)
    fresh: Fresh = {}
    for text, pattern, start, end in zip(
        spots.text.tolist(), spots.pattern.tolist(), spots.start.tolist(), spots.end.tolist(),
        strict=True,
    ):  # fmt: skip
        held = tuple(one for one in lexicon.entries[pattern] if one.lang == "de")
        as_met = written[text][places[text][start] : places[text][end]]
        if held and as_met != narrow[text][start:end]:
            fresh[as_met, int(lexicon.flags[pattern])] = held
    return fresh


def _narrowed(word: str) -> tuple[str, list[int]]:
    """A word with "ae", "oe" and "ue" as the vowel alone, and where each letter stood before; the
    last place is the end of the word.

    >>> _narrowed("huelse")
    ('hulse', [0, 1, 3, 4, 5, 6])
    """
    letters, places, at = [], [], 0
    while at < len(word):
        letters.append(word[at])
        places.append(at)
        at += 2 if word[at : at + 2] in _PAIRS else 1
    return "".join(letters), [*places, len(word)]
