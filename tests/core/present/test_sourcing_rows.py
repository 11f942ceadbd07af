"""Reasons told apart, and stages worded, as the rooms below really say them."""

from __future__ import annotations

from datetime import date

import fakes
import pandas as pd

from bomexposure.model.choices import Choices
from bomexposure.present import numbers
from bomexposure.present.sourcing_rows import (
    best_stages,
    brief,
    options_table,
    stage_words,
    told_apart,
)
from bomexposure.scenario.sourcing import sourcing_options


def test_every_reason_of_an_option_is_for_against_or_known_to_be_neutral() -> None:
    """Sourcing's own sentences: nothing that limits an option may read as a point in its favour."""
    choices = Choices(as_of=date(2026, 11, 22))
    made = sourcing_options(pd.DataFrame({"mineral": ["gallium"]}), fakes.reference(), choices)
    japan = made[made["iso3"] == "JPN"].iloc[0]
    pro, contra, plants = told_apart(list(japan["reasons"]))
    assert plants == []
    assert not any("not " in one or "No " in one for one in pro), pro
    assert any("governance is not rated" in one for one in contra)


def test_plants_are_named_apart() -> None:
    pro, contra, plants = told_apart(
        ["Free trade agreement with the United States.", "Named: Lynas, Kuantan (separation).",
         "Mines only: no output beyond the mine is listed for it."]
    )  # fmt: skip
    assert pro == ["Free trade agreement with the United States."]
    assert contra == ["Mines only: no output beyond the mine is listed for it."]
    assert plants == ["Lynas, Kuantan (separation)."]


def test_the_table_carries_two_lines_of_words() -> None:
    spec = options_table(fakes.analysis(), "gallium")
    assert spec.rows["country"].tolist() == ["Japan"]
    assert {"pro", "contra", "terms", "reasons"} <= set(spec.rows.columns)


def test_a_stage_names_year_publisher_and_number_of_countries() -> None:
    stages = best_stages(fakes.analysis(), "gallium")
    assert stage_words(stages[0]) == "Primary, 2025e · U.S. Geological Survey · 2 countries"


def test_a_row_says_in_short_what_the_panel_says_in_full() -> None:
    """No figure, date or doubt is lost: what goes is the same in every row, or a description."""
    for whole, short in (
        ("Minerals agreement with the United States, January 2020, not confirmed: US-Canada plan.",
         "Minerals agreement with the United States, January 2020, not confirmed."),
        ("Minerals agreement with the United States: Framework/MOU signed October 2025.",
         "Minerals agreement with the United States: Framework/MOU signed October 2025."),
        ("Named by an older list only: 3.3 % of world output at the stage “processing: refined "
         "cobalt” (European Commission, 2023 edition); the newest list (IEA, 2024) does not name "
         "it.", "Named by an older list only (European Commission, 2023 edition)."),
        ("Supplies 22 % of U.S. imports.", "Supplies 22 % of U.S. imports."),
    ):  # fmt: skip
        assert brief(whole) == short


def test_figures_of_reasons_stand_in_the_marks_of_the_user() -> None:
    with numbers.spoken(numbers.Marks(",", ".")):
        pro, _, _ = told_apart(["Holds 30.6 % of the listed world reserves."])
    assert pro == ["Holds 30,6 % of the listed world reserves."]
