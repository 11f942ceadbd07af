"""LibreOffice recalculates the workbook from its formulas alone, and gives our totals."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bomexposure.analysis import analyze
from bomexposure.export.workbook import xlsx_bytes
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices
from bomexposure.reference import load

BOARD = """Designator;Quantity;Value;Footprint;Manufacturer;MPN;Description;Unit price
C1,C2;2;10uF 25V X7R;1206;Murata;GRM31CR71E106KA12L;Capacitor ceramic;0,12
C3;{quantity};22uF 16V;CASE B;KEMET;T491B226K016AT;Capacitor tantalum;{price}
R1,R2,R3;3;10k 1%;0603;Yageo;RC0603FR-0710KL;Resistor thick film;0,01
U1;1;;SOIC-8;Texas Instruments;LM358DR;Operational amplifier;0,30
"""
SOFFICE = shutil.which("soffice")


@pytest.fixture(autouse=True)
def _needs_libreoffice() -> None:
    if SOFFICE is None:
        message = "LibreOffice is not installed: apt-get install libreoffice-calc-nogui"
        if os.environ.get("BOMEXPOSURE_REQUIRE_SYSTEM") == "1":
            pytest.fail(message)
        pytest.skip(message)


def dropped(data: bytes) -> bytes:
    """The workbook without the cached values of its formulas: LibreOffice must compute them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            new.writestr(name, content)
    return out.getvalue()


def recalculated(data: bytes, folder: Path) -> Any:
    """The workbook as LibreOffice computes it, read as values."""
    source = folder / "given.xlsx"
    source.write_bytes(data)
    out = folder / "out"
    subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "xlsx", "--outdir", str(out), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return openpyxl.load_workbook(out / "given.xlsx", data_only=True)


def headline(book: Any) -> dict[str, tuple[Any, Any]]:
    return {
        row[1].value: (row[2].value, row[3].value)
        for row in book["Summary"].iter_rows(min_row=6, max_row=24)
        if row[1].value
    }


def column(book: Any, sheet: str, head: str) -> list[Any]:
    rows = list(book[sheet].iter_rows(values_only=True))
    at = rows[0].index(head)
    return [row[at] for row in rows[1:]]


def test_totals_come_out_as_ours_and_follow_a_changed_cell(
    answer: Analysis, tmp_path: Path
) -> None:
    data = xlsx_bytes(answer)
    (tmp_path / "a").mkdir()
    book = recalculated(dropped(data), tmp_path / "a")
    told = headline(book)
    head = answer.exposures.headline
    assert told["Counted lines"][0] == 6
    assert told["Known spend"][0] == pytest.approx(40.0)
    assert told["Coverage, lines"][0] == pytest.approx(100 * 5 / 6)
    # acute: magnet 11.40, bush 4.92, LED 0.04
    assert told["Spend in acute lines"][0] == pytest.approx(100 * 16.36 / 40)
    assert told["Spend on China-led minerals"][0] == pytest.approx(100 * 36.36 / 40)
    # magnet, bush, LED and housing of six lines
    assert told["Lines on China-led minerals"] == pytest.approx((100 * 4 / 6, 100 * 4 / 6))
    assert told["Minerals of the 2025 list found"][0] == head.minerals
    assert told["Of these acute"][0] == head.minerals_acute
    minerals = answer.exposures.minerals
    for heading, field in (
        ("Spend certain, USD", "spend_certain"), ("Spend likely, USD", "spend_likely"),
        ("Lines certain", "lines_certain"), ("Lines likely", "lines_likely"),
    ):  # fmt: skip
        assert column(book, "By mineral", heading) == pytest.approx(minerals[field].tolist())
    assert column(book, "By mineral", "Acute") == [
        "yes" if one else "no" for one in minerals["acute"]
    ]

    # the price of the magnet doubles, and its dysprosium is found to be likely only
    changed = openpyxl.load_workbook(io.BytesIO(data))
    lines = changed["By line"]
    heads = [cell.value for cell in lines[1]]
    lines.cell(3, heads.index("Unit cost") + 1).value = 11.40
    facts = changed["Facts"]
    names = [cell.value for cell in facts[1]]
    for row in facts.iter_rows(min_row=2):
        if row[names.index("Mineral id")].value in ("dysprosium", "neodymium"):
            row[names.index("Presence")].value = "likely"
    stream = io.BytesIO()
    changed.save(stream)
    (tmp_path / "b").mkdir()
    after = headline(recalculated(dropped(stream.getvalue()), tmp_path / "b"))
    assert after["Known spend"][0] == pytest.approx(51.40)
    # certain: bush and LED, 4.96 of 51.40; likely: the magnet, now 22.80
    assert after["Spend in acute lines"] == (
        pytest.approx(100 * 4.96 / 51.40), pytest.approx(100 * (4.96 + 22.80) / 51.40))  # fmt: skip


def test_a_changed_quantity_and_price_give_what_a_run_on_the_changed_bom_gives(
    tmp_path: Path,
) -> None:
    reference = load()
    as_it_was = BOARD.format(quantity=1, price="0,55")
    changed = BOARD.format(quantity=7, price="2,10")
    answers = []
    for name, text in (("a.csv", as_it_was), ("b.csv", changed)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        answers.append(analyze(tmp_path / name, reference, Choices(as_of=date(2026, 11, 22))))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(answers[0])))
    lines = book["By line"]
    heads = [cell.value for cell in lines[1]]
    row = next(
        at for at in range(2, lines.max_row + 1) if "tantalum" in str(lines.cell(at, 7).value)
    )
    lines.cell(row, heads.index("Quantity in product") + 1).value = 7
    lines.cell(row, heads.index("Unit cost") + 1).value = 2.10
    stream = io.BytesIO()
    book.save(stream)
    after = recalculated(dropped(stream.getvalue()), tmp_path)
    ours = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(answers[1])), data_only=True)
    told, expected = headline(after), headline(ours)
    # 2 x 0.12 + 7 x 2.10 + 3 x 0.01 + 0.30
    assert told["Known spend"][0] == pytest.approx(15.27)
    for name, (low, high) in expected.items():
        assert told[name] == (pytest.approx(low), pytest.approx(high)), name
    for head in (one for one in heads_of(ours, "By mineral") if one.startswith("Spend ")):
        assert column(after, "By mineral", head) == pytest.approx(
            column(ours, "By mineral", head)
        ), head


def heads_of(book: Any, sheet: str) -> list[str]:
    return [str(cell.value) for cell in book[sheet][1]]
