"""The answer as a folder of tidy CSV files: one table a file, one fact a row, plain numbers.

UTF-8 with a mark that Excel knows, commas, a point as decimal sign, dates in ISO form. An empty
cell is unknown. Lists inside a cell are joined by '; '.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from bomexposure.export.json_report import analysis_payload
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError
from bomexposure.model.progress import SILENT, Progress
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
        "controls": controls_table(analysis).rows,
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


def write_csv(analysis: Analysis, folder: Path, progress: Progress = SILENT) -> list[Path]:
    """Write one CSV per table into `folder` (made if missing); return the files, by name.

    All are written beside the folder first and moved in at the end, so that a full disk or a
    cancel leaves no half. Raises OutputError.
    """
    tables = tidy_tables(analysis)
    scratch: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".part-", dir=folder.parent))
        for at, (name, frame) in enumerate(tables.items()):
            progress.step("Writing CSV files", at, len(tables))
            data = frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
            (scratch / f"{name}.csv").write_bytes(data)
        folder.mkdir(exist_ok=True)
        for name in tables:
            (scratch / f"{name}.csv").replace(folder / f"{name}.csv")
    except OSError as fault:
        raise OutputError(
            f"The folder {folder.name} cannot be written: {fault.strerror or fault}.",
            "Choose another folder, or close the files in it that another program holds.",
        ) from fault
    finally:
        if scratch is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(scratch)
    return sorted(folder / f"{name}.csv" for name in tables)
