"""The mass of a line: declared, else by dimensions, by size or package, by class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content.judge import Verdict
from bomexposure.content.sight import Sight
from bomexposure.model.knowledge import Knowledge

Array = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MISSING = (float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Masses:
    """Per line: total mass and surface, low, typical and high; basis of the mass.

    Attributes:
        total: g of quantity_total; NaN unknown.
        surface: cm2 of quantity_total.
    """

    total: Floats
    surface: Floats
    basis: npt.NDArray[np.object_]


def weigh(
    lines: pd.DataFrame, sight: Sight, verdict_of_line: Array, knowledge: Knowledge
) -> Masses:
    """The mass of every line of a LINES table, ranges included."""
    typical, per_unit, basis = _by_class(sight.verdicts, knowledge)
    piece = typical[verdict_of_line]
    named = basis[verdict_of_line]
    unit = lines["quantity_unit"].to_numpy(dtype=object)
    per = per_unit[verdict_of_line]
    piece, named = _in_unit(piece, named, per, unit)
    declared = lines["mass_g"].to_numpy(dtype=np.float64)
    told = ~np.isnan(declared)
    piece = np.where(told[:, None], declared[:, None], piece)
    named = np.where(told, "declared", named)
    quantity = lines["quantity_total"].to_numpy(dtype=np.float64)
    in_kilos = unit == "kg"
    piece = np.where(in_kilos[:, None], 1000.0, piece)
    named = np.where(in_kilos, "declared", named)
    total = piece * quantity[:, None]
    density = _densities(sight.verdicts, knowledge)[verdict_of_line]
    surface = _surface(piece, density) * quantity[:, None]
    named = np.where(np.isnan(total[:, 1]), "", named)
    return Masses(total, np.nan_to_num(surface, nan=np.nan), named.astype(object))


def _by_class(
    verdicts: list[Verdict], knowledge: Knowledge
) -> tuple[Floats, npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    classes = knowledge.tables["classes"]
    names = ("mass_g_low", "mass_g_typical", "mass_g_high")
    held = {
        str(row["id"]): (tuple(_number(row[name]) for name in names), str(row["mass_per"]))
        for row in classes.to_dict("records")
    }
    sizes = [
        tuple(_number(row[name]) for name in names)
        for row in knowledge.tables["sizes"].to_dict("records")
    ]
    mass, per, basis = [], [], []
    for verdict in verdicts:
        if verdict.size >= 0:
            mass.append(sizes[verdict.size])
            per.append("piece")
            basis.append("package")
            continue
        known = held.get(verdict.component_class)
        mass.append(known[0] if known else MISSING)
        per.append(known[1] if known else "")
        basis.append("class" if known else "")
    return (
        np.array(mass, dtype=np.float64).reshape(-1, 3),
        np.array(per, dtype=object),
        np.array(basis, dtype=object),
    )


def _number(text: object) -> float:
    try:
        return float(str(text))
    except ValueError:
        return float("nan")


def _in_unit(
    piece: Floats, basis: npt.NDArray[np.object_], per: npt.NDArray[np.object_],
    unit: npt.NDArray[np.object_],
) -> tuple[Floats, npt.NDArray[np.object_]]:  # fmt: skip
    """Masses per unit of quantity; NaN where the class speaks of another unit."""
    made = piece.copy()
    counted = (unit == "pc") | (unit == "")
    # a length or an area counted in pieces: one to a few of the unit, as cut lengths are
    long = counted & ((per == "m") | (per == "dm2"))
    made[long] = piece[long] * np.array([0.1, 1.0, 5.0])
    square = (unit == "m2") & (per == "dm2")
    made[square] = piece[square] * 100.0
    fits = counted & (per != "") | ((unit == "m") & (per == "m")) | square
    fits |= (unit == "m3") & (per == "m3")
    made[~fits] = np.nan
    return made, np.where(fits, basis, "")


def _densities(verdicts: list[Verdict], knowledge: Knowledge) -> Floats:
    materials = knowledge.tables["materials"]
    held = dict(
        zip(materials["id"], pd.to_numeric(materials["density_g_cm3"]).tolist(), strict=True)
    )
    found = []
    for verdict in verdicts:
        value = next((held.get(one.subject, np.nan) for one in verdict.materials), np.nan)
        found.append(7.5 if np.isnan(value) else value)
    return np.array(found, dtype=np.float64)


def _surface(piece: Floats, density: Floats) -> Floats:
    """cm2 of one piece from its mass: a cube has the least surface, a sheet some 6 times as much."""
    volume = piece / density[:, None]
    return 6.0 * np.cbrt(volume) ** 2 * np.array([0.9, 1.6, 5.0])
