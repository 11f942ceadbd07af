"""The form for a scenario of the user's own: cuts, purchases from elsewhere, another demand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFrame

from bomexposure.gui.blocks import Combo, button, column, label, number_field, row
from bomexposure.gui.looks import Looks
from bomexposure.model.analysis import Analysis
from bomexposure.model.scenario import Cut, Shift, Tariff
from bomexposure.present import numbers
from bomexposure.present.charts import listed_minerals
from bomexposure.present.words import tr
from bomexposure.scenario.sourcing import stages_of


class OwnCut(QFrame):
    """Every button is one move: `wanted` carries a Cut, `shifted` a Shift, `demanded` a factor,
    `taxed` a Tariff."""

    wanted = Signal(object)
    shifted = Signal(object)
    demanded = Signal(float)
    taxed = Signal(object)
    swap_asked = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("card")
        self._analysis: Analysis | None = None
        self.country, self.mineral, self.stage = Combo(), Combo(), Combo()
        self.percent = _percent("Part of its supply that is cut, percent")
        for field, words, wide in (
            (self.country, "Country that stops supplying", 150),
            (self.mineral, "Mineral that it stops supplying", 140),
            (self.stage, "Stage that the cut speaks of", 150),
        ):
            field.setAccessibleName(words)
            field.setToolTip(words)
            field.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
            field.setMaximumWidth(looks.type.s(wide + 50))
            field.setMinimumWidth(looks.type.s(wide - 30))
        self.mineral.currentIndexChanged.connect(lambda _at: self._offer_stages())
        self.share = _percent("Part of the need that is bought there, percent")
        self.share.setValue(50)
        self.what, self.source = Combo(), Combo()
        for field in (self.what, self.source):
            field.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
            field.setMaximumWidth(looks.type.s(150))
            field.setMinimumWidth(looks.type.s(84))
        self.what.setAccessibleName(tr("Mineral that is bought elsewhere"))
        self.source.setAccessibleName(tr("Country that it is bought from"))
        self.factor = number_field(20.0, 2, least=0.05, before="× ")
        self.factor.setSingleStep(0.1)
        self.factor.setValue(1.5)
        self.factor.setAccessibleName(tr("Demand as a multiple of today's"))
        self.rate = _percent("Tariff on parts from a country, percent of their price", most=1000.0)
        self.rate.setValue(25)
        self.origin = Combo()
        self.origin.setAccessibleName(tr("Country that the parts come from"))
        self.origin.setToolTip(tr("Lines say where they come from in their column of origin"))
        self.origin.setMinimumWidth(looks.type.s(120))
        self.setLayout(
            column(
                row(
                    label("Without"), self.percent, label("of the supply from"), self.country,
                    label("of"), self.mineral, label("at"), self.stage,
                    button("Cut it", self._send), None, gap=8,
                ),
                row(
                    label("Buy"), self.share, label("of the"), self.what, label("from"),
                    self.source, button("Buy there", self._shift), 16, label("Demand"),
                    self.factor,
                    button("Set demand", lambda: self.demanded.emit(self.factor.value())),
                    None, gap=8,
                ),
                row(
                    label("Tariff of"), self.rate, label("on parts from"), self.origin,
                    button("Set tariff", self._tax), 16,
                    button("Another material…", self.swap_asked.emit, link=True), None, gap=8,
                ),
                gap=8, margins=(16, 8, 12, 8),
            )
        )  # fmt: skip
        self.setFocusProxy(self.percent)

    def forget(self) -> None:
        """Nothing is open any more."""
        self._analysis = None

    def offer(self, analysis: Analysis) -> None:
        """The producers and the minerals of a BOM."""
        self._analysis = analysis
        held = listed_minerals(analysis)["mineral"].tolist()
        made = analysis.reference.producers
        made = made[made["mineral"].isin(held) & (made["iso3"] != "") & (made["share_low"] > 0)]
        ranked = made.groupby("iso3")["share_low"].sum().sort_values(ascending=False)
        names = dict(zip(made["iso3"], made["country"], strict=True))
        for field in (self.country, self.source, self.origin):
            chosen = field.currentData()
            field.clear()
            for iso3 in ranked.index:
                if field is not self.source or iso3 not in analysis.choices.excluded:
                    field.addItem(names[iso3], iso3)
            field.setCurrentIndex(max(0, field.findData(chosen)))
        self.mineral.clear()
        self.mineral.addItem(tr("every mineral"), "*")
        self.what.clear()
        for mineral in held:
            self.mineral.addItem(numbers.mineral_name(mineral), mineral)
            self.what.addItem(numbers.mineral_name(mineral), mineral)
        self._offer_stages()

    def _offer_stages(self) -> None:
        self.stage.clear()
        self.stage.addItem(tr("the worst stage"), "")
        mineral = str(self.mineral.currentData() or "")
        if self._analysis is None or mineral in ("", "*"):
            return
        found = stages_of(
            self._analysis.reference.producers, mineral, self._analysis.choices.excluded
        )
        for name in dict.fromkeys(stage.name for stage in found):
            self.stage.addItem(numbers.stage(name), name)

    def _send(self) -> None:
        iso3 = str(self.country.currentData() or "")
        if iso3:
            part = self.percent.value() / 100
            stage = str(self.stage.currentData() or "")
            self.wanted.emit(Cut(iso3, str(self.mineral.currentData()), stage, part, part))

    def _tax(self) -> None:
        iso3 = str(self.origin.currentData() or "")
        if iso3:
            self.taxed.emit(Tariff(iso3, self.rate.value()))

    def _shift(self) -> None:
        iso3, mineral = str(self.source.currentData() or ""), str(self.what.currentData() or "")
        if iso3 and mineral:
            self.shifted.emit(Shift(mineral, iso3, self.share.value() / 100))


def _percent(words: str, most: float = 100.0) -> QDoubleSpinBox:
    field = number_field(most, least=1.0, after=" %")
    field.setValue(100)
    field.setAccessibleName(words)
    field.setToolTip(words)
    return field
