"""One pass over all distinct texts: which words of the lexicon stand where."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import chain

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from bomexposure.content.fold import CELL_END, HEAD_END, LINE_END
from bomexposure.content.lexicon import (
    ASIDE,
    LEFT_DIGIT,
    LEFT_FREE,
    NUMBER,
    PLURAL_DE,
    PLURAL_S,
    RIGHT_DIGIT,
    RIGHT_FREE,
    Lexicon,
)
from bomexposure.model.progress import SILENT, Progress

Array = npt.NDArray[np.int64]
OTHER, LETTER, DIGIT, JOINED = 0, 1, 2, 3
GAP_NONE, GAP_WORDS, GAP_DIGIT, GAP_BREAK, GAP_OPEN, GAP_SLASH, GAP_HEAD = 0, 1, 2, 3, 4, 5, 6
"""What stands between a hit and the one before (or the start of the cell); GAP_OPEN: the break is
a bracket that the hit opens with; GAP_SLASH: it is a bar alone; GAP_HEAD: the noun before leads a
name joined by underscores."""
GAPS = 8
BREAKS = (GAP_BREAK, GAP_OPEN, GAP_SLASH)
AT_ONCE = 50_000
"""Texts that are looked through together: the hits of a million take 4 GB on the way."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Hits in reading order; arrays of one length, one entry per hit.

    Attributes:
        text: number of the distinct text; column: number of the cell in it.
        pattern: number of the pattern in the lexicon.
        start, end: code points in the cell; `end` includes a plural ending.
        before: one of the GAP_ marks; after: the same up to the end of the cell, for the last
            hit of a cell, else GAP_NONE.
    """

    text: Array
    column: Array
    pattern: Array
    start: Array
    end: Array
    before: Array
    after: Array
    aside_text: Array
    """Texts that hold a word which serves as context only, with `aside_pattern`."""
    aside_pattern: Array


def _kinds() -> npt.NDArray[np.uint8]:
    """Class of each code point of the basic plane and above: letter, digit, joined script."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    for code in range(0x2E80):
        char = chr(code)
        if char.isdigit():
            kinds[code] = DIGIT
        elif char.isalpha():
            kinds[code] = LETTER
    kinds[0x2E80:0xA000] = JOINED
    kinds[0xAC00:0xD7B0] = JOINED
    kinds[0xF900:0xFB00] = JOINED
    kinds[0x3000:0x3040] = OTHER
    return kinds


_KINDS: list[npt.NDArray[np.uint8]] = []
_BREAKS = ",;:|/()[]{}+&<>!?、。，；：（）［］"


def _kinds_once() -> npt.NDArray[np.uint8]:
    if not _KINDS:
        _KINDS.append(_kinds())
    return _KINDS[0]


def spot(texts: list[str], lexicon: Lexicon, progress: Progress = SILENT) -> Spots:
    """All words of the lexicon in `texts` (folded, cells parted by CELL_END).

    Of hits that lie inside a longer hit only the longer is kept; of two that overlap, the longer.
    """
    parts = []
    for at in range(0, max(1, len(texts)), AT_ONCE):
        progress.step("Recognising parts and materials", at, len(texts))
        parts.append(_spot(texts[at : at + AT_ONCE], lexicon, at))
    if len(parts) == 1:
        return parts[0]
    return Spots(
        **{
            one.name: np.concatenate([getattr(part, one.name) for part in parts])
            for one in fields(Spots)
        }
    )


