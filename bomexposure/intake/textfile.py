"""Text tables: which encoding, which delimiter, which rows; detected, shown, overridable."""

from __future__ import annotations

import csv
import io
import re
import statistics
from itertools import pairwise

from bomexposure.intake.words import header_words, squeeze
from bomexposure.model.errors import WorkbookError

csv.field_size_limit(16_000_000)

DELIMITERS = ("\t", ";", ",", "|")
_BY_NAME = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "pipe": "|"}
CODE_PAGES = (
    "cp1252", "cp932", "gb18030", "cp949", "big5", "cp1251", "koi8-r", "cp1250", "cp1254", "euc-jp",
)  # fmt: skip
_TWO_SCRIPTS = re.compile(
    r"[A-Za-z](?=[а-яёА-ЯЁ])|[а-яёА-ЯЁ](?=[a-z])|[a-z](?=[\u3040-\u9fff\uac00-\ud7af][a-z])"
)
_HAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LONE = re.compile(f"(?:(?<=[A-Za-z])[{_HAN}](?![{_HAN}])|(?<![{_HAN}])[{_HAN}](?=[A-Za-z]))")
_RULE = re.compile(r"[\s|+\-=_─━│]*[-=_─━]{3,}[\s|+\-=_─━│]*")
_FRAME = re.compile(r"\s*\|.*\|\s*")


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; `encoding` overrides the guess.

    Raises WorkbookError when the given encoding is unknown or does not fit.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except (LookupError, UnicodeDecodeError):
            raise WorkbookError(
                f"The file does not read as {encoding}.",
                "Leave the encoding empty to have it detected, or try utf-8, cp1252 or utf-16.",
            ) from None
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),  # noqa: E501
        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        text = data.decode("utf-8")
        return text, "ascii" if text.isascii() else "utf-8"
    except UnicodeDecodeError as fault:
        # a file cut off or damaged in a few bytes is still UTF-8 to its reader
        if fault.start > 2000 and _mostly_utf8(data):
            return data.decode("utf-8", errors="replace"), "utf-8"
    best = best_code_page(data)
    return data.decode(best, errors="replace"), best


def best_code_page(data: bytes, among: tuple[str, ...] = CODE_PAGES) -> str:
    """The code page in which bytes that are not UTF-8 read most like words."""
    sample = _sample(data)
    return max(among, key=lambda name: (_plausible(sample, name), -among.index(name)))


def _utf16_without_mark(data: bytes) -> str:
    head = data[:4000]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = len(head) / 2
    if odd > 0.3 * half and odd > 3 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and even > 3 * odd else ""


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    strange = text.count("\ufffd")
    return 20 * strange < sum(not char.isascii() for char in text)


def _sample(data: bytes) -> bytes:
    """The lines that tell encodings apart: the first ones, and those with bytes beyond ASCII."""
    lines = data[:2_000_000].splitlines()
    telling = [line for line in lines[60:] if not line.isascii()][:400]
    return b"\n".join([*lines[:60], *telling])


