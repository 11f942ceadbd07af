"""The rows of one table as LINES: texts kept as they stand, numbers parsed, nothing rolled up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from bomexposure.intake import masses, prices, sections, staircase
from bomexposure.intake import rows as kinds
from bomexposure.intake.detect import Found
from bomexposure.intake.facts import SheetFacts
from bomexposure.intake.grid import Cells, Codes, Grid, Numbers, Texts
from bomexposure.intake.letters import letter
from bomexposure.intake.numbers import Amounts, decimal_of, decimal_votes, parse_cells
from bomexposure.intake.troubles import Troubles
from bomexposure.intake.units import (
    header_currency,
    header_mass_unit,
    header_unit,
    si_unit,
)
from bomexposure.intake.volumes import run_of
from bomexposure.intake.words import fold, squeeze
from bomexposure.model.bom import TEXT_ROLES, ColumnRef

NUMBER_ROLES = (
    "quantity", "base_quantity", "scrap_pct", "unit_cost", "price_per", "extended_cost", "mass",
    "stock", "lead_time",
)  # fmt: skip
_MONEY = ("unit_cost", "extended_cost", "price_per")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table's lines before structure: columns of LINES by name, one array entry per line.

    `cells` holds the role columns for the lines (for structure), `rows` their 0-based sheet rows,
    `uses` how often the section that a line stands in is used ("2 x Gearbox"), 1 where not said.
    """

    columns: dict[str, Any]
    cells: dict[str, Cells]
    rows: Codes
    refs: dict[str, ColumnRef]
    original: dict[str, Texts]
    kinds: np.ndarray
    numbers: dict[str, Numbers]
    facts: SheetFacts
    places: dict[str, int]
    uses: Numbers


def refs_of(grid: Grid, found: Found) -> dict[str, ColumnRef]:
    """The columns by role; the unit is the header's, else what the number format prints."""
    made = {}
    for role, column in found.columns.items():
        if role in ("unit_cost", "extended_cost"):
            unit = header_currency(found.headers[column]) or grid.facts.currencies.get(column, "")
        else:
            named = header_mass_unit if role == "mass" else header_unit
            unit = named(found.headers[column]) or grid.facts.units.get(column, "")
        made[role] = ColumnRef(
            found.headers[column], letter(column), found.confidence.get(role, 0.0), unit
        )
    return made


def file_decimal(grids: list[tuple[Grid, Found]]) -> str:
    """The decimal mark that the number columns of all tables show, '' where none does."""
    comma = point = 0
    for grid, found in grids:
        for role in NUMBER_ROLES:
            if role in found.columns:
                cells = grid.columns[found.columns[role]]
                votes = decimal_votes(
                    t
                    for t, n in zip(cells.texts[:3000], cells.numbers[:3000], strict=True)
                    if n != n
                )
                comma, point = comma + votes[0], point + votes[1]
    return "" if comma == point else "," if comma > point else "."


def build(grid: Grid, found: Found, file_mark: str, troubles: Troubles) -> Sheet:
    """Read the lines of one table."""
    body = np.arange(found.bottom + 1, found.end, dtype=np.intp)
    as_drawn, grid = grid, staircase.laid_flat(grid, found.stairs, body)
    sorts = kinds.classify(grid, found, body)
    chosen = body[sorts == kinds.LINE]
    grid = kinds.joined_designators(grid, found, body, sorts)
    refs = refs_of(grid, found)
    cells = {role: grid.columns[column].take(chosen) for role, column in found.columns.items()}
    columns: dict[str, Any] = {
        "sheet": np.full(len(chosen), grid.name, dtype=object),
        "row": (chosen + 1).astype(np.int64),
    }
    for role in TEXT_ROLES:
        if role in cells:
            columns[role] = cells[role].tidy().all_texts()
    for role in ("part_number", "mpn", "supplier_part"):
        if role in cells:
            _report_spoilt(role, cells[role], chosen, grid.name, refs[role], troubles)
    titles = sections.titles(grid, body, sorts)
    columns["section"] = titles[sorts == kinds.LINE]
    quantity = found.columns.get("quantity")
    uses = sections.uses(grid, body, sorts, quantity, troubles)[sorts == kinds.LINE]
    amounts = {
        role: parse_cells(
            cells[role],
            decimal_of(cells[role], file_mark, prices.in_whole_units(role, cells, refs)),
            role in _MONEY,
        )
        for role in NUMBER_ROLES
        if role in cells
    }
    values = {role: amount.value[cells[role].codes] for role, amount in amounts.items()}
    _drop_shifted(cells, amounts, values, chosen, grid.name, troubles)
    for role, amount in amounts.items():
        _report_unreadable(role, amount, cells[role], chosen, grid.name, refs[role], troubles)
    columns["dnp"] = columns.get("dnp", np.full(len(chosen), "", dtype=object))
    _quantities(columns, values, amounts, cells, refs)
    _count_designators(columns, cells, chosen, grid.name, troubles)
    if "mass" in cells:
        masses.read(columns, values["mass"], amounts["mass"], cells, refs, troubles)
    else:
        columns["mass_g"] = np.full(len(chosen), np.nan)
    prices.read(columns, values, amounts, cells, refs, troubles)
    columns["lead_time_days"] = _lead_days(values, amounts, cells, refs)
    columns["stock_quantity"] = values.get("stock", np.full(len(chosen), np.nan))
    original = _original(as_drawn if found.stairs else grid, found, chosen)
    return Sheet(
        columns, cells, chosen, refs, original, sorts, values, grid.facts, found.columns, uses
    )  # fmt: skip


