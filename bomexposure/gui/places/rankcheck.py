"""How sure the ranking is: before the draws a button, after them the chance of each rank."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from bomexposure.exposure.uncertainty import Simulation
from bomexposure.gui.blocks import EmptyState, card, column
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.heat import Heat
from bomexposure.gui.context import Context
from bomexposure.present.ranks import rank_strip


class RankCheck(QStackedWidget):
    """`wanted` asks for the draws, which take a second or more."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.chart = Heat(context.looks, "ranks")
        self.card = ChartCard(self.chart, context, scrolls=True)
        self.empty = EmptyState(context.looks, "exposure")
        holder = card()
        holder.setLayout(column(self.empty))
        self.addWidget(holder)
        self.addWidget(self.card)
        self.show_draws(None)

    def show_draws(self, simulation: Simulation | None) -> None:
        """The result of the draws; None goes back to the button."""
        if simulation is None:
            self.empty.tell(
                "How sure is this ranking? Draw presence, content and supply figures at random "
                "within their published ranges, and see how often each mineral comes first.",
                "Run 1,000 draws", self.wanted.emit,
            )  # fmt: skip
            self.setCurrentIndex(0)
            return
        spec = rank_strip(simulation)
        self.card.tell("How sure the ranking is", f"{spec.title}. {spec.caption}", spec.caption)
        self.chart.show_spec(spec)
        self.card.refresh()
        self.setCurrentIndex(1)

    def wait(self) -> None:
        """The draws are under way."""
        self.empty.tell("Drawing 1,000 times…")
