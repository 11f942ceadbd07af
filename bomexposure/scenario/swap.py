"""Lines changed by a substitution: the new material's composition in place of the old content.

docs/method.md, section "Substitution".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import Array
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import CONTENTS, Contents
from bomexposure.model.errors import UsageError
from bomexposure.model.knowledge import Knowledge

MG_PER_G = 1000.0


def lines_of(subject: str, bom: BillOfMaterials, contents: Contents) -> Array:
    """Positions of the lines that a substitution speaks of: 'line:<id>', or a subject id."""
    if subject.startswith("line:"):
        return np.flatnonzero((bom.lines["id"] == subject.removeprefix("line:")).to_numpy())
    found = contents.recognitions
    codes, texts = pd.factorize(found["component_class"] + ";" + found["materials"])
    hit = np.array([subject in str(text).split(";") for text in texts], dtype=bool)
    return np.flatnonzero(hit[codes])


def swapped(
    substitutions: tuple[tuple[str, str], ...],
    bom: BillOfMaterials,
    contents: Contents,
    knowledge: Knowledge,
    mass_ratio: dict[tuple[str, str], float] | None = None,
) -> tuple[Contents, tuple[str, ...]]:
    """Contents with every substitution done, and sentences on what was assumed.

    The line keeps its mass times `mass_ratio` (mass of the substitute per mass replaced, at equal
    function), 1 where none is known, and the note says so. A substitute without composition
    leaves the line unknown, never free of minerals. Raises UsageError for an unknown substitute
    or a line that is not in the BOM.
    """
    rows, found, notes = contents.contents, contents.recognitions, []
    known = knowledge.subjects
    names = dict(zip(known["id"].tolist(), known["name"].tolist(), strict=True))
    swapped_lines = [old.removeprefix("line:") for old, _new in substitutions]
    rows_of = bom.lines.loc[bom.lines["id"].isin(swapped_lines), ["id", "row"]]
    names |= {f"line:{one}": f"row {at}" for one, at in rows_of.itertuples(index=False)}
    for old, new in substitutions:
        subjects = knowledge.subjects[knowledge.subjects["id"] == new]
        if not len(subjects):
            raise UsageError(
                f"The substitute '{new}' is not known.", "Use the id of a material or class."
            )
        at = lines_of(old, bom, contents)
        if old.startswith("line:") and not len(at):
            raise UsageError(
                f"The BOM has no line '{old.removeprefix('line:')}'.", "Use the id of a line."
            )
        ratio = (mass_ratio or {}).get((old, new))
        if ratio is None and len(at):
            notes.append(
                f"“{names[new]}” is taken at the mass of “{names.get(old, old)}”: no mass ratio is "
                "known."
            )
        made = knowledge.compositions[knowledge.compositions["subject"] == new]
        if not len(made):
            notes.append(
                f"The composition of “{names[new]}” is not known: its exposure is unknown."
            )
        rows = CONTENTS.conform(
            pd.concat(
                [
                    rows[~rows["line"].isin(at)].astype(
                        {"mineral": "str", "form": "str", "source": "str"}
                    ),
                    _rows(at, found, made, 1.0 if ratio is None else ratio),
                ],
                ignore_index=True,
            ).sort_values("line", kind="stable", ignore_index=True)
        )
        found = _recognised(found, at, new, str(subjects["kind"].iloc[0]), bool(len(made)))
    return Contents(found, rows, contents.whys, contents.issues), tuple(notes)


def _rows(at: Array, found: pd.DataFrame, made: pd.DataFrame, ratio: float) -> pd.DataFrame:
    """The composition's rows for every line, masses from the mass of the line."""
    known = made[made["presence"].notna()]
    count = len(known)
    line = np.repeat(at, count)
    parts: dict[str, Any] = {
        name: np.tile(known[name].astype("str").to_numpy(dtype=object), len(at))
        for name in ("mineral", "form", "presence", "function", "relation", "source")
    }
    parts["evidence"] = "assumed"
    for end in ("low", "typical", "high"):
        content = np.tile(known[f"wt_pct_{end}"].to_numpy(dtype=float), len(at))
        mass = np.repeat(found[f"mass_g_{end}"].to_numpy(dtype=float)[at], count)
        parts[f"wt_pct_{end}"] = content
        parts[f"mass_mg_{end}"] = mass * ratio * content / 100.0 * MG_PER_G
    return pd.DataFrame({"line": line, **parts})


def _recognised(found: pd.DataFrame, at: Array, new: str, kind: str, known: bool) -> pd.DataFrame:
    made = found.copy()
    column = "component_class" if kind == "class" else "materials"
    other = "materials" if kind == "class" else "component_class"
    made.loc[at, column] = new
    made.loc[at, other] = ""
    made.loc[at, "evidence"] = "assumed" if known else "none"
    return made
