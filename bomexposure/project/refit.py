"""Decisions on single rows after the workbook changed: exact, moved with their line, or orphaned.

A decision names a row and the fingerprint of its line. When rows were inserted or sorted, the same
line stands elsewhere: the decision follows it. One whose line is gone stays and is listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from bomexposure.model.choices import Override
from bomexposure.model.project import Project
from bomexposure.project import edits


@dataclass(frozen=True, slots=True)
class Refit:
    """What became of the decisions.

    Attributes:
        moved: (decision as it was, id of the line that it follows now).
        orphaned: decisions that fit no line of the workbook as it is.
    """

    exact: int
    moved: tuple[tuple[Override, str], ...]
    orphaned: tuple[Override, ...]


def refit(overrides: tuple[Override, ...], lines: pd.DataFrame) -> Refit:
    """Find the line of each decision in a LINES table; order and text decide, rows may change.

    Of several lines with the same text a moved decision takes the nearest that has none.
    """
    ids = lines["id"].tolist()
    prints = lines["fingerprint"].tolist()
    row_of = dict(zip(ids, lines["row"].tolist(), strict=True))
    print_of = dict(zip(ids, prints, strict=True))
    by_print: dict[str, list[str]] = {}
    for key, text in zip(ids, prints, strict=True):
        by_print.setdefault(text, []).append(key)
    taken = {
        (one.fingerprint, one.line_id)
        for one in overrides
        if one.line_id and print_of.get(one.line_id) == one.fingerprint
    }
    moved: list[tuple[Override, str]] = []
    orphaned: list[Override] = []
    exact = 0
    for one in overrides:
        alike = by_print.get(one.fingerprint, [])
        if (one.line_id and (one.fingerprint, one.line_id) in taken) or (not one.line_id and alike):
            exact += 1
            continue
        free = [key for key in alike if (one.fingerprint, key) not in taken]
        if not one.line_id or not free:
            orphaned.append(one)
            continue
        was = _row(one.line_id)
        found = min(free, key=lambda key: (abs(int(row_of[key]) - was), int(row_of[key])))
        taken.add((one.fingerprint, found))
        moved.append((one, found))
    return Refit(exact, tuple(moved), tuple(orphaned))


def follow(project: Project, found: Refit) -> Project:
    """The project whose moved decisions stand on their lines again; the log says so."""
    if not found.moved:
        return project
    new = {(one.fingerprint, one.line_id): key for one, key in found.moved}
    overrides = tuple(
        replace(one, line_id=new.get((one.fingerprint, one.line_id), one.line_id))
        for one in project.choices.overrides
    )
    changed = replace(project, choices=replace(project.choices, overrides=overrides))
    words = ", ".join(f"{one.line_id} to {key}" for one, key in found.moved[:6])
    more = f" and {len(found.moved) - 6} more" if len(found.moved) > 6 else ""
    return edits.logged(changed, f"Decisions followed their lines in a changed file: {words}{more}")


def _row(line_id: str) -> int:
    digits = line_id.rpartition("!")[2].partition("#")[0]
    return int(digits) if digits.isdigit() else 0
