"""A second part named in one line: joined by a plus, or as an accessory."""

from __future__ import annotations

from collections.abc import Callable

from bomexposure.model.content import Contents
from tests.core.content.conftest import held

Broken = Callable[..., Contents]


def test_a_part_after_a_plus_counts_as_likely(broken: Broken) -> None:
    contents = broken("Grille ABS + loudspeaker")
    assert "copper" in held(contents)
    assert "copper" not in held(contents, least="certain")


def test_an_accessory_that_carries_no_function_is_possible_only(broken: Broken) -> None:
    alone, equipped = broken("Gearmotor 12 V"), broken("Gearmotor 12 V with encoder")
    assert held(alone) == held(equipped)
    assert held(equipped, least="possible") >= held(alone, least="possible")


def test_what_the_part_is_made_for_is_no_second_part(broken: Broken) -> None:
    assert "neodymium" not in held(broken("Bracket for neodymium magnet, ABS"))


def test_a_note_names_no_second_part(broken: Broken) -> None:
    line = {"description": "Screw M4x10", "notes": "drive with socket"}
    assert "tin" not in held(broken(line), least="possible")


def test_the_sentence_names_the_second_part(broken: Broken) -> None:
    whys = broken("Hall switch A3144 + neodymium magnet").whys
    told = whys[whys["rule"].str.startswith("beside/")]
    assert told["text"].tolist() == [
        "“neodymium magnet” is a second part in the line: NdFeB magnet (part)"
    ]
    assert told["start"].tolist() == [len("Hall switch A3144 + ")]
