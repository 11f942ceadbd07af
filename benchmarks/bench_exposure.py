"""Seconds that exposure and scenario take on a large BOM.

    python benchmarks/bench_exposure.py 100000

Lines and contents are drawn with a fixed seed; supply is the shipped edition. Prints one row per
step, and last the work of all results as a ratio to that of reading a workbook of as many lines,
measured in the same run: below 1, the answer takes less time than the reading.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from bench_intake import build

from bomexposure import exposure, intake, reference, scenario
from bomexposure.exposure.ask_next import ask_next
from bomexposure.model.bom import ISSUES, LINES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import CONTENTS, RECOGNITIONS, WHYS, Contents
from bomexposure.model.supply import Reference
from bomexposure.scenario.country_loss import country_loss

PER_LINE = 6
AS_OF = date(2026, 11, 22)


def large_bom(count: int, facts: Reference) -> tuple[BillOfMaterials, Contents]:
    """A BOM of assemblies of ten lines, each holding what a random shipped subject holds."""
    random = np.random.default_rng(20261122)
    heads = np.arange(count) // 10 * 10
    is_head = np.arange(count) % 10 == 0
    lines = LINES.conform(
        {
            "id": [str(one + 2) for one in range(count)],
            "row": range(2, count + 2),
            "counted": ~is_head,
            "has_children": is_head,
            "parent_line": np.where(is_head, -1, heads),
            "supplier": [f"Supplier {one}" for one in random.integers(0, 500, count)],
            "category": [f"Group {one}" for one in random.integers(0, 40, count)],
            "currency": ["USD"] * count,
            "cost_total": random.random(count) * 10.0,
            "quantity_total": [1.0] * count,
            "fingerprint": [f"part {one}" for one in random.integers(0, count // 2 + 1, count)],
        }
    )
    rows = facts.knowledge.compositions
    rows = rows[rows["presence"].notna()]
    held = rows.iloc[random.integers(0, len(rows), count * PER_LINE)].reset_index(drop=True)
    columns: dict[str, Any] = {
        name: held[name].astype("category") if name in ("mineral", "form", "source") else held[name]
        for name in ("mineral", "form", "presence", "function", "relation", "source")
    }
    for end in ("low", "typical", "high"):
        columns[f"wt_pct_{end}"] = held[f"wt_pct_{end}"]
        columns[f"mass_mg_{end}"] = held[f"wt_pct_{end}"] * 100.0
    at = np.sort(random.integers(0, count, count * PER_LINE))
    contents = CONTENTS.conform(
        pd.DataFrame({"line": at, **columns}).assign(
            evidence=pd.Categorical(["inferred"] * len(at))
        )
    )
    recognitions = RECOGNITIONS.conform(
        {
            "component_class": ["FAST_GEN"] * count,
            "evidence": ["inferred"] * count,
            "mass_g_typical": [10.0] * count,
        }
    )
    book = BillOfMaterials("large.csv", "", "csv", "", "", (), (), lines, lines[[]], ISSUES.empty())
    return book, Contents(recognitions, contents, WHYS.empty(), ISSUES.empty())


WORK: dict[str, float] = {}
"""Processor seconds of each step."""


def timed(name: str, call: Callable[[], Any]) -> Any:
    start, worked = time.perf_counter(), time.process_time()
    made = call()
    WORK[name] = time.process_time() - worked
    print(f"{name:<24}{time.perf_counter() - start:8.2f} s{WORK[name]:10.2f} s of work")
    return made


def main(count: int) -> None:
    facts, choices = reference.load(), Choices(as_of=AS_OF)
    book, found = large_bom(count, facts)
    print(f"{count:,} lines, {len(found.contents):,} contents")
    controls = timed("controls", lambda: scenario.controls_on(book, found, facts, choices))
    scored = timed("score", lambda: exposure.score(book, found, facts, choices, controls))
    timed("sourcing", lambda: scenario.sourcing_options(scored.minerals, facts, choices))
    timed(
        "one scenario",
        lambda: scenario.play(("replay-2024-12-03",), book, found, scored, facts, choices),
    )
    spend = scored.lines["spend"].to_numpy(dtype=float)
    timed("country loss", lambda: country_loss(book, found, facts, spend))
    timed("ask next", lambda: ask_next(book, found, facts, choices))
    results = sum(WORK.values())
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "large.xlsx", count)
        timed("reading a workbook", lambda: intake.read(path))
    print(f"results / reading = {results / WORK['reading a workbook']:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
