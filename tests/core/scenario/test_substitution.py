"""Substitution: minerals from compositions, one code for both sides, mass ratios by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_world import CHOICES, reference

from bomexposure.analysis import analyze
from bomexposure.model.errors import UsageError
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS
from bomexposure.present.substitutes import line_options
from bomexposure.reference import load
from bomexposure.scenario.options_data import (
    Metric,
    options,
    properties,
)
from bomexposure.scenario.subjects import known_subject, near_subjects
from bomexposure.scenario.substitution import (
    mass_ratios,
    mineral_changes,
    pareto,
    side_by_side,
    substitute,
    verdict,
)


def row(subject, mineral, typical, function="primary", presence="certain", form=""):
    return {
        "subject": subject, "element": mineral[:2], "mineral": mineral, "relation": "contained",
        "presence": presence, "function": function, "form": form, "wt_pct_low": typical / 2,
        "wt_pct_typical": typical, "wt_pct_high": typical * 2, "source": "",
    }  # fmt: skip


@pytest.fixture
def world():
    """Titanium (sponge), an aluminium alloy with residual tungsten, a substitute without data."""
    base = reference()
    rows = [
        row("TI_64", "titanium", 90.0, form="sponge metal"),
        row("TI_64", "nickel", 4.0, "alloying"),
        row("AL_7075", "nickel", 5.0),
        row("AL_7075", "tungsten", 0.1, "residual"),
        row("SS_15_5PH", "neodymium", 5.0),
        row("SS_15_5PH", "gold", 1.0),
    ]
    densities = {"TI_64": 4.43, "AL_7075": 2.81, "SS_15_5PH": 7.8, "STEEL_4340": 7.85}
    named = pd.DataFrame(
        [
            {"id": one, "kind": "material", "name": one, "family": "metal", "density_g_cm3": rho}
            for one, rho in densities.items()
        ]
    )
    knowledge = replace(
        base.knowledge,
        subjects=SUBJECTS.conform(named),
        compositions=COMPOSITIONS.conform(pd.DataFrame(rows)),
    )
    return replace(base, knowledge=knowledge)


def test_both_sides_are_scored_by_the_same_code(world):
    told = substitute("TI_64", world, CHOICES)
    assert told["schema"] == "bomexposure/substitute/1"
    assert told["subject"]["acute"] == "certain"
    assert told["subject"]["index"] == {"low": 70.0, "high": 70.0}  # sponge: 100 % x 70 %
    by_id = {one["to"]["id"]: one for one in told["options"]}
    light = by_id["AL_7075"]
    assert light["change"] == "lower"
    assert (light["removed"], light["added"], light["kept"], light["residual"]) == (
        ["titanium"], [], ["nickel"], ["tungsten"],
    )  # fmt: skip
    assert light["alarm"] is None
    # nickel goes from 4 to 5 % typical: a quarter more is not yet marked
    assert (light["reduced"], light["increased"]) == ([], [])
    steel = by_id["SS_15_5PH"]
    assert steel["added"] == ["neodymium"]  # gold is not on the list
    assert steel["alarm"] == "The substitute is itself acute, by neodymium."


def test_a_missing_composition_is_unknown_never_lower(world):
    told = substitute("TI_64", world, CHOICES)
    blank = next(one for one in told["options"] if one["to"]["id"] == "STEEL_4340")
    assert blank["change"] == "unknown"
    assert blank["removed"] is None
    assert blank["to"]["index"] == {"low": None, "high": None}
    assert "Exposure unknown" in blank["alarm"]
    assert told["options"][-1]["change"] == "unknown"


def test_stated_lists_that_contradict_compositions_are_told(world):
    told = substitute("TI_64", world, CHOICES)
    light = next(one for one in told["options"] if one["to"]["id"] == "AL_7075")
    # option S034 says zinc, magnesium, copper, chromium come; this composition has none of them
    (said,) = [one for one in light["stated_otherwise"] if "lacks them" in one]
    assert "magnesium" in said
    assert said.endswith(", but the substitute's composition lacks them.")


def metric(name, before, after, temperature=None):
    return Metric(properties()[name], "", temperature, before, after)


def test_mass_ratios_by_hand():
    given = (
        metric("density", (4.43, 4.43), (2.81, 2.81), 20.0),
        metric("modulus", (114.0, 114.0), (71.7, 71.7), 20.0),
        metric("yield-strength", (830.0, 900.0), (430.0, 505.0), 20.0),
    )
    found = {one.equal: one for one in mass_ratios(given, float("nan"), float("nan"))}
    # density ratio 2.81 / 4.43 = .634312; modulus ratio 114 / 71.7 = 1.589958
    assert found["stiffness of a tie"].low == pytest.approx(0.634312 * 1.589958, rel=1e-5)
    # a beam: .634312 x sqrt(1.589958) = .634312 x 1.260935 = .799826
    assert found["stiffness of a beam"].low == pytest.approx(0.799826, rel=1e-5)
    # a panel: cube root 1.167159 -> .740343
    assert found["stiffness of a panel"].high == pytest.approx(0.740343, rel=1e-5)
    # strength: .634312 x 830 / 505 = 1.042533 up to .634312 x 900 / 430 = 1.327630
    assert found["strength of a tie"].low == pytest.approx(1.042533, rel=1e-5)
    assert found["strength of a tie"].high == pytest.approx(1.327630, rel=1e-5)


def test_mass_ratio_of_cells_needs_no_density():
    found = mass_ratios((metric("specific-energy", (150.0, 250.0), (90.0, 180.0), 20.0),), 0, 0)
    # equal energy: 150 / 180 = .8333 up to 250 / 90 = 2.7778
    assert found[0].low == pytest.approx(0.833333, rel=1e-5)
    assert found[0].high == pytest.approx(2.777778, rel=1e-5)


def test_a_hot_figure_gives_no_ratio_at_room_temperature():
    hot = metric("yield-strength", (500.0, 500.0), (400.0, 400.0), 600.0)
    assert mass_ratios((hot,), 4.0, 4.0) == ()


def test_verdicts():
    assert verdict(metric("yield-strength", (830, 900), (430, 505))) == "worse"
    assert verdict(metric("yield-strength", (150, 160), (159, 170))) == "overlaps"
    assert verdict(metric("density", (4.43, 4.43), (2.81, 2.81))) == "better"
    assert verdict(metric("voltage", (3.6, 3.7), (3.2, 3.2))) == "differs"


def test_possible_contents_do_not_count_as_changes():
    side = {"known": True, "minerals": [
        {"mineral": "nickel", "critical_2025": True, "presence": "possible", "function": "primary"},
    ]}  # fmt: skip
    none = {"known": True, "minerals": []}
    assert mineral_changes(none, side)["added"] == []


def test_browse_without_a_bom(world):
    told = side_by_side(["TI_64", "STEEL_4340"], world, CHOICES)["subjects"]
    assert [one["known"] for one in told] == [True, False]
    with pytest.raises(UsageError, match="TI_46"):
        side_by_side(["TI_46"], world, CHOICES)


def test_pareto_front():
    def option(number, index, low, high):
        return {
            "id": number, "to": {"name": number, "index": {"low": index, "high": index}},
            "properties": [{"property": "p", "better": "higher", "from": {"low": 90, "high": 100},
                            "to": {"low": low, "high": high}}],
        }  # fmt: skip

    told = {
        "subject": {"name": "now", "index": {"low": 70, "high": 70}},
        "options": [option("a", 10, 40, 50), option("b", 20, 30, 60), option("c", 60, 80, 85)],
    }
    front = {one["id"]: one["front"] for one in pareto(told, "p")}
    # b is beaten by a on both; the subject keeps the best property, a the least exposure
    assert front == {"": True, "a": True, "b": False, "c": True}


def test_the_shipped_options_are_whole():
    known = properties()
    assert len(options()) >= 100
    for option in options():
        for one in option.metrics:
            assert one.property.id in known
            assert one.before[0] <= one.before[1]
            assert one.after[0] <= one.after[1]
        assert option.source_kind in ("lookup", "handbook", "estimate")
        assert option.source


@pytest.fixture(scope="module")
def shipped():
    return load()


def test_every_substitute_has_a_composition_with_a_source(shipped):
    made = shipped.knowledge.compositions
    wanted = {one.substitute for one in options()} | {one.subject for one in options()}
    assert wanted <= set(made["subject"])
    own = made[made["subject"].isin(wanted)]
    assert all(one in shipped.sources for one in own["source"])


def test_compositions_of_substitutes_add_up(shipped):
    made = shipped.knowledge.compositions
    for subject, rows in made[made["subject"].isin(one.substitute for one in options())].groupby(
        "subject"
    ):
        assert rows["wt_pct_low"].sum() <= 101.0, subject
        assert (rows["wt_pct_low"] <= rows["wt_pct_typical"]).all(), subject
        assert (rows["wt_pct_typical"] <= rows["wt_pct_high"]).all(), subject


def test_a_substitute_like_another_takes_over_the_rest(shipped):
    made = shipped.knowledge.compositions
    plain = made[made["subject"] == "NDFEB_SH"].set_index("element")
    diffused = made[made["subject"] == "NDFEB_SH_GBD"].set_index("element")
    assert set(plain.index) == set(diffused.index)
    # option S004 states dysprosium of 0 to 2 % after grain-boundary diffusion
    assert diffused.loc["Dy", "wt_pct_high"] == 2.0
    assert diffused.loc["Nd", "wt_pct_typical"] == plain.loc["Nd", "wt_pct_typical"]


def test_what_a_part_of_the_bom_would_lose_and_gain_is_computed(shipped, tmp_path):
    """Option S002 is gathered as bringing cobalt and copper; both sides hold them already."""
    book = tmp_path / "b.csv"
    book.write_text("Part,Description,Material,Qty,Price\n1,Magnet,N42SH,1,5\n", encoding="utf-8")
    answer = analyze(book, shipped, CHOICES)
    found = {one.id: one for one in line_options(answer)}
    samarium = found["S002"]
    assert {"neodymium", "praseodymium"} <= set(samarium.removed)
    assert "samarium" in samarium.added
    assert not {"cobalt", "copper"} & set(samarium.added)
    assert samarium.acute_added
    # the same figures as the command tells of the material
    told = {one["id"]: one for one in substitute("NDFEB_SH", shipped, CHOICES)["options"]}
    assert list(samarium.added) == told["S002"]["added"]


def test_an_option_names_the_dearest_of_its_lines(shipped, tmp_path):
    """The third costs most, yet less than the two before it together."""
    book = tmp_path / "b.csv"
    book.write_text(
        "Part,Description,Material,Qty,Price\n1,Magnet a,N42SH,1,5\n2,Magnet b,N42SH,1,3\n"
        "3,Magnet c,N42SH,1,6\n4,Magnet d,N42SH,1,\n",
        encoding="utf-8",
    )
    found = {one.id: one for one in line_options(analyze(book, shipped, CHOICES))}["S002"]
    assert (found.row, found.lines, found.spend) == (4, 4, 14.0)


def test_a_word_finds_what_is_named_by_it(shipped):
    """Whoever types "neodym" or "ndfeb" is told of magnets, not of what is spelled alike."""
    names = dict(near_subjects("ndfeb", shipped.knowledge))
    assert "NdFeB magnet (part)" in names.values()
    assert near_subjects("neodym", shipped.knowledge)[0] == ("ND_PURE", "Neodymium")
    with pytest.raises(UsageError, match="Did you mean ND_PURE"):
        known_subject("neodym", shipped.knowledge)
    with pytest.raises(UsageError, match="listed under Reference"):
        known_subject("xyzzy", shipped.knowledge)
