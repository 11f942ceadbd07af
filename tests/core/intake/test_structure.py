"""Structure: assemblies used twice, cycles, jumps in level."""

from __future__ import annotations

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
