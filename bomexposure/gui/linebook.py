"""An Analysis laid out for the Lines table: arrays that answer any cell at once.

Built once per analysis, off the GUI thread (bookbuild.py); holds no Qt object and no Python object
per cell, so that a hundred thousand lines open, sort and filter without a wait.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.content import EVIDENCE, PRESENCE
from bomexposure.present import numbers
from bomexposure.present.words import tr

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

MONEY = ("unit_cost", "extended_cost")
CENTS = 2
"""Decimals that money has at least."""

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


SHEET = BookColumn("sheet", "Sheet", tip="Sheet of your workbook")

WORDS = ("description", "part_number", "mpn", "value", "material")
"""Cells that say what a line is."""
STAND_INS = ("designator", "supplier_part", "footprint", "category", "item")
"""Cells that tell a line from others where none says what it is, the plainest first."""

NEXT_VIEW = ("material", "mpn", "designator", "unit", "unit_cost", "supplier", "origin", "mass",
             "manufacturer")  # fmt: skip
"""Roles that come on show while there is room, in this order."""


@dataclass(frozen=True, slots=True)
class LineBook:
    """See the module; every array has one entry per line, in BOM order.

    Attributes:
        chip_start: offsets into the chip arrays, length lines + 1.
        chip_mineral: codes into `minerals`; chip_presence: codes into PRESENCE; chip_form: codes
            into `forms`, since a white pigment draws on no titanium sponge; -1 where not judged.
        depth: 0 for a line without parent; parent: -1 where none.
        hay: casefolded text of all the user's cells, UTF-8, one line after another, for
            searching; hay_start: the first byte of each line in it, length lines + 1.
    """

    count: int
    columns: tuple[BookColumn, ...]
    cells: tuple[list[str], ...]
    """The user's own columns, as lists of words."""
    rows: Ints
    """Row numbers as a person sees them in Excel."""
    lines: pd.DataFrame
    minerals: tuple[str, ...]
    symbols: tuple[str, ...]
    names: tuple[str, ...]
    supply: tuple[str, ...]
    index_words: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    """(mineral, traded form) of the rows that the chips are judged by."""
    form_supply: tuple[str, ...]
    form_index: tuple[str, ...]
    chip_start: Ints
    chip_mineral: Ints
    chip_presence: Ints
    chip_partly: Bools
    chip_form: Ints
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
    hay: bytes
    hay_start: Ints
    review: Ints
    """Lines worth a look, those first whose answer could move the headline most."""
    tree_column: int
    has_tree: bool
    """Whether any line is an assembly."""
    currency: str
    ranks: dict[str, Ints] = field(default_factory=dict, compare=False, repr=False)
    most_decimals: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Of the user's columns of figures, see `decimals`."""
    distinct: dict[str, tuple[Ints, list[str], list[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    # --- cells ------------------------------------------------------------------------------

    def text(self, line: int, column: int) -> str:
        """The words of one cell."""
        what = self.columns[column]
        if what.key.startswith("own:"):
            return self.cells[int(what.key[4:])][line]
        match what.key:
            case "row":
                return str(int(self.rows[line]))
            case "sheet":
                return str(self.lines["sheet"].iat[line])
            case "minerals":
                return self._mineral_words(line)
            case "evidence":
                return "" if self.assembly[line] else tr(EVIDENCE[self.evidence[line]]).capitalize()
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
                why = str(self.lines["not_counted_why"].iat[line])
                return tr("yes") if self.counted[line] else tr(why)
        return ""

    def stand_in(self, line: int) -> str:
        """What a line without words is known by, to be shown quietly in place of a description."""
        named = (str(self.lines[role].iat[line]).strip() for role in WORDS)
        if any(named):
            return ""
        known = (str(self.lines[role].iat[line]).strip() for role in STAND_INS)
        return next((words for words in known if words), "")

    def texts(self, column: int, lines: Ints) -> list[str]:
        """The words of many cells of one column; those that are alike are worded once."""
        what = self.columns[column]
        if what.key.startswith("own:"):
            cells = self.cells[int(what.key[4:])]
            return [cells[line] for line in lines.tolist()]
        if what.key == "row":
            return list(map(str, self.rows[lines].tolist()))
        kinds, first = self._kinds(what.key, lines)
        words = [self.text(line, column) for line in lines[first].tolist()]
        return [words[kind] for kind in kinds.tolist()]

    def _kinds(self, key: str, lines: Ints) -> tuple[Ints, Ints]:
        """A number per line and where each number is first; alike are lines with the same words."""
        flags = 4 * self.evidence[lines] + 2 * self.assembly[lines] + self.counted[lines]
        match key:
            case "evidence":
                kinds: npt.NDArray[Any] = flags
            case "index":
                low, high = (
                    pd.factorize(np.nan_to_num(one[lines], nan=-1.0))[0].astype(np.int64)
                    for one in (self.index_low, self.index_high)
                )
                kinds = (low * (len(high) + 1) + high) * 4 * len(EVIDENCE) + flags
            case "minerals":
                # one number a chip, so that those of a line are a stretch of bytes
                chips = (self.chip_mineral * len(PRESENCE) + self.chip_presence).astype(np.uint16)
                held, size = chips.tobytes(), chips.itemsize
                ends = zip(
                    (size * self.chip_start[lines]).tolist(),
                    (size * self.chip_start[lines + 1]).tolist(),
                    lines.tolist(), self.assembly[lines].tolist(), strict=True,
                )  # fmt: skip
                kinds = np.array(
                    [line if sums or start == end else held[start:end]
                     for start, end, line, sums in ends], dtype=object
                )  # fmt: skip
            case _:
                return np.arange(len(lines)), np.arange(len(lines))
        codes, found = pd.factorize(kinds)
        first = np.empty(len(found), dtype=np.int64)
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        return codes, first

    def words(self, column: int) -> tuple[Ints, list[str], list[str]]:
        """The words of one of the user's columns, or of the class, without repeats.

        Gives the place of each line's words in the list, the list, and the same casefolded; kept
        for the next time.
        """
        key = self.columns[column].key
        if key not in self.distinct:
            cells: Sequence[str] = (
                self.cells[int(key[4:])] if key.startswith("own:") else self.recognised_as
            )
            places, found = pd.factorize(np.asarray(cells, dtype=object))
            plain = found.tolist()
            self.distinct[key] = places, plain, [word.casefold() for word in plain]
        return self.distinct[key]

    def decimals(self, column: int) -> int:
        """Decimals that nine of ten plain figures of a column do with: where its points stand."""
        return self.most_decimals.get(self.columns[column].key, 0)

    def has_chips(self, line: int) -> bool:
        """Whether a line holds a mineral that counts."""
        return bool(self.chip_start[line + 1] > self.chip_start[line])

    def chips(self, line: int) -> list[tuple[int, int, bool, int]]:
        """Minerals of a line, strongest first: (mineral, presence, partly, form), as codes."""
        start, end = self.chip_start[line], self.chip_start[line + 1]
        return [
            (
                int(self.chip_mineral[at]),
                int(self.chip_presence[at]),
                bool(self.chip_partly[at]),
                int(self.chip_form[at]),
            )
            for at in range(start, end)
        ]

    def _mineral_words(self, line: int) -> str:
        if line in self.assembly_words:
            return self.assembly_words[line]
        chips = self.chips(line)
        if chips:
            return ", ".join(
                f"{self.names[code]} {tr(PRESENCE[presence])}" for code, presence, *_rest in chips
            )
        if not self.counted[line]:
            return tr(str(self.lines["not_counted_why"].iat[line])) or tr("not counted")
        return tr("none known") if self.evidence[line] else tr("not recognised")

    def _index_words(self, line: int) -> str:
        if self.assembly[line] or not self.counted[line]:
            return ""
        low, high = float(self.index_low[line]), float(self.index_high[line])
        if not numbers.known(low) and not numbers.known(high):
            return tr("none") if self.evidence[line] else tr(numbers.UNKNOWN)
        return numbers.index(low, high)

    # --- order ------------------------------------------------------------------------------

    def rank(self, column: int) -> Ints:
        """Place of every line when sorted by a column, unknown last; kept for the next time."""
        what = self.columns[column]
        if what.key not in self.ranks:
            self.ranks[what.key] = rank_of(self._order(what))
        return self.ranks[what.key]

    def _order(self, what: BookColumn) -> Ints:
        figures: Floats | None = None
        match what.key:
            case "row" | "sheet":
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
                return text_order(self.recognised_as)
            case _ if what.role in NUMERIC_ROLES:
                figures = self.lines[NUMERIC_ROLES[what.role]].to_numpy(
                    dtype=np.float64, na_value=np.nan
                )
        if figures is None:
            return text_order(self.cells[int(what.key[4:])])
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


_GAPS = re.compile(r"(?<=\S)\s+")


def one_line(words: str) -> str:
    """A cell's words on one line, without gaps that filled up a column of fixed width.

    What stands before the first word stays: it may draw a level.
    """
    return _GAPS.sub(" ", words.replace("\n", " ")).rstrip()


def decimals_of(words: str) -> int | None:
    """Decimals of a plain figure with a point, None for anything else, such as "1,5" or "$3"."""
    whole, point, part = words.partition(".")
    plain = whole.lstrip("-").isdecimal() and (part.isdecimal() or not point)
    return len(part) if plain and words.isascii() else None


def usual_decimals(texts: Sequence[str], role: str) -> int:
    """Decimals that nine of ten plain figures do with; money has its cents."""
    times: Counter[int] = Counter()
    for words, number in Counter(texts).items():
        has = decimals_of(words)
        if has is not None:
            times[CENTS if role in MONEY and has < CENTS else has] += number
    # one long figure is no reason to push all the others aside
    most, enough = 0, 0.9 * times.total()
    for has in sorted(times):
        most = has
        enough -= times[has]
        if enough <= 0:
            break
    return most


def text_order(texts: Sequence[str]) -> Ints:
    """Line positions by their words, case aside; equal words keep the order of the BOM."""
    codes, distinct = pd.factorize(np.asarray(texts, dtype=object))
    folded = [str(word).casefold() for word in distinct]
    place = np.empty(len(folded), dtype=np.int64)
    place[sorted(range(len(folded)), key=folded.__getitem__)] = np.arange(len(folded))
    # words that differ in case only share a place
    order = np.argsort(place, kind="stable")
    same = [a == b for a, b in itertools.pairwise([folded[at] for at in order.tolist()])]
    rank = np.arange(len(folded)) - np.cumsum(np.array([False, *same], dtype=np.int64))
    shared = np.empty(len(folded), dtype=np.int64)
    shared[order] = rank
    return np.argsort(shared[codes], kind="stable").astype(np.int64)


def rank_of(order: Ints) -> Ints:
    """Place of every line in an order."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def followed(before: LineBook, after: LineBook, line_id: str) -> str:
    """The id of the same line in a sheet read again, '' where it is gone or not told apart.

    Ids name rows; a row put in above would leave another part under the id of the one on show.
    """
    was = before.lines.loc[before.lines["id"] == line_id, "fingerprint"]
    if not len(was):
        return line_id
    now = after.lines[["id", "fingerprint"]]
    same = now[now["fingerprint"] == was.iat[0]]
    if (same["id"] == line_id).any():
        return line_id
    return str(same["id"].iat[0]) if len(same) == 1 else ""
