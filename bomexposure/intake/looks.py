"""What a column looks like, whatever its header says: designators, prices, countries, words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from bomexposure.intake.grid import Cells
from bomexposure.intake.numbers import parse
from bomexposure.intake.units import mass_factor
from bomexposure.intake.words import currency_words, fold, marks, squeeze, unit_key, unit_words

SAMPLE = 300
"""Distinct cells looked at in one column; more do not change the picture."""

_ONE_MARK = r"[A-ZА-Я][A-Za-zА-Я]{0,4}_?[0-9]{1,4}(?:[_.-](?:[0-9]{1,3}|[A-Z][0-9]?)|[A-Z])?"
_DESIGNATOR = re.compile(
    rf"(?:{_ONE_MARK}|[A-Z]{{1,4}}\*+)"
    rf"(?:\s*[,; ~\-–…]+\s*(?:{_ONE_MARK}|[0-9]{{1,4}}))*[\s,;]*"
)
_CODE = re.compile(r"(?=.*\d)[\w./+\-#,=() ]{3,40}")
_FOOTPRINT = re.compile(
    r"(?:[RCLD]|LED|CAP[CM]?|RES[CM]?|IND)?_?(?:0201|0402|0603|0805|1005|1206|1210|1608|1812|2010|2012|2512|3216|3225)[A-Z_]?"
    r"|(?:HT|T|L|U|V|W|HU)?[TLVWH]?QF[NP][-_ ]?\d*|(?:TS|SS|MS|VS|HT)?SOP?[-_ ]?\d+|SOIC[-_ ]?\w*|SOT[-_ ]?\d+\w*|SOD[-_ ]?\d+\w*"  # noqa: E501
    r"|(?:W?LC?|F|U|T)?BGA[-_ ]?\d*|DIP[-_ ]?\d+|TO[-_ ]?\d{2,3}\w*|DO[-_ ]?\d+\w*|SM[ABC]|MELF|DFN[-_ ]?\d*|"  # noqa: E501
    r"\w+:[\w.,\-+]+",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?:[-+~≈<>]|ca\.?|[A-Z]{3}|US\$|[$€£¥￥₩₹₽₺])?\s*(?:[-+]?[\d.,' ’\u00a0\u202f]*\d[\d.,' ]*|[½¼¾])"  # noqa: E501
    r"(?:\s*(?:/\s*\d+\s*)?[^\d\s]{1,6}|[,.]-|\s*%)?\.?"
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DOTTED = re.compile(r"\d+(?:\.\d+)+|[.\-+ >]*\d{1,2}")
_REVISION = re.compile(
    r"[A-Z]{1,2}|\d{1,2}|[A-Z]\.?\d{1,2}|-|\d{1,2}\.\d{1,2}|V\d+(\.\d+)?", re.IGNORECASE
)
_VALUE = re.compile(
    r"[\d.,]+\s*(?:[pnuµμmkKMGR]?(?:F|H|Ω|Ohms?|R|V|A|W|Hz)|[pnuµμkKMR]\d*)\b.*", re.IGNORECASE
)
_PATH = re.compile(r"(?:[A-Za-z]:)?[\w .\-]*(?:[/\\][^/\\]+){2,}", re.ASCII)
_HS = re.compile(r"\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2}")
_MATERIAL = re.compile(
    r"\b(?:steel|stahl|acier|acero|aço|acciaio|staal|stal|ocel|stål|сталь|çelik|alumini\w*|inox|brass|messing|"
    r"laiton|copper|kupfer|cuivre|abs|pa6\w*|pa66|pom|peek|ptfe|nbr|fkm|epdm|pla|petg|nylon|silicone?|rubber|"
    r"gummi|plastic|kunststoff|titan\w*|bronze|zamak|sus\d{3}\w*|aisi|en aw|1\.\d{4}|s235\w*|s355\w*|q235\w*|"  # noqa: E501
    r"6061\w*|6063\w*|6082|7075\w*|5052\w*|(?:ss ?)?3(?:04|16)l?|a[24]-[5-8]0|17-4 ?ph|cuni\d*|hdpe|c45|42crmo4|al ?mg\w*|al ?si\w*|bois|wood|holz|латунь|"  # noqa: E501
    r"алюмини\w*|медь|резина|ndfeb|ferrite?|ceramic|keramik|fr-?4|polycarbonat\w*|pp|pe|pvc|pc|pbt)\b"
    # grades as JIS, GB and GOST write them: SS400, S45C, A5052, ADC12, ZL114A, QSn6.5-0.1, Д16Т
    r"|\b(?:ss[34]\d0|s\d\dc|scm4\d\d|scr4\d\d|sk[dhs]\d*|suj2|s[ep]cc|s[pe]hc|fcd?\d{3}|c[123]\d{3}\w?"
    r"|a[1-7]\d{3}p?|adc1?\d|ac\d[abc]|zl\d{3}a?|ht\d{3}|qt\d{3}-\d+|[2-7]a\d\d|h[569]\d|q(?:sn|al|be|si)\d\S*"
    r"|tc\d|ta\d|gcr15|65mn|[1-4]\dcr\w*|\d\d?х\d\d\w*|д16\w?|амг\d|л[сг]?[569]\d\S*)(?!\w)"
    r"|[钢铝铜铁胶塑锌镁钛]|鋼|アルミ|ステンレス|樹脂|黄銅|真鍮|鉄|SUS|SPCC|강|알루미늄|스테인리스|황동",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """Shares (0 to 1) of a column's filled cells, from a sample of the distinct ones."""

    filled: float
    count: int
    distinct: float
    numeric: float
    integer: float
    small_integer: float
    running: float
    words: float
    letters: float
    length: float
    code: float
    designator: float
    marks: float
    footprint: float
    url: float
    unit: float
    currency: float
    money: float
    maker: float
    seller: float
    country: float
    material: float
    value: float
    fit: float
    unfit: float
    make_buy: float
    powers: float
    mass_unit: float
    path: float
    level: float
    hs: float
    revision: float


