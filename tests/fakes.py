"""An Analysis made by hand: small, every figure chosen here, every table keeping its contract.

The product is a pump of six counted parts. Spend: magnet 11.40, bush 4.92, LED 0.04, housing
20.00, label 0.10 (no minerals), mystery box 3.54 (not recognised): 40.00 in all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES, LINES, BillOfMaterials, ColumnRef, SheetRead, SheetShape
from bomexposure.model.choices import Choices
from bomexposure.model.content import CONTENTS, RECOGNITIONS, WHYS, Contents
from bomexposure.model.exposure import (
    FORM_EXPOSURES,
    GROUP_EXPOSURES,
    GROUP_MINERALS,
    INDICES,
    LINE_EXPOSURES,
    MINERAL_EXPOSURES,
    Coverage,
    Exposures,
    Headline,
    Share,
)
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.policy import PolicyEvent
from bomexposure.model.scenario import CONTROLS, SOURCING, Scenario, ScenarioResult
from bomexposure.model.sources import FIGURES, Sources, SourceSet
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

AS_OF = date(2026, 11, 22)
NAN = float("nan")

# mineral, symbol, nir low, high, printed, China peak low, high, stage, critical
MINERALS: tuple[tuple[str, str, float, float, str, float, float, str, bool], ...] = (
    ("dysprosium", "Dy", 100, 100, "100", 100, 100, "separation", True),
    ("neodymium", "Nd", 67, 67, "67", 85, 85, "separation", True),
    ("gallium", "Ga", 100, 100, "100", 99, 99, "primary", True),
    ("graphite", "C", 100, 100, "100", 96, 96, "anode grade", True),
    ("magnesium", "Mg", 75, 100, ">75", 88, 88, "smelter", True),
    ("aluminum", "Al", 60, 60, "60", 61, 61, "smelter", True),
    ("arsenic", "As", NAN, NAN, "W", 40, 40, "refinery", True),
    ("gold", "Au", NAN, NAN, "E", 11, 11, "mine", False),
)

# id, part number, description, quantity, unit cost, cost, class, evidence, supplier, counted
PARTS: tuple[tuple[str, str, str, float, float, float, str, str, str, bool], ...] = (
    ("BOM!5", "CP-40", "Coolant pump, complete", 1, NAN, NAN, "", "none", "", False),
    ("BOM!6", "0010", "Rotor magnet NdFeB 38SH", 2, 5.70, 11.40, "MAGNET_NDFEB", "inferred",
     "MagnaForm", True),
    ("BOM!7", "0011", "Bearing bush, graphite", 2, 2.46, 4.92, "BUSH_CARBON", "designated",
     "Carbon Works", True),
    ("BOM!8", "0012", "LED green 0603", 1, 0.04, 0.04, "LED", "inferred", "Lumen", True),
    ("BOM!9", "0013", "Housing AlSi10Mg", 1, 20.0, 20.0, "CASTING", "designated", "Gießerei Süd",
     True),
    ("BOM!10", "0014", "=2+5 label", 1, 0.10, 0.10, "LABEL", "inferred", "", True),
    ("BOM!11", "0015", "ポンプ 制御 module", 1, 3.54, 3.54, "", "none", "", True),
)  # fmt: skip

# line, mineral, presence, function, relation, evidence, mg low, typical, high
HELD: tuple[tuple[int, str, str, str, str, str, float, float, float], ...] = (
    (1, "dysprosium", "certain", "dopant", "contained", "inferred", 500, 800, 1100),
    (1, "neodymium", "certain", "primary", "contained", "inferred", 5000, 5800, 6600),
    (2, "graphite", "certain", "primary", "contained", "designated", NAN, NAN, NAN),
    (3, "gallium", "certain", "primary", "contained", "inferred", 0.01, 0.02, 0.05),
    (3, "arsenic", "likely", "primary", "contained", "inferred", 0.01, 0.02, 0.05),
    (3, "gold", "possible", "joining", "contained", "inferred", 0.01, 0.02, 0.05),
    (4, "aluminum", "certain", "primary", "contained", "designated", 80000, 85000, 90000),
    (4, "magnesium", "likely", "alloying", "contained", "designated", 200, 350, 450),
    (4, "graphite", "possible", "residual", "process_input", "designated", NAN, NAN, NAN),
)


def figures() -> pd.DataFrame:
    """A FIGURES table: one figure per mineral and kind of figure, and one per composition."""
    rows = []
    for mineral, _, _, _, printed, low, _, stage, _ in MINERALS:
        rows.append(
            (
                f"mcs2026/nir/{mineral}",
                "mcs2026",
                "Mineral Commodity Summaries 2026",
                "U.S. Geological Survey",
                f"{mineral.upper()} chapter, Salient Statistics",
                "2025e",
                printed,
                "https://doi.org/10.3133/mcs2026",
                "published",
            )
        )
        rows.append(
            (
                f"mcs2026/share/{mineral}",
                "mcs2026",
                "Mineral Commodity Summaries 2026",
                "U.S. Geological Survey",
                f"{mineral.upper()} chapter, World {stage} production",
                "2025e",
                f"{low:g}",
                "https://doi.org/10.3133/mcs2026",
                "derived",
            )
        )
    for subject in ("MAGNET_NDFEB", "BUSH_CARBON", "LED", "CASTING"):
        rows.append(
            (
                f"parts/{subject}",
                "parts",
                "Composition of parts",
                "the project",
                f"row {subject}",
                "",
                "",
                "",
                "handbook",
            )
        )
    return FIGURES.conform(pd.DataFrame(rows, columns=FIGURES.names))


def supply() -> pd.DataFrame:
    """A SUPPLY table: one headline row per mineral."""
    frame = pd.DataFrame(
        MINERALS,
        columns=["mineral", "symbol", "nir_low", "nir_high", "nir_printed", "china_peak_low",
                 "china_peak_high", "china_peak_stage", "critical_2025"],
    )  # fmt: skip
    ids = frame["mineral"]
    return SUPPLY.conform(
        frame.assign(
            form="", headline=True, name=ids.str.capitalize(), nir_scope="this mineral",
            nir_form=ids, nir_basis="apparent consumption", nir_year="2025e",
            nir_source="mcs2026/nir/" + ids, china_share_pct=frame["china_peak_low"],
            china_share_stage=frame["china_peak_stage"], china_share_year="2025e",
            china_share_source="mcs2026/share/" + ids, china_peak_year="2025e",
            china_peak_publisher="U.S. Geological Survey",
            china_peak_source="mcs2026/share/" + ids,
            china_led=frame["china_peak_low"] > 15, china_led_stage=frame["china_peak_stage"],
            leading_country=np.where(frame["china_peak_low"] > 15, "China", "Australia"),
            leading_share_pct=frame["china_peak_low"], leading_stage=frame["china_peak_stage"],
            leading_source="mcs2026/share/" + ids, hhi_low=5000.0, hhi_high=5200.0,
            hhi_source="mcs2026/share/" + ids,
        )
    )  # fmt: skip


def events() -> tuple[PolicyEvent, ...]:
    """A ban that is suspended until a day after the as-of date."""
    return (
        PolicyEvent(
            id="CN-03", title="China's ban on gallium for the United States", country="China",
            iso3="CHN", minerals=("gallium",), measure="ban", destination="USA",
            reach=("raw", "compound"), detail="", announced=date(2024, 12, 3),
            effective=date(2024, 12, 3), ended=None, suspended_from=date(2025, 11, 9),
            suspended_until=date(2026, 11, 27), until=None, date_precision="day",
            last_confirmed=date(2026, 1, 15), cut_low=1.0, cut_high=1.0,
            sources=("mcs2026/nir/gallium",),
        ),
        PolicyEvent(
            id="CN-05", title="China's licences for medium and heavy rare earths",
            country="China", iso3="CHN", minerals=("dysprosium",), measure="licence",
            destination="all", reach=("raw", "compound", "magnet"), detail="",
            announced=date(2025, 4, 4), effective=date(2025, 4, 4), ended=None,
            suspended_from=None, suspended_until=None, until=None, date_precision="day",
            last_confirmed=date(2026, 1, 15), cut_low=0.0, cut_high=1.0,
            sources=("mcs2026/nir/dysprosium",),
        ),
    )  # fmt: skip


def reference() -> Reference:
    """Reference data for the minerals above, and two producers of dysprosium."""
    producers = [
        ("dysprosium", "separation", "China", "CHN", 100.0, True),
        ("gallium", "primary", "China", "CHN", 99.0, True),
        ("gallium", "primary", "Japan", "JPN", 1.0, True),
        ("magnesium", "smelter", "China", "CHN", 88.0, True),
        ("magnesium", "smelter", "Israel", "ISR", 3.0, True),
    ]
    made = pd.DataFrame(
        producers, columns=["mineral", "stage", "country", "iso3", "share_low", "headline"]
    )
    made = made.assign(
        share_high=made["share_low"], year="2025e", publisher="U.S. Geological Survey",
        allowed=True, scope="this mineral", confidence="primary", stage_group="metal",
        source="mcs2026/share/" + made["mineral"],
    )  # fmt: skip
    subjects = SUBJECTS.conform(
        {
            "id": ["MAGNET_NDFEB", "BUSH_CARBON", "LED", "CASTING", "LABEL"],
            "kind": ["class"] * 5,
            "name": ["NdFeB magnet", "Carbon bush", "LED", "Aluminum casting", "Label"],
        }
    )
    return Reference(
        edition="MCS 2026",
        sets=(
            SourceSet(
                "mcs2026", "Mineral Commodity Summaries 2026", "U.S. Geological Survey", "MCS 2026",
                "ab" * 32, "public domain", "2026-01-31", "2026-03-01",
                "https://doi.org/10.3133/mcs2026",
            ),
            SourceSet("parts", "Composition of parts", "the project", "1", "cd" * 32),
        ),
        supply=supply(),
        producers=PRODUCERS.conform(made),
        import_sources=IMPORT_SOURCES.empty(),
        reserves=RESERVES.empty(),
        prices=PRICES.empty(),
        countries=COUNTRIES.empty(),
        suppliers=SUPPLIERS.empty(),
        substitutes=SUBSTITUTES.conform(
            {
                "mineral": ["magnesium"], "application": ["castings"], "substitute": ["zinc"],
                "tradeoff": ["heavier"], "source": ["mcs2026/nir/magnesium"],
            }
        ),
        events=events(),
        sources=Sources(figures()),
        knowledge=Knowledge(COMPOSITIONS.empty(), subjects, {}, figures()),
    )  # fmt: skip


def bill(parts: tuple[tuple[Any, ...], ...] = PARTS) -> BillOfMaterials:
    """The lines above as a BillOfMaterials read from a sheet named BOM."""
    frame = pd.DataFrame(
        parts,
        columns=["id", "part_number", "description", "quantity", "unit_cost", "cost_total", "class",
                 "evidence", "supplier", "counted"],
    )  # fmt: skip
    count = len(frame)
    lines = LINES.conform(
        frame.drop(columns=["class", "evidence"]).assign(
            sheet="BOM", row=frame["id"].str.split("!").str[-1].astype("int64"),
            extended_cost=frame["cost_total"], currency="USD", unit="pcs", quantity_unit="pc",
            quantity_total=frame["quantity"], level=np.where(np.arange(count) == 0, 0, 1),
            parent_line=np.where(np.arange(count) == 0, -1, 0),
            has_children=np.arange(count) == 0,
            not_counted_why=np.where(frame["counted"], "", "assembly whose parts are listed"),
            fingerprint=frame["part_number"],
        )
    )  # fmt: skip
    original = pd.DataFrame(
        {
            "Part": frame["part_number"],
            "Description": frame["description"],
            "Qty": frame["quantity"].map("{:g}".format),
        }
    )
    return BillOfMaterials(
        file="pump.xlsx",
        sha256="9f3c" + "0" * 60,
        format="xlsx",
        encoding="",
        delimiter="",
        sheets=(SheetShape("BOM", count + 4, 3),),
        read=(
            SheetRead(
                "BOM",
                4,
                {"part_number": ColumnRef("Part", "A"),
                 "description": ColumnRef("Description", "B"),
                 "quantity": ColumnRef("Qty", "C")},
                5,
                count + 4,
                count,
            ),
        ),
        lines=lines,
        original=original,
        issues=ISSUES.empty(),
    )  # fmt: skip


def contents(parts: tuple[tuple[Any, ...], ...] = PARTS, held: Any = HELD) -> Contents:
    """What the lines above were taken for and hold."""
    frame = pd.DataFrame(held, columns=["line", "mineral", "presence", "function", "relation",
                                        "evidence", "mass_mg_low", "mass_mg_typical",
                                        "mass_mg_high"])  # fmt: skip
    classes = [part[6] for part in parts]
    frame = frame.assign(source=[f"parts/{classes[line]}" for line in frame["line"]], form="")
    recognitions = RECOGNITIONS.conform(
        {
            "component_class": classes,
            # the record knows ferrite in place of this material
            "materials": ["NDFEB_N" if one == "MAGNET_NDFEB" else "" for one in classes],
            "evidence": [part[7] for part in parts],
            "mass_g_low": [10.0 if part[6] else NAN for part in parts],
            "mass_g_typical": [12.0 if part[6] else NAN for part in parts],
            "mass_g_high": [15.0 if part[6] else NAN for part in parts],
            "mass_basis": ["class" if part[6] else "" for part in parts],
        }
    )
    whys = WHYS.conform(
        {
            "line": [1], "rule": ["words/ndfeb"], "text": ["“NdFeB” names a neodymium magnet"],
            "column": ["description"], "start": [13], "end": [18],
        }
    )  # fmt: skip
    return Contents(recognitions, CONTENTS.conform(frame), whys, ISSUES.empty())


def exposures() -> Exposures:
    """The answer, worked by hand: known spend 40.00, of which acute certain 16.36 (40.9 %)."""
    base = supply().drop(columns=["mineral", "form", "headline"])
    low = base["nir_low"] * base["china_peak_low"] / 100
    high = base["nir_high"] * base["china_peak_high"] / 100
    found = pd.DataFrame(
        {
            "mineral": [row[0] for row in MINERALS],
            "acute": (high >= 50).tolist(),
            "lines_certain": [1, 1, 1, 1, 0, 1, 0, 0],
            "lines_likely": [0, 0, 0, 0, 1, 0, 1, 0],
            "lines_possible": [0, 0, 0, 0, 0, 0, 0, 1],
            "spend_certain": [11.40, 11.40, 0.04, 4.92, 0.0, 20.0, 0.0, 0.0],
            "spend_likely": [0.0, 0.0, 0.0, 0.0, 20.0, 0.0, 0.04, 0.0],
            "gated_value": [40.0, 40.0, 40.0, 40.0, NAN, NAN, NAN, NAN],
            "mass_g_low": [0.5, 5.0, 1e-5, NAN, 0.2, 80.0, 1e-5, 1e-5],
            "mass_g_typical": [0.8, 5.8, 2e-5, NAN, 0.35, 85.0, 2e-5, 2e-5],
            "mass_g_high": [1.1, 6.6, 5e-5, NAN, 0.45, 90.0, 5e-5, 5e-5],
            "index_low": low,
            "index_high": high,
        }
    ).join(base)
    found["spend_pct_certain"] = found["spend_certain"] / 40 * 100
    found["spend_pct_likely"] = found["spend_likely"] / 40 * 100
    minerals = MINERAL_EXPOSURES.conform(found)
    minerals = minerals.sort_values(
        ["index_low", "index_high"], ascending=False, kind="stable"
    ).reset_index(drop=True)
    lines = LINE_EXPOSURES.conform(
        {
            "spend": [NAN, 11.40, 4.92, 0.04, 20.0, 0.10, 3.54],
            "acute": ["no", "certain", "certain", "certain", "no", "no", "no"],
            "acute_minor": ["no", "no", "no", "no", "likely", "no", "no"],
            "nir_50": ["no", "certain", "certain", "certain", "certain", "no", "no"],
            "nir_100": ["no", "certain", "certain", "certain", "no", "no", "no"],
            "china_led": ["no", "certain", "certain", "certain", "certain", "no", "no"],
            "listed": ["no", "certain", "certain", "certain", "certain", "no", "no"],
            "index_low": [NAN, 100.0, 96.0, 99.0, 36.6, NAN, NAN],
            "index_high": [NAN, 100.0, 96.0, 99.0, 36.6, NAN, NAN],
            "top_mineral": ["", "dysprosium", "graphite", "gallium", "aluminum", "", ""],
            "expected_pct": [NAN, NAN, NAN, NAN, NAN, NAN, 7.87],
            "unit_of_count": [False, True, True, True, True, True, True],
        }
    )
    forms = FORM_EXPOSURES.conform(
        minerals[["mineral", "acute", "index_low", "index_high", *base.columns]].assign(
            form="", own_figures=True, lines=1, spend=minerals["spend_certain"]
        )
    )
    indices = INDICES.conform(
        {
            "mineral": minerals["mineral"], "form": "", "method": "import-china-peak",
            "low": minerals["index_low"], "high": minerals["index_high"],
            "missing": ["" if ok else "reliance withheld" for ok in minerals["index_low"].notna()],
        }
    )  # fmt: skip
    groups = GROUP_EXPOSURES.conform(
        {
            "kind": ["assembly", "supplier", "supplier"],
            "key": ["BOM!5", "MagnaForm", "Gießerei Süd"],
            "label": ["Coolant pump, complete", "MagnaForm", "Gießerei Süd"],
            "lines": [6, 1, 1], "lines_unknown": [1, 0, 0], "spend": [40.0, 11.40, 20.0],
            "spend_acute_certain": [16.36, 11.40, 0.0], "spend_acute_likely": [0.0, 0.0, 0.0],
            "minerals": [7, 2, 2], "minerals_acute": [5, 2, 1],
        }
    )  # fmt: skip
    group_minerals = GROUP_MINERALS.conform(
        {
            "kind": ["assembly"] * 3 + ["supplier"] * 2,
            "key": ["BOM!5"] * 3 + ["MagnaForm", "Gießerei Süd"],
            "mineral": ["dysprosium", "graphite", "magnesium", "dysprosium", "magnesium"],
            "lines": [1, 1, 1, 1, 1],
            "lines_certain": [1, 1, 0, 1, 0],
            "spend_certain": [11.40, 4.92, 0.0, 11.40, 0.0],
            "spend_likely": [0.0, 0.0, 20.0, 0.0, 20.0],
        }
    )
    share = Share(90.9, 0.0)  # magnet, bush, LED, housing: 36.36 of 40.00
    return Exposures(
        lines=lines,
        minerals=minerals,
        forms=forms,
        indices=indices,
        groups=groups,
        group_minerals=group_minerals,
        coverage=Coverage(
            lines_pct=100 * 5 / 6, spend_pct=100 * 36.46 / 40, mass_pct=None, spend_known_pct=100.0,
            mass_known_pct=100 * 5 / 6,
            by_evidence={"none": 1, "assumed": 0, "inferred": 3, "designated": 2, "declared": 0},
        ),
        headline=Headline(
            minerals=7, minerals_acute=5, minerals_nir_50=6, minerals_nir_100=3, spend=40.0,
            currency="USD", spend_by_currency={"USD": 40.0},
            spend_acute_pct=Share(40.9, 0.0), spend_acute_minor_pct=Share(0.0, 50.0),
            spend_nir_50_pct=Share(90.9, 0.0), spend_nir_100_pct=Share(40.9, 0.0),
            spend_china_led_pct=share, lines_acute=(3, 0), controls_in_force=1,
            next_change=("2026-11-27", "CN-03"),
            top_minerals=("dysprosium", "gallium", "graphite", "neodymium", "magnesium"),
            top_lines=("BOM!6", "BOM!7", "BOM!8"),
        ),
        issues=ISSUES.empty(),
    )  # fmt: skip


def analysis() -> Analysis:
    """The whole answer for the pump."""
    sourcing = SOURCING.conform(
        pd.DataFrame(
            [
                ("magnesium", "Israel", "ISR", "smelter", True, False, 3.0, 3.0, 30.0, 55.0,
                 {"share": (3.0, 3.0, 0.3)},
                 ["Makes 3 % of the world's magnesium metal.", "Has a free trade agreement."],
                 ["mcs2026/share/magnesium"]),
                ("gallium", "Japan", "JPN", "primary", True, False, 1.0, 1.0, 40.0, 60.0,
                 {"share": (1.0, 1.0, 0.3)}, ["Makes 1 % of primary gallium."],
                 ["mcs2026/share/gallium"]),
            ],
            columns=SOURCING.names,
        )
    )  # fmt: skip
    controls = CONTROLS.conform(
        {
            "mineral": ["gallium", "dysprosium"],
            "event": ["CN-03", "CN-05"],
            "status": ["suspended", "in force"],
            "reach": ["upstream", "direct"],
            "lines_direct": [0, 1],
            "lines_upstream": [1, 0],
        }
    )
    issues = ISSUES.conform(
        {
            "severity": ["warning"], "code": ["mass-unreadable"], "sheet": ["BOM"], "row": [9],
            "column": ["Weight g"], "value": ["22 g?"], "text": ["Read as 22 g and marked."],
            "mend": ["Correct the cell, or accept."],
        }
    )  # fmt: skip
    before = {"spend_acute_pct": {"certain": 40.9, "likely": 0.0}, "minerals_acute": 5}
    after = {"spend_acute_pct": {"certain": 41.0, "likely": 0.0}, "minerals_acute": 5}
    return Analysis(
        generator="bomexposure 0.1.0",
        bom=bill(),
        choices=Choices(as_of=AS_OF, volume=24000.0),
        reference=reference(),
        contents=contents(),
        exposures=exposures(),
        sourcing=sourcing,
        controls=controls,
        scenarios=(
            ScenarioResult(
                Scenario("ban-returns", "China's ban returns", events=("CN-03",)), before, after,
                losses=(
                    {"mineral": "gallium", "direct": {"low": 20.0, "high": 20.0},
                     "world": {"low": 99.0, "high": 99.0, "stage": "primary"}, "events": ["CN-03"]},
                ),
                lines={"direct": [], "upstream": ["BOM!8"]},
                spend_touched={"certain": 0.04, "likely": 0.0},
                notes=("Import shares are of 2021-24.",),
            ),
        ),
        issues=issues,
    )  # fmt: skip


def renamed(base: Analysis, description: str) -> Analysis:
    """The same answer with one line's description changed, for the fonts and for hostile text."""
    lines = base.bom.lines.copy()
    lines.loc[1, "description"] = description
    original = base.bom.original.copy()
    original.loc[1, "Description"] = description
    return replace(base, bom=replace(base.bom, lines=lines, original=original))
