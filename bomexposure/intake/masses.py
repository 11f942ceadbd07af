"""What one piece of a line weighs: printed masses by their unit and by what they are of.

A mass may be that of one piece, of the whole line ("Total weight"), of a hundred pieces
("kg/100 Stk") or of a metre ("kg/m"). The unit is the cell's, else that of a column of units, else
the header's; without any the mass is unknown.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bomexposure.intake.grid import Cells, Numbers
from bomexposure.intake.headers import says_total
from bomexposure.intake.numbers import Amounts
from bomexposure.intake.troubles import Troubles
from bomexposure.intake.units import header_per, header_price_unit, mass_factor, si_unit
from bomexposure.model.bom import ColumnRef


def read(
    columns: dict[str, Any],
    masses: Numbers,
    amount: Amounts,
    cells: dict[str, Cells],
    refs: dict[str, ColumnRef],
    troubles: Troubles,
) -> None:
    """Fill mass_g of `columns`; needs quantity and unit. `masses` are the numbers of the column."""
    in_header = mass_factor(refs["mass"].unit)
    asked = np.array([str(unit).endswith("?") for unit in amount.unit], dtype=bool)
    beside = np.array([mass_factor(str(unit).rstrip("? ")) for unit in amount.unit])
    plain = np.array([not str(unit) for unit in amount.unit])
    factor = np.where(plain, in_header, beside)[cells["mass"].codes]
    if "mass_unit" in cells:
        units = cells["mass_unit"]
        own = np.array([mass_factor(str(text)) for text in units.texts])[units.codes]
        factor = np.where(np.isnan(factor) | ~np.isnan(own), own, factor)
    grams = masses * factor
    bare = asked & np.array([not str(unit).strip("? ") for unit in amount.unit])
    grams = np.where(bare[cells["mass"].codes], masses * in_header, grams)
    given = np.isfinite(masses)
    columns["mass_g"] = np.where(grams < 0, np.nan, grams)
    for bad, severity, code, text, mend in (
        (grams < 0, "warning", "mass-negative", "A mass below zero is not used.",
         "Enter the mass of one piece."),
        (given & asked[cells["mass"].codes] & (grams >= 0), "note", "mass-doubtful",
         "This mass has a question mark; it is used as it stands.",
         "Correct the cell, or take the question mark out."),
        (given & np.isnan(grams) & np.isfinite(in_header), "warning", "mass-unit-unknown",
         "The unit of this mass is not known; the mass is not used.",
         "Write g, kg, oz or lb behind the number."),
    ):  # fmt: skip
        troubles.add_rows(
            severity, code, text, mend,
            ((str(columns["sheet"][i]), int(columns["row"][i]), cells["mass"].text(int(i))) for i in np.flatnonzero(bad)),  # noqa: E501
            refs["mass"].header or refs["mass"].letter,
        )  # fmt: skip
    header = refs["mass"].header
    per = header_per(header)
    if says_total(header):
        columns["mass_g"] = columns["mass_g"] / _pieces(columns)
    elif np.isfinite(per):
        columns["mass_g"] = columns["mass_g"] / per
    elif measure := header_price_unit(header):
        _of_a_measure(columns, measure, refs["mass"], troubles)


def _of_a_measure(
    columns: dict[str, Any], measure: str, ref: ColumnRef, troubles: Troubles
) -> None:
    """Masses of a metre or a square metre: of use where the line is counted in such a measure."""
    unit, factor = si_unit(measure)
    same = np.array([si_unit(str(text))[0] == unit for text in columns["unit"]], dtype=bool)
    lost = ~same & np.isfinite(columns["mass_g"])
    columns["mass_g"] = np.where(same, columns["mass_g"] / factor, np.nan)
    if lost.any():
        at = int(np.flatnonzero(lost)[0])
        troubles.add(
            "warning", "mass-of-measure",
            f"The masses of “{ref.header}” are for one {measure}, and {int(lost.sum())} lines are not counted in it; theirs are not used.",  # noqa: E501
            "Add a column with the mass of one piece.",
            sheet=str(columns["sheet"][at]), row=int(columns["row"][at]), column=ref.header or ref.letter,  # noqa: E501
        )  # fmt: skip


def _pieces(columns: dict[str, Any]) -> Numbers:
    """Pieces (or SI units) that a mass of the whole line is of; 1 where the line says none."""
    units = [si_unit(str(text))[1] for text in columns["unit"]]
    pieces = columns["quantity"] * np.nan_to_num(np.array(units, dtype=float), nan=1.0)
    return np.where(pieces > 0, pieces, 1.0)
