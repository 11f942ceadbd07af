"""Policy events: the clock, the merge of the gathered rows, and what is never called safe."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from bomexposure.model.policy import STATUSES, PolicyEvent
from bomexposure.model.supply import Reference
from bomexposure.reference import editions
from bomexposure.reference.sets import open_set


def event(facts: Reference, name: str) -> PolicyEvent:
    return next(one for one in facts.events if one.id == name)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        # announced and in force on 3 December 2024 (MOFCOM 2024, No. 46, clause 2)
        (date(2024, 12, 2), "announced"),
        (date(2024, 12, 3), "in force"),
        # suspended from 9 November 2025 until 27 November 2026
        (date(2025, 11, 8), "in force"),
        (date(2025, 11, 9), "suspended"),
        (date(2026, 11, 22), "suspended"),
        (date(2026, 11, 27), "suspended"),
        # no source says what came after: never "in force", never "ended"
        (date(2026, 11, 28), "end date passed, not verified"),
    ],
)
def test_the_ban_on_gallium_germanium_and_antimony_day_by_day(
    facts: Reference, day: date, status: str
) -> None:
    assert event(facts, "CN-05b").status(day) == status


@pytest.mark.parametrize("name", ["CN-08", "CN-09", "CN-10", "CN-11", "CN-12", "CN-13"])
def test_the_suspension_that_ended_on_10_november_2026_reads_as_not_verified(
    facts: Reference, name: str
) -> None:
    one = event(facts, name)
    assert one.status(date(2026, 11, 10)) == "suspended"
    assert one.status(date(2026, 11, 11)) == "end date passed, not verified"
    assert "none says whether the suspension was extended or lapsed" in one.note


def test_the_april_2025_licences_and_the_military_clause_were_never_suspended(
    facts: Reference,
) -> None:
    for name in ("CN-07", "CN-05a"):
        assert event(facts, name).status(date(2026, 11, 22)) == "in force"
        assert event(facts, name).suspended_from is None


def test_the_outcome_of_the_section_232_talks_is_not_verified(facts: Reference) -> None:
    talks = event(facts, "US-03")
    assert talks.status(date(2026, 7, 13)) == "in force"
    assert talks.status(date(2026, 11, 22)) == "end date passed, not verified"
    assert talks.cut_high == 0


def test_duties_on_anode_graphite_never_came(facts: Reference) -> None:
    # the trade commission voted against on 12 March 2026
    assert event(facts, "US-07").status(date(2026, 11, 22)) == "ended"


def test_the_congo_ban_gave_way_to_a_quota(facts: Reference) -> None:
    assert event(facts, "CD-01").status(date(2025, 10, 15)) == "ended"
    quota = event(facts, "CD-02")
    assert quota.status(date(2025, 10, 16)) == "in force"
    # 1 - 96,600 t / 226,000 t = 0.573 (output of 2024), 1 - 96,600 / 230,000 = 0.580 (2025)
    assert quota.cut_low == pytest.approx(1 - 96_600 / 226_000, abs=0.005)
    assert quota.cut_high == pytest.approx(1 - 96_600 / 230_000, abs=0.005)


def test_fractions_follow_the_measure(facts: Reference) -> None:
    for one in facts.events:
        assert 0 <= one.cut_low <= one.cut_high <= 1, one.id
        if one.measure not in ("ban", "licence", "quota"):
            assert one.cut_high == 0, one.id
        if one.reach == ("technology",):
            assert one.cut_high == 0, one.id


def test_measures_and_reach_are_of_the_known_words(facts: Reference) -> None:
    measures = {"ban", "licence", "quota", "tariff", "duty", "tax", "procurement rule",
                "benchmark", "other"}  # fmt: skip
    goods = {"raw", "compound", "alloy", "magnet", "cell", "part", "technology"}
    for one in facts.events:
        assert one.measure in measures, one.id
        assert set(one.reach) <= goods, one.id
        assert one.reach or not one.minerals, one.id
        assert one.date_precision in ("day", "month", "year"), one.id


def test_every_event_has_a_date_a_source_and_known_minerals(facts: Reference) -> None:
    known = set(facts.supply["mineral"])
    for one in facts.events:
        assert one.changes(), one.id
        assert one.sources, one.id
        assert all(source in facts.sources for source in one.sources), one.id
        assert set(one.minerals) <= known, one.id
        for day in (date(2020, 1, 1), date(2026, 11, 22), date(2031, 1, 1)):
            assert one.status(day) in STATUSES


def test_ids_are_unique_and_dates_run_forward(facts: Reference) -> None:
    ids = [one.id for one in facts.events]
    assert len(ids) == len(set(ids))
    for one in facts.events:
        if one.suspended_from and one.suspended_until:
            assert one.suspended_from < one.suspended_until
        if one.announced and one.effective:
            assert one.announced <= one.effective, one.id


def test_what_no_source_confirms_says_so(facts: Reference) -> None:
    for one in facts.events:
        kinds = {facts.sources[source].kind for source in one.sources}
        if kinds == {"estimate"}:
            assert "Not confirmed" in one.note, one.id


def test_every_gathered_row_went_into_an_event(facts: Reference, gathered: Path) -> None:
    origins = [origin for one in facts.events for origin in one.origins]
    policy = gathered.parent / "policy"
    for file in ("controls.csv", "us_agreements.csv"):
        with (policy / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert origins.count(f"{file} {row['id']}") == 1, row["id"]
    with (gathered / "events.csv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            assert f"events.csv row {number} ({row['mineral']})" in origins


def test_the_minerals_of_a_gathered_row_are_in_its_event(facts: Reference, gathered: Path) -> None:
    from bomexposure.reference.names import mineral_names

    names = mineral_names(open_set(editions.shipped_folder("rules")))
    with (gathered / "events.csv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            origin = f"events.csv row {number} ({row['mineral']})"
            named = set(names.ids(row["mineral"]))
            held = [set(one.minerals) for one in facts.events if origin in one.origins]
            assert any(named <= minerals for minerals in held), origin


def test_conflicts_between_the_merged_rows_are_kept_with_what_is_shown() -> None:
    rows = open_set(editions.shipped_folder("policy")).rows("conflicts.csv")
    assert rows
    for row in rows:
        assert row["controls"] != row["events"]
        assert row["shown"]
        assert row["reason"]
