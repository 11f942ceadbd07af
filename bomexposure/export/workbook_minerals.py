"""The sheets By mineral, By assembly and By supplier, with formulas where they hold exactly."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.export.sheets import Book, Field, Placed
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.minerals import acute_words, control_words


def write_minerals(book: Book, analysis: Analysis, facts: Placed | None) -> Placed:
    """One row per mineral, worst first. Lines, spend and mass are formulas over Facts."""
    frame = drawn_minerals(analysis)
    # what is only possible comes last, so that charts of the first rows show what is held
    possible = frame["lines_certain"] + frame["lines_likely"] == 0
    frame = frame.iloc[np.argsort(possible.to_numpy(), kind="stable")].reset_index(drop=True)
    currency = analysis.exposures.headline.currency or ""
    threshold = analysis.choices.acute_threshold
    fields = [
        Field("Mineral", [numbers.mineral_name(one) for one in frame["mineral"]], "text", 18),
        Field("Symbol", frame["symbol"].tolist(), "text", 8),
        Field("Id", frame["mineral"].tolist(), "text", 16),
        Field("2025 list", ["yes" if one else "no" for one in frame["critical_2025"]], "text", 8),
        Field("Reliance low, %", frame["nir_low"].tolist(), "number", 10),
        Field("Reliance high, %", frame["nir_high"].tolist(), "number", 10),
        Field("As printed", frame["nir_printed"].tolist(), "code", 9),
        Field("Reliance is for", frame["nir_form"].tolist(), "text", 26),
        Field("China share low, %", frame["china_peak_low"].tolist(), "percent", 10),
        Field("China share high, %", frame["china_peak_high"].tolist(), "percent", 10),
        Field("Stage", frame["china_peak_stage"].tolist(), "text", 30),
        Field("Year", frame["china_peak_year"].tolist(), "text", 13),
        Field("Publisher", frame["china_peak_publisher"].tolist(), "text", 22),
        *_index_fields(frame, threshold),
        *_line_fields(frame, facts),
        *_spend_fields(frame, facts, currency),
        *[
            Field(f"Mass {end}, g", frame[f"mass_g_{end}"].tolist(), "mass", 14)
            for end in ("low", "typical", "high")
        ],
        Field(f"Gated value, {currency}", frame["gated_value"].tolist(), "money", 12),
        Field("Leading producer", frame["leading_country"].tolist(), "text", 16),
        Field("Its share, %", frame["leading_share_pct"].tolist(), "percent", 9),
        Field("At stage", frame["leading_stage"].tolist(), "text", 18),
        Field("HHI low", frame["hhi_low"].tolist(), "integer", 9),
        Field("HHI high", frame["hhi_high"].tolist(), "integer", 9),
        Field("Value low, USD", frame["value_usd_low"].tolist(), "money", 11),
        Field("Value high, USD", frame["value_usd_high"].tolist(), "money", 11),
        Field("Export control", control_words(analysis, frame["mineral"].tolist()), "text", 28),
        Field("Range of reliance", _spread(frame), "number", 10),
        Field("Source of reliance", frame["nir_source"].tolist(), "text", 26),
        Field("Source of China share", frame["china_peak_source"].tolist(), "text", 26),
        Field("Note", frame["note"].tolist(), "text", 40),
    ]
    return book.table(book.sheet("By mineral"), fields, freeze=1)


def _spread(frame: pd.DataFrame) -> list[float]:
    return (frame["nir_high"] - frame["nir_low"]).tolist()


def _index_fields(frame: pd.DataFrame, threshold: float) -> list[Field]:
    """Index and acute: formulas where reliance times share is what the chosen method gives."""
    made = []
    for end in ("low", "high"):
        product = frame[f"nir_{end}"] * frame[f"china_peak_{end}"] / 100
        same = np.isclose(product, frame[f"index_{end}"], rtol=0, atol=1e-9)
        made.append(
            Field(
                f"Index {end}", frame[f"index_{end}"].tolist(), "index", 10,
                f"=[Reliance {end}, %]*[China share {end}, %]/100", same.tolist(),
            )
        )  # fmt: skip
    words = [
        acute_words(acute, low, threshold)
        for acute, low in zip(frame["acute"], frame["index_low"], strict=True)
    ]
    expected = [
        "no" if not high >= threshold else "yes" if low >= threshold else "could be"
        for low, high in zip(frame["index_low"], frame["index_high"], strict=True)
    ]
    rule = (
        '=IF(N([Index high])<acute_threshold,"no",'
        'IF([Index low]>=acute_threshold,"yes","could be"))'
    )
    holds = [word == wanted for word, wanted in zip(words, expected, strict=True)]
    made.append(Field("Acute", words, "text", 9, rule, holds))
    return made


def _line_fields(frame: pd.DataFrame, facts: Placed | None) -> list[Field]:
    return [
        Field(
            f"Lines {word}", frame[f"lines_{word}"].tolist(), "integer", 8,
            f"=COUNTIFS({_match(facts, word)})" if facts else "",
        )
        for word in ("certain", "likely", "possible")
    ]  # fmt: skip


def _match(facts: Placed, word: str) -> str:
    """Conditions that pick the facts which count for a row's mineral with one presence."""
    return (
        f'{facts.range("Mineral id")},[Id],{facts.range("Presence")},"{word}",'
        f'{facts.range("Counts")},"yes"'
    )


