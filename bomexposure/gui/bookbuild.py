"""Lays an Analysis out as a LineBook."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bomexposure.gui.linebook import (
    COMPUTED,
    NUMERIC_ROLES,
    SHEET,
    TREE_ROLES,
    BookColumn,
    Bools,
    Floats,
    Ints,
    LineBook,
    rank_of,
    text_order,
    usual_decimals,
)
from bomexposure.gui.reading import role_words
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import FUNCTIONAL, PRESENCE, counting
from bomexposure.model.progress import SILENT, Progress
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.facts import form_rows
from bomexposure.present.words import tr


@dataclass(frozen=True, slots=True)
class _SheetSide:
    """What of a LineBook no decision changes."""

    lines: pd.DataFrame
    columns: tuple[BookColumn, ...]
    cells: tuple[list[str], ...]
    rows: Ints
    hay: bytes
    hay_start: Ints
    depth: Ints
    parent: Ints
    ranks: dict[str, Ints]
    decimals: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Chips:
    """The chip arrays of a LineBook."""

    start: Ints
    mineral: Ints
    presence: Ints
    partly: Bools
    form: Ints


def _sheet_side(bom: BillOfMaterials) -> _SheetSide:
    cells = tuple(bom.original.iloc[:, n].tolist() for n in range(bom.original.shape[1]))
    hay, start = _hay(cells, len(bom.lines))
    parent = bom.lines["parent_line"].to_numpy(np.int64)
    columns = _columns(bom)
    # the order of words costs most, so it is found here and not when a header is clicked
    ranks = {
        column.key: rank_of(text_order(cells[int(column.key[4:])]))
        for column in columns
        if column.key.startswith("own:") and column.role not in NUMERIC_ROLES
    }
    # looking at every figure of a large book takes the window too long
    decimals = {
        column.key: usual_decimals(cells[int(column.key[4:])], column.role)
        for column in columns
        if column.key.startswith("own:") and column.right
    }
    return _SheetSide(
        bom.lines, columns, cells, bom.lines["row"].to_numpy(np.int64), hay, start,
        _depths(parent), parent, ranks, decimals,
    )  # fmt: skip


def build(
    analysis: Analysis, progress: Progress = SILENT, kept: dict[str, object] | None = None
) -> LineBook:
    """Lay an analysis out for the table; what is the sheet's alone is kept in `kept`."""
    progress.step("Laying out the lines", 0, 0)
    bom, lines = analysis.bom, analysis.bom.lines
    count = len(lines)
    found = drawn_minerals(analysis)
    listed = found[found["critical_2025"]]
    minerals = tuple(listed["mineral"])
    chips = _chips(analysis, minerals, count)
    forms, threshold = analysis.exposures.forms, analysis.choices.acute_threshold
    progress.step("Laying out the lines", 1, 3)
    sheet = None if kept is None else kept.get("sheet side")
    if not isinstance(sheet, _SheetSide) or sheet.lines is not lines:
        sheet = _sheet_side(bom)
        if kept is not None:
            kept["sheet side"] = sheet
    recognised = analysis.contents.recognitions
    evidence = np.asarray(recognised["evidence"].cat.codes, dtype=np.int64)
    words, spends = _assemblies(analysis)
    progress.step("Laying out the lines", 2, 3)
    exposed = analysis.exposures.lines
    counted = lines["counted"].to_numpy(np.bool_)
    spend = exposed["spend"].to_numpy(np.float64)
    decided = recognised["decided"].to_numpy(np.bool_)
    return LineBook(
        count=count,
        columns=sheet.columns,
        cells=sheet.cells,
        rows=sheet.rows,
        lines=lines,
        minerals=minerals,
        symbols=tuple(
            symbol or name[:2].capitalize()
            for symbol, name in zip(listed["symbol"], listed["mineral"], strict=True)
        ),
        names=tuple(numbers.mineral_name(mineral) for mineral in minerals),
        supply=_supply(listed, threshold),
        index_words=_index_words(listed),
        forms=tuple(zip(forms["mineral"].tolist(), forms["form"].tolist(), strict=True)),
        form_supply=_supply(forms, threshold),
        form_index=_index_words(forms),
        chip_start=chips.start,
        chip_mineral=chips.mineral,
        chip_presence=chips.presence,
        chip_partly=chips.partly,
        chip_form=chips.form,
        evidence=evidence,
        index_low=exposed["index_low"].to_numpy(np.float64),
        index_high=exposed["index_high"].to_numpy(np.float64),
        spend=spend,
        mass_g=recognised["mass_g_typical"].to_numpy(np.float64),
        depth=sheet.depth,
        parent=sheet.parent,
        assembly=lines["has_children"].to_numpy(np.bool_),
        counted=counted,
        decided=decided,
        acute=np.asarray(exposed["acute"].cat.codes, dtype=np.int64),
        held={
            name: np.asarray(exposed[name].cat.codes, dtype=np.int64)
            for name in ("nir_50", "nir_100", "china_led")
        },
        recognised_as=_recognised_as(analysis),
        top_mineral=exposed["top_mineral"].tolist(),
        assembly_words=words,
        assembly_spend=spends,
        hay=sheet.hay,
        hay_start=sheet.hay_start,
        review=_review(
            evidence, counted, decided, spend, exposed["expected_pct"].to_numpy(np.float64)
        ),
        tree_column=_tree_column(sheet.columns),
        has_tree=bool(lines["has_children"].any()),
        currency=analysis.exposures.headline.currency or "",
        most_decimals=sheet.decimals,
        ranks=dict(sheet.ranks),
    )


