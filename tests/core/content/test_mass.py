"""The mass of a line against hand calculations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomexposure.model.content import Contents

Broken = Callable[..., Contents]


def mass(made: Contents, line: int = 0) -> tuple[float, float, float]:
    row = made.recognitions.iloc[line]
    return (row["mass_g_low"], row["mass_g_typical"], row["mass_g_high"])


def basis(made: Contents, line: int = 0) -> str:
    return str(made.recognitions["mass_basis"].iat[line])


def test_a_block_magnet_weighs_its_volume_times_its_density(broken: Broken) -> None:
    made = broken("Magnet N52 12x5x3 mm")
    # 12 x 5 x 3 mm = 0.18 cm3; at 7.5 g/cm3 1.35 g
    assert mass(made)[1] == pytest.approx(1.35, rel=0.02)
    assert basis(made) == "dimensions"


def test_a_disc_magnet_is_a_cylinder(broken: Broken) -> None:
    made = broken("disc magnet neodymium 10x5")
    # pi/4 x 10^2 x 5 = 393 mm3; x 7.5 g/cm3 = 2.95 g
    assert mass(made)[1] == pytest.approx(2.95, rel=0.02)


def test_a_screw_weighs_what_the_table_says(broken: Broken) -> None:
    made = broken("Socket head cap screw M10x45 8.8")
    # DIN 912 M10 x 45: some 37 g
    low, typical, high = mass(made)
    assert low < 37 < high
    assert typical == pytest.approx(37, rel=0.2)


def test_wire_by_its_cross_section_and_length(broken: Broken) -> None:
    made = broken(
        {"description": "Wire 1.5mm2 H07V-K", "quantity_unit": "m", "quantity_total": 10.0}
    )
    # copper alone: 1.5 mm2 x 10 m x 8.93 g/cm3 = 134 g; with PVC some 190 to 200 g
    low, typical, high = mass(made)
    assert low > 134
    assert low < 195 < high
    assert basis(made) == "dimensions"
    assert typical < 250


def test_wire_by_gauge(broken: Broken) -> None:
    made = broken({"description": "hook-up wire 24 AWG", "quantity_unit": "m", "quantity_total": 1})
    # 24 AWG: 0.205 mm2, 1.83 g/m copper
    assert 1.83 < mass(made)[0] < 2.3


def test_package_mass_and_quantity(broken: Broken) -> None:
    made = broken({"description": "CAP CER 100nF X7R 0603", "quantity_total": 20.0})
    # 0603: some 6 mg a piece
    assert mass(made)[1] == pytest.approx(0.12, rel=0.25)
    assert basis(made) == "package"


def test_declared_mass_and_kilograms_go_first(broken: Broken) -> None:
    made = broken(
        {"description": "Magnet N52 12x5x3", "mass_g": 2.0, "quantity_total": 3.0},
        {"description": "Solder SAC305", "quantity_unit": "kg", "quantity_total": 0.25},
    )
    assert mass(made, 0) == (6.0, 6.0, 6.0)
    assert mass(made, 1) == (250.0, 250.0, 250.0)
    assert basis(made, 0) == basis(made, 1) == "declared"
    tin = made.contents[(made.contents["line"] == 1) & (made.contents["mineral"] == "tin")].iloc[0]
    # Sn96.5Ag3.0Cu0.5: 96.5 % of 250 g
    assert tin["mass_mg_typical"] == pytest.approx(241_250, rel=0.01)


def test_unknown_quantity_gives_unknown_mass_never_zero(broken: Broken) -> None:
    made = broken({"description": "Magnet N52 12x5x3", "quantity_total": float("nan")})
    assert made.contents["mass_mg_typical"].isna().all()
    assert basis(made) == ""


@pytest.mark.parametrize(
    ("text", "metres", "copper"),
    [
        # cross-section in mm2 x length in m x 8.93 g/cm3
        ("WIRE FLRY-B 2.5 RD", 0.45, 2.5 * 0.45 * 8.93),
        ("Litze H07V-K 1,5 schwarz", 2.0, 1.5 * 2.0 * 8.93),
        ("Kabel NYM-J 3x1,5", 1.0, 3 * 1.5 * 8.93),
    ],
)
def test_a_cable_designation_names_its_cross_section(
    broken: Broken, text: str, metres: float, copper: float
) -> None:
    made = broken({"description": text, "quantity_unit": "m", "quantity_total": metres})
    low, _, high = mass(made)
    assert copper < low < 1.5 * copper
    assert high < 3 * copper
    assert basis(made) == "dimensions"


def test_a_class_of_any_size_tells_no_mass_but_the_mineral_stands(broken: Broken) -> None:
    made = broken("Bracket stainless steel 1.4301")
    assert all(value != value for value in mass(made))
    chromium = made.contents[made.contents["mineral"] == "chromium"]
    assert chromium["presence"].tolist() == ["certain"]
    assert chromium["mass_mg_high"].isna().all()
