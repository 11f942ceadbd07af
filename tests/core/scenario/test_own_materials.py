"""Materials of the user's own: checked, kept in the project, and at work like shipped ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bomexposure.analysis import analyze
from bomexposure.model.choices import Choices, Override, OwnContent, OwnMaterial, OwnPart
from bomexposure.model.errors import UsageError
from bomexposure.model.project import Project
from bomexposure.model.scenario import Scenario
from bomexposure.model.supply import Reference
from bomexposure.project import edits, store
from bomexposure.reference import load
from bomexposure.reference.own_materials import (
    checked,
    material_id,
    mineral_or_symbol,
    with_own_materials,
)
from bomexposure.reference.own_materials_file import read_own_materials
from bomexposure.scenario.substitution import side_by_side, substitute


@pytest.fixture(scope="module")
def shipped() -> Reference:
    return load()


DAY = date(2026, 11, 22)
HEAVY = OwnMaterial(
    "OWN_HEAVY",
    "Densalloy K9",
    (
        OwnPart("W", 88.0, 90.0, 92.0),
        OwnPart("nickel", 5.0, 6.0, 7.0),
        OwnPart("Fe", 2.0, 3.0, 4.0),
        OwnPart("C", 0.0, 0.02, 0.05),
    ),
    "certificate 3.1 of 4 May 2026",
    density_g_cm3=17.1,
    designations=("Densalloy K9",),
)


def test_names_and_symbols_become_mineral_ids(shipped: Reference) -> None:
    made = checked(HEAVY, shipped)
    assert [one.mineral for one in made.parts] == ["tungsten", "nickel", "iron", "C"]
    # the carbon of an alloy is not graphite, which must be named to be meant
    assert mineral_or_symbol("carbon", shipped) == "C"
    assert mineral_or_symbol("natural graphite", shipped) == "graphite"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parts": (OwnPart("unobtainium", 1, 1, 1),)}, "No mineral is called 'unobtainium'"),
        ({"parts": (OwnPart("W", 60, 70, 80), OwnPart("Ni", 20, 31, 35))}, "add up to 101 %"),
        ({"parts": (OwnPart("W", 5, 4, 6),)}, "do not rise"),
        ({"parts": (OwnPart("W", -1, 4, 6),)}, "not within 0 to 100"),
        ({"parts": (OwnPart("W", 1, 4, float("nan")),)}, "not within 0 to 100"),
        ({"parts": (OwnPart("W", 1, 4, 6), OwnPart("tungsten", 1, 1, 1))}, "twice"),
        ({"parts": (OwnPart("W", 1, 4, 6, form="sponge metal"),)}, "no traded form"),
        ({"parts": (OwnPart("W", 1, 4, 6, function="main"),)}, "no function"),
        ({"parts": ()}, "no composition"),
        ({"source": " "}, "names no source"),
        ({"density_g_cm3": 170.0}, "density of 170"),
        ({"id": "TI_64"}, "shipped material"),
        ({"family": "steels"}, "no family"),
    ],
)
def test_a_fault_is_named(shipped: Reference, change: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words) as fault:
        checked(replace(HEAVY, **change), shipped)  # type: ignore[arg-type]
    assert fault.value.mend


def test_both_sides_of_a_comparison_and_its_sources(shipped: Reference) -> None:
    choices = Choices(as_of=DAY, own_materials=(checked(HEAVY, shipped),))
    told = side_by_side(["OWN_HEAVY", "TI_64"], shipped, choices)["subjects"]
    heavy = told[0]
    # tungsten: reliance printed >50, China 86 %: 43 to 86, as in docs/method.md
    assert heavy["index"]["high"] == pytest.approx(86.0, abs=1.0)
    assert heavy["acute"] == "certain"
    assert heavy["minerals"][0]["mineral"] == "tungsten"
    facts = with_own_materials(shipped, choices.own_materials)
    cited = facts.sources["own/OWN_HEAVY/tungsten"]
    assert cited.locator == "certificate 3.1 of 4 May 2026"
    assert cited.printed == "88 to 92, typical 90 % of mass"
    assert substitute("OWN_HEAVY", shipped, choices)["subject"]["name"] == "Densalloy K9"


def test_lines_take_it_by_name_and_by_decision(shipped: Reference, tmp_path: Path) -> None:
    book = tmp_path / "b.csv"
    book.write_text(
        "Part,Description,Material,Qty,Mass g\n1,Counterweight,Densalloy K9,2,100\n"
        "2,Housing,,1,50\n",
        encoding="utf-8",
    )
    own = (checked(HEAVY, shipped),)
    answer = analyze(book, shipped, Choices(as_of=DAY, own_materials=own))
    rows = answer.contents.contents
    first = rows[(rows["line"] == 0) & (rows["mineral"] == "tungsten")].iloc[0]
    # 2 pieces x 100 g x 90 %
    assert first["mass_mg_typical"] == pytest.approx(180_000.0)
    assert str(first["presence"]) == "certain"
    assert first["source"] in answer.reference.sources
    fingerprint = str(answer.bom.lines["fingerprint"].iloc[1])
    decided = analyze(
        book,
        shipped,
        Choices(
            as_of=DAY,
            own_materials=own,
            overrides=(Override(fingerprint, materials=("OWN_HEAVY",)),),
        ),
    )
    held = decided.contents.contents
    assert "tungsten" in set(held.loc[held["line"] == 1, "mineral"])
    # a decision whose material is gone leaves the line as recognised, never free of minerals
    lost = analyze(
        book,
        shipped,
        Choices(as_of=DAY, overrides=(Override(fingerprint, materials=("OWN_HEAVY",)),)),
    )
    plain = analyze(book, shipped, Choices(as_of=DAY))
    assert lost.contents.recognitions.equals(plain.contents.recognitions)


def test_a_project_keeps_it_and_old_projects_open() -> None:
    project = edits.keep_material(Project(Choices(as_of=DAY)), HEAVY)
    assert store.from_bytes(store.to_bytes(project), "x") == project
    assert project.decisions[-1].what == "Own material Densalloy K9 (OWN_HEAVY) added"
    stated = (OwnContent("gallium", "none"), OwnContent("tin", low=1.0, typical=2.0, high=3.0))
    told = edits.override(project, Override("f", contents=stated), "row 3")
    assert store.from_bytes(store.to_bytes(told), "x") == told
    old = store.to_bytes(Project(Choices(as_of=DAY))).replace(b"project/3", b"project/1")
    old = old.replace(b'    "own_materials": [],\n', b"")
    assert b"own_materials" not in old
    assert store.from_bytes(old, "x") == Project(Choices(as_of=DAY))
    plain = edits.override(project, Override("f", mass_g=1.0), "row 3")
    second = store.to_bytes(plain).replace(b"project/3", b"project/2")
    second = second.replace(b'        "contents": [],\n', b"")
    assert b"contents" not in second
    assert store.from_bytes(second, "x") == plain


def test_taking_it_away_takes_what_names_it() -> None:
    project = edits.keep_material(Project(Choices(as_of=DAY)), HEAVY)
    project = edits.override(project, Override("f", materials=("OWN_HEAVY",)), "row 3")
    project = edits.override(project, Override("g", materials=("TI_64",)), "row 4")
    project = edits.keep_scenario(
        project, Scenario("s", "S", substitutions=(("TI_64", "OWN_HEAVY"), ("A", "B")))
    )
    bare = edits.drop_material(project, "OWN_HEAVY")
    assert bare.choices.own_materials == ()
    assert [one.fingerprint for one in bare.choices.overrides] == ["g"]
    assert bare.choices.own_scenarios[0].substitutions == (("A", "B"),)
    assert "with 1 decision" in bare.decisions[-1].what


def test_a_file_of_materials(shipped: Reference, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "\ufeffMaterial;Element;Low;Typical;High;Source\nK9;W;88;90,5;92;lab 12\nK9;Ni;;6;;\n",
        encoding="utf-8",
    )
    (made,) = read_own_materials(path, shipped)
    assert made.id == "OWN_K9"
    assert made.source == "lab 12"
    assert made.parts == (
        OwnPart("tungsten", 88.0, 90.5, 92.0),
        OwnPart("nickel", 6.0, 6.0, 6.0),
    )
    path.write_text("material,element,typical\nK9,W,much\n", encoding="utf-8")
    with pytest.raises(UsageError, match="row 2, column typical: “much”"):
        read_own_materials(path, shipped)
    path.write_text("material,typical\nK9,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="lacks the column element"):
        read_own_materials(path, shipped)


def test_ids_do_not_collide() -> None:
    assert material_id("Alloy X-12", []) == "OWN_ALLOY_X_12"
    assert material_id("Alloy X-12", ["OWN_ALLOY_X_12"]) == "OWN_ALLOY_X_12_2"
    assert material_id("鋼", []) == "OWN_MATERIAL"
