"""Start-up is light, and the core needs no Qt and no network."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_by(code: str) -> set[str]:
    """Names of the modules that a fresh interpreter has loaded after running `code`."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", ["['--help']", "['analyze', '--help']", "['--version']"])
def test_help_loads_neither_pandas_nor_qt(words: str) -> None:
    loaded = loaded_by(f"from bomexposure.cli.run import run\nassert run({words}) == 0")
    assert not loaded & {"pandas", "numpy", "openpyxl", "PySide6", "typst", "rich"}


def test_the_public_names_are_lazy_and_true() -> None:
    assert "pandas" not in loaded_by("import bomexposure; bomexposure.__version__")
    import bomexposure
    from bomexposure.model.analysis import Analysis

    assert bomexposure.Analysis is Analysis
    assert callable(bomexposure.analyze)
    assert bomexposure.Scenario.__name__ == "Scenario"
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = bomexposure.nonsense
