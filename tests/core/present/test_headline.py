"""The tiles of the headline strip."""

from __future__ import annotations

from dataclasses import replace

import fakes
import pytest

from bomexposure.model.analysis import Analysis
from bomexposure.present.headline import tiles


def known_for(lines: int) -> Analysis:
    """The hand-made pump of six counted lines, of which so many have a mass, all recognised."""
    made = fakes.analysis()
    coverage = replace(made.exposures.coverage, mass_pct=100.0, mass_known_pct=100.0 * lines / 6)
    return replace(made, exposures=replace(made.exposures, coverage=coverage))


@pytest.mark.parametrize(
    ("lines", "words", "share"),
    [(2, "2 lines", 100 / 3), (1, "1 line", 100 / 6), (3, "100 %", 100.0), (6, "100 %", 100.0)],
)
def test_coverage_of_few_masses_is_told_in_lines(lines: int, words: str, share: float) -> None:
    """100 % of two masses would be read as if every line had one."""
    mass = tiles(known_for(lines))[0].bars[2]
    assert (mass.name, mass.words) == ("mass", words)
    assert mass.share == pytest.approx(share)
