"""A small world made by hand for the tests of exposure and scenario; every figure stands here.

The figures are invented round numbers, so that a reader can redo each sum on paper.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from bomexposure.model.bom import ISSUES, LINES, BillOfMaterials
from bomexposure.model.choices import Choices
from bomexposure.model.content import CONTENTS, RECOGNITIONS, WHYS, Contents
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.sources import FIGURES, Sources
from bomexposure.model.supply import (
    COUNTRIES,
    IMPORT_SOURCES,
    PRICES,
    PRODUCERS,
    RESERVES,
    SUBSTITUTES,
    SUPPLIERS,
    SUPPLY,
    Reference,
)
from bomexposure.model.tables import Table

AS_OF = date(2026, 11, 22)
CHOICES = Choices(as_of=AS_OF)

SUPPLY_ROWS = [
    # nir 80, China 90: index 72, acute
    {
        "mineral": "neodymium",
        "headline": True,
        "critical_2025": True,
        "nir_low": 80.0,
        "nir_high": 80.0,
        "china_share_pct": 70.0,
        "china_peak_low": 90.0,
        "china_peak_high": 90.0,
        "china_led": True,
        "price_usd_per_kg": 100.0,
        "hhi_low": 5000.0,
        "hhi_high": 5200.0,
        "consumption_t": 10.0,
        "consumption_factor": 1.166,
        "nir_printed": "80",
    },
    # sponge: 100 x 70 = 70, acute; pigment: 0 x 20 = 0, not acute
    {
        "mineral": "titanium",
        "form": "sponge metal",
        "headline": True,
        "critical_2025": True,
        "nir_low": 100.0,
        "nir_high": 100.0,
        "china_share_pct": 70.0,
        "china_peak_low": 70.0,
        "china_peak_high": 70.0,
        "china_led": True,
        "nir_printed": "100",
    },
    {
        "mineral": "titanium",
        "form": "TiO2 pigment",
        "headline": False,
        "critical_2025": True,
        "nir_low": 0.0,
        "nir_high": 0.0,
        "china_share_pct": 20.0,
        "china_peak_low": 20.0,
        "china_peak_high": 20.0,
        "china_led": False,
        "nir_printed": "E",
    },
    # >50 and 86: 43 to 86, acute by its high bound
    {
        "mineral": "tungsten",
        "headline": True,
        "critical_2025": True,
        "nir_low": 50.0,
        "nir_high": 100.0,
        "china_share_pct": 80.0,
        "china_peak_low": 86.0,
        "china_peak_high": 86.0,
        "china_led": True,
        "nir_printed": ">50",
    },
    # 40 x 50 = 20: not acute
    {
        "mineral": "nickel",
        "headline": True,
        "critical_2025": True,
        "nir_low": 40.0,
        "nir_high": 40.0,
        "china_share_pct": 30.0,
        "china_peak_low": 50.0,
        "china_peak_high": 50.0,
        "nir_printed": "40",
    },
    # no figures at all
    {"mineral": "hafnium", "headline": True, "critical_2025": True, "nir_printed": "NA"},
    {
        "mineral": "gold",
        "headline": True,
        "critical_2025": False,
        "nir_low": 0.0,
        "nir_high": 0.0,
        "china_share_pct": 11.0,
        "china_peak_low": 11.0,
        "china_peak_high": 11.0,
    },
]

PRODUCER_ROWS = [
    ("neodymium", "mine", "mine", "China", "CHN", 70.0),
    ("neodymium", "mine", "mine", "United States", "USA", 12.0),
    ("neodymium", "mine", "mine", "Australia", "AUS", 8.0),
    ("neodymium", "mine", "mine", "Other countries", "", 10.0),
    ("neodymium", "separation", "separation", "China", "CHN", 90.0),
    ("neodymium", "separation", "separation", "Malaysia", "MYS", 8.0),
    ("neodymium", "separation", "separation", "United States", "USA", 2.0),
    ("titanium", "sponge", "metal", "China", "CHN", 70.0),
    ("titanium", "sponge", "metal", "Japan", "JPN", 15.0),
    ("titanium", "sponge", "metal", "Russia", "RUS", 5.0),
    ("titanium", "sponge", "metal", "Other countries", "", 10.0),
    ("tungsten", "mine", "mine", "China", "CHN", 80.0),
    ("tungsten", "mine", "mine", "Vietnam", "VNM", 20.0),
    ("nickel", "mine", "mine", "Indonesia", "IDN", 60.0),
    ("nickel", "mine", "mine", "Philippines", "PHL", 40.0),
]

HEADLINE_STAGES = {
    ("neodymium", "mine"),
    ("titanium", "sponge"),
    ("tungsten", "mine"),
    ("nickel", "mine"),
}

EVENTS = (
    PolicyEvent(
        id="CN-W",
        title="China's licences on tungsten",
        country="China",
        iso3="CHN",
        minerals=("tungsten",),
        measure="licence",
        destination="all",
        reach=("raw", "compound"),
        detail="",
        announced=date(2025, 2, 4),
        effective=date(2025, 2, 4),
        ended=None,
        suspended_from=None,
        suspended_until=None,
        until=None,
        date_precision="day",
        last_confirmed=date(2025, 11, 1),
        cut_low=0.0,
        cut_high=1.0,
        sources=("t/cn-w",),
    ),
    PolicyEvent(
        id="CN-ND",
        title="China's ban on neodymium and magnets",
        country="China",
        iso3="CHN",
        minerals=("neodymium",),
        measure="ban",
        destination="USA",
        reach=("raw", "magnet"),
        detail="",
        announced=date(2024, 12, 3),
        effective=date(2024, 12, 3),
        ended=None,
        suspended_from=date(2025, 11, 9),
        suspended_until=date(2026, 11, 27),
        until=None,
        date_precision="day",
        last_confirmed=date(2025, 11, 9),
        cut_low=1.0,
        cut_high=1.0,
        sources=("t/cn-nd",),
    ),
    PolicyEvent(
        id="CN-JP",
        title="China's ban towards Japan",
        country="China",
        iso3="CHN",
        minerals=("neodymium",),
        measure="ban",
        destination="JPN",
        reach=("raw",),
        detail="",
        announced=date(2026, 1, 6),
        effective=date(2026, 1, 6),
        ended=None,
        suspended_from=None,
        suspended_until=None,
        until=None,
        date_precision="day",
        last_confirmed=date(2026, 1, 6),
        cut_low=1.0,
        cut_high=1.0,
        sources=("t/cn-jp",),
    ),
    PolicyEvent(
        id="US-W",
        title="U.S. tariff on Chinese tungsten",
        country="United States",
        iso3="USA",
        minerals=("tungsten",),
        measure="tariff",
        destination="CHN",
        reach=("raw",),
        detail="",
        announced=date(2024, 9, 13),
        effective=date(2025, 1, 1),
        ended=None,
        suspended_from=None,
        suspended_until=None,
        until=None,
        date_precision="day",
        last_confirmed=date(2024, 12, 1),
        cut_low=0.0,
        cut_high=0.0,
        sources=("t/us-w",),
    ),
)

SUBJECT_ROWS = [
    {"id": "MAGNET", "kind": "class", "name": "NdFeB magnet", "reach": "magnet"},
    {"id": "TOOL", "kind": "class", "name": "Carbide insert", "reach": "part"},
    {
        "id": "TI_64",
        "kind": "material",
        "name": "Ti-6Al-4V",
        "reach": "alloy",
        "density_g_cm3": 4.43,
    },
    {"id": "AL_7075", "kind": "material", "name": "7075", "reach": "alloy", "density_g_cm3": 2.81},
    {
        "id": "FERRITE",
        "kind": "material",
        "name": "Sr ferrite",
        "reach": "magnet",
        "density_g_cm3": 4.9,
    },
]


def reference(**changes: Any) -> Reference:
    """The small world; keyword arguments replace whole tables or events."""
    return Reference(**(_tables() | changes))


@cache
def _tables() -> dict[str, Any]:
    producers = [
        {
            "mineral": mineral,
            "stage": stage,
            "stage_group": group,
            "country": country,
            "iso3": iso3,
            "share_low": share,
            "share_high": share,
            "year": "2025",
            "publisher": "USGS",
            "headline": (mineral, stage) in HEADLINE_STAGES,
            "allowed": True,
            "scope": "this mineral",
            "confidence": "primary",
            "source": f"t/{mineral}/{stage}/{iso3}",
        }
        for mineral, stage, group, country, iso3, share in PRODUCER_ROWS
    ]
    imports = [
        ("neodymium", "China", "CHN", 60.0),
        ("neodymium", "Malaysia", "MYS", 25.0),
        ("neodymium", "Other", "", 15.0),
        ("titanium", "Japan", "JPN", 80.0),
        ("tungsten", "China", "CHN", 30.0),
    ]
    tables: dict[str, Any] = {
        "edition": "test",
        "sets": (),
        "supply": SUPPLY.conform(
            pd.DataFrame(SUPPLY_ROWS).assign(
                headline=lambda t: t["headline"].astype(bool),
                critical_2025=lambda t: t["critical_2025"].astype(bool),
                china_led=lambda t: t["china_led"].eq(True),
            )
        ),
        "producers": PRODUCERS.conform(pd.DataFrame(producers)),
        "import_sources": IMPORT_SOURCES.conform(
            pd.DataFrame(
                [
                    {
                        "mineral": m,
                        "headline": True,
                        "country": c,
                        "iso3": i,
                        "share_low": s,
                        "share_high": s,
                        "period": "2021-24",
                        "scope": "this mineral",
                        "source": f"t/imports/{m}/{i}",
                    }
                    for m, c, i, s in imports
                ]
            )
        ),
        "reserves": RESERVES.conform(
            {
                "mineral": ["neodymium"],
                "country": ["Australia"],
                "iso3": ["AUS"],
                "share_low": [10.0],
                "share_high": [10.0],
                "source": ["t/reserves/AUS"],
            }
        ),
        "prices": PRICES.empty(),
        "countries": COUNTRIES.conform(
            {
                "iso3": ["AUS", "MYS", "JPN", "USA", "VNM"],
                "country": ["Australia", "Malaysia", "Japan", "United States", "Vietnam"],
                "us_fta": [True, False, False, False, False],
                "us_minerals_agreement": ["framework", "", "agreement", "", ""],
                "forge_or_msp": [True, False, True, False, False],
                "political_stability": [0.9, 0.1, 1.0, 0.0, float("nan")],
                "wgi_mean": [1.5, 0.5, 1.5, 1.0, float("nan")],
            }
        ),
        "suppliers": SUPPLIERS.conform(
            {
                "mineral": ["neodymium"],
                "stage": ["separation"],
                "company": ["Lynas"],
                "facility": ["Kuantan"],
                "iso3": ["MYS"],
                "status": ["operating"],
                "as_of": ["2025"],
                "unconfirmed": [False],
                "source": ["t/lynas"],
            }
        ),
        "substitutes": SUBSTITUTES.empty(),
        "events": EVENTS,
        "sources": Sources(FIGURES.empty()),
        "knowledge": Knowledge(
            COMPOSITIONS.empty(), SUBJECTS.conform(pd.DataFrame(SUBJECT_ROWS)), {}, FIGURES.empty()
        ),
    }
    return tables


def filled(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A conforming frame of rows that give only some columns; the rest reads unknown."""
    if not rows:
        return table.empty()
    frame = pd.DataFrame(rows)
    for column in table.columns:
        if column.name in frame and column.dtype in ("str", "bool"):
            blank: Any = "" if column.dtype == "str" else False
            frame[column.name] = frame[column.name].where(frame[column.name].notna(), blank)
    return table.conform(frame)


