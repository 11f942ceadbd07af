"""What the places show of an Analysis, prepared off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.gui.linebook import LineBook, build
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import SILENT, Progress
from bomexposure.present import charts, headline
from bomexposure.present.loss_curve import one_out
from bomexposure.present.specs import FigureSpec, Tile


@dataclass(frozen=True, slots=True)
class Showing:
    """Plain data that a new analysis hands to the window at once.

    Attributes:
        book: the lines laid out for the table.
        tiles: the headline strip.
        figures: FigureSpecs by name: 'dumbbell', 'quadrant', 'pareto', 'heat', 'one-out'.
    """

    book: LineBook
    tiles: tuple[Tile, ...]
    figures: dict[str, FigureSpec]


def prepare(analysis: Analysis, progress: Progress = SILENT) -> Showing:
    """Lay everything out that costs more than a moment."""
    book = build(analysis, progress)
    progress.step("Drawing the charts", 0, 3)
    tiles = headline.tiles(analysis)
    progress.step("Drawing the charts", 1, 3)
    figures = {
        "dumbbell": charts.dumbbell(analysis),
        "quadrant": charts.quadrant(analysis),
        "pareto": charts.pareto(analysis),
        "heat": charts.heat_map(analysis),
        "one-out": one_out(analysis),
    }
    progress.step("Drawing the charts", 3, 3)
    return Showing(book, tiles, figures)
