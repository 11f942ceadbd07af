"""docs/method.md names the function of every formula, and each one exists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "method.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:exposure|scenario|reference)\.\w+\.\w+)`", PAGE)))


@pytest.mark.parametrize("name", NAMED)
def test_a_named_function_exists(name):
    module, function = name.rsplit(".", 1)
    assert callable(getattr(import_module(f"bomexposure.{module}"), function))


def test_every_section_names_a_function_or_is_prose():
    sections = re.split(r"^##+ ", PAGE, flags=re.MULTILINE)[1:]
    named = re.compile(r"`(exposure|scenario|reference)\.")
    silent = [one.splitlines()[0] for one in sections if not named.search(one)]
    assert silent == []
