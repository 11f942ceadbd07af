"""Playing scenarios: the same exposure, run again on changed supply, lines or demand."""

from __future__ import annotations

from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import Exposures
from bomexposure.model.scenario import Scenario, ScenarioResult
from bomexposure.model.supply import Reference


def play(
    ids: tuple[str, ...],
    bom: BillOfMaterials,
    contents: Contents,
    exposures: Exposures,
    reference: Reference,
    choices: Choices,
    own: tuple[Scenario, ...] = (),
) -> tuple[ScenarioResult, ...]:
    """The outcome of each scenario asked for, in that order.

    Raises UsageError for an id that is neither ready-made nor among the user's `own`.
    """
    if not ids:
        return ()
    raise UsageError(
        f"The scenario '{ids[0]}' is not known.", "See the names in 'bomexposure scenario list'."
    )
