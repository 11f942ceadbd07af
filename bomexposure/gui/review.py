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
from bomexposure.present import numbers
from bomexposure.present.decisions import decision_words, names_of
from bomexposure.present.words import plural, tr
from bomexposure.project import edits

Held = dict[tuple[str, str], Override]
"""Decisions by fingerprint and line id, '' for all alike."""


class Review(QObject):
    """Acts on the lines that are selected."""

    def __init__(
        self, document: Document, messages: Messages, selected: Callable[[], list[int]],
        show: Callable[[int], None], ask: Callable[[LineBook, int], Override | None],
        ask_contents: Callable[[LineBook, int, Override | None, int], Override | None],
    ) -> None:  # fmt: skip
        super().__init__(document)
        self._document, self._messages = document, messages
        self._selected, self._show, self._ask = selected, show, ask
        self._ask_contents = ask_contents

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
        held = self._held()
        who, when = _user(), _now()
        made = [
            _agreed(key, held, who, when, empty=not book.recognised_as[line])
            for line, key in zip(lines, _keys(book, lines), strict=True)
        ]
        if len(lines) == 1:
            words = book.recognised_as[lines[0]] or "no critical minerals known"
            what = f"Row {_row(book, lines[0])} accepted: {words}"
        else:
            what = f"{_listed_rows(book, lines)} accepted as recognised"
        self._push(tr("Accept {rows}", rows=_rows(book, lines)),
                   edits.override_all(self._document.project, made, what))  # fmt: skip

    def _held(self) -> Held:
        """The decisions of the project by fingerprint and row."""
        return {(one.fingerprint, one.line_id): one
                for one in self._document.project.choices.overrides}  # fmt: skip

    def decision_on(self, book: LineBook, line: int) -> Override | None:
        """The decision that holds for a line: on its row, else on all alike."""
        ((prints, key),) = _keys(book, [line])
        held = self._held()
        return held.get((prints, key), held.get((prints, "")))

    def state_contents(self) -> None:
        """Ask which minerals the selected lines hold, how much and on whose word; decide it."""
        book = self._document.book
        lines = self._countable(book)
        if book is None or not lines:
            return
        answer = self._ask_contents(book, lines[0], self.decision_on(book, lines[0]), len(lines))
        if answer is not None:
            self.decide(lines, answer)

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
        """Give lines a decision; fingerprint, line id, who and when are filled in here.

        What an earlier decision on the same line says beside it stays: a mass that is set does
        not take back a class.
        """
        book = self._document.book
        if book is None or not lines:
            return
        alike = answer.line_id == "" and answer.fingerprint == "*"
        before = self._held()
        who, when = _user(), _now()
        made = []
        for prints, line_id in _keys(book, lines):
            key = (prints, "" if alike else line_id)
            made.append(
                replace(
                    _merged(before.get(key), answer),
                    fingerprint=key[0], line_id=key[1], decided_by=who, decided_on=when,
                )
            )  # fmt: skip
        words = self._words(answer)
        with numbers.spoken(numbers.FIXED):  # the log is part of the project and the report
            what = f"{_listed_rows(book, lines)} set to {self._words(answer)}"
        if alike:
            what += ", and all alike"
        project = edits.override_all(
            self._document.project, [one for one in made if not _says_nothing(one)], what,
            answer.reason,
        )  # fmt: skip
        if cleared := [one for one in made if _says_nothing(one)]:
            project = edits.drop_overrides(project, cleared, what)
        self._push(tr("Set {rows} to {words}", rows=_rows(book, lines), words=words), project,
                   alike=0 if alike or len(lines) > 1 else self.alike(lines[0]))  # fmt: skip

    def edit_cells(self, line: int, answer: Override) -> None:
        """Take what was written into a cell: for all selected lines, if the cell is one of them."""
        book = self._document.book
        chosen = [one for one in self._selected() if book is not None and book.counted[one]]
        self.decide(chosen if line in chosen else [line], answer)

    def alike(self, line: int) -> int:
        """How many counted lines have the same text as a line, itself among them."""
        book = self._document.book
        if book is None or line < 0:
            return 0
        prints = book.lines["fingerprint"]
        if not prints.iat[line]:
            return 1
        return int(((prints == prints.iat[line]).to_numpy() & book.counted).sum())

    def apply_alike(self) -> None:
        """Give all lines with the same text the decision of the selected one, or accept them."""
        book = self._document.book
        lines = self._countable(book)
        if book is None or not lines:
            return
        line = lines[0]
        (key,) = _keys(book, [line])
        made = replace(_agreed(key, self._held(), _user(), _now()), line_id="")
        alike = self.alike(line)
        title = line_title(book, line)[:60]
        with numbers.spoken(numbers.FIXED):
            words = self._words(made)
        project = edits.override(
            self._document.project,
            made,
            f"{alike} rows like “{title}” set to {words}",
        )
        self._push(tr("Apply to {count} alike", count=alike), project)

    def take_back(self) -> None:
        """Forget the decisions on the selected lines."""
        book = self._document.book
        if book is None:
            return
        project, held = self._document.project, self._held()
        gone: list[Override] = []
        rows: list[int] = []
        lines = self._selected()
        for line, key in zip(lines, _keys(book, lines), strict=True):
            both = ((key[0], ""), key)
            found = [held.pop(one) for one in both if one in held]
            if found:
                gone += found
                rows.append(line)
        if gone:
            words = "decision taken back" if len(gone) == 1 else "decisions taken back"
            project = edits.drop_overrides(project, gone, f"{_listed_rows(book, rows)}: {words}")
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

    def _words(self, one: Override) -> str:
        """What a decision says, with names instead of ids."""
        analysis = self._document.analysis
        return decision_words(one, names_of(analysis, (one,)) if analysis is not None else {})

    def _push(self, text: str, project: Project, alike: int = 0) -> None:
        self._document.edit(text, project)
        if alike > 1:
            self._messages.say(
                plural(
                    "{text}. {count} other line reads the same.",
                    "{text}. {count} other lines read the same.",
                    alike - 1, text=text, count=numbers.whole(alike - 1),
                ),
                "done", "review.apply_alike", tr("Apply to all {count}", count=alike),
            )  # fmt: skip
            return
        self._messages.can_undo(text)


