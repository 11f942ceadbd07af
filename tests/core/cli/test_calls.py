"""Calls and exit codes of the contract (design, section 6)."""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from pypdf import PdfReader

from bomexposure.cli.run import run

BOARD = """Designator;Quantity;Value;Footprint;Manufacturer;MPN;Description;Unit price
C1,C2;2;10uF 25V X7R;1206;Murata;GRM31CR71E106KA12L;Capacitor ceramic;0,12
C3;1;22uF 16V;CASE B;KEMET;T491B226K016AT;Capacitor tantalum;0,55
R1,R2,R3;3;10k 1%;0603;Yageo;RC0603FR-0710KL;Resistor thick film;0,01
U1;1;;SOIC-8;Texas Instruments;LM358DR;Operational amplifier;0,30
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.csv"
    path.write_text(BOARD, encoding="utf-8")
    return path


def test_analyze_tells_tantalum_in_a_tantalum_capacitor(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.json"
    assert run(["analyze", str(board), "--as-of", "2026-11-22", "--json", str(target)]) == 0
    told = json.loads(target.read_bytes())
    assert told["schema"] == "bomexposure/analysis/1"
    assert told["bom"]["file"] == "board.csv"
    line = next(one for one in told["lines"] if one["row"] == 3)
    held = {m["mineral"]: m for m in line["minerals"]}
    assert held["tantalum"]["presence"] == "certain"
    assert held["tantalum"]["function"] == "primary"
    assert all(one in told["sources"] for one in held["tantalum"]["sources"])
    # 2 x 0.12 + 0.55 + 3 x 0.01 + 0.30
    assert told["headline"]["spend"] == pytest.approx(1.12)
    tantalum = next(m for m in told["minerals"] if m["mineral"] == "tantalum")
    assert tantalum["nir_pct"]["printed"] == "100"  # MCS 2026, Table 7: tantalum
    assert capsys.readouterr().out == ""


def test_standard_output_holds_the_json_and_nothing_else(
    board: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["analyze", str(board), "--as-of", "2026-11-22", "--json", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["bom"]["line_count"] == 4


def test_without_outputs_a_summary_for_people(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(board), "--as-of", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "Tantalum" in said
    assert "overage" in said  # coverage comes first in every view


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["analyze", "no-such-file.xlsx"], 3, "no-such-file.xlsx"),
        (["analyze", "BOARD", "--as-of", "22.11.2026"], 2, "22.11.2026"),
        (["analyze", "BOARD", "--method", "gauge"], 2, "gauge"),
        (["analyze", "BOARD", "--scenario", "end-of-world"], 2, "end-of-world"),
        (["analyze", "BOARD", "--column", "colour=@C"], 2, "colour"),
        (["analyze", "BOARD", "--rate", "EUR=x"], 2, "EUR=x"),
        (["analyze", "BOARD", "--volume", "-3"], 2, "-3"),
        (["analyze", "BOARD", "--fail-on", "minerals_acute >"], 2, "minerals_acute"),
        (["analyze", "BOARD", "--json", "-", "--pdf", "-"], 2, "standard output"),
        (["analyze", "BOARD", "--project", "none.bomx"], 3, "none.bomx"),
        (["analyze", "BOARD", "--json", "no/such/folder/a.json"], 4, "a.json"),
        (["analyze"], 2, "BOM"),
        (["inspekt"], 2, "inspekt"),
        (["inspect", "BROKEN"], 3, "broken.xlsx"),
    ],
)
def test_a_fault_is_a_sentence_and_an_exit_code(
    words: list[str],
    code: int,
    said: str,
    board: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing of use")
    names = {"BOARD": str(board), "BROKEN": str(broken)}
    assert run([names.get(word, word) for word in words]) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_rule_that_holds_exits_with_1_after_the_outputs_are_written(
    board: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a.json"
    call = ["analyze", str(board), "--as-of", "2026-11-22", "--json", str(target), "--fail-on"]
    assert run([*call, "minerals_acute >= 1"]) == 1
    assert target.exists()
    assert run([*call, "minerals_acute > 999"]) == 0


def test_a_bug_is_one_line_and_a_log(
    board: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import bomexposure.analysis

    def broken(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(bomexposure.analysis, "analyze", broken)
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_a, **_k: str(tmp_path / "log"))
    assert run(["analyze", str(board)]) == 70
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "secret detail" in (tmp_path / "log" / "crash.log").read_text(encoding="utf-8")


def test_the_whole_job_runs_with_sockets_blocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blocked(*_: Any, **__: Any) -> None:
        raise AssertionError("the BOM stays here")

    # the class itself must stay a class: parts of the standard library derive from it
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, blocked, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", blocked)
    assert run(["demo", "--out", str(tmp_path)]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "report.json",
        "report.pdf",
        "report.xlsx",
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert run(["demo", "--out", str(tmp_path / folder)]) == 0
    for name in ("report.json", "report.pdf", "report.xlsx"):
        first, second = ((tmp_path / folder / name).read_bytes() for folder in ("one", "two"))
        assert first == second, name


def test_columns_set_by_hand_are_saved_and_used_again(board: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "columns.json"
    call = ["inspect", str(board), "--column", "notes=Footprint", "--save-mapping", str(mapping)]
    assert run([*call, "--json", str(tmp_path / "one.json")]) == 0
    again = ["inspect", str(board), "--mapping", str(mapping), "--json", str(tmp_path / "two.json")]
    assert run(again) == 0
    first, second = (
        json.loads((tmp_path / f"{name}.json").read_bytes()) for name in ("one", "two")
    )
    assert first["columns"]["notes"]["header"] == "Footprint"
    assert second["columns"] == first["columns"]


def test_a_file_that_is_no_mapping_is_named(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "columns.json").write_text("{}", encoding="utf-8")
    assert run(["inspect", str(board), "--mapping", str(tmp_path / "columns.json")]) == 3
    assert "columns.json" in capsys.readouterr().err


def test_parts_paper_and_charts_are_chosen_by_the_call(board: Path, tmp_path: Path) -> None:
    call = ["analyze", str(board), "--as-of", "2026-11-22", "--pdf", str(tmp_path / "r.pdf"),
            "--pdf-parts", "Minerals, executive", "--paper", "A4",
            "--charts", str(tmp_path / "charts")]  # fmt: skip
    assert run(call) == 0
    reader = PdfReader(tmp_path / "r.pdf")
    assert float(reader.pages[0].mediabox.height) == pytest.approx(841.9, abs=0.1)
    titles = [one["/Title"] for one in reader.outline if not isinstance(one, list)]
    assert titles == ["Board", "Exposure by mineral"]
    for path in (tmp_path / "charts").iterdir():
        if path.suffix == ".svg":
            assert ElementTree.fromstring(path.read_bytes()).tag.endswith("svg")
        else:
            assert path.read_bytes().startswith(b"\x89PNG")
    assert {path.suffix for path in (tmp_path / "charts").iterdir()} == {".svg", ".png"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--pdf", "r.pdf", "--pdf-parts", "executive,maps"], ("maps", "minerals, lines")),
        (["--pdf", "r.pdf", "--paper", "legal"], ("legal", "letter or a4")),
        (["--paper", "a4"], ("--paper", "--pdf F")),
        (["--pdf-parts", ",", "--pdf", "r.pdf"], ("names no part", "executive")),
        (["--charts", "-"], ("standard output", "folder")),
        (["--pdf", "r.out", "--json", "./r.out"], ("r.out", "its own name")),
    ],
)
def test_outputs_that_make_no_sense_are_refused_before_the_work(
    board: Path, options: list[str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(board.parent)
    assert run(["analyze", str(board), *options]) == 2
    said = capsys.readouterr().err
    assert all(one in said for one in words)
    assert [path.name for path in board.parent.iterdir()] == ["board.csv"]


@pytest.mark.parametrize("option", ["--json", "--xlsx", "--pdf", "--annotate"])
def test_the_bom_is_never_written_over(
    board: Path, option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (board.parent / "link.csv").symlink_to(board)
    monkeypatch.chdir(board.parent)
    for name in ("./board.csv", "link.csv"):
        assert run(["analyze", str(board), option, name]) == 4
        assert "board.csv" in capsys.readouterr().err or name == "link.csv"
    assert board.read_text(encoding="utf-8") == BOARD


@pytest.mark.parametrize(
    "call",
    [
        ["inspect", "BOM", "--json"],
        ["inspect", "BOM", "--save-mapping"],
        ["ask", "BOM", "--json"],
        ["due", "BOM", "--json"],
        ["simulate", "BOM", "--json"],
        ["portfolio", "BOM", "--json"],
        ["portfolio", "BOM", "--xlsx"],
        ["compare", "BOM", "BOM", "--xlsx"],
        ["reference", "import", "BOM", "--json"],
    ],
    ids=lambda call: " ".join(call),
)
def test_no_command_writes_over_the_file_that_it_reads(
    board: Path, call: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(board.parent)
    assert run([str(board) if one == "BOM" else one for one in call] + ["./board.csv"]) == 4
    assert board.read_text(encoding="utf-8") == BOARD


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--as-of", ""], "2026-11-22"),
        (["--as-of", "20261122"], "2026-11-22"),
        (["--volume", "inf"], "volume"),
        (["--fail-on", ""], "a field or a number"),
        (["--column", "quantity=@"], "quantity=@C"),
        (["--encoding", "nope"], "utf-8"),
    ],
)
def test_an_option_without_a_sense_is_refused_with_its_remedy(
    board: Path, options: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(board), *options]) == 2
    assert word in capsys.readouterr().err


def test_inspect_tells_what_is_not_known_as_null(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("Part Number", "Description", "Quantity"),
        ("P-1", "Bolt M4", "many"),
        ("P-2", "Nut M4", 3),
    ):
        book.active.append(row)
    book.save(tmp_path / "parts.xlsx")
    assert run(["inspect", str(tmp_path / "parts.xlsx"), "--json", "-"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["encoding"] is None
    assert told["delimiter"] is None
    assert told["issues"]
    assert all(one[key] != "" for one in told["issues"] for key in one)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_bom_can_come_out_of_a_pipe(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """As a shell's `<(...)` does: a pipe can be read only once."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(BOARD,), kwargs={"encoding": "utf-8"})
    writer.start()
    assert run(["analyze", str(pipe), "--json", "-"]) == 0
    writer.join(timeout=10)
    assert json.loads(capsysbinary.readouterr().out)["bom"]["line_count"] == 4


