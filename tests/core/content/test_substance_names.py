"""Names of the elements in a column of materials, and substances that a line says are absent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]
ELEMENTS = {
    "aluminium": "aluminum", "antimony": "antimony", "arsenic": "arsenic", "barium": "barite",
    "beryllium": "beryllium", "bismuth": "bismuth", "boron": "boron", "cerium": "cerium",
    "cesium": "cesium", "chromium": "chromium", "cobalt": "cobalt", "copper": "copper",
    "dysprosium": "dysprosium", "erbium": "erbium", "europium": "europium",
    "calcium fluoride": "fluorspar", "gadolinium": "gadolinium", "gallium": "gallium",
    "germanium": "germanium", "graphite": "graphite", "hafnium": "hafnium", "holmium": "holmium",
    "indium": "indium", "iridium": "iridium", "lanthanum": "lanthanum", "lead": "lead",
    "lithium": "lithium", "lutetium": "lutetium", "magnesium": "magnesium",
    "manganese": "manganese", "neodymium": "neodymium", "nickel": "nickel", "niobium": "niobium",
    "palladium": "palladium", "phosphorus": "phosphate", "platinum": "platinum",
    "potassium chloride": "potash", "praseodymium": "praseodymium", "rhenium": "rhenium",
    "rhodium": "rhodium", "rubidium": "rubidium", "ruthenium": "ruthenium",
    "samarium": "samarium", "scandium": "scandium", "silicon": "silicon", "silver": "silver",
    "tantalum": "tantalum", "tellurium": "tellurium", "terbium": "terbium", "thulium": "thulium",
    "tin": "tin", "titanium": "titanium", "tungsten": "tungsten", "uranium": "uranium",
    "vanadium": "vanadium", "ytterbium": "ytterbium", "yttrium": "yttrium", "zinc": "zinc",
    "zirconium": "zirconium",
}  # fmt: skip
"""All minerals of the 2025 list that a material column can name (metallurgical coal it cannot)."""


def test_every_listed_element_is_read_in_a_column_of_materials(broken: Broken) -> None:
    names = list(ELEMENTS)
    made = broken(*({"description": "Part 12", "material": f"{name}, 99.9 %"} for name in names))
    missed = [name for line, name in enumerate(names) if ELEMENTS[name] not in held(made, line)]
    assert missed == []


@pytest.mark.parametrize(
    ("material", "mineral"),
    [
        ("scandium metal", "scandium"),
        ("yttria", "yttrium"),
        ("Ytterbiumoxid", "ytterbium"),
        ("铪", "hafnium"),
        ("レニウム", "rhenium"),
        ("диспрозий", "dysprosium"),
        ("Tb", "terbium"),
        ("Zr-V-Fe", "vanadium"),
    ],
)
def test_elements_are_read_in_their_forms_and_languages(
    broken: Broken, material: str, mineral: str
) -> None:
    assert mineral in held(broken({"description": "Part 12", "material": material}))


def test_a_bare_symbol_counts_only_as_the_whole_cell(broken: Broken) -> None:
    made = broken(
        {"description": "Disc", "material": "Mo"}, {"description": "Disc", "material": "Mo. only"}
    )
    assert "molybdenum" in str(made.contents[made.contents["line"] == 0]["mineral"].tolist())
    assert "molybdenum" not in made.contents[made.contents["line"] == 1]["mineral"].tolist()


@pytest.mark.parametrize(
    ("text", "never", "plain"),
    [
        ("Grease, zinc-free", "zinc", "Grease"),
        ("Zinkfreies Fett", "zinc", "Fett"),
        ("Edelstahlblech nickelfrei", "nickel", "Edelstahlblech"),
        ("Brake pad copper-free", "copper", "Brake pad"),
    ],
)
def test_what_a_line_says_is_absent_is_left_out_of_its_class_and_material(
    broken: Broken, text: str, never: str, plain: str
) -> None:
    made = broken(text, plain)
    here = made.contents[made.contents["line"] == 0]["mineral"].astype(str).tolist()
    there = made.contents[made.contents["line"] == 1]["mineral"].astype(str).tolist()
    assert never in there  # the same part without the word may hold it
    assert never not in here


def test_a_maker_of_one_kind_of_part_is_the_last_thing_to_go_by(broken: Broken) -> None:
    made = broken(
        {"part_number": "718-2241", "manufacturer": "SKF"},
        {"description": "O-ring NBR", "manufacturer": "SKF"},
    )
    assert made.recognitions["component_class"].iat[0] == "BEARING"
    assert "chromium" in held(made, 0)
    assert "chromium" not in held(made, 0, least="certain")
    assert "chromium" not in held(made, 1)


def test_kilovolts_make_no_motor_of_a_cable(broken: Broken) -> None:
    assert "neodymium" not in held(broken("Cable 10 kV, single core"))
