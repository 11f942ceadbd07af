"""The classes and materials that a line can be set to, by name, by id and by a user's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from bomexposure.content.fold import fold, fold_many
from bomexposure.model.choices import Override
from bomexposure.model.errors import UsageError
from bomexposure.model.knowledge import Knowledge
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.words import tr

NOTHING = "no critical minerals"
"""What a user writes for a part that holds none."""
KIND_WORDS = {"class": "kind of part", "material": "material"}
CLOSE = 75.0
"""RapidFuzz score from which a name is offered in words; never taken in silence."""
MISSPELT = 85.0
"""The same for one of the many words that parts lists use: letters swapped, left out or doubled."""
NEAR = 3
OFFERED = 40
_CALLING = ("class", "designation", "material", "metal", "hint")
"""Roles of words that name what a thing is; the others qualify or tell apart."""


@dataclass(frozen=True)
class Subjects:
    """Names shown -> (id, kind), in alphabetical order; `knowledge` has their other words."""

    ids: dict[str, tuple[str, str]]
    knowledge: Knowledge | None = None

    @cached_property
    def names(self) -> list[str]:
        """All names; the part that holds nothing comes last."""
        return [*self.ids, NOTHING]

    @cached_property
    def _folded(self) -> dict[str, str]:
        known = {fold(key): name for name, (key, _kind) in self.ids.items()}
        return known | {fold(name): name for name in self.names}

    @cached_property
    def _called(self) -> dict[str, tuple[str, ...]]:
        """Words and designations by which parts lists call a subject -> its names, folded."""
        if self.knowledge is None:
            return {}
        words, listed = self.knowledge.tables["words"], self.knowledge.tables["materials"]
        told = words[words["role"].isin(_CALLING)]
        pairs = list(zip(told["word"].tolist(), told["subject"].tolist(), strict=True))
        for key, text in zip(listed["id"].tolist(), listed["designations"].tolist(), strict=True):
            pairs += [(one.strip(), key) for one in text.split(";") if one.strip()]
        shown = {key: name for name, (key, _kind) in self.ids.items()}
        made: dict[str, tuple[str, ...]] = {}
        folded = fold_many([str(word) for word, _key in pairs])
        for word, (_word, key) in zip(folded, pairs, strict=True):
            name, known = shown.get(key, ""), made.get(word, ())
            if name and name not in known:
                made[word] = (*known, name)
        return made

    def offered(self, words: str) -> list[str]:
        """Names for what is typed so far, the nearest first; also by what else a thing is called.

        "brushless mot" finds the BLDC motor, "7075" the alloy, "motor nd" the names with both.
        """
        wanted = fold(" ".join(words.split()))
        if not wanted:
            return []
        parts = wanted.split()
        starts: list[str] = []
        begin: list[str] = []
        inside: list[str] = []
        for name in self.names:
            folded = fold(name)
            if folded.startswith(wanted):
                starts.append(name)
            elif all(f" {part}" in f" {folded}" for part in parts):
                begin.append(name)
            elif all(part in folded for part in parts):
                inside.append(name)
        called: list[str] = []
        later: list[str] = []
        for word, names in self._called.items():
            if word.startswith(wanted):
                called += names
            elif f" {wanted}" in word:
                later += names
        exact = self._called.get(wanted, ())
        return list(dict.fromkeys([*exact, *starts, *begin, *called, *inside, *later]))[:OFFERED]

    def keys(self, words: str) -> list[str]:
        """Ids of what is offered."""
        return [self.ids[one][0] for one in self.offered(words) if one in self.ids]

    def near(self, words: str) -> list[str]:
        """Up to three names for words that name nothing: typing errors are seen through."""
        if found := self.offered(words):
            return found[:NEAR]
        wanted = fold(words)
        misspelt = process.extract(wanted, list(self._called), scorer=fuzz.ratio, limit=NEAR)
        by_word = [name for word, score, _at in misspelt if score >= MISSPELT
                   for name in self._called[word]]  # fmt: skip
        by_name = process.extract(
            words, list(self.ids), scorer=fuzz.WRatio, processor=utils.default_process, limit=NEAR
        )
        close = [str(name) for name, score, _at in by_name if score >= CLOSE]
        return list(dict.fromkeys([*by_word, *close]))[:NEAR]

    def find(self, words: str) -> tuple[str, str]:
        """(id, kind) of a name, an id or another word for it; ('', '') for nothing critical.

        Raises UsageError with the nearest names: a guess is offered, never taken.
        """
        wanted = fold(" ".join(words.split()))
        if wanted == fold(NOTHING):
            return "", ""
        if wanted in self._folded:
            return self.ids[self._folded[wanted]]
        if len(called := self._called.get(wanted, ())) == 1:
            return self.ids[called[0]]
        within = [name for name in self.ids if wanted in fold(name)]
        if len(within) == 1 and not called:
            return self.ids[within[0]]
        near = self.near(words)
        hint = (
            tr("Did you mean {near}?", near=numbers.listed(near, "or"))
            if near
            else "Choose one from the list."
        )
        raise UsageError(tr("“{words}” is no known material or kind of part.", words=words), hint)


def subjects_of(reference: Reference) -> Subjects:
    """The subjects of an edition; names that occur twice carry their kind."""
    cache = reference.knowledge.cache
    kept = cache.get("subjects")
    if not isinstance(kept, Subjects):
        cache["subjects"] = kept = _named(reference)
    return kept


def _named(reference: Reference) -> Subjects:
    table = reference.knowledge.subjects
    rows = list(
        zip(table["name"].tolist(), table["id"].tolist(), table["kind"].tolist(), strict=True)
    )
    seen: dict[str, int] = {}
    for name, _key, _kind in rows:
        seen[str(name).casefold()] = seen.get(str(name).casefold(), 0) + 1
    made = {}
    for name, key, kind in sorted(rows, key=lambda row: str(row[0]).casefold()):
        words = str(name)
        if seen[words.casefold()] > 1:
            words = f"{words} ({KIND_WORDS.get(str(kind), str(kind))})"
        if words in made:
            words = f"{words} · {key}"
        made[words] = (str(key), str(kind))
    return Subjects(made, reference.knowledge)


def decision(found: tuple[str, str]) -> Override:
    """What setting a line to a subject decides; fingerprint and line are filled in later."""
    key, kind = found
    return Override(
        fingerprint="",
        component_class=key if kind == "class" else "",
        materials=(key,) if kind == "material" else (),
        no_critical_minerals=not key,
    )


_GRAMS = {"g": 1.0, "mg": 1e-3, "kg": 1e3, "t": 1e6, "oz": 28.349523125, "lb": 453.59237}
"""Grams in one unit; ounce and pound are the international avoirdupois ones."""


def grams(words: str) -> float:
    """A mass of one piece as written: '22', '22 g', '1.2 kg', '0.5 lb'. Raises UsageError."""
    text = " ".join(words.split()).casefold()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz. ")
    unit = text[len(number) :].strip(" .") or "g"
    try:
        value = numbers.read(number.strip())
    except ValueError:
        value = float("nan")
    if unit not in _GRAMS or not value > 0:
        raise UsageError(
            tr("“{words}” is no mass.", words=words), "Write it as 22 g, 1.2 kg or 0.5 lb."
        )
    return value * _GRAMS[unit]
