"""Systems are recognised by the headers that they export together, and said by name."""

# ruff: noqa: E501 (tables read best in few rows)
from __future__ import annotations

from pathlib import Path

import pytest
from books import all_books, write

from bomexposure import intake
from bomexposure.intake.presets import presets, recognise
from bomexposure.model.bom import ROLES

SYSTEMS = {
    "sap_cs12_de": "SAP", "sap_list_framed": "SAP", "agile": "Oracle Agile", "teamcenter": "Teamcenter",
    "windchill": "Windchill", "solidworks_indented": "SolidWorks", "inventor": "Inventor", "altium": "Altium",
    "kicad": "KiCad", "eagle": "Eagle", "orcad": "OrCAD", "easyeda": "EasyEDA", "arena": "Arena",
    "erpnext": "ERPNext",
}  # fmt: skip


def test_every_role_of_the_presets_exists() -> None:
    assert {r for preset in presets() for r in preset.roles.values()} <= {*ROLES, "-"}


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_the_system_is_named(name: str, tmp_path: Path) -> None:
    book = next(book for book in all_books() if book.name == name)
    (read,) = intake.read(write(book, tmp_path)).read
    assert f"as {SYSTEMS[name]} exports them" in read.why


def test_plain_headers_name_no_system() -> None:
    assert recognise(["Part Number", "Description", "Qty", "Unit", "Price"]) is None


def test_a_system_s_own_meaning_of_a_word_wins() -> None:
    """In SolidWorks' German template BENENNUNG heads the part number; elsewhere it is a name."""
    rows = "\n1;GEH-001;Gehaeuse links;2\n2;DEC-002;Deckel oben;1\n3;WEL-003;Welle lang;4\n"
    drawn = intake.read_text("POS-NR.;BENENNUNG;BESCHREIBUNG;MENGE" + rows).read[0].columns
    assert drawn["part_number"].header == "BENENNUNG"
    assert drawn["description"].header == "BESCHREIBUNG"
