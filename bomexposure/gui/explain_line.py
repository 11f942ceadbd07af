"""The panel's page about a line: why it is flagged, on whose word, and what it holds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from bomexposure.content.fold import fold
from bomexposure.gui.blocks import button
from bomexposure.gui.context import Context
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.marks import RangeRow
from bomexposure.gui.paint import Chip
from bomexposure.gui.panelpage import Page, escape, strong
from bomexposure.gui.subjects import decision
from bomexposure.gui.viewstate import Subject
from bomexposure.model.analysis import Analysis
from bomexposure.model.content import COUNTING_RELATIONS, EVIDENCE
from bomexposure.present import numbers
from bomexposure.present.actions import shortened
from bomexposure.present.decisions import AS_RECOGNISED, decision_words, names_of
from bomexposure.present.facts import stand_ins
from bomexposure.present.glossary import RELATION_WORDS
from bomexposure.present.words import tr

CALLED_BY = ("description", "value", "part_number", "mpn", "designator", "item")
"""Cells that a line is called by; a number in a list says less than C357."""
TITLE = 60
"""Letters of a list of designators that stand for a line without a name."""
MOST_TITLE, BEFORE, UNBROKEN = 180, 40, 24
"""Letters of a description on show as the title; of these before the first word that matched where
that stands later; and of a word until it may break."""
SUGGESTED = 3
REASONS_SHOWN = 3
FUNCTIONAL_SHOWN = 4
LEAST_MOVE = 0.05
"""Percentage points of the headline from which it is worth a sentence."""
_ROLE_WORDS = {"mpn": "manufacturer part number", "hs_code": "HS code", "dnp": "do-not-fit mark"}


def line_title(book: LineBook, line: int) -> str:
    """A line in few words: its description, or its part number, or its row."""
    for role in CALLED_BY:
        words = " ".join(str(book.lines[role].iat[line]).split())
        if words:
            return shortened(words, TITLE) if role == "designator" else words
    return tr("Row {row}", row=book.lines["row"].iat[line])


def marked(text: str, spans: list[tuple[int, int]], tint: str, accent: str) -> str:
    """Text as HTML with the matched words on a tint and underlined."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start < at or end > len(text):
            continue
        parts.append(_eased(text[at:start]))
        parts.append(
            f'<span style="background:{tint};text-decoration:underline;'
            f'text-decoration-color:{accent}">{_eased(text[start:end])}</span>'
        )
        at = end
    parts.append(_eased(text[at:]))
    return "".join(parts).replace("\n", " ")


def _eased(text: str) -> str:
    """Text as HTML in which words wider than the panel may break."""
    return escape(re.sub(rf"\S{{{UNBROKEN}}}(?=\S)", lambda found: f"{found.group()}\u200b", text))


