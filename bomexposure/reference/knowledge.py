"""Reads resources/knowledge: what materials and component classes are made of, and their words.

All files of one kind (`words.csv`, `words_classes.csv`, ...) are read as one table. The columns
are described for people in resources/knowledge/README.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from bomexposure.model.errors import ReferenceDataError
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.resources import resource
from bomexposure.model.sources import FIGURES
from bomexposure.reference.option_figures import option_figures

SET = "knowledge"
TITLE = "What materials and parts are made of"
PUBLISHER = "bomexposure"
DECLARATION = "knowledge/declaration"
"""Figure that stands for what the supplier declared or the user decided on a line."""
SPELLING = "knowledge/spelling"
"""Figure that stands for alloy names which spell their composition, such as 42CrMo4."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "materials": (
        "id", "name", "family", "designations", "density_g_cm3", "reach", "like", "composition",
        "kind", "source",
    ),
    "classes": (
        "id", "name", "category", "body", "reach", "mass_per", "mass_g_low", "mass_g_typical",
        "mass_g_high", "like", "composition", "kind", "source",
    ),
    "compositions": (
        "subject", "element", "mineral", "relation", "presence", "function", "form", "low",
        "typical", "high", "kind", "source",
    ),
    "words": ("word", "lang", "role", "subject", "columns", "note"),
    "series": ("prefix", "subject", "maker", "strength", "note"),
    "elements": ("element", "mineral"),
    "forms": ("family", "element", "form", "function"),
    "collisions": ("token", "subject", "other_meaning", "context", "default", "condition"),
    "sizes": ("class", "size", "mass_g_low", "mass_g_typical", "mass_g_high", "kind", "source"),
    "deposits": (
        "subject", "element", "mineral", "function", "form", "presence", "mg_cm2_low",
        "mg_cm2_typical", "mg_cm2_high", "kind", "source",
    ),
    "designators": ("prefix", "category", "class", "note"),
    "packages": ("word", "class_u", "class_q", "class_d", "note"),
}  # fmt: skip
"""Columns of each kind of table, in the order of the files."""

BASE_OF_FAMILY = {
    "aluminium alloy": "Al", "carbon & alloy steel": "Fe", "cast iron": "Fe", "tool steel": "Fe",
    "stainless steel": "Fe", "titanium alloy": "Ti", "copper alloy": "Cu", "magnesium alloy": "Mg",
    "zinc alloy": "Zn",
}  # fmt: skip
_SHORT = re.compile(
    r"^(?P<element>[A-Z][a-z]?)\s+(?P<low>[\d.eE+-]+)/(?P<typical>[\d.eE+-]+)/(?P<high>[\d.eE+-]+)"
    r"(?P<marks>(?:\s+[a-z_]+)*)$"
)
_PRESENCES = {"certain", "likely", "possible"}
_FUNCTIONS = {"primary", "dopant", "alloying", "plating", "joining", "residual"}
_RELATIONS = {"contained", "contained_partly", "other_form", "process_input", "not_listed"}
UNLISTED = frozenset(
    (
        "Fe",
        "Mo",
        "Au",
        "Cd",
        "Sr",
        "Se",
        "Hg",
        "Tl",
        "Br",
        "I",
        "He",
        "Ne",
        "Kr",
        "Xe",
        "H",
        "N",
        "O",
    )
) | frozenset(("S", "Cl", "Na", "Ca", "Th"))
"""Elements whose commodity is not on the 2025 list (carbon is decided row by row)."""


def load_knowledge() -> Knowledge:
    """The shipped knowledge about materials and component classes.

    Raises ReferenceDataError when a table is missing or cannot be read.
    """
    return knowledge_from(resource("knowledge"))


def knowledge_from(folder: Path) -> Knowledge:
    """As `load_knowledge`, out of any folder that has the same files."""
    tables = with_substitutes(folder, {kind: read_kind(folder, kind) for kind in COLUMNS})
    rows = composition_rows(tables)
    compositions = _compositions(rows)
    figures = pd.concat(
        [
            _content_figures(rows),
            _mass_figures(tables),
            _deposit_figures(tables),
            _declaration_figure(),
            option_figures(folder / "substitution"),
        ]
    )
    return Knowledge(compositions, _subjects(tables), tables, FIGURES.conform(figures))


