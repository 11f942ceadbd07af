"""What the places show of an Analysis, prepared off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.gui.bookbuild import build
from bomexposure.gui.linebook import LineBook
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import SILENT, Progress
from bomexposure.present import charts, headline, numbers
from bomexposure.present.heat import best_grouping, heat_map
from bomexposure.present.loss_curve import one_out
from bomexposure.present.specs import FigureSpec, Tile
from bomexposure.present.words import shortened, tr


@dataclass(frozen=True, slots=True)
class Showing:
    """Plain data that a new analysis hands to the window at once.

    Attributes:
        book: the lines laid out for the table.
        tiles: the headline strip.
        figures: FigureSpecs by name: 'dumbbell' (by index), 'matters' (the same in the order of
            page one), 'quadrant', 'pareto', 'heat', 'one-out'.
    """

    book: LineBook
    tiles: tuple[Tile, ...]
    figures: dict[str, FigureSpec]


def prepare(
    analysis: Analysis, progress: Progress = SILENT, kept: dict[str, object] | None = None
) -> Showing:
    """Lay everything out that costs more than a moment; `kept` as in `linebook.build`."""
    book = build(analysis, progress, kept)
    progress.step("Drawing the charts", 0, 3)
    tiles = (product_tile(analysis), *headline.tiles(analysis), day_tile(analysis))
    progress.step("Drawing the charts", 1, 3)
    figures = {
        "dumbbell": charts.dumbbell(analysis),
        "matters": charts.dumbbell(analysis, 0, "matters"),
        "quadrant": charts.quadrant(analysis),
        "pareto": charts.pareto(analysis),
        "heat": heat_map(analysis, best_grouping(analysis)),
        "one-out": one_out(analysis),
    }
    progress.step("Drawing the charts", 3, 3)
    return Showing(book, tiles, figures)


def product_tile(analysis: Analysis) -> Tile:
    """What is open: its name, its lines and what one of it costs."""
    head = analysis.exposures.headline
    counted = int(analysis.bom.lines["counted"].sum())
    name = analysis.bom.file.rpartition(".")[0] or analysis.bom.file
    cost = "cost unknown" if head.spend is None else numbers.money(head.spend, head.currency)
    volume = analysis.choices.volume
    below = (
        tr("volume not given")
        if volume is None
        else tr("{volume} products a year", volume=numbers.figure(volume))
    )
    words = f"{numbers.count(counted, 'line')} · {cost}"
    return Tile(
        "product", shortened(name, 28), words, "", below,
        tooltip=tr("{file}. Click to see it all.", file=analysis.bom.file),
    )  # fmt: skip


def day_tile(analysis: Analysis) -> Tile:
    """The day on which controls are judged, and the edition of the data."""
    day = numbers.day(analysis.choices.as_of)
    return Tile(
        "as-of", "As of", day, "", tr("Data: {edition}", edition=analysis.reference.edition),
        tooltip="Export controls are judged on this day. Click to change it.",
    )  # fmt: skip