def cut_title(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A long description as far as it is a title, with the words that matched, moved along."""
    if len(text) <= MOST_TITLE:
        return text, spans
    first = min((start for start, _ in spans), default=0)
    start = 0 if first < MOST_TITLE - BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = start + MOST_TITLE
    if end < len(text):
        blank = text.rfind(" ", start + BEFORE, end)
        end = blank if blank > max((b for _, b in spans if b <= end), default=0) else end
    head, tail = "… " if start else "", "…" if end < len(text) else ""
    moved = [
        (a - start + len(head), b - start + len(head)) for a, b in spans if a >= start and b <= end
    ]
    return f"{head}{text[start:end].rstrip(' ,;')}{tail}", moved


def position(book: LineBook, line_id: str) -> int:
    """Row position in LINES of a line id, -1 when the BOM has no such line."""
    found = np.flatnonzero((book.lines["id"] == line_id).to_numpy())
    return int(found[0]) if found.size else -1


def line_page(
    page: Page, context: Context, analysis: Analysis, book: LineBook, subject: Subject
) -> None:
    """Title with the words that matched, evidence, acts, content ranges, sources."""
    line = position(book, subject.key)
    if line < 0:
        page.head("", escape(subject.label))
        page.text("This line is no longer in the bill of materials.")
        page.finish()
        return
    lines = book.lines
    whys = analysis.contents.whys
    mine = whys[whys["line"] == line]
    role = next((r for r in CALLED_BY if lines[r].iat[line]), "")
    title = str(lines[role].iat[line]) if role else subject.label
    if role == "designator":
        title = shortened(title, TITLE)
    spans = [
        (int(start), int(end))
        for column, start, end in zip(mine["column"], mine["start"], mine["end"], strict=True)
        if column == role
    ]
    shown, spans = cut_title(title, spans)
    theme = context.looks.theme
    kicker = [tr("Row {row}", row=lines["row"].iat[line])]
    if len(analysis.bom.read) > 1 and lines["sheet"].iat[line]:
        kicker = [tr("{sheet}, row {row}", sheet=escape(str(lines["sheet"].iat[line])),
                     row=lines["row"].iat[line])]  # fmt: skip
    if role != "part_number" and lines["part_number"].iat[line]:
        kicker.append(str(lines["part_number"].iat[line]))
    parent = int(book.parent[line])
    if parent >= 0:
        above = str(lines["id"].iat[parent])
        kicker.append(page.link(f"assembly:{above}", line_title(book, parent)))
    page.head(
        " · ".join(kicker[:2] if len(kicker) < 3 else kicker),
        marked(shown, spans, theme.accent_tint, theme.accent),
    )
    evidence = EVIDENCE[book.evidence[line]]
    known = book.recognised_as[line]
    reasons = reasons_told([
        (str(text), str(column), str(lines[column].iat[line]), int(start), int(end))
        for text, column, start, end in zip(
            mine["text"], mine["column"], mine["start"], mine["end"], strict=True
        )
        if column in lines.columns
    ])  # fmt: skip
    if evidence == "none" and not known:
        page.ball(
            "none", "Not recognised",
            "Nothing in it names a material or a kind of part. It counts as unknown, not as zero.",
        )  # fmt: skip
    else:
        page.ball(evidence, known or "Recognised", "<br>".join(reasons[:REASONS_SHOWN]))
    moves = float(analysis.exposures.lines["expected_pct"].to_numpy()[line])
    if not book.decided[line] and moves >= LEAST_MOVE:
        page.text(
            tr(
                "To know for sure could move the headline by {moves} points.",
                moves=numbers.figure(moves),
            )
        )
    act = context.action
    if book.counted[line]:
        # nobody can agree with nothing: what such a press decides is said in words
        accept = _act(
            "Accept" if known else "Holds none", act("review.accept"), primary=bool(known)
        )
        if not known:
            accept.setToolTip(tr("Decide that this line holds no critical mineral"))
        buttons = [accept, _act("Correct…", act("review.correct"))]
        if (alike := context.alike(line)) > 1:  # alone, it would do nothing that can be seen
            words = tr("Apply to all {alike} alike", alike=numbers.whole(alike))
            buttons.append(_act(words, act("review.apply_alike")))
        page.buttons(*buttons)
    elif not book.assembly[line]:
        page.box(tr("Not counted: {why}.", why=escape(str(lines["not_counted_why"].iat[line]))))
    if book.counted[line] and EVIDENCE[book.evidence[line]] in ("none", "assumed"):
        _suggest(page, context, analysis, line)
    _content(page, context, analysis, book, line)
    _figures(page, book, line)
    _decisions(page, context, analysis, book, line)
    page.finish(
        "In the review list: Enter accept · C correct · H what it holds · A apply to alike · "
        "Alt+Down next"
    )


def _suggest(page: Page, context: Context, analysis: Analysis, line: int) -> None:
    """What the line could be by its words: one press says so, with undo; nothing is taken alone."""
    keys = str(analysis.contents.recognitions["suggestions"].iat[line]).split(";")
    subjects = analysis.reference.knowledge.subjects
    known = subjects[subjects["id"].isin(keys)]
    kinds = dict(zip(known["id"], zip(known["name"], known["kind"], strict=True), strict=True))
    near = [(key, *kinds[key]) for key in keys if key in kinds][:SUGGESTED]
    if not near:
        return
    page.section("It could be", "press what it is")
    for key, name, kind in near:
        act = partial(context.edit_line, line, decision((key, str(kind))))
        made = button(
            str(name), act, tip=tr("Set this line to {name}; it can be undone", name=name)
        )
        page.buttons(made)


def _act(words: str, action: QAction, *, primary: bool = False) -> QPushButton:
    made = button(words, primary=primary)
    made.clicked.connect(lambda _c=False: action.trigger())
    made.setToolTip(action.toolTip())
    return made


_POINTS = re.compile("“(.*)” points to (.*)")
"""A reason that names the word as it is compared, "gehause": the cell's own word says it better."""


def reasons_told(reasons: Sequence[tuple[str, str, str, int, int]]) -> list[str]:
    """Sentences for (text, role, cell, start, end); words that point to one thing share one."""
    pointing: dict[str, list[tuple[str, str]]] = {}
    for text, role, cell, start, end in reasons:
        found, words = _POINTS.fullmatch(text), cell[start:end].strip()
        alone = _reason(text, role, cell, start, end)
        if found is None or not words:
            pointing.setdefault(alone, [])
            continue
        where = _ROLE_WORDS.get(role, role.replace("_", " "))
        place = tr("“{words}” in the {where}", words=escape(words), where=where)
        pointing.setdefault(escape(found[2]), []).append((place, alone))
    made = []
    for what, found_in in pointing.items():
        # a part number may be found in two ways, for one reason
        places = list(dict.fromkeys(place for place, _alone in found_in))
        if len(places) > 1:
            made.append(tr("{places} point to {what}.", places=numbers.listed(places), what=what))
        else:
            made.append(found_in[0][1] if found_in else what)
    return made


def _reason(text: str, role: str, cell: str, start: int, end: int) -> str:
    words = cell[start:end].strip()
    where = _ROLE_WORDS.get(role, role.replace("_", " "))
    found = _POINTS.fullmatch(text)
    if words and found and fold(found[1]) == fold(words):
        return tr(
            "“{words}” in the {where} points to {what}.",
            words=escape(words), where=where, what=escape(found[2]),
        )  # fmt: skip
    if words:
        return tr(
            "“{words}” in the {where}: {text}.", words=escape(words), where=where, text=escape(text)
        )
    return f"{escape(text[:1].upper() + text[1:])}."


def _content(page: Page, context: Context, analysis: Analysis, book: LineBook, line: int) -> None:
    table = analysis.contents.contents
    # contents are sorted by line, so a slice answers at once
    values = table["line"].to_numpy()
    part = table.iloc[np.searchsorted(values, line) : np.searchsorted(values, line, side="right")]
    counting = part[part["relation"].isin(COUNTING_RELATIONS)]
    if len(counting):
        rows, sources = [], []
        seen = set()
        held_rows = counting.to_dict("records")
        for row in held_rows:
            mineral = str(row["mineral"])
            if mineral in seen:
                continue
            seen.add(mineral)
            chip = chip_for(
                book,
                mineral,
                str(row["presence"]),
                row["relation"] == "contained_partly",
                str(row["form"]),
            )
            low, typical, high = (
                float(row[f"mass_mg_{k}"]) / 1000 for k in ("low", "typical", "high")
            )
            sources.append(str(row["source"]))
            rows.append(
                RangeRow(
                    mineral, chip, numbers.mineral_name(mineral), low, typical, high,
                    f"{numbers.mineral_name(mineral)}, {row['presence']}, {row['function']}: "
                    f"{numbers.mass_low_typical_high(low, typical, high)}",
                )
            )  # fmt: skip
        order = {mineral: at for at, mineral in enumerate(book.minerals)}
        strength = {"certain": 0, "likely": 1, "possible": 2}
        rows.sort(key=lambda one: (strength.get(one.chip.presence, 3), order.get(one.key, 999)))
        page.section("Mineral content", "low – typical – high, for this line")
        page.ranges(rows, "g", lambda key: choose_mineral(context, key))
        basis = str(analysis.contents.recognitions["mass_basis"].iat[line])
        mass = float(book.mass_g[line])
        how = tr(_BASIS.get(basis, basis))
        words = (
            tr("Mass of the line {mass}, {how}.", mass=numbers.mass(mass), how=how)
            if math.isfinite(mass)
            else "The mass of this line is unknown; what it holds is still known."
        )
        if cited := page.cite(sources):
            words = tr("{words} What it holds:{sources}", words=words, sources=cited)
        page.text(words, "caption")
        drawn = {(str(one["mineral"]), str(one["form"])) for one in held_rows}
        for said in stand_ins(analysis, only=drawn):
            page.text(escape(said), "caption")
        functional = [
            one for one in held_rows
            if str(one["function"]) in ("primary", "dopant") and str(one["presence"]) == "certain"
        ]  # fmt: skip
        if functional:
            held = [numbers.mineral_name(str(one["mineral"])).lower() for one in functional]
            held = list(dict.fromkeys(held))
            rest = len(held) - FUNCTIONAL_SHOWN
            told = held[:FUNCTIONAL_SHOWN] + ([tr("{more} more", more=rest)] if rest > 0 else [])
            names = numbers.listed(told)
            verb = "does" if len(held) == 1 else "do"
            page.box(
                tr(
                    "{strong} {names} {verb} the work in this part, whatever the mass.",
                    strong=strong("Small is not safe."),
                    names=escape(names[:1].upper() + names[1:]),
                    verb=verb,
                )
            )
    elif book.evidence[line]:
        page.section("Mineral content")
        page.text("None of the tracked minerals is known in such parts.")
    elif book.counted[line]:
        page.section("Mineral content", "unknown")
    if book.counted[line]:
        page.buttons(_act("What it holds…", context.action("review.state_contents")))
    others = part[~part["relation"].isin((*COUNTING_RELATIONS, "not_listed"))]
    if len(others):
        page.section("Used in making, or in another form", "not counted")
        page.facts(
            (
                numbers.mineral_name(str(row["mineral"])),
                f"{escape(_relation(str(row['relation'])))}{page.cite(str(row['source']))}",
            )
            for row in others.to_dict("records")
        )


def _relation(relation: str) -> str:
    return RELATION_WORDS.get(relation, relation.replace("_", " "))


_BASIS = {
    "declared": "from your sheet",
    "dimensions": "estimated from its dimensions",
    "energy": "estimated from its volts and ampere hours",
    "package": "estimated from its package or size",
    "class": "typical of its class",
    "decided": "as you decided",
    "": "basis not stated",
}


def _figures(page: Page, book: LineBook, line: int) -> None:
    lines = book.lines
    pairs = []
    for role, words in (
        ("quantity_total", "In one product"),
        ("cost_total", "Cost"),
        ("supplier", "Supplier"),
        ("manufacturer", "Manufacturer"),
        ("origin", "Origin"),
        ("material", "Material"),
    ):
        value: Any = lines[role].iat[line]
        if role == "quantity_total" and numbers.known(value):
            unit = lines["quantity_unit"].iat[line]
            pairs.append((words, f"{numbers.figure(value)} {unit}"))
        elif role == "cost_total" and numbers.known(value):
            currency = str(lines["currency"].iat[line]) or book.currency or None
            pairs.append((words, numbers.money(value, currency)))
        elif role == "supplier" and value:
            pairs.append((words, page.link(f"supplier:{value}", str(value))))
        elif isinstance(value, str) and value:
            pairs.append((words, escape(value)))
    whole = str(lines["description"].iat[line])
    if len(whole) > MOST_TITLE:
        pairs.append(("In full", _eased(whole).replace("\n", " ")))
    if pairs:
        page.section("The line")
        page.facts(pairs)


def _decisions(page: Page, context: Context, analysis: Analysis, book: LineBook, line: int) -> None:
    prints, key = str(book.lines["fingerprint"].iat[line]), str(book.lines["id"].iat[line])
    mine = [
        one
        for one in context.document.project.choices.overrides
        if one.fingerprint == prints and one.line_id in ("", key)
    ]
    if mine:
        page.section("Your decision")
        for one in mine:
            what = decision_words(one, names_of(analysis, (one,)))
            scope = "this row" if one.line_id else "all alike"
            verb = "Accepted" if what == AS_RECOGNISED else tr("Set to {what}", what=what)
            why = tr(" Because: {reason}", reason=one.reason) if one.reason else ""
            day = numbers.day(one.decided_on[:10])
            page.text(
                escape(
                    tr("{verb}, for {scope}. {day}.{why}", verb=verb, scope=scope, day=day, why=why)
                ),
                "small",
            )


def chip_for(
    book: LineBook, mineral: str, presence: str, partly: bool = False, form: str | None = None
) -> Chip:
    """The chip of a mineral, or of one form of it; one not on the 2025 list is plain."""
    name = numbers.mineral_name(mineral)
    if mineral in book.minerals:
        code = book.minerals.index(mineral)
        supply, index = book.supply[code], book.index_words[code]
        if form is not None and (mineral, form) in book.forms:
            at = book.forms.index((mineral, form))
            supply, index = book.form_supply[at], book.form_index[at]
        return Chip(
            mineral, book.symbols[code], supply, presence, partly,
            tr("{name}, {presence}, index {index}", name=name, presence=presence, index=index),
        )  # fmt: skip
    return Chip(mineral, name[:2], "plain", presence, partly, f"{name}, {presence}")


def choose_mineral(context: Context, mineral: str) -> None:
    """Select a mineral everywhere."""
    context.view.select(Subject("mineral", mineral, numbers.mineral_name(mineral)))
