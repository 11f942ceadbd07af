"""Lists that are written as lines of text: "2x nut M5", "4 NEMA 17 motors", "Bearing 608 x8".

They have no columns; a line that begins or ends with a count is one part.
"""

from __future__ import annotations

import re

_PIECES = r"(?:pcs|pc|pieces|off|ea|stk|stück|st|szt|ks|шт|個|个|件|台|套|개|adet|uds?)\.?"
_FIRST = re.compile(
    rf"[\s*•·\-–]*(?P<count>\d{{1,5}}(?:[.,]\d+)?)\s*(?:[x×*]\s*|(?P<unit>{_PIECES}|m|mm|cm|kg|g|l|ft)\s+|\s)"
    r"(?P<name>(?=.*[^\W\d]{2}).+)",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"[\s*•·\-–]*(?P<name>(?=.*[^\W\d]{{2}}).+?)[\s,:;]*(?:[x×]\s*(?P<count>\d{{1,5}})|"
    rf"[(\[]\s*(?P<count2>\d{{1,5}})\s*(?:[x×]|{_PIECES})?\s*[)\]]|[:\s](?P<count3>\d{{1,5}})\s*(?:[x×]|{_PIECES}))",
    re.IGNORECASE,
)


COLUMNS = {"quantity": "@A", "unit": "@B", "description": "@C"}
"""Where `rows_of` puts what a line says."""


def rows_of(text: str) -> list[list[str]] | None:
    """Quantity, unit and description for each line of such a list, row for row; None where the
    text is no such list.

    A title above the first count, and a line that ends in a colon, stand in a fourth column.
    """
    lines = text.splitlines()
    made: list[list[str]] = []
    counted = 0
    for line in lines:
        found = _FIRST.fullmatch(line.rstrip()) or _LAST.fullmatch(line.rstrip())
        if found is None:
            title = not counted or line.rstrip().endswith((":", "："))
            made.append(["", "", "", line.strip()] if title else ["", "", line.strip()])
            continue
        parts = found.groupdict()
        count = parts.get("count") or parts.get("count2") or parts.get("count3") or ""
        made.append([count, parts.get("unit") or "", parts["name"].strip(" ,;:")])
        counted += 1
    filled = sum(bool(line.strip()) for line in lines)
    if counted < 3 or counted < 0.6 * filled:
        return None
    return made
