"""The lines that rely on an acute mineral, in sentences: those that surely do, those that may."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.facts import facts_frame, form_note, meets
from bomexposure.present.weight import weight_of

HANGS = "on a mineral that is mostly imported and mostly made in China"
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
            said.append(f"Lines worth {share} of known spend rely for their function {HANGS}.")
    # a line that surely relies on one mineral, if only likely, is told once
    rest = np.where(sure > NO, NO, every)
    if (rest > NO).any():
        said.append(_may(analysis, frame, rest, each, total, in_lines, bool(said), free))
    return said


def _in_lines(ranks: npt.NDArray[np.int8], counted: npt.NDArray[np.bool_], free: bool) -> str:
    """The lines that surely rely on an acute mineral, by their number."""
    low, high = _sums(ranks, counted.astype(float))
    total = int(counted.sum())
    of_all = f" of {numbers.count(total, 'counted line')}"
    what, rely = numbers.span(low, high, numbers.whole), "rely for their function"
    if high == 1:
        what, rely = "1", f"{'' if low else 'likely '}relies for its function"
    if total == 1:
        what, of_all = "The one counted line", ""
    cost = ", at no known cost in this list," if free else ""
    return f"{what}{of_all}{cost} {rely} {HANGS}."


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
        return f"{numbers.span(*_sums(sure, each), numbers.whole)} surely"
    return f"{_share(sure, each, weight.total)} surely"


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
    why = f"of {names} the import reliance is published as a range only"
    stands = [pair for pair in pairs if "stands in" in form_note(analysis, *pair)]
    if stands:
        known = str(forms.loc[stands[0], "nir_form"]) if stands[0] in forms.index else ""
        of_known = f" of {known}" if known else " of another form"
        alike = [form for mineral, form in stands if mineral == stands[0][0]]
        why += f", and that{of_known} stands in for {numbers.listed(alike[:2])}"
    again, its = " more" if more else "", "their"
    if in_lines:
        low, high = _sums(rest, each)
        its = "its" if high == 1 else its
        what = f"{numbers.span(low, high, numbers.whole)}{again}"
        if not more:
            what += f" of {numbers.count(int(total), 'counted line')}"
    else:
        what = f"Lines worth {_share(rest, each, total)}{'' if free else again}"
        what += "" if more and not free else " of known spend"
    tail = "may" if more else f"may rely for {its} function {HANGS}"
    return f"{what} {tail}: {why}."


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
