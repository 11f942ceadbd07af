"""Words written otherwise than in the tables: without umlauts, with ß, with a hyphen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.content.spellings import oxidation_states, turned
from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("KUEHLKOERPER 50X50", "Kühlkörper 50x50"),
        ("GETRIEBEGEHAEUSE", "Getriebegehäuse"),
        ("Distanzhuelse 4 mm", "Distanzhülse 4 mm"),
        ("Waelzlager 6205", "Wälzlager 6205"),
        ("Schweissdraht 0,8", "Schweißdraht 0,8"),
        ("Weißblechdose 1 L", "Weissblechdose 1 L"),
        ("Verschlußschraube M16", "Verschlussschraube M16"),
        ("Lager-Schild", "Lagerschild"),
        ("RELAY,SOLID STATE,25A", "Solid state relay 25A"),
        ("CABLE, COAX, RG316", "Coax cable RG316"),
        ("Screw, lead, TR8x2", "Lead screw TR8x2"),
        ("BUSHING,OILITE,10X14X12", "Oilite bushing 10x14x12"),
    ],
)
def test_the_same_part_however_it_is_written(broken: Broken, text: str, plain: str) -> None:
    made = broken(text, plain)
    assert made.recognitions["component_class"].iat[0]
    assert (
        made.recognitions["component_class"].iat[0] == made.recognitions["component_class"].iat[1]
    )
    assert held(made, 0) == held(made, 1)


@pytest.mark.parametrize("text", ["Blue value", "Fuel queue", "Shoe", "Duet poem", "Cruet"])
def test_english_words_with_the_same_letters_name_no_german_part(broken: Broken, text: str) -> None:
    assert not broken(text).recognitions["component_class"].iat[0]


def test_oxidation_states_are_found_with_and_without_a_blank() -> None:
    assert oxidation_states(["copper (ii) oxide", "relay (iv) type", "k (3) x"]) == {
        ("copper (ii) oxide", "copper oxide"),
        ("relay (iv) type", "relay type"),
    }


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("Palladium on carbon 10% 5 g", "CAT_PD_SUPPORTED"),
        ("Pipe 321 stainless 1/2", "SS_321"),
        ("Gearbox output flange, EN-GJS-400", "IRON_DUCTILE"),
    ],
)
def test_materials_named_behind_or_between(broken: Broken, text: str, material: str) -> None:
    assert broken(text).recognitions["materials"].iat[0].split(";") == [material]


def test_names_with_the_general_noun_first_are_turned() -> None:
    assert turned(["relay, solid state, 25a", "10k, 1%", "plain"]) == {
        ("relay, solid state", "solid state relay")
    }
