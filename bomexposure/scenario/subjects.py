"""The exposure of materials and component classes themselves, by the code that scores a BOM.

docs/method.md, section "Substitution".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure import score
from bomexposure.model.bom import ISSUES, LINES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import CONTENTS, COUNTING_RELATIONS, RECOGNITIONS, WHYS, Contents
from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import Exposures
from bomexposure.model.knowledge import Knowledge
from bomexposure.model.scenario import CONTROLS
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table

MG_PER_G = 1000.0
ONE_KG = 1000.0
"""Every subject is scored as one line of one kilogram, so that contents read as percent."""

SUBJECT_MINERALS = Table(
    "SUBJECT_MINERALS",
    "One row per subject and mineral that it holds (contained or contained in part), worst first.",
    (
        Column("subject", "str", "id of the material or class"),
        Column("mineral", "str", "mineral id"),
        Column("critical_2025", "bool", "an entry of the 2025 list"),
        Column("form", "str", "traded form"),
        Column("presence", "str", "certain, likely or possible"),
        Column("function", "str", "what it does there"),
        Column("wt_pct_low", "float64", "content", "percent of mass"),
        Column("wt_pct_typical", "float64", "content", "percent of mass"),
        Column("wt_pct_high", "float64", "content", "percent of mass"),
        Column("index_low", "float64", "index of the form, by the chosen method", "0 to 100"),
        Column("index_high", "float64", "high bound", "0 to 100"),
        Column("acute", "bool", "the form is acute"),
        Column("source", "str", "figure id of the composition row"),
    ),
)

SUBJECT_EXPOSURES = Table(
    "SUBJECT_EXPOSURES",
    "One row per subject, in the order asked.",
    (
        Column("subject", "str", "id"),
        Column("name", "str", "for people"),
        Column("kind", "str", "material or class"),
        Column("known", "bool", "False: no composition is known, so the exposure is unknown"),
        Column("acute", "str", "no, likely, certain; '' unknown"),
        Column("acute_minor", "str", "acute minerals in a lesser role; '' unknown"),
        Column(
            "index_low",
            "float64",
            "largest index over its certain minerals; 0 where it holds none for certain",
            "0 to 100",
        ),
        Column("index_high", "float64", "high bound", "0 to 100"),
        Column("top_mineral", "str", "the mineral behind it, '' where none"),
        Column("density_g_cm3", "float64", "NaN where none", "g/cm3"),
    ),
)


def known_subject(subject: str, knowledge: Knowledge) -> dict[str, Any]:
    """The SUBJECTS row of an id. Raises UsageError with near names for one that is not known."""
    rows = knowledge.subjects[knowledge.subjects["id"] == subject]
    if len(rows):
        return {str(name): value for name, value in rows.iloc[0].to_dict().items()}
    near = [f"{one} ({name})" for one, name in near_subjects(subject, knowledge)]
    raise UsageError(
        f"The material or class '{subject}' is not known.",
        f"Did you mean {' or '.join(near)}?" if near else NO_NEAR,
    )


NEAR = 4
NO_NEAR = "Take one of the materials and classes listed under Reference (`reference materials`)."


def near_subjects(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Ids and names that hold the text ("neodym", "magnet"), else those spelled most alike."""
    subjects = knowledge.subjects
    pairs = list(zip(subjects["id"].tolist(), subjects["name"].tolist(), strict=True))
    wanted = _letters(text)
    told = [one for one in pairs if wanted and any(wanted in _letters(words) for words in one)]
    if told:
        # where a word begins with it before where it stands inside one; then the plainest name
        starts = re.compile(rf"\b{re.escape(text.casefold())}")
        told.sort(
            key=lambda one: (
                not any(starts.search(words.casefold()) for words in one), len(one[1]), one[0],
            )
        )  # fmt: skip
        return told[:NEAR]
    from rapidfuzz import process

    names = dict(pairs)
    near = process.extract(text.upper(), list(names), limit=3, score_cutoff=75)
    return [(one[0], names[one[0]]) for one in near]


