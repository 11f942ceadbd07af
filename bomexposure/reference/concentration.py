"""Shares and concentration at one stage, computed from the printed outputs of countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bomexposure.reference.names import REST_OF_WORLD

WORLD = "World total"


@dataclass(frozen=True, slots=True)
class Output:
    """One printed output: the country, the number (None for a mark) and the cell as printed."""

    country: str
    number: float | None
    printed: str


@dataclass(frozen=True, slots=True)
class StageShares:
    """What one stage's table says about who leads.

    Attributes:
        total: the denominator of every share; None where no comparable total can be had.
        denominator: "sum of country rows", or "published world total" where rows are left out.
        china, leader_share: percent; None where unknown.
        leaders: countries with the largest output, one unless they tie.
        hhi_low, hhi_high: Herfindahl-Hirschman index, the rest as nothing and as one country.
        withheld, not_available: countries printed as W or NA.
    """

    world_printed: str
    rows_total: float
    total: float | None
    denominator: str
    rest: float | None
    china: float | None
    leaders: tuple[str, ...]
    leader_share: float | None
    hhi_low: float | None
    hhi_high: float | None
    withheld: tuple[str, ...]
    not_available: tuple[str, ...]
    countries: int


def stage_shares(outputs: Sequence[Output]) -> StageShares:
    """Shares and concentration of one stage and year.

    The denominator is the sum of the rows, "Other countries" included; the printed world total is
    used only where the rows fall short of it by more than its rounding, because the release then
    leaves producers out. Withheld outputs stand outside numerator and denominator, as USGS says of
    its own totals. A total printed as XX means that the outputs are not comparable: no share then.
    """
    world = next((one for one in outputs if one.country == WORLD), None)
    rest = [one for one in outputs if one.country == REST_OF_WORLD]
    named = [one for one in outputs if one.country not in (WORLD, REST_OF_WORLD)]
    figures = [(one.country, one.number) for one in named if one.number]
    rest_sum = sum(one.number or 0.0 for one in rest)
    total = sum(number for _, number in figures) + rest_sum
    top = max((number for _, number in figures), default=0.0)
    leaders = tuple(country for country, number in figures if number == top)
    base = StageShares(
        world_printed=world.printed if world else "",
        rows_total=total,
        total=None,
        denominator="",
        rest=rest_sum if rest else None,
        china=None,
        leaders=leaders,
        leader_share=None,
        hhi_low=None,
        hhi_high=None,
        withheld=tuple(one.country for one in named if one.printed == "W"),
        not_available=tuple(
            one.country
            for one in (*named, *rest)
            if one.number is None and one.printed in ("NA", "")
        ),
        countries=len(figures),
    )
    if not figures or not total or (world is not None and world.printed == "XX"):
        return base
    denominator, missing = "sum of country rows", 0.0
    if world is not None and world.number is not None and world.printed[:1] not in ("<", ">"):
        short = world.number - total
        if short > half_place(world.printed) * 1.001:
            denominator, missing, total = "published world total", short, world.number
    low = sum((100 * number / total) ** 2 for _, number in figures)
    listed = [one.number for one in named if one.country == "China" and one.number is not None]
    return StageShares(
        world_printed=base.world_printed,
        rows_total=base.rows_total,
        total=total,
        denominator=denominator,
        rest=base.rest,
        china=100 * sum(listed) / total if listed else None,
        leaders=leaders,
        leader_share=100 * top / total,
        hhi_low=low,
        hhi_high=low + (100 * (rest_sum + missing) / total) ** 2,
        withheld=base.withheld,
        not_available=base.not_available,
        countries=base.countries,
    )


def half_place(printed: str) -> float:
    """Half the place value of the last figure of a printed total that counts.

    Trailing zeros do not count beyond the second figure: 110,000 is read as rounded to 10,000.
    """
    digits = printed.replace(",", "").lstrip("<>").strip()
    if "." in digits:
        return float(0.5 * 10.0 ** -len(digits.split(".")[1]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(0.5 * 10.0 ** (len(digits) - max(len(digits) - zeros, 2)))
