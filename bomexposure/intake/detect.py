"""Where the table is: header rows and columns of every table that could be a BOM."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from bomexposure.intake import assign, looks, staircase
from bomexposure.intake.grid import Cells, Codes, Grid
from bomexposure.intake.header_rows import (
    candidates,
    completes,
    foreign,
    groups,
    header_texts,
    numbers_in,
    spans,
    units_alone,
)
from bomexposure.intake.headers import display, roles_of
from bomexposure.intake.letters import column_of, letter
from bomexposure.intake.presets import roles_in
from bomexposure.intake.staircase import Stairs
from bomexposure.intake.volumes import price_breaks
from bomexposure.intake.words import fold, header_words, squeeze
from bomexposure.model.bom import ROLES
from bomexposure.model.choices import Reading
from bomexposure.model.errors import UsageError
from bomexposure.model.resources import resource

HEAD_ROWS = 400
"""Rows searched for the first header; title blocks of more rows have not been seen."""

IDENTITY = ("part_number", "mpn", "description", "value", "designator", "supplier_part")
_KEY = {"quantity": 0.5, "description": 0.3, "part_number": 0.3, "mpn": 0.2, "designator": 0.2}


@dataclass(frozen=True, slots=True)
class Found:
    """A table: header, columns by role, rows; all rows and columns are 0-based.

    Attributes:
        header: the header row; -1 where the table has none.
        top: first row of a header of two rows, else equal to header.
        bottom: last row of the header; the body starts below.
        end: one past the last row that may belong to the table.
        volumes: columns of one price at several volumes.
        strays: rows below that head something else on the sheet, which is no table of parts.
    """

    sheet: int
    header: int
    top: int
    bottom: int
    end: int
    headers: tuple[str, ...]
    columns: dict[str, int]
    confidence: dict[str, float]
    score: float
    rivals: tuple[tuple[str, int], ...] = ()
    by_hand: frozenset[str] = field(default_factory=frozenset)
    strays: tuple[int, ...] = ()
    volumes: tuple[int, ...] = ()
    stairs: Stairs | None = None


@cache
def known_names() -> dict[str, frozenset[str]]:
    """Folded names of manufacturers ('maker'), distributors ('seller') and countries."""
    found = {}
    with resource("knowledge", "intake", "names.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["kind"]] = frozenset(fold(name) for name in row["names"].split("|"))
    return found


def find(grid: Grid, sheet: int, reading: Reading) -> list[Found]:
    """The tables of a sheet that make one BOM, top to bottom; empty where nothing looks like one.

    Below the first header others may follow with columns of their own (a second list on the
    sheet); each table ends where the next begins. A header that is only printed again is none.
    """
    if not grid.height or not grid.width:
        return []
    if reading.header_row:
        row = reading.header_row - 1
        if not 0 <= row < grid.height:
            return []
        found = _best_at(grid, sheet, [(row, 0.0)], reading)
        return [found] if found else []
    best = _best_at(grid, sheet, candidates(grid, 0, min(grid.height, HEAD_ROWS))[:8], reading)
    if best is None:
        bare = _without_header(grid, sheet, reading)
        return [bare] if bare else []
    best = _first_printed(grid, sheet, best, reading)
    tables = [best]
    for row in _later_headers(grid, best):
        last = tables[-1]
        if row <= last.bottom + 1:
            continue
        found = _other_at(grid, sheet, row, reading)
        if found and found.header > last.bottom and _belongs(best, found):
            tables[-1] = replace(last, end=found.top)
            tables.append(found)
        elif _heads_something(grid, last, row):
            tables[-1] = replace(last, strays=(*last.strays, row))
    for row, _ in candidates(grid, 0, best.top):
        found = _other_at(grid, sheet, row, reading, best.top)
        if (
            found
            and found.bottom + 1 < best.top
            and _belongs(best, found)
            and found.top < tables[0].top
        ):
            tables.insert(0, found)
            break
    return tables


def lies_on_its_side(grid: Grid) -> bool:
    """Whether header words stand below one another with the parts in columns beside them."""
    if grid.width < 3 or not 3 <= grid.height <= 60:
        return False
    words = header_words()
    for first in grid.columns[:2]:
        named: set[str] = set()
        texts = [squeeze(first.text(row)) for row in range(grid.height)]
        for text in texts:
            roles = words.get(text, {})
            named |= {role for role, weight in roles.items() if weight >= 0.85}
        filled = sum(map(bool, texts))
        enough = (
            len(named & set(ROLES)) >= 4 and "quantity" in named and bool(named & set(IDENTITY))
        )
        if enough and sum(text in words for text in texts) >= 0.8 * filled:
            return True
    return False


def _first_printed(grid: Grid, sheet: int, best: Found, reading: Reading) -> Found:
    """The same header where it stands first: reports print it again for each assembly or page."""
    for row, _ in sorted(candidates(grid, 0, best.top)):
        found = _best_at(grid, sheet, [(row, 0.0)], reading)
        if found and found.bottom < best.top and found.headers == best.headers:
            return found
    return best


def _without_header(grid: Grid, sheet: int, reading: Reading) -> Found | None:
    """A list that starts with its first part: columns by look alone, when they leave no doubt."""
    if (grid.height < 3 or grid.width < 2) and not reading.columns:
        return None
    found = _evaluate(grid, sheet, -1, -1, -1, grid.height, reading)
    if found is None or (
        not reading.columns and float((grid.filled() >= 2).mean()) < 0.9 and not found.by_hand
    ):
        return None
    return found


def _best_at(
    grid: Grid, sheet: int, rows: Sequence[tuple[int, float]], reading: Reading, end: int = 0
) -> Found | None:
    best: Found | None = None
    missing: UsageError | None = None
    for row, _ in rows:
        for top, bottom in spans(grid, row):
            try:
                found = _evaluate(grid, sheet, row, top, bottom, end or grid.height, reading)
            except UsageError as fault:
                # a column named by hand need not be in every row that could be the header
                missing = missing or fault
                continue
            if found and (best is None or found.score > best.score + 1e-9):
                best = found
    if best is None and missing is not None:
        raise missing
    return best


def _other_at(grid: Grid, sheet: int, row: int, reading: Reading, end: int = 0) -> Found | None:
    """Another table of the sheet; one without the columns named by hand is found as it is."""
    try:
        return _best_at(grid, sheet, [(row, 0.0)], reading, end)
    except UsageError:
        return _best_at(grid, sheet, [(row, 0.0)], replace(reading, columns={}), end)


def _belongs(best: Found, found: Found) -> bool:
    """Whether another table of the sheet lists parts too: it has quantities, and names them.

    A list of revisions or signatures has none; a header printed again has the same cells, where
    a header with one column of another name is of a table of its own.
    """
    pairs = [(a, b) for a, b in zip(best.headers, found.headers, strict=True) if a and b]
    same = sum(a == b for a, b in pairs)
    if same == len(pairs) and same >= max(2, 0.6 * sum(map(bool, found.headers))):
        return False
    needed = "quantity" if "quantity" in best.columns else "designator"
    return needed in found.columns and found.score >= 0.5 * best.score


def _later_headers(grid: Grid, best: Found) -> list[int]:
    """Rows below the first header whose cells are header words and hold no number.

    Only exact words count here: this looks at every distinct text of the sheet. In long sheets
    only rows are looked at whose quantity cell is a text.
    """
    start = best.bottom + 1
    candidates = np.ones(grid.height, dtype=bool)
    candidates[:start] = False
    if grid.height > 5000:
        for role in assign.NUMERIC:
            if role in best.columns:
                cells = grid.columns[best.columns[role]]
                wordy = np.array([any(map(str.isalpha, str(t))) for t in cells.texts], dtype=bool)
                candidates &= wordy[cells.codes]
    rows = np.flatnonzero(candidates)
    if not len(rows) or (grid.height > 5000 and len(rows) > 2000):
        return []
    named = np.zeros(len(rows), dtype=np.int64)
    foreign = np.zeros(len(rows), dtype=np.int64)
    own = np.zeros(len(rows), dtype=bool)
    words = header_words()
    for cells, header in zip(grid.columns, best.headers, strict=True):
        codes = cells.codes[rows]
        flags = np.zeros(len(cells.texts), dtype=np.int8)
        for code in np.unique(codes):
            text = str(cells.texts[code])
            if text.strip():
                known = (
                    len(text) < 40
                    and not np.isfinite(cells.numbers[code])
                    and squeeze(text) in words
                )
                flags[code] = 1 if known else -1
        named += flags[codes] > 0
        foreign += flags[codes] < 0
        if header:
            wanted = squeeze(header)
            alike = [len(t) < 40 and squeeze(str(t)) == wanted for t in cells.texts]
            own |= np.array(alike, dtype=bool)[codes]
    plain = (named >= 2) & (named >= 2 * foreign)
    # below a blank row a cell that repeats its column's header heads something else
    apart = own & (foreign <= named) & (grid.filled()[rows - 1] == 0)
    return [int(row) for row in rows[plain | apart]][:20]


def _printed_again(table: Found, texts: Sequence[str]) -> bool:
    """Whether a row says what the table's header says, so that it heads the same table."""
    same = sum(
        bool(text) and squeeze(text) in squeeze(head)
        for text, head in zip(texts, table.headers, strict=True)
    )
    return same >= max(2, 0.6 * sum(map(bool, texts)))


