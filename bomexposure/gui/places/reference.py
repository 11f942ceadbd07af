# ruff: noqa: E501 (sentences that are shown stand on one line)
"""Reference: every mineral with its figures, and every figure with its publication."""

from __future__ import annotations

import numpy as np
import pandas as pd
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QWidget

from bomexposure.gui.blocks import EmptyState, Segments, column, label
from bomexposure.gui.context import Context
from bomexposure.gui.explain_figure import tell_figure
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.places.base import Place
from bomexposure.gui.searchfield import SearchField
from bomexposure.gui.spectable import SpecTable
from bomexposure.gui.viewstate import Subject, View
from bomexposure.model.analysis import Analysis
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.glossary import defined
from bomexposure.present.minerals import supply_facts
from bomexposure.present.shown import ShownTable
from bomexposure.present.specs import ColumnSpec, TableSpec
from bomexposure.present.words import tr

SEGMENTS = (("minerals", "Minerals"), ("figures", "Figures"), ("sets", "Data sets"))
ROWS_EACH = 10
"""Producers, import sources and prices shown in the page of a mineral."""


PAINTED_MS = 10


class ReferencePlace(Place):
    """A searchable table left, the chosen thing in full at the right."""

    name = "reference"
    title = "Reference"
    hint = "Figures carry the value as printed; nothing is filled in where a source is silent."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Reference | None = None
        self._laid_out = False
        self._told = ("", "")
        """Segment and key that the page at the right tells of."""
        self._texts: dict[str, list[str]] = {}
        self.segments = Segments(SEGMENTS)
        self.segments.chosen.connect(lambda _key: self._show_segment())
        self.field = SearchField(
            context.looks, "Search minerals, publications, values", "Search the reference"
        )
        self.field.setMinimumWidth(context.looks.type.s(300))
        self.field.textChanged.connect(lambda _text: self._filter())
        self.header.addWidget(self.segments)
        self.header.addWidget(self.field)
        self.edition = label("", "text2")
        self.acts.addWidget(self.edition)
        # the table shows where the cursor went before the page, which takes longer, tells of it
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(PAINTED_MS)
        self._painted.timeout.connect(self._write_page)
        self.tables: dict[str, SpecTable] = {}
        self.stack = QStackedWidget()
        for key, _words in SEGMENTS:
            table = SpecTable(context.looks)
            table.chosen.connect(self._chosen)
            table.selectionModel().currentRowChanged.connect(
                lambda _now, _old: self._painted.start()
            )
            self.tables[key] = table
            self.stack.addWidget(table)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side = side = QFrame()
        side.setMinimumWidth(context.looks.type.s(300))
        side.setObjectName("panel")
        side.setLayout(column(self.area, gap=0))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.stack)
        self.split.addWidget(side)
        # the panel keeps its width, the table takes what a larger window gives
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setSizes([980, context.looks.type.s(330)])
        self.split.setCollapsible(1, False)
        self.split.setHandleWidth(1)
        self.empty = EmptyState(context.looks, "reference")
        self.empty.tell("The reference data is being loaded.")
        self.body.addWidget(self.split, 1)
        self.body.addWidget(self.empty, 1)
        self.split.hide()
        context.analyst.reference_loaded.connect(self._load)
        context.looks.changed.connect(self._restyle)

    # --- showing ----------------------------------------------------------------------------

    def _load(self, facts: Reference) -> None:
        """Take the facts; the tables are laid out when the place is first entered."""
        self._facts, self._laid_out, self._told = facts, False, ("", "")
        if self.isVisible():
            self._lay_out(facts)

    def _lay_out(self, facts: Reference) -> None:
        if self._laid_out:
            return
        self._laid_out = True
        self.edition.setText(facts.edition)
        self.empty.hide()
        self.split.show()
        self._texts = {}
        minerals = int(facts.supply["headline"].sum())
        counts = {"minerals": minerals, "figures": len(facts.sources), "sets": len(facts.sets)}
        for key, words in SEGMENTS:
            self.segments.retitle(key, f"{tr(words)} {numbers.whole(counts[key])}")
        self._fill(self.segments.current)
        self.tables[self.segments.current].selectRow(0)

    def _fill(self, segment: str) -> None:
        """Lay a table out when it is first turned to."""
        if self._facts is None or segment in self._texts:
            return
        spec = _SPECS[segment](self._facts)
        self.tables[segment].show_spec(spec)
        cells = [[str(v) for v in spec.rows[one.key].tolist()] for one in spec.columns]
        self._texts[segment] = ["\n".join(parts).casefold() for parts in zip(*cells, strict=True)]

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del book
        if analysis is not None and self._facts is not analysis.reference:
            self._load(analysis.reference)

    def show_view(self, view: View) -> None:
        if self._facts is None:
            return
        self._lay_out(self._facts)
        self._painted.start()
        subject = view.subject
        if subject is None:
            return
        if subject.kind == "figure":
            self._go("figures", subject.key)
        elif subject.kind == "mineral":
            self._go("minerals", subject.key)

    def _go(self, segment: str, key: str) -> None:
        self.field.clear()
        self.segments.choose(segment)
        self._show_segment()
        self.tables[segment].select_key(key)
        index = self.tables[segment].currentIndex()
        if index.isValid():
            self.tables[segment].scrollTo(index)
        self._chosen(key)

    def _show_segment(self) -> None:
        """Turn to a table; the page at the right tells of its own selected row."""
        table = self.tables[self.segments.current]
        self._fill(self.segments.current)
        self.stack.setCurrentWidget(table)
        self._filter()
        if table.currentIndex().isValid():
            self._chosen(table.cells.key_at(table.currentIndex().row()))
        elif table.cells.rowCount():
            table.selectRow(0)

    def _filter(self) -> None:
        key = self.segments.current
        words = self.field.text().casefold().split()
        texts = self._texts.get(key, [])
        keep = np.fromiter(
            (all(word in text for word in words) for text in texts), np.bool_, len(texts)
        )
        self.tables[key].cells.only(keep)

    def _chosen(self, key: str) -> None:
        facts = self._facts
        told = (self.segments.current, key)
        if facts is None or not key or told == self._told:
            return
        self._told = told
        page = Page(self.context.looks, facts.sources)
        match self.segments.current:
            case "minerals":
                mineral_facts(page, facts, key)
            case "figures" if key in facts.sources:
                tell_figure(page, facts.sources[key])
            case "sets":
                set_facts(page, facts, key)
        page.finish()
        page.linked.connect(self._linked)
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.area.setWidget(page)

    def _linked(self, target: str) -> None:
        kind, _, key = target.partition(":")
        if kind == "figure":
            self.context.view.select(Subject("figure", key, key), filtering=False)

    def _restyle(self) -> None:
        self.side.setMinimumWidth(self.context.looks.type.s(300))
        self._told = ("", "")
        if self.isVisible():
            self._write_page()

    def _write_page(self) -> None:
        """The page at the right; after a change of looks anew, in its colours and sizes."""
        table = self.tables[self.segments.current]
        self._chosen(table.cells.key_at(table.currentIndex().row()))

    def stop(self) -> None:
        self._painted.stop()

    def focus_target(self) -> QWidget:
        return self.tables[self.segments.current]

    def find_field(self) -> QWidget | None:
        return self.field

    def copy_text(self, *, headers: bool) -> str:
        return self.tables[self.segments.current].copy_text(headers=headers)

    def shown_table(self) -> ShownTable | None:
        """The rows on show, in their order."""
        cells = self.tables[self.segments.current].cells
        if cells.spec is None:
            return None
        columns = range(len(cells.spec.columns))
        with numbers.spoken(numbers.FIXED):  # it goes to a file
            rows = [
                [str(cells.index(at, n).data() or "") for n in columns]
                for at in range(cells.rowCount())
            ]
        return ShownTable(
            self.title, [one.head for one in cells.spec.columns], len(rows), lambda: rows
        )

    def export_choices(self) -> list[tuple[str, str]]:
        return [("csv", "These rows as CSV"), ("xlsx", "These rows as Excel")]


