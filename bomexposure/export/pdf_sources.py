"""The report's sources: numbered notes that its tables cite, and the part that prints them.

A note is one place in one publication: a chapter of the Mineral Commodity Summaries, a sheet, a
page, the make-up of one material. All figures cited from that place stand in it with what they say,
so that a reader with nothing but the print finds the table, row and value behind a number.
Publications are lettered, notes in them numbered: 'A3, A7–9, C2'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bomexposure.export.pdf_tables import breakable, letters_width
from bomexposure.model.analysis import Analysis
from bomexposure.model.sources import FIGURES, Figure
from bomexposure.model.supply import Reference
from bomexposure.present import numbers

OWN_LETTER = 20
"""Figures on record from which a publication has a letter of its own; others stand by data set."""
SIZE = 6.6
"""Points of the type in which notes are set."""
COLUMNS = 3
COLUMN_WIDTH = 160.0
"""Points across one column of notes."""
PAGE_LINES = 88
"""Lines of notes in a column of one page, with room for the heading."""
_OWN_WORDS = ", substitutes in our own words"
_RELEASE = re.compile(r"^(.*?), data release row (\d+)(?: \((.*)\))?$")
_REGISTER = re.compile(r"^row (.*?); sources ([^;]+(?:;[^; ][^;]*)*?)(?:; common knowledge.*)?$")
_TABLE_ROW = re.compile(r"^(Table \d+), row (.+)$")
_CONTENT = re.compile(r"^(\w+) ([\d.]+)(?: to ([\d.]+))?(?:, typical ([\d.]+))? (.+)$")
_MASS = "% of mass"
Item = dict[str, str]
"""A heading or a note as the template sets it: kind, sign, text, url, host, note."""


@dataclass
class Note:
    """One place in a publication, and the ids of the figures cited from it."""

    letter: str
    number: int
    members: list[str] = field(default_factory=list)

    @property
    def sign(self) -> str:
        """Such as 'A3'."""
        return f"{self.letter}{self.number}"


class Notes:
    """Signs of the sources, given out in the order in which the parts cite them."""

    def __init__(self, reference: Reference) -> None:
        figures = reference.sources.table(reference.sources.ids)
        columns = [figures[name].astype("str").tolist() for name in FIGURES.names]
        self.figures = {row[0]: Figure(*row) for row in zip(*columns, strict=True)}
        counts = Counter(_work(one) for one in self.figures.values())
        self._large = {work for work, count in counts.items() if count >= OWN_LETTER}
        # of the registers no row says more than which country it is: they stay together
        self._large -= {_work(one) for one in self.figures.values() if one.set == "countries"}
        self.letters: dict[tuple[str, str], str] = {}
        """Publication (title, publisher) or (data set, '') -> letter."""
        self.notes: dict[tuple[str, ...], Note] = {}

    def cite(self, ids: str | Iterable[str]) -> str:
        """'A3, C2' for figure ids (joined by ';', or several); three and more in a row as 'A7–9'.

        Ids that no data set has are passed over.
        """
        wanted = ids.split(";") if isinstance(ids, str) else ids
        found: dict[tuple[str, int], None] = {}
        for one in wanted:
            figure = self.figures.get(one.strip())
            if figure is None:
                continue
            note = self._note(figure)
            found[(note.letter, note.number)] = None
            if figure.id not in note.members:
                note.members.append(figure.id)
        return signs(sorted(found))

    def _note(self, figure: Figure) -> Note:
        work = _work(figure)
        group = work if work in self._large else (figure.set, "")
        key = (*group, *_place(figure, own=work in self._large))
        note = self.notes.get(key)
        if note is None:
            letter = self.letters.setdefault(group, _letter(len(self.letters)))
            number = 1 + sum(one.letter == letter for one in self.notes.values())
            note = self.notes[key] = Note(letter, number)
        return note


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else f"{chr(64 + at // 26)}{chr(65 + at % 26)}"


def _work(figure: Figure) -> tuple[str, str]:
    return figure.title.removesuffix(_OWN_WORDS), figure.publisher


def _place(figure: Figure, *, own: bool) -> tuple[str, ...]:
    """What tells one note of a publication from another."""
    if figure.set == "knowledge":
        return (figure.id.split("/")[1],)
    locator = figure.locator
    release = _RELEASE.match(locator)
    if release:
        return (release.group(1),)
    table = _TABLE_ROW.match(locator)
    if own and table:
        return (table.group(1),)
    if own:
        locator = locator.removesuffix(", Substitutes")
        return ("",) if locator.startswith("row ") else (locator,)
    if figure.set == "countries":
        return (figure.title, figure.publisher)
    return (figure.title, figure.publisher, figure.year, figure.url, locator)


def signs(found: Sequence[tuple[str, int]]) -> str:
    """Rising (letter, number) pairs in words, three and more in a row as a range.

    >>> signs([("A", 3), ("A", 7), ("A", 8), ("A", 9), ("B", 10)])
    'A3, A7–9, B10'
    """
    groups: list[list[tuple[str, int]]] = []
    for letter, number in found:
        if groups and groups[-1][-1] == (letter, number - 1):
            groups[-1].append((letter, number))
        else:
            groups.append([(letter, number)])
    told = []
    for group in groups:
        first = f"{group[0][0]}{group[0][1]}"
        if len(group) > 2:
            told.append(f"{first}–{group[-1][1]}")
        else:
            told += [f"{letter}{number}" for letter, number in group]
    return ", ".join(told)


# --- the part -------------------------------------------------------------------------------------


def sources_part(analysis: Analysis, notes: Notes) -> dict[str, Any]:
    """Every note that was cited by letter, and the data sets behind them."""
    words = Wording(analysis)
    items: list[Item] = []
    for group, letter in notes.letters.items():
        title, publisher = group if group[1] else words.set_title(group[0])
        own = [note for note in notes.notes.values() if note.letter == letter]
        figures = [[notes.figures[one] for one in note.members] for note in own]
        address = {one.url for members in figures for one in members} if group[1] else set()
        url = address.pop() if len(address) == 1 else ""
        work = f"{title} ({publisher})" if publisher and publisher not in title else title
        host = breakable(url, COLUMN_WIDTH - 14, SIZE)
        items.append(_item("head", letter, work, url, host, _reading(group, figures)))
        for note, members in zip(own, figures, strict=True):
            items.append(words.note(note.sign, members, bool(group[1])))
    items.append(_item("head", "", "Data sets", note="Each is shipped with the program; the hash "
                       "tells one edition from another."))  # fmt: skip
    for one in analysis.reference.sets:
        told = f"{one.title}. {one.publisher}. Edition {one.edition}. {one.licence}"
        items.append(_item("note", "", f"{told.rstrip('. ')}. SHA-256 {one.sha256} {one.url}"))
    for item in items:
        item["text"] = breakable(item["text"], COLUMN_WIDTH - 14, SIZE)
    lines = [_lines(item) for item in items]
    total = sum(lines)
    return {
        "title": "Sources",
        "blocks": [
            {"kind": "text", "text": "Signs are those in the last column of this report's tables: "
             "a letter for the publication, a number for the place in it. Figures stand as printed "
             "there."},
            {"kind": "notes", "size": SIZE, "count": COLUMNS, "items": items,
             "slices": _slices(items, lines) if total < COLUMNS * PAGE_LINES * 0.8 else []},
        ],
    }  # fmt: skip


def _item(kind: str, sign: str, text: str, url: str = "", host: str = "", note: str = "") -> Item:
    return {"kind": kind, "sign": sign, "text": text, "url": url, "host": host, "note": note}


def _reading(group: tuple[str, str], figures: list[list[Figure]]) -> str:
    """How the notes of a publication are to be read, '' where they say it themselves."""
    members = [one for own in figures for one in own]
    if any(_RELEASE.match(one.locator) for one in members):
        return "In brackets: row of the data release that the publisher offers with it."
    if any(one.set == "knowledge" for one in members):
        return (
            "Per material or class of part: id, whence, kind of figure, then percent of mass as "
            "low–high (typical). Handbook and estimate are not measured on your parts."
        )
    if group[0] == "countries":
        return "In brackets: codes of the register's own sources."
    return ""


def _lines(item: Item) -> int:
    """Lines that a note takes in its column, about."""
    width = letters_width(f"{item['sign']}  {item['text']} {item['host']}", SIZE) * 0.93
    more = 1 + letters_width(item["note"], SIZE) // COLUMN_WIDTH if item["note"] else 0
    return int(width // COLUMN_WIDTH) + 1 + int(more) + (2 if item["kind"] == "head" else 0)


def _slices(items: list[Item], lines: list[int]) -> list[list[Item]]:
    """A short list in COLUMNS parts of like height; no part ends with a heading."""
    goal = sum(lines) / COLUMNS
    made: list[list[Item]] = [[] for _ in range(COLUMNS)]
    at, height = 0, 0.0
    for number, (item, own) in enumerate(zip(items, lines, strict=True)):
        ends = item["kind"] == "head" and number + 1 < len(items)
        taller = own + (lines[number + 1] if ends else 0)
        if made[at] and at + 1 < COLUMNS and height + taller / 2 > goal:
            at, height = at + 1, 0.0
        made[at].append(item)
        height += own
    return made


def _site(url: str) -> str:
    """The site of an address, as short as a reader needs to recognise it."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


