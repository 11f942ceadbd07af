"""What the reader of a table must be told of it as a whole: doubts, and what would settle them."""

from __future__ import annotations

import numpy as np

from bomexposure.intake import counting, lines
from bomexposure.intake import rows as kinds
from bomexposure.intake.detect import Found
from bomexposure.intake.grid import Grid, Mask
from bomexposure.intake.letters import letter
from bomexposure.intake.looks import Look, look_at
from bomexposure.intake.troubles import Troubles

_NAMES = ("description", "value", "material", "category", "footprint", "notes", "mpn")
"""Roles that can say what a part is; a firm's own number cannot."""

SHOWN = 5
"""Hidden rows named by their number."""


def tell(grid: Grid, found: Found, sheet: lines.Sheet, troubles: Troubles) -> None:
    """Add the issues of one table."""
    hidden = sorted(1 + row for row in grid.facts.hidden & set(sheet.rows.tolist()))
    if hidden:
        one = len(hidden) == 1
        where = ", ".join(map(str, hidden[:SHOWN])) + (", ..." if len(hidden) > SHOWN else "")
        troubles.add(
            "note", "rows-hidden",
            f"Hidden row {where} was read as a line." if one
            else f"{len(hidden)} hidden rows were read as lines: {where}.",
            f"Delete {'it' if one else 'them'} from the sheet if "
            f"{'it does' if one else 'they do'} not belong to the BOM.",
            sheet=grid.name,
        )  # fmt: skip
    if grid.note:
        troubles.add(
            "warning", "far-cells", f"Cells {grid.note} were left out.",
            "Delete the blank rows and columns between the table and those cells if they matter.",
            sheet=grid.name,
        )  # fmt: skip
    _uncached(grid, found, sheet, troubles)
    _rivals(grid, found, troubles)
    _volumes(grid, found, troubles)
    if found.stairs:
        first, last = (_label(found, found.stairs.columns[at]) for at in (0, -1))
        troubles.add(
            "note", "level-steps", f"Columns “{first}” to “{last}” are read as the steps of a staircase: which is filled is the line's level.",  # noqa: E501
            "Add a column of levels if that is wrong.", sheet=grid.name, column=first,
        )  # fmt: skip
    _quantities(grid, found, sheet, troubles)
    _codes_only(grid, sheet, troubles)
    _left_tables(grid, found, sheet, troubles)


def _rivals(grid: Grid, found: Found, troubles: Troubles) -> None:
    """Columns that wanted a role which another has; several quantities are told as one."""
    several = [column for role, column in found.rivals if role == "quantity"]
    if several:
        labels = [_label(found, column) for column in sorted(several)]
        used = _label(found, found.columns["quantity"])
        listed = ", ".join(f"“{label}”" for label in labels)
        troubles.add(
            "warning" if len(labels) > 1 else "note", "quantity-variants",
            f"There are {len(labels) + 1} columns of quantities; “{used}” is read, not {listed}.",
            f"Read another variant with --column quantity={labels[0]!r}, or choose it as the quantity column.",  # noqa: E501
            sheet=grid.name, column=labels[0],
        )  # fmt: skip
    for role, column in found.rivals:
        if role == "quantity":
            continue
        label, used = _label(found, column), found.headers[found.columns[role]] or "another column"
        troubles.add(
            "note", "column-rival", f"“{label}” could be the {role.replace('_', ' ')} too; “{used}” is used.",  # noqa: E501
            f"Set the column of {role.replace('_', ' ')} by hand if that is wrong.", sheet=grid.name, column=label,  # noqa: E501
        )  # fmt: skip


def _volumes(grid: Grid, found: Found, troubles: Troubles) -> None:
    """One price at several volumes: which is read, and which others there are."""
    read = found.columns.get("unit_cost")
    if read is None or not (group := [c for c in found.volumes if c != read]):
        return
    listed = ", ".join(f"“{_label(found, column)}”" for column in group)
    troubles.add(
        "note", "price-volumes", f"Prices are given for several volumes; “{_label(found, read)}” is read, not {listed}.",  # noqa: E501
        "Choose the column of your volume as the unit cost.", sheet=grid.name, column=_label(found, read),  # noqa: E501
    )  # fmt: skip


