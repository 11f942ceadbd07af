"""A known noun before an unknown thing only says what the thing serves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


@pytest.mark.parametrize(
    "text",
    [
        "Relay marker",
        "RELAY MARKER WHITE 10PC",
        "Battery terminal puller",
        "Photodiode TO-18 alignment manual",
        "Nickel catalyst disposal fee",
        "Motor training course",
        "Titanium anodizing dye, gold",
        "Kabelschuh Presszange hydraulisch",
        "Getriebe Schulung",
        "Marqueur de relais",
        "Marcador relé",
        "电池收纳盒",
        "继电器维修费",
    ],
)
def test_a_thing_that_serves_a_part_is_not_the_part(broken: Broken, text: str) -> None:
    assert not held(broken(text)) - {"manganese", "chromium", "silicon"}


def test_what_the_thing_serves_is_still_named_as_possible(broken: Broken) -> None:
    made = broken("Relay marker")
    assert "silver" in held(made, 0, "possible")
    assert made.recognitions["evidence"].iat[0] == "assumed"


def test_a_part_number_speaks_for_the_part_itself(broken: Broken) -> None:
    """The maker's number is that of the part; the tag is how it is delivered."""
    made = broken({"description": "Capacitor with tag", "mpn": "GRM188R71C104KA01D"})
    assert "titanium" in held(made)


def test_a_noun_after_the_thing_is_the_part(broken: Broken) -> None:
    assert "zinc" in held(broken("Relay marker screw M3 zinc plated"))


@pytest.mark.parametrize(
    ("text", "right", "never"),
    [
        ("BOOT, CONNECTOR D38999", set(), {"copper", "gold", "nickel"}),
        ("Phosphoric acid transfer hose PE", set(), {"phosphate"}),
        ("Windshield wiper motor park gasket", set(), {"copper"}),
        ("Sodium tungstate 100 g", {"tungsten"}, set()),
        ("Titanium dioxide 25 kg bag", {"titanium"}, set()),
        ("Hydrofluoric acid 48%", {"fluorspar"}, set()),
        ("NdFeB segment 42UH coated epoxy", {"neodymium", "dysprosium"}, set()),
    ],
)
def test_what_a_thing_handles_is_told_from_what_it_is(
    broken: Broken, text: str, right: set[str], never: set[str]
) -> None:
    found = held(broken(text))
    assert right <= found
    assert not found & never


def test_unknown_words_behind_the_noun_leave_nothing_certain(broken: Broken) -> None:
    """ "Ribbon cable frobnicator" may be another thing; a second cell that agrees settles it."""
    made = broken(
        "Ribbon cable frobnicator", {"description": "Ribbon cable frobnicator", "category": "Cable"}
    )
    assert "copper" not in held(made, 0, "certain")
    assert "copper" in held(made, 1, "certain")


def test_a_metal_before_a_thing_of_unknown_name_is_likely(broken: Broken) -> None:
    made = broken("Tungsten frobnicator", "Platinum frobnicator plan")
    assert "tungsten" in held(made, 0)
    assert "tungsten" not in held(made, 0, "certain")
    assert "platinum" not in held(made, 1)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Embellecedor color níquel", "nickel"),
        ("Cache plastique couleur chrome", "chromium"),
        ("Housse batterie vélo", "lithium"),
        ("PIN, STRAIGHT, HEADLESS, MS16555-603", "silver"),
    ],
)
def test_a_colour_a_cover_or_a_pin_is_no_part_of_that_name(
    broken: Broken, text: str, never: str
) -> None:
    assert never not in held(broken(text))


PLAIN = {"manganese", "chromium", "silicon", "zinc"}
"""What a part of plain or galvanised steel may hold."""


@pytest.mark.parametrize(
    "text",
    [
        # names of CAD files: the part first, then what it serves
        "Winkel_PropVentile",
        "Halter_Magnetventil",
        "bracket_solenoid_valve",
        "mount_motor_left",
        "plate-magnet-bottom",
        # a bar joins what the hardware behind it serves
        "Magnet/Motor bracket",
        "Motor / pump bracket",
        "Sensor/Magnet holder",
        # German compounds parted by a hyphen
        "Lager-Schild",
        "Magnet-Abdeckung",
        "Motor-Aufnahme",
        "Ventil-Halter",
        "Kabel-Kanal",
        # German in two words: the first names the part
        "GEHAEUSE MOTOR KPL",
        "DECKEL GETRIEBE",
        # kits hold parts for what they are named after
        "Repair kit solenoid valve",
        "Service kit compressor 4000 h",
        "Wartungsset Pumpe",
        "Kit de réparation électrovanne",
        # an entry is no cable and no service
        "Entrada de cable PG11 poliamida",
    ],
)
def test_hardware_and_kits_are_not_what_they_serve(broken: Broken, text: str) -> None:
    assert not held(broken(text)) - PLAIN


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Blech_Alu_2mm", "aluminum"),  # a material behind the head is still its own
        ("Motor/Encoder", "copper"),
        ("Valve / actuator brass", "copper"),
        ("LED-Streifen 24V", "gallium"),
        ("Magnet_N42_10x3", "neodymium"),
    ],
)
def test_names_joined_by_signs_keep_what_they_name(broken: Broken, text: str, wanted: str) -> None:
    assert wanted in held(broken(text))


def test_a_bar_between_two_screws_joins_them(broken: Broken) -> None:
    made = broken("Screw/lock washer M5 A2")
    assert {"chromium", "nickel"} <= held(made, 0, "certain")


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("Ruthenium red stain 1 g", "CHEM_RU"),
        ("Potassium iodide ACS 500 g", "CHEM_KI"),
        ("Molybdenum disulfide powder", "CHEM_MO"),
        ("Borosilicate beaker 250 mL", "GL_BOROSILICATE"),
        ("Palier bronze fritté 12x18x15", "CU_SINTER"),
        ("Silver steel rod 8mm", "TS_SILVER"),
    ],
)
def test_substances_that_stand_before_the_noun(broken: Broken, text: str, material: str) -> None:
    assert material in broken(text).recognitions["materials"].iat[0].split(";")
