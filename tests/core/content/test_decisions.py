"""Overrides, the company dictionary and declared compositions go before recognition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.content.declare import declared_in
from bomexposure.model.choices import DictionaryEntry, Override
from bomexposure.model.content import Contents
from bomexposure.model.knowledge import Knowledge
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def test_an_override_of_the_material_applies_to_all_alike(broken: Broken) -> None:
    rows = [
        {"description": "Bracket", "fingerprint": "b"},
        {"description": "Bracket", "fingerprint": "b"},
        {"description": "Bracket", "fingerprint": "c"},
    ]
    made = broken(*rows, overrides=(Override("b", materials=("TI_64",), reason="drawing 4711"),))
    assert "titanium" in held(made, 0)
    assert "titanium" in held(made, 1)
    assert "titanium" not in held(made, 2)
    assert made.recognitions["decided"].tolist() == [True, True, False]
    assert "drawing 4711" in made.whys[made.whys["line"] == 0]["text"].tolist()


def test_a_decision_on_one_row_beats_that_for_all_alike(broken: Broken) -> None:
    rows = [{"description": "Bracket", "fingerprint": "b"}] * 2
    made = broken(
        *rows,
        overrides=(
            Override("b", line_id="3", materials=("AL_6061",)),
            Override("b", materials=("TI_64",)),
        ),
    )
    assert "vanadium" in held(made, 0)
    assert "vanadium" not in held(made, 1)
    assert "aluminum" in held(made, 1)


def test_a_decided_composition_and_mass(broken: Broken) -> None:
    made = broken(
        {"description": "Sensor X", "fingerprint": "s", "quantity_total": 2.0},
        overrides=(Override("s", composition=(("gallium", 5.0),), mass_g=10.0),),
    )
    row = made.contents.iloc[0]
    assert len(made.contents) == 1
    assert str(row["mineral"]) == "gallium"
    assert str(row["evidence"]) == "declared"
    # 2 pieces x 10 g x 5 % = 1 g
    assert row["mass_mg_typical"] == pytest.approx(1000.0)
    assert str(made.recognitions["mass_basis"].iat[0]) == "decided"


def test_no_critical_minerals_empties_the_line(broken: Broken) -> None:
    made = broken(
        {"description": "Tantalum capacitor 10uF", "fingerprint": "t"},
        overrides=(Override("t", no_critical_minerals=True),),
    )
    assert made.contents.empty
    assert bool(made.recognitions["decided"].iat[0])


@pytest.mark.parametrize(
    "entry",
    [
        DictionaryEntry("part_number", "ACME-0042", "NDFEB_SH"),
        DictionaryEntry("pattern", "acme-*", "NDFEB_SH"),
        DictionaryEntry("words", "house magnet", "NDFEB_SH"),
    ],
)
def test_the_dictionary_is_applied_first(broken: Broken, entry: DictionaryEntry) -> None:
    made = broken(
        {"description": "House magnet type 3", "part_number": "ACME-0042"},
        {"description": "Housemagnet", "part_number": "OTHER"},
        dictionary=(entry,),
    )
    assert "neodymium" in held(made, 0, least="certain")
    assert made.recognitions["decided"].tolist() == [True, False]
    assert str(made.whys["rule"].iat[0]).startswith("dictionary/")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ta 12 wt%", [("tantalum", 12.0)]),
        ("Ni: 8,5 %; Cr 18 %", [("nickel", 8.5), ("chromium", 18.0)]),
        ("CAS 7440-27-9 400 ppm", [("terbium", 0.04)]),
        ("cobalt 2 %", [("cobalt", 2.0)]),
        ("see datasheet 12", []),
    ],
)
def test_declarations_are_read(
    knowledge: Knowledge, text: str, wanted: list[tuple[str, float]]
) -> None:
    made = [(one.mineral, one.percent) for one in declared_in(text, knowledge)]
    assert [name for name, _ in made] == [name for name, _ in wanted]
    assert [number for _, number in made] == pytest.approx([number for _, number in wanted])


def test_declared_grams_are_per_piece(broken: Broken) -> None:
    made = broken(
        {
            "description": "Capacitor special",
            "declared": "CAS 7440-25-7 3 g",
            "quantity_total": 4.0,
        }
    )
    row = made.contents[made.contents["mineral"] == "tantalum"].iloc[0]
    assert row["mass_mg_typical"] == pytest.approx(12_000.0)
    assert str(row["evidence"]) == "declared"
    assert str(row["presence"]) == "certain"
