"""A large book is looked through in parts, with the same result as in one."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from bomexposure.content import spot
from bomexposure.content.fold import CELL_END
from bomexposure.content.lexicon import lexicon_of
from bomexposure.model.knowledge import Knowledge


def test_words_are_found_alike_in_parts(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        CELL_END.join(("rotor magnet ring", "ndfeb", number))
        if number
        else CELL_END.join(("screw m4 x 12 (a2-70)", "stainless steel"))
        for number in ("1", "", "2", "", "", "3", "4")
    ]
    lexicon = lexicon_of(knowledge)
    whole = spot.spot(texts, lexicon)
    assert set(whole.text.tolist()) == set(range(7))
    told: list[tuple[int, int]] = []

    class Told:
        def step(self, label: str, done: int, total: int) -> None:
            assert label == "Recognising parts and materials"
            told.append((done, total))

    monkeypatch.setattr(spot, "AT_ONCE", 3)
    parts = spot.spot(texts, lexicon, Told())
    for one in fields(spot.Spots):
        assert np.array_equal(getattr(parts, one.name), getattr(whole, one.name)), one.name
    assert told == [(0, 7), (3, 7), (6, 7)]
