"""A project comes back as it was saved, and a damaged one says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bomexposure.model.choices import Choices, DictionaryEntry, EventStatus, Override, Reading
from bomexposure.model.errors import OutputError, ProjectError
from bomexposure.model.project import Decision, Project
from bomexposure.model.report import ReportOptions
from bomexposure.model.scenario import Cut, Scenario
from bomexposure.project import edits, store
from bomexposure.project.dictionary import read_dictionary

TEXT = st.text(max_size=12)

PROJECT = Project(
    choices=Choices(
        as_of=date(2026, 11, 22),
        reading=Reading("BOM", 7, {"quantity": "Menge", "value": "@C"}),
        rates={"EUR": 1.08},
        overrides=(
            Override("ab12", "BOM!9", materials=("NDFEB_SH",), composition=(("neodymium", 24.5),)),
        ),
        dictionary=(DictionaryEntry("pattern", "4711-*", "SS_316L"),),
        event_statuses=(EventStatus("CN-05b", "suspended", "supplier's lawyer", "2026-11-20"),),
        scenarios=("cn-2024-12-03",),
        own_scenarios=(
            Scenario(
                "own-1",
                "No Chinese magnets",
                as_of=date(2027, 1, 1),
                cuts=(Cut("CHN", "neodymium", "magnet", 0.5, 1.0),),
                substitutions=(("NDFEB_SH", "FERRITE_SR"),),
            ),
        ),
    ),
    workbook="pump.xlsx",
    workbook_sha256="00ff",
    decisions=(Decision("2026-11-22T08:00:00Z", "mk", "Row 9 set to NdFeB", "drawing 12"),),
    report=ReportOptions(("minerals", "sources"), "a4", "Pump CP-40", "Ours."),
    watch=("dysprosium",),
)


def test_everything_in_a_project_survives_the_file(tmp_path: Path) -> None:
    store.save(PROJECT, tmp_path / "pump.bomx")
    assert store.load(tmp_path / "pump.bomx") == PROJECT


@given(st.dictionaries(TEXT, TEXT, max_size=3), TEXT, st.floats(0.01, 1e6))
def test_any_text_survives_the_file(columns: dict[str, str], note: str, volume: float) -> None:
    choices = replace(PROJECT.choices, reading=Reading(columns=columns), volume=volume)
    project = replace(PROJECT, choices=choices, notes=note)
    assert store.from_bytes(store.to_bytes(project), "x") == project


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a bomexposure project"),
        (b"PK\x03\x04", "not a bomexposure project"),
        (b'{"schema": "other/1"}', "not a bomexposure project"),
        (b'{"schema": "bomexposure/project/1"}', "damaged"),
        (b'{"schema": "bomexposure/project/99"}', "newer bomexposure"),
    ],
)
def test_a_file_that_is_no_project_says_what_mends_it(data: bytes, words: str) -> None:
    with pytest.raises(ProjectError, match=words) as fault:
        store.from_bytes(data, "x.bomx")
    assert fault.value.mend


def test_a_failed_save_leaves_the_old_file_and_no_scraps(tmp_path: Path) -> None:
    target = tmp_path / "pump.bomx"
    target.mkdir()  # a folder of that name: the swap must fail
    (target / "keep").touch()
    with pytest.raises(OutputError):
        store.save(PROJECT, target)
    assert [one.name for one in tmp_path.iterdir()] == ["pump.bomx"]


def test_a_second_decision_on_a_line_replaces_the_first_and_the_log_keeps_both() -> None:
    project = Project(Choices(as_of=date(2026, 11, 22)))
    once = edits.override(project, Override("f", component_class="MOTOR_BLDC"), "Row 3: motor")
    twice = edits.override(once, Override("f", component_class="FAN"), "Row 3: fan")
    assert [one.component_class for one in twice.choices.overrides] == ["FAN"]
    assert [one.what for one in twice.decisions] == ["Row 3: motor", "Row 3: fan"]
    back = edits.drop_overrides(twice, [Override("f")], "Row 3: as recognised")
    assert back.choices.overrides == ()
    assert len(back.decisions) == 3


def test_a_decision_for_one_row_stands_beside_that_for_all_alike() -> None:
    project = Project(Choices(as_of=date(2026, 11, 22)))
    project = edits.override(project, Override("f", mass_g=2.0), "all alike")
    project = edits.override(project, Override("f", "BOM!9", mass_g=3.0), "row 9 alone")
    assert [one.mass_g for one in project.choices.overrides] == [2.0, 3.0]


def test_a_dictionary_is_read_with_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes(
        "\ufeffKind;Text;Subject;Note\npart_number;0004711;SS_316L;\nwords;Rührer;SS_304;Chemie\n".encode()
    )
    assert read_dictionary(path) == (
        DictionaryEntry("part_number", "0004711", "SS_316L", ""),
        DictionaryEntry("words", "Rührer", "SS_304", "Chemie"),
    )


def test_a_wrong_dictionary_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("kind,text,subject,note\nword,Rührer,SS_304,\n", encoding="utf-8")
    with pytest.raises(ProjectError, match="row 2, column kind: “word”"):
        read_dictionary(path)


def test_a_project_of_an_older_or_newer_version_keeps_the_parts_that_there_are() -> None:
    told = orjson.loads(store.to_bytes(PROJECT))
    del told["report"]
    old = store.from_bytes(orjson.dumps(told | {"report_parts": ["lines", "minerals"]}), "x")
    assert old.report == ReportOptions(("minerals", "lines"))
    newer = told | {
        "report": {"parts": ["maps", "sources"], "paper": "a4", "title": "", "lead": ""}
    }
    assert store.from_bytes(orjson.dumps(newer), "x").report == ReportOptions(("sources",), "a4")
