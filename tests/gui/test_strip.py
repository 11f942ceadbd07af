"""The headline strip says less in each tile before it hides one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bomexposure.gui.looks import Looks
from bomexposure.gui.strip import Strip
from bomexposure.present.specs import Bar, Tile

TILES = (
    Tile("product", "coolant-pump", "155 lines · $106.75", "", "volume not given"),
    Tile("coverage", "Coverage of the BOM", "99", "%",
         bars=(Bar("lines", 99.0, "99 %"), Bar("spend", 99.0, "99 %"))),
    Tile("acute", "Acute minerals", "15", "of 33 found", "12 surely; index can reach 50"),
    Tile("spend-acute", "Spend in acute lines", "30–33", "%",
         "16–19 % surely; 31–33 % more in lesser roles"),
    Tile("nir-50", "Spend on ≥ 50 % reliant", "85–87", "%",
         "26 minerals; 61–81 % without Al, Cu, Si"),
    Tile("nir-100", "Spend on 100 % reliant", "18–50", "%", "11 minerals"),
    Tile("china-led", "Spend on China-led", "85–87", "%", "64–81 % without Al, Cu, Si"),
    Tile("controls", "Export controls in force", "17", "", "next dated change 27 Nov 2026",
         brief=("Controls in force", "next 27 Nov 2026")),
    Tile("as-of", "As of", "22 Nov 2026", "", "Data: MCS 2026"),
)  # fmt: skip


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[Strip]:
    looks = Looks()
    looks.set(choice="light", scale=1.0)
    window = QWidget()
    qtbot.addWidget(window)
    made = Strip(looks)
    made.setParent(window)
    made.show_tiles(TILES)
    window.show()
    yield made
    window.close()


def shown(strip: Strip) -> list[str]:
    return [one.tile.key for one, _line in strip._made if not one.isHidden()]


def test_every_tile_stands_whole_in_a_small_window(strip: Strip) -> None:
    strip.resize(1280, 76)
    assert shown(strip) == [tile.key for tile in TILES]
    for one, _line in strip._made:
        for words in one.findChildren(QLabel):
            assert words.width() >= words.minimumSizeHint().width(), words.text()
    acute = strip._made[2][0]
    assert "index can reach 50" not in [words.text() for words in acute.findChildren(QLabel)]
    assert "index can reach 50" in acute.toolTip()


def test_a_large_window_tells_all_and_coverage_goes_last(strip: Strip) -> None:
    strip.resize(2000, 76)
    words = [one.text() for one in strip.findChildren(QLabel)]
    assert "26 minerals; 61–81 % without Al, Cu, Si" in words
    strip.resize(380, 76)
    assert "coverage" in shown(strip)
    assert "nir-50" not in shown(strip)


def test_tiles_that_are_replaced_leave_nothing_behind(strip: Strip, qtbot: QtBot) -> None:
    before = len(strip.findChildren(QWidget))
    for _time in range(3):
        strip.show_tiles(TILES)
    qtbot.waitUntil(lambda: len(strip.findChildren(QWidget)) == before)
