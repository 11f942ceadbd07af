"""Nothing is cut while there is another line to stand on, and like things are alike in height."""

from __future__ import annotations

import fakes
import pandas as pd
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QTextDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui.blocks import FilterChip, Segments, button, row
from bomexposure.gui.charts.calendar import Calendar
from bomexposure.gui.charts.dumbbell import Dumbbell
from bomexposure.gui.looks import Looks
from bomexposure.gui.panelpage import Page
from bomexposure.gui.sheet import style_sheet
from bomexposure.gui.spectable import SpecTable
from bomexposure.gui.wrapping import Wrapping
from bomexposure.present import charts, policy
from bomexposure.present.specs import ColumnSpec, TableSpec

COUNTRIES = (
    "United Arab Emirates", "Australia", "Brazil", "Canada", "China", "Germany", "France", "Greece",
    "India", "Iran", "Japan", "Kazakhstan", "South Korea", "Mexico", "Namibia", "North Korea",
)  # fmt: skip


def test_chips_of_many_countries_go_on_in_another_line(qtbot: QtBot) -> None:
    looks = Looks()
    held = Wrapping()
    qtbot.addWidget(held)
    chips = [FilterChip(one, looks, "excluded country") for one in COUNTRIES]
    held.fill(chips)
    held.resize(600, 30)
    held.show()
    qtbot.waitExposed(held)
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)
    lines = {chip.geometry().center().y() for chip in chips}
    assert 2 <= len(lines) <= 4
    assert held.rect().contains(chips[-1].geometry())
    one = held.height()
    held.resize(2400, held.height())
    assert held.height() < one  # no line is kept that nothing stands on


def test_a_long_figure_of_the_panel_is_shown_whole(qtbot: QtBot) -> None:
    page = Page(Looks(), None)
    qtbot.addWidget(page)
    page.figures(
        [
            ("Spend in its lines", "CHF 1,745,080–12,214,598", "certain – with likely", ""),
            ("In one product", "2.35 kg", "", ""),
        ]
    )
    page.finish()
    page.setStyleSheet(style_sheet(page.looks.theme, page.looks.type))
    page.resize(356, 300)
    page.show()
    qtbot.waitExposed(page)
    made = next(one for one in page.findChildren(QLabel) if "12,214,598" in one.text())
    told = QTextDocument()
    told.setDefaultFont(made.font())
    told.setHtml(made.text())
    told.setTextWidth(made.width())
    assert told.idealWidth() <= made.width() + 1
    assert made.height() >= told.size().height() - 2 * told.documentMargin() - 1


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_views_are_as_tall_as_buttons_whichever_is_chosen(qtbot: QtBot, scale: float) -> None:
    looks = Looks()
    looks.set(scale=scale)
    views = Segments((("a", "Overview"), ("b", "Pareto"), ("c", "Heat map")))
    beside, holder = button("Export"), QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(row(views, beside))
    holder.setStyleSheet(style_sheet(looks.theme, looks.type))
    holder.show()
    qtbot.waitExposed(holder)
    views.choose("c")
    heights = {views.button(key).sizeHint().height() for key in ("a", "b", "c")}
    assert heights == {beside.sizeHint().height()}
    assert {views.button(key).height() for key in ("a", "b", "c")} == heights
    looks.set(scale=1.0)


def test_heads_of_a_narrow_table_stand_in_lines_that_hold_them(qtbot: QtBot) -> None:
    looks = Looks()
    columns = (
        ColumnSpec("figure", "Figure"),
        *(ColumnSpec(f"s{at}", f"{at}: {words}") for at, words in enumerate((
            "China's licences of 4 April 2025 are withheld: seven rare earths and their magnets",
            "The suspensions of November 2026 end without renewal",
            "The Democratic Republic of the Congo halts cobalt exports again",
        ))),
    )  # fmt: skip
    rows = pd.DataFrame([["Minerals surely cut", "1", "6", "1"]], columns=[c.key for c in columns])
    table = SpecTable(looks)
    qtbot.addWidget(table)
    table.resize(560, 200)
    table.show()
    table.show_spec(TableSpec("compared", "Side by side", columns, rows, "figure"))
    qtbot.waitExposed(table)
    header = table.horizontalHeader()
    metrics = QFontMetrics(looks.type.font("small", bold=True))
    for number in range(len(columns)):
        room = QRect(0, 0, header.sectionSize(number) - 16, 999)
        words = str(table.cells.headerData(number, Qt.Orientation.Horizontal))
        box = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
        assert box.height() <= header.height()
    table.resize(2400, 200)  # with room for all they stand in one line again
    qtbot.waitUntil(lambda: header.height() < 2 * metrics.height() + 8, timeout=1000)


def test_figures_first_in_a_card_end_where_their_head_does(qtbot: QtBot) -> None:
    table = SpecTable(Looks(), in_card=True)
    qtbot.addWidget(table)
    table.resize(560, 200)
    columns = (ColumnSpec("row", "Row of the sheet", "", "integer"), ColumnSpec("part", "Part"))
    rows = pd.DataFrame({"row": [7], "part": ["a"]})
    table.show_spec(TableSpec("touched", "Lines", columns, rows, "row"))
    table.show()
    qtbot.waitExposed(table)
    cell = table.visualRect(table.cells.index(0, 0))
    inner = cell.adjusted(2, 2, -2, -2)  # without the lines round it
    left, right = (
        table.viewport().grab(half).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        for half in (
            QRect(inner.left(), inner.top(), inner.width() // 2, inner.height()),
            QRect(inner.center().x(), inner.top(), inner.width() // 2, inner.height()),
        )
    )
    assert len(set(bytes(left.constBits()))) == 1
    assert len(set(bytes(right.constBits()))) > 1


def test_a_title_of_two_lines_makes_its_row_of_the_calendar_taller(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    calendar = Calendar(Looks())
    calendar.setParent(holder)
    calendar.show_spec(policy.calendar(fakes.analysis()))
    assert calendar.spec is not None
    assert calendar.spec.rows
    assert calendar.ideal_height(420) > calendar.ideal_height(2000)
    holder.show()
    calendar.resize(420, 200)
    assert calendar.height() == calendar.ideal_height(calendar.width())


def test_few_minerals_take_the_height_of_a_tall_window(qtbot: QtBot) -> None:
    looks = Looks()
    card = QScrollArea()
    qtbot.addWidget(card)
    dumbbell = Dumbbell(looks)
    card.setWidget(dumbbell)
    card.setWidgetResizable(True)
    dumbbell.show_spec(charts.dumbbell(fakes.analysis()))
    rows = len(dumbbell.spec.rows) if dumbbell.spec is not None else 0
    assert rows

    def row_height(window: int) -> float:
        card.resize(900, window)
        card.show()
        dumbbell.grab()
        return dumbbell.areas[0].rect.height()

    assert row_height(100) == looks.type.s(27)  # and scrolls
    assert row_height(2000) == looks.type.s(40)  # no further: rows stay rows
    # the last row ends where the chart does, and lies in it whole
    assert dumbbell.areas[-1].rect.bottom() == dumbbell.height()


def test_an_axis_of_spend_leaves_little_of_itself_empty() -> None:
    spec = charts.dumbbell(fakes.analysis())
    largest = max(mark.high for row in spec.rows for mark in row.marks if mark.panel == 1)
    assert largest <= spec.axes[1].high <= 1.6 * largest
