"""From the lines of the tables to LINES: the tree, what counts, quantities and costs in total."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from bomexposure.intake import counting, levels, lines, rollup
from bomexposure.intake.grid import Cells, Texts
from bomexposure.intake.headers import roles_of, says_total
from bomexposure.intake.levels import Tree
from bomexposure.intake.troubles import Troubles
from bomexposure.model.bom import LINES

FINGERPRINT = ("part_number", "mpn", "description", "value", "material")


def assemble(sheets: Sequence[lines.Sheet], troubles: Troubles) -> pd.DataFrame:
    """LINES of all tables, in the order given."""
    made = []
    offset = 0
    for sheet in sheets:
        part = _one(sheet, troubles)
        part["parent_line"] = np.where(part["parent_line"] >= 0, part["parent_line"] + offset, -1)
        made.append(part)
        offset += len(part["row"])
    together: dict[str, Any] = {}
    for name in LINES.names:
        if any(name in part for part in made):
            together[name] = np.concatenate([
                part[name] if name in part else _blank(name, len(part["row"])) for part in made
            ])  # fmt: skip
    together["id"] = _ids(together["sheet"], together["row"]) if made else []
    together["fingerprint"] = _fingerprints(together) if made else []
    return LINES.conform(_typed(together))


def _blank(name: str, count: int) -> Any:
    kind = next(column.dtype for column in LINES.columns if column.name == name)
    return np.full(count, "" if kind == "str" else np.nan, dtype=object if kind == "str" else float)


def _typed(columns: dict[str, Any]) -> pd.DataFrame:
    """Text columns as pandas strings by their distinct values, the rest as they are."""
    made = {}
    for column in LINES.columns:
        if column.name in columns:
            values = columns[column.name]
            made[column.name] = (
                pd.Series(values, dtype="str") if column.dtype == "str" else pd.Series(values)
            )
    return pd.DataFrame(made)


def _one(sheet: lines.Sheet, troubles: Troubles) -> dict[str, Any]:
    """One table with its own tree."""
    columns = dict(sheet.columns)
    count = len(columns["row"])
    tree = find_tree(sheet)
    _tell(sheet, tree, troubles)
    frame = pd.DataFrame({
        name: columns[name]
        for name in ("quantity", "unit", "base_quantity", "scrap_pct", "unit_cost", "extended_cost")
    })  # fmt: skip
    total_quantity = _says_total(sheet, "quantity") and (
        tree.basis != "flat" or bool((sheet.uses != 1).any())
    )
    rolled = rollup.roll_up(
        frame,
        tree,
        total_quantity,
        total_quantity or _says_total(sheet, "extended_cost", strict=True),
        sheet.uses,
    )
    why = rollup.not_counted(frame, tree, counting.reasons(sheet, tree.parent))
    name, rows = str(columns["sheet"][0]) if count else "", columns["row"]
    troubles.add_rows(
        "warning", "cost-differs",
        "The printed total cost differs by more than 1 % from price times quantity; the printed one is used.",  # noqa: E501
        "Correct the price, the price unit or the total.",
        ((name, int(rows[i]), f"{frame['extended_cost'][i]:g}") for i in np.flatnonzero(rolled.disagree)),  # noqa: E501
    )  # fmt: skip
    columns.update(
        quantity_unit=rolled.unit, quantity_total=rolled.quantity_total, cost_total=rolled.cost_total,  # noqa: E501
        level=np.where(tree.level >= 0, tree.level, np.nan) if tree.basis != "flat" else np.full(count, np.nan),  # noqa: E501
        parent_line=tree.parent, has_children=tree.has_children,
        counted=why == "", not_counted_why=why,
    )  # fmt: skip
    return columns


def find_tree(sheet: lines.Sheet) -> Tree:
    """The structure that the table shows, by the first of its signs that holds together."""
    cells, count = sheet.cells, len(sheet.rows)
    if not count:
        return levels.flat(0)
    if "level" in cells:
        tree = levels.from_levels(cells["level"]) or levels.from_indent(cells["level"])
        if tree is not None:
            return tree
    if "parent" in cells:
        own = cells.get("part_number") or cells.get("item") or cells.get("mpn")
        if own is not None:
            tree = levels.from_parents(cells["parent"], own, cells.get("item"))
            if tree is not None:
                return tree
    for role in ("item", "part_number", "description"):
        if role in cells:
            tree = (
                levels.from_dotted(cells[role])
                if role == "item"
                else levels.from_indent(cells[role])
            )
            if tree is not None:
                return tree
    for role in ("part_number", "item", "description", "level"):
        shown = sheet.facts.indents.get(sheet.places.get(role, -1), {})
        if shown and len(set(shown.values())) > 0:
            tree = levels.from_widths(
                np.array([shown.get(int(r), 0) for r in sheet.rows]), "indent"
            )
            if tree is not None:
                return tree
    if sheet.facts.outline:
        depth = np.array([sheet.facts.outline.get(int(r), 0) for r in sheet.rows])
        tree = levels.from_widths(depth, "outline")
        if tree is not None:
            return tree
    return _from_titles(sheet) or levels.flat(count)


def _from_titles(sheet: lines.Sheet) -> Tree | None:
    """Blocks headed by the assembly that they list: "Sub-Assembly ROTOR contains:", as CAD prints.

    A title counts when a word of it is the number of a part that is listed.
    """
    own = sheet.cells.get("part_number") or sheet.cells.get("mpn")
    titles = sheet.columns["section"]
    if own is None or not (titles != "").any() or (sheet.uses != 1).any():
        return None
    numbers = {key for text in own.texts if len(key := str(text).strip().casefold()) > 2}
    named = {}
    for title in pd.unique(titles):
        words = [word.strip("\"'():;,.").casefold() for word in str(title).split()]
        named[title] = max((word for word in words if word in numbers), key=len, default="")
    if not any(named.values()):
        return None
    return levels.from_parents(Cells.of([named[title] for title in titles]), own)


def _tell(sheet: lines.Sheet, tree: Tree, troubles: Troubles) -> None:
    name = str(sheet.columns["sheet"][0]) if len(sheet.rows) else ""
    sources = counting.source_rows(sheet)
    troubles.add_rows(
        "note", "level-blank", "This line has no level; it is read at the level of the line above.",
        "Enter its level if it belongs elsewhere.",
        ((name, int(sheet.rows[i]) + 1, "") for i in tree.assumed if not sources[i]),
    )  # fmt: skip
    for places, code, text, mend in (
        (tree.orphans, "structure-orphan", "This line's place in the structure is not clear.",
         "Correct its level or parent; it is read as it stands."),
        (tree.cycles, "structure-cycle", "This line hangs below itself.",
         "Correct its parent; it is counted once, by its own quantity."),
    ):  # fmt: skip
        troubles.add_rows(
            "warning", code, text, mend,
            ((name, int(sheet.rows[i]) + 1, _level_text(sheet, int(i))) for i in places),
        )  # fmt: skip


def _level_text(sheet: lines.Sheet, line: int) -> str:
    for role in ("level", "parent", "item"):
        if role in sheet.cells:
            return sheet.cells[role].text(line)
    return ""


def _says_total(sheet: lines.Sheet, role: str, strict: bool = False) -> bool:
    """Whether the column's header says that it is for the whole product, not per parent."""
    if strict or role not in sheet.refs:
        return False
    header = sheet.refs[role].header
    return says_total(header) and roles_of(header).get(role, 0) < 0.9


def _ids(sheets: Texts, rows: Any) -> Texts:
    """'Sheet!12', or '12' where there are no sheets."""
    ids = np.empty(len(rows), dtype=object)
    ids[:] = [f"{s}!{r}" if s else str(r) for s, r in zip(sheets, rows, strict=True)]
    return ids


def _fingerprints(columns: dict[str, Any]) -> Texts:
    """A short hash of what names the part, each distinct text folded once."""
    count = len(columns["row"])
    joined = np.full(count, "", dtype=object)
    for role in FINGERPRINT:
        values = columns.get(role)
        if values is None:
            continue
        codes, distinct = pd.factorize(np.asarray(values, dtype=object))
        texts = np.empty(len(distinct), dtype=object)
        texts[:] = [f"{role}={text}\x1f" if (text := _folded(str(t))) else "" for t in distinct]
        joined = joined + texts[codes]
    codes, distinct = pd.factorize(joined)
    keys = np.empty(len(distinct), dtype=object)
    keys[:] = [_hash(text) for text in distinct]
    return keys[codes]


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