def _heads_something(grid: Grid, table: Found, row: int) -> bool:
    """Whether a row's words name two and more columns, so that it is no line of the table above."""
    texts = [display(text) for text in grid.row_texts(row)]
    sure = [
        max(roles.values(), default=0.0)
        for text in texts
        if (roles := header_words().get(squeeze(text)))
    ]
    if table.columns.keys().isdisjoint(("quantity", "designator")) or _printed_again(table, texts):
        return False
    quantity = table.columns.get("quantity")
    beside = squeeze(texts[quantity]) if quantity is not None else ""
    again = any(
        text and squeeze(text) == squeeze(head)
        for text, head in zip(texts, table.headers, strict=True)
    )
    enough = sum(weight >= 0.7 for weight in sure) >= 2 or again
    return enough and not numbers_in(grid, row) and (not beside or beside in header_words())


def _evaluate(
    grid: Grid, sheet: int, row: int, top: int, bottom: int, end: int, reading: Reading
) -> Found | None:
    headers = header_texts(grid, top, bottom)
    units = top != bottom and units_alone(grid, bottom)
    named_by = header_texts(grid, top, top) if units else headers
    body = _without_heads(
        grid, headers, np.arange(bottom + 1, min(end, bottom + 1 + 600), dtype=np.intp)
    )
    stairs = staircase.find(grid, headers, body) if len(body) else None
    if stairs and _read_otherwise(stairs, reading, headers):
        stairs = None
    if stairs:
        grid, named_by = (
            staircase.laid_flat(grid, stairs, body),
            staircase.headers_of(stairs, named_by),
        )
    seen = (
        [looks.look_at(cells.take(body), known_names()) for cells in grid.columns]
        if len(body)
        else [looks.EMPTY for _ in grid.columns]
    )
    given = assign.assign(named_by, seen)
    columns, confidence = dict(given.columns), dict(given.scores)
    by_hand = _by_hand(reading, headers, columns, confidence)
    if not any(role in columns for role in (*IDENTITY, "material")):
        _fall_back(seen, columns, confidence)
    preset = roles_in(named_by)
    named = [preset.get(column) or roles_of(h) for column, h in enumerate(named_by)]
    told = sum(1 for role, c in columns.items() if named[c].get(role, 0) >= 0.3)
    identity = [role for role in IDENTITY if role in columns]
    bare = row < 0 and "quantity" in columns and {"part_number", "description"} & columns.keys()
    weighed = "material" in columns and bool({"mass", "quantity"} & columns.keys())
    enough = bool(bare) if row < 0 else told >= 2 and (bool(identity) or weighed)
    if (
        row >= 0
        and told == 1
        and "designator" in columns
        and {"value", "description"} & set(columns)
    ):
        enough = seen[columns["designator"]].marks > 0.7
    if row >= 0 and grid.width == 1:
        # a list of nothing but parts: its header must be plain
        enough = max(named[0].get(role, 0.0) for role in IDENTITY) >= 0.75
    if not by_hand and not reading.header_row and not enough:
        return None
    score = sum(min(s, 1.15) for s in confidence.values())
    score += sum(bonus for role, bonus in _KEY.items() if role in columns)
    filled = grid.filled()[bottom + 1 : end]
    score += 0.8 * min(1.0, float((filled >= 2).sum()) / 6)
    if row >= 0:
        # a header names things; cells that hold a number are a line's
        score -= 0.4 * numbers_in(grid, row)
    if top != bottom and not units:
        # cells merged over several headed columns are drawn by hand: no data row looks so
        whole = completes(grid, top, bottom)
        score += 0.2 if whole or groups(grid, top, bottom) else -0.45
        # a data row or a title drawn into the header must pay for itself
        score -= 0.0 if whole else 0.4 * foreign(grid, top, bottom)
    _settle_part_number(columns, confidence, by_hand)
    order = {role: columns[role] for role in assign.KNOWN if role in columns}
    sure = {role: round(max(0.0, min(1.0, confidence[role])), 2) for role in order}
    return Found(
        sheet,
        row,
        top,
        bottom,
        end,
        headers,
        order,
        sure,
        score,
        given.rivals,
        frozenset(by_hand),
        volumes=tuple(price_breaks(named_by, seen)),
        stairs=stairs,
    )


