"""Tests of this folder share the Analysis made by hand in tests/fakes.py."""

from __future__ import annotations

import fakes
import pytest

from bomexposure.model.analysis import Analysis


@pytest.fixture(scope="module")
def answer() -> Analysis:
    """The pump of tests/fakes.py."""
    return fakes.analysis()