def _spot(texts: list[str], lexicon: Lexicon, first: int) -> Spots:
    """The hits in some of the texts, whose numbers count from `first`."""
    giant = LINE_END.join(["", *texts, ""])
    codes = np.frombuffer(giant.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    kinds = _kinds_once()[codes]
    pattern, start, end = _matches(lexicon.automaton, giant, 0)
    if lexicon.spelled is not None:
        more = _matches(lexicon.spelled, giant, lexicon.shipped)
        pattern, start, end = (
            np.concatenate(both) for both in zip((pattern, start, end), more, strict=True)
        )
    keep, end = _bounded(pattern, start, end, codes, kinds, lexicon.flags)
    pattern, start, end = pattern[keep], start[keep], end[keep]
    aside = (lexicon.flags[pattern] & ASIDE) > 0
    line_ends = np.flatnonzero(codes == ord(LINE_END))
    aside_text = np.searchsorted(line_ends, start[aside]) - 1
    aside_pattern = pattern[aside]
    pattern, start, end = _longest(pattern[~aside], start[~aside], end[~aside])
    found = _placed(pattern, start, end, codes, kinds, aside_text, aside_pattern)
    return replace(found, text=found.text + first, aside_text=found.aside_text + first)


def _matches(
    automaton: ahocorasick_rs.AhoCorasick, giant: str, first: int
) -> tuple[Array, Array, Array]:
    """All hits, overlapping ones too: pattern (counted from `first`), start, end."""
    hits = automaton.find_matches_as_indexes(giant, overlapping=True)
    flat = np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=3 * len(hits))
    return flat[0::3] + first, flat[1::3], flat[2::3]


def _bounded(
    pattern: Array, start: Array, end: Array, codes: Array, kinds: npt.NDArray[np.uint8],
    flags: Array,
) -> tuple[npt.NDArray[np.bool_], Array]:  # fmt: skip
    """Which hits keep their word boundaries, and their ends with plural endings."""
    flag = flags[pattern]
    first, last = kinds[start], kinds[end - 1]
    ahead, behind = kinds[start - 1], kinds[end]
    solid_left = ((ahead == LETTER) & (first != OTHER) & (first != JOINED)) | (
        (ahead == DIGIT) & ((first == LETTER) | (first == DIGIT))
    )
    tail = (first == DIGIT) & (codes[start - 1] == ord("."))
    tail &= kinds[np.maximum(start - 2, 0)] == DIGIT
    left = ((flag & LEFT_FREE) > 0) | ~(solid_left | tail)
    left &= (
        ((flag & LEFT_DIGIT) == 0)
        | (ahead == DIGIT)
        | ((ahead == OTHER) & _digit_before(start, codes, kinds))
    )
    solid_right = ((behind == LETTER) & ((last == LETTER) | (last == DIGIT))) | (
        (behind == DIGIT) & ((last == LETTER) | (last == DIGIT))
    )
    decimal = (last == DIGIT) & (codes[end] == ord(".")) & (kinds[_inside(end + 1, codes)] == DIGIT)
    right = ((flag & RIGHT_FREE) > 0) | (~solid_right & ~decimal)
    right &= ((flag & RIGHT_DIGIT) == 0) | (behind == DIGIT)
    ending = np.zeros(len(end), dtype=np.int64)
    for bit, texts in ((PLURAL_S, ("s", "es")), (PLURAL_DE, ("e", "n", "en", "er", "s"))):
        may = ((flag & bit) > 0) & ~right & (behind == LETTER)
        for text in texts:
            same = may & (ending == 0)
            for place, char in enumerate(text):
                same &= codes[_inside(end + place, codes)] == ord(char)
            same &= kinds[_inside(end + len(text), codes)] != LETTER
            ending[same] = len(text)
    bare = np.flatnonzero((flag & NUMBER) > 0)
    sized, normed = np.zeros((2, len(start)), dtype=bool)
    sized[bare] = _unit_after(end[bare], codes, kinds)
    normed[bare] = _norm_before(start[bare], codes, kinds)
    crossed = _times_before(start, end, codes, kinds)
    return left & (right | (ending > 0)) & ~sized & ~normed & ~crossed, end + ending


_UNITS = ("mm", "cm", "um", "nm", "kg", "v", "w", "hz", "rpm", "x", "ohm", "lm", "psi", "bar")
"""After a number and one space: a size or a rating, no alloy."""


