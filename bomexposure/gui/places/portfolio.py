"""Portfolio: several BOMs side by side, ranked, with what they share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget, QWidget

from bomexposure.gui.blocks import EmptyState, Segments, button, card, column, label, row
from bomexposure.gui.charts.base import Chart
from bomexposure.gui.charts.frame import ChartCard
from bomexposure.gui.charts.heat import KEY_SPLIT, Heat
from bomexposure.gui.context import Context
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.products import Made, Told, read_products
from bomexposure.gui.spectable import SpecTable
from bomexposure.gui.viewstate import View
from bomexposure.intake.endings import ENDINGS
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices
from bomexposure.model.errors import BomExposureError
from bomexposure.model.progress import Progress
from bomexposure.model.whole_file import write_whole
from bomexposure.present import numbers
from bomexposure.present import portfolio as present
from bomexposure.present.words import shortened, tr
from bomexposure.project import portfolio_list, store
from bomexposure.project.portfolio_list import Member

VIEWS = (
    ("products", "Products"), ("minerals", "Minerals"), ("parts", "Shared parts"),
    ("suppliers", "Suppliers"), ("events", "Controls"),
)  # fmt: skip
KINDS = (
    f"Parts lists and projects ({' '.join(f'*{one}' for one in (*ENDINGS, store.SUFFIX))})"
    ";;All files (*)"
)
LIST_KINDS = f"Lists of products (*{portfolio_list.SUFFIX})"
KEPT = "portfolio"
"""Where the list stands in the settings, so that it is there again next time."""
NAME_LETTERS = 24
"""Of the open document on its button."""


class PortfolioPlace(Place):
    """Products above, minerals by product below; a double click opens the product."""

    name = "portfolio"
    title = "Portfolio"
    hint = "Drop parts lists here. A double click opens a product; nothing leaves this computer."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.members: tuple[Member, ...] = self._kept()
        self.told: Told | None = None
        self._made: Made = {}
        self._asked: object = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(context.messages.fault)
        self.jobs.idle.connect(self._say_when_empty)
        self.jobs.progressed.connect(self._say_progress)
        self.jobs.cancelled.connect(lambda: self._say_progress("Stopped", 0, 0))
        self.setAcceptDrops(True)
        self._make_header()
        self._make_pages()
        context.analyst.reference_loaded.connect(lambda _facts: self._ask_if_shown())

    # --- building ---------------------------------------------------------------------------

    def _make_header(self) -> None:
        self.views = Segments(VIEWS)
        self.views.chosen.connect(self.show_page)
        self.header.addWidget(self.views)
        self.open_button = button(
            "", self._add_open, tip="Put the open document on the list, as it lies on disk"
        )
        self.acts.addWidget(self.open_button)
        self.acts.addWidget(button("Add BOMs…", self._choose, primary=True))
        self.list_button = button(
            "Open list…", self._open_list, tip="A list of products that was saved before"
        )
        self.acts.addWidget(self.list_button)
        self.write_button = button(
            "Workbook…", self._write, tip="All tables of the portfolio as an Excel workbook"
        )
        self.acts.addWidget(self.write_button)

    def _make_pages(self) -> None:
        looks = self.context.looks
        self.products = SpecTable(looks, in_card=True)
        self.products.setAccessibleName(tr("Products, most exposed first"))
        self.products.opened.connect(self._open)
        self.volume = QLineEdit()
        self.volume.setFixedWidth(looks.type.s(90))
        self.volume.setPlaceholderText(tr("unknown"))
        self.volume.setAccessibleName(tr("Products a year of the selected product"))
        self.volume.editingFinished.connect(self._set_volume)
        self.take_off = button("Take off the list", self._take_off)
        self.save_list = button(
            "Save list…", self._save_list, tip="Paths and volumes, to open again or to share"
        )
        self._note = label("", "caption")
        products = card()
        products.setLayout(
            column(
                row(label("Products, most exposed first", "heading"), self._note, None,
                    label("Products a year", "caption"), self.volume, self.take_off,
                    self.save_list, gap=10, margins=(16, 10, 12, 6)),
                self.products, gap=0, margins=(0, 0, 0, 6),
            )
        )  # fmt: skip
        self.heat = Heat(looks, "minerals-by-product")
        self.heat.chosen.connect(self._choose_cell)
        self.heat.opened.connect(self._open_cell)
        self.heat_card = ChartCard(self.heat, self.context, scrolls=True)
        self._notes = label("", "small2", wrap=True)
        self._notes.setContentsMargins(20, 0, 16, 0)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(20, 0, 16, 16)
        self.grid.setSpacing(14)
        self.products_card = products
        self._arrange()
        both = QWidget()
        both.setLayout(self.grid)
        self.table = SpecTable(looks, in_card=True)
        holder = card()
        self._table_title = label("", "heading")
        self._table_note = label("", "caption", wrap=True)
        holder.setLayout(
            column(
                column(self._table_title, self._table_note, gap=1, margins=(16, 12, 16, 8)),
                self.table, gap=0, margins=(0, 0, 0, 6),
            )
        )  # fmt: skip
        others = QWidget()
        others.setLayout(column(holder, margins=(20, 0, 16, 16)))
        self.empty = EmptyState(looks, "portfolio")
        self.pages = QStackedWidget()
        for one in (self.empty, both, others):
            self.pages.addWidget(one)
        self.body.addWidget(self._notes)
        self.body.addWidget(self.pages, 1)
        self._notes.hide()

    def _arrange(self) -> None:
        """Products over the matrix; beside it on a large window."""
        wide = self.width() >= self.context.looks.type.s(1700)
        for one in (self.products_card, self.heat_card):
            self.grid.removeWidget(one)
        self.grid.addWidget(self.products_card, 0, 0)
        self.grid.addWidget(self.heat_card, 0 if wide else 1, 1 if wide else 0)
        for at, share in ((0, 9 if not wide else 1), (1, 0 if wide else 11)):
            self.grid.setRowStretch(at, share)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1 if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- what is shown ----------------------------------------------------------------------

    def show_analysis(self, analysis: Analysis | None, book: LineBook | None) -> None:
        del analysis, book
        self._offer_open()
        self._ask_if_shown()

    def show_view(self, view: View) -> None:
        self.show_chips(view)
        self._ask_if_shown()
        self.show_page(self.views.current)

    def show_page(self, key: str) -> None:
        """Turn to one of VIEWS."""
        self.views.choose(key)
        portfolio = self.told.portfolio if self.told is not None else None
        self._offer_open()
        for one in (self.write_button, self.save_list):
            one.setEnabled(portfolio is not None)
        if portfolio is None or not len(portfolio.products):
            self.pages.setCurrentIndex(0)
            self._tell_empty()
            return
        self.pages.setCurrentIndex(1 if key == "products" else 2)
        if key != "products":
            spec = {
                "minerals": present.minerals_table, "suppliers": present.suppliers_table,
                "events": present.events_table, "parts": present.parts_table,
            }[key](portfolio)  # fmt: skip
            self.table.show_spec(spec)
            self._table_title.setText(spec.title if len(spec) else spec.empty)
            self._table_note.setText(spec.caption)
            self._table_note.setVisible(bool(spec.caption))

    def _tell_empty(self) -> None:
        if self.jobs.busy:
            self.empty.tell("Reading the products…", "Stop", self.jobs.cancel)
        elif self.members:
            self.empty.tell("None of the products on the list could be read.", "Add BOMs…",
                            self._choose)  # fmt: skip
        else:
            self.empty.tell(
                "Drop the parts lists of several products here, to see which of them hangs most "
                "on critical minerals, and which minerals and parts they share.",
                "Add BOMs…", self._choose,
            )  # fmt: skip

    def _say_when_empty(self) -> None:
        if self.pages.currentIndex() == 0:
            self._tell_empty()

    def _say_progress(self, words: str, done: int, total: int) -> None:
        self._note.setText(
            tr("{words}, {done} of {total}", words=words, done=done + 1, total=total)
            if total
            else words
        )
        if self.pages.currentIndex() == 0 and self.jobs.busy:
            self.empty.tell(self._note.text(), "Stop", self.jobs.cancel)

    # --- computing --------------------------------------------------------------------------

    def _ask_if_shown(self) -> None:
        if self.context.view.view.place == self.name:
            self._ask()

    def _base(self) -> Choices:
        """What makes products comparable: day, method, threshold and rates of the window."""
        own = self.context.document.project.choices
        return Choices(
            own.as_of, own.method, rates=own.rates, acute_threshold=own.acute_threshold,
            excluded=own.excluded, weights=own.weights, own_materials=own.own_materials,
        )  # fmt: skip

    def _ask(self) -> None:
        """Read what is new on the list; what was read before stays as it is."""
        reference = self.context.analyst.reference
        members, base = self.members, self._base()
        if reference is None or (members, base) == self._asked:
            return
        self._asked = (members, base)
        run, made = self.context.analyst.run, dict(self._made)

        def work(progress: Progress) -> tuple[Told, Made]:
            return read_products(
                members, base, made, lambda one: run(one, reference, progress), progress
            )

        self.jobs.start("Reading the products", work, self._take)
        if self.told is None:
            self.show_page(self.views.current)

    def _take(self, result: tuple[Told, Made]) -> None:
        told, made = result
        if told.members != self.members:
            return
        self.told, self._made = told, made
        said = [
            *(f"⚠ {one}" for one in told.faults),
            *(told.portfolio.notes if told.portfolio is not None else ()),
        ]
        self._notes.setText("\n".join(said))
        self._notes.setVisible(bool(said))
        if told.portfolio is not None:
            spec = present.products_table(told.portfolio)
            self.products.show_spec(spec)
            self.products.selectionModel().selectionChanged.connect(lambda *_: self._tell_row())
            words = numbers.count(len(spec), "product")
            day = numbers.day(self.context.document.project.choices.as_of)
            self._note.setText(tr("{words}, as of {day}", words=words, day=day))
            figure = present.heat_map(told.portfolio)
            self.heat_card.tell("Minerals by product", f"{figure.title}, %", figure.caption)
            self.heat.show_spec(figure)
            self.heat_card.refresh()
        self._tell_row()
        self.show_page(self.views.current)

    # --- the list ---------------------------------------------------------------------------

    def _kept(self) -> tuple[Member, ...]:
        text = str(self.context.settings.value(KEPT, ""))
        try:
            return portfolio_list.from_text(text, None, "settings") if text else ()
        except BomExposureError:
            return ()

    def set_members(self, members: tuple[Member, ...]) -> None:
        """Another list; it is remembered for the next start."""
        self.members = tuple({Path(one.path): one for one in members}.values())
        self.context.settings.setValue(KEPT, portfolio_list.to_text(self.members))
        if not self.members:
            self.told, self._asked = None, None
            self._notes.hide()
        self._ask()
        self.show_page(self.views.current)

    def add(self, paths: list[Path]) -> None:
        """Put BOMs, projects or a saved list on the list."""
        fresh: list[Member] = []
        for path in paths:
            if path.suffix.casefold() == portfolio_list.SUFFIX:
                try:
                    fresh += portfolio_list.load(path)
                except BomExposureError as fault:
                    self.context.messages.fault(fault)
            else:
                fresh.append(Member(str(path.absolute())))
        known = {Path(one.path) for one in self.members}
        self.set_members((*self.members, *(m for m in fresh if Path(m.path) not in known)))

    def _choose(self) -> None:
        folder = str(self.context.settings.value("folder", ""))
        self.add(self.context.messages.choose_several("Add BOMs", folder, KINDS))

    def _open_path(self) -> Path | None:
        """The document that is open: its project where it has one, else its workbook."""
        document = self.context.document
        if document.analysis is None:
            return None
        return document.path or Path(document.project.workbook)

    def _offer_open(self) -> None:
        path = self._open_path()
        known = {Path(one.path) for one in self.members}
        self.open_button.setVisible(path is not None and path.absolute() not in known)
        if path is not None:
            self.open_button.setText(tr("Add “{name}”", name=shortened(path.stem, NAME_LETTERS)))

    def _add_open(self) -> None:
        path = self._open_path()
        if path is not None:
            self.add([path])

    def _open_list(self) -> None:
        folder = str(self.context.settings.value("folder", ""))
        path = self.context.messages.choose_open("Open a list of products", folder, LIST_KINDS)
        if path is not None:
            self.add([path])

    def _save_list(self) -> None:
        folder = Path(str(self.context.settings.value("folder", "")))
        path = self.context.messages.choose_save(
            "Save the list of products", folder / f"products{portfolio_list.SUFFIX}", LIST_KINDS
        )
        if path is None:
            return
        try:
            portfolio_list.save(self.members, path)
        except BomExposureError as fault:
            self.context.messages.fault(fault)
        else:
            self.context.messages.say(tr("Written: {name}.", name=path.name), "done")

    def _write(self) -> None:
        portfolio = self.told.portfolio if self.told is not None else None
        folder = Path(str(self.context.settings.value("folder", "")))
        path = self.context.messages.choose_save(
            "Write the portfolio", folder / "portfolio.xlsx", "Excel workbook (*.xlsx)"
        )
        if path is None or portfolio is None:
            return

        def write(target: Path, _progress: Progress) -> None:
            from bomexposure.export.portfolio import portfolio_xlsx

            write_whole(target, portfolio_xlsx(portfolio))

        self.context.write_one(path, write)

    # --- the row in hand --------------------------------------------------------------------

    @property
    def chosen(self) -> Member | None:
        """The selected product."""
        rows = self.products.selectionModel().selectedRows()
        if not rows or self.told is None:
            return None
        path = self.told.paths.get(self.products.cells.key_at(rows[0].row()), "")
        return next((one for one in self.members if one.path == path), None)

    def _tell_row(self) -> None:
        chosen = self.chosen
        self.take_off.setEnabled(chosen is not None)
        self.volume.setEnabled(chosen is not None)
        volume = chosen.volume if chosen is not None else None
        self.volume.setText("" if volume is None else numbers.figure(volume))

    def _set_volume(self) -> None:
        chosen = self.chosen
        text = self.volume.text().strip()
        try:
            volume = numbers.read(text) if text else None
        except ValueError:
            volume = -1.0
        if volume is not None and volume < 0:
            self.context.messages.say(tr("“{text}” is no number of products.", text=text), "warn")
            return
        if chosen is None or volume == chosen.volume or volume == 0:
            return
        self.set_members(
            tuple(replace(one, volume=volume) if one == chosen else one for one in self.members)
        )

    def _take_off(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.set_members(tuple(one for one in self.members if one != chosen))

    def _open(self, product: str) -> None:
        """Open a product in this window."""
        files: Any = getattr(self.window(), "files", None)
        path = self.told.paths.get(product, "") if self.told is not None else ""
        if files is not None and path:
            files.open_path(Path(path))

    def _choose_cell(self, key: str) -> None:
        self.heat.select(key.partition(KEY_SPLIT)[0])
        product = key.partition(KEY_SPLIT)[2]
        if product:
            self.products.select_key(product)

    def _open_cell(self, key: str) -> None:
        self._open(key.partition(KEY_SPLIT)[2])

    # --- drops, keys, exports ---------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])
        event.acceptProposedAction()

    def stop(self) -> None:
        self.jobs.shut_down()

    def focus_target(self) -> QWidget:
        return self.products if self.pages.currentIndex() == 1 else self.table

    def copy_text(self, *, headers: bool) -> str:
        table = self.products if self.views.current == "products" else self.table
        return table.copy_text(headers=headers)

    def charts(self) -> list[Chart]:
        """The matrix."""
        return [self.heat]

    def export_choices(self) -> list[tuple[str, str]]:
        if self.told is None or self.told.portfolio is None:
            return []
        return [("png", "Matrix as PNG"), ("svg", "Matrix as SVG"), ("csv", "Minerals as CSV")]
