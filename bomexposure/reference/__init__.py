"""Shipped and imported facts, each with its Source: `load` gives one Edition of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.sources import FIGURES

if TYPE_CHECKING:
    from bomexposure.model.supply import Reference

__all__ = ["load", "load_knowledge"]


def load(edition: str = "", knowledge: bool = True) -> Reference:
    """The facts of one Edition, "" for the newest; see `bomexposure.reference.loading.load`."""
    from bomexposure.reference import loading

    return loading.load(edition, knowledge)


def load_knowledge() -> Knowledge:
    """What parts and materials are made of, as shipped."""
    try:
        from bomexposure.reference.knowledge import load_knowledge as shipped
    except ModuleNotFoundError:
        return Knowledge(COMPOSITIONS.empty(), SUBJECTS.empty(), {}, FIGURES.empty())
    return shipped()