def _read_otherwise(stairs: Stairs, reading: Reading, headers: Sequence[str]) -> bool:
    """Whether the user gave a step a role of its own, so that it is no staircase to them."""
    as_found = {
        "level": stairs.columns[0],
        "part_number": stairs.columns[1],
        "description": stairs.columns[1],
    }
    for role, wanted in reading.columns.items():
        column = _column_named(wanted, headers) if wanted else -1
        if column in stairs.columns and as_found.get(role) != column:
            return True
    return False


def _without_heads(grid: Grid, headers: Sequence[str], body: Codes) -> Codes:
    """The rows without those in which the header is printed again."""
    named = [column for column, header in enumerate(headers) if header]
    if len(named) < 2 or not len(body):
        return body
    same = np.zeros(len(body), dtype=np.int64)
    for column in named:
        cells = grid.columns[column]
        same += (cells.texts == headers[column])[cells.codes[body]]
    return body[same < max(2, 0.6 * len(named))]


def _settle_part_number(
    columns: dict[str, int], confidence: dict[str, float], by_hand: set[str]
) -> None:
    """On board lists the one part number beside a manufacturer is the manufacturer's."""
    board = {"part_number", "manufacturer", "designator"} <= columns.keys()
    if board and "mpn" not in columns and not by_hand & {"part_number", "mpn"}:
        columns["mpn"] = columns.pop("part_number")
        confidence["mpn"] = confidence.pop("part_number")


