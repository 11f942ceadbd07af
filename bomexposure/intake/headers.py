"""What a header says its column holds: words in fifteen languages, with what is not sure."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from bomexposure.intake.units import PER_PIECE, header_per, header_price_unit
from bomexposure.intake.words import (
    cjk_phrases,
    currency_words,
    fold,
    header_phrases,
    header_words,
    is_cjk,
    marks,
    squeeze,
    unit_key,
    unit_words,
)

_BRACKETS = re.compile(r"\s*[(\[（【{<][^)\]）】}>]*[)\]）】}>]\s*")
_IN_BRACKETS = re.compile(r"[(\[（【{<]([^)\]）】}>]*)[)\]）】}>]")
_NUMBERED = re.compile(r"^(.*?)[\s_]*#?(\d{1,2})$")
_PARTS = re.compile(r"\s*(?:/|\||\n|;| - |–|—)\s*")
_SCRIPTS = re.compile(
    r"(?<=[\u3040-\u9fff\uac00-\ud7af])[\s\-_:：]*(?=[A-Za-z])|(?<=[A-Za-z.)])[\s\-_:：]*(?=[\u3040-\u9fff\uac00-\ud7af])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNIT_TAIL = re.compile(r"\b(?:in|en)\s+\S{1,6}$", re.IGNORECASE)


_PER_NUMBER = re.compile(r"\bP ?/ ?N\b", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def roles_of(header: str) -> dict[str, float]:
    """Role -> how surely this header names it, 0 to 1; the dict is shared, do not change it."""
    # the bar of "ACME P/N" parts no two words
    header = _PER_NUMBER.sub("p n", header.strip())
    if not header or len(header) > 80:
        return {}
    per_piece = _of_one_piece(header) or _money_for(header)
    if per_piece:
        return per_piece
    whole = _exact(header)
    if whole:
        return whole
    if denominator := _exact(bracketed(header)).get("base_quantity"):
        return {"base_quantity": denominator}
    for variant, weight in _variants(header):
        found = _exact(variant)
        if found:
            return {role: score * weight for role, score in found.items()}
    known = _same_twice(header) or _of_a_shop(header)
    if known:
        return known
    parts = [part for part in _PARTS.split(header) if part]
    if len(parts) == 1:
        parts = [part for part in _SCRIPTS.split(header) if part.strip()]
    best: dict[str, float] = {}
    if len(parts) > 1:
        for number, part in enumerate(parts):
            for role, score in (_exact(part) or _exact(_BRACKETS.sub(" ", part).strip())).items():
                best[role] = max(best.get(role, 0.0), score * (0.95 if number == 0 else 0.88))
    if best:
        return best
    return _inside(header)


def _of_one_piece(header: str) -> dict[str, float]:
    """What "Gewicht kg/Stk" or "€/Stk" says of one piece; the piece itself is no count of them."""
    tail = PER_PIECE.search(header)
    rest = header[: tail.start()].strip(" .[](") if tail else ""
    if not rest:
        return {}
    if unit_key(rest) in currency_words():
        return {"unit_cost": 0.9}
    if unit_words().get(unit_key(rest), ("", 0.0))[0] == "kg":
        return {"mass": 0.9}
    found = roles_of(rest)
    return {role: 0.97 * found[role] for role in ("mass", "unit_cost") if role in found}


_MONEY_FOR = re.compile(
    r"([^\d/]{1,6}?)\s*(?:/|\b(?:per|pro|je|par|por|za|за)\b|每)\s*(\S.*)", re.IGNORECASE
)


def _money_for(header: str) -> dict[str, float]:
    """What "€ / 1000 Stk", "USD/kg" or "元/千个" says: money for so many, or so much, of a part."""
    found = _MONEY_FOR.fullmatch(header)
    if found is None or unit_key(found.group(1)) not in currency_words():
        return {}
    counted = math.isfinite(header_per(header)) or header_price_unit(header)
    return {"unit_cost": 0.9} if counted else {}


def _of_a_shop(header: str) -> dict[str, float]:
    """A shop's own number of the part: "Reichelt Best.-Nr.", "Bestell-Nr. Conrad", "TME symbol"."""
    tokens = fold(_CAMEL.sub(" ", header)).split()
    rest = [token for token in tokens if token not in marks("shop")]
    if len(rest) == len(tokens) or len(rest) > 4:
        return {}
    found = roles_of(" ".join(rest)) if rest else {}
    numbers = ("part_number", "supplier_part", "mpn", "item", "designator")
    if found and max(found, key=lambda role: found[role]) not in numbers:
        return {}
    return {"supplier_part": 0.9}


