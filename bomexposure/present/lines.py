"""Lines of a BOM as a table, and one line in full: why, what it holds, and from which source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, PRESENCE
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.glossary import (
    EVIDENCE_WORDS,
    FUNCTION_WORDS,
    MASS_BASIS_WORDS,
    RELATION_WORDS,
    defined,
)
from bomexposure.present.line_names import line_name
from bomexposure.present.specs import ColumnSpec, Detail, Fact, TableSpec
from bomexposure.present.words import tr

ACUTE_WORDS = {"certain": "yes", "likely": "likely", "no": "no"}


def lines_table(analysis: Analysis) -> TableSpec:
    """One row per line, in the order of the sheet; `line` (row position in LINES) is the key."""
    lines, taken = analysis.bom.lines, analysis.contents.recognitions
    found = analysis.exposures.lines
    currency = analysis.exposures.headline.currency or ""
    minerals, presences = chips(analysis)
    rows = lines[
        ["id", "sheet", "row", "part_number", "mpn", "description", "supplier", "origin",
         "quantity_total", "quantity_unit", "counted", "not_counted_why", "level"]
    ].assign(
        line=np.arange(len(lines)),
        class_name=taken_for(analysis),
        evidence=taken["evidence"].astype("str").map(EVIDENCE_WORDS).astype("str"),
        minerals=minerals,
        presences=presences,
        acute_word=found["acute"].astype("str").map(ACUTE_WORDS).astype("str"),
        minor_word=found["acute_minor"].astype("str").map(ACUTE_WORDS).astype("str"),
        index_low=found["index_low"],
        index_high=found["index_high"],
        top_mineral=found["top_mineral"],
        spend=found["spend"],
        mass_g_low=taken["mass_g_low"],
        mass_g_high=taken["mass_g_high"],
    )  # fmt: skip
    columns = (
        ColumnSpec("row", "Row", "", "integer", width=6, tooltip="Row number in the workbook."),
        ColumnSpec("part_number", "Part number", width=16),
        ColumnSpec("description", "Description", width=34),
        ColumnSpec("class_name", "Taken for", width=22),
        ColumnSpec("minerals", "Minerals", "", "chips", width=24, tooltip=defined("presence")),
        ColumnSpec("evidence", "Evidence", "", "evidence", width=12, tooltip=defined("evidence")),
        ColumnSpec("acute_word", "Acute", width=8, tooltip=defined("acute")),
        ColumnSpec("minor_word", "Acute, lesser role", width=8, tooltip=defined("acute-minor"),
                   shown=False),
        ColumnSpec("index_low", "Index", "0–100", "index", "index_high", "", "", 8,
                   defined("index")),
        ColumnSpec("spend", "Spend", currency, "money", "", "", "", 12, defined("spend")),
        ColumnSpec("quantity_total", "Quantity", "", "number", width=10),
        ColumnSpec("quantity_unit", "Unit", width=6),
        ColumnSpec("mass_g_low", "Mass", "", "mass", "mass_g_high", width=14, shown=False),
        ColumnSpec("supplier", "Supplier", width=18, shown=False),
        ColumnSpec("origin", "Origin", width=12, shown=False),
        ColumnSpec("not_counted_why", "Not counted because", width=20, shown=False),
    )  # fmt: skip
    return TableSpec(
        "lines",
        "Lines",
        columns,
        rows.reset_index(drop=True),
        "line",
        "Lines that are not counted say why; lines that are not recognised count as unknown.",
    )


def taken_for(analysis: Analysis) -> pd.Series[Any]:
    """Per line the name of its class, else of its materials, else 'not recognised'."""
    taken = analysis.contents.recognitions
    named = subject_names(analysis, taken["component_class"])
    first = {one: one.partition(";")[0] for one in taken["materials"].unique().tolist()}
    material = subject_names(analysis, taken["materials"].map(first).astype("str"))
    named = named.where(named != "", material)
    return named.where(named != "", "not recognised").astype("str")


def held_minerals(analysis: Analysis) -> pd.DataFrame:
    """CONTENTS rows that count, with the index of their mineral, in chip order within a line."""
    held = analysis.contents.contents
    held = held[held["relation"].isin(COUNTING_RELATIONS)]
    index = drawn_minerals(analysis).set_index("mineral")["index_high"]
    # by the codes of the names: sorting words takes as long as all the rest
    names = held["mineral"].cat.categories.astype("str")
    worst, code = index.reindex(names).fillna(-1.0).to_numpy(), held["mineral"].cat.codes.to_numpy()
    order = np.lexsort(
        (
            np.argsort(np.argsort(names.to_numpy()))[code],
            -worst[code],
            -held["presence"].cat.codes.to_numpy(),
            held["line"].to_numpy(),
        )
    )
    return held.iloc[order].reset_index(drop=True)


def chips(analysis: Analysis) -> tuple[list[str], list[str]]:
    """Per line the ids of its minerals joined by ';', and beside it their presence words alike."""
    count = len(analysis.bom.lines)
    held = held_minerals(analysis).drop_duplicates(["line", "mineral"])
    cuts = np.searchsorted(held["line"].to_numpy(), np.arange(count + 1))
    names = held["mineral"].astype("str").tolist()
    words = held["presence"].astype("str").tolist()
    spans = list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
    return (
        [";".join(names[first:last]) for first, last in spans],
        [";".join(words[first:last]) for first, last in spans],
    )


def subject_names(analysis: Analysis, ids: pd.Series[Any]) -> pd.Series[Any]:
    """Names for people of component classes or materials; an id without a name stays."""
    subjects = analysis.reference.knowledge.subjects
    names = dict(zip(subjects["id"].tolist(), subjects["name"].tolist(), strict=True))
    known = {one: names.get(one) or one for one in ids.unique().tolist()}
    return ids.map(known).astype("str")


def lines_that_matter(analysis: Analysis, count: int) -> pd.DataFrame:
    """Row positions of the `count` counted lines that carry most, as column `line`.

    Acute lines first (certain, then likely), then acute in a lesser role, then by spend and index:
    the order of the PDF.
    """
    found = analysis.exposures.lines
    counted = analysis.bom.lines["counted"].to_numpy()
    keep = counted & (found["listed"].astype("str") != "no").to_numpy()
    spend = found["spend"].fillna(0.0).to_numpy()
    order = np.lexsort(
        (
            np.arange(len(found)),
            -found["index_high"].fillna(-1.0).to_numpy(),
            -spend,
            -found["acute_minor"].cat.codes.to_numpy(),
            -found["acute"].cat.codes.to_numpy(),
        )
    )
    chosen = order[keep[order]][:count]
    return pd.DataFrame({"line": chosen})


def line_detail(analysis: Analysis, line: int) -> Detail:
    """Everything about one line; `line` is its row position in LINES."""
    row = analysis.bom.lines.iloc[line]
    taken = analysis.contents.recognitions.iloc[line]
    found = analysis.exposures.lines.iloc[line]
    currency = analysis.exposures.headline.currency
    class_id = str(taken["component_class"])
    materials = [one for one in str(taken["materials"]).split(";") if one]
    named = subject_names(analysis, pd.Series([class_id, *materials], dtype="str")).tolist()
    held = analysis.contents.contents
    own = held[held["line"] == line]
    counts = own["relation"].isin(COUNTING_RELATIONS)
    facts = (
        Fact(
            "Row",
            f"{row['row']}" + (tr(" of sheet {sheet}", sheet=row["sheet"]) if row["sheet"] else ""),
        ),
        Fact("Taken for", named[0] or "not recognised"),
        *((Fact("Materials", ", ".join(named[1:])),) if materials else ()),
        Fact("Evidence", EVIDENCE_WORDS[str(taken["evidence"])]),
        Fact("Counted", "yes" if row["counted"] else f"no: {row['not_counted_why']}"),
        Fact("Quantity in one product", _quantity(row)),
        Fact("Spend", numbers.money(found["spend"], currency)),
        Fact(
            "Mass",
            numbers.mass_low_typical_high(
                taken["mass_g_low"], taken["mass_g_typical"], taken["mass_g_high"]
            )
            + f" ({MASS_BASIS_WORDS.get(str(taken['mass_basis']), 'unknown')})",
            (),
            taken["mass_g_low"],
            taken["mass_g_typical"],
            taken["mass_g_high"],
            "g",
        ),
        Fact("Acute", ACUTE_WORDS[str(found["acute"])]),
    )
    whys = analysis.contents.whys
    reasons = tuple(
        Fact(str(column), str(text))
        for column, text in zip(
            whys.loc[whys["line"] == line, "column"],
            whys.loc[whys["line"] == line, "text"],
            strict=True,
        )
    )
    sections = [("Why", reasons), ("Holds", _holds(own[counts]))]
    if (~counts).any():
        sections.append(("Beside it, not counted", _holds(own[~counts])))
    title = line_name(row)
    return Detail(str(row["id"]), title, str(row["part_number"]), facts, tuple(sections))


def _holds(rows: pd.DataFrame) -> tuple[Fact, ...]:
    """One fact per mineral: presence, role, form and mass, with the figure ids of its row."""
    order = rows.sort_values(["presence", "mineral"], ascending=[False, True], kind="stable")
    facts = []
    for _, row in order.iterrows():
        parts = [str(row["presence"])] if row["presence"] in PRESENCE else []
        if row["function"] in FUNCTION_WORDS:
            parts.append(FUNCTION_WORDS[row["function"]])
        if row["relation"] != "contained":
            parts.append(RELATION_WORDS[row["relation"]])
        if isinstance(row["form"], str) and row["form"]:
            parts.append(tr("as {form}", form=row["form"]))
        grams = [row[f"mass_mg_{end}"] / 1000 for end in ("low", "typical", "high")]
        words = numbers.mass_low_typical_high(*grams)
        parts.append("mass unknown" if words == numbers.UNKNOWN else words)
        source = row["source"] if isinstance(row["source"], str) else ""
        ids = tuple(one for one in source.split(";") if one)
        low, typical, high = grams
        name = numbers.mineral_name(str(row["mineral"]))
        facts.append(Fact(name, ", ".join(parts), ids, low, typical, high, "g"))
    return tuple(facts)


def _quantity(row: pd.Series[Any]) -> str:
    if not numbers.known(float(row["quantity_total"])):
        return numbers.UNKNOWN
    unit = row["quantity_unit"] or row["unit"]
    return f"{numbers.figure(float(row['quantity_total']))} {unit}".strip()
