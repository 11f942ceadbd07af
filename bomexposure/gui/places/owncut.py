"""The line in which a user takes part of one country's supply away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox

from bomexposure.gui.blocks import button, label, row
from bomexposure.gui.looks import Looks
from bomexposure.model.analysis import Analysis
from bomexposure.model.scenario import Cut
from bomexposure.present import numbers
from bomexposure.present.charts import listed_minerals


class OwnCut(QFrame):
    """Country, mineral and percent; `wanted` carries the Cut."""

    wanted = Signal(object)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("card")
        self.country, self.mineral, self.percent = QComboBox(), QComboBox(), QSpinBox()
        self.country.setAccessibleName("Country that stops supplying")
        self.mineral.setAccessibleName("Mineral that it stops supplying")
        self.percent.setAccessibleName("Part of its supply that is cut, percent")
        self.percent.setRange(1, 100)
        self.percent.setValue(100)
        self.percent.setSuffix(" %")
        self.country.setMinimumWidth(looks.type.s(180))
        self.mineral.setMinimumWidth(looks.type.s(160))
        self.setLayout(
            row(
                label("Without"), self.percent, label("of the supply from"), self.country,
                label("of"), self.mineral, button("Switch on", self._send, primary=False), None,
                margins=(16, 8, 12, 8),
            )
        )  # fmt: skip
        self.setFocusProxy(self.percent)

    def offer(self, analysis: Analysis) -> None:
        """The producers and the minerals of a BOM."""
        held = listed_minerals(analysis)["mineral"].tolist()
        made = analysis.reference.producers
        made = made[made["mineral"].isin(held) & (made["iso3"] != "") & (made["share_low"] > 0)]
        ranked = made.groupby("iso3")["share_low"].sum().sort_values(ascending=False)
        names = dict(zip(made["iso3"], made["country"], strict=True))
        chosen = self.country.currentData()
        self.country.clear()
        for iso3 in ranked.index:
            self.country.addItem(names[iso3], iso3)
        self.country.setCurrentIndex(max(0, self.country.findData(chosen)))
        self.mineral.clear()
        self.mineral.addItem("every mineral", "*")
        for mineral in held:
            self.mineral.addItem(numbers.mineral_name(mineral), mineral)

    def _send(self) -> None:
        iso3 = str(self.country.currentData() or "")
        if iso3:
            part = self.percent.value() / 100
            self.wanted.emit(Cut(iso3, str(self.mineral.currentData()), "", part, part))
