"""A published figure as a footnote: who says it, where, when and in which words."""

from __future__ import annotations

from bomexposure.model.sources import Figure
from bomexposure.present import numbers
from bomexposure.present.words import tr

OWN_SET = "knowledge"
"""The program's own set: what materials and parts are made of."""
_OWN_KINDS = {
    "handbook": "Handbook value",
    "estimate": "Estimate of this program",
    "lookup": "Looked up",
    "derived": "Worked out",
}
_SAYS_NOTHING = ("whole page", "text", "none")
_REGISTER = "; sources "
"""What follows it in the register of countries are the short names of its own sources."""


def sourced(source: str, kind: str) -> str:
    """A source of the program's own lists with its kind first.

    >>> sourced("EN 1706", "handbook"), sourced("comparison table", "lookup")
    ('Handbook: EN 1706', 'Looked up: comparison table')
    """
    head = {"handbook": "Handbook", "estimate": "Estimate", "lookup": "Looked up"}.get(kind, kind)
    return ": ".join(one for one in (head, source) if one)


def place_words(figure: Figure) -> str:
    """Whose figure it is and where it stands, without its value.

    The program's own figures name their kind and their reason instead of a publication.
    """
    locator = figure.locator.partition(_REGISTER)[0]
    if locator in _SAYS_NOTHING:
        locator = ""
    year = numbers.year(figure.year) if figure.year else ""
    if figure.set == OWN_SET:
        kind = _OWN_KINDS.get(figure.kind, figure.kind.capitalize())
        locator = locator.removeprefix("engineering estimate").lstrip(":;, ")
        return f"{kind}: {locator}" if locator else kind
    publisher = "" if figure.publisher == "none looked up" else figure.publisher
    head = f"{publisher}: {figure.title}" if publisher else figure.title
    return ", ".join(part for part in (head[:1].upper() + head[1:], locator, year) if part)


def value_words(figure: Figure) -> str:
    """The value as printed in the publication, or as the program's own set states it."""
    if figure.set != OWN_SET:
        words = tr("printed “{words}”", words=figure.printed) if figure.printed else ""
    else:
        words = numbers.marked_within(figure.printed)
    if figure.kind == "derived":
        return (
            tr("{words}, worked out from it", words=words).removeprefix(", ")
            if words
            else "worked out from it"
        )
    marked = figure.kind in ("handbook", "estimate") and figure.set != OWN_SET
    return (
        tr("{words}, marked {kind}", words=words, kind=figure.kind).removeprefix(", ")
        if marked
        else words
    )


def footnote(figure: Figure) -> str:
    """Place and value in one sentence."""
    return ", ".join(part for part in (place_words(figure), value_words(figure)) if part)


def footnotes(figures: list[Figure]) -> list[str]:
    """Footnotes in their order; one from the place of the note before says what is new in it.

    A list of contents comes from one place: its name is not written nine times over.
    """
    told = []
    before = ""
    for figure in figures:
        place, value = place_words(figure), value_words(figure)
        told.append(
            tr("the same, {value}", value=value) if place == before and value else footnote(figure)
        )
        before = place
    return told
