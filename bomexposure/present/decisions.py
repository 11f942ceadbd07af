"""A decision on a line in words: the same in the window, in the log and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Override, OwnContent
from bomexposure.present import numbers
from bomexposure.present.glossary import FUNCTION_WORDS
from bomexposure.present.words import tr

AS_RECOGNISED = "as recognised"


def decision_words(one: Override, names: Mapping[str, str]) -> str:
    """What a decision says, with names of classes and materials instead of ids.

    >>> decision_words(Override("x", mass_g=2.5), {})
    '2.5 g a piece'
    """
    if one.no_critical_minerals:
        named = ["no critical minerals"]
    else:
        named = [names.get(part, part) for part in (one.component_class, *one.materials) if part]
        if one.composition:
            named.append("a composition of your own")
    named += [content_words(content) for content in one.contents]
    if one.mass_g is not None:
        named.append(tr("{mass_g:g} g a piece", mass_g=one.mass_g))
    return ", ".join(named) or AS_RECOGNISED


def content_words(one: OwnContent) -> str:
    """What was said of one mineral: 'no gallium', 'neodymium 3 g, certain'."""
    name = numbers.mineral_name(one.mineral).lower()
    if one.presence == "none":
        return tr("no {name}", name=name)
    words = [name]
    if one.low is not None and one.typical is not None and one.high is not None:
        ends = (
            f"{one.typical:g}"
            if one.low == one.high
            else f"{one.low:g} – {one.typical:g} – {one.high:g}"
        )
        words = [f"{name} {ends} {one.unit}"]
    if one.presence:
        words.append(one.presence)
    if one.function:
        words.append(FUNCTION_WORDS.get(one.function, one.function))
    return ", ".join(words)


def names_of(analysis: Analysis, decisions: tuple[Override, ...]) -> dict[str, str]:
    """Names of the classes and materials that decisions name, by id."""
    wanted = {part for one in decisions for part in (one.component_class, *one.materials)}
    subjects = analysis.reference.knowledge.subjects
    found = subjects[subjects["id"].isin(wanted)]
    return dict(zip(found["id"].tolist(), found["name"].tolist(), strict=True))
