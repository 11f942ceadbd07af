"""JSON that programs and web services export: records of parts as rows below their keys.

The largest list of records in the file is the table. Records within records (`children`,
`components`) follow their own, one level deeper.
"""

from __future__ import annotations

import json
from typing import Any

Row = list[str | float]
LEVEL = "Level"
MOST_DEPTH = 60


def rows_of(text: str) -> list[Row] | None:
    """The table with its header, None where the text is no JSON with records."""
    found = _parsed(text)
    records = _largest(found, 0)
    if not records:
        return None
    flat: list[tuple[int, dict[str, Any]]] = []
    _flatten(records, 1, flat)
    deep = any(level > 1 for level, _ in flat)
    keys = list(dict.fromkeys(key for _, record in flat for key in record))
    head: Row = [*([LEVEL] if deep else []), *keys]
    made = [head]
    for level, record in flat:
        cells = [_cell(record.get(key)) for key in keys]
        made.append([*([float(level)] if deep else []), *cells])
    return made


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        # one record a line, as logs and databases write them
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _largest(value: Any, depth: int) -> list[dict[str, Any]]:
    """The list with most records that stands outside any other such list."""
    if _is_records(value):
        return list(value)
    inner = value.values() if isinstance(value, dict) else ()
    lists = [_largest(each, depth + 1) for each in inner] if depth < MOST_DEPTH else []
    return max(lists, key=len, default=[])


def _flatten(
    records: list[dict[str, Any]], level: int, into: list[tuple[int, dict[str, Any]]]
) -> None:
    for record in records:
        plain: dict[str, Any] = {}
        below: list[dict[str, Any]] = []
        for key, value in record.items():
            if _is_records(value):
                below.extend(value)
            elif isinstance(value, dict):
                # an object such as {"part": {"number": ...}} names columns of its own
                plain.update({f"{key} {name}": each for name, each in value.items()})
            else:
                plain[str(key)] = value
        into.append((level, plain))
        if below and level < MOST_DEPTH:
            _flatten(below, level + 1, into)


def _cell(value: Any) -> str | float:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e15 else str(value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value if not isinstance(each, (dict, list)))
    return str(value)
