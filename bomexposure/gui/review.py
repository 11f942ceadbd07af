"""Decisions on lines: accept, correct, apply to all alike, take back; each one undo step."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from bomexposure.gui.document import Document
from bomexposure.gui.explain_line import line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.messages import Messages
from bomexposure.model.choices import Override
from bomexposure.model.project import Project
from bomexposure.project import edits


class Review(QObject):
    """Acts on the lines that are selected."""

    def __init__(
        self, document: Document, messages: Messages, selected: Callable[[], list[int]],
        show: Callable[[int], None], ask: Callable[[LineBook, int], Override | None],
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._messages = document, messages
        self._selected, self._show, self._ask = selected, show, ask

    # --- the queue --------------------------------------------------------------------------

    def next_line(self) -> None:
        """Go to the next line worth a look."""
        self._step(1)

    def previous_line(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        book = self._document.book
        if book is None:
            return
        queue = [int(line) for line in book.review]
        if not queue:
            self._messages.say("Nothing is left to review.", "done")
            return
        now = self._selected()
        at = queue.index(now[0]) if now and now[0] in queue else (-1 if by > 0 else len(queue))
        self._show(queue[(at + by) % len(queue)])

    # --- decisions --------------------------------------------------------------------------

    def accept(self) -> None:
        """Agree with what the selected lines were taken for."""
        book = self._document.book
        lines = self._countable(book)
        if book is None or not lines:
            return
        project = self._document.project
        for line in lines:
            known = book.recognised_as[line]
            made = self._new(book, line, accepted=True, no_critical_minerals=not known)
            words = known or "no critical minerals known"
            project = edits.override(project, made, f"Row {_row(book, line)} accepted: {words}")
        self._push(f"Accept {_rows(book, lines)}", project)

    def correct(self) -> None:
        """Ask what the line is, and decide it."""
        book = self._document.book
        lines = self._countable(book)
        if book is None or not lines:
            return
        answer = self._ask(book, lines[0])
        if answer is None:
            return
        self.decide(lines, answer)

    def decide(self, lines: list[int], answer: Override) -> None:
        """Give lines a decision; its fingerprint and line id are filled in here."""
        book = self._document.book
        if book is None:
            return
        project = self._document.project
        alike = answer.line_id == "" and answer.fingerprint == "*"
        for line in lines:
            made = replace(
                answer,
                fingerprint=str(book.lines["fingerprint"].iat[line]),
                line_id="" if alike else str(book.lines["id"].iat[line]),
                decided_by=_user(),
                decided_on=_now(),
            )
            project = edits.override(project, made, f"Row {_row(book, line)} set to {_words(made)}")
        self._push(f"Set {_rows(book, lines)} to {_words(answer)}", project)

    def apply_alike(self) -> None:
        """Give all lines with the same text the decision of the selected one, or accept them."""
        book = self._document.book
        lines = self._countable(book)
        if book is None or not lines:
            return
        line = lines[0]
        prints, key = str(book.lines["fingerprint"].iat[line]), str(book.lines["id"].iat[line])
        own = next(
            (
                one for one in self._document.project.choices.overrides
                if one.fingerprint == prints and one.line_id == key
            ),
            None,
        )  # fmt: skip
        made = replace(own, line_id="") if own else replace(self._new(book, line), line_id="")
        alike = int((book.lines["fingerprint"] == prints).sum())
        title = line_title(book, line)[:60]
        project = edits.override(
            self._document.project, made, f"{alike} rows like “{title}” set to {_words(made)}"
        )
        self._push(f"Apply to {alike} alike", project)

    def take_back(self) -> None:
        """Forget the decisions on the selected lines."""
        book = self._document.book
        if book is None:
            return
        project = self._document.project
        for line in self._selected():
            prints, key = str(book.lines["fingerprint"].iat[line]), str(book.lines["id"].iat[line])
            for one in project.choices.overrides:
                if one.fingerprint == prints and one.line_id in ("", key):
                    what = f"Row {_row(book, line)}: decision taken back"
                    project = edits.drop_override(project, prints, one.line_id, what)
        if project == self._document.project:
            self._messages.say("There is no decision on this line to take back.", "info")
            return
        self._push("Take the decision back", project)

    def _countable(self, book: LineBook | None) -> list[int]:
        if book is None:
            return []
        lines = [line for line in self._selected() if line >= 0 and book.counted[line]]
        if not lines:
            self._messages.say("Select a line that counts: assemblies sum up their parts.", "info")
        return lines

    def _new(self, book: LineBook, line: int, **given: bool) -> Override:
        return Override(
            fingerprint=str(book.lines["fingerprint"].iat[line]),
            line_id=str(book.lines["id"].iat[line]),
            accepted=given.get("accepted", True),
            no_critical_minerals=given.get("no_critical_minerals", False),
            decided_by=_user(),
            decided_on=_now(),
        )

    def _push(self, text: str, project: Project) -> None:
        self._document.edit(text, project)
        self._messages.say(f"{text}. Undo with Ctrl+Z.", "done", "undo", "Undo")


def _row(book: LineBook, line: int) -> int:
    return int(str(book.lines["row"].iat[line]))


def _rows(book: LineBook, lines: list[int]) -> str:
    return f"row {_row(book, lines[0])}" if len(lines) == 1 else f"{len(lines)} rows"


def _words(one: Override) -> str:
    if one.no_critical_minerals:
        return "no critical minerals"
    named = [part for part in (one.component_class, *one.materials) if part]
    if one.composition:
        named.append("a composition of your own")
    if one.mass_g is not None:
        named.append(f"{one.mass_g:g} g")
    return ", ".join(named) or "as recognised"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
