"""Which lines are no parts to count: not fitted, phantoms, alternates, documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bomexposure.intake.grid import Cells, Mask
from bomexposure.intake.levels import Parents
from bomexposure.intake.lines import Sheet
from bomexposure.intake.words import marks, squeeze

_SOURCE_ROLES = frozenset(
    ("manufacturer", "mpn", "supplier", "supplier_part", "unit_cost", "currency", "price_per",
     "lead_time", "stock", "url", "origin", "notes", "declared", "revision", "category")
)  # fmt: skip
"""What a row fills that only names another source of the part above it."""


def reasons(sheet: Sheet, parent: Parents) -> dict[str, Mask]:
    """Reason in words -> the lines that it holds for; the last reason that holds is given."""
    return {
        "a document or text item": _documents(sheet),
        "an alternate to another line": alternates(sheet, parent),
        "a phantom": _phantoms(sheet),
        "do not fit": do_not_fit(sheet),
    }


def source_rows(sheet: Sheet) -> Mask:
    """Rows that only give another manufacturer or supplier of the part on the row above.

    Agile and others write the second approved manufacturer so, with number and quantity blank.
    """
    count = len(sheet.rows)
    none = np.zeros(count, dtype=bool)
    named = [role for role in ("mpn", "supplier_part", "manufacturer") if role in sheet.cells]
    own = [role for role in sheet.cells if role not in _SOURCE_ROLES]
    if not count or not named or not {"part_number", "quantity", "item", "level"} & set(own):
        return none
    says = np.logical_or.reduce([sheet.cells[role].filled() for role in named])
    other = np.logical_or.reduce([sheet.cells[role].filled() for role in own])
    only = says & ~other
    # a list without numbers of its own is not a list of further sources
    return only & (np.arange(count) > 0) if only.mean() < 0.8 else none


def _documents(sheet: Sheet) -> Mask:
    """SAP item categories D (document) and T (text); "Reference" parts of CAD lists."""
    out = _marked(sheet, ("make_buy",), "reference")
    cells = sheet.cells.get("category")
    if cells is not None:
        codes = [str(text).strip().upper() for text in cells.texts]
        if all(code in ("", "L", "N", "R", "T", "D", "K", "I", "M") for code in codes):
            out |= np.array([code in ("D", "T") for code in codes], dtype=bool)[cells.codes]
    return out


def _phantoms(sheet: Sheet) -> Mask:
    return _marked(sheet, ("make_buy", "category", "notes"), "phantom")


def alternates(sheet: Sheet, parent: Parents) -> Mask:
    """Lines marked as alternates; of a numbered group all but the first line."""
    out = _marked(sheet, ("category", "make_buy", "notes"), "alternate")
    out |= source_rows(sheet)
    if "alternate_group" not in sheet.cells:
        return out
    cells = sheet.cells["alternate_group"]
    keys = [squeeze(str(text)) for text in cells.texts]
    flags = np.array(
        [key in marks("alternate") or key in marks("yes") - {"1"} for key in keys], dtype=bool
    )
    groups = np.array(
        [bool(key) and key not in marks("no") | marks("placeholder") for key in keys], dtype=bool
    )
    if (
        max(map(len, keys), default=0) > 4
        and "group" not in sheet.refs["alternate_group"].header.casefold()
    ):
        # a column of other part numbers, not of groups
        groups[:] = False
    in_group = (groups & ~flags)[cells.codes]
    later = pd.DataFrame({"group": cells.codes, "parent": parent}).duplicated().to_numpy()
    result: Mask = out | flags[cells.codes] | (later & in_group)
    return result


def _marked(sheet: Sheet, roles: Sequence[str], kind: str) -> Mask:
    out = np.zeros(len(sheet.rows), dtype=bool)
    for role in roles:
        if role in sheet.cells:
            cells = sheet.cells[role]
            out |= np.array(
                [squeeze(str(text)) in marks(kind) - {"50"} for text in cells.texts], dtype=bool
            )[cells.codes]
    return out


def do_not_fit(sheet: Sheet) -> Mask:
    """Lines that are not fitted: by their own column, or by a mark standing alone elsewhere."""
    cells, refs, count = sheet.cells, sheet.refs, len(sheet.rows)
    out = np.zeros(count, dtype=bool)
    if "dnp" in cells:
        out |= _dnp_column(cells["dnp"], squeeze(refs["dnp"].header))
        if "designator" in cells:
            # "MASTER DNP" columns list the designators that are left out
            marked, listed = cells["dnp"].all_texts(), cells["designator"].all_texts()
            out |= np.array(
                [
                    bool(m) and squeeze(str(m)) == squeeze(str(d))
                    for m, d in zip(marked, listed, strict=True)
                ],
                dtype=bool,
            )
    for role in (
        "quantity",
        "notes",
        "value",
        "mpn",
        "part_number",
        "description",
        "designator",
        "category",
    ):
        if role in cells:
            flags = np.array(
                [len(text) < 20 and squeeze(text) in _MARKS_ALONE for text in cells[role].texts],
                dtype=bool,
            )
            out |= flags[cells[role].codes]
    return out


_MARKS_ALONE = frozenset(
    (
        "dnp",
        "dni",
        "dnf",
        "donotpopulate",
        "donotfit",
        "donotplace",
        "donotinstall",
        "notfitted",
        "nichtbestückt",
        "nichtbestuckt",
        "nichtbestucken",
        "notpopulated",
        "未実装",
        "不贴",
        "不焊",
        "空贴",
        "dns",
        "notmounted",
        "nopop",
    )
)


def _dnp_column(cells: Cells, header: str) -> Mask:
    """A column such as "DNP" marks what is left out; "Fitted" or "Mounted" says what is in."""
    negative = header in marks("do-not-fit") or any(
        word in header
        for word in (
            "dnp",
            "dni",
            "dnf",
            "donot",
            "not",
            "exclude",
            "nicht",
            "non",
            "不",
            "未",
            "空贴",
            "unpop",
            "no",
        )
    )
    positive = not negative and (
        header in marks("fit")
        or any(
            word in header
            for word in (
                "fitted",
                "mounted",
                "populate",
                "assemble",
                "install",
                "place",
                "bestuckt",
                "实装",
                "実装",
                "贴装",
            )
        )
    )
    flags = []
    for text in cells.texts:
        word = squeeze(str(text))
        if not word:
            flags.append(False)
        elif word in marks("do-not-fit"):
            flags.append(True)
        elif positive:
            flags.append(word in marks("no"))
        elif negative:
            flags.append(word in marks("yes") or word in ("x", "excluded"))
        else:
            flags.append(False)
    return np.array(flags, dtype=bool)[cells.codes]
