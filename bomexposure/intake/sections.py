"""Heading rows within a table: the title above each line, and how often what it heads is used."""

from __future__ import annotations

import re

import numpy as np

from bomexposure.intake import rows as kinds
from bomexposure.intake.grid import Codes, Grid, Numbers, Texts
from bomexposure.intake.troubles import Troubles

_PIECES = r"(?:pcs|pc|off|stk|st|szt|ks|шт|個|个|台|套|개|adet)\.?"
_COUNT = r"(\d{1,4})"
_BEFORE = re.compile(rf"{_COUNT}\s*(?:[x×*]|{_PIECES}(?=\s))\s*(?=[^\W\d]{{2}})", re.IGNORECASE)
"""'2 x Gearbox', '2 pcs Gearbox'; not '2 x 4 timber'."""
_AFTER = re.compile(
    rf"[^\d\s.,]\s*[\s(\[](?:[x×]\s*{_COUNT}|{_COUNT}\s*(?:[x×]|{_PIECES}))\s*[)\]]?$",
    re.IGNORECASE,
)
"""'Gearbox x2', 'Gearbox (2x)', 'Gearbox (2 off)'; not 'Screws M3 x 10'."""
_NAMED = re.compile(
    r"[^\W\d]{2}.*?(?:\b(?:qty|quantity|menge|anzahl|stückzahl|qté|quantité|nombre|cantidad|"
    r"quantidade|quantità|aantal|ilość|množství|počet|antal|кол-во|количество|miktar)|数量|數量|個数|수량)"
    rf"\.?\s*[:=]?\s*{_COUNT}(?![\d.,])",
    re.IGNORECASE,
)
"""'Gearbox, Qty 3'; the heading must name something beside the number."""


def titles(grid: Grid, body: Codes, sorts: kinds.Kinds) -> Texts:
    """For each row the heading above it, '' where none."""
    found = np.full(len(body), "", dtype=object)
    for place in np.flatnonzero(sorts == kinds.SECTION):
        texts = [text.strip() for text in grid.row_texts(int(body[place])) if text.strip()]
        found[place] = " ".join(texts[0].split()) if texts else ""
    latest = _latest(sorts)
    return np.where(latest >= 0, found[np.maximum(latest, 0)], "") if len(body) else found


def uses(
    grid: Grid, body: Codes, sorts: kinds.Kinds, quantity: int | None, troubles: Troubles
) -> Numbers:
    """For each row how often the section above it stands in the product; 1 where not said.

    The number stands in the heading's words, or in its cell of the `quantity` column.
    """
    times = np.ones(len(body))
    told = []
    for place in np.flatnonzero(sorts == kinds.SECTION):
        row = int(body[place])
        text = " ".join(" ".join(grid.row_texts(row)).split())
        times[place] = count = times_in(text)
        beside = grid.columns[quantity].text(row).strip() if quantity is not None else ""
        if count == 1 and beside != text and re.fullmatch(r"\d{1,4}", beside):
            times[place] = count = int(beside) or 1
        if count != 1:
            told.append((grid.name, row + 1, text))
    if not told:
        return times
    troubles.add_rows(
        "note", "section-multiplied",
        "The quantities below this heading are multiplied by the number that it names.",
        "Take the number out of the heading if the quantities hold for the whole product.", told,
    )  # fmt: skip
    latest = _latest(sorts)
    return np.where(latest >= 0, times[np.maximum(latest, 0)], 1.0)


def times_in(heading: str) -> int:
    """The number of uses that a heading names ('2 x Gearbox', 'Gearbox, Qty 3'), else 1."""
    if len(heading) > 120:
        return 1
    found = _BEFORE.match(heading) or _NAMED.search(heading) or _AFTER.search(heading)
    return int(next(group for group in found.groups() if group)) or 1 if found else 1


def _latest(sorts: kinds.Kinds) -> Codes:
    places = np.where(sorts == kinds.SECTION, np.arange(len(sorts)), -1)
    return np.maximum.accumulate(places).astype(np.intp) if len(sorts) else places.astype(np.intp)
