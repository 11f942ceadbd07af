"""Rows that could be a table's header, and what a header of one or two rows says."""

from __future__ import annotations

import re

import numpy as np

from bomexposure.intake.grid import Grid
from bomexposure.intake.headers import display, roles_of
from bomexposure.intake.words import IGNORED, currency_words, squeeze, unit_key, unit_words

MOST_STRANGE = 1.0
"""What cells that name nothing known can take from a row's weight as a header."""


def candidates(grid: Grid, start: int, stop: int) -> list[tuple[int, float]]:
    """Rows that could be headers, best first, with how many roles their words name."""
    scores = np.zeros(stop - start)
    strange = np.zeros(stop - start)
    roles: list[dict[str, float]] = [{} for _ in range(stop - start)]
    for column in grid.columns:
        numeric = np.isfinite(column.numbers)
        codes = column.codes[start:stop]
        for code in np.unique(codes):
            text = str(column.texts[code])
            if not text.strip():
                continue
            rows = np.flatnonzero(codes == code)
            if numeric[code] or _BARE_NUMBER.fullmatch(text.strip()):
                scores[rows] -= 0.25
                continue
            named = roles_of(display(text))
            if not named:
                strange[rows] += 0.03 if len(text) < 40 else 0.2
                if len(rows) > 3:
                    strange[rows] += 0.1
                continue
            for row in rows:
                for role, weight in named.items():
                    if role == IGNORED:
                        scores[row] += 0.12 * weight
                    elif weight > roles[row].get(role, 0.0):
                        roles[row][role] = weight
    # a wide sheet's own attributes do not outweigh the columns that are known
    scores -= np.minimum(strange, MOST_STRANGE)
    for place, named in enumerate(roles):
        # a header's cell may name several roles; counting roles alone would count it twice
        scores[place] += 0.8 * sum(sorted(named.values())[-grid.width :])
    order = np.argsort(-scores, kind="stable")
    return [(int(start + row), float(scores[row])) for row in order if scores[row] >= 0.55]


def spans(grid: Grid, row: int) -> list[tuple[int, int]]:
    """The header row alone, and with the row above or below where those could be part of it."""
    spans = [(row, row)]
    if numbers_in(grid, row) > 1:
        return spans
    for other in (row - 1, row + 1):
        if not 0 <= other < grid.height:
            continue
        texts = [text for text in grid.row_texts(other) if text.strip()]
        if len(texts) >= 2 and not numbers_in(grid, other) and max(map(len, texts)) < 40:
            spans.append((min(row, other), max(row, other)))
    return spans


_BARE_NUMBER = re.compile(r"[+-]?\d[\d.,]*")


def numbers_in(grid: Grid, row: int) -> int:
    """How many cells of a row hold a number alone, as a number or as text."""
    return sum(
        bool(np.isfinite(column.numbers[column.codes[row]]))
        or _BARE_NUMBER.fullmatch(column.text(row).strip()) is not None
        for column in grid.columns
    )


def units_alone(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but units and currencies, as a header's second line does."""
    texts = [text.strip().strip("[]()") for text in grid.row_texts(row) if text.strip()]
    known = [unit_key(t) in unit_words() or unit_key(t) in currency_words() for t in texts]
    return len(texts) >= 2 and all(known)


def groups(grid: Grid, top: int, bottom: int) -> bool:
    """Whether cells of the upper row are merged over several headed columns, as group heads are."""
    return any(
        first_row == last_row == top
        and 1 <= last - first < grid.width - 2
        and all(grid.columns[c].text(bottom).strip() for c in range(first, last + 1))
        for (first_row, first), (last_row, last) in grid.facts.merges
        if last < grid.width
    )


def completes(grid: Grid, top: int, bottom: int) -> bool:
    """Whether the upper row only begins what the lower row goes on to say: "Unit" over "Price".

    Each of its cells stands over one of the lower row, and the pairs that say more than their
    lower halves outnumber those that say less by far.
    """
    more = less = 0
    for column in grid.columns:
        above, below = display(column.text(top)), display(column.text(bottom))
        if not above:
            continue
        if not below:
            return False
        alone = max(roles_of(below).values(), default=0.0)
        joined = max(roles_of(f"{above} {below}").values(), default=0.0)
        less += joined < alone - 0.05
        more += joined > alone + 0.05
    return more > 3 * less


def foreign(grid: Grid, top: int, bottom: int) -> int:
    """Cells of a two-row header that a one-row reading would see as data below a header."""
    count = 0
    for column in grid.columns:
        above, below = column.text(top).strip(), column.text(bottom).strip()
        if (
            above
            and below
            and roles_of(display(above))
            and not roles_of(display(f"{above} {below}"))
        ):
            count += 1
        if (
            above
            and below
            and roles_of(display(above))
            and squeeze(below) not in _CONTINUES
            and not roles_of(below)
        ):
            count += 1
    return count


_CONTINUES = frozenset(
    [
        "no",
        "nr",
        "number",
        "num",
        "code",
        "name",
        "text",
        "description",
        "unit",
        "qty",
        "quantity",
        "price",
        "each",
        "usd",
        "eur",
        "kg",
        "g",
        "mm",
        "m",
        "pcs",
        "date",
        "days",
        "weeks",
        "%",
        "total",
        "per",
        "unit",
        "cost",
        "id",
        "pn",
    ]
)


def header_texts(grid: Grid, top: int, bottom: int) -> tuple[str, ...]:
    """Headers with white space folded; two-row headers joined, a merged upper cell carried right."""  # noqa: E501
    if bottom < 0:
        return ("",) * grid.width
    lower = [display(text) for text in grid.row_texts(bottom)]
    if top == bottom:
        return tuple(lower)
    upper = [display(text) for text in grid.row_texts(top)]
    for (first_row, first), (last_row, last) in grid.facts.merges:
        if first_row <= top <= last_row < bottom and first < len(upper):
            upper[first : last + 1] = [upper[first]] * (min(last + 1, len(upper)) - first)
    carried = ""
    joined = []
    for above, below in zip(upper, lower, strict=True):
        if above:
            carried = above
        elif below and carried and not roles_of(below):
            above = carried
        joined.append(" ".join(part for part in (above, below) if part))
    return tuple(joined)