def _unit_after(end: Array, codes: Array, kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    spaced: npt.NDArray[np.bool_] = codes[end] == ord(" ")
    found = np.zeros(len(end), dtype=bool)
    for unit in _UNITS:
        same = spaced.copy()
        for place, char in enumerate(unit, start=1):
            same &= codes[_inside(end + place, codes)] == ord(char)
        found |= same & (kinds[_inside(end + 1 + len(unit), codes)] != LETTER)
    return found


_NORMS = ("gb", "gb/t", "jb/t", "hg/t", "qb/t", "din", "iso", "en", "jis b", "uni", "гост", "ост")
"""Before a number and one space: a standard for a shape ("GB/T 825", "DIN 625"), no alloy."""


def _norm_before(start: Array, codes: Array, kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    spaced: npt.NDArray[np.bool_] = codes[start - 1] == ord(" ")
    found = np.zeros(len(start), dtype=bool)
    for norm in _NORMS:
        same = spaced.copy()
        for place, char in enumerate(reversed(norm), start=2):
            same &= codes[np.maximum(start - place, 0)] == ord(char)
        found |= same & (kinds[np.maximum(start - 2 - len(norm), 0)] == OTHER)
    return found


def _times_before(
    start: Array, end: Array, codes: Array, kinds: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    """'x 750' after a number: one more dimension ("D50/46 x 750 mm"), no Inconel X-750."""
    times: npt.NDArray[np.bool_] = codes[start] == ord("x")
    times &= codes[_inside(start + 1, codes)] == ord(" ")
    times &= kinds[_inside(start + 2, codes)] == DIGIT
    times &= (codes[end - 1] != ord("x")) & (kinds[end - 1] == DIGIT)
    back = start - 1
    for _ in range(4):  # a unit may stand between: "46 mm x 750 mm"
        step = (codes[back] == ord(" ")) | (kinds[back] == LETTER)
        back = np.where(times & step, np.maximum(back - 1, 0), back)
    crossed: npt.NDArray[np.bool_] = times & (kinds[back] == DIGIT)
    return crossed


def _inside(place: Array, codes: Array) -> Array:
    return np.minimum(place, len(codes) - 1)


def _digit_before(
    start: Array, codes: Array, kinds: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    """A digit, then one space, then the hit: '10 uF'."""
    spaced: npt.NDArray[np.bool_] = codes[start - 1] == ord(" ")
    spaced &= kinds[np.maximum(start - 2, 0)] == DIGIT
    return spaced


def _longest(pattern: Array, start: Array, end: Array) -> tuple[Array, Array, Array]:
    """Only the longest hits; several patterns on one and the same span all stay.

    A hit gives way to a longer one only if that one stays: in "hot dip galvanised steel bracket"
    the word "galvanised steel" falls to "hot dip galvanised" and must not take "steel bracket"
    with it.
    """
    order = np.lexsort((pattern, -end, start))
    pattern, start, end = pattern[order], start[order], end[order]
    if not len(start):
        return pattern, start, end
    fresh = np.ones(len(start), dtype=bool)
    fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    span = np.cumsum(fresh) - 1
    first, last = start[fresh], end[fresh]
    good = np.zeros(len(first), dtype=bool)
    for _ in range(4):
        free = np.flatnonzero(~good & ~_touched(first, last, good))
        if not len(free):
            break
        good[free[_winners(first[free], last[free])]] = True
    stay = good[span]
    return pattern[stay], start[stay], end[stay]


def _touched(first: Array, last: Array, good: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which spans overlap one that stays (these do not overlap each other)."""
    starts, ends = first[good], last[good]
    if not len(starts):
        return np.zeros(len(first), dtype=bool)
    before = np.searchsorted(starts, last) - 1
    touched: npt.NDArray[np.bool_] = (before >= 0) & (ends[np.maximum(before, 0)] > first)
    return touched


def _winners(first: Array, last: Array) -> Array:
    """Of spans sorted by start and falling end: those that no neighbour outdoes."""
    reach = np.maximum.accumulate(last)
    outer = np.ones(len(first), dtype=bool)
    outer[1:] = last[1:] > reach[:-1]
    kept = np.flatnonzero(outer)
    size = (last - first)[kept]
    over = first[kept[1:]] < last[kept[:-1]]
    shorter = size[1:] < size[:-1]
    loses = np.zeros(len(kept), dtype=bool)
    loses[1:] |= over & shorter
    loses[:-1] |= over & ~shorter
    won = kept[~loses]
    if (first[won[1:]] < last[won[:-1]]).any():  # two that both outdid the one between them
        won = won[_winners(first[won], last[won])]
    return won


def _placed(
    pattern: Array, start: Array, end: Array, codes: Array, kinds: npt.NDArray[np.uint8],
    aside_text: Array, aside_pattern: Array,
) -> Spots:  # fmt: skip
    """Hits with their text, cell and neighbourhood."""
    line_ends = np.flatnonzero(codes == ord(LINE_END))
    borders = np.flatnonzero((codes == ord(CELL_END)) | (codes == ord(LINE_END)))
    cell = np.searchsorted(borders, start) - 1
    text = np.searchsorted(line_ends, start) - 1
    first_cell = np.searchsorted(borders, line_ends)
    column = cell - first_cell[text] if len(start) else cell
    cell_start = borders[cell] + 1 if len(start) else start
    cell_end = borders[np.minimum(cell + 1, len(borders) - 1)] if len(start) else end
    marks = np.zeros((3, len(codes) + 1), dtype=np.int64)
    marks[0, 1:] = np.cumsum((kinds == LETTER) | (kinds == JOINED))
    marks[1, 1:] = np.cumsum(kinds == DIGIT)
    marks[2, 1:] = np.cumsum(np.isin(codes, [ord(char) for char in _BREAKS]))
    same = np.zeros(len(start), dtype=bool)
    if len(start):
        fresh = np.ones(len(start), dtype=bool)
        fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        spans = np.flatnonzero(fresh)
        owner = np.cumsum(fresh) - 1
        before_span = np.zeros(len(spans), dtype=np.int64)
        previous_end = np.concatenate([[0], end[spans][:-1]])
        previous_cell = np.concatenate([[-1], cell[spans][:-1]])
        same = previous_cell == cell[spans]
        left = np.where(same, previous_end, cell_start[spans])
        before_span = _gap(marks, left, start[spans])
        before_span[np.isin(codes[start[spans] - 1], (ord("("), ord("（")))] = GAP_OPEN
        before_span[_barred(codes, left, start[spans])] = GAP_SLASH
        heads = np.concatenate([[0], np.cumsum(codes == ord(HEAD_END))])
        before_span[heads[start[spans]] > heads[left]] = GAP_HEAD
        following = np.concatenate([cell[spans][1:], [-1]])
        tail = following != cell[spans]
        after_span = np.where(tail, _gap(marks, end[spans], cell_end[spans]), GAP_NONE)
        before, after = before_span[owner], after_span[owner]
    else:
        before = after = np.zeros(0, dtype=np.int64)
    return Spots(
        text, column, pattern, start - cell_start, end - cell_start, before, after,
        aside_text, aside_pattern,
    )  # fmt: skip


def _barred(codes: Array, left: Array, right: Array) -> npt.NDArray[np.bool_]:
    """Whether nothing but one bar and blanks parts a hit from the one before."""
    bar = codes == ord("/")
    other = ~bar & (codes != ord(" "))
    bars, others = (np.concatenate([[0], np.cumsum(one)]) for one in (bar, other))
    alone: npt.NDArray[np.bool_] = (bars[right] - bars[left] == 1) & (others[right] == others[left])
    return alone


def _gap(marks: Array, left: Array, right: Array) -> Array:
    letters, digits, breaks = (mark[right] - mark[left] for mark in marks)
    return np.where(
        breaks > 0,
        GAP_BREAK,
        np.where(digits > 0, GAP_DIGIT, np.where(letters > 0, GAP_WORDS, GAP_NONE)),
    )
