"""The measure of recognition on labelled lines: our own, and real ones where they are at hand."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from bomexposure.content import break_down
from bomexposure.model.choices import Choices
from bomexposure.model.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "boms"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_lines", ROOT / "tools" / "score_lines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_lines"] = module
    spec.loader.exec_module(module)
    return module


def test_own_labelled_lines(tool: ModuleType, knowledge: Knowledge) -> None:
    labels = pd.read_csv(tool.SHIPPED, dtype=str, keep_default_na=False)
    contents = break_down(tool.as_bom(labels), knowledge, Choices(as_of=date(2026, 1, 1)))
    scores, told = tool.score(labels, contents, "")
    total = scores["all"]
    assert total.lines >= 400
    assert total.got >= 0.95 * total.need, told
    assert total.fallen == 0, [one for one in told if "TRAP" in one]
    assert total.wrong <= 0.03 * total.sure, told


def test_real_labelled_lines(tool: ModuleType, knowledge: Knowledge) -> None:
    if not (SHARED / "labels.csv").exists():
        pytest.skip("the gathered bills of materials are not beside the project")
    labels = pd.read_csv(SHARED / "labels.csv", dtype=str, keep_default_na=False)
    lines, places = tool.read_boms(labels, SHARED / "files")
    bom = tool.replace(tool.as_bom(labels), lines=lines)
    contents = break_down(bom, knowledge, Choices(as_of=date(2026, 1, 1)))
    scores, told = tool.score(labels, contents, "", places)
    total = scores["all"]
    assert total.got >= 0.95 * total.need, told
    assert total.fallen == 0, told
    assert total.wrong <= 0.03 * total.sure, told
