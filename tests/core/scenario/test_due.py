"""What to do by when, with the dates worked out."""

from __future__ import annotations

from small_world import CHOICES, bom, contents, reference

from bomexposure import exposure
from bomexposure.model.scenario import CONTROLS
from bomexposure.scenario.due import DUE, due


def told(lead, watch=(), mineral="neodymium"):
    book, found = bom({"lead_time_days": lead}), contents(1, {"line": 0, "mineral": mineral})
    exposures = exposure.score(book, found, reference(), CHOICES, CONTROLS.empty())
    return due(book, found, exposures, reference(), CHOICES, watch)


def test_a_long_lead_time_is_late():
    table = told(30.0)
    assert DUE.check(table) == []
    row = table.iloc[0]
    # the suspension ends on 27 November 2026; 30 days before is 28 October, past on 22 November
    assert (row["event"], row["on"], row["act_by"], row["late"]) == (
        "CN-ND", "2026-11-27", "2026-10-28", True,
    )  # fmt: skip
    assert "secure neodymium now" in row["action"]


def test_a_short_lead_time_is_in_time():
    row = told(3.0).iloc[0]
    assert (row["act_by"], row["late"]) == ("2026-11-24", False)


def test_an_unknown_lead_time_is_asked_for():
    row = told(float("nan")).iloc[0]
    assert row["act_by"] == ""
    assert "Find out the lead times" in row["action"]


def test_no_date_ahead_but_a_long_lead_time():
    # tungsten has no dated change ahead; 120 days is more than a quarter
    table = told(120.0, mineral="tungsten")
    assert list(table["on"]) == [""]
    assert "second source for tungsten" in table.loc[0, "action"]
    assert len(told(20.0, mineral="tungsten")) == 0


def test_the_watch_list_is_always_shown():
    table = told(3.0, watch=("hafnium",))
    assert list(table["mineral"]) == ["neodymium", "hafnium"]
    assert "no line of this BOM" in table.loc[1, "action"]
