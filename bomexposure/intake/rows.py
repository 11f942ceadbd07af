"""What each row below a header is: a line, a heading, a total, a note, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bomexposure.intake.detect import IDENTITY, Found
from bomexposure.intake.grid import Cells, Codes, Grid, Mask
from bomexposure.intake.headers import bracketed, display
from bomexposure.intake.sums import added_up
from bomexposure.intake.words import fold, is_cjk, marks, squeeze

Counts = npt.NDArray[np.int64]
Kinds = npt.NDArray[np.int8]

BLANK, LINE, SECTION, TOTAL, NOTE, HEADER, NUMBERED, EXAMPLE, PARENT, RUN_ON, LEFT = range(11)
"""Kinds of rows; NUMBERED is a row number with nothing beside it, PARENT a document's own row,
RUN_ON more designators of the line above, LEFT a row of another table that is not read."""

_MARKS = re.compile(
    r"[A-Za-z]{1,5}_?\d{1,5}[A-Za-z]?(?:\s*[,;\s–-]\s*(?:[A-Za-z]{1,5}_?)?\d{1,5}[A-Za-z]?)*\s*[,;]?"
)

_RULE = re.compile(r"[\s_\-=*#.~+|—–·]*")
_RULE_SIGNS = frozenset("_-=*#~+|—–·. ")
_EXAMPLES = frozenset(
    [
        "example",
        "beispiel",
        "exemple",
        "ejemplo",
        "exemplo",
        "esempio",
        "voorbeeld",
        "przyklad",
        "priklad",
        "exempel",
        "пример",
        "例",
        "記入例",
        "示例",
        "范例",
        "예시",
        "예",
        "ornek",
        "eg",
    ]
)


def classify(grid: Grid, found: Found, rows: Codes) -> Kinds:
    """The kind of each of `rows`, which lie below the header of `found`."""
    size = len(rows)
    kinds = np.full(size, LINE, dtype=np.int8)
    if not size:
        return kinds
    filled = [column.filled()[rows] for column in grid.columns]
    count = _how_many(filled, size)
    identity = np.zeros(size, dtype=bool)
    for role in IDENTITY:
        cells = _cells(grid, found, role)
        if cells is not None:
            identity |= _flag(cells, rows, _says_something)
    has_quantity = _role_filled(grid, found, "quantity", rows)
    has_item = _role_filled(grid, found, "item", rows)
    if not any(role in found.columns for role in IDENTITY):
        identity = _role_filled(grid, found, "material", rows)
    typical = float(np.median(count[count > 0])) if (count > 0).any() else 0.0
    kinds[~identity] = BLANK
    kinds[~identity & has_item & (count <= 2)] = NUMBERED
    alone = (count == 1) & (typical >= 2.5)
    kinds[alone] = SECTION
    role_cells = _role_count(found, filled)
    textual = _section_like(rows, role_cells, has_quantity, has_item, typical)
    kinds[textual & (kinds == LINE)] = SECTION
    kinds[~identity & has_quantity & (count <= 2) & _titled(grid, found, rows)] = SECTION
    drawn, struck = _headings_and_comments(grid, rows, count)
    kinds[drawn] = SECTION
    kinds[struck] = NOTE
    kinds[_totals(grid, found, rows, count, typical)] = TOTAL
    kinds[_repeats_header(grid, found, rows)] = HEADER
    _leave_other_tables(found, rows, kinds, has_quantity, count)
    kinds[_rules(grid, rows, filled)] = BLANK
    wordy = has_quantity & _role_flag(grid, found, "quantity", rows, _no_amount)
    kinds[_metadata(grid, rows, count, has_quantity, wordy, typical)] = NOTE
    kinds[_revisions(grid, rows, count, has_quantity & ~wordy)] = NOTE
    kinds[_page_heads(grid, found, rows, has_quantity & ~wordy)] = NOTE
    kinds[_examples(grid, rows)] = EXAMPLE
    kinds[_recapitulation(grid, found, rows, count, kinds == LINE)] = NOTE
    kinds[(kinds == LINE) & _child_missing(grid, found, rows)] = PARENT
    kinds[count == 0] = BLANK
    kinds[_run_on(grid, found, rows, (kinds == SECTION) & (count == 1), kinds == LINE)] = RUN_ON
    grouped = (kinds == SECTION) | (kinds == TOTAL)
    totals, headings = added_up(grid, found, rows, kinds == LINE, grouped)
    kinds[totals] = TOTAL
    kinds[headings] = SECTION
    _settle_tail(kinds)
    return kinds


_HEADING = re.compile(r"(?:#{2,}|={2,}|-{2,}|\*{2,}|>{2,}|~{2,})\s*[^\W_].*")
_COMMENT = re.compile(r"(?:#+|//+)\s+(?:[-=*~#]{2,}.*|[^\W\d].*)")


def _headings_and_comments(grid: Grid, rows: Codes, count: Counts) -> tuple[Mask, Mask]:
    """Rows of a text list that its author marked: "## Motors ##", and "# bracket,1,PLA" struck out.

    A lone text behind one "#" heads what follows; a whole line behind it was taken out.
    """
    headed = np.zeros(len(rows), dtype=bool)
    struck = np.zeros(len(rows), dtype=bool)
    if not grid.columns:
        return headed, struck
    first = next((c for c in grid.columns if c.filled()[rows].any()), grid.columns[0])
    headed = (count == 1) & _flag(first, rows, lambda text: bool(_HEADING.fullmatch(text.strip())))
    behind = _flag(first, rows, lambda text: bool(_COMMENT.fullmatch(text.strip())))
    return headed | (behind & (count == 1)), behind & (count > 1)


def _run_on(grid: Grid, found: Found, rows: Codes, lone: Mask, lines: Mask) -> Mask:
    """Rows of designators alone directly below a line, as OrCAD breaks long cells."""
    cells = _cells(grid, found, "designator")
    if cells is None or not lone.any():
        return np.zeros(len(rows), dtype=bool)
    marked = _flag(cells, rows, lambda text: _MARKS.fullmatch(text.strip()) is not None)
    more = lone & marked
    above = np.maximum.accumulate(np.where(more, -1, np.arange(len(rows))))
    result: Mask = more & (above >= 0) & lines[above] & marked[above]
    return result


def joined_designators(grid: Grid, found: Found, rows: Codes, kinds: Kinds) -> Grid:
    """The sheet with each line's designators complete, those of rows that run on included."""
    more = np.flatnonzero(kinds == RUN_ON)
    if not len(more):
        return grid
    column = found.columns["designator"]
    texts = grid.columns[column].all_texts()
    owners = np.maximum.accumulate(np.where(kinds == LINE, np.arange(len(rows)), -1))[more]
    for owner, place in zip(rows[owners], rows[more], strict=True):
        texts[owner] = texts[owner].strip().rstrip(",;") + "," + texts[place].strip()
    columns = list(grid.columns)
    columns[column] = Cells.of(list(texts))
    return replace(grid, columns=tuple(columns))


