"""The sheets of the workbook that are lists: sourcing, controls, scenarios, decisions, sources."""

from __future__ import annotations

import pandas as pd

from bomexposure.export.sheets import Book, Field
from bomexposure.model.analysis import Analysis
from bomexposure.model.project import Decision
from bomexposure.present import numbers
from bomexposure.present.citations import sources_used
from bomexposure.present.decisions import decision_words, names_of
from bomexposure.present.policy import controls_table, scenarios_table
from bomexposure.present.questions import open_questions
from bomexposure.present.specs import TableSpec
from bomexposure.present.substitutes import options_table

_STYLES = {"integer": "integer", "number": "number", "percent": "percent", "money": "money",
           "index": "index", "score": "index", "reliance": "number", "mass": "mass"}  # fmt: skip


def spec_fields(spec: TableSpec) -> list[Field]:
    """A TableSpec as columns to write: a range becomes two columns, low and high."""
    made = []
    for column in spec.columns:
        style = _STYLES.get(column.kind, "wrap" if column.width >= 30 else "text")
        values = spec.rows[column.key].tolist()
        if column.key_high:
            made.append(Field(_low_high(column.head, "low"), values, style, column.width))
            highs = spec.rows[column.key_high].tolist()
            made.append(Field(_low_high(column.head, "high"), highs, style, column.width))
        else:
            made.append(Field(column.head, values, style, column.width))
        if column.key_mark and column.kind == "reliance":
            made.append(Field("As printed", spec.rows[column.key_mark].tolist(), "code", 9))
        if column.key_source:
            sources = spec.rows[column.key_source].tolist()
            made.append(Field(f"Source of {column.heading.lower()}", sources, "text", 26))
    return made


def _low_high(head: str, end: str) -> str:
    name, comma, unit = head.rpartition(", ")
    return f"{name} {end}, {unit}" if comma else f"{head} {end}"


def write_sourcing(book: Book, analysis: Analysis) -> None:
    """Options outside the excluded countries, with their terms and reasons."""
    frame = analysis.sourcing
    fields = [
        Field("Mineral", [numbers.mineral_name(one) for one in frame["mineral"]], "text", 16),
        Field("Country", frame["country"].tolist(), "text", 18),
        Field("Code", frame["iso3"].tolist(), "text", 7),
        Field("Stage", frame["stage"].tolist(), "text", 18),
        Field("Bottleneck stage", _yes(frame["bottleneck"]), "text", 10),
        Field("Domestic", _yes(frame["domestic"]), "text", 9),
        Field("Share of world output low, %", frame["share_low"].tolist(), "percent", 10),
        Field("Share of world output high, %", frame["share_high"].tolist(), "percent", 10),
        Field("Score low, 0–100", frame["score_low"].tolist(), "index", 8),
        Field("Score high, 0–100", frame["score_high"].tolist(), "index", 8),
        Field("Why", [" ".join(one) for one in frame["reasons"]], "wrap", 70),
        Field("Sources", ["; ".join(one) for one in frame["sources"]], "wrap", 40),
    ]
    book.table(book.sheet("Sourcing"), fields, freeze=1)


def _yes(column: pd.Series) -> list[str]:
    return ["yes" if one else "no" for one in column]


def write_controls(book: Book, analysis: Analysis) -> None:
    """Controls that cover minerals of this BOM."""
    book.table(book.sheet("Controls"), spec_fields(controls_table(analysis)), freeze=1)


def write_scenarios(book: Book, analysis: Analysis) -> None:
    """Headline before and after, per scenario that was run."""
    book.table(book.sheet("Scenarios"), spec_fields(scenarios_table(analysis)), freeze=1)


def write_substitutes(book: Book, analysis: Analysis) -> None:
    """Substitutes on record for parts of this BOM, and those that the publication names."""
    order = {mineral: at for at, mineral in enumerate(analysis.exposures.minerals["mineral"])}
    frame = analysis.reference.substitutes
    frame = frame[frame["mineral"].isin(order)]
    frame = frame.assign(order=frame["mineral"].map(order)).sort_values("order", kind="stable")
    fields = [
        Field("Mineral", [numbers.mineral_name(one) for one in frame["mineral"]], "text", 16),
        Field("Use", frame["application"].tolist(), "wrap", 34),
        Field("Substitute", frame["substitute"].tolist(), "wrap", 40),
        Field("At what price in performance", frame["tradeoff"].tolist(), "wrap", 40),
        Field("Source", frame["source"].tolist(), "text", 26),
    ]
    book.table(book.sheet("Substitutes"), spec_fields(options_table(analysis)), freeze=1)
    book.table(book.sheet("Published substitutes"), fields, freeze=1)


