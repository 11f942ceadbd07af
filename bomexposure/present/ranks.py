"""How sure the ranking of the minerals is: the chance of each rank over seeded draws."""

from __future__ import annotations

from bomexposure.exposure.uncertainty import RANKED, Simulation
from bomexposure.present import numbers
from bomexposure.present.specs import Cell, ColumnSpec, FigureSpec, TableSpec
from bomexposure.present.words import tr

STEPS = (0.005, 0.2, 0.4, 0.6, 0.8)
SHOWN_FROM = 0.05
"""Chance from which a cell carries its figure."""


def rank_strip(simulation: Simulation, count: int = 20) -> FigureSpec:
    """One row a mineral, one column a rank, the chance in the cell."""
    frame = simulation.minerals
    ranks = [f"rank_{rank}" for rank in range(1, RANKED + 1)]
    frame = frame[frame[ranks].sum(axis=1) >= STEPS[0]].head(count).reset_index(drop=True)
    cells = tuple(
        Cell(
            row, column, float(chance), float(chance),
            sum(chance >= step for step in STEPS) if chance > 0 else -1,
            numbers.percent_figure(chance * 100) if chance >= SHOWN_FROM else "",
            tr("{chance} of the draws", chance=numbers.percent(chance * 100)),
        )
        for row, chances in enumerate(frame[ranks].itertuples(index=False, name=None))
        for column, chance in enumerate(chances)
    )  # fmt: skip
    names = [numbers.mineral_name(one) for one in frame["mineral"]]
    rows = frame.assign(name=names, **{one: frame[one] * 100 for one in ranks})
    columns = (
        ColumnSpec("name", "Mineral", width=18),
        *(
            ColumnSpec(one, tr("Rank {number}", number=at), "% of draws", "percent", width=10)
            for at, one in enumerate(ranks, start=1)
        ),
        ColumnSpec("rank_mean", "Mean rank", "", "number", width=10),
    )
    return FigureSpec(
        "rank-strip",
        tr("Ranked by {measure}", measure=simulation.measure),
        cells=cells,
        row_labels=tuple(names),
        column_labels=tuple(tr("Rank {rank}", rank=rank) for rank in range(1, RANKED + 1)),
        row_keys=tuple(frame["mineral"]),
        column_keys=tuple(ranks),
        caption=(
            tr(
                "{draws} draws over presence, content and supply ranges, seed {seed}. "
                "The cell is the chance of the rank, %.",
                draws=numbers.whole(simulation.draws),
                seed=simulation.seed,
            )
        ),
        table=TableSpec("ranks", "How sure the ranking is", columns, rows, "mineral"),
        empty="No mineral of the 2025 list was found, so there is nothing to rank.",
        alt=". ".join(
            tr(
                "{name}: first in {first} of the draws",
                name=name,
                first=numbers.percent(float(first) * 100),
            )
            for name, first in zip(names[:5], frame["rank_1"].head(5), strict=True)
        ),
    )
