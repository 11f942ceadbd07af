"""Scores recognition on a file of labelled lines, and prints each miss with the words behind it.

    python tools/score_lines.py [LABELS.csv] [--boms FOLDER] [--verbose] [--by COLUMN]

With --boms the labels name `file`, `sheet` and `row` of workbooks in FOLDER, which are read first.

Columns of LABELS.csv: any text columns of a BOM line (description, value, mpn, part_number,
manufacturer, footprint, designator, material, section, category, notes), `minerals_certain`,
`minerals_plausible`, `minerals_absent_trap` (ids, ';' between), and, if wanted, `language`,
`class_hint`. Recall counts certain and likely; a wrong certainty is a mineral that we call certain
and the label neither certain nor plausible.
"""

from __future__ import annotations

import argparse
import collections
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from bomexposure import intake
from bomexposure.content import break_down
from bomexposure.model.bom import ISSUES, LINES, TEXT_ROLES, BillOfMaterials
from bomexposure.model.choices import Choices, Reading
from bomexposure.model.content import Contents
from bomexposure.model.errors import BomExposureError
from bomexposure.model.progress import SILENT
from bomexposure.reference import load_knowledge

SHIPPED = Path(__file__).resolve().parent.parent / "tests" / "data" / "labelled_lines.csv"
COMMON = {"copper", "silicon", "tin", "aluminum", "nickel", "iron"}
UNLISTED = {"gold", "molybdenum", "iron", "cadmium", "selenium", "strontium", "mercury", "thallium"}
UNLISTED |= {"bromine", "iodine", "helium", "neon", "krypton", "xenon", "diamond", "mica"}


@dataclass
class Score:
    """Counts over labelled lines."""

    lines: int = 0
    need: int = 0
    got: int = 0
    rare: int = 0
    rare_got: int = 0
    traps: int = 0
    fallen: int = 0
    sure: int = 0
    wrong: int = 0
    placed: int = 0
    missed: collections.Counter[str] = field(default_factory=collections.Counter)
    blamed: collections.Counter[str] = field(default_factory=collections.Counter)

    def __str__(self) -> str:
        def share(part: int, whole: int) -> str:
            return f"{part}/{whole} ({100 * part / max(1, whole):.1f} %)"

        return (
            f"lines {self.lines}, placed {share(self.placed, self.lines)}, recall "
            f"{share(self.got, self.need)}, beyond Cu Si Sn Al Ni {share(self.rare_got, self.rare)}"
            f", traps {share(self.fallen, self.traps)}, wrong certainties "
            f"{share(self.wrong, self.sure)}"
        )


def as_bom(labels: pd.DataFrame) -> BillOfMaterials:
    """Labelled lines as a bill of materials with one piece of each."""
    texts = {name: labels[name] for name in (*TEXT_ROLES, "section") if name in labels}
    count = len(labels)
    lines = LINES.conform(
        {
            "id": [str(number + 2) for number in range(count)],
            "row": range(2, count + 2),
            **texts,
            "quantity": 1.0,
            "quantity_unit": "pc",
            "quantity_total": 1.0,
            "parent_line": -1,
            "counted": True,
        }
    )
    return BillOfMaterials(
        "labels.csv", "", "csv", "utf-8", ",", (), (), lines, pd.DataFrame(), ISSUES.empty()
    )


def read_boms(labels: pd.DataFrame, folder: Path) -> tuple[pd.DataFrame, list[int]]:
    """LINES of all labelled rows, and for each label its place in them (-1: row not found)."""
    frames = []
    places = [-1] * len(labels)
    offset = 0
    for (file, sheet), group in labels.groupby(["file", "sheet"], sort=True):
        wanted = "" if str(file).endswith(".csv") else str(sheet)
        try:
            bom = intake.read(folder / str(file), Reading(sheet=wanted), SILENT)
        except BomExposureError as fault:
            print(file, sheet, fault)
            continue
        frames.append(bom.lines)
        rows = {
            int(row): offset + number
            for number, row in enumerate(bom.lines["row"])
            if not wanted or bom.lines["sheet"].iloc[number] in ("", wanted)
        }
        for label, row in zip(group.index, group["row"], strict=True):
            places[label] = rows.get(int(float(row)), -1)
        offset += len(bom.lines)
    return LINES.conform(pd.concat(frames, ignore_index=True)), places


