"""Chemical formulas, supported catalysts, and bare grade numbers in a column of materials."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


@pytest.mark.parametrize(
    ("text", "minerals"),
    [
        ("Feed for kiln, Dy2O3 99.5 %", {"dysprosium"}),
        ("Boat, LaB6", {"lanthanum", "boron"}),
        ("Disc Gd2O2S:Pr 1 mm", {"gadolinium", "praseodymium"}),
        ("Extrudate CoMo/Al2O3", {"cobalt", "aluminum"}),
        ("Powder Pt/C 20 %", {"platinum"}),
        ("Pellets Cu/ZnO/Al2O3", {"copper", "zinc", "aluminum"}),
        ("Honeycomb V2O5-WO3/TiO2", {"vanadium", "tungsten", "titanium"}),
        ("Band Pt90/Ir10", {"platinum", "iridium"}),
    ],
)
def test_a_formula_gives_its_elements(broken: Broken, text: str, minerals: set[str]) -> None:
    assert minerals <= held(broken(text))


@pytest.mark.parametrize(
    "text", ["CO2 cartridge label", "A/C label", "I/O label", "Rev B2O4 label", "N/C label", "NO2"]
)
def test_letters_that_look_like_a_formula_hold_nothing(broken: Broken, text: str) -> None:
    assert not held(broken(text))


def test_shares_of_a_formula_follow_atomic_weights(broken: Broken) -> None:
    contents = broken("Target La2O3").contents
    share = contents[contents["mineral"] == "lanthanum"]["wt_pct_typical"].tolist()
    # 2 x 138.91 / (2 x 138.91 + 3 x 16.00) = 277.82 / 325.82
    assert share == [pytest.approx(85.27, abs=0.01)]


@pytest.mark.parametrize(
    ("material", "minerals"),
    [
        ("4140", {"chromium", "manganese"}),
        ("304", {"chromium", "nickel"}),
        ("C45", {"manganese"}),
        ("Ck45", {"manganese"}),
        ("45#", {"manganese"}),
        ("2205", {"chromium", "nickel"}),
        ("7075", {"aluminum", "zinc", "magnesium", "copper"}),
        ("K10", {"tungsten", "cobalt"}),
    ],
)
def test_a_bare_grade_in_the_material_column_needs_no_noun(
    broken: Broken, material: str, minerals: set[str]
) -> None:
    contents = broken({"description": "XJ-17 rev C", "material": material})
    assert minerals <= held(contents)


def test_the_same_number_elsewhere_is_a_number(broken: Broken) -> None:
    assert not held(broken({"description": "XJ-17 rev C", "part_number": "4140"}))


@pytest.mark.parametrize("text", ["Fitting 7175-T7351", "Plate 5086-H116", "Housing 356-T6"])
def test_a_temper_shows_an_aluminium_grade(broken: Broken, text: str) -> None:
    assert {"aluminum", "magnesium"} <= held(broken(text))
