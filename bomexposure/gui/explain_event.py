"""The panel's page about one policy event: status, dates, notice, what it touches here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.model.policy import STATUSES, PolicyEvent
from bomexposure.present import numbers
from bomexposure.present.policy import destination_words
from bomexposure.present.words import tr
from bomexposure.project import edits
from bomexposure.scenario.controls import events_as_set

UNVERIFIED = "end date passed, not verified"


def event_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """One measure, with the lines of this BOM that it reaches."""
    events = {event.id: event for event in events_as_set(analysis.reference, analysis.choices)}
    event = events.get(subject.key)
    if event is None:
        page.head("Policy event", escape(subject.key))
        page.text("This event is not in the edition of the data that is in use.")
        page.finish()
        return
    day = analysis.choices.as_of
    status = event.status(day)
    measure = f"{escape(event.measure)}, {escape(event.country)}"
    page.head("Policy event", escape(event.title))
    page.facts(
        [
            (tr("Status on {day}", day=numbers.day(day)), escape(_status_words(event, status))),
            ("Measure", f"{measure}{page.cite(event.sources)}"),
            ("For exports to", escape(_destination(event, analysis))),
            ("Covers", escape(_reach(event.reach))),
            *[
                (tr(words).capitalize(), numbers.day_precise(when, event.date_precision))
                for when, words in event.changes()
            ],
            ("Last confirmed", numbers.day(event.last_confirmed) if event.last_confirmed
             else tr("not known")),
            ("Can cut", _cut(event)),
            ("Listed here as", escape(event.id)),
        ]
    )  # fmt: skip
    if status == UNVERIFIED:
        page.box(
            "The end date has passed and no notice was found. What holds since then is not known: "
            "set the status where you know it.", "warn",
        )  # fmt: skip
    if event.detail:
        page.text(escape(event.detail))
    if event.note:
        page.text(escape(event.note), "caption")
    page.buttons(_status_button(context, event))
    table = analysis.controls
    mine = table[table["event"] == event.id]
    page.section("In this BOM", numbers.count(len(mine), "mineral") if len(mine) else "")
    if mine.empty:
        page.text("No line of this BOM holds a mineral that it covers.")
    page.facts(
        (
            numbers.mineral_name(str(row["mineral"])),
            page.link(
                f"mineral:{row['mineral']}", _lines(row["lines_direct"], row["lines_upstream"])
            ),
        )
        for row in mine.to_dict("records")
    )
    if len(mine) and not (mine["reach"] == "direct").any():
        page.text(
            "Upstream: a part that merely contains the mineral is not itself covered. The measure "
            "bites on the material that your supplier buys."
        )
    page.finish()
    del book


_REACH = {
    "raw": "raw materials", "compound": "compounds", "alloy": "alloys", "magnet": "magnets",
    "cell": "cells", "part": "parts", "technology": "technology",
}  # fmt: skip


def _reach(reach: Sequence[str]) -> str:
    words = numbers.listed([_REACH.get(one, one) for one in reach])
    return words or "not stated"


def _destination(event: PolicyEvent, analysis: Analysis) -> str:
    words = destination_words(event.destination, analysis)
    return "all countries" if words == "all" else words


def _cut(event: PolicyEvent) -> str:
    if event.cut_high <= 0:
        return "no supply: it costs or obliges"
    return tr(
        "{cut_low} of these exports",
        cut_low=numbers.percent(event.cut_low * 100, event.cut_high * 100),
    )


def _status_words(event: PolicyEvent, status: str) -> str:
    words = "not known: its end date has passed" if status == UNVERIFIED else status
    if status == "suspended" and event.suspended_until is not None:
        words += tr(" to {suspended_until}", suspended_until=numbers.day(event.suspended_until))
    return words + (", as set by you" if event.status_set else "")


def _lines(direct: int, upstream: int) -> str:
    parts = []
    if direct:
        parts.append(tr("{lines} direct", lines=numbers.count(int(direct), "line")))
    if upstream:
        parts.append(tr("{lines} upstream", lines=numbers.count(int(upstream), "line")))
    return ", ".join(parts) or "no line"


def _status_button(context: Context, event: PolicyEvent) -> QPushButton:
    """A menu of statuses; what is set stands in the decisions and in the report."""
    made = QPushButton("Set the status…")
    made.setToolTip(tr("Say what holds where you know better; the report notes it"))
    menu = QMenu(made)
    for status in (*STATUSES[:4], ""):
        act = menu.addAction(
            tr(status).capitalize() if status else tr("As computed from the dates")
        )
        act.setCheckable(True)
        act.setChecked(event.status_set == status)
        act.triggered.connect(partial(_set_status, context, event.id, status))
    made.setMenu(menu)
    return made


def _set_status(context: Context, event: str, status: str, _on: bool = False) -> None:
    document = context.document
    reason = "set in the calendar" if status else ""
    document.edit(
        tr("Status of {event}", event=event),
        edits.set_event_status(document.project, event, status, reason),
    )