def _settle_tail(kinds: Kinds) -> None:
    """Headings and lone texts after the last line are notes; an end mark ends the list."""
    lines = np.flatnonzero(kinds == LINE)
    last = int(lines[-1]) if len(lines) else -1
    tail = kinds[last + 1 :]
    tail[tail == SECTION] = NOTE


def _cells(grid: Grid, found: Found, role: str) -> Cells | None:
    column = found.columns.get(role)
    return None if column is None else grid.columns[column]


def _role_filled(grid: Grid, found: Found, role: str, rows: Codes) -> Mask:
    cells = _cells(grid, found, role)
    if cells is None:
        return np.zeros(len(rows), dtype=bool)
    return cells.filled()[rows]


def _titled(grid: Grid, found: Found, rows: Codes) -> Mask:
    """Rows with a name where all others have their item number: "Gearbox" beside a quantity."""
    cells = _cells(grid, found, "item")
    if cells is None:
        return np.zeros(len(rows), dtype=bool)
    numbered = _flag(cells, rows, lambda text: any(map(str.isdigit, text)))
    named = _flag(cells, rows, lambda text: sum(map(str.isalpha, text)) >= 3 and _no_amount(text))
    return named if numbered.sum() > 2 * named.sum() else np.zeros(len(rows), dtype=bool)


