"""What commands say to people: aligned text built from the same plain data as the JSON."""

from __future__ import annotations

from typing import Any

from bomexposure.present.columns_of_text import aligned, clipped


def issue_line(issue: dict[str, Any]) -> str:
    """One issue as a sentence with its place."""
    place = ", ".join(
        part
        for part in (
            issue["sheet"] or "",
            f"row {issue['row']}" if issue["row"] else "",
            f"column {issue['column']}" if issue["column"] else "",
        )
        if part
    )
    return " ".join(
        part for part in (f"{place}:" if place else "", issue["text"], issue["mend"]) if part
    )


def inspection_lines(
    told: dict[str, Any], read: frozenset[tuple[str, int]] = frozenset()
) -> list[str]:
    """What `inspect` understood of a file, for people; `read` are the tables of the BOM by sheet
    and header row."""
    how = ", ".join(
        part
        for part in (told["format"], told["encoding"] or "", _delimiter(told["delimiter"]))
        if part
    )
    lines = [f"{told['file']} ({how})"]
    lines += aligned(
        [
            (
                f"  {sheet['name'] or 'the file'}",
                f"{sheet['rows']} rows",
                f"{sheet['columns']} columns",
                "" if sheet["visible"] else "hidden",
            )
            for sheet in told["sheets"]
        ]
    )
    where = f"sheet {told['sheet']}, " if told["sheet"] else ""
    lines += [
        "",
        f"Read: {where}header in row {told['header_row']}, {told['line_count']} lines",
        "",
    ]
    lines += aligned(
        [("  Column", "Header", "Role", "Sure")]
        + [
            (f"  {column['letter']}", clipped(column["header"] or "(none)", 36), role,
             f"{100 * told['confidence'].get(role, 0):.0f} %")
            for role, column in sorted(
                told["columns"].items(), key=lambda one: (len(one[1]["letter"]), one[1]["letter"])
            )
        ],
        right=frozenset({3}),
    )  # fmt: skip
    if told["first_lines"]:
        lines += ["", "First lines"]
        lines += [
            f"  {line['row']:>5}  "
            + clipped(" | ".join(cell for cell in line["cells"] if cell), 90)
            for line in told["first_lines"][:5]
        ]
    for more in told["more_sheets"]:
        where = f"sheet {more['sheet']}, header in row {more['header_row']}"
        if (more["sheet"], more["header_row"]) in read:
            lines.append(f"Read too: {where}, {more['line_count']} lines")
            continue
        lines.append(
            f"Not read: {where}, {more['line_count']} lines; name it with --sheet to read it"
        )
    if told["issues"]:
        lines += ["", _things(len(told["issues"]))]
        lines += [f"  {issue_line(issue)}" for issue in told["issues"][:20]]
        if len(told["issues"]) > 20:
            lines.append(f"  and {len(told['issues']) - 20} more; --json names them all")
    return lines


def _things(count: int) -> str:
    return f"{count} {'thing' if count == 1 else 'things'} to know"


def _delimiter(mark: str | None) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}.get(
        mark or "", mark or ""
    )
