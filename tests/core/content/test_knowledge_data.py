"""The shipped knowledge is sound, and a new material or class is one row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bomexposure.content import break_down
from bomexposure.content.lint import faults_of
from bomexposure.model.choices import Choices
from bomexposure.model.errors import ReferenceDataError
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.resources import resource
from bomexposure.model.sources import FIGURES
from bomexposure.reference.knowledge import knowledge_from
from tests.core.content.conftest import AS_OF, bom_of, held


def test_the_shipped_tables_have_no_faults() -> None:
    assert faults_of(resource("knowledge")) == []


def test_the_loaded_knowledge_keeps_its_contracts(knowledge: Knowledge) -> None:
    assert COMPOSITIONS.check(knowledge.compositions) == []
    assert SUBJECTS.check(knowledge.subjects) == []
    assert FIGURES.check(knowledge.figures) == []
    assert not knowledge.figures["id"].duplicated().any()
    assert set(knowledge.compositions["source"]) <= set(knowledge.figures["id"])
    assert not knowledge.subjects["id"].duplicated().any()


def test_there_are_enough_classes_and_materials(knowledge: Knowledge) -> None:
    kinds = knowledge.subjects["kind"].astype(str).value_counts()
    assert kinds["class"] >= 220
    assert kinds["material"] >= 500


def test_stainless_304_is_what_the_standard_says(knowledge: Knowledge) -> None:
    rows = knowledge.compositions
    steel = rows[rows["subject"] == "SS_304"].set_index("element")
    # EN 10088-1, 1.4301: Cr 17.5-19.5, Ni 8-10.5; AISI 304: Cr 18-20, Ni 8-10.5 (304L to 12)
    assert 17 <= steel.loc["Cr", "wt_pct_low"] <= 18
    assert 19.5 <= steel.loc["Cr", "wt_pct_high"] <= 20
    assert steel.loc["Ni", "wt_pct_low"] == 8
    assert 10.5 <= steel.loc["Ni", "wt_pct_high"] <= 12


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    shutil.copytree(resource("knowledge"), folder)
    return folder


def test_a_material_is_one_row(own: Path) -> None:
    (own / "materials_own.csv").write_text(
        "id,name,family,designations,density_g_cm3,reach,like,composition,kind,source\n"
        "XM_1,Unobtain 77,nickel & cobalt superalloy,UNOB-77,8.4,alloy,,"
        "Co 40/45/50; Re 2/3/4; Ta 0/2/4 likely,estimate,test\n",
        encoding="utf-8",
    )
    made = break_down(
        bom_of([{"description": "Nozzle ring UNOB 77"}]), knowledge_from(own), Choices(AS_OF)
    )
    assert held(made) == {"cobalt", "rhenium", "tantalum"}
    assert held(made, least="certain") == {"cobalt", "rhenium"}
    assert faults_of(own) == []


def test_a_class_is_one_row_and_its_words(own: Path) -> None:
    (own / "classes_own.csv").write_text(
        "id,name,category,body,reach,mass_per,mass_g_low,mass_g_typical,mass_g_high,like,"
        "composition,kind,source\n"
        "FLUX_CAP,Flux capacitor,specialty,composite,part,piece,100,200,300,,"
        "Nb 10/12/15; Cu 20/30/40,estimate,test\n",
        encoding="utf-8",
    )
    (own / "words_own.csv").write_text(
        "word,lang,role,subject,columns,note\nflux capacitor,en,class,FLUX_CAP,,\n",
        encoding="utf-8",
    )
    made = break_down(
        bom_of([{"description": "Flux capacitor mk2"}]), knowledge_from(own), Choices(AS_OF)
    )
    assert held(made, least="certain") == {"niobium", "copper"}
    assert made.recognitions["mass_g_typical"].iat[0] == 200


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        (
            "words_own.csv",
            "word,lang,role,subject,columns,note\nbolt,en,class,NO_SUCH,,",
            "NO_SUCH",
        ),
        (
            "compositions_own.csv",
            "subject,element,mineral,relation,presence,function,form,low,typical,high,kind,source\n"
            "SS_304,Zz,,contained,certain,alloying,,1,2,3,handbook,x",
            "Zz",
        ),
        (
            "compositions_own.csv",
            "subject,element,mineral,relation,presence,function,form,low,typical,high,kind,source\n"
            "SS_304,V,vanadium,contained,certain,alloying,alloy,3,2,1,handbook,x",
            "do not rise",
        ),
        ("series_own.csv", "prefix,subject,maker,strength,note\nAB,CAP_GEN,,strong,", "shorter"),
    ],
)
def test_the_linter_finds_planted_faults(own: Path, file: str, line: str, said: str) -> None:
    (own / file).write_text(line + "\n", encoding="utf-8")
    assert any(said in fault for fault in faults_of(own))


def test_a_composition_that_cannot_be_read_says_where(own: Path) -> None:
    (own / "materials_own.csv").write_text(
        "id,name,family,designations,density_g_cm3,reach,like,composition,kind,source\n"
        "XM_2,Bad,stainless steel,,8,alloy,,Cr sixteen,estimate,test\n",
        encoding="utf-8",
    )
    with pytest.raises(ReferenceDataError, match="XM_2"):
        knowledge_from(own)
