"""The answer as a folder of tidy CSV files: one table a file, one fact a row, plain numbers.

UTF-8 with a mark that Excel knows, commas, a point as decimal sign, dates in ISO form. An empty
cell is unknown. Lists inside a cell are joined by '; '. A text that a spreadsheet would run as a
formula stands behind an apostrophe. `dictionary.csv` says what each column means.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from bomexposure.export.csv_dictionary import dictionary
from bomexposure.export.json_report import analysis_payload
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.whole_file import whole_folder
from bomexposure.present.citations import sources_used
from bomexposure.present.facts import facts_frame
from bomexposure.present.lines import taken_for
from bomexposure.present.policy import controls_table
from bomexposure.present.questions import open_questions


def tidy_tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """File stem -> frame. `line` joins lines and facts, `mineral` facts and minerals, and so on."""
    lines, exposures = analysis.bom.lines, analysis.exposures
    taken = analysis.contents.recognitions
    ids = lines["id"].to_numpy()
    told = lines.drop(columns=["parent_line"]).assign(
        parent=[ids[at] if at >= 0 else "" for at in lines["parent_line"]],
        taken_for=taken_for(analysis),
        **{name: taken[name] for name in taken.columns},
        **{name: exposures.lines[name] for name in exposures.lines.columns
           if name != "unit_of_count"},
    )  # fmt: skip
    facts = facts_frame(analysis)
    facts["line"] = ids[facts["line"].to_numpy()]
    sourcing = analysis.sourcing.assign(
        reasons=["; ".join(one) for one in analysis.sourcing["reasons"]],
        sources=["; ".join(one) for one in analysis.sourcing["sources"]],
    ).drop(columns=["terms"])
    whys = analysis.contents.whys.assign(line=ids[analysis.contents.whys["line"].to_numpy()])
    head = analysis_payload(analysis, "summary")
    return {
        "headline": _flat({"coverage": head["coverage"], "headline": head["headline"],
                           "reference": {"edition": head["reference"]["edition"],
                                         "as_of": head["reference"]["as_of"]},
                           "bom": {"file": head["bom"]["file"], "sha256": head["bom"]["sha256"]}}),
        "lines": told,
        "facts": facts,
        "reasons": whys,
        "minerals": exposures.minerals,
        "forms": exposures.forms,
        "indices": exposures.indices,
        "groups": exposures.groups,
        "group-minerals": exposures.group_minerals,
        "controls": controls_table(analysis).rows.drop(columns=["order"], errors="ignore"),
        "sourcing": sourcing,
        "questions": open_questions(analysis).rows.drop(columns=["line"]),
        "issues": analysis.issues,
        "sources": sources_used(analysis),
    }  # fmt: skip


def _flat(nested: dict[str, dict[str, object]]) -> pd.DataFrame:
    """Nested figures as rows of (figure, value): 'headline.spend_acute_pct.certain', 40.9."""
    rows: list[tuple[str, object]] = []

    def walk(name: str, value: object) -> None:
        if isinstance(value, dict):
            for key, one in value.items():
                walk(f"{name}.{key}" if name else str(key), one)
        elif isinstance(value, list):
            rows.append((name, "; ".join(str(one) for one in value)))
        else:
            rows.append((name, "" if value is None else value))

    walk("", nested)
    return pd.DataFrame(rows, columns=["figure", "value"], dtype="object")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as CSV that a spreadsheet opens without running any of its texts."""
    return harmless(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


_RUNS = re.compile(r"^[=@\t\r]|^[+-](?![\d.,]*%?$)")
"""Texts that a spreadsheet would take for a formula; a plain signed number is none."""


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return _RUNS.match(text) is not None


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before each text, and each head, that could run as a formula."""
    made = frame.rename(columns={
        name: f"'{name}" for name in frame.columns if _RUNS.match(str(name))
    })  # fmt: skip
    for at, (_, column) in enumerate(made.items()):
        if pd.api.types.is_numeric_dtype(column.dtype):
            continue
        known = {one: f"'{one}" for one in column.unique() if isinstance(one, str)
                 and _RUNS.match(one)}  # fmt: skip
        if known:
            made.isetitem(at, column.astype("object").replace(known).to_numpy())
    return made


def write_csv(analysis: Analysis, folder: Path, progress: Progress = SILENT) -> list[Path]:
    """Write one CSV per table, and what their columns mean, into `folder` (made if missing).

    Returns the files by name. All or none: they are written beside the folder and moved in at the
    end, so that a full disk or a cancel leaves no half. Raises OutputError.
    """
    tables = tidy_tables(analysis)
    tables["dictionary"] = dictionary(tables)
    with whole_folder(folder) as scratch:
        for at, (name, frame) in enumerate(tables.items()):
            progress.step("Writing CSV files", at, len(tables))
            (scratch / f"{name}.csv").write_bytes(csv_bytes(frame))
    return sorted(folder / f"{name}.csv" for name in tables)
