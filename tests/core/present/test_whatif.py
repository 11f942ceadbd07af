"""Steps from today to a scenario, and the words of what is lost, against sums made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import fakes
import pytest

from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.present import scenario_tables, whatif


def result(*losses: dict[str, Any], **figures: Any) -> ScenarioResult:
    return ScenarioResult(Scenario("x", "X"), figures, figures, tuple(losses))


def loss(mineral: str, low: float | None, high: float | None) -> dict[str, Any]:
    return {
        "mineral": mineral,
        "direct": {"low": None, "high": None},
        "world": {"low": low, "high": high, "stage": "primary"},
        "countries": ["CHN"],
    }


def ends(row: Any) -> tuple[float, float]:
    return row.marks[0].low, row.marks[-1].high


def test_a_sure_cut_and_one_that_may_be_nothing() -> None:
    # gallium: LED 0.04 for certain; magnesium: housing 20.00, likely to hold it
    spec = whatif.waterfall(
        fakes.analysis(), result(), result(loss("gallium", 99, 99), loss("magnesium", 0, 88))
    )
    assert [row.label for row in spec.rows] == ["Today", "+ Gallium", "+ Magnesium", "With it"]
    assert ends(spec.rows[1]) == pytest.approx((0.0, 0.04))
    assert ends(spec.rows[2]) == pytest.approx((0.04, 20.04))
    assert spec.rows[2].marks[-1].style == "hatch"
    assert spec.rows[3].marks[0].high == pytest.approx(0.04)
    assert spec.rows[3].marks[1].high == pytest.approx(20.04)
    assert spec.rows[3].notes[0] == "0.04–20.04"


def test_a_cut_that_holds_already_is_no_step() -> None:
    same = result(loss("gallium", 99, 99))
    spec = whatif.waterfall(fakes.analysis(), same, same)
    assert [row.key for row in spec.rows] == ["today", "then"]
    assert spec.rows[0].notes == spec.rows[1].notes == ("0.04",)


def test_a_possible_cut_that_becomes_sure_fills_the_range() -> None:
    # dysprosium: magnet 11.40, certain line
    spec = whatif.waterfall(
        fakes.analysis(), result(loss("dysprosium", 0, 100)), result(loss("dysprosium", 100, 100))
    )
    step = spec.rows[1]
    assert ends(step) == pytest.approx((0.0, 11.40))
    assert step.marks[0].role == "worse"


def test_lost_supply_keeps_direct_and_world_apart_and_unknown_a_word() -> None:
    spec = whatif.supply_lost(fakes.analysis(), result(loss("gallium", 99, 99)))
    row = spec.rows[0]
    assert row.notes == ("unknown", "100 % × imports not published", "99 %", "primary")
    assert {mark.panel for mark in row.marks} == {1}


def test_figures_that_change_stand_first() -> None:
    before = result(minerals=7, controls_in_force=1)
    after = ScenarioResult(Scenario("x", "X"), {}, {"minerals": 7, "controls_in_force": 2})
    table = whatif.before_after(before, after)
    assert table.rows["figure"].tolist()[0] == "Export controls in force"
    assert table.rows[["before", "after"]].iloc[0].tolist() == ["1", "2"]


def test_counts_of_lines_side_by_side_have_thousands_marked() -> None:
    reached = {"direct": tuple(f"l{at}" for at in range(7705))}
    many = replace(result(loss("gallium", 99, 99)), lines=reached)
    table = scenario_tables.compared(fakes.analysis(), result(), [many])
    rows = table.rows.set_index("figure")
    assert rows.loc["Lines that it covers itself"].tolist() == ["0", "7,705"]
