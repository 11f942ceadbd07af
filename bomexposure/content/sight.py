"""Looks at every line once: distinct texts, distinct cases, one verdict each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content.fold import CELL_END, HEAD_END, fold_many
from bomexposure.content.judge import judge
from bomexposure.content.lexicon import Lexicon, with_spelled
from bomexposure.content.spellings import oxidation_states, turned, with_other_spellings
from bomexposure.content.spot import GAPS, Spots, spot
from bomexposure.content.verdict import COLUMNS, Verdict, Word
from bomexposure.model.progress import SILENT, Progress

Array = npt.NDArray[np.int64]
_PRIME_A, _PRIME_B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_SPELLING_COLUMNS = frozenset(["description", "value", "material", "notes"])
DESIGNATOR_LETTERS = r"^\s*([A-Za-zА-Яа-я]{1,5})"


@dataclass(frozen=True, slots=True)
class Sight:
    """What all lines were taken for.

    Attributes:
        text_of_line: number of the distinct text of each line.
        verdict_of_text: number of the verdict of each distinct text.
        verdicts: the distinct verdicts.
        texts: the distinct texts, folded, cells parted by CELL_END.
        lines_of_text: one line (position) that shows each distinct text.
        first_span: per distinct text the first of its spans in the arrays below.
        column, start, end: per span the cell and the code points in it.
    """

    text_of_line: Array
    verdict_of_text: Array
    verdicts: list[Verdict]
    texts: list[str]
    lines_of_text: Array
    first_span: Array
    column: Array
    start: Array
    end: Array


def look(lines: pd.DataFrame, lexicon: Lexicon, progress: Progress = SILENT) -> Sight:
    """Recognise every line of a LINES table."""
    codes, cells = [], []
    tokens: set[str] = set()
    states: set[tuple[str, str]] = set()
    for name in COLUMNS:
        code, distinct = pd.factorize(lines[name])
        codes.append(code.astype(np.int64))
        if name in _SPELLING_COLUMNS:
            tokens.update("\n".join(distinct.tolist()).split())
        folded = fold_many(distinct.tolist())
        if name in _SPELLING_COLUMNS:
            states |= oxidation_states(folded) | turned(folded)
        if name in _NAMING_COLUMNS:
            folded = led_by_hardware(folded, distinct.tolist(), lexicon)
        cells.append(without_house_prefix(folded, lines) if name == "part_number" else folded)
    letters = lines["designator"].str.extract(DESIGNATOR_LETTERS, expand=False).fillna("")
    letter_code, letter_cells = pd.factorize(letters.str.casefold())
    key = _joint([*codes, letter_code.astype(np.int64)])
    text_of_line, first_lines = _distinct(key)
    texts = [
        CELL_END.join(parts)
        for parts in zip(
            *(
                [held[place] for place in code[first_lines].tolist()]
                for code, held in zip(codes, cells, strict=True)
            ),
            strict=True,
        )
    ]
    known_letters = letter_cells.tolist()
    prefixes = [known_letters[place] for place in letter_code[first_lines].tolist()]
    lexicon = with_other_spellings(with_spelled(lexicon, tokens), tokens, states)
    spots = spot(texts, lexicon, progress)
    return _judged(spots, texts, prefixes, letter_code[first_lines], text_of_line, first_lines,
                   lexicon)  # fmt: skip


_LED = re.compile(r"([^\W_]{3,})_(?=\S)|([^\W\d_]{3,})-(?=[^\s-]+-\S+$)")
_NAMING_COLUMNS = frozenset(["description", "part_number"])


def led_by_hardware(folded: list[str], texts: list[str], lexicon: Lexicon) -> list[str]:
    """Folded names with the end of a leading noun of hardware marked: "Winkel_PropVentile".

    Files of CAD systems are named from the general to the particular, part first; what the part
    serves follows behind an underscore, or hyphens ("plate-magnet-bottom").
    """
    made = list(folded)
    for at, text in enumerate(texts):
        found = _LED.match(text) if "_" in text or "-" in text else None
        if not found or made[at][: found.end() - 1] not in lexicon.hardware:
            continue
        pieces = made[at].split()
        # "COLLIER_CHAUFFANT", "TIGE_FILETEE": the pieces are one word of the trade
        if not any(" ".join(pieces[:count]) in lexicon.phrases for count in (2, 3, 4)):
            made[at] = made[at][: found.end() - 1] + HEAD_END + made[at][found.end() :]
    return made


_NUMBERED = re.compile(r"([a-z]{2,6})[ ]?[0-9]{2,}[0-9 .]*[a-z]?")
LEAST_NUMBERS = 8
"""Fewer numbers of one kind may well be parts of one maker."""
MOST = 0.8


def without_house_prefix(numbers: list[str], lines: pd.DataFrame) -> list[str]:
    """Folded part numbers with the letters blanked that a firm sets before all its own numbers.

    "ACM-0001" to "ACM-0412" is how ACME numbers whatever it buys, and no series of chokes. Only
    where most lines say in words or by a maker's number what they are.
    """
    letters = [found[1] if (found := _NUMBERED.fullmatch(one)) else "" for one in numbers]
    told = [one for one in numbers if one.strip()]
    house, times = Counter(filter(None, letters)).most_common(1)[0] if any(letters) else ("", 0)
    if times < max(LEAST_NUMBERS, MOST * len(told)):
        return numbers
    said = (lines["description"] != "") | (lines["mpn"] != "") | (lines["value"] != "")
    if said.mean() < MOST:
        return numbers
    blank = " " * len(house)
    return [
        blank + one[len(house) :] if own == house else one
        for one, own in zip(numbers, letters, strict=True)
    ]


def _joint(codes: list[Array]) -> Array:
    """One number per row that is equal where all codes are equal."""
    key = codes[0]
    for code in codes[1:]:
        wide = key * (int(code.max(initial=0)) + 1) + code
        key = pd.factorize(wide)[0].astype(np.int64)
    return key


def _distinct(key: Array) -> tuple[Array, Array]:
    """Number of the distinct value of each row, and the first row of each distinct value."""
    numbers, _ = pd.factorize(key)
    numbers = numbers.astype(np.int64)
    count = int(numbers.max(initial=-1)) + 1
    first = np.zeros(count, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return numbers, first


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    made = (values ^ (values >> np.uint64(29))) * _PRIME_A
    made = (made ^ (made >> np.uint64(32))) * _PRIME_B
    return made ^ (made >> np.uint64(29))


def _judged(
    spots: Spots, texts: list[str], prefixes: list[str], letter: npt.NDArray[np.intp],
    text_of_line: Array, first_lines: Array, lexicon: Lexicon,
) -> Sight:  # fmt: skip
    count = len(texts)
    fresh = np.ones(len(spots.text), dtype=bool)
    if len(spots.text):
        fresh[1:] = (
            (spots.text[1:] != spots.text[:-1])
            | (spots.column[1:] != spots.column[:-1])
            | (spots.start[1:] != spots.start[:-1])
            | (spots.end[1:] != spots.end[:-1])
        )
    first_hit = np.flatnonzero(fresh)
    span_text = spots.text[first_hit]
    column, start, end = (part[first_hit] for part in (spots.column, spots.start, spots.end))
    before, after = spots.before[first_hit], spots.after[first_hit]
    first_span = np.searchsorted(span_text, np.arange(count + 1))
    signature = _signatures(spots, first_hit, span_text, first_span, column, before, after, count)
    signature ^= _mixed(letter.astype(np.uint64) + np.uint64(11))
    case_of_text, first_text = _distinct(signature.view(np.int64))
    last_hit = np.append(first_hit, len(spots.text))
    asides: dict[int, list[int]] = {}
    for text, pattern in zip(spots.aside_text.tolist(), spots.aside_pattern.tolist(), strict=True):
        asides.setdefault(text, []).append(pattern)
    verdicts = []
    names = COLUMNS
    for text in first_text.tolist():
        words = [
            Word(
                tuple(spots.pattern[last_hit[span] : last_hit[span + 1]].tolist()),
                names[column[span]],
                int(before[span]),
                int(after[span]),
            )
            for span in range(int(first_span[text]), int(first_span[text + 1]))
        ]
        aside = frozenset(lexicon.words[one] for one in asides.get(text, ()))
        verdicts.append(judge(words, aside, prefixes[text], lexicon))
    return Sight(
        text_of_line, case_of_text, verdicts, texts, first_lines, first_span, column, start, end
    )


def _signatures(
    spots: Spots, first_hit: Array, span_text: Array, first_span: Array, column: Array,
    before: Array, after: Array, count: int,
) -> npt.NDArray[np.uint64]:  # fmt: skip
    """One 64-bit number per text, equal where its words, their cells and gaps are equal."""
    made = np.zeros(count, dtype=np.uint64)
    if len(first_hit):
        hits = _mixed(spots.pattern.astype(np.uint64) + np.uint64(1))
        span = np.add.reduceat(hits, first_hit)
        place = np.arange(len(span)) - first_span[span_text]
        mark = ((place * 16 + column) * GAPS + before) * GAPS + after
        span = _mixed(span ^ _mixed(mark.astype(np.uint64) + np.uint64(3)))
        np.add.at(made, span_text, span)
    if len(spots.aside_text):
        # context counts once per word, however often it stands in the text
        pairs = np.unique(np.stack([spots.aside_text, spots.aside_pattern]), axis=1)
        extra = _mixed(pairs[1].astype(np.uint64) + np.uint64(0xABCDEF))
        np.add.at(made, pairs[0], extra)
    return made
