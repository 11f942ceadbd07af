"""What is inside the lines: the tables between recognition and exposure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.tables import Column, Table

PRESENCE = ("possible", "likely", "certain")
"""Weakest first, so that the ordered category's maximum is the strongest."""
EVIDENCE = ("none", "assumed", "inferred", "designated", "declared")
FUNCTIONS = ("residual", "joining", "plating", "alloying", "dopant", "primary")
RELATIONS = ("not_listed", "process_input", "other_form", "contained_partly", "contained")
COUNTING_RELATIONS = ("contained", "contained_partly")
"""Only these enter a count, a spend, a mass or a headline."""
FUNCTIONAL = ("primary", "dopant")
"""Functions by which an acute mineral makes its line acute."""

RECOGNITIONS = Table(
    "RECOGNITIONS",
    "One row per line, same order as LINES: what the line was taken for, and its mass.",
    (
        Column("component_class", "str", "id of the component class, '' where none"),
        Column("materials", "str", "ids of materials, joined by ';', '' where none"),
        Column("evidence", "category", "strongest evidence of the line", values=EVIDENCE),
        Column("mass_g_low", "float64", "mass of quantity_total; NaN unknown", "g"),
        Column("mass_g_typical", "float64", "as above", "g"),
        Column("mass_g_high", "float64", "as above", "g"),
        Column(
            "mass_basis", "category",
            "'declared', 'dimensions', 'energy', 'package', 'class', 'decided' or ''",
        ),
        Column("suggestions", "str", "nearest class or material ids for the reviewer, ';' between"),
        Column("decided", "bool", "a user's decision, a dictionary or a declaration settled it"),
    ),
)  # fmt: skip

CONTENTS = Table(
    "CONTENTS",
    "One row per line, mineral and relation, sorted by line; masses are of the element, for the "
    "line's quantity_total in one product.",
    (
        Column("line", "int64", "row position in LINES"),
        Column("mineral", "category", "mineral id"),
        Column("form", "category", "traded form that the part draws on, as knowledge words it; ''"),
        Column("presence", "category", "how often such parts hold it", values=PRESENCE),
        Column("function", "category", "what it does there", values=FUNCTIONS),
        Column(
            "relation", "category", "whether it draws on the listed commodity", values=RELATIONS
        ),
        Column("evidence", "category", "how we know", values=EVIDENCE),
        Column("mass_mg_low", "float64", "NaN where the line's mass is unknown", "mg"),
        Column("mass_mg_typical", "float64", "as above", "mg"),
        Column("mass_mg_high", "float64", "as above", "mg"),
        Column("wt_pct_low", "float64", "content in the part; NaN where given as grams", "percent"),
        Column("wt_pct_typical", "float64", "as above", "percent"),
        Column("wt_pct_high", "float64", "as above", "percent"),
        Column("source", "category", "figure id of the composition row"),
    ),
)

WHYS = Table(
    "WHYS",
    "The words that led to a recognition, strongest first within a line.",
    (
        Column("line", "int64", "row position in LINES"),
        Column("rule", "category", "id of the knowledge row or rule that hit"),
        Column("text", "str", "the reason as a sentence part fit to show"),
        Column("column", "category", "role of the column the words stand in"),
        Column("start", "int64", "first code point in the cell's original text, 0-based"),
        Column("end", "int64", "one past the last code point"),
    ),
)


def counting(contents: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Per row of a CONTENTS table whether its relation is one of COUNTING_RELATIONS."""
    answers = np.array([*(one in COUNTING_RELATIONS for one in RELATIONS), False])
    made: npt.NDArray[np.bool_] = answers[contents["relation"].cat.codes.to_numpy()]
    return made


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that recognition found out about one BillOfMaterials."""

    recognitions: pd.DataFrame
    contents: pd.DataFrame
    whys: pd.DataFrame
    issues: pd.DataFrame
