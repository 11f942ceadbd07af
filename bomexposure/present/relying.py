"""The lines that rely on an acute mineral, in sentences: those that surely do, those that may."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.facts import facts_frame, form_note, meets
from bomexposure.present.weight import weight_of
from bomexposure.present.words import tr

RELY = (
    "{lines} rely for their function on a mineral that is mostly imported and mostly made in China."
)
RELIES = (
    "{lines} relies for its function on a mineral that is mostly imported and mostly made in China."
)
LIKELY_RELIES = (
    "{lines} likely relies for its function on a mineral that is mostly imported and mostly made "
    "in China."
)
MAY_RELY = (
    "{lines} may rely for their function on a mineral that is mostly imported and mostly made in "
    "China: {why}."
)
MAY_RELY_ONE = (
    "{lines} may rely for its function on a mineral that is mostly imported and mostly made in "
    "China: {why}."
)
NO, LIKELY, CERTAIN = 0, 1, 2


def relying(analysis: Analysis) -> list[str]:
    """How much relies on acute minerals, and apart from it what does so by a range of figures only.

    A line counts in the first sentence where the mineral is acute at the low bound of its figures
    already. Chips whose silicon is acute only if the withheld reliance is high, and only if the
    figure of silicon metal holds for polysilicon, go to the second.
    """
    frame = facts_frame(analysis)
    frame = frame[frame["acute"] & frame["counting"] & frame["listed"]]
    every = _ranks(analysis, frame)
    sure = _ranks(analysis, frame[frame["acute_low"]])
    if not (every > NO).any():
        return []
    weight = weight_of(analysis)
    each = np.nan_to_num(weight.each.to_numpy(dtype=float))
    in_lines, total = weight.lines, weight.total
    if not total > 0:
        return []
    said = []
    # lines that cost nothing here (free of charge, a price left at 0) are told by their number
    free = not in_lines and not each[sure > NO].any()
    if (sure > NO).any():
        if in_lines or free:
            said.append(_in_lines(sure, analysis.bom.lines["counted"].to_numpy(bool), free))
        else:
            share = _share(sure, each, total)
            said.append(tr(RELY, lines=tr("Lines worth {share} of known spend", share=share)))
    # a line that surely relies on one mineral, if only likely, is told once
    rest = np.where(sure > NO, NO, every)
    if (rest > NO).any():
        said.append(_may(analysis, frame, rest, each, total, in_lines, bool(said), free))
    return said


def _in_lines(ranks: npt.NDArray[np.int8], counted: npt.NDArray[np.bool_], free: bool) -> str:
    """The lines that surely rely on an acute mineral, by their number."""
    low, high = _sums(ranks, counted.astype(float))
    total = int(counted.sum())
    if total == 1:
        what = tr("The one counted line")
    else:
        told = "1" if high == 1 else numbers.span(low, high, numbers.whole)
        what = tr("{lines} of {counted}", lines=told, counted=numbers.count(total, "counted line"))
    if free:
        what = tr("{lines}, at no known cost in this list,", lines=what)
    if high != 1:
        return tr(RELY, lines=what)
    return tr(RELIES, lines=what) if low else tr(LIKELY_RELIES, lines=what)


def surely(analysis: Analysis) -> str:
    """What of the lines in `relying` surely relies: '16–19 % surely', '' where all of it does.

    The headline figures count a line as acute where the high bound of its figures reaches the
    threshold; this is the part that does so at the low bound already.
    """
    acute = meets(analysis, "acute") & meets(analysis, "listed")
    every = _line_ranks(analysis, acute)
    sure = _line_ranks(analysis, acute & meets(analysis, "acute_low"))
    weight = weight_of(analysis)
    if not weight.total > 0 or (every == sure).all():
        return ""
    each = np.nan_to_num(weight.each.to_numpy(dtype=float))
    if weight.lines:
        return tr("{figure} surely", figure=numbers.span(*_sums(sure, each), numbers.whole))
    return tr("{figure} surely", figure=_share(sure, each, weight.total))


def surely_acute_lines(analysis: Analysis) -> npt.NDArray[np.bool_]:
    """Per line whether it certainly relies on a mineral that is acute at its low bound already."""
    low = meets(analysis, "acute") & meets(analysis, "listed") & meets(analysis, "acute_low")
    sure: npt.NDArray[np.bool_] = _line_ranks(analysis, low) == CERTAIN
    return sure


def surely_acute(analysis: Analysis) -> int:
    """How many listed minerals are acute in some form at the low bound of its figures already."""
    held = analysis.contents.contents
    told = meets(analysis, "listed") & meets(analysis, "acute_low")
    told &= (held["presence"] >= "likely").to_numpy(dtype=bool)
    return int(held["mineral"][told].nunique())


def _may(
    analysis: Analysis,
    frame: pd.DataFrame,
    rest: npt.NDArray[np.int8],
    each: npt.NDArray[np.float64],
    total: float,
    in_lines: bool,
    more: bool,
    free: bool,
) -> str:
    """The lines that rely on such a mineral only if the true figure is high in its range."""
    own = frame[~frame["acute_low"] & (rest[frame["line"].to_numpy()] > NO)]
    pairs = own[["mineral", "form"]].value_counts().index.tolist()
    forms = analysis.exposures.forms.set_index(["mineral", "form"])
    minerals = list(dict.fromkeys(mineral for mineral, _ in pairs))
    names = numbers.listed([numbers.mineral_name(one).lower() for one in minerals[:3]])
    stands = [pair for pair in pairs if "stands in" in form_note(analysis, *pair)]
    if not stands:
        why = tr("of {minerals} the import reliance is published as a range only", minerals=names)
    else:
        known = str(forms.loc[stands[0], "nir_form"]) if stands[0] in forms.index else ""
        alike = numbers.listed(
            [tr(form) for mineral, form in stands if mineral == stands[0][0]][:2]
        )
        why = (
            tr(
                "of {minerals} the import reliance is published as a range only, and that of "
                "{form} stands in for {forms}", minerals=names, form=tr(known), forms=alike,
            )
            if known
            else tr(
                "of {minerals} the import reliance is published as a range only, and that of "
                "another form stands in for {forms}", minerals=names, forms=alike,
            )
        )  # fmt: skip
    one = False
    if in_lines:
        low, high = _sums(rest, each)
        one, lines = high == 1, numbers.span(low, high, numbers.whole)
        counted = numbers.count(int(total), "counted line")
        what = (
            tr("{lines} more", lines=lines) if more
            else tr("{lines} of {counted}", lines=lines, counted=counted)
        )  # fmt: skip
    else:
        share = _share(rest, each, total)
        what = (
            tr("Lines worth {share} more", share=share) if more and not free
            else tr("Lines worth {share} of known spend", share=share)
        )  # fmt: skip
    if more:
        return tr("{lines} may: {why}.", lines=what, why=why)
    return tr(MAY_RELY_ONE if one else MAY_RELY, lines=what, why=why)


def _line_ranks(analysis: Analysis, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """As `_ranks`, of rows of CONTENTS in its own order."""
    held = analysis.contents.contents
    ranks = np.zeros(len(analysis.bom.lines), dtype=np.int8)
    presence = held["presence"].cat.codes.to_numpy()
    np.maximum.at(ranks, held["line"].to_numpy()[rows], presence[rows])
    return ranks


def _ranks(analysis: Analysis, rows: pd.DataFrame) -> npt.NDArray[np.int8]:
    """Per line how surely it holds one of `rows`."""
    ranks = np.zeros(len(analysis.bom.lines), dtype=np.int8)
    np.maximum.at(ranks, rows["line"].to_numpy(), rows["presence"].cat.codes.to_numpy())
    return ranks


def _sums(ranks: npt.NDArray[np.int8], each: npt.NDArray[np.float64]) -> tuple[int, int]:
    return int(each[ranks == CERTAIN].sum()), int(each[ranks >= LIKELY].sum())


def _share(ranks: npt.NDArray[np.int8], each: npt.NDArray[np.float64], total: float) -> str:
    certain = 100.0 * float(each[ranks == CERTAIN].sum()) / total
    return numbers.certain_likely(certain, 100.0 * float(each[ranks == LIKELY].sum()) / total)
