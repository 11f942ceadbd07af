"""What the machine must offer for all tests to run: skipped with the install line where absent."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = os.environ.get("BOMEXPOSURE_REQUIRE_SYSTEM") == "1"


def absent(what: str, mend: str) -> None:
    """A skip, or a failure where the environment says that nothing may be absent."""
    if REQUIRED:
        pytest.fail(f"{what}; {mend}")
    pytest.skip(f"{what}; {mend}")


def test_qt_loads_so_that_the_window_is_tested() -> None:
    try:
        from PySide6 import QtGui, QtSvg, QtWidgets  # noqa: F401
    except ImportError as fault:
        absent(
            f"tests/gui is left out, Qt cannot load ({fault})",
            "on Debian or Ubuntu: apt-get install -y libegl1 libgl1 libxkbcommon0 libdbus-1-3 "
            "libfontconfig1",
        )


def test_libreoffice_is_there_so_that_workbooks_are_recalculated() -> None:
    if shutil.which("soffice") is None:
        absent(
            "the recalculation of workbooks is left out, LibreOffice is not installed",
            "on Debian or Ubuntu: apt-get install -y libreoffice-calc-nogui",
        )