def _original(grid: Grid, found: Found, chosen: Codes) -> dict[str, Texts]:
    """The user's own columns in their order, labels made unique by the letter."""
    original: dict[str, Texts] = {}
    seen: dict[str, int] = {}
    for header in found.headers:
        seen[header] = seen.get(header, 0) + 1
    for column, header in enumerate(found.headers):
        cells = grid.columns[column]
        if not header and not cells.filled()[found.bottom + 1 : found.end].any():
            continue
        label = header if header and seen[header] == 1 else f"{header} ({letter(column)})".strip()
        original[label] = cells.texts[cells.codes[chosen]]
    return original


_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d{2,3}", re.IGNORECASE)
_BROKEN = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL)[!?]?", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?: \d\d:\d\d:\d\d)?")


def _report_spoilt(
    role: str, cells: Cells, chosen: Codes, sheet: str, ref: ColumnRef, troubles: Troubles
) -> None:
    """Identifiers that a spreadsheet turned into numbers or dates before the file was saved."""
    what = role.replace("_", " ")
    for pattern, code, text in (
        (_ROUNDED, "identifier-rounded", f"This {what} was turned into a rounded number."),
        (_DATE, "identifier-date", f"This {what} was turned into a date."),
    ):
        bad = np.array([pattern.fullmatch(str(t).strip()) is not None for t in cells.texts])
        if bad.any():
            places = np.flatnonzero(bad[cells.codes])
            troubles.add_rows(
                "warning", code, text, "Format the column as text, and enter it again.",
                ((sheet, int(chosen[i]) + 1, cells.text(int(i))) for i in places),
                ref.header or ref.letter,
            )  # fmt: skip


def _drop_shifted(
    cells: dict[str, Cells],
    amounts: dict[str, Amounts],
    values: dict[str, Numbers],
    chosen: Codes,
    sheet: str,
    troubles: Troubles,
) -> None:
    """Rows whose cells stand in the wrong columns: a comma too many or a cell too few.

    A link where a price should be shows it; what stands in the other columns of numbers is then
    not what their headers say.
    """
    shifted = np.zeros(len(chosen), dtype=bool)
    for role in ("quantity", "unit_cost", "extended_cost"):
        if role in cells:
            links = np.array(["://" in str(text) for text in cells[role].texts], dtype=bool)
            shifted |= links[cells[role].codes]
    if not shifted.any() or shifted.mean() > 0.5:
        return
    for role in amounts:
        values[role] = np.where(shifted, np.nan, values[role])
    troubles.add_rows(
        "warning", "row-shifted",
        "The cells of this row stand in the wrong columns; its numbers are not used.",
        "Add the cell that is missing, or put a cell that holds a comma in quotation marks.",
        ((sheet, int(chosen[i]) + 1, "") for i in np.flatnonzero(shifted)),
    )  # fmt: skip


def _report_unreadable(
    role: str,
    amount: Amounts,
    cells: Cells,
    chosen: Codes,
    sheet: str,
    ref: ColumnRef,
    troubles: Troubles,
) -> None:
    label = ref.header or ref.letter
    broken = np.array([_BROKEN.match(str(text)) is not None for text in cells.texts], dtype=bool)
    troubles.add_rows(
        "warning", f"{role.replace('_', '-')}-broken",
        f"A formula failed here, so this {role.replace('_', ' ')} is unknown.",
        "Mend the formula in the spreadsheet and save it.",
        ((sheet, int(chosen[i]) + 1, cells.text(int(i))) for i in np.flatnonzero(broken[cells.codes])),  # noqa: E501
        label,
    )  # fmt: skip
    said = [role == "price_per" and bool(si_unit(str(text))[0]) for text in cells.texts]
    for kind, severity, text, mend in (
        ("unreadable", "warning", f"This {role.replace('_', ' ')} is not a number.",
         "Write the number alone, with its unit in a column of its own."),
        ("range", "note", f"This {role.replace('_', ' ')} is a range; its middle is used.",
         "Write one number if you know it."),
    ):  # fmt: skip
        # what a price is for may be a unit alone: 'C' or 'EA'
        bad = ((amount.kind == kind) & ~np.array(said, dtype=bool) & ~broken)[cells.codes]
        if bad.any():
            places = np.flatnonzero(bad)
            troubles.add_rows(
                severity, f"{role.replace('_', '-')}-{kind}", text, mend,
                ((sheet, int(chosen[i]) + 1, cells.text(int(i))) for i in places), label,
            )  # fmt: skip


