"""What lists of strangers taught: things named after other things, colours, tools, energies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def kind(contents: Contents, line: int = 0) -> str:
    return str(contents.recognitions["component_class"].iat[line])


@pytest.mark.parametrize(
    ("text", "right", "never"),
    [
        ("ESP32 DevKit V1 30-pin USB-C", "SBC", set()),
        ("1x AA USB-C Li-ion battery", "BATT_LI_GEN", set()),
        ("LiFePO4 1S protection board BMS", "MOD_GEN", {"lithium", "phosphate"}),
        ("LED to HAT wires", "CABLE_CU", {"gallium"}),
        ("Adhesive tape 50 mm, silver", "CHEM_NONE", {"silver"}),
        ("Duct tape silver 50 m", "PART_PLASTIC", {"silver"}),
        ("Filament PLA silk gold 1 kg", "PART_PLASTIC", {"gold"}),
        ("Cutting disc INOX 125x1.0", "ABRASIVE", {"nickel"}),
        ("Bearing puller 100 mm", "KNIFE", set()),
        ("Hydraulikzylinder 63/36x500", "CYL_HYD", {"aluminum"}),
        ("LLAVE A8x20", "GEAR", set()),
        ("LLAVE ALLEN 5 mm", "KNIFE", set()),
        ("열동계전기", "RELAY_PWR", set()),
        ("Laser diode module 5 mW", "SC_LASER", set()),
        ("Angle grinder 1400W", "POWER_TOOL_AC", {"lithium"}),
        ("OV5647 camera + cable 15 pins", "SENS_IMG", set()),
        ("Nameplate stainless steel 304", "PART_METAL", set()),
        ("吊环螺钉 GB/T 825 M12", "FAST_GEN", {"titanium", "molybdenum"}),
        ("Deep groove bearing DIN 625 T1", "BEARING", {"niobium", "tantalum"}),
        ("12V power window (glass) motor", "MOTOR_GEN", {"boron"}),
        ("Optical silicone grease", "GREASE_SI", {"lithium"}),
        ("Pastillas de freno delanteras", "BRAKE_PAD", {"tungsten", "cobalt"}),
        ("Zündkerze NGK", "SPARKPLUG", set()),
        ("有源蜂鸣器 5V", "BUZZER_MAG", set()),
        ("Wood auger bit 16 mm", "KNIFE", {"tungsten", "molybdenum"}),
        ("Drill bit 6 mm", "TOOL_STEEL_GEN", {"tungsten"}),
        ("LED-Meldeleuchte rot", "LAMP_IND_LED", set()),
        ("IP camera PoE", "CAMERA", set()),
        ("Round servo horn", "PART_PLASTIC", {"copper", "neodymium"}),
        ("Electric precision screwdriver", "POWER_TOOL", set()),
        ("Módulo LED RGB KY-016", "DISP_7SEG", set()),
        ("Fotowiderstand 5 mm", "SENS_LDR", set()),
        ("Convertidor catalítico", "CATALYST_TWC", {"gallium"}),
        ("Windschutzscheibe", "GLASS_PART", set()),
        ("Frame bracket, matt graphite powder coat", "PART_METAL", {"graphite"}),
        ("Fusible PTC 3A", "RES_PPTC", {"barite"}),
        ("Driver moteur L298N", "MOD_GEN", {"neodymium"}),
        ("Stitching cord 3 mm Dyneema", "TEXTILE", {"copper"}),
        ("Sonde ORP", "SENS_ORP", set()),
        ("Battery charger lead acid 12V", "MOD_PSU", {"lead"}),
        ("LiPo battery 2S + charger", "BATT_LI_GEN", set()),
        ("Camera tripod aluminium", "PART_METAL", {"gold"}),
        ("Fuel cell brochure", "SERVICE", {"platinum"}),
        (
            "M2 Hex (Allen) Socket Head High Tensile (12.9) Black oxide screw",
            "FAST_GEN",
            {"copper"},
        ),
        ("Micro SD TF card port", "CONN_GEN", {"silicon"}),
        ("USB 2.0 B Connector Right-Angle", "CONN_GEN", set()),
        ("Rail-to-Rail Op Amp SOIC-8", "IC_SOIC", set()),
        ("Silicone rubber keypad", "PART_RUBBER", {"copper"}),
        ("Fuse puller plastic", "PART_PLASTIC", {"silver"}),
        ("Graphite black cover PC", "PART_METAL", {"copper", "silicon"}),
    ],
)
def test_a_thing_named_after_another_is_not_the_other(
    broken: Broken, text: str, right: str, never: set[str]
) -> None:
    made = broken(text)
    assert kind(made) == right
    assert not never & held(made)


def test_tungsten_carbide_of_a_tool_keeps_its_cobalt(broken: Broken) -> None:
    assert {"tungsten", "cobalt"} <= held(broken("Tungsten carbide end mill 6 mm"))


def test_a_calibration_in_a_note_makes_no_service_of_a_weight(broken: Broken) -> None:
    made = broken({"description": "Weight 1 kg steel", "notes": "calibration certificate"})
    assert kind(made) != "SERVICE"


def test_the_footprint_tells_an_indicator_from_a_diode(broken: Broken) -> None:
    """D stands for both; a pin header stays one under the letter U."""
    made = broken(
        {"designator": "D2", "value": "XYZ99", "footprint": "LED_THT:LED_D5.0mm"},
        {"designator": "D3", "value": "XYZ99", "footprint": "Diode_SMD:D_SOD-123"},
        {"designator": "U5", "value": "XYZ99", "footprint": "PinHeader_1x06_P2.54mm"},
    )
    assert "gallium" in held(made, 0)
    assert "gallium" not in held(made, 1)
    assert kind(made, 2).startswith("CONN")


def test_magnets_are_a_part_of_their_rotor(broken: Broken) -> None:
    """1 kg of rotor is no kilogram of magnets: a tenth at most is neodymium."""
    made = broken({"description": "Rotor with NdFeB magnets", "mass_g": 1000.0})
    rows = made.contents
    (most,) = rows[rows["mineral"] == "neodymium"]["mass_mg_high"].tolist()
    assert 0 < most <= 100_000


def test_ranging_chips_hold_their_laser(broken: Broken) -> None:
    assert "gallium" in held(broken({"designator": "U3", "mpn": "VL53L0CXV0DH/1"}))


def test_milliohms_are_a_metal_strip_and_no_thick_film(broken: Broken) -> None:
    made = broken({"designator": "R9", "value": "0.01R", "footprint": "RES_2512"})
    assert kind(made) == "RES_SHUNT"


@pytest.mark.parametrize(
    ("text", "watt_hours", "per_kilo"),
    [
        ("Li-ion pack 36V 10.4Ah", 36 * 10.4, (90.0, 270.0)),
        ("LiPo 3S 2200mAh", 3 * 3.7 * 2.2, (90.0, 270.0)),
        ("Lithium ion battery 5 kWh", 5000.0, (90.0, 270.0)),
        ("LiFePO4 12.8V 100Ah", 1280.0, (70.0, 180.0)),
        ("18650 pack 14.4V 6.8Ah", 14.4 * 6.8, (100.0, 270.0)),
    ],
)
def test_a_battery_weighs_its_energy(
    broken: Broken, text: str, watt_hours: float, per_kilo: tuple[float, float]
) -> None:
    made = broken(text).recognitions.iloc[0]
    assert made["mass_basis"] == "energy"
    assert made["mass_g_low"] == pytest.approx(1000 * watt_hours / per_kilo[1])
    assert made["mass_g_high"] == pytest.approx(1000 * watt_hours / per_kilo[0])


def test_nobody_suggests_a_fuel_for_a_frame(broken: Broken) -> None:
    made = broken("Frobnik gizmo", "Capcitor 10", "Chrome oxide")
    assert made.recognitions["suggestions"].tolist()[0] == ""
    assert "CAP_GEN" in made.recognitions["suggestions"].tolist()[1]


def test_a_connector_is_no_battery_that_it_leads_to(broken: Broken) -> None:
    """Designator, value and footprint agree against the name of the signal."""
    made = broken(
        {
            "designator": "J1", "description": "PROTECTED BATTERY INPUT",
            "value": "Conn_01x02", "footprint": "Connector_Generic:Conn_01x02",
        }
    )  # fmt: skip
    assert kind(made) == "CONN_GEN"


def test_a_pin_socket_is_not_what_plugs_into_it(broken: Broken) -> None:
    made = broken(
        {
            "designator": "J4", "value": "SSD1306",
            "footprint": "Connector_PinSocket_2.54mm:PinSocket_1x04_P2.54mm_Vertical",
        }
    )  # fmt: skip
    assert kind(made) == "CONN_GEN"
    assert "indium" not in held(made, 0)


def test_what_is_plugged_in_is_no_part_of_the_board(broken: Broken) -> None:
    """J stands for a connector, whatever its text names."""
    made = broken({"designator": "J30", "description": "Servo"})
    assert kind(made) == "CONN_GEN"
    assert "neodymium" not in held(made, 0)
    made = broken({"designator": "R1", "description": "Power LED Current-Limiter 470R"})
    assert "gallium" not in held(made, 0)


@pytest.mark.parametrize("number", ["XHP-8", "PHR-4", "43025-0600"])
def test_a_connector_housing_holds_no_copper(broken: Broken, number: str) -> None:
    made = broken({"mpn": number, "description": "Housing"})
    assert kind(made) == "CONN_HOUSING"
    assert "copper" not in held(made, 0)


def test_a_board_of_plastic_is_no_circuit(broken: Broken) -> None:
    made = broken(
        {"description": "Landing board", "material": "HDPE 10 mm"},
        {"description": "Control board", "material": "FR4"},
    )
    assert not held(made, 0) & {"copper", "silicon"}
    assert "copper" in held(made, 1)


def test_stock_in_a_column_of_materials_is_its_metal(broken: Broken) -> None:
    made = broken(
        {"description": "Main frame tube", "material": "Steel pipe"},
        "S235 square tube 30x30x2",
    )
    assert "manganese" in held(made, 0)
    assert "manganese" in held(made, 1)
