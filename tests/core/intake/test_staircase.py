"""Levels drawn as steps: a column for each level, with a mark or the part in its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomexposure import intake
from bomexposure.model.choices import Reading
from tests.books import Rows, save_xlsx

PUMP = (
    (0, "A-1", "Pump unit", 1),
    (1, "B-1", "Motor", 2),
    (2, "C-1", "Rotor", 1),
    (3, "D-1", "Magnet NdFeB", 4),
    (1, "B-2", "Housing", 1),
)
TOTALS = [1, 2, 2, 8, 1]
"""Two motors of one rotor each, with four magnets a rotor."""


def drawn(heads: list[str], fill: str) -> Rows:
    """The pump below `heads`; each line's step holds `fill`, or its number where that is ''."""
    named = [] if fill == "" else ["Part Number"]
    rows: Rows = [[*heads, *named, "Description", "Qty"]]
    for level, number, words, quantity in PUMP:
        steps = ["", "", "", ""]
        steps[level] = fill.replace("#", str(level)) or number
        rows.append([*steps, *([number] if named else []), words, quantity])
    return rows


@pytest.mark.parametrize(
    ("heads", "fill", "first"),
    [
        (["L0", "L1", "L2", "L3"], "x", 0),
        (["L0", "L1", "L2", "L3"], "#", 0),
        (["1", "2", "3", "4"], "X", 1),
        (["Level 1", "Level 2", "Level 3", "Level 4"], "", 1),
        (["Ebene 1", "Ebene 2", "Ebene 3", "Ebene 4"], "", 1),
    ],
)
def test_the_filled_step_is_the_level(
    tmp_path: Path, heads: list[str], fill: str, first: int
) -> None:
    rows = drawn(heads, fill)
    bom = intake.read(save_xlsx(tmp_path / "steps.xlsx", {"BOM": rows}))
    assert list(bom.lines["level"]) == [first + level for level, *_ in PUMP]
    assert list(bom.lines["part_number"]) == [number for _, number, *_ in PUMP]
    assert list(bom.lines["quantity_total"]) == TOTALS
    # the user's own cells stay as they were drawn
    assert list(bom.original[heads[1]]) == [str(row[1]) for row in rows[1:]]
    assert "level-steps" in set(bom.issues["code"])


def test_assemblies_and_parts_named_in_columns_of_their_own() -> None:
    bom = intake.read_text(
        "Assembly;Sub-assembly;Part;Material;Qty\nPump unit;;;;1\n;Motor;;;2\n;;Magnet;NdFeB;4\n"
        ";;Stator core;M330-35A;1\n;Housing;;AlSi10Mg;1\n"
    )
    assert list(bom.lines["description"]) == [
        "Pump unit", "Motor", "Magnet", "Stator core", "Housing",
    ]  # fmt: skip
    assert list(bom.lines["quantity_total"]) == [1, 2, 8, 2, 1]


def test_columns_that_repeat_the_assembly_are_no_steps() -> None:
    bom = intake.read_text(
        "Assembly;Sub-assembly;Part;Material;Qty\nPump;Motor;Magnet;NdFeB;4\nPump;Motor;Core;Steel;1\n"
    )
    assert list(bom.lines["part_number"].fillna("")) == ["Magnet", "Core"]
    assert "level-steps" not in set(bom.issues["code"])


@pytest.mark.parametrize("second", [[], [["1", "2", "3", "4", "", "", ""]]])
def test_one_head_over_all_steps(tmp_path: Path, second: Rows) -> None:
    rows = drawn(["Level", "", "", ""], "x")
    bom = intake.read(save_xlsx(tmp_path / "steps.xlsx", {"BOM": [rows[0], *second, *rows[1:]]}))
    assert list(bom.lines["part_number"]) == [number for _, number, *_ in PUMP]
    assert list(bom.lines["quantity_total"]) == TOTALS


def test_blank_columns_beside_a_level_are_no_steps() -> None:
    bom = intake.read_text(
        "Level;;;Part Number;Description;Qty\n0;a;;A-1;Pump;1\n1;;b;B-1;Motor;2\n2;;;C-1;Magnet;4\n"
    )
    assert list(bom.lines["level"]) == [0, 1, 2]
    assert "level-steps" not in set(bom.issues["code"])


def test_a_step_given_a_role_by_hand_is_read_as_it_stands(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "steps.xlsx", {"BOM": drawn(["L1", "L2", "L3", "L4"], "")})
    as_found = intake.read(path, Reading(columns={"level": "@A", "part_number": "@B"}))
    assert list(as_found.lines["level"]) == [1 + level for level, *_ in PUMP]
    by_hand = intake.read(path, Reading(columns={"part_number": "@C", "level": ""}))
    assert list(by_hand.lines["part_number"]) == ["", "", "C-1", "", ""]
