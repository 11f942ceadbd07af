"""Make the fonts that the report is set in: subsets of Inter and Noto Sans CJK.

    python tools/make_fonts.py FOLDER

FOLDER holds the unpacked Debian packages fonts-inter and fonts-noto-cjk (`apt-get download`, then
`dpkg-deb -x`). Both are under the SIL Open Font License 1.1, whose text is written beside the
fonts. What is kept: Latin, Greek and Cyrillic of Inter with its tabular figures, in two weights;
of Noto Sans CJK the characters of JIS X 0208, GB 2312, KS X 1001 and the first level of Big5,
which is what parts lists in Japanese, Chinese and Korean are written in.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent.parent / "resources" / "fonts"

LATIN = [
    *range(0x0020, 0x007F), *range(0x00A0, 0x0250), *range(0x02B0, 0x0300), *range(0x0300, 0x0370),
    *range(0x0370, 0x0400), *range(0x0400, 0x0530), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070),
    *range(0x2070, 0x20D0), *range(0x2100, 0x2200), *range(0x2200, 0x2300), *range(0x2300, 0x2400),
    *range(0x2460, 0x2500), *range(0x25A0, 0x2700), *range(0x2713, 0x2718), 0xFFFD, 0x25A1,
]  # fmt: skip


def encodable(codec: str) -> set[int]:
    """Code points of the basic plane that a national character set holds."""
    held = set()
    for point in range(0x0080, 0xFFFE):
        if 0xD800 <= point <= 0xDFFF:
            continue
        try:
            chr(point).encode(codec)
        except UnicodeEncodeError:
            continue
        held.add(point)
    return held


def big5_first_level() -> set[int]:
    """The 5,401 most used characters of Big5, rows A4 to C6."""
    points = set()
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                points.add(ord(bytes((lead, trail)).decode("big5")))
            except UnicodeDecodeError:
                continue
    return points


def subset(source: Path, target: Path, points: set[int], features: list[str], number: int) -> None:
    """Write the part of a font that holds `points`, without hints and without a date of its own."""
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.font_number = number
    font = load_font(str(source), options)
    kept = Subsetter(options)
    kept.populate(unicodes=points)
    kept.subset(font)
    save_font(font, str(target), options)
    size = target.stat().st_size
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{target.name}: {size / 1e6:.2f} MB, sha256 {digest[:16]}")


def write_coverage() -> None:
    """Write the code points that the shipped fonts hold together, as hexadecimal ranges.

    The report reads this list, because it has no font library at run time.
    """
    held: set[int] = set()
    for path in sorted(HERE.glob("*.otf")):
        held |= set(TTFont(path).getBestCmap())
    ranges: list[list[int]] = []
    for point in sorted(held):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    lines = [f"{low:X}" if low == high else f"{low:X}-{high:X}" for low, high in ranges]
    (HERE / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def main(folder: Path) -> None:
    HERE.mkdir(parents=True, exist_ok=True)
    inter = folder / "usr/share/fonts/opentype/inter"
    cjk = folder / "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    features = ["kern", "tnum", "mark", "mkmk", "ccmp", "locl"]
    for weight in ("Regular", "SemiBold"):
        subset(
            inter / f"Inter-{weight}.otf", HERE / f"Inter-{weight}.otf", set(LATIN), features, -1
        )
    points = encodable("shift_jis") | encodable("gb2312") | encodable("euc_kr")
    points |= big5_first_level() | set(range(0x3000, 0x3100)) | set(range(0xFF00, 0xFFEF))
    subset(cjk, HERE / "NotoSansCJKjp-Regular.otf", points, ["ccmp"], 0)
    write_coverage()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