def _quantities(
    columns: dict[str, Any],
    values: dict[str, Numbers],
    amounts: dict[str, Amounts],
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
) -> None:
    count = len(columns["row"])
    blank = np.full(count, np.nan)
    unit = (
        cells["unit"].map_texts(str.strip).all_texts()
        if "unit" in cells
        else np.full(count, "", dtype=object)
    )
    if "quantity" in amounts:
        beside = amounts["quantity"].unit[cells["quantity"].codes]
        unit = np.where(unit == "", beside, unit)
        if refs["quantity"].unit:
            unit = np.where(unit == "", refs["quantity"].unit, unit)
    columns["quantity"] = values.get("quantity", blank)
    columns["unit"] = unit
    columns["base_quantity"] = values.get("base_quantity", blank)
    if "quantity" in refs and "base_quantity" not in refs:
        # "Qty for 10 boards"
        columns["base_quantity"] = np.full(count, run_of(refs["quantity"].header))
    columns["scrap_pct"] = _percent(
        values.get("scrap_pct", blank), cells.get("scrap_pct"), refs.get("scrap_pct")
    )


def _percent(values: Numbers, cells: Cells | None, ref: ColumnRef | None) -> Numbers:
    """Scrap in percent; a column of stored fractions (0.05 shown as 5 %) is multiplied by 100.

    Allowances below half a percent on every line are not met in practice, while Excel stores
    every percent cell as a fraction; so a numeric column that nowhere exceeds 0.5 is one. Under a
    header that says percent, half of one is met, and half of all parts is not.
    """
    if cells is None or ref is None:
        return values
    most = 0.1 if "%" in fold(ref.header) else 0.5
    given = values[np.isfinite(values) & (values > 0)]
    stored = np.isfinite(cells.numbers).any()
    if len(given) and stored and given.max() <= most:
        return values * 100
    return values


_DESIGNATORS = re.compile(
    r"([A-Za-zА-Яа-я]{1,5}_?)(\d{1,5})([A-Za-z]?(?:[_.]\w+)?)(?:\s*(?:-|–|~|\.{2,3}|…|to)\s*(?:\1)?(\d{1,5}))?"
)


def designator_count(text: str) -> int:
    """How many parts a cell of designators names; 'R1-R4, R7' is 5."""
    count = 0
    for piece in re.split(
        r"[,;\s]+(?![-–~])(?<![-–~]\s)", re.sub(r"\s*([-–~…])\s*", r"\1", text.strip())
    ):
        if not piece:
            continue
        found = _DESIGNATORS.fullmatch(piece)
        if found and found.group(4) and int(found.group(4)) > int(found.group(2)):
            count += min(int(found.group(4)) - int(found.group(2)) + 1, 10_000)
        else:
            count += 1
    return count


def _count_designators(
    columns: dict[str, Any], cells: dict[str, Cells], chosen: Codes, sheet: str, troubles: Troubles
) -> None:
    """Where no quantity stands but designators are listed, they are counted."""
    if "designator" not in cells:
        return
    marks_ = cells["designator"]
    counts = np.array([designator_count(str(text)) for text in marks_.texts], dtype=float)[
        marks_.codes
    ]
    missing = np.isnan(columns["quantity"]) & (counts > 0)
    if "quantity" in cells:
        missing &= ~cells["quantity"].filled()
        differs = np.isfinite(columns["quantity"]) & (counts > 0) & (columns["quantity"] > 0)
        differs &= (counts != columns["quantity"]) & (counts > 1)
        troubles.add_rows(
            "note", "quantity-differs-from-designators",
            "The quantity is not the number of designators listed; the quantity is used.",
            "Correct the one that is wrong.",
            ((sheet, int(chosen[i]) + 1, f"{columns['quantity'][i]:g} against {counts[i]:g}") for i in np.flatnonzero(differs)),  # noqa: E501
        )  # fmt: skip
    columns["quantity"] = np.where(missing, counts, columns["quantity"])


_WEEKS = (
    "w",
    "wk",
    "wks",
    "week",
    "weeks",
    "woche",
    "wochen",
    "semaines",
    "sem",
    "semanas",
    "周",
    "週",
    "주",
    "нед",
    "недель",
    "weken",
    "tyg",
    "veckor",
    "hafta",
)
_MONTHS = (
    "month",
    "months",
    "mo",
    "mon",
    "monat",
    "monate",
    "mois",
    "meses",
    "月",
    "个月",
    "ヶ月",
    "개월",
    "мес",
    "maanden",
)


def _lead_days(
    values: dict[str, Numbers],
    amounts: dict[str, Amounts],
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
) -> Numbers:
    if "lead_time" not in cells:
        return np.full(len(next(iter(cells.values()))) if cells else 0, np.nan)
    header = squeeze(refs["lead_time"].header)
    default = 7.0 if any(word in header for word in ("week", "wks", "woche", "周", "週")) else 1.0
    units = [squeeze(str(unit)) for unit in amounts["lead_time"].unit]
    factor = np.array(
        [7.0 if u in _WEEKS else 30.4 if u in _MONTHS else 1.0 if u else default for u in units]
    )
    days: Numbers = values["lead_time"] * factor[cells["lead_time"].codes]
    return days
