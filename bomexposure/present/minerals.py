"""Minerals of a BOM as a table, and one mineral in full with every figure's source."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bomexposure.model.analysis import Analysis
from bomexposure.model.policy import PolicyEvent
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals, drawn_name, drawn_note
from bomexposure.present.facts import form_note
from bomexposure.present.glossary import METHOD_WORDS, RELATION_WORDS, defined
from bomexposure.present.specs import ColumnSpec, Detail, Fact, TableSpec
from bomexposure.present.words import tr
from bomexposure.scenario.controls import reaches_us


def minerals_table(analysis: Analysis) -> TableSpec:
    """One row per mineral found, worst first; `mineral` is the key."""
    frame = drawn_minerals(analysis)
    currency = analysis.exposures.headline.currency or ""
    frame = frame.assign(spend_certain=said_spend(frame["spend_certain"], frame["spend_likely"]))
    rows = frame.assign(
        name=[drawn_name(*one) for one in zip(frame["mineral"], frame["drawn"], strict=True)],
        listed=frame["critical_2025"].map({True: "yes", False: "no"}),
        acute_word=[
            acute_words(acute, low, analysis.choices.acute_threshold)
            for acute, low in zip(frame["acute"], frame["index_low"], strict=True)
        ],
        spend_high=top_end(frame["spend_certain"], frame["spend_likely"]),
        spend_pct_high=top_end(frame["spend_pct_certain"], frame["spend_pct_likely"]),
        lines_high=frame["lines_certain"] + frame["lines_likely"],
        control=control_words(analysis, frame["mineral"].tolist()),
        china_peak_stage=[numbers.stage(one) for one in frame["china_peak_stage"]],
        leading_stage=[numbers.stage(one) for one in frame["leading_stage"]],
        leader=frame["leading_country"].replace("", tr(numbers.NOT_PUBLISHED)),
        unpublished=tr(numbers.NOT_PUBLISHED),
        gated_mark="none",
    ).reset_index(drop=True)
    columns = (
        ColumnSpec("symbol", "Symbol", width=5),
        ColumnSpec("name", "Mineral", width=18),
        ColumnSpec("listed", "2025 list", width=8, tooltip="On the 2025 U.S. list."),
        ColumnSpec("nir_low", "Import reliance", "%", "reliance", "nir_high", "nir_printed",
                   "nir_source", 12, defined("reliance")),
        ColumnSpec("china_peak_low", "China share", "%", "percent",
                   "china_peak_high", "unpublished", "china_peak_source", 12,
                   defined("china-share")),
        ColumnSpec("china_peak_stage", "At its highest stage", width=20),
        ColumnSpec("index_low", "Index", "0–100", "index", "index_high", "", "", 9,
                   defined("index")),
        ColumnSpec("acute_word", "Acute", width=9, tooltip=defined("acute")),
        ColumnSpec("lines_certain", "Lines", "", "integer", "lines_high", "", "", 8,
                   "Counted lines that hold it: certain – with likely."),
        ColumnSpec("spend_certain", "Spend in its lines", currency, "money", "spend_high", "", "",
                   14, defined("spend")),
        ColumnSpec("spend_pct_certain", "Share of spend", "%", "percent", "spend_pct_high", "", "",
                   10, defined("spend"), False),
        ColumnSpec("mass_g_low", "Mass in one product", "", "mass", "mass_g_high", "", "", 14,
                   defined("mass")),
        ColumnSpec("leader", "Leading producer", "", "text", "", "", "leading_source", 16),
        ColumnSpec("leading_share_pct", "Its share", "%", "percent", "", "unpublished",
                   "leading_source", 8),
        ColumnSpec("leading_stage", "At stage", width=16, shown=False),
        ColumnSpec("hhi_low", "HHI", "0–10,000", "number", "hhi_high", "", "hhi_source", 12,
                   defined("hhi"), False),
        ColumnSpec("gated_value", "Gated value", currency, "money", "", "gated_mark", "", 12,
                   defined("gated"), False),
        ColumnSpec("control", "Export control", width=18, tooltip=defined("controls")),
    )  # fmt: skip
    return TableSpec(
        "minerals",
        "Minerals in this BOM",
        columns,
        rows,
        "mineral",
        "Worst first: by index, then spend. Minerals that are not on the 2025 list are shown too.",
        "No line of this BOM holds a tracked mineral, as far as it was recognised.",
    )


def acute_words(acute: bool, index_low: float, threshold: float) -> str:
    """'yes', 'could be' where only the high bound reaches the threshold, or 'no'."""
    if not acute:
        return "no"
    return "yes" if numbers.known(index_low) and index_low >= threshold else "could be"


def said_spend(certain: pd.Series[Any], likely: pd.Series[Any]) -> pd.Series[Any]:
    """Spend of certain lines as it may be said: unknown where the likely ones alone hold it and
    have no price, since 0 would be read as no spend at all."""
    return certain.mask((certain == 0) & likely.isna())


def top_end(certain: pd.Series[Any], likely: pd.Series[Any]) -> pd.Series[Any]:
    """Certain and likely together; unknown where the certain part is."""
    return certain + likely.fillna(0.0)


def control_words(
    analysis: Analysis, minerals: list[str], count: int = 3, brief: bool = False
) -> list[str]:
    """Per mineral the controls that can cut supply to the United States, in few words.

    'China: licence, ban suspended; Malaysia: ban'. China's first, then others', then those on some
    U.S. buyers only; within these in force, suspended, not known, announced; none of a country
    that supplies little. At most `count`
    measures, then '+2 more'; 'none' where there is none. Tariffs, benchmarks and measures on
    technology alone cut no supply and stand in the table of controls. `brief` parts the measures of
    a country by semicolons, dates suspensions, and ends in '2 more'.
    """
    events = {event.id: event for event in analysis.events}
    controls = analysis.controls
    by_mineral: dict[str, list[tuple[int, int, str, str]]] = {}
    controls = controls[controls["aside"] != "supplies little"]
    for mineral, event_id, status in zip(
        controls["mineral"], controls["event"], controls["status"], strict=True
    ):
        event = events.get(event_id)
        if event is None or status == "ended" or event.cut_high <= 0 or not reaches_us(event):
            continue
        order = _STATUS_ORDER.index(status) if status in _STATUS_ORDER else len(_STATUS_ORDER)
        some_only = event.destination.startswith("USA") and event.destination != "USA"
        far = 2 if some_only else 0 if event.iso3 == "CHN" else 1
        words = f"{event.measure}{_destination_tail(event)}{_STATUS_TAIL.get(status, '')}"
        if brief and status == "suspended" and event.suspended_until:
            words = tr("{status} to {day}", status=words, day=numbers.day(event.suspended_until))
        by_mineral.setdefault(mineral, []).append((far, order, event.country, words))
    return [_few(sorted(by_mineral.get(mineral, [])), count, brief) for mineral in minerals]


def _few(measures: list[tuple[int, int, str, str]], count: int, brief: bool) -> str:
    """The first different measures, those of one country together."""
    different = list(dict.fromkeys((country, words) for _, _, country, words in measures))
    if not different:
        return "none"
    told: dict[str, list[str]] = {}
    for country, words in different[:count]:
        told.setdefault(country, []).append(words)
    between = "; " if brief else ", "
    shown = "; ".join(f"{country}: {between.join(words)}" for country, words in told.items())
    more = len(different) - count
    tail = tr("; {more} more", more=more) if brief else tr("; +{more} more", more=more)
    return f"{shown}{tail}" if more > 0 else shown


def _destination_tail(event: PolicyEvent) -> str:
    """' (military users)' for a measure on some U.S. buyers only."""
    rest = event.destination.removeprefix("USA").strip()
    return f" ({rest})" if event.destination.startswith("USA") and rest else ""


_STATUS_ORDER = ("in force", "suspended", "end date passed, not verified", "announced")
_STATUS_TAIL = {
    "suspended": " suspended",
    "announced": " announced",
    "end date passed, not verified": " (status not known)",
}


def mineral_detail(analysis: Analysis, mineral: str) -> Detail:
    """Everything about one mineral of the BOM. Raises KeyError where the BOM does not hold it."""
    frame = drawn_minerals(analysis)
    rows = frame[frame["mineral"] == mineral]
    if rows.empty:
        raise KeyError(mineral)
    row = rows.iloc[0]
    currency = analysis.exposures.headline.currency
    name = numbers.mineral_name(mineral)
    listed = "on the 2025 list" if row["critical_2025"] else "tracked, not on the 2025 list"
    known = said_spend(rows["spend_certain"], rows["spend_likely"])
    spend, spend_high = known.iloc[0], top_end(known, rows["spend_likely"]).iloc[0]
    facts = (
        *supply_facts(row),
        Fact("Spend in its lines", numbers.money_span(spend, spend_high, currency)),
        Fact(
            "Counted lines",
            tr(
                "{certain} certain, {likely} likely, {possible} possible",
                certain=row["lines_certain"],
                likely=row["lines_likely"],
                possible=row["lines_possible"],
            ),
        ),
        Fact(
            "Mass in one product",
            numbers.mass_low_typical_high(
                row["mass_g_low"], row["mass_g_typical"], row["mass_g_high"]
            ),
            (),
            row["mass_g_low"],
            row["mass_g_typical"],
            row["mass_g_high"],
            "g",
        ),
        Fact("Gated value", _gated(row["gated_value"], currency)),
    )
    notes = tuple(one for one in (drawn_note(row), str(row["note"])) if one)
    return Detail(
        mineral,
        f"{name} ({row['symbol']})" if row["symbol"] else name,
        tr(
            "{name} is {listed}. Export control: {control}.",
            name=name,
            listed=listed,
            control=control_words(analysis, [mineral])[0],
        ),
        facts,
        (
            ("Indices", _index_facts(analysis, mineral, str(row["drawn"]))),
            ("Forms that this BOM draws on", _form_facts(analysis, mineral)),
        ),
        (producers_table(analysis, mineral), import_sources_table(analysis, mineral)),
        notes,
    )


def supply_facts(row: pd.Series[Any]) -> tuple[Fact, ...]:
    """The supply figures of one SUPPLY (or MINERAL_EXPOSURES) row, each with its figure ids."""
    scope = row["nir_scope"]
    group = tr(", for the group {scope}", scope=scope) if scope and scope != "this mineral" else ""
    reliance = numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"])
    sign = " %" if reliance[-1:].isdigit() else ""
    year = numbers.year(row["nir_year"])
    # a form and a year may bring brackets of their own, so both stand behind commas
    tail = f", {row['nir_form']}, {year}{group}" if row["nir_year"] else ""
    return (
        Fact(
            "Net import reliance",
            f"{reliance}{sign}{tail}",
            _ids(row["nir_source"]),
            row["nir_low"],
            float("nan"),
            row["nir_high"],
            "%",
        ),
        Fact(
            "China share, highest stage",
            _share_words(
                row["china_peak_low"],
                row["china_peak_high"],
                row["china_peak_stage"],
                row["china_peak_year"],
                row["china_peak_publisher"],
            ),
            _ids(row["china_peak_source"]),
            row["china_peak_low"],
            float("nan"),
            row["china_peak_high"],
            "%",
        ),
        Fact(
            "China share, headline stage",
            _share_words(
                row["china_share_pct"],
                row["china_share_pct"],
                row["china_share_stage"],
                row["china_share_year"],
                "USGS",
            ),
            _ids(row["china_share_source"]),
        ),
        Fact("Leading producer", _leader(row), _ids(row["leading_source"])),
        Fact(
            "Concentration (HHI)",
            numbers.span(row["hhi_low"], row["hhi_high"]),
            _ids(row["hhi_source"]),
        ),
        Fact(
            "Import-China index",
            numbers.index(row["index_low"], row["index_high"])
            if "index_low" in row
            else numbers.UNKNOWN,
        ),
    )


def _leader(row: pd.Series[Any]) -> str:
    country = row["leading_country"]
    if not country:
        return numbers.NOT_PUBLISHED
    if not numbers.known(row["leading_share_pct"]):
        return tr("{country} leads, no figure", country=country)
    return f"{country}, {numbers.percent(row['leading_share_pct'])}, {row['leading_stage']}"


def _share_words(low: float, high: float, stage: str, year: str, publisher: str) -> str:
    if not numbers.known(low) and not numbers.known(high):
        return numbers.NOT_PUBLISHED
    place = [numbers.stage(stage), numbers.year(year) if year else "", publisher]
    # a stage may bring brackets of its own, so its figure stands before a comma
    return ", ".join(part for part in (numbers.percent(low, high), *place) if part)


def _gated(value: float, currency: str | None) -> str:
    if not numbers.known(value):
        return "none: it carries no line's function, or is not acute"
    return tr("{amount}: the whole product", amount=numbers.money(value, currency))


def _index_facts(analysis: Analysis, mineral: str, drawn: str) -> tuple[Fact, ...]:
    frame = analysis.exposures.indices
    own = frame[(frame["mineral"] == mineral) & (frame["form"] == drawn)]
    facts = []
    for method, low, high, missing in zip(
        own["method"], own["low"], own["high"], own["missing"], strict=True
    ):
        words = (
            numbers.span(low, high)
            if not missing
            else tr("not computed: {missing}", missing=missing)
        )
        facts.append(Fact(METHOD_WORDS.get(method, method), words, (), low, float("nan"), high))
    return tuple(facts)


def _form_facts(analysis: Analysis, mineral: str) -> tuple[Fact, ...]:
    frame = analysis.exposures.forms
    facts = []
    for _, row in frame[frame["mineral"] == mineral].iterrows():
        own = row["own_figures"] and "stands in" not in form_note(analysis, mineral, row["form"])
        stand_in = (
            ""
            if own
            else tr(
                "; the reliance of {nir_form} stands in", nir_form=row["nir_form"] or "the mineral"
            )
        )
        reliance = numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"])
        sign = " %" if reliance[-1:].isdigit() else ""
        words = tr(
            "{lines}, reliance {reliance}{sign}, index {index_low}{stand_in}",
            lines=numbers.count(int(row["lines"]), "line"),
            reliance=reliance,
            sign=sign,
            index_low=numbers.index(row["index_low"], row["index_high"]),
            stand_in=stand_in,
        )
        facts.append(Fact(row["form"] or "form not stated", words, _ids(row["nir_source"])))
    return tuple(facts)


def producers_table(analysis: Analysis, mineral: str, stage: str = "") -> TableSpec:
    """Producing countries of one mineral by stage, largest first; all stages when none is named."""
    frame = analysis.reference.producers
    rows = frame[frame["mineral"] == mineral]
    if stage:
        rows = rows[rows["stage"] == stage]
    rows = rows.sort_values(
        ["stage", "year", "publisher", "share_low"],
        ascending=[True, False, True, False],
        kind="stable",
    ).reset_index(drop=True)
    columns = (
        ColumnSpec("stage", "Stage", width=18),
        ColumnSpec("country", "Country", width=18),
        ColumnSpec("share_low", "Share of world output", "%", "percent", "share_high", "",
                   "source", 10),
        ColumnSpec("year", "Year", width=8),
        ColumnSpec("publisher", "Publisher", width=20),
        ColumnSpec("scope", "Figure is for", width=16, shown=False),
    )  # fmt: skip
    return TableSpec(
        "producers",
        "Who makes it",
        columns,
        rows,
        "",
        "Stages are never added up.",
        "No publication gives this mineral by country.",
    )


def import_sources_table(analysis: Analysis, mineral: str) -> TableSpec:
    """Countries that U.S. imports of one mineral come from."""
    frame = analysis.reference.import_sources
    rows = frame[frame["mineral"] == mineral].reset_index(drop=True)
    columns = (
        ColumnSpec("form", "Form", width=18),
        ColumnSpec("country", "Country", width=18),
        ColumnSpec("share_low", "Share of U.S. imports", "%", "percent", "share_high", "",
                   "source", 10),
        ColumnSpec("period", "Period", width=10),
        ColumnSpec("scope", "Figure is for", width=16, shown=False),
    )  # fmt: skip
    return TableSpec(
        "import-sources",
        "Where U.S. imports come from",
        columns,
        rows,
        "",
        "",
        "No import sources are published for this mineral.",
    )


def contained_words(relation: str) -> str:
    """A relation in words."""
    return RELATION_WORDS.get(relation, relation)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part for part in str(text).split(";") if part)
