"""Words on screen in the user's language: one hook for the window and for what `present` words.

Texts are written in English and looked up where they are shown; what no catalogue has stays as it
is. Files are always in English: nothing in `export` asks here. Catalogues are gettext's, in
`resources/locale/<language>/LC_MESSAGES/bomexposure.mo`; the template comes from
tools/extract_words.py.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from bomexposure.model.resources import resource

DOMAIN = "bomexposure"


class Catalogue(Protocol):
    """What gives a text in another language."""

    def gettext(self, message: str, /) -> str: ...


_NONE = gettext.NullTranslations()
_USED: list[Catalogue] = [_NONE]


def use(catalogue: Catalogue | None) -> None:
    """Show words in this catalogue's language from here on; None goes back to English."""
    _USED[0] = catalogue or _NONE


def find(languages: Iterable[str], folder: Path | None = None) -> Catalogue | None:
    """The catalogue of the first language that has one; English needs none.

    `languages` are names such as 'de-DE' or 'de', the most wanted first.
    """
    where = folder or resource("locale")
    for language in languages:
        name = language.replace("-", "_")
        if name.partition("_")[0] in ("en", "C"):
            return None
        path = gettext.find(DOMAIN, str(where), [name])
        if path:
            with Path(path).open("rb") as file:
                return gettext.GNUTranslations(file)
    return None


def tr(text: str) -> str:
    """A text as it is shown; the empty text stays empty (gettext would give its header)."""
    return _USED[0].gettext(text) if text else text


def shortened(text: str, letters: int) -> str:
    """Words cut at a length, with the mark that something is missing."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