def _plausible(sample: bytes, encoding: str) -> float:
    """How much the sample reads like words in this encoding; -inf where it cannot be read."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    beyond = [char for char in text if not char.isascii()]
    if not beyond:
        return 0.0
    score = sum(_weight(char, encoding) for char in beyond) / len(beyond)
    # a capital inside a word is what Cyrillic read in the wrong code page looks like
    odd_case = len(re.findall(r"[а-яёà-öø-ÿ][А-ЯЁÀ-ÖØ-Þ]|\b[А-Я][а-я]*[А-Я]{2,}[а-я]", text))
    score -= 2.0 * odd_case / len(beyond)
    # so are letters of two scripts within one word
    score -= 2.0 * len(_TWO_SCRIPTS.findall(text)) / len(beyond)
    # one sign of the East alone against a Latin letter is an accent and the letter behind it:
    # "Hülse" reads as "H黮se" in GB18030. Squared, since a few ("USB线") are words of the East
    score -= 1.5 * (len(_LONE.findall(text)) / len(beyond)) ** 2
    # a symbol or capital letter between small Latin letters is a misread accent
    score -= 2.0 * len(re.findall(r"[a-z][¡-¿×÷€-™][a-z]", text)) / len(beyond)
    known = header_words()
    cells = {
        squeeze(cell) for line in text.splitlines()[:30] for cell in re.split(r"[\t;,|]", line)
    }
    hits = sum(1 for cell in cells if cell and not cell.isascii() and cell in known)
    accented = sum(
        1
        for line in text.splitlines()[:30]
        for cell in re.split(r"[\t;,|]", line)
        if not cell.isascii() and squeeze(cell.strip('" ')) in known
    )
    return score + min(hits + accented, 6)


def _weight(char: str, encoding: str) -> float:
    code = ord(char)
    if 0x3040 <= code <= 0x30FF or 0xAC00 <= code <= 0xD7A3 or 0x4E00 <= code <= 0x9FFF:
        # GB18030 and Big5 give any bytes rare characters; kana and Hangul are hard to hit by chance
        return 0.9 if code >= 0x4E00 and code <= 0x9FFF else 1.0
    if 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E:
        return 0.8
    if 0x0410 <= code <= 0x044F or code in (0x401, 0x451):
        return 0.9 if code >= 0x0430 else 0.6
    if char in "äöüßÄÖÜéèêàçùâîôûëïñáíóúãõìòåøæ°µ²³±×€–’“”„•…®™½¼¾£øØ":
        return 0.85
    if encoding in ("cp1250", "cp1254") and char in "ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűğışİĞŞ":
        return 0.85
    if 0xFF61 <= code <= 0xFF9F:
        return 0.1
    if code < 0xA0 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
        return -2.0
    return 0.1


def delimiter_named(name: str) -> str:
    """The character for `comma`, `tab`, ... or for the character itself."""
    return _BY_NAME.get(name.strip().casefold(), name if len(name) == 1 else name.strip()[:1])


def split(text: str, delimiter: str = "") -> tuple[list[list[str]], str]:
    """The rows and the delimiter; row n of the result is row n + 1 as Excel would number it.

    Understands quoted fields, `sep=;` in the first line, reports framed by pipes and dashes, and
    files whose every record was quoted once more as a whole.
    """
    text = text.replace("\x00", "")
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared and not delimiter:
        delimiter = declared.group(1)
    if not delimiter and _markdown(text):
        return _markdown_rows(text), "|"
    if not delimiter and _framed(text):
        return _framed_rows(text), "|"
    if not delimiter:
        delimiter = _best_delimiter(text)
    rows = _parse(text, delimiter)
    if declared:
        rows[0] = []
    if _doubly_quoted(rows):
        inner = "\n".join(row[0].replace("\n", " ") if row else "" for row in rows)
        rows, delimiter = split(inner)
    return rows, delimiter


def _parse(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        # a stray carriage return or an endless quote: take the lines as they stand
        return [line.split(delimiter) for line in text.splitlines()]


def _best_delimiter(text: str) -> str:
    """The delimiter that cuts most lines into the same number of fields, and into many."""
    head = "\n".join(text.splitlines()[:400])
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _parse(head, delimiter) if any(cell.strip() for cell in row)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = statistics.mode(wide)
        share = sum(width == common for width in wide) / len(widths)
        score = share * (1 + min(common, 12) / 12) + 0.5 * len(wide) / len(widths)
        # decimal commas make commas plentiful, never the other way round
        if score > best_score * (1.0 if delimiter != "," else 1.05) or not best_score:
            best, best_score = delimiter, score
    return best


def _doubly_quoted(rows: list[list[str]]) -> bool:
    filled = [row for row in rows if row and any(cell.strip() for cell in row)]
    if len(filled) < 2 or any(
        len(row) > 1 and any(c.strip() for c in row[1:]) for row in filled[:50]
    ):
        return False
    counts = [max(row[0].count(mark) for mark in DELIMITERS) for row in filled[:50]]
    return min(counts) >= 1 and statistics.median(counts) >= 2


_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)\)")
_EMPHASIS = re.compile(r"\*\*|__|`|</?(?:sup|sub|b|i|strong|em)>|<br\s*/?>")


def _markdown(text: str) -> bool:
    """Whether a text holds a table as README files write it, whatever stands around it."""
    lines = text.splitlines()[:2000]
    return any(
        _MARKDOWN_RULE.fullmatch(line) and above.count("|") >= max(1, line.count("|") - 2)
        for above, line in pairwise(lines)
    )


def _markdown_cell(cell: str) -> str:
    """A cell as it is shown: links by their words, emphasis left out."""
    shown = _LINK.sub(lambda found: found.group(1).strip() or found.group(2), cell.strip())
    return _EMPHASIS.sub(" ", shown).strip() if "[" in cell or _EMPHASIS.search(cell) else cell


def _markdown_rows(text: str) -> list[list[str]]:
    rows = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare or _MARKDOWN_RULE.fullmatch(line):
            rows.append([""])
        elif "|" in bare:
            cells = bare.removeprefix("|").removesuffix("|").split("|")
            rows.append([_markdown_cell(cell).rstrip() for cell in cells])
        else:
            rows.append([line])
    return rows


def _framed(text: str) -> bool:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    framed = sum(bool(_FRAME.fullmatch(line)) for line in lines)
    rules = sum(bool(_RULE.fullmatch(line)) for line in lines)
    return framed >= 2 and framed - rules >= 1 and (framed + rules) >= 0.5 * len(lines)


def _framed_rows(text: str) -> list[list[str]]:
    rows = []
    for line in text.splitlines():
        if not line.strip() or _RULE.fullmatch(line):
            rows.append([""])
        elif _FRAME.fullmatch(line):
            rows.append([cell.rstrip() for cell in line.strip()[1:-1].split("|")])
        else:
            rows.append([line])
    return rows


def aligned_by_tabs(rows: list[list[str]]) -> bool:
    """Whether tabs only align columns: the header has several in a row, and cells of other lines
    do not stand below its names."""
    filled = [{at for at, cell in enumerate(row) if cell.strip()} for row in rows[:400]]
    head = next((places for places in filled if len(places) >= 3), set())
    widths = [len(row) for row in rows[:400] if any(cell.strip() for cell in row)]
    exported = widths.count(statistics.mode(widths)) > 0.6 * len(widths) if widths else True
    if len(head) < 3 or max(head) + 1 < 1.5 * len(head) or exported:
        return False
    below = [place for places in filled[filled.index(head) + 1 :] for place in places]
    return bool(below) and sum(place in head for place in below) < 0.8 * len(below)
