"""Files in the forms that systems, services and README pages write."""

# ruff: noqa: E501 (tables read best in few rows)
from __future__ import annotations

import json
import os
import quopri
from pathlib import Path
from typing import Any

import pytest

from bomexposure import intake
from bomexposure.intake.quiet import quiet_reader

HEAD = ["Part Number", "Description", "Qty", "Unit Price"]
BODY: list[list[Any]] = [["0012-45", "Housing, die-cast", 1, 4.2], ["0013-45", "Größe M8 Schraube", 12, 0.05],
                         ["0014-00", "Magnet NdFeB", 4, 0.9]]  # fmt: skip
RECORDS = [dict(zip(HEAD, row, strict=True)) for row in BODY]
HTML = ("<html><body><table><tr>" + "".join(f"<th>{h}</th>" for h in HEAD) + "</tr>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in BODY) + "</table></body></html>")  # fmt: skip
MHT = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="NEXT"\r\n\r\n--NEXT\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + quopri.encodestring(HTML.encode()) + b"\r\n--NEXT--\r\n"
)  # fmt: skip
FODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="S">'
    + "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
    ) + "</table:table-row>" for row in [HEAD, *BODY])
    + "</table:table></office:spreadsheet></office:body></office:document>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("service.json", json.dumps(RECORDS).encode()),
        ("wrapped.json", json.dumps({"bom": "X1", "rows": RECORDS}, indent=1).encode()),
        ("lines.json", "\n".join(map(json.dumps, RECORDS)).encode()),
        ("sap.xls", MHT),
        ("flat.fods", FODS.encode()),
    ],
)
def test_every_form_gives_the_same_lines(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    lines = intake.read(tmp_path / name).lines
    assert list(lines["part_number"]) == ["0012-45", "0013-45", "0014-00"]
    assert list(lines["description"]) == [row[1] for row in BODY]
    assert list(lines["quantity"]) == [1, 12, 4]
    assert list(lines["unit_cost"]) == [4.2, 0.05, 0.9]


def test_records_within_records_are_a_level_deeper(tmp_path: Path) -> None:
    nested = {"items": [{"number": "A-1", "name": "Drive unit", "quantity": 2, "children": [
        {"number": "B-1", "name": "Rotor", "quantity": 1, "children": [{"number": "C-1", "name": "Magnet NdFeB", "quantity": 14}]},
        {"number": "B-2", "name": "Bearing", "quantity": 2}]}, {"number": "A-2", "name": "Cover", "quantity": 1}]}  # fmt: skip
    (tmp_path / "tree.json").write_text(json.dumps(nested))
    lines = intake.read(tmp_path / "tree.json").lines
    assert list(lines["level"]) == [1, 2, 3, 2, 1]
    # 2 drives with a rotor of 14 magnets each
    assert list(lines["quantity_total"]) == [2, 2, 28, 4, 1]


README = """# Bill of Materials

Some words about the robot, and a picture.
![view](./media/left.png)

### Mechanical parts

| Ct. | Part Number                                        | Description         |
|-----|:--------------------------------------------------:|---------------------|
| 2   | MC[91292A831](https://shop.example/91292A831/)     | **M2 X 6** Hex Bolt |
| 1   | MC[97163A147](https://shop.example/97163A147/)     | Heat-set Insert     |

_Unless otherwise said, all numbers are the shop's._

### Electrical

| Ct. | Part Number | Mfr. Part Number | Description            |
|-----|-------------|------------------|------------------------|
| 4   | EL2112      | cam-h7-r2        | Machine vision camera  |
"""


def test_the_tables_of_a_readme_page() -> None:
    bom = intake.read_text(README)
    assert [read.header_row for read in bom.read] == [8, 17]
    assert list(bom.lines["part_number"])[:2] == ["MC91292A831", "MC97163A147"]
    assert bom.lines["description"].iloc[0].split() == ["M2", "X", "6", "Hex", "Bolt"]
    assert list(bom.lines["quantity"]) == [2, 1, 4]


def test_tabs_that_only_align_columns() -> None:
    bom = intake.read_text("Part\t\t\tQuantity\t\tPrice\t\tComments\n" + "-" * 70 + "\ncamera\t\t\t1\t\t\t26$\t\twith lens\n"
                           "RaspberryPi zero w\t1\t\t\t10$\t\tsmall\nDC-DC convertor\t\t1\t\t\t\t\t24V\n3mm bolt\t\t4\t\t\t\t\tL=8mm\n")  # fmt: skip
    assert list(bom.lines["quantity"]) == [1, 1, 1, 4]
    assert list(bom.lines["unit_cost"].fillna(-1)) == [26, 10, -1, -1]


def test_a_row_whose_cells_are_shifted_gives_no_numbers() -> None:
    bom = intake.read_text("Part,Description,Maker,Qty,Unit cost,Total cost,Link\nA1,Coil,Acme,99,1.50,148.50,https://a.example\n"
                           "A2,Board,2,8.00,16.00,https://b.example,\nA3,Film,Acme,3,5.00,15.00,https://c.example\n")  # fmt: skip
    (issue,) = bom.issues[bom.issues["code"] == "row-shifted"].to_dict("records")
    assert issue["row"] == 3
    assert list(bom.lines["quantity"].fillna(-1)) == [99, -1, 3]
    assert list(bom.lines["cost_total"].fillna(-1)) == [148.5, -1, 15]


def test_a_wide_sheet_of_attributes_has_its_header_found() -> None:
    more = [f"Attribute {n}" for n in range(300)]
    text = "\n".join(
        "\t".join(map(str, [*row, *(["v"] * 300 if row != HEAD else more)]))
        for row in [HEAD, *BODY]
    )
    assert list(intake.read_text(text).lines["quantity"]) == [1, 12, 4]


def test_page_heads_printed_again_are_no_lines() -> None:
    page = "ACME Corp;;Page;{}\n;;;\nPart Number;Description;Qty;Unit Price\n"
    bom = intake.read_text(
        page.format(1) + "P-1;Motor;2;9\nP-2;Gear;3;4\n;;;\n" + page.format(2) + "P-3;Cover;1;2\n"
    )
    assert list(bom.lines["part_number"]) == ["P-1", "P-2", "P-3"]


def test_what_the_reader_s_rust_prints_stays_off_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with quiet_reader():
        os.write(
            2, b"thread '<unnamed>' panicked at src/xls.rs:900: range end index 12 out of range\n"
        )
    assert capfd.readouterr().err == ""
    with quiet_reader():
        os.write(2, b"another thread's word\n")
    assert capfd.readouterr().err == "another thread's word\n"
