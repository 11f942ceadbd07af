"""The workbook as openpyxl reads it back: sheets, formulas with cached values, hostile texts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import fakes
import openpyxl
import pytest

from bomexposure.export import workbook_lines
from bomexposure.export.sheets import escaped
from bomexposure.export.workbook import write_xlsx, xlsx_bytes
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import Cancelled, OutputError


def sheet_rows(data: bytes, name: str, *, values: bool = True) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=values)[name]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def data(answer: Analysis) -> bytes:
    return xlsx_bytes(answer)


def test_sheets_and_charts(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "README", "Summary", "By mineral", "By line", "By assembly", "By supplier", "Facts",
        "Controls", "Scenarios", "Sourcing", "Substitutes", "Published substitutes", "Unmapped",
        "Decisions", "Issues", "Sources", "Data sets",
    ]  # fmt: skip
    charts = [one for one in zipfile.ZipFile(io.BytesIO(data)).namelist() if "charts/chart" in one]
    assert len(charts) >= 3
    assert "spend_acute_certain" in book.defined_names
    assert all(sheet.freeze_panes for sheet in book if sheet.title not in ("README", "Summary"))


def test_own_columns_stay_as_they_are(data: bytes, answer: Analysis) -> None:
    rows = sheet_rows(data, "By line")
    assert [row["Part"] for row in rows] == answer.bom.original["Part"].tolist()
    assert rows[1]["Part"] == "0010"  # a text, its zeros kept


def test_a_text_that_looks_like_a_formula_cannot_run(answer: Analysis) -> None:
    for text in ("=2+5", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"):
        data = xlsx_bytes(fakes.renamed(answer, text))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cell = next(one for one in book["By line"]["B"] if one.value == text)
        assert cell.data_type == "s"
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert not any("calc" in str(one) for one in formulas)


def test_control_characters_and_long_texts_are_written_as_excel_does(answer: Analysis) -> None:
    assert escaped("a\x0bb <&> _x0041_") == "a_x000B_b &lt;&amp;&gt; _x005F_x0041_"
    assert len(escaped("x" * 40_000)) == 32_767
    data = xlsx_bytes(fakes.renamed(answer, "bell \x07 and \ud800 half"))
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_unknown_is_blank_and_never_zero(data: bytes) -> None:
    minerals = {row["Id"]: row for row in sheet_rows(data, "By mineral")}
    assert minerals["arsenic"]["Reliance low, %"] is None
    assert minerals["arsenic"]["As printed"] == "W"
    assert minerals["graphite"]["Mass low, g"] is None
    assert minerals["magnesium"]["Spend certain, USD"] == 0


def test_facts_count_a_line_and_mineral_once(data: bytes) -> None:
    facts = sheet_rows(data, "Facts")
    assert len(facts) == len(fakes.HELD)
    graphite = [(row["Line"], row["Counts"]) for row in facts if row["Mineral id"] == "graphite"]
    assert graphite == [("BOM!7", "yes"), ("BOM!9", "no")]  # coke in the casting does not count
    assert {row["Publication"] for row in facts} == {"Composition of parts"}


def test_formulas_cache_what_the_analysis_says(data: bytes, answer: Analysis) -> None:
    live = {row["Id"]: row for row in sheet_rows(data, "By mineral", values=False)}
    cached = {row["Id"]: row for row in sheet_rows(data, "By mineral")}
    for _, row in answer.exposures.minerals.iterrows():
        shown = cached[row["mineral"]]
        assert shown["Lines certain"] == row["lines_certain"]
        assert shown["Spend certain, USD"] == pytest.approx(row["spend_certain"])
        assert str(live[row["mineral"]]["Spend certain, USD"]).startswith("=SUMIFS(")


def test_same_answer_same_bytes(data: bytes) -> None:
    assert data == xlsx_bytes(fakes.analysis())


def test_without_facts_the_readme_says_so(answer: Analysis) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(answer, facts=False)))
    assert "Facts" not in book.sheetnames
    told = " ".join(str(cell.value) for cell in book["README"]["B"])
    assert "Facts was left out" in told


def test_a_table_too_long_for_excel_goes_beside_it(
    answer: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_lines, "ROW_LIMIT", 9)  # nine facts and a head are ten rows
    written = write_xlsx(answer, tmp_path / "report.xlsx")
    assert [path.name for path in written] == ["report.xlsx", "report Facts.csv"]
    lines = (tmp_path / "report Facts.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(fakes.HELD)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert "Facts" not in book.sheetnames
    assert any("report Facts.csv" in str(cell.value) for cell in book["README"]["B"])


def test_nothing_is_left_behind_by_a_stopped_or_refused_write(
    answer: Analysis, tmp_path: Path
) -> None:
    class Stop:
        def step(self, label: str, done: int, total: int) -> None:
            if done == 3 and total and label:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_xlsx(answer, tmp_path / "a.xlsx", Stop())
    with pytest.raises(OutputError):
        write_xlsx(answer, tmp_path / "missing" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_own_heads_that_repeat_ours_keep_their_columns(answer: Analysis) -> None:
    own = answer.bom.original.rename(columns={"Qty": "Spend", "Part": "acute"})
    data = xlsx_bytes(replace(answer, bom=replace(answer.bom, original=own)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in book["By line"][1]]
    assert len(heads) == len({str(one).casefold() for one in heads})
    assert heads[:3] == ["acute", "Description", "Spend"]
    # the total speaks of our spend, not of the user's column of that name
    spend = next(row for row in book["Summary"].iter_rows() if row[1].value == "Known spend")
    letter = re.search(r"'By line'!\$([A-Z]+)\$", str(spend[2].value))
    assert letter is not None
    assert letter.group(1) != "C"


def test_more_lines_than_excel_holds_go_to_a_csv_with_plain_totals(
    answer: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_lines, "ROW_LIMIT", 7)  # seven lines and a head are eight rows
    written = write_xlsx(answer, tmp_path / "report.xlsx")
    assert [path.name for path in written] == [
        "report.xlsx", "report Facts.csv", "report By line.csv",
    ]  # fmt: skip
    rows = (tmp_path / "report By line.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(fakes.PARTS)
    assert any("'=2+5 label" in row for row in rows)  # it cannot run where the CSV is opened
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert not {"Facts", "By line"} & set(book.sheetnames)
    told = {row[1].value: row[2].value for row in book["Summary"].iter_rows(min_row=6, max_row=24)}
    assert told["Known spend"] == pytest.approx(40.0)
    everywhere = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("'By line'!" in one or "Facts!" in one for one in everywhere)


def test_no_chart_of_the_summary_covers_a_figure(answer: Analysis) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(answer)))["Summary"]
    filled = [
        (cell.row, cell.column) for row in sheet.iter_rows(min_row=5) for cell in row if cell.value
    ]
    for chart in sheet._charts:
        start = chart.anchor._from
        assert not [place for place in filled if place[0] > start.row and place[1] > start.col], (
            start.row
        )
