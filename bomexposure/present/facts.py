"""Contents with what they mean for their line: the rows that decide flags, shares and headlines."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Set
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import FUNCTIONAL, counting
from bomexposure.present.words import tr

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def facts_frame(analysis: Analysis) -> pd.DataFrame:
    """CONTENTS with what decides a line's flags beside it, one row per line, mineral and source.

    Beside the columns of CONTENTS: `counting` (of a counted line, in a relation that counts),
    `acute` (its form is acute and it carries the function), `acute_low` (its form is acute at the
    low bound of its figures already), `listed`, `nir_50`, `nir_100`,
    `china_led` (by its form), and `counts`: True for one row per line and mineral, the strongest
    that counts. Sorted by line. The frame of the last answer asked about is kept, since a report
    asks many times; each caller gets its own copy (copy-on-write, so it costs nothing).
    """
    global _last
    contents, forms = analysis.contents.contents, analysis.exposures.forms
    if _last is not None and _last[0]() is contents and _last[1]() is forms:
        return _last[2].copy(deep=False)
    frame = _joined(analysis)
    # weak, so that the frame kept for the next question does not keep an answer of before
    _last = (weakref.ref(contents, _forget), weakref.ref(forms), frame)
    return frame.copy(deep=False)


_last: tuple[weakref.ref[pd.DataFrame], weakref.ref[pd.DataFrame], pd.DataFrame] | None = None


def _forget(gone: object) -> None:
    global _last
    if _last is not None and _last[0] is gone:
        _last = None


def _joined(analysis: Analysis) -> pd.DataFrame:
    """The frame of `facts_frame`, worked out on the codes of its categories."""
    held = analysis.contents.contents
    order, keep_first = _by_strength(analysis)
    frame = pd.DataFrame({name: held[name].array.take(order) for name in held.columns}, copy=False)
    for name in ("mineral", "form", "source"):
        frame[name] = _as_words(frame[name])
    at = form_rows(analysis)[order]
    for name in ("acute_form", "acute_low", "listed", "nir_50", "nir_100", "china_led"):
        frame[name] = _of_form(analysis, name)[at]
    frame["acute"] = frame["acute_form"] & frame["function"].isin(FUNCTIONAL)
    frame["counting"] = _counting(analysis)[order]
    frame["counts"] = frame["counting"] & keep_first
    return frame


def meets(analysis: Analysis, field: str) -> Bools:
    """Per row of CONTENTS, in its order, whether `field` of `facts_frame` holds and it counts."""
    held = analysis.contents.contents
    at = form_rows(analysis)
    if field != "acute":
        return _counting(analysis) & _of_form(analysis, field)[at]
    functional = held["function"].isin(FUNCTIONAL).to_numpy(dtype=bool)
    return _counting(analysis) & functional & _of_form(analysis, "acute_form")[at]


def _of_form(analysis: Analysis, name: str) -> Bools:
    """Per row of the forms table whether `name` holds, and one False more for "no form"."""
    forms = analysis.exposures.forms
    match name:
        case "acute_form":
            told = forms["acute"]
        case "acute_low":
            told = acute_at_low(analysis, forms)
        case "listed":
            told = forms["critical_2025"]
        case "china_led":
            told = forms["china_led"] & forms["critical_2025"]
        case _:
            least = {"nir_50": 50, "nir_100": 100}[name]
            told = (forms["nir_low"] >= least) & forms["critical_2025"]
    made: Bools = np.append(told.to_numpy(dtype=bool), False)
    return made


def acute_at_low(analysis: Analysis, forms: pd.DataFrame) -> pd.Series[bool]:
    """Rows of a table with supply facts whose default index reaches the threshold at its low bound.

    Not so the silicon of chips or tungsten: of these the reliance is known as a range only.
    """
    index = forms["nir_low"] * forms["china_peak_low"] / 100.0
    return index >= analysis.choices.acute_threshold


def form_note(analysis: Analysis, mineral: str, form: str) -> str:
    """What the reference data says of the figures of a traded form, "" where nothing."""
    supply = analysis.reference.supply
    own = supply.loc[(supply["mineral"] == mineral) & (supply["form"] == form), "note"]
    return str(own.iloc[0]) if len(own) else ""


def stand_ins(
    analysis: Analysis, mineral: str = "", only: Set[tuple[str, str]] | None = None
) -> list[str]:
    """Sentences on the traded forms of this BOM whose reliance is that of another form.

    Those of one mineral, or `only` of these pairs of mineral and form, where they are given.
    """
    return [
        said
        for own, said in _standing_in(analysis).items()
        if mineral in ("", own[0]) and (only is None or own[:2] in only)
    ]


def stand_ins_by_mineral(analysis: Analysis) -> dict[str, list[str]]:
    """The same for all minerals that have such forms."""
    made: dict[str, list[str]] = {}
    for (mineral, *_form), said in _standing_in(analysis).items():
        made.setdefault(mineral, []).append(said)
    return made


def _standing_in(analysis: Analysis) -> dict[tuple[str, str, str], str]:
    """(mineral, form, form of the reliance) -> the sentence on it."""
    # plain loops: a panel asks for each line that is looked at, and frames take 20 ms for it
    supply, forms = analysis.reference.supply, analysis.exposures.forms
    notes: dict[tuple[str, str], str] = {}
    for mineral, form, note in _rows(supply, "mineral", "form", "note"):
        notes.setdefault((mineral, form), note)
    drawn = (
        (mineral, form, known)
        for mineral, form, known, lines, listed in _rows(
            forms, "mineral", "form", "nir_form", "lines", "critical_2025"
        )
        if lines > 0 and listed
    )
    return {
        own: tr(
            "No import reliance of {form} is published: that of {known} stands in.",
            form=own[1],
            known=own[2] or "another form",
        )
        for own in drawn
        if "stands in" in notes.get(own[:2], "")
    }


def _rows(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in names), strict=True)


def _counting(analysis: Analysis) -> Bools:
    held = analysis.contents.contents
    counted = analysis.bom.lines["counted"].to_numpy(dtype=bool)
    counts: Bools = counting(held) & counted[held["line"].to_numpy()]
    return counts


def _by_strength(analysis: Analysis) -> tuple[Ints, Bools]:
    """Order of CONTENTS by line and mineral, the strongest row first; which row is the first."""
    held = analysis.contents.contents
    names = held["mineral"].cat.categories.astype("str")
    place = np.empty(len(names) + 1, dtype=np.int64)
    place[np.argsort(names.to_numpy(dtype=object), kind="stable")] = np.arange(len(names))
    place[-1] = len(names)
    mineral = place[held["mineral"].cat.codes.to_numpy()]
    line = held["line"].to_numpy()
    order = np.lexsort(
        (
            -held["function"].cat.codes.to_numpy(),
            -held["presence"].cat.codes.to_numpy(),
            ~_counting(analysis),
            mineral,
            line,
        )
    )
    first = np.ones(len(order), dtype=bool)
    first[1:] = (line[order][1:] != line[order][:-1]) | (mineral[order][1:] != mineral[order][:-1])
    return order, first


def _as_words(cells: pd.Series[str]) -> pd.Series[str]:
    """A category as its words, "" where it has none."""
    words = np.append(cells.cat.categories.astype("str").to_numpy(dtype=object), "")
    return pd.Series(words[cells.cat.codes.to_numpy()], dtype="str")


def form_rows(analysis: Analysis) -> Ints:
    """Row in the forms table of each content's mineral and form, -1 where it has none."""
    held, forms = analysis.contents.contents, analysis.exposures.forms
    minerals, kinds = _places(held["mineral"]), _places(held["form"])
    # first row and column: cells that name nothing
    rows = np.full((1 + len(held["mineral"].cat.categories), 1 + len(held["form"].cat.categories)),
                   -1, dtype=np.int64)  # fmt: skip
    for at, (mineral, form) in enumerate(zip(forms["mineral"], forms["form"], strict=True)):
        rows[np.ix_(minerals.get(mineral, []), kinds.get(form, []))] = at
    found: Ints = rows[
        held["mineral"].cat.codes.to_numpy().astype(np.int64) + 1,
        held["form"].cat.codes.to_numpy().astype(np.int64) + 1,
    ]
    return found


