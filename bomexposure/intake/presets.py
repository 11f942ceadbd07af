"""What systems of the trade export: known by headers that stand together, each with its roles.

The general words weigh a header alone; here the others beside it decide. "Part" is a designator in
an Eagle list, a value in an OrCAD list and a part number elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bomexposure.intake.words import squeeze
from bomexposure.model.resources import resource

CERTAIN = 1.25
"""The weight of a role from a preset: above every general word (at most 1), so that it wins the
column, while cells that clearly show something else can still refuse it."""

_IDENTIFIES = "="


@dataclass(frozen=True, slots=True)
class Preset:
    """A system; it is recognised when all headers of one of `signatures` stand in a row.

    `roles` gives squeezed header -> role, '-' for columns that are known and not read.
    """

    system: str
    signatures: tuple[frozenset[str], ...]
    roles: dict[str, str]


@cache
def presets() -> tuple[Preset, ...]:
    """All systems of knowledge/intake/presets.csv in the order of the file."""
    signatures: dict[str, list[frozenset[str]]] = {}
    roles: dict[str, dict[str, str]] = {}
    with resource("knowledge", "intake", "presets.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        for row in csv.DictReader(handle):
            headers = [squeeze(word) for word in row["headers"].split("|")]
            if row["role"] == _IDENTIFIES:
                signatures.setdefault(row["system"], []).append(frozenset(headers))
            else:
                roles.setdefault(row["system"], {}).update(dict.fromkeys(headers, row["role"]))
    return tuple(
        Preset(system, tuple(found), roles.get(system, {})) for system, found in signatures.items()
    )


def recognise(headers: Sequence[str]) -> Preset | None:
    """The system whose longest signature stands in these headers; None where none does."""
    present = {squeeze(header) for header in headers if header and len(header) <= 80} - {""}
    best: Preset | None = None
    most = 0
    for preset in presets():
        for signature in preset.signatures:
            if len(signature) > most and signature <= present:
                best, most = preset, len(signature)
    return best


def roles_in(headers: Sequence[str]) -> dict[int, dict[str, float]]:
    """Column -> role and weight, for the columns that the recognised system names."""
    preset = recognise(headers)
    if preset is None:
        return {}
    found: dict[int, dict[str, float]] = {}
    for column, header in enumerate(headers):
        role = preset.roles.get(squeeze(header)) if header else None
        if role:
            found[column] = {role: CERTAIN}
    return found
