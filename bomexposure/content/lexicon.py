"""The words of the knowledge tables, compiled once for one pass over all texts."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content.fold import fold
from bomexposure.content.symbols import spelled
from bomexposure.model.knowledge import Knowledge

Array = npt.NDArray[np.int64]

LEFT_FREE, RIGHT_FREE, LEFT_DIGIT, RIGHT_DIGIT, PLURAL_S, PLURAL_DE, ASIDE = 1, 2, 4, 8, 16, 32, 64
NUMBER = 128
"""Bits of a pattern; ASIDE: it serves only as context and hides no other word; NUMBER: it is a bare
number, and none where a unit or a times sign follows ("600 mm", "304 x 50")."""
HEAD_FIRST = frozenset(["fr", "es", "it", "pt", "pl", "ru", "cs"])
HEAD_LAST = frozenset(["en", "de", "nl", "zh", "ja", "ko", "sv"])
NOUN_ROLES = frozenset(["class", "weak"])
MATERIAL_ROLES = frozenset(["material", "designation", "metal", "finish"])
_BENT_ROLES = NOUN_ROLES | MATERIAL_ROLES | {"plating", "thing"}
"""Roles whose words may take plural and case endings."""
_JOINING = "+&"
"""Signs that join two parts of one line."""
HARDWARE = frozenset(["structural", "mechanical", "fastener", "plastic"])
"""Categories of plain parts, which serve something else."""
_METAL_CATEGORIES = frozenset(
    ["structural", "mechanical", "fastener", "casting", "bearing", "HVAC", "specialty", "thermal",
     "welding consumable", "cutting tool"]
)  # fmt: skip
"""Beside such parts a bare number ("304", "6061") is read as an alloy."""
_WORDY_COLUMNS = frozenset(["description", "value", "notes"])
"""Only here a bare number may be an alloy: part numbers are full of "3003" and "4140"."""
_MATERIAL_COLUMN = frozenset(["material"])
_COLUMN_SETS = {
    "number": frozenset(["part_number", "mpn", "supplier_part", "value"]),
    "text": frozenset(["description", "value", "notes", "category", "section"]),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one word."""

    role: str
    subject: str
    lang: str
    rule: str
    columns: frozenset[str] = frozenset()
    """Columns where it counts; empty for all."""
    categories: frozenset[str] = frozenset()
    """Categories of class beside which it counts; empty for all."""
    priority: int = 5
    context: frozenset[str] = frozenset()
    """Words of which one must be in the line (collisions)."""
    parts: tuple[tuple[str, float, float, float], ...] = ()
    """Composition that the word itself spells: element, percent low, typical, high."""
    follows: bool = False
    """A coat only where it follows a metal: the "Sn" of "CuZn30 Sn"."""
    port: bool = False
    """A noun that gives way to any other: an interface ("USB-C") that parts of all kinds have."""
    head: bool = False
    """A noun that is the part wherever it ends the phrase: "photodiode TO-18 alignment manual"."""
    alone: bool = False
    """Counts only where it is the whole cell: a bare symbol ("Ti") in a column of materials."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled words.

    Attributes:
        automaton: over the folded words, all overlapping hits.
        flags: one per pattern, an int64 of the bits above.
        entries: the meanings of each pattern.
        words: the folded text of each pattern.
    """

    automaton: ahocorasick_rs.AhoCorasick
    flags: Array
    entries: list[tuple[Entry, ...]]
    words: list[str]
    categories: dict[str, str]
    bodies: dict[str, str]
    families: dict[str, str]
    designators: dict[str, tuple[frozenset[str], str]]
    packages: dict[str, tuple[str, str, str]]
    sizes: dict[str, dict[str, int]]
    """class -> folded size -> row of the sizes table."""
    known: frozenset[str]
    """All folded words that name a material."""
    hardware: frozenset[str]
    """All folded words that name a plain part: a bracket, a plate, a screw."""
    phrases: dict[str, tuple[Entry, ...]]
    """All folded words of several pieces, with their meanings."""
    compounds: dict[str, tuple[Entry, ...]]
    """German words of one piece that name a part, with their meanings."""
    shipped: int
    """How many patterns the knowledge tables have."""
    spelled: ahocorasick_rs.AhoCorasick | None = None
    """Alloy names that spell their composition, met in the texts at hand; their patterns follow
    those of `automaton`."""


