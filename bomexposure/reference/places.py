"""COUNTRIES, SUPPLIERS and SUBSTITUTES out of their sets."""

from __future__ import annotations

import pandas as pd

from bomexposure.model.supply import COUNTRIES, SUBSTITUTES, SUPPLIERS
from bomexposure.reference.names import MineralNames
from bomexposure.reference.producers import number
from bomexposure.reference.sets import DataSet

_WGI = (
    "political_stability", "rule_of_law", "control_of_corruption", "government_effectiveness",
    "regulatory_quality", "voice_accountability",
)  # fmt: skip


def countries(given: DataSet, governance: DataSet) -> pd.DataFrame:
    """The COUNTRIES table with each country's governance estimates beside it."""
    rows = given.table("countries.csv")
    wgi = governance.table("wgi.csv")
    estimates = pd.DataFrame({name: number(wgi[name]) for name in _WGI})
    scores = pd.DataFrame(
        {
            "iso3": wgi["iso3"],
            "political_stability": estimates["political_stability"],
            "wgi_mean": estimates.mean(axis=1, skipna=False).round(4),
            "governance_source": governance.id + "/" + wgi["iso3"] + "/" + wgi["year"],
        }
    )
    yes = {
        "us_fta": "us_fta",
        "eu_member": "eu_member",
        "pax_silica": "pax_silica",
        "entity_of_concern": "feoc",
        "dfars_covered": "dfars_7052_covered_country",
        "dfars_qualifying": "dfars_qualifying",
        "conflict_region": "conflict_mineral_region",
        "oecd": "oecd_member",
    }
    made = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "country": rows["country"],
            "us_minerals_agreement": rows["us_bilateral_cm_agreement"],
            "us_minerals_agreement_date": rows["us_bilateral_date"],
            "forge_or_msp": (rows["msp_member"] == "yes")
            | rows["forge_status"].str.startswith("member"),
            "sanctions": rows["sanctions_note"],
            "source": given.id + "/" + rows["iso3"],
            **{ours: rows[theirs] == "yes" for ours, theirs in yes.items()},
        }
    ).merge(scores, on="iso3", how="left")
    return COUNTRIES.conform(made)


def suppliers(given: DataSet, names: MineralNames) -> pd.DataFrame:
    """The SUPPLIERS table; a plant for a group of minerals is listed under each member."""
    rows = given.table("suppliers.csv")
    rows = rows.assign(minerals=rows["mineral"].map(names.ids)).explode("minerals")
    return SUPPLIERS.conform(
        pd.DataFrame(
            {
                "mineral": rows["minerals"].astype("str"),
                "stage": rows["stage"],
                "company": rows["company"],
                "facility": rows["facility_country"],
                "iso3": rows["iso3"],
                "status": rows["status"],
                "capacity": rows["capacity"],
                "as_of": rows["as_of"],
                "unconfirmed": rows["source_id"] == "U",
                "source": given.id + "/" + rows["id"],
            }
        ).reset_index(drop=True)
    )


def substitutes(given: DataSet) -> pd.DataFrame:
    """The SUBSTITUTES table."""
    rows = given.table("substitutes.csv")
    return SUBSTITUTES.conform(
        {
            "mineral": rows["mineral"],
            "application": rows["application"],
            "substitute": rows["substitute"],
            "tradeoff": rows["tradeoff"],
            "source": given.id + "/" + rows["id"],
        }
    )
