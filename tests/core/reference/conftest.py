"""Fixtures of the reference tests: one loaded edition, and no edition of the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bomexposure import reference
from bomexposure.model.supply import Reference
from bomexposure.reference import editions

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "reference"
"""The gathered material, read in place where it is there."""


@pytest.fixture(scope="session", autouse=True)
def _no_editions_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("user") / "reference"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "user_folder", lambda: home)
        yield


@pytest.fixture(scope="session")
def facts(_no_editions_of_the_user: None) -> Reference:
    return reference.load("MCS 2026", knowledge=False)


@pytest.fixture(scope="session")
def gathered() -> Path:
    """The folder of the gathered reference tables; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the gathered reference tables are not here")
    return SHARED