def _role_flag(
    grid: Grid, found: Found, role: str, rows: Codes, test: Callable[[str], bool]
) -> Mask:
    cells = _cells(grid, found, role)
    return np.zeros(len(rows), dtype=bool) if cells is None else _flag(cells, rows, test)


def _no_amount(text: str) -> bool:
    return bool(text.strip()) and not any(map(str.isdigit, text))


def _flag(cells: Cells, rows: Codes, test: Callable[[str], bool]) -> Mask:
    """`test` on each distinct text, spread to rows."""
    codes = cells.codes[rows]
    flags: Mask = np.zeros(len(cells.texts), dtype=bool)
    used = np.unique(codes) if len(codes) < 0.5 * len(cells.codes) else range(len(flags))
    for code in used:
        flags[code] = test(cells.texts[code])
    return flags[codes]


def _says_something(text: str) -> bool:
    return text[:1].isalnum() or (bool(text.strip()) and _RULE.fullmatch(text) is None)


def _role_count(found: Found, filled: list[Mask]) -> Counts:
    """How many columns that have a role are filled in each row."""
    masks = [filled[column] for column in set(found.columns.values())]
    return _how_many(masks, len(filled[0]) if filled else 0)


def _how_many(masks: list[Mask], size: int) -> Counts:
    count = np.zeros(size, dtype=np.int64)
    for mask in masks:
        count += mask
    return count


def _section_like(
    rows: Codes, role_cells: Counts, has_quantity: Mask, has_item: Mask, typical: float
) -> Mask:
    """One identity text and no quantity or number, in a table whose rows usually have both."""
    if typical < 2.5 or float(has_quantity.mean()) < 0.4:
        return np.zeros(len(rows), dtype=bool)
    lone: Mask = (role_cells == 1) & ~has_quantity & ~has_item
    return lone


def _totals(grid: Grid, found: Found, rows: Codes, count: Counts, typical: float) -> Mask:
    """Rows that say "Total", "Summe", "合計" in a text cell and name no part of their own."""
    sparse = np.flatnonzero((count > 0) & (count <= max(3.0, 0.5 * typical)))
    few = rows[sparse]
    says = np.zeros(len(few), dtype=bool)
    left_out = {found.columns.get(role) for role in ("notes", "url", "footprint")}
    uncounted = ~_role_filled(grid, found, "quantity", few)
    for column, cells in enumerate(grid.columns):
        if column not in left_out:
            says |= _flag(cells, few, _is_total)
            says |= uncounted & _flag(cells, few, _ends_in_total)
            says |= uncounted & _flag(cells, few, _is_charge)
    for role in ("part_number", "mpn", "designator"):
        cells_of_role = _cells(grid, found, role)
        if cells_of_role is not None:
            says &= ~_flag(cells_of_role, few, lambda t: _says_something(t) and not _is_total(t))
    out = np.zeros(len(rows), dtype=bool)
    out[sparse[says]] = True
    return out


_SUMS = re.compile(
    r"\b(?:total (?:cost|price|amount|mass|weight|spend)|(?:cost|price|amount|grand) total|"
    r"funds needed)\b"
)


