"""The one alias table for minerals and the one for countries.

Publications name the same thing in many ways ("Korea, Republic of", "Côte d’Ivoire" with a curly
quote, "Rare earths (group)"); every name that enters the program is looked up here and nowhere
else. A name that is not in a table is an error of the data, never a guess.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bomexposure.reference.sets import DataSet

REST_OF_WORLD = "Other countries"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "_": " "})


def folded(name: str) -> str:
    """`name` without case, accents, quote shapes and double spaces: the key of both tables."""
    if name.isascii():
        return " ".join(name.replace("`", "'").replace("_", " ").casefold().split())
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


@dataclass(frozen=True, slots=True)
class MineralNames:
    """Names to mineral ids; a group expands to its members, with a note that says so."""

    members: dict[str, tuple[str, ...]]
    notes: dict[str, str]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and folded(name) in self.members

    def ids(self, name: str) -> tuple[str, ...]:
        """The mineral ids that `name` stands for, () where it is known to stand for none.

        Raises KeyError for a name that the table does not have.
        """
        return self.members[folded(name)]

    def note(self, name: str) -> str:
        """What must be said when `name` is expanded, "" where nothing."""
        return self.notes.get(folded(name), "")

    def near(self, name: str) -> list[str]:
        """Known names that start alike, for an error message; at most five."""
        start = folded(name)[:3]
        return sorted(key for key in self.members if key.startswith(start))[:5]


@dataclass(frozen=True, slots=True)
class CountryNames:
    """Names to ISO 3166-1 alpha-3 codes, and codes to the one name used throughout."""

    codes: dict[str, str]
    names: dict[str, str]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and folded(name) in self.codes

    def code(self, name: str) -> str:
        """The code of `name`, "" for groups and "Other countries"; KeyError when unknown."""
        return self.codes[folded(name)]

    def name(self, iso3: str) -> str:
        """The name used throughout; the code itself when it has none."""
        return self.names.get(iso3, iso3)


def mineral_names(rules: DataSet) -> MineralNames:
    """The alias table of minerals out of the rules set."""
    members: dict[str, tuple[str, ...]] = {}
    notes: dict[str, str] = {}
    for row in rules.rows("mineral_names.csv"):
        ids = tuple(part for part in row["minerals"].split(";") if part)
        for key in (folded(row["name"]), folded(row["name"]).replace("-", " ")):
            members.setdefault(key, ids)
            notes.setdefault(key, row["note"])
    return MineralNames(members, notes)


def country_names(rules: DataSet) -> CountryNames:
    """The alias table of countries out of the rules set; a code's first name is the one used."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rules.rows("country_names.csv"):
        codes.setdefault(folded(row["name"]), row["iso3"])
        if row["iso3"]:
            names.setdefault(row["iso3"], row["name"])
    return CountryNames(codes, names)


def unknown_names(known: MineralNames | CountryNames, wanted: Iterable[str]) -> list[str]:
    """Those of `wanted` that the table does not have, each once, in order of first appearance."""
    return [name for name in dict.fromkeys(wanted) if name and name not in known]
