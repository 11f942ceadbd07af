"""The lines that a filter chip keeps."""

from __future__ import annotations

import numpy as np

from bomexposure.gui.linebook import Bools, LineBook
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis


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
