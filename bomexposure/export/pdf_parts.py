"""What the PDF says, part by part, as plain data for the typst template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.export.pdf_sources import Notes, sources_part
from bomexposure.export.pdf_tables import PAGE_WIDTH, breakable, table_block
from bomexposure.export.svg import figure_svg
from bomexposure.model.analysis import Analysis
from bomexposure.model.project import Decision
from bomexposure.model.report import PARTS
from bomexposure.present import numbers
from bomexposure.present.actions import (
    acute_minerals,
    shortened,
    suggested_actions,
    top_exposures,
)
from bomexposure.present.charts import dumbbell, pareto, quadrant
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.facts import stand_ins
from bomexposure.present.headline import headline_sentence, tiles
from bomexposure.present.heat import groups_table
from bomexposure.present.line_names import several_sheets
from bomexposure.present.lines import lines_table, lines_that_matter
from bomexposure.present.minerals import control_words, minerals_table
from bomexposure.present.policy import (
    calendar,
    changes_ahead,
    events_table,
    scenarios_table,
    supply_lost,
)
from bomexposure.present.questions import open_questions
from bomexposure.present.sourcing import sourcing_table
from bomexposure.present.specs import ColumnSpec, FigureSpec, TableSpec
from bomexposure.present.substitutes import options_table
from bomexposure.present.weight import speaks_in_lines

LINES_SHOWN = 500
MINERALS_SHOWN = 10
"""Minerals named per measure in the PDF; the workbook has all."""
SOURCING_SHOWN = 3
"""Options per mineral in the PDF; the workbook has all."""
_NARROW, _PART, _CELL, _ACTION = 58.0, 99.0, 74.0, 170.0
"""Points inside the columns of page one: a mineral, a part, other cells, an action."""
_SMALL, _PLAIN = 7.6, 8.0
"""Their sizes of type, points."""


def page_one(
    analysis: Analysis, title: str = "", lead: str = "", notes: Notes | None = None
) -> dict[str, Any]:
    """The executive page; with `notes` it cites the sources of its chart and exposures."""
    shown = {tile.key: tile for tile in tiles(analysis)}
    figure = dumbbell(analysis, 10)
    supply = drawn_minerals(analysis).set_index("mineral")
    cited = _chart_sources(figure, notes)
    wanted = ("coverage", "acute", "spend-acute", "nir-50", "nir-100", "china-led")
    sentence = lead or f"{headline_sentence(analysis)} {controls_sentence(analysis)}".strip()
    exposures = top_exposures(analysis, 5)
    actions = suggested_actions(analysis, 3)
    levels = _levels(analysis)
    return {
        "kind": "Critical-mineral exposure · executive page",
        "dated": f"As of {numbers.day_long(analysis.choices.as_of)} · data: "
        f"{analysis.reference.edition}",
        "title": breakable(title or bom_title(analysis), PAGE_WIDTH, 20.0),
        "lead": sentence,
        "leadsize": 12 if len(sentence) < 230 else 10.5,
        "tiles": [_tile(shown[key]) for key in wanted],
        "figure": figure_block(figure, "")
        | {
            "title": figure.title,
            "caption": f"{figure.caption} {cited}".strip() if figure.rows else "",
        },
        "exposures_title": _counted("exposure", len(exposures)),
        "exposures": [
            {
                "symbol": one.symbol or one.name[:2],
                "level": levels.get(one.mineral, "plain"),
                "name": breakable(one.name, _NARROW, _SMALL),
                "parts": breakable(one.parts, _PART, _SMALL),
                "function": one.function,
                "leading": breakable(shortened(one.leading, 44), _CELL, _SMALL),
                "source": notes.cite(_supply_sources(supply, one.mineral)) if notes else "",
                "control": shortened(one.control, 80),
                "options": shortened(one.options, 72),
                "substitute": breakable(shortened(one.substitute, 52), _CELL, _SMALL),
            }
            for one in exposures
        ],
        "changes": [
            {"when": change.when, "what": shortened(change.what, 190)}
            for change in changes_ahead(analysis, 4, past=1)
        ],
        "nochanges": "No dated change is recorded for the minerals of this BOM.",
        "actions_title": _counted("action", len(actions)),
        "actions": [
            {"what": breakable(action.what, _ACTION, _PLAIN), "who": action.who}
            for action in actions
        ],
    }


def controls_sentence(analysis: Analysis) -> str:
    """How many controls bear on this BOM on the as-of date, and the next date; '' for none."""
    head = analysis.exposures.headline
    if not head.controls_in_force:
        return ""
    verb = "is" if head.controls_in_force == 1 else "are"
    said = (
        f"{numbers.count(head.controls_in_force, 'export control')} on minerals of this BOM {verb} "
        f"in force on {numbers.day_long(analysis.choices.as_of)}"
    )
    if head.next_change:
        said += f"; the next dated change is on {numbers.day_long(head.next_change[0])}"
    return f"{said}."


def _chart_sources(figure: FigureSpec, notes: Notes | None) -> str:
    """'Sources: A1–A10, B2.' for the marks of a chart, '' without notes."""
    if notes is None:
        return ""
    told = notes.cite([one for row in figure.rows for mark in row.marks
                       for one in mark.source.split(";")])  # fmt: skip
    return f"Sources: {told}." if told else ""


def _supply_sources(supply: pd.DataFrame, mineral: str) -> str:
    """Ids behind reliance, share and leading country of one mineral, joined by ';'."""
    named = ("nir_source", "china_peak_source", "leading_source")
    return ";".join(str(supply.at[mineral, one]) for one in named)


def bom_title(analysis: Analysis) -> str:
    """The name of the product: the file's name without its ending, words apart."""
    stem = analysis.bom.file.rpartition(".")[0] or analysis.bom.file
    name = stem.replace("_", " ").replace("-", " ").strip()
    return shortened(name[:1].upper() + name[1:], 60) if name else "Bill of materials"


