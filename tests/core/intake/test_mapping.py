"""Confirmed mappings come back for the same headers, and only for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomexposure import intake
from bomexposure.intake import mapping
from bomexposure.model.choices import Reading
from bomexposure.model.errors import WorkbookError

HEADERS = ["Teil", "Text 1", "Wert A", ""]


def test_a_mapping_is_recalled_by_its_headers(tmp_path: Path) -> None:
    made = mapping.confirm(HEADERS, {"description": "Text 1", "quantity": "Wert A"}, "Werk 3")
    mapping.remember(made, tmp_path)
    assert mapping.recall(["TEIL", "text 1", "Wert  A"], tmp_path) == made
    assert mapping.recall(["Teil", "Text 2", "Wert A"], tmp_path) is None
    mapping.forget(made.signature, tmp_path)
    assert mapping.recall(HEADERS, tmp_path) is None


def test_the_later_confirmation_wins(tmp_path: Path) -> None:
    mapping.remember(mapping.confirm(HEADERS, {"quantity": "Wert A"}), tmp_path)
    mapping.remember(mapping.confirm(HEADERS, {"mass": "Wert A"}), tmp_path)
    recalled = mapping.recall(HEADERS, tmp_path)
    assert recalled is not None
    assert recalled.columns == {"mass": "Wert A"}


def test_a_mapping_can_be_shared(tmp_path: Path) -> None:
    made = mapping.confirm(HEADERS, {"quantity": "Wert A", "notes": "@D"})
    mapping.save(made, tmp_path / "ours.json")
    assert mapping.load(tmp_path / "ours.json") == made
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(WorkbookError):
        mapping.load(tmp_path / "other.json")


def test_damage_costs_the_memory_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mappings.json").write_text("not json")
    assert mapping.remembered(tmp_path) == []


def test_the_environment_moves_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mapping.HOME, str(tmp_path))
    assert mapping.folder() == tmp_path


def test_what_the_user_sets_now_wins_over_memory() -> None:
    made = mapping.confirm(HEADERS, {"quantity": "Wert A", "description": "Text 1"})
    reading = mapping.applied(Reading(columns={"quantity": "@A"}, sheet="S"), made)
    assert reading.columns == {"quantity": "@A", "description": "Text 1"}
    assert reading.sheet == "S"


def test_reading_again_uses_what_was_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(mapping.HOME, str(tmp_path))
    path = tmp_path / "bom.csv"
    path.write_text("Part,Description,Qty,Spare\nA,Motor,1,3\nB,Gear,2,4\n")
    mapping.remember(
        mapping.confirm(["Part", "Description", "Qty", "Spare"], {"quantity": "Spare"})
    )
    assert list(intake.read(path).lines["quantity"]) == [1, 2]
    again = intake.read(path, recall=True)
    assert list(again.lines["quantity"]) == [3, 4]
    assert list(again.issues["code"][:1]) == ["mapping-recalled"]
