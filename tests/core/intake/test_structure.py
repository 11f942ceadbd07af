"""Structure: assemblies used twice, cycles, jumps in level."""

from __future__ import annotations

import pytest

from bomexposure import intake


def test_an_assembly_used_twice_lists_its_parts_once() -> None:
    bom = intake.read_text(
        "Parent,Component,Description,Qty\n"
        "CAR,AXLE,Front axle unit,1\nCAR,TRAILER,Trailer unit,1\nTRAILER,AXLE,Rear axle unit,2\n"
        "AXLE,WHEEL,Wheel with tyre,2\n"
    )
    # (1 + 1 x 2) axles x 2 wheels
    assert list(bom.lines["quantity_total"]) == [1, 1, 2, 6]


def test_a_cycle_is_told_and_does_not_hang() -> None:
    bom = intake.read_text(
        "Parent,Component,Description,Qty\n"
        "P,A,Part A of it,1\nA,B,Part B of it,1\nB,A,Part A again,1\nP,C,Part C of it,3\n"
    )
    assert len(bom.lines) == 4
    assert bom.lines["quantity_total"].iloc[3] == 3


def test_a_jump_in_level_is_told() -> None:
    bom = intake.read_text(
        "Level,Part number,Description,Qty\n0,T,Pump top,1\n1,A,Rotor unit,2\n3,B,Magnet block,4\n"
    )
    assert list(bom.issues["code"]) == ["structure-orphan"]
    assert list(bom.lines["quantity_total"]) == [1, 2, 8]


HEADED = (
    "Item,Part number,Description,Qty,Unit,Price,Total\n,,{heading},,,,\n"
    "1,G-1,Gear wheel left,3,pc,2.00,6.00\n2,G-2,Shaft of the gear,0.5,m,8.00,4.00\n"
    ",,Frame,,,,\n3,F-1,Frame beam long,4,pc,5.00,20.00\n"
)


@pytest.mark.parametrize(
    "heading",
    ["2 x Gearbox assembly", "2 pcs Gearbox", "Gearbox x2", "Gearbox (2x)", "Gearbox - Qty: 2"],
)
def test_a_heading_multiplies_the_lines_below_it(heading: str) -> None:
    bom = intake.read_text(HEADED.format(heading=heading))
    # 2 gearboxes of 3 wheels and 0.5 m shaft; the next heading ends them
    assert list(bom.lines["quantity_total"]) == [6, 1, 4]
    assert list(bom.lines["cost_total"]) == [12, 8, 20]
    assert list(bom.lines["section"]) == [heading, heading, "Frame"]
    assert list(bom.issues["code"]) == ["section-multiplied"]


@pytest.mark.parametrize(
    "heading", ["Gearbox assembly", "2 x 4 timber", "Screws M3 x 10", "Stage 2", "Axis X 3D"]
)
def test_a_heading_with_another_number_multiplies_nothing(heading: str) -> None:
    bom = intake.read_text(HEADED.format(heading=heading))
    assert list(bom.lines["quantity_total"]) == [3, 0.5, 4]
    assert not len(bom.issues)


def test_totals_for_the_product_are_not_multiplied_again() -> None:
    bom = intake.read_text(HEADED.format(heading="2 x Gearbox").replace("Qty", "Total qty"))
    assert list(bom.lines["quantity_total"]) == [3, 0.5, 4]


def test_a_blank_level_is_that_of_the_line_above() -> None:
    bom = intake.read_text(
        "Level,Part number,Description,Qty\n0,T,Pump top,1\n1,A,Rotor unit,2\n2,B,Magnet block,4\n"
        ",C,Magnet glue,3\n1,D,Housing of it,1\n"
    )
    assert list(bom.lines["level"]) == [0, 1, 2, 2, 1]
    # two rotors of 3 portions each
    assert list(bom.lines["quantity_total"]) == [1, 2, 8, 6, 1]
    assert list(bom.issues["code"]) == ["level-blank"]
    assert list(bom.issues["row"]) == [5]


def test_designators_that_run_on_below_belong_to_the_line_above() -> None:
    bom = intake.read_text(
        "Item\tQuantity\tReference\tPart\n1\t6\tC1,C2,C3,\t0.1uF\n\t\tC4,C5,\t\n\t\tC6\t\n"
        "2\t1\tU1\tDRV8323\n3\t2\tR1,R2\t1m 2512\n"
    )
    assert list(bom.lines["designator"]) == ["C1,C2,C3,C4,C5,C6", "U1", "R1,R2"]
    assert list(bom.original["Reference"]) == ["C1,C2,C3,C4,C5,C6", "U1", "R1,R2"]
    assert list(bom.lines["section"]) == ["", "", ""]
    assert not len(bom.issues)


def test_a_chain_of_many_parents_is_followed_to_its_end() -> None:
    """Each of 30,000 parts holds the next; quadratic work would not come back in a test's time."""
    rows = "".join(f"K-{i:05d},K-{i + 1:05d},Part in a part,1\n" for i in range(30_000))
    bom = intake.read_text("Parent,Component,Description,Qty\n" + rows.replace(",1\n", ",2\n", 3))
    # the first three are used twice each
    assert bom.lines["quantity_total"].iloc[-1] == 8
    assert bom.lines["level"].iloc[-1] == 30_000