def _is_total(text: str) -> bool:
    if len(text) > 60 or not text.strip():
        return False
    words = marks("total")
    if squeeze(text) in words:
        return True
    head = re.split(r"[:：=(（]", text, maxsplit=1)[0]
    if head != text and squeeze(head) in words:
        return True
    parts = text.split()
    if len(parts) <= 5 and _SUMS.search(fold(text)) and not any(map(str.isdigit, text)):
        return True
    return 1 < len(parts) <= 8 and squeeze(parts[0]) in words


def _is_charge(text: str) -> bool:
    """'VAT 20%', 'Versandkosten', '送料': what is paid beside the parts; only of rows without a
    quantity."""
    bare = re.sub(r"[\d.,%()\[\]:：]+", " ", text[:60]).strip()
    return bool(bare) and squeeze(bare) in marks("charge")


def _ends_in_total(text: str) -> bool:
    """'Chassis subtotal', 'Baugruppe 1 Summe', '基板小計': only of rows without a quantity."""
    parts = text.split()
    if not 0 < len(text) <= 60 or len(parts) > 8:
        return False
    if len(parts) > 1 and squeeze(parts[-1]) in marks("total"):
        return True
    return is_cjk(text) and squeeze(text)[-2:] in marks("total")


def _repeats_header(grid: Grid, found: Found, rows: Codes) -> Mask:
    """Rows that print the header again, as reports do on each page."""
    same = np.zeros(len(rows), dtype=np.int64)
    named = 0
    for column in set(found.columns.values()):
        cells = grid.columns[column]
        if not found.headers[column]:
            continue
        named += 1
        codes = [cells.codes[row] for row in (found.top, found.header, found.bottom) if row >= 0]
        wanted = {display(str(cells.texts[code])).casefold() for code in codes} - {""}
        longest = max(map(len, wanted), default=0) + 8
        flags = np.zeros(len(cells.texts), dtype=bool)
        for code, text in enumerate(cells.texts):
            flags[code] = len(text) < longest and display(text).casefold() in wanted
        same += flags[cells.codes[rows]]
    return same >= max(2, 0.6 * named)


def _leave_other_tables(
    found: Found, rows: Codes, kinds: Kinds, has_quantity: Mask, count: Counts
) -> None:
    """Heads of other tables are no lines; what stands below without a quantity is not read."""
    ends = [*(row - int(rows[0]) for row in found.strays), len(rows)]
    for place, after in pairwise(ends):
        kinds[place] = HEADER
        below = slice(place + 1, after)
        if not has_quantity[below].any():
            kinds[below] = np.where(count[below] > 0, LEFT, BLANK)


def _rules(grid: Grid, rows: Codes, filled: list[Mask]) -> Mask:
    """Rows of dashes or underscores."""
    drawn = np.zeros(len(rows), dtype=bool)
    other = np.zeros(len(rows), dtype=bool)
    for cells, full in zip(grid.columns, filled, strict=True):
        is_rule = _flag(cells, rows, _is_rule)
        drawn |= is_rule
        other |= full & ~is_rule
    return drawn & ~other


def _is_rule(text: str) -> bool:
    return text[:1] in _RULE_SIGNS and len(text) >= 3 and _RULE.fullmatch(text) is not None


def _metadata(
    grid: Grid, rows: Codes, count: Counts, has_quantity: Mask, signed: Mask, typical: float
) -> Mask:
    """Rows such as "Date: | 2019-01-16": few cells, no quantity, and the first ends in a colon.

    Also the words of a drawing's stamp, wherever they stand in a row without a quantity; `signed`
    marks rows whose quantity is a word, as where "Checked by" runs into that column.
    """
    out = np.zeros(len(rows), dtype=bool)
    places = np.flatnonzero((~has_quantity | signed) & (count > 0))
    if len(places) > 0.5 * len(rows):
        places = places[count[places] <= max(2.0, 0.6 * typical)]
    for place in places[:20_000]:
        texts = [text.strip() for text in grid.row_texts(int(rows[place])) if text.strip()]
        first = texts[0]
        few = len(texts) <= max(2.0, 0.6 * typical) and first.endswith((":", "："))
        opens = len(texts) == 1 and squeeze(re.split(r"[:：]", first[:60])[0]) in marks("note")
        stamped = any(len(text) < 20 and squeeze(text) in marks("stamp") for text in texts)
        spoken = typical >= 2.5 and not signed[place] and (few or opens)
        out[place] = stamped or spoken
    return out