def with_substitutes(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with the materials and classes that substitution/targets.csv alone holds.

    Its rows replace those of `like` for the same element; all else of `like` is taken over.
    """
    file = folder / "substitution" / "targets.csv"
    if not file.is_file():
        return tables
    given = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    known = set(tables["materials"]["id"]) | set(tables["classes"]["id"])
    given = given[~given["subject"].isin(known)]
    first = given.drop_duplicates("subject")
    named = first.rename(columns={"subject": "id", "source_kind": "kind", "kind": "sort"})
    named = named.assign(composition="", like="", designations="", family="", category="")
    classes = named[named["sort"] == "class"].assign(
        body="composite", mass_per="piece", mass_g_low="", mass_g_typical="", mass_g_high=""
    )
    made = dict(tables)
    for kind, rows in (("materials", named[named["sort"] == "material"]), ("classes", classes)):
        made[kind] = pd.concat([tables[kind], rows[list(COLUMNS[kind])]], ignore_index=True)
    rows = given[given["element"] != ""].rename(columns={"kind": "sort", "source_kind": "kind"})[
        list(COLUMNS["compositions"])
    ]
    every = composition_rows(tables)
    taken = []
    for subject, like in zip(first["subject"], first["like"], strict=True):
        if like:
            own = given.loc[given["subject"] == subject, "element"]
            base = every[(every["subject"] == like) & ~every["element"].isin(own)]
            taken.append(base.assign(subject=subject))
    made["compositions"] = pd.concat(
        [tables["compositions"], rows, *(one.astype(str) for one in taken)], ignore_index=True
    )
    return made


def read_kind(folder: Path, kind: str) -> pd.DataFrame:
    """All files of one kind as one table of texts, in the order of their names."""
    files = sorted([*folder.glob(f"{kind}.csv"), *folder.glob(f"{kind}_*.csv")])
    if not files:
        raise ReferenceDataError(
            f"The knowledge table {kind}.csv is missing.", "Install the program again."
        )
    read = []
    for file in files:
        try:
            frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
        except (OSError, ValueError) as fault:
            raise ReferenceDataError(
                f"{file.name} cannot be read: {fault}.", "Repair the file or install again."
            ) from fault
        missing = [name for name in COLUMNS[kind] if name not in frame.columns]
        if missing:
            raise ReferenceDataError(
                f"{file.name} lacks the column {missing[0]}.", "See the README beside it."
            )
        read.append(frame[list(COLUMNS[kind])])
    return pd.concat(read, ignore_index=True)


def composition_rows(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per subject, element and relation: written out, in short, or like another's.

    Columns are those of compositions.csv; numbers are floats. Rows are sorted by subject, in the
    order of the file within it.
    """
    long = tables["compositions"].copy()
    for name in ("low", "typical", "high"):
        long[name] = pd.to_numeric(long[name])
    own = set(long["subject"])
    short: list[dict[str, object]] = []
    likes: dict[str, str] = {}
    families = _families(tables)
    rules = guide(tables)
    for kind in ("materials", "classes"):
        table = tables[kind]
        given = table[(table["composition"] != "") | (table["like"] != "")]
        for row in given.to_dict("records"):
            subject = str(row["id"])
            if subject in own:
                continue
            if row["like"]:
                likes[subject] = str(row["like"])
                continue
            short += expand(
                subject, str(row["composition"]), families.get(subject, ""), rules,
                str(row["kind"]), str(row["source"]),
            )  # fmt: skip
    made = pd.concat([long, pd.DataFrame(short, columns=long.columns)], ignore_index=True)
    copies = []
    for subject, other in likes.items():
        source = made[made["subject"] == likes.get(other, other)]
        copies.append(source.assign(subject=subject))
    made = pd.concat([made, *copies], ignore_index=True)
    return made.sort_values("subject", kind="stable", ignore_index=True)


Guide = tuple[dict[str, str], dict[tuple[str, str], tuple[str, str]]]


def guide(tables: dict[str, pd.DataFrame]) -> Guide:
    """Mineral of each element, and (form, function) by (family, element)."""
    minerals = dict(zip(tables["elements"]["element"], tables["elements"]["mineral"], strict=True))
    forms: dict[tuple[str, str], tuple[str, str]] = {}
    for row in tables["forms"].itertuples(index=False):
        forms.setdefault((str(row.family), str(row.element)), (str(row.form), str(row.function)))
    return minerals, forms


def _families(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Family of every material and category of every class: both choose traded forms."""
    materials, classes = tables["materials"], tables["classes"]
    made = dict(zip(classes["id"], classes["category"], strict=True))
    made.update(zip(materials["id"], materials["family"], strict=True))
    return made


def expand(
    subject: str, text: str, family: str, rules: Guide, kind: str, source: str
) -> list[dict[str, object]]:
    """Rows of a composition in short: `Cr 16/17/18; Ni 10/11/13; Mo 0/0.3/0.6 possible`.

    Raises ReferenceDataError for a part that does not read so.
    """
    minerals, forms = rules
    rows: list[dict[str, object]] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        found = _SHORT.match(part)
        if not found or found["element"] not in minerals:
            raise ReferenceDataError(
                f"The composition of {subject} has a part that cannot be read: {part}.",
                "Write it like: Cr 16/17/18.",
            )
        element = found["element"]
        low, typical, high = (float(found[name]) for name in ("low", "typical", "high"))
        marks = set(found["marks"].split())
        relation = next(iter(sorted(marks & _RELATIONS)), "")
        if not relation:
            relation = "not_listed" if element in UNLISTED else "contained"
        presence = next(iter(sorted(marks & _PRESENCES)), "")
        if not presence:
            presence = "certain" if low > 0 else "likely" if typical >= 0.1 else "possible"
        form, function = forms.get((family, element), forms.get(("", element), ("metal", "")))
        function = next(iter(sorted(marks & _FUNCTIONS)), "") or function
        if not function:
            base = BASE_OF_FAMILY.get(family) == element or typical >= 40
            function = "primary" if base else "alloying" if low > 0 or high >= 0.5 else "residual"
        counted = relation not in ("other_form",)
        rows.append(
            {
                "subject": subject, "element": element, "mineral": minerals[element],
                "relation": relation, "presence": presence if counted else "",
                "function": function if counted else "", "form": form, "low": low,
                "typical": typical, "high": high, "kind": kind, "source": source,
            }
        )  # fmt: skip
    return rows


def figure_id(rows: pd.DataFrame) -> pd.Series[str]:
    """Figure ids of composition rows: knowledge/<subject>/<element>, with the relation if split."""
    plain = "knowledge/" + rows["subject"] + "/" + rows["element"]
    again = plain.duplicated(keep=False) & (rows["relation"] != "contained")
    return plain.where(~again, plain + "/" + rows["relation"])


def _compositions(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["mineral"] != ""]
    blank = {"": None}
    made = COMPOSITIONS.conform(
        pd.DataFrame(
            {
                "subject": known["subject"],
                "element": known["element"],
                "mineral": known["mineral"],
                "relation": known["relation"],
                "presence": known["presence"].astype(object).replace(blank),
                "function": known["function"].astype(object).replace(blank),
                "form": known["form"],
                "wt_pct_low": known["low"],
                "wt_pct_typical": known["typical"],
                "wt_pct_high": known["high"],
                "source": figure_id(known),
            }
        )
    )
    return made.drop_duplicates(["subject", "element", "mineral", "relation"], ignore_index=True)


def _subjects(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    materials, classes = tables["materials"], tables["classes"]
    first = pd.DataFrame(
        {
            "id": materials["id"],
            "kind": "material",
            "name": materials["name"],
            "family": materials["family"],
            "density_g_cm3": pd.to_numeric(materials["density_g_cm3"]),
            "reach": materials["reach"],
            "source": "knowledge/" + materials["id"] + "/density",
        }
    )
    second = pd.DataFrame(
        {
            "id": classes["id"],
            "kind": "class",
            "name": classes["name"],
            "family": classes["category"],
            "density_g_cm3": np.nan,
            "mass_g_low": pd.to_numeric(classes["mass_g_low"]),
            "mass_g_typical": pd.to_numeric(classes["mass_g_typical"]),
            "mass_g_high": pd.to_numeric(classes["mass_g_high"]),
            "reach": classes["reach"],
            "source": "knowledge/" + classes["id"] + "/mass",
        }
    )
    return SUBJECTS.conform(pd.concat([first, second], ignore_index=True))


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": frame["id"],
            "set": SET,
            "title": TITLE,
            "publisher": PUBLISHER,
            "locator": frame["locator"],
            "year": "",
            "printed": frame["printed"],
            "url": "",
            "kind": frame["kind"],
        }
    )


def _printed(low: pd.Series[float], typical: pd.Series[float], high: pd.Series[float]) -> list[str]:
    return [
        f"{a:.4g} to {c:.4g}, typical {b:.4g}" for a, b, c in zip(low, typical, high, strict=True)
    ]


def _content_figures(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["mineral"] != ""]
    texts = _printed(known["low"], known["typical"], known["high"])
    frame = pd.DataFrame(
        {
            "id": figure_id(known).to_numpy(),
            "locator": known["source"].to_numpy(),
            "printed": [
                f"{element} {text} % of mass"
                for element, text in zip(known["element"], texts, strict=True)
            ],
            "kind": known["kind"].to_numpy(),
        }
    )
    return _figures(frame.drop_duplicates("id", ignore_index=True))


def _mass_figures(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    classes, materials = tables["classes"], tables["materials"]
    numbers = [
        pd.to_numeric(classes[name]) for name in ("mass_g_low", "mass_g_typical", "mass_g_high")
    ]
    mass = pd.DataFrame(
        {
            "id": "knowledge/" + classes["id"] + "/mass",
            "locator": classes["source"],
            "printed": [
                f"{text} g per {per}"
                for text, per in zip(_printed(*numbers), classes["mass_per"], strict=True)
            ],
            "kind": classes["kind"],
        }
    )
    dense = materials[materials["density_g_cm3"] != ""]
    density = pd.DataFrame(
        {
            "id": "knowledge/" + dense["id"] + "/density",
            "locator": "usual density of the material",
            "printed": dense["density_g_cm3"] + " g/cm3",
            "kind": "handbook",
        }
    )
    return _figures(pd.concat([mass, density], ignore_index=True))


def _declaration_figure() -> pd.DataFrame:
    return _figures(
        pd.DataFrame(
            {
                "id": [DECLARATION, SPELLING],
                "locator": [
                    "declaration in the bill of materials, or the user's decision",
                    "the short name states the content: EN 10027-1, EN 1412, EN 573-2, GB/T 221, "
                    "GOST 4543, GOST 5632",
                ],
                "printed": ["", ""],
                "kind": ["derived", "handbook"],
            }
        )
    )


def deposit_id(rows: pd.DataFrame) -> pd.Series[str]:
    """Figure ids of rows of deposits.csv."""
    return "knowledge/" + rows["subject"] + "/" + rows["element"] + "/deposit"


def _deposit_figures(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rows = tables["deposits"]
    numbers = [
        pd.to_numeric(rows[name]) for name in ("mg_cm2_low", "mg_cm2_typical", "mg_cm2_high")
    ]
    frame = pd.DataFrame(
        {
            "id": deposit_id(rows),
            "locator": rows["source"],
            "printed": [
                f"{element} {text} mg/cm2"
                for element, text in zip(rows["element"], _printed(*numbers), strict=True)
            ],
            "kind": rows["kind"],
        }
    )
    return _figures(frame)