def _columns(bom: BillOfMaterials) -> tuple[BookColumn, ...]:
    """Row, the user's own columns that hold anything, then the computed ones."""
    roles: dict[str, str] = {}
    for role, where in bom.read[0].columns.items() if bom.read else ():
        roles.setdefault(where.header, role)
    filled = {
        str(header)
        for number, header in enumerate(bom.original.columns)
        if (bom.original.iloc[:, number] != "").any()
    }
    first = _first_roles(roles, filled)
    own = []
    for number, header in enumerate(bom.original.columns):
        role = roles.get(str(header), "")
        own.append(
            BookColumn(
                f"own:{number}",
                str(header) or "(no header)",
                role,
                right=(role in NUMERIC_ROLES and role != "level")
                or (not role and _all_figures(bom.original.iloc[:, number])),
                tip=tr("Your column “{header}”, read as {role}", header=header,
                       role=tr(role_words(role)))
                if role else tr("Your column “{header}”, not used", header=header),
                shown=str(header) in filled and (len(filled) <= 5 or role in first),
            )
        )  # fmt: skip
    # two sheets have a row 9 each
    sheets = (SHEET,) if len({one.sheet for one in bom.read}) > 1 else ()
    return (BookColumn("row", "Row", right=True, tip="Row in your sheet"), *sheets, *own, *COMPUTED)


def _all_figures(cells: pd.Series[str]) -> bool:
    """Whether the first filled cells of a column without a role are amounts, such as 46.8."""
    filled = cells[cells != ""].head(200)
    return len(filled) > 0 and bool(filled.str.fullmatch(r"-?\d[\d.,']*").all())


_FIRST_VIEW = (
    ("part_number", "mpn", "item", "designator"),
    ("description",),
    ("value",),
    ("quantity",),
    ("extended_cost", "unit_cost"),
)
"""Of each group the first role that the sheet has is on show at first."""


def _first_roles(roles: dict[str, str], filled: set[str]) -> set[str]:
    there = {role for header, role in roles.items() if header in filled}
    return {next((role for role in group if role in there), "") for group in _FIRST_VIEW} - {""}


def _tree_column(columns: tuple[BookColumn, ...]) -> int:
    for role in TREE_ROLES:
        for number, column in enumerate(columns):
            if column.role == role and column.shown:
                return number
    return 1 if len(columns) > 1 else 0


def _places(names: pd.Series[str], among: tuple[str, ...]) -> Ints:
    """Place of each name of a category among others, which hold them all."""
    place = {name: at for at, name in enumerate(among)}
    of_code = np.array([place.get(str(one), -1) for one in names.cat.categories], dtype=np.int64)
    codes = np.asarray(names.cat.codes, dtype=np.int64)
    return of_code[codes] if len(codes) else codes


def _chips(analysis: Analysis, minerals: tuple[str, ...], count: int) -> _Chips:
    """Contents that count, one entry per line and mineral, in the order they are shown."""
    table = analysis.contents.contents
    code = _places(table["mineral"], minerals)
    presence = np.asarray(table["presence"].cat.codes, dtype=np.int64)
    kept = np.flatnonzero(counting(table) & (code >= 0) & (presence >= 0))
    line, code, presence = table["line"].to_numpy(np.int64)[kept], code[kept], presence[kept]
    partly = (table["relation"] == "contained_partly").to_numpy(np.bool_)[kept]
    form = form_rows(analysis)[kept]
    works = table["function"].isin(FUNCTIONAL).to_numpy(np.bool_)[kept]
    place = _order_of_forms(analysis)[2 * form + works]
    # the strongest row of each line and mineral; the table stands in the order of lines already,
    # and sorting numbers that nearly stand in order is quick
    width, most = len(minerals) + 1, 2 * len(analysis.exposures.forms) + 2
    pair = line * width + code
    order = np.argsort((pair * len(PRESENCE) - presence) * most + place, kind="stable")
    pair = pair[order]
    fresh = np.ones(len(pair), dtype=np.bool_)
    fresh[1:] = pair[1:] != pair[:-1]
    best = order[fresh]
    order = best[np.argsort((line[best] * len(PRESENCE) - presence[best]) * most + place[best])]
    start = np.zeros(count + 1, dtype=np.int64)
    start[1:] = np.cumsum(np.bincount(line[order], minlength=count)[:count])
    return _Chips(start, code[order], presence[order], partly[order], form[order])


