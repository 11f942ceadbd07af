"""What to find out first: lines by how far an answer could move the headline.

docs/method.md, section "Ask next".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.exposure.holding import CERTAIN, LIKELY, Array, Holdings, holdings_of
from bomexposure.exposure.money import known_sum, spend_of
from bomexposure.exposure.uncertainty import CHANCE
from bomexposure.model.bom import BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import EVIDENCE, Contents
from bomexposure.model.supply import Reference
from bomexposure.model.tables import Column, Table

FIRM = EVIDENCE.index("designated")
"""From this evidence on a certain content is not asked about again."""

ASK_NEXT = Table(
    "ASK_NEXT",
    "One row per distinct part worth asking about, the most telling first.",
    (
        Column("line", "int64", "row position in LINES of its first line"),
        Column("lines", "str", "ids of all its lines, ';' between"),
        Column("supplier", "str", "supplier of the BOM, else the manufacturer; '' unknown"),
        Column("what", "category", "what is not known: what the part is, or whether it holds them",
               values=("presence", "part")),
        Column("chance", "float64", "chance that the answer is 'acute'", "0 to 1"),
        Column("swing_pct", "float64", "how far the share of spend in acute lines could move; of "
                                       "lines, where no spend is known", "percentage points"),
        Column("expected_pct", "float64", "swing times how open the answer is: 4 p (1 - p)",
               "percentage points"),
        Column("minerals", "str", "minerals in question, ';' between"),
        Column("question", "str", "a question ready to send"),
    ),
)  # fmt: skip


def ask_next(
    bom: BillOfMaterials,
    contents: Contents,
    reference: Reference,
    choices: Choices,
    most: int = 50,
) -> pd.DataFrame:
    """An ASK_NEXT table of at most `most` parts.

    A part is open when it was not recognised, or when it may be acute and that rests on a class or
    a family rather than on a designation or a declaration. Its swing is its share of the known
    spend; the chance is that of its strongest acute content, and for a part that was not
    recognised the share of acute lines among the recognised ones (one acute and one other added).
    """
    lines = bom.lines
    holdings = holdings_of(lines, contents.contents, reference.supply, choices.acute_threshold)
    evidence = contents.recognitions["evidence"].cat.codes.to_numpy()
    found = _open_parts(lines, evidence, holdings, spend_of(lines, choices.rates).per_line)
    order = np.lexsort((found.first, -found.swing, -found.expected))[:most]
    return _worded(order, found, holdings, bom, contents, reference)


def expected_per_line(
    lines: pd.DataFrame, evidence: Array, holdings: Holdings, spend: Array
) -> Array:
    """Per line: how far asking about its part could move the headline; NaN where nothing is open.

    In percentage points, as `expected_pct` of ASK_NEXT; lines of one part have the same figure.
    `evidence` are codes of EVIDENCE.
    """
    found = _open_parts(lines, evidence, holdings, spend)
    made = np.full(len(lines), np.nan)
    made[found.at] = found.expected[found.part]
    return made


@dataclass(frozen=True, slots=True)
class _Open:
    """The parts worth asking about.

    Attributes:
        at: positions in LINES of their lines; part: of each such line, its part.
        first: of each part its first line; odds, swing, expected: as ASK_NEXT has them.
    """

    at: Array
    part: Array
    first: Array
    odds: Array
    swing: Array
    expected: Array


def _open_parts(lines: pd.DataFrame, evidence: Array, holdings: Holdings, spend: Array) -> _Open:
    counted = lines["counted"].to_numpy(dtype=bool)
    chance = _chances(holdings, evidence, counted)
    total = known_sum(spend)
    weight = spend / total if total else np.where(counted, 1.0 / max(counted.sum(), 1), np.nan)
    firm = (chance >= CHANCE[CERTAIN]) & (evidence >= FIRM)
    asked = counted & ~np.isnan(chance) & ~firm & (chance > 0)
    part, first = _parts(lines, asked)
    swing = np.bincount(part, np.nan_to_num(weight[asked]), minlength=len(first)) * 100.0
    odds = chance[first]
    expected = swing * 4.0 * odds * (1.0 - odds)
    return _Open(np.flatnonzero(asked), part, first, odds, swing, expected)


def _chances(holdings: Holdings, evidence: Array, counted: Array) -> Array:
    """Per line: chance that it is acute; NaN where the question does not arise."""
    acute = holdings.of_form("acute").astype(bool) & holdings.functional
    chance = np.zeros(holdings.count)
    np.maximum.at(chance, holdings.line[acute], CHANCE[holdings.rank[acute]])
    known = counted & (evidence > 0)
    surely = int((known & (chance >= CHANCE[LIKELY])).sum())
    base = (surely + 1.0) / (int(known.sum()) + 2.0)
    return np.where(counted & (evidence <= 0), base, np.where(known, chance, np.nan))


def _parts(lines: pd.DataFrame, asked: Array) -> tuple[Array, Array]:
    """For each asked line its part (equal fingerprints are one), and each part's first line."""
    at = np.flatnonzero(asked)
    prints = lines["fingerprint"].to_numpy(dtype=object)[at]
    keys = np.where(prints == "", lines["id"].to_numpy(dtype=object)[at], prints)
    part, _ = pd.factorize(keys)
    _, first = np.unique(part, return_index=True)
    return part, at[first]


