"""The story of the room: contents and supply facts in, exposures out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bomexposure.exposure.ask_next import expected_per_line
from bomexposure.exposure.coverage import coverage_of
from bomexposure.exposure.groups import families_of, group_exposures, groupings_of
from bomexposure.exposure.headline import headline_of
from bomexposure.exposure.holding import holdings_of
from bomexposure.exposure.indices import index_table
from bomexposure.exposure.lines import acute_ranks, line_exposures
from bomexposure.exposure.minerals import form_exposures, mineral_exposures
from bomexposure.exposure.money import spend_of
from bomexposure.exposure.reliance import DEFAULT_METHOD, Forms, judge, ranked_by
from bomexposure.model.bom import ISSUES, BillOfMaterials
from bomexposure.model.choices import METHODS, Choices
from bomexposure.model.content import Contents
from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import Exposures
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.supply import Reference

STEPS = 5


def score(
    bom: BillOfMaterials,
    contents: Contents,
    reference: Reference,
    choices: Choices,
    controls: pd.DataFrame,
    progress: Progress = SILENT,
) -> Exposures:
    """All exposure tables of one BOM; `controls` is a CONTROLS table for the as-of date.

    Raises UsageError for a method that is not known. What cannot be computed stays unknown.
    """
    if choices.method not in METHODS:
        raise UsageError(
            f"The method '{choices.method}' is not known.", f"Use one of {', '.join(METHODS)}."
        )
    progress.step("Joining supply facts", 0, STEPS)
    lines = bom.lines
    counted = lines["counted"].to_numpy(dtype=bool)
    spend = spend_of(lines, choices.rates)
    holdings = holdings_of(lines, contents.contents, reference.supply, choices.acute_threshold)

    progress.step("Scoring minerals", 1, STEPS)
    names = pd.DataFrame({"mineral": list(holdings.minerals), "form": ""}, dtype="str")
    own = judge(names, reference.supply, choices.acute_threshold)
    everything = pd.concat([own, holdings.forms.table], ignore_index=True)
    pairs = everything.drop_duplicates(["mineral", "form"])
    indices = index_table(pairs, reference, choices.method)
    if choices.method != DEFAULT_METHOD:
        own = ranked_by(Forms(own, np.arange(len(own))), indices, choices.method).table
        holdings = holdings.with_forms(ranked_by(holdings.forms, indices, choices.method))
    minerals = mineral_exposures(holdings, own, spend, choices.volume)

    progress.step("Scoring lines", 2, STEPS)
    evidence = contents.recognitions["evidence"].cat.codes.to_numpy()
    expected = expected_per_line(lines, evidence, holdings, spend.per_line)
    exposed = line_exposures(holdings, spend.per_line, counted, expected)

    progress.step("Scoring assemblies and suppliers", 3, STEPS)
    unknown = counted & (evidence <= 0)
    families = families_of(contents.recognitions, reference.knowledge.subjects)
    groups, group_minerals = group_exposures(
        groupings_of(lines, families), holdings, acute_ranks(holdings)[0], unknown, spend.per_line
    )

    progress.step("Writing the headline", 4, STEPS)
    return Exposures(
        lines=exposed,
        minerals=minerals,
        forms=form_exposures(holdings, spend),
        indices=indices,
        groups=groups,
        group_minerals=group_minerals,
        coverage=coverage_of(counted, contents.recognitions, spend.per_line),
        headline=headline_of(
            lines,
            exposed,
            minerals,
            holdings,
            spend,
            controls,
            reference.events,
            choices.as_of,
        ),
        issues=ISSUES.conform(spend.issues),
    )
