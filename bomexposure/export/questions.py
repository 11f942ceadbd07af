"""Questions to suppliers: a workbook for each, ready to send, and its answers read back.

An answer becomes an Override: declared content for every line that is alike (by fingerprint), with
the supplier and the file as reason, so that the decisions log leads back to the answer.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import xlsxwriter

from bomexposure.export.sheets import HEAD_FILL
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import ISSUES
from bomexposure.model.choices import Override
from bomexposure.model.errors import WorkbookError
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.supply import Reference
from bomexposure.model.whole_file import whole_folder, write_whole
from bomexposure.present.questions import open_questions

SHEET = "Questions"
HEAD_ROW = 6
"""Row of the column heads; the rows above say what is asked and how to answer."""
ASKED = ("Line", "Part number", "Manufacturer's number", "Description", "Question")
ANSWERS = (
    "Material, alloy or type", "Mass of one piece, g", "Holds critical minerals? yes / no",
    "Minerals, % of mass", "Remarks",
)  # fmt: skip
NO_SUPPLIER = "supplier not named"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a returned workbook says: decisions to take over, and ISSUES with what it does not."""

    supplier: str
    overrides: tuple[Override, ...]
    issues: pd.DataFrame


def write_questions(analysis: Analysis, folder: Path, progress: Progress = SILENT) -> list[Path]:
    """Write one workbook per supplier with open questions into `folder`; return the files.

    All or none. Raises OutputError.
    """
    questions = open_questions(analysis).rows
    prints = analysis.bom.lines["fingerprint"].to_numpy()[questions["line"].to_numpy()]
    questions = questions.assign(fingerprint=prints).drop_duplicates(["supplier", "fingerprint"])
    names = questions["supplier"].str.strip().replace("", NO_SUPPLIER)
    taken: set[str] = set()
    written = []
    suppliers = list(dict.fromkeys(names))
    with whole_folder(folder) as scratch:
        for at, supplier in enumerate(suppliers):
            progress.step("Writing questions", at, len(suppliers))
            name = f"{_file_name(supplier, taken)}.xlsx"
            write_whole(scratch / name, questions_xlsx(analysis, supplier,
                                                       questions[names == supplier]))  # fmt: skip
            written.append(folder / name)
    return written


