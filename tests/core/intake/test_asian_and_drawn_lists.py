"""Lists as Kingdee, Japanese drawings and German shops head them, with figures worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import save_text, save_xlsx

from bomexposure import intake
from bomexposure.intake.headers import roles_of


def test_half_a_percent_of_scrap_stays_so(tmp_path: Path) -> None:
    rows = [
        ["子项物料编码", "子项物料名称", "用量:分子", "用量:分母", "变动损耗率%"],
        ["D400", "电芯", 24, 1, 0.5],
        ["D401", "镍片", 15, 100, 0],
    ]
    lines = intake.read(save_xlsx(tmp_path / "cloud.xlsx", {"BOM": rows})).lines
    # 24 x 1.005; 15 / 100
    assert list(lines["quantity_total"].round(9)) == [24.12, 0.15]


def test_the_box_of_changes_below_a_drawing_holds_no_parts(tmp_path: Path) -> None:
    rows = [
        ["照番", "部品名称", "図番", "材料", "個数", "重量[kg]"],
        [1, "ケーシング", "P-101", "SCS14", 1, 85.2],
        [2, "主軸", "P-103", "SUS329J1", 1, 9.6],
        [3, "軸受", "P-104", "市販品", 2, 0.62],
        ["", "訂正", "日付", "記事", "担当"],
        ["", "A", "2025/3/1", "材質変更", "田中"],
    ]
    lines = intake.read(save_xlsx(tmp_path / "drawing.xlsx", {"BOM": rows})).lines
    assert list(lines["part_number"]) == ["P-101", "P-103", "P-104"]


def test_a_measure_for_one_piece_is_no_count(tmp_path: Path) -> None:
    rows = [
        ["Pos.", "Stk.", "Benennung", "Werkstoff", "Gewicht kg/Stk", "€/Stk"],
        ["1", "4", "Auflage", "C45E", "0,59", "12,50"],
        ["2", "2", "Spannhebel", "1.4301", "0,42", "8,00"],
    ]
    path = save_text(tmp_path / "shop.csv", rows, ";", "cp1252")
    lines = intake.read(path).lines
    assert list(lines["quantity_total"]) == [4, 2]
    assert list(lines["mass_g"]) == [590, 420]
    assert list(lines["cost_total"]) == [50, 16]  # 4 x 12.50; 2 x 8.00


@pytest.mark.parametrize("first", ["1台分", "総数"])
def test_a_head_over_two_quantities_keeps_the_one_of_a_product(first: str, tmp_path: Path) -> None:
    second = "総数" if first == "1台分" else "1台分"
    one = [2, 4, 6] if first == "1台分" else [4, 8, 12]
    other = [4, 8, 12] if first == "1台分" else [2, 4, 6]
    rows = [
        ["品番", "部品名", "数量", "", "メーカー"],
        ["", "", first, second, ""],
        *[[f"K-{i}", f"部品{'甲乙丙'[i]}型", one[i], other[i], "THK"] for i in range(3)],
    ]
    path = save_xlsx(
        tmp_path / "two.xlsx", {"S": rows}, lambda book: book.worksheets[0].merge_cells("C1:D1")
    )
    assert list(intake.read(path).lines["quantity"]) == [2, 4, 6]


def test_counts_of_pieces_are_still_counts() -> None:
    assert max(roles_of("Qty/pc"), key=roles_of("Qty/pc").__getitem__) == "quantity"
    assert max(roles_of("Menge/Stück"), key=roles_of("Menge/Stück").__getitem__) == "quantity"


@pytest.mark.parametrize(
    ("header", "cells"),
    [("材質", ["", "SS400", "", "A5052"]), ("材料", ["", "ZL114A", "QSn6.5-0.1", "TC4"])],
)
def test_a_column_of_bare_grades_is_the_material(
    header: str, cells: list[str], tmp_path: Path
) -> None:
    rows = [
        ["レベル", "部品番号", "部品名称", header, "個数"],
        *[[min(i, 1), f"K-10{i}", f"部品{'甲乙丙丁'[i]}", one, 2] for i, one in enumerate(cells)],
    ]
    lines = intake.read(save_xlsx(tmp_path / "grades.xlsx", {"BOM": rows})).lines
    assert list(lines["material"]) == cells
