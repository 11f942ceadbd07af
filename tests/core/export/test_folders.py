"""CSV folder, chart files and questions to suppliers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import fakes
import openpyxl
import pandas as pd
import pytest

from bomexposure.export.charts import charts_of, png_bytes, write_charts
from bomexposure.export.csv_folder import harmless, write_csv
from bomexposure.export.questions import ANSWERS, HEAD_ROW, read_answers, write_questions
from bomexposure.export.svg import figure_svg
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError, WorkbookError
from bomexposure.present.charts import dumbbell


def test_csv_tables_join_by_line_and_mineral(answer: Analysis, tmp_path: Path) -> None:
    written = write_csv(answer, tmp_path / "tables")
    assert {path.name for path in written} == {
        path.name for path in (tmp_path / "tables").iterdir()
    }
    lines = pd.read_csv(tmp_path / "tables" / "lines.csv", dtype={"part_number": "str"})
    assert lines["part_number"].tolist()[1] == "0010"
    facts = pd.read_csv(tmp_path / "tables" / "facts.csv")
    assert set(facts["line"]) <= set(lines["id"])
    minerals = pd.read_csv(tmp_path / "tables" / "minerals.csv")
    assert pd.isna(minerals.set_index("mineral").loc["arsenic", "nir_low"])
    headline = pd.read_csv(tmp_path / "tables" / "headline.csv").set_index("figure")["value"]
    assert float(headline["headline.spend_acute_pct.certain"]) == 40.9


def test_every_column_of_the_folder_has_a_meaning(answer: Analysis, tmp_path: Path) -> None:
    write_csv(answer, tmp_path / "tables")
    told = pd.read_csv(tmp_path / "tables" / "dictionary.csv", keep_default_na=False)
    assert (told["meaning"] != "").all()
    for path in (tmp_path / "tables").iterdir():
        if path.stem != "dictionary":
            columns = list(pd.read_csv(path, nrows=1, encoding="utf-8-sig").columns)
            assert told.loc[told["file"] == path.name, "column"].tolist() == columns
    by_name = told.set_index(["file", "column"])
    assert by_name.loc[("facts.csv", "mass_mg_typical"), "unit"] == "mg"
    assert by_name.loc[("lines.csv", "row"), "type"] == "whole number"


def test_no_text_of_a_csv_runs_in_a_spreadsheet() -> None:
    texts = ["=2+5", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-12", "+1,5", "-", "plain"]
    frame = pd.DataFrame({"=head": texts, "number": [-1.5] * len(texts)})
    shown = harmless(frame)
    assert list(shown.columns) == ["'=head", "number"]
    assert shown["'=head"].tolist() == [
        "'=2+5", "'+cmd|x", "'-2+3", "'@SUM(A1)", "'\t=1", "'\r=1", "-12", "+1,5", "-", "plain",
    ]  # fmt: skip
    assert shown["number"].tolist() == [-1.5] * len(texts)
    assert frame["=head"].tolist() == texts


def test_csv_into_an_old_folder_leaves_other_files_alone(answer: Analysis, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    write_csv(answer, folder)
    assert (folder / "mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tables"]
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write_csv(answer, tmp_path / "file")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "tables"]


def test_every_chart_is_sound_svg_with_a_title(answer: Analysis) -> None:
    for spec in charts_of(answer).values():
        root = ET.fromstring(figure_svg(spec))
        assert root[0].text
        width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
        for mark in root.iter():
            for name in ("x", "x1", "x2", "cx"):
                if name in mark.attrib:
                    assert -1 <= float(mark.attrib[name]) <= width + 1
            for name in ("y", "y1", "y2", "cy"):
                if name in mark.attrib:
                    assert -1 <= float(mark.attrib[name]) <= height + 1


def test_a_hostile_label_stays_text(answer: Analysis) -> None:
    spec = dumbbell(fakes.renamed(answer, "<script>&"))
    ET.fromstring(figure_svg(spec))


def test_charts_are_written_as_svg_and_png(answer: Analysis, tmp_path: Path) -> None:
    written = write_charts(answer, tmp_path / "charts")
    assert {path.suffix for path in written} == {".svg", ".png"}
    assert all(path.stat().st_size for path in written)
    assert png_bytes(dumbbell(answer)).startswith(b"\x89PNG")


def filled_in(path: Path, answers: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    heads = [cell.value for cell in sheet[HEAD_ROW]]
    for name, value in answers.items():
        sheet.cell(HEAD_ROW + 1, heads.index(name) + 1).value = value
    book.save(path)


def test_questions_go_out_and_come_back_as_declared_content(
    answer: Analysis, tmp_path: Path
) -> None:
    (path,) = write_questions(answer, tmp_path / "ask")
    assert path.name == "supplier not named.xlsx"
    told = openpyxl.load_workbook(path)["Questions"]
    text = " ".join(str(cell.value) for row in told.iter_rows() for cell in row if cell.value)
    assert "ポンプ 制御 module" in text
    assert "3.54" not in text  # a supplier is not shown what is paid
    filled_in(path, {ANSWERS[1]: "12,5 g", ANSWERS[3]: "Nd 29 %; dysprosium: 3,5; Ga 0.01",
                     ANSWERS[4]: "per data sheet"})  # fmt: skip
    answers = read_answers(path, answer.reference)
    assert answers.issues.empty
    (override,) = answers.overrides
    assert override.fingerprint == "0015"
    assert override.mass_g == 12.5
    assert override.composition == (("neodymium", 29.0), ("dysprosium", 3.5), ("gallium", 0.01))
    assert "per data sheet" in override.reason


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({ANSWERS[3]: "Nd plenty"}, "content-unreadable"),
        ({ANSWERS[3]: "Nd 80; Dy 40"}, "content-above-100"),
        ({ANSWERS[1]: "heavy"}, "mass-unreadable"),
        ({ANSWERS[0]: "unobtainium"}, "material-unknown"),
        ({ANSWERS[2]: "no", ANSWERS[3]: "Nd 29"}, "answer-contradicts"),
        ({ANSWERS[2]: "perhaps"}, "answer-unclear"),
        ({ANSWERS[2]: "yes"}, "minerals-not-named"),
        ({ANSWERS[4]: "see data sheet"}, "remark-only"),
    ],
)
def test_what_cannot_be_read_is_an_issue_with_its_row(
    answer: Analysis, tmp_path: Path, given: dict[str, object], code: str
) -> None:
    (path,) = write_questions(answer, tmp_path)
    filled_in(path, given)
    answers = read_answers(path, answer.reference)
    assert answers.issues["code"].tolist() == [code]
    assert answers.issues["row"].tolist() == [HEAD_ROW + 1]


def test_known_material_and_plain_no(answer: Analysis, tmp_path: Path) -> None:
    (path,) = write_questions(answer, tmp_path)
    filled_in(path, {ANSWERS[0]: "ndfeb magnet"})
    (override,) = read_answers(path, answer.reference).overrides
    assert override.component_class == "MAGNET_NDFEB"
    filled_in(path, {ANSWERS[0]: None, ANSWERS[2]: "no"})
    (override,) = read_answers(path, answer.reference).overrides
    assert override.no_critical_minerals


def test_another_workbook_is_refused(answer: Analysis, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"no zip")
    for name in ("other.xlsx", "broken.xlsx", "missing.xlsx"):
        with pytest.raises(WorkbookError):
            read_answers(tmp_path / name, answer.reference)
