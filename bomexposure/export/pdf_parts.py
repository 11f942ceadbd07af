"""What the PDF says, part by part, as plain data for the typst template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.export.pdf_tables import Notes, breakable, table_block
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
from bomexposure.present.charts import dumbbell, groups_table, pareto, quadrant
from bomexposure.present.headline import headline_sentence, tiles
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

LINES_SHOWN = 500
SOURCING_SHOWN = 3
"""Options per mineral in the PDF; the workbook has all."""


def page_one(analysis: Analysis, title: str = "", lead: str = "") -> dict[str, Any]:
    """The executive page."""
    shown = {tile.key: tile for tile in tiles(analysis)}
    figure = dumbbell(analysis, 10)
    wanted = ("coverage", "acute", "spend-acute", "nir-50", "nir-100", "china-led")
    sentence = lead or headline_sentence(analysis)
    exposures = top_exposures(analysis, 5)
    actions = suggested_actions(analysis, 3)
    levels = _levels(analysis)
    return {
        "kind": "Critical-mineral exposure · executive page",
        "dated": f"As of {numbers.day_long(analysis.choices.as_of)} · data: "
        f"{analysis.reference.edition}",
        "title": title or bom_title(analysis),
        "lead": sentence,
        "leadsize": 12 if len(sentence) < 230 else 10.5,
        "tiles": [_tile(shown[key]) for key in wanted],
        "figure": figure_block(figure, "") | {"title": figure.title},
        "exposures_title": _counted("exposure", len(exposures)),
        "exposures": [
            {
                "symbol": one.symbol or one.name[:2],
                "level": levels.get(one.mineral, "plain"),
                "name": one.name,
                "parts": one.parts,
                "function": one.function,
                "leading": shortened(one.leading, 44),
                "control": shortened(one.control, 80),
                "options": shortened(one.options, 48),
                "substitute": shortened(one.substitute, 52),
            }
            for one in exposures
        ],
        "changes": [
            {"when": change.when, "what": shortened(change.what, 190)}
            for change in changes_ahead(analysis, 4, past=1)
        ],
        "nochanges": "No dated change is recorded for the minerals of this BOM.",
        "actions_title": _counted("action", len(actions)),
        "actions": [{"what": action.what, "who": action.who} for action in actions],
    }


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
    frame = analysis.exposures.minerals
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
            {"name": name, "share": share if numbers.known(share) else None,
             "words": numbers.percent(share)}
            for name, share in tile.bars
        ],
    }  # fmt: skip


def parts(
    analysis: Analysis, chosen: tuple[str, ...], decisions: tuple[Decision, ...]
) -> list[dict[str, Any]]:
    """The chosen parts after page one, in the order of PARTS; sources come last, numbered."""
    notes = Notes()
    makers = {
        "minerals": lambda: _minerals(analysis, notes),
        "lines": lambda: _lines(analysis, notes),
        "sourcing": lambda: _sourcing(analysis, notes),
        "scenarios": lambda: _scenarios(analysis, notes),
        "substitutes": lambda: _substitutes(analysis, notes),
        "questions": lambda: _questions(analysis, notes),
        "decisions": lambda: _decisions(analysis, decisions),
        "method": lambda: _method(analysis),
        "sources": lambda: _sources(analysis, notes),
    }
    return [
        {**makers[name](), "own_page": name in _OWN_PAGE}
        for name in PARTS
        if name in chosen and name in makers
    ]


_OWN_PAGE = ("minerals", "lines", "sourcing", "method", "sources")
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
        "caption": spec.caption,
    }


def _minerals(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    spec = minerals_table(analysis)
    keys = ("symbol", "name", "nir_low", "china_peak_low", "china_peak_stage", "index_low",
            "acute_word", "lines_certain", "spend_certain", "mass_g_low", "control")  # fmt: skip
    stages = [numbers.stage(one) for one in spec.rows["china_peak_stage"]]
    control = control_words(analysis, spec.rows["mineral"].tolist(), 2, brief=True)
    spec = replace(spec, rows=spec.rows.assign(china_peak_stage=stages, control=control))
    for column in ("nir_source", "china_peak_source", "leading_source"):
        for ids in spec.rows[column]:
            notes.cite(ids)
    for row in dumbbell(analysis).rows:
        for mark in row.marks:
            notes.cite(mark.source)
    return {
        "title": "Exposure by mineral",
        "blocks": [
            table_block(spec, keys, notes),
            figure_block(quadrant(analysis), "China share by import reliance", width=520.0),
            figure_block(pareto(analysis), "Minerals by spend in their lines"),
        ],
    }


def _lines(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    chosen = lines_that_matter(analysis, LINES_SHOWN)["line"].to_numpy()
    spec = lines_table(analysis)
    rows = spec.rows.iloc[chosen].reset_index(drop=True)
    held = analysis.contents.contents
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
    if holding > len(rows):
        caption = (
            f"The {len(rows):,} lines that matter most, of {holding:,} that hold a mineral of the "
            "2025 list: acute first, then by index and spend. The workbook has all lines."
        )
    keys = ("row", "part_number", "description", "class_name", "minerals", "evidence",
            "acute_word", "index_low", "spend")  # fmt: skip
    blocks = [table_block(shown, keys, notes, caption=f"{caption} {symbols.legend()}".strip())]
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

    def of(self, minerals: list[str]) -> str:
        """'Dy, Nd, Fluorspar' for mineral ids; a mineral without a symbol by its name."""
        told = []
        for mineral in minerals:
            symbol = self._symbols.get(mineral, "")
            if symbol:
                self._used[symbol] = numbers.mineral_name(mineral).lower()
            told.append(symbol or numbers.mineral_name(mineral) if mineral else "")
        return ", ".join(one for one in told if one)

    def legend(self) -> str:
        """'Symbols: Dy dysprosium, Nd neodymium.' for those given out; '' for none."""
        told = ", ".join(f"{one} {self._used[one]}" for one in sorted(self._used))
        return f"Symbols: {told}." if told else ""


def _joined(ids: pd.Series[Any]) -> str:
    """Different ids in the order of their rows, joined by ';'."""
    return ";".join(dict.fromkeys(ids))


_NO_LINES = "No line holds a mineral of the 2025 list, as far as it was recognised."


def _sourcing(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    spec = sourcing_table(analysis)
    acute = acute_minerals(analysis)
    order = {mineral: at for at, mineral in enumerate(acute)}
    rows = spec.rows[spec.rows["mineral"].isin(order)]
    rows = rows.assign(
        order=rows["mineral"].map(order),
        at=[numbers.stage(one) for one in rows["at"]],
        why=[_short_reasons(one) for one in rows["reasons"]],
    )
    rows = rows.sort_values("order", kind="stable")
    few = rows.groupby("mineral", sort=False).head(SOURCING_SHOWN).reset_index(drop=True)
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


def _short_reasons(reasons: list[str], count: int = 3) -> str:
    """The first reasons (share, imports, reserves) and any agreement; not the lists of plants."""
    plain = [one for one in reasons if not one.startswith("Named:")]
    kept = plain[:count] + [one for one in plain[count:] if "agreement" in one]
    return " ".join(kept)


def _scenarios(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    spec = events_table(analysis)
    keys = tuple(column.key for column in spec.columns)
    symbols = Symbols(analysis)
    held = [symbols.of(one.split(";")) for one in spec.rows["minerals_ids"]]
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


def _substitutes(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    order = {mineral: at for at, mineral in enumerate(analysis.exposures.minerals["mineral"])}
    frame = analysis.reference.substitutes
    frame = frame[frame["mineral"].isin(acute_minerals(analysis))]
    frame = frame.assign(
        order=frame["mineral"].map(order),
        name=[numbers.mineral_name(one) for one in frame["mineral"]],
    ).sort_values("order", kind="stable")
    columns = (
        ColumnSpec("name", "Mineral", width=14),
        ColumnSpec("application", "Use", width=26),
        ColumnSpec("substitute", "Substitute", "", "text", "", "", "source", 34),
        ColumnSpec("tradeoff", "At what price in performance", width=34),
    )
    spec = TableSpec(
        "substitutes", "", columns, frame.reset_index(drop=True), "",
        "As the publication names them for acute minerals, whatever the part; the workbook has all "
        "minerals.",
        "The publication names no substitute for an acute mineral of this BOM.",
    )  # fmt: skip
    keys = tuple(column.key for column in columns)
    own = options_table(analysis)
    shown = ("name", "row", "spend", "to", "removed", "added", "effort", "tradeoff", "source")
    return {
        "title": "Substitutes",
        "blocks": [
            table_block(own, shown, None, own.title),
            table_block(spec, keys, notes, "Substitutes that the publication names"),
        ],
    }


def _questions(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    del notes
    spec = open_questions(analysis)
    shown = spec.head(60)
    caption = spec.caption
    if len(spec) > len(shown):
        caption = f"The first {len(shown)} of {len(spec):,}; the workbook has all."
    keys = ("row", "part_number", "description", "supplier", "spend", "nearest", "question")
    return {
        "title": "Open questions",
        "blocks": [table_block(shown, keys, None, caption=caption)],
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


def _sources(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    """Every note that was cited, and the data sets behind them."""
    wanted = [one for own in notes.members.values() for one in own]
    frame = analysis.reference.sources.table(wanted)
    by_id = {str(row["id"]): row for row in frame.to_dict("records")}
    told = []
    for note, number in notes.numbers.items():
        own = [by_id[one] for one in notes.members[note] if one in by_id]
        if own:
            told.append((number, *_note(note, own)))
    names = ["at", "work", "locator", "year", "printed", "kind"]
    rows = pd.DataFrame(told, columns=names)
    rows["number"] = rows["at"].astype("str")
    often = rows["work"].value_counts()
    large = sorted(often.index[often >= _OWN_TABLE], key=lambda one: (-often[one], one))
    columns = (
        ColumnSpec("number", "No.", width=5),
        ColumnSpec("work", "Publication", width=30),
        ColumnSpec("locator", "Where in it", width=40),
        ColumnSpec("year", "Year", width=8),
        ColumnSpec("printed", "As printed", width=34),
        ColumnSpec("kind", "Kind", width=10),
    )
    blocks: list[dict[str, Any]] = [
        {"kind": "text", "text": "Numbers are those in the last column of this report's tables."}
    ]
    for work in [*large, ""]:
        own_rows = rows[rows["work"] == work] if work else rows[~rows["work"].isin(large)]
        if own_rows.empty:
            continue
        spec = TableSpec("sources", "", columns, own_rows.reset_index(drop=True), "", "", "")
        same = set(own_rows["kind"])
        alike = f"All {next(iter(same))}." if len(same) == 1 and len(own_rows) > 1 else ""
        keys = tuple(
            one.key
            for one in columns
            if not (work and one.key == "work")
            and not (alike and one.key == "kind")
            and (own_rows[one.key] != "").any()
        )
        title = work or ("Other publications" if large else "")
        short = own_rows["printed"].str.len().max() <= _BRIEF and bool(work)
        blocks.append(table_block(spec, keys, None, title, caption=alike, sides=2 if short else 1))
    sets = [
        [one.title, f"{one.publisher}. Edition {one.edition}. {one.licence}. SHA-256 "
                    f"{breakable(one.sha256, 60.0, 8.0)} {one.url}".strip()]
        for one in analysis.reference.sets
    ]  # fmt: skip
    return {
        "title": "Sources",
        "blocks": [*blocks, {"kind": "facts", "title": "Data sets", "level": 2, "rows": sets}],
    }


_OWN_TABLE = 6
"""Notes from which a publication gets a table of its own."""


_OF_MASS = " % of mass"
_BRIEF = 24
"""Letters of printed values up to which a table of sources stands in two columns."""


def _note(note: str, own: list[dict[Any, Any]]) -> tuple[str, str, str, str, str]:
    """One note in words: publication, place in it, year, value as printed, kind of figure."""
    first = own[0]
    title, publisher = str(first["title"]), str(first["publisher"])
    work = f"{title} ({publisher})" if publisher and publisher not in title else title
    places = "; ".join(dict.fromkeys(str(one["locator"]) for one in own if one["locator"]))
    figures = [str(one["printed"]) for one in own if one["printed"]]
    printed = "; ".join(dict.fromkeys(figures))
    if len(figures) > 1 and all(one.endswith(_OF_MASS) for one in figures):
        printed = "; ".join(dict.fromkeys(one.removesuffix(_OF_MASS) for one in figures))
        printed += f" ({_OF_MASS.strip()})"
    kinds = ", ".join(dict.fromkeys(str(one["kind"]) for one in own))
    where = f"{note.rpartition('/')[2]}: {places}" if len(own) > 1 else places
    return work, where, str(first["year"]), printed, kinds