def _counted(noun: str, count: int) -> str:
    words = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}
    many = noun if count == 1 else f"{noun}s"
    tail = " to act on" if noun == "exposure" else ""
    return f"{words.get(count, 'No')} {many}{tail}"


def _levels(analysis: Analysis) -> dict[str, str]:
    """How the chip of each mineral is tinted: by index, else by reliance."""
    frame = drawn_minerals(analysis)
    level = np.where(
        frame["index_low"] >= 50, "china", np.where(frame["nir_low"] >= 50, "reliance", "plain")
    )
    return dict(zip(frame["mineral"].tolist(), level.tolist(), strict=True))


def _tile(tile: Any) -> dict[str, Any]:
    return {
        "caption": tile.caption,
        "figure": tile.figure,
        "unit": tile.unit,
        "below": tile.below,
        "bars": [
            {"name": bar.name, "share": bar.share if numbers.known(bar.share) else None,
             "words": bar.words}
            for bar in tile.bars
        ],
    }  # fmt: skip


def parts(
    analysis: Analysis,
    chosen: tuple[str, ...],
    decisions: tuple[Decision, ...],
    notes: Notes | None,
) -> list[dict[str, Any]]:
    """The chosen parts after page one, in the order of PARTS; sources come last.

    `notes` is None where the sources are left out: then no table cites them.
    """
    makers = {
        "minerals": lambda: _minerals(analysis, notes),
        "lines": lambda: _lines(analysis, notes),
        "sourcing": lambda: _sourcing(analysis, notes),
        "scenarios": lambda: _scenarios(analysis, notes),
        "substitutes": lambda: _substitutes(analysis, notes),
        "questions": lambda: _questions(analysis, notes),
        "decisions": lambda: _decisions(analysis, decisions),
        "method": lambda: _method(analysis),
        "sources": lambda: sources_part(analysis, notes or Notes(analysis.reference)),
    }
    return [
        {**makers[name](), "own_page": name in _OWN_PAGE}
        for name in PARTS
        if name in chosen and name in makers
    ]


_OWN_PAGE = ("minerals", "lines", "sources")
"""Parts that begin on a page of their own; the others follow on."""


