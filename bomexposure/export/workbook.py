"""The Excel workbook of an analysis: README, Summary with native charts, tables, live formulas."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path

import pandas as pd
import xlsxwriter

from bomexposure.export.csv_folder import csv_bytes
from bomexposure.export.sheets import Book, Placed, planned
from bomexposure.export.workbook_lines import (
    fact_fields,
    is_real,
    line_fields,
    own_fields,
    too_long,
    with_spend,
)
from bomexposure.export.workbook_lists import (
    write_controls,
    write_decisions,
    write_issues,
    write_scenarios,
    write_sources,
    write_sourcing,
    write_substitutes,
    write_unmapped,
)
from bomexposure.export.workbook_minerals import write_groups, write_minerals
from bomexposure.export.workbook_summary import write_readme, write_summary
from bomexposure.model.analysis import Analysis
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.project import Decision
from bomexposure.model.whole_file import write_whole
from bomexposure.present.facts import facts_frame

_SHEETS = (
    ("Summary", "Headline figures and charts."),
    ("By mineral", "One row per mineral: reliance, China's share, index, lines, spend, mass."),
    ("By line", "Your own columns untouched, then what was found in each line."),
    ("By assembly", "Exposure of each assembly."),
    ("By supplier", "Exposure of each supplier."),
    ("Facts", "One row per line, mineral and source; the formulas of the other sheets read it."),
    ("Controls", "Export controls on these minerals, with status on the as-of date."),
    ("Scenarios", "Headline before and after each scenario that was run."),
    ("Sourcing", "Countries that could supply instead, with score and reasons."),
    ("Substitutes", "Substitutes on record for parts of this BOM that hold acute minerals."),
    ("Published substitutes", "Substitutes that the publication names for each mineral."),
    ("Unmapped", "Lines not recognised or only assumed, with the question to ask."),
    ("Decisions", "Who decided what, when and why."),
    ("Issues", "What to know about the file, row by row."),
    ("Sources", "Every figure used: publication, table, year, value as printed."),
    ("Data sets", "The data sets behind it, with edition and hash."),
)  # fmt: skip


def write_xlsx(
    analysis: Analysis,
    path: Path,
    progress: Progress = SILENT,
    decisions: tuple[Decision, ...] = (),
    facts: bool = True,
) -> list[Path]:
    """Write the workbook to `path`, whole or not at all; return the files written.

    A table that would pass Excel's last row goes to a CSV beside it ("NAME By line.csv"), and the
    README sheet says so. Raises OutputError, and Cancelled from `progress`.
    """
    data, overflow = _build(analysis, progress, decisions, facts, path.stem)
    written = [path]
    for name, frame in overflow.items():
        beside = path.with_name(name)
        write_whole(beside, csv_bytes(frame))
        written.append(beside)
    write_whole(path, data)
    return written


def xlsx_bytes(
    analysis: Analysis,
    progress: Progress = SILENT,
    decisions: tuple[Decision, ...] = (),
    facts: bool = True,
) -> bytes:
    """The workbook as bytes. A table too long for Excel is left out, and the README says so."""
    return _build(analysis, progress, decisions, facts, "")[0]


def _build(
    analysis: Analysis,
    progress: Progress,
    decisions: tuple[Decision, ...],
    facts: bool,
    stem: str,
) -> tuple[bytes, dict[str, pd.DataFrame]]:
    stream = io.BytesIO()
    raw = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False},
    )  # fmt: skip
    # the as-of date stands for "now": the same input gives the same bytes
    day = datetime.combine(analysis.choices.as_of, time())
    raw.set_properties(
        {"title": f"Critical-mineral exposure of {analysis.bom.file}",
         "subject": analysis.reference.edition, "comments": analysis.generator, "created": day}
    )  # fmt: skip
    book = Book(raw)
    frame = facts_frame(analysis)
    notes: list[str] = []
    overflow: dict[str, pd.DataFrame] = {}
    beyond = too_long(analysis.bom.lines)
    if facts and (beyond or too_long(frame)):
        facts = False
        notes.append(_moved(overflow, f"{stem} Facts.csv" if stem else "", frame, "Facts"))
    elif not facts:
        notes.append("Facts was left out; spend by mineral and flags of lines are plain values.")
    progress.step("Writing the workbook", 1, 6)
    fields = fact_fields(analysis, frame) if facts else []
    facts_at = planned("Facts", fields) if facts else None
    own = own_fields(analysis)
    lines = [*own, *line_fields(analysis, frame, facts_at)]
    lines_at = planned("By line", lines)
    if beyond:
        name = f"{stem} By line.csv" if stem else ""
        columns = pd.DataFrame({at: field.values for at, field in enumerate(lines)})
        columns.columns = pd.Index([field.heading for field in lines])
        notes.append(_moved(overflow, name, columns, "By line"))
    progress.step("Writing the workbook", 2, 6)
    left_out = {name for name, there in (("Facts", facts), ("By line", not beyond)) if not there}
    shown = [one for one in _SHEETS if one[0] not in left_out]
    write_readme(book, analysis, shown, notes)
    summary = book.sheet("Summary")
    minerals_at = write_minerals(book, analysis, facts_at)
    if not beyond:
        book.table(book.sheet("By line"), lines, real=is_real(len(analysis.bom.lines)))
    progress.step("Writing the workbook", 3, 6)
    write_groups(book, analysis, "assembly", "By assembly")
    write_groups(book, analysis, "supplier", "By supplier")
    if facts:
        book.table(
            book.sheet("Facts"), with_spend(fields, frame, lines_at), real=is_real(len(frame)),
            freeze=1,
        )  # fmt: skip
    progress.step("Writing the workbook", 4, 6)
    _lists(book, analysis, decisions)
    write_summary(book, summary, analysis, None if beyond else lines_at, minerals_at)
    summary.activate()
    progress.step("Writing the workbook", 5, 6)
    raw.close()
    progress.step("Writing the workbook", 6, 6)
    return stream.getvalue(), overflow


def _lists(book: Book, analysis: Analysis, decisions: tuple[Decision, ...]) -> None:
    write_controls(book, analysis)
    write_scenarios(book, analysis)
    write_sourcing(book, analysis)
    write_substitutes(book, analysis)
    write_unmapped(book, analysis)
    write_decisions(book, analysis, decisions)
    write_issues(book, analysis)
    write_sources(book, analysis)


def _moved(overflow: dict[str, pd.DataFrame], name: str, frame: pd.DataFrame, sheet: str) -> str:
    """Keep a table for a CSV beside the workbook, and the sentence that says so."""
    if name:
        overflow[name] = frame
        return f"{sheet} ({len(frame):,} rows) is beyond what Excel holds: it is in {name}."
    return f"{sheet} ({len(frame):,} rows) is beyond what Excel holds, and was left out."


__all__ = ["Placed", "write_xlsx", "xlsx_bytes"]
