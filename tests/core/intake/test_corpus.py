"""The corpus of real files, where it lies beside the project: found as its index says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bomexposure import intake
from bomexposure.model.bom import LINES
from bomexposure.model.errors import BomExposureError

BOMS = Path(__file__).resolve().parents[4] / "shared" / "boms"
pytestmark = pytest.mark.skipif(not BOMS.is_dir(), reason="the corpus of real BOMs is not here")
WORDY = {"description", "value", "mpn", "part_number"}


def index() -> list[dict[str, str]]:
    path = BOMS / "index.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("entry", index(), ids=lambda entry: entry["file"])
def test_header_row_and_quantity_are_found(entry: dict[str, str]) -> None:
    path = BOMS / "files" / entry["file"]
    if entry["header_row"] in ("", "0"):
        with pytest.raises(BomExposureError):
            intake.read(path)
        return
    bom = intake.read(path)
    assert LINES.check(bom.lines) == []
    seen = intake.inspection(bom)
    assert seen["header_row"] == int(entry["header_row"])
    wanted = {role: " ".join(h.split()) for role, h in json.loads(entry["columns"]).items()}
    found = {role: column["header"] for role, column in seen["columns"].items()}
    for role in {"quantity", "designator", "unit_cost", "material"} & wanted.keys():
        assert found.get(role) == wanted[role]
    lines = int(entry["data_lines"])
    assert abs(seen["line_count"] - lines) <= max(1, 0.03 * lines)
