"""Which critical minerals are in a bill of materials, and how exposed they leave it.

Three public names, loaded on first use so that `bomexposure --help` starts without pandas:
`analyze`, `Analysis` and `Scenario`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bomexposure.analysis import analyze
    from bomexposure.model.analysis import Analysis
    from bomexposure.model.scenario import Scenario

__all__ = ["Analysis", "Scenario", "__version__", "analyze"]

__version__ = "0.1.0"

_HOMES = {
    "analyze": "bomexposure.analysis",
    "Analysis": "bomexposure.model.analysis",
    "Scenario": "bomexposure.model.scenario",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
