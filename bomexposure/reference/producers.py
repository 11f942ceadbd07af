"""World output and U.S. import sources, laid out per mineral: PRODUCERS, IMPORT_SOURCES, RESERVES.

The publication's tables stand under its own chapter names, some of which are groups ("rare
earths", "platinum-group metals"); here each row is repeated for every mineral that it speaks for,
and `scope` says when it is a group's.
"""

from __future__ import annotations

import pandas as pd

from bomexposure.model.supply import IMPORT_SOURCES, PRICES, PRODUCERS, RESERVES
from bomexposure.reference.names import MineralNames
from bomexposure.reference.rules import Rules
from bomexposure.reference.sets import DataSet

THIS = "this mineral"
USGS = "USGS"


def number(cells: pd.Series[str]) -> pd.Series[float]:
    """Texts as numbers, NaN where blank."""
    return pd.to_numeric(cells.where(cells != ""), errors="raise").astype("float64")


def newest_year(usgs: DataSet) -> str:
    """The newest data year of the release."""
    return str(usgs.table("shares.csv")["year"].max())


def producers(usgs: DataSet, others: list[tuple[DataSet, str]], rules: Rules) -> pd.DataFrame:
    """The PRODUCERS table: the release's production, processing shares and single cited facts."""
    output = usgs.table("production.csv")
    output = output[(output["country"] != "World total") & (output["form"] != "exports")]
    parts = [
        pd.DataFrame(
            {
                "commodity": output["commodity"],
                "stage": output["stage"],
                "stage_group": output["stage"].map(rules.stage_groups).fillna(""),
                "country": output["country"],
                "iso3": output["iso3"],
                "share_low": number(output["share_low"]),
                "share_high": number(output["share_high"]),
                "value": number(output["value"]),
                "unit": output["unit"],
                "year": output["year"],
                "publisher": USGS,
                "confidence": "primary",
                "kind": "production",
                "source": usgs.id + "/" + output["id"],
            }
        )
    ]
    for given, name in others:
        shares = given.table(name)
        parts.append(
            pd.DataFrame(
                {
                    "commodity": shares["commodity"],
                    "stage": shares["stage"],
                    "stage_group": shares["stage_group"],
                    "country": shares["country"],
                    "iso3": shares["iso3"],
                    "share_low": number(shares["share_low"]),
                    "share_high": number(shares["share_high"]),
                    "value": number(shares["value"]) if "value" in shares else float("nan"),
                    "unit": shares.get("unit", ""),
                    "year": shares["year"],
                    "publisher": shares["publisher"],
                    "confidence": shares["confidence"],
                    "kind": shares["kind"],
                    "source": given.id + "/" + shares["id"],
                }
            )
        )
    every = _per_mineral(pd.concat(parts, ignore_index=True), rules.mineral_names)
    newest = newest_year(usgs)
    headline = {
        (row["id"], row["share_commodity"], row["share_stage"])
        for row in rules.minerals
        if row["share_stage"]
    }
    allowed = {
        (row["mineral"], row["commodity"], row["stage"], row["publisher"], row["year"] or newest)
        for row in rules.peaks
        if row["allowed"] == "yes"
    }
    keys = list(zip(every["mineral"], every["commodity"], every["stage"], strict=True))
    who = list(zip(every["publisher"], every["year"], strict=True))
    every["headline"] = [
        key in headline and (year == newest or by != USGS)
        for key, (by, year) in zip(keys, who, strict=True)
    ]
    every["allowed"] = [key + by in allowed for key, by in zip(keys, who, strict=True)]
    other = (every["kind"] != "production") & ~every["stage"].str.contains("capacity")
    every["stage"] = every["stage"].where(~other, every["stage"] + ", " + every["kind"])
    return PRODUCERS.conform(every.drop(columns="commodity"))