def _worded(
    order: Array, found: _Open, holdings: Holdings, bom: BillOfMaterials, contents: Contents,
    reference: Reference,
) -> pd.DataFrame:  # fmt: skip
    lines = bom.lines
    ids = lines["id"].to_numpy(dtype=object)
    unknown = contents.recognitions["evidence"].cat.codes.to_numpy() <= 0
    names = _names(reference)
    suspects = _usual_suspects(holdings, names)
    rows = []
    for one in order:
        line = int(found.first[one])
        minerals = [] if unknown[line] else _acute_minerals(holdings, line)
        rows.append(
            {
                "line": line,
                "lines": ";".join(str(ids[other]) for other in found.at[found.part == one]),
                "supplier": str(lines["supplier"].iloc[line] or lines["manufacturer"].iloc[line]),
                "what": "part" if unknown[line] else "presence",
                "chance": float(found.odds[one]),
                "swing_pct": float(found.swing[one]),
                "expected_pct": float(found.expected[one]),
                "minerals": ";".join(minerals),
                "question": _question(
                    lines.iloc[line],
                    [names.get(mineral, mineral) for mineral in minerals],
                    suspects,
                ),
            }
        )
    return ASK_NEXT.conform(pd.DataFrame(rows, columns=ASK_NEXT.names))


def _names(reference: Reference) -> dict[str, str]:
    heads = reference.supply[reference.supply["headline"]].drop_duplicates("mineral")
    return {str(mineral): str(mineral).replace("-", " ") for mineral in heads["mineral"]}


def _acute_minerals(holdings: Holdings, line: int) -> list[str]:
    acute = holdings.of_form("acute").astype(bool) & holdings.functional & (holdings.line == line)
    order = sorted(set(zip(-holdings.rank[acute], holdings.mineral[acute], strict=True)))
    return list(dict.fromkeys(holdings.minerals[mineral] for _, mineral in order))


def _usual_suspects(holdings: Holdings, names: dict[str, str]) -> list[str]:
    """The acute minerals that the rest of the BOM holds most often, at most six."""
    acute = holdings.of_form("acute").astype(bool) & (holdings.rank >= LIKELY)
    counts = np.bincount(holdings.mineral[acute], minlength=len(holdings.minerals))
    order = sorted(np.flatnonzero(counts), key=lambda one: (-counts[one], holdings.minerals[one]))
    return [names.get(holdings.minerals[one], holdings.minerals[one]) for one in order[:6]]


def _question(line: Any, minerals: list[str], suspects: list[str]) -> str:
    number = str(line["part_number"] or line["mpn"] or line["supplier_part"])
    text = str(line["description"] or line["value"])
    part = f"{number} ({text})" if number and text else number or text or f"row {line['row']}"
    part = " ".join(part.split())
    if minerals:
        held = _listed(minerals)
        each, was = (" of each", "was each") if len(minerals) > 1 else ("", "was it")
        return (
            f"Does {part} contain {held}, how much{each} (mg per piece or percent of mass), "
            f"and in which country {was} refined? A full material declaration (IPC-1752A or IMDS) "
            "tells what and how much; it names no country of refining: ask for that apart."
        )
    among = f", in particular of {_listed(suspects, 'or')}" if suspects else ""
    return (
        f"What is {part} made of{among}? A full material declaration (IPC-1752A or IMDS) answers "
        "this; the material's designation and the mass of one piece would help."
    )


def _listed(words: list[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
