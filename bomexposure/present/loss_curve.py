"""The one-country-out curve of a BOM as a figure, and the worst pairs as a table."""

from __future__ import annotations

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.specs import (
    PERCENT_TICKS,
    Axis,
    ColumnSpec,
    FigureSpec,
    Role,
    Series,
    TableSpec,
)
from bomexposure.present.words import tr
from bomexposure.scenario.country_loss import HIT_FROM, country_loss
from bomexposure.scenario.loss_curve import LossCurve, loss_curves

PAIRS_SHOWN = 10


def one_out(analysis: Analysis) -> FigureSpec:
    """Share of spend that loses at least x percent of a mineral's world output, per country."""
    spend = analysis.exposures.lines["spend"].to_numpy(dtype=float)
    found = loss_curves(analysis.bom, analysis.contents, analysis.reference, spend)
    spend_told = found.by_spend
    series = tuple(_series(curve, at) for at, curve in enumerate(found.curves))
    rows = pd.DataFrame(
        [
            (curve.iso3, curve.country, loss, certain, likely)
            for curve in found.curves
            for loss, certain, likely in zip(curve.losses, curve.certain, curve.likely, strict=True)
        ],
        columns=["iso3", "country", "loss", "certain", "likely"],
    )
    columns = (
        ColumnSpec("country", "Without", width=20),
        ColumnSpec("loss", "Supply lost, at least", "%", "percent", width=14),
        ColumnSpec("certain", "Share of spend" if spend_told else "Share of counted lines", "%",
                   "percent", "likely", width=14,
                   tooltip="Certain lines; the high end adds likely lines."),
    )  # fmt: skip
    told = [f"{curve.country} {numbers.percent(*curve.at(HIT_FROM))}" for curve in found.curves]
    return FigureSpec(
        "one-out",
        "If one country drops out",
        (
            Axis("Supply lost without the country, at least", "%", 0.0, 100.0, PERCENT_TICKS),
            Axis(
                "Share of BOM spend that loses supply"
                if spend_told
                else "Share of counted lines that loses supply",
                "%",
                0.0,
                100.0,
                PERCENT_TICKS,
            ),
        ),
        series=series,
        lines_x=((HIT_FROM, f"{HIT_FROM:.0f}"),),
        caption=(
            "Share of BOM spend in lines that lose supply, %. World output at the stage where one "
            "country's share is largest; minerals without published shares are left out."
            if spend_told
            else "Share of counted lines in lines that lose supply, %. World output at the "
            "stage where one country's share is largest; minerals without published shares are "
            "left out."
        ),
        table=TableSpec("one-out", "If one country drops out", columns, rows, "iso3"),
        empty="No line holds a mineral, certainly or likely, of which a publication gives world "
        "shares.",
        alt=tr(
            "At a loss of {share} percent: {countries}.",
            share=f"{HIT_FROM:.0f}",
            countries=", ".join(told),
        )
        if told
        else "",
    )


def _series(curve: LossCurve, at: int) -> Series:
    """Steps that hold until the next x: a loss of x is met up to and including x."""
    xs = (0.0, *curve.losses)
    role: Role = "china" if curve.iso3 == "CHN" else "neutral"
    dash = 0 if curve.iso3 == "CHN" else max(0, at - 1)
    return Series(
        curve.iso3, curve.country, xs, (*curve.certain, 0.0), (*curve.likely, 0.0), role,
        min(dash, 3), True,
    )  # fmt: skip


def worst_pairs(analysis: Analysis) -> TableSpec:
    """The pairs of countries whose loss together takes most of the spend."""
    spend = analysis.exposures.lines["spend"].to_numpy(dtype=float)
    pairs = country_loss(analysis.bom, analysis.contents, analysis.reference, spend).pairs
    rows = pairs.head(PAIRS_SHOWN).reset_index(drop=True)
    columns = (
        ColumnSpec("country", "Without", width=30),
        ColumnSpec("minerals_hit", "Minerals hit", "", "integer", width=10,
                   tooltip=tr("They lose at least {share} % of world output.",
                              share=f"{HIT_FROM:.0f}")),
        ColumnSpec("spend_hit_pct", "Spend in certain lines", "%", "percent", width=14),
    )  # fmt: skip
    return TableSpec(
        "pairs", "Worst pairs of countries", columns, rows, "iso3",
        "World output at one named stage per mineral.", "No pair of countries is worth naming.",
    )  # fmt: skip
