"""What the window shows: one place, one selection, one set of filters, with back and forward."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

PLACES = (
    "start", "lines", "exposure", "sources", "substitutes", "scenarios", "portfolio", "reference",
    "report",
)  # fmt: skip
"""Top to bottom in the rail; Ctrl+1 to Ctrl+9."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that can be selected and explained.

    Attributes:
        kind: 'mineral', 'line', 'assembly', 'country', 'supplier', 'event' or 'figure'.
        key: mineral id, line id, ISO3, name, event id or figure id.
        label: for the chip and for spoken text.
    """

    kind: str
    key: str
    label: str


FILTERING = ("mineral", "assembly", "country", "supplier")
"""Kinds that filter every place when selected; a line only opens the panel."""


@dataclass(frozen=True, slots=True)
class View:
    """One state of the window that Back can return to."""

    place: str = "start"
    subject: Subject | None = None
    filters: tuple[Subject, ...] = ()


class ViewState(QObject):
    """Holds the current View; every change can be gone back on."""

    changed = Signal(object, object)
    """(before, after)"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = [View()]
        self._at = 0

    @property
    def view(self) -> View:
        return self._views[self._at]

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._views) - 1

    def go(self, place: str) -> None:
        """Show another place with the same selection."""
        self._push(replace(self.view, place=place))

    def select(self, subject: Subject | None, *, place: str = "", filtering: bool = True) -> None:
        """Explain a thing in the panel; minerals, assemblies and countries filter too."""
        filters = self.view.filters
        if subject is not None and filtering and subject.kind in FILTERING:
            # one filter a kind: choosing another mineral replaces the one before
            filters = (*(f for f in filters if f.kind != subject.kind), subject)
        self._push(
            replace(self.view, subject=subject, filters=filters, place=place or self.view.place)
        )

    def drop(self, subject: Subject) -> None:
        """Take one filter off."""
        self._push(replace(self.view, filters=tuple(f for f in self.view.filters if f != subject)))

    def drop_newest(self) -> bool:
        """Take the newest filter off; False when there is none."""
        if not self.view.filters:
            return False
        self.drop(self.view.filters[-1])
        return True

    def drop_all(self) -> None:
        """Take all filters off."""
        self._push(replace(self.view, filters=()))

    def restart(self, place: str) -> None:
        """Forget everything, as for another document."""
        before = self.view
        self._views, self._at = [View(place=place)], 0
        self.changed.emit(before, self.view)

    def back(self) -> None:
        self._move(-1)

    def forward(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        if 0 <= self._at + step < len(self._views):
            before = self.view
            self._at += step
            self.changed.emit(before, self.view)

    def _push(self, view: View) -> None:
        before = self.view
        if view == before:
            return
        self._views = [*self._views[: self._at + 1], view][-60:]
        self._at = len(self._views) - 1
        self.changed.emit(before, view)