# --- tables ----------------------------------------------------------------------------------------


def minerals_spec(facts: Reference) -> TableSpec:
    """One row a tracked mineral, listed ones first, by name."""
    heads = facts.supply[facts.supply["headline"]]
    rows = heads.assign(
        title=[
            f"{numbers.mineral_name(one)} ({symbol})" if symbol else numbers.mineral_name(one)
            for one, symbol in zip(heads["mineral"], heads["symbol"], strict=True)
        ],
        listed=heads["critical_2025"].map({True: "yes", False: "no"}),
        peak_words=[numbers.stage(one) for one in heads["china_peak_stage"]],
        share_words=[numbers.stage(one) for one in heads["china_share_stage"]],
        leader=heads["leading_country"].replace("", tr(numbers.NOT_PUBLISHED)),
        unpublished=tr(numbers.NOT_PUBLISHED),
    ).sort_values(["critical_2025", "mineral"], ascending=[False, True], kind="stable")
    columns = (
        ColumnSpec("title", "Mineral"),
        ColumnSpec("listed", "2025 list", tooltip="An entry of the 2025 U.S. List of Critical Minerals"),
        ColumnSpec("nir_low", "Reliance", "%", "reliance", "nir_high", "nir_printed",
                   "nir_source", tooltip=defined("reliance")),
        # the stage that the index takes stands before the one that USGS heads its table with
        ColumnSpec("china_peak_low", "China at most", "%", "percent", "china_peak_high", "unpublished",
                   "china_peak_source", tooltip="China's share of world output at the stage where it is highest"),
        ColumnSpec("peak_words", "at the stage"),
        ColumnSpec("china_share_pct", "China by USGS", "%", "percent", "", "unpublished", "china_share_source",
                   tooltip="China's share in the USGS table, at the stage that the table gives"),
        ColumnSpec("share_words", "at the stage"),
        ColumnSpec("leader", "Leading producer", "", "text", "", "", "leading_source"),
    )  # fmt: skip
    return TableSpec("reference", "Minerals", columns, rows.reset_index(drop=True), "mineral")