_LOOKED_AT = 2000
"""Characters of a cell that tell what its column holds; a whole document can stand in one cell."""
EMPTY = Look(0.0, 0, *[0.0] * 30)


def look_at(cells: Cells, known: dict[str, frozenset[str]]) -> Look:
    """Sample a column; `known` has the sets 'maker', 'seller' and 'country' of folded names."""
    hollow = marks("placeholder")
    says = (
        [
            bool(t.strip()) and bool(squeeze(t)) and squeeze(t) not in hollow
            for t in (str(text)[:_LOOKED_AT] for text in cells.texts)
        ]
        if len(cells.texts) < 3000
        else None
    )
    filled = cells.filled() if says is None else np.array(says, dtype=bool)[cells.codes]
    count = int(filled.sum())
    if not count:
        return EMPTY
    codes, first = np.unique(cells.codes[filled], return_index=True)
    order = np.argsort(first)[:SAMPLE]
    texts = [str(cells.texts[c])[:_LOOKED_AT].strip() or "." for c in codes[order]]
    numbers = [float(cells.numbers[c]) for c in codes[order]]
    amounts = [
        n if n == n else parse(text, ".").value if len(text) < 30 else float("nan")
        for text, n in zip(texts, numbers, strict=False)
    ]
    pure = [_NUMERIC.fullmatch(text) is not None for text in texts]
    values = np.array([a if p else float("nan") for a, p in zip(amounts, pure, strict=False)])
    numeric = np.isfinite(values)
    whole = numeric & (np.mod(np.where(numeric, values, 0.5), 1) == 0)
    folded = [fold(text) for text in texts]
    size = len(texts)

    def share(pattern: re.Pattern[str]) -> float:
        return sum(pattern.fullmatch(text) is not None for text in texts) / size

    def listed(names: frozenset[str]) -> float:
        return sum(text in names for text in folded) / size

    ordered = values[numeric]
    steps = np.diff(ordered) if len(ordered) > 2 else np.array([])
    currencies = currency_words()
    return Look(
        filled=count / max(len(cells), 1),
        count=count,
        distinct=len(codes) / count,
        numeric=float(numeric.mean()),
        integer=float(whole.mean()),
        small_integer=float((whole & (values >= 0) & (values <= 15)).mean()),
        running=float((steps > 0).mean()) if len(steps) and len(codes) > 0.8 * count else 0.0,
        words=sum(
            (len(text.split()) >= 2 and sum(map(str.isalpha, text)) > 4) or _cjk_words(text)
            for text in texts
        )
        / size,
        letters=sum(_spelled(text) for text in texts) / size,
        length=sum(map(len, texts)) / size,
        code=sum(bool(_CODE.fullmatch(t)) and len(t.split()) <= 2 for t in texts) / size,
        designator=sum(_is_designators(text) for text in texts) / size,
        marks=_as_marks(texts, len(codes) / count),
        footprint=share(_FOOTPRINT),
        url=sum(bool(_URL.search(text)) for text in texts) / size,
        unit=sum(unit_key(text) in unit_words() and not text[0].isdigit() for text in texts) / size,
        currency=sum(unit_key(text) in currencies and len(text) <= 4 for text in texts) / size,
        money=sum(any(sign in text for sign in "$€£¥₩₹") for text in texts) / size,
        maker=listed(known["maker"]),
        seller=listed(known["seller"]),
        country=listed(known["country"]),
        material=sum(bool(_MATERIAL.search(text)) for text in texts) / size,
        value=share(_VALUE),
        fit=sum(squeeze(t) in marks("do-not-fit") or squeeze(t) in marks("fit") for t in texts)
        / size,
        unfit=sum(squeeze(t) in marks("do-not-fit") for t in texts) / size,
        make_buy=sum(squeeze(t) in marks("make-buy") for t in texts) / size,
        powers=float(np.isin(values, (1, 10, 100, 1000, 10000)).mean()),
        mass_unit=sum(mass_factor(t) > 0 for t in texts) / size,
        path=share(_PATH),
        level=share(_DOTTED),
        hs=share(_HS),
        revision=share(_REVISION),
    )


