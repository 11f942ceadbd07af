"""Whether a policy event deserves a headline: does it cut supply, and of a country that supplies?

docs/method.md, section "Policy events".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bomexposure.exposure.stages import (
    MINED,
    Holder,
    Stage,
    holders_by_mineral,
    stages_by_mineral,
)
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.supply import Reference

LITTLE = 5.0
"""Percent of world output at the stages reached, or of U.S. imports, from which an event counts."""
NO_CUT, SMALL = "cuts no supply", "supplies little"


@dataclass(frozen=True, slots=True)
class Bearing:
    """The shares behind the judgement, grouped once for many look-ups."""

    stages: dict[str, list[Stage]]
    imports: dict[str, list[Holder]]

    @classmethod
    def of(cls, reference: Reference) -> Bearing:
        return cls(
            stages_by_mineral(reference.producers), holders_by_mineral(reference.import_sources)
        )

    def aside(self, event: PolicyEvent, mineral: str) -> str:
        """'' where the event counts for this mineral, else why not: NO_CUT or SMALL.

        A measure on raw ore alone is weighed at the mine; any other at every stage and by the U.S.
        imports of the country. A share that nobody publishes is not small.
        """
        if event.cut_high <= 0.0:
            return NO_CUT
        codes = event.destination.split(";") if event.iso3 == "USA" else [event.iso3]
        ore = set(event.reach) - {"technology"} == {"raw"}
        lists = [
            stage
            for stage in self.stages.get(mineral, [])
            if stage.kind == "production" and (not ore or stage.group in (MINED, ""))
        ]
        if not lists:
            return ""
        found = [
            stage.shares.named[code].high
            for stage in lists
            for code in codes
            if code in stage.shares.named
        ]
        if not ore:
            found += [row.high for row in self.imports.get(mineral, []) if row.iso3 in codes]
        if any(np.isnan(one) or one >= LITTLE for one in found):
            return ""
        return SMALL
