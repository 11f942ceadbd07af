"""Sources of the PDF: notes fold figures of one place together and lose none of them."""

from __future__ import annotations

import doctest
import re

from bomexposure.export import pdf_sources
from bomexposure.export.pdf_parts import page_one, parts
from bomexposure.export.pdf_sources import Notes, sources_part
from bomexposure.model.analysis import Analysis
from bomexposure.model.report import PARTS

SIGN = re.compile(r"([A-Z]+)(\d+)(?:–(\d+))?")


def signs_in(words: str) -> set[str]:
    """'A3, A7–9' as {'A3', 'A7', 'A8', 'A9'}."""
    return {
        f"{letter}{number}"
        for letter, first, last in SIGN.findall(words)
        for number in range(int(first), int(last or first) + 1)
    }


def test_examples_in_the_module_hold() -> None:
    assert doctest.testmod(pdf_sources).failed == 0


def test_every_sign_has_one_note_and_every_cited_figure_is_printed(answer: Analysis) -> None:
    notes = Notes(answer.reference)
    page = page_one(answer, notes=notes)
    told = parts(answer, PARTS, (), notes)
    items = next(block for block in told[-1]["blocks"] if block["kind"] == "notes")["items"]
    by_sign = {one["sign"]: one["text"] for one in items if one["kind"] == "note" and one["sign"]}
    cited = signs_in(page["figure"]["caption"].partition("Sources: ")[2])
    cited |= {sign for row in page["exposures"] for sign in signs_in(row["source"])}
    for part in told:
        for block in part["blocks"]:
            if (
                block["kind"] == "table"
                and block["columns"][-1:]
                and (block["columns"][-1]["cites"])
            ):
                cited |= {sign for row in block["rows"] for sign in signs_in(row[-1])}
    assert cited
    assert cited <= set(by_sign)
    for note in notes.notes.values():
        text = by_sign[note.sign].replace("\u200b", "")
        for one in note.members:
            figure = notes.figures[one]
            value = re.split(r" to | %|, typical ", figure.printed)[0]
            assert value in text, (one, text)
    # a reader finds chapter and table of magnesium's two figures
    said = [text for text in by_sign.values() if "MAGNESIUM chapter" in text]
    assert any("Salient Statistics" in text and ">75" in text for text in said)
    assert any("World smelter production" in text and "88" in text for text in said)


def test_figures_of_one_chapter_share_a_note_and_unknown_ids_are_passed_over(
    answer: Analysis,
) -> None:
    notes = Notes(answer.reference)
    assert notes.cite("mcs2026/nir/magnesium;no/such/figure") == "A1"
    assert notes.cite("") == ""
    again = notes.cite(["mcs2026/nir/magnesium", "mcs2026/nir/dysprosium"])
    assert again.startswith("A1")
    assert sources_part(answer, notes)["title"] == "Sources"
