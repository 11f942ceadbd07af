"""docs/data.md names every set, its files of choices and its publishers."""

from __future__ import annotations

from pathlib import Path

from bomexposure.reference import editions
from bomexposure.reference.loading import SHIPPED
from bomexposure.reference.sets import open_set

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "data.md").read_text(encoding="utf-8")


def test_every_set_is_described() -> None:
    for name in (*SHIPPED, "mcs2026"):
        assert f"| `{name}` |" in TEXT, name


def test_every_file_of_choices_is_described() -> None:
    for name in open_set(editions.shipped_folder("rules")).about["files"]:
        assert f"`{name}`" in TEXT, name


def test_the_counts_in_the_text_are_those_of_the_files() -> None:
    for name, file, words in (
        ("processing", "shares.csv", "{} shares at refining"),
        ("processing-facts", "facts.csv", "{} single figures"),
        ("policy", "events.csv", "{} policy events"),
        ("suppliers", "suppliers.csv", "{} plants and projects"),
        ("substitutes", "substitutes.csv", "{} substitutes"),
    ):
        count = len(open_set(editions.shipped_folder(name)).rows(file))
        assert words.format(count) in TEXT, name


def test_publishers_of_tables_are_named() -> None:
    shares = open_set(editions.shipped_folder("processing")).table("shares.csv")
    for publisher in set(shares["publisher"]):
        assert publisher in TEXT, publisher