def _page_heads(grid: Grid, found: Found, rows: Codes, has_quantity: Mask) -> Mask:
    """Rows above the header that a report prints again on each page, but for the page's number."""
    out = np.zeros(len(rows), dtype=bool)
    for above in range(max(found.top - 12, 0), found.top):
        words = [
            (column, text)
            for column, text in enumerate(grid.row_texts(above))
            if text.strip() and not any(map(str.isdigit, text))
        ]
        if not words:
            continue
        same = np.ones(len(rows), dtype=bool) if len(words) > 1 else ~has_quantity
        for column, text in words:
            cells = grid.columns[column]
            same &= (cells.texts == text)[cells.codes[rows]]
            if not same.any():
                break
        out |= same
    return out


def _revisions(grid: Grid, rows: Codes, count: Counts, has_quantity: Mask) -> Mask:
    """The box of changes below a drawing's list ("Rev | Date | Change | By") and what it holds."""
    out = np.zeros(len(rows), dtype=bool)
    words = marks("revision-head")
    heads = np.flatnonzero((count >= 3) & ~has_quantity)
    said = np.zeros(len(heads), dtype=np.int64)
    for cells in grid.columns:
        said += _flag(
            cells, rows[heads], lambda text: 0 < len(text) < 30 and squeeze(text) in words
        )
    for place in heads[(said >= 3) & (said >= 0.75 * count[heads])]:
        stop = np.flatnonzero(has_quantity[place:])
        out[place : place + int(stop[0]) if len(stop) else len(out)] = True
    return out


def _recapitulation(grid: Grid, found: Found, rows: Codes, count: Counts, lines: Mask) -> Mask:
    """Rows of a second list that adds up the first one, as CATIA and Creo print below it.

    It opens with a title of its own, and most of its parts stand above.
    """
    out = np.zeros(len(rows), dtype=bool)
    keys = [_cells(grid, found, role) for role in ("part_number", "mpn", "description")]
    column = next((cells for cells in keys if cells is not None), None)
    if column is None:
        return out
    words = marks("recap")
    for place in np.flatnonzero((count == 1) & ~lines):
        text = next(text for text in grid.row_texts(int(rows[place])) if text.strip())
        tokens = fold(text[:60]).split()
        if not any("".join(tokens[:n]) in words for n in (1, 2, 3)):
            continue
        above = set(column.codes[rows[:place][lines[:place]]].tolist())
        below = column.codes[rows[place:][lines[place:]]].tolist()
        if below and sum(code in above for code in below) >= 0.6 * len(below):
            out[place:] = True
            return out
    return out


def _examples(grid: Grid, rows: Codes) -> Mask:
    """Rows directly below the header whose first cell says that they show how to fill it in."""
    out = np.zeros(len(rows), dtype=bool)
    for place in range(min(5, len(rows))):
        texts = [text.strip() for text in grid.row_texts(int(rows[place])) if text.strip()]
        out[place] = bool(texts) and len(texts[0]) < 12 and squeeze(texts[0]) in _EXAMPLES
    return out


def _child_missing(grid: Grid, found: Found, rows: Codes) -> Mask:
    """In "Item Code (Items)" exports: rows that describe the document and hold no item."""
    column = found.columns.get("part_number")
    none = np.zeros(len(rows), dtype=bool)
    if column is None or "quantity" not in found.columns:
        return none
    word = bracketed(found.headers[column])
    same = [h for h in found.headers if word and bracketed(h) == word]
    if len(same) < 3:
        return none
    return ~grid.columns[column].filled()[rows] & ~_role_filled(grid, found, "quantity", rows)
