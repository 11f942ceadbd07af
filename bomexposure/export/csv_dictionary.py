"""What each column of the CSV folder means: the declared tables' own words, and of additions."""

from __future__ import annotations

import pandas as pd

from bomexposure.model.bom import ISSUES, LINES
from bomexposure.model.content import CONTENTS, RECOGNITIONS, WHYS
from bomexposure.model.exposure import (
    FORM_EXPOSURES,
    GROUP_EXPOSURES,
    GROUP_MINERALS,
    INDICES,
    LINE_EXPOSURES,
    MINERAL_EXPOSURES,
)
from bomexposure.model.scenario import CONTROLS, SOURCING
from bomexposure.model.sources import FIGURES
from bomexposure.model.supply import SUPPLY
from bomexposure.model.tables import Column, Table

_DECLARED: dict[str, tuple[Table, ...]] = {
    "lines": (LINES, RECOGNITIONS, LINE_EXPOSURES),
    "facts": (CONTENTS,),
    "reasons": (WHYS,),
    "minerals": (MINERAL_EXPOSURES, SUPPLY),
    "forms": (FORM_EXPOSURES, SUPPLY),
    "indices": (INDICES,),
    "groups": (GROUP_EXPOSURES,),
    "group-minerals": (GROUP_MINERALS,),
    "controls": (CONTROLS,),
    "sourcing": (SOURCING,),
    "questions": (LINES, RECOGNITIONS, LINE_EXPOSURES),
    "issues": (ISSUES,),
    "sources": (FIGURES,),
}
_LINE = "id of the line in lines.csv"
_ADDED: dict[tuple[str, str], str] = {
    ("headline", "figure"): "path of the figure in the JSON of the analysis",
    ("headline", "value"): "its value; several joined by '; '",
    ("lines", "parent"): "id of the parent line, empty at the top",
    ("lines", "taken_for"): "material or class of part that the line was taken for, in words",
    ("facts", "line"): _LINE,
    ("facts", "acute_form"): "whether the form is acute by the chosen index",
    ("facts", "acute_low"): "whether the form is acute at the low bound of its figures already",
    ("facts", "listed"): "whether the mineral is on the 2025 U.S. list",
    ("facts", "nir_50"): "listed, and at least 50 % net import reliance of the form",
    ("facts", "nir_100"): "listed, and 100 % net import reliance of the form",
    ("facts", "china_led"): "listed, and China the largest producer of the form",
    ("facts", "acute"): "an acute form that carries the line's function",
    ("facts", "counting"): "of a counted line, in a relation that counts",
    ("facts", "counts"): "the one row per line and mineral that enters counts and sums",
    ("reasons", "line"): _LINE,
    ("controls", "name"): "name of the mineral",
    ("controls", "title"): "the measure in words",
    ("controls", "measure"): "ban, licence, quota, tariff, ...",
    ("controls", "destination"): "countries that it is meant for",
    ("controls", "confirmed"): "last day on which a source confirmed it",
    ("controls", "counts"): "whether it counts in the headline, and if not, why",
    ("controls", "ids"): "ids of its sources in sources.csv",
    ("questions", "id"): _LINE,
    ("questions", "nearest"): "nearest classes or materials on record, by likeness of words",
    ("questions", "question"): "what to ask, ready to send",
}


def dictionary(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per column of the tables: file, column, type, unit, meaning, allowed values."""
    rows = []
    for name, frame in tables.items():
        declared: dict[str, Column] = {}
        for table in reversed(_DECLARED.get(name, ())):
            declared |= {column.name: column for column in table.columns}
        for label, dtype in frame.dtypes.items():
            column = declared.get(str(label))
            added = _ADDED.get((name, str(label)))
            meaning = added or (column.meaning if column else "")
            rows.append(
                (
                    f"{name}.csv",
                    str(label),
                    _kind(dtype),
                    column.unit if column and not added else "",
                    meaning,
                    "; ".join(column.values) if column and not added else "",
                )
            )
    names = ["file", "column", "type", "unit", "meaning", "values"]
    return pd.DataFrame(rows, columns=names, dtype="str")


def _kind(dtype: object) -> str:
    """The type of a column's cells in plain words."""
    words = str(dtype).casefold()
    if words.startswith("bool"):
        return "True or False"
    if words.startswith(("int", "uint")):
        return "whole number"
    return "number" if words.startswith("float") else "text"
