"""Own materials out of a CSV file: one row per element, as a laboratory lists them."""

from __future__ import annotations

import csv
from pathlib import Path

from bomexposure.model.choices import OwnMaterial, OwnPart
from bomexposure.model.errors import UsageError
from bomexposure.model.supply import Reference
from bomexposure.reference.own_materials import checked, material_id

NEEDED = ("material", "element", "typical")
COLUMNS = (
    "material", "element", "low", "typical", "high", "function", "form", "relation", "family",
    "density_g_cm3", "designations", "source",
)  # fmt: skip


def read_own_materials(path: Path, reference: Reference) -> tuple[OwnMaterial, ...]:
    """The materials of a CSV file, checked; low and high default to typical.

    Columns: see COLUMNS; `material`, `element` (a name, id or symbol) and `typical` (percent of
    mass) are needed. What speaks of the whole material (family, density, designations, source) may
    stand on any of its rows. Raises UsageError with row, column, value and remedy.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.readline()
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=";" if sample.count(";") > 1 else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise UsageError(
            f"{path.name} cannot be read: {fault}.", "Give a CSV file in UTF-8."
        ) from fault
    names = {(name or "").strip().casefold() for row in rows[:1] for name in row}
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise UsageError(
            f"{path.name} lacks the column {missing[0]}.",
            f"Its first row names columns out of: {', '.join(COLUMNS)}.",
        )
    told: dict[str, dict[str, str]] = {}
    parts: dict[str, list[OwnPart]] = {}
    for number, row in enumerate(rows, start=2):
        cells = {
            (name or "").strip().casefold(): (cell or "").strip()
            for name, cell in row.items()
            if isinstance(cell, str)
        }
        name = cells.get("material", "")
        if not name and not cells.get("element"):
            continue
        if not name or not cells.get("element"):
            raise UsageError(
                f"{path.name}, row {number}: material or element is empty.", "Fill both."
            )
        typical = _number(path, number, "typical", cells["typical"])
        low, high = (
            _number(path, number, end, cells[end]) if cells.get(end) else typical
            for end in ("low", "high")
        )
        parts.setdefault(name, []).append(
            OwnPart(
                cells["element"],
                low,
                typical,
                high,
                cells.get("function", ""),
                cells.get("form", ""),
                cells.get("relation", ""),
            )
        )
        whole = told.setdefault(name, {})
        for column in ("family", "density_g_cm3", "designations", "source"):
            if cells.get(column):
                whole.setdefault(column, cells[column])
    taken = set(reference.knowledge.subjects["id"].tolist())
    made = []
    for name, own in parts.items():
        whole = told[name]
        dense = whole.get("density_g_cm3", "")
        material = OwnMaterial(
            id=material_id(name, taken),
            name=name,
            parts=tuple(own),
            source=whole.get("source", f"file {path.name}"),
            family=whole.get("family", ""),
            density_g_cm3=_number(path, 0, "density_g_cm3", dense) if dense else None,
            designations=tuple(whole.get("designations", "").split(";")),
        )
        taken.add(material.id)
        made.append(checked(material, reference))
    return tuple(made)


def _number(path: Path, row: int, column: str, text: str) -> float:
    try:
        return float(text.replace(",", ".").rstrip("% "))
    except ValueError as fault:
        where = f", row {row}" if row else ""
        raise UsageError(
            f"{path.name}{where}, column {column}: “{text}” is not a number.",
            "Write it like 12.5.",
        ) from fault
