"""One loaded knowledge for all tests of this folder; lines made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from bomexposure.content import break_down
from bomexposure.model.bom import ISSUES, LINES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.knowledge import Knowledge
from bomexposure.reference import load_knowledge

AS_OF = date(2026, 1, 1)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


def bom_of(rows: list[dict[str, Any]]) -> BillOfMaterials:
    """A bill of one piece per row; a row gives any columns of LINES."""
    defaults = {
        "quantity": 1.0, "quantity_unit": "pc", "quantity_total": 1.0, "parent_line": -1,
        "counted": True,
    }  # fmt: skip
    made = [
        {"id": str(number + 2), "row": number + 2, "fingerprint": f"f{number}", **defaults, **row}
        for number, row in enumerate(rows)
    ]
    return BillOfMaterials(
        "hand.csv", "", "csv", "utf-8", ",", (), (), LINES.conform(pd.DataFrame(made)),
        pd.DataFrame(), ISSUES.empty(),
    )  # fmt: skip


@pytest.fixture
def broken(knowledge: Knowledge) -> Callable[..., Contents]:
    """break_down on rows given as dicts, with choices as keywords."""

    def run(*rows: dict[str, Any] | str, **choices: Any) -> Contents:
        cells = [{"description": row} if isinstance(row, str) else row for row in rows]
        return break_down(bom_of(cells), knowledge, Choices(as_of=AS_OF, **choices))

    return run


def held(contents: Contents, line: int = 0, least: str = "likely") -> set[str]:
    """Minerals of a line that count, of at least this presence."""
    order = ("possible", "likely", "certain")
    rows = contents.contents
    rows = rows[(rows["line"] == line) & rows["relation"].isin(["contained", "contained_partly"])]
    firm = rows["presence"].astype(str).map(order.index) >= order.index(least)
    return set(rows[firm]["mineral"].astype(str))
