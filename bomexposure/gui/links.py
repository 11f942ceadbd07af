"""Where the links of the panel, the tiles of the strip and F4 lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QApplication

from bomexposure.gui.context import Context
from bomexposure.gui.frame import Frame
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.lines import LinesPlace
from bomexposure.gui.spectable import SOURCE_ROLE, SpecTable
from bomexposure.gui.viewstate import Subject
from bomexposure.present import numbers

TILE_QUERIES = {
    "coverage": ("", "unknown"),
    "acute": ("is:acute", "all"),
    "spend-acute": ("is:acute", "all"),
    "nir-50": ("is:reliant", "all"),
    "nir-100": ("is:full", "all"),
    "china-led": ("is:china", "all"),
}
"""Tile -> filter text and segment of the lines that it counts."""


class Links:
    """Turns a target such as 'mineral:gallium' into a view of the window."""

    def __init__(
        self, context: Context, frame: Frame, places: Mapping[str, Place],
        lines: Callable[[], LinesPlace],
    ) -> None:  # fmt: skip
        self._context, self._frame, self._places, self._lines = context, frame, places, lines

    def follow(self, target: str) -> None:
        """Go where a link of the panel points."""
        view = self._context.view
        kind, _, key = target.partition(":")
        match kind:
            case "mineral":
                view.select(Subject("mineral", key, numbers.mineral_name(key)))
            case "lines":
                subject = Subject("mineral", key, numbers.mineral_name(key))
                view.select(subject, place="lines")
            case "line" | "assembly":
                view.select(Subject(kind, key, key), place="lines", filtering=False)
            case "supplier":
                view.select(Subject("supplier", key, key))
            case "country":
                view.select(Subject("country", key, self._country(key)), filtering=False)
            case "event" if "scenarios" in self._places:
                view.select(Subject("event", key, key), place="scenarios")
            case "figure":
                place = "reference" if "reference" in self._places else ""
                view.select(Subject("figure", key, key), place=place, filtering=False)
            case "place" if key in self._places:
                view.go(key)

    def _country(self, iso3: str) -> str:
        facts = self._context.analyst.reference
        if facts is None:
            return iso3
        found = facts.countries.loc[facts.countries["iso3"] == iso3, "country"]
        return str(found.iloc[0]) if len(found) else iso3

    def open_tile(self, key: str) -> None:
        """What stands behind a tile of the strip: mostly the lines that it counts."""
        view = self._context.view
        if key == "as-of":
            self._context.action("ask_as_of").trigger()
            return
        if key == "product":
            view.select(None, filtering=False)
            self._frame.show_panel(True)
            return
        if key == "controls" and "scenarios" in self._places:
            view.go("scenarios")
            return
        query, segment = TILE_QUERIES.get(key, ("", "all"))
        view.go("lines")
        lines = self._lines()
        lines.set_query(query, segment)

    def show_source(self) -> None:
        """The first source of the figure in focus, or of the page in the panel."""
        focus = QApplication.focusWidget()
        ids = ""
        if isinstance(focus, SpecTable):
            ids = str(focus.currentIndex().data(SOURCE_ROLE) or "")
        page = self._frame.panel.page
        if not ids and page is not None:
            notes = getattr(page, "figure_ids", ())
            ids = ";".join(notes)
        first = next((one for one in ids.split(";") if one), "")
        if first:
            self.follow(f"figure:{first}")
        else:
            self._context.messages.say(
                "Select something with a figure: its sources stand in the panel."
            )