def questions_xlsx(analysis: Analysis, supplier: str, rows: pd.DataFrame) -> bytes:
    """The workbook for one supplier: what is asked, cells to fill in, nothing about prices."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False},
    )  # fmt: skip
    day = pd.Timestamp(analysis.choices.as_of).to_pydatetime()
    book.set_properties({"title": f"Questions on materials: {supplier}", "created": day})
    sheet = book.add_worksheet(SHEET)
    title = book.add_format({"bold": True, "font_size": 14})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": HEAD_FILL, "text_wrap": True,
                            "valign": "top", "bottom": 2})  # fmt: skip
    answer = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FBF0D3",
                              "border": 1, "border_color": "#85888A", "locked": False})  # fmt: skip
    sheet.write_string("A1", "Questions on the materials of parts", title)
    sheet.write_string("A2", f"To: {supplier}")
    sheet.write_string("A3", f"Concerns: {analysis.bom.file}")
    sheet.write_string(
        "A4",
        "The yellow cells are for the answers; a blank one means not known. Minerals are written "
        "as name or symbol with percent of mass, such as: Nd 29; Dy 3.5; boron 1.",
    )
    heads = [*ASKED, *ANSWERS, "Reference"]
    widths = (14, 18, 20, 36, 40, 26, 12, 14, 30, 30, 12)
    for at, (words, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(HEAD_ROW - 1, at, words, head)
        sheet.set_column(at, at, width)
    keys = ("id", "part_number", "mpn", "description", "question")
    for offset, row in enumerate(rows.to_dict("records"), start=HEAD_ROW):
        for at, key in enumerate(keys):
            sheet.write_string(offset, at, str(row[key])[:32_767], plain)
        for at in range(len(keys), len(keys) + len(ANSWERS)):
            sheet.write_blank(offset, at, None, answer)
        sheet.write_string(offset, len(heads) - 1, str(row["fingerprint"]), plain)
    sheet.data_validation(
        HEAD_ROW, 7, HEAD_ROW + max(len(rows), 1) - 1, 7,
        {"validate": "list", "source": ["yes", "no"]},
    )  # fmt: skip
    sheet.set_column(len(heads) - 1, len(heads) - 1, 12, None, {"hidden": True})
    sheet.freeze_panes(HEAD_ROW, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.set_footer("&R page &P of &N")
    book.close()
    return out.getvalue()


def _file_name(supplier: str, taken: set[str]) -> str:
    """A name that every system takes; letters of any script stay."""
    clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", supplier)
    clean = " ".join(clean.split()).strip(". ")[:80] or "supplier"
    name, number = clean, 2
    while name.casefold() in taken:
        name, number = f"{clean} {number}", number + 1
    taken.add(name.casefold())
    return name


def read_answers(path: Path, reference: Reference) -> Answers:
    """The answers of a returned workbook. Raises WorkbookError when it is not one of ours."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise WorkbookError(f"{path.name} does not exist.", "Check its name and folder.") from None
    except Exception as fault:  # openpyxl raises many kinds for a damaged file
        raise WorkbookError(
            f"{path.name} cannot be read as a workbook.", "Ask for it again as .xlsx."
        ) from fault
    if SHEET not in book.sheetnames:
        book.close()
        raise _not_ours(path)
    rows = list(book[SHEET].iter_rows(values_only=True))
    book.close()
    heads = [str(one or "") for one in rows[HEAD_ROW - 1]] if len(rows) >= HEAD_ROW else []
    if not {*ANSWERS, "Reference", "Line"} <= set(heads):
        raise _not_ours(path)
    supplier = str(rows[1][0] or "").removeprefix("To: ").strip()
    minerals = mineral_words(reference)
    subjects = _subject_words(reference)
    overrides: list[Override] = []
    issues: list[tuple[str, str, int, str, str, str, str]] = []
    for number, cells in enumerate(rows[HEAD_ROW:], start=HEAD_ROW + 1):
        told = dict(zip(heads, cells, strict=False))
        if not any(_words(told.get(name)) for name in ANSWERS):
            continue
        override, faults = _answer(told, supplier, path.name, minerals, subjects)
        if override is not None:
            overrides.append(override)
        issues += [(*fault[:1], SHEET, number, *fault[1:]) for fault in faults]
    names = ["code", "sheet", "row", "column", "value", "text", "mend"]
    table = pd.DataFrame(issues, columns=names).assign(severity="warning")
    return Answers(supplier, tuple(overrides), ISSUES.conform(table))


def _not_ours(path: Path) -> WorkbookError:
    return WorkbookError(
        f"{path.name} is not a workbook of questions.",
        "Choose the file that the supplier filled in; its sheet is called Questions.",
    )


def mineral_words(reference: Reference) -> dict[str, str]:
    """Names and symbols by which an answer can call a mineral, in lower case -> mineral id."""
    supply = reference.supply[reference.supply["headline"]]
    made: dict[str, str] = {}
    for mineral, symbol in zip(supply["mineral"], supply["symbol"], strict=True):
        made[mineral.replace("-", " ")] = mineral
        if symbol:
            made.setdefault(symbol.casefold(), mineral)
    return {**made, "aluminium": "aluminum", "wolfram": "tungsten", "columbium": "niobium"}


def _subject_words(reference: Reference) -> dict[str, tuple[str, str]]:
    """Id and name of materials and classes in lower case -> (kind, id)."""
    subjects = reference.knowledge.subjects
    made: dict[str, tuple[str, str]] = {}
    for one, kind, name in zip(
        subjects["id"], subjects["kind"].astype("str"), subjects["name"], strict=True
    ):
        made.setdefault(name.casefold(), (kind, one))
        made[one.casefold()] = (kind, one)
    return made


_YES = frozenset({"yes", "y", "ja", "oui", "sí", "si", "はい", "是"})
_NO = frozenset({"no", "n", "none", "nein", "non", "いいえ", "否"})
_PART = re.compile(r"^\s*([^\d%,;:=]+?)\s*[:=]?\s*([\d.,]+)\s*%?\s*$")
Fault = tuple[str, str, str, str, str]


