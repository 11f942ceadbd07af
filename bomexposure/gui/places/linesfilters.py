"""Which lines are on show: segment, filter field and filter chips, and what they say."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from bomexposure.gui import query
from bomexposure.gui.blocks import EmptyState, Segments, label, tip
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import Bools, LineBook
from bomexposure.gui.places.filterfield import FilterField
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.words import tr

SEGMENTS = (("all", "All"), ("review", "To review"), ("unknown", "Not recognised"))


class LinesFilter(QObject):
    """The widgets that narrow the table down, and the lines that they keep.

    The place puts `segments` and `field` into its head, `fault` above the table, and `empty` in
    the table's stead where nothing is kept.

    Signals:
        dropped: all filters were taken off at once.
    """

    dropped = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._book: LineBook | None = None
        self.segments = Segments(SEGMENTS)
        tip(
            self.segments.button("review"),
            "Lines that may be acute or rest on weak evidence, those first whose answer could "
            "move the headline most",
        )
        self.field = FilterField(context.looks)
        self.fault = label("", "fault")
        self.fault.hide()
        self.empty = EmptyState(context.looks, "filter")

    def set_book(self, book: LineBook | None) -> None:
        """Filter another book; without one, what was looked for in the last is forgotten."""
        self._book = book
        self.field.set_book(book)
        if book is None:
            self.field.clear()
            self.segments.choose("all")
            return
        counted = numbers.whole(int(book.counted.sum()))
        self.segments.retitle("all", tr("All {counted}", counted=counted))
        review = numbers.whole(len(book.review))
        self.segments.retitle("review", tr("To review {review}", review=review))
        unknown = numbers.whole(int(((book.evidence == 0) & book.counted).sum()))
        self.segments.retitle("unknown", tr("Not recognised {unknown}", unknown=unknown))

    def chosen(self) -> Bools:
        """Lines that segment, field and chips keep; a faulty text keeps all, and is told."""
        try:
            keep = self.kept(self.field.text())
        except query.QueryError as fault:
            self._say_fault(f"{fault.what} {fault.mend}")
            return self.kept("")
        self._say_fault("")
        return keep

    def kept(self, text: str) -> Bools:
        """Lines that segment, chips and a filter text keep. Raises QueryError."""
        book = self._book
        assert book is not None, "asked of a table without lines"
        keep = query.mask(book, text)
        if self.segments.current == "unknown":
            keep &= (book.evidence == 0) & book.counted
        elif self.segments.current == "review":
            keep &= np.isin(np.arange(book.count), book.review)
        for subject in self._context.view.view.filters:
            keep &= filter_mask(book, subject, self._context.document.analysis)
        return keep

    def tell_empty(self) -> None:
        """Say why no line is on show, and offer the way back."""
        filters = self._context.view.view.filters
        if self.segments.current == "review" and not self.field.text() and not filters:
            self.empty.tell(
                "Nothing is left to review: every counted line is recognised or decided."
            )
        elif filters and not self.field.text():
            names = numbers.listed([one.label for one in filters])
            self.empty.tell(
                tr("No line here holds or belongs to {names}.", names=names),
                "Drop all filters",
                self._drop_all,
            )
        else:
            self.empty.tell("No line matches this filter.", "Clear the filter", self._drop_all)

    def _drop_all(self) -> None:
        self.field.clear()
        self._context.view.drop_all()
        self.dropped.emit()

    def _say_fault(self, text: str) -> None:
        if text == self.fault.text():
            return
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.fault.setContentsMargins(20, 4, 16, 6)
        self.field.setProperty("fault", bool(text))
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


def filter_mask(book: LineBook, subject: Subject, analysis: Analysis | None) -> Bools:
    """Lines that a filter chip keeps."""
    match subject.kind:
        case "mineral":
            return book.holding(subject.key)
        case "assembly":
            found = np.flatnonzero((book.lines["id"] == subject.key).to_numpy())
            return book.below(int(found[0])) if found.size else np.ones(book.count, np.bool_)
        case "supplier":
            return np.asarray((book.lines["supplier"] == subject.key).to_numpy(), np.bool_)
        case "country" if analysis is not None:
            return _led_by(book, subject.key, analysis)
    return np.ones(book.count, dtype=np.bool_)


def _led_by(book: LineBook, iso3: str, analysis: Analysis) -> Bools:
    """Lines that hold a mineral of which the country is the largest producer."""
    countries = analysis.reference.countries
    names = countries.loc[countries["iso3"] == iso3, "country"].tolist()
    led = analysis.exposures.minerals
    keep = np.zeros(book.count, dtype=np.bool_)
    for mineral in led.loc[led["leading_country"].isin(names), "mineral"]:
        keep |= book.holding(mineral)
    return keep
