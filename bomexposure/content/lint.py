"""What can be wrong with the knowledge tables, said one fault a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bomexposure.content.fold import fold
from bomexposure.content.lexicon import MATERIAL_ROLES, NOUN_ROLES
from bomexposure.model.content import FUNCTIONS, PRESENCE, RELATIONS
from bomexposure.reference.knowledge import COLUMNS, composition_rows, read_kind

ROLES = NOUN_ROLES | MATERIAL_ROLES | {
    "hint", "plating", "not", "no", "free", "look", "for", "with", "and", "context", "filler",
    "unit", "to", "thing", "shade",
}  # fmt: skip
LANGS = frozenset(
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "zh", "ko", "cs", "sv", "tr"]
) | {""}
KINDS = frozenset(["lookup", "handbook", "estimate"])
BODIES = frozenset(["simple", "composite", "none"])
UNITS = frozenset(["piece", "m", "dm2", "m2", "kg", "m3", "MW"])
REACHES = frozenset(["raw", "compound", "alloy", "magnet", "cell", "part"])
_ID = re.compile(r"^[A-Z][A-Z0-9_]*$")


def faults_of(folder: Path) -> list[str]:
    """Every fault of the tables in `folder`; [] when all is well.

    Raises ReferenceDataError when a table is missing or a composition cannot be read.
    """
    tables = {kind: read_kind(folder, kind) for kind in COLUMNS}
    faults: list[str] = []
    for check in (_subjects, _compositions, _words, _series, _sizes, _deposits, _collisions):
        faults += check(tables)
    return faults


Tables = dict[str, pd.DataFrame]


def _ids(tables: Tables) -> set[str]:
    return set(tables["materials"]["id"]) | set(tables["classes"]["id"])


def _subjects(tables: Tables) -> Iterator[str]:
    both = pd.concat([tables["materials"]["id"], tables["classes"]["id"]])
    for one in sorted(set(both[both.duplicated()])):
        yield f"{one}: the id stands twice"
    known = _ids(tables)
    written = set(tables["compositions"]["subject"])
    for kind in ("materials", "classes"):
        for row in tables[kind].to_dict("records"):
            one = str(row["id"])
            if not _ID.match(one):
                yield f"{one}: ids are capitals, digits and _"
            if not row["name"]:
                yield f"{one}: no name"
            if row["reach"] not in REACHES:
                yield f"{one}: reach {row['reach']!r} is not one of {sorted(REACHES)}"
            if row["like"] and row["like"] not in known:
                yield f"{one}: like {row['like']} is not known"
            if (row["composition"] or kind == "classes") and row["kind"] not in KINDS:
                yield f"{one}: kind {row['kind']!r} is not one of {sorted(KINDS)}"
            if row["composition"] and not row["source"]:
                yield f"{one}: no source"
            if row["composition"] and one in written:
                yield f"{one}: composition stands in compositions.csv too"
    for row in tables["classes"].to_dict("records"):
        one = str(row["id"])
        if row["body"] not in BODIES:
            yield f"{one}: body {row['body']!r}"
        if row["mass_per"] not in UNITS:
            yield f"{one}: mass_per {row['mass_per']!r}"
        masses = [
            float(row[name] or "nan") for name in ("mass_g_low", "mass_g_typical", "mass_g_high")
        ]
        if not masses[0] <= masses[1] <= masses[2]:
            yield f"{one}: masses {masses} do not rise"
        if row["body"] == "none" and (row["composition"] or one in written):
            yield f"{one}: body none, but a composition"
    for row in tables["materials"].to_dict("records"):
        text = str(row["density_g_cm3"])
        if text and not 0.0 < float(text) < 25.0:
            yield f"{row['id']}: density {text} g/cm3"


def _compositions(tables: Tables) -> Iterator[str]:
    rows = composition_rows(tables)
    known, elements = (
        _ids(tables),
        dict(zip(tables["elements"]["element"], tables["elements"]["mineral"], strict=True)),
    )
    limits = set(tables["materials"]["id"])
    keys = ["subject", "element", "relation"]
    for key in rows[rows.duplicated(keys)][keys].itertuples(index=False):
        yield f"{key.subject}: {key.element} stands twice as {key.relation}"
    for row in rows.to_dict("records"):
        who = f"{row['subject']} {row['element']}"
        if row["subject"] not in known:
            yield f"{who}: the subject is not known"
        if row["element"] not in elements:
            yield f"{who}: no such element"
        elif row["mineral"] and row["mineral"] not in (
            elements[str(row["element"])],
            "metallurgical-coal",
            "graphite",
        ):
            yield f"{who}: mineral {row['mineral']}"
        if row["relation"] not in RELATIONS:
            yield f"{who}: relation {row['relation']!r}"
        if not 0.0 <= row["low"] <= row["typical"] <= row["high"] <= 100.0:
            yield f"{who}: {row['low']}/{row['typical']}/{row['high']} do not rise within 0 to 100"
        if row["kind"] not in KINDS or not row["source"]:
            yield f"{who}: kind {row['kind']!r} or source missing"
        if row["relation"] == "other_form":
            continue
        if row["presence"] not in PRESENCE or row["function"] not in FUNCTIONS:
            yield f"{who}: presence {row['presence']!r} or function {row['function']!r}"
        # a standard may limit from above what every melt holds (manganese in stainless steel)
        least = row["typical"] if row["subject"] in limits else row["low"]
        if row["presence"] == "certain" and least <= 0:
            yield f"{who}: certain, but low is 0"
        if row["presence"] == "possible" and row["low"] > 0:
            yield f"{who}: possible, but low is above 0"
    totals = rows.groupby("subject")[["low", "typical"]].sum()
    for subject, low in totals["low"].items():
        if low > 101.0:
            yield f"{subject}: the lows add up to {low:.1f} %"
    for subject, typical in totals["typical"].items():
        if typical > 125.0:
            yield f"{subject}: the typical contents add up to {typical:.1f} %"


def _words(tables: Tables) -> Iterator[str]:
    known = _ids(tables)
    classes = set(tables["classes"]["id"])
    seen: dict[tuple[str, str, str], set[str]] = {}
    collided = {fold(str(token)) for token in tables["collisions"]["token"]}
    for row in tables["words"].to_dict("records"):
        who = f"word {row['word']!r} ({row['lang']}, {row['role']})"
        if not str(row["word"]).strip(" *#"):
            yield f"{who}: empty"
        if row["role"] not in ROLES:
            yield f"{who}: no such role"
        if row["lang"] not in LANGS:
            yield f"{who}: no such language"
        if row["subject"] and row["subject"] not in known:
            yield f"{who}: {row['subject']} is not known"
        if row["role"] in NOUN_ROLES | {"hint", "unit"} and row["subject"] not in classes:
            yield f"{who}: {row['subject']!r} is no class"
        if row["role"] in MATERIAL_ROLES | {"plating"} and not row["subject"]:
            yield f"{who}: no subject"
        if row["role"] in ("class", "designation"):
            key = (fold(str(row["word"])), str(row["lang"]), str(row["role"]))
            seen.setdefault(key, set()).add(f"{row['subject']}|{row['columns']}")
    for (word, lang, role), subjects in seen.items():
        names = {one.split("|")[0] for one in subjects}
        open_ones = [one for one in subjects if one.endswith("|")]
        if len(names) > 1 and len(open_ones) > 1 and word not in collided:
            yield f"word {word!r} ({lang}, {role}) means {', '.join(sorted(names))}"


def _series(tables: Tables) -> Iterator[str]:
    known = _ids(tables)
    for row in tables["series"].to_dict("records"):
        if row["subject"] not in known:
            yield f"series {row['prefix']}: {row['subject']} is not known"
        if row["strength"] not in ("strong", "weak"):
            yield f"series {row['prefix']}: strength {row['strength']!r}"
        if len(re.sub(r"[^\w#]", "", str(row["prefix"]))) < 3:
            yield f"series {row['prefix']}: shorter than three characters"
    keys = tables["series"][["prefix", "subject"]]
    for key in keys[keys.duplicated()].itertuples(index=False):
        yield f"series {key.prefix}: stands twice for {key.subject}"


def _sizes(tables: Tables) -> Iterator[str]:
    classes = set(tables["classes"]["id"])
    for row in tables["sizes"].to_dict("records"):
        if row["class"] not in classes:
            yield f"size {row['size']}: class {row['class']} is not known"
        masses = [float(row[name]) for name in ("mass_g_low", "mass_g_typical", "mass_g_high")]
        if not 0 < masses[0] <= masses[1] <= masses[2]:
            yield f"size {row['size']} of {row['class']}: masses {masses} do not rise"


def _deposits(tables: Tables) -> Iterator[str]:
    known = _ids(tables)
    for row in tables["deposits"].to_dict("records"):
        if row["subject"] not in known:
            yield f"deposit {row['subject']}: not known"
        if row["presence"] not in PRESENCE or row["function"] not in FUNCTIONS:
            yield f"deposit {row['subject']} {row['element']}: presence or function"


def _collisions(tables: Tables) -> Iterator[str]:
    known = _ids(tables)
    for row in tables["collisions"].to_dict("records"):
        if row["subject"] and row["subject"] not in known:
            yield f"collision {row['token']}: {row['subject']} is not known"
        if row["default"] not in ("yes", "no", "context", "material"):
            yield f"collision {row['token']}: default {row['default']!r}"
