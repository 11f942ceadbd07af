"""Ask next, by hand on the small world."""

from __future__ import annotations

import pytest
from small_world import CHOICES, bom, contents, reference

from bomexposure.exposure import score
from bomexposure.exposure.ask_next import ASK_NEXT, ask_next
from bomexposure.model.scenario import CONTROLS


def world():
    book = bom(
        {"cost_total": 50.0, "part_number": "M-1", "description": "Magnet", "supplier": "Acme"},
        {"cost_total": 20.0, "part_number": "Z-1", "description": "Insert", "fingerprint": "z"},
        {"cost_total": 20.0, "part_number": "Z-1", "description": "Insert", "fingerprint": "z"},
        {"cost_total": 10.0, "part_number": "Q-1", "description": "Mystery box"},
        {"cost_total": 0.0, "part_number": "N-1", "description": "Nickel strip"},
    )
    found = contents(
        5,
        {"line": 0, "mineral": "neodymium"},
        {"line": 1, "mineral": "tungsten", "presence": "likely"},
        {"line": 2, "mineral": "tungsten", "presence": "likely"},
        {"line": 4, "mineral": "nickel"},
    )
    return book, found


def asked(**more):
    return ask_next(*world(), reference(), CHOICES, **more)


def test_the_most_telling_question_comes_first():
    table = asked()
    assert ASK_NEXT.check(table) == []
    # the magnet is designated and certain, nickel is not acute: nothing to ask
    assert list(table["line"]) == [1, 3]
    # two alike inserts are one question: 40 of 100 spend, chance .725: 40 x 4 x .725 x .275
    first = table.iloc[0]
    assert first["lines"] == "3;4"
    assert first["swing_pct"] == pytest.approx(40.0)
    assert first["expected_pct"] == pytest.approx(40 * 4 * 0.725 * 0.275)
    assert "contain tungsten" in first["question"]
    # the unknown part: of four recognised lines three are acute or likely so: (3 + 1) / (4 + 2)
    second = table.iloc[1]
    assert second["what"] == "part"
    assert second["chance"] == pytest.approx(4 / 6)
    assert "Q-1 (Mystery box) made of, in particular of tungsten or neodymium" in second["question"]


def test_at_most_as_many_as_asked_for():
    assert len(asked(most=1)) == 1


def test_a_certain_content_by_class_alone_is_asked_about():
    book = bom({"cost_total": 10.0, "description": "Magnet"})
    found = contents(1, {"line": 0, "mineral": "neodymium", "evidence": "inferred"})
    found.recognitions["evidence"] = found.recognitions["evidence"].cat.set_categories(
        found.recognitions["evidence"].cat.categories
    )
    found.recognitions.loc[0, "evidence"] = "inferred"
    table = ask_next(book, found, reference(), CHOICES)
    assert table.loc[0, "chance"] == pytest.approx(0.975)
    assert table.loc[0, "what"] == "presence"


def test_an_empty_bom():
    assert len(ask_next(bom(), contents(0), reference(), CHOICES)) == 0


def test_the_review_list_asks_the_same_questions_in_the_same_order():
    table = asked()
    book, found = world()
    expected = score(book, found, reference(), CHOICES, CONTROLS.empty()).lines["expected_pct"]
    # both inserts are open with the part's figure; magnet and nickel are not
    assert expected[[1, 2]].tolist() == [pytest.approx(40 * 4 * 0.725 * 0.275)] * 2
    assert expected[3] == table.iloc[1]["expected_pct"]
    assert expected[[0, 4]].isna().all()
