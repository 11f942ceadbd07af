"""Tables of the PDF: cells as words, numbered sources, and columns wide enough for their words.

Widths are reckoned from letter widths of the shipped font before setting, so that a part number, a
name or a figure never breaks, and the space that is left goes where it saves most lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from bomexposure.present import numbers
from bomexposure.present.actions import shortened
from bomexposure.present.specs import ColumnSpec, TableSpec

PAGE_WIDTH = 527.0
"""Points across the text of an A4 page; letter is a little wider and gives the rest to all."""
SIZES = (7.5, 7.0, 6.5)
WIDE_TABLE = 9
"""Columns from which a table starts at the second size."""
"""Type sizes in points, tried in turn until the longest words fit side by side."""
INSET = 6.6
"""Points that a column needs beside its words."""
WIDEST_WORD = 130.0
"""Points from which a word without blanks is broken rather than widening its column."""
LONG_WORD = 70.0
"""Points from which a word may break behind an underscore, a hyphen or a stroke."""
CELL_LETTERS = 160
"""Letters of a cell of free text in the PDF; the workbook has texts in full."""
SHORT_CODE = 16
"""Letters up to which a code or name of WHOLE columns stays on one line."""
OPTIONAL = frozenset({"part_number", "supplier", "spend", "spend_certain", "nearest"})
"""Columns that are left out where the BOM has nothing to put in them."""
WHOLE = frozenset(
    {"part_number", "name", "number", "year", "where", "country", "evidence", "effort", "when"}
)
"""Columns whose short texts never wrap, beside figures and dates."""


class Citing(Protocol):
    """Gives signs to sources; see pdf_sources.Notes."""

    def cite(self, ids: str) -> str:
        """Signs of the notes that hold these figures (ids joined by ';')."""


def table_block(
    spec: TableSpec,
    keys: tuple[str, ...],
    notes: Citing | None = None,
    title: str = "",
    level: int = 2,
    caption: str | None = None,
    sides: int = 1,
) -> dict[str, Any]:
    """Chosen columns of a table as words, with a last column that cites the sources.

    `sides` 2 sets the rows in two columns of the page.
    """
    by_key = {column.key: column for column in spec.columns}
    columns = [by_key[key] for key in keys if not _empty(spec, by_key[key])]
    heads = [column.head for column in columns]
    names = [(column.heading, column.unit) for column in columns]
    numeric = [column.numeric for column in columns]
    figures = [column.numeric or column.kind == "date" for column in columns]
    codes = [column.key in WHOLE for column in columns]
    cells = [_words(spec, column) for column in columns]
    cited = [column for column in columns if column.key_source] if notes else []
    if notes and cited:
        ids = [spec.rows[column.key_source].astype("str").tolist() for column in cited]
        cells.append([notes.cite(";".join(row)) for row in zip(*ids, strict=True)])
        heads.append("Source")
        names.append(("Source", ""))
        numeric.append(False)
        figures.append(False)
        codes.append(False)
    page = PAGE_WIDTH if sides == 1 else (PAGE_WIDTH - 20.0) / sides
    widths, size = column_widths(heads, cells, figures, codes, page)
    cells = [
        [breakable(cell, width - INSET, size) for cell in column]
        for column, width in zip(cells, widths, strict=True)
    ]
    return {
        "kind": "table",
        "title": title,
        "level": level,
        "size": size,
        "sides": sides,
        "columns": [
            {"heading": breakable(name, (width - INSET) / _BOLD, size), "unit": unit,
             "width": width, "numeric": right,
             "cites": bool(notes and cited) and at == len(names) - 1}
            for at, ((name, unit), width, right) in enumerate(
                zip(names, widths, numeric, strict=True))
        ],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "caption": spec.caption if caption is None else caption,
        "empty": spec.empty,
    }  # fmt: skip


def _empty(spec: TableSpec, column: ColumnSpec) -> bool:
    """Whether a column of OPTIONAL says nothing in any row."""
    if column.key not in OPTIONAL or not len(spec):
        return False
    return set(spec.texts(column)) <= {"", numbers.UNKNOWN}


def _words(spec: TableSpec, column: ColumnSpec) -> list[str]:
    """The words of a column, free text cut to what a page bears."""
    cells = spec.texts(column)
    if column.kind == "chips":
        return [
            ", ".join(numbers.mineral_name(one) for one in cell.split(";") if one) for cell in cells
        ]
    if column.key in ("description", "label"):
        return [shortened(cell, CELL_LETTERS) for cell in cells]
    return cells


def column_widths(
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    figures: Sequence[bool],
    codes: Sequence[bool],
    page: float,
) -> tuple[list[float], float]:
    """Points per column (their sum is `page`), and the type size in points.

    `cells` is one sequence of words per column; in columns of `figures` what has a digit stays on
    one line, in columns of `codes` what is short. Every column gets room for its longest word
    first; what is left goes, a little at a time, to the column whose wrapped cells are tallest.
    """
    least: list[float] = []
    size = SIZES[0]
    for size in SIZES[1:] if len(heads) >= WIDE_TABLE else SIZES:
        least = [_least(*one, size) for one in zip(heads, cells, figures, codes, strict=True)]
        if sum(least) <= page:
            break
    least = _squeezed(least, page)
    full = np.array(
        [[letters_width(cell, size) for cell in column] for column in cells], dtype=float
    ).reshape(len(least), -1)
    wide = np.array(least)
    room = np.maximum(full.max(axis=1, initial=0.0) + INSET, wide)
    step = page / 160
    left = page - float(wide.sum())
    while left > step and (wide < room).any():
        ratio = full / (wide - INSET)[:, None]
        gain = np.where(wide < room, (ratio**3).sum(axis=1) / (wide - INSET), -1.0)
        best = int(np.argmax(gain))
        given = min(step, float(room[best] - wide[best]))
        wide[best] += given
        left -= given
    # what nothing needs is shared alike, as air between the columns
    wide += left * wide / wide.sum()
    return [round(float(one), 1) for one in wide], size


def _least(head: str, column: Sequence[str], figure: bool, code: bool, size: float) -> float:
    """Points that a column needs so that no word of it breaks."""
    widest = max((letters_width(one, size) * _BOLD for one in head.split()), default=0.0)
    for cell in dict.fromkeys(column):
        kept = code and len(cell) <= SHORT_CODE
        kept = kept or (figure and any(one.isdigit() for one in cell))
        unit = letters_width(cell, size)
        if not kept or unit > WIDEST_WORD:
            unit = max((_unbroken(one, size) for one in _PARTS.findall(cell)), default=0.0)
        widest = max(widest, min(unit, WIDEST_WORD))
    return max(widest, 6.0) + INSET


def _unbroken(word: str, size: float) -> float:
    """Points that a word needs on one line: a long one breaks behind its joints, not before."""
    whole = letters_width(word, size)
    if whole <= LONG_WORD:
        return whole
    pieces = re.split(f"(?<=[{re.escape(_JOINTS)}])", word)
    return max(LONG_WORD, *(letters_width(one, size) for one in pieces))


def _squeezed(least: list[float], page: float) -> list[float]:
    """Least widths that fit the page: the widest are cut to one width where they do not."""
    if sum(least) <= page:
        return least
    low, high = 0.0, max(least)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(min(one, middle) for one in least) > page:
            high = middle
        else:
            low = middle
    return [min(one, low) for one in least]


_PARTS = re.compile(r"[^\s\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]+|\S")
"""What stays on one line: a word without blanks, or one letter of East Asia."""
_JOINTS = "_-/.,;:)"
"""Letters behind which a long word breaks first."""
_BOLD = 1.07
"""How much wider the semi-bold of headings runs than the regular."""
_EMS = {
    letter: ems
    for ems, letters in (
        (0.25, "'ijl"), (0.3, " !,.:;I"), (0.35, "|"), (0.4, "()/[\\]frt{}"), (0.45, '"'),
        (0.5, "*-^_`–"), (0.55, "?Jksxz"), (0.6, "7EFLacehnouvy"),
        (0.65, "#$&012345689PRSTXZbdgpq"), (0.7, "+<=>ABKVY~"), (0.75, "CDGHU"), (0.8, "NOQ"),
        (0.85, "%w"), (0.9, "Mm"), (0.95, "@W"),
    )
    for letter in letters
}  # fmt: skip
"""Advances of Inter Regular in ems, rounded up to a twentieth; figures are tabular."""


def letters_width(words: str, size: float) -> float:
    """Points that words take on one line of a type size, at most: rounded up letter by letter."""
    return size * sum(_EMS.get(one) or _other(one) for one in words)


def _other(letter: str) -> float:
    if unicodedata.combining(letter) or letter == "\u200b":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or letter.isupper():
        return 1.05
    return 0.95 if letter > "\u02af" else 0.7


def breakable(words: str, width: float, size: float) -> str:
    """Words with places where a line may break inside those wider than `width` points."""
    if letters_width(words, size) <= width:
        return words
    made = []
    for word in words.split(" "):
        if letters_width(word, size) <= width:
            made.append(word)
            continue
        pieces, piece = [], ""
        for letter in word:
            if piece and letters_width(piece + letter, size) > width:
                # BEARING_12_32 breaks behind a line or a stroke, not within its letters
                joint = max(piece.rfind(one) for one in _JOINTS) + 1 or len(piece)
                pieces.append(piece[:joint])
                piece = piece[joint:]
            piece += letter
        made.append("\u200b".join([*pieces, piece]))
    return " ".join(made)
