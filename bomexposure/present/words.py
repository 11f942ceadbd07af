"""Words on screen in the user's language: one hook for the window and for what `present` words.

Texts are written in English, whole sentences with named places for their figures, and looked up
where they are shown; what no catalogue has stays as it is. Files are always in English: the
language is that of the thread (speech.py), and none is spoken where a file is written. Catalogues
are gettext's, in `resources/locale/<language>/LC_MESSAGES/bomexposure.mo`; the template comes from
tools/extract_words.py.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol

from bomexposure.model.resources import resource
from bomexposure.present.speech import marks

DOMAIN = "bomexposure"


class Catalogue(Protocol):
    """What gives a text in another language; gettext's own classes do."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, one: str, many: str, number: int, /) -> str: ...


_HELD: dict[str, Catalogue] = {}


def hold(language: str, catalogue: Catalogue) -> None:
    """Have a catalogue that is not shipped, under the name of its language."""
    _HELD[language] = catalogue


def find(languages: Iterable[str], folder: Path | None = None) -> str:
    """The first language that has a catalogue, '' where English comes first or none has one.

    `languages` are names such as 'de-DE' or 'de', the most wanted first.
    """
    where = folder or resource("locale")
    for language in languages:
        name = language.replace("-", "_")
        if name.partition("_")[0] in ("en", "C"):
            return ""
        if gettext.find(DOMAIN, str(where), [name]):
            return name
    return ""


@cache
def load(language: str, folder: Path | None = None) -> Catalogue:
    """The shipped catalogue of a language; where there is none, one that changes nothing."""
    where = folder or resource("locale")
    return gettext.translation(DOMAIN, str(where), [language], fallback=True)


def _spoken(language: str) -> Catalogue:
    return _HELD.get(language) or load(language)


def tr(text: str, /, **figures: object) -> str:
    """A text as it is shown, with its figures set in.

    >>> tr("Row {row} holds {mineral}.", row=12, mineral="gallium")
    'Row 12 holds gallium.'
    """
    language = marks().language
    # gettext would give its header for the empty text
    told = _spoken(language).gettext(text) if language and text else text
    return _filled(told, text, figures)


def plural(one: str, many: str, number: int, /, **figures: object) -> str:
    """A text that counts: `one` where the number is 1, `many` for every other in English.

    >>> plural("{count} row follows.", "{count} rows follow.", 2, count="2")
    '2 rows follow.'
    """
    text, language = one if number == 1 else many, marks().language
    told = _spoken(language).ngettext(one, many, number) if language else text
    return _filled(told, text, figures)


def _filled(told: str, text: str, figures: dict[str, object]) -> str:
    if not figures:
        return told
    try:
        return told.format(**figures)
    except (KeyError, IndexError, ValueError):  # a translation with a place that is not there
        return text.format(**figures)


def shortened(text: str, letters: int) -> str:
    """Words cut at a length, with the mark that something is missing."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
