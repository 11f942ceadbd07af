"""What parts and materials are made of: declared tables behind recognition and composition."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from bomexposure.model.content import FUNCTIONS, PRESENCE, RELATIONS
from bomexposure.model.tables import Column, Table

COMPOSITIONS = Table(
    "COMPOSITIONS",
    "One row per subject (material or component class), element and relation.",
    (
        Column("subject", "str", "id of the material or component class"),
        Column("element", "str", "chemical symbol"),
        Column("mineral", "str", "mineral id"),
        Column("relation", "category", "see RELATIONS", values=RELATIONS),
        Column("presence", "category", "see PRESENCE; NA for other_form", values=PRESENCE),
        Column("function", "category", "see FUNCTIONS; NA for other_form", values=FUNCTIONS),
        Column("form", "str", "traded form"),
        Column("wt_pct_low", "float64", "content", "percent of mass"),
        Column("wt_pct_typical", "float64", "content", "percent of mass"),
        Column("wt_pct_high", "float64", "content", "percent of mass"),
        Column("source", "str", "figure id"),
    ),
)

SUBJECTS = Table(
    "SUBJECTS",
    "Materials and component classes.",
    (
        Column("id", "str", "such as 'AL_7075' or 'CAP_TANT_MNO2'"),
        Column("kind", "category", "material or class", values=("material", "class")),
        Column("name", "str", "for people"),
        Column("family", "str", "family of the material or parent category of the class"),
        Column("density_g_cm3", "float64", "NaN where none", "g/cm3"),
        Column("mass_g_low", "float64", "mass of one piece of the class; NaN unknown", "g"),
        Column("mass_g_typical", "float64", "as above", "g"),
        Column("mass_g_high", "float64", "as above", "g"),
        Column("reach", "str", "what policy reach word such a part answers to: 'raw', 'compound', "
                               "'alloy', 'magnet', 'cell' or 'part'"),
        Column("source", "str", "figure id of the mass or density"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All shipped (and the user's own) knowledge about materials and component classes.

    Attributes:
        compositions: a COMPOSITIONS table, sorted by subject.
        subjects: a SUBJECTS table.
        tables: the recogniser's own tables (words, series, collisions, sizes, ...), by file stem;
            their columns are documented in resources/knowledge/README.md.
        figures: a FIGURES table of everything cited above.
    """

    compositions: pd.DataFrame
    subjects: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    figures: pd.DataFrame
    cache: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """Compiled matchers, built once per process."""
