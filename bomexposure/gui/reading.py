"""What the window knows about how a workbook was read: its main table, doubts, and kept columns.

No Qt here: the worker thread asks for kept columns, the import place for the rest.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bomexposure import intake
from bomexposure.intake import mapping
from bomexposure.intake.letters import column_of, letter
from bomexposure.model.analysis import Analysis
from bomexposure.model.bom import BillOfMaterials, ColumnRef, SheetRead
from bomexposure.model.choices import Reading
from bomexposure.model.project import Project
from bomexposure.present import numbers
from bomexposure.present.words import plural, tr

SURE = 0.8
"""Confidence from which a role counts as sure."""
NAMING = ("description", "part_number", "mpn", "value", "material", "designator")
"""Roles of which one must be sure before a file is opened without a question."""


_ROLE_WORDS = {
    "": "not used",
    "mpn": "maker's part number",
    "scrap_pct": "scrap %",
    "unit_cost": "price",
    "extended_cost": "price of the line",
    "hs_code": "customs code",
    "dnp": "not fitted",
    "url": "link",
    "make_buy": "make or buy",
}


def role_words(role: str) -> str:
    """What the window calls a column's role; '' is a column that is not used."""
    return tr(_ROLE_WORDS.get(role, role.replace("_", " ")))


def main_table(bom: BillOfMaterials) -> SheetRead:
    """The table with most lines."""
    return max(bom.read, key=lambda one: one.line_count)


def doubt(bom: BillOfMaterials) -> str:
    """Why somebody should look at what was read before it is used; '' where nothing is in doubt."""
    read = main_table(bom)
    if not read.line_count:
        return "The table that was found has no line below its header."
    left = max(bom.more_sheets, key=lambda one: one.line_count, default=None)
    if left is not None and left.line_count > 2 * sum(one.line_count for one in bom.read):
        return tr(
            "Sheet “{sheet}” has {line_count} lines and was left out; “{sheet2}” was read.",
            sheet=left.sheet,
            line_count=numbers.whole(left.line_count),
            sheet2=read.sheet,
        )
    named = {role: read.columns[role] for role in NAMING if role in read.columns}
    if not named:
        return "No column was recognised as description or part number."
    if all(ref.confidence < SURE for ref in named.values()):
        role, ref = max(named.items(), key=lambda pair: pair[1].confidence)
        return tr("That {ref} is the {role} is a guess.", ref=_column(ref), role=role_words(role))
    if "quantity" not in read.columns and "designator" not in read.columns:
        return "No column of quantities was found, so every quantity is unknown."
    quantity = read.columns.get("quantity")
    if quantity is not None and quantity.confidence < 0.6:
        return tr("That {quantity} is the quantity is a guess.", quantity=_column(quantity))
    return ""


def _column(ref: ColumnRef) -> str:
    return (
        tr("column “{header}”", header=ref.header)
        if ref.header
        else tr("column {letter}", letter=ref.letter)
    )


# --- columns that were confirmed before ---------------------------------------------------------


def with_remembered(project: Project, home: Path | None) -> Project:
    """The project with the columns that the user confirmed for headers like its workbook's.

    Only for a workbook that is opened for the first time: a saved project keeps its own reading.
    """
    if project.workbook_sha256 or project.choices.reading != Reading() or project.decisions:
        return project
    kept = intake.remembered_columns(Path(project.workbook), project.choices.reading, home)
    if kept is None:
        return project
    reading = mapping.applied(project.choices.reading, kept)
    return replace(project, choices=replace(project.choices, reading=reading))


def remember(bom: BillOfMaterials, reading: Reading, home: Path | None) -> None:
    """Keep the columns of the main table for files with the same headers. Raises OutputError."""
    mapping.remember(as_mapping(bom, reading), home)


def as_mapping(bom: BillOfMaterials, reading: Reading) -> mapping.ColumnMapping:
    """What was read, as a mapping to keep or to share; roles taken away by hand stay away."""
    read = main_table(bom)
    columns = {role: _named(read, ref) for role, ref in read.columns.items()}
    taken = {role: "" for role, where in reading.columns.items() if not where}
    return mapping.confirm(read.headers, {**taken, **columns}, bom.file)


def _named(read: SheetRead, ref: ColumnRef) -> str:
    """A header where it names one column alone, else the letter."""
    alone = bool(ref.header) and read.headers.count(ref.header) == 1
    return ref.header if alone else f"@{ref.letter}"


def recalled(
    bom: BillOfMaterials, reading: Reading, home: Path | None
) -> mapping.ColumnMapping | None:
    """The kept mapping that the columns on show came from, None where they did not."""
    kept = mapping.recall(main_table(bom).headers, home)
    return kept if kept is not None and kept.columns == reading.columns else None


def from_file(bom: BillOfMaterials, path: Path) -> dict[str, str]:
    """Columns of a shared mapping that this table has. Raises WorkbookError.

    A mapping made for other headers is used as far as its headers are here.
    """
    shared, read = mapping.load(path), main_table(bom)
    here = {}
    for role, where in shared.columns.items():
        if where.startswith("@"):
            if shared.signature == mapping.signature(read.headers):
                here[role] = where
        elif not where or where in read.headers:
            here[role] = where
    return here


# --- ranges ---------------------------------------------------------------------------------------


def range_words(top: int, left: int, bottom: int, right: int) -> str:
    """'A5:K200' of 0-based rows and columns, both ends included."""
    return f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"


def range_fault(words: str) -> str:
    """What is wrong with a range, '' where nothing is."""
    ends = words.replace("$", "").replace(" ", "").upper().split(":")
    if len(ends) != 2:
        return "Write a range as A5:K200."
    for end in ends:
        name, number = end.rstrip("0123456789"), end.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        try:
            column_of(name)
        except ValueError:
            return tr("“{end}” is no cell. Write a range as A5:K200.", end=end)
        if not number.isdigit() or int(number) < 1 or name + number != end:
            return tr("“{end}” is no cell. Write a range as A5:K200.", end=end)
    return ""


def first_words(analysis: Analysis, reason: str) -> tuple[str, str]:
    """What the window says of a file that was opened, and the level of it; `reason` is a doubt."""
    if reason:
        words = tr(
            "Look at what was read: {reason}{reason2}",
            reason=reason[:1].lower(),
            reason2=reason[1:],
        )
        return words, "warn"
    counted = analysis.bom.lines["counted"]
    unknown = int((counted & (analysis.contents.recognitions["evidence"] == "none")).sum())
    if not unknown:
        return tr("Every counted line was recognised."), "done"
    words = plural(
        "{count} line is not recognised and counts as unknown, not as zero.",
        "{count} lines are not recognised and count as unknown, not as zero.",
        unknown,
        count=numbers.whole(unknown),
    )
    return words, "info"
