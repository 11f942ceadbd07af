"""What the words of a call mean: dates, `ROLE=HEADER`, `CUR=USD`, and `-` for standard output."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bomexposure.model.errors import UsageError


def day(text: str | None) -> date:
    """A date written YYYY-MM-DD; today where none was given. Raises UsageError.

    Nothing else is taken: an empty shell variable must not turn into today in silence, and what
    else Python reads as a date differs between its versions.
    """
    if text is None:
        return date.today()
    try:
        if len(text) != len("YYYY-MM-DD"):
            raise ValueError(text)
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as fault:
        raise UsageError(
            f"“{text}” is not a date.", "Write it as year-month-day, such as 2026-11-22."
        ) from fault


def columns(pairs: Iterable[str]) -> dict[str, str]:
    """`ROLE=HEADER` or `ROLE=@C` pairs as role -> header. Raises UsageError."""
    from bomexposure.model.bom import ROLES

    chosen: dict[str, str] = {}
    for pair in pairs:
        role, equals, header = pair.partition("=")
        role = role.strip().casefold()
        if not equals or role not in ROLES:
            raise UsageError(
                f"--column {pair} cannot be used: “{role}” is not a column role.",
                f"Write ROLE=HEADER or ROLE=@LETTER with a role of: {', '.join(ROLES)}.",
            )
        if header.strip() == "@":
            raise UsageError(f"--column {pair} names no letter.", f"Write it as {role}=@C.")
        if role in chosen:
            raise UsageError(f"--column gives the role {role} twice.", "Give each role once.")
        chosen[role] = header.strip()
    return chosen


def rates(pairs: Iterable[str]) -> dict[str, float]:
    """`EUR=1.08` pairs as currency -> USD. Raises UsageError."""
    chosen: dict[str, float] = {}
    for pair in pairs:
        currency, _, worth = pair.partition("=")
        code = currency.strip().upper()
        try:
            usd = float(worth)
        except ValueError:
            usd = 0.0
        if len(code) != 3 or not code.isalpha() or not 0 < usd < 1e9:
            raise UsageError(
                f"--rate {pair} cannot be used.",
                "Write the worth of one unit in U.S. dollars, such as EUR=1.08.",
            )
        chosen[code] = usd
    return chosen


def volumes(pairs: Iterable[str], names: Iterable[str]) -> dict[str, float]:
    """`PUMP=1200` pairs as name of a BOM -> products per year. Raises UsageError."""
    known = list(names)
    chosen: dict[str, float] = {}
    for pair in pairs:
        name, _, count = pair.rpartition("=")
        try:
            units = float(count)
        except ValueError:
            units = 0.0
        if name not in known or not 0 < units < math.inf:
            raise UsageError(
                f"--volume {pair} cannot be used.",
                f"Write NAME=UNITS with UNITS above 0 and a NAME of: {', '.join(known)}.",
            )
        chosen[name] = units
    return chosen


def one_standard_output(*targets: str | None) -> None:
    """Raises UsageError when more than one output is `-`: they would run into each other."""
    if sum(target == "-" for target in targets) > 1:
        raise UsageError(
            "Only one output can go to standard output.", "Name a file for the others."
        )


def json_bytes(told: Any) -> bytes:
    """Plain data as indented JSON."""
    import orjson

    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def deliver(data: bytes, target: str) -> None:
    """Write `data` to standard output for `-`, else to the file, whole or not at all."""
    if target == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from bomexposure.model.whole_file import write_whole

    write_whole(Path(target), data)
