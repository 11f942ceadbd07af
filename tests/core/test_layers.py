"""The import contracts of pyproject.toml, so that plain `pytest` finds a breach."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_imports_point_down_only_and_qt_and_network_stay_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    broken = lint_imports(config_filename=os.fspath(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out
