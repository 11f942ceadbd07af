"""Text files whose lines are in more than one encoding, as pieces from several programs make.

A file like that reads in no single encoding; each line does in its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.intake.textfile import CODE_PAGES, best_code_page

_SCRIPTS = (
    ("Latin", 0x00C0, 0x024F), ("Cyrillic", 0x0400, 0x04FF), ("kana", 0x3040, 0x30FF),
    ("Han", 0x4E00, 0x9FFF), ("Hangul", 0xAC00, 0xD7A3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mixed:
    """The text, the encoding of most lines, the other one, and its lines (0-based)."""

    text: str
    encoding: str
    other: str
    lines: tuple[int, ...]


def decode(data: bytes) -> Mixed | None:
    """UTF-8 and one code page side by side; None where the file is in one encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4000]:
        return None
    raw = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    told = [line for line in range(len(raw)) if not raw[line].isascii()]
    foreign = [line for line in told if not _reads(raw[line])]
    if not foreign or len(foreign) == len(told):
        return None
    strange = set(foreign)
    rest = b"\n".join([raw[line] for line in told if line not in strange][:400])
    known = _scripts(rest, "utf-8")
    piece_of_it = b"\n".join(raw[line] for line in foreign[:400])
    pages = tuple(
        page
        for page in CODE_PAGES
        if set() < _scripts(piece_of_it, page) <= known and _writes(rest, page)
    )
    if not pages:
        return None  # what passes for UTF-8 is chance: it shares no script with the rest
    page = best_code_page(piece_of_it, pages)
    text = "\n".join(
        piece.decode(page if line in strange else "utf-8", errors="replace")
        for line, piece in enumerate(raw)
    )
    if 2 * len(foreign) <= len(told):
        return Mixed(text, "utf-8", page, tuple(foreign))
    return Mixed(text, page, "utf-8", tuple(line for line in told if line not in strange))


def _reads(line: bytes) -> bool:
    """Whether a line is UTF-8, a damaged character or two let pass."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", errors="replace")
        lost = text.count("\ufffd")
        return lost <= 2 and sum(not char.isascii() for char in text) > 2 * lost
    return True


def _scripts(data: bytes, encoding: str) -> set[str]:
    """The scripts beyond ASCII that most of the text is in; empty where it does not read."""
    try:
        text = data.decode(encoding, errors="replace" if encoding == "utf-8" else "strict")
    except UnicodeDecodeError:
        return set()
    codes = [ord(char) for char in text if not char.isascii() and char.isalpha()]
    counts = {name: sum(low <= code <= high for code in codes) for name, low, high in _SCRIPTS}
    return {name for name, count in counts.items() if count > 0.2 * len(codes)}


def _writes(data: bytes, page: str) -> bool:
    """Whether the page has the letters of the other lines: one author wrote both."""
    letters = {char for char in data.decode("utf-8", errors="ignore") if char.isalpha()}
    return sum(_has(page, char) for char in letters) >= 0.9 * len(letters)


def _has(page: str, char: str) -> bool:
    try:
        char.encode(page)
    except UnicodeEncodeError:
        return False
    return True
