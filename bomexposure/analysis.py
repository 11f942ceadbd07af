"""The story of the program, from a workbook to an answer."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bomexposure import __version__, content, exposure, intake, scenario
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.supply import Reference
from bomexposure.reference.own_materials import with_own_materials

__all__ = ["Analysis", "analyze", "answer"]


def analyze(
    workbook: Path, reference: Reference, choices: Choices, progress: Progress = SILENT
) -> Analysis:
    """Read a bill of materials and say how exposed it is.

    Raises WorkbookError when no table is found. Lines that cannot be read or matched do not
    raise: they are Issues in the result and lower its Coverage.
    """
    reference = with_own_materials(reference, choices.own_materials)
    bom = intake.read(workbook, choices.reading, progress)
    return answer(bom, reference, choices, progress)


def answer(
    bom: BillOfMaterials, reference: Reference, choices: Choices, progress: Progress = SILENT,
    kept: dict[str, object] | None = None,
) -> Analysis:  # fmt: skip
    """The same for a bill of materials that was read before.

    `kept` carries what depends on the lines alone from one call to the next; the answer is the
    same with and without it.
    """
    reference = with_own_materials(reference, choices.own_materials)
    contents = content.break_down(bom, reference.knowledge, choices, progress, kept)
    controls = scenario.controls_on(bom, contents, reference, choices)
    exposures = exposure.score(bom, contents, reference, choices, controls, progress)
    sourcing = scenario.sourcing_options(exposures.minerals, reference, choices, exposures.forms)
    outcomes = scenario.play(
        choices.scenarios, bom, contents, exposures, reference, choices, choices.own_scenarios
    )
    issues = pd.concat([bom.issues, contents.issues, exposures.issues], ignore_index=True)
    return Analysis(
        generator=f"bomexposure {__version__}",
        bom=bom,
        choices=choices,
        reference=reference,
        contents=contents,
        exposures=exposures,
        sourcing=sourcing,
        controls=controls,
        scenarios=outcomes,
        issues=ISSUES.conform(issues),
    )