def figure_block(
    spec: FigureSpec, title: str, level: int = 2, width: float = 720.0
) -> dict[str, Any]:
    """A figure as vector drawing with its caption and its words for a screen reader.

    `width` is of 720 points, the full width of the page's text.
    """
    return {
        "kind": "figure",
        "title": title,
        "level": level,
        "svg": figure_svg(spec, width),
        "width": width / 7.2,
        "alt": spec.alt or spec.title,
        "caption": spec.caption if spec.rows or spec.points else "",
    }


def _minerals(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    spec = minerals_table(analysis)
    keys = ("symbol", "name", "nir_low", "china_peak_low", "china_peak_stage", "index_low",
            "acute_word", "lines_certain", "spend_certain", "mass_g_low", "control")  # fmt: skip
    control = control_words(analysis, spec.rows["mineral"].tolist(), 2, brief=True)
    bare = tuple(
        replace(one, heading="") if one.key == "symbol" else one for one in spec.columns
    )  # fmt: skip
    spec = replace(spec, columns=bare, rows=spec.rows.assign(control=control))
    _chart_sources(dumbbell(analysis), notes)
    return {
        "title": "Exposure by mineral",
        "blocks": [
            table_block(spec, keys, notes),
            figure_block(quadrant(analysis), "China share by import reliance", width=520.0),
            figure_block(by_weight := pareto(analysis), by_weight.title),
        ],
    }


def _with_sheet(
    analysis: Analysis, spec: TableSpec, keys: tuple[str, ...]
) -> tuple[TableSpec, tuple[str, ...]]:
    """A table of lines (column `line`: their positions) led by their sheets where there are several."""  # noqa: E501
    lines = analysis.bom.lines
    if not several_sheets(lines):
        return spec, keys
    sheets = lines["sheet"].iloc[spec.rows["line"].to_numpy()].tolist()
    columns = (ColumnSpec("sheet", "Sheet"), *spec.columns)
    return replace(spec, columns=columns, rows=spec.rows.assign(sheet=sheets)), ("sheet", *keys)


def _lines(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    chosen = lines_that_matter(analysis, LINES_SHOWN)["line"].to_numpy()
    spec = lines_table(analysis)
    rows = spec.rows.iloc[chosen].reset_index(drop=True)
    held = analysis.contents.contents
    held = held[held["line"].isin(chosen)]
    sources = held["source"].astype("str").groupby(held["line"]).agg(_joined)
    symbols = Symbols(analysis)
    rows = rows.assign(
        ids=sources.reindex(chosen, fill_value="").tolist(),
        minerals=[symbols.of(one.split(";")) for one in rows["minerals"]],
    )
    columns = tuple(
        ColumnSpec("minerals", "Minerals", "", "text", "", "", "ids")
        if column.key == "minerals"
        else replace(column, key_mark="", key_source="")
        for column in spec.columns
    )  # fmt: skip
    shown = TableSpec("lines", "", columns, rows, "line", "", _NO_LINES)
    holding = int((analysis.exposures.lines["listed"].astype("str") != "no").sum())
    caption = f"All {holding:,} lines that hold a mineral of the 2025 list, worst first."
    if not holding:
        caption = ""
    if holding > len(rows):
        caption = (
            f"The {len(rows):,} lines that matter most, of {holding:,} that hold a mineral of the "
            "2025 list: acute first, then by index and spend. The workbook has all lines."
        )
    caption = " ".join(one for one in (caption, *stand_ins(analysis)) if one)
    keys = ("row", "part_number", "description", "class_name", "minerals", "evidence",
            "acute_word", "index_low", "spend")  # fmt: skip
    shown, led = _with_sheet(analysis, shown, keys)
    blocks = [table_block(shown, led, notes, caption=f"{caption} {symbols.legend()}".strip())]
    for kind in ("assembly", "supplier"):
        groups = groups_table(analysis, kind)
        if len(groups):
            order = groups.rows.sort_values(
                ["spend_acute_certain", "spend"], ascending=False, kind="stable"
            )
            most = order.head(40).reset_index(drop=True)
            few = TableSpec(
                groups.name, groups.title, groups.columns, most, "key", "", groups.empty
            )
            blocks.append(
                table_block(few, tuple(one.key for one in few.columns), None, groups.title)
            )
    return {"title": "Exposure by line", "blocks": blocks}


class Symbols:
    """Minerals by their symbols in wide tables, and the legend that reads them out."""

    def __init__(self, analysis: Analysis) -> None:
        frame = analysis.exposures.minerals
        self._symbols = dict(zip(frame["mineral"], frame["symbol"].astype("str"), strict=True))
        self._used: dict[str, str] = {}

    def of(self, minerals: list[str], most: int = 99) -> str:
        """'Dy, Nd, Fluorspar' for mineral ids; a mineral without a symbol by its name.

        Of more than `most` only the first ones are named: 'Dy, Nd and 12 more'.
        """
        told = []
        for mineral in minerals[:most]:
            symbol = self._symbols.get(mineral, "")
            if symbol:
                self._used[symbol] = numbers.mineral_name(mineral).lower()
            told.append(symbol or numbers.mineral_name(mineral) if mineral else "")
        words = ", ".join(one for one in told if one)
        return f"{words} and {len(minerals) - most} more" if len(minerals) > most else words

    def legend(self) -> str:
        """'Symbols: Dy dysprosium, Nd neodymium.' for those given out; '' for none."""
        told = ", ".join(f"{one} {self._used[one]}" for one in sorted(self._used))
        return f"Symbols: {told}." if told else ""


def _joined(ids: pd.Series[Any]) -> str:
    """Different ids in the order of their rows, joined by ';'."""
    return ";".join(dict.fromkeys(ids))


_NO_LINES = "No line holds a mineral of the 2025 list, as far as it was recognised."


def _sourcing(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    spec = sourcing_table(analysis)
    acute = acute_minerals(analysis)
    order = {mineral: at for at, mineral in enumerate(acute)}
    rows = spec.rows[spec.rows["mineral"].isin(order)]
    rows = rows.assign(
        order=rows["mineral"].map(order),
        at=[numbers.stage(one) for one in rows["at"]],
        why=[_short_reasons(*one) for one in zip(rows["reasons"], rows["share_low"], strict=True)],
        # named plants are left to the workbook, and so are their sources
        ids=[";".join(one for one in own if not one.startswith("suppliers/"))
             for own in rows["sources"]],
    )  # fmt: skip
    rows = rows.sort_values("order", kind="stable")
    few = rows.groupby("mineral", sort=False).head(SOURCING_SHOWN).reset_index(drop=True)
    few["name"] = few["name"].where(few["name"] != few["name"].shift(), "")
    shown = TableSpec("sourcing", "", spec.columns, few, "", spec.caption, spec.empty)
    keys = ("name", "where", "at", "share_low", "score_low", "why")
    caption = (
        f"{spec.caption} Acute minerals, at most {SOURCING_SHOWN} options each; the workbook has "
        "all minerals, options and named plants."
    )
    return {
        "title": "Who else could supply",
        "blocks": [table_block(shown, keys, notes, caption=caption)],
    }


def _short_reasons(reasons: list[str], share: float) -> str:
    """The first reasons (imports, reserves) and any agreement.

    Plants are left to the workbook; a share that has its own column is not said twice.
    """
    plain = [one for one in reasons if not one.startswith("Named:")]
    if numbers.known(share) and share > 0:
        plain = [one for one in plain if not one.startswith("Makes")]
    kept = plain[:2] + [one for one in plain[2:] if "agreement" in one]
    return " ".join(kept)


def _scenarios(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    spec = events_table(analysis)
    keys = tuple(column.key for column in spec.columns)
    symbols = Symbols(analysis)
    held = [symbols.of(one.split(";"), MINERALS_SHOWN) for one in spec.rows["minerals_ids"]]
    spec = replace(spec, rows=spec.rows.assign(minerals=held))
    legend = f"{spec.caption} {symbols.legend()}".strip()
    blocks = [
        figure_block(calendar(analysis, cutting=True), "Measures that can cut supply to the U.S."),
        table_block(spec, keys, notes, spec.title, caption=legend),
    ]
    told = scenarios_table(analysis)
    for played in analysis.scenarios:
        own = told.rows[told.rows["scenario"] == played.scenario.title].reset_index(drop=True)
        spec = replace(told, rows=own)
        keys = ("figure", "before", "after")
        blocks.append(table_block(spec, keys, None, played.scenario.title, sides=2))
        blocks.append(figure_block(supply_lost(analysis, played.scenario.id), "Supply lost", 3))
        blocks += [{"kind": "text", "text": note} for note in played.notes]
    return {"title": "Export controls and scenarios", "blocks": blocks}


def _substitutes(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    own = options_table(analysis)
    worth = () if speaks_in_lines(analysis) else ("spend",)
    shown = ("name", "row", *worth, "to", "removed", "added", "effort", "tradeoff", "source")
    return {
        "title": "Substitutes",
        "blocks": [
            table_block(own, shown, None, own.title),
            table_block(published := _published(analysis), ("name", "uses"), notes,
                        published.title),
        ],
    }  # fmt: skip


def _published(analysis: Analysis) -> TableSpec:
    """What the publication names for acute minerals, the uses of each in one cell."""
    frame = analysis.reference.substitutes
    rows = []
    for mineral in acute_minerals(analysis):
        own = frame[frame["mineral"] == mineral]
        by_tradeoff: dict[str, list[str]] = {}
        for use, substitute, tradeoff in zip(
            own["application"], own["substitute"], own["tradeoff"], strict=True
        ):
            by_tradeoff.setdefault(str(tradeoff), []).append(f"{use}: {substitute}")
        told = [
            "; ".join(uses) + (f" ({tradeoff})" if tradeoff not in ("", "not stated") else "")
            for tradeoff, uses in by_tradeoff.items()
        ]
        if told:
            ids = ";".join(dict.fromkeys(own["source"].astype("str")))
            rows.append((numbers.mineral_name(mineral), ". ".join(told) + ".", ids))
    return TableSpec(
        "substitutes", "Substitutes that the publication names",
        (ColumnSpec("name", "Mineral", width=14),
         ColumnSpec("uses", "Use: substitute (at what price in performance)", "", "text", "", "",
                    "ids", 80)),
        pd.DataFrame(rows, columns=["name", "uses", "ids"], dtype="str"), "",
        "For acute minerals, whatever the part; the workbook has all minerals.",
        "The publication names no substitute for an acute mineral of this BOM.",
    )  # fmt: skip


def _questions(analysis: Analysis, notes: Notes | None) -> dict[str, Any]:
    del notes
    spec = open_questions(analysis)
    shown = spec.head(60)
    caption = spec.caption if len(spec) else ""
    if len(spec) > len(shown):
        caption = f"The first {len(shown)} of {len(spec):,}; the workbook has all."
    keys = ("row", "part_number", "description", "supplier", "spend", "nearest", "question")
    shown, led = _with_sheet(analysis, shown, keys)
    return {
        "title": "Open questions",
        "blocks": [table_block(shown, led, None, caption=caption)],
    }


def _decisions(analysis: Analysis, decisions: tuple[Decision, ...]) -> dict[str, Any]:
    rows = pd.DataFrame(
        [
            (one.when, one.who, one.what, one.why, "taken back" if one.undone else "stands")
            for one in decisions
        ],
        columns=["when", "who", "what", "why", "state"],
        dtype="str",
    )
    columns = (
        ColumnSpec("when", "When", width=16),
        ColumnSpec("who", "Who", width=14),
        ColumnSpec("what", "What", width=40),
        ColumnSpec("why", "Why", width=34),
        ColumnSpec("state", "State", width=9),
    )
    made = len(analysis.choices.overrides) + len(analysis.choices.event_statuses)
    empty = (
        f"{numbers.count(made, 'decision')} of the user took part; the project file has the log."
        if made
        else "No decision was made: every line stands as it was recognised."
    )
    spec = TableSpec("decisions", "", columns, rows, "", "", empty)
    keys = tuple(column.key for column in columns)
    return {"title": "Decisions", "blocks": [table_block(spec, keys)]}


def _method(analysis: Analysis) -> dict[str, Any]:
    from bomexposure.export.pdf_method import method_rows, reading_rows

    return {
        "title": "Method",
        "blocks": [
            {"kind": "facts", "title": "", "level": 2, "rows": method_rows(analysis)},
            {
                "kind": "facts",
                "title": "What was read",
                "level": 2,
                "rows": reading_rows(analysis),
            },
        ],
    }