def _per_mineral(rows: pd.DataFrame, names: MineralNames) -> pd.DataFrame:
    """One row per mineral that each row speaks for, with `mineral` and `scope`."""
    pairs = [
        (commodity, mineral, THIS if len(names.ids(commodity)) == 1 else names.note(commodity))
        for commodity in rows["commodity"].drop_duplicates()
        for mineral in names.ids(commodity)
    ]
    spoken = pd.DataFrame(pairs, columns=["commodity", "mineral", "scope"], dtype="str")
    return rows.merge(spoken, on="commodity", how="inner", sort=False)


def import_sources(usgs: DataSet, rules: Rules) -> pd.DataFrame:
    """The IMPORT_SOURCES table, with the form that each mineral's reliance speaks of marked."""
    given = usgs.table("import_sources.csv")
    chosen = pd.DataFrame(
        [
            (row["id"], row["import_commodity"], row["import_form"])
            for row in rules.minerals
            if row["import_commodity"]
        ],
        columns=["mineral", "commodity", "wanted"],
        dtype="str",
    )
    extra = pd.DataFrame(
        [
            (row["mineral"], row["nir_commodity"], "-")
            for row in rules.forms
            if row["nir_commodity"]
        ],
        columns=["mineral", "commodity", "wanted"],
        dtype="str",
    ).drop_duplicates()
    chosen = pd.concat([chosen, extra], ignore_index=True)
    chosen = chosen.drop_duplicates(["mineral", "commodity"])
    rows = given.merge(chosen, on="commodity", how="inner", sort=False)
    names = rules.mineral_names
    group = {
        one: THIS if len(names.ids(one)) == 1 else names.note(one)
        for one in rows["commodity"].drop_duplicates()
    }
    return IMPORT_SOURCES.conform(
        {
            "mineral": rows["mineral"],
            "form": rows["form"],
            "headline": [
                form.startswith(wanted)
                for form, wanted in zip(rows["form"], rows["wanted"], strict=True)
            ],
            "country": rows["country"],
            "iso3": rows["iso3"],
            "share_low": number(rows["share_low"]),
            "share_high": number(rows["share_high"]),
            "period": rows["period"],
            "scope": rows["commodity"].map(group),
            "source": usgs.id + "/" + rows["id"],
        }
    )


def reserves(usgs: DataSet, rules: Rules) -> pd.DataFrame:
    """The RESERVES table: newest year, countries only, one basis per mineral.

    Where a mineral's reserves are printed at several stages, the rules name the one that counts;
    where they are printed as ore and as content, the content counts.
    """
    given = usgs.table("reserves.csv")
    given = given[given["country"] != "World total"]
    given = given[given["year"] == given["year"].max()]
    plain = set(given.loc[given["form"] == "", "commodity"])
    given = given[(given["form"] == "") | ~given["commodity"].isin(plain)]
    rows = _per_mineral(given, rules.mineral_names)
    wanted = rows["mineral"].map({row["id"]: row["reserves_stage"] for row in rules.minerals})
    rows = rows[(wanted == "") | (rows["stage"] == wanted)].reset_index(drop=True)
    return RESERVES.conform(
        {
            "mineral": rows["mineral"],
            "country": rows["country"],
            "iso3": rows["iso3"],
            "value_t": number(rows["value_t"]),
            "share_low": number(rows["share_low"]),
            "share_high": number(rows["share_high"]),
            "scope": rows["scope"],
            "printed": rows["printed"],
            "source": usgs.id + "/" + rows["id"],
        }
    )


def prices(usgs: DataSet, rules: Rules) -> pd.DataFrame:
    """The PRICES table."""
    rows = _per_mineral(usgs.table("prices.csv"), rules.mineral_names)
    return PRICES.conform(
        {
            "mineral": rows["mineral"],
            "form": rows["form"],
            "year": rows["year"],
            "printed": rows["printed"],
            "unit": rows["unit"],
            "usd_per_kg": number(rows["usd_per_kg"]),
            "source": usgs.id + "/" + rows["id"],
        }
    )
