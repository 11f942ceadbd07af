"""The mass of a line: declared, else by dimensions, by size or package, by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.content import measure
from bomexposure.content.sight import Sight
from bomexposure.content.verdict import Verdict
from bomexposure.model.knowledge import Knowledge

Array = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MISSING = (float("nan"), float("nan"), float("nan"))
WIDEST = 1000.0
"""A class whose masses span more than this from low to high tells no mass: "metal part" may be a
clip or a frame. Presence stands, the mass stays unknown until the line says a size or a weight."""


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
    lines: pd.DataFrame, sight: Sight, verdicts: list[Verdict], verdict_of_line: Array,
    decided: Floats, knowledge: Knowledge, kept: dict[str, object] | None = None,
) -> Masses:  # fmt: skip
    """The mass of every line of a LINES table, ranges included.

    `kept` as in `break_down`: the dimensions of texts that are taken for the same are read once.

    Args:
        verdicts, verdict_of_line: what the lines were taken for, decisions included.
        decided: per line the mass of one piece that a user decided, NaN where none; g.
    """
    typical, per_unit, basis = _by_class(verdicts, knowledge)
    piece = typical[verdict_of_line]
    named = basis[verdict_of_line]
    unit = lines["quantity_unit"].to_numpy(dtype=object)
    per = per_unit[verdict_of_line]
    dense = _densities(verdicts, knowledge)
    sized = _by_dimensions(sight, verdicts, verdict_of_line, dense, knowledge, kept)
    better = ~np.isnan(sized[:, 1]) & (named != "package")
    piece = np.where(better[:, None], sized, piece)
    cells = np.array([one.component_class in _CELLS for one in verdicts], dtype=bool)
    charged = cells[verdict_of_line]
    named = np.where(better, np.where(charged, "energy", "dimensions"), named)
    piece, named = _in_unit(piece, named, per, unit)
    declared = lines["mass_g"].to_numpy(dtype=np.float64)
    told = ~np.isnan(declared)
    piece = np.where(told[:, None], declared[:, None], piece)
    named = np.where(told, "declared", named)
    told = ~np.isnan(decided)
    piece = np.where(told[:, None], decided[:, None], piece)
    named = np.where(told, "decided", named)
    quantity = lines["quantity_total"].to_numpy(dtype=np.float64)
    in_kilos = (unit == "kg") & ~told
    piece = np.where(in_kilos[:, None], 1000.0, piece)
    named = np.where(in_kilos, "declared", named)
    total = piece * quantity[:, None]
    surface = _surface(piece, dense[verdict_of_line][:, 1]) * quantity[:, None]
    named = np.where(np.isnan(total[:, 1]), "", named)
    return Masses(total, np.nan_to_num(surface, nan=np.nan), named.astype(object))


def _by_class(
    verdicts: list[Verdict], knowledge: Knowledge
) -> tuple[Floats, npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    held, sizes = _known_masses(knowledge)
    mass, per, basis = [], [], []
    for verdict in verdicts:
        if verdict.size >= 0:
            mass.append(sizes[verdict.size])
            per.append("piece")
            basis.append("package")
            continue
        known = held.get(verdict.component_class) if verdict.weighed else None
        mass.append(known[0] if known else MISSING)
        per.append(known[1] if known else "")
        basis.append("class" if known else "")
    return (
        np.array(mass, dtype=np.float64).reshape(-1, 3),
        np.array(per, dtype=object),
        np.array(basis, dtype=object),
    )


_Band = tuple[float, float, float]


class _Known(NamedTuple):
    """Masses of classes (with the unit they stand for) and of sizes."""

    classes: dict[str, tuple[_Band, str]]
    sizes: list[_Band]


def _known_masses(knowledge: Knowledge) -> _Known:
    made = knowledge.cache.get("masses")
    if isinstance(made, _Known):
        return made
    classes, sizes = knowledge.tables["classes"], knowledge.tables["sizes"]
    names = ("mass_g_low", "mass_g_typical", "mass_g_high")
    bands = zip(*(map(_number, classes[name].tolist()) for name in names), strict=True)
    told = [band if band[2] <= WIDEST * band[0] else MISSING for band in bands]
    made = _Known(
        dict(
            zip(
                classes["id"].tolist(),
                zip(told, classes["mass_per"].tolist(), strict=True),
                strict=True,
            )
        ),
        list(zip(*(map(_number, sizes[name].tolist()) for name in names), strict=True)),
    )
    knowledge.cache["masses"] = made
    return made


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


_CLASS_DENSITY = {
    "fastener": (7.8, 7.85, 7.9), "magnet": (4.8, 7.5, 7.6), "bearing": (7.7, 7.8, 7.85),
    "plastic": (0.95, 1.2, 1.5), "optics": (2.2, 2.6, 5.3), "thermal": (2.0, 2.7, 8.9),
    "cutting tool": (7.8, 8.1, 15.0),
}  # fmt: skip
"""g/cm3 by category where no material is named (handbook values of the usual materials)."""
_CELLS = {
    "BATT_LI_GEN": ((90.0, 180.0, 270.0), 3.7), "BATT_LCO": ((110.0, 170.0, 250.0), 3.7),
    "BATT_NMC111": ((90.0, 180.0, 250.0), 3.7), "BATT_NMC532": ((90.0, 190.0, 260.0), 3.7),
    "BATT_NMC622": ((90.0, 200.0, 270.0), 3.7), "BATT_NMC811": ((90.0, 220.0, 290.0), 3.6),
    "BATT_LFP": ((70.0, 130.0, 180.0), 3.2), "BATT_LTO": ((40.0, 65.0, 90.0), 2.3),
    "BATT_CYL": ((100.0, 230.0, 270.0), 3.6), "BATT_NIMH": ((45.0, 75.0, 110.0), 1.2),
    "BATT_NICD": ((30.0, 45.0, 60.0), 1.2), "BATT_PB": ((20.0, 33.0, 45.0), float("nan")),
}  # fmt: skip
"""Wh/kg from pack (low) to bare cell (high) and volts per cell, estimates: makers' sheets give 200
to 270 for 18650 cells, 130 to 200 for pouches, 100 to 160 for packs with case and electronics, 90
to 170 for iron phosphate, 60 to 110 for nickel hydride, 25 to 40 for sealed lead-acid."""
_ANY_METAL = (2.7, 7.5, 8.0)


def _densities(verdicts: list[Verdict], knowledge: Knowledge) -> Floats:
    """g/cm3 per verdict, low, typical and high."""
    materials, classes = knowledge.tables["materials"], knowledge.tables["classes"]
    held = dict(
        zip(materials["id"], pd.to_numeric(materials["density_g_cm3"]).tolist(), strict=True)
    )
    category = dict(zip(classes["id"], classes["category"], strict=True))
    found = []
    for verdict in verdicts:
        values = [held.get(one.subject, np.nan) for one in verdict.materials]
        values = [value for value in values if not np.isnan(value)]
        if values and verdict.replaces:
            found.append((min(values), values[0], max(values)))
        else:
            kind = category.get(verdict.component_class, "")
            found.append(_CLASS_DENSITY.get(kind, _ANY_METAL))
    return np.array(found, dtype=np.float64).reshape(-1, 3)


def _by_dimensions(
    sight: Sight, verdicts: list[Verdict], verdict_of_line: Array, dense: Floats,
    knowledge: Knowledge, kept: dict[str, object] | None,
) -> Floats:  # fmt: skip
    """Mass of one piece by the dimensions in its text, per line; NaN where the text gives none."""
    classes = knowledge.tables["classes"]
    category = dict(zip(classes["id"], classes["category"], strict=True))
    body = dict(zip(classes["id"], classes["body"], strict=True))
    count = len(sight.texts)
    verdict_of_text = np.zeros(count, dtype=np.int64)
    # lines of one text may have different verdicts only by decisions on single rows
    verdict_of_text[sight.text_of_line] = verdict_of_line
    shapes: list[measure.Shape | None] = []
    known: dict[int, measure.Shape | None] = {}
    for number in verdict_of_text.tolist():
        if number not in known:
            held = verdicts[number].component_class
            kind = category.get(held, "structural" if verdicts[number].materials else "")
            fits = body.get(held, "simple") == "simple" or kind == "cable"
            low, typical, high = dense[number].tolist()
            known[number] = measure.Shape(kind, (low, typical, high)) if fits and kind else None
            if held in _CELLS:
                known[number] = measure.Shape("battery", *_CELLS[held])
        shapes.append(known[number])
    before = None if kept is None else kept.get("sized")
    if isinstance(before, tuple) and before[0] is sight:
        sized = measure.measured(sight.texts, shapes, (before[1], before[2]))
    else:
        sized = measure.measured(sight.texts, shapes)
        if kept is not None:
            kept["sized"] = (sight, shapes, sized)
    return sized[sight.text_of_line]


def _surface(piece: Floats, density: Floats) -> Floats:
    """cm2 of one piece from its mass: a cube has the least, a sheet some 6 times as much."""
    volume = piece / density[:, None]
    made: Floats = 6.0 * np.cbrt(volume) ** 2 * np.array([0.9, 1.6, 5.0])
    return made
