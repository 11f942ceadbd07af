"""The PDF as a reader of its text sees it: pages, words, sources, scripts, bytes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from pypdf import PdfReader

from bomexposure.export import fonts
from bomexposure.export.pdf import pages_png, pdf_bytes, set_report, write_pdf
from bomexposure.export.pdf_parts import page_one
from bomexposure.export.pdf_tables import letters_width
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError
from bomexposure.model.project import Decision
from bomexposure.model.report import PARTS, ReportOptions


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return "\n".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture(scope="module")
def data(answer: Analysis) -> bytes:
    return pdf_bytes(answer)


def test_page_one_says_what_the_analysis_says(data: bytes) -> None:
    told = text_of(data).split("\n")[0]
    for words in (
        "Pump", "22 November 2026", "One line worth $11.40 depends on dysprosium", "41 %",
        "5 of 7 found", "27 Nov 2026", "Five exposures to act on", "Three actions",
        "1 of 6 counted lines is not recognised", "9f3c…0000",
    ):  # fmt: skip
        assert words in told


def test_a_long_word_breaks_within_its_column_of_page_one(answer: Analysis) -> None:
    parts = page_one(fakes.renamed(answer, "ROULEMENT_BILLES_12_32_10_VENTILATEUR"))
    told = next(one["parts"] for one in parts["exposures"] if one["parts"].startswith("ROUL"))
    # behind an underscore, and no piece wider than its column
    assert told.startswith("ROULEMENT_BILLES_12_\u200b")
    assert all(letters_width(one, 7.6) <= 99 for one in told.split()[0].split("\u200b"))


def test_document_is_titled_tagged_and_has_bookmarks(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Critical-mineral exposure of pump.xlsx"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    titles = [one["/Title"] for one in reader.outline if not isinstance(one, list)]
    assert titles[:3] == ["Pump", "Exposure by mineral", "Exposure by line"]
    assert reader.metadata.creation_date is None


def test_pages_are_letter_or_a4_and_numbered(answer: Analysis) -> None:
    for paper, points in (("letter", (612, 792)), ("a4", (595.28, 841.89))):
        reader = PdfReader(io.BytesIO(pdf_bytes(answer, ReportOptions(paper=paper))))
        for at, page in enumerate(reader.pages, start=1):
            assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
                points, abs=0.1
            )
            assert f"page {at} of {len(reader.pages)}" in " ".join(page.extract_text().split())


def test_every_sign_of_a_source_leads_to_its_table(data: bytes) -> None:
    told = text_of(data)
    row = re.search(r"Mg Magnesium >75 88 .*? ([A-Z]\d+)(?:, | )", told)
    assert row is not None
    sources = told[told.index("Sources Signs are") :]
    # the note gives the chapter, the table in it and the value as printed there
    own = re.search(rf"\b{row.group(1)} (.*?) [A-Z]\d+ ", sources.replace("\u200b", ""))
    assert own is not None
    assert "MAGNESIUM chapter, Salient Statistics" in own.group(1)
    assert ">75" in own.group(1)


def test_without_its_sources_no_table_cites_and_the_footer_says_where(answer: Analysis) -> None:
    told = text_of(pdf_bytes(answer, ReportOptions(("executive", "minerals"))))
    assert "Source" not in told.split("Exposure by mineral")[1].split("Screening")[0]
    assert "a print with the part Sources" in told


def test_parts_can_be_left_out(answer: Analysis) -> None:
    told = text_of(pdf_bytes(answer, ReportOptions(("executive",))))
    assert "page 1 of 1" in told
    without = text_of(pdf_bytes(answer, ReportOptions(tuple(p for p in PARTS if p != "executive"))))
    assert "Five exposures" not in without
    assert "Exposure by mineral" in without


def test_same_answer_same_bytes(data: bytes) -> None:
    assert data == pdf_bytes(fakes.analysis())


def test_scripts_of_the_world_are_set_or_marked(answer: Analysis) -> None:
    shown = "Ротор магнит 磁石ローター 转子磁铁 로터 자석 Gießerei"
    data, issues = set_report(fakes.renamed(answer, shown), ReportOptions(("lines",)))
    assert issues.empty
    assert shown.replace(" ", "") in text_of(data).replace(" ", "").replace("\u200b", "")
    # Thai, an emoji and a private letter stand in no shipped font
    data, issues = set_report(fakes.renamed(answer, "โรเตอร์ 🧲 \ue000"), ReportOptions(("lines",)))
    assert issues["code"].tolist() == ["character-without-glyph"]
    assert "U+1F9F2" in issues["text"].iloc[0]
    assert fonts.MARK in text_of(data)


def test_the_mark_itself_is_in_the_fonts() -> None:
    assert fonts.MARK in fonts.coverage()
    assert fonts.Typesetter().text("ok\tfine\nyes") == "ok fine yes"


@pytest.mark.parametrize(
    "text",
    ["#let x = 1; $x^2$ *b* _i_ @ref <label> // c", "\\u{41} `raw` [x](y) = Head", "x" * 400,
     "a" * 30 + " " + "W" * 80, "\x00\x07\x1b", "‮reversed‬ ‍ ­"],
)  # fmt: skip
def test_any_text_is_set_as_it_stands(answer: Analysis, text: str) -> None:
    data, _ = set_report(fakes.renamed(answer, text), ReportOptions(("executive", "lines")))
    words = text_of(data).replace("\u200b", "").replace(" ", "").replace("\u00ad", "")
    if text.startswith("#let"):
        assert "#letx=1;$x^2$*b*_i_@ref<label>" in words


def test_long_names_stay_on_one_page_one(answer: Analysis) -> None:
    long = fakes.renamed(answer, "Very long description of a rotor magnet " * 8)
    long = replace(long, bom=replace(long.bom, file="a_very_long_file_name_" * 9 + ".xlsx"))
    told = text_of(pdf_bytes(long, ReportOptions(("executive",))))
    assert "page 1 of 1" in told


def test_text_without_blanks_loses_no_letter_in_a_table(answer: Analysis) -> None:
    for shown in ("磁石ローター組立品" * 10, "ABCDEFGHIJ0123456789" * 6):
        data, issues = set_report(fakes.renamed(answer, shown), ReportOptions(("lines",)))
        assert issues.empty
        told = text_of(data).replace("\u200b", "").replace(" ", "")
        assert shown in told


def test_figures_of_a_scenario_are_worded(answer: Analysis) -> None:
    told = text_of(pdf_bytes(answer, ReportOptions(("scenarios",))))
    assert answer.scenarios
    assert "Spend in acute lines" in told
    assert "_pct" not in told
    assert "acute, %" not in told


def test_decisions_and_own_words_are_printed(answer: Analysis, tmp_path: Path) -> None:
    log = (Decision("2026-11-20T09:00Z", "J. Doe", "Row 6 set to NdFeB magnet", "data sheet"),)
    issues = write_pdf(
        answer, tmp_path / "r.pdf",
        ReportOptions(title="Pump CP-40, revision C", lead="Our own words."), decisions=log,
    )  # fmt: skip
    assert issues.empty
    told = text_of((tmp_path / "r.pdf").read_bytes())
    assert "Pump CP-40, revision C" in told
    assert "Our own words." in told
    assert "Row 6 set to NdFeB magnet" in told
    with pytest.raises(OutputError):
        write_pdf(answer, tmp_path / "no" / "r.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["r.pdf"]


def test_preview_gives_each_page(answer: Analysis) -> None:
    pages = pages_png(answer, ReportOptions(("executive", "minerals")))
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_lines_of_several_sheets_name_theirs(answer: Analysis) -> None:
    lines = answer.bom.lines.copy()
    lines["sheet"] = ["Mechanics"] * (len(lines) - 1) + ["Electronics"]
    told, _ = set_report(replace(answer, bom=replace(answer.bom, lines=lines)))
    text = text_of(told)
    assert "Sheet" in text
    assert "Mechanics" in text