def _answer(
    told: dict[str, Any],
    supplier: str,
    file: str,
    minerals: dict[str, str],
    subjects: dict[str, tuple[str, str]],
) -> tuple[Override | None, list[Fault]]:
    """One row as an Override, None where nothing in it can be used; and what could not be."""
    faults: list[Fault] = []
    composition = _composition(_words(told[ANSWERS[3]]), minerals, faults)
    mass = _mass(told[ANSWERS[1]], faults)
    material = _words(told[ANSWERS[0]])
    kind, subject = subjects.get(material.casefold(), ("", ""))
    said = _words(told[ANSWERS[2]])
    none = said.casefold() in _NO
    if none and composition:
        faults.append(("answer-contradicts", ANSWERS[2], "no", "Says no, but names minerals.",
                       "Ask the supplier which of the two holds."))  # fmt: skip
        none = False
    if said and said.casefold() not in _YES | _NO:
        faults.append(("answer-unclear", ANSWERS[2], said,
                       f"“{said}” is neither yes nor no.", "Write yes or no."))  # fmt: skip
    if not (composition or mass is not None or subject or none):
        if said.casefold() in _YES and not _words(told[ANSWERS[3]]):
            faults.append(("minerals-not-named", ANSWERS[3], "",
                           "Says that it holds critical minerals, but names none.",
                           "Ask which, with percent of mass, such as: Nd 29."))  # fmt: skip
        remark = _words(told[ANSWERS[4]])
        if remark and not faults and not material:
            faults.append(("remark-only", ANSWERS[4], remark,
                           "There is only a remark, which the program cannot read.",
                           "Read it, and set the line by hand."))  # fmt: skip
        if material:
            faults.append(("material-unknown", ANSWERS[0], material,
                           f"“{material}” is no material or class on record.",
                           "Choose the material for this line by hand."))  # fmt: skip
        return None, faults
    remarks = _words(told[ANSWERS[4]])
    note = f"; remark: {remarks}" if remarks else ""
    named = f"; material: {material}" if material else ""
    return (
        Override(
            fingerprint=_words(told["Reference"]),
            line_id="" if _words(told["Reference"]) else _words(told["Line"]),
            component_class=subject if kind == "class" else "",
            materials=(subject,) if kind == "material" else (),
            composition=composition,
            mass_g=mass,
            no_critical_minerals=none,
            reason=f"Answer of {supplier} in {file}{named}{note}",
            decided_by=supplier,
        ),
        faults,
    )


def _composition(
    text: str, minerals: dict[str, str], faults: list[Fault]
) -> tuple[tuple[str, float], ...]:
    """'Nd 29; Dy 3.5' as ((mineral id, percent), ...); parts that cannot be read become faults."""
    made: dict[str, float] = {}
    # a comma between digits is a decimal sign, any other one separates
    parts = re.split(r";|\n|,(?!\d)", text)
    for part in (one.strip() for one in parts):
        if not part:
            continue
        found = _PART.match(part)
        mineral = minerals.get(found.group(1).strip().casefold()) if found else None
        share = _number(found.group(2)) if found else None
        if mineral is None or share is None or not 0 <= share <= 100:
            faults.append(("content-unreadable", ANSWERS[3], part,
                           f"“{part}” could not be read as a mineral with its percent of mass.",
                           "Write it like: Nd 29."))  # fmt: skip
            continue
        made[mineral] = made.get(mineral, 0.0) + share
    if sum(made.values()) > 100.5:
        faults.append(("content-above-100", ANSWERS[3], text, "The percentages add up to more than "
                       "100.", "Ask the supplier for percent of mass of the part."))  # fmt: skip
        return ()
    return tuple(made.items())


def _mass(cell: Any, faults: list[Fault]) -> float | None:
    text = _words(cell)
    if not text:
        return None
    number = _number(text.casefold().removesuffix("g").strip())
    if number is None or number <= 0:
        faults.append(("mass-unreadable", ANSWERS[1], text, f"“{text}” is not a mass in grams.",
                       "Write the mass of one piece in grams as a number."))  # fmt: skip
        return None
    return number


def _number(text: str) -> float | None:
    """A figure with a point or a comma as decimal sign."""
    try:
        return float(text.replace(",", ".")) if text.count(",") + text.count(".") <= 1 else None
    except ValueError:
        return None


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
