"""Shipped and imported facts, each with its Source: `load` gives one Edition of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bomexposure.model.knowledge import Knowledge
    from bomexposure.model.supply import Reference

__all__ = ["load", "load_knowledge"]


def load(edition: str = "", knowledge: bool = True) -> Reference:
    """The facts of one Edition, "" for the newest; see `bomexposure.reference.loading.load`."""
    from bomexposure.reference import loading

    return loading.load(edition, knowledge)


def load_knowledge() -> Knowledge:
    """What parts and materials are made of; see `bomexposure.reference.knowledge`."""
    from bomexposure.reference import knowledge

    return knowledge.load_knowledge()
