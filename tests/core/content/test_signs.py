"""Short signs: coats after a base metal, pairs, filled plastics, cases, glasses, empty places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def kind(contents: Contents, line: int = 0) -> str:
    return str(contents.recognitions["component_class"].iat[line])


def percent(contents: Contents, mineral: str, line: int = 0) -> float:
    rows = contents.contents
    rows = rows[(rows["line"] == line) & (rows["mineral"] == mineral)]
    return sum(map(float, rows["wt_pct_typical"].tolist()))


def grams(contents: Contents, line: int = 0) -> float:
    return float(contents.recognitions["mass_g_typical"].tolist()[line])


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Contact CU-ETP SN 5UM", {"copper", "tin"}),
        ("Contact CUZN30 SN", {"copper", "zinc", "tin"}),
        ("CuSn6 Ag 2µm", {"copper", "tin", "silver"}),
        ("Terminal CuZn30 Ni", {"copper", "zinc", "nickel"}),
        ("Bolt ZnNi 8 µm", {"zinc", "nickel"}),
        ("Screw M6 8.8 ZNAL", {"zinc", "aluminum", "manganese"}),
        ("Seal AL/FKM", {"aluminum", "fluorspar"}),
        ("Bonded seal ST/NBR", {"manganese"}),
        ("Lens N-LASF9", {"lanthanum", "boron"}),
        ("Lens S-LAH64", {"lanthanum", "boron"}),
        ("Zerodur mirror", {"lithium", "titanium", "zirconium"}),
        ("Prism N-SF11", {"titanium"}),
    ],
)
def test_a_short_sign_names_its_minerals(broken: Broken, text: str, certain: set[str]) -> None:
    assert certain <= held(broken(text), least="certain")


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Bracket steel SN 12345", "tin"),
        ("Connector housing SN 12345", "silver"),
        ("Screw M6 8.8 ZNAL", "magnesium"),
        ("carbon-ceramic brake disc", "zirconium"),
        ("Ball valve R410A", "fluorspar"),
        ("R410A - ball valve", "fluorspar"),
        ("magnetic buzzer", "zirconium"),
        ("Buzzer magnetic 5V", "zirconium"),
    ],
)
def test_a_short_sign_is_not_overread(broken: Broken, text: str, never: str) -> None:
    assert never not in held(broken(text))


@pytest.mark.parametrize(
    ("text", "glass"),
    [("PA66-GF15 cover", 15), ("PA6 GF30 cover", 30), ("PBT GF30", 30), ("PA GF50 cover", 50)],
)
def test_the_number_after_gf_is_the_percentage_of_glass(
    broken: Broken, text: str, glass: int
) -> None:
    # E-glass holds 3 to 10 % B2O3, 31 % of it boron: 0.9 to 3.1 %, typically 1.8 %
    boron = percent(broken(text), "boron")
    assert boron == pytest.approx(1.8 * glass / 100, rel=0.15)


def test_refrigerant_alone_stays_refrigerant(broken: Broken) -> None:
    made = broken("R410A", "Refrigerant R410A 5 kg")
    assert [kind(made, line) for line in range(2)] == ["REFRIG"] * 2


@pytest.mark.parametrize(
    "row",
    [
        {"description": "BC547"},
        {"description": "2N3904 TO-92 transistor"},
        {"designator": "Q1", "footprint": "TO-92_Inline"},
        {"designator": "U1", "description": "LM35", "footprint": "TO-92"},
    ],
)
def test_a_to_92_part_has_the_class_and_mass_of_its_case(
    broken: Broken, row: dict[str, str]
) -> None:
    made = broken(row)
    assert kind(made) == "Q_TO92"
    # JEDEC TO-92: some 0.2 g; SOT-23 weighs 0.008 g
    assert 0.15 < grams(made) < 0.25


def test_the_same_number_in_sot_23_is_small(broken: Broken) -> None:
    assert kind(broken({"description": "2N3904", "footprint": "SOT-23"})) == "Q_SOT23"


def test_a_place_without_part_holds_nothing(broken: Broken) -> None:
    made = broken({"description": "部品無し", "designator": "CN1"})
    assert kind(made) == "NO_PART"
    assert made.contents.empty


def test_a_sensor_number_outranks_the_vague_word(broken: Broken) -> None:
    made = broken("BME280 sensor module", {"description": "Sensor", "mpn": "BME280"})
    for line in range(2):
        assert kind(made, line) == "SENS_MEMS"
        # LGA 2.5 x 2.5 x 0.93 mm: hundredths of a gram
        assert grams(made, line) < 0.1


@pytest.mark.parametrize("column", ["description", "part_number", "mpn", "value"])
def test_a_letter_and_a_number_name_no_connector(broken: Broken, column: str) -> None:
    made = broken({column: "P1"}, {column: "A1"})
    assert [kind(made, line) for line in range(2)] == ["", ""]


def test_a_bush_of_graphite_is_a_graphite_bush(broken: Broken) -> None:
    made = broken(
        {"description": "GRAPHITE BUSH", "material": "GRAPHITE"},
        {"description": "Bushing", "material": "Carbon graphite"},
        {"description": "Bushing", "material": "CuSn12"},
    )
    assert [kind(made, line) for line in range(2)] == ["BUSH_GRAPHITE"] * 2
    assert kind(made, 2) != "BUSH_GRAPHITE"
    assert "graphite" in held(made, 0, least="certain")
