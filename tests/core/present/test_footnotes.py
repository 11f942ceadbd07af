"""Footnotes: what a reader needs to find a published figure, and nothing of our own files."""

from __future__ import annotations

from dataclasses import replace

from bomexposure.model.sources import Figure
from bomexposure.present.footnotes import footnote, footnotes

USGS = Figure(
    "mcs2026/nir/gallium/2025", "mcs2026", "Mineral Commodity Summaries 2026",
    "U.S. Geological Survey", "GALLIUM chapter, data release row 2557", "2025e", "100", "",
    "published",
)  # fmt: skip
REGISTER = replace(
    USGS, set="countries", title="Country register", publisher="various", year="2026-02-04",
    locator="row Peru; sources WMD22;CMM26; common knowledge: iso2;aliases", printed="",
)  # fmt: skip
CONTENT = replace(
    USGS, set="knowledge", title="What materials and parts are made of", publisher="bomexposure",
    locator="50-150 ug chip", year="", printed="Ga 0.05 to 1.5 % of mass", kind="estimate",
)  # fmt: skip


def test_a_published_figure_names_publisher_place_year_and_print() -> None:
    assert footnote(USGS) == (
        "U.S. Geological Survey: Mineral Commodity Summaries 2026, GALLIUM chapter, data release "
        "row 2557, 2025 (estimated), printed “100”"
    )


def test_the_registers_own_short_names_are_left_out() -> None:
    assert footnote(REGISTER) == "Various: Country register, row Peru, 4 Feb 2026"


def test_an_estimate_says_that_it_is_the_programs_own() -> None:
    assert footnote(CONTENT) == (
        "Estimate of this program: 50-150 ug chip, Ga 0.05 to 1.5 % of mass"
    )


def test_notes_from_one_place_name_it_once() -> None:
    more = replace(CONTENT, printed="As 0 to 1.5 % of mass")
    assert footnotes([CONTENT, more])[1] == "the same, As 0 to 1.5 % of mass"
