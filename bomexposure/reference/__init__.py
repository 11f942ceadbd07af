"""Shipped and imported facts, each with its Source: `load` gives one Edition of them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
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
    if find_spec("bomexposure.reference.knowledge") is None:
        return Knowledge(COMPOSITIONS.empty(), SUBJECTS.empty(), {}, FIGURES.empty())
    shipped: Knowledge = import_module("bomexposure.reference.knowledge").load_knowledge()
    return shipped
