"""A table as it stands on screen, to be worded when it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bomexposure.present.specs import TableSpec


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The rows on show, in the order of the screen.

    Attributes:
        title: names the sheet of a workbook.
        count: number of rows.
        rows: words the rows when they are written, off the window's thread and with the marks of
            a file; it reads nothing that changes.
    """

    title: str
    heads: Sequence[str]
    count: int
    rows: Callable[[], Iterable[Sequence[str]]]


def shown_spec(spec: TableSpec) -> ShownTable:
    """All of a TableSpec, such as the data behind a chart."""
    return ShownTable(
        spec.title,
        [column.head for column in spec.columns],
        len(spec),
        lambda: zip(*(spec.texts(column) for column in spec.columns), strict=True),
    )
