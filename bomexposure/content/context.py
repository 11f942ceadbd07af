"""What stands beside a part, not for it: its category, its section, a note on the machine."""

from __future__ import annotations

BESIDE = frozenset(["category", "section", "notes"])
"""Cells that speak of the surroundings of a part as often as of the part."""
_PARTS = {"PUMP_ASM": "PUMP_PART", "MOTOR_PUMP": "PUMP_PART", "VALVE": "PUMP_PART"}
"""Machines that a list of spare parts names in every line, and the class of such a part."""


def part_of(subject: str) -> str:
    """The class of a part of `subject`, '' where the tables have none.

    >>> part_of("PUMP_ASM")
    'PUMP_PART'
    """
    return _PARTS.get(subject, "")