def _places(cells: pd.Series[str]) -> dict[str, list[int]]:
    """Word of a category -> its codes plus one; 0 stands for a cell that names nothing."""
    made: dict[str, list[int]] = {"": [0]}
    for code, word in enumerate(cells.cat.categories.astype("str")):
        made.setdefault(word, []).append(code + 1)
    return made


def acting(analysis: Analysis) -> pd.DataFrame:
    """Per acute mineral of the 2025 list the counted lines whose function it carries.

    Index: mineral id. Columns: lines_certain, lines_likely, spend_certain, spend_likely (known
    spend only), first (row position of the line with most spend). That of the last answer asked
    about is kept.
    """
    global _acting
    key = (analysis.contents.contents, analysis.exposures.forms, analysis.exposures.lines)
    if _acting is None or any(
        known() is not now for known, now in zip(_acting[0], key, strict=True)
    ):
        _acting = (tuple(weakref.ref(one) for one in key), _acting_lines(analysis))
    return _acting[1].copy(deep=False)


_acting: tuple[tuple[weakref.ref[pd.DataFrame], ...], pd.DataFrame] | None = None


def _acting_lines(analysis: Analysis) -> pd.DataFrame:
    held = analysis.contents.contents
    # of its rows alone: the frame of all takes a large book half a second
    kept = meets(analysis, "acute") & _of_form(analysis, "listed")[form_rows(analysis)]
    kept &= (held["presence"] >= "likely").to_numpy(dtype=bool)
    rows = held.loc[kept, ["line", "mineral", "presence"]]
    rows["mineral"] = _as_words(rows["mineral"]).to_numpy()
    strongest = rows.sort_values("presence", ascending=False, kind="stable")
    strongest = strongest.drop_duplicates(["line", "mineral"])
    spend = analysis.exposures.lines["spend"].to_numpy()[strongest["line"].to_numpy()]
    sure = (strongest["presence"] == "certain").to_numpy()
    told = pd.DataFrame(
        {
            "mineral": strongest["mineral"].to_numpy(),
            "line": strongest["line"].to_numpy(),
            "lines_certain": sure.astype("int64"),
            "lines_likely": (~sure).astype("int64"),
            "spend_certain": np.where(sure, np.nan_to_num(spend), 0.0),
            "spend_likely": np.where(~sure, np.nan_to_num(spend), 0.0),
        }
    ).sort_values(
        ["lines_certain", "spend_certain", "spend_likely", "line"],
        ascending=[False, False, False, True],
        kind="stable",
    )
    sums = ["lines_certain", "lines_likely", "spend_certain", "spend_likely"]
    grouped = told.groupby("mineral", sort=True)
    return grouped[sums].sum().join(grouped["line"].first().rename("first"))
