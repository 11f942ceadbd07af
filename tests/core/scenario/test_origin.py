"""Origins are understood in several spellings; U.S. import measures reach the lines they name."""

from __future__ import annotations

import numpy as np
import pytest
from small_world import CHOICES, bom, contents, reference

from bomexposure.scenario.origin import TARIFFS, origin_codes, tariffs_on


@pytest.mark.parametrize(
    ("cell", "iso3"),
    [("CN", "CHN"), ("China", "CHN"), ("P.R. Mars", ""), ("中国", "CHN"), ("de", "DEU"),
     ("Viet Nam", "VNM"), (" United  States ", "USA"), ("", "")],
)  # fmt: skip
def test_origin_codes(cell, iso3):
    assert origin_codes(bom({"origin": cell})).tolist() == [iso3]


def test_a_tariff_on_chinese_tungsten_reaches_chinese_lines():
    book = bom({"origin": "CN"}, {"origin": "China"}, {"origin": "DE"}, {"origin": "CN"})
    found = contents(
        4,
        {"line": 0, "mineral": "tungsten"},
        {"line": 1, "mineral": "tungsten", "presence": "likely"},
        {"line": 2, "mineral": "tungsten"},
        {"line": 3, "mineral": "nickel"},
    )
    table = tariffs_on(book, found, reference(), CHOICES, np.array([60.0, 30.0, 5.0, 5.0]))
    assert TARIFFS.check(table) == []
    assert table[["event", "status", "iso3", "minerals", "lines"]].to_numpy().tolist() == [
        ["US-W", "in force", "CHN", "tungsten", "2;3"]
    ]
    assert table.loc[0, "spend"] == 90.0
