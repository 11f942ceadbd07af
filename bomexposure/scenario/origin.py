"""Lines by country of origin, and the U.S. tariffs and import bans that reach them.

docs/method.md, section "Origin".
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import Array
from bomexposure.exposure.money import known_sum
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import Contents
from bomexposure.model.exposure import Exposures
from bomexposure.model.resources import resource
from bomexposure.model.scenario import Tariff
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table
from bomexposure.scenario.controls import events_as_set, held_pairs

IMPORT_MEASURES = ("tariff", "duty", "ban")

TARIFFS = Table(
    "TARIFFS",
    "One row per U.S. measure on imports and country of origin that lines of this BOM come from.",
    (
        Column("event", "str", "policy event"),
        Column("measure", "str", "tariff, duty or ban"),
        Column("status", "str", "status word on the as-of date"),
        Column("iso3", "str", "country of origin"),
        Column("minerals", "str", "minerals covered that those lines hold, ';' between"),
        Column("lines", "str", "ids of the lines, ';' between"),
        Column("spend", "float64", "their known spend; NaN when none is known", "report currency"),
    ),
)


@cache
def _words() -> dict[str, str]:
    table = pd.read_csv(
        resource("reference", "methods", "origin_words.csv"), dtype="str", keep_default_na=False
    )
    return dict(zip(table["word"].tolist(), table["iso3"].tolist(), strict=True))


def origin_codes(bom: BillOfMaterials) -> pd.Series[Any]:
    """Per line the ISO3 code of its origin cell; '' where blank or not understood."""
    codes, texts = pd.factorize(bom.lines["origin"].to_numpy(dtype=object))
    known = [_words().get(" ".join(str(one).casefold().split()), "") for one in texts]
    cells = np.array([*known, ""], dtype=object)[codes]
    return pd.Series(cells, index=bom.lines.index, dtype="str")


def duty_words(
    tariffs: tuple[Tariff, ...], bom: BillOfMaterials, exposures: Exposures, reference: Reference
) -> list[str]:
    """What each own tariff would add to one product, in a sentence; docs/method.md, "Origin".

    At least `rate · spend` of the counted lines whose origin is the country, at most also of those
    that name no origin.
    """
    if not tariffs:
        return []
    origin = origin_codes(bom).to_numpy(dtype=object)
    counted = exposures.lines["unit_of_count"].to_numpy(dtype=bool)
    spend = exposures.lines["spend"].to_numpy(dtype=float)
    currency = exposures.headline.currency or ""
    names = dict(zip(reference.countries["iso3"], reference.countries["country"], strict=True))
    said = []
    for one in tariffs:
        country = names.get(one.iso3, one.iso3)
        marked, open_ = counted & (origin == one.iso3), counted & (origin == "")
        head = f"A tariff of {one.rate_pct:g} % on parts from {country}"
        lines = f"{_lines(marked)} marked as from there, {_lines(open_)} without a known origin"
        sure, most = known_sum(spend[marked]), known_sum(spend[marked | open_])
        if most is None:
            tail = "what they cost is not known" if (marked | open_).any() else "nothing to add to"
            said.append(f"{head}: {lines}; {tail}. It cuts no supply.")
            continue
        low, high = (sure or 0.0) * one.rate_pct / 100, most * one.rate_pct / 100
        amount = f"{low:,.2f}" if f"{low:,.2f}" == f"{high:,.2f}" else f"{low:,.2f} to {high:,.2f}"
        said.append(
            f"{head} adds {f'{currency} {amount}'.strip()} to one product: {lines}. "
            "It cuts no supply; whether a part's own tariff number is covered is for a customs "
            "expert."
        )
    return said


def _lines(where: Array) -> str:
    number = int(where.sum())
    return "1 line" if number == 1 else f"{number:,} lines"


def tariffs_on(
    bom: BillOfMaterials,
    contents: Contents,
    reference: Reference,
    choices: Choices,
    spend: Array,
) -> pd.DataFrame:
    """A TARIFFS table; `spend` is LINE_EXPOSURES.spend.

    A measure reaches a line when it names the line's country of origin, or all, and the line holds
    a mineral that it covers certainly or likely. Whether the goods' own tariff number is covered is
    for a customs expert: the table says where to look.
    """
    origin = origin_codes(bom)
    pairs = held_pairs(bom, contents)
    pairs = pairs.assign(iso3=origin.to_numpy(dtype=object)[pairs["line"].to_numpy()])
    ids = bom.lines["id"].to_numpy(dtype=object)
    rows = []
    for event in events_as_set(reference, choices):
        status = event.status(choices.as_of)
        if event.iso3 != "USA" or event.measure not in IMPORT_MEASURES or status == "ended":
            continue
        reached = pairs[pairs["mineral"].isin(event.minerals) & ~pairs["iso3"].isin(["", "USA"])]
        if event.destination.casefold() not in ("", "all"):
            reached = reached[reached["iso3"].isin(event.destination.replace(";", " ").split())]
        for iso3, own in reached.groupby("iso3", sort=True):
            lines = np.unique(own["line"].to_numpy())
            known = known_sum(spend[lines])
            rows.append(
                {
                    "event": event.id,
                    "measure": event.measure,
                    "status": status,
                    "iso3": str(iso3),
                    "minerals": ";".join(sorted({str(one) for one in own["mineral"]})),
                    "lines": ";".join(str(one) for one in ids[lines]),
                    "spend": float("nan") if known is None else known,
                }
            )
    return TARIFFS.conform(pd.DataFrame(rows, columns=TARIFFS.names))
