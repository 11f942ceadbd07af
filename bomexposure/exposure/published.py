"""Published concentration and supply-risk formulas, as plain arithmetic on arrays.

Each function is one formula of docs/method.md, section "Methods"; none of them reads a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
WGI_LOW, WGI_HIGH = -2.5, 2.5
G_UNRATED = 0.5
"""Political instability that GeoPolRisk takes for a country without an estimate."""
GSP_COPPER = 0.409412948
"""USD at risk per kg of copper, OECD average 2017-2021: the constant of the GeoPolRisk library."""


def hhi(shares: Array) -> float:
    """Herfindahl-Hirschman index of shares in percent, 0 to 10,000."""
    return float(np.sum(np.square(shares)))


def hhi_fraction(output: Array) -> float:
    """Herfindahl-Hirschman index, 0 to 1, of outputs in any one unit; NaN for no output."""
    total = float(np.sum(output))
    return float(np.sum(np.square(output)) / total**2) if total > 0 else float("nan")


def hhi_normalised(shares: Array) -> float:
    """HHI of `n` shares rescaled to sum to one, moved to run from 0 (even) to 1 (one country)."""
    count = len(shares)
    index = hhi_fraction(shares)
    return (index - 1.0 / count) / (1.0 - 1.0 / count)


def instability(estimate: Any) -> Any:
    """A governance estimate (-2.5 worst to 2.5 best) as 0 (best) to 1 (worst), clipped."""
    return np.clip((WGI_HIGH - np.asarray(estimate)) / (WGI_HIGH - WGI_LOW), 0.0, 1.0)


def hhi_weighted(shares: Array, risk: Array) -> float:
    """HHI with each country's squared share times its risk (0 to 1): 0 to 10,000."""
    return float(np.sum(np.square(shares) * risk))


@dataclass(frozen=True, slots=True)
class GeoPolRisk:
    """The parts of one GeoPolRisk result.

    Attributes:
        hhi: of world production, 0 to 1.
        import_risk: imports weighted by instability over domestic supply plus imports, 0 to 1.
        score: their product, 0 to 1.
        price: average price of the imports, USD/kg.
        midpoint: score times price, USD at risk per kg.
        gsp: midpoint over the copper midpoint, kg copper equivalent per kg.
    """

    hhi: float
    import_risk: float
    score: float
    price: float
    midpoint: float
    gsp: float


def geopolrisk(
    production: Array, domestic: float, imports: Array, values: Array, risk: Array
) -> GeoPolRisk:
    """GeoPolRisk of one raw material in one country and year.

    production, domestic, imports in tonnes; values in 1,000 USD; risk 0 to 1, per import row.
    Formula: Gemechu et al. 2016; Koyamparambath et al. 2024, doi 10.1016/j.resconrec.2024.107801.
    """
    concentration = hhi_fraction(production)
    total = float(np.sum(imports))
    import_risk = float(np.sum(imports * risk)) / (domestic + total)
    score = concentration * import_risk
    price = float(np.sum(values)) / total
    midpoint = score * price
    return GeoPolRisk(concentration, import_risk, score, price, midpoint, midpoint / GSP_COPPER)


def eu_form(world: Any, sourcing: Any, reliance: Any, recycling: Any) -> Any:
    """The EU supply-risk form without its substitution factor.

    world, sourcing: HHI of fractions weighted by governance (0 best to 10 worst), of world output
    and of the sources of one's own supply; reliance and recycling input rate as fractions.
    The constants are unconfirmed, and the name in every output says so.
    """
    half = np.asarray(reliance) / 2.0
    return (np.asarray(world) * half + np.asarray(sourcing) * (1.0 - half)) * (1.0 - recycling)
