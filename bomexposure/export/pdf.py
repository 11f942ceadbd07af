"""The PDF report: an executive page and the parts asked for, set by typst with shipped fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import orjson
import pandas as pd
import typst

from bomexposure.export.fonts import Typesetter
from bomexposure.export.pdf_parts import page_one, parts
from bomexposure.export.pdf_sources import Notes
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES
from bomexposure.model.errors import OutputError, UsageError
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.project import Decision
from bomexposure.model.report import PARTS, WHOLE_REPORT, ReportOptions
from bomexposure.model.resources import resource
from bomexposure.model.whole_file import write_whole
from bomexposure.present.glossary import METHOD_WORDS

_PAPERS = {"letter": "us-letter", "a4": "a4"}


def write_pdf(
    analysis: Analysis,
    path: Path,
    options: ReportOptions = WHOLE_REPORT,
    *,
    decisions: tuple[Decision, ...] = (),
    progress: Progress = SILENT,
) -> pd.DataFrame:
    """Write the report to `path`, whole or not at all; returns ISSUES of the setting.

    The issues name characters that no shipped font has. Raises OutputError, and UsageError for
    options without any part.
    """
    data, issues = set_report(analysis, options, decisions=decisions, progress=progress)
    write_whole(path, data)
    return issues


def pdf_bytes(
    analysis: Analysis,
    options: ReportOptions = WHOLE_REPORT,
    *,
    progress: Progress = SILENT,
) -> bytes:
    """The report as bytes."""
    return set_report(analysis, options, progress=progress)[0]


def set_report(
    analysis: Analysis,
    options: ReportOptions = WHOLE_REPORT,
    *,
    decisions: tuple[Decision, ...] = (),
    progress: Progress = SILENT,
) -> tuple[bytes, pd.DataFrame]:
    """The report's bytes, and an ISSUES table of characters that no shipped font has."""
    progress.step("Setting the PDF", 0, 2)
    told, issues = report_data(analysis, options, decisions)
    progress.step("Setting the PDF", 1, 2)
    data: bytes = _typeset(told, "pdf", None)
    progress.step("Setting the PDF", 2, 2)
    return data, issues


def pages_png(
    analysis: Analysis,
    options: ReportOptions = WHOLE_REPORT,
    *,
    decisions: tuple[Decision, ...] = (),
    ppi: float = 96.0,
    progress: Progress = SILENT,
) -> list[bytes]:
    """Each page of the report as a PNG, for the preview."""
    progress.step("Setting the pages", 0, 2)
    told, _ = report_data(analysis, options, decisions)
    progress.step("Setting the pages", 1, 2)
    made = _typeset(told, "png", ppi)
    progress.step("Setting the pages", 2, 2)
    return [made] if isinstance(made, bytes) else list(made)


def report_data(
    analysis: Analysis, options: ReportOptions, decisions: tuple[Decision, ...]
) -> tuple[dict[str, Any], pd.DataFrame]:
    """All that the template sets, as plain texts that the shipped fonts can show."""
    if not options.parts:
        raise UsageError("The report has no parts.", f"Choose from: {', '.join(PARTS)}.")
    letters = Typesetter()
    linked = "sources" in options.parts
    notes = Notes(analysis.reference) if linked else None
    told = letters.all(
        {
            "paper": _PAPERS[options.paper],
            "title": f"Critical-mineral exposure of {analysis.bom.file}",
            "description": "Screening estimate of critical minerals in a bill of materials, with "
            "U.S. import reliance and China's share of world output.",
            "keywords": ["critical minerals", "bill of materials", "import reliance"],
            "maker": f"{analysis.generator} · BOM sha256 "
            f"{analysis.bom.sha256[:4]}…{analysis.bom.sha256[-4:]}",
            "footer": footer(analysis, linked=linked),
            "linked": linked,
            "one": page_one(analysis, options.title, options.lead, notes)
            if "executive" in options.parts
            else None,
            "parts": parts(analysis, options.parts, decisions, notes),
        }
    )
    return told, _missing(letters)


def footer(analysis: Analysis, *, linked: bool) -> str:
    """What every page says about standing, gaps and vintage."""
    counted = analysis.bom.lines["counted"]
    blind = int((counted & (analysis.contents.recognitions["evidence"] == "none")).sum())
    total = int(counted.sum())
    if total == 1:
        gap = f"The one counted line {'is not' if blind else 'was'} recognised."
    elif blind == 1:
        gap = f"1 of {total:,} counted lines is not recognised and counts as unknown."
    elif blind:
        gap = f"{blind:,} of {total:,} counted lines are not recognised and count as unknown."
    else:
        gap = f"All {total:,} counted lines were recognised."
    where = (
        "the part Sources leads to the table behind each figure."
        if linked
        else "the workbook and a print with the part Sources lead to the table behind each figure."
    )
    return (
        f"Screening estimate, not a declaration. Ranges are low to high. {gap} Method: "
        f"{METHOD_WORDS.get(analysis.choices.method, analysis.choices.method)}. "
        f"Data: {analysis.reference.edition}; {where}"
    )


def _typeset(told: dict[str, Any], form: Literal["pdf", "png"], ppi: float | None) -> Any:
    """The template set with `told`: bytes, or a list of bytes for more than one PNG page.

    Raises OutputError when typst refuses.
    """
    try:
        return typst.compile(
            str(resource("report", "report.typ")),
            root=str(resource("report")),
            font_paths=[str(resource("fonts"))],
            ignore_system_fonts=True,
            format=form,
            ppi=ppi,
            sys_inputs={"data": orjson.dumps(told).decode()},
            pdf_standards=["ua-1"] if form == "pdf" else [],
        )
    except typst.TypstError as fault:
        raise OutputError(
            f"The report could not be set: {fault}.",
            "Leave out parts of the report until it works, and report the case.",
        ) from fault


def _missing(letters: Typesetter) -> pd.DataFrame:
    """One issue that names the characters without a glyph, none when all were found."""
    if not letters.missing:
        return ISSUES.empty()
    shown = sorted(letters.missing, key=lambda one: (-letters.missing[one], one))
    named = ", ".join(f"U+{ord(one):04X}" for one in shown[:12])
    more = f" and {len(shown) - 12} more" if len(shown) > 12 else ""
    return ISSUES.conform(
        {
            "severity": ["note"],
            "code": ["character-without-glyph"],
            "value": ["".join(shown[:12])],
            "text": [f"No shipped font has {named}{more}; the PDF shows a white square instead."],
            "mend": ["The workbook and the JSON hold these characters as they are."],
        }
    )
