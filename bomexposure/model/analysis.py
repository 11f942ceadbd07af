"""All results of one run; frozen, so that any view may hold it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.exposure import Exposures
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import ScenarioResult
from bomexposure.model.supply import Reference


@dataclass(frozen=True, slots=True)
class Analysis:
    """The answer to one BOM under one set of choices and one Edition.

    Attributes:
        controls: a CONTROLS table.
        sourcing: a SOURCING table.
        issues: an ISSUES table: those of intake, content and exposure together.
    """

    generator: str
    bom: BillOfMaterials
    choices: Choices
    reference: Reference
    contents: Contents
    exposures: Exposures
    sourcing: pd.DataFrame
    controls: pd.DataFrame
    scenarios: tuple[ScenarioResult, ...]
    issues: pd.DataFrame

    @property
    def events(self) -> tuple[PolicyEvent, ...]:
        return self.reference.events
