"""Compares our mass ranges with the published compositions of whole products.

    python tools/score_products.py [FOLDER] [--verbose]

FOLDER holds one BOM per product (`NAME.csv`), `index.csv` and `published.csv` (columns product,
element, grams_low, grams_typical, grams_high, scope, source). An element is inside when the
published typical grams lie in our range; else the two ranges overlap or ours is below or above.
Ours is the sum of the lines' ranges. Where `atoms` of index.csv is 'all' the publication counts
atoms (an elemental analysis), so silicon in glass counts too; else such rows are left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bomexposure import intake
from bomexposure.content import break_down
from bomexposure.model.choices import Choices, Reading
from bomexposure.model.knowledge import Knowledge
from bomexposure.model.progress import SILENT
from bomexposure.reference import load_knowledge

SHIPPED = Path(__file__).resolve().parent.parent / "tests" / "data" / "products"
SIDES = ("low", "typical", "high")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One element of one product: published and ours, grams low, typical, high."""

    product: str
    element: str
    published: tuple[float, float, float]
    ours: tuple[float, float, float] | None

    @property
    def verdict(self) -> str:
        """'inside', 'overlaps', 'below', 'above' or 'not seen' (ours against the published)."""
        if self.ours is None:
            return "not seen"
        low, _, high = self.ours
        if low <= self.published[1] <= high:
            return "inside"
        if low <= self.published[2] and self.published[0] <= high:
            return "overlaps"
        return "below" if high < self.published[0] else "above"


def compare(folder: Path) -> list[Comparison]:
    """All published figures of `folder` against ours, in the order of published.csv."""
    knowledge = load_knowledge()
    minerals = {
        str(row["element"]): str(row["mineral"])
        for row in knowledge.tables["elements"].to_dict("records")
    }
    ours: dict[str, dict[str, tuple[float, float, float]]] = {}
    made = []
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        atoms = {row["product"]: row["atoms"] for row in csv.DictReader(file)}
    with (folder / "published.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            product, element = row["product"], row["element"]
            if product not in ours:
                ours[product] = _grams(
                    folder / f"{product}.csv", knowledge, atoms[product] == "all"
                )
            mineral = minerals.get(element, "")
            held = ours[product].get(mineral)
            if element == "REE":
                rare = [grams for name, grams in ours[product].items() if name in RARE_EARTHS]
                held = _added(rare)
            elif not mineral:
                continue
            published = tuple(float(row[f"grams_{side}"]) for side in SIDES)
            made.append(Comparison(product, element, published, held))  # type: ignore[arg-type]
    return made


RARE_EARTHS = frozenset(
    ["cerium", "dysprosium", "erbium", "europium", "gadolinium", "holmium", "lanthanum",
     "lutetium", "neodymium", "praseodymium", "samarium", "terbium", "thulium", "ytterbium"]
)  # fmt: skip


def _added(parts: list[tuple[float, float, float]]) -> tuple[float, float, float] | None:
    if not parts:
        return None
    low, typical, high = (sum(part[place] for part in parts) for place in range(3))
    return low, typical, high


def _grams(path: Path, knowledge: Knowledge, atoms: bool) -> dict[str, tuple[float, float, float]]:
    """Grams of each mineral in one BOM: low, typical, high."""
    bom = intake.read(path, Reading(), SILENT)
    contents = break_down(bom, knowledge, Choices(as_of=date(2026, 1, 1))).contents
    left_out = ["process_input"] if atoms else ["process_input", "other_form"]
    contents = contents[~contents["relation"].isin(left_out)]
    columns = [f"mass_mg_{side}" for side in SIDES]
    summed = contents.groupby("mineral", observed=True)[columns].sum() / 1000.0
    return {
        str(mineral): (low, typical, high)
        for mineral, low, typical, high in summed.itertuples(name=None)
    }


def independent(folder: Path) -> frozenset[str]:
    """Products whose figures did not enter the knowledge tables."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(
            row["product"] for row in csv.DictReader(file) if row["independent"] == "yes"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--verbose", action="store_true", help="print every element")
    given = parser.parse_args()
    made = compare(given.folder)
    for product in dict.fromkeys(one.product for one in made):
        rows = [one for one in made if one.product == product]
        inside = sum(one.verdict == "inside" for one in rows)
        others = "; ".join(
            f"{one.element} {one.verdict}" for one in rows if one.verdict != "inside"
        )
        print(f"{product}: {inside}/{len(rows)} inside" + (f" ({others})" if others else ""))
        for one in rows if given.verbose else ():
            ours = "-" if one.ours is None else "/".join(f"{part:.3g}" for part in one.ours)
            published = "/".join(f"{part:.3g}" for part in one.published)
            print(f"    {one.element:3} published {published}  ours {ours}  {one.verdict}")
    apart = independent(given.folder)
    for name, rows in (
        ("independent", [one for one in made if one.product in apart]),
        ("all", made),
    ):
        inside = sum(one.verdict == "inside" for one in rows)
        overlap = sum(one.verdict in ("inside", "overlaps") for one in rows)
        print(f"{name}: inside {inside}/{len(rows)}, overlapping {overlap}/{len(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
