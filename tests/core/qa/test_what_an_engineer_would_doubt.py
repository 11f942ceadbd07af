"""Lines whose wrong reading a materials engineer would notice at a glance."""

from __future__ import annotations

import pytest

from bomexposure.model.analysis import Analysis
from bomexposure.present.actions import top_exposures
from tests.core.qa.conftest import Analyzed

HEAD = "Part number,Description,Material,Qty,Mass g\n"


def minerals(result: Analysis, least: tuple[str, ...] = ("certain", "likely")) -> dict[str, str]:
    """Form by mineral of the first line, of the presences in `least`."""
    rows = result.contents.contents
    rows = rows[(rows["line"] == 0) & rows["presence"].astype(str).isin(least)]
    return dict(zip(rows["mineral"].astype(str), rows["form"].astype(str), strict=True))


def component(result: Analysis) -> str:
    return str(result.contents.recognitions["component_class"].iloc[0])


def test_a_clip_of_stainless_wire_holds_no_copper_conductor(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "P1,RETAINING CLIP WIRE D1.5,1.4310,2,1.4\nP2,Washer,A2,1,1\n")
    assert component(result) == "WIRE_STEEL"
    assert "copper" not in minerals(result, ("certain",))
    assert "chromium" in minerals(result, ("certain",))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("P1,PROTECTION CAP PE 19MM RED,PE,2,1.6", "PART_PLASTIC"),
        ("P1,HOSE NIPPLE 19MM PA66 GF30,PA66 GF30,2,9.2", "PART_PLASTIC"),
        ("P1,RING 40X2 EPDM,EPDM,2,1.2", "PART_RUBBER"),
        ("P1,RING 40X2,1.4301,2,9", "PART_METAL"),
    ],
)
def test_a_shape_of_plastic_is_not_called_a_metal_part(
    analyzed: Analyzed, line: str, expected: str
) -> None:
    assert component(analyzed(HEAD + line + "\nP2,Washer,A2,1,1\n")) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("77-1,M4 Nylon insert locking nuts,,4,1", "FAST_GEN"),
        ("77-1,M4 40mm thread length socket cap,,4,3", "FAST_GEN"),
        ("77-1,MANIVELLE_MOTEUR,PLA,2,20", "PART_PLASTIC"),
        ("77-1,ELECTRIC MOTOR,,1,500", "MOTOR_GEN"),
    ],
)
def test_a_word_beside_the_noun_does_not_decide_the_part(
    analyzed: Analyzed, line: str, expected: str
) -> None:
    assert component(analyzed(HEAD + line + "\n77-2,Washer,A2,1,1\n")) == expected


def test_the_epoxy_coat_of_a_magnet_does_not_halve_its_neodymium(analyzed: Analyzed) -> None:
    line = "MAGNET RING N42SH EPOXY COATED D38X22,NdFeB,1,100"
    result = analyzed(HEAD + f"P1,{line}\nP2,Washer,A2,1,1\n")
    rows = result.contents.contents
    row = rows[(rows["line"] == 0) & (rows["mineral"] == "neodymium")].iloc[0]
    # sintered NdFeB holds 20 to 32 % of neodymium: at least 15 g in a ring of 100 g
    assert row["mass_mg_typical"] > 15_000


def test_a_nizn_core_holds_nickel_and_no_certain_manganese(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "P1,FERRITE CORE RING NIZN 12X7X5,,1,1.9\nP2,Washer,A2,1,1\n")
    assert "nickel" in minerals(result, ("certain",))
    assert "manganese" not in minerals(result, ("certain",))


@pytest.mark.parametrize("noun", ["BRACKET", "SCREW M4X12", "GEARBOX", "ELECTRIC MOTOR"])
def test_the_silicon_of_steel_is_not_polysilicon(analyzed: Analyzed, noun: str) -> None:
    result = analyzed(HEAD + f"P1,{noun},,1,10\nP2,Washer,A2,1,1\n")
    form = minerals(result, ("certain", "likely", "possible")).get("silicon", "ferrosilicon")
    assert form == "ferrosilicon"


