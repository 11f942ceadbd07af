"""Loads pytest-qt only where Qt itself loads, so that a machine without Qt's system libraries
still runs everything else.

pytest-qt stops the whole session when PySide6 cannot be imported; it is therefore switched off in
pyproject.toml (`-p no:pytest-qt`) and taken up again here. With BOMEXPOSURE_REQUIRE_SYSTEM=1 a
missing library is a failure instead (tests/test_system.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

QT_FAULT = ""
try:
    from PySide6 import QtGui, QtSvg, QtWidgets  # noqa: F401
except ImportError as fault:
    QT_FAULT = str(fault)

if QT_FAULT:

    def pytest_addoption(parser: pytest.Parser) -> None:
        """The options of pytest-qt in pyproject.toml, which nobody else would know."""
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "an option of pytest-qt, which is not loaded")

    def pytest_ignore_collect(collection_path: Path) -> bool | None:
        """Nothing below tests/gui can even be imported."""
        return True if collection_path.name == "gui" else None

else:
    pytest_plugins = ["pytestqt.plugin"]
