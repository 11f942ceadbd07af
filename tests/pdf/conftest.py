"""Tests of this folder share the Analysis made by hand in tests/fakes.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import fakes

from bomexposure.model.analysis import Analysis


@pytest.fixture(scope="module")
def answer() -> Analysis:
    """The pump of tests/fakes.py."""
    return fakes.analysis()