def _label(found: Found, column: int) -> str:
    return found.headers[column] or f"column {letter(column)}"


def _quantities(grid: Grid, found: Found, sheet: lines.Sheet, troubles: Troubles) -> None:
    """No column of quantities, or blanks in it where a part stands."""
    if "quantity" not in found.columns:
        if "designator" not in found.columns:
            troubles.add(
                "warning", "no-quantity", "No column of quantities was found; quantities are unknown.",  # noqa: E501
                "Set the quantity column by hand if there is one.", sheet=grid.name,
            )  # fmt: skip
        return
    blank = ~sheet.cells["quantity"].filled() & np.isnan(sheet.columns["quantity"])
    blank &= ~counting.source_rows(sheet) & ~counting.do_not_fit(sheet)
    if not blank.any():
        return
    label = _label(found, found.columns["quantity"])
    mend = "Enter the quantity, 0 if the part is not used, or AR if it is used as required."
    if blank.mean() > 0.5:
        troubles.add(
            "note", "quantity-blank",
            f"{int(blank.sum())} of {len(blank)} lines have no quantity; theirs are unknown.", mend,
            sheet=grid.name, column=label,
        )  # fmt: skip
        return
    troubles.add_rows(
        "warning", "quantity-blank", "This line has no quantity; its mass and cost are unknown.",
        mend, ((grid.name, int(sheet.rows[i]) + 1, "") for i in np.flatnonzero(blank)), label,
    )  # fmt: skip


def _codes_only(grid: Grid, sheet: lines.Sheet, troubles: Troubles) -> None:
    """Lists of an ERP system that name parts by item numbers alone."""
    if len(sheet.rows) < 3 or any(role in sheet.cells for role in _NAMES):
        return
    own = [role for role in ("part_number", "supplier_part") if role in sheet.cells]
    looks = [
        look_at(sheet.cells[role], {"maker": _NONE, "seller": _NONE, "country": _NONE})
        for role in own
    ]
    if not own or not all(map(_is_code, looks)):
        return
    troubles.add(
        "warning", "codes-only",
        "The lines are named by item codes alone; no column says what the parts are.",
        "Add a column of descriptions or materials from the item master to the export, "
        "or say what the codes are in a company dictionary.",
        sheet=grid.name, column=sheet.refs[own[0]].header or sheet.refs[own[0]].letter,
    )  # fmt: skip


_NONE: frozenset[str] = frozenset()


def _is_code(look: Look) -> bool:
    return look.code > 0.7 and look.words < 0.2 and look.material < 0.2


def _left_tables(grid: Grid, found: Found, sheet: lines.Sheet, troubles: Troubles) -> None:
    """Further tables on the sheet that have no quantities and were not read as lines."""
    left: Mask = sheet.kinds == kinds.LEFT
    for row in found.strays:
        first = row - found.bottom - 1
        count = 0
        while first + 1 + count < len(left) and left[first + 1 + count]:
            count += 1
        if count:
            troubles.add(
                "note", "table-left",
                f"Row {row + 1} begins another table, without quantities; its {count} rows were not read.",  # noqa: E501
                f"Read it with --header-row {row + 1} if it is the list of parts.", sheet=grid.name, row=row + 1,  # noqa: E501
            )  # fmt: skip


def _uncached(grid: Grid, found: Found, sheet: lines.Sheet, troubles: Troubles) -> None:
    """Formulas in the read columns that hold no result: the file was never opened in Excel."""
    roles = {column: role for role, column in found.columns.items()}
    rows = set(sheet.rows.tolist())
    cells = [(r, c) for r, c in grid.facts.uncached if c in roles and r in rows]
    for column in sorted({c for _, c in cells}):
        count = sum(c == column for _, c in cells)
        troubles.add(
            "warning", "formula-without-result",
            f"{count} cells hold formulas whose results are not stored, so they read as empty.",
            "Open the file in Excel or LibreOffice once, save it, and open it here again.",
            sheet=grid.name, column=found.headers[column] or letter(column),
        )  # fmt: skip