def bom(*rows: dict[str, Any]) -> BillOfMaterials:
    """A bill of materials of these lines; each counts and stands on its own unless it says so."""
    full = [
        {
            "id": str(n + 2),
            "row": n + 2,
            "counted": True,
            "parent_line": -1,
            "quantity_total": 1.0,
            "fingerprint": f"fp{n}",
            "has_children": False,
        }
        | row
        for n, row in enumerate(rows)
    ]
    frame = filled(LINES, full)
    return BillOfMaterials(
        "test.csv",
        "00",
        "csv",
        "",
        "",
        (),
        (),
        frame,
        pd.DataFrame(index=frame.index),
        ISSUES.empty(),
    )


def contents(count: int, *rows: dict[str, Any], classes: dict[int, str] | None = None) -> Contents:
    """Contents of `count` lines; rows are certain, primary and contained unless they say more."""
    full = [
        {
            "presence": "certain",
            "function": "primary",
            "relation": "contained",
            "evidence": "designated",
            "form": "",
        }
        | row
        for row in rows
    ]
    seen = {row["line"] for row in full}
    recognitions = RECOGNITIONS.conform(
        {
            "component_class": [(classes or {}).get(n, "") for n in range(count)],
            "evidence": ["designated" if n in seen else "none" for n in range(count)],
        }
    )
    return Contents(recognitions, filled(CONTENTS, full), WHYS.empty(), ISSUES.empty())
