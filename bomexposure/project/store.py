"""The `.bomx` file: a project as readable JSON, written whole or not at all."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from bomexposure.model.choices import (
    Choices,
    DictionaryEntry,
    EventStatus,
    Override,
    OwnContent,
    OwnMaterial,
    OwnPart,
    Reading,
)
from bomexposure.model.errors import ProjectError
from bomexposure.model.project import Decision, Project
from bomexposure.model.report import PARTS, ReportOptions
from bomexposure.model.scenario import Cut, Scenario, Shift, Tariff
from bomexposure.model.whole_file import write_whole
from bomexposure.project.migrations import CURRENT, migrated

SUFFIX = ".bomx"


def to_bytes(project: Project) -> bytes:
    """The project as indented JSON with sorted keys, so that two versions can be compared."""
    return orjson.dumps(
        {"schema": CURRENT, **dataclasses.asdict(project)},
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )


def from_bytes(data: bytes, name: str) -> Project:
    """The project in `data`; `name` is for the message. Raises ProjectError."""
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise ProjectError(
            f"{name} is not a bomexposure project: {fault}.",
            "Open an autosaved copy, or start again from the workbook.",
        ) from fault
    if not isinstance(raw, dict) or not str(raw.get("schema", "")).startswith(
        "bomexposure/project/"
    ):
        raise ProjectError(
            f"{name} is not a bomexposure project.", "Choose a file that ends in .bomx."
        )
    try:
        return _project(migrated(raw, name))
    except (KeyError, TypeError, ValueError) as fault:
        raise ProjectError(
            f"{name} is a damaged project: {fault!r}.",
            "Open an autosaved copy, or start again from the workbook.",
        ) from fault


def save(project: Project, path: Path) -> None:
    """Write the project beside its old version and swap them. Raises OutputError."""
    write_whole(path, to_bytes(project))


def load(path: Path) -> Project:
    """Read a project. Raises ProjectError with what mends it."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise ProjectError(
            f"{path.name} cannot be read: {fault.strerror or fault}.",
            "Check the name and your right to read it.",
        ) from fault
    return from_bytes(data, path.name)


def _project(raw: dict[str, Any]) -> Project:
    return Project(
        choices=_choices(raw["choices"]),
        workbook=str(raw["workbook"]),
        workbook_sha256=str(raw["workbook_sha256"]),
        edition=str(raw["edition"]),
        decisions=tuple(Decision(**one) for one in raw["decisions"]),
        report=_report(raw),
        watch=tuple(raw["watch"]),
        notes=str(raw["notes"]),
    )


def _report(raw: dict[str, Any]) -> ReportOptions:
    """What the report holds; of a newer version's parts only those that there are here."""
    told = raw.get("report")
    if told is None:  # saved before paper and words were kept beside the parts
        told = {"parts": raw.get("report_parts") or PARTS}
    return ReportOptions(**{**told, "parts": tuple(one for one in told["parts"] if one in PARTS)})


def _choices(raw: dict[str, Any]) -> Choices:
    return Choices(
        **{
            **raw,
            "as_of": date.fromisoformat(raw["as_of"]),
            "reading": Reading(**raw["reading"]),
            "excluded": tuple(raw["excluded"]),
            "scenarios": tuple(raw["scenarios"]),
            "own_scenarios": tuple(_scenario(one) for one in raw["own_scenarios"]),
            "overrides": tuple(_override(one) for one in raw["overrides"]),
            "dictionary": tuple(DictionaryEntry(**one) for one in raw["dictionary"]),
            "event_statuses": tuple(EventStatus(**one) for one in raw["event_statuses"]),
            "own_materials": tuple(_own_material(one) for one in raw["own_materials"]),
        }
    )


def _override(raw: dict[str, Any]) -> Override:
    composition = tuple((str(mineral), float(share)) for mineral, share in raw["composition"])
    return Override(
        **{
            **raw,
            "materials": tuple(raw["materials"]),
            "composition": composition,
            "contents": tuple(OwnContent(**one) for one in raw["contents"]),
        }
    )


def _own_material(raw: dict[str, Any]) -> OwnMaterial:
    parts = tuple(OwnPart(**one) for one in raw["parts"])
    return OwnMaterial(**{**raw, "parts": parts, "designations": tuple(raw["designations"])})


def _scenario(raw: dict[str, Any]) -> Scenario:
    day = raw["as_of"]
    return Scenario(
        **{
            **raw,
            "as_of": date.fromisoformat(day) if day else None,
            "events": tuple(raw["events"]),
            "cuts": tuple(Cut(**one) for one in raw["cuts"]),
            "substitutions": tuple((str(old), str(new)) for old, new in raw["substitutions"]),
            # projects saved before these existed have none
            "shifts": tuple(Shift(**one) for one in raw.get("shifts", ())),
            "tariffs": tuple(Tariff(**one) for one in raw.get("tariffs", ())),
        }
    )