def _by_hand(
    reading: Reading, headers: Sequence[str], columns: dict[str, int], confidence: dict[str, float]
) -> set[str]:
    """Apply the user's own columns; a role given by hand is taken from where it was."""
    for role, wanted in reading.columns.items():
        if role not in ROLES:
            raise UsageError(
                f"There is no column role “{role}”.", f"Use one of: {', '.join(ROLES)}."
            )
        columns.pop(role, None)
        confidence.pop(role, None)
        if not wanted:
            continue
        column = _column_named(wanted, headers)
        for other in [r for r, c in columns.items() if c == column and r not in reading.columns]:
            del columns[other], confidence[other]
        columns[role], confidence[role] = column, 1.0
    return set(reading.columns)


def _column_named(wanted: str, headers: Sequence[str]) -> int:
    if wanted.startswith("@"):
        try:
            column = column_of(wanted[1:])
        except ValueError:
            column = len(headers)
        if column < len(headers):
            return column
        raise UsageError(
            f"The sheet has no column {wanted[1:]}.",
            f"Its columns run from A to {letter(len(headers) - 1)}.",
        )
    for form in (lambda text: display(text), lambda text: display(text).casefold(), squeeze):
        for column, header in enumerate(headers):
            if header and form(header) == form(wanted):
                return column
    raise UsageError(
        f"There is no column headed “{wanted}”.",
        "Its headers are: " + ", ".join(h for h in headers if h) + ". Or name the letter, as @C.",
    )


def _fall_back(
    seen: Sequence[looks.Look], columns: dict[str, int], confidence: dict[str, float]
) -> None:
    """Without any identity the widest free column of words is taken as the description."""
    taken = {column for role, column in columns.items() if role not in ("category", "notes")}
    free = [
        (look.words * look.filled * min(look.length, 60), column)
        for column, look in enumerate(seen)
        if column not in taken and look.words > 0.3 and look.url < 0.3
    ]
    if free:
        widest = max(free)[1]
        for role in [role for role, column in columns.items() if column == widest]:
            del columns[role], confidence[role]
        columns["description"], confidence["description"] = widest, 0.4


def body_of(found: Found) -> Codes:
    return np.arange(found.bottom + 1, found.end, dtype=np.intp)


def cells_of(grid: Grid, found: Found, role: str) -> Cells | None:
    column = found.columns.get(role)
    return None if column is None else grid.columns[column]