def _same_twice(header: str) -> dict[str, float]:
    """A group's head over a part's ("数量 1台分") names what both name."""
    parts = [_exact(part) for part in header.split()]
    if len(parts) != 2 or not is_cjk(header):
        return {}
    return {role: (parts[0][role] + parts[1][role]) / 2 for role in parts[0].keys() & parts[1]}


def _exact(text: str) -> dict[str, float]:
    return header_words().get(squeeze(text), {})


def _variants(header: str) -> list[tuple[str, float]]:
    """The header with less and less of its trimmings."""
    made = []
    bare = _BRACKETS.sub(" ", header).strip()
    if bare and bare != header:
        made.append((bare, 0.98))
    numbered = _NUMBERED.match(bare or header)
    if numbered and numbered.group(1).strip():
        made.append((numbered.group(1), 0.97 if int(numbered.group(2)) <= 1 else 0.8))
    tail = _UNIT_TAIL.sub("", bare or header).strip()
    if tail and tail != header:
        made.append((tail, 0.95))
    return made


def _inside(header: str) -> dict[str, float]:
    """Known phrases within a longer header; the more of it they cover, the surer."""
    found: dict[str, float] = {}
    tokens = fold(_CAMEL.sub(" ", _BRACKETS.sub(" ", header).strip() or header)).split()
    size = sum(map(len, tokens))
    if not size or len(tokens) > 9:
        return {}
    phrases = header_phrases()
    taken: list[tuple[int, int]] = []
    for length in range(min(len(tokens), 5), 0, -1):
        for start in range(len(tokens) - length + 1):
            end = start + length
            if any(a <= start and end <= b for a, b in taken):
                continue
            roles = phrases.get(tuple(tokens[start:end]))
            if roles is None:
                continue
            taken.append((start, end))
            share = sum(map(len, tokens[start:end])) / size
            for role, weight in roles.items():
                found[role] = max(found.get(role, 0.0), weight * (0.4 + 0.45 * share))
    if found.keys() & {"supplier", "manufacturer"}:
        # the name or number of a firm, not of the part
        found |= {
            role: 0.5 * found[role] for role in ("description", "part_number") if role in found
        }
    if not found and len(tokens) == 1:
        found |= _last_of_compound(tokens[0])
    if not found and is_cjk(header):
        packed = squeeze(header)
        for phrase, roles in cjk_phrases():
            if phrase in packed:
                for role, weight in roles.items():
                    score = weight * (0.4 + 0.45 * len(phrase) / len(packed))
                    found[role] = max(found.get(role, 0.0), score)
                packed = packed.replace(phrase, "\x00" * len(phrase))
    return found


def _last_of_compound(word: str) -> dict[str, float]:
    """What the end of a word written in one says: "listpartprice", "Einzelteilbezeichnung"."""
    words = header_words()
    for start in range(2, len(word) - 4):
        roles = words.get(word[start:])
        if roles and max(roles.values()) >= 0.75:
            return {role: 0.65 * weight for role, weight in roles.items()}
    return {}


def says_pack(header: str) -> bool:
    """Whether a price's header says that it is for a pack, a reel or a box."""
    words = marks("pack")
    folded = fold(header)
    if is_cjk(header):
        packed = folded.replace(" ", "")
        return any(is_cjk(word) and word in packed for word in words)
    return any(word in words for word in folded.split())


_TOTALS = (
    "total", "gesamt", "extended", "总", "總", "総", "合計", "totale", "totaal", "celk", "общ",
    "calk", "toplam", "ext", "총", "합계",
)  # fmt: skip


def says_total(header: str) -> bool:
    """Whether a header says that its numbers are for the whole product or line."""
    text = squeeze(header)
    return any(word in text for word in _TOTALS)


def bracketed(header: str) -> str:
    """What stands in the header's brackets, folded; '' where nothing does."""
    found = _IN_BRACKETS.findall(header)
    return fold(found[-1]) if found else ""


_PATH = re.compile(r"([^\W\d]\w*(?: \w+)?)/((?=.*[^\W\d]{2}).+)")


def within(header: str) -> tuple[str, str]:
    """The table that a header says its field belongs to, and the field: 'Qty (Items)' is the
    items' Qty, 'bom_line_ids/product_qty' the bom line ids' product_qty; '' where it does not."""
    path = _PATH.fullmatch(header.strip())
    if path:
        return fold(path.group(1)), path.group(2).replace("/", " ")
    return bracketed(header), header


def display(header: str) -> str:
    """The header with white space folded, as the contract prints it."""
    return " ".join(header.split())
