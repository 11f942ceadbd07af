"""How what is worded here is written: the marks of numbers, and the language of the words.

Files are in English with a point and commas, always. The window speaks as the user's system does,
on screen only: it says so once (`speak`) and hands it to the threads and the process that word
things for it. What is worded in a thread of its own is worded for a file unless it is told
otherwise, so that no output depends on a locale.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """How a locale writes a number, and the language that its words are in.

    Attributes:
        decimal: the decimal mark. group: the mark between thousands.
        language: name of a catalogue such as 'de' (see words.py), '' for English.
    """

    decimal: str = "."
    group: str = ","
    language: str = ""


FIXED = Marks()
"""The marks of every file, in English."""

_MARKS: ContextVar[Marks] = ContextVar("marks", default=FIXED)


def marks() -> Marks:
    """The marks in use here."""
    return _MARKS.get()


def speak(marks: Marks) -> None:
    """Word things with these marks from here on, in this thread."""
    _MARKS.set(marks)


@contextmanager
def spoken(marks: Marks) -> Iterator[None]:
    """Word things with these marks inside the block."""
    before = _MARKS.set(marks)
    try:
        yield
    finally:
        _MARKS.reset(before)
