"""Two revisions of a BOM: alignment, differences, and design change apart from data change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_world import CHOICES, bom, contents, reference

from bomexposure import exposure
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES
from bomexposure.model.scenario import CONTROLS, SOURCING
from bomexposure.scenario import compare as module
from bomexposure.scenario.align import ALIGNMENT, align
from bomexposure.scenario.compare import compare


def line(number, text, cost=10.0, **more):
    return {"part_number": number, "description": text, "cost_total": cost, "currency": "USD",
            "fingerprint": f"{number}|{text}".casefold()} | more  # fmt: skip


def analysis(rows, held, world, choices=CHOICES, classes=None):
    book = bom(*rows)
    found = contents(len(rows), *held, classes=classes or {})
    exposures = exposure.score(book, found, world, choices, CONTROLS.empty())
    return Analysis(
        "test", book, choices, world, found, exposures, SOURCING.empty(), CONTROLS.empty(), (),
        ISSUES.empty(),
    )  # fmt: skip


OLD = (
    line("M-1", "Magnet N42 20x5", 60.0),
    line("S-1", "Screw M4x10"),
    line("S-1", "Screw M4x10"),
    line("H-7", "Housing die cast", 20.0),
    line("", "Sealing ring EPDM 40 mm"),
    line("X-9", "Label"),
)
NEW = (
    line("S-1", "Screw M4x10"),
    line("M-1", "Magnet ferrite Y30 20x9", 6.0),
    line("H-7", "Housing die cast", 22.0),
    line("", "Sealing ring EPDM 41 mm"),
    line("Q-1", "Hall sensor"),
)


def test_alignment():
    pairs = align(bom(*OLD).lines, bom(*NEW).lines)
    assert ALIGNMENT.check(pairs) == []
    told = {(row.a, row.b): str(row.how) for row in pairs.itertuples()}
    assert told == {
        (1, 0): "fingerprint",  # the first of two screws
        (0, 1): "part number",  # the magnet's text changed, its number did not
        (3, 2): "fingerprint",
        (4, 3): "close",  # no number, nearly the same text: for review
        (-1, 4): "none",
        (2, -1): "none",
        (5, -1): "none",
    }


def test_every_line_stands_once():
    pairs = align(bom(*OLD).lines, bom(*NEW).lines)
    assert sorted(pairs.loc[pairs["a"] >= 0, "a"]) == list(range(len(OLD)))
    assert sorted(pairs.loc[pairs["b"] >= 0, "b"]) == list(range(len(NEW)))


def test_a_bom_against_itself_changes_nothing():
    world = reference()
    one = analysis(OLD, [{"line": 0, "mineral": "neodymium"}], world)
    told = compare(one, one)
    assert set(told["counts"].values()) == {0}
    assert all(row["change"] in (0, None) for row in told["headline"])
    assert told["minerals"] == []


def test_what_the_design_changed():
    world = reference()
    before = analysis(OLD, [{"line": 0, "mineral": "neodymium"}], world, classes={0: "MAGNET"})
    after = analysis(NEW, [{"line": 1, "mineral": "nickel"}], world, classes={1: "FERRITE"})
    told = compare(before, after)
    assert told["counts"] == {"added": 2, "removed": 3, "changed": 2, "remapped": 1, "review": 1}
    magnet = next(one for one in told["lines"]["changed"] if one["a"]["part_number"] == "M-1")
    assert magnet["differences"]["cost_total"] == [60.0, 6.0]
    assert told["lines"]["remapped"][0]["was"] == ["MAGNET"]
    figures = {one["figure"]: one for one in told["headline"]}
    # spend: 60 + 10 + 10 + 20 + 10 + 10 = 120; acute 60 / 120 = 50 %; after: none
    assert figures["spend_acute_pct.certain"] == {
        "figure": "spend_acute_pct.certain", "a": 50.0, "b": 0.0, "change": -50.0,
        "design": -50.0, "data": 0.0,
    }  # fmt: skip
    assert [one["mineral"] for one in told["minerals"]] == ["neodymium", "nickel"]


def test_what_newer_data_changed(monkeypatch):
    old_world = reference()
    # the next edition finds nickel at 90 % reliance, 90 % China: index 81, acute
    supply = old_world.supply.copy()
    nickel = supply["mineral"] == "nickel"
    for name in ("nir_low", "nir_high", "china_peak_low", "china_peak_high"):
        supply.loc[nickel, name] = 90.0
    new_world = replace(old_world, edition="next", supply=supply)
    held = [{"line": 0, "mineral": "nickel"}]
    before = analysis(OLD, held, old_world)
    after = analysis(OLD, held, new_world)
    monkeypatch.setattr(module.content, "break_down", lambda *_: after.contents)
    figures = {one["figure"]: one for one in compare(before, after)["headline"]}
    acute = figures["minerals_acute"]
    assert (acute["change"], acute["design"], acute["data"]) == (1, 0, 1)


@pytest.mark.parametrize("rows", [(), OLD])
def test_an_empty_revision(rows):
    world = reference()
    told = compare(analysis(rows, [], world), analysis((), [], world))
    assert told["counts"]["removed"] == len(rows)