def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The lexicon of this knowledge, built on first use."""
    made = knowledge.cache.get("lexicon")
    if not isinstance(made, Lexicon):
        # a hundred thousand small objects that all stay: collecting between them takes a quarter
        # of the time
        collecting = gc.isenabled()
        gc.disable()
        try:
            made = _build(knowledge)
        finally:
            if collecting:
                gc.enable()
        knowledge.cache["lexicon"] = made
    return made


def with_spelled(lexicon: Lexicon, tokens: Iterable[str]) -> Lexicon:
    """The lexicon and the alloy names among `tokens` that spell their composition."""
    fresh: dict[str, tuple[Entry, ...]] = {}
    for name, made in sorted(spelled(tokens).items()):
        folded = " ".join(fold(name).split())
        if folded not in lexicon.known:
            entry = Entry("designation", made.subject, "", f"spelled/{name}", parts=made.parts)
            fresh[folded] = (entry,)
    return with_words(lexicon, {(word, 0): held for word, held in fresh.items()})


def with_words(lexicon: Lexicon, fresh: dict[tuple[str, int], tuple[Entry, ...]]) -> Lexicon:
    """The lexicon and further words, (folded word, flags) -> meanings, on top of those added before."""  # noqa: E501
    if not fresh:
        return lexicon
    words = [*lexicon.words[lexicon.shipped :], *(word for word, _ in fresh)]
    flags = np.array([flag for _, flag in fresh], dtype=np.int64)
    return replace(
        lexicon,
        flags=np.concatenate([lexicon.flags, flags]),
        entries=[*lexicon.entries, *fresh.values()],
        words=[*lexicon.words, *(word for word, _ in fresh)],
        spelled=ahocorasick_rs.AhoCorasick(words, store_patterns=False),
    )


def is_cjk(char: str) -> bool:
    """Whether the script of `char` writes without spaces between words (kana, han, hangul)."""
    return (
        "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\uf900" <= char < "\ufb00"
    )


class _Gathering:
    """Patterns as they come in, one per folded text and flags."""

    def __init__(self) -> None:
        self.index: dict[tuple[str, int], int] = {}
        self.entries: list[list[Entry]] = []

    def add(self, word: str, entry: Entry, plurals: int = 0) -> None:
        """Add a word with its meaning; German ones in each way to write them."""
        for written in _written_in_german(word, entry.lang):
            self._add(written, entry, plurals)

    def _add(self, word: str, entry: Entry, plurals: int) -> None:
        flags = 0
        text = word.strip()
        if text.startswith("*"):
            flags, text = flags | LEFT_FREE, text[1:]
        elif text.startswith("#"):
            flags, text = flags | LEFT_DIGIT | LEFT_FREE, text[1:]
        if text.endswith("*"):
            flags, text = flags | RIGHT_FREE, text[:-1]
        elif text.endswith("#"):
            flags, text = flags | RIGHT_DIGIT | RIGHT_FREE, text[:-1]
        folded = " ".join(fold(text).split())
        lone = len(folded) == 1 and not is_cjk(folded) and folded not in _JOINING
        if not folded or (lone and not flags):
            return
        if is_cjk(folded[0]):
            flags |= LEFT_FREE
        if is_cjk(folded[-1]):
            flags |= RIGHT_FREE
        if plurals and len(folded) >= 4 and folded[-1].isalpha() and not flags & RIGHT_FREE:
            flags |= plurals
        if folded.isdigit() and not flags and len(folded) > 2:
            flags |= NUMBER
        key = (folded, flags)
        if key not in self.index:
            self.index[key] = len(self.entries)
            self.entries.append([])
        held = self.entries[self.index[key]]
        if entry not in held:
            held.append(entry)


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def _written_in_german(word: str, lang: str) -> tuple[str, ...]:
    """The word, without the letters that ERP systems do not keep ("Gehaeuse"), and as it was
    spelled before 1996 ("Gußgehäuse"); words of other languages stay as they are.

    >>> _written_in_german("Gussgehäuse", "de")
    ('Gussgehäuse', 'Gussgehaeuse', 'Gußgehäuse')
    """
    made = [word]
    if lang in ("de", "") and not word.isascii():
        made.append(word.translate(_UMLAUTS))
    if lang == "de" and "ss" in word and len(word) > 6:
        made.append(word.replace("ss", "ß"))
    return tuple(dict.fromkeys(made))


def _phrases(
    keys: list[tuple[str, int]], entries: list[list[Entry]]
) -> dict[str, tuple[Entry, ...]]:
    """Words of several pieces with all their meanings, whatever endings these may take."""
    made: dict[str, tuple[Entry, ...]] = {}
    for (word, _), held in zip(keys, entries, strict=True):
        if " " in word:
            made[word] = (*made.get(word, ()), *held)
    return made


def _plurals(lang: str) -> int:
    if lang in ("en", "fr", "es", "pt", ""):
        return PLURAL_S
    return PLURAL_DE | PLURAL_S if lang in ("de", "nl", "sv") else 0


@cache
def _conditions(text: str) -> tuple[frozenset[str], frozenset[str]]:
    columns: set[str] = set()
    categories: set[str] = set()
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        if part.startswith("with:"):
            categories.update(part[5:].split("|"))
        else:
            columns.update(_COLUMN_SETS.get(part, frozenset([part])))
    return frozenset(columns), frozenset(categories)


def _rows(table: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Rows as dicts, out of whole columns: iterating a text column cell by cell is slow."""
    names = list(table.columns)
    for cells in zip(*(table[name].tolist() for name in names), strict=True):
        yield dict(zip(names, cells, strict=True))


