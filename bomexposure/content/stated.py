"""What a user knows of single minerals in a part, over what was recognised in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from bomexposure.content.recipe import UNLISTED, UNTOLD, Ingredient
from bomexposure.model.choices import OwnContent
from bomexposure.model.content import (
    COUNTING_RELATIONS,
    EVIDENCE,
    FUNCTIONS,
    PRESENCE,
    RELATIONS,
)
from bomexposure.model.errors import UsageError
from bomexposure.reference.knowledge import DECLARATION

ABSENT = "none"
"""The presence of a mineral that the part does not hold."""
UNITS = ("g", "%")
_HELD = frozenset(RELATIONS.index(one) for one in (*COUNTING_RELATIONS, "not_listed"))
_NO_COAT = (0.0, 0.0, 0.0)


def checked(one: OwnContent, name: str) -> OwnContent:
    """The content if it can be used; `name` is the mineral as the user knows it.

    Raises UsageError that says what to write instead.
    """
    ends = (one.low, one.typical, one.high)
    told = [end for end in ends if end is not None]
    if one.presence == ABSENT:
        if told:
            raise UsageError(
                f"{name}: none of it, and an amount of it, contradict each other.",
                "Take the amount away, or say that the part holds it.",
            )
        return one
    if not told:
        return one
    if len(told) < len(ends):
        raise ValueError(f"{one} tells a part of its range only")
    if not all(0 <= end < math.inf for end in told) or told != sorted(told) or told[2] == 0:
        raise UsageError(
            f"{name}: {', '.join(f'{end:g}' for end in told)} is no range.",
            "Write low, typical and high above 0 and rising, or typical alone.",
        )
    if one.unit == "%" and told[2] > 100:
        raise UsageError(f"{name}: {told[2]:g} % is more than the whole part.", "Write 0 to 100 %.")
    return one


def amended(rows: list[Ingredient], stated: Iterable[OwnContent]) -> list[Ingredient]:
    """The ingredients of a part with what the user knows put in place; the later of two wins.

    Only what is said changes: the amount, the presence or the role of that mineral. Evidence of
    such a mineral is 'declared'. What a mineral does in making the part is not touched.
    """
    made = list(rows)
    for one in stated:
        held = [row for row in made if row.mineral == one.mineral and row.relation in _HELD]
        at = made.index(held[0]) if held else len(made)
        made = [row for row in made if row not in held]
        if one.presence == ABSENT:
            continue
        if one.typical is not None or not held:
            held = [_amount(one, held[0] if held else None)]
        made[at:at] = [_role(one, row) for row in held]
    return made


def _amount(one: OwnContent, like: Ingredient | None) -> Ingredient:
    """The mineral with the amount that was told; unknown where none was."""
    told = (
        UNTOLD
        if one.low is None or one.typical is None or one.high is None
        else (one.low, one.typical, one.high)
    )
    sure = one.low != 0.0
    relation = "not_listed" if one.mineral in UNLISTED else "contained"
    base = like or Ingredient(
        one.mineral, "", 0, FUNCTIONS.index("primary"), RELATIONS.index(relation), 0,
        UNTOLD, _NO_COAT, DECLARATION,
    )  # fmt: skip
    return replace(
        base,
        presence=PRESENCE.index("certain" if sure else "likely"),
        weight=told if one.unit == "%" else UNTOLD,
        grams=told if one.unit == "g" else UNTOLD,
        deposit=_NO_COAT,
        source=DECLARATION,
    )


def _role(one: OwnContent, row: Ingredient) -> Ingredient:
    return replace(
        row,
        presence=PRESENCE.index(one.presence) if one.presence else row.presence,
        function=FUNCTIONS.index(one.function) if one.function else row.function,
        evidence=EVIDENCE.index("declared"),
    )
