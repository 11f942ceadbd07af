"""Several products at once: ranked, and what they share. docs/method.md, section "Portfolio"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, FUNCTIONAL
from bomexposure.model.errors import UsageError
from bomexposure.model.portfolio import (
    PORTFOLIO_CELLS,
    PORTFOLIO_EVENTS,
    PORTFOLIO_MINERALS,
    PORTFOLIO_OVERLAP,
    PORTFOLIO_PARTS,
    PORTFOLIO_PRODUCTS,
    PORTFOLIO_SUPPLIERS,
    Portfolio,
    ProductSummary,
)

NAN = float("nan")
_PAIR = ("mineral", "form")
_CONDITIONS = {
    "edition": "editions of the data",
    "as_of": "days",
    "method": "methods",
    "threshold": "thresholds of what is acute",
}


def summary_of(analysis: Analysis, product: str = "") -> ProductSummary:
    """What a portfolio keeps of an analysis; `product` names it, else the file does."""
    name = product or Path(analysis.bom.file).stem or "product"
    head, coverage = analysis.exposures.headline, analysis.exposures.coverage
    spend = NAN if head.spend is None else head.spend
    volume = NAN if analysis.choices.volume is None else analysis.choices.volume
    certain, likely = (
        NAN if share is None else share
        for share in (head.spend_acute_pct.certain, head.spend_acute_pct.likely)
    )
    row = {
        "product": name,
        "file": analysis.bom.file,
        "sha256": analysis.bom.sha256,
        "lines": int(analysis.bom.lines["counted"].sum()),
        "coverage_lines_pct": NAN if coverage.lines_pct is None else coverage.lines_pct,
        "coverage_spend_pct": NAN if coverage.spend_pct is None else coverage.spend_pct,
        "currency": head.currency or "",
        "spend": spend,
        "volume": volume,
        "spend_acute_certain": spend * certain / 100.0,
        "spend_acute_likely": spend * likely / 100.0,
        "spend_acute_certain_pct": certain,
        "spend_acute_likely_pct": likely,
        "annual_acute_certain": spend * certain / 100.0 * volume,
        "annual_acute_likely": spend * likely / 100.0 * volume,
        "lines_acute_certain": head.lines_acute[0],
        "lines_acute_likely": head.lines_acute[1],
        "minerals": head.minerals,
        "minerals_acute": head.minerals_acute,
        "controls_in_force": head.controls_in_force,
        "next_change": head.next_change[0] if head.next_change else "",
        "worst_mineral": head.top_minerals[0] if head.top_minerals else "",
    }
    choices = analysis.choices
    minerals = analysis.exposures.minerals
    return ProductSummary(
        row=row,
        cells=_cells_of(analysis, name),
        indices={
            str(mineral): (float(low), float(high))
            for mineral, low, high in zip(
                minerals["mineral"], minerals["index_low"], minerals["index_high"], strict=True
            )
        },
        parts=_acute_parts(analysis),
        suppliers=_suppliers_of(analysis),
        events=_events_of(analysis),
        conditions={
            "edition": analysis.reference.edition,
            "as_of": choices.as_of.isoformat(),
            "method": choices.method,
            "threshold": f"{choices.acute_threshold:g}",
            "generator": analysis.generator,
        },
    )


def _cells_of(analysis: Analysis, name: str) -> pd.DataFrame:
    found = analysis.exposures.minerals
    own = found[found["critical_2025"]]
    forms = analysis.exposures.forms
    acute = set(forms.loc[forms["acute"] & (forms["lines"] > 0), "mineral"])
    presence = np.where(
        own["lines_certain"] > 0, "certain", np.where(own["lines_likely"] > 0, "likely", "possible")
    )
    return PORTFOLIO_CELLS.conform(
        pd.DataFrame(
            {
                "mineral": own["mineral"],
                "product": name,
                "presence": presence,
                "acute": own["mineral"].isin(acute) & (presence != "possible"),
                "lines": own["lines_certain"] + own["lines_likely"],
                "spend_certain": own["spend_certain"],
                "spend_likely": own["spend_likely"],
                "spend_pct_certain": own["spend_pct_certain"],
                "spend_pct_likely": own["spend_pct_likely"],
                "mass_g": own["mass_g_typical"],
            }
        )
    )


def _acute_parts(analysis: Analysis) -> pd.DataFrame:
    exposed = analysis.exposures.lines
    at = np.flatnonzero((exposed["acute"] != "no").to_numpy())
    lines = analysis.bom.lines.iloc[at]
    keys = [
        _folded(mpn) or _folded(number) or str(fingerprint)
        for mpn, number, fingerprint in zip(
            lines["mpn"], lines["part_number"], lines["fingerprint"], strict=True
        )
    ]
    made = lines[["part_number", "mpn", "description", "lead_time_days"]].reset_index(drop=True)
    own = exposed.iloc[at].reset_index(drop=True)
    carried = _acute_minerals(analysis)
    return made.assign(
        key=pd.Series(keys, dtype="str"),
        acute=own["acute"].astype("str"),
        spend=own["spend"],
        minerals=[carried.get(int(line), "") for line in at],
    )


def _acute_minerals(analysis: Analysis) -> dict[int, str]:
    """Line -> acute minerals that carry its function, certainly or likely, ';' between."""
    forms = analysis.exposures.forms
    hot = set(
        zip(
            *(forms.loc[forms["acute"] & forms["critical_2025"], name] for name in _PAIR),
            strict=True,
        )
    )
    rows = analysis.contents.contents
    rows = rows[
        rows["function"].isin(FUNCTIONAL)
        & rows["relation"].isin(COUNTING_RELATIONS)
        & (rows["presence"] >= "likely")
    ]
    made: dict[int, dict[str, None]] = {}
    for line, mineral, form in zip(rows["line"], rows["mineral"], rows["form"], strict=True):
        if (mineral, form) in hot:
            made.setdefault(int(line), {})[str(mineral)] = None
    return {line: ";".join(sorted(minerals)) for line, minerals in made.items()}


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _suppliers_of(analysis: Analysis) -> pd.DataFrame:
    groups = analysis.exposures.groups
    own = groups[(groups["kind"] == "supplier") & (groups["key"] != "")]
    columns = ["label", "lines", "spend", "spend_acute_certain", "spend_acute_likely"]
    return own[columns].reset_index(drop=True)


def _events_of(analysis: Analysis) -> pd.DataFrame:
    titles = {event.id: event.title or event.id for event in analysis.events}
    controls = analysis.controls
    direct = set(controls.loc[controls["reach"] == "direct", "event"])
    once = controls.drop_duplicates("event")
    return pd.DataFrame(
        {
            "event": once["event"].astype("str"),
            "title": [titles.get(str(one), str(one)) for one in once["event"]],
            "status": once["status"].astype("str"),
            "direct": [str(one) in direct for one in once["event"]],
        }
    ).reset_index(drop=True)


def portfolio_of(summaries: Sequence[ProductSummary]) -> Portfolio:
    """Products ranked, and what they share. Products of one name are numbered.

    Raises UsageError without products.
    """
    if not summaries:
        raise UsageError("A portfolio needs a bill of materials.", "Name at least one file.")
    names = _names([str(one.row["product"]) for one in summaries])
    rows = pd.DataFrame([one.row for one in summaries]).assign(product=names)
    currencies = sorted({one for one in rows.loc[rows["spend"].notna(), "currency"] if one})
    currency = currencies[0] if len(currencies) == 1 else ""
    products = _ranked(PORTFOLIO_PRODUCTS.conform(rows), bool(currency))
    cells = PORTFOLIO_CELLS.conform(
        pd.concat(
            [one.cells.assign(product=name) for one, name in zip(summaries, names, strict=True)],
            ignore_index=True,
        )
    )
    parts = _stacked([one.parts for one in summaries], names)
    first = summaries[0].conditions
    return Portfolio(
        generator=first["generator"],
        products=products,
        cells=cells,
        minerals=_minerals(cells, summaries, rows, bool(currency)),
        parts=_shared_parts(parts, bool(currency)),
        suppliers=_shared_suppliers(
            _stacked([one.suppliers for one in summaries], names), bool(currency)
        ),
        events=_shared_events(_stacked([one.events for one in summaries], names)),
        overlap=_overlap(names, cells, parts),
        currency=currency,
        conditions={name: first[name] for name in _CONDITIONS},
        notes=_notes(summaries, rows, currencies),
    )


def _names(wanted: list[str]) -> list[str]:
    made: list[str] = []
    for name in wanted:
        number, own = 1, name
        while own in made:
            number += 1
            own = f"{name} ({number})"
        made.append(own)
    return made


def _ranked(products: pd.DataFrame, one_currency: bool) -> pd.DataFrame:
    """Worst first: by acute spend (of a year where every volume is known), else by its share."""
    yearly = one_currency and bool(products["annual_acute_certain"].notna().all())
    by = "annual_acute" if yearly else "spend_acute"
    tail = "" if one_currency else "_pct"
    keys = [f"{by}_certain{tail}", f"{by}_likely{tail}", "lines_acute_certain", "minerals_acute"]
    return products.sort_values(
        [*keys, "product"], ascending=[False] * len(keys) + [True], na_position="last",
        kind="stable", ignore_index=True,
    )  # fmt: skip


def _stacked(frames: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    return pd.concat(
        [frame.assign(product=name) for frame, name in zip(frames, names, strict=True)],
        ignore_index=True,
    )


def _minerals(
    cells: pd.DataFrame, summaries: Sequence[ProductSummary], rows: pd.DataFrame, money: bool
) -> pd.DataFrame:
    volumes = dict(zip(rows["product"], rows["volume"], strict=True))
    indices = {name: ends for one in summaries for name, ends in one.indices.items()}
    made = []
    for mineral, own in cells.groupby("mineral", sort=True):
        held = own[own["presence"] != "possible"]
        # NaN in one product leaves the sum unknown: a part of it would read as the whole
        annual = (own["mass_g"] * own["product"].map(volumes) / 1000.0).sum(skipna=False)
        low, high = indices.get(str(mineral), (NAN, NAN))
        made.append(
            {
                "mineral": str(mineral),
                **{
                    f"products_{word}": int((own["presence"] == word).sum())
                    for word in ("certain", "likely", "possible")
                },
                "products_acute": int(own["acute"].sum()),
                "lines": int(held["lines"].sum()),
                "spend_certain": own["spend_certain"].sum(min_count=1) if money else NAN,
                "spend_likely": own["spend_likely"].sum(min_count=1) if money else NAN,
                "annual_kg": annual,
                "index_low": low,
                "index_high": high,
            }
        )
    table = PORTFOLIO_MINERALS.conform(pd.DataFrame(made, columns=PORTFOLIO_MINERALS.names))
    return table.sort_values(
        ["products_acute", "index_high", "products_certain", "products_likely", "mineral"],
        ascending=[False, False, False, False, True], na_position="last", kind="stable",
        ignore_index=True,
    )  # fmt: skip


def _shared_parts(parts: pd.DataFrame, money: bool) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    for key, own in parts.groupby("key", sort=True):
        names = list(dict.fromkeys(own["product"]))
        first = own.iloc[0]
        # a part of one product keeps its spend in the currency of that product
        known = money or len(names) == 1
        minerals = sorted({one for cell in own["minerals"] for one in cell.split(";") if one})
        made.append(
            {
                "key": str(key),
                "part_number": first["part_number"],
                "mpn": first["mpn"],
                "description": first["description"],
                "products": len(names),
                "product_names": "; ".join(names),
                "lines": len(own),
                "acute": "certain" if (own["acute"] == "certain").any() else "likely",
                "spend": own["spend"].sum(min_count=1) if known else NAN,
                "minerals": ";".join(minerals),
                "lead_time_days": own["lead_time_days"].max(),
            }
        )
    table = PORTFOLIO_PARTS.conform(pd.DataFrame(made, columns=PORTFOLIO_PARTS.names))
    return table.sort_values(
        ["products", "acute", "spend", "lines", "key"], ascending=[False, True, False, False, True],
        na_position="last", kind="stable", ignore_index=True,
    )  # fmt: skip


def _shared_suppliers(suppliers: pd.DataFrame, money: bool) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    for _, own in suppliers.groupby(suppliers["label"].map(_folded), sort=True):
        names = list(dict.fromkeys(own["product"]))
        known = money or len(names) == 1
        made.append(
            {
                "supplier": own["label"].iloc[0],
                "products": len(names),
                "product_names": "; ".join(names),
                "lines": int(own["lines"].sum()),
                **{
                    name: own[name].sum(min_count=1) if known else NAN
                    for name in ("spend", "spend_acute_certain", "spend_acute_likely")
                },
            }
        )
    table = PORTFOLIO_SUPPLIERS.conform(pd.DataFrame(made, columns=PORTFOLIO_SUPPLIERS.names))
    return table.sort_values(
        ["spend_acute_certain", "spend_acute_likely", "products", "lines", "supplier"],
        ascending=[False, False, False, False, True], na_position="last", kind="stable",
        ignore_index=True,
    )  # fmt: skip


def _shared_events(events: pd.DataFrame) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    for event, own in events.groupby("event", sort=True):
        made.append(
            {
                "event": str(event),
                "title": own["title"].iloc[0],
                "status": own["status"].iloc[0],
                "products": len(own),
                "products_direct": int(own["direct"].sum()),
                "product_names": "; ".join(own["product"]),
            }
        )
    table = PORTFOLIO_EVENTS.conform(pd.DataFrame(made, columns=PORTFOLIO_EVENTS.names))
    order = table["status"].map({"in force": 0, "suspended": 1, "announced": 2}).fillna(3)
    return (
        table.assign(order=order)
        .sort_values(
            ["order", "products", "products_direct", "event"],
            ascending=[True, False, False, True], kind="stable", ignore_index=True,
        )
        .drop(columns="order")
    )  # fmt: skip


def _overlap(names: list[str], cells: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    firm = cells[cells["presence"] != "possible"]
    held = {name: set(firm.loc[firm["product"] == name, "mineral"]) for name in names}
    acute = {
        name: set(firm.loc[(firm["product"] == name) & firm["acute"], "mineral"]) for name in names
    }
    keys = {name: set(parts.loc[parts["product"] == name, "key"]) for name in names}
    return PORTFOLIO_OVERLAP.conform(
        pd.DataFrame(
            [
                {
                    "a": a,
                    "b": b,
                    "minerals": len(held[a] & held[b]),
                    "minerals_acute": len(acute[a] & acute[b]),
                    "parts_acute": len(keys[a] & keys[b]),
                }
                for a, b in combinations(names, 2)
            ],
            columns=PORTFOLIO_OVERLAP.names,
        )
    )


def _notes(
    summaries: Sequence[ProductSummary], rows: pd.DataFrame, currencies: list[str]
) -> tuple[str, ...]:
    said = []
    for name, words in _CONDITIONS.items():
        told = sorted({one.conditions[name] for one in summaries})
        if len(told) > 1:
            said.append(f"The products were judged by different {words}: {', '.join(told)}.")
    if len(currencies) > 1:
        said.append(
            f"Spend stands in {', '.join(currencies)}: products are ranked by the share of acute "
            "spend, and no sum over products is known. Rates in the projects mend that."
        )
    silent = rows.loc[rows["spend"].isna(), "product"].tolist()
    if silent:
        said.append(f"No spend is known for {', '.join(silent)}: ranked last, by acute lines.")
    missing = rows.loc[rows["volume"].isna(), "product"].tolist()
    if missing and len(missing) < len(rows):
        said.append(f"No volume is given for {', '.join(missing)}: ranked by one product each.")
    return tuple(said)