def _build(knowledge: Knowledge) -> Lexicon:
    tables = knowledge.tables
    gathering = _Gathering()
    families = dict(zip(tables["materials"]["id"], tables["materials"]["family"], strict=True))
    collided = {fold(str(token)) for token in tables["collisions"]["token"]}
    for row in _rows(tables["words"]):
        columns, categories = _conditions(row["columns"])
        role, word, lang = row["role"], row["word"], row["lang"]
        if role in MATERIAL_ROLES and fold(word) in collided and not categories:
            continue
        note = row["note"]
        priority = int(note[1:]) if note[:1] == "p" and note[1:].isdigit() else 5
        entry = Entry(
            role, row["subject"], lang, f"word/{word}", columns, categories, priority,
            follows=role == "plating" and note == "after", port=note == "port",
            alone=note == "alone", head=note == "head",
        )  # fmt: skip
        gathering.add(word, entry, _plurals(lang) if role in _BENT_ROLES else 0)
        if role == "designation" and columns == _MATERIAL_COLUMN and not entry.alone:
            for other in _written_otherwise(word, families.get(row["subject"], "")):
                alike = Entry("designation", row["subject"], "", f"word/{other}")
                gathering.add(other, alike)
    for row in _rows(tables["materials"]):
        for name in filter(None, (part.strip() for part in row["designations"].split(";"))):
            for other in _written_otherwise(name, row["family"]):
                gathering.add(other, Entry("designation", row["id"], "", f"designation/{other}"))
            if fold(name) in collided:
                continue
            rule = f"designation/{name}"
            if name.isdigit() and len(name) < 5:
                beside = Entry(
                    "designation", row["id"], "", rule, _WORDY_COLUMNS, _METAL_CATEGORIES
                )
                gathering.add(name, beside)
                # in a column of materials a bare number is an alloy, whatever the part is
                gathering.add(name, Entry("designation", row["id"], "", rule, _MATERIAL_COLUMN))
            else:
                gathering.add(name, Entry("designation", row["id"], "", rule))
    for row in _rows(tables["series"]):
        role = "series" if row["strength"] == "strong" else "series_weak"
        prefix = row["prefix"]
        entry = Entry(role, row["subject"], "", f"series/{prefix}")
        gathering.add(prefix if prefix.endswith(("*", "#")) else prefix + "*", entry)
    for row in _rows(tables["collisions"]):
        context = frozenset(
            fold(word.strip()) for word in row["context"].split(";") if word.strip()
        )
        for word in context:
            gathering.add(word, Entry("context", "", "", f"context/{word}"))
        role = "collision_default" if row["default"] == "yes" else "collision"
        rule = "collision/" + row["token"]
        entry = Entry(role, row["subject"], "", rule, context=context)
        gathering.add(row["token"], entry)
        if row["default"] == "material":
            alone = Entry(
                "collision_default", row["subject"], "", rule, _MATERIAL_COLUMN, context=context
            )
            gathering.add(row["token"], alone)
    packages = {}
    for row in _rows(tables["packages"]):
        word = row["word"]
        packages[word] = (row["class_u"], row["class_q"], row["class_d"])
        gathering.add(word, Entry("package", word, "", f"package/{word}"))
    sizes: dict[str, dict[str, int]] = {}
    for place, held in enumerate(tables["sizes"].to_dict("records")):
        for size in _size_words(str(held["size"])):
            sizes.setdefault(str(held["class"]), {}).setdefault(fold(size), place)
            gathering.add(size, Entry("size", fold(size), "", f"size/{size}"))
            if size.isdigit():
                gathering.add(size + "metric", Entry("size", fold(size), "", f"size/{size}"))
    keys = list(gathering.index)
    classes = tables["classes"]
    kind_of = dict(zip(classes["id"], classes["category"], strict=True))
    return Lexicon(
        automaton=ahocorasick_rs.AhoCorasick([key[0] for key in keys], store_patterns=False),
        flags=np.array(
            [
                key[1] | (ASIDE if all(entry.role == "context" for entry in held) else 0)
                for key, held in zip(keys, gathering.entries, strict=True)
            ],
            dtype=np.int64,
        ),
        entries=[tuple(held) for held in gathering.entries],
        words=[key[0] for key in keys],
        categories=kind_of,
        bodies=dict(zip(classes["id"], classes["body"], strict=True)),
        families=families,
        designators={
            str(row["prefix"]).casefold(): (
                frozenset(str(row["category"]).split("|")), str(row["class"])
            )
            for row in tables["designators"].to_dict("records")
        },
        packages=packages,
        sizes=sizes,
        known=frozenset(
            key[0]
            for key, held in zip(keys, gathering.entries, strict=True)
            if any(entry.role in MATERIAL_ROLES or entry.role[:4] == "coll" for entry in held)
        ),
        hardware=frozenset(
            key[0]
            for key, held in zip(keys, gathering.entries, strict=True)
            if any(
                entry.role == "class" and kind_of.get(entry.subject) in HARDWARE
                for entry in held
            )
        ),
        phrases=_phrases(keys, gathering.entries),
        compounds={
            key[0]: tuple(held)
            for key, held in zip(keys, gathering.entries, strict=True)
            if len(key[0]) > 5
            and " " not in key[0]
            and any(entry.lang == "de" and entry.role == "class" for entry in held)
        },
        shipped=len(keys),
    )  # fmt: skip


