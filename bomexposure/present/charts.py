"""The charts of supply and spend per mineral: dumbbell, quadrant and Pareto."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import PRESENCE, counting
from bomexposure.present import numbers
from bomexposure.present.drawn import acute_first, drawn_minerals, drawn_name
from bomexposure.present.facts import stand_ins_by_mineral
from bomexposure.present.minerals import minerals_table, supply_facts
from bomexposure.present.specs import (
    PERCENT_TICKS,
    Axis,
    FigureRow,
    FigureSpec,
    Mark,
    Point,
)
from bomexposure.present.weight import Weight, weight_of
from bomexposure.present.words import plural, tr

NICE = (1.0, 2.0, 2.5, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Ends of an axis, times a power of ten; their halves are short, too."""
SORTS = ("matters", "index", "spend", "lines", "name", "mass", "reliance")


def dumbbell(analysis: Analysis, count: int = 0, sort: str = "index") -> FigureSpec:
    """Net import reliance and China's share per mineral on one axis, with the spend beside.

    The pair of charts of the NAM strategy for this BOM. `count` 0 takes all minerals; `sort` is
    one of SORTS; "matters" is the order of page one. Minerals whose reliance is withheld or not
    published sort last and are counted in the title.
    """
    frame = acute_first(analysis) if sort == "matters" else listed_minerals(analysis)
    frame = _sorted(frame, sort)
    missing = int((frame["nir_low"].isna() & (frame["nir_printed"] != "E")).sum())
    shown = frame.head(count) if count else frame
    weight = weight_of(analysis)
    top = _nice_top(shown[weight.certain].fillna(0) + shown[weight.likely].fillna(0))
    others = _other_stages(analysis, shown)
    borrowed = stand_ins_by_mineral(analysis)
    rows = tuple(
        FigureRow(
            row["mineral"],
            drawn_name(row["mineral"], row["drawn"]),
            row["symbol"],
            (*_percent_marks(row, others.get(row["mineral"], ())), *_weight_marks(weight, row, 1)),
            (_stage_note(row), weight.figure(row)),
            "\n".join(
                (
                    *(f"{fact.name}: {fact.words}" for fact in supply_facts(row)[:3]),
                    *borrowed.get(str(row["mineral"]), ()),
                )
            ),
        )
        for _, row in shown.iterrows()
    )
    title = _title(len(rows) if count else 0, missing) if rows else "No mineral of the 2025 list"
    return FigureSpec(
        "dumbbell",
        title,
        (
            Axis("Net import reliance and China share", "%", 0.0, 100.0, PERCENT_TICKS, width=0.6),
            Axis(weight.axis, weight.unit, 0.0, top, _ticks(top, weight), width=0.4),
        ),
        rows,
        legend=(
            ("dot", "solid", "reliance", "U.S. net import reliance"),
            ("diamond", "solid", "china", "China's share of world output at its highest stage"),
            ("diamond", "outline", "china", "at another stage"),
            ("whisker", "solid", "reliance", "range as published"),
            ("bar", "solid", "neutral", "certainly hold it"),
            ("bar", "hatch", "neutral", "likely hold it"),
        ),
        caption=(
            "A line counts once for every mineral that it holds, so lines do not add up across "
            "minerals."
            if weight.lines
            else "A line counts once for every mineral that it holds, so spend does not add up "
            "across minerals."
        ),
        table=minerals_table(analysis),
        empty="No line of this BOM holds a mineral of the 2025 list, as far as recognised.",
        alt=_dumbbell_words(shown, weight),
    )


def listed_minerals(analysis: Analysis) -> pd.DataFrame:
    """Rows of MINERAL_EXPOSURES that are on the 2025 list and held certainly or likely."""
    frame = drawn_minerals(analysis)
    held = (frame["lines_certain"] + frame["lines_likely"]) > 0
    return frame[frame["critical_2025"] & held].reset_index(drop=True)