def figures_spec(facts: Reference) -> TableSpec:
    """One row a citable figure."""
    rows = facts.sources.every
    columns = (
        ColumnSpec("locator", "Where"),
        ColumnSpec("printed", "Printed"),
        ColumnSpec("year", "Year"),
        ColumnSpec("publisher", "Publisher"),
        ColumnSpec("title", "Publication"),
        ColumnSpec("kind", "Kind"),
        ColumnSpec("id", "Figure id", shown=False),
    )
    return TableSpec("figures", "Figures", columns, rows, "id")


def sets_spec(facts: Reference) -> TableSpec:
    """One row a data set."""
    rows = pd.DataFrame(
        {
            "id": [one.id for one in facts.sets],
            "title": [one.title for one in facts.sets],
            "publisher": [one.publisher for one in facts.sets],
            "edition": [one.edition for one in facts.sets],
            "licence": [one.licence for one in facts.sets],
        }
    )
    columns = (
        ColumnSpec("title", "Data set"),
        ColumnSpec("publisher", "Publisher"),
        ColumnSpec("edition", "Edition"),
        ColumnSpec("licence", "Licence"),
        ColumnSpec("id", "Id"),
    )
    return TableSpec("sets", "Data sets", columns, rows, "id")


_SPECS = {"minerals": minerals_spec, "figures": figures_spec, "sets": sets_spec}


# --- pages -----------------------------------------------------------------------------------------


def mineral_facts(page: Page, facts: Reference, mineral: str) -> None:
    """Everything that is published about one mineral, cited."""
    supply = facts.supply[facts.supply["mineral"] == mineral]
    heads = supply[supply["headline"]]
    if heads.empty:
        return
    head = heads.iloc[0]
    listed = tr(
        "On the 2025 U.S. list" if head["critical_2025"] else "Tracked, not on the 2025 list"
    )
    symbol = f"{head['symbol']} · " if head["symbol"] else ""
    page.head("", escape(numbers.mineral_name(mineral)), escape(f"{symbol}{listed}"))
    page.facts(
        (one.name, f"{escape(one.words)}{page.cite(one.sources)}")
        for one in supply_facts(head)
        if one.name != "Import-China index"
    )
    if head["uses"]:
        page.text(f"{strong('Uses.')} {escape(str(head['uses']))}")
    if head["note"]:
        page.text(escape(str(head["note"])), "caption")
    others = supply[~supply["headline"]]
    if len(others):
        page.section("Other traded forms")
        page.facts(
            (
                str(one["form"]),
                "reliance "
                + escape(numbers.reliance(float(one["nir_low"]), float(one["nir_high"]), str(one["nir_printed"])))
                + page.cite(str(one["nir_source"])),
            )
            for one in others.to_dict("records")
        )  # fmt: skip
    _producers(page, facts, mineral)
    _imports(page, facts, mineral)
    _prices(page, facts, mineral)
    _plants(page, facts, mineral)


