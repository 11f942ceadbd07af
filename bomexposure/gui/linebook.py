"""An Analysis laid out for the Lines table: arrays that answer any cell at once.

Built once per analysis, off the GUI thread; holds no Qt object and no Python object per cell, so
that a hundred thousand lines open, sort and filter without a wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.content import COUNTING_RELATIONS, EVIDENCE, PRESENCE
from bomexposure.model.progress import SILENT, Progress
from bomexposure.present import numbers

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NUMERIC_ROLES = {
    "quantity": "quantity",
    "base_quantity": "base_quantity",
    "scrap_pct": "scrap_pct",
    "unit_cost": "unit_cost",
    "price_per": "price_per",
    "extended_cost": "extended_cost",
    "mass": "mass_g",
    "lead_time": "lead_time_days",
    "stock": "stock_quantity",
    "level": "level",
}
"""Role -> LINES column that holds its figure, so that the column sorts as figures."""

TREE_ROLES = ("part_number", "mpn", "item", "description")
"""The first of these that the sheet has carries the fold marks and the indent."""


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One column of the Lines table.

    Attributes:
        key: 'own:<n>' for a column of the sheet, else the name of a computed one.
        heading: the user's own header, or ours.
        role: role of the sheet's column, '' where it has none.
        right: figures, right-aligned.
        tip: what the column says, for the header.
        shown: whether it is on at first.
    """

    key: str
    heading: str
    role: str = ""
    right: bool = False
    tip: str = ""
    shown: bool = True