_FOREWORDS = {
    "stainless steel": ("aisi", "ss", "sus", "sts", "inox", "tp", "type", "asi"),
    "carbon & alloy steel": ("aisi", "sae"),
    "tool steel": ("aisi",),
    "aluminium alloy": ("aa", "al", "en aw", "aw", "a", "alu", "alum"),
}
"""What stands before a bare number in practice: AISI 420, SUS304, AA6061."""


_AFTERWORDS = {
    "stainless steel": ("stainless", "stainless steel", "ss", "sst", "inox", "edelstahl")
}
"""What stands behind it: "321 stainless"."""


def _written_otherwise(name: str, family: str) -> list[str]:
    """The same designation without spaces ("AISI420"), and a bare number with its foreword."""
    made = []
    folded = " ".join(fold(name).split())
    if " " in folded and len(folded) >= 5 and any(map(str.isdigit, folded)):
        made.append(folded.replace(" ", ""))
    if re.fullmatch(r"\d{3,4}[a-z]{0,2}", folded):
        for word in _FOREWORDS.get(family, ()):
            made += [f"{word} {folded}", f"{word}{folded}"]
        made += [f"{folded} {word}" for word in _AFTERWORDS.get(family, ())]
    if family == "aluminium alloy" and re.fullmatch(r"[a-z]?\d{3,4}[a-z]?", folded):
        made += [
            f"{folded} t#",
            f"{folded} h#",
            f"{folded}t#",
        ]  # with a temper: 7175-T73, 5086-H116
    return made


def _size_words(size: str) -> list[str]:
    """'B/3528-21' names a case by letter and by metric size; only the latter is unmistakable."""
    parts = [part.strip() for part in size.split("/")] if "/" in size else [size]
    return [part for part in parts if len(part) >= 2]
