"""Recognition on the shipped labelled lines, in one pass over all of them."""

from __future__ import annotations

import collections
import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from bomexposure.content import break_down
from bomexposure.model.bom import ISSUES, LINES, TEXT_ROLES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.reference import load_knowledge

LABELS = Path(__file__).resolve().parents[2] / "data" / "labelled_lines.csv"
NOT_LABELLED = frozenset({"iron", "gold", "molybdenum", "cadmium", "selenium", "strontium"})
"""Off the 2025 list: labels name them only where they are the point of a line."""


def read_labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def break_down_texts(rows: list[dict[str, str]]) -> Contents:
    """Contents of one piece of each line."""
    count = len(rows)
    columns = [name for name in (*TEXT_ROLES, "section") if rows and name in rows[0]]
    lines = LINES.conform(
        {
            "id": [str(number + 1) for number in range(count)],
            "row": range(2, count + 2),
            **{name: [row[name] for row in rows] for name in columns},
            "quantity": 1.0,
            "quantity_unit": "pc",
            "quantity_total": 1.0,
            "parent_line": -1,
            "counted": True,
        }
    )
    bom = BillOfMaterials(
        "labels.csv", "", "csv", "utf-8", ",", (), (), lines, pd.DataFrame(), ISSUES.empty()
    )
    return break_down(bom, load_knowledge(), Choices(as_of=date(2026, 1, 1)))


def held(contents: Contents) -> dict[int, dict[str, str]]:
    """line -> mineral -> strongest presence, of what draws on a commodity or is told as such."""
    rows = contents.contents
    rows = rows[~rows["relation"].isin(["other_form", "process_input"])]
    order = ("possible", "likely", "certain")
    found: dict[int, dict[str, str]] = collections.defaultdict(dict)
    for line, mineral, presence in zip(
        rows["line"], rows["mineral"], rows["presence"], strict=True
    ):
        before = found[line].get(mineral, "possible")
        found[line][mineral] = max(before, presence, key=order.index)
    return found


@pytest.fixture(scope="module")
def labelled() -> tuple[list[dict[str, str]], dict[int, dict[str, str]]]:
    rows = read_labels()
    return rows, held(break_down_texts(rows))


def ids(text: str) -> set[str]:
    return {one for one in text.split(";") if one}


def test_certain_minerals_are_found_in_every_language(
    labelled: tuple[list[dict[str, str]], dict[int, dict[str, str]]],
) -> None:
    rows, found = labelled
    need: collections.Counter[str] = collections.Counter()
    got: collections.Counter[str] = collections.Counter()
    for line, row in enumerate(rows):
        certain = ids(row["minerals_certain"])
        firm = {name for name, presence in found[line].items() if presence != "possible"}
        need[row["language"]] += len(certain)
        got[row["language"]] += len(certain & firm)
    assert sum(need.values()) > 2000
    assert sum(got.values()) >= 0.97 * sum(need.values())
    poor = {language: got[language] / need[language] for language in need}
    assert {language: share for language, share in poor.items() if share < 0.95} == {}


def test_hardly_any_trap_is_fallen_into(
    labelled: tuple[list[dict[str, str]], dict[int, dict[str, str]]],
) -> None:
    rows, found = labelled
    fallen = [
        (row["description"], mineral)
        for line, row in enumerate(rows)
        for mineral in ids(row["minerals_absent_trap"])
        if found[line].get(mineral, "possible") != "possible"
    ]
    assert len(fallen) <= 2, fallen


def test_what_is_called_certain_is_at_least_plausible(
    labelled: tuple[list[dict[str, str]], dict[int, dict[str, str]]],
) -> None:
    rows, found = labelled
    sure = wrong = 0
    for line, row in enumerate(rows):
        allowed = ids(row["minerals_certain"]) | ids(row["minerals_plausible"]) | NOT_LABELLED
        certain = {name for name, presence in found[line].items() if presence == "certain"}
        sure += len(certain - NOT_LABELLED)
        wrong += len(certain - allowed)
    assert sure > 2000
    assert wrong <= 0.02 * sure


def test_a_word_that_falls_to_a_longer_one_takes_no_other_with_it() -> None:
    # "galvanised steel" overlaps "hot dip galvanised" and "steel bracket"
    (one,) = held(break_down_texts([{"description": "Hot dip galvanised steel bracket"}])).values()
    assert one["zinc"] == "certain"
    assert "iron" in one
