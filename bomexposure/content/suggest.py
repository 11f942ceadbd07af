"""Nearest words for lines that nobody could place; never for silent acceptance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bomexposure.content.fold import CELL_END
from bomexposure.content.lexicon import NOUN_ROLES, Lexicon
from bomexposure.content.sight import Sight

Array = npt.NDArray[np.int64]
MOST = 120
"""At most so many distinct unknown texts get suggestions: the queue is for a person to read."""
MOST_WORDS = 300
"""Distinct words that are compared with the vocabulary."""
_LEAST_SCORE = 86.0
"""One slip in a word of five letters or more: a letter too many or too few, or a wrong one among
eight. Below that neighbours are words of other things ("bezel" and "diesel")."""


class _Vocabulary(NamedTuple):
    words: list[str]
    subjects: list[str]


def suggest(
    sight: Sight,
    verdict_of_line: Array,
    decided: npt.NDArray[np.bool_],
    lexicon: Lexicon,
    cache: dict[str, object],
) -> npt.NDArray[np.object_]:
    """Per line up to three class or material ids, ';' between; '' where the line is placed."""
    made = np.full(len(verdict_of_line), "", dtype=object)
    unplaced = [not one.component_class and not one.materials for one in sight.verdicts]
    blank = np.array(unplaced, dtype=bool)
    if not len(blank):
        return made
    open_lines: Array = np.flatnonzero(blank[verdict_of_line] & ~decided)
    texts: Array = np.unique(sight.text_of_line[open_lines])[:MOST]
    if not len(texts):
        return made
    vocabulary = cache.get("vocabulary")
    if not isinstance(vocabulary, _Vocabulary):
        vocabulary = _Vocabulary(*_vocabulary(lexicon))
        cache["vocabulary"] = vocabulary
    words, subjects = vocabulary
    found: dict[int, str] = {}
    near: dict[str, list[str]] = {}
    for text in texts.tolist():
        described = " ".join(sight.texts[text].split(CELL_END)[:2])
        ids: dict[str, None] = {}
        for token in [one for one in described.split() if len(one) >= 4][:6]:
            if token not in near and len(near) < MOST_WORDS:
                hits = process.extract(
                    token, words, scorer=fuzz.ratio, limit=2, score_cutoff=_LEAST_SCORE
                )
                # a slip of the keys hardly ever falls on the first letter
                near[token] = [subjects[place] for word, _, place in hits if word[0] == token[0]]
            ids |= dict.fromkeys(near.get(token, ()))
        found[text] = ";".join(list(ids)[:3])
    for line in open_lines.tolist():
        made[line] = found.get(int(sight.text_of_line[line]), "")
    return made


def _vocabulary(lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Words of five letters and more, with the subject each names."""
    words, subjects = [], []
    for word, entries in zip(lexicon.words, lexicon.entries, strict=True):
        if len(word) < 5 or word.isdigit():
            continue
        for entry in entries:
            if entry.subject and entry.role in NOUN_ROLES | {"material", "designation"}:
                words.append(word)
                subjects.append(entry.subject)
                break
    return words, subjects