def _sorted(frame: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "matters":
        return frame.reset_index(drop=True)
    if sort == "name":
        return frame.sort_values("mineral", kind="stable").reset_index(drop=True)
    keys = {
        "index": ["index_low", "index_high", "spend_certain"],
        "spend": ["spend_certain", "spend_likely"],
        "lines": ["lines_certain", "lines_likely"],
        "mass": ["mass_g_typical"],
        "reliance": ["nir_low", "nir_high"],
    }[sort]
    return frame.sort_values(keys, ascending=False, kind="stable", na_position="last").reset_index(
        drop=True
    )


def _other_stages(
    analysis: Analysis, frame: pd.DataFrame
) -> dict[str, tuple[tuple[float, str, str, str], ...]]:
    """China's share at allow-listed stages other than the highest, newest year of each stage.

    Per mineral: (share low, stage, words, figure id).
    """
    producers = analysis.reference.producers
    china = producers[
        producers["allowed"]
        & (producers["iso3"] == "CHN")
        & producers["share_low"].notna()
        & producers["mineral"].isin(frame["mineral"])
    ]
    china = china.sort_values(
        ["mineral", "stage", "year"], ascending=[True, True, False], kind="stable"
    )
    china = china.drop_duplicates(["mineral", "stage"])
    peaks = dict(zip(frame["mineral"], frame["china_peak_stage"], strict=True))
    made: dict[str, list[tuple[float, str, str, str]]] = {}
    for mineral, stage, low, high, year, publisher, source in china[
        ["mineral", "stage", "share_low", "share_high", "year", "publisher", "source"]
    ].itertuples(index=False, name=None):
        if stage != peaks[mineral]:
            words = tr(
                "China {share}, {stage}, {year}, {publisher}",
                share=numbers.percent(low, high),
                stage=stage,
                year=year,
                publisher=publisher,
            )
            made.setdefault(mineral, []).append((low, stage, words, source))
    return {mineral: tuple(stages) for mineral, stages in made.items()}


def _percent_marks(
    row: pd.Series[Any], others: tuple[tuple[float, str, str, str], ...]
) -> tuple[Mark, ...]:
    marks = [
        Mark("diamond", "china", low, low, 0, "outline", stage, words, source)
        for low, stage, words, source in others
    ]
    low, high = row["china_peak_low"], row["china_peak_high"]
    nir_low, nir_high = row["nir_low"], row["nir_high"]
    words = tr(
        "China {share}, {stage}",
        share=numbers.percent(low, high),
        stage=tr(row["china_peak_stage"]),
    )
    if numbers.known(low) and numbers.known(nir_low) and nir_low == nir_high:
        ends = sorted((low, nir_low))
        marks.append(Mark("line", "neutral", ends[0], ends[1]))
    if numbers.known(nir_low):
        printed = numbers.reliance(nir_low, nir_high, row["nir_printed"])
        shape: Any = "dot" if nir_low == nir_high else "whisker"
        marks.append(
            Mark(shape, "reliance", nir_low, nir_high, 0, "solid", printed,
                 tr("Net import reliance {printed} %", printed=printed), row["nir_source"])
        )  # fmt: skip
    elif row["nir_printed"] == "E":
        marks.append(Mark("dot", "reliance", 0, 0, 0, "outline", "E", "Net exporter",
                          row["nir_source"]))  # fmt: skip
    else:
        text = numbers.reliance(nir_low, nir_high, row["nir_printed"])
        label = "W" if row["nir_printed"] == "W" else tr("reliance {figure}", figure=text)
        tip = tr("Reliance {figure}", figure=text)
        marks.append(Mark("tick", "reliance", 0, 0, 0, "dotted", label, tip, row["nir_source"]))
    if numbers.known(low):
        if low < high:
            marks.append(Mark("whisker", "china", low, high, 0, "solid", "", words,
                              row["china_peak_source"]))  # fmt: skip
        else:
            marks.append(Mark("diamond", "china", low, high, 0, "solid", "", words,
                              row["china_peak_source"]))  # fmt: skip
    return tuple(marks)


def _weight_marks(weight: Weight, row: pd.Series[Any], panel: int) -> tuple[Mark, ...]:
    low, high = weight.ends(row)
    if not numbers.known(low):
        return ()
    marks = [Mark("bar", "neutral", 0.0, low, panel)] if low > 0 else []
    if high > low:
        marks.append(Mark("bar", "neutral", low, high, panel, "hatch"))
    return tuple(marks)


def _stage_note(row: pd.Series[Any]) -> str:
    if not numbers.known(row["china_peak_low"]):
        return (
            "China leads, no figure"
            if row["leading_country"] == "China"
            else "China's share not published"
        )
    share = numbers.span(row["china_peak_low"], row["china_peak_high"], numbers.percent_figure)
    return f"{share} {numbers.stage(row['china_peak_stage'])}"


def _dumbbell_words(frame: pd.DataFrame, weight: Weight) -> str:
    told = [
        tr(
            "{mineral}: net import reliance {reliance}, China {share}, {weight}.",
            mineral=drawn_name(row["mineral"], row["drawn"]),
            reliance=numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"]),
            share=_stage_note(row),
            weight=_weight_words(weight, row),
        )
        for _, row in frame.iterrows()
    ]
    return " ".join(told)


def _weight_words(weight: Weight, row: pd.Series[Any]) -> str:
    """'spend 11.40', 'spend unknown', '3–4 lines'."""
    note = weight.note(row)
    known = numbers.known(weight.ends(row)[0])
    return tr("spend {amount}", amount=note) if known and not weight.lines else note


def quadrant(analysis: Analysis) -> FigureSpec:
    """China's share at its highest stage by net import reliance; bubble area is spend or lines."""
    weight = weight_of(analysis)
    frame = listed_minerals(analysis)
    placed = frame[frame["nir_low"].notna() & frame["china_peak_low"].notna()]
    loose = frame[frame["nir_low"].notna() & frame["china_peak_low"].isna()]
    points = tuple(
        Point(
            row["mineral"],
            row["symbol"] or numbers.mineral_name(row["mineral"]),
            row["nir_low"],
            row["nir_high"],
            row["china_peak_low"],
            row["china_peak_high"],
            _or_zero(weight.ends(row)[1]),
            tr(
                "{mineral}: reliance {reliance} %, China {share}, {weight}",
                mineral=drawn_name(row["mineral"], row["drawn"]),
                reliance=numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"]),
                share=_stage_note(row),
                weight=_weight_words(weight, row),
            ),
        )
        for _, row in placed.iterrows()
    )
    left_out = len(frame) - len(placed) - len(loose)
    note = plural(
        "Not placed: {count} mineral without published reliance.",
        "Not placed: {count} minerals without published reliance.",
        left_out,
        count=numbers.whole(left_out),
    )
    area = tr(
        "Area of a bubble: lines that hold the mineral, certain and likely."
        if weight.lines
        else "Area of a bubble: spend in lines that hold the mineral, certain and likely."
    )
    return FigureSpec(
        "quadrant",
        "China share by import reliance",
        (
            Axis("U.S. net import reliance", "%", 0.0, 100.0, PERCENT_TICKS),
            Axis("China share at its highest stage", "%", 0.0, 100.0, PERCENT_TICKS),
        ),
        points=points,
        rug=tuple(
            (row["mineral"], row["symbol"] or row["mineral"], row["nir_low"])
            for _, row in loose.iterrows()
        ),
        caption=f"{area} {note}" if left_out else area,
        table=minerals_table(analysis),
        empty="No mineral of this BOM has both figures published.",
        alt=" ".join(point.tooltip + "." for point in points),
    )


def pareto(analysis: Analysis, count: int = 12, least_pct: float = 0.0) -> FigureSpec:
    """Minerals by spend in their lines, falling; the rest in one bar. Cumulative share in notes.

    By lines where few lines have a price. The cumulative share counts each line once, however many
    of the minerals so far it holds.
    """
    weight = weight_of(analysis)
    frame = _sorted(listed_minerals(analysis), "lines" if weight.lines else "spend")
    total = weight.total
    both = frame[weight.certain].fillna(0) + frame[weight.likely].fillna(0)
    keep = frame[(both > 0) & ((both / total * 100 if total else 0.0) >= least_pct)]
    shown = keep.head(count)
    covered = _covered(analysis, shown["mineral"].tolist(), weight)
    top = _nice_top(both)
    rows = [
        FigureRow(
            row["mineral"],
            numbers.mineral_name(row["mineral"]),
            row["symbol"],
            _weight_marks(weight, row, 0),
            (weight.note(row), numbers.percent(share)),
        )
        for (_, row), share in zip(shown.iterrows(), covered, strict=True)
    ]
    rest = frame.iloc[len(shown) :]
    if len(rest):
        certain, likely = _joint(analysis, rest["mineral"].tolist(), weight)
        marks = [Mark("bar", "neutral", 0.0, certain)] if certain > 0 else []
        if likely > 0:
            marks.append(Mark("bar", "neutral", certain, certain + likely, 0, "hatch"))
        words = weight.told(certain, certain + likely)
        tip = (
            "Lines that hold any of them, each line once."
            if weight.lines
            else "Spend in lines that hold any of them, each line once."
        )
        rows.append(FigureRow("", _others(len(rest)), "", tuple(marks), (words, ""), tip))
        top = max(top, _nice_top(pd.Series([certain + likely])))
    return FigureSpec(
        "pareto",
        "Minerals by lines that hold them" if weight.lines else "Minerals by spend in their lines",
        (Axis(weight.axis, weight.unit, 0.0, top, _ticks(top, weight)),),
        tuple(rows),
        legend=(
            ("bar", "solid", "neutral", "certain"),
            ("bar", "hatch", "neutral", "likely"),
        ),
        caption=(
            "The figure at the right is the share of counted lines that hold any of the minerals "
            "so far, each line counted once."
            if weight.lines
            else "The figure at the right is the share of known spend in lines that hold any of "
            "the minerals so far, each line counted once."
        ),
        table=minerals_table(analysis),
        empty="No spend is known for lines that hold minerals of the 2025 list.",
    )


def _covered(analysis: Analysis, minerals: list[str], weight: Weight) -> list[float]:
    """Share of the weight of lines that hold (certainly or likely) any of the first n minerals."""
    line, rank, _certain = _firm(analysis, minerals)
    first = np.full(len(analysis.bom.lines), len(minerals))
    np.minimum.at(first, line, rank)
    some = np.flatnonzero(first < len(minerals))
    each = weight.each.fillna(0.0).iloc[some]
    total = weight.total
    by_rank = each.groupby(first[some]).sum()
    shares, so_far = [], 0.0
    for at in range(len(minerals)):
        so_far += float(by_rank.get(at, 0.0))
        shares.append(100 * so_far / total if total else math.nan)
    return shares


def _joint(analysis: Analysis, minerals: list[str], weight: Weight) -> tuple[float, float]:
    """Weight of counted lines that hold any of the minerals certainly, and of more only likely."""
    line, _rank, certain = _firm(analysis, minerals)
    held = np.zeros(len(analysis.bom.lines), dtype=np.int8)
    held[line] = 1
    held[line[certain]] = 2
    each = weight.each.fillna(0.0)
    return float(each[held == 2].sum()), float(each[held == 1].sum())


def _firm(
    analysis: Analysis, minerals: list[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Contents that hold one of the minerals likely or certainly: line, place in `minerals`, sure.

    Only relations that count.
    """
    held = analysis.contents.contents
    places = {mineral: at for at, mineral in enumerate(minerals)}
    names = held["mineral"].cat
    of_code = np.array([*(places.get(str(one), -1) for one in names.categories), -1])
    place = of_code[names.codes.to_numpy()]
    presence = held["presence"].cat.codes.to_numpy()
    firm = np.flatnonzero(counting(held) & (presence >= PRESENCE.index("likely")) & (place >= 0))
    line = held["line"].to_numpy()[firm]
    return line, place[firm], presence[firm] == PRESENCE.index("certain")


def _nice_top(spend: pd.Series[Any]) -> float:
    """The end of a spend axis: a round number that leaves little of it empty."""
    largest = float(spend.max()) if len(spend) else 0.0
    if not numbers.known(largest) or largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in NICE if step * power >= largest)


def _ticks(top: float, weight: Weight) -> tuple[tuple[float, str], ...]:
    """Three marks of an axis; where lines are counted there is none between two lines."""
    parts: tuple[float, ...] = (0.0, 0.5, 1.0)
    if weight.lines and top % 2:
        parts = (0.0, 0.4, 0.8) if top >= 2.5 else (0.0, 1.0)
    return tuple((top * part, numbers.tick(top * part)) for part in parts)


def _title(count: int, missing: int) -> str:
    """The title of the dumbbell: `count` 0 for all minerals."""
    if not count:
        told = tr("Minerals by import reliance and China share")
    else:
        told = plural(
            "{count} mineral with the highest import reliance and China share",
            "{count} minerals with the highest import reliance and China share",
            count,
            count=tr(_counted(count)),
        )
    if not missing:
        return told
    return tr("{title} ({count} without published reliance)", title=told, count=missing)


def _others(count: int) -> str:
    return plural("other {count} mineral", "other {count} minerals", count, count=count)


def _counted(count: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)


def _or_zero(value: float) -> float:
    return value if numbers.known(value) else 0.0