def minerals(text: object) -> set[str]:
    """The ids of one cell."""
    return {one.strip().lower().replace(" ", "-") for one in str(text).split(";") if one.strip()}


def score(
    labels: pd.DataFrame, contents: Contents, by: str, places: list[int] | None = None
) -> tuple[dict[str, Score], list[str]]:
    """Scores by group, and one line of text per miss."""
    rows = contents.contents[~contents.contents["relation"].isin(["other_form", "process_input"])]
    held: dict[int, dict[str, str]] = collections.defaultdict(dict)
    for line, mineral, presence in zip(
        rows["line"], rows["mineral"], rows["presence"], strict=True
    ):
        before = held[line].get(mineral, "possible")
        order = ("possible", "likely", "certain")
        held[line][mineral] = max(before, presence, key=order.index)
    scores: dict[str, Score] = collections.defaultdict(Score)
    told = []
    for number, row in enumerate(labels.to_dict("records")):
        line = number if places is None else places[number]
        if line < 0:
            told.append(f"{row.get('file')} row {row.get('row')} was not read as a line")
        certain = minerals(row["minerals_certain"])
        plausible = minerals(row["minerals_plausible"])
        traps = minerals(row["minerals_absent_trap"])
        firm = {name for name, presence in held[line].items() if presence != "possible"}
        sure = {name for name, presence in held[line].items() if presence == "certain"} - UNLISTED
        recognised = contents.recognitions.iloc[line]
        number = line + 2 if places is None else int(float(str(row["row"])))
        group = str(row.get(by, "")) if by else "all"
        for one in {group, "all"}:
            tally = scores[one]
            tally.lines += 1
            tally.placed += str(recognised["evidence"]) not in ("none",)
            tally.need += len(certain)
            tally.got += len(certain & firm)
            tally.rare += len(certain - COMMON)
            tally.rare_got += len((certain - COMMON) & firm)
            tally.traps += len(traps)
            tally.fallen += len(traps & firm)
            tally.sure += len(sure)
            tally.wrong += len(sure - certain - plausible)
            tally.missed.update(certain - firm)
            tally.blamed.update(sure - certain - plausible)
        missed, fell, wrong = certain - firm, traps & firm, sure - certain - plausible
        if missed or fell or wrong:
            words = contents.whys[contents.whys["line"] == line]["rule"].astype(str).tolist()
            texts = [str(row[name]) for name in TEXT_ROLES if row.get(name)]
            told.append(
                f"{row.get('file', '')[:24]} {number}: {' | '.join(texts)[:110]} -> "
                f"{recognised['component_class']} "
                f"[{recognised['materials']}] {words[:5]}"
                + (f" MISSED {sorted(missed)}" if missed else "")
                + (f" TRAP {sorted(fell)}" if fell else "")
                + (f" WRONG {sorted(wrong)}" if wrong else "")
            )
    return dict(scores), told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--boms", type=Path, help="folder of the labelled workbooks")
    parser.add_argument("--verbose", action="store_true", help="print each miss")
    parser.add_argument("--by", default="", help="group by this column of the file")
    given = parser.parse_args()
    labels = pd.read_csv(given.labels, dtype=str, keep_default_na=False)
    bom, places = as_bom(labels), None
    if given.boms:
        lines, places = read_boms(labels, given.boms)
        bom = replace(bom, lines=lines)
    contents = break_down(bom, load_knowledge(), Choices(as_of=date(2026, 1, 1)))
    scores, told = score(labels, contents, given.by, places)
    if given.verbose:
        print("\n".join(told))
    for group in sorted(scores, key=lambda name: (name == "all", name)):
        if group != "all":
            print(f"{group}: {scores[group]}")
    total = scores["all"]
    print("missed most:", total.missed.most_common(10))
    print("wrongly sure of:", total.blamed.most_common(10))
    print(total)
    return 0


if __name__ == "__main__":
    sys.exit(main())