def _spelled(text: str) -> bool:
    """Whether a text is mostly letters, as a name is and a code or link is not."""
    letters = sum(map(str.isalpha, text))
    return letters >= 3 and letters >= 0.7 * len(text) and not _URL.search(text)


def _cjk_words(text: str) -> bool:
    return sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text) >= 2


_PADDED = re.compile(r"([A-Za-z]+)0\d+")
_BOARD_LETTERS = frozenset(
    ["R", "C", "L", "D", "U", "Q", "J", "X", "Y", "K", "F", "T", "P", "TP", "IC", "LED", "SW", "CN"]
)


def _as_marks(texts: list[str], distinct: float) -> float:
    """How far the cells are designators without a header that says so.

    Codes such as P001 or BOM07 look like designators too; what tells them apart is that they are
    padded to one length, and that their letters are not those of a circuit board. A place on a
    board stands on one line, or on a few where a socket or a spare is listed with its part.
    """
    if distinct < 0.95:
        letters = [text.rstrip("0123456789") for text in texts]
        on_boards = sum(each in _BOARD_LETTERS for each in letters)
        if distinct < 0.6 or on_boards < 0.7 * len(texts) or len({*letters}) < 3:
            return 0.0
    padded = [found.group(1) for text in texts if (found := _PADDED.fullmatch(text))]
    boards = _BOARD_LETTERS & set(padded)
    if len(padded) > 0.4 * min(len(texts), 9) and len(boards) < max(2, 0.7 * len(set(padded))):
        return 0.0
    return sum(_is_designators(text) for text in texts) / len(texts)


def _is_designators(text: str) -> bool:
    if (len(text) > 6 and not re.search(r"[,; \-~]", text)) or not text[0].isalpha():
        return False
    return _DESIGNATOR.fullmatch(text) is not None
