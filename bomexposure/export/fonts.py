"""Which characters the shipped fonts can show; any other becomes a visible mark, and is told.

typst leaves a missing glyph out in silence (or fails a tagged PDF), so every text is looked at
before it is set. The mark is a white square.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from bomexposure.model.resources import resource

MARK = "□"
_SPACES = {"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " "}


@cache
def coverage() -> frozenset[str]:
    """Characters that at least one shipped font holds."""
    held: set[str] = set()
    for line in resource("fonts", "coverage.txt").read_text(encoding="ascii").split():
        low, _, high = line.partition("-")
        held.update(map(chr, range(int(low, 16), int(high or low, 16) + 1)))
    return frozenset(held)


class Typesetter:
    """Turns texts into ones that every shipped font can show, and counts what it had to mark."""

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()
        self._known: dict[str, str] = {}

    def text(self, words: str) -> str:
        """The text with each character that no font has replaced by the mark."""
        if coverage().issuperset(words):
            return words
        ready = self._known.get(words)
        if ready is None:
            ready = self._known[words] = "".join(self._letter(one) for one in words)
        return ready

    def all(self, value: Any) -> Any:
        """The same for every text inside a nested value; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.all(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.all(one) for one in value]
        return value

    def _letter(self, letter: str) -> str:
        if letter in coverage():
            return letter
        if letter in _SPACES:
            return _SPACES[letter]
        self.missing[letter] += 1
        return MARK