def _producers(page: Page, facts: Reference, mineral: str) -> None:
    rows = facts.producers[facts.producers["mineral"] == mineral]
    page.section("Who makes it", "share of world output")
    if rows.empty:
        page.text("No publication gives this mineral by country.")
    for (stage, publisher), part in rows.groupby(["stage", "publisher"], sort=True):
        newest = part[part["year"] == part["year"].max()]
        newest = newest.sort_values("share_low", ascending=False, kind="stable")
        year = numbers.year(str(newest["year"].iat[0]))
        page.text(f"{strong(escape(str(stage)))} {escape(f'{year}, {publisher}')}", "small")
        page.facts(
            (
                str(one["country"]),
                numbers.percent(float(one["share_low"]), float(one["share_high"]))
                + page.cite(str(one["source"])),
            )
            for one in newest.head(ROWS_EACH).to_dict("records")
        )


def _imports(page: Page, facts: Reference, mineral: str) -> None:
    rows = facts.import_sources[facts.import_sources["mineral"] == mineral]
    if rows.empty:
        return
    page.section("Where U.S. imports come from")
    for (form, period), part in rows.groupby(["form", "period"], sort=False):
        page.text(f"{strong(escape(str(form)))} {escape(numbers.year(str(period)))}", "small")
        page.facts(
            (
                str(one["country"]),
                numbers.percent(float(one["share_low"]), float(one["share_high"]))
                + page.cite(str(one["source"])),
            )
            for one in part.head(ROWS_EACH).to_dict("records")
        )


def _prices(page: Page, facts: Reference, mineral: str) -> None:
    rows = facts.prices[facts.prices["mineral"] == mineral]
    if rows.empty:
        return
    page.section("Prices")
    page.facts(
        (
            str(one["form"]),
            escape(f"{one['printed']} {one['unit']}, {numbers.year(str(one['year']))}")
            + page.cite(str(one["source"])),
        )
        for one in rows.tail(ROWS_EACH).to_dict("records")
    )


def _plants(page: Page, facts: Reference, mineral: str) -> None:
    rows = facts.suppliers[facts.suppliers["mineral"] == mineral]
    if rows.empty:
        return
    page.section("Plants outside China")
    for one in rows.head(ROWS_EACH).to_dict("records"):
        doubt = ", unconfirmed" if one["unconfirmed"] else ""
        words = ", ".join(str(one[k]) for k in ("company", "facility") if one[k])
        tail = ", ".join(str(one[k]) for k in ("status", "stage", "capacity", "as_of") if one[k])
        page.text(f"{escape(words)}{page.cite(str(one['source']))}<br>{escape(tail)}{doubt}")


def set_facts(page: Page, facts: Reference, key: str) -> None:
    """A data set: edition, licence, hash, known gaps."""
    one = next((found for found in facts.sets if found.id == key), None)
    if one is None:
        return
    page.head("Data set", escape(one.title))
    page.facts(
        (name, escape(value))
        for name, value in (
            ("Publisher", one.publisher),
            ("Edition", one.edition),
            ("Published", numbers.day(one.published)),
            ("Retrieved", numbers.day(one.retrieved)),
            ("Licence", one.licence),
            ("Address", one.url),
            ("SHA-256", f"{one.sha256[:16]}…" if one.sha256 else ""),
        )
        if value
    )
    if one.gaps:
        page.section("Known gaps")
        for gap in one.gaps:
            page.text(escape(gap))
