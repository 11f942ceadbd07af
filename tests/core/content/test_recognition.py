"""What an engineer sees in a line, rule by rule: heads, negation, context, numbers, languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import CONTENTS, RECOGNITIONS, WHYS, Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def kind(contents: Contents, line: int = 0) -> str:
    return str(contents.recognitions["component_class"].iat[line])


def materials(contents: Contents, line: int = 0) -> list[str]:
    return str(contents.recognitions["materials"].iat[line]).split(";")


def test_results_keep_their_contracts(broken: Broken) -> None:
    made = broken("CAP TANT 22uF 6.3V CASE B", "nobody knows this xyzzy", "")
    assert RECOGNITIONS.check(made.recognitions) == []
    assert CONTENTS.check(made.contents) == []
    assert WHYS.check(made.whys) == []
    assert len(made.recognitions) == 3
    assert made.contents["line"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("CAP TANT 22uF 6.3V CASE B", {"tantalum", "manganese", "tin"}),
        ("BRKT, 7075-T651", {"aluminum", "zinc", "magnesium", "copper"}),
        ("Schrittmotor NEMA 17", {"copper", "neodymium"}),
        ("SS316L M6x20 DIN912", {"chromium", "nickel"}),
        ("INSERT CNMG120408", {"tungsten", "cobalt"}),
        ("18650 cell", {"lithium", "graphite"}),
        ("铜柱 M3*10", {"copper", "zinc"}),
        ("Magnet N52 12x5x3", {"neodymium", "boron"}),
        ("0,1uF X7R 0402 Kondensator", {"barite", "titanium"}),
        ("Welle 42CrMo4 +QT", {"chromium", "manganese"}),
        ("Вал 12Х18Н10Т", {"chromium", "nickel"}),
        ("轴 2Cr13", {"chromium"}),
        ("Ti-6Al-4V bracket", {"titanium", "vanadium", "aluminum"}),
        ("Pump shaft AISI420", {"chromium"}),
    ],
)
def test_the_words_of_real_lines_lead_to_their_minerals(
    broken: Broken, text: str, certain: set[str]
) -> None:
    assert certain <= held(broken(text))


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Lead screw Tr8x2, steel", {"lead"}),
        ("lead wire 100 mm", {"lead"}),
        ("Solder wire, lead-free SAC305", {"lead"}),
        ("LED holder plastic 5 mm", {"gallium"}),
        ("Battery charger IC Li-Ion", {"lithium", "cobalt"}),
        ("Battery holder CR2032", {"lithium", "manganese"}),
        ("Motor mount bracket, steel", {"neodymium", "copper"}),
        ("Knob, silver grey, ABS", {"silver"}),
        ("Housing, gold anodized aluminium", {"gold"}),
        ("Carbon fibre tube 28 mm", {"graphite"}),
        ("Carbon film resistor 10k", {"graphite", "ruthenium"}),
        ("Gehäuse ABS, nickelfrei", {"nickel"}),
        ("Schraube ohne Kadmium", {"cadmium"}),
        ("クロムフリー ブラケット 樹脂", {"chromium"}),
        ("金属 ブラケット", {"gold"}),
        ("RES 0R 0603 jumper", {"ruthenium"}),
        ("Shielded inductor, magnetic shielded 10uH", {"neodymium"}),
        ("Tool for titanium plates", {"titanium"}),
    ],
)
def test_traps_of_words_are_not_fallen_into(broken: Broken, text: str, never: set[str]) -> None:
    assert not never & held(broken(text))


def test_the_head_noun_is_last_in_english_and_first_in_spanish(broken: Broken) -> None:
    made = broken("motor bracket", "soporte de motor", "bearing housing", "Motorhalter")
    assert [kind(made, line) for line in range(4)] == ["PART_METAL"] * 4


def test_the_material_column_outranks_the_description(broken: Broken) -> None:
    made = broken({"description": "Bracket, steel", "material": "EN AW-6082"})
    assert materials(made) == ["AL_6082"]
    assert str(made.recognitions["evidence"].iat[0]) == "declared"


def test_a_designation_outranks_a_family_and_a_family_is_only_assumed(broken: Broken) -> None:
    made = broken("Shaft stainless steel 1.4404", "Shaft, stainless steel")
    assert materials(made, 0) == ["SS_316"]
    assert materials(made, 1) == ["SS_GENERIC"]
    rows = made.contents
    assert set(rows[rows["line"] == 0]["evidence"].astype(str)) == {"designated"}
    assert set(rows[rows["line"] == 1]["evidence"].astype(str)) == {"assumed"}


def test_a_part_number_series_outranks_a_vague_noun(broken: Broken) -> None:
    made = broken({"description": "Header", "mpn": "WSLP2512R0100FEA"})
    assert kind(made) == "RES_SHUNT"


def test_a_hint_counts_only_beside_its_category(broken: Broken) -> None:
    made = broken("red LED 0603", "red paint pot holder")
    assert kind(made, 0) == "LED_COLOR"
    assert "gallium" not in held(made, 1)


def test_a_designator_decides_when_nothing_else_does(broken: Broken) -> None:
    made = broken({"designator": "R1,R2", "value": "10k", "footprint": "R_0603_1608Metric"})
    assert kind(made) == "RES_CHIP_TF"
    bare = broken({"designator": "C7", "description": "?"})
    assert kind(bare) == "CAP_GEN"
    assert held(bare, least="certain") == set()


def test_a_short_word_needs_its_context(broken: Broken) -> None:
    made = broken("Screw M6 A2", {"description": "A2 page label", "designator": "A2"})
    assert "chromium" in held(made, 0)
    assert "chromium" not in held(made, 1)


def test_zinc_plating_tells_steel_and_adds_zinc_by_area(broken: Broken) -> None:
    made = broken("Hex bolt M8x30 zinc plated")
    assert {"zinc", "manganese"} <= held(made)
    zinc = made.contents[made.contents["mineral"] == "zinc"].iloc[0]
    # Fe/Zn 5 to 12: 3.5 to 8.6 mg/cm2 on the some 20 cm2 of an M8 bolt: tens to hundreds of mg
    assert 5 < zinc["mass_mg_low"] < zinc["mass_mg_high"] < 2000


def test_words_are_found_in_the_original_text(broken: Broken) -> None:
    text = "  Kühlkörper – ＡｌＭｇＳｉ１"
    made = broken(text)
    spans = [
        text[start:end] for start, end in zip(made.whys["start"], made.whys["end"], strict=True)
    ]
    assert "Kühlkörper" in spans


def test_a_plastic_label_is_placed_and_empty(broken: Broken) -> None:
    made = broken("Etikett, Polyester", "Cable tie PA66")
    assert kind(made, 0) == "LABEL"
    assert made.contents.empty
    assert (made.recognitions["evidence"].astype(str) != "none").all()


def test_an_unknown_line_stays_unknown_with_suggestions(broken: Broken) -> None:
    made = broken("Neodimyum magnt ringg", "qqqq wwww")
    assert "MAG" in str(made.recognitions["suggestions"].iat[0])
    assert made.contents.empty
    assert str(made.recognitions["evidence"].iat[1]) == "none"


def test_every_figure_is_known_and_every_line_says_why(broken: Broken, knowledge: object) -> None:
    made = broken("CAP TANT 22uF", "Shaft 42CrMo4", "Bolt M6 zinc plated")
    known = set(knowledge.figures["id"])  # type: ignore[attr-defined]
    assert set(made.contents["source"].astype(str)) <= known
    assert set(made.contents["line"]) <= set(made.whys["line"])


def test_a_composite_part_keeps_its_class_and_gains_a_named_material(broken: Broken) -> None:
    plain = held(broken("Ball valve DN25"), least="certain")
    named = held(broken("Ball valve DN25, brass CW617N"), least="certain")
    assert "copper" not in plain
    assert {"copper", "zinc"} <= named


@pytest.mark.parametrize(
    ("text", "right", "never"),
    [
        ("Visor Aceite", "GLASS_PART", {"indium", "silicon"}),
        ("Cámara de succión", "PART_METAL", {"silicon"}),
        ("Câmara de ar 29", "PART_RUBBER", {"silicon"}),
        ("Nut - thin self locking", "FAST_GEN", {"copper"}),
        ("Socket hex screw M5x40", "FAST_GEN", {"gold", "copper"}),
        ("Nuts M4", "FAST_GEN", set()),
        ("Acrylic tube D50/46 x 750 mm", "PART_PLASTIC", {"nickel", "titanium"}),
        ("Set O-Ring bomba IS80-50-200", "PART_RUBBER", {"copper", "nickel"}),
        ("HDMI ESD (15kV) Protection", "D_SMALL", {"beryllium"}),
    ],
)
def test_a_pump_or_robot_maker_finds_no_display_in_a_sight_glass(
    broken: Broken, text: str, right: str, never: set[str]
) -> None:
    """Each line stood in a real parts list and was taken for something that an expert laughs at."""
    made = broken(text)
    assert kind(made) == right
    assert not never & held(made)


def test_a_dimension_is_no_alloy_and_the_alloy_stays_one(broken: Broken) -> None:
    made = broken("Acrylic tube D50/46 x 750 mm", "Spring, Inconel X-750", "Bar 46 mm x 750")
    assert [materials(made, line) for line in range(3)][1] == ["NI_INX750"]
    assert "NI_INX750" not in materials(made, 0) + materials(made, 2)


def test_a_belt_with_a_transistors_letters_is_no_transistor(broken: Broken) -> None:
    """SPA also begins the part numbers of pump makers and the profile of V-belts."""
    assert kind(broken("Keilriemen SPA 1250")) == "BELT"


def test_a_bicycle_maker_finds_its_parts(broken: Broken) -> None:
    made = broken("Tyre 28x2.0", "Inner tube 28", "Suspension fork 100 mm", "Derailleur rear")
    assert [kind(made, line) for line in range(4)] == [
        "PART_RUBBER", "PART_RUBBER", "PART_METAL", "PART_METAL",
    ]  # fmt: skip


def test_a_bicycle_headlight_is_a_lamp_and_no_diode_of_its_weight(broken: Broken) -> None:
    """Taken for a bare LED, 98 g of lamp held up to a gram of gallium."""
    made = broken("Headlight LED 100 lux", "Rear light LED", "Rücklicht LED")
    assert [kind(made, line) for line in range(3)] == ["LAMP_LED"] * 3


def test_what_is_anodised_is_aluminium_unless_another_metal_is_named(broken: Broken) -> None:
    made = broken(
        "Bracket, black anodized", "Winkel 40x40 schwarz eloxiert", "Anodised titanium bolt M6",
        "Copper anodised bracket", "Motor NEMA 17 anodised",
    )  # fmt: skip
    assert "aluminum" in held(made, 0) - held(made, 0, "certain")  # likely: it may be another
    assert "aluminum" in held(made, 1)
    assert materials(made, 2) == ["TI_GENERIC"]
    assert "copper" not in held(made, 3)
    assert "AL_GENERIC" not in materials(made, 4)


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("Gold(III) chloride trihydrate 1 g", "CHEM_AU"),
        ("Cobalt(II) chloride hexahydrate", "CHEM_CO"),
        ("Copper (II) oxide powder", "CHEM_CU"),
        ("Manganese(IV) oxide, activated", "CHEM_MN"),
    ],
)
def test_a_compound_named_with_its_metals_state(broken: Broken, text: str, material: str) -> None:
    assert materials(broken(text)) == [material]


def test_a_solder_that_spells_its_alloy_is_not_the_usual_one(broken: Broken) -> None:
    made = broken("Bleifreies Lot Sn99Cu1", "Lead-free solder wire 0.8 mm")
    assert held(made, 0) == {"tin", "copper"}
    assert kind(made, 1) == "SOLDER"


def test_made_of_lead_in_spanish_and_free_of_it(broken: Broken) -> None:
    made = broken("Tapón de plomo precinto", "Soldadura libre de plomo")
    assert "lead" in held(made, 0, "certain")
    assert "lead" not in held(made, 1)


def test_the_size_of_a_cell_does_not_tell_its_cathode(broken: Broken) -> None:
    """Iron phosphate and manganese cells of this size hold neither cobalt nor nickel."""
    made = broken("Li-ion cell 18650", "18650 NMC 2600 mAh", "26650 LiFePO4", "18650 holder")
    assert {"lithium", "graphite", "copper"} <= held(made, 0, "certain")
    assert {"cobalt", "nickel"} <= held(made, 0) - held(made, 0, "certain")
    assert {"cobalt", "nickel"} <= held(made, 1, "certain")
    assert not {"cobalt", "nickel"} & held(made, 2)
    assert "lithium" not in held(made, 3)
