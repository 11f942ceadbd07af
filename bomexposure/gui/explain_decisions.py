"""The panel's page about the decisions: who decided what, when and why, and what fits no line."""

from __future__ import annotations

from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.decisions import decision_words, names_of
from bomexposure.present.words import tr
from bomexposure.project.refit import refit

SHOWN = 200


def decisions_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """The log of the project, newest first; entries that were undone stay, and say so."""
    del subject
    project = context.document.project
    log = project.decisions
    made = project.choices.overrides
    force = numbers.count(len(made), "decision in force", "decisions in force")
    page.head("Decisions log", f"{force[:1].upper()}{force[1:]}")
    found = refit(made, analysis.bom.lines)
    if found.orphaned:
        page.section("Fit no line of this file", numbers.whole(len(found.orphaned)))
        page.text(
            "Their lines are gone or changed their text. They stay in the project and come back "
            "with their lines."
        )
        names = names_of(analysis, found.orphaned)
        for one in found.orphaned[:SHOWN]:
            where = (
                tr("for row {row}", row=one.line_id.rpartition("!")[2])
                if one.line_id
                else "for all alike"
            )
            words = f"{decision_words(one, names)}, {where}. {_who(one.decided_by, one.decided_on)}"
            page.text(escape(words), "small")
    page.section("Written down", numbers.count(len(log), "entry", "entries"))
    if not log:
        page.text(
            "Nothing was decided yet. Accept or correct a line, and it is written down here and in "
            "the report's appendix."
        )
    for entry in reversed(log[-SHOWN:]):
        state = f" {strong('Undone.')}" if entry.undone else ""
        words = escape(entry.what)
        if entry.undone:
            words = f'<span style="color:{context.looks.theme.text_2}">{words}.</span>{state}'
        why = f"<br>Because: {escape(entry.why)}" if entry.why else ""
        theme = context.looks.theme
        page.text(
            f'{words}{why}<br><span style="color:{theme.text_2}">'
            f"{escape(_who(entry.who, entry.when))}</span>",
            "small",
        )
    if len(log) > SHOWN:
        page.text(
            tr("{log} older entries stand in the report.", log=numbers.whole(len(log) - SHOWN)),
            "caption",
        )
    page.finish("Every decision is kept in the project and in the report's appendix.")
    del book


def _who(name: str, when: str) -> str:
    """'ann, 28 Nov 2026 22:10 UTC'."""
    day = (
        tr("{when} {when2} UTC", when=numbers.day(when[:10]), when2=when[11:16])
        if len(when) >= 16
        else when
    )
    return ", ".join(part for part in (name, day) if part)
