"""Overrides, the company dictionary and declared compositions go before recognition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.content.declare import declared_in
from bomexposure.content.stated import checked
from bomexposure.model.choices import DictionaryEntry, Override, OwnContent
from bomexposure.model.content import Contents
from bomexposure.model.errors import UsageError
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


def test_grams_declared_twice_add_up(broken: Broken) -> None:
    """One part made of two pieces: 3 g of copper in the coil, 1.5 g in the lead."""
    made = broken({"description": "Coil", "declared": "Cu 3 g; Cu 1.5 g", "quantity_total": 2.0})
    rows = made.contents[made.contents["mineral"] == "copper"]
    assert rows["mass_mg_typical"].tolist() == pytest.approx([9_000.0])


def test_single_minerals_are_stated_over_what_was_recognised(broken: Broken) -> None:
    nd = OwnContent("neodymium", low=2.0, typical=3.0, high=4.0, unit="g")
    copper = OwnContent("copper", low=10.0, typical=10.0, high=10.0, unit="%")
    unsure = OwnContent("boron", presence="possible", function="residual")
    part = {"description": "Magnet NdFeB N42SH", "fingerprint": "m", "quantity_total": 2.0}
    made = broken(
        part,
        part | {"fingerprint": "n"},
        overrides=(
            Override(
                "m", contents=(nd, copper, unsure, OwnContent("gallium", "none")), mass_g=50.0,
                reason="declared by X, document Y",
            ),
        ),
    )  # fmt: skip
    rows = made.contents[made.contents["line"] == 0].set_index("mineral")
    masses = ["mass_mg_low", "mass_mg_typical", "mass_mg_high"]
    # 2 pieces x 2, 3 and 4 g
    assert rows.loc["neodymium", masses].tolist() == [4000.0, 6000.0, 8000.0]
    # 2 pieces x 50 g x 10 %
    assert rows.loc["copper", masses].tolist() == pytest.approx([10_000.0] * 3)
    assert rows.loc["neodymium", "form"], "the magnet alloy that the part draws on stays"
    assert rows.loc[["boron"], ["presence", "function"]].astype(str).to_numpy().tolist() == [
        ["possible", "residual"]
    ]
    assert "gallium" not in rows.index
    told = rows["evidence"].astype(str)
    assert set(told[["neodymium", "copper", "boron"]]) == {"declared"}
    assert told["dysprosium"] == "designated"
    assert "declared by X, document Y" in made.whys.loc[made.whys["line"] == 0, "text"].tolist()
    # the line beside it is another part
    assert "gallium" in set(made.contents.loc[made.contents["line"] == 1, "mineral"])


def test_a_mineral_stated_without_amount_is_there_and_its_mass_unknown(broken: Broken) -> None:
    stated = (OwnContent("gallium", "certain"),)
    made = broken(
        {"description": "Part per drawing 7", "fingerprint": "p"},
        {"description": "Tantalum capacitor 10uF", "fingerprint": "t"},
        overrides=(
            Override("p", contents=stated),
            # all alike hold nothing; this row does, and what was said of gallium stays
            Override("t", contents=stated),
            Override("t", line_id="3", no_critical_minerals=True, contents=stated),
        ),
    )
    assert held(made, 0, least="certain") == {"gallium"}
    assert made.contents["mass_mg_typical"].isna().all()
    assert held(made, 1) == {"gallium"}


@pytest.mark.parametrize(
    "wrong",
    [
        OwnContent("gallium", "none", low=1.0, typical=1.0, high=1.0),
        OwnContent("gallium", low=3.0, typical=2.0, high=4.0),
        OwnContent("gallium", low=1.0, typical=2.0, high=101.0, unit="%"),
        OwnContent("gallium", low=0.0, typical=0.0, high=0.0),
    ],
)
def test_contents_that_contradict_themselves_are_refused(wrong: OwnContent) -> None:
    with pytest.raises(UsageError, match="Gallium"):
        checked(wrong, "Gallium")