def test_the_silicon_of_a_board_is_polysilicon(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "P1,SENSOR BOARD,,1,10\nP2,Washer,A2,1,1\n")
    assert minerals(result)["silicon"] == "polysilicon"


def test_a_short_part_number_series_does_not_make_an_ic_less_certain(analyzed: Analyzed) -> None:
    text = "Part number,MPN,Description,Qty\nP1,TPS7B6950QDCYRQ1,IC LDO 5V 150MA SOT223,1\n"
    result = analyzed(text + "P2,,Washer A2,1\n")
    assert component(result) == "IC_SOT"
    assert "silicon" in minerals(result, ("certain",))


def test_a_sentence_that_refers_to_a_drawing_is_no_document(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "77-100,see mech. drawing,,1,10\n77-101,Washer,A2,1,1\n")
    assert component(result) == ""


@pytest.mark.parametrize(
    ("word", "named"), [("N42SH", "Polymer"), ("1.4404", "material not stated")]
)
def test_a_reason_names_the_material_that_its_word_means(
    analyzed: Analyzed, word: str, named: str
) -> None:
    line = f"SLEEVE MAGNET {word} EPOXY" if word[0] == "N" else f"SLEEVE {word}"
    result = analyzed(HEAD + f"P1,{line},,1,10\nP2,Washer,A2,1,1\n")
    whys = result.contents.whys
    here = whys[(whys["line"] == 0) & (whys["column"].astype(str) == "description")]
    texts = [
        str(row.text) for row in here.itertuples() if line[int(row.start) : int(row.end)] == word
    ]
    assert texts
    assert not any(named in text for text in texts)


def test_the_evidence_of_a_line_is_the_strongest_of_its_minerals(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "P1,PCB FR4 4L 1.6 mm ENIG,,1,10\nP2,Washer,A2,1,1\n")
    rows = result.contents.contents
    strongest = rows[rows["line"] == 0]["evidence"].max()
    assert result.contents.recognitions["evidence"].iloc[0] == strongest == "designated"


def test_the_way_out_on_page_one_fits_the_part_that_it_stands_beside(analyzed: Analyzed) -> None:
    """A magnet holds a little gallium and has substitutes; the LED, which works by it, has none."""
    result = analyzed("Part number,Description,Qty\nP1,LED GREEN 0603,2\nP2,NdFeB magnet N42SH,1\n")
    gallium = next(one for one in top_exposures(result, 20) if one.mineral == "gallium")
    assert gallium.parts == "LED GREEN 0603"
    assert gallium.function == "carries the function; lesser role in 1 more"
    assert gallium.substitute == "none on record"
    neodymium = next(one for one in top_exposures(result, 20) if one.mineral == "neodymium")
    assert neodymium.parts == "NdFeB magnet N42SH"
    assert neodymium.substitute != "none on record"


def test_a_firms_own_numbers_are_no_makers_series(analyzed: Analyzed) -> None:
    """ACME numbers all it buys ACM-0001 and on; TDK's ACM are common mode chokes."""
    parts = ["GAN FET 650V 15A", "LED WHITE HIGH POWER", "PLATE 7075-T651", "BOLT TI-6AL-4V",
             "DO NOT POPULATE", "MCU 32BIT", "GEAR STEEL", "PCB 8 LYR", "TUBE"]  # fmt: skip
    lines = "".join(f"ACM-{n:04},{words},1\n" for n, words in enumerate(parts, start=1))
    told = analyzed(f"P/N,Description,Qty\n{lines}").contents
    assert "IND_CMC" not in set(told.recognitions["component_class"])
    assert told.recognitions["evidence"].iat[4] == "none"
    assert not [text for text in told.whys["text"] if "ACM" in text]
