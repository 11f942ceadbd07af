"""The JSON keeps the contract: its published schema, its nulls, its order, its bytes."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import fakes
import pytest
from jsonschema import Draft202012Validator

from bomexposure.export.json_report import analysis_json, analysis_payload, write_json
from bomexposure.export.supply_json import reference_json
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schema"


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


def floats(value: Any) -> list[float]:
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        return [one for part in value.values() for one in floats(part)]
    if isinstance(value, list):
        return [one for part in value for one in floats(part)]
    return []


@pytest.mark.parametrize("lines", ["all", "summary"])
def test_analysis_keeps_its_schema(answer: Analysis, lines: str) -> None:
    told = json.loads(analysis_json(answer, lines))
    Draft202012Validator(schema("analysis-1.json")).validate(told)
    assert len(told["lines"]) == (7 if lines == "all" else 0)


def test_reference_keeps_its_schema() -> None:
    told = json.loads(reference_json(fakes.reference()))
    Draft202012Validator(schema("reference-1.json")).validate(told)
    assert [one["mineral"] for one in told["minerals"]] == sorted(one[0] for one in fakes.MINERALS)


def test_no_nan_reaches_the_writer(answer: Analysis) -> None:
    assert all(math.isfinite(one) for one in floats(analysis_payload(answer)))


def test_unknown_is_null_and_stays_in_place(answer: Analysis) -> None:
    told = analysis_payload(answer)
    assert told["coverage"]["mass_pct"] is None
    assembly, magnet = told["lines"][0], told["lines"][1]
    assert assembly["unit_cost"] is None
    assert assembly["mass_g"] == {"low": None, "typical": None, "high": None, "basis": None}
    assert (assembly["class"], magnet["parent"]) == (None, "BOM!5")
    arsenic = next(one for one in told["minerals"] if one["mineral"] == "arsenic")
    assert arsenic["nir_pct"]["low"] is None
    assert arsenic["nir_pct"]["printed"] == "W"
    assert arsenic["index"]["hhi"] == {"low": None, "high": None}


def test_lines_carry_their_own_reasons_and_minerals(answer: Analysis) -> None:
    lines = {one["id"]: one for one in analysis_payload(answer)["lines"]}
    assert [one["rule"] for one in lines["BOM!6"]["why"]] == ["words/ndfeb"]
    assert lines["BOM!7"]["why"] == []
    assert [one["mineral"] for one in lines["BOM!6"]["minerals"]] == ["dysprosium", "neodymium"]
    assert lines["BOM!6"]["minerals"][0]["mass_mg"] == {"low": 500, "typical": 800, "high": 1100}
    assert [one["relation"] for one in lines["BOM!9"]["minerals"]][-1] == "process_input"
    assert (lines["BOM!6"]["acute"], lines["BOM!9"]["acute"]) == (True, False)
    start, end = (lines["BOM!6"]["why"][0][key] for key in ("start", "end"))
    assert lines["BOM!6"]["description"][start:end] == "NdFeB"


def test_contents_in_any_order_reach_their_lines(answer: Analysis) -> None:
    held = answer.contents.contents.iloc[::-1].reset_index(drop=True)
    turned = replace(answer, contents=replace(answer.contents, contents=held))
    for line, same in zip(
        analysis_payload(answer)["lines"], analysis_payload(turned)["lines"], strict=True
    ):
        key = [(one["mineral"], one["relation"]) for one in line["minerals"]]
        assert sorted(key) == sorted((one["mineral"], one["relation"]) for one in same["minerals"])


def test_every_source_named_is_told(answer: Analysis) -> None:
    told = analysis_payload(answer)
    named = {one for mineral in told["minerals"] for ids in mineral["sources"].values()
             for one in ids}  # fmt: skip
    named |= {one for line in told["lines"] for held in line["minerals"] for one in held["sources"]}
    assert named <= set(told["sources"])
    assert told["sources"]["mcs2026/nir/magnesium"]["printed"] == ">75"


def test_same_answer_same_bytes(answer: Analysis) -> None:
    assert analysis_json(answer) == analysis_json(fakes.analysis())


def test_a_file_that_cannot_be_written_leaves_nothing(answer: Analysis, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_json(answer, tmp_path / "no" / "such" / "folder.json")
    assert list(tmp_path.iterdir()) == []
    write_json(answer, tmp_path / "a.json")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