def _spend_fields(frame: pd.DataFrame, facts: Placed | None, currency: str) -> list[Field]:
    made = [
        Field(
            f"Spend {word}, {currency}", frame[f"spend_{word}"].tolist(), "money", 12,
            f"=SUMIFS({facts.range('Spend of the line')},{_match(facts, word)})" if facts else "",
            frame[f"spend_{word}"].notna().tolist(),
        )
        for word in ("certain", "likely")
    ]  # fmt: skip
    for word in ("certain", "likely"):
        known = frame[f"spend_pct_{word}"].notna().tolist()
        made.append(
            Field(
                f"Share of spend {word}, %", frame[f"spend_pct_{word}"].tolist(), "percent", 10,
                f'=IF(N(spend_known)=0,"",100*[Spend {word}, {currency}]/spend_known)', known,
            )
        )  # fmt: skip
    return made


def write_groups(book: Book, analysis: Analysis, kind: str, name: str) -> Placed:
    """Exposure of each assembly, supplier, country of origin or category."""
    frame = analysis.exposures.groups
    frame = frame[frame["kind"] == kind]
    currency = analysis.exposures.headline.currency or ""
    cells = analysis.exposures.group_minerals
    cells = cells[cells["kind"] == kind]
    worst = _worst(analysis, cells)
    fields = [
        Field(name.removeprefix("By ").capitalize(), frame["label"].tolist(), "text", 30),
        Field("Key", frame["key"].tolist(), "code", 16),
        Field("Counted lines", frame["lines"].tolist(), "integer", 9),
        Field("Not recognised", frame["lines_unknown"].tolist(), "integer", 9),
        Field(f"Known spend, {currency}", frame["spend"].tolist(), "money", 12),
        Field(f"Spend in acute lines, certain, {currency}", frame["spend_acute_certain"].tolist(),
              "money", 14),
        Field(f"Spend in acute lines, likely, {currency}", frame["spend_acute_likely"].tolist(),
              "money", 14),
        Field("Share acute, certain, %", _shares(frame), "percent", 10,
              f'=IF(N([Known spend, {currency}])=0,"",100*'
              f"[Spend in acute lines, certain, {currency}]/[Known spend, {currency}])",
              [math.isfinite(value) for value in _shares(frame)]),
        Field("Minerals of the 2025 list", frame["minerals"].tolist(), "integer", 10),
        Field("Of these acute", frame["minerals_acute"].tolist(), "integer", 8),
        Field("Minerals by index", [worst.get(key, "") for key in frame["key"]], "text", 60),
    ]  # fmt: skip
    return book.table(book.sheet(name), fields, freeze=1)


def _shares(frame: pd.DataFrame) -> list[float]:
    share = 100 * frame["spend_acute_certain"] / frame["spend"].where(frame["spend"] > 0)
    made: list[float] = share.tolist()
    return made


def _worst(analysis: Analysis, cells: pd.DataFrame, count: int = 8) -> dict[Any, str]:
    """Per group the names of its first minerals in the order of the minerals table."""
    order = {mineral: at for at, mineral in enumerate(analysis.exposures.minerals["mineral"])}
    ranked = cells.assign(order=cells["mineral"].map(order)).dropna(subset=["order"])
    ranked = ranked.sort_values(["key", "order"], kind="stable")
    made = {}
    for key, names in ranked.groupby("key", sort=False)["mineral"]:
        shown = [numbers.mineral_name(one) for one in names.head(count)]
        more = len(names) - len(shown)
        made[key] = ", ".join(shown) + (f" and {more} more" if more > 0 else "")
    return made