def _order_of_forms(analysis: Analysis) -> Ints:
    """Place of each (form, does it carry the function) among the chips of a line.

    Acute ones first, then what the part is made for: a tantalum capacitor shows its tantalum before
    the tin of its ends. Then by index.
    """
    forms = analysis.exposures.forms
    at = np.arange(2 * len(forms) + 2)
    row = np.minimum(at // 2, max(len(forms) - 1, 0))
    if not len(forms):
        return at
    acute = forms["acute"].to_numpy(np.bool_)[row]
    low = forms["index_low"].fillna(-1.0).to_numpy(np.float64)[row]
    high = forms["index_high"].fillna(-1.0).to_numpy(np.float64)[row]
    return rank_of(np.lexsort((row, -high, -low, at % 2 == 0, ~acute)).astype(np.int64))


def _index_words(table: pd.DataFrame) -> tuple[str, ...]:
    low, high = table["index_low"].tolist(), table["index_high"].tolist()
    return tuple(numbers.index(*ends) for ends in zip(low, high, strict=True))


def _supply(listed: pd.DataFrame, threshold: float) -> tuple[str, ...]:
    low, high = listed["index_low"].to_numpy(), listed["index_high"].to_numpy()
    reliant = listed["nir_low"].to_numpy()
    return tuple(
        "acute" if low[at] >= threshold
        else "maybe" if high[at] >= threshold
        else "reliant" if reliant[at] >= 50
        else "plain"
        for at in range(len(listed))
    )  # fmt: skip


def _depths(parent: Ints) -> Ints:
    depth = np.zeros(len(parent), dtype=np.int64)
    above = parent.copy()
    for _round in range(64):  # deeper than any real BOM, and an end for a ring of parents
        alive = above >= 0
        if not alive.any():
            break
        depth[alive] += 1
        above[alive] = parent[above[alive]]
    return depth


def _hay(cells: tuple[list[str], ...], count: int) -> tuple[bytes, Ints]:
    texts = ["\n".join(parts).casefold() for parts in zip(*cells, strict=True)]
    parts = [text.encode("utf-8", "surrogatepass") for text in (texts or [""] * count)]
    start = np.zeros(count + 1, dtype=np.int64)
    # one byte between two lines, so that no word is found across them
    start[1:] = np.cumsum(np.fromiter((len(part) + 1 for part in parts), np.int64, count))
    return b"\0".join(parts) + b"\0", start


def _assemblies(analysis: Analysis) -> tuple[dict[int, str], dict[int, float]]:
    groups = analysis.exposures.groups
    ours = groups[groups["kind"] == "assembly"]
    place = {key: at for at, key in enumerate(analysis.bom.lines["id"].tolist())}
    words: dict[int, str] = {}
    spends: dict[int, float] = {}
    for row in ours.to_dict("records"):
        at = place.get(row["key"])
        if at is None:
            continue
        lines = numbers.count(int(row["lines"]), "line")
        held = numbers.count(int(row["minerals"]), "mineral")
        words[at] = f"{lines}, {held}"
        if numbers.known(row["spend"]):
            spends[at] = float(row["spend"])
    return words, spends


def _recognised_as(analysis: Analysis) -> tuple[str, ...]:
    subjects = analysis.reference.knowledge.subjects
    names = dict(zip(subjects["id"].tolist(), subjects["name"].tolist(), strict=True))
    recognised = analysis.contents.recognitions
    pairs = zip(
        recognised["component_class"].tolist(), recognised["materials"].tolist(), strict=True
    )
    known: dict[tuple[str, str], str] = {}
    result = []
    for pair in pairs:
        if pair not in known:
            parts = [one for one in (pair[0], *pair[1].split(";")) if one]
            known[pair] = ", ".join(names.get(one, one) for one in parts)
        result.append(known[pair])
    return tuple(result)


def _review(
    evidence: Ints, counted: Bools, decided: Bools, spend: Floats, expected: Floats
) -> Ints:
    """Undecided lines that are worth a look, ordered by how far the answer could move the headline.

    These are the parts of "Ask next", and after them lines on weak evidence whose answer moves
    nothing. Among equals doubt times spend decides; an unknown spend counts as the middle spend of
    the BOM: no price is not no risk.
    """
    doubt = np.select([evidence == 0, evidence == 1], [1.0, 0.6], 0.0)
    known = spend[np.isfinite(spend)]
    middle = float(np.median(known)) if known.size else 1.0
    weight = doubt * np.where(np.isfinite(spend), spend, middle)
    at = np.flatnonzero(counted & ~decided & ((doubt > 0) | ~np.isnan(expected)))
    moves = np.nan_to_num(expected[at], nan=-1.0)
    return at[np.lexsort((at, -weight[at], -moves))].astype(np.int64)