def write_unmapped(book: Book, analysis: Analysis) -> None:
    """Counted lines that are not recognised or only assumed, with the question to ask."""
    book.table(book.sheet("Unmapped"), spec_fields(open_questions(analysis)), freeze=2)


def write_decisions(book: Book, analysis: Analysis, decisions: tuple[Decision, ...]) -> None:
    """The log of decisions, and those that the computation was given."""
    choices = analysis.choices
    rows: list[tuple[str, str, str, str, str]] = [
        (one.when, one.who, one.what, one.why, "taken back" if one.undone else "stands")
        for one in decisions
    ]
    if not decisions:
        names_by_id = names_of(analysis, choices.overrides)
        rows += [
            (
                one.decided_on,
                one.decided_by,
                f"{one.line_id or one.fingerprint}: {decision_words(one, names_by_id)}",
                one.reason,
                "stands",
            )
            for one in choices.overrides
        ]
        rows += [
            (one.set_on, "", f"Status of {one.event} set to {one.status}", one.reason, "stands")
            for one in choices.event_statuses
        ]
        rows += [
            ("", "", f"1 {code} taken as {rate:g} USD", "", "stands")
            for code, rate in sorted(choices.rates.items())
        ]
    names = ("When", "Who", "What", "Why", "State")
    widths = (22, 18, 60, 50, 11)
    fields = [
        Field(name, [row[at] for row in rows], "wrap", widths[at]) for at, name in enumerate(names)
    ]
    book.table(book.sheet("Decisions"), fields)


def write_issues(book: Book, analysis: Analysis) -> None:
    """What the reader must know about the file."""
    frame = analysis.issues
    fields = [
        Field("Severity", frame["severity"].astype("str").tolist(), "text", 10),
        Field("Code", frame["code"].tolist(), "text", 22),
        Field("Sheet", frame["sheet"].tolist(), "text", 14),
        Field("Row", [None if pd.isna(one) else int(one) for one in frame["row"]], "integer", 7),
        Field("Column", frame["column"].tolist(), "text", 16),
        Field("Value", frame["value"].tolist(), "code", 20),
        Field("What", frame["text"].tolist(), "wrap", 60),
        Field("What mends it", frame["mend"].tolist(), "wrap", 50),
    ]
    book.table(book.sheet("Issues"), fields)


def write_sources(book: Book, analysis: Analysis) -> None:
    """Every figure used, with its place in the publication, and the data sets."""
    frame = sources_used(analysis)
    fields = [
        Field("Figure", frame["id"].tolist(), "text", 34),
        Field("Publication", frame["title"].astype("str").tolist(), "text", 40),
        Field("Publisher", frame["publisher"].astype("str").tolist(), "text", 24),
        Field("Where in it", frame["locator"].tolist(), "text", 50),
        Field("Year", frame["year"].tolist(), "code", 9),
        Field("As printed", frame["printed"].tolist(), "code", 14),
        Field("Kind", frame["kind"].astype("str").tolist(), "text", 11),
        Field("Address", frame["url"].astype("str").replace("nan", "").tolist(), "text", 34),
        Field("Set", frame["set"].astype("str").tolist(), "text", 16),
    ]
    book.table(book.sheet("Sources"), fields, freeze=1)
    sets = analysis.reference.sets
    names = ("id", "title", "publisher", "edition", "published", "retrieved", "licence", "url",
             "sha256")  # fmt: skip
    widths = (16, 44, 28, 14, 12, 12, 24, 34, 66)
    fields = [
        Field(name.capitalize() if name != "sha256" else "SHA-256",
              [getattr(one, name) for one in sets], "text", widths[at])
        for at, name in enumerate(names)
    ]  # fmt: skip
    book.table(book.sheet("Data sets"), fields, freeze=1)
