"""The project's own choices, as data: which published figure speaks for which mineral and form."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.reference.names import CountryNames, MineralNames, country_names, mineral_names
from bomexposure.reference.sets import DataSet

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules set, read.

    Attributes:
        minerals: one row per tracked mineral: which reliance, production stage, import sources,
            reserves, price and consumption are its own (minerals.csv).
        forms: further traded forms of a mineral with the figures that speak for them (forms.csv).
        peaks: the allow-list behind the peak China share, with what was left out (china_peak.csv).
        exceptions: stages whose rows do not sum to the printed world total, with the percentage
            that is known and why (total_exceptions.csv).
        left_out: countries of USGS Table 4 without a policy event, and why (table4_left_out.csv).
        stage_groups: stage as the source says it -> its group (stages.csv).
    """

    minerals: list[Row]
    forms: list[Row]
    peaks: list[Row]
    exceptions: list[Row]
    left_out: list[Row]
    stage_groups: dict[str, str]
    mineral_names: MineralNames
    country_names: CountryNames

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.minerals]


def read_rules(rules: DataSet) -> Rules:
    """The choices in the rules set."""
    return Rules(
        minerals=rules.rows("minerals.csv"),
        forms=rules.rows("forms.csv"),
        peaks=rules.rows("china_peak.csv"),
        exceptions=rules.rows("total_exceptions.csv"),
        left_out=rules.rows("table4_left_out.csv"),
        stage_groups={row["stage"]: row["stage_group"] for row in rules.rows("stages.csv")},
        mineral_names=mineral_names(rules),
        country_names=country_names(rules),
    )
