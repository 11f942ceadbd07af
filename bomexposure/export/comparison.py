"""Two revisions compared, as a workbook: headline, minerals, and the lines behind the change."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from bomexposure.export.sheets import Book, Field
from bomexposure.present import numbers
from bomexposure.present.whatif import FIGURES

_CREATED = datetime(2026, 1, 1)
"""A fixed date of creation, so that the same comparison gives the same bytes."""
_LINE = (
    ("id", "Line", "text", 20), ("part_number", "Part number", "code", 18),
    ("description", "Description", "text", 44), ("spend", "Spend", "money", 12),
    ("acute", "Acute", "text", 10), ("top_mineral", "Worst mineral", "text", 18),
)  # fmt: skip
_PRESENCE = {"certain": ", certain lines", "likely": ", likely lines more"}
_MINERAL = (
    ("lines_certain", "Lines certain", "integer"), ("lines_likely", "Lines likely", "integer"),
    ("spend_certain", "Spend certain", "amount"), ("spend_likely", "Spend likely", "amount"),
)  # fmt: skip


def comparison_xlsx(told: dict[str, Any]) -> bytes:
    """The workbook for what `scenario.compare.compare` tells; one sheet per kind of change."""
    stream = io.BytesIO()
    raw = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False},
    )  # fmt: skip
    raw.set_properties({"title": "BOM revisions compared", "created": _CREATED})
    book = Book(raw)
    _headline(book, told)
    _minerals(book, told)
    lines = told["lines"]
    _sheet(book, "Added", _line_fields(lines["added"]))
    _sheet(book, "Removed", _line_fields(lines["removed"]))
    cells = [
        (one["b"], cell, was, now)
        for one in lines["changed"]
        for cell, (was, now) in one["differences"].items()
    ]
    _sheet(book, "Changed", [
        *_line_fields([one for one, *_ in cells]),
        Field("Cell", [cell.replace("_", " ") for _, cell, _, _ in cells], "text", 16),
        Field("In A", [_words(was) for *_, was, _ in cells], "wrap", 36),
        Field("In B", [_words(now) for *_, now in cells], "wrap", 36),
    ])  # fmt: skip
    remapped = lines["remapped"]
    _sheet(book, "Re-mapped", [
        *_line_fields([one["b"] for one in remapped]),
        Field("Taken for in A", [", ".join(one["was"]) for one in remapped], "wrap", 32),
        Field("Taken for in B", [", ".join(one["is"]) for one in remapped], "wrap", 32),
    ])  # fmt: skip
    review = lines["review"]
    _sheet(book, "To review", [
        Field("Likeness", [one["likeness"] for one in review], "index", 10),
        *_line_fields([one["a"] for one in review], "A: "),
        *_line_fields([one["b"] for one in review], "B: "),
    ])  # fmt: skip
    raw.close()
    return stream.getvalue()


def _headline(book: Book, told: dict[str, Any]) -> None:
    """First sheet: what was compared, how much changed, and each headline figure side by side."""
    a, b, counts = told["a"], told["b"], told["counts"]
    sheet = book.sheet("Summary")
    sheet.write_string("A1", "Two revisions compared", book.formats["title"])
    for row, (side, one) in enumerate((("A", a), ("B", b)), start=1):
        sheet.write_string(
            row, 0,
            f"{side}: {one['file']}, {numbers.count(one['counted_lines'], 'counted line')}, "
            f"data {one['edition']}, controls on {one['as_of']}, SHA-256 {one['sha256'][:16]}…",
            book.formats["quiet"],
        )  # fmt: skip
    changes = (
        f"{numbers.count(counts['added'], 'line')} added, {counts['removed']:,} removed, "
        f"{counts['changed']:,} changed, {counts['remapped']:,} taken for something else, "
        f"{numbers.count(counts['review'], 'pair')} to review (alike, but not surely the same "
        "line: each counts as removed and added)."
    )
    sheet.write_string("A4", changes, book.formats["quiet"])
    sheet.write_string(
        "A5", "Change of design comes from the lines, change of data from reference and choices.",
        book.formats["quiet"],
    )  # fmt: skip
    rows = told["headline"]
    figures = [figure_name(one["figure"]) for one in rows]
    unit = ["%" if "_pct" in one["figure"] else "" for one in rows]
    book.table(
        sheet,
        [
            Field("Figure", figures, "text", 50),
            Field("Unit", unit, "text", 8),
            Field("A", [_rounded(one["a"]) for one in rows], "number", 14),
            Field("B", [_rounded(one["b"]) for one in rows], "number", 14),
            Field("Change", [_rounded(one["change"]) for one in rows], "number", 14, "=[B]-[A]",
                  [one["a"] is not None and one["b"] is not None for one in rows]),
            Field("Of design", [_rounded(one["design"]) for one in rows], "number", 14),
            Field("Of data", [_rounded(one["data"]) for one in rows], "number", 14),
        ],
        "A7",
    )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    """A figure with as many decimals as anybody reads, so that a count shows none."""
    return None if value is None else round(value, 4)


def figure_name(key: str) -> str:
    """A headline figure in words: 'spend_acute_pct.likely' as 'Spend in acute lines, ...'."""
    field, _, presence = key.partition(".")
    words = dict(FIGURES).get(field, field.replace("_", " ").capitalize())
    return words + _PRESENCE.get(presence, f" {presence}" if presence else "")


def _minerals(book: Book, told: dict[str, Any]) -> None:
    """Minerals whose lines or spend differ, the largest change of spend first."""

    def moved(one: dict[str, Any]) -> float:
        a, b = one["a"] or {}, one["b"] or {}
        return float(
            sum(
                abs((b.get(key) or 0.0) - (a.get(key) or 0.0))
                for key in ("spend_certain", "spend_likely")
            )
        )

    rows = sorted(told["minerals"], key=lambda one: (-moved(one), one["mineral"]))
    state = ["new in B" if not one["a"] else "gone in B" if not one["b"] else "" for one in rows]
    fields = [
        Field("Mineral", [numbers.mineral_name(one["mineral"]) for one in rows], "text", 18),
        Field("State", state, "text", 12),
    ]
    for key, heading, style in _MINERAL:
        for side in ("a", "b"):
            values = [(one[side] or {}).get(key) for one in rows]
            fields.append(Field(f"{heading}, {side.upper()}", values, style, 13))
    _sheet(book, "Minerals", fields, freeze=1)


def _line_fields(rows: Sequence[dict[str, Any]], before: str = "") -> list[Field]:
    made = []
    for key, heading, style, width in _LINE:
        values = [one[key] for one in rows]
        if key == "top_mineral":
            values = [numbers.mineral_name(one) if one else "" for one in values]
        made.append(Field(before + heading, values, style, width))
    return made


def _words(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _sheet(book: Book, title: str, fields: list[Field], freeze: int = 0) -> None:
    book.table(book.sheet(title), fields, freeze=freeze)
