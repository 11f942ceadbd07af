"""Two revisions compared, as a workbook: headline, minerals, and the lines behind the change."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

_CREATED = datetime(2026, 1, 1)
"""A fixed date of creation, so that the same comparison gives the same bytes."""
_LINE = ("id", "part_number", "description", "spend", "acute", "top_mineral")
_LINE_HEADS = ("Line", "Part number", "Description", "Spend", "Acute", "Worst mineral")


def comparison_xlsx(told: dict[str, Any]) -> bytes:
    """The workbook for what `scenario.compare.compare` tells; one sheet per kind of change."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "BOM revisions compared", "created": _CREATED})
    sheets = _Sheets(book)
    a, b = told["a"], told["b"]
    sheets.add(
        "Headline",
        ("Figure", f"A: {a['file']}", f"B: {b['file']}", "Change", "of design", "of data"),
        [
            (one["figure"], one["a"], one["b"], one["change"], one["design"], one["data"])
            for one in told["headline"]
        ],
        note=f"Data A: {a['edition']}, as of {a['as_of']}. Data B: {b['edition']}, as of "
        f"{b['as_of']}. Change of design: the lines; of data: reference and choices.",
    )
    if told["minerals"]:
        names = [name for name in told["minerals"][0] if name != "mineral"]
        sheets.add(
            "Minerals",
            ("Mineral", *(f"{name} {side}" for name in names for side in _parts(told, name))),
            [
                (one["mineral"], *(cell for name in names for cell in _cells(one[name])))
                for one in told["minerals"]
            ],
        )
    for title, key in (("Added", "added"), ("Removed", "removed")):
        sheets.add(title, _LINE_HEADS, [_line(one) for one in told["lines"][key]])
    sheets.add(
        "Changed",
        (*_LINE_HEADS, "Cell", "A", "B"),
        [
            (*_line(one["b"]), cell, was, now)
            for one in told["lines"]["changed"]
            for cell, (was, now) in one["differences"].items()
        ],
    )
    sheets.add(
        "Re-mapped",
        (*_LINE_HEADS, "Taken for in A", "Taken for in B"),
        [
            (*_line(one["b"]), ", ".join(one["was"]), ", ".join(one["is"]))
            for one in told["lines"]["remapped"]
        ],
    )
    sheets.add(
        "To review",
        ("Likeness", *(f"A: {head}" for head in _LINE_HEADS), *(f"B: {h}" for h in _LINE_HEADS)),
        [(one["likeness"], *_line(one["a"]), *_line(one["b"])) for one in told["lines"]["review"]],
        note="Alike, but not surely the same line: each pair counts as removed and added.",
    )
    book.close()
    return stream.getvalue()


def _line(one: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(one[name] for name in _LINE)


def _parts(told: dict[str, Any], name: str) -> tuple[str, ...]:
    value = told["minerals"][0][name]
    return tuple(value) if isinstance(value, dict) else ("",)


def _cells(value: Any) -> tuple[Any, ...]:
    return tuple(value.values()) if isinstance(value, dict) else (value,)


class _Sheets:
    """Adds sheets that all look alike: note, head, rows, filter, frozen head, widths."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bg_color": "#E3EFEE", "text_wrap": True})
        self._note = book.add_format({"italic": False, "font_color": "#555C62"})
        self._number = book.add_format({"num_format": "0.00"})

    def add(
        self, title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]], note: str = ""
    ) -> None:
        sheet = self._book.add_worksheet(title)
        if note:
            sheet.write_string(0, 0, note, self._note)
        top = 2 if note else 0
        for column, head in enumerate(heads):
            sheet.write_string(top, column, head, self._head)
            longest = max((len(str(row[column])) for row in rows[:500]), default=0)
            sheet.set_column(column, column, min(48, max(10, len(head) * 0.9, longest + 1)))
        for at, row in enumerate(rows, start=top + 1):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, bool | str):
                    sheet.write_string(at, column, str(value))
                else:
                    whole = float(value) == int(value)
                    sheet.write_number(at, column, value, None if whole else self._number)
        sheet.autofilter(top, 0, top + max(1, len(rows)), len(heads) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
