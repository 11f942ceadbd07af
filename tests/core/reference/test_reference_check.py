"""`reference check` passes on what ships, and fails on an edition with a wrong figure."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bomexposure import reference
from bomexposure.model.errors import ReferenceDataError
from bomexposure.model.supply import Reference
from bomexposure.reference import editions
from bomexposure.reference.check import CheckResult, checks_text, run_checks
from bomexposure.reference.sets import write_source


def by_name(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {one.name: one for one in results}


def test_everything_passes_and_says_what_it_looked_at(facts: Reference) -> None:
    results = run_checks(facts)
    assert [one.name for one in results if not one.passed] == []
    said = by_name(results)["counts"]
    # the NAM strategy: 13 of 58 at 100 percent, 33 of 58 at 50 or more, lanthanides once
    assert said.text.startswith("13 minerals at 100 percent and 33 of 58 at 50 percent or more")
    # by entry of the list the seven heavy lanthanides stand at 100 and the seven light at 67:
    # 13 + 7 = 20, and 33 - 1 + 14 = 46
    assert "20 at 100 percent and 46 of 58" in said.details[0]
    assert checks_text(results).endswith("checks, 0 failed.\n")


@pytest.fixture
def own_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped edition as the user's own, with valid hashes."""
    folder = tmp_path / "mcs2026"
    shutil.copytree(editions.shipped_folder("mcs2026"), folder)
    monkeypatch.setattr(editions, "user_folder", lambda: tmp_path)
    return folder


def altered(folder: Path, name: str, wanted: dict[str, str], change: dict[str, str]) -> None:
    """Change one row of a table and seal the edition again."""
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    fits = [row for row in rows if all(row[key] == cell for key, cell in wanted.items())]
    assert len(fits) == 1
    fits[0].update(change)
    with (folder / name).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    about = {"id": "mcs2026", "title": "t", "publisher": "p", "edition": "MCS 2026", "gaps": []}
    write_source(folder, about)


CHINA = {"id": "production/gallium/primary-low-purity/CHN/2025"}


@pytest.mark.parametrize(
    ("name", "wanted", "change", "failing"),
    [
        # a wrong output of China: shares, Table 7 and the world total notice
        ("production.csv", CHINA, {"printed": "500,000", "value": "500000"},
         {"shares and concentration", "table 7", "world totals"}),
        # a wrong share, as if typed by hand
        ("shares.csv", {"id": "shares/gallium/primary-low-purity/2025"}, {"china_share": "96.6"},
         {"shares and concentration"}),
        # a wrong concentration
        ("shares.csv", {"id": "shares/gallium/primary-low-purity/2025"}, {"hhi_high": "9000"},
         {"shares and concentration", "bounds"}),
        # a reliance that no longer counts as 100
        ("nir.csv", {"id": "nir/gallium/gallium/2025"},
         {"printed": "99", "low": "99", "high": "99"},
         {"counts"}),
        # an import share above the whole
        ("import_sources.csv", {"id": "imports/gallium/metal/CAN/2021-24"},
         {"share_low": "128", "share_high": "128"}, {"import shares"}),
        # a leader that Table 7 does not have
        ("table7.csv", {"name": "Gallium"}, {"leader": "Japan"}, {"table 7"}),
        # a country that nobody knows
        ("production.csv", CHINA, {"iso3": "ZZZ"}, {"countries", "allow-list"}),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_found(
    own_edition: Path,
    name: str,
    wanted: dict[str, str],
    change: dict[str, str],
    failing: set[str],
) -> None:
    altered(own_edition, name, wanted, change)
    results = run_checks(reference.load("mcs2026", knowledge=False))
    failed = {one.name for one in results if not one.passed}
    assert failed
    assert failed <= failing
    assert "gallium" in checks_text(results).casefold() or "ZZZ" in checks_text(results)


def test_a_file_changed_after_loading_is_refused(own_edition: Path) -> None:
    loaded = reference.load("mcs2026", knowledge=False)
    file = own_edition / "nir.csv"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="was changed"):
        run_checks(loaded)


def test_an_event_without_a_source_is_found(facts: Reference) -> None:
    first, *rest = facts.events
    bare = replace(facts, events=(replace(first, sources=()), *rest))
    said = by_name(run_checks(bare))["events"]
    assert not said.passed
    assert f"{first.id}: no source" in said.details


def test_a_figure_without_an_address_is_found(facts: Reference) -> None:
    rows = facts.supply.copy()
    rows.loc[0, "nir_source"] = "mcs2026/nir/invented/2025"
    said = by_name(run_checks(replace(facts, supply=rows)))["addresses"]
    assert said.details == ("mcs2026/nir/invented/2025",)
