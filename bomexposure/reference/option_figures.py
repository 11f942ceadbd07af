"""Every property of a substitute as a figure with an address: what stands behind each option."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from bomexposure.model.sources import FIGURES

TITLE = "What could stand in for what: substitutes and their properties"
PUBLISHER = "bomexposure"


def option_figure(option: str) -> str:
    """The figure id of an option as a whole: its trade-off in words."""
    return f"knowledge/substitution/{option}"


def property_figure(option: str, prop: str, condition: str, degrees: float | None) -> str:
    """The figure id of one property of an option, under its test condition and temperature."""
    where = [condition.replace(";", ",").replace(" ", "-")] if condition else []
    if degrees is not None:
        where.append(f"{degrees:g}C")
    return "/".join((option_figure(option), prop, *where))


def option_figures(folder: Path) -> pd.DataFrame:
    """FIGURES of substitution/options.csv and metrics.csv below a folder; none without them.

    A property is as good as its option's source; what is printed names both sides, each low to
    high, in the property's unit.
    """
    if not (folder / "options.csv").is_file():
        return FIGURES.empty()
    given, metrics, known = (
        pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
        for name in ("options", "metrics", "properties")
    )
    words = pd.DataFrame(
        {
            "id": [option_figure(one) for one in given["id"]],
            "locator": given["source"],
            "printed": given["tradeoff"],
            "kind": given["source_kind"],
        }
    )
    told = metrics.merge(given, left_on="option", right_on="id").merge(
        known.rename(columns={"id": "property", "name": "property_name"}), on="property"
    )
    figures = pd.DataFrame(
        {
            "id": [
                property_figure(one, prop, condition, float(degrees) if degrees else None)
                for one, prop, condition, degrees in zip(
                    told["option"], told["property"], told["condition"], told["temperature_c"],
                    strict=True,
                )
            ],
            "locator": told["source"],
            "printed": [
                f"{one['property_name']}{_where(one)}: {_range(one, 'from')}, with "
                f"{one['to_name']} {_range(one, 'to')} {one['unit'].strip('-')}".strip()
                for one in told.to_dict("records")
            ],
            "kind": told["source_kind"],
        }
    )  # fmt: skip
    every = pd.concat([words, figures], ignore_index=True)
    return FIGURES.conform(
        every.assign(set="knowledge", title=TITLE, publisher=PUBLISHER, year="", url="")
    )


def _where(row: dict[Hashable, Any]) -> str:
    where = [row["condition"]] if row["condition"] else []
    if row["temperature_c"]:
        where.append(f"{row['temperature_c']} °C")
    return f" ({', '.join(where)})" if where else ""


def _range(row: dict[Hashable, Any], side: str) -> str:
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    return str(low) if low == high else f"{low} to {high}"
