"""The supply fields of minerals as the contract words them: for `analyze` and `reference list`."""

from __future__ import annotations

from typing import Any

import orjson
import pandas as pd

from bomexposure.export.json_values import bounds, numbers, records, texts
from bomexposure.model.supply import Reference

SCHEMA = "bomexposure/reference/1"

NIR_FIELDS = ("low", "high", "printed", "form", "scope", "basis", "year")
PEAK_FIELDS = ("low", "high", "stage", "year", "publisher")
SUPPLY_FIELDS = (
    "symbol", "critical_2025", "nir_pct", "china_share_pct", "china_share_stage",
    "china_share_peak", "china_led", "leading_country", "leading_share_pct", "leading_stage", "hhi",
)  # fmt: skip

_SOURCE_COLUMNS = {
    "nir_pct": "nir_source",
    "china_share_pct": "china_share_source",
    "china_share_peak": "china_peak_source",
    "leading_country": "leading_source",
    "hhi": "hhi_source",
    "price": "price_source",
    "consumption": "consumption_source",
}
"""JSON field -> column with the figure ids behind it, joined by ';'."""


def nir_pct(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Net import reliance per row, with the mark as printed and what it speaks of."""
    return records(
        NIR_FIELDS,
        [numbers(frame["nir_low"]), numbers(frame["nir_high"])]
        + [texts(frame[f"nir_{field}"]) for field in NIR_FIELDS[2:]],
    )


def china_share_peak(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """China's largest share over the allow-list of stages, per row."""
    return records(
        PEAK_FIELDS,
        [numbers(frame["china_peak_low"]), numbers(frame["china_peak_high"])]
        + [texts(frame[f"china_peak_{field}"]) for field in PEAK_FIELDS[2:]],
    )


def supply_columns(frame: pd.DataFrame) -> list[list[Any]]:
    """The fields of SUPPLY_FIELDS, each as a list with one value per row of `frame`."""
    return [
        texts(frame["symbol"]),
        frame["critical_2025"].tolist(),
        nir_pct(frame),
        numbers(frame["china_share_pct"]),
        texts(frame["china_share_stage"]),
        china_share_peak(frame),
        frame["china_led"].tolist(),
        texts(frame["leading_country"]),
        numbers(frame["leading_share_pct"]),
        texts(frame["leading_stage"]),
        bounds(frame, "hhi"),
    ]


def supply_sources(frame: pd.DataFrame) -> list[dict[str, list[str]]]:
    """Figure ids behind the supply fields, per row; a field without a source has an empty list."""
    columns = [
        [[part for part in cell.split(";") if part] for cell in frame[column].tolist()]
        for column in _SOURCE_COLUMNS.values()
    ]
    return records(tuple(_SOURCE_COLUMNS), columns)


def source_entries(reference: Reference, ids: list[str]) -> dict[str, dict[str, Any]]:
    """`{ID: {"set", "title", "publisher", "locator", "year", "printed", "url"}}` for the ids."""
    fields = ("set", "title", "publisher", "locator", "year", "printed", "url")
    table = reference.sources.table(ids)
    rows = records(fields, [texts(table[field]) for field in fields])
    return dict(zip(table["id"].tolist(), rows, strict=True))


def reference_payload(reference: Reference) -> dict[str, Any]:
    """What `reference list --json` holds: every tracked mineral's headline row."""
    frame = reference.supply[reference.supply["headline"]].sort_values("mineral", kind="stable")
    sources = supply_sources(frame)
    rows = records(
        ("mineral", *SUPPLY_FIELDS, "sources"),
        [frame["mineral"].tolist(), *supply_columns(frame), sources],
    )
    used = sorted({one for row in sources for ids in row.values() for one in ids})
    return {
        "schema": SCHEMA,
        "edition": reference.edition,
        "minerals": rows,
        "sources": source_entries(reference, used),
    }


def reference_json(reference: Reference) -> bytes:
    """The bytes of `reference list --json`, schema bomexposure/reference/1."""
    return orjson.dumps(
        reference_payload(reference), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )
