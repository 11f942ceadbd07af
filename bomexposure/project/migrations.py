"""Old project files stay readable: each step lifts one schema to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bomexposure.model.errors import ProjectError

CURRENT = "bomexposure/project/3"


def _own_materials(raw: dict[str, Any]) -> dict[str, Any]:
    """Projects of the first schema know no materials of the user's own."""
    choices = {"own_materials": [], **raw["choices"]}
    return {**raw, "schema": "bomexposure/project/2", "choices": choices}


def _single_minerals(raw: dict[str, Any]) -> dict[str, Any]:
    """Projects of the second schema decide on no single minerals of a line."""
    choices = raw["choices"]
    overrides = [{"contents": [], **one} for one in choices["overrides"]]
    return {
        **raw, "schema": "bomexposure/project/3", "choices": {**choices, "overrides": overrides}
    }  # fmt: skip


_STEPS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "bomexposure/project/1": _own_materials,
    "bomexposure/project/2": _single_minerals,
}
"""Schema -> function that lifts a file of that schema to the next one."""


def migrated(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """`raw` in the current schema, its key taken off. Raises ProjectError for a newer one."""
    while raw["schema"] != CURRENT:
        step = _STEPS.get(raw["schema"])
        if step is None:
            raise ProjectError(
                f"{name} was saved by a newer bomexposure ({raw['schema']}).",
                "Open it with that version, or start again from the workbook.",
            )
        raw = step(raw)
    return {key: value for key, value in raw.items() if key != "schema"}
