"""A scenario played beside the GUI thread, with the figures that are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.gui.places.comparing import TODAY, play_on
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import Progress
from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.present import whatif
from bomexposure.present.scenario_tables import touched_lines
from bomexposure.present.specs import FigureSpec, TableSpec
from bomexposure.present.words import tr


@dataclass(frozen=True, slots=True)
class Played:
    """What the worker hands back: results, and the figures drawn from them."""

    scenario: Scenario
    analysis: Analysis
    today: ScenarioResult
    then: ScenarioResult
    steps: FigureSpec
    lost: FigureSpec
    lines: TableSpec


def played(
    scenario: Scenario, analysis: Analysis, today: ScenarioResult | None, progress: Progress
) -> Played:
    """Play a scenario; `today` is the analysis without one, where it was played before.

    Raises Cancelled.
    """
    progress.step("Playing the scenario", 0, 2)
    today = today if today is not None else play_on(TODAY, analysis)
    progress.step("Playing the scenario", 1, 2)
    then = play_on(scenario, analysis)
    return Played(
        scenario, analysis, today, then, whatif.waterfall(analysis, today, then),
        whatif.supply_lost(analysis, then), touched_lines(analysis, then),
    )  # fmt: skip


def cut_words(told: Played) -> str:
    """How many minerals are cut and controls in force, before and after."""

    def step(figure: str) -> str:
        return f"{told.today.before[figure]} → {told.then.after[figure]}"

    surely, possibly = step("minerals_cut_surely"), step("minerals_cut")
    controls = step("controls_in_force")
    if surely == possibly:
        return tr(
            "Minerals cut: {surely}. Controls in force: {controls}.",
            surely=surely, controls=controls,
        )  # fmt: skip
    return tr(
        "Minerals surely cut: {surely}; possibly: {possibly}. Controls in force: {controls}.",
        surely=surely, possibly=possibly, controls=controls,
    )  # fmt: skip