def _keys(book: LineBook, lines: list[int]) -> list[tuple[str, str]]:
    """Fingerprint and id of lines: what decisions on their rows are kept by."""
    prints, ids = book.lines["fingerprint"].to_numpy(), book.lines["id"].to_numpy()
    return [(str(prints[line]), str(ids[line])) for line in lines]


def _agreed(
    key: tuple[str, str], held: Held, who: str, when: str, *, empty: bool = False
) -> Override:
    """A decision that agrees with what a line is taken for now, an earlier one included."""
    prints, line_id = key
    own = held.get(key, held.get((prints, "")))
    agreed = own or Override(prints, no_critical_minerals=empty)
    return replace(agreed, line_id=line_id, accepted=True, decided_by=who, decided_on=when)


def _says_nothing(one: Override) -> bool:
    """Whether a decision lost all that it said: it would pass off a guess for the user's word."""
    said = (one.component_class, one.materials, one.composition, one.contents)
    return not (any(said) or one.no_critical_minerals or one.accepted or one.mass_g is not None)


def _merged(before: Override | None, answer: Override) -> Override:
    """A new answer over an earlier one: identity, mass and single minerals are told apart."""
    if before is None:
        return answer
    identity = bool(answer.component_class or answer.materials or answer.no_critical_minerals)
    mass = before.mass_g if answer.mass_g is None else answer.mass_g
    # what is said of single minerals comes whole out of its form; a part with none has none
    stays = () if answer.no_critical_minerals else answer.contents or before.contents
    if identity or answer.composition:
        return replace(answer, mass_g=mass, contents=stays)
    return replace(
        before, mass_g=mass, reason=answer.reason or before.reason,
        contents=before.contents if answer.mass_g is not None else answer.contents,
    )  # fmt: skip


def _listed_rows(book: LineBook, lines: list[int]) -> str:
    """'Row 12', 'Rows 12, 14 and 15', 'Rows 12, 14, 15 and 6 others': for the log, in English."""
    if len(lines) == 1:
        return f"Row {_row(book, lines[0])}"
    shown = [str(_row(book, line)) for line in lines[:8]]
    rest = len(lines) - len(shown)
    return f"Rows {numbers.listed([*shown, f'{rest} others'] if rest else shown)}"


def _row(book: LineBook, line: int) -> int:
    return int(str(book.lines["row"].iat[line]))


def _rows(book: LineBook, lines: list[int]) -> str:
    return (
        tr("row {row}", row=_row(book, lines[0]))
        if len(lines) == 1
        else tr("{count} rows", count=len(lines))
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