class Wording:
    """Figures in words, with the names of countries and materials of one reference."""

    def __init__(self, analysis: Analysis) -> None:
        reference = analysis.reference
        places = reference.countries
        self._countries = dict(
            zip(places["iso3"].tolist(), places["country"].tolist(), strict=True)
        )
        made_by = reference.producers[["iso3", "country"]].drop_duplicates("iso3")
        for code, name in zip(made_by["iso3"].tolist(), made_by["country"].tolist(), strict=True):
            self._countries.setdefault(code, name)
        known = reference.knowledge.subjects
        self._subjects = dict(zip(known["id"].tolist(), known["name"].tolist(), strict=True))
        self._sets = {one.id: one.title for one in reference.sets}
        stages = reference.producers[["source", "stage"]].drop_duplicates("source")
        self._stages = {
            _stage_slug(figure): stage
            for figure, stage in zip(stages["source"], stages["stage"], strict=True)
        }

    def set_title(self, name: str) -> tuple[str, str]:
        """Title of a data set, and no publisher: its notes name theirs."""
        return self._sets.get(name, name), ""

    def note(self, sign: str, members: list[Figure], own: bool) -> Item:
        """One note for the template; `own` where the heading names the publication already."""
        first = members[0]
        if first.set == "knowledge":
            return _item("note", sign, self._make_up(members))
        if own:
            head = _place(first, own=True)[0]
            said = self._figures(members)
            return _item("note", sign, f"{head}: {said}" if head and said else head or said)
        publisher = first.publisher
        work = first.title
        if publisher and publisher.casefold() not in work.casefold():
            work = f"{work} ({publisher})"
        registers = [_REGISTER.match(one.locator) for one in members]
        if all(registers):
            rows = [f"{one.group(1)} [{one.group(2)}]" for one in registers if one]
            said = f"rows {', '.join(rows)}"
        else:
            place = "" if first.locator in ("whole page", "text", "") else first.locator
            said = ", ".join(one for one in (place, self._figures(members)) if one)
        dated = f", {first.year}" if first.year and first.year != "undated" else ", undated"
        told = f"{work}{dated}: {said}" if said else f"{work}{dated}"
        return _item("note", sign, told, first.url, _site(first.url))

    def _make_up(self, members: list[Figure]) -> str:
        """A material or class with where its make-up comes from and what it is."""
        subject = members[0].id.split("/")[1]
        name = self._subjects.get(subject, "")
        whence = "; ".join(dict.fromkeys(one.locator for one in members if one.locator))
        kinds = ", ".join(dict.fromkeys(one.kind for one in members))
        by_unit: dict[str, list[str]] = {}
        for one in members:
            content = _CONTENT.match(one.printed)
            if content is None:
                by_unit.setdefault("", []).append(one.printed)
                continue
            element, low, high, typical, unit = content.groups()
            words = f"{element} {low}" + (f"–{high}" if high else "")
            by_unit.setdefault(unit, []).append(words + (f" ({typical})" if typical else ""))
        said = [
            f"{', '.join(dict.fromkeys(one for one in words if one))}"
            + (f" {unit}" if unit not in ("", _MASS) else "")
            for unit, words in by_unit.items()
        ]
        head = f"{name} ({subject})" if name else subject
        told = "; ".join(one for one in said if one)
        return ". ".join(one for one in (head, f"{whence}, {kinds}" if whence else kinds, told)
                         if one)  # fmt: skip

    def _figures(self, members: list[Figure]) -> str:
        """What each figure says: 'production 2025, mine, metric tons: China 900 [12], Peru 3'."""
        groups: dict[str, list[str]] = {}
        for one in members:
            head, item = self._figure(one)
            if not head and not item:
                continue
            items = groups.setdefault(head, [])
            if item and item not in items:
                items.append(item)
        return "; ".join(
            f"{head}: {', '.join(items)}" if items and head else head or ", ".join(items)
            for head, items in groups.items()
        )

    def _figure(self, figure: Figure) -> tuple[str, str]:
        """What is measured, when and in which unit; and the figure with its country and row."""
        parts = figure.id.split("/")
        release = _RELEASE.match(figure.locator)
        row = f" [{release.group(2)}]" if release else ""
        unit = release.group(3) if release and release.group(3) else ""
        year = figure.year
        printed = figure.printed
        match parts:
            case [_, "nir", mineral, form, *_]:
                what = "" if form.startswith(mineral) else _plain(form)
                return _head("net import reliance, %", year, what, ""), f"{printed}{row}"
            case [_, "production" | "reserves" as measure, mineral, _, *_, place, _]:
                what = self._stage(figure.id)
                own = "" if mineral.split("-")[0] in _lower(figure.locator) else _plain(mineral)
                return (_head(measure, year, own, what, unit),
                        f"{self._country(place)} {printed}{row}")  # fmt: skip
            case [_, "imports", _, form, place, _]:
                return (_head("U.S. imports, %", year, _plain(form), unit),
                        f"{self._country(place)} {printed}{row}")  # fmt: skip
            case ["processing" | "processing-facts", mineral, _, _, place, _]:
                what = self._stage(figure.id)
                return f"{_plain(mineral)}, {what}", f"{self._country(place)} {printed}"
            case ["governance", place, _]:
                return f"{year}", f"{self._country(place)} {printed}"
            case ["substitutes", *_]:
                return "Substitutes, in our own words", ""
        table = _TABLE_ROW.match(figure.locator)
        if figure.set in ("policy", "suppliers"):
            return ("rows", table.group(2)) if table else ("", printed)
        return _head(_plain(" ".join(parts[1:-1])), year, unit), f"{printed}{row}".strip()

    def _stage(self, figure: str) -> str:
        """The stage of a figure as its source says it."""
        slug = _stage_slug(figure)
        return numbers.stage(self._stages.get(slug, _plain(slug)))

    def _country(self, code: str) -> str:
        return str(self._countries.get(code, _plain(code) if code.islower() else code))


def _stage_slug(figure: str) -> str:
    """The part of a figure's id that names the stage; '' where there is none."""
    parts = figure.split("/")
    if parts[0].startswith("processing"):
        return parts[2] if len(parts) > 2 else ""
    return "/".join(parts[3:-2])


def _lower(text: str) -> str:
    return text.casefold().replace("(", " ").replace(")", " ")


def _plain(slug: str) -> str:
    return slug.replace("-", " ")


def _head(measure: str, year: str, *more: str) -> str:
    dated = f"{measure} {year}".strip()
    return ", ".join(one for one in (dated, *more) if one)
