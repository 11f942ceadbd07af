"""The classes and materials that a line can be set to, by name, by id and by a user's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from bomexposure.model.choices import Override
from bomexposure.model.errors import UsageError
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.words import tr

NOTHING = "no critical minerals"
"""What a user writes for a part that holds none."""
KIND_WORDS = {"class": "kind of part", "material": "material"}
CLOSE = 75.0
"""RapidFuzz score from which one suggestion is offered in words; never taken in silence."""


@dataclass(frozen=True)
class Subjects:
    """Names shown -> (id, kind), in alphabetical order."""

    ids: dict[str, tuple[str, str]]

    @cached_property
    def names(self) -> list[str]:
        """What the completer offers; the part that holds nothing comes last."""
        return [*self.ids, NOTHING]

    @cached_property
    def _folded(self) -> dict[str, str]:
        known = {name.casefold(): name for name in self.ids}
        return known | {key.casefold(): name for name, (key, _kind) in self.ids.items()}

    def find(self, words: str) -> tuple[str, str]:
        """(id, kind) of a name or an id as the user wrote it; ('', '') for nothing critical.

        Raises UsageError with the nearest names: a guess is offered, never taken.
        """
        wanted = " ".join(words.split()).casefold()
        if wanted == NOTHING:
            return "", ""
        if wanted in self._folded:
            return self.ids[self._folded[wanted]]
        within = [name for name in self.ids if wanted in name.casefold()]
        if len(within) == 1:
            return self.ids[within[0]]
        near = within[:3] or [
            str(name)
            for name, score, _at in process.extract(
                words, list(self.ids), scorer=fuzz.WRatio, processor=utils.default_process, limit=3
            )
            if score >= CLOSE
        ]
        hint = (
            tr("Did you mean {near}?", near=numbers.listed(near))
            if near
            else "Choose one from the list."
        )
        raise UsageError(tr("“{words}” is no known material or kind of part.", words=words), hint)


def subjects_of(reference: Reference) -> Subjects:
    """The subjects of an edition; names that occur twice carry their kind."""
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
    return Subjects(made)


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