def test_a_dash_for_the_bom_is_answered_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", "-"]) == 3
    assert "name its file" in capsys.readouterr().err


def test_an_interrupt_while_loading_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bomexposure import cli
    from bomexposure.cli import run as module

    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run", interrupted)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_missing_folder_is_named(board: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = board.parent / "reports" / "a.json"
    assert run(["inspect", str(board), "--json", str(target)]) == 4
    assert f"there is no folder {board.parent / 'reports'}" in capsys.readouterr().err


def test_a_folder_for_the_demo_that_is_a_file_is_an_output_that_cannot_be_written(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "--out", str(board)]) == 4
    assert "--out" in capsys.readouterr().err


def test_what_was_confirmed_is_used_again_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header that nobody could find, pointed out once, is found in the next file by itself."""
    monkeypatch.setenv("BOMEXPOSURE_HOME", str(tmp_path / "home"))
    for name in ("first", "second"):
        (tmp_path / f"{name}.csv").write_text(
            "Plant 7,,\nzeta,eta,theta\nPump wheel,3,x\nBall valve,5,y\n", encoding="utf-8"
        )
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    named = ["--header-row", "2", "--column", "description=zeta", "--column", "quantity=eta"]
    assert run(["inspect", str(first), *named, "--remember", "--json", str(tmp_path / "a")]) == 0
    assert run(["inspect", str(second), "--remembered", "--json", str(tmp_path / "b")]) == 0
    confirmed, again = (json.loads((tmp_path / name).read_bytes()) for name in ("a", "b"))
    assert again["header_row"] == 2
    assert again["columns"] == confirmed["columns"]
    assert again["columns"]["quantity"]["header"] == "eta"
    assert run(["inspect", str(second), "--json", "-"]) == 3, "not asked for: not used"


def test_a_suppliers_answer_changes_the_analysis_as_declared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bom = tmp_path / "bom.csv"
    bom.write_text(
        "Part;Description;Qty;Unit price;Supplier\n1;Zyx unit 7;2;9.00;Acme\n"
        "2;Qwv unit 8;1;4.00;Acme\n",
        encoding="utf-8",
    )
    call = ["analyze", str(bom), "--as-of", "2026-11-22"]
    assert run([*call, "--questions", str(tmp_path / "ask")]) == 0
    path = tmp_path / "ask" / "Acme.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    heads = [cell.value for cell in sheet[6]]
    sheet.cell(7, heads.index("Minerals, % of mass") + 1).value = "Nd 29; Dy 3.5"
    sheet.cell(7, heads.index("Mass of one piece, g") + 1).value = 12.5
    sheet.cell(8, heads.index("Mass of one piece, g") + 1).value = "heavy"
    book.save(path)
    capsys.readouterr()
    target = tmp_path / "a.json"
    assert run([*call, "--answers", str(path), "--json", str(target)]) == 0
    said = capsys.readouterr().err
    assert "Acme.xlsx, Questions, row 8, column “Mass of one piece, g”: “heavy” is not" in said
    told = json.loads(target.read_bytes())
    line = next(one for one in told["lines"] if one["part_number"] == "1")
    held = {one["mineral"]: one for one in line["minerals"]}
    assert line["evidence"] == "declared"
    assert held["neodymium"]["evidence"] == "declared"
    # two pieces of 12.5 g with 29 % neodymium
    assert held["neodymium"]["mass_mg"]["typical"] == pytest.approx(2 * 12_500 * 0.29)
    assert told["headline"]["minerals_acute"] > 0


def test_a_rule_can_ask_for_coverage(board: Path) -> None:
    """All four lines of the board are recognised: 100 percent."""
    assert run(["analyze", str(board), "--fail-on", "coverage.lines_pct < 100"]) == 0
    assert run(["analyze", str(board), "--fail-on", "coverage.lines_pct >= 100"]) == 1
