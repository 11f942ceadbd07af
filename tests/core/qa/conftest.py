"""A table written to a file, read and broken down with the shipped knowledge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bomexposure.analysis import analyze
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices
from bomexposure.model.supply import Reference
from bomexposure.reference import load

Analyzed = Callable[[str], Analysis]


@pytest.fixture(scope="session")
def shipped() -> Reference:
    return load()


@pytest.fixture
def analyzed(shipped: Reference, tmp_path: Path) -> Analyzed:
    """The analysis of a text table as of a fixed day."""

    def run(text: str) -> Analysis:
        path = tmp_path / "bom.csv"
        path.write_text(text, encoding="utf-8")
        return analyze(path, shipped, Choices(as_of=date(2026, 11, 22)))

    return run
