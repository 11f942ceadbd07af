from __future__ import annotations

import pytest

from bomexposure.model.errors import UsageError
from bomexposure.scenario.fail_on import field_names, parse_rule

HEADLINE = {
    "minerals_acute": 4,
    "controls_in_force": 0,
    "spend": None,
    "spend_acute_pct": {"certain": 20.0, "likely": None},
}


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("minerals_acute > 3", True),
        ("minerals_acute > 4", False),
        ("minerals_acute>=4 and spend_acute_pct.certain < 20", False),
        ("minerals_acute > 9 or spend_acute_pct.certain >= 20", True),
        # 'and' binds closer: true or (false and false)
        ("minerals_acute > 3 or minerals_acute > 9 and minerals_acute > 9", True),
        ("(minerals_acute > 3 or minerals_acute > 9) and minerals_acute > 9", False),
        ("not controls_in_force > 0", True),
        ("3 < minerals_acute", True),
        # an unknown figure never makes a rule hold, and never hides one that does
        ("spend > 0", False),
        ("not spend > 0", False),
        ("spend > 0 or minerals_acute == 4", True),
        ("not known(spend)", True),
        ("known(spend_acute_pct.certain)", True),
    ],
)
def test_rules(rule, holds):
    assert parse_rule(rule).holds(HEADLINE) is holds


def test_an_unknown_figure_leaves_a_rule_open():
    assert parse_rule("spend > 0").unknown(HEADLINE)
    assert not parse_rule("spend > 0 and minerals_acute > 9").unknown(HEADLINE)


@pytest.mark.parametrize(
    ("rule", "position"),
    [
        ("minerals_acute >", "17"),
        ("minerals_acute 3", "16"),
        ("minerals_acute > 3 minerals", "20"),
        ("(minerals_acute > 3", "20"),
        ("minerals_cute > 3", "1"),
        ("minerals_acute > $3", "18"),
        ("", "1"),
    ],
)
def test_a_fault_names_its_position(rule, position):
    with pytest.raises(UsageError, match=f"character {position}[:,]"):
        parse_rule(rule)


def test_field_names_are_those_of_the_headline():
    assert "spend_china_led_pct.likely" in field_names()
    assert "minerals_nir_100" in field_names()