def named_subject(text: str, knowledge: Knowledge) -> str:
    """The id of the one subject with this id, name or designation, written in any way
    ("Ti-6Al-4V", "aa7075"); `text` itself where none or several answer to it."""
    subjects = knowledge.subjects
    if (subjects["id"] == text).any():
        return text
    names = dict(zip(subjects["id"].tolist(), subjects["name"].tolist(), strict=True))
    told = {one: [one, name] for one, name in names.items()}
    listed = knowledge.tables.get("materials")
    if listed is not None:
        for one, words in zip(listed["id"].tolist(), listed["designations"].tolist(), strict=True):
            told.setdefault(one, []).extend(words.split(";"))
    wanted = _letters(text)
    found = [one for one, words in told.items() if wanted in map(_letters, words)]
    return found[0] if wanted and len(found) == 1 else text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def subject_exposures(
    subjects: Sequence[str], knowledge: Knowledge, reference: Reference, choices: Choices
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """SUBJECT_EXPOSURES and SUBJECT_MINERALS of the subjects, each scored as a line of one kg.

    Raises UsageError for an id that is not known.
    """
    rows = [known_subject(one, knowledge) for one in subjects]
    book, found = _as_bom(subjects, knowledge)
    exposed = score(book, found, reference, choices, CONTROLS.empty())
    known = found.recognitions["evidence"].to_numpy() != "none"
    lines = exposed.lines
    # holding nothing for certain is an index of nought; holding something unrated is unknown
    sure = found.contents["presence"] == "certain"
    counts = found.contents["relation"].isin(COUNTING_RELATIONS)
    bare = ~np.isin(np.arange(len(subjects)), found.contents["line"][sure & counts]) & known
    table = SUBJECT_EXPOSURES.conform(
        pd.DataFrame(
            {
                "subject": list(subjects),
                "name": [str(row["name"]) for row in rows],
                "kind": [str(row["kind"]) for row in rows],
                "known": known,
                "acute": np.where(known, lines["acute"].astype("str"), ""),
                "acute_minor": np.where(known, lines["acute_minor"].astype("str"), ""),
                "index_low": lines["index_low"].mask(bare, 0.0),
                "index_high": lines["index_high"].mask(bare, 0.0),
                "top_mineral": lines["top_mineral"],
                "density_g_cm3": [float(row["density_g_cm3"]) for row in rows],
            },
            columns=SUBJECT_EXPOSURES.names,
        )
    )
    return table, _minerals_of(subjects, found, exposed)


def _as_bom(subjects: Sequence[str], knowledge: Knowledge) -> tuple[BillOfMaterials, Contents]:
    count = len(subjects)
    lines = LINES.conform(
        {
            "id": list(subjects),
            "row": range(1, count + 1),
            "counted": [True] * count,
            "parent_line": [-1] * count,
            "quantity_total": [1.0] * count,
        }
    )
    book = BillOfMaterials(
        "", "", "", "", "", (), (), lines, pd.DataFrame(index=lines.index), ISSUES.empty()
    )
    parts = [
        knowledge.compositions[knowledge.compositions["subject"] == one].assign(line=at)
        for at, one in enumerate(subjects)
    ]
    every = pd.concat(parts, ignore_index=True) if parts else knowledge.compositions.assign(line=0)
    known = np.isin(np.arange(count), every["line"].to_numpy())
    kept = every[every["presence"].notna()].reset_index(drop=True)
    columns: dict[str, Any] = {
        name: kept[name]
        for name in ("line", "mineral", "form", "presence", "function", "relation", "source")
    }
    for end in ("low", "typical", "high"):
        columns[f"wt_pct_{end}"] = kept[f"wt_pct_{end}"]
        columns[f"mass_mg_{end}"] = kept[f"wt_pct_{end}"] / 100.0 * ONE_KG * MG_PER_G
    contents = CONTENTS.conform(pd.DataFrame(columns).assign(evidence="designated"))
    recognitions = RECOGNITIONS.conform(
        {
            "component_class": list(subjects),
            "evidence": np.where(known, "designated", "none").tolist(),
            "mass_g_low": [ONE_KG] * count,
            "mass_g_typical": [ONE_KG] * count,
            "mass_g_high": [ONE_KG] * count,
        }
    )
    return book, Contents(recognitions, contents, WHYS.empty(), ISSUES.empty())


def _minerals_of(subjects: Sequence[str], found: Contents, exposed: Exposures) -> pd.DataFrame:
    rows = found.contents[found.contents["relation"].isin(COUNTING_RELATIONS)]
    plain = rows.astype(dict.fromkeys(("mineral", "form", "presence", "function", "source"), "str"))
    forms = exposed.forms[["mineral", "form", "critical_2025", "acute", "index_low", "index_high"]]
    joined = plain.merge(forms, on=["mineral", "form"], how="left")
    joined["subject"] = np.array([*subjects, ""], dtype=object)[joined["line"]]
    ranked = joined.sort_values(
        ["line", "index_high", "wt_pct_typical", "mineral"],
        ascending=[True, False, False, True],
        na_position="last",
        kind="stable",
    )
    return SUBJECT_MINERALS.conform(ranked[SUBJECT_MINERALS.names].reset_index(drop=True))