COMPUTED = (
    BookColumn(
        "minerals", "Critical minerals", tip="Minerals of the 2025 U.S. list in this line. "
        "Filled: certain (95 % of such parts). Outlined: likely. Dashed: possible.",
    ),
    BookColumn(
        "evidence", "Evidence", tip="How we know: declared by a supplier or material column, "
        "designated by a grade or series in the line, inferred from its class, or assumed.",
    ),
    BookColumn(
        "index", "Highest index", right=True, tip="Largest Import-China index (net import "
        "reliance × China's share, 0 to 100) over the minerals that the line certainly holds.",
    ),
    BookColumn("class", "Recognised as", tip="Component class or material", shown=False),
    BookColumn("spend", "Spend", right=True, tip="Cost of the line in one product", shown=False),
    BookColumn("mass", "Mass", right=True, tip="Mass of the line in one product", shown=False),
    BookColumn("counted", "Counted", tip="Whether the line counts, and why not", shown=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineBook:
    """See the module; every array has one entry per line, in BOM order.

    Attributes:
        chip_start: offsets into the chip arrays, length lines + 1.
        chip_mineral: codes into `minerals`; chip_presence: codes into PRESENCE.
        depth: 0 for a line without parent; parent: -1 where none.
        haystack: casefolded text of all the user's cells, for searching.
    """

    count: int
    columns: tuple[BookColumn, ...]
    cells: tuple[list[str], ...]
    """The user's own columns, as lists of words."""
    rows: list[int]
    """Row numbers as a person sees them in Excel."""
    lines: pd.DataFrame
    minerals: tuple[str, ...]
    symbols: tuple[str, ...]
    names: tuple[str, ...]
    supply: tuple[str, ...]
    index_words: tuple[str, ...]
    chip_start: Ints
    chip_mineral: Ints
    chip_presence: Ints
    chip_partly: Bools
    evidence: Ints
    index_low: Floats
    index_high: Floats
    spend: Floats
    mass_g: Floats
    depth: Ints
    parent: Ints
    assembly: Bools
    counted: Bools
    decided: Bools
    acute: Ints
    """0 no, 1 likely, 2 certain."""
    held: dict[str, Ints]
    """The same for 'nir_50', 'nir_100' and 'china_led'."""
    recognised_as: tuple[str, ...]
    top_mineral: list[str]
    assembly_words: dict[int, str]
    assembly_spend: dict[int, float]
    haystack: list[str]
    review: Ints
    """Lines worth a look, those first whose answer could move the headline most."""
    tree_column: int
    currency: str
    ranks: dict[str, Ints] = field(default_factory=dict, compare=False, repr=False)

    # --- cells ------------------------------------------------------------------------------

    def text(self, line: int, column: int) -> str:
        """The words of one cell."""
        what = self.columns[column]
        if what.key.startswith("own:"):
            return self.cells[int(what.key[4:])][line]
        match what.key:
            case "row":
                return str(self.rows[line])
            case "minerals":
                return self._mineral_words(line)
            case "evidence":
                return "" if self.assembly[line] else EVIDENCE[self.evidence[line]].capitalize()
            case "index":
                return self._index_words(line)
            case "class":
                return self.recognised_as[line]
            case "spend":
                if line in self.assembly_spend:
                    return numbers.money_figure(self.assembly_spend[line])
                value = float(self.spend[line])
                return numbers.money_figure(value) if numbers.known(value) else ""
            case "mass":
                return "" if self.assembly[line] else numbers.mass(float(self.mass_g[line]))
            case "counted":
                return "yes" if self.counted[line] else str(self.lines["not_counted_why"].iat[line])
        return ""

    def chips(self, line: int) -> list[tuple[int, int, bool]]:
        """Minerals of a line, strongest first: (mineral code, presence code, partly)."""
        start, end = self.chip_start[line], self.chip_start[line + 1]
        return [
            (int(self.chip_mineral[at]), int(self.chip_presence[at]), bool(self.chip_partly[at]))
            for at in range(start, end)
        ]

    def _mineral_words(self, line: int) -> str:
        if line in self.assembly_words:
            return self.assembly_words[line]
        chips = self.chips(line)
        if chips:
            return ", ".join(
                f"{self.names[code]} {PRESENCE[presence]}" for code, presence, _partly in chips
            )
        if not self.counted[line]:
            return str(self.lines["not_counted_why"].iat[line]) or "not counted"
        return "none known" if self.evidence[line] else "not recognised"

    def _index_words(self, line: int) -> str:
        if self.assembly[line] or not self.counted[line]:
            return ""
        low, high = float(self.index_low[line]), float(self.index_high[line])
        if not numbers.known(low) and not numbers.known(high):
            return "none" if self.evidence[line] else numbers.UNKNOWN
        return numbers.index(low, high)

    # --- order ------------------------------------------------------------------------------

    def rank(self, column: int) -> Ints:
        """Place of every line when sorted by a column, unknown last; kept for the next time."""
        what = self.columns[column]
        if what.key not in self.ranks:
            order = self._order(what)
            rank = np.empty(self.count, dtype=np.int64)
            rank[order] = np.arange(self.count)
            self.ranks[what.key] = rank
        return self.ranks[what.key]

    def _order(self, what: BookColumn) -> Ints:
        figures: Floats | None = None
        match what.key:
            case "row":
                figures = np.arange(self.count, dtype=np.float64)
            case "minerals":
                figures = np.diff(self.chip_start).astype(np.float64)
            case "evidence":
                figures = self.evidence.astype(np.float64)
            case "index":
                low = np.where(np.isnan(self.index_low), -1.0, self.index_low)
                high = np.where(np.isnan(self.index_high), -1.0, self.index_high)
                return np.lexsort((high, low)).astype(np.int64)
            case "spend":
                figures = self.spend
            case "mass":
                figures = self.mass_g
            case "counted":
                figures = self.counted.astype(np.float64)
            case "class":
                return _text_order(self.recognised_as)
            case _ if what.role in NUMERIC_ROLES:
                figures = self.lines[NUMERIC_ROLES[what.role]].to_numpy(
                    dtype=np.float64, na_value=np.nan
                )
        if figures is None:
            return _text_order(self.cells[int(what.key[4:])])
        return np.argsort(figures, kind="stable").astype(np.int64)

    # --- masks ------------------------------------------------------------------------------

    def holding(self, mineral: str, least: int = 0) -> Bools:
        """Lines that hold a mineral with at least the presence code `least`."""
        mask = np.zeros(self.count, dtype=np.bool_)
        if mineral in self.minerals:
            code = self.minerals.index(mineral)
            hits = (self.chip_mineral == code) & (self.chip_presence >= least)
            owners = np.repeat(np.arange(self.count), np.diff(self.chip_start))
            mask[owners[hits]] = True
        return mask

    def below(self, line: int) -> Bools:
        """The lines of an assembly, all levels below it, without itself."""
        mask = np.zeros(self.count, dtype=np.bool_)
        mask[line] = True
        for level in range(int(self.depth[line]) + 1, int(self.depth.max(initial=0)) + 1):
            here = np.flatnonzero(self.depth == level)
            mask[here] |= mask[self.parent[here]]
        mask[line] = False
        return mask

    def with_parents(self, mask: Bools) -> Bools:
        """The mask and every assembly above its lines."""
        full = mask.copy()
        for level in range(int(self.depth.max(initial=0)), 0, -1):
            here = np.flatnonzero((self.depth == level) & full)
            full[self.parent[here]] = True
        return full

    def unfolded(self, folded: set[int]) -> Bools:
        """Lines that no folded assembly hides."""
        shown = np.ones(self.count, dtype=np.bool_)
        if not folded:
            return shown
        closed = np.zeros(self.count, dtype=np.bool_)
        closed[list(folded)] = True
        for level in range(1, int(self.depth.max(initial=0)) + 1):
            here = np.flatnonzero(self.depth == level)
            above = self.parent[here]
            shown[here] = shown[above] & ~closed[above]
        return shown


def _text_order(texts: Sequence[str]) -> Ints:
    # numpy sorts fixed-width text without the interpreter lock, so the window stays alive
    cut = np.array([text.casefold()[:48] for text in texts], dtype="U48")
    return np.argsort(cut, kind="stable").astype(np.int64)


def build(analysis: Analysis, progress: Progress = SILENT) -> LineBook:
    """Lay an analysis out for the table."""
    progress.step("Laying out the lines", 0, 0)
    bom, lines = analysis.bom, analysis.bom.lines
    count = len(lines)
    found = analysis.exposures.minerals
    listed = found[found["critical_2025"]]
    minerals = tuple(listed["mineral"])
    chip_start, chip_mineral, chip_presence, chip_partly = _chips(analysis, minerals, count)
    progress.step("Laying out the lines", 1, 3)
    parent = lines["parent_line"].to_numpy(np.int64)
    recognised = analysis.contents.recognitions
    evidence = np.asarray(recognised["evidence"].cat.codes, dtype=np.int64)
    columns = _columns(bom)
    words, spends = _assemblies(analysis)
    cells = tuple(bom.original.iloc[:, n].tolist() for n in range(bom.original.shape[1]))
    haystack = _haystack(cells, count)
    progress.step("Laying out the lines", 2, 3)
    exposed = analysis.exposures.lines
    counted = lines["counted"].to_numpy(np.bool_)
    spend = exposed["spend"].to_numpy(np.float64)
    decided = recognised["decided"].to_numpy(np.bool_)
    return LineBook(
        count=count,
        columns=columns,
        cells=cells,
        rows=lines["row"].tolist(),
        lines=lines,
        minerals=minerals,
        symbols=tuple(
            symbol or name[:2].capitalize()
            for symbol, name in zip(listed["symbol"], listed["mineral"], strict=True)
        ),
        names=tuple(numbers.mineral_name(mineral) for mineral in minerals),
        supply=_supply(listed, analysis.choices.acute_threshold),
        index_words=tuple(
            numbers.index(low, high)
            for low, high in zip(
                listed["index_low"].tolist(), listed["index_high"].tolist(), strict=True
            )
        ),
        chip_start=chip_start,
        chip_mineral=chip_mineral,
        chip_presence=chip_presence,
        chip_partly=chip_partly,
        evidence=evidence,
        index_low=exposed["index_low"].to_numpy(np.float64),
        index_high=exposed["index_high"].to_numpy(np.float64),
        spend=spend,
        mass_g=recognised["mass_g_typical"].to_numpy(np.float64),
        depth=_depths(parent),
        parent=parent,
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
        haystack=haystack,
        review=_review(evidence, counted, decided, spend),
        tree_column=_tree_column(columns),
        currency=analysis.exposures.headline.currency or "",
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
                right=role in NUMERIC_ROLES and role != "level",
                tip=f"Your column “{header}”, "
                + (f"read as {role.replace('_', ' ')}" if role else "not used"),
                shown=str(header) in filled and (len(filled) <= 5 or role in first),
            )
        )  # fmt: skip
    return (BookColumn("row", "Row", right=True, tip="Row in your sheet"), *own, *COMPUTED)


_FIRST_VIEW = (
    ("part_number", "mpn", "item", "designator"),
    ("description",),
    ("value",),
    ("quantity",),
    ("extended_cost", "unit_cost"),
)
"""Of each group the first role that the sheet has is on show at first."""
NEXT_VIEW = ("material", "designator", "mpn", "unit", "unit_cost", "supplier", "origin", "mass")
"""Roles that come on show while there is room, in this order."""


def _first_roles(roles: dict[str, str], filled: set[str]) -> set[str]:
    there = {role for header, role in roles.items() if header in filled}
    return {next((role for role in group if role in there), "") for group in _FIRST_VIEW} - {""}


def _tree_column(columns: tuple[BookColumn, ...]) -> int:
    for role in TREE_ROLES:
        for number, column in enumerate(columns):
            if column.role == role and column.shown:
                return number
    return 1 if len(columns) > 1 else 0


def _chips(
    analysis: Analysis, minerals: tuple[str, ...], count: int
) -> tuple[Ints, Ints, Ints, Bools]:
    """Contents that count, one entry per line and mineral, in the order they are shown."""
    table = analysis.contents.contents
    kept = table[table["relation"].isin(COUNTING_RELATIONS) & table["mineral"].isin(list(minerals))]
    rank = {mineral: place for place, mineral in enumerate(minerals)}
    line = kept["line"].to_numpy(np.int64)
    code = np.asarray(kept["mineral"].astype("str").map(rank), dtype=np.int64)
    presence = np.asarray(kept["presence"].cat.codes, dtype=np.int64)
    partly = (kept["relation"] == "contained_partly").to_numpy(np.bool_)
    known = presence >= 0
    line, code, presence, partly = line[known], code[known], presence[known], partly[known]
    # exposures.minerals stands worst first, so a smaller code is a higher index
    order = np.lexsort((code, -presence, line))
    line, code, presence, partly = line[order], code[order], presence[order], partly[order]
    key = line * (len(minerals) + 1) + code
    _values, first = np.unique(key, return_index=True)
    keep = np.sort(first)
    line, code, presence, partly = line[keep], code[keep], presence[keep], partly[keep]
    start = np.zeros(count + 1, dtype=np.int64)
    start[1:] = np.cumsum(np.bincount(line, minlength=count)[:count])
    return start, code, presence, partly


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


def _haystack(cells: tuple[list[str], ...], count: int) -> list[str]:
    if not cells:
        return [""] * count
    return ["\n".join(parts).casefold() for parts in zip(*cells, strict=True)]


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
        held = numbers.count(int(row["minerals"]), "critical mineral")
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


def _review(evidence: Ints, counted: Bools, decided: Bools, spend: Floats) -> Ints:
    """Undecided lines on weak evidence, ordered by doubt times spend.

    An unknown spend counts as the middle spend of the BOM: no price is not no risk.
    """
    doubt = np.select([evidence == 0, evidence == 1], [1.0, 0.6], 0.0)
    doubt[~counted | decided] = 0.0
    known = spend[np.isfinite(spend)]
    middle = float(np.median(known)) if known.size else 1.0
    weight = doubt * np.where(np.isfinite(spend), spend, middle)
    at = np.flatnonzero(doubt > 0)
    return at[np.lexsort((at, -weight[at]))].astype(np.int64)
