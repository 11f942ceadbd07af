"""Words beside a part: its category, section and notes choose no whole machine with its mass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def kind(contents: Contents, line: int = 0) -> str:
    return str(contents.recognitions["component_class"].iat[line])


def weightless(contents: Contents, line: int = 0) -> bool:
    return bool(contents.recognitions["mass_g_typical"].isna().iat[line])


@pytest.mark.parametrize(
    "row",
    [
        {"description": "Cañeria", "category": "Repuesto bomba"},
        {"description": "Lado Conducir", "category": "Repuesto bomba", "notes": "Bomba RM500"},
        {"description": "Deflector de agua", "section": "Bomba"},
        {"description": "xyzzy", "category": "Pump"},
        {"description": "xyzzy", "section": "Ball valve DN50"},
    ],
)
def test_a_line_of_a_pump_model_is_a_part_of_it(broken: Broken, row: dict[str, str]) -> None:
    made = broken(row)
    assert kind(made) == "PUMP_PART"
    assert held(made, least="certain") == set()
    assert weightless(made)
    assert str(made.recognitions["evidence"].iat[0]) == "assumed"


def test_a_compound_category_makes_no_motor_and_a_plain_one_no_certain_motor(
    broken: Broken,
) -> None:
    made = broken(
        {"description": "ACTIVER", "category": "SOL_MOTEUR"},
        {"description": "xyzzy", "category": "Motor"},
        {"description": "xyzzy", "section": "Motors"},
    )
    assert held(made, 0) == set()
    assert "copper" in held(made, 1)
    assert held(made, 1, least="certain") == set()
    assert held(made, 2) == set()
    assert all(weightless(made, line) for line in range(3))


def test_a_category_stands_where_the_part_itself_says_the_same(broken: Broken) -> None:
    made = broken(
        {"description": "Pump 24 V", "category": "Pump"},
        {"description": "100nF 0603", "category": "Capacitor"},
        {"description": "Motor NEMA 17", "section": "Motors"},
    )
    assert kind(made, 0) == "PUMP_ASM"
    assert not weightless(made, 1)
    assert "copper" in held(made, 2, least="certain")
    assert not weightless(made, 2)


def test_a_material_named_for_a_spare_part_is_its_body(broken: Broken) -> None:
    made = broken({"description": "Cañeria AISI 316", "category": "Repuesto bomba"})
    assert {"chromium", "nickel"} <= held(made, least="certain")


def test_a_part_number_of_digits_is_no_alloy(broken: Broken) -> None:
    made = broken({"description": "Bracket", "part_number": "PU-3003/3004"})
    assert "aluminum" not in held(made)
    assert "aluminum" in held(broken("Bracket 3003"), least="certain")


def test_a_part_numbered_like_an_alloy_is_not_made_of_it(broken: Broken) -> None:
    """Lists number their parts A1, A2, A3: the bolt's context is no reason to add stainless."""
    made = broken(
        {"description": "Titanium bolt Ti-6Al-4V", "part_number": "A2"},
        {"description": "Hex bolt", "part_number": "DIN933-M8x20-A2"},
    )
    assert "nickel" not in held(made, 0)
    assert {"chromium", "nickel"} <= held(made, 1, least="certain")


@pytest.mark.parametrize(
    "words",
    [
        "Bracket, machined from aluminium alloy 6061-T6",
        "Bracket for the pump, milled from 6061-T6 plate",
        "Housing cut from 6061-T6, hard anodised",
    ],
)
def test_what_a_part_is_made_from_is_its_material(broken: Broken, words: str) -> None:
    # "from" alone speaks of another thing: "kit from the motor supplier"
    made = broken({"description": words})
    assert "AL_6061" in str(made.recognitions["materials"].iat[0]).split(";")
    assert str(made.recognitions["evidence"].iat[0]) == "designated"
